using System.Diagnostics;
using System.Globalization;

namespace Switchyard.Picking;

/// <summary>How fast tours are planned, and how much the plain rules walk more.</summary>
public static class PickingBench
{
    private const int Cases = 30, Aisles = 60, Picks = 150;

    /// <param name="MedianMs">Of one tour, warm.</param>
    /// <param name="SShape">Mean of its length over ours.</param>
    public sealed record Figures(int Blocks, double MedianMs, double MaxMs, double SShape, double LargestGap)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Blocks} blocks, {Aisles} aisles, {Picks} picks: {MedianMs:0.00} ms median, {MaxMs:0.00} ms max; S-shape {SShape:0.000}, largest gap {LargestGap:0.000} of our length");
    }

    public static IEnumerable<string> Run() => new[] { 1, 2, 3, 4, 5, 8 }.Select(blocks => Of(blocks).ToString());

    /// <summary>Plans random tours from a fixed seed, each warmed by itself.</summary>
    public static Figures Of(int blocks)
    {
        var dice = new Dice((ulong)blocks);
        var times = new List<double>();
        double sShape = 0, largestGap = 0;
        for (int i = 0; i < Cases; i++)
        {
            var (floor, spots) = Case(ref dice, Aisles, blocks, Picks);
            PickTours.Plan(floor, spots);
            long start = Stopwatch.GetTimestamp();
            double length = PickTours.Plan(floor, spots).LengthMm;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            sShape += floor.Length(spots, TourRules.SShape(floor, spots)) / length / Cases;
            largestGap += floor.Length(spots, TourRules.LargestGap(floor, spots)) / length / Cases;
        }
        times.Sort();
        return new Figures(blocks, times[Cases / 2], times[^1], sShape, largestGap);
    }

    internal static (PickFloor Floor, PickSpot[] Spots) Case(ref Dice dice, int aisles, int blocks, int picks)
    {
        var floor = PickFloor.Regular(aisles, blocks, 1_000 * (5 + dice.Below(26)), 1_000 * (2 + dice.Below(4)), dice.Below(aisles));
        var spots = new PickSpot[picks];
        for (int i = 0; i < picks; i++) spots[i] = new PickSpot(dice.Below(aisles), 500L * dice.Below((int)(floor.CrossY[^1] / 500) + 1));
        return (floor, spots);
    }
}
