using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Reporting;

/// <summary>The days a report is about, by UTC.</summary>
internal static class ReportDays
{
    private const int UsualDays = 30;

    /// <summary>First and last day; the last 30 up to today, when neither is said.</summary>
    public static (DateOnly First, DateOnly Last) Read(string? from, string? to, DateOnly today, int most, Checks checks)
    {
        var (first, last) = (Day(from, "#from", checks), Day(to, "#to", checks));
        var end = last ?? (first is { } given && given.DayNumber + UsualDays <= today.DayNumber ? given.AddDays(UsualDays - 1) : first > today ? first.Value : today);
        var begin = first ?? end.AddDays(1 - UsualDays);
        checks.That(begin <= end && end.DayNumber - begin.DayNumber < most, "#from", "field.out_of_range", $"At most {most} days, the first before the last.");
        return (begin, end);
    }

    public static long Begin(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static DateOnly? Day(string? text, string pointer, Checks checks)
    {
        if (text is null) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200) return day;
        checks.Fault(pointer, "field.malformed", "A day is expected as yyyy-MM-dd.");
        return null;
    }
}
