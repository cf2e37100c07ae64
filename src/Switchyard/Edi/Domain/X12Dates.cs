using System.Globalization;

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

    public static string Of(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    public static string TimeOf(DateTimeOffset at) => at.UtcDateTime.ToString("HHmm", CultureInfo.InvariantCulture);
}
