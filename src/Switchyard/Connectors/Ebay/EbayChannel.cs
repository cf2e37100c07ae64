using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Ebay;

/// <summary>A seller at eBay: Fulfillment, Inventory and Notification APIs, OAuth 2 with refresh, messages signed with ECDSA, refunds signed as HTTP messages.</summary>
public sealed class EbayChannel : ISalesChannel
{
    private const int PageSize = 50, DateAhead = 30850;
    private readonly EbayNotes _notes = new();

    public ChannelManifest Manifest { get; } = new("ebay", "eBay", "marketplace", "https://api.ebay.com",
        ["orders", "order", "listings", "readStock", "pushStock", "webhook", "subscribe", "authorise", "renews", "tellShipped", "tellCancelled", "tellRefunded"],
        [
            new("clientId", "The application's client id (App ID).", IsRequired: true),
            new("clientSecret", "Its client secret (Cert ID).", IsSecret: true, IsRequired: true),
            new("ruName", "The RuName of the application, under which eBay knows where the seller comes back to; to be let in by a browser."),
            new("refreshToken", "The seller's refresh token; it comes by itself when the seller lets us in by a browser.", IsSecret: true),
            new("marketplaceId", "The site, as in EBAY_GB."),
            new("signingKey", "The private key for signatures (RSA, PKCS #8), of sellers in the United Kingdom and the European Union: without it they cannot refund.", IsSecret: true),
            new("signingJwe", "The public key for signatures, as eBay gave it (JWE).", IsSecret: true),
            new("alertEmail", "Where eBay writes to when messages cannot be delivered."),
            new("places", "Our node for each merchant location at which orders are collected, as in: leeds = LEEDS1."),
        ],
        new ChannelServing(MailsBuyer: false, RefundsItself: true, OwesTax: false, EbayOrders.Relays, 90), 600,
        "The published OpenAPI documents of the Fulfillment (v1), Inventory (v1) and Notification (v1) APIs.", EbayWords.Assumptions)
    { TellsAll = false };

    public int MostWishes => EbayStock.Most;

    public async Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call)
    {
        var orders = await EbayAsk.Ask(call, HttpMethod.Get, EbayAsk.Fulfilment + "/order?limit=1");
        if (orders.Fault is { } fault) return fault;
        var places = await EbayAsk.Ask(call, HttpMethod.Get, EbayAsk.Inventory + "/location?limit=100");
        if (places.Fault is { } nowhere) return nowhere;
        var newest = orders.Value.Each("orders").FirstOrDefault();
        List<string> missing = call.Secret("signingKey").Length == 0 && call.Access.Setting("marketplaceId") is "EBAY_GB" or "EBAY_DE" or "EBAY_FR" or "EBAY_IT" or "EBAY_ES" or "EBAY_IE" or "EBAY_NL" or "EBAY_AT" or "EBAY_BE" or "EBAY_PL"
            ? ["the signing key, without which refunds are refused"] : [];
        return new ChannelShop(newest.Say("sellerId") ?? call.Access.Setting("marketplaceId") ?? "eBay", newest.Say("pricingSummary", "total", "currency"), null,
            [.. places.Value.Each("locations").Where(l => l.Say("merchantLocationKey") is not null).Select(l => new ChannelPlace(l.Say("merchantLocationKey")!, l.Say("name") ?? l.Say("merchantLocationKey")!))], missing);
    }

    // A window with an end: an order that changes meanwhile leaves it, and is found by the next question; all behind it move up by one. How many left is told by the total, and so far the offset goes back.
    public async Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor)
    {
        var place = Cursor(cursor);
        var (offset, total) = (place?.Offset ?? 0, place?.Total);
        for (int tries = 0; ; tries++)
        {
            var until = place?.Until ?? call.Now - EbayWords.Behind[Math.Min(tries, EbayWords.Behind.Count - 1)];
            string filter = $"lastmodifieddate:[{Instant(since < until ? since : until)}..{Instant(until)}]";
            var said = await EbayAsk.Send(call, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{EbayAsk.Fulfilment}/order?fieldGroups=TAX_BREAKDOWN&filter={Uri.EscapeDataString(filter)}&limit={PageSize}&offset={offset}"));
            if (said.Fault is { } fault) return fault;
            // Our clock may be ahead of eBay's, which looks into no future.
            if (said.Value.Error == DateAhead && place is null && tries + 1 < EbayWords.Behind.Count) continue;
            if (!said.Value.IsOk) return said.Value.Refusal;
            long now = Count(said.Value.Body);
            if (total is { } before && now < before && offset > 0)
            {
                offset = Math.Max(0, offset - (int)Math.Min(before - now, offset));
                total = now;
                continue;
            }
            var read = await Whole(call, said.Value.Body.Each("orders").ToList());
            if (read.Fault is { } broken) return broken;
            int next = offset + PageSize;
            return new ChannelPage<ChannelOrder>(read.Value, next < now ? string.Create(CultureInfo.InvariantCulture, $"{Instant(until)}|{next}|{now}") : null);
        }
    }

    private static async Task<AdapterAnswer<List<ChannelOrder>>> Whole(ChannelCall call, List<JsonObject> raws)
    {
        var orders = new List<ChannelOrder>();
        foreach (var raw in raws)
        {
            var one = await Whole(call, raw);
            if (one.Fault is { } fault) return fault;
            if (one.Value is { } order) orders.Add(order);
        }
        return orders.OrderBy(o => o.UpdatedAt).ToList();
    }

    // Only of an order of which some has left must be asked what.
    private static async Task<AdapterAnswer<ChannelOrder?>> Whole(ChannelCall call, JsonNode raw)
    {
        List<JsonObject> shipments = [];
        if (raw.Say("orderFulfillmentStatus") == "IN_PROGRESS" && raw.Say("orderId") is { } id)
        {
            var said = await EbayTells.Shipments(call, id);
            if (said.Fault is { } fault) return fault;
            shipments = said.Value;
        }
        return AdapterAnswer<ChannelOrder?>.Of(EbayOrders.Read(raw, shipments, EbayWords.Pairs(call.Access.Setting("places"))));
    }

    public async Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId)
    {
        var found = await EbayTells.Order(call, externalId);
        return found.Fault is { } fault ? fault : found.Value is { } raw ? await Whole(call, raw) : AdapterAnswer<ChannelOrder?>.Of(null);
    }

    public Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor) => EbayStock.Listings(call, cursor);
    public Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings) => EbayStock.Read(call, listings);
    public Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes) => EbayStock.Push(call, wishes);
    public Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news) => EbayTells.Shipped(call, news);

    public Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news) => news.Lines is null ? EbayTells.Cancelled(call, news)
        : Task.FromResult<AdapterAnswer<Told>>(((ISalesChannel)this).Unsupported("cancel some units of an order; refund them"));

    public Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news) => EbayTells.Refunded(call, news);
    public Task<AdapterAnswer<Told>> Subscribe(ChannelCall call, string url) => EbayNotes.Subscribe(call, url);
    public Task<AdapterAnswer<IReadOnlyList<ChannelNotice>?>> ReadAsync(ChannelCall call, WebhookMail mail) => _notes.Read(call, mail);
    public string? Challenge(WebhookMail mail, string url) => EbayNotes.Answer(mail, url);

    // eBay comes back to the address that stands behind the RuName in its own settings.
    public AdapterAnswer<string> AuthoriseUrl(ChannelCall call, string state, string redirect, string challenge)
    {
        if (call.Access.Setting("clientId") is not { Length: > 0 } client || call.Access.Setting("ruName") is not { Length: > 0 } name) return new AdapterFault(FaultKind.Refused, "The application's client id and RuName are not set.");
        string page = call.Access.BaseUrl.TrimEnd('/').Replace("//api.", "//auth.", StringComparison.Ordinal);
        return AdapterAnswer<string>.Of($"{page}/oauth2/authorize?client_id={Uri.EscapeDataString(client)}&response_type=code&redirect_uri={Uri.EscapeDataString(name)}&scope={Uri.EscapeDataString(string.Join(' ', EbayAsk.Scopes))}"
            + $"&state={Uri.EscapeDataString(state)}");
    }

    public async Task<AdapterAnswer<Told>> Exchange(ChannelCall call, string code, string verifier, string redirect)
    {
        var said = await EbayAsk.Token(call, new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = call.Access.Setting("ruName") ?? redirect });
        if (said.Fault is { } fault) return fault with { Kind = fault.Kind == FaultKind.Unauthorized ? FaultKind.Refused : fault.Kind };
        if (said.Value.Say("refresh_token") is not { Length: > 0 } refresh) return new AdapterFault(FaultKind.Malformed, "The answer has no refresh token.");
        await call.Renew(new Dictionary<string, string> { ["refreshToken"] = refresh, ["accessToken"] = said.Value.Say("access_token")! });
        var shop = await Test(call);
        return shop.Fault is { } unknown ? unknown : new Told(shop.Value.Name);
    }

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static long Count(JsonNode said) => long.TryParse(said.Say("total"), CultureInfo.InvariantCulture, out long total) ? total : 0;

    private static (DateTimeOffset Until, int Offset, long Total)? Cursor(string? cursor) => cursor?.Split('|') is [var at, var offset, var total] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
        && int.TryParse(offset, CultureInfo.InvariantCulture, out int no) && long.TryParse(total, CultureInfo.InvariantCulture, out long all) ? (until, no, all) : null;
}
