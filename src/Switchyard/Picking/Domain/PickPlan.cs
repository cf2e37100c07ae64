using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Picking;

/// <summary>How releases are picked: each by itself; some at once into one tote; some at once on a cart, a tote each; or zone by zone.</summary>
public enum PickMethod { Single, Batch, Cluster, Zone }

/// <summary>Open units of a release's line.</summary>
public sealed record PickableLine(int Line, long SkuId, string Sku, long Units);

/// <summary>A release that can be picked now.</summary>
/// <param name="IsBusiness">It is picked from bulk bins first.</param>
public sealed record PickableRelease(FulfilmentId Id, string Number, int Priority, long ShipByMs, bool IsBusiness, IReadOnlyList<PickableLine> Lines)
{
    public long Units => Lines.Sum(l => l.Units);
}

/// <summary>A bin of the node. Aisle and place along it where they are known.</summary>
/// <param name="IsLast">Reserve, staging and the like: only when no other bin has it.</param>
public sealed record PickBin(string Code, string Zone, bool IsBulk, long WalkOrder, int? Aisle = null, long? YMm = null, bool IsLast = false);

/// <summary>Units in a bin that may be picked and that no task is to take yet.</summary>
public sealed record BinUnits(long SkuId, PickBin Bin, string Lot, long Units)
{
    /// <summary>The last day of the lot, <c>yyyy-MM-dd</c>; null: it does not expire.</summary>
    public string? ExpiresOn { get; init; }

    /// <summary>When the lot came first; 0 when nobody knows.</summary>
    public long ReceivedAtMs { get; init; }
}

/// <summary>What a node is like to walk in.</summary>
/// <param name="Floor">Null where nobody has described it; walks follow the walk order of the bins then, and have no length.</param>
public sealed record PickHouse(PickFloor? Floor, long WalkMmPerSecond, IReadOnlyList<BinUnits> Bins)
{
    /// <summary>In which order a SKU is taken off the shelf; along the walk where nothing is said.</summary>
    public IReadOnlyDictionary<long, RemovalStrategy> Removal { get; init; } = new Dictionary<long, RemovalStrategy>();
}

/// <summary>How a wave is cut into tours.</summary>
/// <param name="Totes">Releases that go round together, at least 1.</param>
/// <param name="Tours">At least so many tours, where there are as many releases: one for each picker who waits.</param>
public sealed record PickCut(PickMethod Method, int Totes, int Tours);

/// <param name="ToteNo">The place on the cart, from 1; 0: no tote.</param>
/// <param name="Bin">Null where no bin is known to have it.</param>
public sealed record PlannedTask(PickableRelease Release, PickableLine Line, PickBin? Bin, string Lot, int ToteNo, long Units);

/// <summary>One walk of one picker, its tasks in the order they are passed.</summary>
public sealed record PlannedTour(string Zone, IReadOnlyList<PlannedTask> Tasks, long? WalkMm, long Seconds, long ShipByMs)
{
    /// <summary>Places where the picker stops: one for each bin and SKU.</summary>
    public int Stops => Tasks.Select(t => (t.Bin?.Code, t.Line.SkuId)).Distinct().Count();
}

/// <summary>Cuts releases into tours: from which bins, which together, along which way.</summary>
public static class PickPlan
{
    // What a stop and a unit take beside the walk, and a stop where no lengths are known.
    private const long SecondsAStop = 8, SecondsAUnit = 2, SecondsAnUnknownStop = 15;

    /// <param name="releases">The most urgent first: they get the nearest bins, and their tours are first.</param>
    public static IReadOnlyList<PlannedTour> Of(IReadOnlyList<PickableRelease> releases, PickHouse house, PickCut cut)
    {
        var tasks = Placed(releases, house);
        return cut.Method == PickMethod.Zone
            ? [.. tasks.GroupBy(t => t.Bin?.Zone ?? "").OrderBy(z => z.Key, StringComparer.Ordinal).SelectMany(zone => Cut([.. zone], zone.Key, house, cut))]
            : Cut(tasks, "", house, cut);
    }

    private static List<PlannedTask> Placed(IReadOnlyList<PickableRelease> releases, PickHouse house)
    {
        var left = house.Bins.Select(b => (Bin: b, Units: b.Units)).GroupBy(b => b.Bin.SkuId).ToDictionary(g => g.Key, g => g.ToArray());
        var tasks = new List<PlannedTask>();
        foreach (var release in releases)
            foreach (var line in release.Lines)
            {
                long open = line.Units;
                if (left.TryGetValue(line.SkuId, out var bins))
                    foreach (int i in InTurn(house.Removal.GetValueOrDefault(line.SkuId), release.IsBusiness, line.Units, bins))
                    {
                        long take = Math.Min(open, bins[i].Units);
                        if (take == 0) continue;
                        tasks.Add(new PlannedTask(release, line, bins[i].Bin.Bin, bins[i].Bin.Lot, 0, take));
                        bins[i].Units -= take;
                        open -= take;
                    }
                if (open > 0) tasks.Add(new PlannedTask(release, line, null, "", 0, open));
            }
        return tasks;
    }

    /// <summary>From where a line is best picked: tasks of one line, the first place first.</summary>
    public static IReadOnlyList<PlannedTask> Places(PickableRelease release, PickHouse house) => Placed([release], house);

    /// <summary>The bins of one SKU in the order in which they are taken from.</summary>
    private static IEnumerable<int> InTurn(RemovalStrategy strategy, bool isBusiness, long wanted, (BinUnits Bin, long Units)[] bins)
    {
        // Along the walk a bin that has it all spares a stop.
        if (strategy == RemovalStrategy.Closest)
            return Enumerable.Range(0, bins.Length).OrderBy(i => bins[i].Bin.Bin.IsLast).ThenBy(i => bins[i].Bin.Bin.IsBulk == isBusiness ? 0 : 1)
                .ThenBy(i => bins[i].Units >= wanted ? 0 : 1).ThenBy(i => bins[i].Bin.Bin.WalkOrder).ThenBy(i => bins[i].Bin.Bin.Code, StringComparer.Ordinal).ThenBy(i => bins[i].Bin.Lot, StringComparer.Ordinal);
        var at = bins.Select((b, i) => (Key: (b.Bin.Bin.Code, b.Bin.Lot), i)).ToDictionary(b => b.Key, b => b.i);
        return Removal.Plan(strategy, wanted, isBusiness, bins.Select(b => new RemovalPlace(b.Bin.Bin.Code, b.Bin.Bin.Zone, b.Bin.Bin.IsBulk, b.Bin.Lot, b.Units,
            b.Bin.Bin.IsLast ? long.MaxValue : b.Bin.Bin.WalkOrder, b.Bin.ExpiresOn, b.Bin.ReceivedAtMs))).Select(p => at[(p.Place.Bin, p.Place.Lot)]);
    }

    private static IReadOnlyList<PlannedTour> Cut(IReadOnlyList<PlannedTask> tasks, string zone, PickHouse house, PickCut cut)
    {
        var floor = Walkable(house, tasks);
        var orders = tasks.GroupBy(t => t.Release.Id).Select(g => g.ToList()).ToList();
        int atOnce = cut.Method == PickMethod.Single ? 1 : Math.Clamp((orders.Count + cut.Tours - 1) / cut.Tours, 1, cut.Totes);
        var loads = atOnce == 1 ? [.. Enumerable.Range(0, orders.Count).Select(i => new CartLoad([i], 0))]
            : CartBatches.Plan(floor, [.. orders.Select(o => new CartOrder([.. o.Where(IsSomewhere).Select(t => Spot(house, floor, t))]))], atOnce, budgetTours: 1_000);
        bool hasTotes = cut.Method is PickMethod.Cluster or PickMethod.Zone;
        return [.. loads.Select(l => Walked([.. l.Orders.SelectMany((o, place) => orders[o].Select(t => t with { ToteNo = hasTotes ? place + 1 : 0 }))], zone, house, floor))
            .OrderByDescending(t => t.Tasks.Max(x => x.Release.Priority)).ThenBy(t => t.ShipByMs)];
    }

    private static PlannedTour Walked(IReadOnlyList<PlannedTask> tasks, string zone, PickHouse house, PickFloor floor)
    {
        var (here, nowhere) = (tasks.Where(IsSomewhere).ToList(), tasks.Where(t => !IsSomewhere(t)).ToList());
        var tour = PickTours.Plan(floor, [.. here.Select(t => Spot(house, floor, t))]);
        var walked = tour.Sequence.Select(i => here[i]).Concat(nowhere).ToList();
        // What lies in one bin is taken in one go, whichever order it is for.
        var rank = walked.Select((t, i) => (Key: (t.Bin?.Code, t.Line.SkuId), i)).GroupBy(x => x.Key).ToDictionary(g => g.Key, g => g.Min(x => x.i));
        walked = [.. walked.OrderBy(t => rank[(t.Bin?.Code, t.Line.SkuId)])];
        long? walk = house.Floor is null ? null : tour.LengthMm;
        long seconds = rank.Count * SecondsAStop + tasks.Sum(t => t.Units) * SecondsAUnit
            + (walk is { } mm ? mm / house.WalkMmPerSecond : rank.Count * SecondsAnUnknownStop);
        return new PlannedTour(zone, walked, walk, seconds, tasks.Min(t => t.Release.ShipByMs));
    }

    /// <summary>In which order bins are passed on one walk, by their places in the list; what is in no bin comes last.</summary>
    public static IReadOnlyList<int> Passed(IReadOnlyList<PickBin?> bins, PickHouse house)
    {
        var here = Enumerable.Range(0, bins.Count).Where(i => bins[i] is not null).OrderBy(i => bins[i]!.WalkOrder).ThenBy(i => bins[i]!.Code, StringComparer.Ordinal).ToList();
        // Without a floor the walk order is the walk.
        if (house.Floor is not { } floor) return [.. here, .. Enumerable.Range(0, bins.Count).Except(here)];
        return [.. PickTours.Plan(floor, [.. here.Select(i => Spot(house, floor, bins[i]!))]).Sequence.Select(i => here[i]), .. Enumerable.Range(0, bins.Count).Except(here)];
    }

    private static bool IsSomewhere(PlannedTask task) => task.Bin is not null;

    // Without a floor the walk order is the walk: one aisle, as long as there are bins.
    private static PickFloor Walkable(PickHouse house, IReadOnlyList<PlannedTask> tasks) => house.Floor
        ?? new PickFloor([0], [0, 1 + tasks.Max(t => Math.Max(0, t.Bin?.WalkOrder ?? 0))], 0);

    private static PickSpot Spot(PickHouse house, PickFloor floor, PlannedTask task) => Spot(house, floor, task.Bin!);

    private static PickSpot Spot(PickHouse house, PickFloor floor, PickBin bin)
    {
        if (house.Floor is null) return new PickSpot(0, Math.Clamp(bin.WalkOrder, 0, floor.CrossY[^1]));
        return bin is { Aisle: { } aisle, YMm: { } y } && aisle < floor.AisleX.Count && y <= floor.CrossY[^1] ? new PickSpot(aisle, y) : floor.Depot;
    }
}
