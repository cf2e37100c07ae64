namespace Switchyard.Kernel;

/// <summary>Times as a clock on a wall shows them.</summary>
public static class LocalTime
{
    private static readonly TimeSpan FarthestOffset = TimeSpan.FromHours(15);

    /// <summary>
    /// The instant, in UTC, at which a zone's clock shows a time. One that it shows twice is meant the first time; one that it leaps over
    /// comes as much later as it leaps.
    /// </summary>
    /// <remarks>
    /// Only offsets at instants are asked for. Whether a local time is ambiguous or leapt over .NET answers wrongly where winter is the
    /// time that differs (Dublin, Casablanca): a time of the hour leapt over there counts as valid.
    /// </remarks>
    public static DateTimeOffset InstantOf(this TimeZoneInfo zone, DateTime local)
    {
        var shown = new DateTimeOffset(local.Ticks, TimeSpan.Zero);
        var (before, after) = (zone.GetUtcOffset(shown - FarthestOffset), zone.GetUtcOffset(shown + FarthestOffset));
        var (first, last) = before > after ? (shown - before, shown - after) : (shown - after, shown - before);
        if (zone.GetUtcOffset(first) == shown - first) return first;
        return zone.GetUtcOffset(last) == shown - last ? last : shown - before;
    }
}
