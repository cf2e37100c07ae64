using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Fulfilment;

/// <summary>What must be true of the books of work, one statement a check over the whole house.</summary>
internal static class FulfilmentBooks
{
    /// <summary>Units of a release's lines sum to their quantity, and what is shipped of them lies in packages that left.</summary>
    public static readonly BooksCheck Lines = new("fulfilment.lines", db => Run(db, "select count(*) from fulfilment_lines /* house */",
        """
        select coalesce(f.number, 'a release that is not there'), 'line ' || t.line_no || ' of ' || t.quantity || ' has ' || t.units || ' in its counts, and '
               || t.shipped || ' shipped of which ' || t.sent || ' are in packages that left' from (
            select l.fulfilment_id, l.line_no, l.quantity, l.open + l.picked + l.packed + l.shipped + l.short + l.rejected + l.cancelled as units, l.shipped,
                   coalesce((select sum(c.quantity) from packages p join package_lines c on c.package_id = p.id
                              where p.fulfilment_id = l.fulfilment_id and p.shipment_id is not null and c.line_no = l.line_no), 0) as sent
              from fulfilment_lines l) t
          left join fulfilment_orders f on f.id = t.fulfilment_id
         where t.units <> t.quantity or t.shipped <> t.sent or f.id is null order by 1, 2 limit 100 /* house */
        """));

    /// <summary>Open, picked and packed units of releases are the released, picked and packed units of the order's lines.</summary>
    public static readonly BooksCheck Buckets = new("fulfilment.buckets", db => Run(db, "select count(*) from order_lines where released + picked + packed > 0 /* house */",
        """
        select coalesce(o.number, 'an order that is not there'), 'line ' || g.line_no || ' has released, picked, packed ' || g.released || ', ' || g.picked || ', ' || g.packed
               || '; its releases have ' || g.open || ', ' || g.taken || ', ' || g.boxed from (
            select t.order_id, t.line_no, sum(t.released) as released, sum(t.picked) as picked, sum(t.packed) as packed, sum(t.open) as open, sum(t.taken) as taken,
                   sum(t.boxed) as boxed from (
                select order_id, line_no, released, picked, packed, 0 as open, 0 as taken, 0 as boxed from order_lines where released + picked + packed > 0
                union all
                select order_id, line_no, 0, 0, 0, open, picked, packed from fulfilment_lines where open + picked + packed > 0) t
             group by t.order_id, t.line_no) g
          left join orders o on o.id = g.order_id
         where g.released <> g.open or g.picked <> g.taken or g.packed <> g.boxed order by 1, 2 limit 100 /* house */
        """));

    /// <summary>Units in work of a claim are those that live releases have at that node.</summary>
    public static readonly BooksCheck Claims = new("fulfilment.claims", db => Run(db, "select count(*) from allocations where in_work > 0 /* house */",
        """
        select coalesce(o.number, 'an order that is not there'), 'line ' || g.line_no || ' at ' || n.code || ' has ' || g.claimed || ' units in work and its releases ' || g.worked from (
            select t.order_id, t.line_no, t.node_id, sum(t.claimed) as claimed, sum(t.worked) as worked from (
                select order_id, line_no, node_id, in_work as claimed, 0 as worked from allocations where in_work > 0
                union all
                select l.order_id, l.line_no, l.node_id, 0, l.open + l.picked + l.packed from fulfilment_lines l where l.open + l.picked + l.packed > 0) t
             group by t.order_id, t.line_no, t.node_id) g
          left join orders o on o.id = g.order_id left join nodes n on n.id = g.node_id
         where g.claimed <> g.worked order by 1, 2 limit 100 /* house */
        """));

    /// <summary>A release that has ended has no unit in work, and one that is worked on has some.</summary>
    public static readonly BooksCheck States = new("fulfilment.states", db => Run(db, "select count(*) from fulfilment_orders /* house */",
        """
        select f.number, 'it is ' || f.state || ' and has ' || t.units || ' units in work' from fulfilment_orders f
          join (select fulfilment_id, sum(open + picked + packed) as units from fulfilment_lines group by fulfilment_id) t on t.fulfilment_id = f.id
         where (f.state in ('handedOver', 'delivered', 'lost', 'sentBack', 'rejected', 'short', 'cancelled')) <> (t.units = 0) order by 1 limit 100 /* house */
        """));

    /// <summary>What a supplier has in work for us is ordered from it, by one open order of the same units; and no order is open without such work.</summary>
    public static readonly BooksCheck Suppliers = new("fulfilment.suppliers", db => Run(db, "select count(*) from purchase_orders where kind = 'dropship' /* house */",
        """
        select t.number, case when t.ordered is null then 'the supplier has it in work and no order for it is open'
               when t.worked is null then 'its order to the supplier is open and nothing is in work' else 'in work are ' || t.worked || ' units, ordered ' || t.ordered end from (
            select g.number, sum(g.worked) as worked, sum(g.ordered) as ordered from (
                select f.number, l.open + l.picked + l.packed as worked, null as ordered from fulfilment_orders f join nodes n on n.id = f.node_id
                  join fulfilment_lines l on l.fulfilment_id = f.id
                 where n.kind = 'supplier' and f.state in ('offered', 'accepted', 'picking', 'picked', 'packed', 'readyForPickup', 'stopAsked')
                union all
                select f.number, null, l.quantity - l.shipped - l.cancelled from purchase_orders o join purchase_order_lines l on l.purchase_order_id = o.id
                  join fulfilment_orders f on f.id = o.fulfilment_id
                 where o.kind = 'dropship' and o.state in ('draft', 'sent', 'accepted', 'stopAsked')) g
             group by g.number) t
         where t.ordered is null or t.worked is null or t.worked <> t.ordered order by 1 limit 100 /* house */
        """));

    /// <summary>What lies picked at a node was noted by somebody, and what was noted as taken of a live release is picked or packed there.</summary>
    public static readonly BooksCheck Picked = new("fulfilment.picked", db => Run(db, "select count(*) from fulfilment_lots where held > 0 /* house */",
        $"""
        select n.code, p.sku || ' ' || g.lot || ': the books have ' || g.units || ' picked there, notes say ' || g.held from (
            select t.node_id, t.sku_id, t.lot, sum(t.units) as units, sum(t.held) as held from (
                select x.node_id, s.sku_id, s.lot, s.quantity as units, 0 as held from bins x join bin_stock s on s.bin_id = x.id where x.code = '{PickedBins.Code}' and s.quantity > 0
                union all
                select node_id, sku_id, lot, 0, held from fulfilment_lots where held > 0) t
             group by t.node_id, t.sku_id, t.lot) g
          join nodes n on n.id = g.node_id join products p on p.id = g.sku_id where g.units > g.held
        union all
        select f.number, 'line ' || l.line_no || ' has ' || (l.picked + l.packed) || ' picked and packed, ' || h.held || ' noted as taken from bins' from (
            select fulfilment_id, line_no, sum(held) as held from fulfilment_lots where held > 0 group by fulfilment_id, line_no) h
          join fulfilment_lines l on l.fulfilment_id = h.fulfilment_id and l.line_no = h.line_no join fulfilment_orders f on f.id = h.fulfilment_id
         where h.held > l.picked + l.packed and f.state not in ('cancelled', 'handedOver', 'delivered', 'lost', 'sentBack')
         order by 1, 2 limit 100 /* house */
        """));

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar(count);
        return new CheckResult(counted, await work.Query(faults, row => $"{row.Text()}: {row.Text()}"));
    }, snapshot: true);
}
