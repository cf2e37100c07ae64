using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>The bill of a month: what was done for a merchant at our nodes. Approved, as it was approved; before, and where one node is asked for, by the tariff as it is now. Each line is the sum of entries that <c>GET /billable-activities</c> lists.</summary>
public static class ReadBill
{
    /// <param name="Version">Counted from 1.</param>
    /// <param name="ApprovedBy">Who approved it, by name.</param>
    public sealed record VersionView(int Version, string Currency, long TotalMinor, long Entries, DateTimeOffset ApprovedAt, string ApprovedBy);

    /// <param name="TotalMinor">The sum of the lines.</param>
    /// <param name="Unpriced">Activities that there were and the tariff has no price for.</param>
    /// <param name="IsOver">The month is over at all our nodes: nothing is added any more but what is told late.</param>
    /// <param name="State">running while the month goes on; open until it is approved; changed when activities were told after that.</param>
    /// <param name="Version">The approved version that this is; null for what the bill would be now.</param>
    /// <param name="Entries">Of how many entries it is the sum.</param>
    /// <param name="Later">Entries that were told after the last approved version.</param>
    /// <param name="Versions">What was approved, the newest first.</param>
    public sealed record Response(string Object, string Merchant, string MerchantName, string Month, string? Currency, IReadOnlyList<BillLine> Lines, long TotalMinor,
        [property: Words(typeof(Activity))] IReadOnlyList<string> Unpriced, bool IsOver, [property: Words(typeof(BillState))] string State, int? Version, long Entries, long Later, IReadOnlyList<VersionView> Versions);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bills/{month}", async (string month, [FromQuery] string? merchant, [FromQuery] string? node, [FromQuery] int? version, [FromQuery] bool? newPrices, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(month, merchant, node, version, newPrices ?? false, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("billing.readBill").WithTags("Billing").WithSummary("Read what a merchant is billed for a month")
            .WithDescription("As it was approved last; before it is approved, as it would be now. Version 0 is always what it would be now: with the prices it was approved with, or by the tariff of today with newPrices.")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: billing.no_such_merchant, billing.no_such_version; request.invalid with pointers #month, #node, #version.</remarks>
    public static async Task<Result<Response>> Handle(string month, string? merchant, string? node, int? version, bool newPrices, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (from, to) = Month(month, checks);
        checks.Text(node, "#node", 64);
        checks.Range(version ?? 0, 0, int.MaxValue, "#version");
        if (checks.AnyFault) return checks.ToError();
        var whose = await BillingAccess.For(db, actor, merchant);
        if (whose.Error is { } error) return error;
        return await db.Read<Result<Response>>(whose.Value, async work =>
        {
            // Who sees some nodes only is shown what was done there; what was approved is of all nodes.
            bool isWhole = node is null && whose.Value.Nodes is null;
            var approved = isWhole ? await BillRows.Approved(work, [whose.Value.Merchant], month, month) : [];
            var now = await Now(work, whose.Value, from, to, node, approved.Count > 0 && !newPrices ? approved[^1] : null);
            var shown = version switch { null => approved.LastOrDefault(), 0 => null, { } wanted => approved.Find(a => a.Version == wanted) };
            if (version > 0 && shown is null) return BillingErrors.NoSuchVersion;
            var named = (await work.Query("select code, name from merchants where id = @merchant", row => (Code: row.Text(), Name: row.Text())))[0];
            bool isOver = IsOver(to, await Today(work, clock.GetUtcNow()));
            long? before = approved.Count > 0 ? approved[^1].Entries : null;
            return new Response("bill", named.Code, named.Name, month, shown?.Currency ?? now.Currency, shown?.Lines ?? now.Lines, shown?.TotalMinor ?? now.TotalMinor,
                shown?.Unpriced ?? [.. now.Unpriced.Select(Bills.Name)], isOver, BillDraft.Name(BillDraft.State(isOver, before, now.Entries)), shown?.Version, shown?.Entries ?? now.Entries,
                before is { } counted ? now.Entries - counted : 0, [.. approved.AsEnumerable().Reverse().Select(a => new VersionView(a.Version, a.Currency, a.TotalMinor, a.Entries, a.At, a.By))]);
        }, snapshot: true);
    }

    /// <summary>The bill as it would be now.</summary>
    /// <param name="last">By the prices of this one, as far as it has any.</param>
    internal static async Task<BillDraft> Now(Work work, Actor whose, string from, string to, string? node, ApprovedBill? last)
    {
        var tariff = await WriteTariff.Load(work);
        var (currency, prices) = BillDraft.Prices(tariff.Currency, tariff.Lines, last?.Currency, last?.Tariff ?? []);
        return BillDraft.Of(currency, prices, await BillRows.Sums(work, from, to, Text.Key(node ?? ""), whose.NodeFilter));
    }

    /// <summary>The first day of the month and that of the next.</summary>
    internal static (string From, string To) Month(string month, Checks checks)
    {
        bool isMonth = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= 2000 and < 2200;
        checks.That(isMonth, "#month", "field.malformed", "A month is expected as yyyy-MM.");
        return (ActivityLog.Text(first), ActivityLog.Text(isMonth ? first.AddMonths(1) : first));
    }

    /// <summary>The day it is at the last of our nodes: days are those of the node where something was done.</summary>
    internal static async Task<string> Today(Work work, DateTimeOffset now)
    {
        var zones = await work.Query("select distinct coalesce(time_zone, 'UTC') from nodes where kind in ('warehouse', 'store')", row => TimeZoneInfo.FindSystemTimeZoneById(row.Text()));
        return zones.DefaultIfEmpty(TimeZoneInfo.Utc).Min(zone => ActivityLog.Day(now.ToUnixTimeMilliseconds(), zone))!;
    }

    /// <summary>Is the month over whose next begins on this day?</summary>
    internal static bool IsOver(string to, string today) => string.CompareOrdinal(to, today) <= 0;
}
