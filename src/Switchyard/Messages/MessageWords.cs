using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Documents;
using Switchyard.Kernel;

namespace Switchyard.Messages;

/// <summary>What messages and the tracking page say in the five languages, and how a template becomes a page. Keeps nothing of any merchant.</summary>
public static class MessageWords
{
    public const int MostSubject = 300;

    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Words = new(() => JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(Resource("message-words", "json"))!);
    private static readonly Lazy<string> Template = new(() => Resource("message", "hbs"));
    private static readonly Lazy<TemplateText> Parsed = new(() => TemplateText.Parse(Text));

    public static string Text => Template.Value;

    /// <summary>The keys there are, those of a kind first; a merchant may say each in words of its own.</summary>
    public static IEnumerable<string> Keys(string kind) =>
        Words.Value.Keys.Where(k => k.StartsWith(kind + "-", StringComparison.Ordinal) || !k.Contains('-', StringComparison.Ordinal)).OrderBy(k => !k.Contains('-', StringComparison.Ordinal));

    public static bool IsKey(string kind, string key) => Words.Value.ContainsKey(key) && (key.StartsWith(kind + "-", StringComparison.Ordinal) || !key.Contains('.', StringComparison.Ordinal));

    /// <summary>A word in a language, with <c>{name}</c> filled in; a merchant's own goes before ours.</summary>
    public static string Say(string key, string language, JsonObject? with = null, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? own = null)
    {
        string said = own?.GetValueOrDefault(key) is { } mine && Of(mine, language) is { } text ? text : Words.Value.TryGetValue(key, out var ours) ? Of(ours, language) ?? ours["en"] : "";
        return with is null ? said : Filled(said, with);
    }

    /// <summary>Does the program have this word?</summary>
    public static bool Has(string key) => Words.Value.ContainsKey(key);

    /// <summary>Fills a template. What stands in the data is encoded where it is put; it is never read as markup.</summary>
    /// <remarks>Errors: messages.template_faulty.</remarks>
    public static Result<(string Subject, IReadOnlyList<MailBlock> Blocks)> Fill(string kind, MessageTemplate template, JsonObject data, string language)
    {
        try
        {
            var words = Words.Value.Keys.Concat(template.Words.Keys).Distinct().ToDictionary(k => k, k => Say(k, language, data, template.Words), StringComparer.Ordinal);
            var text = template.Text == Text ? Parsed.Value : TemplateText.Parse(template.Text);
            var blocks = MailPage.Read(text.Fill(data, new TemplateWords(DocumentLanguages.Culture(language), words)));
            string subject = OneLine(Say(kind + "-subject", language, data, template.Words));
            return (subject.Length <= MostSubject ? subject : subject[..MostSubject], blocks);
        }
        catch (TemplateFaultException e) { return MessagesErrors.TemplateFaulty(e.Fault, "/text"); }
    }

    /// <summary>A day as the language writes it: Tuesday 24 November.</summary>
    public static string Day(DateTimeOffset at, string language) => at.ToString(language switch { "de" => "dddd, d. MMMM", "es" => "dddd, d 'de' MMMM", "en-US" => "dddd, MMMM d", _ => "dddd d MMMM" }, Culture(language));

    public static string DayAndTime(DateTimeOffset at, string language) =>
        at.ToString(language switch { "de" => "d. MMMM, HH:mm", "es" => "d 'de' MMMM, HH:mm", "en-US" => "MMMM d, h:mm tt", _ => "d MMMM, HH:mm" }, Culture(language));

    private static CultureInfo Culture(string language) => CultureInfo.GetCultureInfo(DocumentLanguages.Culture(language));

    private static string? Of(IReadOnlyDictionary<string, string> said, string language) => said.GetValueOrDefault(language) ?? said.GetValueOrDefault(language[..2]);

    // One pass, so that what is filled in is not looked at again.
    private static string Filled(string said, JsonObject with)
    {
        int open = said.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return said;
        var filled = new System.Text.StringBuilder();
        int at = 0;
        for (; open >= 0; open = said.IndexOf('{', at))
        {
            int close = said.IndexOf('}', open);
            if (close < 0) break;
            filled.Append(said, at, open - at);
            filled.Append(with.TryGetPropertyValue(said[(open + 1)..close], out var value) && value is JsonValue ? value.ToString() : "");
            at = close + 1;
        }
        return filled.Append(said, at, said.Length - at).ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static string Resource(string name, string form)
    {
        using var from = typeof(MessageWords).Assembly.GetManifestResourceStream($"messages/{name}.{form}") ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(from);
        return reader.ReadToEnd();
    }
}

/// <summary>A template as it is used: its text, its own words by key and language, and its version; 0 is the one of the program.</summary>
public sealed record MessageTemplate(string Text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Words, long Version)
{
    public static readonly MessageTemplate Ours = new(MessageWords.Text, new Dictionary<string, IReadOnlyDictionary<string, string>>(), 0);
}
