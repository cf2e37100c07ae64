namespace Switchyard.Reporting;

/// <summary>A moment at which somebody did something for a release: a scan of a walk, an entry at the packing table.</summary>
/// <param name="Span">What the moments belong to whose distances are work: a walk, or one release at one table.</param>
/// <param name="BeginsMs">When the span began, where that is known: the first moment is as far from it.</param>
public sealed record WorkMoment(Guid Span, Guid Release, string Actor, long AtMs, long? BeginsMs = null);

/// <summary>Adds up what orders cost to fulfil: labour from the times people were seen working, packaging, shipping.</summary>
public static class FulfilmentCosts
{
    /// <summary>Between two moments at most so long is work; what is longer is a pause.</summary>
    public const long MostGapMs = 300_000;

    /// <summary>Work by release and actor, in milliseconds: each moment ends what was done for it.</summary>
    public static IReadOnlyDictionary<(Guid Release, string Actor), long> Times(IEnumerable<WorkMoment> moments)
    {
        var times = new Dictionary<(Guid, string), long>();
        foreach (var span in moments.GroupBy(m => (m.Span, m.Actor)))
        {
            long? before = null;
            foreach (var moment in span.OrderBy(m => m.AtMs))
            {
                long gap = Math.Clamp(moment.AtMs - (before ?? moment.BeginsMs ?? moment.AtMs), 0, MostGapMs);
                times[(moment.Release, moment.Actor)] = times.GetValueOrDefault((moment.Release, moment.Actor)) + gap;
                before = moment.AtMs;
            }
        }
        return times;
    }

    /// <summary>What work costs, to the nearest minor unit, halves up.</summary>
    public static long Labour(long ms, long perHourMinor) => (long)Math.Round((decimal)ms * perHourMinor / 3_600_000m, MidpointRounding.AwayFromZero);

    /// <summary>A mean with two decimals of a minor unit; null of none.</summary>
    public static decimal? Mean(long sum, long count) => count == 0 ? null : Math.Round((decimal)sum / count, 2, MidpointRounding.AwayFromZero);
}
