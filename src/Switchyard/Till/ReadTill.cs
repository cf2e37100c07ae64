using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Till;

/// <summary>Shows shifts, their receipts and their reports.</summary>
public static class ReadTill
{
    private const int MostShifts = 100, MostEntries = 500;

    private sealed record Sum(string Kind, string Tender, long Taken, long Given);
    private sealed record Count(string Kind, long Entries, long Total, long Discount, long Tax, long Late);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/till/shifts", async (Db db, Actor actor, [FromQuery] string? node, [FromQuery] bool? open) => (await Shifts(db, actor, node, open)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.shifts").WithTags("Till").WithSummary("List shifts, the newest first").Produces<Page<ShiftView>>().ProducesProblem(400);
        routes.MapGet("/till/shifts/{id}/report", async (string id, Db db, Actor actor) => (await Read(db, actor, id)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.report").WithTags("Till").WithSummary("Read the report of a shift: X while it is open, then Z").Produces<TillReport>().ProducesProblem(404);
        routes.MapGet("/till/shifts/{id}/receipts", async (string id, Db db, Actor actor) => (await Receipts(db, actor, id)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.receipts").WithTags("Till").WithSummary("List what was rung up in a shift, the newest first").Produces<Page<TillReceipt>>().ProducesProblem(404);
        routes.MapGet("/till/receipts/{id}", async (string id, Db db, Actor actor) => (await Receipt(db, actor, id)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.receipt").WithTags("Till").WithSummary("Read a receipt").Produces<TillReceipt>().ProducesProblem(404);
    }

    private static async Task<Result<Page<ShiftView>>> Shifts(Db db, Actor actor, string? node, bool? open)
    {
        var checks = new Checks();
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        var found = await db.Read(actor, work => TillBooks.Shifts(work, actor, node, open, MostShifts));
        return new Page<ShiftView>([.. found.Select(s => s.View)], null, false);
    }

    private static Task<Result<TillReport>> Read(Db db, Actor actor, string id) => db.Read<Result<TillReport>>(actor, async work =>
    {
        if (!Text.IsStorable(id) || await TillBooks.Shift(work, actor, id) is not { } shift) return TillErrors.NoSuchShift;
        return shift.Report is { } kept ? JsonSerializer.Deserialize<TillReport>(kept, Json.Options)! : await Report(work, shift, null);
    }, snapshot: true);

    private static Task<Result<Page<TillReceipt>>> Receipts(Db db, Actor actor, string id) => db.Read<Result<Page<TillReceipt>>>(actor, async work =>
    {
        if (!Text.IsStorable(id) || await TillBooks.Shift(work, actor, id) is null) return TillErrors.NoSuchShift;
        var found = await TillBooks.Entries(work, id, MostEntries + 1);
        return new Page<TillReceipt>([.. found.Take(MostEntries).Select(e => e.Receipt)], null, found.Count > MostEntries);
    });

    private static Task<Result<TillReceipt>> Receipt(Db db, Actor actor, string id) => db.Read<Result<TillReceipt>>(actor, async work =>
        Text.IsStorable(id) && await TillBooks.Entry(work, id) is { } entry && actor.MaySeeNode(entry.NodeId) ? entry.Receipt : TillErrors.NoSuchEntry);

    /// <summary>Adds up a shift. X without counted cash; Z, with it, while the shift's row is locked.</summary>
    internal static async Task<TillReport> Report(Work work, StoredShift shift, long? counted)
    {
        var sums = await work.Query(
            """
            select e.kind, t.tender, sum(case when t.amount_minor > 0 then t.amount_minor else 0 end), sum(case when t.amount_minor < 0 then -t.amount_minor else 0 end)
              from till_entries e join till_tenders t on t.merchant_id = e.merchant_id and t.entry_id = e.id
             where e.merchant_id = @merchant and e.shift_id = @shift group by e.kind, t.tender
            """, row => new Sum(row.Text(), row.Text(), row.Sum(), row.Sum()), ("shift", shift.Id));
        var counts = await work.Query(
            """
            select e.kind, count(*), sum(e.total_minor), sum(e.discount_minor), sum(e.tax_minor), sum(case when e.told_shift <> e.shift_id then 1 else 0 end)
              from till_entries e where e.merchant_id = @merchant and e.shift_id = @shift group by e.kind
            """, row => new Count(row.Text(), row.Long(), row.Sum(), row.Sum(), row.Sum(), row.Sum()), ("shift", shift.Id));
        ReportLine of(string kind) => counts.Find(c => c.Kind == kind) is { } found ? new ReportLine(found.Entries, found.Total) : new ReportLine(0, 0);
        // Cash that is put in or taken out is no tender: nothing was sold for it.
        var tenders = sums.Where(s => s.Kind is not ("cashIn" or "cashOut")).GroupBy(s => s.Tender, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ReportTender(g.Key, g.Sum(s => s.Taken), g.Sum(s => s.Given), g.Sum(s => s.Taken - s.Given))).ToList();
        long cashIn = of("cashIn").TotalMinor, cashOut = -of("cashOut").TotalMinor;
        long expected = shift.FloatMinor + cashIn - cashOut + (tenders.Find(t => t.Tender == "cash")?.NetMinor ?? 0);
        return new TillReport(counted is null ? "x" : "z", shift.ZNumber, shift.Id, shift.Node, shift.Register, shift.Currency, shift.OpenedAt, shift.ClosedAt, shift.FloatMinor,
            of("sale"), of("void"), of("return"), counts.Sum(c => c.Discount), counts.Sum(c => c.Tax), cashIn, cashOut, tenders, tenders.Sum(t => t.NetMinor),
            expected, counted, counted - expected, counts.Sum(c => c.Late));
    }
}
