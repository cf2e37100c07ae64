using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>
/// Looks ahead: where nodes have more to send by a day than they can until then (goods came late, a day was closed, a capacity was lowered), the orders that would be
/// left over are at risk before their deadline: the least urgent and youngest of them. Safe to run twice and on many processes.
/// </summary>
public sealed class WatchCrowdedNodes(Db db, NetworkReader network, TimeProvider clock, ILogger<WatchCrowdedNodes> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private const int DaysAhead = 14, MostOrders = 1_000, Together = 100;

    /// <returns>Orders of which it was found that they are at risk, or are not any more.</returns>
    public async Task<int> Handle()
    {
        int changed = 0;
        foreach (long merchant in await ReadLoads.MerchantsWithCapacities(db)) changed += await Look(await Settings(merchant));
        return changed;
    }

    private async Task<MerchantSettings> Settings(long merchant)
    {
        var settings = await network.Settings(merchant);
        return await network.HasMoved(settings) ? await network.Refresh(merchant) : settings;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Crowded nodes were not looked for", stoppingToken);

    private async Task<int> Look(MerchantSettings settings)
    {
        var (actor, now) = (Actor.House("system:promises", settings.Merchant), clock.GetUtcNow());
        var crowds = settings.Nodes.SelectMany(n => Crowds(settings, n, now)).ToList();
        var (crowded, known) = await db.Read(actor, async work =>
        {
            var found = new HashSet<OrderId>();
            foreach (var (node, until, excess) in crowds) found.UnionWith(await Last(work, node, now, until, excess));
            return (found, await work.Query("select id from orders where merchant_id = @merchant and is_crowded order by id limit @most", row => new OrderId(row.Uuid()), ("most", (long)MostOrders)));
        });
        var differ = crowded.Except(known).Concat(known.Except(crowded)).ToList();
        foreach (var some in differ.Chunk(Together))
            await db.Write<Done>(actor, async work =>
            {
                var orders = await OpenOrder.LockAll(work, actor, some, now);
                foreach (var order in orders) order.SetCrowded(crowded.Contains(order.Id));
                await OpenOrder.SaveAll(work, orders);
                return new Done();
            });
        return differ.Count;
    }

    /// <summary>Days by which a node has more to send than it can until then, and how much more.</summary>
    private static IEnumerable<(long Node, DateTimeOffset Until, long Excess)> Crowds(MerchantSettings settings, NodeSettings node, DateTimeOffset now)
    {
        if (!settings.Capacities.TryGetValue(node.Id, out long capacity)) yield break;
        var day = node.Calendar.DayOf(now);
        long load = 0, room = 0;
        for (int ahead = 0; ahead < DaysAhead; ahead++, day = day.AddDays(1))
        {
            load += settings.Days.Taken(node.Id, day);
            if (node.Calendar.Works(day) && node.Calendar.EndOf(day) > now) room += capacity;
            if (load > room) yield return (node.Id, node.Calendar.EndOf(day), load - room);
        }
    }

    private static Task<List<OrderId>> Last(Work work, long node, DateTimeOffset now, DateTimeOffset until, long excess) => work.Query(
        """
        select o.id from orders o where o.merchant_id = @merchant and o.state in ('placed', 'confirmed') and o.ship_by_ms > @now and o.ship_by_ms <= @until
           and exists (select 1 from allocations a where a.order_id = o.id and a.merchant_id = @merchant and a.node_id = @node)
         order by o.priority, o.placed_at_ms desc, o.id desc limit @most
        """, row => new OrderId(row.Uuid()), ("node", node), ("now", now.ToUnixTimeMilliseconds()), ("until", until.ToUnixTimeMilliseconds()), ("most", Math.Min(excess, MostOrders)));
}
