using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Vendure;

/// <summary>Tells a Vendure shop of parcels, cancels and refunds. Each carries our key in brackets, and is looked for by it first.</summary>
internal static class VendureTells
{
    private const string NoSuchOrder = "The shop has no such order.";

    /// <summary>A fulfilment that is then sent: two steps, of which the second alone is done where the first was not heard.</summary>
    public static async Task<AdapterAnswer<Told>> Ship(ChannelCall call, ShippedNews news)
    {
        var found = await Find(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value.At("order") is not JsonObject order) return new AdapterFault(FaultKind.Refused, NoSuchOrder);
        var parcel = Known(order, news);
        bool wasThere = parcel is not null;
        if (parcel is null)
        {
            if (call.Access.Setting("payments") == "shipped" && await Settle(call, order) is { } unpaid) return unpaid;
            var made = await VendureAsk.Do(call, VendureDocuments.Fulfil, new JsonObject { ["input"] = Parcel(call, news) }, "addFulfillmentToOrder", "Fulfillment");
            if (made.Fault is { } refused) return refused;
            parcel = made.Value;
        }
        if (parcel.Say("id") is not { } id) return new AdapterFault(FaultKind.Malformed, "The answer names no fulfilment.");
        if (parcel.Say("state") is "Created" or "Pending")
        {
            var sent = await VendureAsk.Do(call, VendureDocuments.Send, new JsonObject { ["id"] = id }, "transitionFulfillmentToState", "Fulfillment");
            if (sent.Fault is { } unsent) return unsent;
        }
        return new Told(id, wasThere);
    }

    /// <summary>Units are taken off the order, or all of it; money goes back by a refund of its own.</summary>
    public static async Task<AdapterAnswer<Told>> Cancel(ChannelCall call, CancelledNews news)
    {
        var found = await Find(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value.At("order") is not JsonObject order) return new AdapterFault(FaultKind.Refused, NoSuchOrder);
        if (order.Say("state") == "Cancelled") return new Told(news.ExternalId, WasThere: true);
        var input = new JsonObject { ["orderId"] = news.ExternalId, ["reason"] = $"{news.Reason} {Mark(news.Key)}" };
        if (news.Lines is null) input["cancelShipping"] = true;
        else
        {
            var before = await VendureAsk.Data(call, VendureDocuments.Cancels, new JsonObject { ["id"] = news.ExternalId });
            if (before.Fault is { } unread) return unread;
            if (before.Value.Each("order", "history", "items").Any(h => Names(h.Say("data", "reason"), news.Key))) return new Told(news.Key, WasThere: true);
            input["lines"] = Lines(news.Lines);
        }
        var said = await VendureAsk.Do(call, VendureDocuments.Cancel, new JsonObject { ["input"] = input }, "cancelOrder", "Order");
        return said.Fault is { } refused ? refused : new Told(news.Lines is null ? news.ExternalId : news.Key);
    }

    /// <summary>The very amount, from the payments that have it: what an earlier try gave back under our key counts.</summary>
    public static async Task<AdapterAnswer<Told>> Refund(ChannelCall call, RefundedNews news)
    {
        var found = await Find(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value.At("order") is not JsonObject order) return new AdapterFault(FaultKind.Refused, NoSuchOrder);
        var reader = VendureOrders.For(found.Value, call.Access);
        bool IsThis(JsonObject refund) => Names(refund.Say("reason"), news.Key);
        long Back(JsonObject payment, Func<JsonObject, bool> which) => Given(payment).Where(which).Sum(r => reader.Minor(r.At("total"), news.Currency));
        var payments = order.Each("payments").Where(p => p.Say("state") == "Settled" && p.Say("id") is not null).ToList();
        long left = news.AmountMinor - payments.Sum(p => Back(p, IsThis));
        string? first = payments.SelectMany(Given).Where(IsThis).Select(r => r.Say("id")).FirstOrDefault();
        if (left <= 0) return new Told(first, WasThere: true);
        var able = payments.Select(p => (Id: p.Say("id")!, Left: reader.Minor(p.At("amount"), news.Currency) - Back(p, _ => true))).Where(p => p.Left > 0).ToList();
        // One payment that has it all comes before several.
        able = [.. able.OrderByDescending(p => p.Left >= left)];
        if (able.Sum(p => p.Left) < left) return new AdapterFault(FaultKind.Refused, "The order's settled payments have less left than is to be given back.");
        foreach (var payment in able)
        {
            long part = Math.Min(left, payment.Left);
            if (part == 0) break;
            var said = await VendureAsk.Do(call, VendureDocuments.Refund, new JsonObject
            {
                ["input"] = new JsonObject
                {
                    ["paymentId"] = payment.Id, ["amount"] = reader.Units(part, news.Currency), ["shipping"] = 0, ["adjustment"] = 0,
                    ["lines"] = first is null ? Lines(news.Lines) : new JsonArray(), ["reason"] = $"{news.Note ?? news.Reason} {Mark(news.Key)}",
                },
            }, "refundOrder", "Refund");
            if (said.Fault is { } refused) return refused;
            first ??= said.Value.Say("id");
            left -= part;
        }
        return new Told(first);
    }

    private static IEnumerable<JsonObject> Given(JsonObject payment) => payment.Each("refunds").Where(r => r.Say("state") != "Failed");

    private static Task<AdapterAnswer<JsonObject>> Find(ChannelCall call, string id) => VendureAsk.Data(call, VendureDocuments.Order, new JsonObject { ["id"] = id });

    private static async Task<AdapterFault?> Settle(ChannelCall call, JsonObject order)
    {
        foreach (string id in order.Each("payments").Where(p => p.Say("state") == "Authorized").Select(p => p.Say("id")).OfType<string>())
            if ((await VendureAsk.Do(call, VendureDocuments.Settle, new JsonObject { ["id"] = id }, "settlePayment", "Payment")).Fault is { } fault) return fault;
        return null;
    }

    // Ours by its key; or one that somebody wrote down by hand, with the same number and the same units.
    private static JsonObject? Known(JsonObject order, ShippedNews news)
    {
        var there = order.Each("fulfillments").Where(f => f.Say("state") != "Cancelled").ToList();
        if (there.FirstOrDefault(f => Names(f.Say("method"), news.Key)) is { } told) return told;
        return news.Tracking is not { Length: > 0 } number ? null
            : there.FirstOrDefault(f => f.Say("trackingCode") == number && f.Say("method")?.EndsWith(']') != true && Same(f, news.Lines));
    }

    private static bool Same(JsonObject parcel, IReadOnlyDictionary<string, long> lines)
    {
        var units = parcel.Each("lines").Where(l => l.Say("orderLineId") is not null).GroupBy(l => l.Say("orderLineId")!)
            .ToDictionary(g => g.Key, g => g.Sum(l => (long)(l.Whole("quantity") ?? 0)));
        return units.Count == lines.Count && units.All(u => lines.GetValueOrDefault(u.Key) == u.Value);
    }

    private static JsonObject Parcel(ChannelCall call, ShippedNews news)
    {
        string how = $"{news.Carrier} {news.Service}".Trim();
        return new JsonObject
        {
            ["lines"] = Lines(news.Lines),
            ["handler"] = new JsonObject
            {
                ["code"] = call.Access.Setting("handler") is { Length: > 0 } handler ? handler : "manual-fulfillment",
                ["arguments"] = new JsonArray(
                    new JsonObject { ["name"] = "method", ["value"] = (how.Length == 0 ? "Sent " : how + " ") + Mark(news.Key) },
                    new JsonObject { ["name"] = "trackingCode", ["value"] = news.Tracking ?? "" }),
            },
        };
    }

    private static JsonArray Lines(IReadOnlyDictionary<string, long> lines) =>
        new([.. lines.Select(l => (JsonNode)new JsonObject { ["orderLineId"] = l.Key, ["quantity"] = l.Value })]);

    private static string Mark(string key) => $"[{key}]";
    private static bool Names(string? words, string key) => words?.EndsWith(Mark(key), StringComparison.Ordinal) == true;
}
