using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>
/// Gives a walk to somebody else, or to whoever comes first. A walk that somebody is on goes on where they stopped: what is picked stays picked, and a
/// device that goes on with it all the same is told that it was given away.
/// </summary>
public static class GiveTour
{
    /// <param name="Operative">One of the node's operatives, as the log names them; null: anybody's.</param>
    public sealed record Request(string? Operative);

    /// <param name="Operative">Whose it is now; null while it is anybody's.</param>
    public sealed record Response(string Object, PickTourId Id, WaveId Wave, [property: Words("planned", "open", "taken", "done", "cancelled")] string State, string? Operative);

    private sealed record Tour(WaveId Wave, long Node, int No, string State, string Operative);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/pick-tours/{id}/give", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("picking.giveTour").WithTags("Picking").WithSummary("Give a walk to another operative")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: picking.no_such_tour, picking.tour_over, request.invalid with pointer /operative.</remarks>
    public static async Task<Result<Response>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Operative, "/operative", 100);
        if (checks.AnyFault) return checks.ToError();
        if (!PickTourId.TryParse(id, null, out var tour)) return PickingErrors.NoSuchTour;
        return await db.Write<Response>(actor, async work =>
        {
            var now = clock.GetUtcNow();
            // A tour is taken by one statement as well: whoever has the row first is seen by the other.
            var found = await work.Find("select wave_id, node_id, tour_no, state, operative from pick_tours where id = @id and merchant_id = @merchant for update",
                row => new Tour(new WaveId(row.Uuid()), row.Long(), row.Int(), row.Text(), row.Text()), ("id", tour.Value));
            if (found is null || !actor.MaySeeNode(found.Node)) return PickingErrors.NoSuchTour;
            string wanted = body.Operative ?? "";
            if (found.State is not ("open" or "taken")) return PickingErrors.TourOver(found.State);
            if (wanted.Length > 0 && await work.Scalar("select count(*) from operatives where merchant_id = @merchant and node_id = @node and actor = @who", ("node", found.Node), ("who", wanted)) == 0)
                return Error.Invalid([new FieldError("/operative", "picking.no_such_operative", "Nobody of that name picks at this node.")]);
            if (found.Operative == wanted) return new Response("pickTour", tour, found.Wave, found.State, body.Operative);
            await work.Execute("update pick_tours set state = 'open', operative = @who, taken_at_ms = null where id = @id and merchant_id = @merchant", ("who", wanted), ("id", tour.Value));
            await EventLog.Append(work, actor, now, new Happening("wave", found.Wave.ToString(), "PickTourGiven", new { tour = found.No, from = Named(found.Operative), to = Named(wanted) }));
            return new Response("pickTour", tour, found.Wave, "open", body.Operative);
        });
    }

    private static string? Named(string operative) => operative.Length == 0 ? null : operative;
}
