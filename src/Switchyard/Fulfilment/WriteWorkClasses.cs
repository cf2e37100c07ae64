using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Fulfilment;

/// <summary>Shows and sets by which classes of urgency the queue of a node is sorted. It holds for work that is given out from then on.</summary>
public static class WriteWorkClasses
{
    /// <param name="Classes">In the order in which they are looked at, the most urgent first. What fits none is standard, and done last.</param>
    public sealed record Request(IReadOnlyList<WorkClass?>? Classes);

    /// <param name="IsDefault">The merchant has written none of its own.</param>
    public sealed record Response(string Object, IReadOnlyList<WorkClass> Classes, bool IsDefault, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/work-classes", async (Db db, Actor actor, HttpContext http) => ToHttp(await db.Read(actor, Load), http))
            .Requires(Permission.FulfilmentRead).WithName("fulfilment.readWorkClasses").WithTags("Fulfilment").WithSummary("Read by which classes of urgency nodes work").Produces<Response>();
        routes.MapPut("/work-classes", async (Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("fulfilment.writeWorkClasses").WithTags("Fulfilment").WithSummary("Set by which classes of urgency nodes work")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(412);
    }

    /// <remarks>Errors: request.invalid with a pointer to each faulty class, fulfilment.changed.</remarks>
    public static async Task<Result<Response>> Handle(Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var read = WorkClasses.Read(body.Classes);
        if (read.Error is { } error) return error;
        var now = clock.GetUtcNow();
        return await db.Write<Response>(actor, async work =>
        {
            var stored = await Load(work);
            if (expected is { } version && version != stored.Version) return FulfilmentErrors.Changed(stored.Version);
            string json = JsonSerializer.Serialize(body.Classes, Json.Options);
            if (!stored.IsDefault && JsonSerializer.Serialize(stored.Classes, Json.Options) == json) return stored;
            await work.Execute(
                """
                insert into work_classes (merchant_id, classes, updated_at_ms) values (@merchant, @classes, @now)
                    on conflict (merchant_id) do update set classes = excluded.classes, updated_at_ms = excluded.updated_at_ms, version = work_classes.version + 1
                """, ("classes", json), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("settings", "workClasses", "WorkClassesChanged", new { body.Classes }));
            return await Load(work);
        });
    }

    internal static async Task<Response> Load(Work work)
    {
        var found = await work.Query("select classes, version from work_classes where merchant_id = @merchant", row => (Json: row.Text(), Version: row.Long()));
        return found is [var own] ? new Response("workClasses", JsonSerializer.Deserialize<List<WorkClass>>(own.Json, Json.Options)!, false, own.Version)
            : new Response("workClasses", WorkClasses.Default, true, 0);
    }

    private static IResult ToHttp(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
