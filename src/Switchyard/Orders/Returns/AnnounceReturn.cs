using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Announces that goods of an order come back, and takes that back. Stock and money stay as they are until they are here.</summary>
public static class AnnounceReturn
{
    /// <param name="Lines">Units of the order's lines; a bundle as a whole.</param>
    /// <param name="Reference">What whoever announces it calls it; it is announced once.</param>
    /// <param name="DueAt">When it is expected.</param>
    public sealed record Request(string? Reason, IReadOnlyList<CancelOrder.LineUnits?>? Lines, string? Reference = null, DateTimeOffset? DueAt = null);

    public sealed record WithdrawRequest(string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders/{id}/returns", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, ExpectedReturns.Office, db, clock, actor)).ToHttp(201))
            .Requires(Permission.OrdersWrite).WithName("orders.announceReturn").WithSummary("Announce that goods come back").WithTags("Orders")
            .Produces<ReturnView>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/orders/{id}/returns/{number}/withdraw", async (string id, string number, WithdrawRequest body, Db db, TimeProvider clock, Actor actor) =>
                (await Withdraw(id, number, body, db, clock, actor)).ToHttp())
            .Requires(Permission.OrdersWrite).WithName("orders.withdrawReturn").WithSummary("Say that what is open of a return will not come").WithTags("Orders")
            .Produces<ReturnView>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/orders/{id}/returns", async (string id, Db db, Actor actor) => (await Read(id, db, actor)).ToHttp())
            .Requires(Permission.OrdersRead).WithName("orders.listReturns").WithSummary("The returns of an order that were announced").WithTags("Orders")
            .Produces<Page<ReturnView>>().ProducesProblem(404);
    }

    /// <remarks>Errors: request.invalid with pointers, orders.not_found, orders.no_such_line, orders.not_that_many_back, orders.return_reference_taken.</remarks>
    internal static async Task<Result<ReturnView>> Handle(string id, Request body, string source, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        if (Check(body, now) is { } faults) return faults;
        if (!OrderId.TryParse(id, null, out var orderId)) return OrderErrors.NotFound(id);
        return await db.Write<ReturnView>(actor, async work =>
        {
            var order = await OpenOrder.Lock(work, actor, orderId, now);
            if (order is null) return OrderErrors.NotFound(id);
            var wish = new NewReturn(source, body.Reference?.Trim(), body.Reason!, body.DueAt, [.. body.Lines!.Select(l => new BackLine(l!.Line, l.Quantity, false))]);
            var made = await ExpectedReturns.Announce(work, actor, now, order, wish);
            if (made.Error is { } error) return error;
            await order.Save(work);
            return (await ExpectedReturns.Of(work, orderId)).Single(r => r.Id == made.Value);
        });
    }

    /// <remarks>Errors: request.invalid, orders.not_found, orders.no_such_return. What is closed stays as it is.</remarks>
    private static async Task<Result<ReturnView>> Withdraw(string id, string number, WithdrawRequest body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500, required: true);
        if (checks.AnyFault) return checks.ToError();
        if (!OrderId.TryParse(id, null, out var orderId)) return OrderErrors.NotFound(id);
        var now = clock.GetUtcNow();
        return await db.Write<ReturnView>(actor, async work =>
        {
            var order = await OpenOrder.Lock(work, actor, orderId, now);
            if (order is null) return OrderErrors.NotFound(id);
            if ((await ExpectedReturns.Of(work, orderId)).FirstOrDefault(r => r.Number == number) is not { } found) return OrderErrors.NoSuchReturn;
            if (found.ClosedAt is not null) return found;
            await ExpectedReturns.Withdraw(work, order, found, body.Reason!, now);
            await order.Save(work);
            return (await ExpectedReturns.Of(work, orderId)).Single(r => r.Id == found.Id);
        });
    }

    private static async Task<Result<Page<ReturnView>>> Read(string id, Db db, Actor actor)
    {
        if (!OrderId.TryParse(id, null, out var orderId)) return OrderErrors.NotFound(id);
        return await db.Read(actor, async work => (await FindOrder.Read(work, actor, [orderId], withPlan: false)).Count == 0 ? (Result<Page<ReturnView>>)OrderErrors.NotFound(id)
            : new Page<ReturnView>(await ExpectedReturns.Of(work, orderId), null, false), snapshot: true);
    }

    private static Error? Check(Request body, DateTimeOffset now)
    {
        var checks = new Checks();
        checks.Words(body.Reason, "/reason", 500, required: true);
        checks.Text(body.Reference, "/reference", 100);
        checks.That(body.Reference is null || body.Reference.Trim().Length > 0, "/reference", "field.required", "A reference is not blank.");
        checks.That(body.DueAt is null || body.DueAt > now.AddYears(-1) && body.DueAt <= now.AddYears(1), "/dueAt", "field.out_of_range", "dueAt must lie within a year of now.");
        checks.That(body.Lines is { Count: > 0 and <= PlaceOrder.MostLines }, "/lines", "field.out_of_range", $"Name 1 to {PlaceOrder.MostLines} lines.");
        var seen = new HashSet<int>();
        foreach (var (i, line) in (body.Lines ?? []).Take(PlaceOrder.MostLines).Index())
        {
            if (line is null) { checks.Fault($"/lines/{i}", "field.required", "Units of a line must be an object."); continue; }
            checks.Quantity(line.Quantity, $"/lines/{i}/quantity");
            checks.That(seen.Add(line.Line), $"/lines/{i}/line", "edit.line_twice", $"Line {line.Line} is named twice.");
        }
        return checks.AnyFault ? checks.ToError() : null;
    }
}
