using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Picking;

/// <summary>
/// Releases a wave: its tours may be taken, and are given to the operatives on shift who may walk them, each time to the one with the least to do.
/// Cancels one: what is not picked waits again.
/// </summary>
public static class RunWave
{
    internal sealed record Hand(string Actor, IReadOnlyList<string> Zones, IReadOnlyList<string> Skills, long Load);
    internal sealed record OpenTour(Guid Id, string Zone, string Skill, long Seconds);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/waves/{id}/release", async (string id, Db db, TimeProvider clock, Actor actor) => (await Release(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("waves.release").WithTags("Picking").WithSummary("Give a wave to the pickers")
            .Produces<WaveView>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/waves/{id}/cancel", async (string id, Db db, TimeProvider clock, Actor actor) => (await Cancel(id, db, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("waves.cancel").WithTags("Picking").WithSummary("Take a wave back; what is not picked waits again")
            .Produces<WaveView>().ProducesProblem(404).ProducesProblem(409);
    }

    /// <remarks>Errors: picking.wave_not_found, picking.cannot_move.</remarks>
    public static Task<Result<WaveView>> Release(string id, Db db, TimeProvider clock, Actor actor) => db.Write<WaveView>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (await WaveRows.Head(work, actor, id, locks: true) is not { } head) return PickingErrors.WaveNotFound;
        if (head.State != "planned") return PickingErrors.CannotMove(head.State, "released");
        var wave = WaveId.Parse(id, null);
        await Open(work, actor, wave, head.Node, now);
        return (await WaveRows.Find(work, wave))!;
    });

    /// <summary>A planned wave, locked or made in this transaction, goes to the pickers.</summary>
    internal static async Task Open(Work work, Actor actor, WaveId wave, long node, DateTimeOffset now)
    {
        await work.Execute("update waves set state = 'released', released_at_ms = @now, version = version + 1 where id = @id and merchant_id = @merchant",
            ("id", wave.Value), ("now", now.ToUnixTimeMilliseconds()));
        var tours = await work.Query("select id, zone, skill, seconds from pick_tours where wave_id = @id and merchant_id = @merchant and state = 'planned' order by tour_no",
            row => new OpenTour(row.Uuid(), row.Text(), row.Text(), row.Long()), ("id", wave.Value));
        var given = PickShares.Give(tours, await Hands(work, node));
        await work.Execute("update pick_tours set state = 'open', operative = r.operative from @rows r where pick_tours.id = r.id and pick_tours.merchant_id = @merchant",
            Rows.Of(given).Uuid("id", g => g.Tour).Text("operative", g => g.Operative));
        await WaveRows.Close(work, wave.Value, null, now);
        await EventLog.Append(work, actor, now, new Happening("wave", wave.ToString(), "WaveReleased", new { tours = tours.Count, operatives = given.Select(g => g.Operative).Where(o => o.Length > 0).Distinct().Count() }));
    }

    /// <remarks>Errors: picking.wave_not_found, picking.cannot_move.</remarks>
    public static Task<Result<WaveView>> Cancel(string id, Db db, TimeProvider clock, Actor actor) => db.Write<WaveView>(actor, async work =>
    {
        var now = clock.GetUtcNow();
        if (await WaveRows.Head(work, actor, id, locks: true) is not { } head) return PickingErrors.WaveNotFound;
        if (head.State is not ("planned" or "released")) return PickingErrors.CannotMove(head.State, "cancelled");
        var wave = WaveId.Parse(id, null);
        foreach (string statement in new[]
        {
            "update waves set state = 'cancelled', ended_at_ms = @now, version = version + 1 where id = @id and merchant_id = @merchant",
            "update pick_tours set state = 'cancelled', ended_at_ms = @now where wave_id = @id and merchant_id = @merchant and state <> 'done'",
            "update pick_tasks set state = 'cancelled', ended_at_ms = @now where wave_id = @id and merchant_id = @merchant and state = 'open'",
        })
            await work.Execute(statement, ("id", wave.Value), ("now", now.ToUnixTimeMilliseconds()));
        await WaveRows.LetGo(work, wave.Value);
        await EventLog.Append(work, actor, now, new Happening("wave", id, "WaveCancelled", new { from = head.State }));
        return (await WaveRows.Find(work, wave))!;
    });

    private static async Task<List<Hand>> Hands(Work work, long node) => await work.Query(
        """
        select o.actor, o.zones, o.skills, coalesce((select sum(t.seconds) from pick_tours t where t.merchant_id = @merchant and t.node_id = @node and t.operative = o.actor and t.state in ('open', 'taken')), 0)
          from operatives o where o.merchant_id = @merchant and o.node_id = @node and o.is_on_shift order by o.actor
        """, row => new Hand(row.Text(), WriteOperatives.Words(row.Text()), WriteOperatives.Words(row.Text()), row.Sum()), ("node", node));
}

/// <summary>Shares tours among operatives.</summary>
internal static class PickShares
{
    /// <summary>Each tour to whoever may walk it and has the least to do, by seconds; empty where nobody may.</summary>
    public static List<(Guid Tour, string Operative)> Give(IReadOnlyList<RunWave.OpenTour> tours, IReadOnlyList<RunWave.Hand> hands)
    {
        var load = hands.ToDictionary(h => h.Actor, h => h.Load);
        var given = new List<(Guid, string)>();
        foreach (var tour in tours)
        {
            string who = hands.Where(h => (h.Zones.Count == 0 || tour.Zone.Length == 0 || h.Zones.Contains(tour.Zone)) && (tour.Skill.Length == 0 || h.Skills.Contains(tour.Skill)))
                .OrderBy(h => load[h.Actor]).ThenBy(h => h.Actor, StringComparer.Ordinal).Select(h => h.Actor).FirstOrDefault("");
            if (who.Length > 0) load[who] += tour.Seconds;
            given.Add((tour.Id, who));
        }
        return given;
    }
}
