using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Sourcing;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using Switchyard.Tests.Orders;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>The days of carriers and of full nodes in promise dates. The clock stands at Monday, 2 March 2026, 9:00.</summary>
public sealed class CarrierDaysTests(ITestOutputHelper output)
{
    private static readonly HashSet<DayOfWeek> WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("PROMISE_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private static readonly NodeSettings Node = new(1, "N", "N", "warehouse", "GB", null, TimeZoneInfo.Utc, new Dictionary<string, TimeOnly> { ["*"] = new(16, 0) }, 0, 0, 0, true);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
    private static CarrierCalendar Carrier(bool inWorkingDays, params CarrierHoliday[] holidays) => new("C", WorkDays, WorkDays, inWorkingDays, holidays);

    private static (string Ships, string Arrives)? Dates(string from, int transit, CarrierCalendar? carrier, string country = "GB", params string[] full)
    {
        var days = full.Select(Day).ToHashSet();
        return PromiseDates.Of(Node, "x", transit, At(from), new ParcelTerms(carrier, country, full.Length == 0 ? null : days.Contains)) is { } dates
            ? (dates.ShipDay.ToString("MM-dd", CultureInfo.InvariantCulture), dates.DeliverDay.ToString("MM-dd", CultureInfo.InvariantCulture)) : null;
    }

    [Theory, Capability("AX-49", "AX-15")]
    [InlineData("2026-03-06T15:00:00Z", 1, false, "03-06", "03-09")]        // Friday, a day: Saturday is none of its days, so Monday
    [InlineData("2026-03-06T16:00:00Z", 1, false, "03-09", "03-10")]        // after the cut-off it is collected on Monday
    [InlineData("2026-03-05T15:00:00Z", 3, false, "03-05", "03-09")]        // Thursday and three days of the calendar: Sunday, so Monday
    [InlineData("2026-03-05T15:00:00Z", 3, true, "03-05", "03-10")]         // three working days
    [InlineData("2026-03-07T10:00:00Z", 0, true, "03-09", "03-09")]
    public void A_carrier_collects_and_delivers_on_its_days_and_counts_as_it_counts(string from, int transit, bool inWorkingDays, string ships, string arrives)
    {
        Dates(from, transit, Carrier(inWorkingDays)).ShouldBe((ships, arrives));
        Dates(from, transit, null).ShouldNotBe(("", ""));
    }

    [Fact, Capability("AX-49", "AX-15")]
    public void Holidays_count_where_they_are_for_collecting_and_for_delivering()
    {
        CarrierHoliday[] holidays = [new(Day("2026-03-17"), "IE"), new(Day("2026-03-16"), "GB"), new(Day("2026-03-19"))];
        Dates("2026-03-16T10:00:00Z", 1, Carrier(true, holidays)).ShouldBe(("03-17", "03-18"));                 // nobody collects in Britain on the 16th
        Dates("2026-03-13T10:00:00Z", 1, Carrier(true, holidays), "IE").ShouldBe(("03-13", "03-16"));           // there it delivers
        Dates("2026-03-13T10:00:00Z", 2, Carrier(true, holidays), "IE").ShouldBe(("03-13", "03-18"));           // and not on Saint Patrick's day
        Dates("2026-03-18T10:00:00Z", 1, Carrier(false, holidays), "FR").ShouldBe(("03-18", "03-20"));          // the 19th nowhere
    }

    [Fact, Capability("AX-14", "AX-15")]
    public void Full_days_are_skipped_and_a_node_that_is_always_full_still_has_a_date()
    {
        Dates("2026-03-02T09:00:00Z", 1, null, "GB", "2026-03-02", "2026-03-03").ShouldBe(("03-04", "03-05"));
        Dates("2026-03-06T09:00:00Z", 1, Carrier(false), "GB", "2026-03-06").ShouldBe(("03-09", "03-10"));
        var always = PromiseDates.Of(Node, "x", 1, At("2026-03-02T09:00:00Z"), new ParcelTerms(null, null, _ => true))!.Value;
        (always.ShipDay, always.FullDays).ShouldBe((Day("2026-03-02"), 0));
    }

    [Fact, Capability("AX-15", "AX-49", "P18")]
    public void Dates_with_carriers_and_full_days_are_on_days_of_both_and_never_earlier_for_who_comes_later()
    {
        output.WriteLine($"PROMISE_SEED={_seed}");
        var random = new Random(_seed);
        for (int round = 0; round < 300; round++)
        {
            HashSet<DayOfWeek> week() => [.. Enum.GetValues<DayOfWeek>().Where(_ => random.Next(3) > 0).DefaultIfEmpty(DayOfWeek.Monday)];
            var from = At("2026-01-01T00:00:00Z").AddMinutes(random.Next(366 * 1_440));
            DateOnly near() => DateOnly.FromDateTime(from.DateTime).AddDays(random.Next(12));
            var carrier = new CarrierCalendar("C", random.Next(3) == 0 ? null : week(), random.Next(3) == 0 ? null : week(), random.Next(2) == 0,
                [.. Enumerable.Range(0, random.Next(4)).Select(_ => new CarrierHoliday(near(), random.Next(3) switch { 0 => null, 1 => "GB", _ => "FR" }))]);
            var full = Enumerable.Range(0, random.Next(4)).Select(_ => near()).ToHashSet();
            int transit = random.Next(5);
            DatesOfParcel? before = null;
            for (int step = 0; step < 40; step++, from = from.AddMinutes(random.Next(400)))
            {
                string what = $"seed {_seed}, round {round}, {from:o}";
                var dates = PromiseDates.Of(Node, "x", transit, from, new ParcelTerms(carrier, "FR", full.Contains)).ShouldNotBeNull(what);
                carrier.Collects(dates.ShipDay, "GB").ShouldBeTrue(what);
                carrier.Delivers(dates.DeliverDay, "FR").ShouldBeTrue(what);
                full.Contains(dates.ShipDay).ShouldBeFalse(what);
                dates.DeliverDay.ShouldBeGreaterThanOrEqualTo(dates.ShipDay.AddDays(transit), what);
                dates.ShipBy.ShouldBeGreaterThanOrEqualTo(before?.ShipBy ?? default, what);
                dates.DeliverBy.ShouldBeGreaterThanOrEqualTo(before?.DeliverBy ?? default, what);
                before = dates;
            }
        }
    }

    [Fact, Capability("AX-14")]
    public void What_was_promised_while_the_books_were_read_is_counted_on_top()
    {
        var (days, monday) = (new NodeDays(), Day("2026-03-02"));
        days.Take([(1, monday), (1, monday)]);
        int begun = days.Begin();
        days.Take([(1, monday)]);
        days.Replace([(1, monday, 2), (1, monday.AddDays(1), 7)], begun);
        (days.Taken(1, monday), days.Taken(1, monday.AddDays(1)), days.Taken(2, monday)).ShouldBe((3, 7, 0));
    }

    private static object Lane(string service, int days, long cost) => new { zone = "GB", service, method = "standard", currency = "GBP", baseMinor = cost, perKgMinor = 0, maxWeightGrams = 30_000, transitDays = days };

    [Theory, BothDatabases, Capability("AX-14", "AX-15", "AX-49", "IN-08")]
    public async Task Calendars_of_carriers_and_the_capacity_of_nodes_make_what_is_offered_and_promised(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/zones/GB", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        foreach (string node in (string[])["NEAR", "FAR"]) await shop.Post("/nodes", new { code = node, name = node, kind = "warehouse", country = "GB", timeZone = "Europe/London" });
        await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/NEAR/lanes", new[] { Lane("van", 1, 300) }), 200);
        await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/FAR/lanes", new[] { Lane("cart", 1, 900) }), 200);
        await shop.Products("A", "B");
        await shop.SetTo("A", 50, "NEAR");
        await shop.SetTo("A", 50, "FAR");
        await shop.SetTo("B", 50, "NEAR");
        async Task<JsonElement> Place(string sku) => await shop.Post("/orders", Given.Order((sku, 1)));
        static string Of(JsonElement order) => $"{order.Items("lines")[0].Items("allocations")[0].Text("node")} {order.Text("shipBy")![..10]} {order.Text("deliverBy")![..10]}";

        // Monday; the carrier collects on Tuesdays only and delivers on Fridays.
        var refused = await Shop.Read(await shop.Send(HttpMethod.Put, "/carrier-calendars/vans", new { name = "Vans", services = new[] { "van" }, collectsOn = new[] { "someday" }, holidays = new[] { new { day = "1.1.2026" } } }), 400);
        refused.Items("errors").Select(e => e.Text("pointer")).ShouldBe(["/collectsOn/0", "/holidays/0/day"]);
        object vans = new { name = "Vans", services = new[] { "van" }, collectsOn = new[] { "tuesday" }, deliversOn = new[] { "friday" }, holidays = new[] { new { day = "2026-03-06", country = "GB" } } };
        (await shop.Put("/carrier-calendars/vans", vans)).Of("version").ShouldBe(1);
        (await shop.Put("/carrier-calendars/vans", vans)).Of("version").ShouldBe(1);                            // the same again is no change
        (await Shop.Read(await shop.Send(HttpMethod.Put, "/carrier-calendars/others", new { name = "Others", services = new[] { "van" } }), 409)).Text("code").ShouldBe("carriers.calendar_taken");
        (await shop.Get("/carrier-calendars")).Items("data").Single().Text("transitIn").ShouldBe("calendarDays");
        Of(await Place("A")).ShouldBe("NEAR 2026-03-03 2026-03-13");                                           // the next Friday is a holiday
        var option = (await shop.Post("/availability", new { items = new[] { new { sku = "A", quantity = 1 } }, destination = new { country = "GB" } })).Items("options")[0];
        (option.Text("shipBy"), option.Text("deliverBy")).ShouldBe(("2026-03-03", "2026-03-13"));
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/carrier-calendars/vans", null), 200);
        (await Shop.Read(await shop.Send(HttpMethod.Delete, "/carrier-calendars/vans", null), 404)).Text("code").ShouldBe("carriers.no_such_calendar");

        // Three a day at NEAR: one is there for tomorrow; the fourth of today goes elsewhere, or later where nobody else has it.
        await shop.Put("/nodes/NEAR/work-settings", new { dailyCapacity = 3 });
        var placed = new List<string>();
        for (int i = 0; i < 4; i++) placed.Add(Of(await Place("A")));
        placed.ShouldBe(["NEAR 2026-03-02 2026-03-03", "NEAR 2026-03-02 2026-03-03", "NEAR 2026-03-02 2026-03-03", "FAR 2026-03-02 2026-03-03"]);
        for (int i = 0; i < 3; i++) placed.Add(Of(await Place("B")));
        placed[4..].ShouldBe(["NEAR 2026-03-03 2026-03-04", "NEAR 2026-03-03 2026-03-04", "NEAR 2026-03-04 2026-03-05"]);
        var why = (await shop.Get($"/orders/{(await Place("A")).Text("id")}?expand=plan")).GetProperty("plan");
        why.Items("candidates").Select(c => $"{c.Text("node")} {c.Text("reason")}").ShouldBe(["NEAR full", "FAR chosen"], ignoreOrder: true);
        (await shop.Post("/availability", new { items = new[] { new { sku = "B", quantity = 1 } }, destination = new { country = "GB" } })).Items("options")[0].Text("shipBy").ShouldBe("2026-03-04");
        (await shop.Get("/nodes/NEAR/days?days=3")).Items("days").Select(d => (d.Text("date"), d.GetProperty("parcels").GetInt64(), d.GetProperty("isFull").GetBoolean()))
            .ShouldBe([("2026-03-02", 3, true), ("2026-03-03", 3, true), ("2026-03-04", 1, false)]);
        // Counted anew from the books it is the same; many at once are no more than a day holds.
        await shop.Services.GetRequiredService<KeepRoutingFigures>().Handle();
        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Place("B")));
        // A soft figure: two that are promised at one instant by two writers do not see each other, and a day may hold one more.
        var days = many.GroupBy(o => o.Text("shipBy")![..10]).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        days.Select(g => g.Key).ShouldBe(["2026-03-04", "2026-03-05", "2026-03-06"]);
        days.Zip([2, 3, 3]).ShouldAllBe(d => d.First.Count() <= d.Second + (kind == DatabaseKind.Postgres ? 1 : 0));
        await shop.ShouldBeSound();
    }
}
