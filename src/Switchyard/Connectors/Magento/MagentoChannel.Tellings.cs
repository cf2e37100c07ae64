using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Magento;

/// <summary>Parcels, cancels and credit memos. Each has our key in its comment, and is looked for by it before it is made.</summary>
public sealed partial class MagentoChannel
{
    public async Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news)
    {
        var found = await MagentoApi.Find(call, $"/orders/{Uri.EscapeDataString(news.ExternalId)}");
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return NoOrder;
        var told = await Parcel(call, order, news);
        bool isInvoiced = call.Access.Setting("invoices")?.Trim().Equals("shipped", StringComparison.OrdinalIgnoreCase) == true;
        if (told.IsOk && isInvoiced && await Invoice(call, order, news) is { } unpaid) return unpaid;
        return told;
    }

    private static async Task<AdapterAnswer<Told>> Parcel(ChannelCall call, JsonObject order, ShippedNews news)
    {
        var parcels = await MagentoApi.All(call, "/shipments", ("order_id", "eq", news.ExternalId));
        if (parcels.Fault is { } unread) return unread;
        if (parcels.Value.FirstOrDefault(p => HasKey(p, news.Key)) is { } ours) return new Told(ours.Say("entity_id"), WasThere: true);
        // Somebody in the shop may have written down the very parcel. One of ours is another one, though a consignment has one number for all its parcels.
        if (news.Tracking is { } tracking && parcels.Value.FirstOrDefault(p => !HasKey(p, "") && p.Each("tracks").Any(t => t.Say("track_number") == tracking)) is { } same)
            return new Told(same.Say("entity_id"), WasThere: true);

        string source = news.Place ?? (call.Access.Setting("source") is { Length: > 0 } named ? named.Trim() : "default"),
            title = string.Join(" ", new[] { news.Carrier, news.Service }.OfType<string>());
        var body = new JsonObject
        {
            ["items"] = Items(news.Lines), ["notify"] = news.TellsBuyer, ["appendComment"] = false, ["comment"] = Comment("Sent", news.Key),
            ["arguments"] = new JsonObject { ["extension_attributes"] = new JsonObject { ["source_code"] = source } },
        };
        if (news.Tracking is { } number)
            body["tracks"] = new JsonArray(new JsonObject { ["track_number"] = number, ["title"] = title.Length > 0 ? title : "Carrier", ["carrier_code"] = "custom" });
        string where = $"/order/{Uri.EscapeDataString(news.ExternalId)}/ship";
        var said = await MagentoApi.Ask(call, HttpMethod.Post, where, body);
        // A bundle that leaves in one piece is shipped by the row above its parts; whether it does, the order does not say. A refusal has done nothing.
        if (said.Fault is { Kind: FaultKind.Refused } && Bundled(order, news.Lines) is { } whole)
        {
            body["items"] = Items(whole);
            said = await MagentoApi.Ask(call, HttpMethod.Post, where, body.DeepClone());
        }
        return said.Fault is { } refused ? refused : new Told(said.Value.Say());
    }

    /// <summary>Takes the money of a parcel's units that are not invoiced yet, where the shop only had it authorised.</summary>
    private static async Task<AdapterFault?> Invoice(ChannelCall call, JsonObject order, ShippedNews news)
    {
        var items = order.Each("items").Where(i => i.Say("item_id") is not null).GroupBy(i => i.Say("item_id")!).ToDictionary(g => g.Key, g => g.First());
        long Open(string id, long units) => items.GetValueOrDefault(id) is not { } item ? 0
            : Math.Min(units, MagentoLines.Units(item, "qty_ordered") - MagentoLines.Units(item, "qty_invoiced") - MagentoLines.Units(item, "qty_canceled"));
        var due = news.Lines.ToDictionary(l => l.Key, l => Open(l.Key, l.Value)).Where(l => l.Value > 0).ToDictionary();
        if (due.Count == 0) return null;
        var invoices = await MagentoApi.All(call, "/invoices", ("order_id", "eq", news.ExternalId));
        if (invoices.Fault is { } unread) return unread;
        if (invoices.Value.Any(i => HasKey(i, news.Key))) return null;
        return (await MagentoApi.Ask(call, HttpMethod.Post, $"/order/{Uri.EscapeDataString(news.ExternalId)}/invoice",
            new JsonObject
            {
                ["capture"] = true, ["items"] = Items(due), ["notify"] = news.TellsBuyer, ["appendComment"] = false,
                ["comment"] = Comment("Sent", news.Key)
            })).Fault;
    }

    /// <summary>The whole order, while nobody has paid: what was invoiced is given back by a credit memo.</summary>
    public async Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news)
    {
        if (news.Lines is not null) return ((ISalesChannel)this).Unsupported("cancel some units of an order; refund them");
        var found = await MagentoApi.Find(call, $"/orders/{Uri.EscapeDataString(news.ExternalId)}");
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return NoOrder;
        if (order.Say("state") is "canceled" or "closed") return new Told(news.ExternalId, WasThere: true);
        var said = await MagentoApi.Ask(call, HttpMethod.Post, $"/orders/{Uri.EscapeDataString(news.ExternalId)}/cancel");
        if (said.Fault is { } refused) return refused;
        // It says true when it was done, and false when it cannot be.
        if (said.Value.Say() is null && !said.Value.Is()) return new AdapterFault(FaultKind.Refused,
            "The shop cancels no order that is paid, held or shipped: what was paid is refunded instead.");
        return new Told(news.ExternalId);
    }

    /// <summary>A credit memo of these units, with what is missing to the very amount as an adjustment; through the gateway where one took the money.</summary>
    public async Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news)
    {
        var memos = await MagentoApi.All(call, "/creditmemos", ("order_id", "eq", news.ExternalId));
        if (memos.Fault is { } fault) return fault;
        if (memos.Value.FirstOrDefault(m => HasKey(m, news.Key)) is { } there) return new Told(there.Say("entity_id"), WasThere: true);
        var found = await MagentoApi.Find(call, $"/orders/{Uri.EscapeDataString(news.ExternalId)}");
        if (found.Fault is { } unread) return unread;
        if (found.Value is not { } order) return NoOrder;
        if (order.Say("order_currency_code")?.Equals(news.Currency, StringComparison.OrdinalIgnoreCase) != true) return new AdapterFault(FaultKind.Refused,
            $"The order is in {order.Say("order_currency_code")}, not {news.Currency}.");
        var invoices = await MagentoApi.All(call, "/invoices", ("order_id", "eq", news.ExternalId));
        if (invoices.Fault is { } unpaid) return unpaid;

        bool isOffline = call.Access.Setting("refunds")?.Trim().Equals("offline", StringComparison.OrdinalIgnoreCase) == true;
        string? invoice = isOffline ? null : invoices.Value.Where(i => i.Say("state") is "2" && MagentoOrders.Some(i.Say("transaction_id")) is not null)
            .Select(i => i.Say("entity_id")).FirstOrDefault();
        var body = MagentoMemo.Of(order, memos.Value, news);
        (body["notify"], body["appendComment"], body["comment"]) = (news.TellsBuyer, false, Comment(news.Note ?? news.Reason, news.Key));
        if (invoice is not null) body["isOnline"] = true;
        var said = await MagentoApi.Ask(call, HttpMethod.Post, invoice is null ? $"/order/{Uri.EscapeDataString(news.ExternalId)}/refund"
            : $"/invoice/{Uri.EscapeDataString(invoice)}/refund", body);
        return said.Fault is { } refused ? refused : new Told(said.Value.Say());
    }

    /// <summary>The rows above bundles in the place of their parts, as many bundles as the parts make; null where no row is a bundle's part.</summary>
    internal static Dictionary<string, long>? Bundled(JsonObject order, IReadOnlyDictionary<string, long> lines)
    {
        var items = order.Each("items").Where(i => i.Say("item_id") is not null).GroupBy(i => i.Say("item_id")!).ToDictionary(g => g.Key, g => g.First());
        var whole = new Dictionary<string, long>();
        bool isAny = false;
        foreach (var (id, units) in lines)
        {
            if (items.GetValueOrDefault(id) is { } item && item.Say("parent_item_id") is { } above && items.GetValueOrDefault(above) is { } bundle
                && bundle.Say("product_type") == "bundle")
            {
                long bundles = Math.Max(1, MagentoLines.Units(bundle, "qty_ordered")), each = Math.Max(1, MagentoLines.Units(item, "qty_ordered") / bundles);
                whole[above] = whole.TryGetValue(above, out long less) ? Math.Min(less, units / each) : units / each;
                isAny = true;
            }
            else whole[id] = units;
        }
        return isAny && whole.Values.All(u => u > 0) ? whole : null;
    }

    private static JsonArray Items(IReadOnlyDictionary<string, long> lines) => new([.. lines.Where(l => l.Value > 0).OrderBy(l => l.Key, StringComparer.Ordinal)
        .Select(l => (JsonNode)new JsonObject { ["order_item_id"] = long.TryParse(l.Key, CultureInfo.InvariantCulture, out long id) ? id : 0, ["qty"] = l.Value })]);

    private static JsonObject Comment(string words, string key) => new() { ["comment"] = $"{words} [{key}]", ["is_visible_on_front"] = 0 };

    // Without a key: any of ours.
    private static bool HasKey(JsonObject document, string key) => document.Each("comments").Select(c => c.Say("comment"))
        .Any(c => c is not null && (key.Length == 0 ? c.StartsWith("Sent [", StringComparison.Ordinal) && c.EndsWith(']') : c.Contains($"[{key}]", StringComparison.Ordinal)));

    private static readonly AdapterFault NoOrder = new(FaultKind.Refused, "The shop has no such order.");
}
