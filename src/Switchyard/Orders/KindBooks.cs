using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What must be true of drafts, links and splits, one statement a check over the whole house.</summary>
internal static class KindBooks
{
    /// <summary>A draft that is placed is an order, and no other is.</summary>
    public static readonly BooksCheck Drafts = new("orders.drafts", db => Run(db, "select count(*) from drafts /* house */",
        """
        select 'draft ' || d.number, case when o.id is null then 'is placed, and there is no such order' else 'is an order, and still ' || d.state end
          from drafts d left join orders o on o.id = d.id where (d.state = 'placed') <> (o.id is not null) order by 1 limit 100 /* house */
        """));

    /// <summary>Both ends of a link are orders of one merchant.</summary>
    public static readonly BooksCheck Links = new("orders.links", db => Run(db, "select count(*) from order_links /* house */",
        """
        select 'order ' || coalesce(a.number, b.number, 'that is not there'), 'has a ' || k.kind || ' with an order that is not there'
          from order_links k left join orders a on a.id = k.order_id and a.merchant_id = k.merchant_id left join orders b on b.id = k.other_id and b.merchant_id = k.merchant_id
         where a.id is null or b.id is null order by 1 limit 100 /* house */
        """));

    /// <summary>What was split off a line stands on lines of the same SKU of other orders, unit for unit.</summary>
    public static readonly BooksCheck Splits = new("orders.splits", db => Run(db, "select count(*) from order_line_links where kind = 'split' /* house */",
        """
        select 'order ' || coalesce(o.number, 'that is not there'), 'line ' || g.line_no || ' has ' || g.moved || ' units moved and ' || g.linked || ' on lines of other orders'
          from (select order_id, line_no, sum(moved) as moved, sum(linked) as linked from (
                    select order_id, line_no, moved, 0 as linked from order_lines where moved <> 0
                    union all
                    select k.order_id, k.line_no, 0, k.units from order_line_links k join order_lines l on l.order_id = k.other_id and l.line_no = k.other_line_no
                       join order_lines f on f.order_id = k.order_id and f.line_no = k.line_no and f.sku = l.sku and l.quantity >= k.units where k.kind = 'split') t
                 group by order_id, line_no having sum(moved) <> sum(linked)) g
          left join orders o on o.id = g.order_id order by 1, g.line_no limit 100 /* house */
        """));

    /// <summary>What lines say is announced to come back is what is open of returns, and a return is closed when nothing of it is.</summary>
    public static readonly BooksCheck Returns = new("orders.returns", db => Run(db, "select count(*) from returns /* house */",
        """
        select 'order ' || coalesce(o.number, 'that is not there'), g.what from (
            select t.order_id, 'line ' || t.line_no || ' has ' || sum(t.requested) || ' units announced and ' || sum(t.open) || ' on returns' as what from (
                select order_id, line_no, return_requested as requested, 0 as open from order_lines where return_requested <> 0
                union all
                select order_id, line_no, 0, units - back - withdrawn from return_lines where back + withdrawn < units) t
             group by t.order_id, t.line_no having sum(t.requested) <> sum(t.open)
            union all
            select r.order_id, 'return ' || r.return_no || case when r.closed_at_ms is null then ' is open and nothing of it is' else ' is closed and something of it is open' end
              from returns r where (r.closed_at_ms is null) <> exists (select 1 from return_lines l where l.return_id = r.id and l.back + l.withdrawn < l.units)) g
          left join orders o on o.id = g.order_id order by 1, 2 limit 100 /* house */
        """));

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar(count);
        return new CheckResult(counted, await work.Query(faults, row => $"{row.Text()}: {row.Text()}"));
    }, snapshot: true);
}
