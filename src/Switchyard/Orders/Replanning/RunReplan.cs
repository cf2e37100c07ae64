using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Plans orders that wait for their release anew, together, when somebody says so; and shows what such runs have saved.</summary>
public static class RunReplan
{
    private const int MostSkus = 500;

    /// <param name="Skus">Only orders with units of these; left out, all.</param>
    /// <param name="Node">Only orders with units at this node; left out, all.</param>
    /// <param name="IsDryRun">Only tell what would be moved and what that would save.</param>
    public sealed record Request(IReadOnlyList<string?>? Skus = null, string? Node = null, bool IsDryRun = false);

    /// <param name="Cause">By hand, since something had changed, or before a wave.</param>
    /// <param name="Detail">The SKUs or the node it was about.</param>
    /// <param name="FinishedAt">Null while it is under way.</param>
    /// <param name="OrdersSeen">Orders that nobody worked on and that took part.</param>
    /// <param name="OrdersMoved">Of a dry run: those that would be moved.</param>
    /// <param name="OrdersPassed">Orders that were to move and had changed meanwhile: they were left alone.</param>
    /// <param name="CostBeforeMinor">What sending all of them would have cost.</param>
    /// <param name="OneByOneMinor">What it would cost if each order in turn had been moved to what is best for it alone.</param>
    /// <param name="SavedMinor">What was saved in all.</param>
    /// <param name="SavedByTogetherMinor">Of that, what no planning order by order would have saved.</param>
    /// <param name="IsProven">No plan is cheaper, leaving strategies aside.</param>
    public sealed record Run(string Object, ReplanId Id, [Words("hand", "change", "wave")] string Cause, string? Detail, string By, bool IsDryRun, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt,
        long OrdersSeen, long OrdersMoved, long OrdersPassed, long CostBeforeMinor, long CostAfterMinor, long OneByOneMinor, long SavedMinor, long SavedByTogetherMinor, bool IsProven)
    {
        /// <summary>The orders it moved, or would move; not in lists.</summary>
        public Page<Move>? Moves { get; init; }
    }

    public sealed record Move(OrderId Order, string OrderNumber, long CostBeforeMinor, long CostAfterMinor, IReadOnlyList<ReplanPlace> From, IReadOnlyList<ReplanPlace> To);

    private sealed record Key(long StartedMs, Guid Id);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/routing/replan", async (Request? body, DecideTogether together, CatalogReader catalog, Replan replan, Db db, Actor actor) =>
                (await Handle(body ?? new Request(), together, catalog, replan, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentManage).WithName("routing.replan").WithTags("Routing").WithSummary("Plan orders that wait for their release anew, together")
            .Produces<Run>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409);
        routes.MapGet("/routing/replans", async (Actor actor, Db db, [FromQuery] int? limit, [FromQuery] string? after) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("routing.replans").WithTags("Routing").WithSummary("List the runs in which orders were planned anew together, newest first")
            .Produces<Page<Run>>().ProducesProblem(400).ProducesProblem(403);
        routes.MapGet("/routing/replans/{id}", async (string id, Actor actor, Db db, [FromQuery] int? limit, [FromQuery] string? after) => (await Find(id, limit, after, db, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("routing.findReplan").WithTags("Routing").WithSummary("Read a run with the orders it moved")
            .Produces<Run>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }

    /// <remarks>Errors: nodes.only_your_nodes, nodes.no_such_node, routing.replan_running, request.invalid with pointers into skus.</remarks>
    public static async Task<Result<Run>> Handle(Request body, DecideTogether together, CatalogReader catalog, Replan replan, Db db, Actor actor)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var checks = new Checks();
        checks.That((body.Skus?.Count ?? 0) <= MostSkus, "/skus", "field.too_many", $"At most {MostSkus} are taken here.");
        List<string> keys = [.. (body.Skus ?? []).Take(MostSkus).Select(s => s is not null && Text.IsStorable(s) ? Text.Key(s) : "")];
        var known = await catalog.FindSkus(actor.Merchant, [.. keys.Where(k => k.Length > 0).Distinct()]);
        foreach (var (i, key) in keys.Index()) checks.That(known.ContainsKey(key), $"/skus/{i}", "orders.unknown_sku", $"There is no product {body.Skus![i]}.");
        var settings = await replan.Settings(actor);
        var node = body.Node is null || !Text.IsStorable(body.Node) ? null : settings.NodesByCode.GetValueOrDefault(Text.Key(body.Node));
        checks.That(body.Node is null || node is not null, "/node", "nodes.no_such_node", "There is no such node.");
        if (checks.AnyFault) return checks.ToError();
        string? detail = node?.Code ?? (keys.Count == 0 ? null : string.Join(", ", body.Skus!.Take(5)) + (keys.Count > 5 ? ", …" : ""));
        var run = await together.Run(actor, new ReplanAsk("hand", detail, keys.Count == 0 ? null : [.. keys.Distinct().Select(k => known[k].Id)], node?.Id, body.IsDryRun));
        return run.Error is { } error ? error : await Find(run.Value.ToString(), null, null, db, actor);
    }

    /// <remarks>Errors: nodes.only_your_nodes, request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<Run>>> List(int? limit, string? after, Db db, Actor actor)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var from = new Key(long.MaxValue, Guid.Empty);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => work.Query(
            $"{Columns} and (started_at_ms, id) < (@ms, @id) order by started_at_ms desc, id desc limit @limit", Read,
            ("ms", from.StartedMs), ("id", from.Id), ("limit", most + 1L)));
        return Page<Run>.Of(found, most, r => string.Create(CultureInfo.InvariantCulture, $"{r.StartedAt.ToUnixTimeMilliseconds()}:{r.Id.Value:N}"));
    }

    /// <remarks>Errors: nodes.only_your_nodes, routing.replan_not_found, request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Run>> Find(string id, int? limit, string? after, Db db, Actor actor)
    {
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var from = Guid.Empty;
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !Guid.TryParseExact(text, "N", out from)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        if (!ReplanId.TryParse(id, null, out var run)) return ReplanErrors.NotFound;
        return await db.Read<Result<Run>>(actor, async work =>
        {
            if (await work.Find($"{Columns} and id = @id", Read, ("id", run.Value)) is not { } found) return ReplanErrors.NotFound;
            var moves = await work.Query(
                """
                select m.order_id, o.number, m.cost_before_minor, m.cost_after_minor, m.moves from replan_moves m join orders o on o.id = m.order_id and o.merchant_id = @merchant
                 where m.merchant_id = @merchant and m.run_id = @run and m.order_id > @after order by m.order_id limit @limit
                """, row =>
                {
                    var move = new Move(new OrderId(row.Uuid()), row.Text(), row.Long(), row.Long(), [], []);
                    var (before, to) = ReplanRuns.Read(row.Text());
                    return move with { From = before, To = to };
                }, ("run", run.Value), ("after", from), ("limit", most + 1L));
            return found with { Moves = Page<Move>.Of(moves, most, m => m.Order.Value.ToString("N")) };
        }, snapshot: true);
    }

    private const string Columns =
        """
        select id, cause, detail, started_by, is_dry, started_at_ms, finished_at_ms, orders_seen, orders_moved, orders_passed, cost_before_minor, cost_after_minor,
               cost_one_by_one_minor, is_proven from replan_runs where merchant_id = @merchant
        """;

    private static Run Read(Row row)
    {
        var run = new Run("replan", new ReplanId(row.Uuid()), row.Text(), row.TextOrNull(), row.Text(), row.Bool(), row.Instant(), row.InstantOrNull(), row.Long(), row.Long(), row.Long(),
            row.Long(), row.Long(), row.Long(), 0, 0, row.Bool());
        long saved = run.CostBeforeMinor - run.CostAfterMinor;
        return run with { SavedMinor = saved, SavedByTogetherMinor = Math.Max(0, run.OneByOneMinor - run.CostAfterMinor) };
    }

    private static bool TryParse(string text, out Key key)
    {
        key = new Key(0, Guid.Empty);
        if (text.Split(':') is not [var ms, var id] || !long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out long at) || !Guid.TryParseExact(id, "N", out var guid)) return false;
        key = new Key(at, guid);
        return true;
    }
}
