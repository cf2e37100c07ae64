using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Amazon;

/// <summary>A seller at Amazon (Selling Partner API): orders 2026-01-01, confirmed shipments, listings and feeds, FBA inventory, and changes of orders through the seller's own
/// event bus.</summary>
public sealed partial class AmazonChannel : ISalesChannel
{
    private readonly AmazonApi _api = new(new AmazonBudget(TimeProvider.System));

    public ChannelManifest Manifest { get; } = new("amazon", "Amazon", "marketplace", "https://sellingpartnerapi-na.amazon.com",
        ["orders", "order", "listings", "readStock", "pushStock", "webhook", "subscribe", "tellShipped", "renews"],
        [
            new("clientId", "The client id of the application, amzn1.application-oa2-client.…", IsRequired: true),
            new("clientSecret", "Its client secret.", IsSecret: true, IsRequired: true),
            new("refreshToken", "The refresh token that the seller's consent gave, Atzr|….", IsSecret: true, IsRequired: true),
            new("sellerId", "The seller's id (merchant token).", IsRequired: true),
            new("marketplaceId", "The marketplace whose orders and listings are ours, such as ATVPDKIKX0DER.", IsRequired: true),
            new("currency", "The marketplace's currency, for orders that name none."),
            new("carriers", "Amazon's codes of our carriers, as name=code with commas between, such as Royal Mail=Royal Mail. One that is not there is told as Other, with its name."),
            new("awsAccountId", "The AWS account of the seller's event bus, through which changes of orders reach us. Without it Amazon is asked."),
            new("awsRegion", "Its region."),
            new("messageKey", "A key of your own making, long and random, which the event bus's API destination shows as x-api-key. What comes without it is not believed.", IsSecret: true),
            new("tokenUrl", "Where Login with Amazon gives tokens. Without it: " + AmazonWords.TokenUrl),
        ],
        new ChannelServing(MailsBuyer: false, RefundsItself: true, OwesTax: true, AmazonWords.RelayDomains, 30), 600,
            "The published models of the Selling Partner API (orders 2026-01-01, orders v0 confirmShipment, listings items 2021-08-01, feeds 2021-06-30, FBA inventory, notifications).",
        AmazonWords.Assumptions)
    { AskEvery = TimeSpan.FromMinutes(3), SignedBy = "messageKey" };

    public async Task<AdapterAnswer<ChannelShop>> Test(ChannelCall call)
    {
        var said = await _api.Ask(call, "getMarketplaceParticipations", HttpMethod.Get, "/sellers/v1/marketplaceParticipations");
        if (said.Fault is { } fault) return fault;
        var all = said.Value.Each("payload").ToList();
        var ours = all.FirstOrDefault(p => p.Say("marketplace", "id") == Market(call));
        var missing = ours is null ? [$"The seller does not sell at {Market(call)}."] : !ours.Is("participation", "isParticipating")
            ? new[] { $"The seller does not sell at {ours.Say("marketplace", "name")} now." } : [];
        // A seller that is not this token's own has no listings to show it.
        var listings = await _api.Ask(call, "searchListingsItems", HttpMethod.Get, $"{Items(call)}?marketplaceIds={Uri.EscapeDataString(Market(call))}&pageSize=1");
        if (listings.Fault is { Kind: FaultKind.Unauthorized or FaultKind.Refused } closed) missing = [.. missing, "Listings: " + closed.Words];
        else if (listings.Fault is { } other) return other;
        return new ChannelShop(ours.Say("storeName") ?? ours.Say("marketplace", "name") ?? Market(call), ours.Say("marketplace", "defaultCurrencyCode"), null, [], missing);
    }

    // Amazon says nothing of an order within its pages: the mark moves only after the last one. A page's token belongs to the instant it was asked from.
    public async Task<AdapterAnswer<ChannelPage<ChannelOrder>>> Orders(ChannelCall call, DateTimeOffset since, string? cursor)
    {
        string[] at = cursor?.Split('|', 2) ?? [Instant(since)];
        string page = at.Length == 2 ? "&paginationToken=" + Uri.EscapeDataString(at[1]) : "";
        var said = await _api.Ask(call, "searchOrders", HttpMethod.Get,
            $"/orders/2026-01-01/orders?lastUpdatedAfter={Uri.EscapeDataString(at[0])}&marketplaceIds={Uri.EscapeDataString(Market(call))}&maxResultsPerPage=100&includedData={AmazonWords.Everything}{page}");
        if (said.Fault is { } fault) return fault;
        if (said.Value.At("orders") is not JsonArray list) return new AdapterFault(FaultKind.Malformed, "The answer is no list of orders.");
        var orders = list.OfType<JsonObject>().Select(o => AmazonOrders.Read(o, call.Access.Setting("currency"))).OfType<ChannelOrder>().OrderBy(o => o.UpdatedAt)
            .ThenBy(o => o.ExternalId, StringComparer.Ordinal).ToList();
        return new ChannelPage<ChannelOrder>(orders, said.Value.Say("pagination", "nextToken") is { Length: > 0 } next ? $"{at[0]}|{next}" : null);
    }

    public async Task<AdapterAnswer<ChannelOrder?>> Order(ChannelCall call, string externalId)
    {
        var found = await Find(call, externalId, AmazonWords.Everything);
        return found.Fault is { } fault ? fault : AdapterAnswer<ChannelOrder?>.Of(found.Value is { } order ? AmazonOrders.Read(order, call.Access.Setting("currency")) : null);
    }

    /// <summary>The package under our number, or with the same tracking number, is looked for first; a package that is confirmed again only corrects its tracking.</summary>
    public async Task<AdapterAnswer<Told>> Shipped(ChannelCall call, ShippedNews news)
    {
        string reference = AmazonWords.Reference(news.Key);
        var found = await Find(call, news.ExternalId, "FULFILLMENT,PACKAGES");
        if (found.Fault is { } fault) return fault;
        if (found.Value is not { } order) return new AdapterFault(FaultKind.Refused, "Amazon has no such order.");
        if (order.Each("packages").Any(p => p.Say("packageReferenceId") == reference || IsSame(p, news))) return new Told(reference, WasThere: true);
        var package = new JsonObject
        {
            ["packageReferenceId"] = reference, ["carrierCode"] = Carrier(call, news.Carrier) ?? "Other", ["trackingNumber"] = news.Tracking ?? "",
            ["shipDate"] = Instant(news.ShippedAt),
            ["orderItems"] = new JsonArray([.. news.Lines.Where(l => l.Value > 0).OrderBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => (JsonNode)new JsonObject { ["orderItemId"] = l.Key, ["quantity"] = l.Value })]),
        };
        if (Carrier(call, news.Carrier) is null) package["carrierName"] = news.Carrier ?? "Other";
        if (news.Service is { Length: > 0 } service) package["shippingMethod"] = service;
        var sent = await _api.Send(call, "confirmShipment", HttpMethod.Post, $"/orders/v0/orders/{Uri.EscapeDataString(news.ExternalId)}/shipmentConfirmation",
            new JsonObject { ["marketplaceId"] = Market(call), ["packageDetail"] = package });
        return sent.Fault is { } unsent ? unsent : sent.Value.IsOk ? new Told(reference) : AmazonApi.Refused(sent.Value);
    }

    /// <summary>Changes of orders go to the seller's own event bus; from there a rule with our address and secret sends them on.</summary>
    public async Task<AdapterAnswer<Told>> Subscribe(ChannelCall call, string url)
    {
        const string Type = "ORDER_CHANGE", Where = "/notifications/v1/subscriptions/" + Type;
        if (call.Access.Setting("awsAccountId") is not { Length: > 0 } account
            || call.Access.Setting("awsRegion") is not { Length: > 0 } region) return ((ISalesChannel)this).Unsupported("send messages without an event bus");
        if (call.Secret("messageSecret") is "") return ((ISalesChannel)this).Unsupported("send messages without the key that its event bus shows (messageKey)");
        var known = await _api.Send(call, "getSubscription", HttpMethod.Get, Where + "?payloadVersion=1.0");
        if (known.Fault is { } fault) return fault;
        if (known.Value.IsOk) return known.Value.Json().Then(s => AdapterAnswer<Told>.Of(new Told(s.Say("payload", "subscriptionId"), WasThere: true)));
        if (known.Value.Status != 404) return AmazonApi.Refused(known.Value);
        var destinations = await _api.Ask(call, "getDestinations", HttpMethod.Get, "/notifications/v1/destinations", isGrantless: true);
        if (destinations.Fault is { } unread) return unread;
        string? destination = destinations.Value.Each("payload").FirstOrDefault(d => d.Say("resource", "eventBridge", "accountId") == account
            && d.Say("resource", "eventBridge", "region") == region).Say("destinationId");
        if (destination is null)
        {
            var made = await _api.Ask(call, "createDestination", HttpMethod.Post, "/notifications/v1/destinations", new JsonObject
            {
                ["name"] = "Switchyard", ["resourceSpecification"] = new JsonObject { ["eventBridge"] = new JsonObject { ["accountId"] = account, ["region"] = region } },
            }, isGrantless: true);
            if (made.Fault is { } unmade) return unmade;
            destination = made.Value.Say("payload", "destinationId");
        }
        var subscribed = await _api.Ask(call, "createSubscription", HttpMethod.Post, Where, new JsonObject { ["payloadVersion"] = "1.0", ["destinationId"] = destination });
        return subscribed.Fault is { } refused ? refused : new Told(subscribed.Value.Say("payload", "subscriptionId"));
    }

    public IReadOnlyList<ChannelNotice>? Read(WebhookMail mail)
    {
        if (mail.Secret is not { Length: > 0 } secret || !mail.Headers.TryGetValue("x-api-key", out string? key)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(key))) return null;
        try
        {
            var body = JsonNode.Parse(mail.Body, null, new JsonDocumentOptions { MaxDepth = 64 });
            // An event bus has its own envelope round Amazon's.
            if (body.At("detail") is JsonObject inner) body = inner;
            var change = body.At("Payload", "OrderChangeNotification");
            string id = body.Say("NotificationMetadata", "NotificationId") ?? Convert.ToHexStringLower(SHA256.HashData(mail.Body));
            var at = change.When("OrderChangeTrigger", "TimeOfOrderChange") ?? body.When("EventTime");
            return body.Say("NotificationType") == "ORDER_CHANGE" && change.Say("AmazonOrderId") is { } order ? [new ChannelNotice(id, "order", order, at)] : [];
        }
        catch (JsonException) { return null; }
    }

    // Null: there surely is none.
    private async Task<AdapterAnswer<JsonObject?>> Find(ChannelCall call, string id, string data)
    {
        var sent = await _api.Send(call, "getOrder", HttpMethod.Get, $"/orders/2026-01-01/orders/{Uri.EscapeDataString(id)}?includedData={data}");
        if (sent.Fault is { } fault) return fault;
        if (sent.Value.Status == 404) return AdapterAnswer<JsonObject?>.Of(null);
        if (!sent.Value.IsOk) return AmazonApi.Refused(sent.Value);
        return sent.Value.Json().Then(s => s.At("order") is JsonObject order && order.Say("orderId") is not null ? AdapterAnswer<JsonObject?>.Of(order)
            : new AdapterFault(FaultKind.Malformed, "The answer is no order."));
    }

    // Written down by hand: the same number with the same goods in it. A consignment has one number for all its parcels.
    private static bool IsSame(JsonObject package, ShippedNews news) => news.Tracking is { Length: > 0 } tracking && package.Say("trackingNumber") == tracking
        && package.Each("packageItems").GroupBy(i => i.Say("orderItemId") ?? "").ToDictionary(g => g.Key, g => g.Sum(i => (long)(i.Whole("quantity") ?? 0))) is var inside
        && inside.Count == news.Lines.Count(l => l.Value > 0) && news.Lines.Where(l => l.Value > 0).All(l => inside.GetValueOrDefault(l.Key) == l.Value);

    private static string? Carrier(ChannelCall call, string? ours) => ours is null ? null
        : (call.Access.Setting("carriers") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p.Length == 2 && p[1].Length > 0 && p[0].Equals(ours, StringComparison.OrdinalIgnoreCase))
            .Select(p => p[1]).FirstOrDefault();

    private static string Market(ChannelCall call) => call.Access.Setting("marketplaceId") ?? "";
    private static string Items(ChannelCall call) => "/listings/2021-08-01/items/" + Uri.EscapeDataString(call.Access.Setting("sellerId") ?? "");
    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
