using System.Text.RegularExpressions;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>Shows how the numbers of each type of order are made, and changes it. A number once given is never given again.</summary>
public static partial class WriteNumberSeries
{
    private const long MostNext = 1_000_000_000_000_000;
    private const int MostDigits = 12;

    /// <param name="Prefix">At most 10 letters, digits and . _ / -, not ending in a digit; empty for none. As it is when left out.</param>
    /// <param name="Next">The next number to be drawn; it only goes up.</param>
    /// <param name="Digits">Numbers have at least so many digits, with zeros before.</param>
    public sealed record Request(string? Prefix = null, long? Next = null, int? Digits = null);

    /// <param name="Next">Numbers below it are given, or set aside for a writer; those it does not use leave a gap.</param>
    /// <param name="Example">What <c>next</c> looks like.</param>
    public sealed record Response(string Object, string Type, string Prefix, long Next, int Digits, string Example, long Version);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/number-series", async (Db db, Actor actor) =>
                Results.Json(new Page<Response>([.. (await db.Read(actor, work => Read(work, isLocked: false))).OrderBy(s => OrderTypes.Series.ToList().IndexOf(s.Type))], null, false), Json.Options))
            .Requires(Permission.SettingsRead).WithName("numberSeries.list").WithSummary("List the number series of order types").WithTags("Orders").Produces<Page<Response>>();
        routes.MapGet("/number-series/{type}", async (string type, Db db, Actor actor, HttpContext http) =>
                Answer((await db.Read(actor, work => Read(work, isLocked: false))).Find(s => s.Type == type) is { } found ? found : OrderErrors.NoSuchSeries, http))
            .Requires(Permission.SettingsRead).WithName("numberSeries.get").WithSummary("Read the number series of an order type").WithTags("Orders")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/number-series/{type}", async (string type, Request body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : Answer(await Handle(type, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.SettingsWrite).WithName("numberSeries.write").WithSummary("Change the number series of an order type").WithTags("Orders")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
    }

    /// <remarks>Errors: numbers.no_such_series, numbers.prefix_taken, numbers.next_used, numbers.changed.</remarks>
    public static async Task<Result<Response>> Handle(string type, Request body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        if (!OrderTypes.Series.Contains(type)) return OrderErrors.NoSuchSeries;
        var checks = new Checks();
        if (body.Prefix is { } wanted)
            checks.That(Form().IsMatch(wanted), "/prefix", "numbers.prefix_malformed", "prefix has at most 10 letters, digits and . _ / - and does not end in a digit.");
        if (body.Next is { } from) checks.Range(from, 1, MostNext, "/next");
        if (body.Digits is { } digits) checks.Range(digits, 1, MostDigits, "/digits");
        if (checks.AnyFault) return checks.ToError();
        return await db.Write<Response>(actor, async work =>
        {
            var all = await Read(work, isLocked: true);
            var series = all.Find(s => s.Type == type)!;
            if (expected is { } seen && seen != series.Version) return OrderErrors.SeriesChanged(series.Version);
            string prefix = body.Prefix ?? series.Prefix;
            bool isOther = !SamePrefix(prefix, series.Prefix);
            if (all.Find(s => s.Type != type && SamePrefix(s.Prefix, prefix)) is { } owner) return OrderErrors.PrefixTaken(prefix, owner.Type);
            // The same prefix goes on where it is, one used before where it ended, a new one from where it is told.
            long least = isOther ? Math.Max(1, await EndOf(work, prefix)) : series.Next, next = body.Next ?? (isOther ? Math.Max(least, series.Next) : series.Next);
            if (next < least) return OrderErrors.NextUsed(least);
            var made = Make(type, prefix, next, body.Digits ?? series.Digits, series.Version + 1);
            if (made with { Version = series.Version } == series) return series;
            await Save(work, series, made, isOther);
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("numberSeries", type, "NumberSeriesChanged", new { type, prefix, next, digits = made.Digits }));
            await CatalogVersion.Bump(work);                    // whoever writes orders drops what it holds of the old series
            return made;
        });
    }

    private static async Task Save(Work work, Response before, Response now, bool isOther)
    {
        var batch = work.Batch();
        if (isOther) batch.Execute(
            """
            insert into number_prefixes (merchant_id, prefix_key, next) values (@merchant, @prefix, @next)
                on conflict (merchant_id, prefix_key) do update set next = excluded.next
            """, ("prefix", Text.Key(before.Prefix)), ("next", before.Next));
        batch.Execute("update number_series set prefix = @prefix, next = @next, digits = @digits, version = version + 1 where merchant_id = @merchant and series = @type",
            ("prefix", now.Prefix), ("next", now.Next), ("digits", now.Digits), ("type", now.Type));
        await batch.Run();
    }

    private static Task<long> EndOf(Work work, string prefix) =>
        work.Scalar("select next from number_prefixes where merchant_id = @merchant and prefix_key = @prefix", ("prefix", Text.Key(prefix)));

    private static Task<List<Response>> Read(Work work, bool isLocked) => work.Query(
        $"select series, prefix, next, digits, version from number_series where merchant_id = @merchant order by series{(isLocked ? " for update" : "")}",
        row => Make(row.Text(), row.Text(), row.Long(), row.Int(), row.Long()));

    private static Response Make(string type, string prefix, long next, int digits, long version) =>
        new("numberSeries", type, prefix, next, digits, new NumberForm(prefix, digits).Of(next), version);

    private static bool SamePrefix(string a, string b) => Text.Key(a) == Text.Key(b);

    private static IResult Answer(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }

    // The digits at the end of a number are its count: two prefixes that differ never make the same number.
    [GeneratedRegex(@"\A(?:[A-Za-z0-9._/-]{0,9}[A-Za-z._/-])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
