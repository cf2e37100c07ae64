using Switchyard.Sourcing;

namespace Switchyard.Reporting;

/// <summary>From when somebody paid to when a carrier had it.</summary>
/// <param name="From">When it could be worked on: placed and paid.</param>
/// <param name="To">The carrier's first scan, or when it was handed over where no carrier scans.</param>
/// <param name="Held">Holds on it, as they were; they may overlap and go beyond.</param>
public sealed record Dispatch(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Held);

/// <param name="Elapsed">From end to end, less what it was held.</param>
/// <param name="Open">Of that, when people work at the node.</param>
/// <param name="Held">How long it was held in between.</param>
public sealed record DispatchTime(TimeSpan Elapsed, TimeSpan Open, TimeSpan Held);

/// <summary>Measures how fast orders leave. Instants are counted, not clock times: a day of 23 or 25 hours is so long.</summary>
public static class DispatchSpeed
{
    public static DispatchTime Of(Dispatch dispatch, NodeCalendar calendar)
    {
        var held = Merged(dispatch);
        var free = Between(dispatch.From, dispatch.To, held);
        var total = Sum(held);
        return new DispatchTime(dispatch.To - dispatch.From - total, TimeSpan.FromTicks(free.Sum(f => Open(f.From, f.To, calendar).Ticks)), total);
    }

    /// <summary>How long people work at a node between two instants.</summary>
    public static TimeSpan Open(DateTimeOffset from, DateTimeOffset to, NodeCalendar calendar)
    {
        var open = TimeSpan.Zero;
        for (var day = calendar.DayOf(from); day <= calendar.DayOf(to); day = day.AddDays(1))
        {
            if (!calendar.Works(day)) continue;
            bool isToEnd = calendar.EndOf(day) == calendar.LastSecondOf(day);
            var (begin, end) = (calendar.StartOf(day), isToEnd ? calendar.At(day.AddDays(1), TimeOnly.MinValue) : calendar.EndOf(day));
            (begin, end) = (begin > from ? begin : from, end < to ? end : to);
            if (end > begin) open += end - begin;
        }
        return open;
    }

    /// <summary>The value below which this share lies, by nearest rank; null of none.</summary>
    /// <param name="percent">1 to 100.</param>
    public static TimeSpan? Percentile(IReadOnlyCollection<TimeSpan> values, int percent) =>
        values.Count == 0 ? null : values.Order().ElementAt((values.Count * percent + 99) / 100 - 1);

    private static List<(DateTimeOffset From, DateTimeOffset To)> Merged(Dispatch dispatch)
    {
        var merged = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var (from, to) in dispatch.Held.Select(h => (From: h.From > dispatch.From ? h.From : dispatch.From, To: h.To < dispatch.To ? h.To : dispatch.To)).Where(h => h.To > h.From).OrderBy(h => h.From))
            if (merged.Count > 0 && from <= merged[^1].To) merged[^1] = (merged[^1].From, to > merged[^1].To ? to : merged[^1].To);
            else merged.Add((from, to));
        return merged;
    }

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Between(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> held)
    {
        foreach (var hold in held)
        {
            yield return (from, hold.From);
            from = hold.To;
        }
        yield return (from, to);
    }

    private static TimeSpan Sum(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans) => TimeSpan.FromTicks(spans.Sum(s => (s.To - s.From).Ticks));
}
