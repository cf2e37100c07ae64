using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>How a field's condition becomes SQL.</summary>
/// <param name="Where">The condition on a row of the list.</param>
public sealed record SqlField(Func<BoundQuery, SqlText, string> Where)
{
    public const string Never = "1 = 0";

    /// <summary>
    /// The rows that fit as a select of <c>id</c> and <c>at</c> (the list's own order), found by an index: a list is read from the one that
    /// is found best, newest first, and never row by row. It may find too many; then <see cref="IsWhole"/> is false for the condition.
    /// </summary>
    public Func<BoundQuery, SqlText, string>? Drive { get; init; }

    /// <summary>Does the drive find no more than what fits?</summary>
    public Func<BoundQuery, bool> IsWhole { get; init; } = _ => true;

    /// <summary>How few rows it finds: the least is read from. Null: it cannot be read from.</summary>
    public Func<BoundQuery, int?> Rank { get; init; } = _ => null;

    /// <summary>
    /// The ids that fit, each once, from a table smaller than the list's own: how many there are is counted there. Null: <see cref="Drive"/> tells.
    /// </summary>
    public Func<BoundQuery, SqlText, string?>? Members { get; init; }

    /// <summary>A column of whole numbers, or of instants in milliseconds.</summary>
    public static SqlField Number(string column) => new((leaf, sql) => leaf is BoundQuery.Within w ? Within(column, w.Span, 1, sql) : Never);

    /// <summary>An amount: asked in major units, stored in minor ones of the row's own currency.</summary>
    public static SqlField Money(string minor, string currency)
    {
        string none = Codes(0), three = Codes(3);
        return new((leaf, sql) => leaf is not BoundQuery.Within w ? Never
            : $"({currency} not in ({none}, {three}) and {Within(minor, w.Span, 100, sql)} or {currency} in ({none}) and {Within(minor, w.Span, 1, sql)} " +
              $"or {currency} in ({three}) and {Within(minor, w.Span, 1_000, sql)})");
    }

    /// <summary>A column of texts, compared as they are; the list of known values stands in the text, so that an index on some of them serves.</summary>
    public static SqlField Code(string column) => new((leaf, sql) => leaf is not BoundQuery.Among among ? Never : SqlText.Join("or", among.Values.Select(value =>
        value.Words is not [var word] ? Never
        : among.Field.Values?.Contains(word) == true && !value.IsPrefix ? $"{column} = '{word}'" : sql.Word(column, word, value.IsPrefix))));

    public static SqlField YesNo(string condition) => new((leaf, _) => leaf is BoundQuery.Is yes ? yes.Value ? $"({condition})" : $"not ({condition})" : Never);

    /// <summary>One of what <paramref name="matching"/> finds: a select of the list's ids, to which the condition on <paramref name="column"/> is added.</summary>
    public static SqlField Exists(string id, string matching, string column) => new((leaf, sql) => leaf is not BoundQuery.Among among ? Never
        : SqlText.Join("or", among.Values.Select(value => value.Words is not [var word] ? Never : $"{id} in ({matching} and {sql.Word(column, word, value.IsPrefix)})")));

    // A bound that lies between two stored values is moved to the one on its inner side.
    private static string Within(string column, Span span, long factor, SqlText sql)
    {
        var parts = new List<string>();
        if (span.From is { } from) parts.Add(span.FromIncluded ? $"{column} >= {sql.Arg(Whole(decimal.Ceiling(from * factor)))}" : $"{column} > {sql.Arg(Whole(decimal.Floor(from * factor)))}");
        if (span.To is { } to) parts.Add(span.ToIncluded ? $"{column} <= {sql.Arg(Whole(decimal.Floor(to * factor)))}" : $"{column} < {sql.Arg(Whole(decimal.Ceiling(to * factor)))}");
        return parts.Count == 0 ? "1 = 1" : SqlText.Join("and", parts);
    }

    private static long Whole(decimal value) => (long)Math.Clamp(value, long.MinValue / 4, long.MaxValue / 4);

    private static string Codes(int decimals) => string.Join(", ", Currency.Of(decimals).Select(code => $"'{code}'"));
}

/// <summary>Words kept in a table of their own: merchant, term, kind, then the order of the list.</summary>
/// <param name="Table">Its name, with the columns merchant_id, term, kind.</param>
/// <param name="Owner">The column that names the row of the list.</param>
/// <param name="At">The column by which the list is sorted.</param>
public sealed record TermTable(string Table, string Owner, string At)
{
    /// <summary>A field whose words are of these kinds.</summary>
    public SqlField Field(string id, int rank, params string[] kinds) => new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never
        : SqlText.Join("or", among.Values.Select(v => Where(id, v, among.Field.IsAnyWord, kinds, sql))))
    {
        Rank = leaf => leaf is BoundQuery.Among { Values: [{ Words.Count: > 0 } value] } ? value.IsPrefix ? rank + 2 : rank : null,
        IsWhole = leaf => leaf is BoundQuery.Among { Values: [{ Words.Count: 1 }] } || leaf is BoundQuery.Among { Field.IsAnyWord: true },
        Drive = (leaf, sql) => leaf is BoundQuery.Among { Values: [var value] } among ? Drive(value, among.Field.IsAnyWord, kinds, sql) : throw new InvalidOperationException("not one value"),
    };

    /// <summary>The rows that one word finds, with the place in the list.</summary>
    public string Drive(WordsValue value, bool isAnyWord, string[] kinds, SqlText sql)
    {
        // The longest word is the rarest, as a rule.
        string[] words = isAnyWord ? [.. value.Words] : [value.Words.OrderByDescending(w => w.Length).First()];
        bool isPrefix = value.IsPrefix && (isAnyWord || words[0] == value.Words[^1]);
        string of = $"from {Table} t where t.merchant_id = @merchant and {SqlText.Join("or", words.Select(w => sql.Word("t.term", w, isPrefix)))}{Kinds(kinds, sql)}";
        return words.Length == 1 && !isPrefix && kinds.Length == 1 ? $"select t.{Owner} as id, t.{At} as at {of}" : $"select t.{Owner} as id, max(t.{At}) as at {of} group by t.{Owner}";
    }

    private string Where(string id, WordsValue value, bool isAnyWord, string[] kinds, SqlText sql)
    {
        if (value.Words.Count == 0) return SqlField.Never;
        return SqlText.Join(isAnyWord ? "or" : "and", value.Words.Select((word, i) =>
            $"{id} in (select t.{Owner} from {Table} t where t.merchant_id = @merchant and " +
            $"{sql.Word("t.term", word, value.IsPrefix && (isAnyWord || i == value.Words.Count - 1))}{Kinds(kinds, sql)})"));
    }

    private static string Kinds(string[] kinds, SqlText sql) => kinds.Length switch
    {
        0 => "",
        1 => $" and t.kind = {sql.Arg(kinds[0])}",
        _ => $" and t.kind = any({sql.Arg(kinds)})",
    };
}
