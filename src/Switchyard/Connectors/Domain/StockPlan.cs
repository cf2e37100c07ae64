namespace Switchyard.Connectors;

/// <summary>What is known of a listing before it is told a quantity.</summary>
/// <param name="Free">Units that may be promised to its channel.</param>
/// <param name="Expects">What it would show if we knew all its sales, orders that were taken in since already off; null: it was never told.</param>
/// <param name="Shows">What it shows; null: it was not looked at.</param>
/// <param name="Ceiling">Of the pieces in doubt for long, those it may have sold at most that we know no order of: when all its orders were asked for since, only those that wait to be taken in. Null: nobody knows.</param>
public sealed record StockFacts(long Free, ListingRule Rule, long? Expects, long? Shows, long? Ceiling = null, long Doubt = 0)
{
    /// <summary>Can it be told from the books alone that it is to show what it shows? What it sold unknown to us is off both sides.</summary>
    public bool IsAsExpected => Expects is { } expected && StockTarget.Of(Free, Rule, 0) == Math.Max(0, expected);
}

/// <summary>What is done about it.</summary>
/// <param name="Quantity">To show; the same as it shows: nothing is told.</param>
/// <param name="Unseen">Pieces it has sold that we know no order of.</param>
public sealed record StockPlan(long Quantity, long Unseen)
{
    /// <summary>What it would show then if we knew all its sales.</summary>
    public long Expects => Quantity + Unseen;

    public static StockPlan Of(StockFacts facts)
    {
        long unseen = facts.Shows is { } shows ? StockTarget.Unseen(facts.Expects, 0, shows) : 0;
        // What came into doubt since is as real as any.
        if (facts.Ceiling is { } ceiling) unseen = Math.Max(0, unseen - facts.Doubt) + Math.Min(Math.Min(unseen, facts.Doubt), ceiling);
        return new StockPlan(StockTarget.Of(facts.Free, facts.Rule, unseen), unseen);
    }
}
