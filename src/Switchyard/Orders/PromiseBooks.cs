using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What must be true of the queue for stock and of what was promised, over the whole house.</summary>
internal static class PromiseBooks
{
    private const int MostLooks = 20;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Nothing waits for an order that has ended, the queue of a SKU is what its lines lack, and no more is set aside than is waited for.
    /// </summary>
    /// <remarks>The drainer frees at once what nobody waits for any more, so a surplus is looked at again before it is called a fault.</remarks>
    public static readonly BooksCheck Waiting = new("orders.waiting", async db =>
    {
        for (int look = 1; ; look++)
        {
            var result = await Run(db, "select count(*) from order_lines where kind in ('goods', 'component') /* house */", Queue);
            if (result.Faults.Count == 0 || look == MostLooks || !result.Faults.All(f => f.Contains("are set aside", StringComparison.Ordinal))) return result;
            await Task.Delay(Breath);
        }
    });

    /// <summary>Every version of a promise is kept, the newest is what the order says, and one that is told can be watched.</summary>
    public static readonly BooksCheck Promises = new("orders.promises", db => Run(db, "select count(*) from orders where promise_version > 0 /* house */", Versions));

    // What a line lacks is counted twice: by its own buckets, and as what is neither claimed at a node, nor gone, nor cancelled.
    private const string Queue =
        """
        select what from (
            select 'order ' || o.number || ': it has ended and line ' || l.line_no || ' still waits for ' || (l.backordered + l.preordered + l.unallocated) as what
              from order_lines l join orders o on o.id = l.order_id
             where l.backordered + l.preordered + l.unallocated > 0 and o.state in ('closed', 'cancelled', 'expired')
            union all
            select p.sku || ': its queue has ' || q.queued || ' units and its orders lack ' || q.lacking from (
                select l.sku_id, sum(l.backordered + l.preordered + l.unallocated) as queued,
                       sum(l.quantity - l.shipped - l.delivered - l.lost - l.sent_back - l.cancelled - coalesce((select sum(a.quantity) from allocations a
                           where a.order_id = l.order_id and a.line_no = l.line_no), 0)) as lacking
                  from order_lines l join orders o on o.id = l.order_id
                 where o.state in ('placed', 'confirmed') and l.kind in ('goods', 'component') and l.sku_id is not null group by l.sku_id) q
              join products p on p.id = q.sku_id where q.queued <> q.lacking
            union all
            select p.sku || ': ' || s.units || ' are set aside and ' || coalesce(w.units, 0) || ' are waited for' from (
                select sku_id, sum(earmarked) as units from stock where earmarked > 0 group by sku_id) s
              join products p on p.id = s.sku_id
              left join (select l.sku_id, sum(l.backordered + l.preordered + l.unallocated) as units from order_lines l join orders o on o.id = l.order_id
                          where l.backordered + l.preordered + l.unallocated > 0 and o.state in ('placed', 'confirmed') group by l.sku_id) w on w.sku_id = s.sku_id
             where s.units > coalesce(w.units, 0)) f
         order by what limit 100 /* house */
        """;

    private const string Versions =
        """
        select what from (
            select 'order ' || o.number || ': it says version ' || o.promise_version || ' of its promise, and ' || coalesce(v.versions, 0) || ' are kept up to ' || coalesce(v.newest, 0) as what
              from orders o left join (select order_id, count(*) as versions, max(version) as newest from order_promises group by order_id) v on v.order_id = o.id
             where o.promise_version <> coalesce(v.versions, 0) and not (o.promise_version = 1 and v.order_id is null) or v.newest <> o.promise_version
            union all
            select 'order ' || o.number || ': its dates are not those of the newest version of its promise' from order_promises p join orders o on o.id = p.order_id
             where p.version = o.promise_version
               and (coalesce(p.ship_by_ms, -1) <> coalesce(o.ship_by_ms, -1) or coalesce(p.deliver_by_ms, -1) <> coalesce(o.deliver_by_ms, -1))
            union all
            select 'order ' || o.number || ': version ' || o.promise_version || ' of its promise has no dates, or nothing tells how they came about' from orders o
             where o.promise_version > 0 and (o.ship_by_ms is null or o.deliver_by_ms is null or o.promise is null)
            union all
            select 'order ' || o.number || ': it is promised, and nobody watches it' from orders o
             where o.promise_version > 0 and o.state in ('placed', 'confirmed') and o.risk_at_ms is null and o.at_risk_since_ms is null
               and exists (select 1 from order_lines l where l.order_id = o.id
                   and l.unallocated + l.backordered + l.preordered + l.allocated + l.released + l.picked + l.packed > 0)
            union all
            select 'an order that is not there: version ' || p.version || ' of its promise' from order_promises p where not exists (select 1 from orders o where o.id = p.order_id)) f
         order by what limit 100 /* house */
        """;

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar(count);
        return new CheckResult(counted, await work.Query(faults, row => row.Text()));
    }, snapshot: true);
}
