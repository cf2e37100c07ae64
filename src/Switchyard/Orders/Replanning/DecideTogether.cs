using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Plans orders that wait for their release anew, together. What is read and worked out is outside of every transaction; moves are made in small
/// ones that judge everything again. One run of a merchant at a time: whose turn it is is fenced, so that a process that was away moves nothing.
/// </summary>
public sealed class DecideTogether(Db db, Replan replan, TimeProvider clock, ILogger<DecideTogether> log)
{
    private const int MostOrders = 500, MostPages = 40, MostTries = 3;

    private sealed record Seen(IReadOnlyList<OpenOrder> Orders, Dictionary<(long Sku, long Node), long> Free, Dictionary<long, long> Room);

    /// <summary>Plans the orders of a node anew before it is given them.</summary>
    /// <returns>Has it been done, now or before? No: another run is under way.</returns>
    public async Task<bool> BeforeWave(long merchant, long node, string code, DateTimeOffset wave)
    {
        var actor = Actor.House("system:replan", merchant);
        long waveMs = wave.ToUnixTimeMilliseconds();
        var (isOn, plannedMs) = await db.Read(actor, async work => ((await ReplanSettings.Read(work)).IsOn,
            await work.Scalar("select coalesce(max(planned_at_ms), 0) from replan_waves where merchant_id = @merchant and node_id = @node", ("node", node))));
        if (!isOn || plannedMs >= waveMs) return true;
        // An order that was touched between look and move passes; it goes out with this wave, so it is looked at again.
        for (int tries = 0; tries < MostTries; tries++)
        {
            var run = await Run(actor, new ReplanAsk("wave", code, Node: node));
            if (run.Error is not null) return false;
            if (await db.Read(actor, work => work.Scalar("select orders_passed from replan_runs where merchant_id = @merchant and id = @id", ("id", run.Value.Value))) == 0) break;
        }
        return (await db.Write<Done>(actor, async work =>
        {
            await work.Execute(
                """
                insert into replan_waves (merchant_id, node_id, planned_at_ms) values (@merchant, @node, @wave)
                    on conflict (merchant_id, node_id) do update set planned_at_ms = case when replan_waves.planned_at_ms > excluded.planned_at_ms then replan_waves.planned_at_ms else excluded.planned_at_ms end
                """, ("node", node), ("wave", waveMs));
            return new Done();
        })).IsOk;
    }

    /// <returns>The run, which is over.</returns>
    /// <remarks>Errors: routing.replan_running.</remarks>
    internal async Task<Result<ReplanId>> Run(Actor actor, ReplanAsk ask)
    {
        var begun = await db.Write<ReplanBegun>(actor, async work => await ReplanRuns.Begin(work, ReplanId.New(clock.GetUtcNow()), actor, ask, clock.GetUtcNow()));
        if (begun.Error is { } refused) return refused;
        var run = begun.Value;
        if (begun.IsReplay) return run.Run;
        actor = actor with { Stamp = null };
        var sums = new ReplanSums();
        try { await Pages(actor, ask, run, sums); }
        finally
        {
            await db.Write<Done>(actor, async work =>
            {
                await ReplanRuns.Finish(work, run, sums, clock.GetUtcNow());
                return new Done();
            });
        }
        return run.Run;
    }

    private async Task Pages(Actor actor, ReplanAsk ask, ReplanBegun run, ReplanSums sums)
    {
        var after = Guid.Empty;
        for (int page = 0; page < MostPages; page++)
        {
            var ids = await db.Read(actor, work => ReplanRuns.Candidates(work, ask, after, MostOrders));
            if (ids.Count == 0 || !await Some(actor, ask, run, ids, sums) || ids.Count < MostOrders) return;
            after = ids[^1].Value;
        }
        log.LogInformation("More than {Orders} orders wait; the rest is planned anew in the next run", MostOrders * MostPages);
    }

    /// <returns>Is it still our turn?</returns>
    private async Task<bool> Some(Actor actor, ReplanAsk ask, ReplanBegun run, IReadOnlyList<OrderId> ids, ReplanSums sums)
    {
        var settings = await replan.Settings(actor);
        var (rules, seen) = await db.Read(actor, async work => (await ReplanSettings.Read(work), await Look(work, actor, ids, settings)), snapshot: true);
        var orders = seen.Orders.Select((order, i) => (No: (long)i, Order: order)).ToDictionary(o => o.No, o => o.Order);
        var idle = orders.Select(o => IdleOrders.Of(o.Value, settings, o.Key)).OfType<IdleOrder>().ToList();
        var answer = JointReplan.Solve(idle, seen.Free, seen.Room, new JointRules(rules.ChurnMinor, rules.MinSavingMinor));
        sums.Seen += answer.Seen;
        sums.BeforeMinor += answer.BeforeMinor;
        sums.OneByOneMinor += answer.OneByOneMinor;
        sums.IsProven &= answer.IsProven;
        if (ask.IsDry)
        {
            await db.Write<Done>(actor, async work =>
            {
                await ReplanRuns.Keep(work, run.Run, isDry: true, [.. answer.Groups.SelectMany(g => g).Select(m => (orders[m.Order.No].Id, m))], node => settings.NodesById[node].Code);
                return new Done();
            });
            (sums.OrdersMoved, sums.SavedMinor) = (sums.OrdersMoved + answer.Groups.Sum(g => g.Count), sums.SavedMinor + answer.Groups.Sum(JointGroups.Saving));
            return true;
        }
        var mover = new MoveTogether(db, actor, settings, run, clock);
        foreach (var group in answer.Groups)
        {
            var outcome = await mover.Make(group, orders);
            if (outcome.IsTurnLost) return false;
            if (outcome.OrdersMoved == 0) sums.Passed += group.Count;
            else (sums.OrdersMoved, sums.SavedMinor) = (sums.OrdersMoved + outcome.OrdersMoved, sums.SavedMinor + JointGroups.Saving(group));
        }
        return true;
    }

    private async Task<Seen> Look(Work work, Actor actor, IReadOnlyList<OrderId> ids, MerchantSettings settings)
    {
        var now = clock.GetUtcNow();
        var orders = await OpenOrder.PeekAll(work, actor, ids, now);
        var sheet = await StockSheet.Peek(work, orders.SelectMany(o => o.Lines).Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value), now);
        var free = orders.SelectMany(o => o.Lines).Where(l => l.SkuId is not null).Select(l => l.SkuId!.Value).Distinct().SelectMany(sheet.Of)
            .Select(r => (Row: r, Units: sheet.Sellable(r, settings))).Where(r => r.Units > 0).ToDictionary(r => (r.Row.Sku, r.Row.Node), r => r.Units);
        var limits = (await ReadLoads.OfAll(work, now)).Where(l => l.Left is not null).ToDictionary(l => l.Node, l => l.Left!.Value);
        if (limits.Count > 0)
            foreach (var (node, waiting) in await ReplanRuns.Idle(work, [.. limits.Keys])) limits[node] -= waiting;
        return new Seen(orders, free, limits);
    }
}
