using System.Globalization;
using Shouldly;
using Switchyard.Sourcing;
using Xunit.Abstractions;

namespace Switchyard.Tests.Sourcing;

/// <summary>The engine of promise dates: named cases, and what holds for all nodes and instants; set PROMISE_SEED to repeat a run.</summary>
[Capability("AX-15", "P18")]
public sealed class PromiseDatesTests(ITestOutputHelper output)
{
    private static readonly DayOfWeek[] WorkDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
    private static readonly string[] Zones =
        ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Africa/Cairo", "Australia/Lord_Howe", "America/Havana", "Atlantic/Azores"];

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("PROMISE_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    private static NodeSettings Node(string zone = "Europe/London", string? cutOff = null, int leadDays = 0, IReadOnlyDictionary<DayOfWeek, TimeOnly>? closing = null, params string[] closed)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return new NodeSettings(1, "N", "N", "warehouse", "GB", null, clock,
            cutOff is null ? new Dictionary<string, TimeOnly>() : new Dictionary<string, TimeOnly> { ["*"] = TimeOnly.Parse(cutOff, CultureInfo.InvariantCulture) }, 0, 0, leadDays, true)
        {
            Calendar = new NodeCalendar(clock, closing, closed.Select(d => DateOnly.Parse(d, CultureInfo.InvariantCulture)).ToHashSet()),
        };
    }

    private static Dictionary<DayOfWeek, TimeOnly> Week(string closing, params DayOfWeek[] days) => days.ToDictionary(d => d, _ => TimeOnly.Parse(closing, CultureInfo.InvariantCulture));
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-03-02T15:59:59Z", "2026-03-02", "2026-03-04")]       // Monday, a second before the cut-off
    [InlineData("2026-03-02T16:00:00Z", "2026-03-03", "2026-03-05")]
    [InlineData("2026-03-06T16:00:00Z", "2026-03-09", "2026-03-11")]       // Friday after it: Monday
    [InlineData("2026-03-07T08:00:00Z", "2026-03-09", "2026-03-11")]       // Saturday
    [InlineData("2026-12-24T16:00:00Z", "2026-12-29", "2026-12-31")]       // over Christmas and a weekend
    [InlineData("2026-12-25T10:00:00Z", "2026-12-29", "2026-12-31")]
    public void After_the_cut_off_it_is_the_next_working_day_and_holidays_are_skipped(string from, string ships, string arrives)
    {
        var node = Node("Europe/London", "16:00", 0, Week("18:00", WorkDays), "2026-12-25", "2026-12-28");
        var dates = PromiseDates.Of(node, "dpd", 2, At(from))!.Value;
        (Day(dates.ShipDay), Day(dates.DeliverDay)).ShouldBe((ships, arrives));
        dates.ShipBy.ShouldBe(At(ships + "T18:00:00Z"));
        dates.DeliverBy.ShouldBe(At(arrives + "T23:59:59Z"));
    }

    [Theory]
    [InlineData("dpd", "2026-03-02")]
    [InlineData("mail", "2026-03-03")]
    public void Each_service_has_its_own_cut_off_and_the_star_stands_for_the_others(string service, string ships)
    {
        var node = Node() with { CutOffs = new Dictionary<string, TimeOnly> { ["dpd"] = new(15, 0), ["*"] = new(12, 0) } };
        Day(PromiseDates.Of(node, service, 1, At("2026-03-02T14:00:00Z"))!.Value.ShipDay).ShouldBe(ships);
    }

    [Fact]
    public void Nobody_works_after_closing_though_the_cut_off_is_later_and_lead_days_are_working_days()
    {
        var node = Node("Europe/London", "17:00", 2, Week("16:00", WorkDays));
        Day(PromiseDates.Of(node, "x", 0, At("2026-03-05T16:30:00Z"))!.Value.ShipDay).ShouldBe("2026-03-10");      // Thursday evening: Friday, then two more
        Day(PromiseDates.Of(node, "x", 0, At("2026-03-05T15:30:00Z"))!.Value.ShipDay).ShouldBe("2026-03-09");
    }

    /// <summary>Local times that never come, or come twice: Europe and America, spring and autumn.</summary>
    [Theory]
    [InlineData("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:30:00Z")]        // 01:00 leaps to 02:00: half past is 02:30 summer time
    [InlineData("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z")]        // twice: the first
    [InlineData("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z")]
    [InlineData("Pacific/Kiritimati", "2026-03-02", "16:00", "2026-03-02T02:00:00Z")]   // UTC+14
    [InlineData("Asia/Kathmandu", "2026-03-02", "16:00", "2026-03-02T10:15:00Z")]
    public void A_cut_off_means_one_instant_on_every_day_of_the_year(string zone, string day, string cutOff, string instant)
    {
        var node = Node(zone, cutOff);
        Day(PromiseDates.Of(node, "x", 0, At(instant).AddSeconds(-1))!.Value.ShipDay).ShouldBe(day);
        Day(PromiseDates.Of(node, "x", 0, At(instant))!.Value.ShipDay).ShouldBe(Day(DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(1)));
    }

    /// <summary>The table is made by eng/cut-offs.py, which reads the tz database by other code than .NET's.</summary>
    [Fact]
    public void Two_hundred_cut_offs_over_clock_changes_leap_days_and_far_years_are_those_of_the_tz_database()
    {
        var wrong = new List<string>();
        var cases = File.ReadLines(Path.Combine(TestPostgres.Root, "tests/Switchyard.Tests/Sourcing/cut-offs.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        foreach (string[] the in cases)
        {
            var (node, day, cut) = (Node(the[0], the[2]), DateOnly.Parse(the[1], CultureInfo.InvariantCulture), At(the[3]));
            if (PromiseDates.Of(node, "x", 0, cut.AddSeconds(-1))?.ShipDay != day) wrong.Add($"{string.Join(' ', the)}: a second before it is not that day");
            if (PromiseDates.Of(node, "x", 0, cut)?.ShipDay != day.AddDays(1)) wrong.Add($"{string.Join(' ', the)}: at it is not the next day");
        }
        cases.Count.ShouldBe(200);
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void A_node_that_never_works_promises_nothing_nor_does_anybody_for_the_end_of_time()
    {
        PromiseDates.Of(Node(closing: new Dictionary<DayOfWeek, TimeOnly>()), "x", 1, At("2026-03-02T09:00:00Z")).ShouldBeNull();
        PromiseDates.Of(Node(), "x", 1, DateTimeOffset.MaxValue).ShouldBeNull();
    }

    [Fact]
    public void Dates_are_never_before_placing_never_earlier_for_who_comes_later_and_always_on_working_days()
    {
        output.WriteLine($"PROMISE_SEED={_seed}");
        var random = new Random(_seed);
        for (int round = 0; round < 400; round++)
        {
            var days = Enum.GetValues<DayOfWeek>().Where(_ => random.Next(3) > 0).ToArray();
            var closing = random.Next(3) == 0 || days.Length == 0 ? null : Week($"{random.Next(24):00}:{random.Next(60):00}", days);
            string zone = Zones[random.Next(Zones.Length)];
            var from = At("2026-01-01T00:00:00Z").AddSeconds(random.Next(366 * 86_400));
            if (random.Next(2) == 0) from = NearTransition(zone, from, random);
            string[] closed = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Day(DateOnly.FromDateTime(from.DateTime).AddDays(random.Next(9))))];
            var node = Node(zone, random.Next(4) == 0 ? null : $"{random.Next(24):00}:{random.Next(60):00}", random.Next(4), closing, closed);
            int transit = random.Next(6);
            DatesOfParcel? before = null;
            for (int step = 0; step < 60; step++, from = from.AddMinutes(random.Next(200)).AddMilliseconds(random.Next(1_000)))
            {
                string what = $"seed {_seed}, round {round}, {zone}, {from:o}";
                var dates = PromiseDates.Of(node, "x", transit, from).ShouldNotBeNull(what);
                dates.ShipBy.ShouldBeGreaterThanOrEqualTo(from, what);
                dates.DeliverBy.ShouldBeGreaterThanOrEqualTo(dates.ShipBy, what);
                node.Calendar.Works(dates.ShipDay).ShouldBeTrue(what);
                node.Calendar.DayOf(dates.ShipBy).ShouldBe(dates.ShipDay, what);
                dates.ShipBy.ShouldBeGreaterThanOrEqualTo(before?.ShipBy ?? default, what);
                dates.DeliverBy.ShouldBeGreaterThanOrEqualTo(before?.DeliverBy ?? default, what);
                (PromiseDates.Of(node with { LeadDays = node.LeadDays + 1 }, "x", transit, from)!.Value.ShipBy > dates.ShipBy).ShouldBeTrue(what);
                before = dates;
            }
        }
    }

    private static DateTimeOffset NearTransition(string zone, DateTimeOffset from, Random random)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (int day = 0; day < 366; day++)
            if (clock.GetUtcOffset(from.AddDays(day)) != clock.GetUtcOffset(from.AddDays(day + 1))) return from.AddDays(day).AddHours(-random.Next(24));
        return from;
    }
}
