using Switchyard.Packing;

namespace Switchyard.Tests.Packing;

/// <summary>Looks at a packing from the outside and says what is wrong with it; knows nothing of how it was made.</summary>
internal static class PackChecker
{
    public static IReadOnlyList<string> Faults(IReadOnlyList<PackBox> boxes, IReadOnlyList<PackItem> items, PackPlan plan)
    {
        var faults = new List<string>();
        var packed = new int[items.Count];
        foreach (var group in plan.Boxes.GroupBy(b => b.Box))
            if (boxes[group.Key].Supply is { } supply && group.Count() > supply) faults.Add($"box {group.Key} used {group.Count()} times of {supply}");
        foreach (var filled in plan.Boxes)
        {
            var box = boxes[filled.Box];
            if (filled.Places.Count == 0) faults.Add("an empty box");
            if (box.EmptyGrams + filled.Places.Sum(p => items[p.Item].WeightGrams) > box.MaxWeightGrams) faults.Add("too heavy");
            for (int i = 0; i < filled.Places.Count; i++)
            {
                var a = filled.Places[i];
                packed[a.Item]++;
                if (a.X < 0 || a.Y < 0 || a.Z < 0 || a.X + a.LengthMm > box.LengthMm || a.Y + a.WidthMm > box.WidthMm || a.Z + a.HeightMm > box.HeightMm) faults.Add("sticks out");
                if (!MayLieSo(items[a.Item], a)) faults.Add("turned wrongly");
                for (int k = 0; k < i; k++) faults.AddRange(Between(items, a, filled.Places[k]));
                if (a.Z > 0 && !filled.Places.Any(b => b.Z + b.HeightMm == a.Z && Over(a, b))) faults.Add("floats");
                if (filled.Places.Skip(i + 1).Any(b => b.Z + b.HeightMm <= a.Z && Over(a, b))) faults.Add("goes in before what lies below it");
            }
        }
        for (int i = 0; i < items.Count; i++)
            if (packed[i] + plan.Unpacked[i] != items[i].Quantity) faults.Add($"item {i}: {packed[i]} packed, {plan.Unpacked[i]} out of {items[i].Quantity}");
        return faults;
    }

    private static IEnumerable<string> Between(IReadOnlyList<PackItem> items, PackPlace a, PackPlace b)
    {
        if (!Over(a, b)) yield break;
        if (a.Z < b.Z + b.HeightMm && b.Z < a.Z + a.HeightMm) yield return "overlap";
        else if (items[a.Item].IsFragile && b.Z >= a.Z + a.HeightMm || items[b.Item].IsFragile && a.Z >= b.Z + b.HeightMm) yield return "something above a fragile item";
    }

    private static bool Over(PackPlace a, PackPlace b) =>
        a.X < b.X + b.LengthMm && b.X < a.X + a.LengthMm && a.Y < b.Y + b.WidthMm && b.Y < a.Y + a.WidthMm;

    private static bool MayLieSo(PackItem item, PackPlace p)
    {
        int[] edges = [item.LengthMm, item.WidthMm, item.HeightMm];
        if (!item.TurnsOnFloor) return (p.LengthMm, p.WidthMm, p.HeightMm) == (edges[0], edges[1], edges[2]);
        for (int up = 0; up < 3; up++)
        {
            int a = edges[(up + 1) % 3], b = edges[(up + 2) % 3];
            if (item.Edges.HasFlag((UprightEdges)(1 << up)) && p.HeightMm == edges[up] && ((p.LengthMm, p.WidthMm) == (a, b) || (p.LengthMm, p.WidthMm) == (b, a))) return true;
        }
        return false;
    }
}
