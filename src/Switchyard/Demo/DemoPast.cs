using System.Globalization;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>
/// The 86 days before the last four, played too, but in strokes: every order is placed at its own time and decided on the stock of that time; in the evening,
/// when the last cut-off is over, the nodes send what came before it and hear what arrived at noon; on Mondays comes what was sold the week before. So a
/// back-test has ninety days to replay, and making them takes little longer than writing them down would.
/// </summary>
internal sealed class DemoPast
{
    private const int PatientDays = 8;
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly TimeSpan Morning = new(7, 0, 0), Noon = new(12, 0, 0), CutOff = new(20, 5, 0), Van = new(21, 15, 0);

    private readonly List<DemoDeed> _deeds = [];

    private DemoPast(IReadOnlyList<DemoOrder> orders)
    {
        if (orders.Count == 0) return;
        DateOnly first = Day(orders[0].At), last = Day(orders[^1].At);
        var cuts = new List<DateTimeOffset>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            if (day.DayOfWeek == DayOfWeek.Monday && day > first)
            {
                _deeds.Add(new DemoDeed(At(day, Morning), Receive));
                cuts.Add(At(day, Morning));
            }
            cuts.Add(At(day, Van));
        }
        Place(orders, cuts);
        var waves = new Dictionary<DateOnly, List<DemoOrder>>();
        for (var (day, done) = (first, 0); done < orders.Count; done += waves[day].Count, day = day.AddDays(1))
            waves[day] = [.. orders.Skip(done).TakeWhile(o => o.At <= At(day, CutOff))];
        for (var day = first; day <= waves.Keys.Max().AddDays(PatientDays); day = day.AddDays(1)) Evening(day, waves);
    }

    /// <param name="orders">The oldest first.</param>
    /// <returns>In the order of time.</returns>
    public static IReadOnlyList<DemoDeed> Deeds(IReadOnlyList<DemoOrder> orders) => [.. new DemoPast(orders)._deeds.OrderBy(d => d.At)];

    /// <summary>Between two strokes of the day orders come: stock moves and the log is written in the order of time.</summary>
    private void Place(IReadOnlyList<DemoOrder> orders, List<DateTimeOffset> cuts)
    {
        int done = 0;
        foreach (var cut in cuts.Append(DateTimeOffset.MaxValue))
        {
            var some = orders.Skip(done).TakeWhile(o => o.At < cut).ToList();
            done += some.Count;
            if (some.Count > 0) _deeds.Add(new DemoDeed(some[^1].At, stage => stage.PlacePast(some)));
        }
    }

    private void Evening(DateOnly day, Dictionary<DateOnly, List<DemoOrder>> waves)
    {
        List<DemoOrder> Of(int daysAgo) => waves.GetValueOrDefault(day.AddDays(-daysAgo), []);
        List<DemoOrder> wave = Of(0), waiting = Of(PatientDays), underWay = [.. Of(1).Where(o => o.Request.Method != "standard"), .. Of(2).Where(o => o.Request.Method == "standard")];
        string of = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        _deeds.Add(new DemoDeed(At(day, Van), async stage =>
        {
            // On Mondays some of those that waited have got their goods.
            var late = day.DayOfWeek == DayOfWeek.Monday ? await stage.Open([.. Enumerable.Range(1, PatientDays - 1).SelectMany(Of)]) : new Dictionary<OrderId, DemoOrder>();
            var (leaving, coming) = ((await stage.IdsOf(wave)).Concat(late).ToDictionary(), await stage.IdsOf(underWay));
            var done = await WorkShift.Handle(stage.Db, stage.Once("evening-" + of, "pete"), [.. coming.Keys], [.. leaving.Keys], At(day, Noon), id => DemoDays.Parcel(leaving[id]), stage.Clock.At);
            return done.Error ?? await stage.GiveUp(waiting);
        }));
    }

    /// <summary>What each place has sold in a week comes again.</summary>
    private static async Task<Error?> Receive(DemoStage stage)
    {
        var at = stage.Clock.At;
        var nodes = (await stage.Get<NetworkReader>().Settings(stage.Actor.Merchant)).NodesById;
        var (sold, skus) = await stage.Db.Read(stage.Actor, async work => (await StockHistory.Sold(work, at.AddDays(-7), at),
            (await work.Query("select id, sku from products where merchant_id = @merchant", row => (row.Long(), row.Text()))).ToDictionary()));
        AdjustStock.Item?[] come = [.. sold.Where(s => nodes.ContainsKey(s.Node)).OrderBy(s => s.Sku).ThenBy(s => s.Node)
            .Select(s => new AdjustStock.Item(skus[s.Sku], nodes[s.Node].Code, s.Units, null, null, null, "delivered by the makers"))];
        string of = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (come.Length > 0 && (await AdjustStock.Handle(new AdjustStock.Request(come, "delivery " + of), stage.Db, stage.Clock, stage.Once("delivery-" + of))).Error is { } error) return error;
        await ActivatorUtilities.CreateInstance<ServeWaiting>(stage.Services, (TimeProvider)stage.Clock).Handle();       // whoever waits gets it at once
        return null;
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);

    private static DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }
}
