namespace Switchyard.Search;

/// <summary>A query whose fields are known and whose values are read: what SQL is made from, and what can be asked of one thing in memory.</summary>
public abstract record BoundQuery
{
    public sealed record And(IReadOnlyList<BoundQuery> Items) : BoundQuery;

    public sealed record Or(IReadOnlyList<BoundQuery> Items) : BoundQuery;

    public sealed record Not(BoundQuery Item) : BoundQuery;

    /// <summary>The field has one of these values.</summary>
    public sealed record Among(Field Field, IReadOnlyList<WordsValue> Values) : BoundQuery;

    /// <summary>The field's number, amount or instant (in milliseconds) lies in the span.</summary>
    public sealed record Within(Field Field, Span Span) : BoundQuery;

    public sealed record Is(Field Field, bool Value) : BoundQuery;

    /// <summary>Does it hold for something with these values? A field may be a text or many, a number, an instant, yes or no, or absent.</summary>
    public bool Matches(Func<Field, object?> valueOf) => this switch
    {
        And all => all.Items.All(i => i.Matches(valueOf)),
        Or any => any.Items.Any(i => i.Matches(valueOf)),
        Not not => !not.Item.Matches(valueOf),
        Is yes => valueOf(yes.Field) is bool value && value == yes.Value,
        Within within => Number(valueOf(within.Field)) is { } number && within.Span.Holds(number),
        Among among => Stored(among.Field, valueOf(among.Field)) is var words && among.Values.Any(v => v.IsIn(words, among.Field.IsAnyWord)),
        _ => throw new InvalidOperationException("no such query"),
    };

    private static decimal? Number(object? value) => value switch
    {
        null => null,
        DateTimeOffset at => at.ToUnixTimeMilliseconds(),
        long or int or decimal => Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    private static HashSet<string> Stored(Field field, object? value) => value switch
    {
        null => [],
        IEnumerable<string> terms when field.IsAnyWord => [.. terms],
        string text => [.. field.Split(text)],
        IEnumerable<string> many => [.. many.SelectMany(field.Split)],
        bool yes => [yes ? "true" : "false"],
        _ => [],
    };
}

/// <summary>
/// A value as words, all of which must be there; of the last the beginning will do when it is a prefix. Of a field whose words are
/// <see cref="Field.IsAnyWord"/>, one of them is enough.
/// </summary>
/// <param name="Raw">As it was written.</param>
public sealed record WordsValue(IReadOnlyList<string> Words, bool IsPrefix, string Raw)
{
    public bool IsIn(HashSet<string> stored, bool isAnyWord) => isAnyWord
        ? stored.Contains(Exactly(Raw.Trim())) || Words.Any(w => Has(stored, w, IsPrefix))
        : Words.Count > 0 && Words.Index().All(w => Has(stored, w.Item, IsPrefix && w.Index == Words.Count - 1));

    /// <summary>How a stored word says that it must be asked for as it is, such as a number.</summary>
    public static string Exactly(string text) => "=" + text;

    private static bool Has(HashSet<string> stored, string word, bool isPrefix) =>
        isPrefix ? stored.Any(s => s.StartsWith(word, StringComparison.Ordinal)) : stored.Contains(word);
}

/// <summary>From and to; null is without end.</summary>
public readonly record struct Span(decimal? From, bool FromIncluded, decimal? To, bool ToIncluded)
{
    public bool Holds(decimal number) =>
        (From is not { } from || (FromIncluded ? number >= from : number > from)) && (To is not { } to || (ToIncluded ? number <= to : number < to));
}
