using Switchyard.Database;

namespace Switchyard.Picking;

/// <summary>What must be true of the tasks that fill faces, over the whole house.</summary>
internal static class RefillBooks
{
    /// <summary>What tasks say was brought to faces was moved between bins under their names, and the other way round.</summary>
    public static readonly BooksCheck Tasks = new("picking.refills", db => db.ReadAll(async work =>
    {
        long counted = await work.Scalar("select count(*) from refill_tasks where state in ('done', 'short') /* house */");
        return new CheckResult(counted, await work.Query(
            $"""
            select n.code, p.sku, g.from_bin, g.to_bin, g.told, g.moved from (
                select t.node_id, t.sku_id, t.from_bin, t.lot, t.to_bin, sum(t.told) as told, sum(t.moved) as moved from (
                    select node_id, sku_id, from_bin, lot, to_bin, moved as told, 0 as moved from refill_tasks where state in ('done', 'short')
                    union all
                    select node_id, sku_id, from_bin, lot, to_bin, 0, quantity from bin_moves where purpose = 'replenish' and move_id like 'rfl_%') t
                 group by t.node_id, t.sku_id, t.from_bin, t.lot, t.to_bin) g
              join nodes n on n.id = g.node_id join products p on p.id = g.sku_id
             where g.told <> g.moved order by 1, 2, 3 limit {BooksCheck.MostFaults} /* house */
            """, row => $"{row.Text()}: {row.Text()} from {row.Text()} to {row.Text()}: tasks say {row.Sum()} units were brought, moves {row.Sum()}"));
    }, snapshot: true));
}
