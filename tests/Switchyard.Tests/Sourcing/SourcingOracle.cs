using Shouldly;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

/// <summary>Every plan there is, one after the other: for problems small enough, and written without a thought for speed.</summary>
public static class SourcingOracle
{
    /// <summary>Units sent and thousandths of a minor unit of the best plan; under FillFirst most units come first.</summary>
    public static (long Units, long Milli) Best(
        IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options, bool areWeightsKept)
    {
        var best = (Units: -1L, Milli: long.MaxValue);
        Choose(0, []);
        return best;

        void Choose(int n, List<(SourcingNode Node, LaneOffer Lane)> open)
        {
            if (n == nodes.Count)
            {
                if (open.Count <= Math.Max(0, options.MaxShipments)) Fill(open);
                return;
            }
            Choose(n + 1, open);
            foreach (var lane in nodes[n].Lanes.Where(l => options.PromiseDays is not { } days || nodes[n].ReadyDay + l.TransitDays <= days))
                Choose(n + 1, [.. open, (nodes[n], lane)]);
        }

        void Fill(List<(SourcingNode Node, LaneOffer Lane)> open)
        {
            long start = open.Sum(o => (o.Lane.BaseMinor + o.Node.PickFixedMinor) * 1000) + Math.Max(0, open.Count - 1) * options.SplitPenaltyMinor * 1000;
            var stock = open.Select(o => o.Node.Available.ToDictionary()).ToArray();
            var grams = new long[open.Count];
            var units = new long[open.Count];
            Line(0, 0, demands.Count == 0 ? 0 : demands[0].Quantity, 0, start);

            void Line(int d, int s, long left, long sent, long milli)
            {
                if (d == demands.Count)
                {
                    if (units.Any(u => u == 0)) return;                  // a shipment of nothing is none
                    if (options.FillFirst ? sent < best.Units || (sent == best.Units && milli >= best.Milli) : milli >= best.Milli) return;
                    best = (sent, milli);
                    return;
                }
                var demand = demands[d];
                if (s == open.Count)
                {
                    if (!options.MayDivideLines && left > 0 && left < demand.Quantity) return;
                    Line(d + 1, 0, d + 1 < demands.Count ? demands[d + 1].Quantity : 0, sent, milli + left * demand.UnfilledPenaltyMinor * 1000);
                    return;
                }
                long here = Math.Max(0, stock[s].GetValueOrDefault(demand.SkuId));
                for (long take = 0; take <= Math.Min(left, here); take++)
                {
                    if (!options.MayDivideLines && take != 0 && take != demand.Quantity) continue;
                    if (take > 0 && demand.WeightGrams > open[s].Lane.MaxWeightGrams) break;
                    if (areWeightsKept && grams[s] + take * demand.WeightGrams > open[s].Lane.MaxWeightGrams) break;
                    stock[s][demand.SkuId] = here - take;
                    grams[s] += take * demand.WeightGrams;
                    units[s] += take;
                    Line(d, s + 1, left - take, sent + take, milli + take * Unit(open[s], demand));
                    units[s] -= take;
                    grams[s] -= take * demand.WeightGrams;
                    stock[s][demand.SkuId] = here;
                }
            }
        }
    }

    public static long Unit((SourcingNode Node, LaneOffer Lane) by, Demand demand) =>
        by.Lane.PerKgMinor * demand.WeightGrams
        + (by.Node.HandlingMinor + (by.Node.Opportunity?.GetValueOrDefault(demand.SkuId) ?? 0)) * 1000;

    /// <summary>Checks that a plan is possible and costs what it says.</summary>
    public static void Check(IReadOnlyList<Demand> demands, IReadOnlyList<SourcingNode> nodes, SourcingOptions options, SourcingPlan plan, string what)
    {
        var byLine = demands.Where(d => d.Quantity > 0).ToDictionary(d => d.Line);
        var covered = plan.Shipments.SelectMany(s => s.Parts).Concat(plan.Unfilled).GroupBy(p => p.Line).ToDictionary(g => g.Key, g => g.Sum(p => p.Quantity));
        covered.ShouldBe(byLine.ToDictionary(d => d.Key, d => d.Value.Quantity), ignoreOrder: true, what);
        plan.Shipments.Select(s => s.NodeId).ShouldBe(plan.Shipments.Select(s => s.NodeId).Distinct().Order(), what);
        plan.Shipments.Count.ShouldBeLessThanOrEqualTo(Math.Max(0, options.MaxShipments), what);
        plan.Candidates.Select(c => c.NodeId).ShouldBe(nodes.Select(n => n.NodeId).Distinct().Order(), what);
        plan.Candidates.Where(c => c.Code == CandidateCodes.Chosen).Select(c => c.NodeId).ShouldBe(plan.Shipments.Select(s => s.NodeId), what);
        Int128 milli = Math.Max(0, plan.Shipments.Count - 1) * (Int128)options.SplitPenaltyMinor * 1000;
        foreach (var part in plan.Unfilled) milli += (Int128)part.Quantity * byLine[part.Line].UnfilledPenaltyMinor * 1000;
        long told = plan.Shipments.Count > 0 ? checked((plan.Shipments.Count - 1) * options.SplitPenaltyMinor) : 0;
        foreach (var part in plan.Unfilled) told += part.Quantity * byLine[part.Line].UnfilledPenaltyMinor;
        foreach (var shipment in plan.Shipments)
        {
            var node = nodes.First(n => n.NodeId == shipment.NodeId);
            var lane = node.Lanes.First(l => l.Service == shipment.Service);
            if (options.PromiseDays is { } days) (node.ReadyDay + lane.TransitDays).ShouldBeLessThanOrEqualTo(days, what);
            shipment.Parts.ShouldNotBeEmpty(what);
            milli += (Int128)(lane.BaseMinor + node.PickFixedMinor) * 1000;
            foreach (var part in shipment.Parts)
            {
                part.Quantity.ShouldBePositive(what);
                if (!options.MayDivideLines) part.Quantity.ShouldBe(byLine[part.Line].Quantity, what);
                milli += (Int128)part.Quantity * Unit((node, lane), byLine[part.Line]);
            }
            foreach (var sku in shipment.Parts.GroupBy(p => byLine[p.Line].SkuId))
                sku.Sum(p => p.Quantity).ShouldBeLessThanOrEqualTo(node.Available[sku.Key], what);
            told += shipment.CostMinor;
        }
        plan.CostMinor.ShouldBe(Rounded(milli), what);
        told.ShouldBe(plan.CostMinor, what);
        plan.BoundMinor.ShouldBeLessThanOrEqualTo(plan.CostMinor, what);
        if (plan.IsProven) plan.BoundMinor.ShouldBe(plan.CostMinor, what);
    }

    public static long Rounded(Int128 milli) => (long)Int128.CreateChecked(Math.Floor(((decimal)milli + 500) / 1000));
}
