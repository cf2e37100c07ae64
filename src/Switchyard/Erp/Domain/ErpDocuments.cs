namespace Switchyard.Erp;

/// <summary>Something that happened here, as an ERP is told it. Amounts are minor units of the currency; nothing in it changes once it is told.</summary>
/// <param name="ExternalId">Ours, the same for ever: the ERP keeps it with the record, and by it the record is found again.</param>
/// <param name="Day">On which it happened, by the merchant's calendar.</param>
public abstract record ErpDocument(string ExternalId, DateOnly Day, string Memo);

/// <summary>A line of an order.</summary>
/// <param name="Sku">Null: a charge, such as postage.</param>
/// <param name="NetMinor">Of the whole line, without tax.</param>
public sealed record ErpOrderLine(int Line, string? Sku, string Words, long Quantity, long NetMinor);

/// <param name="Number">Ours.</param>
/// <param name="TaxMinor">Of the whole order; 0 where the channel owes it.</param>
public sealed record ErpOrder(string ExternalId, DateOnly Day, string Memo, string Number, string Currency, string? CustomerReference,
    IReadOnlyList<ErpOrderLine> Lines, long TaxMinor)
    : ErpDocument(ExternalId, Day, Memo)
{
    public long TotalMinor => Lines.Sum(l => l.NetMinor) + TaxMinor;
}

/// <summary>An order as it is now, after something of it was cancelled: units by line, 0 where nothing is left. Told twice, it is the same.</summary>
/// <param name="Lines">All lines of the order, in the order in which it was told.</param>
public sealed record ErpChange(string ExternalId, DateOnly Day, string Memo, string Order, IReadOnlyList<ErpUnits> Lines) : ErpDocument(ExternalId, Day, Memo);

/// <summary>A parcel that left.</summary>
/// <param name="Order">The external id of the order.</param>
/// <param name="Lines">All lines of the order, in the order in which it was told; 0 where none is in the parcel.</param>
public sealed record ErpShipment(string ExternalId, DateOnly Day, string Memo, string Order, string Place, IReadOnlyList<ErpUnits> Lines, string? Carrier, string? Tracking,
    long? WeightGrams) : ErpDocument(ExternalId, Day, Memo);

public sealed record ErpUnits(int Line, string? Sku, long Quantity);

/// <summary>Money that came (a sale) or went back (a refund). Net and tax make the amount; tax that a channel owes is in neither.</summary>
public sealed record ErpMoney(string ExternalId, DateOnly Day, string Memo, bool IsRefund, string Currency, long NetMinor, long TaxMinor, string Tender)
    : ErpDocument(ExternalId, Day, Memo)
{
    public long AmountMinor => NetMinor + TaxMinor;
}

/// <summary>Goods that we ordered from a supplier.</summary>
/// <param name="Supplier">Our code of it.</param>
public sealed record ErpPurchaseOrder(string ExternalId, DateOnly Day, string Memo, string Number, string Supplier, string Currency, IReadOnlyList<ErpPurchaseLine> Lines)
    : ErpDocument(ExternalId, Day, Memo);

/// <param name="CostMinor">Of one unit; null: not known here.</param>
public sealed record ErpPurchaseLine(string Sku, long Quantity, long? CostMinor);

/// <summary>Goods that were booked in here, of an order the ERP made.</summary>
/// <param name="Purchase">The number of the ERP's purchase order.</param>
public sealed record ErpGoodsIn(string ExternalId, DateOnly Day, string Memo, string Purchase, string Place, IReadOnlyDictionary<string, long> Units)
    : ErpDocument(ExternalId, Day, Memo);

/// <summary>What the ERP has to add or take away at a place, so that it has what we have.</summary>
public sealed record ErpStockDifference(string ExternalId, DateOnly Day, string Memo, string Place, IReadOnlyDictionary<string, long> Units) : ErpDocument(ExternalId, Day, Memo);

/// <summary>A record of the ERP.</summary>
public sealed record ErpRecord(string Type, string Id);

public sealed record ErpPage<T>(IReadOnlyList<T> Items, string? Next, string? Mark);

/// <param name="Id">The ERP's own.</param>
public sealed record ErpItem(string Id, string Sku, string Name, bool IsInactive);

public sealed record ErpLevel(string Sku, long OnHand);

/// <param name="Id">The ERP's own, of the purchase order.</param>
/// <param name="Place">The ERP's location.</param>
public sealed record ErpPurchase(string Id, string Number, string Place, DateOnly? DueOn, bool IsClosed, IReadOnlyList<ErpOpenLine> Lines);

/// <param name="Open">Units that are still to come.</param>
public sealed record ErpOpenLine(string Sku, long Open);

/// <param name="Purchase">The number of the purchase order.</param>
public sealed record ErpReceipt(string Id, string Number, string Purchase, string Place, IReadOnlyList<ErpReceivedLine> Lines);

public sealed record ErpReceivedLine(string Line, string Sku, long Quantity);

/// <summary>What the ERP has of a day's postings of ours.</summary>
public sealed record ErpPosted(string ExternalId, string Type, string Id, string? Currency, long? AmountMinor);

public sealed record ErpCompany(string Name, IReadOnlyList<ErpPlace> Places);

public sealed record ErpPlace(string Id, string Name);
