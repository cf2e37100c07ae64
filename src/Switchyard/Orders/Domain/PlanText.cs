using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>A decision as it is stored and shown: compact, by code.</summary>
public static class PlanText
{
    private const int MostCandidates = 50;
    private static readonly JsonSerializerOptions Compact = new(Http.Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A decision of the house rule: it is written with every order, so in one go.</summary>
    public static string House(SourcingPlan plan, Func<long, string> code) => JsonSerializer.Serialize(new
    {
        rule = "cheapest-1",
        costMinor = plan.CostMinor,
        boundMinor = plan.BoundMinor,
        isProven = plan.IsProven,
        shipments = plan.Shipments.Select(s => new { node = code(s.NodeId), service = s.Service, costMinor = s.CostMinor, parts = s.Parts.Select(p => new[] { p.Line, p.Quantity }) }),
        candidates = plan.Candidates.Where(c => c.Code != CandidateCodes.NoStock).Take(MostCandidates).Select(c => new { node = code(c.NodeId), reason = c.Code, costMinor = c.CostMinor }),
    }, Http.Json.Options);

    /// <param name="code">Names a node.</param>
    /// <param name="routing">Null: the house rule decided.</param>
    public static JsonObject Of(SourcingPlan plan, RoutingDecision? routing, Func<long, string> code)
    {
        bool isHouse = routing is null or { Strategy: OrderRouter.HouseRule, Version: 0 };
        var told = Object(new
        {
            rule = isHouse ? "cheapest-1" : $"{routing!.Strategy}/{Kernel.Text.Invariant(routing.Version)}",
            costMinor = plan.CostMinor,
            boundMinor = plan.BoundMinor,
            isProven = plan.IsProven,
            shipments = plan.Shipments.Select(s => new { node = code(s.NodeId), service = s.Service, costMinor = s.CostMinor, parts = s.Parts.Select(p => new[] { p.Line, p.Quantity }) }),
        }, Http.Json.Options);
        // A row a candidate is dear where there are many nodes: whoever has nothing of what is wanted is not worth one.
        told["candidates"] = isHouse
            ? List(plan.Candidates.Where(c => c.Code != CandidateCodes.NoStock).Take(MostCandidates).Select(c => Object(new { node = code(c.NodeId), reason = c.Code, costMinor = c.CostMinor }, Http.Json.Options)))
            : List(routing!.Candidates.Where(c => c.Reason != CandidateCodes.NoStock).Concat(routing.Candidates.Where(c => c.Reason == CandidateCodes.NoStock)).Take(MostCandidates).Select(c => Candidate(c, code)));
        if (!isHouse)
        {
            told["strategy"] = routing!.Strategy;
            told["version"] = routing.Version;
            told["objective"] = routing.Scenarios.FirstOrDefault(s => s.Outcome is "sent" or "partly")?.Objective;
            told["scenarios"] = List(routing.Scenarios.Select(s => Object(s, Compact)));
            if (routing.Rankers.Count > 0)
                told["rankers"] = List(routing.Rankers.Select(r => Object(new
                {
                    ranker = r.Ranker,
                    outcome = r.Answer.Outcome,
                    scores = r.Answer.Scores?.OrderBy(s => s.Key).Take(MostCandidates).ToDictionary(s => code(s.Key), s => s.Value),
                }, Compact)));
        }
        if (routing?.Shadow is { } shadow)
            told["shadow"] = Object(new { strategy = shadow.Strategy, version = shadow.Version, scenario = shadow.Scenario, costMinor = shadow.CostMinor, unsentUnits = shadow.UnsentUnits, nodes = shadow.Nodes.Select(code) }, Compact);
        return told;
    }

    private static JsonObject Candidate(RoutedCandidate c, Func<long, string> code) => Object(new
    {
        node = code(c.NodeId),
        reason = c.Reason,
        costMinor = c.CarriageMinor + c.HandlingMinor,
        scenario = c.Scenario,
        carriageMinor = c.CarriageMinor,
        handlingMinor = c.HandlingMinor,
        rankMinor = c.RankMinor,
        km = c.Km,
    }, Compact);

    private static JsonObject Object<T>(T value, JsonSerializerOptions options) => JsonSerializer.SerializeToNode(value, options)!.AsObject();
    private static JsonArray List(IEnumerable<JsonObject> items) => [.. items];
}
