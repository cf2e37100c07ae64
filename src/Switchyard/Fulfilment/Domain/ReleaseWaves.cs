using System.Globalization;
using Switchyard.Sourcing;

namespace Switchyard.Fulfilment;

/// <summary>When a node is given its work: times of day by its own clock, on its working days.</summary>
/// <param name="Times">Ascending, at least one.</param>
public sealed record ReleaseWaves(NodeCalendar Calendar, IReadOnlyList<TimeOnly> Times)
{
    /// <summary>A node that does not work for so long has no next wave.</summary>
    private const int MostDays = 60;

    /// <summary>The last wave at or before an instant; null when there was none for weeks.</summary>
    public DateTimeOffset? Last(DateTimeOffset now) => Days(now, -1).SelectMany(day => Times.Reverse().Select(time => Calendar.At(day, time)))
        .Where(at => at <= now).Cast<DateTimeOffset?>().FirstOrDefault();

    /// <summary>The next wave after an instant; null when there is none for weeks.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) => Days(now, 1).SelectMany(day => Times.Select(time => Calendar.At(day, time)))
        .Where(at => at > now).Cast<DateTimeOffset?>().FirstOrDefault();

    public static bool TryTime(string? text, out TimeOnly time) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private IEnumerable<DateOnly> Days(DateTimeOffset now, int step)
    {
        var today = Calendar.DayOf(now);
        return Enumerable.Range(0, MostDays).Select(i => today.AddDays(i * step)).Where(Calendar.Works);
    }
}
