using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Holds the orders of stopped SKUs and takes their releases back, and releases the orders of those that are sold again: some at a time, each time in one
/// transaction that also keeps how far it has come, so that it goes on after a crash and may run on several processes.
/// </summary>
public sealed class PullStopped(Db db, Replan replan, TimeProvider clock, ILogger<PullStopped> log) : BackgroundService
{
    private const int MostOrders = 50;
    private const string Kind = "stop";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private sealed record Stop(long Id, long Merchant, long SkuId, string Sku, long? Node, string? NodeCode, string State, long? UntilMs);
    private sealed record Place(Guid? After, string State, string Reason, bool IsPull, long PassChanged);

    /// <summary>Looks once at every stop, to its end.</summary>
    public async Task Handle()
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var open = await db.ReadAll(work => work.Query(
            $"""
            select s.id, s.merchant_id, s.sku_id, p.sku, s.node_id, n.code, s.state, s.until_ms from sale_stops s join products p on p.id = s.sku_id left join nodes n on n.id = s.node_id
             where s.state in ('running', 'resuming') and not (s.after_order is null and s.pass_changed = 0 and {PassFailures.IsWaiting(Kind, "s.id")})
                or s.state in ('running', 'stopped') and (s.until_ms <= @now or s.node_id is not null and exists (
                   select 1 from allocations a where a.merchant_id = s.merchant_id and a.sku_id = s.sku_id and a.node_id = s.node_id and a.quantity > a.in_work and not {PassFailures.IsLeftOut(Kind, "s.id", "a.order_id")}))
             order by s.id limit 100 -- house
            """, row => new Stop(row.Long(), row.Long(), row.Long(), row.Text(), row.LongOrNull(), row.TextOrNull(), row.Text(), row.LongOrNull()), ("now", now)));
        foreach (var stop in open)
        {
            if (stop.State != "resuming" && stop.UntilMs <= now) await StopSale.Resume(stop.Sku, stop.NodeCode, db, clock, Actor.House("system:saleStops", stop.Merchant));
            await Go(stop);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "What is stopped from sale was not looked at", stoppingToken);

    private async Task Go(Stop stop)
    {
        var actor = Actor.House("system:saleStops", stop.Merchant);
        await OrderPass.Go(MostOrders, async size =>
        {
            var settings = await replan.Settings(actor);
            return await db.Write<PassStep>(actor, work => Chunk(work, actor, stop, settings, size));
        }, () => db.Write<Done>(actor, async work => { await Skip(work, stop, clock.GetUtcNow()); return new Done(); }),
        e => log.LogError(e, "An order of the stopped SKU {Sku} could not be changed", stop.Sku));
    }

    private async Task<Result<PassStep>> Chunk(Work work, Actor actor, Stop stop, Sourcing.MerchantSettings settings, int size)
    {
        var now = clock.GetUtcNow();
        if (await Lock(work, stop) is not { } at) return new PassStep(true);
        var ids = await Orders(work, stop, at, size, now);
        if (ids.Count == 0) return new PassStep(await EndPass(work, actor, stop, at, now));
        var orders = (await OpenOrder.LockAll(work, actor, ids, now)).Where(o => o.State is OrderState.Placed or OrderState.Confirmed).ToList();
        var told = at.State == "running" && stop.Node is { } node ? await MoveOff(work, actor, orders, stop, node, at, settings, now) : at.State == "running" ? await Pull(work, orders, stop, at, now) : await Free(work, orders, stop, settings, now);
        await work.Execute(
            """
            update sale_stops set after_order = @after, orders_seen = orders_seen + @seen, orders_held = orders_held + @held, releases_pulled = releases_pulled + @pulled,
                   releases_asked = releases_asked + @asked, orders_freed = orders_freed + @freed, pass_changed = pass_changed + @changed, updated_at_ms = @now
             where id = @id and merchant_id = @merchant
            """, ("after", ids[^1].Value), ("seen", at.State == "running" ? ids.Count : 0L), ("held", told.Held), ("pulled", told.Pulled), ("asked", told.Asked), ("freed", told.Freed),
            ("changed", told.Held + told.Freed), ("now", now.ToUnixTimeMilliseconds()), ("id", stop.Id));
        await Failures(stop).Done(work, ids);
        return new PassStep(false);
    }

    private static async Task<(long Held, long Pulled, long Asked, long Freed)> Pull(Work work, List<OpenOrder> orders, Stop stop, Place at, DateTimeOffset now)
    {
        (long held, long pulled, long asked) = (0, 0, 0);
        string reason = $"The sale of {stop.Sku} is stopped: {at.Reason}";
        foreach (var order in orders)
        {
            var lines = order.Lines.Where(l => l.HoldsStock && l.SkuId == stop.SkuId && l.Claims.Values.Sum(c => c.Units) > 0 && (at.IsPull || l.InWork == 0)).ToList();
            // What has the hold was stopped with it. It comes first: what is taken back is not given out again.
            lines.RemoveAll(l => order.Holds.Any(h => h.Kind == HoldKinds.SaleStopped && h.LineNo == (l.ParentLineNo ?? l.LineNo) && h.Subject == Text.Key(stop.Sku)));
            var inWork = lines.Where(l => l.InWork > 0).ToDictionary(l => l.LineNo, l => l.InWork);
            foreach (int no in lines.Select(l => l.ParentLineNo ?? l.LineNo).Distinct())
                order.Hold(new NewHold(HoldKinds.SaleStopped, reason.Length > 500 ? reason[..500] : reason, no) { Subject = Text.Key(stop.Sku) });
            if (lines.Count > 0) held++;
            if (inWork.Count == 0) continue;
            var stopped = await StopWork.Ask(work, order, inWork, reason, now, StopWish.Recall);
            pulled += stopped.Releases.Count(r => r.Result == "done");
            asked += stopped.Releases.Count(r => r.Result == "asked");
        }
        await OpenOrder.SaveAll(work, [.. orders.Where(o => o.IsChanged)]);
        return (held, pulled, asked, 0);
    }

    // What is at the node goes from elsewhere, or waits: nothing is held. Work that somebody has begun is asked to stop, and its units follow when they are back.
    private static async Task<(long Held, long Pulled, long Asked, long Freed)> MoveOff(Work work, Actor actor, List<OpenOrder> orders, Stop stop, long node, Place at, Sourcing.MerchantSettings settings, DateTimeOffset now)
    {
        string reason = $"{stop.Sku} is stopped at {stop.NodeCode}: {at.Reason}";
        if (reason.Length > 500) reason = reason[..500];
        var stopped = at.IsPull ? await StopWork.StopAt(work, orders, node, stop.SkuId, reason, now) : [];
        var sheet = await OpenOrder.LockStock(work, orders, now);
        foreach (var order in orders)
            foreach (var line in order.Lines.Where(l => l.HoldsStock && l.SkuId == stop.SkuId && l.ClaimAt(node).Idle > 0))
                order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, node, line.ClaimAt(node).Idle, sheet, reason);
        var moved = orders.Where(o => o.IsChanged).ToList();
        Replan.Run(moved, sheet, settings, new ReplanWish(reason, ExcludedNodes: new HashSet<long> { node }, Skus: new HashSet<long> { stop.SkuId }));
        await OpenOrder.SaveAll(work, [.. orders.Where(o => o.IsChanged)], sheet);
        return (moved.Count, stopped.Count(r => r.Result == "done"), stopped.Count(r => r.Result == "asked"), 0);
    }

    private static async Task<(long Held, long Pulled, long Asked, long Freed)> Free(Work work, List<OpenOrder> orders, Stop stop, Sourcing.MerchantSettings settings, DateTimeOffset now)
    {
        foreach (var order in orders)
        {
            foreach (var hold in order.Holds.Where(h => h.Kind == HoldKinds.SaleStopped && h.Subject == Text.Key(stop.Sku)).ToList()) order.CloseHold(hold, $"{stop.Sku} is sold again.");
            order.ConfirmIfFree();
        }
        var sheet = await StockSheet.Lock(work, orders.SelectMany(o => o.Lines).Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value), now);
        foreach (var order in orders) MendHolds.PlanFreed(order, sheet, settings);
        await OpenOrder.SaveAll(work, [.. orders.Where(o => o.IsChanged)], sheet);
        return (0, 0, 0, orders.Count);
    }

    private static async Task<Place?> Lock(Work work, Stop stop) => (await work.Query(
        "select after_order, case when state = 'stopped' then 'running' else state end, reason, releases, pass_changed from sale_stops where id = @id and merchant_id = @merchant and (state in ('running', 'resuming') or node_id is not null and state = 'stopped') for update",
        row => new Place(row.UuidOrNull(), row.Text(), row.Text(), row.Text() == "pull", row.Long()), ("id", stop.Id))).FirstOrDefault();

    private static PassFailures Failures(Stop stop) => new(Kind, stop.Id);

    private static async Task<List<OrderId>> Orders(Work work, Stop stop, Place at, int size, DateTimeOffset now) => at.State != "running" && stop.Node is not null ? [] : await work.Query(
        $"select distinct c.order_id from {Concerned(stop, at)} and c.order_id > @after and not {PassFailures.IsLeftOut(Kind, "@id", "c.order_id")} order by c.order_id limit @limit",
        row => new OrderId(row.Uuid()), [.. Keys(stop), ("after", at.After ?? Guid.Empty), ("id", stop.Id), ("now", now.ToUnixTimeMilliseconds()), ("limit", (long)size)]);

    private static string Concerned(Stop stop, Place at) => at.State == "running"
        ? $"allocations c where c.merchant_id = @merchant and c.sku_id = @sku{(stop.Node is null ? "" : " and c.node_id = @node")}"
        : "holds c where c.merchant_id = @merchant and c.kind = 'sale_stopped' and c.subject = @key and c.state = 'open'";

    private static (string, object?)[] Keys(Stop stop) => [("sku", stop.SkuId), ("node", stop.Node ?? 0), ("key", Text.Key(stop.Sku))];

    // An order that was being placed meanwhile may have come behind the cursor: a pass that changed something is followed by another. A row of stock
    // that somebody made while the sale was being stopped, without knowing it, is stopped here. It goes on as long as orders are left out of it.
    private static async Task<bool> EndPass(Work work, Actor actor, Stop stop, Place at, DateTimeOffset now)
    {
        var sheet = await StockSheet.Lock(work, [stop.SkuId], now);
        bool isStopped = at.State == "running";
        int late = await StopSale.Follow(work, sheet, actor, stop.SkuId, at.Reason);
        await sheet.Write(work);
        bool isOver = at.PassChanged + late == 0;
        bool areLeft = isOver && await Failures(stop).AreLeft(work, $"select 1 from {Concerned(stop, at)} and c.order_id = pass_failures.order_id", Keys(stop));
        await work.Execute("update sale_stops set state = @state, after_order = null, pass_changed = 0, updated_at_ms = @now where id = @id and merchant_id = @merchant",
            ("state", !isOver || areLeft ? at.State : isStopped ? "stopped" : "resumed"), ("now", now.ToUnixTimeMilliseconds()), ("id", stop.Id));
        return isOver;
    }

    private static async Task Skip(Work work, Stop stop, DateTimeOffset now)
    {
        if (await Lock(work, stop) is not { } at || await Orders(work, stop, at, 1, now) is not [var next]) return;
        await Failures(stop).Note(work, next, now);
        await work.Execute("update sale_stops set after_order = @after, failures = failures + 1 where id = @id and merchant_id = @merchant", ("after", next.Value), ("id", stop.Id));
    }
}
