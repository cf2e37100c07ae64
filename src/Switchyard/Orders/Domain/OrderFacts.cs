using Switchyard.Customers;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>All that rules are judged by, prepared before: the order as it was sent, and what is known about it.</summary>
/// <param name="Request">As the source sent it.</param>
/// <param name="Method">The delivery method, after the rules of intake.</param>
/// <param name="IsMethodKnown">False when the merchant has lanes and none carries the method.</param>
/// <param name="TotalMinor">Minor units of the order's currency.</param>
/// <param name="TotalBaseMinor">The same in the merchant's currency; null when no rate is known.</param>
/// <param name="Buyer">What the order says of its customer, as it is compared.</param>
public sealed record OrderFacts(PlaceOrder.Request Request, string? Method, bool IsMethodKnown, long TotalMinor, long? TotalBaseMinor,
    IReadOnlyList<LineFacts> Lines, CustomerTraits Buyer, DateTimeOffset Now)
{
    /// <summary>What the books tell of the same customer; null while they have not been asked.</summary>
    public OrderHistory? History { get; init; }

    /// <summary>What lets an order of the channel go forward: authorised or paid.</summary>
    public string PaymentRule { get; init; } = "authorised";
}

/// <param name="ListPriceMinor">The list price in the order's currency; null when there is none.</param>
/// <param name="Flags">Handling flags of the product.</param>
public sealed record LineFacts(int LineNo, string Sku, bool IsKnown, long Quantity, long UnitPriceMinor, long? ListPriceMinor, IReadOnlyList<string> Flags);

/// <summary>An order of the same customer with the same basket.</summary>
public sealed record TwinOrder(OrderId Id, string Number, string SameBy);

/// <param name="Twin">The newest order of the same customer with the same basket that is not ended, within the longest time any rule asks for.</param>
/// <param name="TwinAt">When that was placed.</param>
/// <param name="Blocked">Why the customer, email, number or address is blocked; empty when none is.</param>
/// <param name="OpenCreditMinor">What the customer may still owe; null when there is no limit for this order.</param>
public sealed record OrderHistory(TwinOrder? Twin, DateTimeOffset? TwinAt, bool IsFirstOfEmail, long OfEmailInHour, long OfPlaceInHour,
    IReadOnlyList<string> Blocked, long? OpenCreditMinor);
