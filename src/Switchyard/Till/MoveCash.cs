using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Till;

/// <summary>Cash is put into a drawer, or taken out of it, for something else than a sale.</summary>
public static class MoveCash
{
    /// <param name="Id">The till's own id of it: told again, it counts once.</param>
    /// <param name="Kind">cashIn or cashOut.</param>
    public sealed record Request(string? Id, [Words("cashIn", "cashOut")] string? Kind, long? AmountMinor, string? Reason, string? At = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/shifts/{id}/cash", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp(201))
            .Requires(Permission.TillWork).WithName("till.cash").WithTags("Till").WithSummary("Put cash into the drawer, or take some out").Produces<TillReceipt>(201)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with pointers, till.no_such_shift, till.no_open_shift, till.id_taken.</remarks>
    public static async Task<Result<TillReceipt>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        checks.Text(body.Id, "/id", TillBooks.MostId, required: true);
        checks.That(body.Kind is "cashIn" or "cashOut", "/kind", "field.not_one_of", "kind is cashIn or cashOut.");
        if (body.AmountMinor is { } amount) checks.Range(amount, 1, Money.MaxMinor, "/amountMinor");
        else checks.Fault("/amountMinor", "field.required", "amountMinor is required.");
        checks.Words(body.Reason, "/reason", 200, required: true);
        var at = checks.Past(body.At, "/at", now, isClamped: true) ?? now;
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(id)) return TillErrors.NoSuchShift;
        byte[] hash = TillBooks.Hash(new { id, body });
        return await db.Write<TillReceipt>(actor, async work =>
        {
            if (await TillBooks.Shift(work, actor, id) is not { } told) return TillErrors.NoSuchShift;
            var shift = await TillBooks.Counting(work, told);
            if (await TillBooks.Earlier(work, actor, body.Id!, hash) is { } earlier) return earlier;
            if (shift is null) return TillErrors.NoOpenShift;
            long minor = body.Kind == "cashIn" ? body.AmountMinor!.Value : -body.AmountMinor!.Value;
            var receipt = new TillReceipt(body.Id!, body.Kind!, shift.Id, await TillBooks.NextNo(work, shift), shift.Node, shift.Register, at, shift.Currency, minor, 0, 0, 0, 0, null, null, [],
                [new ReceiptTender("cash", minor, null)], shift.Id != told.Id, body.Reason);
            await TillBooks.Keep(work, actor, new NewEntry(body.Id!, body.Kind!, null, null, hash), told.Id, receipt, now);
            await EventLog.Append(work, actor, now, new Happening("tillShift", shift.Id, "TillCashMoved", new { entry = body.Id, kind = body.Kind, amountMinor = body.AmountMinor, currency = shift.Currency, at }, body.Reason));
            return receipt;
        });
    }
}
