using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Billing;

/// <summary>Lists the entries that a bill is made of, each with what it was about and the event that told it.</summary>
public static class ListActivities
{
    /// <param name="Day">By the time of the node.</param>
    /// <param name="Subject">The order, release, delivery or bin.</param>
    /// <param name="Position">Of the event on the log; null for what was seen at the end of a day.</param>
    public sealed record Entry(long Id, string Node, [property: Words(typeof(Activity))] string Activity, DateOnly Day, long Quantity, string Subject, long? Position, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/billable-activities", async ([FromQuery] string? month, [FromQuery] string? activity, [FromQuery] string? merchant, [FromQuery] int? limit, [FromQuery] string? after, Db db, Actor actor) =>
                (await Handle(month, activity, merchant, limit, after, db, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("billing.listActivities").WithTags("Billing").WithSummary("List what the bill of a month is made of")
            .Produces<Page<Entry>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: billing.no_such_merchant; request.invalid with pointers #month, #activity, #limit, #after.</remarks>
    public static async Task<Result<Page<Entry>>> Handle(string? month, string? activity, string? merchant, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, text) = Paging.Read(checks, limit, after);
        checks.That(month is not null, "#month", "field.required", "month is required: yyyy-MM.");
        var (from, to) = ReadBill.Month(month ?? "2000-01", checks);
        checks.That(activity is null || Bills.Parse(activity) is not null, "#activity", "field.unknown_value", $"activity is one of {string.Join(", ", Enum.GetValues<Activity>().Select(Bills.Name))}.");
        long id = 0;
        checks.That(text.Length == 0 || long.TryParse(text, out id), "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var whose = await BillingAccess.For(db, actor, merchant);
        if (whose.Error is { } error) return error;
        var rows = await db.Read(whose.Value, work => work.Query(
            $"""
            select a.id, n.code, a.activity, a.day, a.quantity, a.subject, a.position, a.at_ms from billable_activities a join nodes n on n.id = a.node_id
             where a.merchant_id = @merchant and a.day >= @from and a.day < @to and a.id > @id and (@activity = '' or a.activity = @activity){(whose.Value.Nodes is null ? "" : " and a.node_id = any(@nodes)")}
             order by a.id limit @limit
            """, row => new Entry(row.Long(), row.Text(), row.Text(), DateOnly.ParseExact(row.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture), row.Long(), row.Text(), row.LongOrNull(), row.Instant()),
            ("from", from), ("to", to), ("id", id), ("activity", activity ?? ""), ("nodes", whose.Value.NodeFilter ?? []), ("limit", most + 1L)));
        return Page<Entry>.Of(rows, most, e => Text.Invariant(e.Id));
    }
}
