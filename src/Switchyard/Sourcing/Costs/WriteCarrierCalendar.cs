using System.Text.Json;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Sourcing;

/// <summary>On which days a carrier collects and delivers, as a caller writes it.</summary>
/// <param name="Services">The services it counts for; <c>*</c>: every other.</param>
/// <param name="Carriers">The carriers of rate cards for all whose services it counts.</param>
/// <param name="CollectsOn">Days of the week on which it takes parcels from nodes; left out, every day.</param>
/// <param name="DeliversOn">Days of the week on which it brings them; left out, every day.</param>
/// <param name="TransitIn">How transit days are counted: calendarDays, also when left out, or workingDays: those on which it delivers.</param>
/// <param name="Holidays">Days on which it neither collects nor delivers, in a country or everywhere.</param>
public sealed record CarrierCalendarBody(string? Name = null, IReadOnlyList<string?>? Services = null, IReadOnlyList<string?>? Carriers = null,
    IReadOnlyList<string?>? CollectsOn = null, IReadOnlyList<string?>? DeliversOn = null, [Words("calendarDays", "workingDays")] string? TransitIn = null,
    IReadOnlyList<CarrierHolidayBody?>? Holidays = null)
{
    internal string Code { get; init; } = "";

    internal static CarrierCalendarBody Parse(string code, string json) => JsonSerializer.Deserialize<CarrierCalendarBody>(json, Json.Options)! with { Code = code };

    /// <summary>The same made ready for asking.</summary>
    internal CarrierCalendar Ready() => new(Code, Week(CollectsOn), Week(DeliversOn), TransitIn == WriteCarrierCalendar.WorkingDays,
        [.. (Holidays ?? []).Select(h => new CarrierHoliday(DateOnly.ParseExact(h!.Day!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), h.Country, h.Name))]);

    private static HashSet<DayOfWeek>? Week(IReadOnlyList<string?>? days) => days?.Select(d => Enum.Parse<DayOfWeek>(d!, ignoreCase: true)).ToHashSet();
}

/// <param name="Day">Such as <c>2026-12-25</c>.</param>
/// <param name="Country">ISO 3166; left out, everywhere.</param>
public sealed record CarrierHolidayBody(string? Day = null, string? Country = null, string? Name = null);

/// <summary>Shows the days of carriers, and makes a calendar exactly as told.</summary>
public static class WriteCarrierCalendar
{
    public const string CalendarDays = "calendarDays", WorkingDays = "workingDays";
    private const int MostNames = 200, MostHolidays = 5_000;
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <param name="CollectsOn">Null: every day.</param>
    /// <param name="DeliversOn">Null: every day.</param>
    public sealed record Response(string Object, string Code, string Name, IReadOnlyList<string?> Services, IReadOnlyList<string?> Carriers, IReadOnlyList<string?>? CollectsOn,
        IReadOnlyList<string?>? DeliversOn, [Words("calendarDays", "workingDays")] string TransitIn, IReadOnlyList<CarrierHolidayBody?> Holidays, long Version, DateTimeOffset ChangedAt);

    private sealed record Stored(CarrierCalendarBody Body, long Version, DateTimeOffset ChangedAt);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/carrier-calendars", async (int? limit, string? after, Db db, Actor actor) => (await List(limit, after, db, actor)).ToHttp())
            .Requires(Permission.NodesRead).WithName("carrierCalendars.list").WithSummary("List the days of carriers").WithTags("Nodes").Produces<Page<Response>>().ProducesProblem(400);
        routes.MapGet("/carrier-calendars/{code}", async (string code, Db db, Actor actor, HttpContext http) => ToHttp(await Find(code, db, actor), http))
            .Requires(Permission.NodesRead).WithName("carrierCalendars.get").WithSummary("Read on which days a carrier collects and delivers").WithTags("Nodes")
            .Produces<Response>().ProducesProblem(404);
        routes.MapPut("/carrier-calendars/{code}", async (string code, CarrierCalendarBody body, Db db, TimeProvider clock, Actor actor, HttpContext http) =>
            {
                var expected = ETag.Expected(http);
                return expected.Error is { } error ? error.ToHttp() : ToHttp(await Handle(code, body, expected.Value, db, clock, actor), http);
            })
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("carrierCalendars.write").WithSummary("Write on which days a carrier collects and delivers").WithTags("Nodes")
            .Produces<Response>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(412);
        routes.MapDelete("/carrier-calendars/{code}", async (string code, Db db, TimeProvider clock, Actor actor) => (await Remove(code, db, clock, actor)).ToHttp())
            .Requires(Permission.NodesWrite).OnlyForTheHouse().WithName("carrierCalendars.remove").WithSummary("Remove a carrier's calendar: every day is one again").WithTags("Nodes")
            .Produces<Done>().ProducesProblem(403).ProducesProblem(404);
    }

    private static readonly Error NoSuch = Error.NotFound("carriers.no_such_calendar", "There is no such calendar of a carrier.");

    private static async Task<Result<Page<Response>>> List(int? limit, string? after, Db db, Actor actor)
    {
        var paging = Paging.Check(limit, after);
        if (paging.Error is { } error) return error;
        var (most, from) = paging.Value;
        var found = await db.Read(actor, work => work.Query("select code, calendar, version, changed_at_ms from carrier_calendars where code > @after order by code limit @limit",
            Read, ("after", from), ("limit", most + 1L)));
        return Page<Response>.Of(found.ConvertAll(View), most, c => c.Code);
    }

    private static async Task<Result<Response>> Find(string code, Db db, Actor actor) =>
        Text.IsStorable(code) && await db.Read(actor, work => Load(work, code)) is { } found ? View(found) : NoSuch;

    /// <remarks>Errors: carriers.calendar_taken, catalog.changed, nodes.only_your_nodes.</remarks>
    public static async Task<Result<Response>> Handle(string code, CarrierCalendarBody body, long? expected, Db db, TimeProvider clock, Actor actor)
    {
        var checks = Check(code, body);
        if (checks.AnyFault) return checks.ToError();
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        var (now, wanted) = (clock.GetUtcNow(), Tidied(body) with { Code = code });
        return await db.WriteShared<Response>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            var all = await work.Query("select code, calendar, version, changed_at_ms from carrier_calendars order by code limit 10000 for update", Read);
            var before = all.Find(c => c.Body.Code == code);
            if (expected is { } version && version != (before?.Version ?? 0)) return CatalogErrors.Changed($"Calendar {code}", before?.Version ?? 0);
            foreach (var other in all.Where(c => c.Body.Code != code))
            {
                if (wanted.Services!.Intersect(other.Body.Services!).FirstOrDefault() is { } service) return Taken("/services", service, other.Body.Code);
                if (wanted.Carriers!.Intersect(other.Body.Carriers!, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } carrier) return Taken("/carriers", carrier, other.Body.Code);
            }
            string json = JsonSerializer.Serialize(wanted, Json.Options);
            if (before is not null && JsonSerializer.Serialize(before.Body, Json.Options) == json) return View(before);
            await work.Execute(
                """
                insert into carrier_calendars (code, calendar, changed_at_ms) values (@code, @calendar, @now)
                on conflict (code) do update set calendar = @calendar, version = carrier_calendars.version + 1, changed_at_ms = @now
                """, ("code", code), ("calendar", json), ("now", now.ToUnixTimeMilliseconds()));
            await EventLog.Append(work, actor, now, new Happening("carrier_calendar", code, "CarrierCalendarChanged",
                new { Code = code, wanted.Services, wanted.Carriers, wanted.CollectsOn, wanted.DeliversOn, wanted.TransitIn, HolidayCount = wanted.Holidays!.Count }));
            await CatalogVersion.BumpForAll(work);
            return View((await Load(work, code))!);
        });
    }

    private static async Task<Result<Done>> Remove(string code, Db db, TimeProvider clock, Actor actor)
    {
        if (!Text.IsStorable(code)) return NoSuch;
        if (actor.Nodes is not null) return NodeErrors.OnlyYourNodes;
        return await db.WriteShared<Done>(actor, await CatalogVersion.Merchants(db), async work =>
        {
            if (await work.Execute("delete from carrier_calendars where code = @code", ("code", code)) == 0) return NoSuch;
            await EventLog.Append(work, actor, clock.GetUtcNow(), new Happening("carrier_calendar", code, "CarrierCalendarRemoved", new { Code = code }));
            await CatalogVersion.BumpForAll(work);
            return new Done();
        });
    }

    private static Checks Check(string code, CarrierCalendarBody body)
    {
        var checks = new Checks();
        NodeChecks.Code(checks, code, "#code");
        checks.Text(body.Name, "/name", 200, required: true);
        checks.That((body.Services?.Count ?? 0) + (body.Carriers?.Count ?? 0) > 0, "/services", "field.required", "Say for which services or carriers the calendar counts; * stands for every other service.");
        checks.That((body.Services?.Count ?? 0) <= MostNames, "/services", "field.too_many", $"At most {MostNames} services.");
        foreach (var (i, service) in (body.Services ?? []).Take(MostNames).Index()) NodeChecks.Code(checks, service, $"/services/{i}");
        checks.That((body.Carriers?.Count ?? 0) <= MostNames, "/carriers", "field.too_many", $"At most {MostNames} carriers.");
        foreach (var (i, carrier) in (body.Carriers ?? []).Take(MostNames).Index()) checks.Text(carrier, $"/carriers/{i}", 64, required: true);
        Week(checks, body.CollectsOn, "/collectsOn");
        Week(checks, body.DeliversOn, "/deliversOn");
        checks.That(body.TransitIn is null or CalendarDays or WorkingDays, "/transitIn", "field.not_one_of", "Transit is counted in calendarDays or workingDays.");
        checks.That((body.Holidays?.Count ?? 0) <= MostHolidays, "/holidays", "field.too_many", $"At most {MostHolidays} holidays.");
        var seen = new HashSet<(string?, string?)>();
        foreach (var (i, holiday) in (body.Holidays ?? []).Take(MostHolidays).Index())
        {
            checks.That(holiday?.Day is not null && DateOnly.TryParseExact(holiday.Day, "yyyy-MM-dd", out _), $"/holidays/{i}/day", "field.not_day", "A day is written like 2026-12-25.");
            if (holiday?.Country is not null) NodeChecks.Country(checks, holiday.Country, $"/holidays/{i}/country");
            checks.Text(holiday?.Name, $"/holidays/{i}/name", 100);
            checks.That(seen.Add((holiday?.Day, holiday?.Country?.ToUpperInvariant())), $"/holidays/{i}", "field.repeated", "The same day stands twice.");
        }
        return checks;
    }

    private static void Week(Checks checks, IReadOnlyList<string?>? days, string at)
    {
        if (days is null) return;
        checks.That(days.Count is > 0 and <= 7, at, "field.out_of_range", "Name 1 to 7 days, or leave it out: every day.");
        foreach (var (i, day) in days.Take(7).Index()) checks.That(Days.Contains(day), $"{at}/{i}", "field.not_one_of", "Days are monday to sunday.");
    }

    private static CarrierCalendarBody Tidied(CarrierCalendarBody body) => body with
    {
        Services = [.. (body.Services ?? []).Distinct().Order(StringComparer.Ordinal)],
        Carriers = [.. (body.Carriers ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)],
        CollectsOn = Sorted(body.CollectsOn),
        DeliversOn = Sorted(body.DeliversOn),
        TransitIn = body.TransitIn ?? CalendarDays,
        Holidays = [.. (body.Holidays ?? []).Select(h => h! with { Country = h.Country?.ToUpperInvariant() }).OrderBy(h => h.Day, StringComparer.Ordinal).ThenBy(h => h.Country, StringComparer.Ordinal)],
    };

    private static List<string?>? Sorted(IReadOnlyList<string?>? days) => days is null ? null : [.. Days.Where(days.Contains)];

    private static Error Taken(string pointer, string name, string other) => Error.Conflict("carriers.calendar_taken", $"{name} has its days in calendar {other}.",
        new FieldError(pointer, "carriers.calendar_taken", $"{name} has its days in calendar {other}."));

    private static Task<Stored?> Load(Work work, string code) =>
        work.Find("select code, calendar, version, changed_at_ms from carrier_calendars where code = @code", Read, ("code", code));

    private static Stored Read(Row row) => new(CarrierCalendarBody.Parse(row.Text(), row.Text()), row.Long(), row.Instant());

    private static Response View(Stored s) => new("carrierCalendar", s.Body.Code, s.Body.Name!, s.Body.Services!, s.Body.Carriers!, s.Body.CollectsOn, s.Body.DeliversOn,
        s.Body.TransitIn!, s.Body.Holidays!, s.Version, s.ChangedAt);

    private static IResult ToHttp(Result<Response> result, HttpContext http)
    {
        if (result.IsOk) ETag.Set(http, result.Value.Version);
        return result.ToHttp();
    }
}
