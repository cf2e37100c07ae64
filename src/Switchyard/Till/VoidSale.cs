using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Till;

/// <summary>Takes back the last sale of a shift: the goods are on the shelf again, the money is given back as it came. An older sale is taken back as a return.</summary>
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
            var desk = await OrderAtTill.Lock(work, actor, new OrderId(orderId), entry.NodeId, now);
            if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } meanwhile) return meanwhile;
            var shift = await TillBooks.Shift(work, actor, entry.Shift, isLocked: true);
            if (desk is null || shift is not { ClosedAt: null } || await TillBooks.NextNo(work, shift) != entry.No + 1) return TillErrors.NotTheLast;

            var back = await GoodsBack.Take(work, desk.Order, null, entry.NodeId, desk.Sheet, actor, at, body.Id!, body.Reason);
            if (back.Error is { } error) return error;
            var sale = entry.Receipt;
            // Part of it came back meanwhile, at another register: what is left is a return.
            if (back.Value.Sum(b => b.Units) != desk.Order.Lines.Where(l => l.ParentLineNo is null && l.Kind is LineKind.Goods or LineKind.Bundle).Sum(l => l.Quantity)) return TillErrors.NotTheLast;
            var (given, owed) = await GiveMoneyBack.Of(work, desk.Order, sale.TotalMinor, body.Id!, body.Reason, actor, at, now);
            await desk.Order.Save(work, desk.Sheet);
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
            await TillBooks.Keep(work, actor, new NewEntry(body.Id!, "void", desk.Order.Id, id, hash), shift.Id, receipt, now);
            return receipt;
        });
    }
}
