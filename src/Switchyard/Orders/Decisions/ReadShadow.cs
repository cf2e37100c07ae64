using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Says what the strategy that only watches would have done with the orders that were placed meanwhile, beside what was done.</summary>
public static class ReadShadow
{
    private const string Of = " where merchant_id = @merchant and strategy = @strategy and number = @number and placed_at_ms >= @from and placed_at_ms < @to";

    /// <param name="Strategy">The version that watches or watched; null when none ever did.</param>
    /// <param name="Orders">Orders placed while it watched.</param>
    /// <param name="Differing">Those that it would have sent from elsewhere, or otherwise.</param>
    /// <param name="Live">What was done with all of them.</param>
    /// <param name="Shadow">What it would have done with them.</param>
    public sealed record Response(string Object, string? Strategy, long? Number, DateTimeOffset? From, DateTimeOffset? To, string Currency, long Orders, long Differing, Sum Live, Sum Shadow);

    public sealed record Sum(long CostMinor, long Parcels, long UnsentUnits);

    /// <param name="Id">The order; its routing tells the nodes of both.</param>
    public sealed record DifferingOrder(OrderId Id, string Number, DateTimeOffset PlacedAt, Sum Live, Sum Shadow);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/routing/shadow", async (string? strategy, long? number, DateTimeOffset? from, DateTimeOffset? to, Db db, NetworkReader network, Actor actor) =>
                (await Handle(strategy, number, from, to, db, network, actor)).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.shadowReport").WithSummary("What the strategy that only watches would have done").WithTags("Routing")
            .Produces<Response>().ProducesProblem(400);
        routes.MapGet("/routing/shadow/orders", async (string? strategy, long? number, DateTimeOffset? from, DateTimeOffset? to, int? limit, string? after, Db db, NetworkReader network, Actor actor) =>
                (await List(strategy, number, from, to, limit, after, db, network, actor)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("routing.shadowOrders").WithSummary("The orders it would have sent otherwise, newest first").WithTags("Routing")
            .Produces<Page<DifferingOrder>>().ProducesProblem(400);
    }

    /// <param name="strategy">Null: the one that watches now, else the one that watched last.</param>
    public static async Task<Result<Response>> Handle(string? strategy, long? number, DateTimeOffset? from, DateTimeOffset? to, Db db, NetworkReader network, Actor actor)
    {
        if (Check(strategy, number).Error is { } error) return error;
        var watching = await Watching(network, actor, strategy);
        return await db.Read<Result<Response>>(actor, async work =>
        {
            string currency = (await work.Query("select base_currency from merchants where id = @merchant", row => row.Text())).Single();
            if (await Which(work, watching, strategy, number) is not { } which) return new Response("routingShadow", null, null, from, to, currency, 0, 0, new Sum(0, 0, 0), new Sum(0, 0, 0));
            return (await work.Query(
                $"""
                select count(*), coalesce(sum(case when differs then 1 else 0 end), 0), coalesce(sum(cost_minor), 0), coalesce(sum(parcels), 0), coalesce(sum(unsent), 0),
                       coalesce(sum(shadow_cost_minor), 0), coalesce(sum(shadow_parcels), 0), coalesce(sum(shadow_unsent), 0) from order_shadows{Of}
                """,
                row => new Response("routingShadow", which.Strategy, which.Number, from, to, currency, row.Long(), row.Sum(), new Sum(row.Sum(), row.Sum(), row.Sum()), new Sum(row.Sum(), row.Sum(), row.Sum())),
                Arguments(which, from, to))).Single();
        }, snapshot: true);
    }

    /// <remarks>Errors: request.invalid with #limit, #after.</remarks>
    public static async Task<Result<Page<DifferingOrder>>> List(string? strategy, long? number, DateTimeOffset? from, DateTimeOffset? to, int? limit, string? after, Db db, NetworkReader network, Actor actor)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var (beforeMs, beforeId) = (long.MaxValue, Guid.Empty);
        if (after is not null && !(after.Split('.') is [var ms, var id] && long.TryParse(ms, out beforeMs) && Guid.TryParseExact(id, "N", out beforeId)))
            checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        if (Check(strategy, number).Error is { } error) return error;
        var watching = await Watching(network, actor, strategy);
        return await db.Read<Result<Page<DifferingOrder>>>(actor, async work =>
        {
            if (await Which(work, watching, strategy, number) is not { } which) return new Page<DifferingOrder>([], null, false);
            var found = await work.Query(
                $"""
                select s.order_id, o.number, s.placed_at_ms, s.cost_minor, s.parcels, s.unsent, s.shadow_cost_minor, s.shadow_parcels, s.shadow_unsent
                  from order_shadows s join orders o on o.id = s.order_id and o.merchant_id = @merchant
                 where s.merchant_id = @merchant and s.strategy = @strategy and s.number = @number and s.placed_at_ms >= @from and s.placed_at_ms < @to and s.differs
                   and (s.placed_at_ms < @before or s.placed_at_ms = @before and s.order_id < @id){(actor.Nodes is null ? "" : OpenOrder.OfNodes)}
                 order by s.placed_at_ms desc, s.order_id desc limit @limit
                """,
                row => new DifferingOrder(new OrderId(row.Uuid()), row.Text(), row.Instant(), new Sum(row.Long(), row.Long(), row.Long()), new Sum(row.Long(), row.Long(), row.Long())),
                [.. Arguments(which, from, to), ("before", beforeMs), ("id", beforeId), ("limit", most + 1L), ("nodes", actor.NodeFilter ?? [])]);
            return Page<DifferingOrder>.Of(found, most, o => $"{Text.Invariant(o.PlacedAt.ToUnixTimeMilliseconds())}.{o.Id.Value:N}");
        }, snapshot: true);
    }

    private static Result<Done> Check(string? strategy, long? number)
    {
        var checks = new Checks();
        checks.That(number is null || strategy is not null, "#number", "field.required", "Say the strategy too.");
        checks.Text(strategy, "#strategy", 64);
        return checks.AnyFault ? checks.ToError() : new Done();
    }

    /// <summary>The version that watches now, when it is asked about: it has a report before it has seen an order.</summary>
    private static async Task<RoutingStrategy?> Watching(NetworkReader network, Actor actor, string? strategy)
    {
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(actor.Merchant);
        return settings.Routing.Shadow is { } shadow && (strategy is null || strategy == shadow.Code) ? shadow : null;
    }

    private static async Task<(string Strategy, long Number)?> Which(Work work, RoutingStrategy? watching, string? strategy, long? number)
    {
        if (strategy is not null && number is { } told) return (strategy, told);
        if (watching is not null) return (watching.Code, watching.Version);
        var newest = await work.Query(
            "select strategy, number from order_shadows where merchant_id = @merchant and (@any or strategy = @strategy) order by placed_at_ms desc limit 1",
            row => (row.Text(), row.Long()), ("any", strategy is null), ("strategy", strategy ?? ""));
        return newest.Count == 0 ? null : newest[0];
    }

    private static (string, object?)[] Arguments((string Strategy, long Number) which, DateTimeOffset? from, DateTimeOffset? to) =>
        [("strategy", which.Strategy), ("number", which.Number), ("from", from?.ToUnixTimeMilliseconds() ?? 0L), ("to", to?.ToUnixTimeMilliseconds() ?? long.MaxValue)];
}
