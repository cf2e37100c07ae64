using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

/// <summary>Works out the cost of an answer from its shipments, by the published rules and with no code of the engine; and random instances in that form.</summary>
public static class SourcingScorer
{
    public static long Cost(JsonNode instance, JsonNode answer, string what)
    {
        var nodes = instance["nodes"]!.AsArray().ToDictionary(n => Text(n!["id"]), n => n!);
        var orders = instance["orders"]!.AsArray().ToDictionary(o => Text(o!["id"]), o => o!);
        var lanes = instance["lanes"]!.AsArray().ToDictionary(l => (Text(l!["order"]), Text(l["node"]), Text(l["service"])), l => l!);
        bool mayDivide = instance["line_split"]!.GetValue<bool>();
        var got = new Dictionary<(string, long), List<long>>();
        var (stock, units) = (new Dictionary<(string, string), long>(), new Dictionary<string, long>());
        var seen = new HashSet<(string, string)>();
        long cost = 0;
        foreach (var shipment in answer["shipments"]!.AsArray())
        {
            var (orderId, nodeId) = (Text(shipment!["order"]), Text(shipment["node"]));
            var (order, node, lane) = (orders[orderId], nodes[nodeId], lanes[(orderId, nodeId, Text(shipment["service"]))]);
            (Number(node, "ready_day") + Number(lane, "transit_days")).ShouldBeLessThanOrEqualTo(Number(order, "promise_days"), what);
            seen.Add((orderId, nodeId)).ShouldBeTrue(what);
            shipment["lines"]!.AsArray().ShouldNotBeEmpty(what);
            cost += Number(lane, "base") + Number(node, "pick_fixed");
            foreach (var part in shipment["lines"]!.AsArray())
            {
                long at = Number(part!, "line"), quantity = Number(part!, "qty");
                var line = order["lines"]![(int)at]!;
                string sku = Text(line["sku"]);
                Got(orderId, at, quantity);
                stock[(nodeId, sku)] = stock.GetValueOrDefault((nodeId, sku)) + quantity;
                units[nodeId] = units.GetValueOrDefault(nodeId) + quantity;
                cost += quantity * (Number(lane, "per_weight") * Number(line, "weight") + Number(node, "handling") + Number(node["stock"]![sku]!, "opportunity"));
            }
        }
        foreach (var left in answer["unfilled"]!.AsArray())
        {
            Got(Text(left!["order"]), Number(left, "line"), Number(left, "qty"));
            cost += Number(left, "qty") * Number(orders[Text(left["order"])]["lines"]![(int)Number(left, "line")]!, "unfilled_penalty");
        }
        foreach (var (id, order) in orders)
        {
            for (int i = 0; i < order["lines"]!.AsArray().Count; i++)
            {
                var parts = got.GetValueOrDefault((id, i), []);
                parts.Sum().ShouldBe(Number(order["lines"]![i]!, "qty"), what);
                if (!mayDivide) parts.Count.ShouldBeLessThanOrEqualTo(1, what);
            }
            int shipments = seen.Count(s => s.Item1 == id);
            ((long)shipments).ShouldBeLessThanOrEqualTo(Number(order, "max_shipments"), what);
            cost += Math.Max(0, shipments - 1) * Number(order, "split_penalty");
        }
        foreach (var ((id, sku), taken) in stock)
        {
            var row = nodes[id]["stock"]![sku]!;
            taken.ShouldBeLessThanOrEqualTo(Math.Max(0, Number(row, "on_hand") - Number(row, "reserved") - Number(row, "safety")), what);
        }
        foreach (var (id, node) in nodes)
        {
            if (node["cap_units"] is { } cap) units.GetValueOrDefault(id).ShouldBeLessThanOrEqualTo(cap.GetValue<long>(), what);
            if (node["cap_shipments"] is { } most) seen.LongCount(s => s.Item2 == id).ShouldBeLessThanOrEqualTo(most.GetValue<long>(), what);
        }
        return cost;

        void Got(string order, long line, long quantity)
        {
            quantity.ShouldBePositive(what);
            if (!got.TryGetValue((order, line), out var parts)) got[(order, line)] = parts = [];
            parts.Add(quantity);
        }
    }

    public static JsonNode Instance(ulong seed, SourcingCases.Shape shape)
    {
        var (orders, nodes) = SourcingCases.Batch(seed, shape);
        var made = new JsonObject
        {
            ["id"] = $"R{seed}",
            ["line_split"] = shape.MayDivide,
            ["nodes"] = new JsonArray([.. nodes.Select(n => new JsonObject
            {
                ["id"] = n.Node.NodeId, ["kind"] = "store", ["x"] = 0, ["y"] = 0, ["ready_day"] = n.Node.ReadyDay, ["pick_fixed"] = n.Node.PickFixedMinor,
                ["handling"] = n.Node.HandlingMinor, ["cap_units"] = n.CapUnits, ["cap_shipments"] = n.CapShipments,
                ["stock"] = new JsonObject(n.Node.Available.Select(s => KeyValuePair.Create(s.Key.ToString(), (JsonNode?)new JsonObject
                    { ["on_hand"] = s.Value + 3, ["reserved"] = 1, ["safety"] = 2, ["opportunity"] = n.Node.Opportunity!.GetValueOrDefault(s.Key) }))),
            })]),
            ["orders"] = new JsonArray([.. orders.Select(o => new JsonObject
            {
                ["id"] = o.OrderId, ["x"] = 0, ["y"] = 0, ["promise_days"] = o.PromiseDays, ["max_shipments"] = o.MaxShipments, ["split_penalty"] = o.SplitPenaltyMinor,
                ["lines"] = new JsonArray([.. o.Demands.Select(d => new JsonObject { ["sku"] = d.SkuId, ["qty"] = d.Quantity, ["weight"] = d.WeightGrams / 100, ["unfilled_penalty"] = d.UnfilledPenaltyMinor })]),
            })]),
            ["lanes"] = new JsonArray([.. orders.SelectMany(o => o.Lanes.SelectMany(n => n.Value.Select(l => new JsonObject
                { ["order"] = o.OrderId, ["node"] = n.Key, ["service"] = int.Parse(l.Service), ["zone"] = 0, ["base"] = l.BaseMinor, ["per_weight"] = l.PerKgMinor / 10, ["transit_days"] = l.TransitDays })))]),
        };
        return JsonNode.Parse(made.ToJsonString())!;                  // numbers of text are of any type
    }

    private static string Text(JsonNode? node) => node!.ToJsonString().Trim('"');

    private static long Number(JsonNode of, string field) => of[field]!.GetValue<long>();
}
