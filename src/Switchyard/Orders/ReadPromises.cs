using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Shows what was promised of an order, version by version, and why.</summary>
public static class ReadPromises
{
    /// <summary>Units of some lines that leave together.</summary>
    /// <param name="Node">Null for units that wait and may come to any node; then the slowest was reckoned with.</param>
    /// <param name="From">From when they can be worked on, or are expected.</param>
    /// <param name="LeadDays">Working days the node needs.</param>
    /// <param name="CutOff">The node's cut-off that counted, by its clock.</param>
    public sealed record Part(string? Node, string? Service, IReadOnlyList<int> Lines, DateTimeOffset From, int LeadDays, int TransitDays, string? CutOff,
        DateTimeOffset ShipBy, DateTimeOffset DeliverBy)
    {
        /// <summary>How likely it is kept, 0 to 1, as was known when it was made; null where nothing was.</summary>
        public decimal? Confidence { get; init; }

        /// <summary>Parcels of that node and method by which it was judged, and how many of them were in time.</summary>
        public long? Observed { get; init; }

        /// <inheritdoc cref="Observed"/>
        public long? InTime { get; init; }
    }

    /// <param name="Reason">What brought it about.</param>
    /// <param name="Rule">The version of the rule that made the dates.</param>
    /// <param name="Parts">What it was made from. Where a part is later than the order, it was planned worse and the older promise kept.</param>
    public sealed record View(string Object, int Version, bool IsCurrent, DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, DateTimeOffset MadeAt, string Reason, string? Rule,
        IReadOnlyList<Part> Parts)
    {
        /// <summary>How likely it is that all of it is kept, 0 to 1; null where nothing is known.</summary>
        public decimal? Confidence { get; init; }
    }

    private sealed record Stored(int Version, long? ShipByMs, long? DeliverByMs, long MadeAtMs, string Reason, string? Why);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/orders/{id}/promises", async (string id, int? limit, string? after, Actor actor, Db db, FindOrder find) => (await Handle(id, limit, after, actor, db, find)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.promises").WithSummary("What was promised, newest version first, and why").WithTags("Orders")
            .Produces<Page<View>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: orders.not_found, request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Page<View>>> Handle(string id, int? limit, string? after, Actor actor, Db db, FindOrder find)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        if (!OrderId.TryParse(id, null, out var order) || await find.Find(actor, order) is not { } view) return OrderErrors.NotFound(id);
        var (stored, codes) = await db.Read(actor, async work =>
        {
            var batch = work.Batch();
            // The newest is the order's own, as it is planned now; of one with a single version nothing else is kept.
            var newest = batch.Query(
                """
                select o.promise_version, o.ship_by_ms, o.deliver_by_ms, coalesce(p.made_at_ms, o.placed_at_ms), coalesce(p.reason, @placed), o.promise
                  from orders o left join order_promises p on p.order_id = o.id and p.version = o.promise_version and p.merchant_id = @merchant
                 where o.merchant_id = @merchant and o.id = @id and o.promise_version > 0 and o.promise_version < @before
                """, Read, ("id", order.Value), ("before", before), ("placed", OpenOrder.FirstPromise));
            var older = batch.Query(
                """
                select p.version, p.ship_by_ms, p.deliver_by_ms, p.made_at_ms, p.reason, p.why from order_promises p join orders o on o.id = p.order_id
                 where p.merchant_id = @merchant and o.merchant_id = @merchant and p.order_id = @id and p.version < o.promise_version and p.version < @before
                 order by p.version desc limit @limit
                """, Read, ("id", order.Value), ("before", before), ("limit", most + 1L));
            var nodes = batch.Query("select n.id, n.code from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant",
                row => (row.Long(), row.Text()));
            await batch.Run();
            return (newest.Concat(older).ToList(), nodes.ToDictionary(n => n.Item1, n => n.Item2));
        });
        int[] lines = [.. view.Lines.Where(l => l.Kind is "goods" or "component").Select(l => l.Line)];
        long placed = view.PlacedAt.ToUnixTimeMilliseconds();
        int current = stored.Count == 0 || before < long.MaxValue ? 0 : stored[0].Version;
        return Page<View>.Of(stored.Take(most + 1).Select(s =>
        {
            var why = OrderPromise.Parse(s.Why, placed, (s.ShipByMs, s.DeliverByMs), lines);
            return new View("promise", s.Version, s.Version == current, At(s.ShipByMs), At(s.DeliverByMs), At(s.MadeAtMs)!.Value, s.Reason, why?.Rule,
                [.. (why?.Parts ?? []).Select(p => new Part(p.Node is { } node ? codes.GetValueOrDefault(node) : null, p.Service, p.Lines, At(p.FromMs)!.Value, p.LeadDays, p.TransitDays,
                    p.CutOff, At(p.ShipByMs)!.Value, At(p.DeliverByMs)!.Value)
                { Confidence = p.Kept?.Percent / 100m, Observed = p.Kept?.Observed, InTime = p.Kept?.InTime })])
            { Confidence = why?.Confidence };
        }).ToList(), most, v => Text.Invariant(v.Version));
    }

    private static Stored Read(Row row) => new(row.Int(), row.LongOrNull(), row.LongOrNull(), row.Long(), row.Text(), row.TextOrNull());
    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
