using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// What happens without anybody asking: orders of channels that release by themselves are released, scheduled work is offered when its time has
/// come, nodes that do not answer are reminded and then passed over, and untracked mail counts as delivered after some days. Safe to run twice
/// and on several processes: each step locks the order and looks again.
/// </summary>
public sealed class KeepWorkMoving(Db db, TimeProvider clock, Replan replan, WaveGates waves, ILogger<KeepWorkMoving> log) : BackgroundService
{
    private const int MostAtOnce = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private sealed record Due(OrderId Order, long Merchant, Func<Work, Actor, OpenWork, Task> Step, bool NeedsStock = false);

    /// <returns>Orders on which something was done.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        int done = 0;
        foreach (var due in await Find(now, await waves.Find(now)))
        {
            try { if (await Run(due, now)) done++; }
#pragma warning disable CA1031 // an order whose books are wrong keeps no other from moving
            catch (Exception e) { log.LogError(e, "The work on order {Order} could not go on", due.Order); }
#pragma warning restore CA1031
        }
        return done;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Work at nodes was not looked at", stoppingToken);

    private Task<List<Due>> Find(DateTimeOffset now, IReadOnlyList<WaveGates.Gate> gates) => db.ReadAll(async work =>
    {
        var batch = work.Batch();
        (string, object?)[] at = [("now", now.ToUnixTimeMilliseconds()), ("most", (long)MostAtOnce)];
        var unreleased = batch.Query(
            """
            select distinct a.order_id, a.merchant_id, a.node_id from channels c join allocations a on a.merchant_id = c.merchant_id and a.quantity > a.in_work
              join orders o on o.id = a.order_id and o.channel_id = c.id
              left join @rows w on w.merchant_id = a.merchant_id and w.node_id = a.node_id
             where c.release = 'automatic' and o.state = 'confirmed' and coalesce(o.grace_until_ms, 0) <= @now and coalesce(o.release_at_ms, 0) <= @now
               and (w.node_id is null or o.ship_by_ms - c.risk_minutes * 60000 <= w.next_ms or c.urgent_methods like '%"' || o.method || '"%'
                   or o.placed_at_ms <= w.last_ms and a.moved_at_ms <= w.last_ms and coalesce(o.grace_until_ms, 0) <= w.last_ms and coalesce(o.release_at_ms, 0) <= w.last_ms)
               and not exists (select 1 from holds h where h.order_id = a.order_id and h.state = 'open' and h.fulfilment_id is null
                   and (h.line_no is null or h.line_no = a.line_no or h.line_no = (select l.parent_line_no from order_lines l where l.order_id = a.order_id and l.line_no = a.line_no)))
               and not exists (select 1 from fulfilment_orders f where f.order_id = a.order_id and f.node_id = a.node_id and f.updated_at_ms > @now - 86400000
                   and (f.state = 'rejected' or f.state = 'cancelled' and f.reason = 'noAnswer'))
             order by a.order_id limit @most -- house
            """, Rows.Of<WaveGates.Gate>([.. gates, new WaveGates.Gate(0, 0, 0, 0)]).Long("merchant_id", g => g.Merchant).Long("node_id", g => g.Node)
                .Long("last_ms", g => g.LastMs).Long("next_ms", g => g.NextMs), row => (Order: new OrderId(row.Uuid()), Merchant: row.Long(), Node: row.Long()), at);
        var waiting = batch.Query(
            """
            select distinct f.order_id, f.merchant_id from fulfilment_orders f
             where f.state in ('planned', 'scheduled') and coalesce(f.fulfil_at_ms, 0) <= @now
               and not exists (select 1 from holds h where h.order_id = f.order_id and h.state = 'open' and h.line_no is null and (h.fulfilment_id is null or h.fulfilment_id = f.id))
             order by f.order_id limit @most -- house
            """, row => new Due(new OrderId(row.Uuid()), row.Long(), (_, _, open) => GiveOut.Advance(open, [.. open.Releases])), at);
        var unanswered = batch.Query(
            "select distinct order_id, merchant_id from fulfilment_orders where state = 'offered' and answer_by_ms <= @now order by order_id limit @most -- house",
            row => new Due(new OrderId(row.Uuid()), row.Long(), (_, actor, open) => Remind(open, actor), NeedsStock: true), at);
        var untracked = batch.Query(
            """
            select f.order_id, f.merchant_id from fulfilment_orders f join orders o on o.id = f.order_id join channels c on c.id = o.channel_id
             where f.state = 'handedOver' and f.handed_over_at_ms <= @now - c.close_after_days * 86400000
               and exists (select 1 from packages p where p.fulfilment_id = f.id and (p.tracking is null or p.is_untracked) and p.state = 'manifested')
             order by f.handed_over_at_ms limit @most -- house
            """, row => new Due(new OrderId(row.Uuid()), row.Long(), (_, _, open) => Assume(open)), at);
        var inHand = batch.Query(
            """
            select distinct l.order_id, l.merchant_id from fulfilment_lots l join fulfilment_orders f on f.id = l.fulfilment_id
             where l.held > 0 and f.state = 'cancelled' order by l.order_id limit @most -- house
            """, row => new Due(new OrderId(row.Uuid()), row.Long(), (_, _, open) => PutBack(open)), at);
        await batch.Run();
        var ready = unreleased.GroupBy(u => (u.Order, u.Merchant))
            .Select(g => new Due(g.Key.Order, g.Key.Merchant, (_, _, open) => Release(open, [.. g.Select(u => u.Node)])));
        return (List<Due>)[.. ready, .. waiting, .. unanswered, .. untracked, .. inHand];
    });

    private async Task<bool> Run(Due due, DateTimeOffset now)
    {
        var actor = Actor.House("system:fulfilment", due.Merchant);
        return (await db.Write<bool>(actor, async work =>
        {
            var open = await OpenWork.Lock(work, actor, [due.Order], now);
            if (open.Orders.Count == 0) return FulfilmentErrors.NotFound;
            if (due.NeedsStock) await open.LockStock();
            await due.Step(work, actor, open);
            if (!open.HasChanged) return FulfilmentErrors.NotFound;
            await open.Save();
            return true;
        })).IsOk;
    }

    /// <param name="nodes">Where their time has come.</param>
    private static async Task Release(OpenWork open, HashSet<long> nodes)
    {
        var order = open.Orders[0];
        if (order.State != OrderState.Confirmed || order.GraceUntilMs > open.NowMs || order.ReleaseAtMs > open.NowMs
            || order.Holds.Any(h => h is { LineNo: null, FulfilmentId: null })) return;
        var parts = GiveOut.Free(order).Where(p => nodes.Contains(p.Node) && !order.RefusedBy.Contains(p.Node)).ToList();
        if (parts.Count > 0) await GiveOut.Make(open, order, parts);
    }

    /// <summary>First the node is reminded; when it does not answer to that either, its work goes to another, if another has the goods.</summary>
    private async Task Remind(OpenWork open, Actor actor)
    {
        var order = open.Orders[0];
        foreach (var release in open.Releases.Where(r => r.State == FulfilmentOrderState.Offered && r.AnswerByMs <= open.NowMs).ToList())
        {
            open.Troubles.Add(new Exceptions.Trouble("no_answer", release.Id.ToString(), $"{release.Node.Code} has not answered to {release.Number}.",
                order.Id.Value, release.Id.Value, Node: release.Node.Id)
            { Says = Saying.Of(Phrase.NoAnswer, ("node", release.Node.Code), ("release", release.Number)) });
            if (release.RemindedAtMs is null || !HoldRules.IsCollected(release.Method) && !OthersHaveIt(open, order, release))
            {
                (release.RemindedAtMs, release.AnswerByMs) = (open.NowMs, open.NowMs + release.Node.AcceptMinutes * 60_000);
                release.Touch();
                open.Tell(release, "FulfilmentReminded");
                continue;
            }
            var anew = new RouteAnew(open, await replan.Settings(actor), $"{release.Node.Code} did not answer to {release.Number} in time.");
            RejectRelease.PassOver(open, anew, release, ReleaseUnits.Cancelled, FulfilmentOrderState.Cancelled, RejectRelease.NoAnswer);
            open.Tell(release, "FulfilmentPassedOver", "No answer in time.");
            await anew.Run(order, RejectRelease.Excluded(open, order));
        }
    }

    private static bool OthersHaveIt(OpenWork open, OpenOrder order, OpenRelease release)
    {
        var excluded = RejectRelease.Excluded(open, order);
        return release.Lines.GroupBy(l => l.SkuId).All(g => open.Sheet!.Of(g.Key).Where(r => r.Node != release.Node.Id && !excluded.Contains(r.Node))
            .Sum(r => Math.Max(0, r.Balance.Available)) >= g.Sum(l => l[ReleaseUnits.Open]));
    }

    /// <summary>What was picked for work that has ended is back on its shelf: somebody was asked to put it there.</summary>
    private static Task PutBack(OpenWork open) => ReleaseLots.Back(open, [.. open.Releases.Where(r => r.State == FulfilmentOrderState.Cancelled)]);

    private static Task Assume(OpenWork open)
    {
        foreach (var release in open.Releases.Where(r => r.State == FulfilmentOrderState.HandedOver).ToList())
        {
            var sent = release.Packages.Where(p => (p.Tracking is null || p.IsUntracked) && p.State == PackageState.Manifested).ToList();
            if (sent.Count > 0) Arrive.Settle(open, release, sent, PackageState.Delivered, open.Now, "Not tracked: its days are over.");
        }
        return Task.CompletedTask;
    }
}
