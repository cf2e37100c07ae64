using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Plans the orders of closed nodes anew, some at a time, each time in one transaction that also keeps how far it has come: it goes on after
/// a crash, and may run on several processes. Releases nobody has begun are recalled; work that has begun stays and is listed.
/// </summary>
public sealed class MoveOffNodes(Db db, Replan replan, TimeProvider clock, ILogger<MoveOffNodes> log) : BackgroundService
{
    private const int MostOrders = 50;
    private const string Kind = "closing";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private sealed record Closing(long Id, long Merchant, long Node, string Code, long? UntilMs);

    /// <summary>Looks once at every closing, to its end.</summary>
    public async Task Handle()
    {
        var now = clock.GetUtcNow();
        var open = await db.ReadAll(work => work.Query(
            $"""
            select c.id, c.merchant_id, c.node_id, n.code, c.until_ms from node_closings c join nodes n on n.id = c.node_id
             where c.state in ('running', 'done') and c.until_ms <= @now
                or c.state = 'running' and not (c.after_order is null and c.pass_moved = 0 and {PassFailures.IsWaiting(Kind, "c.id")}) order by c.id limit 100 -- house
            """, row => new Closing(row.Long(), row.Long(), row.Long(), row.Text(), row.LongOrNull()), ("now", now.ToUnixTimeMilliseconds())));
        foreach (var closing in open)
            if (closing.UntilMs <= now.ToUnixTimeMilliseconds()) await CloseNode.Reopen(closing.Code, db, clock, Actor.House("system:closing", closing.Merchant));
            else await Move(closing);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Closed nodes were not looked at", stoppingToken);

    private async Task Move(Closing closing)
    {
        var actor = Actor.House("system:closing", closing.Merchant);
        await OrderPass.Go(MostOrders, async size =>
        {
            var settings = await replan.Settings(actor);
            return await db.Write<PassStep>(actor, work => Chunk(work, actor, closing, settings, size));
        }, () => db.Write<Done>(actor, async work => { await Skip(work, closing, clock.GetUtcNow()); return new Done(); }),
        e => log.LogError(e, "An order could not be moved off node {Node}", closing.Code));
    }

    private async Task<Result<PassStep>> Chunk(Work work, Actor actor, Closing closing, Sourcing.MerchantSettings settings, int size)
    {
        var now = clock.GetUtcNow();
        if (await Lock(work, closing) is not { } at) return new PassStep(true);
        var ids = await Orders(work, closing, at.After, size, now);
        if (ids.Count == 0) return new PassStep(await EndPass(work, closing, at, now));

        var orders = (await OpenOrder.LockAll(work, actor, ids, now)).Where(o => o.State is OrderState.Placed or OrderState.Confirmed).ToList();
        await StopWork.RecallAt(work, orders, closing.Node, at.Reason, now);
        var sheet = await OpenOrder.LockStock(work, orders, now);
        long given = 0;
        foreach (var order in orders)
            foreach (var line in order.Lines.Where(l => l.HoldsStock && l.ClaimAt(closing.Node).Idle > 0))
            {
                given += line.ClaimAt(closing.Node).Idle;
                order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, closing.Node, line.ClaimAt(closing.Node).Idle, sheet, at.Reason);
            }
        var planned = Replan.Run([.. orders.Where(o => o.IsChanged)], sheet, settings, new ReplanWish(at.Reason, ExcludedNodes: new HashSet<long> { closing.Node }));
        long moved = planned.Sum(p => p.Claimed);
        await OpenOrder.SaveAll(work, [.. orders.Where(o => o.IsChanged)], sheet);
        await Keep(work, closing, ids, moved, given, [.. planned.Where(p => p.Waiting > 0)], now);
        await Failures(closing).Done(work, ids);
        return new PassStep(false);
    }

    private static async Task<(Guid? After, string Reason, long PassMoved)?> Lock(Work work, Closing closing)
    {
        var found = await work.Query("select after_order, reason, pass_moved from node_closings where id = @id and merchant_id = @merchant and state = 'running' for update",
            row => (After: row.UuidOrNull(), Reason: row.Text(), PassMoved: row.Long()), ("id", closing.Id));
        return found.Count == 0 ? null : (found[0].After, $"The node is closed: {found[0].Reason}", found[0].PassMoved);
    }

    private static PassFailures Failures(Closing closing) => new(Kind, closing.Id);

    private static async Task<List<OrderId>> Orders(Work work, Closing closing, Guid? after, int size, DateTimeOffset now) => await work.Query(
        $"""
        select distinct a.order_id from allocations a where a.merchant_id = @merchant and a.node_id = @node and a.order_id > @after and not {PassFailures.IsLeftOut(Kind, "@id", "a.order_id")}
         order by a.order_id limit @limit
        """,
        row => new OrderId(row.Uuid()), ("node", closing.Node), ("after", after ?? Guid.Empty), ("id", closing.Id), ("now", now.ToUnixTimeMilliseconds()), ("limit", (long)size));

    // An order that was being placed while the node closed may have come behind the cursor: a pass that moved something is followed by another. It goes on as long as orders are left out of it.
    private static async Task<bool> EndPass(Work work, Closing closing, (Guid? After, string Reason, long PassMoved) at, DateTimeOffset now)
    {
        bool isOver = at.PassMoved == 0;
        bool areLeft = isOver && await Failures(closing).AreLeft(work, "select 1 from allocations a where a.merchant_id = @merchant and a.node_id = @node and a.order_id = pass_failures.order_id", ("node", closing.Node));
        await work.Execute("update node_closings set state = @state, after_order = null, pass_moved = 0, updated_at_ms = @now where id = @id and merchant_id = @merchant",
            ("state", isOver && !areLeft ? "done" : "running"), ("now", now.ToUnixTimeMilliseconds()), ("id", closing.Id));
        return isOver;
    }

    private static async Task Keep(Work work, Closing closing, List<OrderId> ids, long moved, long given, IReadOnlyList<Replanned> rest, DateTimeOffset now)
    {
        var batch = work.Batch();
        batch.Execute(
            """
            update node_closings set after_order = @after, orders_seen = orders_seen + @seen, units_moved = units_moved + @moved, units_left = units_left + @left,
                   pass_moved = pass_moved + @given, updated_at_ms = @now where id = @id and merchant_id = @merchant
            """, ("after", ids[^1].Value), ("seen", (long)ids.Count), ("moved", moved), ("left", Math.Max(0, given - moved)), ("given", given), ("now", now.ToUnixTimeMilliseconds()), ("id", closing.Id));
        batch.Execute(
            """
            insert into node_closing_rest (closing_id, order_id, merchant_id, units) select @id, order_id, @merchant, units from @rows r where true
                on conflict (closing_id, order_id) do update set units = excluded.units
            """, Rows.Of(rest).Uuid("order_id", r => r.Order.Id.Value).Long("units", r => r.Waiting), ("id", closing.Id));
        await batch.Run();
    }

    private static async Task Skip(Work work, Closing closing, DateTimeOffset now)
    {
        if (await Lock(work, closing) is not { } at || await Orders(work, closing, at.After, 1, now) is not [var next]) return;
        await Failures(closing).Note(work, next, now);
        await work.Execute("update node_closings set after_order = @after, failures = failures + 1 where id = @id and merchant_id = @merchant", ("after", next.Value), ("id", closing.Id));
    }
}
