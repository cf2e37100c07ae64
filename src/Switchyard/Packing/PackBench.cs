using System.Diagnostics;
using System.Globalization;

namespace Switchyard.Packing;

/// <summary>How fast orders are packed, and how many boxes more a plain packer takes.</summary>
public static class PackBench
{
    /// <param name="Boxes">Ours, over all cases.</param>
    /// <param name="Optimum">Known by how the cases are made; 0 where it is not.</param>
    /// <param name="Plain">First fit by falling volume.</param>
    public sealed record Figures(string Name, int Cases, int Boxes, int Optimum, int Plain, double MeanMs, double P99Ms, double MaxMs)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Name}, {Cases} cases: {Boxes} boxes{(Optimum > 0 ? $" for {Optimum}" : "")}, first fit by volume {Plain}; {MeanMs:0.00} ms mean, {P99Ms:0.0} ms p99, {MaxMs:0.0} ms max");
    }

    /// <summary>The parcels of a small shop.</summary>
    public static IReadOnlyList<PackBox> Parcels { get; } =
    [
        new(200, 150, 100, 100, 30_000), new(305, 229, 152, 180, 30_000), new(400, 300, 200, 260, 30_000), new(510, 360, 300, 340, 30_000), new(610, 450, 400, 420, 30_000),
    ];

    public static IEnumerable<string> Run() => All().Select(f => f.ToString());

    public static IEnumerable<Figures> All()
    {
        ulong dice = 7;
        yield return Of("one box filled to the last corner", Cases(100, () => Cut(ref dice, 1)), 100);
        var several = Cases(60, () => Cut(ref dice, 2 + Below(ref dice, 4)));
        yield return Of("several such boxes", several, several.Sum(c => c.Optimum));
        yield return Of("orders of 1 to 30 items", Cases(400, () => (Parcels, Order(ref dice), 0)), 0);
    }

    private static List<(IReadOnlyList<PackBox> Boxes, List<PackItem> Items, int Optimum)> Cases(int many, Func<(IReadOnlyList<PackBox>, List<PackItem>, int)> make) =>
        [.. Enumerable.Range(0, many).Select(_ => make())];

    private static Figures Of(string name, List<(IReadOnlyList<PackBox> Boxes, List<PackItem> Items, int Optimum)> cases, int optimum)
    {
        foreach (var (boxes, items, _) in cases.Take(20)) PackEngine.Solve(boxes, items);
        var times = new List<double>();
        int ours = 0, plain = 0;
        foreach (var (boxes, items, _) in cases)
        {
            long start = Stopwatch.GetTimestamp();
            ours += PackEngine.Solve(boxes, items).Boxes.Count;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            plain += PlainPacking.Boxes(boxes, items) ?? 0;
        }
        times.Sort();
        return new Figures(name, cases.Count, ours, optimum, plain, times.Average(), times[times.Count * 99 / 100], times[^1]);
    }

    /// <summary>Boxes of one size cut by straight cuts into items, which fill them again exactly. Smaller boxes may be used too.</summary>
    internal static (IReadOnlyList<PackBox> Boxes, List<PackItem> Items, int Optimum) Cut(ref ulong dice, int many)
    {
        int size = Below(ref dice, Parcels.Count);
        var items = new List<PackItem>();
        for (int b = 0; b < many; b++)
        {
            var whole = Parcels[size];
            var pieces = new List<(int L, int W, int H)> { (whole.LengthMm, whole.WidthMm, whole.HeightMm) };
            int want = 4 + Below(ref dice, many == 1 ? 22 : 6);
            for (int tries = 0; pieces.Count < want && tries < 200; tries++)
            {
                int at = Below(ref dice, pieces.Count), axis = Below(ref dice, 3);
                var (l, w, h) = pieces[at];
                int edge = axis == 0 ? l : axis == 1 ? w : h;
                if (edge < 60) continue;
                int cut = 25 + Below(ref dice, edge - 49);
                pieces[at] = axis == 0 ? (cut, w, h) : axis == 1 ? (l, cut, h) : (l, w, cut);
                pieces.Add(axis == 0 ? (l - cut, w, h) : axis == 1 ? (l, w - cut, h) : (l, w, h - cut));
            }
            foreach (var (l, w, h) in pieces)
            {
                int[] edges = [l, w, h];
                bool mayTurn = Below(ref dice, 4) > 0;
                if (mayTurn) Array.Sort(edges, (a, b) => a == b ? 0 : (a * 7919 % 101).CompareTo(b * 7919 % 101));
                items.Add(new PackItem(edges[0], edges[1], edges[2], 50 + Below(ref dice, 600), 1, mayTurn ? UprightEdges.Any : UprightEdges.Height));
            }
        }
        return (many == 1 ? Parcels : [.. Parcels.Take(size + 1)], items, many);
    }

    /// <summary>Books, boxes and odd things, some of them fragile or not to be laid on their side.</summary>
    internal static List<PackItem> Order(ref ulong dice)
    {
        var items = new List<PackItem>();
        int units = 1 + Below(ref dice, 30);
        while (units > 0)
        {
            int many = 1 + Below(ref dice, Math.Min(units, 4));
            units -= many;
            bool isFlat = Below(ref dice, 3) == 0;
            items.Add(new PackItem(60 + Below(ref dice, 240), 40 + Below(ref dice, 180), isFlat ? 3 + Below(ref dice, 30) : 30 + Below(ref dice, 120),
                20 + Below(ref dice, 1_500), many, Below(ref dice, 4) == 0 ? UprightEdges.Height : UprightEdges.Any, IsFragile: Below(ref dice, 6) == 0));
        }
        return items;
    }

    // SplitMix64: the same cases on every machine.
    internal static int Below(ref ulong state, int below)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
