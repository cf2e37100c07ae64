using System.Text.Json.Serialization;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Payments;

/// <summary>A transaction as the API shows it. Amounts are minor units of <c>currency</c>.</summary>
/// <param name="LeftMinor">Of an authorisation: what may still be captured or voided; of what was taken: what may still be refunded.</param>
public sealed record PaymentView(PaymentId Id, OrderId Order, int No, [Words(typeof(PaymentType))] string Type, string Tender,
    [Words(typeof(PaymentState))] string State, long AmountMinor, string Currency, long LeftMinor,
    PaymentId? Parent, string? Reference, string? Reason, bool IsOver, DateTimeOffset CreatedAt, DateTimeOffset? SettledAt, string Actor)
{
    [JsonPropertyOrder(-1)]
    public string Object => "payment";

    internal static PaymentView Of(Payment p, OpenOrder order, PaymentBook book) => Of(p, order.Id, order.Currency, book);

    // Stored instants are whole milliseconds; the answer says the same as a later read.
    internal static PaymentView Of(Payment p, OrderId order, string currency, PaymentBook book) => new(p.Id, order, p.No, PaymentStates.Name(p.Type), p.Tender,
        PaymentStates.Name(p.State), p.AmountMinor, currency, Left(p, book), p.Parent, p.Reference, p.Reason, p.IsOver, Whole(p.CreatedAt), p.SettledAt is { } at ? Whole(at) : null, p.Actor);

    private static long Left(Payment p, PaymentBook book) => p.Type == PaymentType.Authorise && p.State == PaymentState.Succeeded ? book.LeftOf(p)
        : p.TookMoney ? Math.Max(0, book.RefundableOf(p)) : 0;

    private static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
