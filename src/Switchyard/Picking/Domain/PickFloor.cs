namespace Switchyard.Picking;

/// <summary>Where goods lie: on which aisle, and how far along it.</summary>
/// <param name="Y">Millimetres from the front cross-aisle.</param>
public readonly record struct PickSpot(int Aisle, long Y);

/// <summary>
/// A floor of parallel aisles that are joined by cross-aisles; between two cross-aisles lies a block. The tour begins and ends at the depot,
/// at the foot of an aisle on the first cross-aisle. Lengths are millimetres.
/// </summary>
/// <param name="AisleX">Where each aisle lies, ascending.</param>
/// <param name="CrossY">Where each cross-aisle lies, ascending; the first at the front, at least two.</param>
public sealed record PickFloor(IReadOnlyList<long> AisleX, IReadOnlyList<long> CrossY, int DepotAisle)
{
    public int Blocks => CrossY.Count - 1;

    public PickSpot Depot => new(DepotAisle, CrossY[0]);

    /// <summary>A floor of equal blocks and aisles.</summary>
    public static PickFloor Regular(int aisles, int blocks, long blockLength, long spacing, int depotAisle) => new(
        [.. Enumerable.Range(0, aisles).Select(a => a * spacing)], [.. Enumerable.Range(0, blocks + 1).Select(k => k * blockLength)], depotAisle);

    /// <summary>The shortest walk between two spots.</summary>
    public long Distance(PickSpot from, PickSpot to)
    {
        if (from.Aisle == to.Aisle) return Math.Abs(from.Y - to.Y);
        long across = Math.Abs(AisleX[from.Aisle] - AisleX[to.Aisle]), best = long.MaxValue;
        // Only the cross-aisles around the two can be on a shortest walk, but there are few of them.
        for (int k = 0; k < CrossY.Count; k++) best = Math.Min(best, Math.Abs(from.Y - CrossY[k]) + Math.Abs(to.Y - CrossY[k]));
        return across + best;
    }

    /// <summary>The closed walk from the depot over the spots in this sequence.</summary>
    public long Length(IReadOnlyList<PickSpot> spots, IReadOnlyList<int> sequence)
    {
        long sum = 0;
        var at = Depot;
        foreach (int i in sequence)
        {
            sum += Distance(at, spots[i]);
            at = spots[i];
        }
        return sum + Distance(at, Depot);
    }

    /// <summary>The block a spot lies in; a spot on a cross-aisle counts to the block behind it.</summary>
    public int BlockOf(long y)
    {
        int block = 0;
        while (block < Blocks - 1 && y >= CrossY[block + 1]) block++;
        return block;
    }
}

/// <summary>A closed walk from the depot over every spot.</summary>
/// <param name="Sequence">Numbers of the spots in the order they are visited.</param>
/// <param name="LengthMm">How long the walk is.</param>
/// <param name="IsShortest">No shorter walk exists.</param>
public sealed record PickTour(IReadOnlyList<int> Sequence, long LengthMm, bool IsShortest);
