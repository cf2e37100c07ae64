using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Picking;

namespace Switchyard.Packing;

/// <summary>Which release is to be packed now: by what was scanned (a tote, the number of an order, a release or a parcel), or those that wait.</summary>
public static class FindTable
{
    private const int Most = 50;

    /// <param name="Units">Picked units that lie in no package.</param>
    /// <param name="Packages">That were packed and not opened again.</param>
    public sealed record Waiting(FulfilmentId Fulfilment, string Number, OrderId Order, string OrderNumber, string Node, string? Method, [property: Words(typeof(FulfilmentOrderState))] string State, bool IsHeld, bool MustStop,
        DateTimeOffset? ShipBy, int Priority, long Units, int Lines, int Packages);
    public sealed record Response(string Object, IReadOnlyList<Waiting> Data);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/packing-tables", async (Db db, Actor actor, [FromQuery] string? scan, [FromQuery] string? node) => (await Handle(db, actor, scan, node)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("packing.find").WithTags("Packing").WithSummary("Find what a tote, an order's or a parcel's number stands for at the packing table; without one, what waits")
            .Produces<Response>().ProducesProblem(400);

    /// <returns>With a scan, what it means, though nothing may be left to pack of it; what has something comes first.</returns>
    /// <remarks>Errors: request.invalid with #scan, #node.</remarks>
    public static async Task<Result<Response>> Handle(Db db, Actor actor, string? scan, string? node)
    {
        var checks = new Checks();
        checks.Text(scan, "#scan", 200);
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Response>>(actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(scan)) return new Response("list", await Views(work, actor, await PackingQueue.Waiting(work, actor, node, Most)));
            string text = scan.Trim();
            var named = await Views(work, actor, await PackingQueue.Named(work, actor, text));
            if (named.Count > 0) return new Response("list", [.. named.OrderBy(w => w.Units == 0).ThenBy(w => w.Number, StringComparer.Ordinal)]);
            // A tote holds what is not packed yet; what was in it last year does not count.
            return new Response("list", [.. (await Views(work, actor, await PickedTotes.Of(work, actor, text))).Where(w => w.Units > 0)]);
        }, snapshot: true);
    }

    private static async Task<List<Waiting>> Views(Work work, Actor actor, IReadOnlyList<FulfilmentId> ids) => [.. (await FulfilmentRoom.ByIds(work, actor, ids)).Select(f => new Waiting(f.Id, f.Number, f.Order,
        f.OrderNumber, f.Node, f.Method, f.State, f.IsHeld, f.MustStop, f.ShipBy, f.Priority, f.Lines.Sum(l => l.Picked), f.Lines.Count, f.Packages.Count(p => p.State != "voided")))];
}
