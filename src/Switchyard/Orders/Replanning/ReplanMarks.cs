using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// Follows the log for what may make another plan cheaper, and marks the merchant's SKUs, or all, so that many changes at once are one run.
/// A mark counts its changes: one that comes while a run is under way stays for the next.
/// </summary>
public static class ReplanMarks
{
    private static readonly HashSet<string> OfOrders = ["OrderCancelled", "OrderExpired", "OrderUnitsCancelled"];

    /// <summary>Stock that came, or is free again.</summary>
    private static readonly string[] OfStock =
        ["InventoryAdjusted", "StockFed", "GoodsReceived", "CountEntered", "StockStatusMoved", "TransferSettled", "SafetyStockSet", "SaleResumed"];

    /// <summary>Prices, capacity, places. Nodes serve several merchants, whoever changed them.</summary>
    private static readonly string[] OfNetwork =
    [
        "NodeChanged", "NodeCreated", "NodeReopened", "LanesReplaced", "LanesChanged", "ZoneCreated", "ZoneChanged", "RateCardChanged", "RateCardRemoved", "NodeRateCardsChanged",
        "NodeWorkSettingsChanged", "RoutingVersionPromoted", "ExchangeRateSet",
    ];

    private const string IsOn = "(select s.mode from replan_settings s where s.merchant_id = m.id order by s.number desc limit 1) = 'on'";
    private const string More = "on conflict (merchant_id, sku_id) do update set changes = replan_marks.changes + 1";

    public static EventConsumer Consumer(TimeProvider clock) => new("replan_marks", (work, events) => Handle(work, events, clock.GetUtcNow())) { Kinds = [.. OfOrders, .. OfStock, .. OfNetwork] };

    /// <summary>Everything of the merchant of this work.</summary>
    internal static Task All(Work work, DateTimeOffset now) => work.Execute(
        $"insert into replan_marks (merchant_id, sku_id, since_ms) values (@merchant, 0, @now) {More}", ("now", now.ToUnixTimeMilliseconds()));

    internal static async Task Handle(Work work, IReadOnlyList<LoggedEvent> events, DateTimeOffset now)
    {
        (string, object?) at = ("now", now.ToUnixTimeMilliseconds());
        if (events.Any(e => OfNetwork.Contains(e.Kind)))
            await work.Execute($"insert into replan_marks (merchant_id, sku_id, since_ms) select m.id, 0, @now from merchants m where {IsOn} {More} -- house", at);
        var named = events.Where(e => OfStock.Contains(e.Kind)).SelectMany(e => Skus(e).Where(Text.IsStorable).Select(s => (e.Merchant, Key: Text.Key(s)))).Distinct().ToList();
        await work.Execute(
            $"""
            insert into replan_marks (merchant_id, sku_id, since_ms) select m.id, p.id, @now from @rows r join merchants m on m.id = r.merchant
              join products p on p.merchant_id = m.id and p.sku_key = r.sku_key where {IsOn} {More} -- house
            """, Rows.Of(named).Long("merchant", n => n.Merchant).Text("sku_key", n => n.Key), at);
        var orders = events.Where(e => OfOrders.Contains(e.Kind)).Select(e => OrderId.Parse(e.Aggregate.Id, null)).Distinct().ToList();
        await work.Execute(
            $"""
            insert into replan_marks (merchant_id, sku_id, since_ms) select distinct m.id, l.sku_id, @now from @rows r join order_lines l on l.order_id = r.id
              join merchants m on m.id = l.merchant_id where l.sku_id is not null and {IsOn} {More} -- house
            """, Rows.Of(orders).Uuid("id", o => o.Value), at);
    }

    private static List<string> Skus(LoggedEvent entry)
    {
        var found = new List<string>();
        if (entry.Aggregate.Kind == "product") found.Add(entry.Aggregate.Id);
        var payload = entry.Read<JsonElement>();
        Add(payload);
        foreach (string list in (ReadOnlySpan<string>)["lines", "items", "entries"])
            if (payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty(list, out var lines) && lines.ValueKind == JsonValueKind.Array)
                foreach (var line in lines.EnumerateArray()) Add(line);
        return found;

        void Add(JsonElement named)
        {
            if (named.ValueKind == JsonValueKind.Object && named.TryGetProperty("sku", out var sku) && sku.ValueKind == JsonValueKind.String) found.Add(sku.GetString()!);
            else if (named.ValueKind == JsonValueKind.Array && named.GetArrayLength() > 0 && named[0].ValueKind == JsonValueKind.String) found.Add(named[0].GetString()!);
        }
    }
}
