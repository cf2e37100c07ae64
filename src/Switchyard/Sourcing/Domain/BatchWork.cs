namespace Switchyard.Sourcing;

/// <summary>How much may still be done.</summary>
internal sealed class BatchWork(BatchOptions rules)
{
    private long _left = rules.BudgetSteps;
    private bool _isOver;

    public bool IsOver => _isOver || (_isOver = _left <= 0 || rules.IsOver?.Invoke() == true);

    public void Spend(long steps) => _left -= steps;
}

/// <summary>Plans that were found for each order, kept from one search to the next.</summary>
internal sealed class PlanPool(int orders)
{
    private const int MostOfOrder = 600;
    private readonly List<PlanColumn>[] _plans = [.. Enumerable.Range(0, orders).Select(_ => new List<PlanColumn>())];

    public IReadOnlyList<PlanColumn> Of(int part) => _plans[part];

    /// <summary>The plan as it is kept: one that is there already stays.</summary>
    public PlanColumn Keep(PlanColumn column)
    {
        var plans = _plans[column.Part];
        foreach (var plan in plans) if (plan.IsSame(column.Open, column.Sent)) return plan;
        if (plans.Count >= MostOfOrder) plans.RemoveRange(0, MostOfOrder / 3);
        plans.Add(column);
        return column;
    }
}

/// <summary>What branching has decided for an order.</summary>
internal sealed class OrderChoice
{
    public const byte Free = 0, Yes = 1, No = 2;

    private readonly int _wants;

    public OrderChoice(SourcingProblem problem) : this(new byte[problem.Options.Length], new bool[problem.Options.Length * problem.Units.Length],
        new bool[problem.Units.Length], Free, problem.Units.Length)
    { }

    private OrderChoice(byte[] option, bool[] isShut, bool[] mustGo, byte keeps, int wants) =>
        (Option, IsShut, MustGo, Keeps, _wants) = (option, isShut, mustGo, keeps, wants);

    /// <summary>Yes: paid for, used or not; no: not used.</summary>
    public byte[] Option { get; }

    /// <summary>Option × wants + want: this want does not go there.</summary>
    public bool[] IsShut { get; }

    /// <summary>The want is sent.</summary>
    public bool[] MustGo { get; }

    /// <summary>Does it keep its current plan?</summary>
    public byte Keeps { get; set; }

    public OrderChoice Clone() => new((byte[])Option.Clone(), (bool[])IsShut.Clone(), (bool[])MustGo.Clone(), Keeps, _wants);

    /// <summary>Options that are paid for.</summary>
    public IEnumerable<int> Opened()
    {
        for (int j = 0; j < Option.Length; j++) if (Option[j] == Yes) yield return j;
    }

    public bool Allows(PlanColumn plan)
    {
        if (Keeps == Yes) return plan.IsCurrent;
        if (Keeps == No && plan.IsCurrent) return false;
        for (int s = 0; s < plan.Open.Length; s++)
        {
            if (Option[plan.Open[s]] == No) return false;
            for (int d = 0; d < _wants; d++) if (plan.Sent[s * _wants + d] > 0 && IsShut[plan.Open[s] * _wants + d]) return false;
        }
        return true;
    }
}
