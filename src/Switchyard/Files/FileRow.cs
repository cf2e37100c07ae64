using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>A column of a file.</summary>
/// <param name="Name">As it is exported: lower case with underscores.</param>
/// <param name="IsRequired">A file without it is not taken.</param>
/// <param name="Aliases">Other headers that mean the same, in the same form.</param>
public sealed record FileColumn(string Name, bool IsRequired = false, params string[] Aliases)
{
    /// <summary>The form in which headers are compared: <c>Tax Class</c>, <c>taxClass</c> and <c>tax-class</c> are <c>tax_class</c>.</summary>
    public static string Tidy(string header)
    {
        string text = Regex.Replace(header.Trim().Trim('\uFEFF'), "(?<=[a-z0-9])(?=[A-Z])", "_");
        return Regex.Replace(text, @"[\s\-_.]+", "_").Trim('_').ToLowerInvariant();
    }
}

/// <summary>One fault of one row.</summary>
public sealed record RowFault(string Field, string Code, string Reason);

/// <summary>One row of a file being imported. Reading a cell that is wrong adds a fault and answers null.</summary>
public sealed partial class FileRow(IReadOnlyDictionary<string, int> header, string[] cells, long line, string raw, char decimalMark = '.')
{
    private readonly List<RowFault> _faults = [];

    /// <summary>The line of the file on which the row begins; the header is line 1.</summary>
    public long Line => line;

    /// <summary>The row as it stands in the file.</summary>
    public string Raw => raw;

    public IReadOnlyList<RowFault> Faults => _faults;
    public bool IsSound => _faults.Count == 0;
    public SaveOutcome Outcome { get; set; } = SaveOutcome.Refused;

    /// <summary>What it takes to take the row back, when its kind says that itself.</summary>
    public string? Undo { get; set; }
    public IEnumerable<string> Columns => header.Keys;

    public bool Has(string column) => header.ContainsKey(column);

    public void Fault(string field, string code, string reason) => _faults.Add(new RowFault(field, code, reason));

    /// <summary>Adds the faults of a refusal; <paramref name="column"/> turns its pointers into names of columns.</summary>
    public void Fault(Error error, Func<string, string> column)
    {
        if (error.Fields.Count == 0) Fault("", error.Code, error.Detail);
        foreach (var field in error.Fields) Fault(column(field.Pointer), field.Code, field.Detail);
    }

    /// <summary>The cell as it is; null when the file has no such column or the cell is empty.</summary>
    public string? Text(string column)
    {
        if (!header.TryGetValue(column, out int at) || at >= cells.Length || cells[at].Length == 0) return null;
        if (Kernel.Text.IsStorable(cells[at])) return cells[at];
        Fault(column, "field.not_text", $"{column} contains a character that is not text (U+0000).");
        return null;
    }

    /// <summary>A cell without outer blanks, for codes and numbers.</summary>
    public string? Word(string column) => Text(column)?.Trim() is { Length: > 0 } word ? word : null;

    /// <summary>A whole number; faults are field.not_whole.</summary>
    public long? Whole(string column)
    {
        if (Word(column) is not { } text) return null;
        if (Digits().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return number;
        Fault(column, "field.not_whole", $"{column} must be a whole number; '{Short(text)}' is not.");
        return null;
    }

    /// <summary>A number with a decimal point.</summary>
    public decimal? Decimal(string column)
    {
        if (Word(column) is not { } text) return null;
        if (decimalMark == ',') text = Comma().IsMatch(text) ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : "?" + text;
        if (Decimals().IsMatch(text)) return decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        Fault(column, "field.not_number", $"{column} must be a number such as 12{decimalMark}50; '{Short(text.TrimStart('?'))}' is not.");
        return null;
    }

    /// <summary>An amount in major units, such as 12.50, in minor units of its currency; never rounded.</summary>
    public long? Amount(string column, string? currency)
    {
        if (Decimal(column) is not { } major) return null;
        if (!Currency.TryParse(currency, out var known)) { Fault(column, "field.unknown_currency", $"{column} needs a known currency."); return null; }
        decimal minor = major * known.MinorPerMajor;
        if (minor != decimal.Truncate(minor)) { Fault(column, "field.too_many_decimals", $"{known.Code} has {known.Decimals} decimals; {Short(Word(column)!)} has more."); return null; }
        if (minor is >= 0 and <= Money.MaxMinor) return (long)minor;
        Fault(column, "field.out_of_range", $"{column} must be from 0 to {Money.MaxMinor / known.MinorPerMajor}.");
        return null;
    }

    /// <summary>An instant with its offset, such as 2026-03-01T09:30:00Z.</summary>
    public DateTimeOffset? When(string column)
    {
        if (Word(column) is not { } text) return null;
        if (Offset().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at)) return at;
        Fault(column, "field.malformed", $"{column} must be an instant such as 2026-03-01T09:30:00Z; '{Short(text)}' is not.");
        return null;
    }

    public bool? YesNo(string column)
    {
        switch (Word(column)?.ToLowerInvariant())
        {
            case null: return null;
            case "true" or "yes" or "y" or "1": return true;
            case "false" or "no" or "n" or "0": return false;
            default: Fault(column, "field.not_yes_no", $"{column} must be yes or no."); return null;
        }
    }

    /// <summary>An amount in major units, with all decimals of the currency.</summary>
    public static decimal MajorOf(long minor, string currency)
    {
        var known = Currency.Parse(currency);
        return minor / (decimal)known.MinorPerMajor + new decimal(0, 0, 0, false, (byte)known.Decimals);
    }

    /// <summary>An amount as a file has it: major units with all decimals of the currency.</summary>
    public static string Major(long minor, string currency)
    {
        var known = Currency.Parse(currency);
        return (minor / (decimal)known.MinorPerMajor).ToString("F" + known.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>An instant as a file has it.</summary>
    public static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,16}(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Offset();

    // 1.234,50 and 1234,50, but not 1.23,4.
    [GeneratedRegex(@"^-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]{1,14})(,[0-9]{1,10})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();

    [GeneratedRegex(@"^-?[0-9]{1,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^-?[0-9]{1,14}(\.[0-9]{1,10})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();
}
