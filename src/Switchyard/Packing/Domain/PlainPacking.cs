namespace Switchyard.Packing;

/// <summary>First fit by falling volume into the biggest box: what a plain packer does, to compare with.</summary>
public static class PlainPacking
{
    /// <returns>How many boxes it uses; null when an item fits none.</returns>
    public static int? Boxes(IReadOnlyList<PackBox> boxes, IReadOnlyList<PackItem> items)
    {
        var box = boxes.MaxBy(b => b.Volume)!;
        var open = new List<(FreeSpaces Spaces, long Grams)>();
        foreach (var item in items.OrderByDescending(i => i.Volume))
            for (int unit = 0; unit < item.Quantity; unit++)
            {
                bool isIn = false;
                for (int at = 0; at < open.Count && !isIn; at++)
                    if (open[at].Grams >= item.WeightGrams && (isIn = Put(open[at].Spaces, item, box)))
                        open[at] = (open[at].Spaces, open[at].Grams - item.WeightGrams);
                if (isIn) continue;
                var anew = new FreeSpaces(new Space(0, 0, 0, box.LengthMm, box.WidthMm, box.HeightMm), 1, 1, 1);
                long carry = box.MaxWeightGrams - box.EmptyGrams - item.WeightGrams;
                if (carry < 0 || !Put(anew, item, box)) return null;
                open.Add((anew, carry));
            }
        return open.Count;
    }

    private static bool Put(FreeSpaces spaces, PackItem item, PackBox box)
    {
        for (int at = 0; at < spaces.Count; at++)
        {
            var s = spaces[at];
            foreach (var (l, w, h) in PackBlocks.Turns(item))
            {
                if (l > s.X2 - s.X1 || w > s.Y2 - s.Y1 || h > s.Z2 - s.Z1 || item.IsFragile && s.Z2 < box.HeightMm) continue;
                spaces.Take(new Space(s.X1, s.Y1, s.Z1, s.X1 + l, s.Y1 + w, item.IsFragile ? box.HeightMm : s.Z1 + h));
                return true;
            }
        }
        return false;
    }
}
