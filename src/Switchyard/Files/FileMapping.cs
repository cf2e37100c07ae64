using System.Text.Json;
using System.Text.Json.Serialization;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Files;

/// <summary>How a file is to be read: a small JSON document.</summary>
/// <param name="Columns">Our columns to the headers of the file. Null: by their own names and aliases. Columns that are not named are not read.</param>
/// <param name="Delimiter">comma, semicolon, tab or pipe as the character itself. Null: as the header says.</param>
/// <param name="Encoding">Null: as the file's bytes say.</param>
/// <param name="DecimalMark">. or , in amounts. Null: a point.</param>
public sealed record FileMapping(IReadOnlyDictionary<string, string?>? Columns = null, string? Delimiter = null, string? Encoding = null, string? DecimalMark = null)
{
    public const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(Json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [JsonIgnore] public char Mark => DecimalMark is [var mark] ? mark : '.';

    /// <summary>Reads a mapping for a kind of file.</summary>
    /// <remarks>Errors: request.invalid with pointers into the document below <paramref name="at"/>.</remarks>
    public static Result<FileMapping> Parse(JsonElement? json, FileKind kind, string at)
    {
        if (json is not { ValueKind: not JsonValueKind.Null } given) return new FileMapping();
        FileMapping mapping;
        try { mapping = given.Deserialize<FileMapping>(Strict)!; }
        catch (JsonException e)
        {
            return Error.Invalid([new FieldError(at + (e.Path?.TrimStart('$').Replace('.', '/') ?? ""), "field.malformed", "A mapping has columns, delimiter, encoding and decimalMark, and nothing else.")]);
        }
        var checks = new Checks();
        checks.That(mapping.Delimiter is null or "," or ";" or "\t" or "|", at + "/delimiter", "field.unknown_value", "delimiter must be a comma, a semicolon, a tab or a bar.");
        checks.That(mapping.DecimalMark is null or "." or ",", at + "/decimalMark", "field.unknown_value", "decimalMark must be a point or a comma.");
        checks.That(mapping.Encoding is null || UploadStream.Encodings.Contains(mapping.Encoding), at + "/encoding", "field.unknown_value", $"encoding must be one of {string.Join(", ", UploadStream.Encodings)}.");
        foreach (var (column, header) in (mapping.Columns ?? new Dictionary<string, string?>()).Take(ImportFile.MostColumns))
        {
            checks.That(kind.Columns.Any(c => c.Name == FileColumn.Tidy(column)) || kind.Known(FileColumn.Tidy(column)) is not null, $"{at}/columns/{Pointer(column)}", "field.unknown_value",
                $"There is no column {Short(column)}. There are: {string.Join(", ", kind.Columns.Select(c => c.Name))}.");
            checks.Text(header, $"{at}/columns/{Pointer(column)}", 500);
        }
        if (checks.AnyFault) return checks.ToError();
        return mapping with { Columns = mapping.Columns?.GroupBy(c => FileColumn.Tidy(c.Key)).ToDictionary(g => g.Key, g => g.First().Value) };
    }

    private static string Pointer(string name) => Short(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}

/// <summary>Which cell of a row is which of our columns.</summary>
/// <param name="Places">Our columns to the places of their cells.</param>
/// <param name="Width">Cells of the header.</param>
public sealed record FileHeader(IReadOnlyDictionary<string, int> Places, int Width, IReadOnlyList<string> Warnings)
{
    /// <summary>What an error file adds to the rows it gives back; they are no column of anything.</summary>
    public static readonly IReadOnlyList<string> OfErrors = ["error_line", "error_field", "error_code", "error_reason"];

    /// <remarks>Errors: import.column_twice; request.invalid with import.column_missing for each required column that is not there.</remarks>
    public static Result<FileHeader> Read(FileKind kind, IReadOnlyList<string> headers, FileMapping? mapping)
    {
        var (places, warnings) = (new Dictionary<string, int>(), new List<string>());
        foreach (var (at, header) in headers.Take(ImportFile.MostColumns).Index())
        {
            string tidy = FileColumn.Tidy(header);
            if (tidy.Length == 0 || OfErrors.Contains(tidy)) continue;
            var names = mapping?.Columns is { } mapped ? mapped.Where(m => m.Value is { Length: > 0 } wanted && IsSame(wanted, header)).Select(m => m.Key).ToList() : Guess(kind, tidy);
            if (names.Count == 0 && mapping?.Columns is null) warnings.Add($"Column '{Shown(header)}' is not known and was left out.");
            foreach (string name in names)
                if (!places.TryAdd(name, at)) return Error.Invalid("import.column_twice", $"Column {name} stands twice in the header.");
        }
        if (mapping?.Columns is { } all)
            warnings.AddRange(all.Where(m => m.Value is { Length: > 0 } && !places.ContainsKey(m.Key)).Select(m => $"The file has no column '{Shown(m.Value!)}' for {m.Key}."));
        if (places.Count == 0 && headers.Count > 0 && kind.Columns.All(c => !c.IsRequired))
            return Error.Invalid([new FieldError("#columns", "import.column_missing", $"The header has no column that is known. There are: {string.Join(", ", kind.Columns.Select(c => c.Name))}.")]);
        string[] missing = [.. kind.Columns.Where(c => c.IsRequired && !places.ContainsKey(c.Name)).Select(c => c.Name)];
        return missing.Length == 0 ? new FileHeader(places, headers.Count, warnings) : Error.Invalid([.. missing.Select(m =>
            new FieldError("#" + m, "import.column_missing", $"The header has no column {m}. It needs: {string.Join(", ", kind.Columns.Where(c => c.IsRequired).Select(c => c.Name))}."))]);
    }

    /// <summary>The column a header most likely is.</summary>
    public static List<string> Guess(FileKind kind, string tidy) =>
        (kind.Columns.FirstOrDefault(c => c.Name == tidy || c.Aliases.Contains(tidy))?.Name ?? kind.Known(tidy)) is { } name ? [name] : [];

    public static bool IsSame(string wanted, string header) =>
        string.Equals(wanted.Trim(), header.Trim().Trim('\uFEFF'), StringComparison.OrdinalIgnoreCase) || FileColumn.Tidy(wanted) == FileColumn.Tidy(header);

    private static string Shown(string header) => header.Replace('\0', '\uFFFD') is { Length: > 60 } text ? text[..60] + "…" : header.Replace('\0', '\uFFFD');
}
