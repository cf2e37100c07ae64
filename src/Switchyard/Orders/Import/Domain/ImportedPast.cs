using System.Text;

namespace Switchyard.Orders;

/// <summary>Money that moved for an order in the system it comes from.</summary>
/// <param name="Kind">sale or refund.</param>
/// <param name="Tender">By what it was paid, in the source's word.</param>
/// <param name="Minor">Minor units, above 0.</param>
public sealed record ImportedPayment(string Kind, string Tender, long Minor, DateTimeOffset? At);

/// <summary>What had become of an order when it was exported.</summary>
/// <param name="Status">The source's own word, for counting and the log.</param>
/// <param name="Where">The bucket of each line's units, in the order of the lines.</param>
/// <param name="PromisedAt">The date told to the customer.</param>
public sealed record ImportedPast(string Status, string Currency, bool PricesIncludeTax, IReadOnlyList<LineBucket> Where, DateTimeOffset? ShippedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? PromisedAt, DateTimeOffset? CancelledAt, IReadOnlyList<ImportedPayment> Payments)
{
    /// <summary>The order's state: open when units still wait, cancelled when all were, else closed.</summary>
    public OrderState State => Where.Contains(LineBucket.Unallocated) ? OrderState.Placed
        : Where.Count > 0 && Where.All(w => w == LineBucket.Cancelled) ? OrderState.Cancelled : OrderState.Closed;

    /// <summary>When it came to its end; null while it is open.</summary>
    public DateTimeOffset? EndedAt(DateTimeOffset placedAt) => State == OrderState.Placed ? null : CancelledAt ?? DeliveredAt ?? ShippedAt ?? placedAt;

    internal void Describe(StringBuilder text)
    {
        text.Append(Status).Append('|').Append(Currency).Append('|').AppendJoin(',', Where).Append('|').Append(ShippedAt?.ToUnixTimeMilliseconds()).Append('|')
            .Append(DeliveredAt?.ToUnixTimeMilliseconds()).Append('|').Append(CancelledAt?.ToUnixTimeMilliseconds()).Append('\n');
        foreach (var payment in Payments) text.Append(payment.Kind).Append('|').Append(payment.Tender).Append('|').Append(payment.Minor).Append('\n');
    }
}
