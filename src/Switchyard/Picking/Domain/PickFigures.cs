namespace Switchyard.Picking;

/// <summary>One entry of the scan log.</summary>
/// <param name="EndsLine">A line was picked, or found short, with it.</param>
public sealed record LoggedScan(string Operative, string Kind, long Units, bool EndsLine, long AtMs);

/// <summary>What one operative did in a span of time.</summary>
/// <param name="WorkSeconds">From the first scan to the last, less what was idle.</param>
/// <param name="IdleSeconds">Of gaps between scans, what is beyond the time a stop may take.</param>
/// <param name="LinesPerHour">Of work; null when there was too little to say.</param>
/// <param name="MisPickRate">Scans of a wrong item for each line.</param>
public sealed record OperativeFigures(string Operative, long Lines, long Units, long Shorts, long MisPicks, long WorkSeconds, long IdleSeconds, double? LinesPerHour, double? MisPickRate);

/// <summary>Adds up the scan log by operative.</summary>
public static class PickFigures
{
    /// <summary>A gap between two scans of at most so long is work; what is longer is idle beyond it.</summary>
    public const long MostGapSeconds = 300;

    /// <param name="scans">In any order.</param>
    /// <returns>By the lines, the most first.</returns>
    public static IReadOnlyList<OperativeFigures> Of(IEnumerable<LoggedScan> scans) =>
        [.. scans.GroupBy(s => s.Operative).Select(g => One(g.Key, [.. g.OrderBy(s => s.AtMs)])).OrderByDescending(f => f.Lines).ThenBy(f => f.Operative, StringComparer.Ordinal)];

    private static OperativeFigures One(string operative, IReadOnlyList<LoggedScan> scans)
    {
        long work = 0, idle = 0;
        for (int i = 1; i < scans.Count; i++)
        {
            long gap = scans[i].AtMs - scans[i - 1].AtMs, most = MostGapSeconds * 1000;
            work += Math.Min(gap, most);
            idle += Math.Max(0, gap - most);
        }
        long lines = scans.Count(s => s.EndsLine), wrong = scans.Count(s => s.Kind == "misPick");
        return new OperativeFigures(operative, lines, scans.Sum(s => s.Units), scans.Count(s => s is { EndsLine: true, Kind: "short" or "damaged" }), wrong, work / 1000, idle / 1000,
            work == 0 ? null : Math.Round(lines * 3_600_000.0 / work, 2), lines == 0 ? null : Math.Round((double)wrong / lines, 4));
    }
}
