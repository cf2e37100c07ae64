using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.WooCommerce;

/// <summary>A WooCommerce shop (REST v3): consumer key and secret over https, messages signed with HMAC-SHA256.</summary>
public sealed class WooChannel : ISalesChannel
{
    private const int PageSize = 50;
    private const string Root = "/wp-json/wc/v3", Mark = "_switchyard_";

    public ChannelManifest Manifest { get; } = new("woocommerce", "WooCommerce", "shop", "", ["orders", "order", "listings", "readStock", "pushStock", "adjustStock", "webhook", "subscribe", "tellShipped", "tellCancelled", "tellRefunded"],
        [
            new("consumerKey", "The consumer key of the REST API, ck_….", IsSecret: true, IsRequired: true),
            new("consumerSecret", "Its secret, cs_….", IsSecret: true, IsRequired: true),
        ],
        new ChannelServing(MailsBuyer: false, RefundsItself: true, OwesTax: false, [], null), 240, "The published documentation of the WooCommerce REST API v3.", WooWords.Assumptions);

    public int MostWishes => 100;

    public async Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call)
    {
        var said = await Ask(call, HttpMethod.Get, "/system_status?_fields=environment,settings");
        if (said.Fault is { } fault) return fault;
        return new ChannelShop(said.Value.Say("environment", "site_url") ?? call.Access.BaseUrl, said.Value.Say("settings", "currency"), null, [], []);
    }

    // Pages by number slip when an order changes meanwhile; so each page begins at the instant the one before ended with.
    public async Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor)
    {
        var (from, page) = Cursor(cursor) ?? (since, 1);
        var said = await Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture,
            $"/orders?modified_after={Instant(from.AddSeconds(-1))}&dates_are_gmt=true&orderby=modified&order=asc&per_page={PageSize}&page={page}&status=any"));
        if (said.Fault is { } fault) return fault;
        if (said.Value is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of orders.");
        var orders = new List<ChannelOrder>();
        foreach (var raw in list.OfType<JsonObject>())
        {
            var read = await Whole(call, raw);
            if (read.Fault is { } broken) return broken;
            if (read.Value is { } order) orders.Add(order);
        }
        if (list.Count < PageSize) return new ChannelPage<ChannelOrder>(orders, null);
        var last = list.OfType<JsonObject>().Select(o => WooOrders.Gmt(o, "date_modified_gmt")).Max() ?? from;
        return new ChannelPage<ChannelOrder>(orders, last > from ? $"{Instant(last)}|1" : string.Create(CultureInfo.InvariantCulture, $"{Instant(from)}|{page + 1}"));
    }

    public async Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId)
    {
        var found = await Find(call, externalId);
        return found.Fault is { } fault ? fault : found.Value is { } raw ? await Whole(call, raw) : AdapterAnswer<ChannelOrder?>.Of(null);
    }

    public async Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor)
    {
        int page = int.TryParse(cursor, CultureInfo.InvariantCulture, out int no) ? no : 1;
        var said = await Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/products?per_page={PageSize}&page={page}&orderby=id&order=asc&status=any"));
        if (said.Fault is { } fault) return fault;
        var listings = new List<ChannelListing>();
        foreach (var product in (said.Value as JsonArray ?? []).OfType<JsonObject>())
        {
            if (product.Say("type") is not "variable") { if (Listing(product, product.Say("id"), null) is { } one) listings.Add(one); continue; }
            for (int part = 1; ; part++)
            {
                var variations = await Ask(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/products/{product.Say("id")}/variations?per_page=100&page={part}&orderby=id&order=asc"));
                if (variations.Fault is { } broken) return broken;
                var some = (variations.Value as JsonArray ?? []).OfType<JsonObject>().ToList();
                listings.AddRange(some.Select(v => Listing(v, v.Say("id"), product)).OfType<ChannelListing>());
                if (some.Count < 100) break;
            }
        }
        return new ChannelPage<ChannelListing>(listings, said.Value is JsonArray { Count: PageSize } ? Text(page + 1) : null);
    }

    public async Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings)
    {
        var found = new List<ListedStock>();
        foreach (var parent in listings.GroupBy(l => l.Item))
            foreach (var some in parent.Chunk(PageSize))
            {
                string where = parent.Key is null ? "/products" : $"/products/{Uri.EscapeDataString(parent.Key)}/variations";
                var said = await Ask(call, HttpMethod.Get, $"{where}?include={string.Join(',', some.Select(l => Uri.EscapeDataString(l.Listing)))}&per_page={PageSize}&_fields=id,stock_quantity,manage_stock");
                // A product that is gone takes its variations with it, and nobody else's.
                if (said.Fault is { Kind: FaultKind.Refused } && parent.Key is not null) continue;
                if (said.Fault is { } fault) return fault;
                found.AddRange((said.Value as JsonArray ?? []).OfType<JsonObject>().Where(p => p.Say("id") is not null).Select(p => new ListedStock(p.Say("id")!, p.Is("manage_stock") ? Quantity(p) ?? 0 : 0)));
            }
        return found;
    }

    /// <summary>A difference to what the shop showed: a sale that came in between stays in it, and the answer shows it.</summary>
    public async Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes)
    {
        var outcomes = new List<StockOutcome>();
        foreach (var parent in wishes.GroupBy(w => w.Key.Item))
        {
            string where = parent.Key is null ? "/products/batch" : $"/products/{Uri.EscapeDataString(parent.Key)}/variations/batch";
            var updates = parent.Select(w => (JsonNode)new JsonObject { ["id"] = long.TryParse(w.Key.Listing, CultureInfo.InvariantCulture, out long id) ? id : 0, ["manage_stock"] = true }.With(w));
            var said = await Ask(call, HttpMethod.Post, where, new JsonObject { ["update"] = new JsonArray([.. updates]) });
            if (said.Fault is { } fault)
            {
                if (fault.Kind == FaultKind.Refused && parent.Key is not null) { outcomes.AddRange(parent.Select(w => new StockOutcome(w.Key.Listing, "refused", Words: fault.Words))); continue; }
                // Some are told already: whoever hears this may not believe that none is.
                return outcomes.Count == 0 ? fault : fault with { Kind = FaultKind.Unknown };
            }
            var answers = said.Value.Each("update").Where(u => u.Say("id") is not null).GroupBy(u => u.Say("id")!).ToDictionary(g => g.Key, g => g.Last());
            outcomes.AddRange(parent.Select(w => !answers.TryGetValue(w.Key.Listing, out var answer) ? new StockOutcome(w.Key.Listing, "refused", Words: "The shop said nothing of it.")
                : answer.At("error") is { } error ? new StockOutcome(w.Key.Listing, error.Say("code")?.Contains("invalid_id", StringComparison.Ordinal) == true ? "gone" : "refused", Words: error.Say("message"))
                : new StockOutcome(w.Key.Listing, "done", Quantity(answer))));
        }
        return outcomes;
    }

    /// <summary>A note to the buyer with the tracking number, and a mark on the order under our key; with the last parcel the order is completed.</summary>
    public async Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news)
    {
        var found = await Find(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return new AdapterFault(FaultKind.Refused, "The shop has no such order.");
        bool isMarked = IsMarked(order, news.Key);
        if (!isMarked)
        {
            if (await Note(call, news.ExternalId, news.Key, WooWords.Shipped(news), news.TellsBuyer) is { } failed) return failed;
            var marked = await Ask(call, HttpMethod.Put, $"/orders/{Uri.EscapeDataString(news.ExternalId)}", new JsonObject
            {
                ["meta_data"] = new JsonArray(new JsonObject { ["key"] = Mark + news.Key, ["value"] = news.Tracking ?? "shipped" }),
            });
            if (marked.Fault is { } unmarked) return unmarked;
        }
        if (news.IsLast && order.Say("status") is "processing" or "on-hold")
        {
            var completed = await Ask(call, HttpMethod.Put, $"/orders/{Uri.EscapeDataString(news.ExternalId)}", new JsonObject { ["status"] = "completed" });
            if (completed.Fault is { } unsaid) return unsaid;
        }
        return new Told(Mark + news.Key, isMarked);
    }

    /// <summary>The whole order only: WooCommerce knows no cancelled units, these are refunded.</summary>
    public async Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news)
    {
        if (news.Lines is not null) return ((ISalesChannel)this).Unsupported("cancel some units of an order; refund them");
        var found = await Find(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return new AdapterFault(FaultKind.Refused, "The shop has no such order.");
        if (order.Say("status") is "cancelled" or "refunded" or "failed") return new Told(news.ExternalId, WasThere: true);
        var said = await Ask(call, HttpMethod.Put, $"/orders/{Uri.EscapeDataString(news.ExternalId)}", new JsonObject { ["status"] = "cancelled" });
        return said.Fault is { } refused ? refused : new Told(news.ExternalId);
    }

    public async Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news)
    {
        string where = $"/orders/{Uri.EscapeDataString(news.ExternalId)}/refunds";
        var before = await Ask(call, HttpMethod.Get, where + "?per_page=100");
        if (before.Fault is { } fault) return fault;
        if ((before.Value as JsonArray ?? []).OfType<JsonObject>().FirstOrDefault(r => r.Say("reason")?.Contains(news.Key, StringComparison.Ordinal) == true) is { } there) return new Told(there.Say("id"), WasThere: true);
        var said = await Ask(call, HttpMethod.Post, where, new JsonObject
        {
            ["amount"] = AdapterJson.Major(news.AmountMinor, news.Currency).ToString(CultureInfo.InvariantCulture), ["reason"] = $"{news.Note ?? news.Reason} [{news.Key}]", ["api_refund"] = true, ["api_restock"] = false,
            ["line_items"] = new JsonArray([.. news.Lines.Select(l => (JsonNode)new JsonObject { ["id"] = l.Key, ["quantity"] = l.Value })]),
        });
        return said.Fault is { } refused ? refused : new Told(said.Value.Say("id"));
    }

    public async Task<AdapterAnswer<Told>> Subscribe(ChannelCall call, string url)
    {
        var there = await Ask(call, HttpMethod.Get, "/webhooks?per_page=100");
        if (there.Fault is { } fault) return fault;
        var known = (there.Value as JsonArray ?? []).OfType<JsonObject>().Where(w => w.Say("delivery_url") == url).ToList();
        string? first = null;
        foreach (string topic in WooWords.Topics)
        {
            var have = known.FirstOrDefault(w => w.Say("topic") == topic);
            var body = new JsonObject { ["name"] = "Switchyard " + topic, ["topic"] = topic, ["delivery_url"] = url, ["secret"] = call.Secret("messageSecret"), ["status"] = "active" };
            var said = have?.Say("id") is { } id ? await Ask(call, HttpMethod.Put, "/webhooks/" + id, body) : await Ask(call, HttpMethod.Post, "/webhooks", body);
            if (said.Fault is { } refused) return refused;
            first ??= said.Value.Say("id");
        }
        return new Told(first, known.Count >= WooWords.Topics.Count);
    }

    public IReadOnlyList<ChannelNotice>? Read(WebhookMail mail)
    {
        // A new subscription is tried out by a message that is not signed, and says nothing but which one.
        if (mail.Body.AsSpan().StartsWith("webhook_id="u8)) return [];
        if (mail.Secret is not { Length: > 0 } secret || !mail.Headers.TryGetValue("X-WC-Webhook-Signature", out string? signature)) return null;
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), mail.Body)));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))) return null;
        try
        {
            var body = JsonNode.Parse(mail.Body, null, new JsonDocumentOptions { MaxDepth = 64 });
            string topic = mail.Headers.GetValueOrDefault("X-WC-Webhook-Topic") ?? "", delivery = mail.Headers.GetValueOrDefault("X-WC-Webhook-Delivery-ID") ?? Convert.ToHexStringLower(SHA256.HashData(mail.Body));
            if (body.Say("id") is not { } thing) return [];
            string kind = topic.Split('.')[0] switch { "order" => "order", "product" => "listing", _ => "other" };
            return [new ChannelNotice(delivery, kind, thing, null)];
        }
        catch (JsonException) { return []; }
    }

    private static async Task<AdapterAnswer<ChannelOrder?>> Whole(ChannelCall call, JsonObject raw)
    {
        List<JsonObject> refunds = [];
        if (raw.Each("refunds").Any())
        {
            var said = await Ask(call, HttpMethod.Get, $"/orders/{Uri.EscapeDataString(raw.Say("id") ?? "")}/refunds?per_page=100");
            if (said.Fault is { } fault) return fault;
            refunds = [.. (said.Value as JsonArray ?? []).OfType<JsonObject>()];
        }
        return AdapterAnswer<ChannelOrder?>.Of(WooOrders.Read(raw, refunds));
    }

    // Null: there surely is none.
    private static async Task<AdapterAnswer<JsonObject?>> Find(ChannelCall call, string id)
    {
        var sent = await call.Send(HttpMethod.Get, $"{Root}/orders/{Uri.EscapeDataString(id)}", null, Key(call));
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return AdapterAnswer<JsonObject?>.Of(null);
        var said = sent.Value.Json();
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Refused, said.IsOk ? WooWords.Refusal(said.Value) ?? sent.Value.Beginning : sent.Value.Beginning);
        return said.Then(s => s is JsonObject order && order.Say("id") is not null ? AdapterAnswer<JsonObject?>.Of(order) : new AdapterFault(FaultKind.Malformed, "The answer is no order."));
    }

    // Written once: a note that names the key is there already.
    private static async Task<AdapterFault?> Note(ChannelCall call, string order, string key, string words, bool isForBuyer)
    {
        string where = $"/orders/{Uri.EscapeDataString(order)}/notes";
        var notes = await Ask(call, HttpMethod.Get, where);
        if (notes.Fault is { } fault) return fault;
        if ((notes.Value as JsonArray ?? []).OfType<JsonObject>().Any(n => n.Say("note")?.Contains(key, StringComparison.Ordinal) == true)) return null;
        return (await Ask(call, HttpMethod.Post, where, new JsonObject { ["note"] = words, ["customer_note"] = isForBuyer })).Fault;
    }

    private static bool IsMarked(JsonObject order, string key) => order.Each("meta_data").Any(m => m.Say("key") == Mark + key);

    private static ChannelListing? Listing(JsonObject product, string? id, JsonObject? parent)
    {
        if (id is null || product.Say("type") is "grouped" or "external") return null;
        string title = parent is null ? product.Say("name") ?? "" : $"{parent.Say("name")}, {string.Join(", ", product.Each("attributes").Select(a => a.Say("option")).OfType<string>())}";
        return new ChannelListing(new ListingKey(id, parent?.Say("id"), product.Say("sku") is { Length: > 0 } sku ? sku : null), System.Net.WebUtility.HtmlDecode(title), product.Say("global_unique_id") is { Length: > 0 } code ? code : null,
            Quantity(product), product.Is("manage_stock"), product.Say("status") is null or "publish");
    }

    private static long? Quantity(JsonObject product) => product.Say("stock_quantity") is { } text && decimal.TryParse(text, CultureInfo.InvariantCulture, out decimal units) && Math.Abs(units) < 1_000_000_000 ? (long)Math.Floor(units) : null;

    private static (DateTimeOffset, int)? Cursor(string? cursor) =>
        cursor?.Split('|') is [var at, var page] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from) && int.TryParse(page, CultureInfo.InvariantCulture, out int no) ? (from, no) : null;

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    private static (string, string) Key(ChannelCall call) => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Secret("consumerKey") + ":" + call.Secret("consumerSecret"))));
    private static Task<AdapterAnswer<JsonNode>> Ask(ChannelCall call, HttpMethod method, string path, JsonNode? body = null) => call.Ask(method, Root + path, body, WooWords.Refusal, Key(call));
}

/// <summary>What WooCommerce calls things, and what its documentation does not say.</summary>
internal static class WooWords
{
    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Orders are listed by their last change (orderby=modified, modified_after), as shops since version 5.8 do.",
        "status=any lists every order but drafts and those in the bin.",
        "A note or a refund whose text names our key was made by us.",
        "A refunded line names the line it is of in its meta data (_refunded_item_id).",
        "global_unique_id is the barcode (GTIN) of a product, in shops since version 9.2.",
        "A product or variation takes inventory_delta instead of stock_quantity, as WooCommerce itself does and its documentation does not say.",
        "A meta entry given by its key only takes the place of the one of that key.",
    ];

    /// <summary>That a product has changed it says with each sale, and with each quantity that we tell it ourselves: it is not asked for, and each night all is read.</summary>
    public static readonly IReadOnlyList<string> Topics = ["order.created", "order.updated", "order.deleted", "product.created", "product.deleted"];

    public static JsonObject With(this JsonObject update, StockWish wish)
    {
        if (wish.Expected is { } shows) update["inventory_delta"] = wish.Quantity - shows;
        else update["stock_quantity"] = wish.Quantity;
        return update;
    }

    public static string? Refusal(JsonNode said) => said.Say("message") ?? said.Say("code");

    public static string Shipped(ShippedNews news) =>
        $"{(news.Tracking is { } tracking ? $"Sent with {news.Carrier ?? "the carrier"}, tracking number {tracking}." : $"Sent{(news.Carrier is { } carrier ? " with " + carrier : "")}.")}{(news.TrackingUrl is { } url ? " " + url : "")} [{news.Key}]";
}
