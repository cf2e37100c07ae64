using Switchyard.Inventory;

namespace Switchyard.Picking;

/// <summary>Why a face is to be filled, the most pressing first. Names are stored in camel case.</summary>
public enum RefillReason { Short, Orders, Minimum, TopUp }

/// <summary>A pick face as it stands, in units of its SKU.</summary>
/// <param name="Units">Good units in its bin.</param>
/// <param name="Wanted">Units that orders need from it: open pick tasks there, and releases that wait for a wave.</param>
/// <param name="OnTheWay">Units that somebody is bringing.</param>
/// <param name="Room">Units that still fit, by the maximum and by what the bin takes; what is on the way is not taken off.</param>
/// <param name="IsShort">A picker found fewer units than the books said.</param>
/// <param name="IsTopUp">Somebody wants it filled though it is not below its minimum.</param>
public sealed record FaceNeed(long Min, long Max, long Units, long Wanted, long OnTheWay, long Room, bool IsShort, bool IsTopUp)
{
    /// <summary>Why it is to be filled, whatever is on the way; null: it need not be.</summary>
    public RefillReason? Reason => IsShort ? RefillReason.Short : Wanted > Units ? RefillReason.Orders : Units < Min ? RefillReason.Minimum : IsTopUp ? RefillReason.TopUp : null;

    /// <summary>Pickers stand before an empty bin, or will.</summary>
    public bool IsUrgent => Reason is RefillReason.Short or RefillReason.Orders;

    /// <summary>Units there by a thousand units of the minimum: the emptier is filled first.</summary>
    public long Cover => Units * 1_000 / Math.Max(1, Min);
}

/// <summary>Says from where a face is filled, and with how many units.</summary>
public static class RefillPlan
{
    /// <summary>Units from each place, up to what fits; none where the face need not be filled. Whole cases where their size is known, single units only to reach what is needed.</summary>
    /// <param name="cases">Units in a case, of each size there is.</param>
    /// <param name="places">Units in reserve that may be sold and that nobody is to take.</param>
    public static IReadOnlyList<(RemovalPlace Place, long Units)> Parts(FaceNeed face, RemovalStrategy strategy, IReadOnlyCollection<long> cases, IEnumerable<RemovalPlace> places)
    {
        long fits = Math.Max(0, face.Room - face.OnTheWay);
        if (face.Reason is null || fits == 0) return [];
        long there = face.Units + face.OnTheWay, needed = Math.Max(face.Min, face.Wanted);
        var parts = new List<(RemovalPlace, long)>();
        foreach (var (place, take) in Removal.Plan(strategy, fits, isBusiness: false, places).Where(p => p.Take > 0))
        {
            long units = Math.Max(Whole(take, place.Units, cases), Math.Min(take, needed - there));
            if (units <= 0) continue;
            parts.Add((place, units));
            there += units;
        }
        return parts;
    }

    // A bin that is emptied has no case that could be opened; else as many cases as are taken whole.
    private static long Whole(long take, long lying, IReadOnlyCollection<long> cases)
    {
        if (take == lying || cases.Count == 0) return take;
        long size = cases.Where(c => c <= take).DefaultIfEmpty(0).Max();
        return size == 0 ? 0 : take - take % size;
    }
}
