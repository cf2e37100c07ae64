using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>Plans what a task lacks anew: the rest of one whose lot or bin is not to be picked from any more: it goes to the best other place, and what one place lacks becomes a stop at the end of the walk.</summary>
internal static class PickElsewhere
{
    /// <summary>What goes in place of what a task did not find is picked next, where it lies.</summary>
    public static async Task Next(Work work, PickDesk.Stop task, PickedInstead instead, DateTimeOffset now)
    {
        var release = new PickableRelease(task.Release, "", 0, 0, false, [new PickableLine(instead.Line, instead.SkuId, instead.Sku, instead.Units)]);
        var places = PickPlan.Places(release, await PickableReleases.House(work, task.Node, [release], now));
        // The same place of the walk: ids grow with time, so they come after the stop itself and before the next.
        await work.Execute(
            """
            insert into pick_tasks (id, merchant_id, tour_id, wave_id, node_id, stop_no, fulfilment_id, line_no, sku_id, sku, bin, zone, lot, tote_no, quantity, state)
            select r.id, @merchant, t.tour_id, t.wave_id, t.node_id, t.stop_no, t.fulfilment_id, @line, @skuId, @sku, r.bin, r.zone, r.lot, t.tote_no, r.quantity, 'open'
              from @rows r join pick_tasks t on t.id = @task and t.merchant_id = @merchant
            """,
            Rows.Of(places.Select(p => (Id: PickTaskId.New(now), Place: p)).ToList()).Uuid("id", m => m.Id.Value).Text("bin", m => m.Place.Bin?.Code ?? "").Text("zone", m => m.Place.Bin?.Zone ?? "")
                .Text("lot", m => m.Place.Lot).Long("quantity", m => m.Place.Units), ("task", task.Id), ("line", instead.Line), ("skuId", instead.SkuId), ("sku", instead.Sku));
    }

    /// <param name="task">Its tour is locked, and it is open.</param>
    public static async Task Handle(Work work, PickDesk.Stop task, DateTimeOffset now)
    {
        if (task.Left <= 0) return;
        var sku = (await work.Query("select sku_id from pick_tasks where id = @id and merchant_id = @merchant", row => row.Long(), ("id", task.Id)))[0];
        var release = new PickableRelease(task.Release, "", 0, 0, false, [new PickableLine(task.Line, sku, task.Sku, task.Left)]);
        await Place(work, task, PickPlan.Places(release, await PickableReleases.House(work, task.Node, [release], now)), now);
    }

    /// <summary>What is left of the task is taken from these places; what was picked of it stays.</summary>
    public static async Task Place(Work work, PickDesk.Stop task, IReadOnlyList<PlannedTask> places, DateTimeOffset now)
    {
        await work.Execute("update pick_tasks set bin = @bin, zone = @zone, lot = @lot, quantity = picked + @units where id = @id and merchant_id = @merchant",
            ("bin", places[0].Bin?.Code ?? ""), ("zone", places[0].Bin?.Zone ?? ""), ("lot", places[0].Lot), ("units", places[0].Units), ("id", task.Id));
        var more = places.Skip(1).Select((p, i) => (Id: PickTaskId.New(now), No: i + 1, Place: p)).ToList();
        if (more.Count == 0) return;
        await work.Execute(
            """
            insert into pick_tasks (id, merchant_id, tour_id, wave_id, node_id, stop_no, fulfilment_id, line_no, sku_id, sku, bin, zone, lot, tote_no, quantity, state)
            select r.id, @merchant, t.tour_id, t.wave_id, t.node_id, r.no + (select max(o.stop_no) from pick_tasks o where o.tour_id = t.tour_id and o.merchant_id = @merchant), t.fulfilment_id,
                   t.line_no, t.sku_id, t.sku, r.bin, r.zone, r.lot, t.tote_no, r.quantity, 'open' from @rows r join pick_tasks t on t.id = @task and t.merchant_id = @merchant
            """,
            Rows.Of(more).Uuid("id", m => m.Id.Value).Int("no", m => m.No).Text("bin", m => m.Place.Bin?.Code ?? "").Text("zone", m => m.Place.Bin?.Zone ?? "").Text("lot", m => m.Place.Lot)
                .Long("quantity", m => m.Place.Units), ("task", task.Id));
    }
}
