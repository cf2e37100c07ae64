using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>
/// A customer has carried goods of an order out of a store: a fact, whatever our books say is on the shelf. All of the order that has not left leaves that node
/// and arrives at once. Where a promised unit went, the youngest and least urgent claim that nobody works on yet loses it and is planned anew in the same transaction.
/// </summary>
internal static class CarriedAway
{
    private const string Method = "carry-out";

    /// <param name="at">When it happened. A shelf that was counted since has seen it: its stock stays as it was counted.</param>
    /// <param name="pay">Books the money of the order, which is locked; called before it is closed, and not at all for one that has ended already.</param>
    /// <returns>The order, saved unless it had ended; null when there is none such.</returns>
    public static async Task<OpenOrder?> Take(Work work, Actor actor, OrderId id, NodeSettings node, MerchantSettings settings, DateTimeOffset at, DateTimeOffset now, Func<OpenOrder, Task> pay)
    {
        var everybody = actor with { Nodes = null };
        // Which goods are meant is read before anything is locked, since rivals are found by it; lines are only looked at again under the lock.
        var seen = await OpenOrder.Peek(work, everybody, id, now);
        if (seen is null) return null;
        List<long> skus = [.. seen.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value).Distinct()];
        List<(long Sku, long Node)> rows = [.. skus.Select(s => (s, node.Id))];
        var open = await OpenWork.On(work, everybody, await Replan.LockWithRivals(work, everybody, [id], rows, now), now);
        var order = open.Orders.First(o => o.Id == id);
        if (order.State is not (OrderState.Placed or OrderState.Confirmed)) return order;
        var sheet = await open.LockStock(skus, rows);
        await open.LoadNodes([node.Id]);

        foreach (var begun in open.Of(order).Where(r => r.IsLive && r.Node.Id == node.Id && r.Lines.Any(l => l.InWork > 0)).ToList())
            LeaveAsTold.Everything(open, begun, null, null, null, at);
        var made = Ship(open, order, node, at);
        foreach (var row in rows) Uncount(sheet, row, order, open.Of(order), actor, at);
        await pay(order);
        foreach (var hold in order.Holds.ToList()) order.CloseHold(hold, "The goods were carried away.");
        order.ConfirmIfFree();
        foreach (var release in open.Of(order).Where(r => r.Packages.Any(p => PackageStates.IsUnderWay(p.State))).ToList())
            Arrive.Settle(open, release, [.. release.Packages.Where(p => PackageStates.IsUnderWay(p.State))], PackageState.Delivered, at);
        if (made is not null) await ReleaseLots.Gone(open, made);

        string reason = $"Sold at the till of {node.Name}.";
        var losers = Replan.WorkOffDeficits([.. open.Orders.Where(o => o.Id != id)], sheet, rows, reason);
        Replan.Run(losers, sheet, settings, new ReplanWish(reason, Skus: skus.ToHashSet()));
        foreach (var loser in losers)
        {
            loser.Raise("sold_while_allocated", $"Order {loser.Number} lost goods that were sold at the till of {node.Name}.",
                Saying.Of(Phrase.SoldAtTill, ("number", loser.Number), ("node", node.Name)));
            open.Touch(loser);
        }
        open.Touch(order);
        EndOrder.CloseIfDone(open, order);
        await open.Save();
        return order;
    }

    /// <summary>What nobody was given as work leaves in a release that is made afterwards.</summary>
    private static OpenRelease? Ship(OpenWork open, OpenOrder order, NodeSettings node, DateTimeOffset at)
    {
        var gone = new List<(OpenLine Line, long Units)>();
        foreach (var line in order.Lines.Where(l => l.HoldsStock && l.SkuId is not null))
        {
            long before = line[LineBucket.Shipped];
            if (line.ClaimAt(node.Id).Idle is > 0 and var idle) order.Ship(line, LineBucket.Allocated, node.Id, idle, open.Sheet!, at, order.Number);
            foreach (long other in line.Claims.Keys.Where(n => n != node.Id).ToList())
                if (line.ClaimAt(other).Idle is > 0 and var elsewhere)
                    order.GiveUp(line, LineBucket.Allocated, LineBucket.Unallocated, other, elsewhere, open.Sheet!, "The goods left from elsewhere.");
            foreach (var bucket in (ReadOnlySpan<LineBucket>)[LineBucket.Unallocated, LineBucket.Backordered, LineBucket.Preordered])
                if (line[bucket] is > 0 and var units) order.Ship(line, bucket, node.Id, units, open.Sheet!, at, order.Number);
            if (line[LineBucket.Shipped] > before) gone.Add((line, line[LineBucket.Shipped] - before));
        }
        if (gone.Count == 0) return null;
        var release = open.New(order, open.Node(node.Id), Method);
        foreach (var (line, units) in gone)
        {
            long[] counts = new long[7];
            counts[(int)ReleaseUnits.Shipped] = units;
            release.Add(new ReleaseLine(line.LineNo, line.SkuId!.Value, line.Sku, counts));
        }
        release.Add(new OpenPackage
        {
            Id = PackageId.New(open.Now), No = 1, Contents = [.. gone.Select(g => (g.Line.LineNo, g.Units))], CreatedAtMs = open.NowMs,
            Shipment = open.Depart(release, null, null, isPickup: true, at),
        }.Loaded(PackageState.Manifested, at.ToUnixTimeMilliseconds()));
        release.Told(FulfilmentOrderState.HandedOver);
        open.Tell(release, "FulfilmentCollected");
        return release;
    }

    // Told late: whoever counted the shelf after the sale counted it without these units already.
    private static void Uncount(Inventory.StockSheet sheet, (long Sku, long Node) row, OpenOrder order, IEnumerable<OpenRelease> releases, Actor actor, DateTimeOffset at)
    {
        if (sheet.Find(row.Sku, row.Node) is not { CountedAtMs: { } counted } || counted <= at.ToUnixTimeMilliseconds()) return;
        long units = releases.Where(r => r.Node.Id == row.Node && r.IsChanged).SelectMany(r => r.Lines).Where(l => l.SkuId == row.Sku).Sum(l => l[ReleaseUnits.Shipped]);
        if (units > 0) sheet.Move(row.Sku, row.Node, new Inventory.Buckets { OnHand = units },
            new Inventory.Movement(Inventory.MovementKind.Adjusted, actor.Id, order.Id.Value, order.Number, "It was counted after the sale."));
    }
}
