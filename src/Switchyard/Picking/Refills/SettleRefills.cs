using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// Brings the tasks that fill faces in step with what the faces need: makes those that are lacking, changes open ones, and lets go of what is needed no more. Whoever has taken one
/// keeps it. Faces are locked in the order of their SKUs, after stock and before tasks, so that nobody makes a task twice.
/// </summary>
internal static class SettleRefills
{
    /// <param name="skus">Only faces of these SKUs; all that need something, when null.</param>
    /// <param name="topUps">SKUs to be filled though they are not below their minimum.</param>
    /// <returns>The plans as they were carried out, those of faces that need nothing more too.</returns>
    public static async Task<IReadOnlyList<FacePlan>> Run(Work work, Actor actor, long node, IReadOnlyList<long>? skus, DateTimeOffset now, IReadOnlySet<long>? topUps = null)
    {
        var wanted = (await FaceRows.Find(work, node, skus, onlyNeeds: topUps is null)).Select(f => f.SkuId).Order().ToArray();
        if (wanted.Length == 0) return [];
        await work.Query("select sku_id from pick_faces where merchant_id = @merchant and node_id = @node and sku_id = any(@skus) order by sku_id for update", row => row.Long(), ("node", node), ("skus", wanted));
        var plans = await FaceRows.Plan(work, node, await FaceRows.Find(work, node, wanted, onlyNeeds: false), now, topUps);
        var (gone, changed, made) = (new List<LiveRefill>(), new List<LiveRefill>(), new List<(RefillId Id, FacePlan Plan, string From, string Lot, long Units, int No)>());
        foreach (var plan in plans)
        {
            var open = plan.Live.Where(l => l.State == "open" && l.To == plan.Face.Bin).ToDictionary(l => (l.From, l.Lot));
            var taken = plan.Live.Where(l => l.State == "taken").Select(l => (l.From, l.Lot)).ToHashSet();
            foreach (var (no, (place, units)) in plan.Parts.Where(p => !taken.Contains((p.Place.Bin, p.Place.Lot))).Index())
                if (!open.Remove((place.Bin, place.Lot), out var task)) made.Add((RefillId.New(now), plan, place.Bin, place.Lot, units, no));
                else if (task with { Quantity = units, Reason = Name(plan.Need.Reason!.Value), IsUrgent = plan.Need.IsUrgent, Cover = plan.Need.Cover, PartNo = no } is var better && better != task) changed.Add(better);
            gone.AddRange(open.Values.Concat(plan.Live.Where(l => l.State == "open" && l.To != plan.Face.Bin)));
        }
        long ms = now.ToUnixTimeMilliseconds();
        await work.Execute("update refill_tasks set state = 'gone', ended_at_ms = @now from @rows r where refill_tasks.id = r.id and refill_tasks.merchant_id = @merchant and refill_tasks.state = 'open'",
            Rows.Of(gone).Uuid("id", t => t.Id.Value), ("now", ms));
        await work.Execute(
            """
            update refill_tasks set quantity = r.quantity, reason = r.reason, is_urgent = r.is_urgent, cover = r.cover, part_no = r.part_no from @rows r
             where refill_tasks.id = r.id and refill_tasks.merchant_id = @merchant and refill_tasks.state = 'open'
            """, Rows.Of(changed).Uuid("id", t => t.Id.Value).Long("quantity", t => t.Quantity).Text("reason", t => t.Reason).Bool("is_urgent", t => t.IsUrgent).Long("cover", t => t.Cover).Int("part_no", t => t.PartNo));
        await work.Execute(
            """
            insert into refill_tasks (id, merchant_id, node_id, sku_id, from_bin, lot, to_bin, zone, quantity, reason, is_urgent, cover, part_no, state, made_by, created_at_ms)
            select r.id, @merchant, @node, r.sku_id, r.from_bin, r.lot, r.to_bin, r.zone, r.quantity, r.reason, r.is_urgent, r.cover, r.part_no, 'open', @by, @now from @rows r where true order by r.sku_id, r.from_bin, r.lot
                on conflict do nothing
            """,
            Rows.Of(made).Uuid("id", m => m.Id.Value).Long("sku_id", m => m.Plan.Face.SkuId).Text("from_bin", m => m.From).Text("lot", m => m.Lot).Text("to_bin", m => m.Plan.Face.Bin)
                .Text("zone", m => m.Plan.Face.Zone).Long("quantity", m => m.Units).Text("reason", m => Name(m.Plan.Need.Reason!.Value)).Bool("is_urgent", m => m.Plan.Need.IsUrgent)
                .Long("cover", m => m.Plan.Need.Cover).Int("part_no", m => m.No), ("node", node), ("by", actor.Id), ("now", ms));
        return plans;
    }

    internal static string Name(RefillReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}
