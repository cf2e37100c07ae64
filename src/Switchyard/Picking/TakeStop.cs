using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>
/// The next stop of whoever asks: of the walk they are on, or of the next one, which becomes theirs. The most urgent walk first; among those
/// their own before anybody's. One statement takes it, so that no walk is taken twice.
/// </summary>
public static class TakeStop
{
    private const int MostEndedTours = 50;

    /// <param name="Stop">Null: there is nothing to pick here now.</param>
    public sealed record Response(string Object, string Node, StopView? Stop);

    private sealed record Held(Guid Id, Guid Wave);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/next-stop", async (string code, Db db, TimeProvider clock, Actor actor) => (await Handle(code, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.nextStop").WithTags("Picking").WithSummary("Take the next stop of your walk, or the next walk")
            .Produces<Response>().ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node.</remarks>
    public static Task<Result<Response>> Handle(string code, Db db, TimeProvider clock, Actor actor) => db.Write<Response>(actor, async work =>
        await PickableReleases.Node(work, actor, code) is { } node
            ? new Response("nextStop", node.Code, (await Current(work, node.Id, actor, clock.GetUtcNow())).FirstOrDefault(s => s.State == "open"))
            : PickingErrors.NoSuchNode);

    /// <summary>All stops of the walk the actor is on, or of the next one, which becomes theirs; at least one of them can be worked on. Empty: there is nothing to pick here now.</summary>
    /// <param name="takes">False: only the walk they are on.</param>
    /// <param name="room">Only a walk with totes, of at most so many places, that nobody has begun.</param>
    internal static async Task<IReadOnlyList<StopView>> Current(Work work, long node, Actor actor, DateTimeOffset now, bool takes = true, int? room = null)
    {
        for (int ended = 0; ended < MostEndedTours; ended++)
        {
            if (await Walk(work, node, actor) is not { } tour)
            {
                if (!takes || !await Take(work, node, actor, now, room)) return [];
                continue;
            }
            var stops = (await StopRows.Of(work, [tour.Id]))[tour.Id].ToList();
            if (stops.Exists(s => s.State == "open")) return stops;
            await WaveRows.Close(work, tour.Wave, tour.Id, now);
        }
        return [];
    }

    private static Task<Held?> Walk(Work work, long node, Actor actor) => work.Find(
        """
        select id, wave_id from pick_tours where merchant_id = @merchant and node_id = @node and operative = @me and state = 'taken' order by taken_at_ms, id limit 1
        """, row => new Held(row.Uuid(), row.Uuid()), ("node", node), ("me", actor.Id));

    private static async Task<bool> Take(Work work, long node, Actor actor, DateTimeOffset now, int? room)
    {
        var own = await work.Query("select zones, skills from operatives where merchant_id = @merchant and node_id = @node and actor = @me",
            row => (Zones: WriteOperatives.Words(row.Text()), Skills: WriteOperatives.Words(row.Text())), ("node", node), ("me", actor.Id));
        string[] zones = [.. own.SelectMany(o => o.Zones)], skills = [.. own.SelectMany(o => o.Skills)];
        return await work.Execute(
            $"""
            update pick_tours set state = 'taken', operative = @me, taken_at_ms = @now where merchant_id = @merchant and state = 'open' and id = (
                select t.id from pick_tours t where t.merchant_id = @merchant and t.node_id = @node and t.state = 'open' and (t.operative = @me
                   or t.operative = '' and (@everywhere or t.zone = '' or t.zone = any(@zones)) and (t.skill = '' or t.skill = any(@skills)))
                   and (@room < 0 or {FreshWalk.Is} and {FreshWalk.Places} <= @room)
                 order by t.priority desc, case when t.operative = @me then 0 else 1 end, t.ship_by_ms, t.wave_id, t.tour_no limit 1 for update skip locked)
            """, ("node", node), ("me", actor.Id), ("now", now.ToUnixTimeMilliseconds()), ("everywhere", zones.Length == 0), ("zones", zones), ("skills", skills), ("room", room ?? -1)) > 0;
    }
}
