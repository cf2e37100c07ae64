using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Connectors;

/// <summary>
/// The consumer of the log: what a channel is to be told of its orders becomes a row, the same row however often it is read; and what changes the rules by which stock is shown has listings looked at again.
/// What a channel told us is not told back, and what was placed before it went live is another system's to tell.
/// </summary>
internal sealed class QueueTasks(ConnectorDesk desk, TimeProvider clock)
{
    public const string Consumer = "connectors";

    public static readonly IReadOnlyList<string> Kinds =
    [
        "FulfilmentShipped", "FulfilmentCollected", "OrderCancelled", "OrderUnitsCancelled", "PaymentRefunded", "OrderPlaced", "ProductCreated", "ProductChanged", "ProductBarcodesChanged",
        "ChannelChanged", "NodeCreated", "NodeChanged", "NodeClosed", "NodeReopened", "ShareCreated", "ShareChanged", "StockFed",
    ];

    private sealed record Wanted(string Key, Guid Order, string Kind, string Body);
    private sealed record Units(int Line, long Quantity);
    private sealed record UnitsPart(IReadOnlyList<Units>? Lines);
    private sealed record ReleasePart(FulfilmentId Fulfilment);
    private sealed record RefundPart(string Payment, string Tender, string State, long AmountMinor, string Currency);
    private sealed record PlacedPart(long Units, JsonElement[][]? Allocated);

    /// <summary>What is kept of news until it is told.</summary>
    /// <param name="Package">The parcel.</param>
    /// <param name="Units">Units by our line; null: of the whole order.</param>
    internal sealed record Body(Guid? Package = null, IReadOnlyDictionary<int, long>? Units = null, long? AmountMinor = null, string? Currency = null, string? Reason = null);

    internal static Body Read(string stored) => JsonSerializer.Deserialize<Body>(stored, Json.Options)!;

    public async Task Handle(Work work, IReadOnlyList<LoggedEvent> events)
    {
        long[] merchants = [.. events.Select(e => e.Merchant).Distinct()];
        var connected = (await work.Query("select distinct merchant_id from connections where merchant_id = any(@merchants)", row => row.Long(), ("merchants", merchants))).ToHashSet();
        if (connected.Count == 0) return;
        await Rules(work, [.. events.Where(e => connected.Contains(e.Merchant))]);
        // What the channel itself told is no news to it.
        foreach (var own in events.Where(e => connected.Contains(e.Merchant) && e.Actor != "system:connectors" && e.AggregateKind == "order").GroupBy(e => e.Merchant))
        {
            var mine = work.For(own.Key);
            var wanted = own.SelectMany(Of).ToList();
            wanted.AddRange(await Parcels(mine, [.. own.Where(e => e.Kind is "FulfilmentShipped" or "FulfilmentCollected").Select(e => e.Read<ReleasePart>().Fulfilment.Value).Distinct()]));
            await Queue(mine, wanted);
        }
    }

    private static IEnumerable<Wanted> Of(LoggedEvent entry)
    {
        if (!OrderId.TryParse(entry.AggregateId, null, out var order)) yield break;
        switch (entry.Kind)
        {
            case "OrderCancelled": yield return New($"cancelled:{order}", new Body(Reason: entry.Reason)); break;
            case "OrderUnitsCancelled" when entry.Read<UnitsPart>().Lines is { Count: > 0 } lines:
                yield return New($"cancelled:{order}:{Text.Invariant(entry.Seq)}", new Body(Units: lines.GroupBy(l => l.Line).ToDictionary(g => g.Key, g => g.Sum(l => l.Quantity)), Reason: entry.Reason));
                break;
            // Money that did not come through the channel does not go back through it.
            case "PaymentRefunded" when entry.Read<RefundPart>() is { Tender: "external", State: "succeeded" } refund:
                yield return New($"refunded:{refund.Payment}", new Body(AmountMinor: refund.AmountMinor, Currency: refund.Currency, Reason: entry.Reason), "refunded");
                break;
        }

        Wanted New(string key, Body body, string kind = "cancelled") => new(key, order.Value, kind, JsonSerializer.Serialize(body, Json.Options));
    }

    /// <summary>Parcels of these releases that have left.</summary>
    private static async Task<IEnumerable<Wanted>> Parcels(Work work, IReadOnlyList<Guid> releases) => releases.Count == 0 ? [] : (await work.Query(
            "select p.id, p.order_id from @rows r join packages p on p.fulfilment_id = r.id where p.merchant_id = @merchant and p.shipment_id is not null and p.state <> 'voided' order by p.id",
            Rows.Of(releases).Uuid("id", r => r), row => (Package: row.Uuid(), Order: row.Uuid())))
        .Select(p => new Wanted($"shipped:{new PackageId(p.Package)}", p.Order, "shipped", JsonSerializer.Serialize(new Body(p.Package), Json.Options)));

    private async Task Queue(Work work, List<Wanted> wanted)
    {
        if (wanted.Count == 0) return;
        // Refunds only where the channel is the one who gives money back.
        var refunding = (await Connection.All(work)).Where(c => desk.Serving(c).RefundsItself).Select(c => c.ChannelId).ToArray();
        await work.Execute(
            """
            insert into channel_tasks (connection_id, task_key, merchant_id, kind, order_id, external_id, body, state, due_at_ms, created_at_ms)
            select k.id, r.task_key, @merchant, r.kind, o.id, o.external_id, r.body, 'waiting', @now, @now from @rows r join orders o on o.id = r.order_id and o.merchant_id = @merchant
              join connections k on k.channel_id = o.channel_id join channel_orders c on c.connection_id = k.id and c.external_id = o.external_id
             where not c.is_before and (r.kind <> 'refunded' or k.channel_id = any(@refunding))
                on conflict (connection_id, task_key) do nothing
            """,
            Rows.Of(wanted.DistinctBy(w => w.Key).OrderBy(w => w.Key, StringComparer.Ordinal).ToList()).Text("task_key", w => w.Key).Text("kind", w => w.Kind).Uuid("order_id", w => w.Order).Text("body", w => w.Body),
            ("refunding", refunding), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    private async Task Rules(Work work, IReadOnlyList<LoggedEvent> events)
    {
        var now = clock.GetUtcNow();
        var products = events.Where(e => e.AggregateKind == "product").Select(e => (e.Merchant, Sku: e.AggregateId)).Distinct().ToList();
        if (products.Count > 0)
        {
            await MatchListings.OfProducts(work, products, now);
            await LookAgain.OfProducts(work, products, now);
        }
        var changed = events.Where(e => e.Kind == "ChannelChanged").Select(e => (e.Merchant, Channel: (string?)e.AggregateId)).Concat(events.Where(e => e.AggregateKind == "share").Select(e => (e.Merchant, Channel: (string?)null))).ToList();
        string[] nodes = [.. events.Where(e => e.AggregateKind == "node").Select(e => e.AggregateId).Distinct()];
        if (nodes.Length > 0)
            changed.AddRange((await work.Query("select distinct m.merchant_id from node_merchants m join nodes n on n.id = m.node_id where n.code = any(@nodes) /* house */", row => row.Long(), ("nodes", nodes))).Select(m => (m, (string?)null)));
        // A feed that was late is believed again, of all it tells.
        long[] fed = [.. events.Where(e => e.Kind == "StockFed").Select(e => e.Merchant).Distinct()];
        if (fed.Length > 0)
            changed.AddRange((await work.Query("select distinct m.merchant_id from node_merchants m join nodes n on n.id = m.node_id where m.merchant_id = any(@fed) and n.feed_steps <> '[]' /* house */", row => row.Long(), ("fed", fed))).Select(m => (m, (string?)null)));
        if (changed.Count > 0) await LookAgain.OfMerchants(work, changed, now);
        // An order that took less than it wants leaves more to be shown than its channel shows.
        var shorts = events.Where(e => e.Kind == "OrderPlaced" && IsShort(e.Read<PlacedPart>()) && OrderId.TryParse(e.AggregateId, null, out _)).Select(e => OrderId.Parse(e.AggregateId, null).Value).ToList();
        if (shorts.Count > 0) await LookAgain.OfOrders(work, shorts, now);
    }

    private static bool IsShort(PlacedPart placed) => placed.Units > (placed.Allocated ?? []).Sum(a => a.Length > 2 ? a[2].GetInt64() : 0);
}
