using System.Globalization;
using System.Text.RegularExpressions;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>Finds the fields that a query names and reads its values.</summary>
public sealed partial class QueryBinder(FieldCatalogue fields, DateTimeOffset now)
{
    /// <summary>Parses and binds; null for an empty query.</summary>
    /// <remarks>Errors: those of the parser, query.unknown_field, query.bad_value, each with its column.</remarks>
    public static Result<BoundQuery?> Read(string? text, FieldCatalogue fields, DateTimeOffset now)
    {
        var parsed = QueryParser.Parse(text);
        if (parsed.Error is { } error) return error;
        if (parsed.Value is null) return (BoundQuery?)null;
        var bound = new QueryBinder(fields, now).Bind(parsed.Value);
        return bound.Error is { } refused ? refused : bound.Value;
    }

    /// <summary>The same for the member <c>query</c> of a body: what is wrong points there.</summary>
    public static Result<BoundQuery?> ReadMember(string? text, FieldCatalogue fields, DateTimeOffset now)
    {
        var query = Read(text, fields, now);
        return query.Error is { } error ? error with { Fields = [.. error.Fields.Select(f => f with { Pointer = "/query" })] } : query;
    }

    public Result<BoundQuery> Bind(QueryNode node) => node switch
    {
        QueryNode.And all => Many(Joined(all.Items)).Then<BoundQuery>(items => new BoundQuery.And(items)),
        QueryNode.Or any => Many(any.Items).Then<BoundQuery>(items => new BoundQuery.Or(items)),
        QueryNode.Not not => Bind(not.Item).Then<BoundQuery>(item => new BoundQuery.Not(item)),
        QueryNode.Term term => One(term),
        _ => throw new InvalidOperationException("no such node"),
    };

    /// <summary>Two bare words that are the halves of a British postcode are one: people write the blank, and neither half is found alone.</summary>
    private List<QueryNode> Joined(IReadOnlyList<QueryNode> nodes)
    {
        var joined = new List<QueryNode>(nodes.Count);
        foreach (var node in nodes)
        {
            if (fields.Find("postcode") is not null && joined.LastOrDefault() is { } before && Plain(before) is { } outward && Plain(node) is { } inward
                && Postcode().IsMatch(outward.Text + " " + inward.Text))
                joined[^1] = new QueryNode.Term(null, QueryOperator.Is, [outward with { Text = outward.Text + " " + inward.Text }], outward.Column);
            else joined.Add(node);
        }
        return joined;
    }

    private static QueryValue? Plain(QueryNode node) =>
        node is QueryNode.Term { Field: null, Operator: QueryOperator.Is, Values: [{ IsQuoted: false, IsPrefix: false } value] } ? value : null;

    [GeneratedRegex("^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Postcode();

    private Result<List<BoundQuery>> Many(IReadOnlyList<QueryNode> nodes)
    {
        var items = new List<BoundQuery>(nodes.Count);
        foreach (var node in nodes)
        {
            var bound = Bind(node);
            if (bound.Error is { } error) return error;
            items.Add(bound.Value);
        }
        return items;
    }

    private Result<BoundQuery> One(QueryNode.Term term)
    {
        var field = term.Field is null ? fields.Bare : fields.Find(term.Field);
        if (field is null) return QueryErrors.UnknownField(term.Column, term.Field!, fields.Fields.Select(f => f.Name));
        return field.Type switch
        {
            FieldType.YesNo => YesNo(term, field),
            FieldType.Number or FieldType.Money => Spans(term, field, Number, "a number such as 12.50"),
            FieldType.Instant => Spans(term, field, Instant, "a day (2026-11-22), a month (2026-11), an instant, today, yesterday, now, or so far from now (-7d, -12h, +2w)"),
            _ => Words(term, field),
        };
    }

    private static Result<BoundQuery> Words(QueryNode.Term term, Field field)
    {
        if (term.Operator != QueryOperator.Is) return QueryErrors.BadValue(term.Values[0].Column, field.Name, "a value, and does not compare");
        var values = new List<WordsValue>();
        if (field.IsAnyWord) return Bare(term.Values[0], field);
        foreach (var value in term.Values)
        {
            if (value.IsPrefix && !field.HasPrefixes) return QueryErrors.BadValue(value.Column, field.Name, "a whole value: beginnings cannot be looked for");
            if (field.Values is { } known && !value.IsPrefix)
            {
                if (known.FirstOrDefault(k => k.Equals(value.Text.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } one)
                    return QueryErrors.BadValue(value.Column, field.Name, "one of " + string.Join(", ", known));
                values.Add(new WordsValue(field.Split(one), false, one));
                continue;
            }
            values.Add(new WordsValue(field.Split(value.Text), value.IsPrefix, value.Text));
        }
        return new BoundQuery.Among(field, values);
    }

    /// <summary>A bare word is found by its beginning, as people type. Of words in quotation marks all must be there, or they are one thing.</summary>
    private static BoundQuery Bare(QueryValue value, Field field)
    {
        string text = value.Text.TrimStart('#');
        string[] words = TermText.Words(text);
        BoundQuery whole = Of(text, value.IsPrefix || !value.IsQuoted);
        return !value.IsQuoted || words.Length < 2 ? whole
            : new BoundQuery.Or([whole, new BoundQuery.And([.. words.Select((w, i) => Of(w, value.IsPrefix && i == words.Length - 1))])]);

        BoundQuery Of(string part, bool isPrefix) =>
            new BoundQuery.Among(field, [new WordsValue(field.Split(part), isPrefix && part.Length >= BareWord.LeastPrefix, part)]);
    }

    private static Result<BoundQuery> YesNo(QueryNode.Term term, Field field)
    {
        if (term is not { Operator: QueryOperator.Is, Values: [var value] }) return QueryErrors.BadValue(term.Column, field.Name, "yes or no");
        return value.Text.ToLowerInvariant() switch
        {
            "yes" or "true" => new BoundQuery.Is(field, true),
            "no" or "false" => new BoundQuery.Is(field, false),
            _ => QueryErrors.BadValue(value.Column, field.Name, "yes or no"),
        };
    }

    private static Result<BoundQuery> Spans(QueryNode.Term term, Field field, Func<string, Span?> read, string wanted)
    {
        var read1 = new List<Span>();
        foreach (var value in term.Values)
        {
            if (value.IsPrefix || read(value.Text.Trim()) is not { } span) return QueryErrors.BadValue(value.Column, field.Name, wanted);
            read1.Add(span);
        }
        // A value may be a span itself (a day): above it is after its end, below it before its beginning.
        BoundQuery of(Span span) => new BoundQuery.Within(field, span);
        return term.Operator switch
        {
            QueryOperator.Is => read1 is [var only] ? of(only) : new BoundQuery.Or([.. read1.Select(of)]),
            QueryOperator.Above => of(new Span(read1[0].To, !read1[0].ToIncluded, null, false)),
            QueryOperator.AtLeast => of(new Span(read1[0].From, read1[0].FromIncluded, null, false)),
            QueryOperator.Below => of(new Span(null, false, read1[0].From, !read1[0].FromIncluded)),
            QueryOperator.AtMost => of(new Span(null, false, read1[0].To, read1[0].ToIncluded)),
            _ => of(new Span(read1[0].From, read1[0].FromIncluded, read1[1].To, read1[1].ToIncluded)),
        };
    }

    private static Span? Number(string text) =>
        text.Length <= 20 && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal n)
        && Math.Abs(n) <= 1_000_000_000_000m ? new Span(n, true, n, true) : null;

    /// <summary>In milliseconds. Days are those of UTC.</summary>
    private Span? Instant(string text)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        switch (text.ToLowerInvariant())
        {
            case "now": return At(now);
            case "today": return Days(today, 1);
            case "yesterday": return Days(today.AddDays(-1), 1);
            case "tomorrow": return Days(today.AddDays(1), 1);
        }
        if (text is ['+' or '-', .. var count, var unit] && count.Length is > 0 and <= 5 && count.All(char.IsAsciiDigit))
        {
            int n = int.Parse(text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return unit switch
            {
                'h' => At(now.AddHours(n)),
                'd' => At(now.AddDays(n)),
                'w' => At(now.AddDays(Math.Clamp(n, -5_000, 5_000) * 7)),
                'm' => At(now.AddMonths(Math.Clamp(n, -1_200, 1_200))),
                _ => null,
            };
        }
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out var day)) return day.Year < 9999 ? Days(day, 1) : null;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, Utc, out var month)) return month.Year < 9999 ? Between(month, month.AddMonths(1)) : null;
        return text.Contains('T', StringComparison.OrdinalIgnoreCase) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var instant) ? At(instant) : null;
    }

    private static Span At(DateTimeOffset at) => new(at.ToUnixTimeMilliseconds(), true, at.ToUnixTimeMilliseconds(), true);
    private static Span Days(DateTimeOffset from, int days) => Between(from, from.AddDays(days));
    private static Span Between(DateTimeOffset from, DateTimeOffset to) => new(from.ToUnixTimeMilliseconds(), true, to.ToUnixTimeMilliseconds(), false);
}
