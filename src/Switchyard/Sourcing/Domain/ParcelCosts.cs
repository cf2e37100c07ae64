namespace Switchyard.Sourcing;

/// <summary>The cost of a parcel by its parts, minor units; they add up to the whole.</summary>
/// <param name="CarriageMinor">What the carrier takes.</param>
/// <param name="PickMinor">What the node takes for a parcel.</param>
/// <param name="HandlingMinor">What it takes for the units, and what the rounding of the others leaves.</param>
/// <param name="Days">From placing to delivery: ready and on the way.</param>
public sealed record ParcelCost(string Service, int TransitDays, int Days, long CarriageMinor, long PickMinor, long HandlingMinor)
{
    public long TotalMinor => CarriageMinor + PickMinor + HandlingMinor;
}

/// <summary>Takes the costs that the engine reckons with apart again, for people. Pure.</summary>
public static class ParcelCosts
{
    /// <summary>Of these units from a node by a service: of its lanes the cheapest that carries so much, or of all where none does.</summary>
    /// <param name="service">Null: whichever is cheapest.</param>
    /// <returns>Null where the node has no such service.</returns>
    public static ParcelCost? Of(SourcingNode node, string? service, IReadOnlyList<(Demand Demand, long Units)> units)
    {
        decimal grams = units.Sum(u => (decimal)Math.Max(0, u.Demand.WeightGrams) * u.Units);
        var lanes = node.Lanes.Where(l => service is null || l.Service == service).ToList();
        if (lanes.Exists(l => l.MaxWeightGrams >= grams)) lanes.RemoveAll(l => l.MaxWeightGrams < grams);
        if (lanes.Count == 0) return null;
        var (lane, total, carriage) = lanes.Select(l => (l, Total(l), Carriage(l))).MinBy(l => l.Item2);
        long all = Minor(total), carried = Minor(carriage), pick = Math.Max(0, node.PickFixedMinor);
        return new ParcelCost(lane.Service, lane.TransitDays, node.ReadyDay + lane.TransitDays, carried, pick, all - carried - pick);

        Int128 Carriage(LaneOffer l)
        {
            Int128 milli = (Int128)Math.Max(0, l.BaseMinor) * 1000;
            foreach (var (demand, count) in units) milli += (Int128)Math.Max(0, l.PerKgMinor) * Math.Max(0, demand.WeightGrams) * count;
            return milli;
        }

        Int128 Total(LaneOffer l)
        {
            Int128 milli = ((Int128)Math.Max(0, l.BaseMinor) + Math.Max(0, node.PickFixedMinor)) * 1000;
            foreach (var (demand, count) in units) milli += count * Grains.MilliOfUnit(node, l, demand.SkuId, Math.Max(0, demand.WeightGrams));
            return milli;
        }
    }

    private static long Minor(Int128 milli) => SourcingReport.Saturate(SourcingReport.Minor(milli));
}
