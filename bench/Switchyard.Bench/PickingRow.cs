using Switchyard.Picking;

namespace Switchyard.Bench;

/// <summary>Row 14: tours of 150 picks in 60 aisles, beside the plain rules of the trade.</summary>
internal static class PickingRow
{
    private static readonly (int Blocks, string Budget)[] Rows = [(1, "<= 1 ms"), (2, "<= 5 ms"), (3, "-"), (4, "<= 100 ms"), (8, "-")];

    public static void Run(Report report)
    {
        foreach (var (blocks, budget) in Rows)
            if (PickingBench.Of(blocks) is var figures) report.Row(14, $"a pick tour, {blocks} blocks", $"{figures.MedianMs:0.00} ms", budget, figures.ToString());
    }
}
