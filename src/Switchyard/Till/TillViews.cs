using Switchyard.Kernel;

namespace Switchyard.Till;

/// <summary>A shift of a register.</summary>
/// <param name="Id">The till's own id of it.</param>
/// <param name="TaxRates">By tax class: what a sale's line is taxed with that says no rate itself.</param>
/// <param name="ZNumber">Of its Z report; null while it is open.</param>
public sealed record ShiftView(string Id, string Node, string Register, string Channel, string Currency, long FloatMinor, IReadOnlyList<ShiftTax> TaxRates, string OpenedBy, DateTimeOffset OpenedAt, string? ClosedBy, DateTimeOffset? ClosedAt, long? ZNumber)
{
    public string Object => "tillShift";
}

/// <param name="TaxClass">Of products.</param>
/// <param name="Rate">A fraction: 0.2 is 20 %.</param>
public sealed record ShiftTax(string TaxClass, decimal Rate);

/// <summary>What was rung up once.</summary>
/// <param name="Shift">The shift it counts in.</param>
/// <param name="No">Its number in that shift, from 1 without a gap.</param>
/// <param name="TotalMinor">As the drawer sees it: what was given back is negative.</param>
/// <param name="ChangeMinor">Given back of the cash that was handed over.</param>
/// <param name="OwedMinor">Of a return: what was paid elsewhere and is given back there, not by the till.</param>
/// <param name="IsLate">The shift it was rung up in was closed by the time it was told.</param>
public sealed record TillReceipt(string Id, [property: Words("sale", "void", "return", "cashIn", "cashOut")] string Kind, string Shift, long No, string Node, string Register, DateTimeOffset At, string Currency, long TotalMinor,
    long DiscountMinor, long TaxMinor, long ChangeMinor, long OwedMinor, OrderId? Order, string? OrderNumber, IReadOnlyList<ReceiptLine> Lines, IReadOnlyList<ReceiptTender> Tenders, bool IsLate, string? Reason)
{
    public string Object => "tillReceipt";

    /// <summary>A sale that is sent to the customer instead of carried out.</summary>
    public bool IsSentHome { get; init; }
}

/// <param name="DiscountMinor">The line's own, and its share of the sale's.</param>
/// <param name="TotalMinor">What is paid for it; in a return with tax that came on top.</param>
/// <param name="TaxRate">A fraction: 0.2 is 20 %.</param>
public sealed record ReceiptLine(int Line, string Sku, string? Name, long Quantity, long UnitPriceMinor, long DiscountMinor, long TotalMinor, decimal TaxRate, long TaxMinor);

/// <param name="AmountMinor">Taken; negative: given back.</param>
public sealed record ReceiptTender([property: Words("cash", "card_terminal", "cheque")] string Tender, long AmountMinor, string? Reference);

/// <summary>What a shift took: X while it is open, Z as it was when it was closed.</summary>
/// <param name="TotalMinor">Sales less voids and returns: the sum of the tenders' net.</param>
/// <param name="ExpectedCashMinor">Float, cash taken and given back, and what was put in and taken out.</param>
/// <param name="DifferenceMinor">Counted less expected.</param>
/// <param name="Late">Sales that were rung up in an earlier shift and told in this one.</param>
public sealed record TillReport([property: Words("x", "z")] string Kind, long? Number, string Shift, string Node, string Register, string Currency, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, long FloatMinor,
    ReportLine Sales, ReportLine Voids, ReportLine Returns, long DiscountMinor, long TaxMinor, long CashInMinor, long CashOutMinor, IReadOnlyList<ReportTender> Tenders, long TotalMinor,
    long ExpectedCashMinor, long? CountedCashMinor, long? DifferenceMinor, long Late)
{
    public string Object => "tillReport";
}

public sealed record ReportLine(long Count, long TotalMinor);

/// <param name="NetMinor">Taken less given back.</param>
public sealed record ReportTender([property: Words("cash", "card_terminal", "cheque")] string Tender, long TakenMinor, long GivenBackMinor, long NetMinor);
