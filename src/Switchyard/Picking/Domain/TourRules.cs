namespace Switchyard.Picking;

/// <summary>Tours by the plain rules of the trade, to compare with: block by block from the farthest.</summary>
public static class TourRules
{
    /// <summary>S-shape: every aisle with picks is walked through, in turn up and down.</summary>
    public static IReadOnlyList<int> SShape(PickFloor floor, IReadOnlyList<PickSpot> spots)
    {
        var sequence = new List<int>();
        bool isLeftToRight = true;
        foreach (var block in Blocks(floor, spots))
        {
            bool isUp = true;
            foreach (var aisle in Aisles(spots, block, isLeftToRight))
            {
                sequence.AddRange(isUp ? aisle.OrderBy(i => spots[i].Y) : aisle.OrderByDescending(i => spots[i].Y));
                isUp = !isUp;
            }
            isLeftToRight = !isLeftToRight;
        }
        return sequence;
    }

    /// <summary>Largest gap: each aisle is entered from both ends as far as its largest gap; the first and the last of a block are walked through.</summary>
    public static IReadOnlyList<int> LargestGap(PickFloor floor, IReadOnlyList<PickSpot> spots)
    {
        var sequence = new List<int>();
        foreach (var block in Blocks(floor, spots))
        {
            var aisles = Aisles(spots, block, isLeftToRight: true).Select(a => a.OrderBy(i => spots[i].Y).ToList()).ToList();
            int at = floor.BlockOf(spots[block[0]].Y);
            var fronts = new List<List<int>>();
            for (int a = 0; a < aisles.Count; a++)
            {
                int cut = a == 0 ? 0 : a == aisles.Count - 1 ? 0 : Cut(floor, spots, aisles[a], at);
                sequence.AddRange(a == 0 ? aisles[a] : Enumerable.Reverse(aisles[a][cut..]));
                fronts.Add(a == 0 ? [] : aisles[a][..cut]);
            }
            fronts.Reverse();
            foreach (var front in fronts) sequence.AddRange(front);
        }
        return sequence;
    }

    private static int Cut(PickFloor floor, IReadOnlyList<PickSpot> spots, List<int> aisle, int block)
    {
        long[] stops = [floor.CrossY[block], .. aisle.Select(i => spots[i].Y), floor.CrossY[block + 1]];
        return Enumerable.Range(0, stops.Length - 1).MaxBy(i => stops[i + 1] - stops[i]);
    }

    private static IEnumerable<List<int>> Blocks(PickFloor floor, IReadOnlyList<PickSpot> spots) =>
        Enumerable.Range(0, spots.Count).GroupBy(i => floor.BlockOf(spots[i].Y)).OrderByDescending(g => g.Key).Select(g => g.ToList());

    private static IEnumerable<IGrouping<int, int>> Aisles(IReadOnlyList<PickSpot> spots, List<int> block, bool isLeftToRight)
    {
        var aisles = block.GroupBy(i => spots[i].Aisle);
        return isLeftToRight ? aisles.OrderBy(a => a.Key) : aisles.OrderByDescending(a => a.Key);
    }
}
