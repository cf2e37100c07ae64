using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Inventory;

/// <summary>
/// Keeps goods that have come for the orders that wait for them. Whoever receives holds stock and may lock no order any more, so the units
/// are set aside in the same transaction, where nobody else can buy them, and the orders take them afterwards in their own queue.
/// </summary>
internal static class Earmarks
{
    /// <summary>Sets aside, of what can be promised at these locked rows, as much as orders wait for and is not set aside elsewhere yet.</summary>
    public static async Task ForWaiting(Work work, StockSheet sheet, IReadOnlyList<(long Sku, long Node)> rows, Actor actor, string? reference)
    {
        var batch = work.Batch();
        var waiting = OrderClaims.Queue(batch, [.. rows.Select(r => r.Sku).Distinct()]);
        await batch.Run();
        var wanted = waiting.ToDictionary(w => w.Sku, w => w.Units - sheet.Of(w.Sku).Sum(r => r.Balance.Earmarked));
        foreach (var (sku, node) in rows.Distinct())
        {
            long units = Math.Min(wanted.GetValueOrDefault(sku), sheet.Find(sku, node)!.Balance.Available);
            if (units <= 0) continue;
            sheet.Move(sku, node, new Buckets { Earmarked = units }, new Movement(MovementKind.Earmarked, actor.Id, Reference: reference, Reason: "orders wait for it"));
            wanted[sku] -= units;
        }
    }
}
