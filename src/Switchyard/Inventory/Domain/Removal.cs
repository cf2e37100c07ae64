namespace Switchyard.Inventory;

/// <summary>In which order goods are taken off the shelf: along the walk, oldest in first, newest in first, first expired first, from as few bins as can be.</summary>
public enum RemovalStrategy { Closest, Fifo, Lifo, Fefo, LeastPackages }

/// <summary>Units of a SKU that lie together.</summary>
/// <param name="ExpiresOn">The last day, <c>yyyy-MM-dd</c>; null: it does not expire.</param>
/// <param name="ReceivedAtMs">When the lot came first; 0 when nobody knows.</param>
public sealed record RemovalPlace(string Bin, string Zone, bool IsBulk, string Lot, long Units, long WalkOrder, string? ExpiresOn, long ReceivedAtMs);

/// <summary>Says from where units are taken.</summary>
public static class Removal
{
    /// <summary>The places in the order in which they are looked at, with what is taken of each: 0 for those that stand by.</summary>
    /// <param name="wanted">Units, at least 0.</param>
    /// <param name="isBusiness">Business orders take from bulk bins first, others from the others; where age decides, only among equals.</param>
    /// <returns>What is taken sums to the lesser of what is wanted and what is there.</returns>
    public static IReadOnlyList<(RemovalPlace Place, long Take)> Plan(RemovalStrategy strategy, long wanted, bool isBusiness, IEnumerable<RemovalPlace> places)
    {
        var along = places.Where(p => p.Units > 0).OrderBy(p => p.IsBulk == isBusiness ? 0 : 1).ThenBy(p => p.WalkOrder).ThenBy(p => p.Bin, StringComparer.Ordinal).ThenBy(p => p.Lot, StringComparer.Ordinal).ToList();
        var ordered = strategy switch
        {
            // Sorting is stable: among equals the walk decides.
            RemovalStrategy.Fifo => [.. along.OrderBy(p => p.ReceivedAtMs)],
            RemovalStrategy.Lifo => [.. along.OrderByDescending(p => p.ReceivedAtMs)],
            RemovalStrategy.Fefo => [.. along.OrderBy(p => p.ExpiresOn is null ? 1 : 0).ThenBy(p => p.ExpiresOn, StringComparer.Ordinal).ThenBy(p => p.ReceivedAtMs)],
            RemovalStrategy.LeastPackages => Fewest(along, wanted),
            _ => along,
        };
        return [.. ordered.Select(p =>
        {
            long take = Math.Min(wanted, p.Units);
            wanted -= take;
            return (p, take);
        })];
    }

    // The fullest first, and at the end the least full one that still has enough: no fewer bins can do.
    private static List<RemovalPlace> Fewest(List<RemovalPlace> along, long wanted)
    {
        var (rest, taken) = (along.OrderByDescending(p => p.Units).ToList(), new List<RemovalPlace>());
        while (wanted > 0 && rest.Count > 0)
        {
            var next = rest[0].Units < wanted ? rest[0] : rest.Last(p => p.Units >= wanted);
            taken.Add(next);
            rest.Remove(next);
            wanted -= next.Units;
        }
        return [.. taken, .. rest];
    }
}
