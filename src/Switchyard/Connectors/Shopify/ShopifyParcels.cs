using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Shopify;

/// <summary>Tells the shop of parcels: what it has of one already is found by the tracking number, the rest is taken from what is open at one location after the other.</summary>
internal sealed class ShopifyParcels(ShopifyAsk ask)
{
    private const int MostParcels = 30;

    private sealed record OpenLine(string Id, string LineId, long Units);
    private sealed record OpenPart(string Id, string Status, string Location, string? Name, bool IsService, List<OpenLine> Lines);
    private sealed record Sent(string Id, IReadOnlyList<string> Tracking, DateTimeOffset? At, Dictionary<string, long> Units);

    public async Task<AdapterAnswer<Told>> Tell(ChannelCall call, ShippedNews news, Func<string, string?, string?> nodeOf)
    {
        var asked = await ask.Data(call, ShopifyDocuments.Parcels, new JsonObject { ["id"] = ShopifyWords.Gid("Order", news.ExternalId), ["most"] = MostParcels });
        if (asked.Fault is { } fault) return fault;
        if (asked.Value.At("order") is not JsonObject order) return new AdapterFault(FaultKind.Refused, "The shop has no such order.");
        if (await Whole(call, order) is { } unread) return unread;
        var sent = Parcels(order);
        var parts = order.Each("fulfillmentOrders", "nodes").Select(Part).Where(p => !p.IsService).ToList();
        var left = news.Lines.Where(l => l.Value > 0).ToDictionary(l => l.Key, l => l.Value);
        string? there = null;
        foreach (var parcel in sent.Where(p => IsOurs(p, news, parts)))
        {
            there ??= parcel.Id;
            foreach (var (line, units) in parcel.Units) if (left.TryGetValue(line, out long wanted)) left[line] = Math.Max(0, wanted - units);
        }
        if (there is not null && left.Values.All(u => u == 0)) return new Told(there, WasThere: true);
        var open = parts.Where(p => p.Status is "OPEN" or "IN_PROGRESS").OrderByDescending(p => news.Place is not null && nodeOf(p.Location, p.Name) == news.Place).ToList();
        var shares = Share(left, open);
        if (left.Values.Any(u => u > 0)) return await ByHand(call, news, sent, parts);
        foreach (var at in shares.GroupBy(s => s.Part.Location))
        {
            var made = await ask.Do(call, ShopifyDocuments.Fulfil, new JsonObject { ["fulfillment"] = Fulfilment(news, [.. at]) }, "fulfillmentCreate");
            if (made.Fault is { } refused) return refused;
            there ??= made.Value.Say("fulfillment", "id");
        }
        return new Told(there is null ? null : ShopifyOrders.Number(there));
    }

    private async Task<AdapterFault?> Whole(ChannelCall call, JsonObject order)
    {
        if (await ask.Fill(call, order, "fulfillmentOrders", ShopifyDocuments.MoreOpenParts) is { } fault) return fault;
        foreach (var part in order.Each("fulfillmentOrders", "nodes").ToList()) if (await ask.Fill(call, part, "lineItems", ShopifyDocuments.MoreOpen) is { } unread) return unread;
        foreach (var parcel in order.Each("fulfillments").ToList()) if (await ask.Fill(call, parcel, "fulfillmentLineItems", ShopifyDocuments.MoreSent) is { } unread) return unread;
        return null;
    }

    // By its number; one without a number by its units, told after it left, unless it is the last and there is still something to be told.
    private static bool IsOurs(Sent parcel, ShippedNews news, List<OpenPart> parts)
    {
        if (news.Tracking is { Length: > 0 } number) return parcel.Tracking.Contains(number, StringComparer.OrdinalIgnoreCase);
        return parcel.Tracking.Count == 0 && parcel.At >= news.ShippedAt && IsSame(parcel, news) && !(news.IsLast && parts.Any(p => p.Lines.Any(l => l.Units > 0 && news.Lines.ContainsKey(l.LineId))));
    }

    private static bool IsSame(Sent parcel, ShippedNews news) => parcel.Units.Count == news.Lines.Count && parcel.Units.All(u => news.Lines.GetValueOrDefault(u.Key) == u.Value);

    /// <summary>Takes units of what is open; what is left over stays in <paramref name="left"/>.</summary>
    private static List<(OpenPart Part, string LineId, long Units)> Share(Dictionary<string, long> left, List<OpenPart> open)
    {
        var shares = new List<(OpenPart, string, long)>();
        foreach (var part in open)
            foreach (var line in part.Lines)
                if (left.GetValueOrDefault(line.LineId) is > 0 and var wanted && Math.Min(wanted, line.Units) is > 0 and var units)
                {
                    shares.Add((part, line.Id, units));
                    left[line.LineId] = wanted - units;
                }
        return shares;
    }

    /// <summary>Nothing of it is open: somebody may have marked it there by hand, and then the number is added to that.</summary>
    private async Task<AdapterAnswer<Told>> ByHand(ChannelCall call, ShippedNews news, List<Sent> sent, List<OpenPart> parts)
    {
        if (news.Tracking is { Length: > 0 } && sent.Where(p => p.Tracking.Count == 0 && IsSame(p, news)).ToList() is [var marked])
        {
            var added = await ask.Do(call, ShopifyDocuments.Track, new JsonObject { ["id"] = ShopifyWords.Gid("Fulfillment", marked.Id), ["info"] = Tracking(news), ["tells"] = news.TellsBuyer }, "fulfillmentTrackingInfoUpdate");
            return added.Fault is { } refused ? refused : new Told(marked.Id);
        }
        string? held = parts.Where(p => p.Status is "ON_HOLD" or "SCHEDULED").Select(p => p.Status == "ON_HOLD" ? "The shop holds a part of the order." : "The shop has a part of the order scheduled for later.").FirstOrDefault();
        return new AdapterFault(FaultKind.Refused, held ?? "The shop has not so many open units of these lines: they were cancelled, or sent, there.");
    }

    private static JsonObject Fulfilment(ShippedNews news, List<(OpenPart Part, string LineId, long Units)> shares) => new()
    {
        ["notifyCustomer"] = news.TellsBuyer, ["trackingInfo"] = Tracking(news),
        ["lineItemsByFulfillmentOrder"] = new JsonArray([.. shares.GroupBy(s => s.Part.Id).Select(g => (JsonNode)new JsonObject
        {
            ["fulfillmentOrderId"] = g.Key,
            ["fulfillmentOrderLineItems"] = new JsonArray([.. g.Select(s => (JsonNode)new JsonObject { ["id"] = s.LineId, ["quantity"] = s.Units })]),
        })]),
    };

    private static JsonObject? Tracking(ShippedNews news) => news.Tracking is null && news.Carrier is null ? null
        : new JsonObject { ["company"] = news.Carrier, ["number"] = news.Tracking, ["url"] = news.TrackingUrl }.Tidy();

    private static List<Sent> Parcels(JsonObject order) => [.. order.Each("fulfillments").Where(f => f.Say("status") is "SUCCESS" or "OPEN" or "PENDING").Select(f => new Sent(ShopifyOrders.Number(f.Say("id") ?? ""),
        [.. f.Each("trackingInfo").Select(t => t.Say("number")).OfType<string>().Where(n => n.Length > 0)], f.When("createdAt"),
        f.Each("fulfillmentLineItems", "nodes").Where(l => l.Say("lineItem", "id") is not null).GroupBy(l => ShopifyOrders.Number(l.Say("lineItem", "id")!)).ToDictionary(g => g.Key, g => g.Sum(l => (long)(l.Whole("quantity") ?? 0)))))];

    private static OpenPart Part(JsonObject part) => new(part.Say("id") ?? "", part.Say("status") ?? "", part.Say("assignedLocation", "location", "legacyResourceId") ?? part.Say("assignedLocation", "name") ?? "",
        part.Say("assignedLocation", "name"), part.Is("assignedLocation", "location", "isFulfillmentService"),
        [.. part.Each("lineItems", "nodes").Where(l => l.Say("lineItem", "id") is not null).Select(l => new OpenLine(l.Say("id") ?? "", ShopifyOrders.Number(l.Say("lineItem", "id")!), l.Whole("remainingQuantity") ?? 0))]);
}
