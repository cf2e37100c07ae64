using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>One unit by its serial number.</summary>
public sealed record SerialUnit(long Sku, long Node, string Serial, string Lot, string Reference);

/// <summary>Serial numbers: each is there once a product. It comes by a receipt or is first seen when it is picked, and goes with an order.</summary>
public static class Serials
{
    /// <summary>Units came in. One that went with an order and is back is here again.</summary>
    /// <returns>Those that were here already: nothing is to be written then.</returns>
    public static Task<IReadOnlyList<SerialUnit>> Come(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<SerialUnit> units) => Change(work, actor, now, units, "here");

    /// <summary>Units go with an order.</summary>
    /// <returns>Those that are gone already: nothing is to be written then.</returns>
    public static Task<IReadOnlyList<SerialUnit>> Go(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<SerialUnit> units) => Change(work, actor, now, units, "gone");

    private static async Task<IReadOnlyList<SerialUnit>> Change(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<SerialUnit> units, string to)
    {
        if (units.Count == 0) return [];
        var twice = units.GroupBy(u => (u.Sku, u.Serial)).Where(g => g.Count() > 1).Select(g => g.Last()).ToList();
        if (twice.Count > 0) return twice;
        var ordered = units.OrderBy(u => u.Sku).ThenBy(u => u.Serial, StringComparer.Ordinal).ToList();
        // The row is changed or made only when it is not so yet; whoever is second finds it so.
        var changed = (await work.Query(
            """
            insert into serials (sku_id, serial, merchant_id, lot, node_id, state, reference, changed_by, changed_at_ms)
            select sku_id, serial, @merchant, lot, node_id, @to, reference, @by, @now from @rows r where true order by sku_id, serial
                on conflict (sku_id, serial) do update set state = excluded.state, node_id = excluded.node_id, lot = case when excluded.lot = '' then serials.lot else excluded.lot end,
                   reference = excluded.reference, changed_by = excluded.changed_by, changed_at_ms = excluded.changed_at_ms where serials.state <> excluded.state
            returning sku_id, serial
            """,
            Rows.Of(ordered).Long("sku_id", u => u.Sku).Text("serial", u => u.Serial).Text("lot", u => u.Lot).Long("node_id", u => u.Node).Text("reference", u => u.Reference),
            row => (row.Long(), row.Text()), ("to", to), ("by", actor.Id), ("now", now.ToUnixTimeMilliseconds()))).ToHashSet();
        return [.. ordered.Where(u => !changed.Contains((u.Sku, u.Serial)))];
    }
}
