using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Billing;

/// <summary>Lists the entries that a bill is made of, each with what it was about and the event that told it.</summary>
public static class ListActivities
{
    /// <param name="Day">By the time of the node.</param>
    /// <param name="Subject">The order, release, delivery or bin.</param>
    /// <param name="Number">The order's number, where the subject is an order.</param>
    /// <param name="Position">Of the event on the log that told it; null for what was seen at the end of a day.</param>
    /// <param name="Event">What kind of event that is, for instance FulfilmentPicked.</param>
    public sealed record Entry(long Id, string Node, [property: Words(typeof(Activity))] string Activity, DateOnly Day, long Quantity, string Subject, long? Position, string? Event, DateTimeOffset At, string? Number = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/billable-activities", async ([FromQuery] string? month, [FromQuery] string? activity, [FromQuery] string? merchant, [FromQuery] int? version, [FromQuery] int? limit, [FromQuery] string? after, Db db, Actor actor) =>
                (await Handle(month, activity, merchant, version, limit, after, db, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("billing.listActivities").WithTags("Billing").WithSummary("List what the bill of a month is made of")
            .Produces<Page<Entry>>().ProducesProblem(400).ProducesProblem(404);

    /// <remarks>Errors: billing.no_such_merchant; request.invalid with pointers #month, #activity, #version, #limit, #after.</remarks>
    public static async Task<Result<Page<Entry>>> Handle(string? month, string? activity, string? merchant, int? version, int? limit, string? after, Db db, Actor actor)
    {
        var checks = new Checks();
        var (most, text) = Paging.Read(checks, limit, after);
        checks.That(month is not null, "#month", "field.required", "month is required: yyyy-MM.");
        ReadBill.Month(month ?? "2000-01", checks);
        checks.That(activity is null || Bills.Parse(activity) is not null, "#activity", "field.unknown_value", $"activity is one of {string.Join(", ", Enum.GetValues<Activity>().Select(Bills.Name))}.");
        checks.Range(version ?? 1, 1, int.MaxValue, "#version");
        long id = 0;
        checks.That(text.Length == 0 || long.TryParse(text, out id), "#after", "field.malformed", "after is not a cursor of this list.");
        if (checks.AnyFault) return checks.ToError();
        var whose = await BillingAccess.For(db, actor, merchant);
        if (whose.Error is { } error) return error;
        return Page<Entry>.Of(await Read(db, whose.Value, month!, activity, version, id, most + 1), most, e => Text.Invariant(e.Id));
    }

    /// <summary>Entries of a month in the order they were written.</summary>
    /// <param name="version">Those an approved version is made of; null for all there are.</param>
    internal static async Task<List<Entry>> Read(Db db, Actor whose, string month, string? activity, int? version, long after, int most)
    {
        var (from, to) = ReadBill.Month(month, new Checks());
        return await db.Read(whose, async work => await Numbered(work, await work.Query(
            $"""
            select a.id, n.code, a.activity, a.day, a.quantity, a.subject, a.position, e.kind, a.at_ms from billable_activities a join nodes n on n.id = a.node_id
              left join events e on e.position = a.position and e.merchant_id = a.merchant_id
             where a.merchant_id = @merchant and a.day >= @from and a.day < @to and a.id > @id and (@activity = '' or a.activity = @activity){(whose.Nodes is null ? "" : " and a.node_id = any(@nodes)")}
               {(version is null ? "" : "and exists (select 1 from billed_activities b where b.activity_id = a.id and b.merchant_id = @merchant and b.version <= @version)")}
             order by a.id limit @limit
            """, row => new Entry(row.Long(), row.Text(), row.Text(), DateOnly.ParseExact(row.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture), row.Long(), row.Text(), row.LongOrNull(), row.TextOrNull(), row.Instant()),
            ("from", from), ("to", to), ("id", after), ("activity", activity ?? ""), ("version", version ?? 0), ("nodes", whose.NodeFilter ?? []), ("limit", (long)most))));
    }

    // Who checks a bill knows orders by their numbers.
    private static async Task<List<Entry>> Numbered(Work work, List<Entry> entries)
    {
        var numbers = await OrdersRoom.NumbersOf(work, [.. entries.Select(e => e.Subject).Distinct()]);
        return [.. entries.Select(e => e with { Number = numbers.GetValueOrDefault(e.Subject) })];
    }
}
