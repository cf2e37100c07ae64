namespace Switchyard.Picking;

/// <summary>A good tour by improvement: turning parts round (2-opt) and moving up to three spots (Or-opt), kicked and improved again.</summary>
internal sealed class TourSearch(PickFloor floor, IReadOnlyList<PickSpot> spots, long budgetSteps)
{
    private const int MostKept = 2_000;
    private readonly PickSpot[] _at = [.. spots, floor.Depot];
    private readonly long[][]? _known = spots.Count > MostKept ? null : Distances(floor, [.. spots, floor.Depot]);
    private long _steps = budgetSteps;

    public IReadOnlyList<int> Solve()
    {
        // The depot is the last number and stays at place 0.
        int[] best = Better(TourRules.SShape(floor, spots), TourRules.LargestGap(floor, spots));
        Improve(best);
        long least = LengthOf(best);
        var dice = new Dice(1);
        while (_steps > 0 && best.Length >= 8)
        {
            int[] kicked = Kick(best, ref dice);
            Improve(kicked);
            long length = LengthOf(kicked);
            if (length <= least) (best, least) = (kicked, length);
        }
        return [.. best.Skip(1)];
    }

    private int[] Better(IReadOnlyList<int> one, IReadOnlyList<int> other) =>
        [spots.Count, .. floor.Length(spots, one) <= floor.Length(spots, other) ? one : other];

    private void Improve(int[] tour)
    {
        bool isBetter = true;
        while (isBetter && _steps > 0) isBetter = Turn(tour) | Shift(tour);
    }

    private bool Turn(int[] tour)
    {
        bool isBetter = false;
        int n = tour.Length;
        for (int i = 0; i < n - 1; i++)
            for (int j = i + 2; j < n; j++)
            {
                _steps--;
                int after = j + 1 == n ? 0 : j + 1;
                if (D(tour[i], tour[j]) + D(tour[i + 1], tour[after]) >= D(tour[i], tour[i + 1]) + D(tour[j], tour[after])) continue;
                Array.Reverse(tour, i + 1, j - i);
                isBetter = true;
            }
        return isBetter;
    }

    private bool Shift(int[] tour)
    {
        bool isBetter = false;
        int n = tour.Length;
        for (int many = 1; many <= 3; many++)
            for (int i = 1; i + many <= n; i++)
            {
                int before = tour[i - 1], first = tour[i], last = tour[i + many - 1], after = tour[(i + many) % n];
                long saved = D(before, first) + D(last, after) - D(before, after);
                if (saved <= 0) continue;
                for (int j = 0; j < n; j++)
                {
                    if (j >= i - 1 && j < i + many) continue;
                    _steps--;
                    int left = tour[j], right = tour[(j + 1) % n];
                    long gap = D(left, right), straight = D(left, first) + D(last, right) - gap, turned = D(left, last) + D(first, right) - gap;
                    if (Math.Min(straight, turned) >= saved) continue;
                    if (turned < straight) Array.Reverse(tour, i, many);
                    Move(tour, i, many, j);
                    isBetter = true;
                    break;
                }
            }
        return isBetter;
    }

    private static void Move(int[] tour, int from, int many, int behind)
    {
        int[] part = tour[from..(from + many)];
        if (behind < from)
        {
            Array.Copy(tour, behind + 1, tour, behind + 1 + many, from - behind - 1);
            part.CopyTo(tour, behind + 1);
        }
        else
        {
            Array.Copy(tour, from + many, tour, from, behind - from - many + 1);
            part.CopyTo(tour, behind - many + 1);
        }
    }

    // Two neighbouring parts change places.
    private static int[] Kick(int[] tour, ref Dice dice)
    {
        int length = Math.Min(50, tour.Length - 1), start = 1 + dice.Below(tour.Length - length);
        int a = start + dice.Below(length - 2), b = a + 1 + dice.Below(start + length - a - 2), c = b + 1 + dice.Below(start + length - b - 1);
        return [.. tour[..a], .. tour[b..c], .. tour[a..b], .. tour[c..]];
    }

    private long LengthOf(int[] tour)
    {
        long sum = 0;
        for (int i = 0; i < tour.Length; i++) sum += D(tour[i], tour[(i + 1) % tour.Length]);
        return sum;
    }

    private long D(int from, int to) => _known is null ? floor.Distance(_at[from], _at[to]) : _known[from][to];

    private static long[][] Distances(PickFloor floor, PickSpot[] at) => [.. at.Select(from => at.Select(to => floor.Distance(from, to)).ToArray())];
}
