using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Shopify;

/// <summary>A Shopify shop (Admin GraphQL API 2025-01): the token of a custom app or one that its owner consents to, messages signed with the app's secret.</summary>
public sealed class ShopifyChannel : ISalesChannel
{
    private readonly ShopifyAsk _ask = new();
    private readonly ShopifyStock _stock;
    private readonly ShopifyParcels _parcels;
    private readonly ShopifyMoneyBack _money;

    public ShopifyChannel() => (_stock, _parcels, _money) = (new ShopifyStock(_ask), new ShopifyParcels(_ask), new ShopifyMoneyBack(_ask));

    public ChannelManifest Manifest { get; } = new("shopify", "Shopify", "shop", "",
        ["orders", "order", "listings", "readStock", "pushStock", "compareStock", "webhook", "subscribe", "authorise", "tellShipped", "tellCancelled", "tellRefunded"],
        [
            new("accessToken", "The Admin API access token of a custom app, shpat_…; empty where its owner lets us in by a browser.", IsSecret: true),
            new("clientSecret", "The app's client secret: it signs the shop's messages.", IsSecret: true, IsRequired: true),
            new("clientId", "The app's client id, to be let in by a browser."),
            new("location", "The location whose stock this connection keeps: its number or its name. Empty: the shop's primary location."),
            new("places", "Our node for each location at which orders are collected, as in: Leeds shop = LEEDS1, York = YORK2."),
            new("unpaidMethods", "Payment methods with which orders are sent before they are paid, as in: Cash on Delivery (COD), Invoice."),
        ],
        new ChannelServing(MailsBuyer: false, RefundsItself: true, OwesTax: false, [], null), 1_200, "The published schema of the Shopify Admin GraphQL API 2025-01.", ShopifyWords.Assumptions)
    { SignedBy = "clientSecret" };

    public int MostWishes => ShopifyStock.Most;

    public async Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call)
    {
        var said = await _ask.Data(call, ShopifyDocuments.Shop);
        if (said.Fault is { } fault) return fault;
        var given = said.Value.Each("currentAppInstallation", "accessScopes").Select(s => s.Say("handle")).ToHashSet();
        return new ChannelShop(said.Value.Say("shop", "name") ?? said.Value.Say("shop", "myshopifyDomain") ?? call.Access.BaseUrl, said.Value.Say("shop", "currencyCode"), said.Value.Say("shop", "ianaTimezone"),
            [.. said.Value.Each("locations", "nodes").Where(l => !l.Is("isFulfillmentService") && l.Say("legacyResourceId") is not null).Select(l => new ChannelPlace(l.Say("legacyResourceId")!, l.Say("name") ?? ""))],
            [.. ShopifyWords.Scopes.Where(s => !given.Contains(s) && !given.Contains(s.Replace("read_", "write_", StringComparison.Ordinal)))]);
    }

    // First which orders changed, then each by itself: an order with all that belongs to it costs too much to be asked for by tens.
    public async Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor)
    {
        string query = $"updated_at:>='{since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)}Z'";
        var said = await _ask.Data(call, ShopifyDocuments.Changed, new JsonObject { ["query"] = query, ["after"] = cursor });
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("orders") is not JsonObject page) return new AdapterFault(FaultKind.Malformed, "The answer is no list of orders.");
        var orders = new List<ChannelOrder>();
        foreach (string id in page.Each("nodes").Select(n => n.Say("id")).OfType<string>())
        {
            var one = await One(call, id);
            if (one.Fault is { } broken) return broken;
            if (one.Value is { } order) orders.Add(order);
        }
        return new ChannelPage<ChannelOrder>([.. orders.OrderBy(o => o.UpdatedAt)], page.Is("pageInfo", "hasNextPage") ? page.Say("pageInfo", "endCursor") : null);
    }

    public Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId) => One(call, ShopifyWords.Gid("Order", externalId));

    private async Task<AdapterAnswer<ChannelOrder?>> One(ChannelCall call, string gid)
    {
        var said = await _ask.Data(call, ShopifyDocuments.Order, new JsonObject { ["id"] = gid });
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("order") is not JsonObject order) return AdapterAnswer<ChannelOrder?>.Of(null);
        if (await Rest(call, order) is { } unread) return unread;
        return AdapterAnswer<ChannelOrder?>.Of(Reader(call).Read(order));
    }

    // What does not fit into the first answer: further lines, and what left or was given back where something was.
    private async Task<AdapterFault?> Rest(ChannelCall call, JsonObject order)
    {
        if (await _ask.Fill(call, order, "lineItems", ShopifyDocuments.MoreLines) is { } fault) return fault;
        if (await _ask.Fill(call, order, "fulfillmentOrders", ShopifyDocuments.MoreParts) is { } unread) return unread;
        foreach (var part in order.Each("fulfillmentOrders", "nodes").ToList()) if (await _ask.Fill(call, part, "lineItems", ShopifyDocuments.MoreHeld) is { } missing) return missing;
        bool isTouched = order.Say("displayFulfillmentStatus") is not ("UNFULFILLED" or "ON_HOLD" or "SCHEDULED") || order.At("totalRefundedSet", "presentmentMoney", "amount").Say()?.Trim('0', '.') is { Length: > 0 };
        if (!isTouched) return null;
        foreach (int most in new[] { 8, 30 })
        {
            var said = await _ask.Data(call, ShopifyDocuments.After, new JsonObject { ["id"] = order.Say("id"), ["most"] = most });
            if (said.Fault is { } broken) return broken;
            foreach (string list in new[] { "fulfillments", "refunds" }) order[list] = said.Value.At("order", list)?.DeepClone();
            if (order.Each("fulfillments").Count() < most && order.Each("refunds").Count() < most) break;
        }
        foreach (var parcel in order.Each("fulfillments").ToList()) if (await _ask.Fill(call, parcel, "fulfillmentLineItems", ShopifyDocuments.MoreSent) is { } missing) return missing;
        foreach (var refund in order.Each("refunds").ToList()) if (await _ask.Fill(call, refund, "refundLineItems", ShopifyDocuments.MoreBack) is { } missing) return missing;
        return null;
    }

    private static ShopifyOrders Reader(ChannelCall call) => new(ShopifyWords.Names(call.Access.Setting("unpaidMethods")), ShopifyWords.Pairs(call.Access.Setting("places")));

    public Task<AdapterAnswer<ChannelPage<ChannelListing>>> Listings(ChannelCall call, string? cursor) => _stock.Listings(call, cursor);
    public Task<AdapterAnswer<IReadOnlyList<ListedStock>>> Stock(ChannelCall call, IReadOnlyList<ListingKey> listings) => _stock.Read(call, listings);
    public Task<AdapterAnswer<IReadOnlyList<StockOutcome>>> Push(ChannelCall call, IReadOnlyList<StockWish> wishes) => _stock.Push(call, wishes);

    public Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news)
    {
        var places = ShopifyWords.Pairs(call.Access.Setting("places"));
        return _parcels.Tell(call, news, (number, name) => places.GetValueOrDefault(number) ?? (name is null ? null : places.GetValueOrDefault(name)));
    }

    public Task<AdapterAnswer<Told>> Cancelled(ChannelCall call, CancelledNews news) => _money.Cancel(call, news);
    public Task<AdapterAnswer<Told>> Refunded(ChannelCall call, RefundedNews news) => _money.Refund(call, news);

    public async Task<AdapterAnswer<Told>> Subscribe(ChannelCall call, string url)
    {
        var known = new List<JsonObject>();
        string? after = null;
        do
        {
            var there = await _ask.Data(call, ShopifyDocuments.Subscribed, new JsonObject { ["after"] = after });
            if (there.Fault is { } fault) return fault;
            known.AddRange(there.Value.Each("webhookSubscriptions", "nodes").Where(w => w.Say("endpoint", "callbackUrl") == url));
            after = there.Value.Is("webhookSubscriptions", "pageInfo", "hasNextPage") ? there.Value.Say("webhookSubscriptions", "pageInfo", "endCursor") : null;
        }
        while (after is not null);
        string? first = known.Select(w => w.Say("id")).FirstOrDefault();
        var missing = ShopifyWords.Topics.Except(known.Select(w => w.Say("topic") ?? "")).ToList();
        foreach (string topic in missing)
        {
            var made = await _ask.Do(call, ShopifyDocuments.Subscribe, new JsonObject { ["topic"] = topic, ["address"] = url }, "webhookSubscriptionCreate");
            if (made.Fault is { } refused) return refused;
            first ??= made.Value.Say("webhookSubscription", "id");
        }
        return new Told(first is null ? null : ShopifyOrders.Number(first), WasThere: missing.Count == 0);
    }

    /// <summary>Messages have the shape of the older REST resources and tell less than an order has: they are hints, and the order is asked for.</summary>
    public IReadOnlyList<ChannelNotice>? Read(WebhookMail mail)
    {
        if (mail.Secret is not { Length: > 0 } secret || !mail.Headers.TryGetValue("X-Shopify-Hmac-Sha256", out string? signature)) return null;
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), mail.Body)));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))) return null;
        try
        {
            var body = JsonNode.Parse(mail.Body, null, new JsonDocumentOptions { MaxDepth = 64 });
            string topic = mail.Headers.GetValueOrDefault("X-Shopify-Topic") ?? "", id = mail.Headers.GetValueOrDefault("X-Shopify-Webhook-Id") ?? Convert.ToHexStringLower(SHA256.HashData(mail.Body));
            var (kind, thing) = topic.Split('/')[0] switch
            {
                "orders" => ("order", body.Say("id")),
                "refunds" or "fulfillments" => ("order", body.Say("order_id")),
                "products" => ("listing", body.Say("id")),
                "inventory_levels" => ("stock", body.Say("inventory_item_id")),
                "app" => ("uninstalled", null),
                _ => ("other", (string?)null),
            };
            return [new ChannelNotice(id, kind, thing, Sent(mail.Headers.GetValueOrDefault("X-Shopify-Triggered-At")))];
        }
        catch (JsonException) { return []; }
    }

    private static DateTimeOffset? Sent(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public AdapterAnswer<string> AuthoriseUrl(ChannelCall call, string state, string redirect, string challenge) => call.Access.Setting("clientId") is not { Length: > 0 } client
        ? new AdapterFault(FaultKind.Refused, "The app's client id is not set.")
        : AdapterAnswer<string>.Of($"{call.Access.BaseUrl.TrimEnd('/')}/admin/oauth/authorize?client_id={Uri.EscapeDataString(client)}&scope={Uri.EscapeDataString(string.Join(',', ShopifyWords.Scopes))}"
            + $"&redirect_uri={Uri.EscapeDataString(redirect)}&state={Uri.EscapeDataString(state)}");

    public async Task<AdapterAnswer<Told>> Exchange(ChannelCall call, string code, string verifier, string redirect)
    {
        var said = await call.Ask(HttpMethod.Post, "/admin/oauth/access_token", new JsonObject { ["client_id"] = call.Access.Setting("clientId"), ["client_secret"] = call.Secret("clientSecret"), ["code"] = code },
            s => s.Say("error_description") ?? s.Say("error"));
        if (said.Fault is { } fault) return fault;
        if (said.Value.Say("access_token") is not { Length: > 0 } token) return new AdapterFault(FaultKind.Malformed, "The answer has no token.");
        await call.Renew(new Dictionary<string, string> { ["accessToken"] = token });
        var shop = await Test(call);
        return shop.Fault is { } unknown ? unknown : new Told(shop.Value.Name);
    }
}
