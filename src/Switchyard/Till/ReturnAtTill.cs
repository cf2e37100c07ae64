using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Till;

/// <summary>Takes goods back at a till with the receipt: of a sale here or elsewhere, or of an order of any channel. Money goes back the way it came.</summary>
public static class ReturnAtTill
{
    public const int MostLines = 500;

    /// <param name="Number">Of the order's line.</param>
    public sealed record Line([property: System.Text.Json.Serialization.JsonPropertyName("line")] int? Number, long? Quantity, bool IsDamaged = false);

    /// <param name="Id">The till's own id of the return: told again, nothing comes back twice.</param>
    /// <param name="Receipt">The id of the sale; or say the order.</param>
    /// <param name="RefundMinor">What is given back, when it is less than was paid for the goods.</param>
    public sealed record Request(string? Id, string? Shift, string? Receipt, OrderId? Order, IReadOnlyList<Line?>? Lines, string? Reason, long? RefundMinor = null, string? At = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/returns", async (Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(body, db, clock, actor)).ToHttp(201))
            .Requires(Permission.TillWork).WithName("till.return").WithTags("Till").WithSummary("Take goods back with a receipt")
            .WithDescription("What a marketplace or shop took is not given back by the till: it is told as owedMinor, and somebody of the office is told.")
            .Produces<TillReceipt>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with pointers, till.no_such_shift, till.no_such_entry, till.no_open_shift, till.id_taken, orders.not_found, orders.no_such_line, orders.not_that_many_back.</remarks>
    public static async Task<Result<TillReceipt>> Handle(Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        var at = Check(body, checks, now) ?? now;
        if (checks.AnyFault) return checks.ToError();
        byte[] hash = TillBooks.Hash(body);
        return await db.Write<TillReceipt>(actor, async work =>
        {
            if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } before) return before;
            if (await TillBooks.Shift(work, actor, body.Shift!) is not { } told) return TillErrors.NoSuchShift;
            var id = body.Order;
            if (body.Receipt is { } receiptId)
            {
                if (await TillBooks.Entry(work, receiptId) is not { Kind: "sale", Order: { } sold }) return TillErrors.NoSuchEntry;
                id = new OrderId(sold);
            }
            var desk = await OrderAtTill.Lock(work, actor, id!.Value, told.NodeId, now);
            if (desk is null) return OrderErrors.NotFound(id.Value.ToString());
            if (desk.Order.Currency != told.Currency) return Error.Invalid([new FieldError("/order", "payments.other_currency", $"The order is in {desk.Order.Currency}.")]);
            if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } meanwhile) return meanwhile;

            var back = await GoodsBack.Take(work, desk.Order, [.. body.Lines!.Select(l => new BackLine(l!.Number!.Value, l.Quantity!.Value, l.IsDamaged))], told.NodeId, desk.Sheet, actor, at, body.Id!, body.Reason);
            if (back.Error is { } error) return error;
            long paid = back.Value.Sum(b => b.PaidMinor);
            var (given, owed) = await GiveMoneyBack.Of(work, desk.Order, Math.Min(paid, body.RefundMinor ?? long.MaxValue), body.Id!, body.Reason, actor, at, now);
            await desk.Order.Save(work, desk.Sheet);
            var shift = await TillBooks.Counting(work, told);
            if (shift is null) return TillErrors.NoOpenShift;
            var receipt = new TillReceipt(body.Id!, "return", shift.Id, await TillBooks.NextNo(work, shift), shift.Node, shift.Register, at, shift.Currency, given.Sum(g => g.AmountMinor), 0, GiveMoneyBack.TaxOf(given, back.Value.Sum(b => b.TaxMinor), paid),
                0, owed, desk.Order.Id,
                desk.Order.Number, [.. back.Value.Select(b => Shown(desk.Order.Line(b.Line)!, b))], given, shift.Id != told.Id, body.Reason);
            await TillBooks.Keep(work, actor, new NewEntry(body.Id!, "return", desk.Order.Id, body.Receipt, hash), told.Id, receipt, now);
            return receipt;
        });
    }

    private static ReceiptLine Shown(OpenLine line, BackMoney back) =>
        new(line.LineNo, line.Sku, null, back.Units, line.Billing.UnitPriceMinor, 0, back.PaidMinor, line.Billing.TaxRatePpm / 1_000_000m, back.TaxMinor);

    private static DateTimeOffset? Check(Request body, Checks checks, DateTimeOffset now)
    {
        checks.Text(body.Id, "/id", TillBooks.MostId, required: true);
        checks.Text(body.Shift, "/shift", TillBooks.MostId, required: true);
        checks.Text(body.Receipt, "/receipt", TillBooks.MostId);
        checks.That((body.Receipt is null) != (body.Order is null), "/order", "field.required", "Say the receipt or the order.");
        checks.That(body.Lines is { Count: > 0 and <= MostLines }, "/lines", "field.out_of_range", $"Send 1 to {MostLines} lines.");
        foreach (var (i, line) in (body.Lines ?? []).Take(MostLines).Index())
        {
            checks.That(line?.Number is not null, $"/lines/{i}/line", "field.required", "line is required: its number in the order.");
            checks.Quantity(line?.Quantity ?? 0, $"/lines/{i}/quantity");
        }
        checks.Words(body.Reason, "/reason", 200, required: true);
        if (body.RefundMinor is { } refund) checks.Amount(refund, "/refundMinor");
        return checks.Past(body.At, "/at", now, isClamped: true);
    }
}
