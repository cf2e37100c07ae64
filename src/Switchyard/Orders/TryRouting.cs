using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Says from where an order would be sent by some rules, on the stock as it is now, beside what decides today. Nothing is taken.</summary>
public static class TryRouting
{
    private const long Steps = 1_000_000;

    /// <param name="Rules">Rules as they would be written.</param>
    /// <param name="Strategy">Or a strategy: its draft when there is one, else its newest version.</param>
    /// <param name="Number">A published version of the strategy.</param>
    /// <param name="Order">The body of an order as it would be placed.</param>
    /// <param name="OrderId">Or the id of one that has been: what it holds counts as free.</param>
    public sealed record Request(RoutingRules? Rules = null, string? Strategy = null, long? Number = null, PlaceOrder.Request? Order = null, string? OrderId = null);

    /// <param name="Findings">What the check says of the rules.</param>
    /// <param name="Tried">The decision by these rules; null when they cannot be read.</param>
    /// <param name="Live">The decision as it would be made today.</param>
    public sealed record Response(string Object, IReadOnlyList<RoutingFinding> Findings, TriedPlan? Tried, TriedPlan Live);

    /// <param name="Plan">The same as an order's plan: scenarios, candidates with their costs by parts, shipments.</param>
    /// <param name="Unsent">Units that nobody sends, and what would become of them.</param>
    /// <param name="Dates">When each shipment of the plan would leave and arrive, in its order; null where nobody knows.</param>
    public sealed record TriedPlan(JsonNode Plan, IReadOnlyList<Left> Unsent, IReadOnlyList<TriedDates?> Dates);

    public sealed record TriedDates(DateTimeOffset ShipBy, DateTimeOffset DeliverBy);

    /// <param name="After">backorder, hold or cancel by the scenario; null: as the channel has it.</param>
    public sealed record Left(int Line, string Sku, long Quantity, string? After, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/routing/try", async (Request body, Actor actor, Db db, CatalogReader catalog, NetworkReader network, PolicyReader policies, FindOrder find,
                TimeProvider clock) => (await Handle(body, actor, db, catalog, network, policies, find, clock.GetUtcNow())).ToHttp())
            .Requires(Permission.SettingsRead).WithName("routing.try").WithSummary("See from where an order would be sent by a strategy").WithTags("Routing")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: those of the form of an order and of rules, routing.not_found, routing.no_version, orders.not_found, orders.unknown_channel, orders.price_missing.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Actor actor, Db db, CatalogReader catalog, NetworkReader network, PolicyReader policies, FindOrder find, DateTimeOffset now)
    {
        var checks = new Checks();
        checks.That(body.Order is null != body.OrderId is null, "/order", "field.required", "Say an order, or the id of one.");
        checks.That(body.Rules is null != body.Strategy is null, "/rules", "field.required", "Say rules, or the code of a strategy.");
        if (body.Rules is not null) RoutingForm.Check(checks, body.Rules, "/rules");
        if (body.Rules is not null && !actor.May(Permission.PricesRead)) RoutingForm.RefuseAmounts(checks, body.Rules, "/rules");
        if (checks.AnyFault) return checks.ToError();
        if (body.Order is { } sent && PlaceOrder.Validate(sent) is { } faults) return TryHoldRules.Under(faults, "/order");
        var found = body.Rules is { } own ? new RoutingVersions.Named("", 0, own) : await RoutingVersions.Find(db, actor, body.Strategy!, body.Number);
        if (found.Error is { } none) return none;

        var view = body.OrderId is null ? null : OrderId.TryParse(body.OrderId, null, out var id) ? await find.Find(actor, id) : null;
        if (body.OrderId is not null && view is null) return OrderErrors.NotFound(body.OrderId);
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) settings = await network.Refresh(actor.Merchant);
        var prepared = await PendingOrder.Prepare(actor, body.Order ?? TryHoldRules.AsSent(view!), catalog, network, policies, db, now, view?.Id);
        if (prepared.Error is { } error) return TryHoldRules.Under(error, body.Order is null ? "" : "/order");

        var (code, version, rules) = (found.Value.Strategy, found.Value.Number, found.Value.Rules);
        string at = body.Rules is null ? "" : "/rules";
        var findings = RoutingLinter.Check(rules, settings, at);
        var strategy = RoutingStrategy.Read(code, version, rules, at) is { IsOk: true } read ? read.Value : null;
        var ranks = strategy is null || network.Rankers is null ? RankerAnswer.None : await network.Rankers.Ask(settings, [strategy],
            RoutingFacts.Always(prepared.Value.Order, settings, await db.Read(actor, async work => (await RoutingVersions.ToTry(work, settings, strategy, now)).Routing)), prepared.Value.Routes.Candidates);
        return await db.Read<Result<Response>>(actor, async work =>
        {
            var (routing, figures) = strategy is null ? (settings.Routing, settings.Figures) : await RoutingVersions.ToTry(work, settings, strategy, now);
            var (pending, sheet) = (prepared.Value, await StockSheet.Peek(work, prepared.Value.Skus, now));
            foreach (var line in view?.Lines ?? [])
                if (pending.Order.Lines.FirstOrDefault(l => l.HoldsStock && Text.Key(l.Sku) == Text.Key(line.Sku)) is { SkuId: { } sku })
                    foreach (var held in line.Allocations)
                        if (settings.NodesByCode.TryGetValue(Text.Key(held.Node), out var node) && sheet.Find(sku, node.Id) is not null)
                            sheet.Move(sku, node.Id, new Buckets { Allocated = -held.Quantity }, new Movement(MovementKind.Deallocated, actor.Id));
            var batch = work.Batch();
            var customers = CustomerLookup.Queue(batch, [pending.Buyer]);
            await batch.Run();
            var buyer = customers.Match(pending.Buyer, now) is { IsOk: true } match ? match.Value : null;
            var router = RoutingFacts.Of(RoutingFacts.Always(pending.Order with { Ranks = ranks }, settings, routing, figures), buyer)!;
            var demands = pending.Order.Lines.Where(l => l is { HoldsStock: true, SkuId: not null }).Select(l => new Demand(l.LineNo, l.SkuId!.Value, l.Quantity, l.WeightGrams, 0)).ToList();
            var nodes = pending.Routes.At(pending.Order.StartsAt(now)).With(sheet, pending.Skus);
            var options = new SourcingOptions(pending.Routes.SplitPenaltyMinor, BudgetSteps: Steps);
            return new Response("routingTried", findings, strategy is null ? null : View(router.By(strategy, demands, nodes, options), pending, now),
                View(OrderRouter.Solve(RoutingFacts.Of(RoutingFacts.Of(pending.Order, settings), buyer), demands, nodes, options), pending, now));
        }, snapshot: true);
    }

    private static TriedPlan View(RoutedPlan routed, PendingOrder pending, DateTimeOffset now) => new(PlanText.Of(routed.Plan, routed.Routing, pending.Routes.Code),
        [.. routed.Plan.Unfilled.Select(u => (u.Line, u.Quantity, After: routed.After.GetValueOrDefault(u.Line)))
            .Select(u => new Left(u.Line, pending.Order.Lines.First(l => l.LineNo == u.Line).Sku, u.Quantity, u.After?.Action, u.After?.Reason))],
        [.. routed.Plan.Shipments.Select(s => pending.Routes.Part(s.NodeId, s.Service, [.. s.Parts.Select(p => p.Line)], Math.Max(now.ToUnixTimeMilliseconds(), pending.Order.Terms.GraceUntil?.ToUnixTimeMilliseconds() ?? 0)))
            .Select(p => p is null ? null : new TriedDates(DateTimeOffset.FromUnixTimeMilliseconds(p.ShipByMs), DateTimeOffset.FromUnixTimeMilliseconds(p.DeliverByMs)))]);
}
