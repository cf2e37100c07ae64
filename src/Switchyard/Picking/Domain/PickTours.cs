namespace Switchyard.Picking;

/// <summary>Plans the walk of a picker.</summary>
public static class PickTours
{
    /// <summary>Floors of up to so many blocks are answered with the shortest tour there is.</summary>
    public const int MostExactBlocks = 5;

    /// <summary>A closed tour from the depot over all spots: the shortest on up to <see cref="MostExactBlocks"/> blocks, else a good one.</summary>
    /// <param name="spots">Within the floor; the same spot may come several times.</param>
    /// <param name="budgetSteps">Distances the improvement search may compare; not used where the answer is exact.</param>
    public static PickTour Plan(PickFloor floor, IReadOnlyList<PickSpot> spots, long budgetSteps = 3_000_000)
    {
        if (spots.Count == 0) return new PickTour([], 0, IsShortest: true);
        bool isExact = floor.Blocks <= MostExactBlocks;
        var sequence = isExact ? ExactTour.Solve(floor, spots) : new TourSearch(floor, spots, budgetSteps).Solve();
        return new PickTour(sequence, floor.Length(spots, sequence), isExact);
    }
}
