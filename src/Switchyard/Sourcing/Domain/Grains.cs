namespace Switchyard.Sourcing;

/// <summary>
/// Costs as whole grains, 1/64000 of a minor unit. Figures beyond what trade knows (a price above 10^12 minor units, a cost per unit
/// above 7 × 10^13, 2.8 × 10^14 units) are held at that end, so that no sum overflows.
/// </summary>
internal static class Grains
{
    /// <summary>The most units that are sent of anything.</summary>
    public const long MostUnits = 1L << 48;

    private const long Limit = 1L << 56;

    public static long Clamp(Int128 value) => value > Limit ? Limit : value < -Limit ? -Limit : (long)value;

    /// <summary>A price per shipment; below 0 counts as 0.</summary>
    public static long OfMinor(long minor) =>
        minor <= 0 ? 0 : minor > Limit / (1000 * SourcingProblem.GrainsPerMilli) ? Limit : minor * (1000 * SourcingProblem.GrainsPerMilli);

    public static long Sum(long a, long b, long c) => Clamp((Int128)a + b + c);

    public static long OfUnit(SourcingNode node, LaneOffer lane, Want want) =>
        Clamp(SourcingProblem.GrainsPerMilli * MilliOfUnit(node, lane, want.SkuId, want.WeightGrams));

    /// <summary>Thousandths of a minor unit for one unit by this lane: weight, handling and opportunity.</summary>
    public static Int128 MilliOfUnit(SourcingNode node, LaneOffer lane, long skuId, long weightGrams)
    {
        long opportunity = node.Opportunity is not null && node.Opportunity.TryGetValue(skuId, out long value) ? value : 0;
        long perKg = Math.Max(0, lane.PerKgMinor);
        const long Small = 1L << 30;                                  // everyday figures stay out of 128-bit arithmetic
        if (perKg < Small && weightGrams < Small && node.HandlingMinor is > -Small and < Small && opportunity is > -Small and < Small)
            return perKg * weightGrams + (node.HandlingMinor + opportunity) * 1000;
        return Clamp((Int128)perKg * weightGrams + ((Int128)node.HandlingMinor + opportunity) * 1000);
    }

    /// <summary>Minor units for a unit of this line left behind.</summary>
    public static long Penalty(Demand demand) => Math.Clamp(demand.UnfilledPenaltyMinor, 0, 1L << 46);
}
