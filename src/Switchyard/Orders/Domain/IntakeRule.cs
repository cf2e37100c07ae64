using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A rule by which orders are sorted when they come in.</summary>
/// <param name="When">The orders it is about; null: all.</param>
public sealed record IntakeRule(string Code, int Position, bool IsActive = true, OrderConditions? When = null, IntakeMarks? Set = null)
{
    public long Version { get; init; }
}

/// <summary>What a rule sets; what it leaves out it leaves to later rules.</summary>
/// <param name="Priority">Higher goes first; 0 is ordinary.</param>
/// <param name="Zone">Where in a building the goods are handled, for instance chilled.</param>
/// <param name="Method">The class of delivery method that nodes and lanes know, for what the channel calls otherwise.</param>
/// <param name="Tags">Put on the order; those of several rules add up.</param>
public sealed record IntakeMarks(int? Priority = null, string? Zone = null, string? Method = null, IReadOnlyList<string>? Tags = null);

/// <summary>Sorts orders by the rules of intake. Pure.</summary>
public static class IntakeRules
{
    public const int LeastPriority = -1_000, MostPriority = 1_000;

    /// <summary>The marks of an order: of each the first rule that sets it counts, tags add up.</summary>
    /// <remarks>A rule sees the method that rules before it have set, so one may name the class and a later one go by it.</remarks>
    public static IntakeMarks Sort(IReadOnlyList<IntakeRule> rules, OrderFacts order)
    {
        var marks = new IntakeMarks();
        var tags = new List<string>();
        foreach (var rule in rules)
        {
            if (!rule.IsActive || rule.Set is not { } set || rule.When?.Hold(order with { Method = marks.Method ?? order.Method }) == false) continue;
            marks = new IntakeMarks(marks.Priority ?? set.Priority, marks.Zone ?? set.Zone, marks.Method ?? set.Method);
            tags.AddRange(set.Tags ?? []);
        }
        return tags.Count == 0 ? marks : marks with { Tags = [.. tags.DistinctBy(Text.Key).Take(TagOrder.MostTags)] };
    }

    public static void Check(Checks checks, IntakeRule rule)
    {
        checks.Range(rule.Position, 0, 1_000_000, "/position");
        rule.When?.Check(checks, "/when");
        checks.That(rule.Set is { } s && (s.Priority ?? (object?)s.Zone ?? s.Method ?? (object?)s.Tags) is not null, "/set", "field.required",
            "Say what the rule sets: priority, zone, method or tags.");
        if (rule.Set is not { } set) return;
        if (set.Priority is { } priority) checks.Range(priority, LeastPriority, MostPriority, "/set/priority");
        checks.Text(set.Zone, "/set/zone", 64, required: set.Zone is not null);
        checks.Text(set.Method, "/set/method", 64, required: set.Method is not null);
        checks.That((set.Tags?.Count ?? 0) <= TagOrder.MostTags, "/set/tags", "field.too_many", $"At most {TagOrder.MostTags} tags.");
        for (int i = 0; i < Math.Min(set.Tags?.Count ?? 0, TagOrder.MostTags); i++) checks.Text(set.Tags![i], $"/set/tags/{i}", TagOrder.MostLength, required: true);
    }
}
