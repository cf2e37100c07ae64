using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Shows the orders between placing and release: where each is planned to be sent from, and what it waits for. What must leave first comes first.</summary>
public static class ReadRoutingQueue
{
    private const long Never = 9_007_199_254_740_991;

    /// <param name="Since">Since when they are planned from there.</param>
    /// <param name="NextWave">When the node is given its work next; null: at once, when nothing holds the order.</param>
    /// <param name="Service">By which they are planned to go.</param>
    public sealed record QueuePlace(string Node, long Units, DateTimeOffset Since, DateTimeOffset? NextWave, string? Service);

    /// <param name="Kind">As in the order's holds.</param>
    public sealed record QueueHold(string Kind, string Reason, int? Line);

    /// <param name="Release">Does the channel release by itself: automatic, or manual.</param>
    /// <param name="IsUrgent">It does not wait for a wave: it must leave before the next one, or its method says so.</param>
    /// <param name="CostMinor">What sending it is planned to cost, in the merchant's currency.</param>
    /// <param name="Moves">How often it was moved by planning anew together.</param>
    public sealed record QueuedOrder(string Object, OrderId Order, string OrderNumber, string Channel, string? Method, [Words("placed", "confirmed")] string State, int Priority, DateTimeOffset PlacedAt,
        DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, DateTimeOffset? GraceUntil, DateTimeOffset? ReleaseAt, [Words("automatic", "manual")] string Release, bool IsUrgent,
        IReadOnlyList<QueuePlace> Nodes, long? CostMinor, IReadOnlyList<QueueHold> Holds, long Moves);

    private sealed record Key(long ShipByMs, int Priority, long PlacedAtMs, Guid Id);
    private sealed record Place(Guid Order, long Node, string Code, long Units, long SinceMs);
    private sealed record Head(Guid Id, string Number, string Channel, string? Method, string State, int Priority, long PlacedAtMs, long? ShipByMs, long? DeliverByMs, long? GraceUntilMs,
        long? ReleaseAtMs, string Release, bool IsUrgentMethod, long RiskMs, string? Plan, long Moves);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/routing/queue", async (Actor actor, Db db, Replan replan, TimeProvider clock, [FromQuery] string? node, [FromQuery] int? limit, [FromQuery] string? after) =>
                (await Handle(node, limit, after, db, replan, clock, actor)).ToHttp())
            .Requires(Permission.FulfilmentRead).WithName("routing.queue").WithTags("Routing").WithSummary("List the orders between placing and release, what must leave first first")
            .Produces<Page<QueuedOrder>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: nodes.no_such_node, request.invalid with pointers #limit, #after.</remarks>
    public static async Task<Result<Page<QueuedOrder>>> Handle(string? node, int? limit, string? after, Db db, Replan replan, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var start = new Key(long.MinValue, 0, 0, Guid.Empty);
        if (!Cursor.TryDecode(after, out string text) || text.Length > 0 && !TryParse(text, out start)) checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var settings = await replan.Settings(actor);
        long? only = null;
        if (node is not null)
        {
            if (!Text.IsStorable(node) || !settings.NodesByCode.TryGetValue(Text.Key(node), out var found) || !actor.MaySeeNode(found.Id)) return Sourcing.NodeErrors.NoSuchNode(node);
            only = found.Id;
        }
        long[]? nodes = only is { } one ? [one] : actor.NodeFilter;
        var now = clock.GetUtcNow();
        return await db.Read<Result<Page<QueuedOrder>>>(actor, async work =>
        {
            // What waits is found by its own index, which holds nothing else, and sorted here.
            var keys = await work.Query(
                """
                select coalesce(o.ship_by_ms, @never), -o.priority, o.placed_at_ms, o.id from (
                    select distinct a.order_id from allocations a where a.merchant_id = @merchant and a.quantity > a.in_work and (@nodes::bigint[] is null or a.node_id = any(@nodes))) w
                  join orders o on o.id = w.order_id
                 where o.merchant_id = @merchant and o.state in ('placed', 'confirmed') and (coalesce(o.ship_by_ms, @never), -o.priority, o.placed_at_ms, o.id) > (@shipBy, @priority, @placed, @id)
                 order by coalesce(o.ship_by_ms, @never), -o.priority, o.placed_at_ms, o.id limit @limit
                """, row => new Key(row.Long(), row.Int(), row.Long(), row.Uuid()), ("never", Never), ("nodes", nodes), ("shipBy", start.ShipByMs), ("priority", start.Priority),
                ("placed", start.PlacedAtMs), ("id", start.Id), ("limit", most + 1L));
            var page = Page<Key>.Of(keys, most, k => string.Create(CultureInfo.InvariantCulture, $"{k.ShipByMs}:{k.Priority}:{k.PlacedAtMs}:{k.Id:N}"));
            var waves = await NodeWaves.Of(work, settings);
            return new Page<QueuedOrder>(await Read(work, actor, [.. page.Data.Select(k => k.Id)], waves, now), page.Next, page.HasMore);
        }, snapshot: true);
    }

    private static async Task<IReadOnlyList<QueuedOrder>> Read(Work work, Actor actor, IReadOnlyList<Guid> ids, IReadOnlyDictionary<long, ReleaseWaves> waves, DateTimeOffset now)
    {
        var batch = work.Batch();
        Rows<Guid> rows() => Rows.Of(ids).Uuid("id", i => i);
        var heads = batch.Query(
            """
            select o.id, o.number, c.code, o.method, o.state, o.priority, o.placed_at_ms, o.ship_by_ms, o.deliver_by_ms, o.grace_until_ms, o.release_at_ms, c.release,
                   coalesce(c.urgent_methods like '%"' || o.method || '"%', false), c.risk_minutes,
                   (select p.plan from order_plans p where p.order_id = o.id and p.merchant_id = @merchant order by p.version desc limit 1),
                   (select count(*) from replan_moves m where m.order_id = o.id and m.merchant_id = @merchant and not m.is_dry)
              from @rows r join orders o on o.id = r.id join channels c on c.id = o.channel_id where o.merchant_id = @merchant
            """, rows(), row => new Head(row.Uuid(), row.Text(), row.Text(), row.TextOrNull(), row.Text(), row.Int(), row.Long(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull(),
                row.LongOrNull(), row.Text(), row.Bool(), row.Long() * 60_000, row.TextOrNull(), row.Long()));
        var places = batch.Query(
            """
            select a.order_id, a.node_id, n.code, sum(a.quantity - a.in_work), max(case when a.moved_at_ms > o.placed_at_ms then a.moved_at_ms else o.placed_at_ms end)
              from @rows r join allocations a on a.order_id = r.id join orders o on o.id = r.id join nodes n on n.id = a.node_id
             where a.merchant_id = @merchant and o.merchant_id = @merchant and a.quantity > a.in_work and (@nodes::bigint[] is null or a.node_id = any(@nodes))
             group by a.order_id, a.node_id, n.code order by a.order_id, n.code
            """, rows(), row => new Place(row.Uuid(), row.Long(), row.Text(), row.Sum(), row.Sum()), ("nodes", actor.NodeFilter));
        var holds = batch.Query(
            "select h.order_id, h.kind, h.reason, h.line_no from @rows r join holds h on h.order_id = r.id where h.merchant_id = @merchant and h.state = 'open' and h.fulfilment_id is null order by h.hold_no",
            rows(), row => (Order: row.Uuid(), Hold: new QueueHold(row.Text(), row.Text(), row.IntOrNull())));
        await batch.Run();
        var (byId, placesOf, holdsOf) = (heads.ToDictionary(h => h.Id), places.ToLookup(p => p.Order), holds.ToLookup(h => h.Order, h => h.Hold));
        return [.. ids.Select(id => View(byId[id], [.. placesOf[id]], [.. holdsOf[id]], waves, now))];
    }

    private static QueuedOrder View(Head head, IReadOnlyList<Place> places, IReadOnlyList<QueueHold> holds, IReadOnlyDictionary<long, ReleaseWaves> waves, DateTimeOffset now)
    {
        var (cost, services) = Planned(head.Plan);
        bool isUrgent = head.IsUrgentMethod || places.Any(p => waves.GetValueOrDefault(p.Node)?.Next(now)?.ToUnixTimeMilliseconds() >= head.ShipByMs - head.RiskMs);
        return new QueuedOrder("queuedOrder", new OrderId(head.Id), head.Number, head.Channel, head.Method, head.State, head.Priority, At(head.PlacedAtMs)!.Value, At(head.ShipByMs), At(head.DeliverByMs),
            At(head.GraceUntilMs), At(head.ReleaseAtMs), head.Release, isUrgent,
            [.. places.Select(p => new QueuePlace(p.Code, p.Units, At(p.SinceMs)!.Value, waves.GetValueOrDefault(p.Node)?.Next(now), services.GetValueOrDefault(p.Code)))],
            cost, holds, head.Moves);
    }

    /// <summary>Cost and services of the newest plan.</summary>
    private static (long? CostMinor, Dictionary<string, string> Services) Planned(string? plan)
    {
        var services = new Dictionary<string, string>();
        if (plan is null) return (null, services);
        using var document = JsonDocument.Parse(plan);
        var root = document.RootElement;
        if (root.TryGetProperty("shipments", out var shipments))
            foreach (var shipment in shipments.EnumerateArray())
                if (shipment.TryGetProperty("node", out var node) && shipment.TryGetProperty("service", out var service)) services.TryAdd(node.GetString()!, service.GetString()!);
        return (root.TryGetProperty("costMinor", out var cost) ? cost.GetInt64() : null, services);
    }

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static bool TryParse(string text, out Key key)
    {
        key = new Key(0, 0, 0, Guid.Empty);
        if (text.Split(':') is not [var shipBy, var priority, var placed, var id] || !long.TryParse(shipBy, NumberStyles.None, CultureInfo.InvariantCulture, out long s)
            || !int.TryParse(priority, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int p) || !long.TryParse(placed, NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            || !Guid.TryParseExact(id, "N", out var guid)) return false;
        key = new Key(s, p, at, guid);
        return true;
    }
}
