using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Till;

/// <summary>Takes back the last sale of a shift: the goods are on the shelf again, the money is given back as it came; a sale that was to be sent is cancelled. An older sale is taken back as a return.</summary>
public static class VoidSale
{
    /// <param name="Id">The till's own id of the void: told again, it counts once.</param>
    public sealed record Request(string? Id, string? Reason, string? At = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/receipts/{id}/void", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp(201))
            .Requires(Permission.TillWork).WithName("till.void").WithTags("Till").WithSummary("Void the last sale").Produces<TillReceipt>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with pointers, till.no_such_entry, till.not_the_last, till.id_taken, orders.nothing_to_bring_back.</remarks>
    public static async Task<Result<TillReceipt>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Id, "/id", TillBooks.MostId, required: true);
        checks.Words(body.Reason, "/reason", 200, required: true);
        var at = checks.Past(body.At, "/at", now, isClamped: true) ?? now;
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(id)) return TillErrors.NoSuchEntry;
        byte[] hash = TillBooks.Hash(new { id, body });
        return await db.Write<TillReceipt>(actor, async work =>
        {
            if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } before) return before;
            if (await TillBooks.Entry(work, id) is not { Kind: "sale", Order: { } orderId } entry || !actor.MaySeeNode(entry.NodeId)) return TillErrors.NoSuchEntry;
            if (entry.Receipt.IsSentHome) return await CallOff(work, entry, new OrderId(orderId), id, body, hash, actor, at, now);
            var desk = await OrderAtTill.Lock(work, actor, new OrderId(orderId), entry.NodeId, now);
            if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } meanwhile) return meanwhile;
            var shift = await TillBooks.Shift(work, actor, entry.Shift, isLocked: true);
            if (desk is null || shift is not { ClosedAt: null } || await TillBooks.NextNo(work, shift) != entry.No + 1) return TillErrors.NotTheLast;

            var back = await GoodsBack.Take(work, desk.Order, null, entry.NodeId, desk.Sheet, actor, at, body.Id!, body.Reason);
            if (back.Error is { } error) return error;
            // Part of it came back meanwhile, at another register: what is left is a return.
            if (back.Value.Sum(b => b.Units) != desk.Order.Lines.Where(l => l.ParentLineNo is null && l.Kind is LineKind.Goods or LineKind.Bundle).Sum(l => l.Quantity)) return TillErrors.NotTheLast;
            return await Keep(work, desk.Order, desk.Sheet, entry, shift, id, body, hash, actor, at, now);
        });
    }

    /// <summary>A sale that was to be sent is cancelled: as long as nobody has begun to pick it.</summary>
    private static async Task<Result<TillReceipt>> CallOff(Work work, StoredEntry entry, OrderId orderId, string id, Request body, byte[] hash, Actor actor, DateTimeOffset at, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor with { Nodes = null }, orderId, now);
        if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } meanwhile) return meanwhile;
        if (order is null || order.Lines.Exists(l => l.HasLeft)) return TillErrors.NotTheLast;
        var cancelled = await CancelOrder.Cancel(work, order, new CancelOrder.Request(body.Reason), now);
        if (cancelled.Error is { } error) return error;
        // Somebody has begun and would have to be asked first: the office cancels it, and gives the money back then.
        if (cancelled.Value.Outcome != CancelOrder.Outcome.Done) return TillErrors.NotTheLast;
        var shift = await TillBooks.Shift(work, actor, entry.Shift, isLocked: true);
        if (shift is not { ClosedAt: null } || await TillBooks.NextNo(work, shift) != entry.No + 1) return TillErrors.NotTheLast;
        return await Keep(work, order, cancelled.Value.Sheet, entry, shift, id, body, hash, actor, at, now);
    }

    private static async Task<Result<TillReceipt>> Keep(Work work, OpenOrder order, StockSheet sheet, StoredEntry entry, StoredShift shift, string id, Request body, byte[] hash, Actor actor, DateTimeOffset at, DateTimeOffset now)
    {
        var sale = entry.Receipt;
        var (given, owed) = await GiveMoneyBack.Of(work, order, sale.TotalMinor, body.Id!, body.Reason, actor, at, now);
        await order.Save(work, sheet);
        var receipt = sale with
        {
            Id = body.Id!,
            Kind = "void",
            No = entry.No + 1,
            At = at,
            TotalMinor = given.Sum(g => g.AmountMinor),
            DiscountMinor = -sale.DiscountMinor,
            TaxMinor = GiveMoneyBack.TaxOf(given, sale.TaxMinor, sale.TotalMinor),
            ChangeMinor = 0,
            OwedMinor = owed,
            Tenders = given,
            IsLate = false,
            Reason = body.Reason,
        };
        await TillBooks.Keep(work, actor, new NewEntry(body.Id!, "void", order.Id, id, hash), shift.Id, receipt, now);
        return receipt;
    }
}
