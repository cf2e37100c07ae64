using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>A wave as it is shown.</summary>
/// <param name="WalkMm">What its tours walk together; null where the node's aisles are not described.</param>
/// <param name="Seconds">What its tours take, about.</param>
/// <param name="Done">Tasks that are picked, short or no longer wanted.</param>
public sealed record WaveView(string Object, WaveId Id, string Node, [Words("single", "batch", "cluster", "zone")] string Method,
    [Words("planned", "released", "done", "cancelled")] string State, int Priority, string? Skill, int Releases, long Units, int Tours, int Tasks, int Done, long? WalkMm, long Seconds,
    string MadeBy, DateTimeOffset CreatedAt, DateTimeOffset? ReleasedAt, DateTimeOffset? EndedAt, long Version);

/// <summary>Reads waves.</summary>
internal static class WaveRows
{
    /// <summary>SQL: a task somebody can still work on. What was cancelled, stopped or picked otherwise is none.</summary>
    public const string IsLive =
        """
        t.state = 'open' and exists (select 1 from fulfilment_lines l join fulfilment_orders f on f.id = l.fulfilment_id
           where l.fulfilment_id = t.fulfilment_id and l.line_no = t.line_no and l.open > 0 and f.state in ('accepted', 'picking'))
        """;

    private const string Select =
        """
        select w.id, n.code, w.method, w.state, w.priority, w.skill, w.releases, w.units, (select count(*) from pick_tours u where u.wave_id = w.id),
               (select count(*) from pick_tasks t where t.wave_id = w.id), (select count(*) from pick_tasks t where t.wave_id = w.id and t.state <> 'open'),
               w.walk_mm, w.seconds, w.made_by, w.created_at_ms, w.released_at_ms, w.ended_at_ms, w.version
          from waves w join nodes n on n.id = w.node_id where w.merchant_id = @merchant
        """;

    public static async Task<WaveView?> Find(Work work, WaveId id) => (await work.Query($"{Select} and w.id = @id", Read, ("id", id.Value))).SingleOrDefault();

    public static Task<List<WaveView>> List(Work work, long node, string state, Guid before, int limit) => work.Query(
        $"{Select} and w.node_id = @node and (@state = '' or w.state = @state) and w.id < @before order by w.id desc limit @limit", Read,
        ("node", node), ("state", state), ("before", before), ("limit", (long)limit));

    /// <summary>Node and state of a wave the actor may see; locked on request.</summary>
    public static async Task<(long Node, string State)?> Head(Work work, Actor actor, string id, bool locks)
    {
        if (!WaveId.TryParse(id, null, out var wave)) return null;
        var found = await work.Query($"select node_id, state from waves where id = @id and merchant_id = @merchant {(locks ? "for update" : "")}",
            row => (Node: row.Long(), State: row.Text()), ("id", wave.Value));
        return found.Count == 1 && actor.MaySeeNode(found[0].Node) ? found[0] : null;
    }

    /// <summary>Ends a tour on which nothing is left to do (or all such of the wave), and the wave when that was its last.</summary>
    public static async Task Close(Work work, Guid wave, Guid? tour, DateTimeOffset now)
    {
        int ended = await work.Execute(
            $"""
            update pick_tours set state = 'done', ended_at_ms = @now where merchant_id = @merchant and wave_id = @wave and (@all or id = @tour) and state in ('open', 'taken')
               and not exists (select 1 from pick_tasks t where t.tour_id = pick_tours.id and {IsLive})
            """, ("wave", wave), ("all", tour is null), ("tour", tour ?? wave), ("now", now.ToUnixTimeMilliseconds()));
        if (ended == 0) return;
        // The last two tours may end at once: whoever gets the wave second sees both.
        await work.Query("select 1 from waves where id = @wave and merchant_id = @merchant for update", row => row.Int(), ("wave", wave));
        int done = await work.Execute(
            """
            update waves set state = 'done', ended_at_ms = @now, version = version + 1 where id = @wave and merchant_id = @merchant and state = 'released'
               and not exists (select 1 from pick_tours u where u.wave_id = waves.id and u.state in ('open', 'taken'))
            """, ("wave", wave), ("now", now.ToUnixTimeMilliseconds()));
        if (done > 0) await LetGo(work, wave);
    }

    /// <summary>The releases of a wave may go into another.</summary>
    public static Task LetGo(Work work, Guid wave) => work.Execute("update wave_releases set is_live = false where wave_id = @wave and merchant_id = @merchant and is_live", ("wave", wave));

    private static WaveView Read(Row row) => new("wave", new WaveId(row.Uuid()), row.Text(), row.Text(), row.Text(), row.Int(), row.Text() is { Length: > 0 } skill ? skill : null, row.Int(), row.Long(),
        (int)row.Sum(), (int)row.Sum(), (int)row.Sum(), row.LongOrNull(), row.Long(), row.Text(), row.Instant(), row.InstantOrNull(), row.InstantOrNull(), row.Long());
}
