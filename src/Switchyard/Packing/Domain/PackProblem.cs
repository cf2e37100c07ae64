namespace Switchyard.Packing;

/// <summary>A kind of box that may be used.</summary>
/// <param name="MaxWeightGrams">Of the full box, its own weight counted.</param>
/// <param name="Supply">How many there are; null: as many as wanted.</param>
/// <param name="CostMinor">What one costs; null: boxes are counted instead.</param>
public sealed record PackBox(
    int LengthMm, int WidthMm, int HeightMm, long EmptyGrams, long MaxWeightGrams, int? Supply = null, long? CostMinor = null)
{
    public long Volume => (long)LengthMm * WidthMm * HeightMm;
}

/// <summary>Items that are alike.</summary>
/// <param name="Edges">Which edges may stand upright.</param>
/// <param name="TurnsOnFloor">May it be turned about its upright edge?</param>
/// <param name="IsFragile">Nothing may lie above it.</param>
public sealed record PackItem(
    int LengthMm, int WidthMm, int HeightMm, long WeightGrams, int Quantity, UprightEdges Edges = UprightEdges.Any, bool TurnsOnFloor = true,
    bool IsFragile = false)
{
    public long Volume => (long)LengthMm * WidthMm * HeightMm;
}

[Flags]
public enum UprightEdges
{
    None = 0,
    Length = 1,
    Width = 2,
    Height = 4,
    Any = Length | Width | Height,
}

/// <summary>Where one item lies in its box: its lowest corner and its sizes as turned.</summary>
public sealed record PackPlace(int Item, int X, int Y, int Z, int LengthMm, int WidthMm, int HeightMm);

/// <summary>A filled box, its items in the order they are put in.</summary>
public sealed record PackedBox(int Box, IReadOnlyList<PackPlace> Places);

/// <summary>How much searching is allowed.</summary>
/// <param name="BudgetSteps">Work counted, so that the same problem has the same answer on every machine.</param>
/// <param name="IsOver">Ends the search early; null: only the steps bound it.</param>
/// <param name="FillOne">Most volume in one box; items may stay out.</param>
public sealed record PackOptions(long BudgetSteps = PackEngine.OrderSteps, Func<bool>? IsOver = null, bool FillOne = false);

/// <summary>The boxes to use, and how many of each item have no place.</summary>
/// <param name="BoundBoxes">No answer has fewer boxes (when boxes have no cost).</param>
public sealed record PackPlan(IReadOnlyList<PackedBox> Boxes, IReadOnlyList<int> Unpacked, int BoundBoxes)
{
    public bool IsWhole => Unpacked.All(n => n == 0);
}

/// <summary>Counts the work of a search and says when it is over.</summary>
internal sealed class PackWork(long most, Func<bool>? isOver)
{
    private long _nextLook = LookEvery;
    private bool _over;
    private const long LookEvery = 20_000;

    public long Spent { get; private set; }
    public long Most => most;

    public void Count(long steps) => Spent += steps;

    public bool IsOver
    {
        get
        {
            if (_over) return true;
            if (Spent >= most) return _over = true;
            if (isOver is null || Spent < _nextLook) return false;
            _nextLook = Spent + LookEvery;
            return _over = isOver();
        }
    }
}
