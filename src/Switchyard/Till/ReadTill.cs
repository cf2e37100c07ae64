using System.Globalization;
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
    private sealed record Sum(string Kind, string Tender, long Taken, long Given);
    private sealed record Count(string Kind, long Entries, long Total, long Discount, long Tax, long Late);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/till/shifts", async (Db db, Actor actor, [FromQuery] string? node, [FromQuery] bool? open, [FromQuery] int? limit, [FromQuery] string? after) => (await Shifts(db, actor, node, open, limit, after)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.shifts").WithTags("Till").WithSummary("List shifts, the newest first").Produces<Page<ShiftView>>().ProducesProblem(400);
        routes.MapGet("/till/shifts/{id}/report", async (string id, Db db, Actor actor) => (await Read(db, actor, id)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.report").WithTags("Till").WithSummary("Read the report of a shift: X while it is open, then Z").Produces<TillReport>().ProducesProblem(404);
        routes.MapGet("/till/shifts/{id}/receipts", async (string id, Db db, Actor actor, [FromQuery] int? limit, [FromQuery] string? after) => (await Receipts(db, actor, id, limit, after)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.receipts").WithTags("Till").WithSummary("List what was rung up in a shift, the newest first").Produces<Page<TillReceipt>>().ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/till/receipts/{id}", async (string id, Db db, Actor actor) => (await Receipt(db, actor, id)).ToHttp())
            .Requires(Permission.TillWork).WithName("till.receipt").WithTags("Till").WithSummary("Read a receipt").Produces<TillReceipt>().ProducesProblem(404);
    }

    private static async Task<Result<Page<ShiftView>>> Shifts(Db db, Actor actor, string? node, bool? open, int? limit, string? after)
    {
        var checks = new Checks();
        checks.Text(node, "#node", 64);
        int most = limit ?? Cursor.MostLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        string[] from = Cursor.TryDecode(after, out string text) ? text.Split(' ', 2) : [];
        long before = long.MaxValue;
        if (from is not ([""] or [_, _]) || from is [var ms, _] && !long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            checks.Fault("#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        (long, string)? start = from is [_, var last] ? (before, last) : null;
        var found = await db.Read(actor, work => TillBooks.Shifts(work, actor, node, open, most + 1, start));
        var page = Page<StoredShift>.Of(found, most, s => $"{Text.Invariant(s.RecordedAtMs)} {s.Id}");
        return new Page<ShiftView>([.. page.Data.Select(s => s.View)], page.Next, page.HasMore);
    }

    private static Task<Result<TillReport>> Read(Db db, Actor actor, string id) => db.Read<Result<TillReport>>(actor, async work =>
    {
        if (!Text.IsStorable(id) || await TillBooks.Shift(work, actor, id) is not { } shift) return TillErrors.NoSuchShift;
        return shift.Report is { } kept ? JsonSerializer.Deserialize<TillReport>(kept, Json.Options)! : await Report(work, shift, null);
    }, snapshot: true);

    private static async Task<Result<Page<TillReceipt>>> Receipts(Db db, Actor actor, string id, int? limit, string? after)
    {
        var checks = new Checks();
        int most = limit ?? Cursor.MostLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        long before = long.MaxValue;
        if (!Cursor.TryNumber(after, ref before)) checks.Fault("#after", "field.malformed", "after must be a cursor from an earlier answer.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read<Result<Page<TillReceipt>>>(actor, async work =>
        {
            if (!Text.IsStorable(id) || await TillBooks.Shift(work, actor, id) is null) return TillErrors.NoSuchShift;
            var page = Page<StoredEntry>.Of(await TillBooks.Entries(work, id, most + 1, before), most, e => Text.Invariant(e.No));
            return new Page<TillReceipt>([.. page.Data.Select(e => e.Receipt)], page.Next, page.HasMore);
        });
    }

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
