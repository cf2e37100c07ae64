using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Purchasing;

/// <summary>
/// Looks what is to be bought again and keeps one open suggestion a SKU and node. Looking twice changes nothing: what is on order
/// counts as there, and an open suggestion is brought up to date instead of a second one being made.
/// </summary>
public sealed class SuggestReorders(Db db, TimeProvider clock, ILogger<SuggestReorders> log) : BackgroundService
{
    private const int Chunk = 2_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private sealed record Level(long Sku, long Node, long ReorderAt, long OrderUpTo, long PackSize, bool IsMain);
    private sealed record Need(Level Level, StockPosition Stock, long Waiting)
    {
        public long Quantity { get; } = ReorderPoint.Quantity(Stock.Available + Stock.OnOrder - Waiting, Level.ReorderAt, Level.OrderUpTo, Level.PackSize);
    }

    /// <param name="Open">Suggestions that are open now.</param>
    public sealed record Looked(string Object, long Levels, long Open);

    /// <param name="Waiting">Units that orders wait for; they are counted at the node with the highest level of the SKU.</param>
    public sealed record View(string Object, long Id, string Sku, string Node, long Quantity, long Available, long OnOrder, long Waiting, long ReorderAt, long OrderUpTo,
        [Words("open", "ordered", "dismissed", "lapsed")] string State, string? Reference, DateTimeOffset? QuietUntil, DateTimeOffset MadeAt, DateTimeOffset UpdatedAt, string? DecidedBy);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/purchasing/reorder-suggestions/refresh", async (Actor actor, SuggestReorders suggest) => (await suggest.Handle(actor)).ToHttp())
            .Requires(Permission.PurchasingWrite).WithName("purchasing.refreshReorders").WithTags("Purchasing").WithSummary("Look now what is to be bought again").Produces<Looked>();
        routes.MapGet("/purchasing/reorder-suggestions", async (Actor actor, Db db, [FromQuery] string? state, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await List(actor, db, state, limit, after)).ToHttp())
            .Requires(Permission.PurchasingRead).WithName("purchasing.listReorders").WithTags("Purchasing").WithSummary("List what is to be bought again")
            .Produces<Page<View>>().ProducesProblem(400);
    }

    public async Task<Result<Looked>> Handle(Actor actor)
    {
        var now = clock.GetUtcNow();
        long seen = 0;
        for ((long Sku, long Node) after = (0, 0); ;)
        {
            var looked = await db.Write<List<Level>>(actor, work => Look(work, after, now));
            if (looked.Error is { } error) return error;
            seen += looked.Value.Count;
            if (looked.Value.Count < Chunk) break;
            after = (looked.Value[^1].Sku, looked.Value[^1].Node);
        }
        return await db.Read<Result<Looked>>(actor, async work =>
            new Looked("reorderSuggestions", seen, await work.Scalar("select count(*) from reorder_suggestions where merchant_id = @merchant and state = 'open'")));
    }

    private static async Task<Result<List<Level>>> Look(Work work, (long Sku, long Node) after, DateTimeOffset now)
    {
        var levels = await work.Query(
            """
            select l.sku_id, l.node_id, l.reorder_at, l.order_up_to, l.pack_size,
                   not exists (select 1 from reorder_levels m where m.merchant_id = @merchant and m.sku_id = l.sku_id
                      and (m.order_up_to > l.order_up_to or m.order_up_to = l.order_up_to and m.node_id < l.node_id))
              from reorder_levels l where l.merchant_id = @merchant and (l.sku_id > @sku or l.sku_id = @sku and l.node_id > @node)
             order by l.sku_id, l.node_id limit @limit
            """, row => new Level(row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Bool()), ("sku", after.Sku), ("node", after.Node), ("limit", (long)Chunk));
        if (levels.Count == 0) return levels;
        var reading = work.Batch();
        var positions = StockPositions.Queue(reading, levels.ConvertAll(l => (l.Sku, l.Node)), now);
        var claims = OrderClaims.Queue(reading, [.. levels.Select(l => l.Sku).Distinct()]);
        await reading.Run();
        var (stockAt, waits) = (positions.ToDictionary(p => (p.Sku, p.Node)), claims.ToDictionary(c => c.Sku, c => c.Units));
        var needs = levels.ConvertAll(l => new Need(l, stockAt[(l.Sku, l.Node)], l.IsMain ? waits.GetValueOrDefault(l.Sku) : 0));
        await Write(work, needs, now);
        return levels;
    }

    private static async Task Write(Work work, List<Need> needs, DateTimeOffset now)
    {
        Rows<Need> rows(Func<Need, bool> which) => Rows.Of(needs.FindAll(n => which(n))).Long("sku_id", n => n.Level.Sku).Long("node_id", n => n.Level.Node)
            .Long("quantity", n => n.Quantity).Long("available", n => n.Stock.Available).Long("on_order", n => n.Stock.OnOrder).Long("waiting", n => n.Waiting)
            .Long("reorder_at", n => n.Level.ReorderAt).Long("order_up_to", n => n.Level.OrderUpTo);
        var batch = work.Batch();
        batch.Execute(
            """
            insert into reorder_suggestions (merchant_id, sku_id, node_id, quantity, available, on_order, waiting, reorder_at, order_up_to, made_at_ms, updated_at_ms)
            select @merchant, sku_id, node_id, quantity, available, on_order, waiting, reorder_at, order_up_to, @now, @now from @rows r
             where not exists (select 1 from reorder_suggestions q where q.merchant_id = @merchant and q.sku_id = r.sku_id and q.node_id = r.node_id and q.quiet_until_ms > @now)
                on conflict (merchant_id, sku_id, node_id) where state = 'open' do update
               set quantity = excluded.quantity, available = excluded.available, on_order = excluded.on_order, waiting = excluded.waiting,
                   reorder_at = excluded.reorder_at, order_up_to = excluded.order_up_to, updated_at_ms = excluded.updated_at_ms
             where reorder_suggestions.quantity <> excluded.quantity or reorder_suggestions.available <> excluded.available
                or reorder_suggestions.on_order <> excluded.on_order or reorder_suggestions.waiting <> excluded.waiting
            """, rows(n => n.Quantity > 0), ("now", now.ToUnixTimeMilliseconds()));
        batch.Execute(
            """
            update reorder_suggestions set state = 'lapsed', updated_at_ms = @now from @rows r
             where reorder_suggestions.merchant_id = @merchant and reorder_suggestions.sku_id = r.sku_id and reorder_suggestions.node_id = r.node_id
               and reorder_suggestions.state = 'open'
            """, rows(n => n.Quantity == 0), ("now", now.ToUnixTimeMilliseconds()));
        await batch.Run();
    }

    /// <remarks>Errors: request.invalid with pointers #state, #limit, #after.</remarks>
    private static async Task<Result<Page<View>>> List(Actor actor, Db db, string? state, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        checks.That(state is null or "open" or "ordered" or "dismissed" or "lapsed", "#state", "field.unknown_value", "state must be open, ordered, dismissed or lapsed.");
        long start = 0;
        if (!Cursor.TryNumber(after, ref start))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => work.Query(
            $"{Select} where s.merchant_id = @merchant and s.state = @state and s.id > @after{(actor.Nodes is null ? "" : " and s.node_id = any(@nodes)")} order by s.id limit @limit",
            Read, ("state", state ?? "open"), ("after", start), ("nodes", actor.NodeFilter ?? []), ("limit", most + 1L)));
        return Page<View>.Of(found, most, s => Text.Invariant(s.Id));
    }

    internal const string Select =
        """
        select s.id, p.sku, n.code, s.quantity, s.available, s.on_order, s.waiting, s.reorder_at, s.order_up_to, s.state, s.reference, s.quiet_until_ms,
               s.made_at_ms, s.updated_at_ms, s.decided_by
          from reorder_suggestions s join products p on p.id = s.sku_id and p.merchant_id = s.merchant_id join nodes n on n.id = s.node_id /* house: the merchant is said where it is used */
        """;

    internal static View Read(Row row) => new("reorderSuggestion", row.Long(), row.Text(), row.Text(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(),
        row.Text(), row.TextOrNull(), row.InstantOrNull(), row.Instant(), row.Instant(), row.TextOrNull());

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, async () =>
    {
        foreach (long merchant in await db.ReadAll(work => work.Query("select distinct merchant_id from reorder_levels -- house", row => row.Long())))
            await Handle(Actor.House("system:reorder", merchant));
    }, log, "Reorders were not looked at", stoppingToken);
}
