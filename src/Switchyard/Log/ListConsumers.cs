using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Log;

/// <summary>Where each consumer of the log stands, how far it is behind, and what it could not handle.</summary>
public static class ListConsumers
{
    private const int MostCounted = 10_000;

    /// <param name="Name">The consumer.</param>
    /// <param name="Position">The last entry it has done with.</param>
    /// <param name="LagEvents">Entries behind it; beyond 10,000 an upper bound.</param>
    /// <param name="LagSeconds">Age of the oldest entry behind it.</param>
    /// <param name="Parked">Entries of this merchant that are set aside.</param>
    public sealed record Response(string Name, long Position, long LagEvents, long LagSeconds, long Parked);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/consumers", async (Db db, CommitHorizon horizon, TimeProvider clock, Actor actor) =>
                ((Result<Page<Response>>)await Handle(db, horizon, clock, actor)).ToHttp())
            .Requires(Permission.EventsRead).WithName("consumers.list").WithSummary("List who follows the log, and how far behind").WithTags("Log").Produces<Page<Response>>().ProducesProblem(401).ProducesProblem(403);

    public static async Task<Page<Response>> Handle(Db db, CommitHorizon horizon, TimeProvider clock, Actor actor)
    {
        long reach = await horizon.Read(), now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var parked = (await db.Read(actor, work => work.Query(
            "select consumer, count(*) from parked_events where merchant_id = @merchant group by consumer",
            row => (Name: row.Text(), Count: row.Long())))).ToDictionary(p => p.Name, p => p.Count);
        var found = await db.ReadAll(async work =>
        {
            var all = await work.Query("select name, position from consumers order by name limit 250", row => (Name: row.Text(), Position: row.Long()));
            var batch = work.Batch();
            var lags = all.Select(c => batch.Query(
                $"""
                select count(*), min(at_ms) from
                  (select at_ms from events /* house */ where position > @position and position <= @reach order by position limit {MostCounted}) behind
                """, row => (Count: row.Long(), Oldest: row.LongOrNull()), ("position", c.Position), ("reach", reach))).ToList();
            await batch.Run();
            return all.Select((c, i) => (c.Name, c.Position, lags[i][0].Count, lags[i][0].Oldest)).ToList();
        });
        return new Page<Response>([.. found.Select(c => new Response(c.Name, c.Position,
            c.Count < MostCounted ? c.Count : reach - c.Position,
            c.Oldest is { } oldest ? Math.Max(0, (now - oldest) / 1000) : 0, parked.GetValueOrDefault(c.Name)))], null, false);
    }
}
