using System.Text.Json.Nodes;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>A decision as people read it. Pure.</summary>
public static class RoutingStory
{
    private const int MostCandidates = 50, MostFlips = 8;

    /// <param name="IsCurrent">The newest.</param>
    /// <param name="Reason">Why it was decided anew; null of the first.</param>
    /// <param name="Rule">cheapest-1 without a strategy, else strategy and version.</param>
    /// <param name="BoundMinor">No plan that sends as much costs less.</param>
    /// <param name="SplitMinor">What counted for parcels beyond the first; in costMinor.</param>
    /// <param name="Inputs">kept: it was made again from what it saw, and everything here is exact. Else why it could not be: candidates are then as they were written down, and nothing is told of what would have flipped it.</param>
    /// <param name="IsReproduced">Made again it is the same; null when it was not.</param>
    /// <param name="Says">In words.</param>
    public sealed record DecisionView(string Object, int Version, bool IsCurrent, DateTimeOffset MadeAt, string? Reason, string Rule, string? Strategy, long? StrategyVersion, string? Objective,
        IReadOnlyList<Scenario> Scenarios, string Currency, long CostMinor, long SplitMinor, long? BoundMinor, bool IsProven, Destination? Destination, IReadOnlyList<Shipment> Shipments,
        IReadOnlyList<Unsent> Unsent, IReadOnlyList<Candidate> Candidates, Shadow? Shadow,
        [property: Words("kept", "notRecorded", "settingsGone", "placeChanged", "together")] string Inputs, bool? IsReproduced, IReadOnlyList<Saying> Says);

    public sealed record Scenario(string Name, string Objective, [property: Words("sent", "partly", "nothing", "gaveWay")] string Outcome, string? Limit, string? After);

    /// <summary>Where it goes; positions are in degrees, of the place as far as it is known.</summary>
    public sealed record Destination(string? Country, decimal? Latitude, decimal? Longitude);

    public sealed record Shipment(string Node, string Name, decimal? Latitude, decimal? Longitude, long? Km, string Service, long CostMinor, long? CarriageMinor, long? PickMinor, long? HandlingMinor,
        int? Days, DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy, IReadOnlyList<Part> Parts);

    public sealed record Part(int Line, string Sku, long Quantity);
    public sealed record Unsent(int Line, string Sku, long Quantity);

    /// <param name="CostMinor">Everything from here alone, where that could be; carriage, pick and handling add up to it.</param>
    /// <param name="RankMinor">What the scenario's weights add; no money.</param>
    /// <param name="Days">From placing to delivery.</param>
    /// <param name="ShipBy">By the node's hours of today.</param>
    public sealed record Candidate(string Node, string Name, string? Kind, decimal? Latitude, decimal? Longitude, long? Km,
        [property: Words("chosen", "dearer", "excluded", "no_service", "no_stock", "no_lane", "too_late", "too_heavy", "full")] string Reason,
        string? Scenario, string? Service, long? CostMinor, long? CarriageMinor, long? PickMinor, long? HandlingMinor, long? RankMinor, int? Days, DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy,
        IReadOnlyList<Stock> Stock, IReadOnlyList<Flip> Flips, IReadOnlyList<Saying> Says);

    public sealed record Stock(string Sku, long Available, long Wanted);

    /// <summary>The smallest change of one figure that would have made another choice about the node; one less changes nothing about it.</summary>
    /// <param name="AmountMinor">How much cheaper or dearer a parcel from there.</param>
    /// <param name="Units">How many more units.</param>
    /// <param name="Days">How many days earlier.</param>
    /// <param name="Nodes">The nodes that would send then.</param>
    public sealed record Flip([property: Words("cheaper", "dearer", "more_stock", "earlier")] string Change, long? AmountMinor, long? Units, long? Days, string? Sku, IReadOnlyList<string> Nodes,
        IReadOnlyList<Saying> Says);

    public sealed record Shadow(string Strategy, long Version, string? Scenario, long CostMinor, long UnsentUnits, IReadOnlyList<string> Nodes);

    internal static DecisionView Of(RebuiltDecision made, MerchantSettings now, bool isCurrent) => new Teller(made, now).Tell(isCurrent);

    private sealed class Teller(RebuiltDecision made, MerchantSettings now)
    {
        private readonly DecidedOrder _order = made.Kept.Order;
        private readonly JsonObject _kept = JsonNode.Parse(made.Kept.Plan)!.AsObject();
        private readonly (decimal Latitude, decimal Longitude)? _to = now.PositionOf(made.Kept.Order.Country, made.Kept.Order.Postcode);

        public DecisionView Tell(bool isCurrent)
        {
            var plan = made.Again?.Plan;
            var routing = made.Again?.Routing is { Strategy: not OrderRouter.HouseRule } by ? by : null;
            var shipments = made.Again is null ? KeptShipments() : Shipments();
            var candidates = made.Again is null ? KeptCandidates() : Candidates();
            long cost = Long("costMinor") ?? 0;
            List<Unsent> unsent = plan is null ? [] : [.. plan.Unfilled.Select(u => new Unsent(u.Line, Sku(u.Line), u.Quantity))];
            return new DecisionView("routingDecision", made.Kept.Version, isCurrent, made.Kept.MadeAt, Text("reason"), Text("rule") ?? "", Text("strategy"), Long("version"), Text("objective"),
                Scenarios(), now.BaseCurrency, cost, Math.Max(0, cost - shipments.Sum(s => s.CostMinor)), Long("boundMinor"), _kept["isProven"]?.GetValue<bool>() ?? false,
                new Destination(_order.Country, _to?.Latitude, _to?.Longitude), shipments, unsent, candidates, ShadowOf(), made.State, made.IsSame, Sentences(shipments, unsent, routing));
        }

        // ---- of what was made again ------------------------------------------------------------------------------------

        private List<Shipment> Shipments()
        {
            var (input, demands) = (made.Input!, made.Input!.Demands.ToDictionary(d => d.Line));
            return [.. made.Again!.Plan.Shipments.Select(s =>
            {
                var node = input.Nodes.First(n => n.NodeId == s.NodeId);
                var parts = ParcelCosts.Of(node, s.Service, [.. s.Parts.Select(p => (demands[p.Line], p.Quantity))]);
                var at = Node(s.NodeId);
                var dates = Dates(at, s.Service, parts?.TransitDays);
                long carriage = parts?.CarriageMinor ?? s.CostMinor, pick = parts?.PickMinor ?? 0;
                return new Shipment(at.Code, at.Name, at.Position?.Latitude, at.Position?.Longitude, Km(at), s.Service, s.CostMinor, carriage, pick, s.CostMinor - carriage - pick, parts?.Days,
                    dates?.ShipBy, dates?.DeliverBy, [.. s.Parts.Select(p => new Part(p.Line, Sku(p.Line), p.Quantity))]);
            })];
        }

        private List<Candidate> Candidates()
        {
            var (input, again) = (made.Input!, made.Again!);
            var flips = RoutingFlips.Of(input, again, MostFlips).ToLookup(f => f.NodeId);
            bool isHouse = again.Routing is null or { Strategy: OrderRouter.HouseRule };
            var told = isHouse ? again.Plan.Candidates.Select(c => new RoutedCandidate(c.NodeId, c.Code, null, null, null, null, null)) : again.Routing!.Candidates;
            List<(Demand, long)> all = [.. input.Demands.Select(d => (d, d.Quantity))];
            var sent = again.Plan.Shipments.ToDictionary(s => s.NodeId);
            return [.. told.OrderBy(c => c.Reason != CandidateCodes.Chosen).ThenBy(c => c.Reason != CandidateCodes.Dearer).ThenBy(c => c.NodeId).Take(MostCandidates).Select(c =>
            {
                var (node, at) = (input.Nodes.First(n => n.NodeId == c.NodeId), Node(c.NodeId));
                bool isAlone = isHouse ? again.Plan.Candidates.First(p => p.NodeId == c.NodeId).CostMinor is not null : c.CarriageMinor is not null;
                var parts = ParcelCosts.Of(node, null, all);
                var cost = isAlone ? parts : null;
                var dates = Dates(at, parts?.Service, parts?.TransitDays);
                List<Stock> stock = [.. input.Demands.GroupBy(d => d.SkuId).Select(d => new Stock(Sku(d.First().Line), Math.Max(0, node.Available.GetValueOrDefault(d.Key)), d.Sum(x => x.Quantity)))];
                return new Candidate(at.Code, at.Name, at.Kind, at.Position?.Latitude, at.Position?.Longitude, c.Km ?? Km(at), c.Reason, c.Scenario, parts?.Service, cost?.TotalMinor, cost?.CarriageMinor,
                    cost?.PickMinor, cost?.HandlingMinor, c.RankMinor, parts?.Days, dates?.ShipBy, dates?.DeliverBy, stock, [.. flips[c.NodeId].Select(Told)], Why(c, at, cost, sent.GetValueOrDefault(c.NodeId)));
            })];
        }

        private IReadOnlyList<Saying> Why(RoutedCandidate c, NodeSettings at, ParcelCost? alone, PlannedShipment? sends)
        {
            long more = (alone?.TotalMinor ?? 0) - made.Again!.Plan.CostMinor;
            return c.Reason switch
            {
                CandidateCodes.Chosen when sends is not null => Say(Phrase.RouteSends, ("node", at.Code), ("units", sends.Parts.Sum(p => p.Quantity)), ("amountMinor", sends.CostMinor), ("currency", now.BaseCurrency)),
                CandidateCodes.Dearer when alone is not null && more > 0 => Say(Phrase.RouteDearer, ("node", at.Code), ("amountMinor", more), ("currency", now.BaseCurrency)),
                CandidateCodes.Dearer when alone is not null && c.Scenario is { } scenario => Say(Phrase.RouteRanked, ("node", at.Code), ("rule", scenario)),
                CandidateCodes.Dearer => Say(alone is null ? Phrase.RouteOnlyPart : Phrase.RouteTied, ("node", at.Code)),
                CandidateCodes.Excluded => Say(Phrase.RouteExcluded, ("node", at.Code), ("rule", c.Scenario ?? "")),
                CandidateCodes.NoService => Say(Phrase.RouteNoService, ("node", at.Code), ("rule", c.Scenario ?? "")),
                CandidateCodes.NoStock => Say(Phrase.RouteNoStock, ("node", at.Code)),
                CandidateCodes.NoLane => Say(Phrase.RouteNoLane, ("node", at.Code)),
                CandidateCodes.TooLate => Say(Phrase.RouteTooLate, ("node", at.Code)),
                CandidateCodes.Full => Say(Phrase.RouteFull, ("node", at.Code)),
                CandidateCodes.TooHeavy => Say(Phrase.RouteTooHeavy, ("node", at.Code)),
                _ => [],
            };
        }

        private Flip Told(SourcingFlip flip)
        {
            string node = Node(flip.NodeId).Code;
            string? sku = flip.SkuId is { } id ? Sku(made.Input!.Demands.First(d => d.SkuId == id).Line) : null;
            bool isMoney = flip.Change is FlipChanges.Cheaper or FlipChanges.Dearer;
            return new Flip(flip.Change, isMoney ? flip.Amount : null, flip.Change == FlipChanges.MoreStock ? flip.Amount : null, flip.Change == FlipChanges.Earlier ? flip.Amount : null, sku,
                [.. flip.Nodes.Select(n => Node(n).Code)], flip.Change switch
                {
                    FlipChanges.Cheaper => Say(Phrase.FlipCheaper, ("node", node), ("amountMinor", flip.Amount), ("currency", now.BaseCurrency)),
                    FlipChanges.Dearer => Say(Phrase.FlipDearer, ("node", node), ("amountMinor", flip.Amount), ("currency", now.BaseCurrency)),
                    FlipChanges.MoreStock => Say(Phrase.FlipMoreStock, ("node", node), ("units", flip.Amount), ("sku", sku ?? "")),
                    _ => Say(Phrase.FlipEarlier, ("node", node), ("days", flip.Amount)),
                });
        }

        // ---- of what was written down ----------------------------------------------------------------------------------

        private List<Shipment> KeptShipments() => [.. Items(_kept["shipments"]).Select(s =>
        {
            var at = NodeOf(s["node"]?.GetValue<string>());
            return new Shipment(s["node"]?.GetValue<string>() ?? "", at?.Name ?? "", at?.Position?.Latitude, at?.Position?.Longitude, Km(at), s["service"]?.GetValue<string>() ?? "", s["costMinor"]?.GetValue<long>() ?? 0,
                null, null, null, null, null, null, [.. Items(s["parts"]).Select(p => new Part(p[0]!.GetValue<int>(), Sku(p[0]!.GetValue<int>()), p[1]!.GetValue<long>()))]);
        })];

        private List<Candidate> KeptCandidates() => [.. Items(_kept["candidates"]).Select(c =>
        {
            var at = NodeOf(c["node"]?.GetValue<string>());
            return new Candidate(c["node"]?.GetValue<string>() ?? "", at?.Name ?? "", at?.Kind, at?.Position?.Latitude, at?.Position?.Longitude, c["km"]?.GetValue<long>() ?? Km(at), c["reason"]?.GetValue<string>() ?? "",
                c["scenario"]?.GetValue<string>(), null, c["costMinor"]?.GetValue<long>(), c["carriageMinor"]?.GetValue<long>(), null, c["handlingMinor"]?.GetValue<long>(), c["rankMinor"]?.GetValue<long>(),
                null, null, null, [], [], []);
        })];

        private List<Scenario> Scenarios() => [.. Items(_kept["scenarios"]).Select(s => new Scenario(s["name"]?.GetValue<string>() ?? "", s["objective"]?.GetValue<string>() ?? "",
            s["outcome"]?.GetValue<string>() ?? "", s["limit"]?.GetValue<string>(), s["after"]?.GetValue<string>()))];

        private Shadow? ShadowOf() => _kept["shadow"] is not JsonObject s ? null : new Shadow(s["strategy"]?.GetValue<string>() ?? "", s["version"]?.GetValue<long>() ?? 0,
            s["scenario"]?.GetValue<string>(), s["costMinor"]?.GetValue<long>() ?? 0, s["unsentUnits"]?.GetValue<long>() ?? 0, [.. Items(s["nodes"]).Select(n => n.GetValue<string>())]);

        // ---- words and places --------------------------------------------------------------------------------------------

        private List<Saying> Sentences(List<Shipment> shipments, List<Unsent> unsent, RoutingDecision? routing)
        {
            var says = new List<Saying>();
            if (shipments.Count > 0)
            {
                (string, object) from = ("nodes", string.Join(", ", shipments.Select(s => s.Node))), cost = ("amountMinor", Long("costMinor") ?? 0), in_ = ("currency", now.BaseCurrency);
                string? scenario = routing?.Scenarios.FirstOrDefault(s => s.Outcome is "sent" or "partly")?.Name ?? Text("strategy");
                says.AddRange(made.State == SeenWords.Together && _kept["replan"] is not null ? Say(Phrase.RouteTogether, from, cost, in_) : scenario is null ? Say(Phrase.RouteCheapest, from, cost, in_) : Say(Phrase.RouteByRule, from, cost, in_, ("rule", scenario)));
            }
            if (shipments.Count > 1) says.AddRange(Say(Phrase.RouteParcels, ("count", shipments.Count)));
            if (unsent.Count > 0) says.AddRange(Say(Phrase.RouteUnsent, ("units", unsent.Sum(u => u.Quantity))));
            return says;
        }

        private static IReadOnlyList<Saying> Say(Phrase phrase, params (string, object)[] values) => Saying.Read(Saying.Of(phrase, values))!;

        private DatesOfParcel? Dates(NodeSettings at, string? service, int? transit) =>
            service is null || transit is null ? null : PromiseDates.Of(at, service, transit.Value, made.Kept.MadeAt);

        private NodeSettings Node(long id) => made.Settings!.NodesById[id];
        private NodeSettings? NodeOf(string? code) => code is null ? null : now.NodesByCode.GetValueOrDefault(Kernel.Text.Key(code));
        private long? Km(NodeSettings? at) => at is not null && _to is { } to && (at.Position ?? now.PositionOf(at.Country, at.Postcode)) is { } from ? MerchantSettings.KmBetween(from, to) : null;
        private string Sku(int line) => _order.Skus.GetValueOrDefault(line, "");
        private string? Text(string name) => _kept[name]?.GetValue<string>();
        private long? Long(string name) => _kept[name]?.GetValue<long>();
        private static IEnumerable<JsonNode> Items(JsonNode? list) => list is JsonArray items ? items.OfType<JsonNode>() : [];
    }
}
