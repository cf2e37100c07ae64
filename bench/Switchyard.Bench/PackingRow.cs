using System.Globalization;
using Switchyard.Packing;

namespace Switchyard.Bench;

/// <summary>Row 15: boxes for orders beside first fit by volume and, where the published orders are at hand, BoxPacker's counts.</summary>
internal static class PackingRow
{
    public static void Run(Report report)
    {
        foreach (var figures in PackBench.All())
        {
            string ratio = figures.Optimum > 0 ? $"{(double)figures.Boxes / figures.Optimum:0.000} x" : $"{figures.P99Ms:0.0} ms p99";
            report.Row(15, $"pack: {figures.Name}", ratio, figures.Optimum > 0 ? "<= 1.15 x optimum" : "<= 50 ms", figures.ToString());
        }
        if (Published() is { } folder) Peer(report, folder);
    }

    private static void Peer(Report report, string folder)
    {
        var boxes = File.ReadLines(Path.Combine(folder, "boxes.csv")).Skip(1).Select(l => Numbers(l, 5, 4)).Select(n => new PackBox(n[0], n[1], n[2], 0, n[3])).ToList();
        var empty = File.ReadLines(Path.Combine(folder, "boxes.csv")).Skip(1).Select(l => Numbers(l, 4, 1)[0]).ToList();
        boxes = [.. boxes.Zip(empty, (b, grams) => b with { EmptyGrams = grams })];
        var orders = File.ReadLines(Path.Combine(folder, "items.csv")).Skip(1).GroupBy(l => l.Split(',')[0])
            .ToDictionary(g => g.Key, g => g.Select(l => (Qty: Numbers(l, 1, 1)[0], Size: Numbers(l, 3, 4))).Select(n => new PackItem(n.Size[0], n.Size[1], n.Size[2], n.Size[3], n.Qty)).ToList());
        int ours = 0, peer = 0, more = 0, plain = 0;
        foreach (string line in File.ReadLines(Path.Combine(folder, "boxpacker_expected.csv")).Skip(1))
        {
            var items = orders[line.Split(',')[0]];
            int mine = PackEngine.Solve(boxes, items).Boxes.Count, its = Numbers(line, 4, 1)[0];
            (ours, peer, more, plain) = (ours + mine, peer + its, more + (mine > its ? 1 : 0), plain + (PlainPacking.Boxes(boxes, items) ?? its));
        }
        report.Row(15, "pack: 2,150 published orders", $"{(double)ours / peer:0.0000} x", "<= 1 x BoxPacker", $"{ours} boxes, BoxPacker {peer}, first fit by volume {plain}; more than BoxPacker on {more}");
    }

    private static int[] Numbers(string line, int from, int many) =>
        [.. line.Split(',').Skip(from).Take(many).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    private static string? Published()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "data", "packing", "ecommerce_orders");
            if (Directory.Exists(folder)) return folder;
        }
        return null;
    }
}
