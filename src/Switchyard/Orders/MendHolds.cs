using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>
/// Follows the log for what mends holds: products made or priced anew, twins that ended, doubts about a line that are over. Each order is
/// mended in a transaction of its own, and what is freed is planned in it. Doing it twice does nothing more.
/// </summary>
public sealed class MendHolds(Db db, CatalogReader catalog, PolicyReader policies, Replan replan, TimeProvider clock)
{
    private sealed record Held(long Merchant, OrderId Order);
    private sealed record Released(string Kind);

    public EventConsumer Consumer() => EventConsumer.Outward("mend_holds", Deliver) with
    {
        Kinds = ["ProductCreated", "ProductChanged", "ProductCustomsChanged", "OrderCancelled", "OrderExpired", "OrderHoldReleased", "OrderEdited"],
    };

    internal async Task Deliver(IReadOnlyList<LoggedEvent> events, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var ended = events.Where(e => e.Kind is "OrderCancelled" or "OrderExpired").Select(e => OrderId.Parse(e.Aggregate.Id, null)).ToHashSet();
        foreach (var held in await Find(events))
        {
            stop.ThrowIfCancellationRequested();
            var actor = Actor.House("system:mend", held.Merchant);
            var done = await Mend(actor, held.Order, ended, now);
            if (done.Error is { } error) throw new InvalidOperationException($"{held.Order}: {error.Detail}");
        }
    }

    private async Task<List<Held>> Find(IReadOnlyList<LoggedEvent> events)
    {
        var skus = events.Where(e => e.Aggregate.Kind == "product").Select(e => (e.Merchant, Key: Text.Key(e.Aggregate.Id))).Distinct().ToList();
        var orders = events.Where(e => e.Kind is "OrderCancelled" or "OrderExpired").Select(e => (e.Merchant, Id: OrderId.Parse(e.Aggregate.Id, null))).ToList();
        var freed = events.Where(e => e.Kind == "OrderEdited" || e.Kind == "OrderHoldReleased" && HoldKinds.BarsStock(e.Read<Released>().Kind))
            .Select(e => new Held(e.Merchant, OrderId.Parse(e.Aggregate.Id, null)));
        if (skus.Count + orders.Count == 0) return [.. freed.Distinct()];
        var found = await db.ReadAll(async work =>
        {
            var batch = work.Batch();
            var bySku = batch.Query(
                """
                select distinct h.merchant_id, h.order_id from @rows r join holds h on h.merchant_id = r.merchant_id and h.kind = r.kind and h.subject = r.subject
                 where h.state = 'open' and h.subject is not null /* house */
                """,
                Rows.Of(skus.SelectMany(s => new[] { (s.Merchant, s.Key, Kind: RuleKinds.UnknownSku), (s.Merchant, s.Key, Kind: RuleKinds.PriceOffList), (s.Merchant, s.Key, Kind: HoldKinds.Customs) }).ToList())
                    .Long("merchant_id", s => s.Merchant).Text("subject", s => s.Key).Text("kind", s => s.Kind), Read);
            var byTwin = batch.Query(
                """
                select distinct h.merchant_id, h.order_id from @rows r join holds h on h.other_order_id = r.id
                 where h.state = 'open' and h.other_order_id is not null /* house */
                """, Rows.Of(orders).Uuid("id", o => o.Id.Value), Read);
            await batch.Run();
            return bySku.Concat(byTwin).ToList();
        });
        return [.. found.Concat(freed).Distinct()];
    }

    private async Task<Result<Done>> Mend(Actor actor, OrderId id, IReadOnlySet<OrderId> ended, DateTimeOffset now)
    {
        var settings = await replan.Settings(actor);
        var policy = await policies.At(actor.Merchant, settings.Version);
        string[] keys = await db.Read(actor, async work => (await work.Query(
            """
            select distinct h.subject from holds h where h.merchant_id = @merchant and h.order_id = @id and h.state = 'open' and h.subject is not null
               and h.kind in ('unknown_sku', 'price_off_list')
            """, row => row.Text(), ("id", id.Value))).ToArray());
        var items = await catalog.FindSkus(actor.Merchant, keys);
        return await db.Write<Done>(actor, async work =>
        {
            var order = await OpenOrder.Lock(work, actor, id, now);
            if (order is not { State: OrderState.Placed or OrderState.Confirmed }) return new Done();
            var prices = (await work.Query("select line_no, unit_price_minor from order_lines where merchant_id = @merchant and order_id = @id",
                row => (No: row.Int(), Minor: row.Long()), ("id", id.Value))).ToDictionary(p => p.No, p => p.Minor);
            foreach (var twin in order.Holds.Select(h => h.Other).OfType<OrderId>().Where(ended.Contains).ToList()) HoldsOf.TwinEnded(order, twin);
            HoldsOf.ProductsChanged(order, policy, items, line => prices[line.LineNo]);
            string[] subjects = [.. order.Holds.Where(h => h.Kind == HoldKinds.Customs).Select(h => h.Subject!)];
            if (subjects.Length > 0)
                HoldsOf.CustomsKnown(order, (await work.Query("select sku_key from products where merchant_id = @merchant and sku_key = any(@keys) and hs_code is not null and origin_country is not null",
                    row => row.Text(), ("keys", subjects))).ToHashSet());
            var sheet = await PlanFreed(work, order, settings, now);
            if (!order.HasNews) return new Done();
            await order.Save(work, sheet);
            return new Done();
        });
    }

    /// <summary>Gives lines that nothing is in doubt about any more what stock there is.</summary>
    internal static async Task<StockSheet?> PlanFreed(Work work, OpenOrder order, Sourcing.MerchantSettings settings, DateTimeOffset now)
    {
        if (Freed(order).Count == 0) return null;
        var sheet = await OpenOrder.LockStock(work, [order], now);
        PlanFreed(order, sheet, settings);
        return sheet;
    }

    /// <summary>The same on stock that is locked.</summary>
    internal static void PlanFreed(OpenOrder order, StockSheet sheet, Sourcing.MerchantSettings settings)
    {
        if (Freed(order) is { Count: > 0 } skus) Replan.Run([order], sheet, settings, new ReplanWish("The line is no longer in doubt.", Skus: skus));
    }

    private static HashSet<long> Freed(OpenOrder order) =>
        // What waits unallocated without a hold for want of stock has just been freed.
        [.. order.Lines.Where(l => l.HoldsStock && l.SkuId is not null && l[LineBucket.Unallocated] > 0 && !order.IsBarred(l)
            && !order.Holds.Any(h => h.Kind == HoldKinds.Stock && h.LineNo == l.LineNo)).Select(l => l.SkuId!.Value)];

    private static Held Read(Row row) => new(row.Long(), new OrderId(row.Uuid()));
}
