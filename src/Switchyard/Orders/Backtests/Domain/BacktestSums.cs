using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What became of orders in one of the two worlds.</summary>
/// <param name="CostMinor">Of the decisions at placing.</param>
/// <param name="Parcels">Parcels of those decisions.</param>
/// <param name="Splits">Orders in more than one parcel.</param>
/// <param name="UnfilledUnits">Units that were promised from no node at placing.</param>
/// <param name="FilledLaterUnits">Units that got their goods later, out of the queue.</param>
/// <param name="Km">Kilometres of all parcels whose way is known.</param>
/// <param name="Days">Days from placing to delivery, over the orders that were sent whole.</param>
/// <param name="LateOrders">Orders that would come after the date that the customer was told.</param>
public sealed record BacktestSum(long CostMinor, long Parcels, long Splits, long UnfilledUnits, long FilledLaterUnits, long Km, long Days, long LateOrders);

/// <summary>How much work a node has.</summary>
public sealed record BacktestLoad(string Node, string Name, long ParcelsBefore, long ParcelsAfter, long UnitsBefore, long UnitsAfter);

/// <summary>One day, by the clock of Greenwich.</summary>
public sealed record BacktestDay(DateOnly Day, long Orders, long CostBeforeMinor, long CostAfterMinor, long ParcelsBefore, long ParcelsAfter, long UnfilledBefore, long UnfilledAfter,
    IReadOnlyList<BacktestNodeDay> Nodes);

public sealed record BacktestNodeDay(string Node, long ParcelsBefore, long ParcelsAfter);

/// <summary>Decisions of the period that were made again by the rules and from the figures that they were made by.</summary>
/// <param name="Same">Came out exactly as they were kept.</param>
/// <param name="Different">Did not: the meaning of rules has changed since, or something is wrong.</param>
/// <param name="NotKept">Could not be made again, by the reason.</param>
public sealed record BacktestReplay(long Decisions, long Same, long Different, IReadOnlyDictionary<string, long> NotKept);

/// <param name="Orders">Orders placed in the period.</param>
/// <param name="Changed">Orders that would go otherwise.</param>
/// <param name="ListedChanged">Those of them that are listed.</param>
/// <param name="Later">Orders that would come later than they did, of those whose dates are known.</param>
/// <param name="TodaysSettings">Orders whose settings of then are not known: today's were used.</param>
public sealed record BacktestResult(long Orders, long Units, long Changed, long ListedChanged, BacktestSum Before, BacktestSum After, long Later, long Sooner, long TodaysSettings,
    BacktestReplay Replay, IReadOnlyList<BacktestLoad> Nodes, IReadOnlyList<BacktestDay> Days);

/// <summary>A plan of one order, for comparing.</summary>
public sealed record BacktestPlan(long CostMinor, IReadOnlyList<BacktestParcel> Parcels, long UnfilledUnits, long? Km, DateTimeOffset? DeliverBy)
{
    internal bool IsAs(BacktestPlan other) => CostMinor == other.CostMinor && UnfilledUnits == other.UnfilledUnits && Parcels.Select(p => p.Key).SequenceEqual(other.Parcels.Select(p => p.Key));
}

public sealed record BacktestParcel(string Node, string Service, long Units, IReadOnlyList<BacktestPart> Parts)
{
    internal string Key => $"{Node} {Service} {string.Join(' ', Parts.Select(p => $"{p.Line}x{p.Quantity}"))}";
}

public sealed record BacktestPart(int Line, string Sku, long Quantity);

/// <summary>An order that would go otherwise.</summary>
public sealed record BacktestOrder(OrderId Id, string Number, DateTimeOffset PlacedAt, BacktestPlan Before, BacktestPlan After);

/// <summary>Adds orders up, before and after.</summary>
internal sealed class BacktestTally
{
    private sealed class World
    {
        public long Cost, Parcels, Splits, Unfilled, FilledLater, Km, Days, Late;
        public BacktestSum Sum => new(Cost, Parcels, Splits, Unfilled, FilledLater, Km, Days, Late);
    }

    private sealed class Day
    {
        public long Orders, CostBefore, CostAfter, ParcelsBefore, ParcelsAfter, UnfilledBefore, UnfilledAfter;
        public readonly Dictionary<string, (long Before, long After)> Nodes = [];
    }

    private readonly World _before = new(), _after = new();
    private readonly SortedDictionary<DateOnly, Day> _days = [];
    private readonly Dictionary<string, (long ParcelsBefore, long ParcelsAfter, long UnitsBefore, long UnitsAfter)> _nodes = [];
    private readonly SortedDictionary<string, long> _notKept = new(StringComparer.Ordinal);
    private long _orders, _units, _later, _sooner, _todays, _decisions, _same, _different;

    public long Changed { get; private set; }
    public long Listed { get; set; }

    /// <returns>Would it go otherwise?</returns>
    public bool Add(DateTimeOffset placedAt, long units, DateTimeOffset? promised, BacktestPlan before, BacktestPlan after, bool isByTodaysSettings)
    {
        _orders++;
        _units += units;
        if (isByTodaysSettings) _todays++;
        var at = DateOnly.FromDateTime(placedAt.UtcDateTime);
        if (!_days.TryGetValue(at, out var day)) _days[at] = day = new Day();
        day.Orders++;
        (day.CostBefore, day.CostAfter) = (day.CostBefore + before.CostMinor, day.CostAfter + after.CostMinor);
        (day.ParcelsBefore, day.ParcelsAfter) = (day.ParcelsBefore + before.Parcels.Count, day.ParcelsAfter + after.Parcels.Count);
        (day.UnfilledBefore, day.UnfilledAfter) = (day.UnfilledBefore + before.UnfilledUnits, day.UnfilledAfter + after.UnfilledUnits);
        Add(_before, placedAt, promised, before);
        Add(_after, placedAt, promised, after);
        foreach (var parcel in before.Parcels) Count(day, parcel, isAfter: false);
        foreach (var parcel in after.Parcels) Count(day, parcel, isAfter: true);
        if (before.DeliverBy is { } was && after.DeliverBy is { } comes && was != comes)
        {
            if (comes > was) _later++;
            else _sooner++;
        }
        if (before.IsAs(after)) return false;
        Changed++;
        return true;
    }

    public void FilledLater(long before, long after) => (_before.FilledLater, _after.FilledLater) = (_before.FilledLater + before, _after.FilledLater + after);

    public void Replayed(string state, bool? isSame)
    {
        _decisions++;
        if (isSame is null) _notKept[state] = _notKept.GetValueOrDefault(state) + 1;
        else if (isSame.Value) _same++;
        else _different++;
    }

    public BacktestResult Result(Func<string, string> nameOf) => new(_orders, _units, Changed, Listed, _before.Sum, _after.Sum, _later, _sooner, _todays,
        new BacktestReplay(_decisions, _same, _different, _notKept),
        [.. _nodes.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new BacktestLoad(n.Key, nameOf(n.Key), n.Value.ParcelsBefore, n.Value.ParcelsAfter, n.Value.UnitsBefore, n.Value.UnitsAfter))],
        [.. _days.Select(d => new BacktestDay(d.Key, d.Value.Orders, d.Value.CostBefore, d.Value.CostAfter, d.Value.ParcelsBefore, d.Value.ParcelsAfter, d.Value.UnfilledBefore, d.Value.UnfilledAfter,
            [.. d.Value.Nodes.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => new BacktestNodeDay(n.Key, n.Value.Before, n.Value.After))]))]);

    private static void Add(World world, DateTimeOffset placedAt, DateTimeOffset? promised, BacktestPlan plan)
    {
        world.Cost += plan.CostMinor;
        world.Parcels += plan.Parcels.Count;
        if (plan.Parcels.Count > 1) world.Splits++;
        world.Unfilled += plan.UnfilledUnits;
        world.Km += plan.Km ?? 0;
        if (plan.DeliverBy is not { } comes || plan.UnfilledUnits > 0) return;
        world.Days += Math.Max(0, DateOnly.FromDateTime(comes.UtcDateTime).DayNumber - DateOnly.FromDateTime(placedAt.UtcDateTime).DayNumber);
        if (comes > promised) world.Late++;
    }

    private void Count(Day day, BacktestParcel parcel, bool isAfter)
    {
        var (before, after) = day.Nodes.GetValueOrDefault(parcel.Node);
        day.Nodes[parcel.Node] = isAfter ? (before, after + 1) : (before + 1, after);
        var n = _nodes.GetValueOrDefault(parcel.Node);
        _nodes[parcel.Node] = isAfter ? (n.ParcelsBefore, n.ParcelsAfter + 1, n.UnitsBefore, n.UnitsAfter + parcel.Units) : (n.ParcelsBefore + 1, n.ParcelsAfter, n.UnitsBefore + parcel.Units, n.UnitsAfter);
    }
}
