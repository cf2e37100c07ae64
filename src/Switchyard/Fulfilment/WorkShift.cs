using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// A day's work on many orders in one transaction, by the same steps as one by one: how days are played again. What cannot go a step stays where it is, and
/// a day that is done again does nothing twice.
/// </summary>
internal static class WorkShift
{
    /// <param name="underWay">All of these that has left has arrived.</param>
    /// <param name="wave">Of these all is given out, picked, packed and sent that may be; what waits for goods or for a person stays.</param>
    /// <param name="arrivedAt">When the carriers brought it; it is told now.</param>
    /// <param name="parcel">By whom a parcel of an order goes.</param>
    public static Task<Result<Done>> Handle(Db db, Actor actor, IReadOnlyCollection<OrderId> underWay, IReadOnlyCollection<OrderId> wave, DateTimeOffset arrivedAt,
        Func<OrderId, HandOver.Request> parcel, DateTimeOffset now) => db.Write<Done>(actor, async work =>
    {
        var open = await OpenWork.Lock(work, actor, [.. underWay, .. wave], now);
        var (left, fresh) = (underWay.ToHashSet(), wave.ToHashSet());
        var leaving = open.Orders.Where(o => fresh.Contains(o.Id)).ToList();
        await open.LockStock(leaving.SelectMany(o => o.Lines).Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value));
        foreach (var release in Mine(open, actor, left))
            Arrive.Handle(new ChangeRelease.Desk(open, open.OrderOf(release), release), new Arrive.Request(null, arrivedAt, null), FulfilmentOrderState.Delivered, PackageState.Delivered);
        await Release(open, actor, leaving);
        foreach (var release in Mine(open, actor, fresh)) await Send(new ChangeRelease.Desk(open, open.OrderOf(release), release), parcel(release.Order));
        await open.Save();
        return new Done();
    });

    private static List<OpenRelease> Mine(OpenWork open, Actor actor, HashSet<OrderId> orders) => [.. open.Releases.Where(r => orders.Contains(r.Order) && actor.MaySeeNode(r.Node.Id))];

    private static async Task Release(OpenWork open, Actor actor, IReadOnlyList<OpenOrder> orders)
    {
        var made = new List<OpenRelease>();
        foreach (var order in orders)
        {
            if (order.State != OrderState.Confirmed || order.Holds.Any(h => h is { LineNo: null, FulfilmentId: null })) continue;
            var parts = GiveOut.Free(order).Where(p => actor.MaySeeNode(p.Node)).ToList();
            // Offered together below: a node's day has so many places, whatever the order they are counted in.
            if (parts.Count > 0) made.AddRange(await GiveOut.Make(open, order, parts, ReleaseOrder.Later(null, order.ReleaseAtMs), isHeld: true));
        }
        await GiveOut.Advance(open, made);
    }

    private static async Task<Error?> Send(ChangeRelease.Desk desk, HandOver.Request parcel) =>
        PickRelease.Start(desk) ?? PickRelease.Pick(desk, null) ?? PackRelease.Pack(desk, [PackRelease.Everything]) ?? await HandOver.Ship(desk, parcel);
}
