using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Till;

/// <summary>Closes a shift with the cash that was counted, and keeps its Z report as it is then.</summary>
public static class CloseShift
{
    /// <param name="CountedCashMinor">What lies in the drawer.</param>
    public sealed record Request(long? CountedCashMinor, string? At = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/till/shifts/{id}/close", async (string id, Request body, Db db, TimeProvider clock, Actor actor) => (await Handle(id, body, db, clock, actor)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.close").WithTags("Till").WithSummary("Close a shift").WithDescription("The answer is the Z report. Told again, it is the same report.")
            .Produces<TillReport>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: request.invalid with pointers, till.no_such_shift, till.shift_is_closed.</remarks>
    public static async Task<Result<TillReport>> Handle(string id, Request body, Db db, TimeProvider clock, Actor actor)
    {
        var now = clock.GetUtcNow();
        var checks = new Checks();
        if (body.CountedCashMinor is { } counted) checks.Amount(counted, "/countedCashMinor");
        else checks.Fault("/countedCashMinor", "field.required", "countedCashMinor is required.");
        var at = checks.Past(body.At, "/at", now, isClamped: true) ?? now;
        if (checks.AnyFault) return checks.ToError();
        if (!Text.IsStorable(id)) return TillErrors.NoSuchShift;
        byte[] hash = TillBooks.Hash(body);
        return await db.Write<TillReport>(actor, async work =>
        {
            var shift = await TillBooks.Shift(work, actor, id, isLocked: true);
            if (shift is null) return TillErrors.NoSuchShift;
            if (shift.ClosedAt is not null)
                return shift.CloseHash!.AsSpan().SequenceEqual(hash) ? JsonSerializer.Deserialize<TillReport>(shift.Report!, Json.Options)! : TillErrors.ShiftIsClosed;
            // One shift of a register is open at a time, so nobody else draws this number.
            long z = await work.Scalar("select coalesce(max(z_no), 0) + 1 from till_shifts where merchant_id = @merchant and node_id = @node and register = @register", ("node", shift.NodeId), ("register", shift.Register));
            var report = await ReadTill.Report(work, shift with { ClosedAt = at, ZNumber = z }, body.CountedCashMinor);
            await work.Execute(
                "update till_shifts set closed_by = @actor, closed_at_ms = @at, close_hash = @hash, z_no = @z, report = @report where merchant_id = @merchant and id = @id",
                ("actor", actor.Id), ("at", at.ToUnixTimeMilliseconds()), ("hash", hash), ("z", z), ("report", JsonSerializer.Serialize(report, Json.Options)), ("id", id));
            await EventLog.Append(work, actor, now, new Happening("tillShift", id, "TillShiftClosed",
                new { node = shift.Node, register = shift.Register, number = z, totalMinor = report.TotalMinor, differenceMinor = report.DifferenceMinor, currency = shift.Currency, at }));
            return report;
        });
    }
}
