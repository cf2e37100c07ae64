using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What must be true of the books of orders, one statement a check over the whole house.</summary>
internal static class OrderBooks
{
    public static readonly BooksCheck Lines = new("orders.lines", db => Run(db, "select count(*) from order_lines /* house */",
            """
            select o.number, 'line ' || l.line_no || ' has ' || l.quantity || ' ordered and ' || (l.unallocated + l.backordered + l.preordered + l.allocated
                   + l.released + l.picked + l.packed + l.shipped + l.delivered + l.lost + l.sent_back + l.cancelled) || ' in its buckets'
              from order_lines l join orders o on o.id = l.order_id
             where l.kind in ('goods', 'component') and l.quantity <> l.unallocated + l.backordered + l.preordered + l.allocated
                   + l.released + l.picked + l.packed + l.shipped + l.delivered + l.lost + l.sent_back + l.cancelled
             order by o.number, l.line_no limit 100 /* house */
            """));

    public static readonly BooksCheck Allocations = new("orders.allocations", db => Run(db, "select count(*) from allocations /* house */",
            """
            select coalesce(o.number, 'an order that is not there'), 'line ' || g.line_no || ' has ' || g.claimed || ' in its buckets and ' || g.held || ' allocated at nodes, in work '
                   || g.working || ' and ' || g.worked
              from (select order_id, line_no, sum(claimed) as claimed, sum(held) as held, sum(working) as working, sum(worked) as worked from (
                        select order_id, line_no, allocated + released + picked + packed as claimed, 0 as held, released + picked + packed as working, 0 as worked
                          from order_lines where allocated + released + picked + packed > 0
                        union all
                        select order_id, line_no, 0, quantity, 0, in_work from allocations) t
                     group by order_id, line_no having sum(claimed) <> sum(held) or sum(working) <> sum(worked)) g
              left join orders o on o.id = g.order_id order by 1, g.line_no limit 100 /* house */
            """));

    /// <summary>The amounts of an order are the sums of its lines', and a line is worth its billed units less its discount.</summary>
    public static readonly BooksCheck Money = new("orders.money", db => Run(db, "select count(*) from orders /* house */",
            """
            select o.number, 'is worth ' || o.total_minor || ' and its lines add up to ' || g.goods || ' goods, ' || g.charges || ' charges, '
                   || g.discount || ' discount, ' || g.tax || ' tax and ' || g.total || ' in all'
              from (select order_id, sum(case when kind = 'charge' and sku_id is null then 0 else coalesce(billed, quantity) * unit_price_minor end) as goods,
                           sum(case when kind = 'charge' and sku_id is null then coalesce(billed, quantity) * unit_price_minor else 0 end) as charges,
                           sum(discount_minor) as discount, sum(tax_minor) as tax, sum(total_minor) as total
                      from order_lines where kind <> 'component' group by order_id) g
              join orders o on o.id = g.order_id
             where not o.is_history and (o.goods_minor <> g.goods or o.charges_minor <> g.charges or o.discount_minor <> g.discount or o.tax_minor <> g.tax
                   or g.goods + g.charges - g.discount <> g.total) order by o.number limit 100 /* house */
            """));

    /// <summary>Every line, plan, hold and allocation has its order: there are no foreign keys on the hot path to say so.</summary>
    public static readonly BooksCheck Rows = new("orders.rows", db => Run(db, "select count(*) from orders /* house */",
            """
            select 'without a number', r.what || ' without an order' from (
                select 'line ' || l.line_no as what, l.order_id from order_lines l union all
                select 'plan ' || p.version, p.order_id from order_plans p union all
                select 'hold ' || h.hold_no, h.order_id from holds h union all
                select 'allocation of line ' || a.line_no, a.order_id from allocations a) r
             where not exists (select 1 from orders o where o.id = r.order_id) limit 100 /* house */
            """));

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar(count);
        return new CheckResult(counted, await work.Query(faults, row => $"order {row.Text()}: {row.Text()}"));
    }, snapshot: true);
}
