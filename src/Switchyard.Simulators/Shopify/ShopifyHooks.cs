using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>A subscription to a topic of a simulated Shopify shop.</summary>
public sealed class ShopifyHook
{
    public required long Id { get; init; }
    public required string Topic { get; init; }
    public required string Url { get; set; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Webhook subscriptions, and what is sent to them, signed with the app's secret.</summary>
internal sealed class ShopifyHooks(ShopifySim sim, ShopifyRest rest)
{
    private readonly List<ShopifyHook> _hooks = [];

    public IReadOnlyList<ShopifyHook> All => sim.Shop.Read(_ => _hooks.ToList());

    public Bag Create(IResolveFieldContext ctx) => sim.Shop.Read(_ =>
    {
        string topic = ctx.Text("topic"), url = ctx.Input("webhookSubscription").Text("callbackUrl") ?? "";
        string? fault = Fault(url) ?? (_hooks.Any(h => h.Topic == topic && h.Url == url) ? "Address for this topic has already been taken" : null);
        if (fault is not null) return Payload("WebhookSubscriptionCreatePayload", null, fault);
        var now = sim.Shop.Now();
        var hook = new ShopifyHook { Id = sim.Shop.NextId(), Topic = topic, Url = url, At = now, UpdatedAt = now };
        _hooks.Add(hook);
        return Payload("WebhookSubscriptionCreatePayload", hook);
    });

    public Bag Update(IResolveFieldContext ctx) => sim.Shop.Read(_ =>
    {
        if (Find(ctx.Text("id")) is not { } hook) return Payload("WebhookSubscriptionUpdatePayload", null, "Webhook subscription does not exist");
        if (ctx.Input("webhookSubscription").Text("callbackUrl") is { } url)
        {
            if (Fault(url) is { } fault) return Payload("WebhookSubscriptionUpdatePayload", null, fault);
            (hook.Url, hook.UpdatedAt) = (url, sim.Shop.Now());
        }
        return Payload("WebhookSubscriptionUpdatePayload", hook);
    });

    public Bag Delete(IResolveFieldContext ctx) => sim.Shop.Read(_ =>
    {
        var hook = Find(ctx.Text("id"));
        if (hook is not null) _hooks.Remove(hook);
        return new Bag("WebhookSubscriptionDeletePayload")
        {
            ["deletedWebhookSubscriptionId"] = hook is null ? null : ctx.Text("id"),
            ["userErrors"] = hook is null ? new List<Bag> { ShopifyWrites.UserError("Webhook subscription does not exist", "id") } : [],
        };
    });

    public Bag List(IResolveFieldContext ctx) => sim.Shop.Read(_ =>
    {
        var topics = GraphArguments.Texts(ctx.Arg("topics"));
        var found = _hooks.Where(h => (topics.Count == 0 || topics.Contains(h.Topic)) && (ctx.Arg("callbackUrl") is not string url || h.Url == url));
        return ShopifyPages.Page(ctx, "WebhookSubscription", found, h => (h.Id, h.Id), Shown);
    });

    public ShopifyHook? Find(string gid)
    {
        long id = ShopifyIds.Of("WebhookSubscription", gid);
        return _hooks.FirstOrDefault(h => h.Id == id);
    }

    public static Bag Shown(ShopifyHook hook) => new("WebhookSubscription")
    {
        ["id"] = ShopifyIds.Gid("WebhookSubscription", hook.Id), ["legacyResourceId"] = hook.Id.ToString(CultureInfo.InvariantCulture),
        ["apiVersion"] = new Bag("ApiVersion") { ["displayName"] = ShopifySim.Version, ["handle"] = ShopifySim.Version, ["supported"] = true },
        ["createdAt"] = ShopifyGoods.At(hook.At), ["updatedAt"] = ShopifyGoods.At(hook.UpdatedAt),
        ["endpoint"] = new Bag("WebhookHttpEndpoint") { ["callbackUrl"] = hook.Url }, ["filter"] = null, ["format"] = "JSON", ["includeFields"] = new List<string>(),
        ["topic"] = hook.Topic,
    };

    public IEnumerable<SimMessage> Messages(ShopEvent happened)
    {
        var order = happened.Order;
        (string Topic, Func<JsonObject> Body, string About)[] told = happened.Kind switch
        {
            ShopEventKind.OrderPlaced => [("ORDERS_CREATE", () => rest.Order(order!), order!.Key)],
            ShopEventKind.OrderPaid => [("ORDERS_PAID", () => rest.Order(order!), order!.Key), ("ORDERS_UPDATED", () => rest.Order(order!), order.Key)],
            ShopEventKind.OrderChanged => [("ORDERS_UPDATED", () => rest.Order(order!), order!.Key)],
            ShopEventKind.OrderCancelled => [("ORDERS_CANCELLED", () => rest.Order(order!), order!.Key), ("ORDERS_UPDATED", () => rest.Order(order!), order.Key)],
            ShopEventKind.OrderShipped => [("FULFILLMENTS_CREATE", () => rest.Fulfilment(order!, happened.Shipment!), order!.Key),
                (order.IsShipped ? "ORDERS_FULFILLED" : "ORDERS_PARTIALLY_FULFILLED", () => rest.Order(order), order.Key),
                    ("ORDERS_UPDATED", () => rest.Order(order), order.Key)],
            ShopEventKind.OrderRefunded => [("REFUNDS_CREATE", () => rest.Refund(order!, happened.Refund!), order!.Key), ("ORDERS_UPDATED", () => rest.Order(order!), order.Key)],
            ShopEventKind.StockMoved => [("INVENTORY_LEVELS_UPDATE", () => ShopifyRest.Level(happened.Listing!, happened.LocationId!.Value), happened.Listing!.Sku)],
            ShopEventKind.ListingChanged => [("PRODUCTS_UPDATE", () => rest.Product(happened.Listing!), happened.Listing!.Sku)],
            _ => [],
        };
        foreach (var (topic, make, about) in told)
        {
            var hooks = _hooks.Where(h => h.Topic == topic).ToList();
            if (hooks.Count == 0) continue;
            byte[] body = Encoding.UTF8.GetBytes(make().ToJsonString());
            foreach (var hook in hooks) yield return Message(hook, body, about, happened.At);
        }
    }

    private SimMessage Message(ShopifyHook hook, byte[] body, string about, DateTimeOffset at)
    {
        string id = Guid.CreateVersion7(at).ToString();
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/json", ["User-Agent"] = "Shopify-Captain-Hook", ["X-Shopify-Topic"] = Path(hook.Topic),
            ["X-Shopify-Hmac-Sha256"] = SimSignature.HmacSha256Base64(ShopifySim.ClientSecret, body),
            ["X-Shopify-Shop-Domain"] = ShopifySim.Domain, ["X-Shopify-API-Version"] = ShopifySim.Version, ["X-Shopify-Webhook-Id"] = id,
            ["X-Shopify-Event-Id"] = Guid.CreateVersion7(at).ToString(),
            ["X-Shopify-Triggered-At"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture),
        };
        var message = new SimMessage(id, Path(hook.Topic), about, hook.Url, headers, body, hook.Id.ToString(CultureInfo.InvariantCulture));
        return message with
        {
            Forged = () => message with
            {
                EventId = "forged-" + id,
                Headers = new Dictionary<string, string>(headers)
                {
                    ["X-Shopify-Hmac-Sha256"] = SimSignature.HmacSha256Base64("somebody else's", body),
                    ["X-Shopify-Webhook-Id"] = Guid.CreateVersion7(at).ToString()
                },
            },
        };
    }

    /// <summary>ORDERS_PARTIALLY_FULFILLED is sent as orders/partially_fulfilled, INVENTORY_LEVELS_UPDATE as inventory_levels/update.</summary>
    private static string Path(string topic)
    {
        string small = topic.ToLowerInvariant();
        int at = small.StartsWith("inventory_levels_", StringComparison.Ordinal) ? "inventory_levels".Length : small.IndexOf('_', StringComparison.Ordinal);
        return $"{small[..at]}/{small[(at + 1)..]}";
    }

    private static string? Fault(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var to) && (to.Scheme == "https" || (to.Scheme == "http" && to.IsLoopback)) ? null : "Address is invalid";

    private static Bag Payload(string type, ShopifyHook? hook, string? fault = null) => new(type)
    {
        ["webhookSubscription"] = hook is null ? null : Shown(hook),
        ["userErrors"] = fault is null ? new List<Bag>() : [ShopifyWrites.UserError(fault, "webhookSubscription", "callbackUrl")],
    };
}
