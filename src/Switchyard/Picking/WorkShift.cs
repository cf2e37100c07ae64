using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>
/// An operative begins or ends their shift by themselves. Who begins is given walks when waves are released; who ends gives theirs back, also the one they
/// are on: its totes keep their places on the cart, and whoever takes it goes on with what is left.
/// </summary>
public static class WorkShift
{
    public sealed record Request(bool? IsOnShift);

    /// <param name="Zones">Where they pick; everywhere when empty.</param>
    /// <param name="GivenBack">Walks that were theirs and are anybody's now.</param>
    public sealed record Response(string Object, string Node, string Operative, bool IsOnShift, IReadOnlyList<string> Zones, IReadOnlyList<string> Skills, int GivenBack);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/nodes/{code}/shift", async (string code, Request? body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
                (await ForAll(code, body, db, clock, actor, http.Items[typeof(SignedInUser)] as SignedInUser)).ToHttp())
            .Requires(Permission.FulfilmentWork).WithName("picking.shift").WithTags("Picking").WithSummary("Begin or end your own shift at a node")
            .WithDescription("Who works for several merchants of the house begins for one and ends for all.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <summary>Who goes home leaves the walks of every merchant of the house: a cart is given back as a whole. A shift is begun for one merchant.</summary>
    private static async Task<Result<Response>> ForAll(string code, Request? body, Db db, TimeProvider clock, Actor actor, SignedInUser? user)
    {
        var own = await Handle(code, body, db, clock, actor);
        if (!own.IsOk || own.Value.IsOnShift || user is null) return own;
        int given = own.Value.GivenBack;
        foreach (var other in SharedCart.Picks(user).Where(m => m.Actor.Merchant != actor.Merchant))
        {
            bool isThere = await db.Read(other.Actor, async work => await PickableReleases.Node(work, other.Actor, code) is { } node && await work.Scalar(
                """
                select (select count(*) from pick_tours where merchant_id = @merchant and node_id = @node and operative = @me and state in ('open', 'taken'))
                     + (select count(*) from operatives where merchant_id = @merchant and node_id = @node and actor = @me and is_on_shift)
                     + (select count(*) from refill_tasks where merchant_id = @merchant and node_id = @node and operative = @me and state in ('open', 'taken'))
                """, ("node", node.Id), ("me", actor.Id)) > 0);
            if (!isThere) continue;
            var ended = await Handle(code, body, db, clock, other.Actor);
            if (!ended.IsOk) return ended;
            given += ended.Value.GivenBack;
        }
        return own.Value with { GivenBack = given };
    }

    /// <remarks>Errors: nodes.no_such_node, request.invalid with pointer /isOnShift.</remarks>
    public static Task<Result<Response>> Handle(string code, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.That(body?.IsOnShift is not null, "/isOnShift", "field.required", "isOnShift is required.");
        if (checks.AnyFault) return Task.FromResult<Result<Response>>(checks.ToError());
        bool isOnShift = body!.IsOnShift!.Value;
        return db.Write<Response>(actor, async work =>
        {
            if (await PickableReleases.Node(work, actor, code) is not { } node) return PickingErrors.NoSuchNode;
            var now = clock.GetUtcNow();
            int changed = await work.Execute(
                """
                insert into operatives (merchant_id, node_id, actor, name, is_on_shift, updated_at_ms) values (@merchant, @node, @me, @name, @on, @now)
                    on conflict (merchant_id, node_id, actor) do update set is_on_shift = excluded.is_on_shift, updated_at_ms = excluded.updated_at_ms
                 where operatives.is_on_shift <> excluded.is_on_shift
                """, ("node", node.Id), ("me", actor.Id), ("name", actor.Name), ("on", isOnShift), ("now", now.ToUnixTimeMilliseconds()));
            int given = isOnShift ? 0 : await work.Execute(
                """
                update pick_tours set state = 'open', operative = '', taken_at_ms = null
                 where merchant_id = @merchant and node_id = @node and operative = @me and state in ('open', 'taken')
                """, ("node", node.Id), ("me", actor.Id));
            if (!isOnShift)
                await work.Execute("update refill_tasks set state = 'open', operative = '', taken_at_ms = null where merchant_id = @merchant and node_id = @node and operative = @me and state in ('open', 'taken')",
                    ("node", node.Id), ("me", actor.Id));
            if (changed + given > 0) await EventLog.Append(work, actor, now, new Happening("node", node.Code, "NodeOperativesChanged", new { operatives = 1 }));
            var own = (await work.Query("select zones, skills from operatives where merchant_id = @merchant and node_id = @node and actor = @me",
                row => (Zones: WriteOperatives.Words(row.Text()), Skills: WriteOperatives.Words(row.Text())), ("node", node.Id), ("me", actor.Id)))[0];
            return new Response("shift", node.Code, actor.Id, isOnShift, own.Zones, own.Skills, given);
        });
    }
}
