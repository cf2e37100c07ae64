using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What a new order is made of: a draft, or another order it belongs to. The writer looks at it again under its lock.</summary>
/// <param name="DraftVersion">As the draft was read; another is refused.</param>
/// <param name="Origin">The order it comes from, and how: exchange, reorder or replacement.</param>
public sealed record OrderSource(DraftId? Draft = null, long DraftVersion = 0, OrderId? Origin = null, string? Kind = null, string? Reason = null)
{
    /// <summary>Units of the origin's lines that are sent again, in the order of the new order's lines.</summary>
    public IReadOnlyList<SentAgain> Again { get; init; } = [];

    public string? Note { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>It was sold over a counter and is gone: nothing of it is left to judge.</summary>
    public bool IsSold { get; init; }

    /// <summary>It was sold over a counter and paid there, and is still to be sent: its prices were said by somebody with the right.</summary>
    public bool IsRungUp { get; init; }

    public bool IsReplacement => Kind == LinkKinds.Replacement;

    /// <summary>Prices of a draft were said by somebody with the right, and what is sent again is free; a repeat that is meant is no mistake.</summary>
    public OrderPolicy Judge(OrderPolicy policy) => IsSold ? policy.WithoutHolds() : IsReplacement ? policy.Without(RuleKinds.PriceOffList, RuleKinds.Duplicate, RuleKinds.Risk)
        : Draft is not null || Origin is not null || IsRungUp ? policy.Without(RuleKinds.PriceOffList, RuleKinds.Duplicate) : policy;
}

/// <summary>Units of a line of the origin that are sent again.</summary>
public readonly record struct SentAgain(int Line, long Units);

/// <summary>How orders belong together. Codes are stored and never renamed.</summary>
public static class LinkKinds
{
    public const string Replacement = "replacement", Exchange = "exchange", Reorder = "reorder", Split = "split";
}

/// <summary>An order that belongs to this one.</summary>
/// <param name="Role">origin: this one came out of that; result: that one came out of this.</param>
public sealed record LinkView(string Kind, string Role, OrderId Order, string Number, string State, string? Reason, DateTimeOffset At);

/// <summary>The draft an order was made of.</summary>
public sealed record PlacedDraft(DraftId Id, string Number);
