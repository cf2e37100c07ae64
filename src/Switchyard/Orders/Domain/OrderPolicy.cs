namespace Switchyard.Orders;

/// <summary>The rules of a merchant by which orders are sorted and held, in the order in which they are tried; true as of one catalog version.</summary>
public sealed record OrderPolicy(long Version, IReadOnlyList<HoldRule> Holds, IReadOnlyList<IntakeRule> Intake)
{
    /// <summary>For orders that are past: nobody judges them.</summary>
    public static readonly OrderPolicy None = new(0, [], []);

    /// <summary>Those that are on and judged without asking the books; the others wait for the drain.</summary>
    public IReadOnlyList<HoldRule> Plain => field ??= [.. Holds.Where(r => r.IsActive && !r.NeedsHistory)];
    public IReadOnlyList<HoldRule> ByHistory => field ??= [.. Holds.Where(r => r.IsActive && r.NeedsHistory)];

    /// <summary>A rule that ends the trying makes the order of all rules count, so all are judged together.</summary>
    public bool IsJudgedTogether => Holds.Any(r => r is { IsActive: true, IsFinal: true });

    /// <summary>Versions of the number series by type: a block of numbers drawn of an older one is left.</summary>
    public IReadOnlyDictionary<string, long> Series { get; init; } = new Dictionary<string, long>();

    public long SeriesVersion(string type) => Series.GetValueOrDefault(type);

    /// <summary>For orders out of a file: they were not placed now, so none is a repeat of another.</summary>
    public OrderPolicy ForFiles() => new(Version, [.. Holds.Where(r => r.Kind != RuleKinds.Duplicate)], Intake) { Series = Series };

    /// <summary>Without the rules of these kinds.</summary>
    public OrderPolicy Without(params string[] kinds) => new(Version, [.. Holds.Where(r => !kinds.Contains(r.Kind))], Intake) { Series = Series };

    /// <summary>Sorted as ever, and never held.</summary>
    public OrderPolicy WithoutHolds() => new(Version, [], Intake) { Series = Series };

    /// <summary>Holds in the order of the rules that made them.</summary>
    public List<NewHold> InOrder(IEnumerable<NewHold> holds)
    {
        var place = Holds.Select((r, i) => (r.Code, i)).ToDictionary(r => r.Code, r => r.i, StringComparer.Ordinal);
        return [.. holds.OrderBy(h => place.GetValueOrDefault(h.Rule ?? "", int.MaxValue))];
    }

    public HoldRule? Find(string kind) => Holds.FirstOrDefault(r => r.Kind == kind && r.IsActive);
}
