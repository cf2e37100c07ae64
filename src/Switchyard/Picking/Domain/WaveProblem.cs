namespace Switchyard.Picking;

/// <summary>So many units of an item, wanted by an order or lying in an aisle.</summary>
public readonly record struct ItemUnits(int Item, int Units);

/// <summary>
/// Which orders to pick together, from which aisles: units between <paramref name="Lower"/> and <paramref name="Upper"/>, every unit lying in a chosen aisle,
/// and as many units for each aisle entered as can be.
/// </summary>
/// <param name="Orders">Each whole or not at all; an item comes once in an order.</param>
public sealed record WaveProblem(
    IReadOnlyList<IReadOnlyList<ItemUnits>> Orders, IReadOnlyList<IReadOnlyList<ItemUnits>> Aisles, int Items, long Lower, long Upper);

/// <summary>Orders and aisles of a wave by their numbers; both empty when no wave is allowed.</summary>
/// <param name="Bound">No wave has more units for each aisle.</param>
public sealed record WaveChoice(IReadOnlyList<int> Orders, IReadOnlyList<int> Aisles, long Units, double Bound)
{
    public double PerAisle => Aisles.Count == 0 ? 0 : (double)Units / Aisles.Count;
}
