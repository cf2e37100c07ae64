namespace Switchyard.Search;

public enum FieldType { Words, Code, Number, Money, Instant, YesNo }

/// <summary>A field that queries can name.</summary>
/// <param name="Meaning">A sentence for whoever writes a query.</param>
public sealed record Field(string Name, FieldType Type, string Meaning)
{
    /// <summary>Other names of it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Of a code: all the values there are, as they are written; null when people make them.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>How a text becomes words, for what is stored and for what is asked alike.</summary>
    public Func<string, string[]> Split { get; init; } = TermText.Whole;

    /// <summary>What is asked is a choice of words of which one will do; what is stored comes as words already.</summary>
    public bool IsAnyWord { get; init; }

    /// <summary>May the beginning of a word stand for it?</summary>
    public bool HasPrefixes { get; init; } = true;
}

/// <summary>The fields of one list, and what a bare word means in it.</summary>
public sealed class FieldCatalogue(IReadOnlyList<Field> fields, Field bare)
{
    private readonly Dictionary<string, Field> _byName = fields.SelectMany(f => f.Aliases.Append(f.Name).Select(name => (name, f)))
        .ToDictionary(f => f.name, f => f.f, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Field> Fields => fields;

    /// <summary>What a word without a field is looked for in.</summary>
    public Field Bare => bare;

    public FieldCatalogue Without(FieldType type) => new([.. fields.Where(f => f.Type != type)], bare);

    public Field? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>What a word without a field can be: a name, an email, a SKU, a telephone number, a postcode.</summary>
public static class BareWord
{
    public const int LeastPrefix = 2;

    public static string[] Candidates(string text)
    {
        string[] whole = TermText.Whole(text), post = TermText.Postcode(text), phone = LooksLikePhone(text) ? TermText.Phone(text) : [];
        return [.. whole.Concat(TermText.Words(text) is [var word] ? [word] : []).Concat(post).Concat(phone).Distinct()];
    }

    private static bool LooksLikePhone(string text) => text.Count(char.IsAsciiDigit) >= 5 && text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')');
}
