using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>
/// The work on many orders in one transaction, by the same steps as one by one: how whole days are played again. What cannot go a step stays where it
/// is, and a step that is done again does nothing twice.
/// </summary>
internal static class WorkShift
{
    /// <summary>Gives out what may be worked on; what waits for goods or for a person stays.</summary>
    public static Task<Result<Done>> Release(Db db, Actor actor, IReadOnlyCollection<OrderId> orders, DateTimeOffset now) => db.Write<Done>(actor, async work =>
    {
        var open = await OpenWork.Lock(work, actor, orders, now);
        var made = new List<OpenRelease>();
        foreach (var order in open.Orders)
        {
            if (order.State != OrderState.Confirmed || order.Holds.Any(h => h is { LineNo: null, FulfilmentId: null })) continue;
            var parts = GiveOut.Free(order).Where(p => actor.MaySeeNode(p.Node)).ToList();
            // Offered together below: a node's day has so many places, whatever the order they are counted in.
            if (parts.Count > 0) made.AddRange(await GiveOut.Make(open, order, parts, ReleaseOrder.Later(null, order.ReleaseAtMs), isHeld: true));
        }
        await GiveOut.Advance(open, made);
        await open.Save();
        return new Done();
    });

    /// <summary>Picks, packs and sends all that was given out and accepted.</summary>
    /// <param name="parcel">By whom a parcel of this order goes.</param>
    public static Task<Result<Done>> Send(Db db, Actor actor, IReadOnlyCollection<OrderId> orders, Func<OrderId, HandOver.Request> parcel, DateTimeOffset now) =>
        Each(db, actor, orders, now, async desk => PickRelease.Start(desk) ?? PickRelease.Pick(desk, null) ?? PackRelease.Pack(desk, [PackRelease.Everything]) ??
            await HandOver.Ship(desk, parcel(desk.Release.Order)), movesStock: true);

    /// <summary>All that is under way has arrived.</summary>
    public static Task<Result<Done>> Deliver(Db db, Actor actor, IReadOnlyCollection<OrderId> orders, DateTimeOffset now) =>
        Each(db, actor, orders, now, desk => Task.FromResult(Arrive.Handle(desk, null, FulfilmentOrderState.Delivered, PackageState.Delivered)));

    private static Task<Result<Done>> Each(Db db, Actor actor, IReadOnlyCollection<OrderId> orders, DateTimeOffset now, Func<ChangeRelease.Desk, Task<Error?>> step, bool movesStock = false) =>
        db.Write<Done>(actor, async work =>
        {
            var open = await OpenWork.Lock(work, actor, orders, now);
            if (movesStock) await open.LockStock();
            foreach (var release in open.Releases.Where(r => actor.MaySeeNode(r.Node.Id)).ToList()) _ = await step(new ChangeRelease.Desk(open, open.OrderOf(release), release));
            await open.Save();
            return new Done();
        });
}
