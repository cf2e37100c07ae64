using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Edi;

/// <summary>Dates (YYMMDD, CCYYMMDD) and times (HHMM, HHMMSS, and hundredths) as X12 writes them.</summary>
public static class X12Dates
{
    public static bool IsDate(string text) => Date(text) is not null;

    /// <summary>The date; two digits of a year are of this century. Null when it is none.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text.Length == 6 ? "20" + text : text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public static bool IsTime(string text) => Time(text) is not null;

    /// <summary>The time of day; null when it is none.</summary>
    public static TimeOnly? Time(string text) => text.Length is 4 or 6 or 7 or 8 && text.All(char.IsAsciiDigit)
        && TimeOnly.TryParseExact(text[..Math.Min(6, text.Length)], ["HHmm", "HHmmss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>The instant of a local time. The code is that of X12 data element 623: a zone, UT, LT for the partner's own, or 01 to 24 as hours from UTC.</summary>
    /// <param name="zone">Where the code says none.</param>
    public static DateTimeOffset At(DateOnly date, TimeOnly time, string code, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time);
        if (code is "UT" or "GM") return new DateTimeOffset(local, TimeSpan.Zero);
        if (Number(code) is { } hour and >= 1 and <= 24) return new DateTimeOffset(local, TimeSpan.FromHours(hour <= 12 ? hour : hour - 25));
        if (code.Length == 2 && code[1] is var season and ('S' or 'D' or 'T') && Places.TryGetValue(code[0], out var known))
        {
            if (season != 'T') return new DateTimeOffset(local, TimeSpan.FromHours(season == 'S' ? known.Hours : known.Hours + 1));
            if (TimeZoneInfo.TryFindSystemTimeZoneById(known.Zone, out var found)) zone = found;
        }
        return zone.InstantOf(local);
    }

    /// <summary>ET, CT, MT, PT, AT and their standard (S) and summer (D) times.</summary>
    private static readonly Dictionary<char, (string Zone, int Hours)> Places = new()
    {
        ['A'] = ("America/Halifax", -4), ['E'] = ("America/New_York", -5), ['C'] = ("America/Chicago", -6), ['M'] = ("America/Denver", -7), ['P'] = ("America/Los_Angeles", -8),
    };

    private static int? Number(string code) => code.Length == 2 && code.All(char.IsAsciiDigit) ? int.Parse(code, CultureInfo.InvariantCulture) : null;

    public static string Of(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    public static string TimeOf(DateTimeOffset at) => at.UtcDateTime.ToString("HHmm", CultureInfo.InvariantCulture);
}
