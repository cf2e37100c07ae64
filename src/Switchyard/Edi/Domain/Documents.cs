namespace Switchyard.Edi;

// What partners and we tell one another, without any format: X12 is read into these and written from them, and so may EDIFACT be.

/// <summary>Somebody or some place. Country is ISO 3166; X12 leaves it out within the United States.</summary>
/// <param name="Id">By the number the partner knows it.</param>
public sealed record EdiParty(string? Name, string? Id, string? Line1, string? Line2, string? City, string? Region, string? Postcode, string? Country, string? Contact, string? Phone, string? Email);

/// <summary>A number of goods and whose number it is: VP vendor's (ours), BP buyer's, UP UPC, EN EAN, SK SKU.</summary>
public readonly record struct GoodsNumber(string Qualifier, string Value);

/// <param name="Line">As the partner numbers it.</param>
/// <param name="Price">For one unit of what is ordered; null where it is not said.</param>
public sealed record OrderedLine(string Line, long Quantity, string Unit, decimal? Price, IReadOnlyList<GoodsNumber> Numbers, string? Description);

/// <param name="AmountCents">With two decimals, as SAC05 has it, whatever the currency.</param>
public sealed record OrderedCharge(bool IsAllowance, string Code, string? Name, long AmountCents);

/// <summary>A purchase order (850).</summary>
/// <param name="Purpose">00 original, 01 cancel, 04 change, 05 replace, 06 confirmation, 07 duplicate …</param>
public sealed record OrderDocument(string Number, string Purpose, string Type, DateOnly? Date, string? Currency, EdiParty? ShipTo, EdiParty? BillTo, EdiParty? Buyer, string? Method,
    DateOnly? ShipBy, DateOnly? DeliverBy, IReadOnlyList<string> Notes, IReadOnlyList<OrderedLine> Lines, IReadOnlyList<OrderedCharge> Charges, IReadOnlyDictionary<string, string> References);

/// <param name="Code">Of ACK01: IA accepted, IB backordered, IR rejected.</param>
public sealed record Confirmed(string Code, long Quantity, DateOnly? ShipsOn);
public sealed record ConfirmedLine(OrderedLine Ordered, IReadOnlyList<Confirmed> Parts);

/// <summary>What we say to a purchase order (855).</summary>
/// <param name="Type">Of BAK02: AD as ordered, AC with detail and change, RD rejected with detail.</param>
public sealed record ConfirmationDocument(string Type, string Order, DateOnly OrderedOn, DateOnly ConfirmedOn, string OurNumber, string Currency, IReadOnlyList<ConfirmedLine> Lines);

/// <param name="Sscc">18 digits; null when the parcel has none.</param>
public sealed record NoticeParcel(string? Sscc, string? Tracking, long? WeightGrams, IReadOnlyList<NoticeLine> Lines);
public sealed record NoticeLine(string Line, long Quantity, string Unit, IReadOnlyList<GoodsNumber> Numbers);

/// <summary>What was sent (856).</summary>
public sealed record NoticeDocument(string Number, DateTimeOffset At, DateOnly ShippedOn, string? Carrier, string? Service, string Order, DateOnly? OrderedOn, EdiParty? ShipTo, EdiParty? ShipFrom,
    IReadOnlyList<NoticeParcel> Parcels);

public sealed record InvoicedLine(string Line, long Quantity, string Unit, decimal Price, IReadOnlyList<GoodsNumber> Numbers, string? Description);

/// <summary>An invoice (810). Amounts are of its currency.</summary>
/// <param name="IsDraft">It was made of what was shipped, not of a posted invoice: it says so in a note.</param>
public sealed record InvoiceDocument(string Number, DateOnly Date, string Order, DateOnly? OrderedOn, string Currency, EdiParty? ShipTo, EdiParty? RemitTo, IReadOnlyList<InvoicedLine> Lines,
    IReadOnlyList<OrderedCharge> Charges, long TaxCents, long TotalCents, bool IsDraft);

public sealed record StockLine(IReadOnlyList<GoodsNumber> Numbers, long Quantity, string Unit, DateOnly? ExpectedOn);

/// <summary>What lies there, or can be sold (846).</summary>
/// <param name="AsOf">Null where the partner does not say it.</param>
public sealed record StockDocument(string Number, DateTimeOffset? AsOf, IReadOnlyList<StockLine> Lines);

public sealed record ReleasedLine(string Line, long Quantity, string Unit, IReadOnlyList<GoodsNumber> Numbers, string? Description);

/// <summary>What a 3PL is to send for us (940).</summary>
public sealed record ReleaseDocument(string Number, string? Order, EdiParty? ShipTo, string? Warehouse, string Depositor, DateOnly? ShipBy, DateOnly? DeliverBy, string? Method, string? Note,
    IReadOnlyList<ReleasedLine> Lines);

/// <param name="Ordered">What we asked for; null where it is not said.</param>
/// <param name="Follows">What is not in this shipment is sent by the same 3PL later.</param>
public sealed record ShippedLine(string? Line, long Shipped, long? Ordered, string Unit, IReadOnlyList<GoodsNumber> Numbers, bool Follows = false);
public sealed record ShippedParcel(string? Tracking, IReadOnlyList<ShippedLine> Lines);

/// <summary>What a 3PL has sent (945).</summary>
/// <param name="Release">Our number, as the 940 told it.</param>
public sealed record ShippedDocument(string Release, string? Reference, DateOnly? ShippedOn, string? Carrier, string? Service, IReadOnlyList<ShippedParcel> Parcels);

/// <summary>What cannot be understood of a document whose syntax is fine.</summary>
/// <param name="Place">Segment and, where there is one, element: <c>PO1 3, PO102</c>.</param>
public sealed record DocumentFault(string Place, string Code, string Detail);
