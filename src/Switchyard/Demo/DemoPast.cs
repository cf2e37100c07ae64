using System.Globalization;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>
/// The 86 days before the last four, played too, but in strokes: every order is placed at its own time and decided on the stock of that time, the nodes get
/// their work once a day when the last cut-off is over, what they send leaves together and arrives at noon, and on Mondays comes what was sold the week
/// before. So a back-test has ninety days to replay, and making them takes little longer than writing them down would.
/// </summary>
internal sealed class DemoPast
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly TimeSpan Morning = new(7, 0, 0), Noon = new(12, 0, 0), Wave = new(20, 5, 0), Van = new(21, 15, 0);

    private readonly List<DemoDeed> _deeds = [];

    private DemoPast(IReadOnlyList<DemoOrder> orders)
    {
        if (orders.Count == 0) return;
        DateOnly first = Day(orders[0].At), last = Day(orders[^1].At);
        var cuts = new List<DateTimeOffset>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            cuts.AddRange([At(day, Morning), At(day, Noon), At(day, Wave), At(day, Van)]);
            if (day.DayOfWeek == DayOfWeek.Monday && day > first) _deeds.Add(new DemoDeed(At(day, Morning), Receive));
        }
        Place(orders, cuts);
        for (var (day, done) = (first, 0); done < orders.Count; day = day.AddDays(1))
        {
            var wave = orders.Skip(done).TakeWhile(o => o.At <= At(day, Wave)).ToList();
            done += wave.Count;
            if (wave.Count > 0) Send(day, wave);
        }
    }

    /// <param name="orders">The oldest first.</param>
    public static IReadOnlyList<DemoDeed> Deeds(IReadOnlyList<DemoOrder> orders) => new DemoPast(orders)._deeds;

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

    private void Send(DateOnly day, IReadOnlyList<DemoOrder> wave)
    {
        string of = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Add(At(day, Wave), wave, (stage, ids) => WorkShift.Release(stage.Db, stage.Once("wave-" + of, "demo"), [.. ids.Keys], stage.Clock.At));
        Add(At(day, Van), wave, (stage, ids) => WorkShift.Send(stage.Db, stage.Once("van-" + of, "pete"), [.. ids.Keys], id => DemoDays.Parcel(ids[id]), stage.Clock.At));
        foreach (var (days, some) in wave.GroupBy(o => o.Request.Method == "standard" ? 2 : 1).Select(g => (g.Key, g.ToList())))
            Add(At(day.AddDays(days), Noon), some, (stage, ids) => WorkShift.Deliver(stage.Db, stage.Once($"arrive-{of}-{days}", "pete"), [.. ids.Keys], stage.Clock.At));
        _deeds.Add(new DemoDeed(At(day.AddDays(3), Noon), stage => stage.GiveUp(wave)));
    }

    private void Add(DateTimeOffset at, IReadOnlyList<DemoOrder> orders, Func<DemoStage, IReadOnlyDictionary<OrderId, DemoOrder>, Task<Result<Done>>> deed) =>
        _deeds.Add(new DemoDeed(at, async stage => await stage.IdsOf(orders) is { Count: > 0 } ids ? (await deed(stage, ids)).Error : null));

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
        return come.Length == 0 ? null : (await AdjustStock.Handle(new AdjustStock.Request(come, "delivery " + of), stage.Db, stage.Clock, stage.Once("delivery-" + of))).Error;
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, London).DateTime);

    private static DateTimeOffset At(DateOnly day, TimeSpan time)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        return new DateTimeOffset(local, London.GetUtcOffset(local)).ToUniversalTime();
    }
}
