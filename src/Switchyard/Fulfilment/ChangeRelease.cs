using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Fulfilment;

/// <summary>What every change of one release has in common: it is found, its order locked, its version compared, and it is answered as it is afterwards.</summary>
public sealed class ChangeRelease(Db db, TimeProvider clock)
{
    /// <summary>A release under lock, and what surrounds it.</summary>
    internal sealed record Desk(OpenWork Work, OpenOrder Order, OpenRelease Release)
    {
        public DateTimeOffset Now => Work.Now;

        /// <summary>A hold stops forward moves of what it covers: the order, this release, or the named lines.</summary>
        public Error? Held(IEnumerable<int>? lines = null)
        {
            var hold = Order.Holds.FirstOrDefault(h => h.FulfilmentId == Release.Id.Value || h is { FulfilmentId: null, LineNo: null });
            if (hold is null && lines is not null)
            {
                var held = lines.Select(l => Order.Line(l)!).Where(Order.IsHeld).Select(l => (int?)l.LineNo).ToHashSet();
                held.UnionWith(held.Select(l => Order.Line(l!.Value)!.ParentLineNo).Where(l => l is not null).ToList());
                hold = held.Count == 0 ? null : Order.Holds.FirstOrDefault(h => h.FulfilmentId is null && held.Contains(h.LineNo));
            }
            return hold is null ? null : FulfilmentErrors.Held(hold.Kind, hold.Reason);
        }

        /// <summary>Refuses what the table does not list.</summary>
        public Error? Cannot(FulfilmentOrderState to) => Release.May(to) ? null : FulfilmentErrors.CannotMove(Release.State, to);
    }

    internal async Task<IResult> Http(string id, Actor actor, HttpContext http, Func<Desk, Task<Error?>> change, Checks? checks = null, Func<Work, Task<IReadOnlyCollection<OrderId>>>? rivals = null)
    {
        if (checks is { AnyFault: true }) return checks.ToError().ToHttp();
        var expected = ETag.Expected(http);
        if (expected.Error is { } malformed) return malformed.ToHttp();
        if (!FulfilmentId.TryParse(id, null, out var release)) return FulfilmentErrors.NotFound.ToHttp();
        var result = await Handle(release, actor, expected.Value, change, rivals);
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    /// <summary>Runs a change that needs no waiting.</summary>
    internal Task<IResult> Http(string id, Actor actor, HttpContext http, Func<Desk, Error?> change, Checks? checks = null) =>
        Http(id, actor, http, desk => Task.FromResult(change(desk)), checks);

    /// <param name="change">Changes in memory; an error rolls all back. What it did is saved after it.</param>
    /// <param name="rivals">Other orders that the change may touch, read without a lock; they are locked with this one, sorted.</param>
    internal Task<Result<FulfilmentView>> Handle(FulfilmentId id, Actor actor, long? expected, Func<Desk, Task<Error?>> change,
        Func<Work, Task<IReadOnlyCollection<OrderId>>>? rivals = null) => db.Write<FulfilmentView>(actor, async work =>
    {
        var found = await Find(work, actor, id);
        if (found is null) return FulfilmentErrors.NotFound;
        IReadOnlyCollection<OrderId> orders = [found.Value, .. rivals is null ? [] : await rivals(work)];
        var open = await OpenWork.Lock(work, actor, orders, clock.GetUtcNow());
        var release = open.Releases.First(r => r.Id == id);
        if (expected is { } version && release.Version != version) return FulfilmentErrors.Changed(release.Version);
        if (await change(new Desk(open, open.OrderOf(release), release)) is { } error) return error;
        await open.Save();
        return (await FulfilmentReader.Read(work, [(open.Answer?.Id ?? id).Value]))[0];
    });

    /// <summary>The order of a release the actor may see.</summary>
    internal static async Task<OrderId?> Find(Work work, Actor actor, FulfilmentId id)
    {
        var found = await work.Query("select order_id, node_id from fulfilment_orders where id = @id and merchant_id = @merchant",
            row => (Order: new OrderId(row.Uuid()), Node: row.Long()), ("id", id.Value));
        return found.Count == 1 && actor.MaySeeNode(found[0].Node) ? found[0].Order : null;
    }
}

internal static class FulfilmentEndpoints
{
    /// <summary>What the API document says of every change of a release.</summary>
    public static RouteHandlerBuilder IsChange(this RouteHandlerBuilder route, Permission permission, string name, string summary) => route
        .Requires(permission).WithName("fulfilment." + name).WithTags("Fulfilment").WithSummary(summary)
        .Produces<FulfilmentView>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);
}
