using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What is to be planned anew together, and why.</summary>
/// <param name="Cause">hand, change or wave.</param>
/// <param name="Detail">The node of the wave, the SKUs that changed: for people.</param>
/// <param name="Skus">Only orders with units of these; null for all.</param>
/// <param name="Node">Only orders with units there; null for all.</param>
internal sealed record ReplanAsk(string Cause, string? Detail = null, long[]? Skus = null, long? Node = null, bool IsDry = false);

/// <summary>A run that has begun.</summary>
/// <param name="Fence">Whoever has the newest one may move orders; 0 for a dry run, which moves none.</param>
internal sealed record ReplanBegun(ReplanId Run, long Fence);

/// <summary>Units as a moved order's row keeps them and as the API shows them.</summary>
public sealed record ReplanPlace(int Line, string Node, long Quantity, string? Service = null);

/// <summary>The statements on what deciding together keeps.</summary>
internal static class ReplanRuns
{
    /// <summary>An order is moved at most so often between placing and release.</summary>
    private const long MostMoves = 4;
    private const long LeaseMs = 60_000, KeptMs = 90L * 86_400_000, EmptyKeptMs = 86_400_000;

    private sealed record Kept(IReadOnlyList<ReplanPlace> From, IReadOnlyList<ReplanPlace> To);

    /// <remarks>Errors: routing.replan_running.</remarks>
    public static async Task<Result<ReplanBegun>> Begin(Work work, ReplanId id, Actor actor, ReplanAsk ask, DateTimeOffset now)
    {
        long fence = 0, nowMs = now.ToUnixTimeMilliseconds();
        if (!ask.IsDry)
        {
            await work.Execute("insert into replan_turns (merchant_id) values (@merchant) on conflict do nothing");
            // A lease from beyond the longest one is from a clock that was wrong.
            var taken = await work.Query(
                "update replan_turns set fence = fence + 1, until_ms = @until where merchant_id = @merchant and (until_ms <= @now or until_ms > @far) returning fence",
                row => row.Long(), ("until", nowMs + LeaseMs), ("now", nowMs), ("far", nowMs + 2 * LeaseMs));
            if (taken.Count == 0) return ReplanErrors.Running;
            fence = taken[0];
        }
        await work.Execute(
            """
            insert into replan_runs (id, merchant_id, cause, detail, started_by, is_dry, started_at_ms) values (@id, @merchant, @cause, @detail::text, @by, @dry, @now)
            """, ("id", id.Value), ("cause", ask.Cause), ("detail", ask.Detail), ("by", actor.Id), ("dry", ask.IsDry), ("now", nowMs));
        return new ReplanBegun(id, fence);
    }

    /// <summary>Is it still this run's turn? Locks it to the end of the transaction and makes it last longer.</summary>
    public static async Task<bool> Hold(Work work, long fence, DateTimeOffset now) => await work.Execute(
        "update replan_turns set until_ms = @until where merchant_id = @merchant and fence = @fence",
        ("until", now.ToUnixTimeMilliseconds() + LeaseMs), ("fence", fence)) == 1;

    /// <summary>Orders nobody works on yet, in the order of their ids.</summary>
    public static Task<List<OrderId>> Candidates(Work work, ReplanAsk ask, Guid after, int most) => work.Query(
        """
        select distinct a.order_id from allocations a join orders o on o.id = a.order_id
         where a.merchant_id = @merchant and o.merchant_id = @merchant and a.quantity > a.in_work and a.order_id > @after and o.state in ('placed', 'confirmed')
           and (@all or a.sku_id = any(@skus)) and (@everywhere or a.node_id = @node)
           and not exists (select 1 from order_lines l where l.order_id = a.order_id and l.merchant_id = @merchant
               and l.unallocated + l.backordered + l.preordered + l.released + l.picked + l.packed + l.shipped + l.delivered > 0)
           and (select count(*) from replan_moves m where m.order_id = a.order_id and m.merchant_id = @merchant and not m.is_dry) < @moves
         order by a.order_id limit @most
        """, row => new OrderId(row.Uuid()), ("after", after), ("all", ask.Skus is null), ("skus", ask.Skus ?? []), ("everywhere", ask.Node is null), ("node", ask.Node ?? 0),
        ("moves", MostMoves), ("most", (long)most));

    /// <summary>Orders that wait at nodes, by node: each is a release that is to come.</summary>
    public static Task<List<(long Node, long Orders)>> Idle(Work work, long[] nodes) => work.Query(
        "select node_id, count(distinct order_id) from allocations where merchant_id = @merchant and quantity > in_work and node_id = any(@nodes) group by node_id",
        row => (row.Long(), row.Long()), ("nodes", nodes));

    public static Task Keep(Work work, ReplanId run, bool isDry, IReadOnlyList<(OrderId Order, JointMove Move)> moves, Func<long, string> code) => work.Execute(
        """
        insert into replan_moves (run_id, order_id, merchant_id, is_dry, moves, cost_before_minor, cost_after_minor)
        select @run, order_id, @merchant, @dry, moves, before_minor, after_minor from @rows r where true on conflict do nothing
        """, Rows.Of(moves).Uuid("order_id", m => m.Order.Value).Text("moves", m => JsonSerializer.Serialize(Of(m.Move, code), Json.Options))
            .Long("before_minor", m => m.Move.BeforeMinor).Long("after_minor", m => m.Move.AfterMinor), ("run", run.Value), ("dry", isDry));

    public static async Task Finish(Work work, ReplanBegun run, ReplanSums sums, DateTimeOffset now)
    {
        long nowMs = now.ToUnixTimeMilliseconds();
        var batch = work.Batch();
        batch.Execute(
            """
            update replan_runs set finished_at_ms = @now, orders_seen = @seen, orders_moved = @moved, orders_passed = @passed, cost_before_minor = @before,
                   cost_after_minor = @after, cost_one_by_one_minor = @alone, is_proven = @proven where id = @id and merchant_id = @merchant
            """, ("now", nowMs), ("seen", (long)sums.Seen), ("moved", (long)sums.OrdersMoved), ("passed", (long)sums.Passed), ("before", sums.BeforeMinor),
            ("after", sums.BeforeMinor - sums.SavedMinor), ("alone", sums.OneByOneMinor), ("proven", sums.IsProven), ("id", run.Run.Value));
        batch.Execute("update replan_turns set until_ms = 0 where merchant_id = @merchant and fence = @fence", ("fence", run.Fence));
        const string old = "(started_at_ms < @old or started_at_ms < @empty and orders_moved = 0 and cause <> 'hand')";
        (string, object?)[] ages = [("old", nowMs - KeptMs), ("empty", nowMs - EmptyKeptMs)];
        batch.Execute($"delete from replan_moves where merchant_id = @merchant and run_id in (select id from replan_runs where merchant_id = @merchant and {old})", ages);
        batch.Execute($"delete from replan_runs where merchant_id = @merchant and {old}", ages);
        await batch.Run();
    }

    public static (IReadOnlyList<ReplanPlace> From, IReadOnlyList<ReplanPlace> To) Read(string moves)
    {
        var kept = JsonSerializer.Deserialize<Kept>(moves, Json.Options)!;
        return (kept.From, kept.To);
    }

    private static Kept Of(JointMove move, Func<long, string> code) => new(Before(move, code),
        [.. move.Plan.Plan.Shipments.SelectMany(s => s.Parts.Select(p => new ReplanPlace(p.Line, code(s.NodeId), p.Quantity, s.Service)))]);

    internal static IReadOnlyList<ReplanPlace> Before(JointMove move, Func<long, string> code) =>
        [.. move.Order.Places.Select(p => new ReplanPlace(p.Line, code(p.Node), p.Units, move.Order.Services.GetValueOrDefault(p.Node)))];
}

/// <summary>What a run has come to.</summary>
internal sealed class ReplanSums
{
    public int Seen { get; set; }
    public int OrdersMoved { get; set; }

    /// <summary>Moves that were not made, since something had changed meanwhile.</summary>
    public int Passed { get; set; }

    public long BeforeMinor { get; set; }
    public long SavedMinor { get; set; }
    public long OneByOneMinor { get; set; }
    public bool IsProven { get; set; } = true;
}
