using Switchyard.Picking;

namespace Switchyard.Tests.Picking;

/// <summary>The shortest tour by trying everything (Held and Karp): right, and slow.</summary>
internal static class ShortestTour
{
    public static long Length(PickFloor floor, IReadOnlyList<PickSpot> spots)
    {
        int n = spots.Count, all = 1 << n;
        long[,] best = new long[all, n];
        for (int set = 1; set < all; set++)
            for (int last = 0; last < n; last++)
            {
                best[set, last] = long.MaxValue / 4;
                if ((set >> last & 1) == 0) continue;
                int before = set & ~(1 << last);
                if (before == 0) best[set, last] = floor.Distance(floor.Depot, spots[last]);
                else for (int i = 0; i < n; i++) if ((before >> i & 1) == 1) best[set, last] = Math.Min(best[set, last], best[before, i] + floor.Distance(spots[i], spots[last]));
            }
        return Enumerable.Range(0, n).Min(last => best[all - 1, last] + floor.Distance(spots[last], floor.Depot));
    }
}
