using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Kernel;

namespace Switchyard.Sourcing;

/// <summary>
/// Answers sourcing instances in their published form (docs/rooms/sourcing-engine.md) with the engine the server uses.
/// Money there is whole minor units, weight whole 100 g.
/// </summary>
public static class SolveSourcing
{
    private const long StepsPerMs = 30_000, Most = 1_000_000_000;
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 32,
    };

    public sealed record Instance(JsonElement Id, IReadOnlyList<Node> Nodes, IReadOnlyList<Order> Orders, IReadOnlyList<Lane> Lanes, bool LineSplit);
    public sealed record Node(
        long Id, int ReadyDay, long PickFixed, long Handling, IReadOnlyDictionary<long, Stock> Stock, long? CapUnits = null, long? CapShipments = null);
    public sealed record Stock(long OnHand, long Reserved = 0, long Safety = 0, long Opportunity = 0);
    public sealed record Order(JsonElement Id, int PromiseDays, int MaxShipments, long SplitPenalty, IReadOnlyList<Line> Lines);
    public sealed record Line(long Sku, long Qty, long Weight, long UnfilledPenalty);
    public sealed record Lane(JsonElement Order, long Node, JsonElement Service, long Base, long PerWeight, int TransitDays);

    public sealed record Answer(
        JsonElement? Id, long? Cost = null, double? Ms = null, long? Bound = null, bool? Proven = null, IReadOnlyList<Shipment>? Shipments = null,
        IReadOnlyList<Unfilled>? Unfilled = null, Fault? Error = null);
    public sealed record Shipment(JsonElement Order, long Node, JsonElement Service, IReadOnlyList<Part> Lines);
    public sealed record Part(int Line, long Qty);
    public sealed record Unfilled(JsonElement Order, int Line, long Qty);
    public sealed record Fault(string Code, string Detail, string? Field = null);

    /// <summary>One instance gives one answer; a list, or lines of JSON, a list of answers in the same order.</summary>
    /// <param name="budgetMs">Time of one instance, about; null: the engine's own budget.</param>
    public static string Run(string json, long? budgetMs = null)
    {
        string text = json.Trim();
        if (text.StartsWith('[')) return Write(List(text, budgetMs));
        if (!IsOneDocument(text)) return Write([.. text.Split('\n').Where(l => l.Trim().Length > 0).Select(line => One(line, budgetMs))]);
        return JsonSerializer.Serialize(One(text, budgetMs), Form);
    }

    public static string Write(IReadOnlyList<Answer> answers) => "[\n" + string.Join(",\n", answers.Select(a => JsonSerializer.Serialize(a, Form))) + "\n]";

    /// <summary>One instance as JSON. What cannot be read gives an error that names the field.</summary>
    public static Answer One(string json, long? budgetMs)
    {
        Instance? instance;
        try { instance = JsonSerializer.Deserialize<Instance>(json, Form); }
        catch (JsonException e) { return new Answer(IdOf(json), Error: new Fault("solve.not_readable", e.Message, e.Path)); }
        if (instance is null) return new Answer(null, Error: new Fault("solve.not_readable", "An instance is an object.", "$"));
        return Faulty(instance) is { } fault ? new Answer(instance.Id, Error: fault) : Solve(instance, budgetMs);
    }

    private static List<Answer> List(string json, long? budgetMs)
    {
        try
        {
            using var all = JsonDocument.Parse(json);
            return [.. all.RootElement.EnumerateArray().Select(one => One(one.GetRawText(), budgetMs))];
        }
        catch (JsonException e) { return [new Answer(null, Error: new Fault("solve.not_readable", e.Message, e.Path))]; }
    }

    private static bool IsOneDocument(string text)
    {
        try { using var _ = JsonDocument.Parse(text); }
        catch (JsonException) { return !text.Contains('\n'); }
        return true;
    }

    private static Fault? Faulty(Instance instance)
    {
        if (instance.Orders.Count != 1)
            return new Fault("solve.batch_not_supported", $"{instance.Orders.Count} orders: only instances of one order are solved so far.", "$.orders");
        var order = instance.Orders[0];
        for (int i = 0; i < order.Lines.Count; i++)
        {
            if (order.Lines[i].Qty is < 0 or > Most) return OutOfRange($"$.orders[0].lines[{i}].qty");
            if (order.Lines[i].Weight is < 0 or > Most) return OutOfRange($"$.orders[0].lines[{i}].weight");
        }
        for (int i = 0; i < instance.Lanes.Count; i++)
            if (instance.Lanes[i].PerWeight is < 0 or > Money.MaxMinor) return OutOfRange($"$.lanes[{i}].per_weight");
        long units = order.Lines.Sum(l => l.Qty);
        for (int i = 0; i < instance.Nodes.Count; i++)
        {
            foreach (var (sku, stock) in instance.Nodes[i].Stock)
                if (Wild(stock.OnHand) || Wild(stock.Reserved) || Wild(stock.Safety)) return OutOfRange($"$.nodes[{i}].stock.{sku}");
            if (instance.Nodes[i].CapUnits is > 0 and var cap && cap < units)
                return new Fault("solve.capacity_not_supported", "The order has more units than the node takes: not solved so far.", $"$.nodes[{i}].cap_units");
        }
        return null;
    }

    private static bool Wild(long units) => units is < -1000 * Most or > 1000 * Most;
    private static Fault OutOfRange(string field) => new("solve.out_of_range", "The figure is out of range.", field);

    private static Answer Solve(Instance instance, long? budgetMs)
    {
        var order = instance.Orders[0];
        var demands = order.Lines.Select((l, i) => new Demand(i, l.Sku, l.Qty, checked(l.Weight * 100), l.UnfilledPenalty)).ToList();
        var services = new Dictionary<(long, string), JsonElement>();
        var lanes = instance.Lanes.ToLookup(l => l.Node);
        var nodes = instance.Nodes.Where(n => n.CapUnits is not 0 && n.CapShipments is not 0).Select(n => new SourcingNode(
            n.Id, n.PickFixed, n.Handling, n.ReadyDay,
            [.. lanes[n.Id].Where(l => l.Order.GetRawText() == order.Id.GetRawText()).Select(l => Offer(l, services))],
            n.Stock.ToDictionary(s => s.Key, s => Math.Max(0, s.Value.OnHand - s.Value.Reserved - s.Value.Safety)),
            n.Stock.ToDictionary(s => s.Key, s => s.Value.Opportunity))).ToList();
        var options = new SourcingOptions(order.SplitPenalty, order.MaxShipments, instance.LineSplit, order.PromiseDays,
            budgetMs is { } ms ? checked(ms * StepsPerMs) : 3_000_000, FillFirst: false);
        long start = Stopwatch.GetTimestamp();
        var plan = SourcingEngine.Solve(demands, nodes, options);
        double spent = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 4);
        return new Answer(instance.Id, plan.CostMinor, spent, plan.BoundMinor, plan.IsProven,
            [.. plan.Shipments.Select(s => new Shipment(order.Id, s.NodeId, services[(s.NodeId, s.Service)], [.. s.Parts.Select(p => new Part(p.Line, p.Quantity))]))],
            [.. plan.Unfilled.Select(p => new Unfilled(order.Id, p.Line, p.Quantity))]);
    }

    // A price for 100 g is ten of it for a kilogram.
    private static LaneOffer Offer(Lane lane, Dictionary<(long, string), JsonElement> services)
    {
        string name = lane.Service.GetRawText();
        services[(lane.Node, name)] = lane.Service;
        return new LaneOffer(name, lane.Base, checked(lane.PerWeight * 10), long.MaxValue, lane.TransitDays);
    }

    private static JsonElement? IdOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("id", out var id) ? id.Clone() : null;
        }
        catch (JsonException) { return null; }
    }
}
