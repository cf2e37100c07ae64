using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>Says who counts.</summary>
public static class AssignCounts
{
    public const int MostItems = 500;

    /// <param name="Assignee">By user name; null: whoever comes first.</param>
    public sealed record Request(IReadOnlyList<long>? Counts, string? Assignee);
    public sealed record Response(string Object, int Assigned);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/counts/assign", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp())
            .Requires(Permission.InventoryWrite).WithName("counts.assign").WithTags("Inventory").WithSummary("Say who counts").Produces<Response>().ProducesProblem(400);

    /// <remarks>Errors: request.invalid with pointers /counts, /assignee. Counts that are done, or not the caller's to see, are left out.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Range(body.Counts?.Count ?? 0, 1, MostItems, "/counts");
        checks.Text(body.Assignee, "/assignee", 100);
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            (string, object?)[] which = [("ids", body.Counts!.Distinct().ToArray()), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? [])];
            const string Where = "where merchant_id = @merchant and id = any(@ids) and state = 'open' and (@all or node_id = any(@nodes))";
            int assigned = body.Assignee is { Length: > 0 } who
                ? await work.Execute($"update count_tasks set assignee = @who {Where}", [.. which, ("who", who)])
                : await work.Execute($"update count_tasks set assignee = null {Where}", which);
            if (assigned > 0) await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("counts", Text.Invariant(body.Counts![0]), "CountsAssigned", new { counts = assigned, body.Assignee }));
            return new Response("countAssignment", assigned);
        });
    }
}
