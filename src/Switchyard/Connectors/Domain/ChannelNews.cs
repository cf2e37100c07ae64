namespace Switchyard.Connectors;

/// <summary>One page, and what to ask the next one by; null after the last.</summary>
public sealed record ChannelPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The shop behind the credentials.</summary>
/// <param name="Missing">Rights that the credentials lack, in the channel's words.</param>
public sealed record ChannelShop(string Name, string? Currency, string? TimeZone, IReadOnlyList<ChannelPlace> Places, IReadOnlyList<string> Missing);

/// <summary>A place at which the channel counts stock.</summary>
public sealed record ChannelPlace(string Id, string Name);

/// <summary>Names a listing to its channel.</summary>
/// <param name="Listing">The id by which it is one listing for ever.</param>
/// <param name="Item">What the channel counts stock by, where that is another id.</param>
public sealed record ListingKey(string Listing, string? Item, string? Sku);

/// <summary>Something the channel offers.</summary>
/// <param name="IsCounted">The channel counts its stock; else it sells without asking.</param>
/// <param name="IsTheirs">The marketplace ships it from its own stock.</param>
public sealed record ChannelListing(ListingKey Key, string Title, string? Barcode, long? Quantity, bool IsCounted, bool IsLive, bool IsTheirs = false);

/// <param name="Version">What a later write is compared with, where the channel has such a thing.</param>
public sealed record ListedStock(string Listing, long Quantity, string? Version = null);

/// <summary>What a listing is to show.</summary>
/// <param name="Expected">What it shows as far as we know: a channel that can compare refuses when it is another.</param>
/// <param name="Reference">Under which the channel may keep the change.</param>
public sealed record StockWish(ListingKey Key, long Quantity, long? Expected, string? Version, string Reference);

/// <param name="Kind">done, clash (it shows something else than was expected; <paramref name="Shows"/> where the channel says what), gone (there is no such listing any more) or refused.</param>
public sealed record StockOutcome(string Listing, string Kind, long? Shows = null, string? Words = null);

/// <summary>Something happened at the channel.</summary>
/// <param name="Id">Of the message: the same comes again when the channel is not sure we heard it.</param>
/// <param name="Kind">order, listing, stock, refund, uninstalled, forget (the personal data of the buyer of that reference must go) or other.</param>
/// <param name="Thing">The channel's id of the order or listing.</param>
/// <param name="Order">The whole order, where the message carries it as the channel's own order would be read.</param>
public sealed record ChannelNotice(string Id, string Kind, string? Thing, DateTimeOffset? SentAt, ChannelOrder? Order = null)
{
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(5);

    /// <summary>The whole order, where the message tells it and is young. An older one was held up, or somebody sends it again: what it is about is asked for.</summary>
    public ChannelOrder? Believed(DateTimeOffset now) => SentAt is { } at && at < now - Young ? null : Order;
}

/// <summary>A parcel that has left.</summary>
/// <param name="Key">Ours, the same for the same parcel for ever.</param>
/// <param name="Lines">Units by the channel's id of the line.</param>
/// <param name="Carrier">As the channel calls it, or our name of it.</param>
/// <param name="TellsBuyer">The channel writes to the buyer about it.</param>
/// <param name="IsLast">With it everything of the order that is ours to ship has left.</param>
public sealed record ShippedNews(string Key, string ExternalId, IReadOnlyDictionary<string, long> Lines, string? Carrier, string? Service, string? Tracking, string? TrackingUrl, DateTimeOffset ShippedAt, bool TellsBuyer, bool IsLast, string? Place);

/// <param name="Lines">Units by line; null: the whole order.</param>
/// <param name="Reason">customer, stock, address, fraud or other.</param>
/// <param name="TellsBuyer">The channel writes to the buyer about it.</param>
public sealed record CancelledNews(string Key, string ExternalId, IReadOnlyDictionary<string, long>? Lines, string Reason, bool Restocks, bool TellsBuyer = false);

/// <param name="TellsBuyer">The channel writes to the buyer about it.</param>
/// <param name="Others">The channel's ids of refunds of the order that surely are not this one; null: it is not known.</param>
public sealed record RefundedNews(string Key, string ExternalId, IReadOnlyDictionary<string, long> Lines, long AmountMinor, long ShippingMinor, string Currency, string Reason, string? Note, bool TellsBuyer = false, IReadOnlyCollection<string>? Others = null);

/// <summary>It was told. <paramref name="Key"/>: the channel's id of what it made of it; <paramref name="WasThere"/>: it had it already.</summary>
public sealed record Told(string? Key, bool WasThere = false);
