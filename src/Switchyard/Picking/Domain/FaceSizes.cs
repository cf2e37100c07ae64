namespace Switchyard.Picking;

/// <summary>How many units a pick face is best kept between, by what left it.</summary>
public static class FaceSizes
{
    /// <summary>Minimum: what is picked in <paramref name="leastDays"/>; maximum: in <paramref name="mostDays"/>, in whole cases, as far as the bin takes it.</summary>
    /// <param name="picked">Units that left in <paramref name="days"/> days, above 0.</param>
    /// <param name="caseUnits">Units in the smallest case; 1 when no case is known.</param>
    /// <param name="capacity">Units that the bin takes; null: not known.</param>
    /// <returns>The maximum is at least 1 and at least the minimum.</returns>
    public static (long Min, long Max) Of(long picked, int days, int leastDays, int mostDays, long caseUnits, long? capacity)
    {
        long most = Up(Up(picked * mostDays, days), caseUnits) * caseUnits;
        if (capacity is { } fits && most > fits) most = fits >= caseUnits ? fits - fits % caseUnits : fits;
        return (Math.Min(Up(picked * leastDays, days), most), most);
    }

    private static long Up(long units, long by) => (units + by - 1) / by;
}
