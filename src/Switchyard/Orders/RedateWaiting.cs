using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Follows the log for what changes when goods come (deliveries, transfers, a product's own date) and gives those who wait their dates anew,
/// in the order of the queue. A changed date is a fact: it makes a new version of the promise, told once. Doing it twice does nothing more.
/// </summary>
public sealed class RedateWaiting(Db db, CatalogReader catalog, Replan replan, TimeProvider clock)
{
    private const string Changed = "When the goods come has changed.";
    private const int Page = 100, MostPages = 1_000;

    private sealed record Place(Guid Id, int Priority, long PlacedAtMs, int Line, long Before, long Units);

    public EventConsumer Consumer() => EventConsumer.Outward("redate_waiting", Deliver) with
    {
        Kinds = ["InboundSet", "TransferSent", "TransferSettled", "GoodsReceived", "ReceiptUndone", "DeliveryClosed", "ProductChanged", "OrderAtRisk"],
    };

    internal async Task Deliver(IReadOnlyList<LoggedEvent> events, CancellationToken stop)
    {
        foreach (var merchant in events.GroupBy(e => e.Merchant))
        {
            var actor = Actor.House("system:waiting", merchant.Key);
            foreach (long sku in await Waited(actor, [.. merchant]))
            {
                stop.ThrowIfCancellationRequested();
                await Redate(actor, sku);
            }
        }
    }

    /// <summary>Of the SKUs that the entries name, those that somebody waits for.</summary>
    private async Task<List<long>> Waited(Actor actor, List<LoggedEvent> events)
    {
        string[] keys = [.. events.SelectMany(Skus).Where(Text.IsStorable).Select(Text.Key).Distinct()];
        var orders = events.Where(e => e.Kind == "OrderAtRisk").Select(e => OrderId.Parse(e.Aggregate.Id, null)).Distinct().ToList();
        return await db.Read(actor, async work =>
        {
            var batch = work.Batch();
            var named = batch.Query(
                """
                select p.id from products p where p.merchant_id = @merchant and p.sku_key = any(@keys)
                   and exists (select 1 from order_lines l where l.sku_id = p.id and l.backordered + l.preordered + l.unallocated > 0)
                union select p.id from products p join allocations a on a.sku_id = p.id and a.merchant_id = @merchant join order_lines l on l.order_id = a.order_id and l.line_no = a.line_no
                 where p.merchant_id = @merchant and p.sku_key = any(@keys) and l.release_at_ms is not null
                """, row => row.Long(), ("keys", keys));
            var ofOrders = batch.Query(
                """
                select distinct l.sku_id from @rows r join order_lines l on l.order_id = r.id
                 where l.merchant_id = @merchant and l.sku_id is not null and l.backordered + l.preordered > 0
                """, Rows.Of(orders).Uuid("id", o => o.Value), row => row.Long());
            await batch.Run();
            return named.Concat(ofOrders).Distinct().Order().ToList();
        });
    }

    private static IEnumerable<string> Skus(LoggedEvent entry)
    {
        if (entry.Kind == "ProductChanged") return [entry.Aggregate.Id];
        var found = new List<string>();
        var payload = entry.Read<JsonElement>();
        Add(payload);
        foreach (string list in (ReadOnlySpan<string>)["lines", "items"])
            if (payload.TryGetProperty(list, out var lines) && lines.ValueKind == JsonValueKind.Array)
                foreach (var line in lines.EnumerateArray()) Add(line);
        return found;

        void Add(JsonElement named)
        {
            if (named.ValueKind == JsonValueKind.Object && named.TryGetProperty("sku", out var sku) && sku.ValueKind == JsonValueKind.String) found.Add(sku.GetString()!);
            else if (named.ValueKind == JsonValueKind.Array && named.GetArrayLength() > 0 && named[0].ValueKind == JsonValueKind.String) found.Add(named[0].GetString()!);
        }
    }

    /// <summary>Dates the whole queue of a SKU anew, a page of orders a transaction.</summary>
    internal async Task Redate(Actor actor, long sku)
    {
        (int, long, Guid)? after = null;
        long ahead = 0;
        for (int page = 0; page < MostPages; page++)
        {
            var settings = await replan.Settings(actor);
            var policy = await Policy(actor, sku);
            var done = await db.Write<List<(int, long, Guid)>>(actor, async work =>
            {
                var now = clock.GetUtcNow();
                var heads = await WaitingSql.Heads(work, sku, after, long.MaxValue, Page);
                var locked = (await OpenOrder.LockAll(work, actor, [.. heads.Select(h => new OrderId(h.Id))], now)).ToDictionary(o => o.Id.Value);
                var batch = work.Batch();
                var inbound = SupplyReader.QueueInbound(batch, [sku], now);
                await batch.Run();
                foreach (var head in heads)
                    if (locked.TryGetValue(head.Id, out var order)) ahead += Date(order, sku, inbound, ahead, policy, settings);
                await OpenOrder.SaveAll(work, [.. locked.Values.Where(o => o.IsChanged).OrderBy(o => o.Id.Value)]);
                return heads;
            });
            if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
            if (done.Value.Count < Page) break;
            after = done.Value[^1];
        }
        await Release(actor, sku);
    }

    /// <summary>Units that were sold ahead and have their goods wait for the date that the product has now.</summary>
    private async Task Release(Actor actor, long sku)
    {
        for (int page = 0; page < MostPages; page++)
        {
            var settings = await replan.Settings(actor);
            long? release = (await Policy(actor, sku)).ReleaseAt?.ToUnixTimeMilliseconds();
            var done = await db.Write<List<Guid>>(actor, async work =>
            {
                var ids = await work.Query(
                    """
                    select distinct l.order_id from allocations a join order_lines l on l.order_id = a.order_id and l.line_no = a.line_no
                     where a.merchant_id = @merchant and a.sku_id = @sku and l.merchant_id = @merchant and l.release_at_ms is not null and l.release_at_ms <> @release
                     order by l.order_id limit @most
                    """, row => row.Uuid(), ("sku", sku), ("release", release ?? -1), ("most", (long)Page));
                var orders = await OpenOrder.LockAll(work, actor, [.. ids.Select(i => new OrderId(i))], clock.GetUtcNow());
                foreach (var order in orders)
                {
                    var lines = order.Lines.Where(l => l.SkuId == sku && l.HoldsStock && l.ReleaseAtMs is not null && l.Claims.Any(c => c.Value.Idle > 0)).ToList();
                    foreach (var line in lines) line.ReleaseAtMs = release;
                    Replan.DateMoved(order, settings, lines.SelectMany(l => l.Claims.Where(c => c.Value.Idle > 0).Select(c => (l.LineNo, c.Key))), Changed);
                }
                await OpenOrder.SaveAll(work, [.. orders.Where(o => o.IsChanged)]);
                return ids;
            });
            if (done.Error is { } error) throw new InvalidOperationException(error.Detail);
            if (done.Value.Count < Page) return;
        }
    }

    /// <returns>Units of the SKU that the order waits for.</returns>
    private static long Date(OpenOrder order, long sku, IReadOnlyList<SupplyReader.Due> inbound, long ahead, SkuPolicy policy, MerchantSettings settings)
    {
        var routes = OrderRoutes.To(order, settings);
        long units = 0;
        bool isChanged = false;
        foreach (var line in order.Lines.Where(l => l.SkuId == sku && l.HoldsStock && l.Waiting > 0).OrderBy(l => l.LineNo))
        {
            units += line.Waiting;
            long? guessed = line.ExpectedAtMs;
            if (line.ReleaseAtMs is { } told && told != policy.ReleaseAt?.ToUnixTimeMilliseconds())
            {
                // Sold ahead to a date that the product has no longer.
                line.ReleaseAtMs = policy.ReleaseAt?.ToUnixTimeMilliseconds();
                if (guessed == told) guessed = null;
                isChanged = true;
            }
            // What nothing on its way covers is guessed as before: by the product's date, else as it was guessed when it was sold.
            var coming = inbound.Where(i => routes.For(line.LineNo).Serves(i.Node)).Select(i => new Dated(i.AtMs, i.Units));
            long? at = Atp.CoveredAt(coming, ahead + units - line.Waiting, line.Waiting)
                ?? (policy.ExpectedAt > order.Now || guessed is null ? policy.Guess(order.Now)?.ToUnixTimeMilliseconds() : null);
            if (at is not { } comes || comes == line.ExpectedAtMs || line[LineBucket.Unallocated] > 0) continue;
            line.ExpectedAtMs = comes;
            isChanged = true;
        }
        if (isChanged) order.Renew(PromiseMaking.Renewed(order, routes, new Dictionary<(int, long), string?>()), Changed);
        return units;
    }

    private async Task<SkuPolicy> Policy(Actor actor, long sku)
    {
        string key = Text.Key(await db.Read(actor, work => WaitingSql.Sku(work, sku)));
        return (await catalog.FindSkus(actor.Merchant, [key])).GetValueOrDefault(key)?.Policy ?? SkuPolicy.None;
    }
}
