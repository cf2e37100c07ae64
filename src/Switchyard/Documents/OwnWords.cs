using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>Words of a merchant's own for a template, by key and language: the form of papers and messages alike.</summary>
internal static class OwnWords
{
    private const int MostWords = 200, MostLanguages = 10, MostKey = 64;

    /// <param name="languages">Those a word may be said in.</param>
    /// <param name="mostCharacters">Of one word.</param>
    public static Dictionary<string, IReadOnlyDictionary<string, string>> Read(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>?>? words, Checks checks, IReadOnlyList<string> languages, int mostCharacters)
    {
        var found = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        checks.That(words is null or { Count: <= MostWords }, "/words", "field.too_many", $"At most {MostWords} words are taken.");
        foreach (var (key, by) in (words ?? new Dictionary<string, IReadOnlyDictionary<string, string?>?>()).Take(MostWords))
        {
            checks.Text(key, "/words", MostKey, required: true);
            var said = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (language, text) in (by ?? new Dictionary<string, string?>()).Take(MostLanguages))
            {
                checks.That(languages.Contains(language), $"/words/{key}", "field.unknown_value", $"A language is {string.Join(", ", languages)}.");
                checks.Text(text, $"/words/{key}/{language}", mostCharacters, required: true);
                if (text is not null) said[language] = text;
            }
            checks.That(said.Count > 0, $"/words/{key}", "field.required", "A word is said in one language at least.");
            found[key] = said;
        }
        return found;
    }
}
