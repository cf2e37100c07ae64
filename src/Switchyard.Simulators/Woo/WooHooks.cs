using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>A webhook that is set up in a simulated WooCommerce shop.</summary>
public sealed class WooHook
{
    public required long Id { get; init; }
    public required string Topic { get; set; }
    public required string Url { get; set; }
    public string Name { get; set; } = "";
    public string Secret { get; set; } = "";
    public string Status { get; set; } = "active";
    public DateTimeOffset At { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Deliveries in a row that were not taken; with the sixth it is disabled.</summary>
    public int Failures { get; set; }
}

/// <summary>The webhooks resource, and what is sent to them: the resource as the API shows it, signed over its bytes.</summary>
internal sealed class WooHooks(WooCommerceSim sim, WooWords words, WooOrders orders, WooProducts products)
{
    private static readonly string[] Resources = ["order", "product", "customer", "coupon"], Events = ["created", "updated", "deleted", "restored"];
    private readonly List<WooHook> _hooks = [];
    private long _delivery;

    public IReadOnlyList<WooHook> All => sim.Shop.Read(_ => _hooks.ToList());

    public IResult Answer(SimRequest request, string[] path, JsonObject body)
    {
        if (path is [])
        {
            return request.Method switch
            {
                "GET" => WooAnswer.Page(request, [.. _hooks.Where(h => request.Query("status") is null or "all" || h.Status == request.Query("status")).Reverse()], Shown),
                "POST" => Add(body),
                _ => NoRoute(),
            };
        }
        if (path is not [var id] || _hooks.FirstOrDefault(h => h.Id.ToString(CultureInfo.InvariantCulture) == id) is not { } hook)
            return WooAnswer.Error(404, "woocommerce_rest_shop_webhook_invalid_id", "Invalid ID.");
        switch (request.Method)
        {
            case "GET": return WooAnswer.Json(Shown(hook));
            case "PUT" or "POST" or "PATCH":
                hook.Status = Text(body, "status") ?? hook.Status;
                hook.Secret = Text(body, "secret") ?? hook.Secret;
                hook.Url = Text(body, "delivery_url") ?? hook.Url;
                hook.Name = Text(body, "name") ?? hook.Name;
                if (hook.Status == "active") hook.Failures = 0;
                hook.UpdatedAt = sim.Shop.Now();
                return WooAnswer.Json(Shown(hook));
            case "DELETE":
                if (request.Query("force") is not ("true" or "1")) return WooAnswer.Error(501, "woocommerce_rest_trash_not_supported", "Webhooks do not support trashing.");
                _hooks.Remove(hook);
                return WooAnswer.Json(Shown(hook));
            default: return NoRoute();
        }
    }

    private IResult Add(JsonObject body)
    {
        string topic = Text(body, "topic") ?? "", url = Text(body, "delivery_url") ?? "";
        if (topic.Split('.') is not [var resource, var happened] || !(resource == "action" || (Resources.Contains(resource) && Events.Contains(happened))))
            return WooAnswer.Error(400, "woocommerce_rest_webhook_invalid_topic", "Webhook topic must be valid.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var to) || to.Scheme is not ("http" or "https"))
            return WooAnswer.Error(400, "woocommerce_rest_webhook_invalid_delivery_url", "Webhook delivery URL must be a valid URL starting with http:// or https://.");
        var now = sim.Shop.Now();
        var hook = new WooHook
        {
            Id = sim.Shop.NextId(), Topic = topic, Url = url, Name = Text(body, "name") ?? $"Webhook created on {words.Local(now)}",
            Secret = Text(body, "secret") is { Length: > 0 } secret ? secret : WooCommerceSim.Secret,
            Status = Text(body, "status") ?? "active", At = now, UpdatedAt = now,
        };
        _hooks.Add(hook);
        // A new webhook is tried with a short form first, which is not signed.
        if (hook.Status == "active")
        {
            sim.Sender.Send(new SimMessage($"ping-{hook.Id}", "ping", hook.Id.ToString(CultureInfo.InvariantCulture), hook.Url,
                new Dictionary<string, string> { ["Content-Type"] = "application/x-www-form-urlencoded", ["User-Agent"] = Agent },
                    Encoding.UTF8.GetBytes($"webhook_id={hook.Id}")));
        }
        return WooAnswer.Json(Shown(hook), 201);
    }

    public IEnumerable<SimMessage> Messages(ShopEvent happened)
    {
        string? topic = happened.Kind switch
        {
            ShopEventKind.OrderPlaced => "order.created",
            _ when happened.Order is not null => "order.updated",
            ShopEventKind.ListingChanged or ShopEventKind.StockMoved => "product.updated",
            _ => null,
        };
        var hooks = _hooks.Where(h => h.Topic == topic && h.Status == "active").ToList();
        if (hooks.Count == 0) yield break;
        var shown = happened.Order is { } order ? orders.Shown(order)
            : happened.Listing!.IsVariant ? products.ShownVariation(happened.Listing) : products.Shown([happened.Listing]);
        byte[] body = Encoding.UTF8.GetBytes(shown.ToJsonString());
        foreach (var hook in hooks) yield return Message(hook, shown["id"]!.ToString(), body);
    }

    private SimMessage Message(WooHook hook, string about, byte[] body)
    {
        string delivery = Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{hook.Id}:{Interlocked.Increment(ref _delivery)}")));
        var parts = hook.Topic.Split('.');
        var headers = new Dictionary<string, string>
        {
            ["Content-Type"] = "application/json", ["User-Agent"] = Agent, ["X-WC-Webhook-Source"] = sim.BaseUrl + "/", ["X-WC-Webhook-Topic"] = hook.Topic,
            ["X-WC-Webhook-Resource"] = parts[0],
            ["X-WC-Webhook-Event"] = parts[1], ["X-WC-Webhook-Signature"] = SimSignature.HmacSha256Base64(hook.Secret, body),
            ["X-WC-Webhook-ID"] = hook.Id.ToString(CultureInfo.InvariantCulture),
            ["X-WC-Webhook-Delivery-ID"] = delivery,
        };
        var message = new SimMessage(delivery, hook.Topic, about, hook.Url, headers, body, hook.Id.ToString(CultureInfo.InvariantCulture));
        return message with
        {
            Forged = () => message with
            {
                EventId = "forged-" + delivery,
                Headers = new Dictionary<string, string>(headers)
                {
                    ["X-WC-Webhook-Signature"] = SimSignature.HmacSha256Base64("somebody else's", body),
                    ["X-WC-Webhook-Delivery-ID"] = "forged-" + delivery
                },
            },
        };
    }

    /// <summary>After more than five deliveries in a row that were not taken, a webhook is disabled.</summary>
    public void Heard(SimDelivery delivery)
    {
        if (delivery.IsForged) return;
        lock (sim.Shop.Gate)
        {
            if (_hooks.FirstOrDefault(h => h.Id.ToString(CultureInfo.InvariantCulture) == delivery.Message.SubscriptionId) is not { } hook) return;
            hook.Failures = delivery.IsTaken || delivery.Status is 301 or 302 ? 0 : hook.Failures + 1;
            if (hook.Failures > 5) hook.Status = "disabled";
        }
    }

    private JsonObject Shown(WooHook hook)
    {
        var parts = hook.Topic.Split('.');
        var shown = new JsonObject
        {
            ["id"] = hook.Id, ["name"] = hook.Name, ["status"] = hook.Status, ["topic"] = hook.Topic, ["resource"] = parts[0], ["event"] = parts[1], ["hooks"] = new JsonArray(),
            ["delivery_url"] = hook.Url,
        };
        words.Moment(shown, "date_created", hook.At);
        words.Moment(shown, "date_modified", hook.UpdatedAt);
        shown["_links"] = words.Links($"webhooks/{hook.Id}", "webhooks");
        return shown;
    }

    private const string Agent = "WooCommerce/9.6.0 Hookshot (WordPress/6.7.1)";

    private static string? Text(JsonObject body, string name) => body[name] is JsonValue value ? value.ToString() : null;

    private static IResult NoRoute() => WooAnswer.Error(404, "rest_no_route", "No route was found matching the URL and request method.");
}
