using System.Diagnostics;
using System.Text.Json;
using Switchyard.Cli;
using Switchyard.Kernel;
using Fault = Switchyard.Cli.SolveForm.Fault;

namespace Switchyard.Sourcing;

/// <summary>
/// Answers sourcing instances in their published form (docs/rooms/sourcing-engine.md) with the engine the server uses.
/// Money there is whole minor units, weight whole 100 g.
/// </summary>
public static class SolveSourcing
{
    private const long StepsPerMs = 30_000, BatchSteps = 20_000_000, Most = 1_000_000_000;
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

    /// <summary>One instance gives one answer; a list, or lines of JSON, a list of answers in the same order.</summary>
    /// <param name="budgetMs">Time of one instance, about; null: the engine's own budget.</param>
    /// <param name="batchSteps">The engine's own budget of a batch.</param>
    public static string Run(string json, long? budgetMs = null, long batchSteps = BatchSteps) => SolveForm.Run(json, one => One(one, budgetMs, batchSteps));

    /// <summary>One instance as JSON. What cannot be read gives an error that names the field.</summary>
    public static Answer One(string json, long? budgetMs, long batchSteps = BatchSteps)
    {
        if (SolveForm.Read<Instance>(json, out var instance) is { } unread) return new Answer(SolveForm.IdOf(json), Error: unread);
        return Faulty(instance!) is { } fault ? new Answer(instance!.Id, Error: fault) : Solve(instance!, budgetMs, batchSteps);
    }

    private static Fault? Faulty(Instance instance)
    {
        var seen = new HashSet<string>();
        for (int o = 0; o < instance.Orders.Count; o++)
        {
            var order = instance.Orders[o];
            if (!seen.Add(order.Id.GetRawText())) return Fault.NotReadable("Two orders have this id.", $"$.orders[{o}].id");
            for (int i = 0; i < order.Lines.Count; i++)
            {
                if (order.Lines[i].Qty is < 0 or > Most) return Fault.OutOfRange($"$.orders[{o}].lines[{i}].qty");
                if (order.Lines[i].Weight is < 0 or > Most) return Fault.OutOfRange($"$.orders[{o}].lines[{i}].weight");
            }
        }
        for (int i = 0; i < instance.Lanes.Count; i++)
            if (instance.Lanes[i].PerWeight is < 0 or > Money.MaxMinor) return Fault.OutOfRange($"$.lanes[{i}].per_weight");
        for (int i = 0; i < instance.Nodes.Count; i++)
            foreach (var (sku, stock) in instance.Nodes[i].Stock)
                if (Wild(stock.OnHand) || Wild(stock.Reserved) || Wild(stock.Safety)) return Fault.OutOfRange($"$.nodes[{i}].stock.{sku}");
        return null;
    }

    private static bool Wild(long units) => units is < -1000 * Most or > 1000 * Most;

    private static Answer Solve(Instance instance, long? budgetMs, long batchSteps)
    {
        var services = new Dictionary<(long, string), JsonElement>();
        // Ids in the order of their text, shorter ones first: numbers by their size, wherever they stand in the file.
        Order[] orders = [.. instance.Orders.OrderBy(o => o.Id.GetRawText().Length).ThenBy(o => o.Id.GetRawText(), StringComparer.Ordinal)];
        var lanes = instance.Lanes.GroupBy(l => l.Order.GetRawText())
            .ToDictionary(g => g.Key, g => g.GroupBy(l => l.Node).ToDictionary(n => n.Key, n => (IReadOnlyList<LaneOffer>)[.. n.Select(l => Offer(l, services))]));
        BatchNode[] nodes = [.. instance.Nodes.Select(n => new BatchNode(new SourcingNode(
            n.Id, n.PickFixed, n.Handling, n.ReadyDay, [],
            n.Stock.ToDictionary(s => s.Key, s => Math.Max(0, s.Value.OnHand - s.Value.Reserved - s.Value.Safety)),
            n.Stock.ToDictionary(s => s.Key, s => s.Value.Opportunity)), n.CapUnits, n.CapShipments))];
        BatchOrder[] batch = [.. orders.Select((o, i) => new BatchOrder(i,
            [.. o.Lines.Select((l, at) => new Demand(at, l.Sku, l.Qty, checked(l.Weight * 100), l.UnfilledPenalty))],
            lanes.GetValueOrDefault(o.Id.GetRawText()) ?? [], o.SplitPenalty, o.MaxShipments, o.PromiseDays))];
        bool isSingle = batch.Length == 1 && nodes.All(n => n.CapShipments is null or > 0 && (n.CapUnits ?? long.MaxValue) >= orders[0].Lines.Sum(l => l.Qty));
        long start = Stopwatch.GetTimestamp();
        var plan = isSingle ? Alone(batch[0], nodes, instance.LineSplit, budgetMs)
            : BatchEngine.Solve(batch, nodes, new BatchOptions(instance.LineSplit, FillFirst: false,
                BudgetSteps: budgetMs is { } ms ? Math.Max(batchSteps, checked(ms * StepsPerMs)) : batchSteps,
                IsOver: budgetMs is { } most ? () => Stopwatch.GetElapsedTime(start).TotalMilliseconds > most * 0.9 : null));
        double spent = Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 4);
        return new Answer(instance.Id, plan.CostMinor, spent, plan.BoundMinor, plan.IsProven,
            [.. plan.Orders.SelectMany(p => p.Plan!.Shipments.Select(s => new Shipment(orders[p.OrderId].Id, s.NodeId, services[(s.NodeId, s.Service)],
                [.. s.Parts.Select(l => new Part(l.Line, l.Quantity))])))],
            [.. plan.Orders.SelectMany(p => p.Plan!.Unfilled.Select(l => new Unfilled(orders[p.OrderId].Id, l.Line, l.Quantity)))]);
    }

    private static BatchPlan Alone(BatchOrder order, BatchNode[] nodes, bool mayDivide, long? budgetMs)
    {
        var options = new SourcingOptions(order.SplitPenaltyMinor, order.MaxShipments, mayDivide, order.PromiseDays,
            budgetMs is { } ms ? checked(ms * StepsPerMs) : 3_000_000, FillFirst: false);
        var plan = SourcingEngine.Solve(order.Demands, [.. nodes.Select(n => n.Node with { Lanes = order.Lanes.GetValueOrDefault(n.Node.NodeId, []) })], options);
        return new BatchPlan([new BatchOrderPlan(order.OrderId, plan, true)], plan.CostMinor, plan.BoundMinor, plan.IsProven);
    }

    // A price for 100 g is ten of it for a kilogram.
    private static LaneOffer Offer(Lane lane, Dictionary<(long, string), JsonElement> services)
    {
        string name = lane.Service.GetRawText();
        services[(lane.Node, name)] = lane.Service;
        return new LaneOffer(name, lane.Base, checked(lane.PerWeight * 10), long.MaxValue, lane.TransitDays);
    }
}
