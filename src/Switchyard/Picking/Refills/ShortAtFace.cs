using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// A picker finds too few units of a SKU that has a pick face here, and other bins of the node have the rest: the order stays, its picker is led to them, and the face is filled with urgency.
/// A count is asked for in any case.
/// </summary>
internal static class ShortAtFace
{
    private sealed record Here(long SkuId, string NodeCode, string Face, bool IsLive);

    /// <param name="task">Its tour is locked.</param>
    /// <param name="found">Units that were there; they are picked.</param>
    /// <returns>False: not for here, nothing was done. An error is the world's.</returns>
    public static async Task<(bool IsDone, Error? Error)> Handle(Work work, Actor actor, PickDesk.Stop task, long found, DateTimeOffset now)
    {
        if (task.Bin.Length == 0 || found >= task.Left || await Look(work, task) is not { IsLive: true } here) return (false, null);
        long rest = task.Left - found;
        var release = new PickableRelease(task.Release, "", 0, 0, false, [new PickableLine(task.Line, here.SkuId, task.Sku, rest)]);
        var house = await PickableReleases.House(work, task.Node, [release], now);
        var places = PickPlan.Places(release, house with { Bins = [.. house.Bins.Where(b => Text.Key(b.Bin.Code) != Text.Key(task.Bin))] });
        if (places.Any(p => p.Bin is null)) return (false, null);

        if (found > 0 && await PickWork.Pick(work, actor, task.Release, new PickedUnit(task.Line, found, task.Bin, task.Lot), now) is { } refused) return (true, refused);
        await MissingInBin.Note(work, actor, task.Node, here.NodeCode, here.SkuId, task.Sku, task.Bin, task.Lot.Length == 0 ? null : task.Lot, 0, "Fewer units were in the bin than asked for.", now);
        await work.Execute("update pick_tasks set picked = picked + @found where id = @id and merchant_id = @merchant", ("found", found), ("id", task.Id));
        await PickElsewhere.Place(work, task, places, now);
        if (here.Face == task.Bin)
            await work.Execute("update pick_faces set short_at_ms = @now where merchant_id = @merchant and node_id = @node and sku_id = @sku", ("node", task.Node), ("sku", here.SkuId), ("now", now.ToUnixTimeMilliseconds()));
        await SettleRefills.Run(work, actor, task.Node, [here.SkuId], now);
        return (true, null);
    }

    private static Task<Here?> Look(Work work, PickDesk.Stop task) => work.Find(
        $"""
        select t.sku_id, n.code, x.code, {WaveRows.IsLive} from pick_tasks t join nodes n on n.id = t.node_id
          join pick_faces f on f.node_id = t.node_id and f.sku_id = t.sku_id join bins x on x.id = f.bin_id where t.id = @id and t.merchant_id = @merchant
        """, row => new Here(row.Long(), row.Text(), row.Text(), row.Bool()), ("id", task.Id));
}
