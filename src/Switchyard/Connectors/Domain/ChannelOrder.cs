namespace Switchyard.Connectors;

/// <summary>Whether an order of a channel is to be worked on.</summary>
public enum ChannelOrderState
{
    /// <summary>Not paid, or not free to be shipped yet: goods are held for it.</summary>
    Pending,
    Open,
    Cancelled,

    /// <summary>Over at the channel: shipped, or archived.</summary>
    Closed,
}

/// <summary>An order as a channel tells it, in our words. Amounts are minor units of its currency.</summary>
/// <param name="ExternalId">The channel's own id, by which it is one order for ever.</param>
/// <param name="Number">What its buyer calls it.</param>
/// <param name="UpdatedAt">By the channel's clock: of two tellings the later is true.</param>
/// <param name="Revision">Tells two tellings of the same instant apart, where the channel counts them.</param>
/// <param name="Method">The delivery method as the channel names it; our own name of it is the connection's business.</param>
/// <param name="TotalMinor">What the channel says the buyer pays in all, to compare.</param>
public sealed record ChannelOrder(string ExternalId, string? Number, DateTimeOffset PlacedAt, DateTimeOffset UpdatedAt, long? Revision, ChannelOrderState State, string Currency, bool PricesIncludeTax,
    ChannelBuyer? Buyer, ChannelAddress? ShipTo, ChannelAddress? BillTo, string? Method, IReadOnlyList<ChannelLine> Lines, IReadOnlyList<ChannelCharge> Charges, ChannelPayment Payment, long? TotalMinor)
{
    public IReadOnlyList<ChannelRefund> Refunds { get; init; } = [];
    public DateTimeOffset? ShipBy { get; init; }
    public DateTimeOffset? DeliverBy { get; init; }
    public string? Note { get; init; }
    public string? GiftMessage { get; init; }

    /// <summary>The node whose counter the buyer collects at, by the channel's name of it.</summary>
    public string? CollectAt { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The marketplace collected all tax of it and owes it, whatever is agreed for its other orders.</summary>
    public bool IsTaxTheirs { get; init; }

    /// <summary>Of those lines that are ours to ship: not shipped and not cancelled.</summary>
    public bool IsAnythingOurs => Lines.Any(l => l.IsOurs && l.Quantity > l.Cancelled);
}

/// <param name="Reference">The channel's id of the buyer.</param>
/// <param name="IsRelay">The address is the channel's, and forwards.</param>
public sealed record ChannelBuyer(string? Name, string? Email, string? Phone, string? Reference, bool IsRelay = false);

public sealed record ChannelAddress(string? Name, string? Company, string? Line1, string? Line2, string? City, string? Region, string? Postcode, string? Country, string? Phone);

/// <summary>Units of one listing.</summary>
/// <param name="LineId">The channel's id of the line.</param>
/// <param name="ListingId">What was listed, where the line says so.</param>
/// <param name="Quantity">Units ordered, of which <paramref name="Cancelled"/> are not wanted any more.</param>
/// <param name="UnitPriceMinor">Before discounts; with tax when the order's prices have it.</param>
/// <param name="DiscountMinor">Over all units of the line.</param>
/// <param name="TaxMinor">Over all units of the line, after discounts; null when the channel does not say.</param>
public sealed record ChannelLine(string LineId, string? ListingId, string? Sku, string? Title, long Quantity, long Cancelled, long UnitPriceMinor, long DiscountMinor, long? TaxMinor, decimal? TaxRate)
{
    /// <summary>False: the marketplace ships it from its own stock, and it is no business of our nodes.</summary>
    public bool IsOurs { get; init; } = true;

    /// <summary>Units that the channel has as shipped.</summary>
    public long Shipped { get; init; }

    /// <summary>What is made or written on it for this buyer alone, as packers read it; null: it is a line like any other.</summary>
    public string? Personalisation { get; init; }

    /// <summary>What is said to whoever gets it.</summary>
    public string? GiftMessage { get; init; }

    /// <summary>What else the channel says of it, by its own names.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();
}

/// <summary>What is paid but is no goods.</summary>
public sealed record ChannelCharge(string Code, string? Name, long AmountMinor, long? TaxMinor, decimal? TaxRate = null);

/// <param name="Status">pending, authorised, paid or failed.</param>
public sealed record ChannelPayment(string Status, long PaidMinor, string? Method, string? Reference);

/// <summary>Money that the channel gave back.</summary>
/// <param name="Units">Units of lines it was for, by the channel's id of the line; the goods may or may not come back.</param>
public sealed record ChannelRefund(string Id, long AmountMinor, DateTimeOffset At, string? Reason, IReadOnlyDictionary<string, long> Units);
