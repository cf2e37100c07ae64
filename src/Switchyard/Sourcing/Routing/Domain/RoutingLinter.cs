using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Sourcing;

/// <summary>Something about a strategy that is wrong, or that its writer will hardly have meant.</summary>
/// <param name="Severity">error: the version cannot be published. warning: it can.</param>
/// <param name="Pointer">Into the rules.</param>
/// <param name="Values">What the sentence names, for whoever says it in other words; null where the detail is all there is.</param>
public sealed record RoutingFinding([property: Words("error", "warning")] string Severity, string Pointer, string Code, string Detail, IReadOnlyDictionary<string, string>? Values = null)
{
    internal RoutingFinding With(params (string Name, string Value)[] values) => this with { Values = values.ToDictionary(v => v.Name, v => v.Value) };
}

/// <summary>Reads a strategy as a careful colleague would, against the network as it is. Pure.</summary>
public static class RoutingLinter
{
    private const int MostFindings = 100;

    /// <param name="at">Where the rules stand in the request, for pointers.</param>
    public static IReadOnlyList<RoutingFinding> Check(RoutingRules rules, MerchantSettings network, string at = "")
    {
        var read = RoutingStrategy.Read("", 0, rules, at);
        if (read.Error is { } error) return [.. error.Fields.Select(f => new RoutingFinding("error", f.Pointer, f.Code, f.Detail)).Take(MostFindings)];
        var findings = new List<RoutingFinding>();
        var scenarios = read.Value.Scenarios;
        foreach (var scenario in scenarios)
        {
            string here = $"{at}/scenarios/{scenario.Index}";
            Codes(findings, scenario, network, here);
            Contradictions(findings, scenario, here);
            Nodes(findings, scenario, network, here);
            Parts(findings, scenario, here);
            if (scenarios.Take(scenario.Index).FirstOrDefault(earlier => Swallows(earlier, scenario)) is { } before)
                findings.Add(new RoutingFinding("error", here, "routing.never_reached", $"{scenario.Name} is never tried: {before.Name} takes every order it is about, and ends there.").With(("scenario", scenario.Name), ("earlier", before.Name)));
        }
        NoWay(findings, scenarios, network, at);
        return [.. findings.DistinctBy(f => (f.Pointer, f.Code, f.Detail)).Take(MostFindings)];
    }

    // ---- codes --------------------------------------------------------------------------------------------------------

    private static void Codes(List<RoutingFinding> findings, ReadyScenario scenario, MerchantSettings network, string here)
    {
        var groups = network.Nodes.SelectMany(n => n.Groups);
        Known(scenario.When, "channel", network.Channels.Values.Select(c => c.Code), "channel", here + "/when");
        if (network.Methods.Count > 0) Known(scenario.When, "method", network.Methods, "delivery method", here + "/when");
        Known(scenario.Nodes, "code", network.Nodes.Select(n => n.Code), "node", here + "/nodes");
        Known(scenario.Nodes, "group", groups, "group of nodes", here + "/nodes");
        foreach (var (i, service) in (scenario.Rule.Services ?? []).Index())
            if (service is not null && network.Services.Count > 0 && !network.Services.Contains(service))
                findings.Add(new RoutingFinding("error", $"{here}/services/{i}", "routing.unknown_code", $"No lane has the service {service}.").With(("what", "service"), ("name", service)));
        foreach (string code in scenario.Weights.NodeMinor?.Keys ?? [])
            if (!network.NodesByCode.ContainsKey(Text.Key(code)))
                findings.Add(new RoutingFinding("error", here + "/weights/nodeMinor", "routing.unknown_code", $"There is no node {code}.").With(("what", "node"), ("name", code)));

        if (scenario.Rule.Weights?.Ranker is { } ranker)
        {
            string pointer = here + "/weights/ranker";
            if (network.Routing.Rankers.GetValueOrDefault(Text.Key(ranker)) is not { } known) findings.Add(new RoutingFinding("error", pointer, "routing.unknown_code", $"There is no ranker {ranker}.").With(("what", "ranker"), ("name", ranker)));
            else if (!known.IsOn) findings.Add(new RoutingFinding("warning", pointer, "routing.ranker_off", $"Ranker {ranker} is switched off: {scenario.Name} ranks without it.").With(("name", ranker), ("scenario", scenario.Name)));
            if (scenario.RankerKey is null) findings.Add(new RoutingFinding("warning", pointer, "routing.no_effect", "rankerMinor is 0: what the ranker says has no effect.").With(("about", "ranker")));
        }

        void Known(BoundQuery? query, string field, IEnumerable<string> known, string what, string pointer)
        {
            var words = known.SelectMany(TermText.Whole).ToHashSet(StringComparer.Ordinal);
            foreach (var among in RoutingFields.Leaves(query).OfType<BoundQuery.Among>().Where(a => a.Field.Name == field))
                foreach (var value in among.Values.Where(v => !v.IsIn(words, false)))
                    findings.Add(new RoutingFinding("error", pointer, "routing.unknown_code", $"There is no {what} {value.Raw}.").With(("what", field == "code" ? "node" : field), ("name", value.Raw)));
        }
    }

    // ---- contradictions -------------------------------------------------------------------------------------------------

    private static readonly HashSet<string> OneValue = ["channel", "method", "country", "postcode", "type", "payment", "customerType", "code", "kind"];

    private static void Contradictions(List<RoutingFinding> findings, ReadyScenario scenario, string here)
    {
        foreach (var (query, member) in new[] { (scenario.When, "when"), (scenario.Lines, "lines"), (scenario.Nodes, "nodes") })
            if (Clash(query) is { } field)
                findings.Add(new RoutingFinding("error", $"{here}/{member}", "routing.contradiction", $"What is asked of {field} can never be true together.").With(("field", field)));
    }

    /// <summary>The field by which a query can never hold; null when no such thing is seen.</summary>
    private static string? Clash(BoundQuery? query)
    {
        switch (query)
        {
            case BoundQuery.Or any:
                var clashes = any.Items.Select(Clash).ToList();
                return clashes.TrueForAll(c => c is not null) ? clashes[0] : null;
            case BoundQuery.And:
                var all = Flat(query).ToList();
                foreach (var item in all) if (item is not BoundQuery.Not and not BoundQuery.And && Clash(item) is { } inside) return inside;
                for (int i = 0; i < all.Count; i++)
                    for (int j = i + 1; j < all.Count; j++)
                        if (Exclude(all[i], all[j])) return RoutingFields.FieldOf(RoutingFields.Leaves(all[i]).First()).Name;
                return null;
            case BoundQuery.Within { Span: { From: { } from, To: { } to } } span:
                return from > to ? span.Field.Name : null;
            default: return null;
        }
    }

    private static IEnumerable<BoundQuery> Flat(BoundQuery query) => query is BoundQuery.And all ? all.Items.SelectMany(Flat) : [query];

    private static bool Exclude(BoundQuery a, BoundQuery b) => (a, b) switch
    {
        (BoundQuery.Not not, _) when not.Item is not BoundQuery.Not => Implies(b, not.Item),
        (_, BoundQuery.Not not) => Implies(a, not.Item),
        (BoundQuery.Among x, BoundQuery.Among y) => x.Field.Name == y.Field.Name && OneValue.Contains(x.Field.Name)
            && !x.Values.Any(v => y.Values.Any(w => Meet(v, w))),
        (BoundQuery.Within x, BoundQuery.Within y) => x.Field.Name == y.Field.Name && !Overlap(x.Span, y.Span),
        _ => false,
    };

    private static bool Meet(WordsValue a, WordsValue b) => a.IsPrefix || b.IsPrefix
        ? a.Words.Concat(b.Words).ToList() is [var x, var y, ..] && (a.IsPrefix && y.StartsWith(x, StringComparison.Ordinal) || b.IsPrefix && x.StartsWith(y, StringComparison.Ordinal))
        : a.Words.SequenceEqual(b.Words);

    private static bool Overlap(Span a, Span b)
    {
        decimal from = Math.Max(a.From ?? decimal.MinValue, b.From ?? decimal.MinValue), to = Math.Min(a.To ?? decimal.MaxValue, b.To ?? decimal.MaxValue);
        return from < to || from == to && a.Holds(from) && b.Holds(from);
    }

    // ---- what is never reached ------------------------------------------------------------------------------------------

    /// <summary>Does the earlier scenario take every order of the later one, and end there?</summary>
    private static bool Swallows(ReadyScenario earlier, ReadyScenario later) =>
        !earlier.IsPassing && earlier.Lines is null && (earlier.When is null || later.When is not null && Implies(later.When, earlier.When));

    /// <summary>Whenever <paramref name="a"/> holds <paramref name="b"/> does; false also when that is not seen.</summary>
    private static bool Implies(BoundQuery a, BoundQuery b) => b switch
    {
        BoundQuery.And all => all.Items.All(i => Implies(a, i)),
        BoundQuery.Or any when any.Items.Any(i => Implies(a, i)) => true,
        _ => a switch
        {
            BoundQuery.Or any => any.Items.All(i => Implies(i, b)),
            BoundQuery.And all => all.Items.Any(i => Implies(i, b)),
            BoundQuery.Not x => b is BoundQuery.Not y && Implies(y.Item, x.Item),
            BoundQuery.Among x => b is BoundQuery.Among y && x.Field.Name == y.Field.Name && x.Values.All(v => y.Values.Any(w => Within(v, w))),
            BoundQuery.Within x => b is BoundQuery.Within y && x.Field.Name == y.Field.Name && IsInside(x.Span, y.Span),
            BoundQuery.Is x => b is BoundQuery.Is y && x.Field.Name == y.Field.Name && x.Value == y.Value,
            _ => false,
        },
    };

    private static bool Within(WordsValue narrow, WordsValue wide) => wide.IsPrefix
        ? wide.Words is [var beginning] && narrow.Words is [var word] && word.StartsWith(beginning, StringComparison.Ordinal)
        : !narrow.IsPrefix && narrow.Words.SequenceEqual(wide.Words);

    private static bool IsInside(Span narrow, Span wide) =>
        (wide.From is not { } from || narrow.From is { } f && (f > from || f == from && (wide.FromIncluded || !narrow.FromIncluded)))
        && (wide.To is not { } to || narrow.To is { } t && (t < to || t == to && (wide.ToIncluded || !narrow.ToIncluded)));

    // ---- from where, and where to ----------------------------------------------------------------------------------------

    private static void Nodes(List<RoutingFinding> findings, ReadyScenario scenario, MerchantSettings network, string here)
    {
        if (scenario.Nodes is null || !network.Nodes.Any(n => n.IsForSale)) return;
        if (network.Nodes.Where(n => n.IsForSale).All(n => Maybe(scenario.Nodes, n) == false))
            findings.Add(new RoutingFinding("error", here + "/nodes", "routing.no_node", $"No active node can send for {scenario.Name}.").With(("scenario", scenario.Name)));
        bool asksDistance = RoutingFields.Leaves(scenario.Nodes).Any(l => RoutingFields.FieldOf(l).Name == "distance");
        if (asksDistance && !network.Nodes.Any(n => n.IsForSale && (n.Position is not null || network.Routing.Places.Find(n.Country, n.Postcode) is not null)))
            findings.Add(new RoutingFinding("warning", here + "/nodes", "routing.no_distance", "Nobody has said where any node is, so no distance is known.").With());
    }

    /// <summary>Does a node meet the query? Null while that depends on the order or the hour.</summary>
    private static bool? Maybe(BoundQuery query, NodeSettings node) => Three(query, field => RoutingFields.Moving.Contains(field.Name) ? Unknown : RoutingFields.Value(node, field));

    private static readonly object Unknown = new();

    private static bool? Three(BoundQuery query, Func<Field, object?> value) => query switch
    {
        BoundQuery.And all => all.Items.Select(i => Three(i, value)).ToList() is var parts && parts.Contains(false) ? (bool?)false : parts.Contains(null) ? null : true,
        BoundQuery.Or any => any.Items.Select(i => Three(i, value)).ToList() is var parts && parts.Contains(true) ? (bool?)true : parts.Contains(null) ? null : false,
        BoundQuery.Not not => !Three(not.Item, value),
        _ => ReferenceEquals(value(RoutingFields.FieldOf(query)), Unknown) ? null : query.Matches(value),
    };

    private static void Parts(List<RoutingFinding> findings, ReadyScenario scenario, string here)
    {
        if (scenario.Split is { Most: 1, MostExtraMinor: not null } or { Most: 1, NeverBelowMinor: not null })
            findings.Add(new RoutingFinding("warning", here + "/split", "routing.no_effect", "At most one parcel: what else is said of splits has no effect.").With(("about", "split")));
        if (scenario.Split.IsWhole && scenario.Otherwise == RoutingWords.Backorder)
            findings.Add(new RoutingFinding("warning", here + "/otherwise", "routing.waits_whole", "All or nothing, and what cannot be sent waits: one missing unit makes the whole order wait.").With());
        if (scenario.Rule.Reason is not null && scenario.Otherwise is not RoutingWords.Hold and not RoutingWords.Cancel)
            findings.Add(new RoutingFinding("warning", here + "/reason", "routing.no_effect", "Only hold and cancel tell a reason.").With(("about", "reason")));
    }

    /// <summary>Places the merchant sells to that every scenario about them leaves without a node.</summary>
    private static void NoWay(List<RoutingFinding> findings, IReadOnlyList<ReadyScenario> scenarios, MerchantSettings network, string at)
    {
        foreach (var channel in network.Channels.Values.OrderBy(c => c.Code, StringComparer.Ordinal))
            foreach (string country in network.Countries)
                foreach (string method in network.Methods.Order(StringComparer.Ordinal))
                {
                    var nodes = network.Reach(country, method).Where(r => !channel.ExcludedNodeKinds.Contains(r.Node.Kind)).ToList();
                    if (nodes.Count == 0) continue;                         // no way there without the strategy either
                    if (Stuck(channel.Code, country, method, nodes, scenarios) is not { } stuck) continue;
                    findings.Add(new RoutingFinding("warning", $"{at}/scenarios/{stuck.Index}", "routing.no_way",
                        $"Orders of channel {channel.Code} to {country} by {method} find no node: {stuck.Name} leaves none of the {nodes.Count} that reach it.")
                        .With(("channel", channel.Code), ("country", country), ("method", method), ("scenario", stuck.Name), ("count", Text.Invariant(nodes.Count))));
                    if (findings.Count >= MostFindings) return;
                }
    }

    private static ReadyScenario? Stuck(string channel, string country, string method, List<(NodeSettings Node, IReadOnlyList<string> Services)> nodes,
        IReadOnlyList<ReadyScenario> scenarios)
    {
        ReadyScenario? last = null;
        foreach (var scenario in scenarios)
        {
            bool? isAbout = scenario.When is null ? true : Three(scenario.When, f => f.Name switch { "channel" => channel, "country" => country, "method" => method, _ => Unknown });
            if (isAbout == false) continue;
            if (nodes.Exists(n => (scenario.Nodes is null || Maybe(scenario.Nodes, n.Node) != false) && (scenario.Services is null || n.Services.Any(scenario.Services.Contains)))) return null;
            if (isAbout != true || scenario.Lines is not null) continue;
            last = scenario;
            if (!scenario.IsPassing) return last;
        }
        return last;
    }
}
