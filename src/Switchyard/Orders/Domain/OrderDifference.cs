namespace Switchyard.Orders;

/// <summary>What an edit does to an order: money, units and promise before and after. Amounts are minor units of the order's currency.</summary>
/// <param name="ChangeMinor">Total after − total before.</param>
/// <param name="DueMinor">Still to be paid after it.</param>
/// <param name="RefundDueMinor">To be given back after it.</param>
/// <param name="Lines">The lines whose money, quantity or stock changes.</param>
public sealed record OrderDifference(string Currency, long TotalMinorBefore, long TotalMinor, long ChangeMinor, long TaxMinorBefore, long TaxMinor,
    long DueMinor, long RefundDueMinor, IReadOnlyList<LineDifference> Lines)
{
    public DateTimeOffset? ShipByBefore { get; init; }
    public DateTimeOffset? ShipBy { get; init; }
    public DateTimeOffset? DeliverByBefore { get; init; }
    public DateTimeOffset? DeliverBy { get; init; }
}

/// <summary>One line before and after an edit.</summary>
/// <param name="Quantity">Units wanted, those cancelled not counted.</param>
/// <param name="Waiting">Units that wait for stock.</param>
/// <param name="Allocations">Where its units come from afterwards.</param>
public sealed record LineDifference(int Line, string Sku, long QuantityBefore, long Quantity, long TotalMinorBefore, long TotalMinor,
    long TaxMinorBefore, long TaxMinor, long AllocatedBefore, long Allocated, long WaitingBefore, long Waiting, IReadOnlyList<AllocationView> Allocations)
{
    /// <summary>May another product go instead of it?</summary>
    public bool AllowSubstitutesBefore { get; init; }
    public bool AllowSubstitutes { get; init; }

    internal bool IsAny => AllowSubstitutesBefore != AllowSubstitutes || QuantityBefore != Quantity || TotalMinorBefore != TotalMinor || TaxMinorBefore != TaxMinor || AllocatedBefore != Allocated
        || WaitingBefore != Waiting;
}
