using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>What a SKU that is no goods stands for in a file of orders.</summary>
public enum CodeMeaning { Charge, Discount, Refused }

/// <summary>What the columns and codes of a file of orders mean: a small JSON document, built in or the user's own.</summary>
/// <param name="Columns">Our name of a cell (<see cref="OrderMapping.Cells"/>) to the column's heading in the file.</param>
/// <param name="DateFormat">.NET custom format of the date column, read with the invariant culture.</param>
/// <param name="TimeZone">IANA name; dates in the file are local times there.</param>
/// <param name="StripFromCustomer">An ending that is no part of the customer's reference, such as <c>.0</c>.</param>
/// <param name="CancellationPrefix">Order numbers that begin with it give back what others sold.</param>
/// <param name="AdjustmentPrefix">Order numbers that begin with it are bookkeeping and no orders.</param>
/// <param name="Countries">The file's names of countries to two-letter codes; null says that the name is no country.</param>
/// <param name="Format">A system whose files are known as they are (<see cref="OrderMapping.Formats"/>); then no columns are named.</param>
/// <param name="CreateProducts">Make products for SKUs nobody knows. Always so for history.</param>
public sealed record MappingDocument(IReadOnlyDictionary<string, string>? Columns, string? Delimiter, string? DateFormat, string? TimeZone,
    string? DecimalMark, string? Currency, bool? PricesIncludeTax, string? StripFromCustomer, string? CancellationPrefix, string? AdjustmentPrefix,
    bool? CreateProducts, IReadOnlyList<MappingDocument.Code>? Codes, IReadOnlyDictionary<string, string?>? Countries, string? Format = null)
{
    /// <param name="Text">A SKU, or the beginning of some with a star: <c>GIFT_*</c>.</param>
    /// <param name="Name">Of a charge: its name; of a refusal: the error's code.</param>
    public sealed record Code([property: System.Text.Json.Serialization.JsonPropertyName("code")] string Text, CodeMeaning Is, string Name);
}

/// <summary>A mapping that was found sound, ready to read rows with.</summary>
public sealed class OrderMapping
{
    /// <summary>The cells a mapping may name; the first four must be there.</summary>
    public static readonly IReadOnlyList<string> Cells =
    [
        "order", "sku", "quantity", "price", "name", "date", "customer", "country", "customerName", "email", "phone",
        "company", "line1", "line2", "city", "region", "postcode", "method",
    ];
    public const int Needed = 4;

    /// <summary>Systems whose files are known as they are.</summary>
    public static readonly IReadOnlyList<string> Formats = ["amazon-orders", "ebay-orders", "magento-orders", "olist", "shopify-orders"];

    private readonly Dictionary<string, MappingDocument.Code> _codes = [];
    private readonly List<MappingDocument.Code> _beginnings = [];

    private OrderMapping(MappingDocument document, Currency currency, TimeZoneInfo zone)
    {
        (Document, Currency, Zone) = (document, currency, zone);
        foreach (var code in document.Codes ?? [])
        {
            string key = Text.Key(code.Text);
            if (key.EndsWith('*')) _beginnings.Add(code with { Text = key[..^1] });
            else _codes[key] = code;
        }
    }

    public MappingDocument Document { get; }
    public Currency Currency { get; }
    public TimeZoneInfo Zone { get; }
    public string Delimiter => Document.Delimiter ?? ",";
    public char DecimalMark => Document.DecimalMark is [var mark] ? mark : '.';
    public string DateFormat => Document.DateFormat ?? "yyyy-MM-dd HH:mm:ss";
    public bool PricesIncludeTax => Document.PricesIncludeTax ?? true;
    public bool CreatesProducts => Document.CreateProducts ?? false;

    /// <summary>What a SKU stands for when it is no goods; null for goods.</summary>
    public MappingDocument.Code? Meaning(string skuKey)
    {
        if (_codes.TryGetValue(skuKey, out var code)) return code;
        foreach (var beginning in _beginnings) if (skuKey.StartsWith(beginning.Text, StringComparison.Ordinal)) return beginning;
        return null;
    }

    public bool IsCancellation(string order) => Begins(order, Document.CancellationPrefix);
    public bool IsAdjustment(string order) => Begins(order, Document.AdjustmentPrefix);

    /// <summary>A country's two-letter code; a name mapped to null gives null. False when the mapping does not know it.</summary>
    public bool TryCountry(string name, out string? code)
    {
        code = null;
        if (name.Length == 0) return true;
        if (Document.Countries?.TryGetValue(name, out code) == true) return true;
        if (name.Length != 2 || !char.IsAsciiLetter(name[0]) || !char.IsAsciiLetter(name[1])) return false;
        code = name.ToUpperInvariant();
        return true;
    }

    /// <summary>Checks a document. Time zones come from outside because they are read from the machine.</summary>
    /// <remarks>Errors: request.invalid with a pointer into the document for every fault.</remarks>
    public static Result<OrderMapping> From(MappingDocument document, Func<string, TimeZoneInfo?> findZone)
    {
        var checks = new Checks();
        checks.That(document.Format is null || Formats.Contains(document.Format), "/format", "field.unknown_value", $"format must be one of {string.Join(", ", Formats)}.");
        foreach (string cell in document.Format is null ? Cells.Take(Needed) : [])
            checks.That(document.Columns?.ContainsKey(cell) == true, $"/columns/{cell}", "field.required", $"The mapping must name the column of {cell}.");
        foreach (var (cell, heading) in document.Columns ?? new Dictionary<string, string>())
        {
            checks.That(Cells.Contains(cell), $"/columns/{cell}", "field.unknown_value", $"There is no cell {cell}.");
            checks.Text(heading, $"/columns/{cell}", 200, required: true);
        }
        checks.That(Currency.TryParse(document.Currency, out var currency), "/currency", "field.unknown_currency", "currency must be an ISO 4217 code such as GBP.");
        checks.That(document.Delimiter is null or [_], "/delimiter", "field.malformed", "delimiter must be one character.");
        checks.That(document.DecimalMark is null or "." or ",", "/decimalMark", "field.unknown_value", "decimalMark must be a point or a comma.");
        checks.Text(document.DateFormat, "/dateFormat", 100);
        var zone = findZone(document.TimeZone ?? "UTC");
        checks.That(zone is not null, "/timeZone", "field.unknown_value", $"There is no time zone {document.TimeZone}.");
        CheckCodes(checks, document);
        return checks.AnyFault ? checks.ToError() : new OrderMapping(document, currency, zone!);
    }

    private static void CheckCodes(Checks checks, MappingDocument document)
    {
        for (int i = 0; i < (document.Codes?.Count ?? 0); i++)
        {
            checks.Text(document.Codes![i]?.Text, $"/codes/{i}/code", 100, required: true);
            string? name = document.Codes[i]?.Name;
            checks.That(name is { Length: > 0 and <= 50 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'),
                $"/codes/{i}/name", "field.malformed", "A code's name has 1 to 50 small letters, digits and underscores.");
        }
        foreach (var (name, code) in document.Countries ?? new Dictionary<string, string?>())
            checks.That(code is null || code.Length == 2 && code.All(char.IsAsciiLetterUpper), $"/countries/{name}", "field.malformed", "A country is two capital letters, or null.");
    }

    private static bool Begins(string order, string? prefix) => !string.IsNullOrEmpty(prefix) && order.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
