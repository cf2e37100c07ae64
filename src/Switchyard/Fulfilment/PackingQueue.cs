using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>A lot or serial number that was noted when units of a line were picked, and the units that have not left.</summary>
public sealed record NotedUnits(int Line, string Lot, string Serial, long Units);

/// <summary>The door for the packing table: which releases have goods to pack, and what is known of their units.</summary>
public static class PackingQueue
{
    private const int MostFound = 20;

    /// <summary>Releases with picked units in no package, those that must leave first at the front.</summary>
    /// <param name="node">The code of a node the actor may see; all of theirs when null.</param>
    public static async Task<IReadOnlyList<FulfilmentId>> Waiting(Work work, Actor actor, string? node, int most)
    {
        long? at = node is null ? null : await ReadQueue.NodeOf(work, actor, node);
        if (node is not null && at is null) return [];
        return await work.Query(
            $"""
            select f.id from fulfilment_orders f
             where f.merchant_id = @merchant and f.state in ('picking', 'picked', 'packed'){(at is null ? "" : " and f.node_id = @node")}{(actor.Nodes is null ? "" : " and f.node_id = any(@nodes)")}
               and exists (select 1 from fulfilment_lines l where l.fulfilment_id = f.id and l.merchant_id = @merchant and l.picked > 0)
             order by -f.priority, case when f.ship_by_ms is null then 1 else 0 end, f.ship_by_ms, f.number limit @most
            """, row => new FulfilmentId(row.Uuid()), ("node", at ?? 0), ("nodes", actor.NodeFilter ?? []), ("most", (long)most));
    }

    /// <summary>Releases by what stands on paper: their own number, the order's number or id, or a parcel's tracking number.</summary>
    public static async Task<IReadOnlyList<FulfilmentId>> Named(Work work, Actor actor, string text)
    {
        if (FulfilmentId.TryParse(text, null, out var id)) return await FulfilmentRoom.Find(work, actor, id) is null ? [] : [id];
        OrderId.TryParse(text, null, out var order);
        // A release is numbered by its order, 10482-F1: it is looked for there.
        string of = text.LastIndexOf("-F", StringComparison.OrdinalIgnoreCase) is > 0 and var end ? text[..end] : "";
        var found = await work.Query(
            """
            select f.id, f.node_id from orders o join fulfilment_orders f on f.order_id = o.id where o.merchant_id = @merchant and (o.id = @order or o.number = @text)
            union select f.id, f.node_id from orders o join fulfilment_orders f on f.order_id = o.id where o.merchant_id = @merchant and o.number = @of and f.number = @text
            union select f.id, f.node_id from packages p join fulfilment_orders f on f.id = p.fulfilment_id where p.merchant_id = @merchant and p.tracking = @text
             limit @most
            """, row => (Id: new FulfilmentId(row.Uuid()), Node: row.Long()), ("order", order.Value), ("text", text), ("of", of), ("most", (long)MostFound));
        return [.. found.Where(f => actor.MaySeeNode(f.Node)).Select(f => f.Id)];
    }

    /// <summary>Lots and serial numbers of what was picked and has not left.</summary>
    public static async Task<IReadOnlyList<NotedUnits>> Noted(Work work, FulfilmentId id) => await work.Query(
        """
        select line_no, lot, serial, sum(quantity - shipped) from fulfilment_lots where merchant_id = @merchant and fulfilment_id = @id and quantity > shipped and (lot <> '' or serial <> '')
         group by line_no, lot, serial order by line_no, lot, serial
        """, row => new NotedUnits(row.Int(), row.Text(), row.Text(), row.Sum()), ("id", id.Value));
}
