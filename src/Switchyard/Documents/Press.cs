using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Templates that come with the program, and the way from data to a file. Keeps nothing of any merchant.</summary>
public static class Press
{
    public const int MostPages = 2_000, MostBytes = 40 * 1024 * 1024;

    private static readonly Lazy<Dictionary<string, Dictionary<string, string>>> Words =
        new(() => JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(Resource("document-words.json"))!);
    private static readonly ConcurrentDictionary<string, string> Texts = [];

    /// <summary>The text of the template that comes with the program.</summary>
    public static string BuiltIn(string kind) => Texts.GetOrAdd(kind, k => Resource(k + ".hbs"));

    /// <summary>The words of a language; a merchant's own go before ours.</summary>
    public static TemplateWords Said(string language, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? own)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, by) in Words.Value) words[key] = by.GetValueOrDefault(language) ?? by.GetValueOrDefault(language[..2]) ?? by["en"];
        foreach (var (key, by) in own ?? new Dictionary<string, IReadOnlyDictionary<string, string>>())
            if ((by.GetValueOrDefault(language) ?? by.GetValueOrDefault(language[..2]) ?? by.Values.FirstOrDefault()) is { } said) words[key] = said;
        return new TemplateWords(DocumentLanguages.Culture(language), words);
    }

    /// <summary>Documents one after the other as pages.</summary>
    /// <remarks>Errors: documents.template_faulty, documents.too_long.</remarks>
    public static Result<IReadOnlyList<Sheet>> Lay(PressedTemplate template, IEnumerable<(JsonObject Data, string Language)> papers, Picture? logo)
    {
        var (parsed, fault) = DocumentTemplate.Parse(template.Text);
        if (fault is not null) return DocumentsErrors.TemplateFaulty(fault);
        var pictures = logo is null ? new Dictionary<string, Picture>() : new Dictionary<string, Picture> { ["logo"] = logo };
        var (sheets, words) = (new List<Sheet>(), new Dictionary<string, TemplateWords>());
        foreach (var (data, language) in papers)
        {
            if (!words.TryGetValue(language, out var said)) words[language] = said = Said(language, template.Words);
            var (laid, wrong) = DocumentTemplate.Lay(parsed!, data, said, HouseTypeface.Face, pictures);
            if (wrong is not null) return DocumentsErrors.TemplateFaulty(wrong);
            sheets.AddRange(laid);
            if (sheets.Count > MostPages) return DocumentsErrors.TooLong;
        }
        return sheets;
    }

    /// <summary>Pages as a file. A picture shows the first page at 203 dpi.</summary>
    /// <remarks>Errors: documents.too_long.</remarks>
    public static Result<byte[]> Write(IReadOnlyList<Sheet> sheets, string format, string title, string language)
    {
        byte[] file = format switch
        {
            "png" => Raster.Of(sheets[0], HouseTypeface.Face, 8).ToPng(),
            "zpl203" or "zpl300" => Encoding.ASCII.GetBytes(ZplWriter.Write(sheets, HouseTypeface.Face, format == "zpl203" ? 8 : 12)),
            _ => PdfWriter.Write(sheets, HouseTypeface.Face, title, language),
        };
        return file.Length <= MostBytes ? file : DocumentsErrors.TooLong;
    }

    public static string ContentType(string format) => format switch { "png" => "image/png", "pdf" => "application/pdf", _ => "text/plain; charset=us-ascii" };
    public static string Extension(string format) => format is "png" or "pdf" ? format : "zpl";

    private static string Resource(string name)
    {
        using var from = typeof(Press).Assembly.GetManifestResourceStream("templates/" + name) ?? throw new InvalidOperationException($"The template {name} is missing.");
        using var reader = new StreamReader(from);
        return reader.ReadToEnd();
    }
}

/// <summary>A template as it is used: its text, its own words by key and language, and its version; 0 is the one of the program.</summary>
public sealed record PressedTemplate(string Text, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Words, long Version);
