using System.Text.Json.Nodes;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Connectors;

/// <summary>What is said when a channel's change comes too late: words, and their code as it is stored.</summary>
public sealed record LateWords(string Words, string Says);

/// <summary>One part of an edit that can be made, or be too late, by itself.</summary>
/// <param name="Late">What is said when it is; null: nobody needs to hear of it.</param>
public sealed record FollowPiece(EditOrder.Request Edit, LateWords? Late);

/// <summary>
/// What is done to an order to follow its channel, as what is to be from now on, so that doing it again does nothing more. Units that have left stay: where the channel gave their money
/// back that is a refund and no change, else somebody is told.
/// </summary>
public sealed record FollowPlan(IReadOnlyList<FollowPiece> Pieces, IReadOnlyList<LateWords> Late)
{
    private const string UnknownSku = "unknown_sku";

    /// <param name="listings">What listings are with us by now.</param>
    /// <param name="onShort">As an edit has it.</param>
    public static FollowPlan Of(OrderView order, ChannelChange change, ChannelOrder told, IReadOnlyDictionary<string, KnownListing> listings, IReadOnlyDictionary<string, string> methods, string? onShort)
    {
        var pieces = new List<FollowPiece>();
        var late = new List<LateWords>();
        if (ChannelRequest.Place(change.ShipTo) is { } to && to != order.ShippingAddress)
            pieces.Add(new FollowPiece(new EditOrder.Request(ShippingAddress: to), Say(Phrase.ChannelAddressLate, $"Order {order.Number}: the channel has another address, and the goods are on their way to the one before.", ("number", order.Number))));
        if (ChannelRequest.Place(change.BillTo) is { } bill && bill != order.BillingAddress) pieces.Add(new FollowPiece(new EditOrder.Request(BillingAddress: bill), null));
        if (ChannelRequest.Method(change.Method, methods) is { } method && method != order.Method)
            pieces.Add(new FollowPiece(new EditOrder.Request(Method: method), Say(Phrase.ChannelMethodLate, $"Order {order.Number}: the channel wants {method}, and it goes by {order.Method ?? "the usual way"}.",
                ("number", order.Number), ("theirs", method), ("ours", order.Method ?? ""))));
        if (Metadata(order, change) is { } metadata) pieces.Add(new FollowPiece(new EditOrder.Request(Metadata: metadata), null));

        var own = order.Lines.Where(l => Said(l, ChannelRequest.LineKey) is not null).ToLookup(l => Said(l, ChannelRequest.LineKey)!);
        foreach (var wish in change.Lines)
        {
            if (own[wish.LineId].FirstOrDefault(l => Units(l) > 0) is { } line)
            {
                if (Line(order, line, wish, told, listings, late) is { } piece) pieces.Add(piece);
            }
            // Seen as if for the first time, or wanted again: a line that never came in, or of which nothing is left.
            else if ((wish.Before < 0 && !own.Contains(wish.LineId) || wish.Before == 0) && told.Lines.First(l => l.LineId == wish.LineId) is var missing && missing.Quantity - missing.Cancelled - missing.Shipped > 0)
                pieces.Add(Adding(order, ChannelRequest.Line(missing, listings)));
        }
        foreach (var added in change.Added.Where(a => !own.Contains(a.LineId)))
            pieces.Add(Adding(order, ChannelRequest.Line(added, listings)));
        foreach (var line in order.Lines.Where(l => order.Holds.Any(h => h.Kind == UnknownSku && h.State == "open" && h.Line == l.Line)))
            if (Found(line, told, listings) is { } known) pieces.Add(new FollowPiece(new EditOrder.Request(Lines: [new EditOrder.LineWish(line.Line, Remove: true)], Add: [known]), null));
        return new FollowPlan([.. pieces.Select(p => p with { Edit = p.Edit with { OnShort = onShort, Reason = "The channel changed it." } })], late);
    }

    /// <summary>All of it as one edit; null when there is nothing to do.</summary>
    public EditOrder.Request? Whole => Pieces.Count == 0 ? null : new EditOrder.Request(
        ShippingAddress: Pieces.Select(p => p.Edit.ShippingAddress).FirstOrDefault(a => a is not null), BillingAddress: Pieces.Select(p => p.Edit.BillingAddress).FirstOrDefault(a => a is not null),
        Method: Pieces.Select(p => p.Edit.Method).FirstOrDefault(m => m is not null), Metadata: Pieces.Select(p => p.Edit.Metadata).FirstOrDefault(m => m is not null),
        Lines: [.. Pieces.SelectMany(p => p.Edit.Lines ?? []).DistinctBy(l => l!.Line)], Add: [.. Pieces.SelectMany(p => p.Edit.Add ?? [])], OnShort: Pieces[0].Edit.OnShort, Reason: Pieces[0].Edit.Reason);

    /// <summary>Units of an order's goods that have left, by its lines as they are shown.</summary>
    public static long HasLeft(OrderView order) => order.Lines.Sum(Gone);

    /// <summary>Units of an order's goods that are still to be sent.</summary>
    public static long StillToGo(OrderView order) => order.Lines.Where(l => l.Kind is "goods").Sum(StillToGo);
    public static long StillToGo(LineView line) => Units(line) - Gone(line);

    private static FollowPiece? Line(OrderView order, LineView line, LineChange wish, ChannelOrder told, IReadOnlyDictionary<string, KnownListing> listings, List<LateWords> late)
    {
        long each = Number(line, ChannelRequest.EachKey, 1), shippedBefore = Number(line, ChannelRequest.BeforeKey, 0), present = Units(line);
        long wanted = Math.Max(0, checked((wish.Wanted - shippedBefore) * each)), least = Least(order, line);
        if (wanted < least)
        {
            // Money back for what has left is a refund, whatever becomes of the goods.
            long refunded = told.Refunds.Sum(r => r.Units.GetValueOrDefault(wish.LineId)) * each;
            if (least - wanted > refunded) late.Add(Stays(order, line, wanted, least));
            wanted = least;
        }
        if (wanted == present) return null;
        return new FollowPiece(new EditOrder.Request(Lines: [wanted == 0 ? new EditOrder.LineWish(line.Line, Remove: true) : Priced(line, wanted, wish, told, listings)]), Stays(order, line, wanted, present));
    }

    // Its money is the channel's to the penny, unless our own people have changed it since: then it follows the units.
    private static EditOrder.LineWish Priced(LineView line, long wanted, LineChange wish, ChannelOrder told, IReadOnlyDictionary<string, KnownListing> listings)
    {
        var plain = new EditOrder.LineWish(line.Line, wanted);
        if (wish.Before <= 0 || told.Lines.FirstOrDefault(l => l.LineId == wish.LineId) is not { } theirs) return plain;
        var (was, now) = (ChannelRequest.Line(wish.Was, listings), ChannelRequest.Line(theirs, listings));
        bool isTheirs = was.Quantity == Units(line) && was.UnitPriceMinor == line.UnitPriceMinor && was.DiscountMinor == line.DiscountMinor && (was.TaxMinor ?? line.TaxMinor) == line.TaxMinor;
        return isTheirs && now.Quantity == wanted && now.UnitPriceMinor == line.UnitPriceMinor ? plain with { DiscountMinor = now.DiscountMinor, TaxMinor = now.TaxMinor } : plain;
    }

    private static FollowPiece Adding(OrderView order, PlaceOrder.Line line) => new(new EditOrder.Request(Add: [line]), Say(Phrase.ChannelLineLate,
        $"Order {order.Number}: the channel wants {line.Quantity} × {line.Sku} from now on, and 0 are in it.", ("number", order.Number), ("sku", line.Sku), ("theirs", line.Quantity), ("ours", 0)));

    // A line under the channel's own word for it, whose listing somebody has matched since.
    private static PlaceOrder.Line? Found(LineView line, ChannelOrder told, IReadOnlyDictionary<string, KnownListing> listings)
    {
        if (told.Lines.FirstOrDefault(l => l.LineId == Said(line, ChannelRequest.LineKey)) is not { ListingId: { } listing } theirs || !listings.TryGetValue(listing, out var known)) return null;
        return known.Sku == line.Sku || theirs.Quantity == theirs.Cancelled ? null : ChannelRequest.Line(theirs, listings);
    }

    private static LateWords Stays(OrderView order, LineView line, long theirs, long ours) => Say(Phrase.ChannelLineLate,
        $"Order {order.Number}: the channel wants {theirs} × {line.Sku} from now on, and {ours} are in it: they have left, or are about to.", ("number", order.Number), ("sku", line.Sku), ("theirs", theirs), ("ours", ours));

    // What the buyer wrote and by when it must leave stand beside the order.
    private static Dictionary<string, string>? Metadata(OrderView order, ChannelChange change)
    {
        if (change is { Note: null, ShipBy: null }) return null;
        var kept = (order.Metadata as JsonObject ?? []).Where(m => m.Value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.String).ToDictionary(m => m.Key, m => (string)m.Value!);
        var wanted = kept.ToDictionary();
        if (ChannelRequest.Cut(change.Note, ChannelRequest.MostValue) is { } note) wanted["note"] = note;
        if (change.ShipBy is { } by) wanted["shipBy"] = by.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        return wanted.Count > PlaceOrder.MostMetadata || wanted.OrderBy(m => m.Key, StringComparer.Ordinal).SequenceEqual(kept.OrderBy(m => m.Key, StringComparer.Ordinal)) ? null : wanted;
    }

    private static long Units(LineView line) => line.Quantity - line.Cancelled;
    private static long Gone(LineView line) => line.Shipped + line.Delivered + line.Lost + line.SentBack;

    // Of a bundle, as many as its parts have left of.
    private static long Least(OrderView order, LineView line) => order.Lines.Where(l => l.ParentLine == line.Line && l.Kind == "component" && l.Quantity >= line.Quantity)
        .Select(p => (Gone(p) + p.Quantity / line.Quantity - 1) / (p.Quantity / line.Quantity)).Append(Gone(line)).Max();

    internal static string? Said(LineView line, string key) => line.Metadata is JsonObject said && said[key] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    internal static long Number(LineView line, string key, long otherwise) => long.TryParse(Said(line, key), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : otherwise;
    private static LateWords Say(Phrase phrase, string words, params (string, object)[] values) => new(words, Saying.Of(phrase, values));
}
