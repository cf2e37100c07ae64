using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Payments;

namespace Switchyard.Orders;

/// <summary>Moves units nobody works on yet to a new, linked order of the same customer, with their money, claims and holds, in one transaction.</summary>
public static class SplitOrder
{
    /// <param name="Charges">stay (also when left out: the customer pays delivery once), or share: divided as the goods are worth.</param>
    public sealed record Request(IReadOnlyList<LineUnits?>? Lines, string? Charges = null, string? Reason = null);

    /// <param name="Quantity">Units that go; a bundle as a whole.</param>
    /// <param name="From">waiting or allocated units only; what waits first when left out.</param>
    public sealed record LineUnits(int Line, long Quantity, string? From = null);

    /// <param name="SplitOff">The new order.</param>
    public sealed record Response(string Object, OrderView Order, OrderView SplitOff);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/orders/{id}/split", async (string id, Request body, Actor actor, HttpContext http, Db db, [Microsoft.AspNetCore.Mvc.FromServices] DraftDesk desk, PolicyReader policies,
                OrderNumbers numbers, FindOrder find) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp()
                    : (await Handle(id, body, expected.Value, actor, db, desk, policies, numbers, find)).ToHttp(StatusCodes.Status201Created, r => "/api/v1/orders/" + r.SplitOff.Id);
            })
            .Requires(Permission.OrdersChange).WithName("orders.split").WithSummary("Move units of an order to a new one").WithTags("Orders")
            .Produces<Response>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);

    /// <remarks>Errors: orders.not_found, orders.version_changed, orders.payment_pending, and those of <see cref="OrderSplit"/>.</remarks>
    private static async Task<Result<Response>> Handle(string id, Request body, long? expected, Actor actor, Db db, DraftDesk desk, PolicyReader policies, OrderNumbers numbers, FindOrder find)
    {
        if (Form(body) is { } faults) return faults;
        if (!OrderId.TryParse(id, null, out var from) || await find.Find(actor, from) is not { } seen) return OrderErrors.NotFound(id);
        var policy = await policies.At(actor.Merchant, (await desk.Settings(actor.Merchant)).Network.Version);
        string number = (await numbers.Take(actor.Merchant, 1, seen.Type, policy.SeriesVersion(seen.Type))).Dequeue();
        return await db.Write<Response>(actor, async work =>
        {
            var now = desk.Now;
            if (await OpenOrder.Lock(work, actor, from, now) is not { } order) return OrderErrors.NotFound(id);
            if (expected is { } version && version != order.Version) return OrderErrors.Changed(order.Version);
            var sheet = await OpenOrder.LockStock(work, [order], now);
            var to = OrderId.New(now);
            var split = new OrderSplit(order, sheet, body, to, actor.Id);
            if (split.Apply() is { } refused) return refused;
            var money = await SplitPayments.Move(work, order, to, split.Money.Total, $"Split off to order {number}.", $"Split off order {order.Number}.", actor, now);
            if (money.Error is { } pending) return pending;
            split.FollowMoney(money.Value.Paid);
            order.Tell("OrderSplit", new
            {
                order = to, number, totalMinor = split.Money.Total, capturedMinor = money.Value.Paid.Captured, authorisedMinor = money.Value.Paid.Authorised,
                lines = split.Lines.Select(l => new { line = l.From.LineNo, sku = l.From.Sku, quantity = l.Units, otherLine = l.LineNo }),
            }, body.Reason);
            await OpenOrder.SaveAll(work, [order], sheet);
            await SplitRows.Write(work, order, split, money.Value, new NewLink(from, to, LinkKinds.Split, body.Reason, actor.Id), number, actor, now);
            var views = await FindOrder.Read(work, actor with { Nodes = null }, [from, to], withPlan: false);
            return new Response("orderSplit", views[0], views[1]);
        });
    }

    private static Error? Form(Request body)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500);
        checks.That(body.Charges is null or "stay" or "share", "/charges", "field.unknown_value", "charges must be stay or share.");
        checks.That(body.Lines is { Count: > 0 and <= PlaceOrder.MostLines }, "/lines", "field.out_of_range", $"Name 1 to {PlaceOrder.MostLines} lines.");
        var seen = new HashSet<int>();
        foreach (var (i, line) in (body.Lines ?? []).Take(PlaceOrder.MostLines).Index())
        {
            if (line is null) { checks.Fault($"/lines/{i}", "field.required", "Units of a line must be an object."); continue; }
            checks.Quantity(line.Quantity, $"/lines/{i}/quantity");
            checks.That(seen.Add(line.Line), $"/lines/{i}/line", "edit.line_twice", $"Line {line.Line} is named twice.");
            checks.That(line.From is null or "waiting" or "allocated", $"/lines/{i}/from", "field.unknown_value", "from must be waiting or allocated.");
        }
        return checks.AnyFault ? checks.ToError() : null;
    }
}
