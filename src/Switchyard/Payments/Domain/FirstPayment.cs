using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>What is known of an order's payment when it comes in: the first transactions of its book.</summary>
public sealed record FirstPayment(PaymentType Type, string Tender, PaymentState State, long AmountMinor, string? Reference, DateTimeOffset? At = null)
{
    /// <summary>The payment member of an order: pending, authorised, paid, failed, terms. Money that was taken before the order came was taken elsewhere.</summary>
    /// <param name="method">As the sender calls it: it becomes the tender, if anything is said.</param>
    public static IReadOnlyList<FirstPayment> Of(string? status, string? method, string? reference, long totalMinor)
    {
        string tender = string.IsNullOrWhiteSpace(method) ? Tenders.External : method.Trim();
        return status switch
        {
            "pending" => [new FirstPayment(PaymentType.Sale, tender, PaymentState.Pending, totalMinor, reference)],
            "failed" => [new FirstPayment(PaymentType.Sale, tender, PaymentState.Failed, totalMinor, reference)],
            "authorised" => [new FirstPayment(PaymentType.Authorise, tender, PaymentState.Succeeded, totalMinor, reference)],
            "paid" => [new FirstPayment(PaymentType.External, tender, PaymentState.Succeeded, totalMinor, reference)],
            "terms" => [new FirstPayment(PaymentType.Authorise, Tenders.Terms, PaymentState.Succeeded, totalMinor, reference)],
            _ => [],
        };
    }

    /// <summary>The book these open.</summary>
    /// <param name="newId">Draws an id for each transaction.</param>
    public static PaymentBook Open(IEnumerable<FirstPayment> payments, long totalMinor, string actor, DateTimeOffset at, Func<PaymentId> newId)
    {
        var book = new PaymentBook([], default, totalMinor);
        foreach (var p in payments)
        {
            var wish = new PaymentWish(newId(), p.Type, p.Tender, p.AmountMinor, p.State, p.Reference, null, actor, p.At ?? at, AllowOver: true);
            if (p.Type == PaymentType.Refund)
            {
                if (book.All.LastOrDefault(t => t.TookMoney) is { } taken) book.Refund(taken, wish, isFact: true);
            }
            else book.Take(wish);
        }
        return book;
    }
}
