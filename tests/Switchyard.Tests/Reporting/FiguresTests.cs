using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Reporting;
using Switchyard.Sourcing;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Picking;
using Switchyard.Tests.Shipping;

namespace Switchyard.Tests.Reporting;

/// <summary>What orders cost to fulfil and how fast they leave, beside figures worked out by hand.</summary>
public sealed class FiguresTests
{
    [Theory, BothDatabases, Capability("KP-03", "KP-06", "KP-02")]
    public async Task An_order_costs_its_labour_packaging_and_shipping_and_leaves_so_fast(DatabaseKind kind)
    {
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Shelves();
        await shop.Put("/packaging/S", new { outer = new { lengthMm = 300, widthMm = 200, heightMm = 100 }, maxGrams = 9_000, costMinor = 45, costCurrency = "GBP" });
        await shop.Table("wharf", "Wharf", "W48", 335, 1, 2);
        var (ann, name) = await shop.Picker("Ann");
        await shop.Refused(HttpMethod.Put, "/nodes/MAIN/labour-rates", new { currency = "XXX1", perHourMinor = -1 }, 400, "request.invalid");
        await shop.Put("/nodes/MAIN/labour-rates", new { currency = "GBP", perHourMinor = 1_200, operatives = new[] { new { actor = name, perHourMinor = 1_800 } } });
        (await shop.Get("/nodes/MAIN/labour-rates")).GetProperty("operatives")[0].Long("perHourMinor").ShouldBe(1_800);

        string first = await Released(shop, ("A", 1), ("B", 1)), second = await Released(shop, ("A", 1));
        await Walk(shop, ann, first, 60, 120);                          // 180 s at 18.00 an hour: 0.90
        await Walk(shop, ann, second, 30);                              // 30 s: 0.15
        await Pack(shop, first, ("A", 30), ("B", 30));                  // 60 s at 12.00 an hour: 0.20
        await Pack(shop, second, ("A", 15));                            // 15 s: 0.05
        string lost = (await shop.Post("/orders", Given.Order(("C", 1)))).Text("id")!;
        await shop.Post($"/orders/{lost}/cancel", new { reason = "test" });
        shop.Clock!.Advance(TimeSpan.FromHours(1));
        foreach (string release in new[] { first, second }) await shop.Do(release, "ship");

        var report = await shop.Get("/reports/fulfilment-costs?from=2026-03-02&to=2026-03-02");
        Parts(report.GetProperty("sum")).ShouldBe((130, 90, 670, 890));
        var mean = report.GetProperty("mean");
        (mean.GetProperty("labourMinor").GetDecimal(), mean.GetProperty("packagingMinor").GetDecimal(), mean.GetProperty("shippingMinor").GetDecimal(), mean.GetProperty("totalMinor").GetDecimal()).ShouldBe((65m, 45m, 335m, 445m));
        report.GetProperty("costliest").EnumerateArray().Select(Parts).ShouldBe([(110, 45, 335, 490), (20, 45, 335, 400)]);
        var node = report.GetProperty("nodes").EnumerateArray().ShouldHaveSingleItem();
        (node.Long("pickMinor"), node.Long("packMinor"), node.Long("shipMinor"), node.Long("totalMinor"), node.Long("pickSeconds"), node.Long("packSeconds")).ShouldBe((105, 115, 670, 890, 210, 75));
        (node.Long("orders"), node.Long("lines"), report.Long("otherCurrencies")).ShouldBe((2, 3, 0));
        (await shop.Get("/reports/fulfilment-costs?from=2026-03-03&to=2026-03-04")).Long("orders").ShouldBe(0);
        await shop.Refused(HttpMethod.Get, "/reports/fulfilment-costs?from=2026-03-04&to=2026-03-03", null, 400, "request.invalid");

        var speed = await shop.Get("/reports/dispatch-speed?from=2026-03-02&to=2026-03-02");
        var all = speed.GetProperty("all");
        (all.Long("releases"), all.GetProperty("median").Long("elapsed"), all.GetProperty("p90").Long("open"), speed.Long("cancelled"), speed.Long("unpaid")).ShouldBe((2, 3_885, 3_885, 1, 0));
    }

    [Fact, Capability("KP-02")]
    public void Open_hours_over_a_weekend_and_a_clock_change_are_those_worked_out_by_hand()
    {
        // In London clocks go forward on Sunday, 29 March 2026. People work from nine to five, Monday to Friday.
        var week = new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday };
        var calendar = new NodeCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), week.ToDictionary(d => d, _ => new TimeOnly(17, 0)), new HashSet<DateOnly>())
        { Opening = week.ToDictionary(d => d, _ => new TimeOnly(9, 0)) };
        Dispatch[] orders =
        [
            new(At("2026-03-27T16:00Z"), At("2026-03-30T09:00Z"), []),                                              // Friday at four to Monday at ten: 65 h, an hour on each day
            new(At("2026-03-28T12:00Z"), At("2026-03-30T11:00Z"), []),                                              // Saturday at noon to Monday at noon: 47 h, three of them open
            new(At("2026-03-30T08:00Z"), At("2026-03-30T14:00Z"), [(At("2026-03-30T10:00Z"), At("2026-03-30T11:00Z")), (At("2026-03-30T10:30Z"), At("2026-03-30T12:00Z"))]),    // 6 h, held for two
            new(At("2026-03-26T10:00Z"), At("2026-03-27T10:00Z"), []),                                              // Thursday at ten to Friday at ten: 24 h, eight open
            new(At("2026-03-27T09:00Z"), At("2026-03-27T09:30Z"), [(At("2026-03-01T00:00Z"), At("2026-03-27T09:00Z"))]),    // half an hour; a hold before it was paid is none
        ];
        var times = orders.Select(o => DispatchSpeed.Of(o, calendar)).ToList();
        times.Select(t => (t.Elapsed.TotalHours, t.Open.TotalHours, t.Held.TotalHours)).ShouldBe([(65, 2, 0), (47, 3, 0), (4, 4, 2), (24, 8, 0), (0.5, 0.5, 0)]);
        DispatchSpeed.Percentile([.. times.Select(t => t.Elapsed)], 50).ShouldBe(TimeSpan.FromHours(24));
        DispatchSpeed.Percentile([.. times.Select(t => t.Elapsed)], 90).ShouldBe(TimeSpan.FromHours(65));
        DispatchSpeed.Percentile([.. times.Select(t => t.Open)], 50).ShouldBe(TimeSpan.FromHours(3));
        DispatchSpeed.Percentile([.. times.Select(t => t.Open)], 90).ShouldBe(TimeSpan.FromHours(8));
        DispatchSpeed.Percentile([], 50).ShouldBeNull();
        // A node without hours works through the night the clocks change: 23 hours.
        DispatchSpeed.Open(At("2026-03-29T00:00Z"), At("2026-03-29T23:00Z"), NodeCalendar.Always(calendar.TimeZone)).ShouldBe(TimeSpan.FromHours(23));
    }

    [Fact, Capability("KP-03")]
    public void Work_is_what_lies_between_two_moments_and_a_pause_is_cut()
    {
        var (walk, a, b) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var times = FulfilmentCosts.Times([new(walk, b, "ann", 700_000, 10_000), new(walk, a, "ann", 40_000, 10_000), new(walk, a, "ann", 60_000, 10_000), new(walk, a, "ben", 60_000)]);
        (times[(a, "ann")], times[(b, "ann")], times[(a, "ben")]).ShouldBe((50_000, FulfilmentCosts.MostGapMs, 0));
        FulfilmentCosts.Labour(90_000, 1_250).ShouldBe(31);             // 31.25
        FulfilmentCosts.Labour(1_800_000, 1_201).ShouldBe(601);         // 600.5
        FulfilmentCosts.Mean(10, 3).ShouldBe(3.33m);
    }

    private static async Task<string> Released(Shop shop, params (string Sku, long Quantity)[] lines)
    {
        var body = Given.Order(lines);
        body["payment"] = new { status = "paid", method = "card" };
        string order = (await shop.Post("/orders", body)).Text("id")!;
        return (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
    }

    private static async Task Walk(Shop shop, HttpClient picker, string release, params int[] seconds)
    {
        await shop.Wave(new { node = "MAIN", fulfilments = new[] { release } });
        foreach (int some in seconds)
        {
            var stop = await Pickers.Next(picker);
            shop.Clock!.Advance(TimeSpan.FromSeconds(some));
            (await Pickers.Say(picker, Pickers.Right(stop))).Text("outcome").ShouldBe("ok");
        }
    }

    private static async Task Pack(Shop shop, string release, params (string Sku, int Seconds)[] scans)
    {
        await shop.Post($"/fulfilments/{release}/packing/steps", new { id = "p", kind = "parcel", packaging = "S" });
        foreach (var (sku, seconds) in scans)
        {
            shop.Clock!.Advance(TimeSpan.FromSeconds(seconds));
            await shop.Post($"/fulfilments/{release}/packing/steps", new { id = sku, kind = "scan", code = sku });
        }
        await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s" });
        string package = (await shop.Release(release)).GetProperty("packages")[0].Text("id")!;
        (await shop.Label(package)).Text("state").ShouldBe("booked");
    }

    private static (long, long, long, long) Parts(JsonElement cost) => (cost.Long("labourMinor"), cost.Long("packagingMinor"), cost.Long("shippingMinor"), cost.Long("totalMinor"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
