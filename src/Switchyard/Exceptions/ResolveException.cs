using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Exceptions;

/// <summary>Closes a trouble that a person has dealt with, or says who deals with it.</summary>
public static class ResolveException
{
    /// <param name="Resolution">What was done.</param>
    public sealed record Request(string Resolution);

    /// <param name="Owner">Who deals with it: a user's name; null for nobody.</param>
    public sealed record Assignment(string? Owner);

    private static readonly Error NotFound = Error.NotFound("exceptions.not_found", "There is no such open exception.");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/exceptions/{id:long}/resolve", async (long id, Request body, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("exceptions.resolve").WithTags("Exceptions").WithSummary("Close an exception that is dealt with")
            .Produces<ListExceptions.View>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/exceptions/{id:long}/assign", async (long id, Assignment body, Db db, Actor actor) => (await Assign(id, body, db, actor)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("exceptions.assign").WithTags("Exceptions").WithSummary("Say who deals with an exception")
            .Produces<ListExceptions.View>().ProducesProblem(400).ProducesProblem(404);
    }

    /// <remarks>Errors: exceptions.not_found.</remarks>
    public static Task<Result<ListExceptions.View>> Handle(long id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Resolution, "/resolution", 500, required: true);
        if (checks.AnyFault) return Task.FromResult<Result<ListExceptions.View>>(checks.ToError());
        var now = clock.GetUtcNow();
        return db.Write<ListExceptions.View>(actor, async work =>
        {
            if (await work.Execute($"update exceptions set state = 'resolved', resolved_at_ms = @now, resolved_by = @by, resolution = @resolution {Open(actor)}",
                    ("id", id), ("now", now.ToUnixTimeMilliseconds()), ("by", actor.Id), ("resolution", body.Resolution), ("nodes", actor.NodeFilter ?? [])) == 0) return NotFound;
            await EventLog.Append(work, actor, now, new Happening("exception", Text.Invariant(id), "ExceptionResolved", new { id }));
            return await Find(work, id);
        });
    }

    /// <remarks>Errors: exceptions.not_found.</remarks>
    public static Task<Result<ListExceptions.View>> Assign(long id, Assignment body, Db db, Actor actor)
    {
        var checks = new Checks();
        checks.Text(body.Owner, "/owner", 200);
        if (checks.AnyFault) return Task.FromResult<Result<ListExceptions.View>>(checks.ToError());
        return db.Write<ListExceptions.View>(actor, async work =>
            await work.Execute($"update exceptions set owner = @owner::text {Open(actor)}", ("id", id), ("owner", body.Owner), ("nodes", actor.NodeFilter ?? [])) == 0
                ? NotFound : await Find(work, id));
    }

    private static string Open(Actor actor) =>
        "where id = @id and merchant_id = @merchant and state = 'open'" + (actor.Nodes is null ? "" : " and node_id = any(@nodes)");

    private static async Task<ListExceptions.View> Find(Work work, long id) =>
        (await work.Query($"{ListExceptions.Select} where e.id = @id and e.merchant_id = @merchant", ListExceptions.Read, ("id", id))).Single();
}
