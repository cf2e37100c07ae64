using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>Lists waves of a node, shows one, and its pick list: the same stops as on the handheld, for paper.</summary>
public static class ReadWaves
{
    /// <param name="Operative">Whose walk it is; null while it is anybody's.</param>
    public sealed record Tour(PickTourId Id, int No, string? Zone, string State, string? Operative, bool HasTotes, int Stops, long? WalkMm, long Seconds, IReadOnlyList<StopView> Tasks);
    public sealed record PickList(string Object, WaveView Wave, IReadOnlyList<Tour> Tours);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/nodes/{code}/waves", async (string code, Db db, Actor actor, [FromQuery] string? state, [FromQuery] string? after, [FromQuery] int? limit) =>
                (await List(code, state, after, limit, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("waves.list").WithTags("Picking").WithSummary("List waves of a node, the newest first")
            .Produces<Page<WaveView>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/waves/{id}", async (string id, Db db, Actor actor) => (await Find(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("waves.read").WithTags("Picking").WithSummary("Read a wave").Produces<WaveView>().ProducesProblem(404);
        routes.MapGet("/waves/{id}/pick-list", async (string id, Db db, Actor actor) => (await Lines(id, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("waves.pickList").WithTags("Picking").WithSummary("Read the pick list of a wave, stop by stop")
            .Produces<PickList>().ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.no_such_node, request.invalid with pointers #state, #limit, #after.</remarks>
    public static async Task<Result<Page<WaveView>>> List(string code, string? state, string? after, int? limit, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, before) = Paging.ReadBefore<WaveId>(checks, limit, after);
        checks.That(state is null or "planned" or "released" or "done" or "cancelled", "#state", "field.unknown_value", "state is planned, released, done or cancelled.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<WaveView>>>(actor, async work => await PickableReleases.Node(work, actor, code) is { } node
            ? Page<WaveView>.Of(await WaveRows.List(work, node.Id, state ?? "", before.Value, most + 1), most, w => w.Id.ToString()) : PickingErrors.NoSuchNode);
    }

    /// <remarks>Errors: picking.wave_not_found.</remarks>
    public static Task<Result<WaveView>> Find(string id, Db db, Actor actor) => db.Read<Result<WaveView>>(actor, async work =>
        await WaveRows.Head(work, actor, id, locks: false) is null ? PickingErrors.WaveNotFound : (await WaveRows.Find(work, WaveId.Parse(id, null)))!);

    /// <remarks>Errors: picking.wave_not_found.</remarks>
    public static Task<Result<PickList>> Lines(string id, Db db, Actor actor) => db.Read<Result<PickList>>(actor, async work =>
    {
        if (await WaveRows.Head(work, actor, id, locks: false) is null) return PickingErrors.WaveNotFound;
        var wave = WaveId.Parse(id, null);
        var tours = await work.Query("select id, tour_no, zone, state, operative, has_totes, stops, walk_mm, seconds from pick_tours where wave_id = @id and merchant_id = @merchant order by tour_no",
            row => new Tour(new PickTourId(row.Uuid()), row.Int(), row.Text() is { Length: > 0 } zone ? zone : null, row.Text(), row.Text() is { Length: > 0 } who ? who : null, row.Bool(), row.Int(), row.LongOrNull(), row.Long(), []),
            ("id", wave.Value));
        var stops = await StopRows.Of(work, [.. tours.Select(t => t.Id.Value)]);
        return new PickList("pickList", (await WaveRows.Find(work, wave))!, [.. tours.Select(t => t with { Tasks = [.. stops[t.Id.Value]] })]);
    }, snapshot: true);
}
