using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Billing;

/// <summary>
/// The house approves the bill of a month that is over: from then on it stays as it is, with its prices and the entries it is made of. What is told after that makes another version of the whole month.
/// Whoever approves says what they looked at; the same said again does nothing more.
/// </summary>
public static class ApproveBill
{
    /// <param name="TotalMinor">The total that was looked at.</param>
    /// <param name="Entries">Of how many entries it was the sum.</param>
    /// <param name="Currency">The currency it was looked at in, where that may have changed.</param>
    /// <param name="NewPrices">A month that was approved before is priced by the tariff as it is now, not by the prices it was approved with.</param>
    public sealed record Request(long? TotalMinor, long? Entries, bool? NewPrices = null, string? Currency = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/bills/{month}/approve", async (string month, [FromQuery] string? merchant, Request? body, Db db, TimeProvider clock, Actor actor) => (await Handle(month, merchant, body, db, clock, actor)).ToHttp())
            .Requires(Permission.BillingApprove).OnlyForTheHouse().WithName("billing.approveBill").WithTags("Billing").WithSummary("Approve what a merchant is billed for a month")
            .Produces<ReadBill.Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);

    /// <remarks>Errors: billing.no_such_merchant, billing.month_runs, billing.not_counted, billing.no_tariff, billing.nothing_done, billing.changed; request.invalid with pointers #month, /totalMinor, /entries.</remarks>
    public static async Task<Result<ReadBill.Response>> Handle(string month, string? merchant, Request? body, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (from, to) = ReadBill.Month(month, checks);
        checks.That(body?.TotalMinor is not null, "/totalMinor", "field.required", "totalMinor is required: the total that was looked at.");
        checks.That(body?.Entries is not null, "/entries", "field.required", "entries is required: how many entries the bill was the sum of.");
        checks.Text(body?.Currency, "/currency", 3);
        if (checks.AnyFault) return checks.ToError();
        var found = await BillingAccess.For(db, actor, merchant);
        if (found.Error is { } unknown) return unknown;
        if (found.Value.Nodes is not null) return BillingErrors.NoSuchMerchant;
        var (whose, now) = (found.Value with { Stamp = null }, clock.GetUtcNow());
        if (!ReadBill.IsOver(to, await db.Read(whose, work => ReadBill.Today(work, now)))) return BillingErrors.MonthRuns;
        if (await IsCounting(db, whose, to, now)) return BillingErrors.NotCounted;
        var done = await db.Write<bool>(whose, async work =>
        {
            // Its tariff is locked: prices stay as they are, and two who approve come one after the other.
            if ((await work.Query("select version from tariffs where merchant_id = @merchant for update", row => row.Long())).Count == 0) return BillingErrors.NoTariff;
            var last = (await BillRows.Approved(work, [whose.Merchant], month, month)).LastOrDefault();
            int version = (last?.Version ?? 0) + 1;
            await work.Execute(
                """
                insert into billed_activities (activity_id, merchant_id, month, version)
                select a.id, a.merchant_id, @month, @version from billable_activities a where a.merchant_id = @merchant and a.day >= @from and a.day < @to
                   and not exists (select 1 from billed_activities b where b.activity_id = a.id and b.merchant_id = @merchant)
                """, ("month", month), ("version", version), ("from", from), ("to", to));
            // The sums are those of the entries that were just bound to it, whatever is told at the same time.
            var sums = (await work.Query(
                """
                select a.activity, sum(a.quantity), count(*) from billed_activities b join billable_activities a on a.id = b.activity_id
                 where b.merchant_id = @merchant and a.merchant_id = @merchant and b.month = @month group by a.activity
                """, row => (Activity: Bills.Parse(row.Text())!.Value, Quantity: row.Sum(), Events: row.Sum()), ("month", month))).ToDictionary(s => s.Activity, s => (s.Quantity, s.Events));
            var tariff = await WriteTariff.Load(work);
            var kept = body!.NewPrices == true ? null : last;
            var (currency, prices) = BillDraft.Prices(tariff.Currency, tariff.Lines, kept?.Currency, kept?.Tariff ?? []);
            var bill = BillDraft.Of(currency, prices, sums);
            if (bill.Entries == 0) return BillingErrors.NothingDone;
            if ((bill.TotalMinor, bill.Entries) != (body.TotalMinor!.Value, body.Entries!.Value) || body.Currency is { } looked && looked != bill.Currency) return BillingErrors.Changed;
            if (last is not null && last.Entries == bill.Entries && last.Currency == bill.Currency && last.Lines.SequenceEqual(bill.Lines)) return true;
            await work.Execute(
                """
                insert into bills (merchant_id, month, version, currency, tariff, lines, unpriced, total_minor, entries, approved_by, approved_name, approved_at_ms)
                values (@merchant, @month, @version, @currency, @tariff, @lines, @unpriced, @total, @entries, @by, @name, @now)
                """, ("month", month), ("version", version), ("currency", bill.Currency!), ("tariff", BillRows.Json(bill.Tariff)), ("lines", BillRows.Json(bill.Lines)),
                ("unpriced", string.Join(',', bill.Unpriced.Select(Bills.Name))), ("total", bill.TotalMinor), ("entries", bill.Entries), ("by", actor.Id), ("name", actor.Name), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, whose, now, new Happening("bill", month, "BillApproved", new { month, version, currency = bill.Currency, totalMinor = bill.TotalMinor, entries = bill.Entries }));
            return true;
        });
        return done.Error is { } refused ? refused : await ReadBill.Handle(month, merchant, null, null, false, db, clock, actor);
    }

    /// <summary>Is something of the month still to be counted: events nobody followed yet, or the end of its last day at a node?</summary>
    private static async Task<bool> IsCounting(Db db, Actor whose, string to, DateTimeOffset now)
    {
        var end = new DateTimeOffset(DateTime.ParseExact(to, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero).AddHours(12);
        if (await db.Read(whose, work => ConsumerLag.Behind(work, "billing", now)) is { } behind && now.AddSeconds(-behind) < end) return true;
        return await db.Read(whose, work => work.Scalar(
            """
            select count(*) from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and n.kind in ('warehouse', 'store')
               and exists (select 1 from bins b where b.node_id = n.id) and (select max(d.day) from storage_days d where d.node_id = n.id) < @last
            """, ("last", ActivityLog.Text(DateOnly.FromDateTime(end.UtcDateTime).AddDays(-1))))) > 0;
    }
}
