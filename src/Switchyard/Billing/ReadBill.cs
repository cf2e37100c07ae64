using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>The bill of a month: what was done for a merchant at our nodes, by its tariff as it is now. Each line is the sum of entries that <c>GET /billable-activities</c> lists.</summary>
public static class ReadBill
{
    /// <param name="TotalMinor">The sum of the lines.</param>
    /// <param name="Unpriced">Activities that there were and the tariff has no price for.</param>
    /// <param name="IsOver">The month is over: nothing is added any more but what is told late.</param>
    public sealed record Response(string Object, string Merchant, string Month, string? Currency, IReadOnlyList<BillLine> Lines, long TotalMinor, [property: Words(typeof(Activity))] IReadOnlyList<string> Unpriced, bool IsOver);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/bills/{month}", async (string month, [FromQuery] string? merchant, [FromQuery] string? node, Db db, TimeProvider clock, Actor actor) => (await Handle(month, merchant, node, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("billing.readBill").WithTags("Billing").WithSummary("Read what a merchant is billed for a month")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: billing.no_such_merchant; request.invalid with pointers #month, #node.</remarks>
    public static async Task<Result<Response>> Handle(string month, string? merchant, string? node, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var (from, to) = Month(month, checks);
        checks.Text(node, "#node", 64);
        if (checks.AnyFault) return checks.ToError();
        var whose = await BillingAccess.For(db, actor, merchant);
        if (whose.Error is { } error) return error;
        return await db.Read<Result<Response>>(whose.Value, async work =>
        {
            var tariff = await WriteTariff.Load(work);
            var sums = (await work.Query(
                $"""
                select a.activity, sum(a.quantity), count(*) from billable_activities a join nodes n on n.id = a.node_id
                 where a.merchant_id = @merchant and a.day >= @from and a.day < @to and (@node = '' or upper(n.code) = @node){(whose.Value.Nodes is null ? "" : " and a.node_id = any(@nodes)")} group by a.activity
                """, row => (Activity: Bills.Parse(row.Text())!.Value, Quantity: row.Sum(), Events: row.Sum()),
                ("from", from), ("to", to), ("node", Text.Key(node ?? "")), ("nodes", whose.Value.NodeFilter ?? []))).ToDictionary(s => s.Activity, s => (s.Quantity, s.Events));
            var lines = Bills.Of(tariff.Lines, sums);
            return new Response("bill", tariff.Merchant, month, tariff.Currency, lines, lines.Sum(l => l.AmountMinor),
                [.. sums.Keys.Where(a => tariff.Lines.All(l => l.Activity != a)).Order().Select(Bills.Name)], string.CompareOrdinal(to, ActivityLog.Text(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))) <= 0);
        }, snapshot: true);
    }

    /// <summary>The first day of the month and that of the next.</summary>
    internal static (string From, string To) Month(string month, Checks checks)
    {
        bool isMonth = DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is >= 2000 and < 2200;
        checks.That(isMonth, "#month", "field.malformed", "A month is expected as yyyy-MM.");
        return (ActivityLog.Text(first), ActivityLog.Text(isMonth ? first.AddMonths(1) : first));
    }
}
