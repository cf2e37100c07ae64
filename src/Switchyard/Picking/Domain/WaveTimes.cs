using Switchyard.Fulfilment;
using Switchyard.Sourcing;

namespace Switchyard.Picking;

/// <summary>When a rule makes its waves: at times of day, and so many minutes before each cut-off of the node, by the node's clock on its working days.</summary>
internal static class WaveTimes
{
    /// <summary>Null where the rule has no time at all: it is for making waves by hand, or the node has no cut-off.</summary>
    public static ReleaseWaves? Of(NodeCalendar calendar, IEnumerable<TimeOnly> cutOffs, IReadOnlyList<string> times, int? minutesBefore)
    {
        var all = times.Select(t => ReleaseWaves.TryTime(t, out var time) ? time : (TimeOnly?)null).OfType<TimeOnly>();
        // What would fall on the day before is left out: that day had its own cut-off.
        if (minutesBefore is { } minutes) all = all.Concat(cutOffs.Where(c => c.ToTimeSpan().TotalMinutes >= minutes).Select(c => c.AddMinutes(-minutes)));
        TimeOnly[] sorted = [.. all.Distinct().Order()];
        return sorted.Length == 0 ? null : new ReleaseWaves(calendar, sorted);
    }
}
