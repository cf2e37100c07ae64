using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>What a GS1 code says of the goods it is on.</summary>
/// <param name="Elements">Application identifiers and their values as they stand in the code.</param>
public sealed record Gs1Scan(IReadOnlyList<(string Ai, string Value)> Elements)
{
    /// <summary>AI 00: the number of the pallet or parcel, 18 digits.</summary>
    public string? Sscc => Of("00");

    /// <summary>AI 01, or 02 of what is inside: 14 digits.</summary>
    public string? Gtin => Of("01") ?? Of("02");

    /// <summary>AI 10.</summary>
    public string? Lot => Of("10");

    /// <summary>AI 21.</summary>
    public string? Serial => Of("21");

    /// <summary>AI 37 or 30: how many of the GTIN there are; null when it is one.</summary>
    public long? Count => (Of("37") ?? Of("30")) is { } count ? long.Parse(count, CultureInfo.InvariantCulture) : null;

    /// <summary>AI 17, else 7003, else 15, else 16: the last day on which it may be used or sold.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>AI 310n: net weight; parts of a gram are cut off.</summary>
    public long? NetGrams { get; init; }

    private string? Of(string ai) => Elements.FirstOrDefault(e => e.Ai == ai).Value;
}

/// <summary>
/// Reads GS1 codes as scanners send them (symbology identifier, FNC1 as character 29) and as they are printed in brackets; paper draws its codes by the same table. Source: the
/// facts of the GS1 General Specifications (application identifiers, their lengths, 7.8 on separators, 7.9 on check digits, 7.12 on centuries). Why a table of our own: docs/rooms/warehouse.md.
/// </summary>
public static class Gs1
{
    /// <summary>FNC1 between elements, as scanners send it.</summary>
    public const char Separator = '\u001d';
    public const int MostCharacters = 300;

    // Two digits of a year are then of 2000 to 2099: enough to know a day, of which every fourth year has one more.
    private const int AnyYear = 2049;

    private static readonly string[] Marks = ["]C1", "]d2", "]Q3", "]e0", "]J1"];

    /// <param name="Ai">The first digits; n stands for any last digit.</param>
    /// <param name="IsNumber">Digits only; else the 82 characters that GS1 allows.</param>
    /// <param name="IsFixed">Of a length that every scanner knows: no separator is needed after it.</param>
    private sealed record Form(string Ai, int Least, int Most, bool IsNumber, bool IsFixed = false, bool HasCheckDigit = false, bool IsDay = false);

    private static readonly Form[] Forms =
    [
        new("00", 18, 18, true, true, true), new("01", 14, 14, true, true, true), new("02", 14, 14, true, true, true), new("10", 1, 20, false),
        .. new[] { "11", "12", "13", "15", "16", "17" }.Select(ai => new Form(ai, 6, 6, true, true, IsDay: true)),
        new("20", 2, 2, true, true), new("21", 1, 20, false), new("22", 1, 20, false), new("240", 1, 30, false), new("241", 1, 30, false), new("250", 1, 30, false),
        new("30", 1, 8, true), new("37", 1, 8, true), new("310n", 6, 6, true, true), new("320n", 6, 6, true, true), new("330n", 6, 6, true, true),
        new("400", 1, 30, false), new("401", 1, 30, false), new("402", 17, 17, true, false, true),
        .. new[] { "410", "411", "412", "413", "414", "415", "416", "417" }.Select(ai => new Form(ai, 13, 13, true, true, true)),
        new("420", 1, 20, false), new("421", 4, 12, false), new("7003", 10, 10, true, false, false, true),
        .. Enumerable.Range(90, 10).Select(ai => new Form(Text.Invariant(ai), 1, ai == 90 ? 30 : 90, false)),
    ];

    /// <summary>Is it written as a GS1 code? A GTIN alone is not.</summary>
    public static bool IsGs1(string text) => text.Contains(Separator, StringComparison.Ordinal) || Marks.Any(m => text.StartsWith(m, StringComparison.Ordinal))
        || text.Length > 4 && text[0] == '(' && char.IsAsciiDigit(text[1]);

    /// <summary>Reads a code.</summary>
    /// <param name="year">The year it is: two digits of a year are the one nearest to it.</param>
    /// <remarks>Errors: gs1.malformed, gs1.unknown_identifier, gs1.length, gs1.characters, gs1.day, gs1.repeated, gs1.count_missing, barcode.check_digit.</remarks>
    public static Result<Gs1Scan> Parse(string text, int year)
    {
        text = text.Trim(' ', '\r', '\n', '\t');
        if (text.Length > MostCharacters) return Error.Invalid("gs1.malformed", $"A code may have at most {MostCharacters} characters.");
        var split = text.StartsWith('(') ? Bracketed(text) : Sent(text);
        if (split.Error is { } error) return error;
        var elements = new List<(string Ai, string Value)>();
        foreach (var (form, ai, value) in split.Value)
        {
            if (Check(form, ai, value, year) is { } fault) return fault;
            int known = elements.FindIndex(e => e.Ai == ai);
            if (known >= 0 && elements[known].Value != value) return Error.Invalid("gs1.repeated", $"({ai}) stands twice with different values.");
            if (known < 0) elements.Add((ai, value));
        }
        if (elements.Count == 0) return Error.Invalid("gs1.malformed", "The code says nothing.");
        var scan = new Gs1Scan(elements);
        if (elements.Any(e => e.Ai == "02") && scan.Count is null) return Error.Invalid("gs1.count_missing", "(02) tells what is inside, but how many is missing (37).");
        return scan with { ExpiresOn = Expiry(elements, year), NetGrams = Grams(elements) };
    }

    /// <summary>The elements of a text with its identifiers in brackets; null when it is not such a text or something in it is wrong.</summary>
    public static IReadOnlyList<(string Ai, string Value)>? Read(string text) => text.StartsWith('(') && Parse(text, AnyYear) is { IsOk: true } scan ? scan.Value.Elements : null;

    /// <summary>Does a scanner know where this element ends, so that no separator is needed after it?</summary>
    public static bool EndsItself(string ai) => Find(ai) is { IsFixed: true };

    /// <summary>The check digit of a GTIN, GLN or SSCC: weights 3 and 1 from the right, up to the next ten.</summary>
    /// <param name="digits">ASCII digits without the check digit.</param>
    /// <returns>0 to 9.</returns>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        int sum = 0;
        for (int i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * ((digits.Length - i) % 2 == 1 ? 3 : 1);
        return (10 - sum % 10) % 10;
    }

    /// <summary>Is it all digits, and is the last one the check digit of the others?</summary>
    public static bool IsRight(string digits) => digits.Length > 1 && digits.All(char.IsAsciiDigit) && CheckDigit(digits.AsSpan(0, digits.Length - 1)) == digits[^1] - '0';

    /// <summary>A serial shipping container code: extension digit, company prefix and serial, with its check digit. 18 digits.</summary>
    /// <param name="prefix">The GS1 company prefix, 7 to 10 digits.</param>
    /// <param name="serial">From 0; so many digits as the prefix leaves of 16.</param>
    /// <returns>Null when the serial no longer fits.</returns>
    public static string? Sscc(int extension, string prefix, long serial)
    {
        string digits = $"{extension}{prefix}{Text.Invariant(serial).PadLeft(16 - prefix.Length, '0')}";
        return digits.Length == 17 && digits.All(char.IsAsciiDigit) ? digits + Text.Invariant(CheckDigit(digits)) : null;
    }

    /// <summary>The code as it is printed: identifiers in brackets.</summary>
    public static string Show(Gs1Scan scan) => string.Concat(scan.Elements.Select(e => $"({e.Ai}){e.Value}"));

    /// <summary>The code as a scanner sends it, with separators where they are needed.</summary>
    public static string Send(Gs1Scan scan) => "]C1" + string.Concat(scan.Elements.Select((e, i) => e.Ai + e.Value + (i == scan.Elements.Count - 1 || EndsItself(e.Ai) ? "" : Separator)));

    private static Result<List<(Form, string, string)>> Bracketed(string text)
    {
        var found = new List<(Form, string, string)>();
        int at = 0;
        while (at < text.Length)
        {
            int end = text.IndexOf(')', at);
            if (text[at] != '(' || end < 0) return Error.Invalid("gs1.malformed", "An identifier in brackets is expected, such as (01).");
            string ai = text[(at + 1)..end];
            if (Find(ai) is not { } form || ai.Length != form.Ai.Length) return Unknown(ai);
            // A bracket may be part of a value: the next identifier begins where a known one stands in brackets, no sooner than the value may end.
            int next = end + 1 + form.Least;
            while (next < text.Length && !(text[next] == '(' && text.IndexOf(')', next) is var close && close > next && Find(text[(next + 1)..close]) is not null)) next++;
            if (next > text.Length) return Length(ai, text.Length - end - 1);
            found.Add((form, ai, text[(end + 1)..next]));
            at = next;
        }
        return found;
    }

    private static Result<List<(Form, string, string)>> Sent(string text)
    {
        if (Marks.FirstOrDefault(m => text.StartsWith(m, StringComparison.Ordinal)) is { } mark) text = text[mark.Length..];
        var found = new List<(Form, string, string)>();
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] == Separator) { at++; continue; }
            if (Find(text[at..Math.Min(text.Length, at + 4)], isBeginning: true) is not { } form) return Unknown(text[at..Math.Min(text.Length, at + 4)]);
            int from = at + form.Ai.Length, end = text.IndexOf(Separator, from);
            if (end < 0) end = text.Length;
            if (form.IsFixed) end = Math.Min(end, from + form.Most);
            found.Add((form, text[at..from], text[from..end]));
            at = end;
        }
        return found;
    }

    private static Form? Find(string ai, bool isBeginning = false) => Array.Find(Forms, f =>
        (isBeginning ? ai.Length >= f.Ai.Length : ai.Length == f.Ai.Length) && f.Ai.Index().All(c => c.Item == 'n' ? ai[c.Index] is >= '0' and <= '5' : ai[c.Index] == c.Item));

    private static Error? Check(Form form, string ai, string value, int year)
    {
        if (value.Length < form.Least || value.Length > form.Most) return Length(ai, value.Length);
        if (form.IsNumber ? !value.All(char.IsAsciiDigit) : !value.All(IsAllowed)) return Error.Invalid("gs1.characters", $"({ai}) holds a character that may not stand there.");
        if (form.HasCheckDigit && CheckDigit(value.AsSpan(0, value.Length - 1)) is var right && value[^1] - '0' != right)
            return Error.Invalid("barcode.check_digit", $"({ai}){value} has the wrong check digit: the last digit should be {right}.");
        return form.IsDay && Day(value, year) is null ? Error.Invalid("gs1.day", $"({ai}){value} is no day: year, month and day with two digits each are expected.") : null;
    }

    private static DateOnly? Expiry(List<(string Ai, string Value)> elements, int year) =>
        new[] { "17", "7003", "15", "16" }.Select(ai => elements.Find(e => e.Ai == ai).Value).FirstOrDefault(v => v is not null) is { } value ? Day(value, year) : null;

    private static long? Grams(List<(string Ai, string Value)> elements)
    {
        if (elements.Find(e => e.Ai.StartsWith("310", StringComparison.Ordinal)) is not ({ } ai, { } value)) return null;
        decimal grams = decimal.Parse(value, CultureInfo.InvariantCulture) * 1000;
        for (int n = ai[3] - '0'; n > 0; n--) grams /= 10;
        return (long)grams;
    }

    /// <summary>A day of six digits; day 00 is the last of its month. The century is that which lies within 50 years.</summary>
    private static DateOnly? Day(string digits, int year)
    {
        int two = Number(0), month = Number(2), day = Number(4);
        int full = year - year % 100 + two, apart = two - year % 100;
        full += apart >= 51 ? -100 : apart <= -50 ? 100 : 0;
        if (month is < 1 or > 12 || day > DateTime.DaysInMonth(full, month)) return null;
        return new DateOnly(full, month, day == 0 ? DateTime.DaysInMonth(full, month) : day);

        int Number(int at) => (digits[at] - '0') * 10 + digits[at + 1] - '0';
    }

    // The 82 characters: letters, digits and these signs.
    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || "!\"%&'()*+,-./:;<=>?_".Contains(c, StringComparison.Ordinal);

    private static Error Unknown(string ai) => Error.Invalid("gs1.unknown_identifier", $"{new string([.. ai.Where(c => !char.IsControl(c))])} begins no element that is known here.");
    private static Error Length(string ai, int length) => Error.Invalid("gs1.length", $"({ai}) cannot have {length} characters.");
}
