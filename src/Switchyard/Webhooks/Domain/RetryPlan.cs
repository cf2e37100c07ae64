namespace Switchyard.Webhooks;

/// <summary>When a delivery that failed is tried again, and when it is given up.</summary>
public static class RetryPlan
{
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(24),
    ];

    /// <summary>What a receiver may ask for by Retry-After; more is not believed.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    // From so many failures in a row on a receiver is probed one delivery at a time, with a rest between that doubles.
    private const int FailuresUntilRest = 5;
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5), LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>The instant of the next try, UTC milliseconds; null when it would come after the window and the delivery is given up.</summary>
    /// <param name="tries">Tries made so far, ≥ 1; the last wait is used again and again.</param>
    /// <param name="firstTriedAtMs">When the window began.</param>
    /// <param name="jitter">From 0 to 1: adds up to a tenth of the wait, so that what failed together does not return together.</param>
    public static long? Next(IReadOnlyList<TimeSpan> waits, TimeSpan window, int tries, long firstTriedAtMs, long nowMs, TimeSpan? asked, double jitter)
    {
        double wait = waits[Math.Min(tries, waits.Count) - 1].TotalMilliseconds * (1 + jitter / 10);
        if (asked is { } least) wait = Math.Max(wait, Math.Min(least.TotalMilliseconds, LongestAsked.TotalMilliseconds));
        long at = nowMs + (long)wait;
        return at - firstTriedAtMs > (long)window.TotalMilliseconds ? null : at;
    }

    /// <summary>How long a receiver is left alone after so many failures in a row, milliseconds; 0 for few.</summary>
    public static long RestMs(long failures) => !IsFailing(failures) ? 0
        : (long)Math.Min(FirstRest.TotalMilliseconds * Math.Pow(2, Math.Min(failures - FailuresUntilRest, 20)), LongestRest.TotalMilliseconds);

    /// <summary>Is the receiver itself taken to be down, rather than one delivery to be at fault?</summary>
    public static bool IsFailing(long failures) => failures >= FailuresUntilRest;
}
