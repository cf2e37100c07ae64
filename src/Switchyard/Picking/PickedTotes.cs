using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>The door for the packing table: whose goods lie in a tote.</summary>
public static class PickedTotes
{
    private const int Most = 200;

    /// <summary>Releases of which something was put into a tote with this code, on the last tours it was used on. A tote is used again and again, so the caller asks which still have something to pack.</summary>
    public static async Task<IReadOnlyList<FulfilmentId>> Of(Work work, Actor actor, string code) => [.. (await work.Query(
        $"""
        select t.fulfilment_id from pick_totes c join pick_tasks t on t.tour_id = c.tour_id and t.tote_no = c.tote_no
         where c.merchant_id = @merchant and c.code = @code and t.picked > 0{(actor.Nodes is null ? "" : " and t.node_id = any(@nodes)")}
         group by t.fulfilment_id, c.tour_id order by c.tour_id desc, t.fulfilment_id limit @most
        """, row => new FulfilmentId(row.Uuid()), ("code", Text.Key(code)), ("nodes", actor.NodeFilter ?? []), ("most", (long)Most))).Distinct()];
}
