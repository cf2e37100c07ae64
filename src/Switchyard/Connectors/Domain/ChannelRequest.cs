using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>What a listing is with us.</summary>
/// <param name="UnitsEach">Units of the SKU that one piece is.</param>
public sealed record KnownListing(string Sku, long UnitsEach);

/// <summary>An order of a channel, as our own intake is asked for it.</summary>
public static class ChannelRequest
{
    /// <summary>The metadata of a line that name it at its channel.</summary>
    public const string LineKey = "channelLine";

    /// <summary>Beside it, units of the SKU that one piece of the channel's is; left out where it is one.</summary>
    public const string EachKey = "channelUnitsEach";

    /// <summary>Beside it, pieces of it that the system before this one had shipped.</summary>
    public const string BeforeKey = "channelShippedBefore";

    internal const int MostName = 500, MostValue = 1_000, MostSku = 100;

    /// <param name="listings">By the channel's id of the listing.</param>
    /// <param name="methods">Our delivery method by the channel's name of it.</param>
    /// <param name="owesTax">By its connection the channel owes the tax of all its orders; else it may say so of one.</param>
    /// <param name="isBefore">Placed before we went live: what the system before shipped is money of the order, and not sent again.</param>
    public static PlaceOrder.Request Of(ChannelOrder order, string channel, IReadOnlyDictionary<string, KnownListing> listings, IReadOnlyDictionary<string, string> methods, bool isBefore = false, bool owesTax = false) => new(
        channel, order.ExternalId, order.Currency,
        order.Buyer is { } buyer ? new PlaceOrder.Customer(Cut(buyer.Name, 200), Cut(buyer.Email, 320), Cut(buyer.Phone, 64), Cut(buyer.Reference, 200)) : null,
        Place(order.ShipTo), Place(order.BillTo), Method(order.Method, methods),
        [.. order.Lines.Where(l => l.IsOurs && Open(l, isBefore) > 0).Select(l => Line(l, listings, isBefore ? l.Shipped : 0))],
        [.. order.Charges.Select(c => new PlaceOrder.Charge(Cut(c.Code, 100)!, Cut(c.Name, MostName), c.AmountMinor, c.TaxRate, c.TaxMinor)), .. order.Lines.Where(l => !l.IsOurs && l.Quantity > l.Cancelled).Select(Theirs),
            .. order.Lines.Where(l => isBefore && l.IsOurs && l.Shipped > 0 && l.Quantity > l.Cancelled).Select(Before)],
        null, order.PricesIncludeTax, Payment(order), null, Cut(order.Number, 500), Metadata(order), CollectAt: order.CollectAt,
        TaxOwedBy: owesTax || order.IsTaxTheirs ? TaxOwers.Channel : null);

    /// <summary>Is there anything of it for us to send?</summary>
    public static bool IsAnythingToSend(ChannelOrder order, bool isBefore) => order.Lines.Any(l => l.IsOurs && Open(l, isBefore) > 0);

    private static long Open(ChannelLine line, bool isBefore) => line.Quantity - line.Cancelled - (isBefore ? line.Shipped : 0);

    /// <summary>Units and money of a line: as many units of the SKU as its pieces are, its total the channel's to the penny.</summary>
    /// <param name="before">Pieces that have left already.</param>
    public static PlaceOrder.Line Line(ChannelLine line, IReadOnlyDictionary<string, KnownListing> listings, long before = 0)
    {
        var known = line.ListingId is { } id ? listings.GetValueOrDefault(id) : null;
        long each = known?.UnitsEach ?? 1, wanted = line.Quantity - line.Cancelled - before, units = checked(wanted * each);
        var (price, discount, tax) = Money(line, wanted, units);
        var properties = line.Properties.Take(PlaceOrder.MostMetadata - 5).ToDictionary(p => Cut(p.Key, 100)!, p => Cut(p.Value, MostValue)!);
        // One name for it, whatever the vendor's is: by it the line is kept apart when picked, packed and replaced.
        if (Cut(line.Personalisation, MostValue) is { } text)
        {
            foreach (string same in properties.Keys.Where(k => k.Equals(LineText.Key, StringComparison.OrdinalIgnoreCase)).ToList()) properties.Remove(same);
            properties[LineText.Key] = text;
        }
        properties[LineKey] = Cut(line.LineId, MostValue)!;
        if (before > 0) properties[BeforeKey] = Text.Invariant(before);
        if (each > 1) properties[EachKey] = Text.Invariant(each);
        if (line.ListingId is { } listing) properties["channelListing"] = Cut(listing, MostValue)!;
        // What nobody has mapped yet is stored under the channel's own word for it and held; the title alone is no code.
        string sku = known?.Sku ?? Cut(line.Sku, MostSku) ?? Cut("listing " + (line.ListingId ?? line.LineId), MostSku)!;
        return new PlaceOrder.Line(sku, units, price, Cut(line.Title, MostName), discount, line.TaxRate, tax, properties);
    }

    /// <summary>Price of a unit, discount of all units and tax, for those of its pieces that are still wanted.</summary>
    private static (long Price, long Discount, long? Tax) Money(ChannelLine line, long wanted, long units)
    {
        // The share of the wanted pieces, so that what was taken off before we saw the order is not owed; rounded towards the whole.
        long Share(long whole) => line.Quantity == 0 ? 0 : (long)((Int128)whole * wanted / line.Quantity);
        long total = checked(line.UnitPriceMinor * wanted) - Share(line.DiscountMinor), before = checked(line.UnitPriceMinor * wanted), price = units == 0 ? 0 : (before + units - 1) / units;
        return (price, checked(price * units) - total, line.TaxMinor is { } tax ? Share(tax) : null);
    }

    /// <summary>Goods that the marketplace ships from its own stock: money of the order, and no business of our nodes.</summary>
    private static PlaceOrder.Charge Theirs(ChannelLine line)
    {
        var (price, discount, tax) = Money(line, line.Quantity - line.Cancelled, line.Quantity - line.Cancelled);
        return new PlaceOrder.Charge("fulfilledByChannel", Cut($"{line.Quantity - line.Cancelled} × {line.Title ?? line.Sku ?? line.LineId}", MostName), price * (line.Quantity - line.Cancelled) - discount, line.TaxRate, tax);
    }

    // What the old system shipped: the rest of the line's money, so that the order is worth what it was.
    private static PlaceOrder.Charge Before(ChannelLine line)
    {
        long wanted = line.Quantity - line.Cancelled, open = Math.Max(0, wanted - line.Shipped);
        var (all, rest) = (Money(line, wanted, wanted), Money(line, open, open));
        long worth = all.Price * wanted - all.Discount - (rest.Price * open - rest.Discount);
        return new PlaceOrder.Charge("shippedBefore", Cut($"{wanted - open} × {line.Title ?? line.Sku ?? line.LineId}", MostName), Math.Max(0, worth), line.TaxRate, all.Tax is { } tax ? Math.Max(0, tax - (rest.Tax ?? 0)) : null);
    }

    /// <summary>How far it is paid, in our words. What the channel keeps back waits as what is not paid does; what it lets go unpaid is paid elsewhere, at the door for instance.</summary>
    public static string? StatusOf(ChannelOrder order) => order switch
    {
        { State: ChannelOrderState.Pending, Payment.Status: not "failed" } => "pending",
        { State: ChannelOrderState.Open or ChannelOrderState.Closed, Payment.Status: "pending" } => null,
        _ => order.Payment.Status,
    };

    // How the buyer paid is the channel's business: with us it came from outside, and goes back that way. The channel's word for it is in the metadata.
    private static PlaceOrder.Payment Payment(ChannelOrder order) => new(StatusOf(order), null, Cut(order.Payment.Reference, 200), null);

    public static string? Method(string? theirs, IReadOnlyDictionary<string, string> methods) => theirs is null ? null : methods.TryGetValue(theirs, out string? ours) ? ours : methods.GetValueOrDefault("*") ?? Cut(theirs, 64);

    public static PlaceOrder.Address? Place(ChannelAddress? at) => at is null ? null
        : new(Cut(at.Name, 200), Cut(at.Company, 200), Cut(at.Line1, 300), Cut(at.Line2, 300), Cut(at.City, 200), Cut(at.Region, 200), Cut(at.Postcode, 32), Cut(at.Country, 64), Cut(at.Phone, 64));

    private static Dictionary<string, string> Metadata(ChannelOrder order)
    {
        var said = new Dictionary<string, string?>
        {
            ["channelNumber"] = order.Number, ["placedAtChannel"] = order.PlacedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["channelMethod"] = order.Method, ["note"] = order.Note, ["giftMessage"] = order.GiftMessage ?? Gifts(order),
            ["channelPayment"] = order.Payment.Method,
            ["shipBy"] = order.ShipBy?.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ["deliverBy"] = order.DeliverBy?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        };
        return said.Where(m => !string.IsNullOrWhiteSpace(m.Value)).ToDictionary(m => m.Key, m => Cut(m.Value, MostValue)!);
    }

    // Some channels have a message with each line; what is packed is the parcel, and it has one card.
    private static string? Gifts(ChannelOrder order) =>
        order.Lines.Where(l => l.IsOurs && l.Quantity > l.Cancelled).Select(l => l.GiftMessage).Where(m => !string.IsNullOrWhiteSpace(m)).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } said
            ? string.Join("\n", said) : null;

    // Channels say more than we keep: what is too long ends there.
    internal static string? Cut(string? text, int most) => Text.Cut(text, most);
}
