using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Http;

/// <summary>Is the process alive; can it serve.</summary>
public static class Health
{
    public sealed record Part(string Name, bool IsFine, string? Warning);
    public sealed record Readiness(bool IsReady, string Version, IReadOnlyList<Part> Parts);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => Results.Text("live")).IsOpenToAnyone().WithName("health.live").WithSummary("Say that the process runs").WithTags("Health").Produces<string>(200, "text/plain");
        routes.MapGet("/healthz/ready", async (Db db) =>
        {
            var readiness = await Check(db);
            return Results.Json(readiness, Json.Options, statusCode: readiness.IsReady ? 200 : 503);
        }).IsOpenToAnyone().WithName("health.ready").WithSummary("Say whether it can serve, part by part").WithTags("Health").Produces<Readiness>().Produces<Readiness>(503);
    }

    private static async Task<Readiness> Check(Db db)
    {
        string version = typeof(Health).Assembly.GetName().Version!.ToString(3);
        var database = await Db.Guard<string?>(async () => await db.ReadAll(async work =>
            work.Kind == DatabaseKind.Postgres && await work.Scalar("select count(*) from pg_roles where rolname = @role and (rolsuper or rolbypassrls)", ("role", DatabaseSettings.PlainRole)) > 0
                ? $"Role {DatabaseSettings.PlainRole} passes row security: make it a plain role." : null));
        var part = new Part("database", database.IsOk, database.IsOk ? database.Value : database.Error!.Detail);
        return new Readiness(part.IsFine, version, [part]);
    }
}
