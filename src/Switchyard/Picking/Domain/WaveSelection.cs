namespace Switchyard.Picking;

/// <summary>Chooses what is picked together.</summary>
public static class WaveSelection
{
    /// <summary>Orders and aisles with as many units for each aisle as are found; a feasible wave or an empty one.</summary>
    /// <param name="isOver">Told often; when true the best so far is the answer.</param>
    public static WaveChoice Choose(WaveProblem problem, Func<bool> isOver) => new WaveSearch(problem, isOver).Solve();
}
