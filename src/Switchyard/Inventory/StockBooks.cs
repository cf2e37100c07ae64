using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>What must be true of the books of stock, one statement a check over the whole house.</summary>
internal static class StockBooks
{
    private static readonly string[] Names = ["on_hand", "unavailable", "allocated", "reserved", "earmarked", "safety"];

    public static IReadOnlyList<BooksCheck> All { get; } =
    [
        new("stock.ledger", db => Run(db, "select count(*) from stock /* house */", Ledger)),
        new("stock.chain", db => Run(db, "select count(*) from stock_ledger /* house */", Chain)),
        new("stock.allocated", db => Run(db, "select count(*) from allocations /* house */", Claims("allocated",
            "select sku_id, node_id, sum(quantity) as units from allocations /* house */ group by sku_id, node_id"))),
        new("stock.reserved", db => Run(db, "select count(*) from reservation_items /* house */", Claims("reserved",
            """
            select sku_id, node_id, sum(units) as units from (select sku_id, node_id, quantity as units from reservation_items /* house */ where is_open
                union all select sku_id, from_node_id, held from transfer_lines where held > 0) h group by sku_id, node_id
            """))),
        new("stock.bins", db => Run(db, "select count(*) from bin_stock /* house */", Bins)),
        new("stock.lots", db => Run(db, "select count(*) from stock /* house */", Lots)),
        new("stock.serials", db => Run(db, "select count(*) from stock /* house */", SerialNumbers)),
        new("stock.stopped", db => Run(db, "select count(*) from products where sale_stopped_ms is not null /* house */", Stopped)),
        new("stock.shares", db => Run(db, "select count(*) from share_sales /* house */", Shares)),
        new("stock.transfers", db => Run(db, "select count(*) from transfer_lines /* house */", Transfers)),
    ];

    // Balance and ledger from both sides: a row without entries, and entries without a row.
    private static string Ledger =>
        $"""
        select sku_id, node_id, 'the balance differs from the sum of its ledger: ' || {string.Join(" || ", Names.Select(n => $"case when {n}_gap = 0 then '' else '{n} by ' || {n}_gap || ' ' end"))} from (
            select t.sku_id, t.node_id, {string.Join(", ", Names.Select(n => $"sum(t.{n}) as {n}_gap"))} from (
                select sku_id, node_id, {string.Join(", ", Names)} from stock
                union all
                select sku_id, node_id, {string.Join(", ", Names.Select(n => $"-sum({n}_delta)"))} from stock_ledger group by sku_id, node_id) t
             group by t.sku_id, t.node_id) g
         where {string.Join(" or ", Names.Select(n => $"{n}_gap <> 0"))} order by sku_id, node_id limit {BooksCheck.MostFaults} /* house */
        """;

    private static string Chain =>
        $"""
        select sku_id, node_id, 'ledger entry ' || id || ' does not follow from the one before it' from (
            select id, sku_id, node_id, {string.Join(", ", Names.Select(n => $"{n} - {n}_delta - coalesce(lag({n}) over w, 0) as {n}_gap"))}
              from stock_ledger window w as (partition by sku_id, node_id order by id)) c
         where {string.Join(" or ", Names.Select(n => $"{n}_gap <> 0"))} order by id limit {BooksCheck.MostFaults} /* house */
        """;

    private static string Bins =>
        $"""
        select s.sku_id, s.node_id, 'bins hold ' || b.units || ', on hand is ' || s.on_hand
          from (select x.node_id, y.sku_id, sum(y.quantity) as units from bin_stock y join bins x on x.id = y.bin_id group by x.node_id, y.sku_id) b
          join stock s on s.sku_id = b.sku_id and s.node_id = b.node_id
         where b.units <> case when s.on_hand > 0 then s.on_hand else 0 end
         order by s.sku_id, s.node_id limit {BooksCheck.MostFaults} /* house */
        """;

    // What is out of sale with its lot is among what is unavailable.
    private static string Lots =>
        $"""
        select b.sku_id, b.node_id, 'lots out of sale hold ' || b.units || ', unavailable is ' || coalesce(s.unavailable, 0)
          from (select sku_id, node_id, sum(units) as units from lot_blocks group by sku_id, node_id) b left join stock s on s.sku_id = b.sku_id and s.node_id = b.node_id
         where b.units > coalesce(s.unavailable, 0) order by b.sku_id, b.node_id limit {BooksCheck.MostFaults} /* house */
        """;

    // No more single units are known here than there are.
    private static string SerialNumbers =>
        $"""
        select u.sku_id, u.node_id, 'serial numbers of ' || u.units || ' units are here, on hand is ' || coalesce(s.on_hand, 0)
          from (select sku_id, node_id, count(*) as units from serials where state = 'here' group by sku_id, node_id) u left join stock s on s.sku_id = u.sku_id and s.node_id = u.node_id
         where u.units > coalesce(s.on_hand, 0) order by u.sku_id, u.node_id limit {BooksCheck.MostFaults} /* house */
        """;

    // A SKU that is not sold for now is not sold anywhere, and one that is sold is stopped only where somebody stopped it.
    private static string Stopped =>
        $"""
        select s.sku_id, s.node_id, case when s.is_stopped then 'it is stopped here and sold' else 'its sale is stopped, but not here' end
          from (select t.sku_id, t.node_id, t.is_stopped, exists (select 1 from sale_stops x where x.merchant_id = t.merchant_id and x.sku_id = t.sku_id and x.node_id = t.node_id
                   and x.state in ('running', 'stopped')) as is_wanted from stock t) s
          join products p on p.id = s.sku_id where s.is_stopped <> (p.sale_stopped_ms is not null or s.is_wanted) order by s.sku_id, s.node_id limit {BooksCheck.MostFaults} /* house */
        """;

    // What was sold since the oldest rule that is on began is counted among channels. Around its beginning it may be counted on either side.
    private static string Shares =>
        $"""
        select sku_id, 0, 'channels are counted as having bought ' || counted || ' since the stock is divided, the ledger has from ' || surely || ' to ' || perhaps from (
            select t.sku_id, sum(t.counted) as counted, sum(t.surely) as surely, sum(t.perhaps) as perhaps from (
                select s.sku_id, s.units as counted, 0 as surely, 0 as perhaps
                  from share_sales s join ({Oldest}) r on r.merchant_id = s.merchant_id and s.epoch >= r.epoch
                union all
                select l.sku_id, 0, case when l.recorded_at_ms > r.since_ms + {ShareSlackMs} then -l.on_hand_delta else 0 end, -l.on_hand_delta
                  from stock_ledger l join ({Oldest}) r on r.merchant_id = l.merchant_id and l.recorded_at_ms >= r.since_ms - {ShareSlackMs} where l.kind = 'Sold') t
             group by t.sku_id) c
         where counted < surely or counted > perhaps order by sku_id limit {BooksCheck.MostFaults} /* house */
        """;

    private const int ShareSlackMs = 10_000;
    private const string Oldest = "select merchant_id, min(epoch) as epoch, min(started_at_ms) as since_ms from share_rules /* house */ where is_active group by merchant_id";

    // What was sent has arrived, came back, is lost, or is on its way: in the ledger of both nodes and in inbound.
    private static string Transfers =>
        $"""
        select sku_id, to_node_id, 'transfer ' || reference || ' sent ' || sent || ' and booked in ' || came || ', lost ' || lost || ', took back ' || returned
               || '; the ledger says ' || left_source || ' and ' || reached || ', inbound ' || coming from (
            select l.sku_id, t.to_node_id, t.ledger_reference as reference, l.sent, l.good + l.damaged as came, l.lost, l.returned, coalesce(i.quantity, 0) as coming,
                   coalesce((select -sum(x.on_hand_delta) from stock_ledger x where x.sku_id = l.sku_id and x.node_id = t.from_node_id and x.kind = 'Transferred'
                        and x.reference = t.ledger_reference), 0) as left_source,
                   coalesce((select sum(x.on_hand_delta) from stock_ledger x where x.sku_id = l.sku_id and x.node_id = t.to_node_id and x.kind = 'Transferred'
                        and x.reference = t.ledger_reference), 0) as reached
              from transfer_lines l join transfers t on t.id = l.transfer_id
              left join inbound i on i.merchant_id = l.merchant_id and i.reference = t.ledger_reference and i.sku_id = l.sku_id and i.node_id = t.to_node_id) c
         where left_source <> sent - returned or reached <> came or coming <> case when sent > came + lost + returned then sent - came - lost - returned else 0 end
         order by sku_id, to_node_id limit {BooksCheck.MostFaults} /* house */
        """;

    private static string Claims(string bucket, string claims) =>
        $"""
        select sku_id, node_id, '{bucket} is ' || sum(kept) || ', its claims are ' || sum(units) from (
            select sku_id, node_id, {bucket} as kept, 0 as units from stock
            union all
            select sku_id, node_id, 0, units from ({claims}) c) t
         group by sku_id, node_id having sum(kept) <> sum(units) order by sku_id, node_id limit {BooksCheck.MostFaults} /* house */
        """;

    private static Task<CheckResult> Run(Db db, string count, string faults) => db.ReadAll(async work =>
    {
        long counted = await work.Scalar(count);
        var found = await work.Query(faults, row => (Sku: row.Long(), Node: row.Long(), What: row.Text()));
        var names = (await work.Query(
            "select p.id, n.id, p.sku, n.code from @rows r left join products p on p.id = r.sku_id left join nodes n on n.id = r.node_id /* house */",
            Rows.Of(found.DistinctBy(f => (f.Sku, f.Node)).ToList()).Long("sku_id", f => f.Sku).Long("node_id", f => f.Node),
            row => (Key: (row.LongOrNull(), row.LongOrNull()), Text: row.TextOrNull() + (row.TextOrNull() is { } node ? " at " + node : "")))).DistinctBy(n => n.Key).ToDictionary(n => n.Key, n => n.Text);
        return new CheckResult(counted, [.. found.Select(f => $"{names.GetValueOrDefault((f.Sku, f.Node), $"sku {f.Sku} at node {f.Node}")}: {f.What.Trim()}")]);
    }, snapshot: true);
}
