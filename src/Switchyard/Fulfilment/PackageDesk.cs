using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>A package as whoever labels and follows it needs to know it.</summary>
public sealed record PackedParcel(PackageId Id, int No, PackageState State, OrderId Order, FulfilmentId Fulfilment, long Node, string? Method, DateTimeOffset? DeliverBy, long? WeightGrams,
    long? LengthMm, long? WidthMm, long? HeightMm, string? Tracking, bool IsUnlabelling, IReadOnlyList<(int Line, long Units)> Lines);

/// <summary>A release of which goods were taken off the shelf and lie in no package.</summary>
public sealed record PickedNotPacked(FulfilmentId Fulfilment, string Number, OrderId Order, long Units);

/// <summary>The door for whoever labels packages, gives them to carriers and hears what became of them. Each call takes part in the caller's transaction.</summary>
public static class PackageDesk
{
    /// <summary>The package, when the actor may see its node; nothing is locked.</summary>
    public static async Task<PackedParcel?> Find(Work work, Actor actor, PackageId id)
    {
        var found = await work.Find(
            """
            select p.id, p.package_no, p.state, p.order_id, p.fulfilment_id, f.node_id, f.method, f.deliver_by_ms, p.weight_grams, p.length_mm, p.width_mm, p.height_mm, p.tracking, p.is_unlabelling
              from packages p join fulfilment_orders f on f.id = p.fulfilment_id where p.id = @id and p.merchant_id = @merchant
            """, row => new PackedParcel(new PackageId(row.Uuid()), row.Int(), PackageStates.Parse(row.Text()), new OrderId(row.Uuid()), new FulfilmentId(row.Uuid()), row.Long(), row.TextOrNull(),
                row.InstantOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(), row.TextOrNull(), row.Bool(), []), ("id", id.Value));
        if (found is null || !actor.MaySeeNode(found.Node)) return null;
        return found with
        {
            Lines = await work.Query("select line_no, quantity from package_lines where package_id = @id and merchant_id = @merchant order by line_no", row => (row.Int(), row.Long()), ("id", id.Value)),
        };
    }

    /// <summary>Releases of a node with goods picked and not packed: queued in the reader's own trip.</summary>
    public static List<PickedNotPacked> PickedNotPacked(Batch batch, long node, int most) => batch.Query(
        """
        select f.id, f.number, f.order_id, sum(l.picked) from fulfilment_orders f join fulfilment_lines l on l.fulfilment_id = f.id
         where f.merchant_id = @merchant and f.node_id = @node and f.state in ('picking', 'picked', 'packed', 'stopAsked') and l.picked > 0
         group by f.id, f.number, f.order_id order by f.number limit @most
        """, row => new PickedNotPacked(new FulfilmentId(row.Uuid()), row.Text(), new OrderId(row.Uuid()), row.Sum()), ("node", node), ("most", (long)most));

    /// <summary>What the customer paid for the goods in a package, minor units of the order's currency, rounded down.</summary>
    public static Task<long> Worth(Work work, PackageId id) => work.Scalar(
        """
        select sum(c.quantity * l.total_minor / l.quantity) from packages p join package_lines c on c.package_id = p.id join order_lines l on l.order_id = p.order_id and l.line_no = c.line_no
         where p.id = @id and p.merchant_id = @merchant and l.quantity > 0
        """, ("id", id.Value));

    /// <summary>Locks its order.</summary>
    /// <returns>False: it has left.</returns>
    public static Task<bool> IsHere(Work work, Actor actor, PackedParcel parcel, DateTimeOffset now) =>
        Change(work, actor, parcel, now, (_, _, package) => Task.FromResult(package.State is PackageState.Labelled or PackageState.Voided));

    /// <summary>Its label is being taken back: until <see cref="Label"/> says how that ended it leaves under no label of ours.</summary>
    public static Task<bool> Unlabel(Work work, Actor actor, PackedParcel parcel, DateTimeOffset now) => Change(work, actor, parcel, now, (_, release, package) =>
    {
        if (package.State != PackageState.Labelled) return Task.FromResult(false);
        (package.IsUnlabelling, package.Tracking) = (true, null);
        release.Touch();
        return Task.FromResult(true);
    });

    /// <summary>A carrier has made a label for it, or (no tracking) taken it back.</summary>
    /// <param name="isFollowed">The carrier tells where its parcels are.</param>
    /// <returns>False: the package was opened or has left meanwhile, and the label is for nothing.</returns>
    public static Task<bool> Label(Work work, Actor actor, PackedParcel parcel, string carrier, string? service, string? tracking, bool isFollowed, DateTimeOffset now) => Change(work, actor, parcel, now, (open, release, package) =>
    {
        if (package.State != PackageState.Labelled) return Task.FromResult(false);
        (package.Carrier, package.Service, package.Tracking) = (carrier, service, tracking);
        (package.IsUnlabelling, package.IsUntracked) = (false, tracking is not null && !isFollowed);
        release.Touch();
        open.Tell(release, tracking is null ? "PackageUnlabelled" : "PackageLabelled", null, new { package = package.No, carrier, service });
        return Task.FromResult(true);
    });

    /// <summary>It leaves with the carrier. One that has left already is fine.</summary>
    /// <returns>False: it cannot leave as things are; it was opened, is held or to be stopped.</returns>
    public static Task<bool> Leave(Work work, Actor actor, PackedParcel parcel, string? carrier, string? service, DateTimeOffset now) => Change(work, actor, parcel, now, async (open, release, package) =>
    {
        if (package.State != PackageState.Labelled) return package.State != PackageState.Voided;
        var desk = new ChangeRelease.Desk(open, open.OrderOf(release), release);
        return await Ship(desk, package, carrier, service) is null;
    });

    /// <summary>
    /// A carrier told where it is. What it told cannot be refused: a parcel that it scanned before we handed it over has left, also one that was held or to be stopped, and only
    /// an end stays an end.
    /// </summary>
    /// <returns>False: nothing was changed by it: it has ended, or it was opened.</returns>
    public static Task<bool> Track(Work work, Actor actor, PackedParcel parcel, PackageState to, DateTimeOffset at, string? reason, DateTimeOffset now) => Change(work, actor, parcel, now, async (open, release, package) =>
    {
        if (package.State == PackageState.Labelled && await Ship(new ChangeRelease.Desk(open, open.OrderOf(release), release), package, package.Carrier, package.Service) is { } refusal)
            await LeaveAsTold.Package(open, release, package, refusal);
        if (!PackageStates.Allowed.Allows(package.State, to)) return open.HasChanged;
        if (to is PackageState.Delivered or PackageState.Lost or PackageState.ReturnedToSender)
        {
            Arrive.Settle(open, release, [package], to, at, reason);
            return true;
        }
        package.MoveTo(to, at.ToUnixTimeMilliseconds());
        release.Touch();
        open.Tell(release, "PackageTracked", reason, new { package = package.No, state = PackageStates.Name(to), at });
        return true;
    });

    private static Task<Error?> Ship(ChangeRelease.Desk desk, OpenPackage package, string? carrier, string? service) =>
        Fulfilment.HandOver.Ship(desk, new HandOver.Request(carrier, service, null, [new HandOver.PackageBody(package.No, package.Tracking, package.WeightGrams)]));

    private static async Task<bool> Change(Work work, Actor actor, PackedParcel parcel, DateTimeOffset now, Func<OpenWork, OpenRelease, OpenPackage, Task<bool>> change)
    {
        var open = await OpenWork.Lock(work, actor, [parcel.Order], now);
        if (open.Releases.FirstOrDefault(r => r.Id == parcel.Fulfilment) is not { } release || release.Packages.FirstOrDefault(p => p.Id == parcel.Id) is not { } package) return false;
        if (!await change(open, release, package)) return false;
        if (open.HasChanged) await open.Save();
        return true;
    }
}
