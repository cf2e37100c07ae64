using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>A class of urgency: work of a class that stands earlier in the list is done first.</summary>
/// <param name="When">Which orders it is about, in the grammar of strategies, such as <c>method:next* country:GB</c>; left out, all.</param>
/// <param name="Nodes">Only at these nodes; left out, at all.</param>
public sealed record WorkClass(string? Name, string? When = null, IReadOnlyList<string?>? Nodes = null);

/// <summary>The classes of a merchant, in the order in which they are looked at: the first that fits is a release's class, and its place is how urgent it is.</summary>
public sealed class WorkClasses
{
    public const int Most = 50;

    /// <summary>What no class fits.</summary>
    public const string Standard = "standard";

    /// <summary>What every merchant has until it writes its own: the same day, the next day, companies, all others.</summary>
    public static readonly IReadOnlyList<WorkClass> Default =
    [
        new("sameDay", "method:same*"),
        new("nextDay", "method:next* OR method:express* OR method:priority* OR method:overnight*"),
        new("business", "type:wholesale OR customerTag:b2b"),
    ];

    private readonly List<(WorkClass Class, OrderQuery Query, HashSet<string>? Nodes)> _classes;

    private WorkClasses(List<(WorkClass, OrderQuery, HashSet<string>?)> classes) => _classes = classes;

    /// <remarks>Errors: request.invalid with a pointer to each faulty class.</remarks>
    public static Result<WorkClasses> Read(IReadOnlyList<WorkClass?>? classes)
    {
        var checks = new Checks();
        checks.That(classes is not null, "/classes", "field.required", "classes is required.");
        checks.That((classes?.Count ?? 0) <= Most, "/classes", "field.too_many", $"At most {Most} classes.");
        if (checks.AnyFault) return checks.ToError();
        var read = new List<(WorkClass, OrderQuery, HashSet<string>?)>();
        foreach (var (i, one) in classes!.Index())
        {
            string at = $"/classes/{i}";
            if (one is null) { checks.Fault(at, "field.required", "A class may not be null."); continue; }
            checks.Text(one.Name, at + "/name", 40, required: true);
            checks.That(one.Name != Standard, at + "/name", "field.reserved", "standard is what no class fits.");
            checks.That(classes!.Take(i).All(c => c?.Name != one.Name), at + "/name", "field.repeated", "There is a class of this name before.");
            checks.Text(one.When, at + "/when", 2_000);
            for (int n = 0; n < (one.Nodes?.Count ?? 0); n++) checks.Text(one.Nodes![n], $"{at}/nodes/{n}", 64, required: true);
            checks.That((one.Nodes?.Count ?? 1) is > 0 and <= 500, at + "/nodes", "field.out_of_range", "A list has from 1 to 500 entries; leave it out to mean all.");
            var query = OrderQuery.Read(one.When);
            if (query.Error is { } wrong) checks.Fault(at + "/when", wrong.Fields.FirstOrDefault()?.Code ?? wrong.Code, wrong.Fields.FirstOrDefault()?.Detail ?? wrong.Detail);
            else read.Add((one, query.Value, one.Nodes?.Select(n => Text.Key(n ?? "")).ToHashSet()));
        }
        return checks.AnyFault ? checks.ToError() : new WorkClasses(read);
    }

    /// <summary>The class of an order's work at a node, and its rank: 0 is done first.</summary>
    public (string Name, int Rank) Of(RoutedOrder order, string node)
    {
        for (int i = 0; i < _classes.Count; i++)
            if (_classes[i].Nodes?.Contains(Text.Key(node)) != false && _classes[i].Query.Holds(order)) return (_classes[i].Class.Name!, i);
        return (Standard, Most);
    }
}
