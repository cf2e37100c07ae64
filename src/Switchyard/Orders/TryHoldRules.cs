using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>Says what the rules would do with an order, and why, without placing anything.</summary>
public static class TryHoldRules
{
    /// <param name="Order">The body of an order as it would be placed.</param>
    /// <param name="OrderId">Or the id of one that has been.</param>
    public sealed record Request(PlaceOrder.Request? Order = null, string? OrderId = null);

    /// <param name="Marks">What the rules of intake set.</param>
    public sealed record Response(string Object, bool WouldBeHeld, IReadOnlyList<Verdict> Verdicts, IntakeMarks Marks);

    /// <param name="Outcome">holds, passes, notForThisOrder, off, or notTried after a final rule that held.</param>
    public sealed record Verdict(string Rule, string Kind,
        [Words("holds", "passes", "notForThisOrder", "off", "notTried")] string Outcome, IReadOnlyList<Found> Holds, int? Score, int? Limit, IReadOnlyList<SeenSignal>? Signals);

    public sealed record Found(string Kind, string Reason, int? Line, string? Permission, DateTimeOffset? ExpiresAt, OrderId? OtherOrder, IReadOnlyList<Saying>? Says = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/hold-rules/try", async (Request body, Actor actor, Db db, CatalogReader catalog, NetworkReader network, PolicyReader policies, FindOrder find,
                TimeProvider clock) => (await Handle(body, actor, db, catalog, network, policies, find, clock.GetUtcNow())).ToHttp())
            .Requires(Permission.OrdersRead).WithName("holdRules.try").WithSummary("See what the rules say of an order").WithTags("Rules")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: those of the form of an order, orders.not_found, orders.unknown_channel, orders.price_missing.</remarks>
    public static async Task<Result<Response>> Handle(Request body, Actor actor, Db db, CatalogReader catalog, NetworkReader network, PolicyReader policies,
        FindOrder find, DateTimeOffset now)
    {
        if (body.Order is null == body.OrderId is null)
            return Error.Invalid([new FieldError("/order", "field.required", "Say an order, or the id of one.")]);
        var request = body.Order;
        OrderId? own = null;
        if (request is not null)
        {
            if (PlaceOrder.Validate(request) is { } faults) return Under(faults, "/order");
        }
        else
        {
            var view = OrderId.TryParse(body.OrderId, null, out var id) ? await find.Find(actor, id) : null;
            if (view is null) return OrderErrors.NotFound(body.OrderId!);
            (request, own, now) = (AsSent(view), id, view.PlacedAt);
        }
        var settings = await network.Settings(actor.Merchant);
        if (await network.HasMoved(settings)) await network.Refresh(actor.Merchant);
        var prepared = await PendingOrder.Prepare(actor, request, catalog, network, policies, db, now, own);
        if (prepared.Error is { } error) return Under(error, body.Order is null ? "" : "/order");
        return await Judge(prepared.Value, actor, db, now);
    }

    private static async Task<Result<Response>> Judge(PendingOrder pending, Actor actor, Db db, DateTimeOffset now)
    {
        var order = pending.Order;
        var history = await db.Read(actor, async work =>
        {
            var batch = work.Batch();
            var customers = CustomerLookup.Queue(batch, [pending.Buyer]);
            var asked = IntakeHistory.Queue(batch, [pending], now, now);
            await batch.Run();
            await asked.ReadTwins(work, [pending]);
            var credit = await CreditCheck.Read(work, [pending], customers, now, isLocked: false);
            var match = customers.Match(pending.Buyer, now) is { IsOk: true } found ? found.Value : null;
            return asked.Of(0, pending, match?.BlockedReasons ?? [], credit.OpenMinor(pending, match), now);
        }, snapshot: true);
        var verdicts = HoldRules.Try(order.Policy.Holds, order.Facts! with { Now = now, History = history }).Select(v => new Verdict(v.Rule.Code, v.Rule.Kind, v.Outcome,
            [.. v.Holds.Select(h => new Found(h.Kind, h.Reason, h.LineNo, h.Permission, h.ExpiresAt, h.Other, Saying.Read(h.Says)))], v.Score,
            v.Score is null ? null : v.Rule.Settings?.Limit, v.Seen)).ToList();
        return new Response("holdRulesTried", verdicts.Exists(v => v.Holds.Count > 0), verdicts, IntakeRules.Sort(order.Policy.Intake, order.Facts! with { Method = order.Sent.Method }));
    }

    /// <summary>An order as its source may have sent it. Shares of discounts stand on the lines.</summary>
    internal static PlaceOrder.Request AsSent(OrderView o) => new(o.Channel, null, o.Currency, o.Customer, o.ShippingAddress, o.BillingAddress, o.Method,
        [.. o.Lines.Where(l => l.Kind is "goods" or "bundle").Select(l => new PlaceOrder.Line(l.Sku, l.Quantity, l.UnitPriceMinor, l.Name, l.DiscountMinor, l.TaxRate, l.TaxMinor, null, l.Method, l.CollectAt))],
        [.. o.Lines.Where(l => l.Kind == "charge").Select(l => new PlaceOrder.Charge(l.Sku, l.Name, l.TotalMinor, l.TaxRate, l.TaxMinor))],
        null, o.PricesIncludeTax, o.PaymentStatus is "none" ? null : new PlaceOrder.Payment(o.PaymentStatus, null, null, o.ExpiresAt), null, null,
        o.Metadata?.AsObject().ToDictionary(m => m.Key, m => m.Value?.ToString() ?? ""), CollectAt: o.CollectAt);

    internal static Error Under(Error error, string at) => error with { Fields = [.. error.Fields.Select(f => f with { Pointer = at + f.Pointer })] };
}
