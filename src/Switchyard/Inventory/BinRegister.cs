using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>Makes bins, and says of those that are there what was said anew; what was not said (null) stays.</summary>
public static class BinRegister
{
    /// <param name="WalkOrder">Bins are walked past in this order.</param>
    /// <param name="IsBulk">Large quantities are picked from it, for business orders first.</param>
    public sealed record Wanted(long Node, string Code, string? Zone, long? WalkOrder, bool? IsBulk);

    public static void Queue(Batch batch, IReadOnlyList<Wanted> bins)
    {
        batch.Execute(
            $"""
            insert into bins (node_id, code, zone, walk_order, is_bulk) select node_id, code, coalesce(zone, ''), coalesce(walk_order, case when code in ('{BinsSql.Unplaced}', '{PickedBins.Missing}') then -1 else 0 end), coalesce(is_bulk, 0) = 1 from @rows r
             where true order by node_id, code on conflict do nothing
            """, Columns());
        batch.Execute(
            $"""
            update bins set zone = coalesce(r.zone, bins.zone), walk_order = coalesce(r.walk_order, bins.walk_order),
                   is_bulk = case when r.is_bulk is null then bins.is_bulk else r.is_bulk = 1 end from @rows r
             where bins.node_id = r.node_id and bins.code = r.code and bins.code not in {PickedBins.NoPlaces} and (bins.zone <> r.zone or bins.walk_order <> r.walk_order or r.is_bulk is not null)
            """, Columns());

        Rows Columns() => Rows.Of(bins).Long("node_id", b => b.Node).Text("code", b => b.Code).Text("zone", b => b.Zone).LongOrNull("walk_order", b => b.WalkOrder)
            .LongOrNull("is_bulk", b => b.IsBulk is { } bulk ? bulk ? 1 : 0 : null);
    }
}
