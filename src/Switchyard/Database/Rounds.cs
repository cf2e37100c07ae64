namespace Switchyard.Database;

/// <summary>Work of the house that comes round: safe to run twice, and no fault of one round ends the next.</summary>
internal static partial class Rounds
{
    /// <summary>Runs <paramref name="round"/> after every pause until the server stops.</summary>
    /// <param name="what">What was not done when a round fails, for the log.</param>
    /// <param name="atOnce">The first round begins now, not after a pause.</param>
    public static async Task Every(TimeSpan pause, TimeProvider clock, Func<Task> round, ILogger log, string what, CancellationToken stop, bool atOnce = false)
    {
        using var timer = new PeriodicTimer(pause, clock);
        while (atOnce || await Next(timer, stop))
        {
            atOnce = false;
            try { await round(); }
#pragma warning disable CA1031 // the process edge: what is thrown past here would stop the server
            catch (Exception e) { Failed(log, e, what); }
#pragma warning restore CA1031
        }
    }

    private static async ValueTask<bool> Next(PeriodicTimer timer, CancellationToken stop)
    {
        try { return await timer.WaitForNextTickAsync(stop); }
        catch (OperationCanceledException) { return false; }
    }

    [LoggerMessage(LogLevel.Warning, "{What}; the next round tries again")]
    private static partial void Failed(ILogger log, Exception e, string what);
}
