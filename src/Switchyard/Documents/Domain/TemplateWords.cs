using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>The words of one language and the helpers of a template: how things are said and compared.</summary>
/// <param name="language">BCP 47, one of the five.</param>
/// <param name="words">By their key; a template may bring its own, which go before ours.</param>
public sealed class TemplateWords(string language, IReadOnlyDictionary<string, string> words)
{
    public static readonly IReadOnlyList<string> Helpers = ["t", "money", "number", "date", "weight", "country", "upper", "first", "join", "eq", "ne", "gt", "not", "and", "or"];
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

    public static bool IsHelper(string name) => Helpers.Contains(name);

    internal JsonNode? Help(string name, IReadOnlyList<JsonNode?> given, JsonNode root, int line)
    {
        JsonNode? At(int i) => i < given.Count ? given[i] : null;
        return name switch
        {
            "t" => JsonValue.Create(words.GetValueOrDefault(Say(At(0))) ?? throw new TemplateFaultException(line, $"There is no word {Say(At(0))}.")),
            "money" => JsonValue.Create(Amount(At(0), At(1) ?? root["currency"])),
            "number" => JsonValue.Create(Number(At(0)).ToString("#,0.###", _culture)),
            "date" => JsonValue.Create(Day(At(0))),
            "weight" => At(0) is null ? null : JsonValue.Create((Number(At(0)) / 1000).ToString("#,0.###", _culture) + " kg"),
            "country" => JsonValue.Create(Country(Say(At(0)))),
            "upper" => JsonValue.Create(Say(At(0)).ToUpper(_culture)),
            "first" => given.FirstOrDefault(TemplateRun.IsSo)?.DeepClone(),
            "join" => JsonValue.Create(string.Join(Say(At(0)), given.Skip(1).Select(Say).Where(s => s.Length > 0))),
            "eq" => JsonValue.Create(Say(At(0)) == Say(At(1))),
            "ne" => JsonValue.Create(Say(At(0)) != Say(At(1))),
            "gt" => JsonValue.Create(Number(At(0)) > Number(At(1))),
            "not" => JsonValue.Create(!TemplateRun.IsSo(At(0))),
            "and" => JsonValue.Create(given.All(TemplateRun.IsSo)),
            "or" => JsonValue.Create(given.Any(TemplateRun.IsSo)),
            _ => null,
        };
    }

    internal string Say(JsonNode? of) => of switch
    {
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => Number(value).ToString(CultureInfo.InvariantCulture),
            _ => "",
        },
        _ => "",
    };

    internal static decimal Number(JsonNode? of) =>
        of is JsonValue value && (value.GetValueKind() == JsonValueKind.Number || value.GetValueKind() == JsonValueKind.String)
            && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : 0;

    // Minor units with their currency's decimals, as the language writes them.
    private string Amount(JsonNode? minor, JsonNode? currency)
    {
        if (minor is null) return "";
        string code = Say(currency);
        if (!Currency.TryParse(code, out var known)) return Number(minor).ToString(CultureInfo.InvariantCulture);
        var format = (NumberFormatInfo)_culture.NumberFormat.Clone();
        format.CurrencyDecimalDigits = known.Decimals;
        format.CurrencySymbol = code switch { "GBP" => "£", "EUR" => "€", "USD" => "$", "JPY" => "¥", _ => code };
        // A code is written apart from the figures: CHF 12.00.
        if (format.CurrencySymbol.Length > 1)
        {
            format.CurrencyPositivePattern |= 2;
            format.CurrencyNegativePattern = format.CurrencyPositivePattern == 3 ? 8 : 9;
        }
        return (Number(minor) / known.MinorPerMajor).ToString("C", format);
    }

    private string Day(JsonNode? of) => DateTimeOffset.TryParse(Say(of), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        ? instant.ToString(language switch { "de-DE" => "d. MMMM yyyy", "es-ES" => "d 'de' MMMM 'de' yyyy", "en-US" => "MMMM d, yyyy", _ => "d MMMM yyyy" }, _culture) : Say(of);

    private static string Country(string code)
    {
        if (code.Length != 2 || !code.All(char.IsAsciiLetter)) return code;
        try { return new RegionInfo(code.ToUpperInvariant()).EnglishName; }
        catch (ArgumentException) { return code; }
    }
}
