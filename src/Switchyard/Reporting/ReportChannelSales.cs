using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Reporting;

/// <summary>What each channel sold from one day to another, both included, and the sum of each channel and currency.</summary>
public static class ReportChannelSales
{
    private const int MostDays = 366;

    /// <param name="TotalBaseMinor">The same in the merchant's own currency, each order at the rate of the time it was placed; null where none of them had a rate.</param>
    /// <param name="WithoutRate">Orders for whose currency no rate was known then: they are not in totalBaseMinor.</param>
    /// <param name="ChannelTaxMinor">Of totalMinor, tax that the channel collected and owes.</param>
    public sealed record Sales(string Channel, string ChannelName, string Day, string Currency, long Orders, long Units, long TotalMinor, long? TotalBaseMinor, long WithoutRate, long ChannelTaxMinor);

    /// <param name="TotalBaseMinor">In the merchant's own currency, as for a day.</param>
    /// <param name="WithoutRate">Orders that are not in totalBaseMinor.</param>
    /// <param name="ChannelTaxMinor">Of totalMinor, tax that the channel collected and owes.</param>
    public sealed record Total(string Channel, string ChannelName, string Currency, long Orders, long Units, long TotalMinor, long? TotalBaseMinor, long WithoutRate, long ChannelTaxMinor);

    /// <param name="BaseCurrency">The merchant's own.</param>
    /// <param name="Totals">Of the whole period, on every page.</param>
    public sealed record Response(DateOnly From, DateOnly To, string BaseCurrency, IReadOnlyList<Total> Totals, IReadOnlyList<Sales> Data, string? Next, bool HasMore);

    private sealed record Place(string Day, long Channel, string Currency);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/reports/channel-sales", async (string? from, string? to, string? after, string? limit, Db db, TimeProvider clock, Actor actor) =>
                (await Handle(from, to, after, limit, db, clock, actor)).ToHttp())
            .Requires(Permission.ReportsRead).WithName("reports.channelSales").WithSummary("Report sales by channel and day").WithTags("Reporting")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    /// <remarks>Errors: request.invalid with #from, #to, #after, #limit.</remarks>
    public static async Task<Result<Response>> Handle(string? from, string? to, string? after, string? limit, Db db, TimeProvider clock, Actor actor)
    {
        var checks = new Checks();
        var last = Day(to, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), "#to", checks);
        var first = Day(from, last.DayNumber > 30 ? last.AddDays(-29) : last, "#from", checks);
        checks.That(checks.AnyFault || first <= last && last.DayNumber - first.DayNumber < MostDays, "#from", "field.out_of_range",
            $"'from' must not be after 'to', and the two at most {MostDays} days apart.");
        var place = PlaceOf(after, checks);
        bool isLimit = int.TryParse(limit ?? "250", NumberStyles.None, CultureInfo.InvariantCulture, out int rows) && rows is > 0 and <= Cursor.MostLimit;
        checks.That(isLimit, "#limit", "field.out_of_range", $"'limit' must be from 1 to {Cursor.MostLimit}.");
        if (checks.AnyFault) return checks.ToError();
        return await db.Read(actor, work => Read(work, first, last, place, rows), snapshot: true);
    }

    private static async Task<Result<Response>> Read(Work work, DateOnly first, DateOnly last, Place place, int limit)
    {
        var batch = work.Batch();
        var own = batch.Query("select base_currency from merchants where id = @merchant", row => row.Text());
        var totals = batch.Query(
            """
            select c.code, c.name, s.currency, sum(s.orders), sum(s.units), sum(s.total_minor), sum(s.base_minor), sum(s.without_rate), sum(s.channel_tax_minor)
              from channel_sales s join channels c on c.id = s.channel_id and c.merchant_id = @merchant
             where s.merchant_id = @merchant and s.day between @first and @last
             group by c.code, c.name, s.currency order by c.code, s.currency limit 1000
            """, row => new Total(row.Text(), row.Text(), row.Text(), row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum(), row.Sum()), ("first", Iso(first)), ("last", Iso(last)));
        var data = batch.Query(
            """
            select s.channel_id, c.code, c.name, s.day, s.currency, s.orders, s.units, s.total_minor, s.base_minor, s.without_rate, s.channel_tax_minor
              from channel_sales s join channels c on c.id = s.channel_id and c.merchant_id = @merchant
             where s.merchant_id = @merchant and s.day between @first and @last
               and (s.day, s.channel_id, s.currency) > (@day, @channel, @currency)
             order by s.day, s.channel_id, s.currency limit @limit
            """, row => (Channel: row.Long(), Sales: new Sales(row.Text(), row.Text(), row.Text(), row.Text(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long())),
            ("first", Iso(first)), ("last", Iso(last)), ("day", place.Day), ("channel", place.Channel), ("currency", place.Currency), ("limit", limit + 1));
        await batch.Run();
        bool more = data.Count > limit;
        if (more) data.RemoveAt(data.Count - 1);
        string? next = more ? Cursor.Encode($"{data[^1].Sales.Day}|{data[^1].Channel}|{data[^1].Sales.Currency}") : null;
        return new Response(first, last, own[0], totals.ConvertAll(t => t with { TotalBaseMinor = Known(t.TotalBaseMinor, t.Orders, t.WithoutRate) }),
            [.. data.Select(d => d.Sales with { TotalBaseMinor = Known(d.Sales.TotalBaseMinor, d.Sales.Orders, d.Sales.WithoutRate) })], next, more);
    }

    /// <summary>Null where no order had a rate: nothing is known then, which is not nothing.</summary>
    internal static long? Known(long? amount, long orders, long withoutRate) => withoutRate > 0 && withoutRate == orders ? null : amount;

    private static DateOnly Day(string? text, DateOnly otherwise, string pointer, Checks checks)
    {
        if (string.IsNullOrEmpty(text)) return otherwise;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        checks.Fault(pointer, "field.malformed", "A day like 2026-03-31 is expected.");
        return otherwise;
    }

    private static Place PlaceOf(string? after, Checks checks)
    {
        if (!Cursor.TryDecode(after, out string text)) checks.Fault("#after", "field.malformed", "'after' must be a cursor that this list gave.");
        if (text.Length == 0) return new Place("", 0, "");
        if (text.Split('|') is [var day, var channel, var currency] && Text.IsStorable(text) && long.TryParse(channel, CultureInfo.InvariantCulture, out long id))
            return new Place(day, id, currency);
        checks.Fault("#after", "field.malformed", "'after' must be a cursor that this list gave.");
        return new Place("", 0, "");
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
