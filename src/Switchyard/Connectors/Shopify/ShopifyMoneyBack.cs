using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Shopify;

/// <summary>Cancels and refunds. A refund carries our key in its note, and is looked for by it first.</summary>
internal sealed class ShopifyMoneyBack(ShopifyAsk ask)
{
    public async Task<AdapterAnswer<Told>> Cancel(ChannelCall call, CancelledNews news)
    {
        var found = await Accounts(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value.Say("cancelledAt") is not null) return new Told(news.ExternalId, WasThere: true);
        if (news.Lines is { } lines) return await Write(call, found.Value, news.ExternalId, news.Key, $"Cancelled: {news.Reason} [{news.Key}]", lines, 0, 0, news.TellsBuyer, isCancel: true);
        // The money goes back by a refund of its own, with its own key; an authorisation that was never captured is void with the order.
        var done = await ask.Do(call, ShopifyDocuments.Cancel, new JsonObject
        {
            ["id"] = ShopifyWords.Gid("Order", news.ExternalId), ["reason"] = ShopifyWords.Reason(news.Reason), ["restocks"] = news.Restocks, ["tells"] = news.TellsBuyer, ["note"] = $"Switchyard [{news.Key}]",
        }, "orderCancel");
        return done.Fault is { } refused ? refused : new Told(done.Value.Say("job", "id") ?? news.ExternalId);
    }

    public async Task<AdapterAnswer<Told>> Refund(ChannelCall call, RefundedNews news)
    {
        var found = await Accounts(call, news.ExternalId);
        if (found.Fault is { } fault) return fault;
        if (found.Value.Say("presentmentCurrencyCode") is { } currency && currency != news.Currency) return new AdapterFault(FaultKind.Refused, $"The buyer paid in {currency}, not in {news.Currency}.");
        return await Write(call, found.Value, news.ExternalId, news.Key, $"{news.Note ?? news.Reason} [{news.Key}]", news.Lines, news.AmountMinor, news.ShippingMinor, news.TellsBuyer, isCancel: false);
    }

    private async Task<AdapterAnswer<JsonObject>> Accounts(ChannelCall call, string order)
    {
        var said = await ask.Data(call, ShopifyDocuments.Accounts, new JsonObject { ["id"] = ShopifyWords.Gid("Order", order) });
        if (said.Fault is { } fault) return fault;
        return said.Value.At("order") is JsonObject found ? found : new AdapterFault(FaultKind.Refused, "The shop has no such order.");
    }

    /// <param name="isCancel">Units that are still to be sent are taken off; else only such as have left can be given back, since those that were cancelled before are off already.</param>
    private async Task<AdapterAnswer<Told>> Write(ChannelCall call, JsonObject order, string id, string key, string note, IReadOnlyDictionary<string, long> lines, long amount, long shipping, bool tells, bool isCancel)
    {
        if (order.Each("refunds").FirstOrDefault(r => r.Say("note")?.Contains($"[{key}]", StringComparison.Ordinal) == true) is { } there) return new Told(ShopifyOrders.Number(there.Say("id") ?? ""), WasThere: true);
        string currency = order.Say("presentmentCurrencyCode") ?? "";
        var (transactions, missing) = Transactions(order, id, amount, currency);
        if (missing > 0) return new AdapterFault(FaultKind.Refused, "The shop has taken less than is to be given back.");
        var units = await Refundable(call, lines, isCancel);
        if (units.Fault is { } fault) return fault;
        var input = new JsonObject
        {
            ["orderId"] = ShopifyWords.Gid("Order", id), ["currency"] = currency, ["note"] = note, ["notify"] = tells,
            ["refundLineItems"] = new JsonArray([.. units.Value.Select(l => (JsonNode)new JsonObject { ["lineItemId"] = ShopifyWords.Gid("LineItem", l.Key), ["quantity"] = l.Value, ["restockType"] = "NO_RESTOCK" })]),
            ["shipping"] = shipping > 0 ? new JsonObject { ["amount"] = Major(shipping, currency) } : null, ["transactions"] = transactions,
        };
        // Units that the shop has off the order already, and no money: there is nothing left to say.
        if (units.Value.Count == 0 && amount == 0 && shipping == 0) return new Told(null, WasThere: true);
        var done = await ask.Do(call, ShopifyDocuments.Refund, new JsonObject { ["input"] = input.Tidy() }, "refundCreate");
        return done.Fault is { } refused ? refused : new Told(done.Value.Say("refund", "id") is { } made ? ShopifyOrders.Number(made) : null);
    }

    /// <summary>No more units than the shop has on the order.</summary>
    private async Task<AdapterAnswer<Dictionary<string, long>>> Refundable(ChannelCall call, IReadOnlyDictionary<string, long> lines, bool isCancel)
    {
        if (lines.Count == 0) return new Dictionary<string, long>();
        var said = await ask.Data(call, ShopifyDocuments.Lines, new JsonObject { ["ids"] = new JsonArray([.. lines.Keys.Select(l => JsonValue.Create(ShopifyWords.Gid("LineItem", Own(l))))]) });
        if (said.Fault is { } fault) return fault;
        var most = said.Value.Each("nodes").Where(n => n.Say("id") is not null).GroupBy(n => ShopifyOrders.Number(n.Say("id")!)).ToDictionary(g => g.Key, g => Most(g.First()));
        return lines.GroupBy(l => Own(l.Key)).Select(g => (Line: g.Key, Units: Math.Min(g.Sum(l => l.Value), most.GetValueOrDefault(g.Key)))).Where(l => l.Units > 0).ToDictionary(l => l.Line, l => l.Units);

        long Most(JsonObject line)
        {
            long open = line.Whole("unfulfilledQuantity") ?? 0, all = line.Whole("refundableQuantity") ?? 0;
            return isCancel ? Math.Min(open, all) : Math.Max(0, all - open);
        }
    }

    /// <summary>From what was paid and not given back: gift cards last, since that money is easiest to give again.</summary>
    private static (JsonArray Transactions, long Missing) Transactions(JsonObject order, string id, long amount, string currency)
    {
        var all = order.Each("transactions").Where(t => t.Say("status") is "SUCCESS" or "PENDING").ToList();
        var back = all.Where(t => t.Say("kind") == "REFUND" && t.Say("parentTransaction", "id") is not null).GroupBy(t => t.Say("parentTransaction", "id")!).ToDictionary(g => g.Key, g => g.Sum(t => t.At("amountSet").Paid(currency) ?? 0));
        var list = new JsonArray();
        foreach (var paid in all.Where(t => t.Say("kind") is "SALE" or "CAPTURE" && t.Say("status") == "SUCCESS").OrderBy(t => t.Say("gateway") == "gift_card"))
        {
            long part = Math.Min(amount, (paid.At("amountSet").Paid(currency) ?? 0) - back.GetValueOrDefault(paid.Say("id") ?? ""));
            if (part <= 0) continue;
            amount -= part;
            list.Add(new JsonObject { ["orderId"] = ShopifyWords.Gid("Order", id), ["parentId"] = paid.Say("id"), ["gateway"] = paid.Say("gateway") ?? "", ["kind"] = "REFUND", ["amount"] = Major(part, currency) });
        }
        return (list, amount);
    }

    // The part of a line that a fulfilment service sends is the same line there.
    private static string Own(string line) => line.Split(':')[0];
    private static string Major(long minor, string currency) => AdapterJson.Major(minor, currency).ToString(CultureInfo.InvariantCulture);
}
