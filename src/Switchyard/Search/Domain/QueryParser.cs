using System.Text;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>
/// Reads a query: words and <c>field:value</c>, all of which must match unless OR stands between them; NOT or <c>-</c> in front;
/// brackets; quotation marks; <c>&gt; &gt;= &lt; &lt;=</c>; ranges <c>a..b</c>; prefixes <c>a*</c>; lists <c>(a, b)</c>.
/// </summary>
public sealed class QueryParser
{
    public const int MostCharacters = 1_000, MostDepth = 12, MostTerms = 60, MostValues = 100;
    private readonly string _text;
    private int _at, _terms;

    private QueryParser(string text) => _text = text;

    /// <summary>The query's tree; null for an empty query.</summary>
    /// <remarks>Errors: query.malformed, query.too_long, query.too_deep, field.not_text, each with its column.</remarks>
    public static Result<QueryNode?> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (QueryNode?)null;
        if (text.Length > MostCharacters) return QueryErrors.At(MostCharacters + 1, "query.too_long", $"A query may have at most {MostCharacters} characters.");
        if (!Text.IsStorable(text)) return QueryErrors.At(1, "field.not_text", "The query contains a character that is not text.");
        var parser = new QueryParser(text);
        try
        {
            var node = parser.Any(0);
            parser.Blank();
            return parser._at < text.Length ? throw parser.Wrong("There is a closing bracket too many") : (Result<QueryNode?>)node;
        }
        catch (WrongQueryException wrong) { return wrong.Error; }
    }

    private QueryNode Any(int depth)
    {
        if (depth > MostDepth) throw new WrongQueryException(QueryErrors.At(_at + 1, "query.too_deep", $"Brackets may be at most {MostDepth} deep."));
        var items = new List<QueryNode> { All(depth) };
        while (Word("OR")) items.Add(All(depth));
        return items is [var only] ? only : new QueryNode.Or(items);
    }

    private QueryNode All(int depth)
    {
        var items = new List<QueryNode> { Maybe(depth) };
        while (true)
        {
            if (Word("AND")) { items.Add(Maybe(depth)); continue; }
            Blank();
            if (_at >= _text.Length || _text[_at] == ')' || Peek("OR")) break;
            items.Add(Maybe(depth));
        }
        return items is [var only] ? only : new QueryNode.And(items);
    }

    private QueryNode Maybe(int depth)
    {
        bool not = false;
        while (true)
        {
            if (Word("NOT")) { not = !not; continue; }
            Blank();
            if (_at + 1 < _text.Length && _text[_at] == '-' && !char.IsWhiteSpace(_text[_at + 1])) { _at++; not = !not; continue; }
            break;
        }
        var node = One(depth);
        return not ? new QueryNode.Not(node) : node;
    }

    private QueryNode One(int depth)
    {
        Blank();
        if (_at >= _text.Length) throw Wrong("Something is missing at the end");
        if (_text[_at] == ')') throw Wrong("Something is missing before the bracket");
        if (_text[_at] == '(')
        {
            int open = _at++;
            var inside = Any(depth + 1);
            Blank();
            if (_at >= _text.Length) throw new WrongQueryException(QueryErrors.Malformed(open + 1, "This bracket is not closed"));
            _at++;
            return inside;
        }
        return Term();
    }

    private QueryNode.Term Term()
    {
        if (++_terms > MostTerms) throw Wrong($"A query may have at most {MostTerms} conditions");
        int start = _at;
        string? field = Field();
        if (field is null) return new QueryNode.Term(null, QueryOperator.Is, [Value(inList: false)], start + 1);
        if (_at >= _text.Length || char.IsWhiteSpace(_text[_at])) throw Wrong($"{field}: needs a value");
        if (_text[_at] == '(') return new QueryNode.Term(field, QueryOperator.Is, List(), start + 1);
        var comparison = Comparison();
        var value = Value(inList: false);
        if (comparison != QueryOperator.Is) return new QueryNode.Term(field, comparison, [value], start + 1);
        int dots = value.IsQuoted ? -1 : value.Text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return new QueryNode.Term(field, QueryOperator.Is, [value], start + 1);
        if (dots == 0 || dots + 2 == value.Text.Length) throw new WrongQueryException(QueryErrors.Malformed(value.Column, "A range has two ends, such as 10..20; use >= or <= for one"));
        return new QueryNode.Term(field, QueryOperator.Range,
            [value with { Text = value.Text[..dots], IsPrefix = false }, value with { Text = value.Text[(dots + 2)..], Column = value.Column + dots + 2 }], start + 1);
    }

    /// <summary>A name and a colon; nothing is taken when it is none.</summary>
    private string? Field()
    {
        int end = _at;
        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] is '_' or '.')) end++;
        if (end == _at || end >= _text.Length || _text[end] != ':' || !char.IsAsciiLetter(_text[_at])) return null;
        string name = _text[_at..end];
        _at = end + 1;
        return name;
    }

    private QueryOperator Comparison()
    {
        if (_text[_at] is not ('>' or '<')) return QueryOperator.Is;
        bool above = _text[_at++] == '>', orEqual = _at < _text.Length && _text[_at] == '=';
        if (orEqual) _at++;
        return above ? orEqual ? QueryOperator.AtLeast : QueryOperator.Above : orEqual ? QueryOperator.AtMost : QueryOperator.Below;
    }

    private List<QueryValue> List()
    {
        int open = _at++;
        var values = new List<QueryValue>();
        while (true)
        {
            Blank();
            if (values.Count >= MostValues) throw Wrong($"A list may have at most {MostValues} values");
            values.Add(Value(inList: true));
            Blank();
            if (_at >= _text.Length) throw new WrongQueryException(QueryErrors.Malformed(open + 1, "This list is not closed"));
            if (_text[_at] == ')') { _at++; return values; }
            if (_text[_at] == ',') { _at++; continue; }
            if (!Word("OR")) throw Wrong("The values of a list are parted by commas");
        }
    }

    private QueryValue Value(bool inList)
    {
        int start = _at;
        if (_at < _text.Length && _text[_at] == '"') return Quoted();
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (')' or '(') && !(inList && _text[_at] == ',')) _at++;
        string text = _text[start.._at];
        if (_at < _text.Length && _text[_at] == '(') throw Wrong("A bracket cannot stand inside a word; put the word in quotation marks");
        if (text.Length == 0) throw Wrong("A value is missing");
        bool isPrefix = text.Length > 1 && text[^1] == '*';
        return new QueryValue(isPrefix ? text[..^1] : text, isPrefix, false, start + 1);
    }

    private QueryValue Quoted()
    {
        int start = _at++;
        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '"' or '\\') _at++;
            text.Append(_text[_at++]);
        }
        if (_at >= _text.Length) throw new WrongQueryException(QueryErrors.Malformed(start + 1, "This quotation mark is not closed"));
        _at++;
        bool isPrefix = _at < _text.Length && _text[_at] == '*';
        if (isPrefix) _at++;
        if (string.IsNullOrWhiteSpace(text.ToString())) throw new WrongQueryException(QueryErrors.Malformed(start + 1, "There is nothing between the quotation marks"));
        return new QueryValue(text.ToString(), isPrefix, true, start + 1);
    }

    private void Blank()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private bool Peek(string word)
    {
        int end = _at + word.Length;
        return string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0 && end <= _text.Length && (end == _text.Length || char.IsWhiteSpace(_text[end]) || _text[end] == '(');
    }

    private bool Word(string word)
    {
        Blank();
        if (!Peek(word)) return false;
        _at += word.Length;
        return true;
    }

    private WrongQueryException Wrong(string what) => new(QueryErrors.Malformed(_at + 1, what));

    private sealed class WrongQueryException(Error error) : Exception(error.Detail)
    {
        public Error Error => error;
    }
}
