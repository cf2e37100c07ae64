using System.Globalization;
using System.Text.Json.Nodes;
using static Switchyard.Documents.TemplateText;

namespace Switchyard.Documents;

/// <summary>Reads the text of a template into its parts.</summary>
internal sealed class TemplateParser(string text)
{
    private static readonly string[] Blocks = ["each", "if", "unless", "with"];

    /// <summary>The parts up to the end of the block that was opened; <paramref name="at"/> stands behind its closing words afterwards.</summary>
    public IReadOnlyList<Part> Parts(ref int at, string? block, int openedIn, int depth = 0)
    {
        var (parts, _) = Parts(ref at, block, openedIn, depth, out string end);
        if (block is null && end.Length > 0) throw new TemplateFaultException(LineOf(at), $"{{{{{end}}}}} closes nothing.");
        return parts;
    }

    private (IReadOnlyList<Part> Inner, IReadOnlyList<Part> Otherwise) Parts(ref int at, string? block, int openedIn, int depth, out string end)
    {
        if (depth > MostDepth) throw new TemplateFaultException(openedIn, $"Blocks may be at most {MostDepth} deep.");
        var (parts, inner) = (new List<Part>(), (List<Part>?)null);
        while (at < text.Length)
        {
            int open = text.IndexOf("{{", at, StringComparison.Ordinal);
            if (open < 0) open = text.Length;
            if (open > at) parts.Add(new Plain(LineOf(at), text[at..open]));
            at = open;
            if (at == text.Length) break;
            int line = LineOf(at);
            string tag = Tag(ref at, line);
            if (tag.Length == 0) continue;
            if (tag == "else")
            {
                if (block is null || inner is not null) throw new TemplateFaultException(line, "{{else}} belongs to no block.");
                (inner, parts) = (parts, []);
            }
            else if (tag[0] == '/')
            {
                end = tag;
                if (block is not null && tag[1..].Trim() != block)
                    throw new TemplateFaultException(line, $"{{{{/{block}}}}} is expected, which closes line {openedIn}; this is {{{{{tag}}}}}.");
                return inner is null ? (parts, []) : (inner, parts);
            }
            else if (tag[0] == '#') parts.Add(Opened(tag[1..], ref at, line, depth));
            else parts.Add(new Value(line, new ExpressionReader(tag, line).Whole()));
        }
        end = "";
        if (block is not null) throw new TemplateFaultException(openedIn, $"{{{{#{block}}}}} is never closed.");
        return (parts, []);
    }

    private Block Opened(string tag, ref int at, int line, int depth)
    {
        string kind = tag.Split([' ', '\n', '\t', '\r'], 2)[0];
        if (!Blocks.Contains(kind)) throw new TemplateFaultException(line, $"There is no block {kind}. There are {string.Join(", ", Blocks)}.");
        string rest = tag[kind.Length..].Trim();
        if (rest.Length == 0) throw new TemplateFaultException(line, $"{{{{#{kind}}}}} says nothing of what.");
        var of = new ExpressionReader(rest, line).Whole();
        var (inner, otherwise) = Parts(ref at, kind, line, depth + 1, out _);
        return new Block(line, kind, of, inner, otherwise);
    }

    // What stands between the braces; empty for a comment.
    private string Tag(ref int at, int line)
    {
        if (string.CompareOrdinal(text, at, "{{!--", 0, 5) == 0)
        {
            int end = text.IndexOf("--}}", at, StringComparison.Ordinal);
            if (end < 0) throw new TemplateFaultException(line, "The comment is never closed.");
            at = end + 4;
            return "";
        }
        if (string.CompareOrdinal(text, at, "{{{", 0, 3) == 0) throw new TemplateFaultException(line, "{{{…}}} is not taken: data is never markup. Write {{…}}.");
        int close = text.IndexOf("}}", at, StringComparison.Ordinal);
        if (close < 0) throw new TemplateFaultException(line, "{{ is never closed.");
        string tag = text[(at + 2)..close].Trim('~').Trim();
        at = close + 2;
        if (tag.StartsWith('!')) return "";
        return tag.Length > 0 ? tag : throw new TemplateFaultException(line, "{{}} says nothing.");
    }

    private int LineOf(int at)
    {
        if (at < _seen) (_seen, _line) = (0, 1);
        _line += text.AsSpan(_seen, Math.Min(at, text.Length) - _seen).Count('\n');
        _seen = Math.Min(at, text.Length);
        return _line;
    }

    private int _seen, _line = 1;
}

/// <summary>Reads one expression: a path, a literal, or a helper with what it is given.</summary>
internal sealed class ExpressionReader(string text, int line)
{
    private int _at;

    public Expression Whole()
    {
        var found = Sequence(0);
        if (_at < text.Length) throw Fault($"'{text[_at]}' is not expected here.");
        return found;
    }

    private Expression Sequence(int depth)
    {
        if (depth > MostDepth) throw Fault("Too many brackets.");
        var first = One(depth);
        var given = new List<Expression>();
        for (SkipBlanks(); _at < text.Length && text[_at] != ')'; SkipBlanks()) given.Add(One(depth));
        if (first is NamePath { Up: 0, Special: null, Names: [var name] } && given.Count > 0)
            return TemplateWords.IsHelper(name) ? new Call(name, given) : throw Fault($"There is no helper {name}. There are {string.Join(", ", TemplateWords.Helpers)}.");
        return given.Count == 0 ? first : throw Fault("Only a helper is given anything.");
    }

    private Expression One(int depth)
    {
        SkipBlanks();
        if (_at >= text.Length) throw Fault("Something is missing.");
        char c = text[_at];
        if (c == '(')
        {
            _at++;
            var inner = Sequence(depth + 1);
            SkipBlanks();
            if (_at >= text.Length || text[_at] != ')') throw Fault("A bracket is never closed.");
            _at++;
            return inner;
        }
        if (c is '"' or '\'')
        {
            int end = text.IndexOf(c, _at + 1);
            if (end < 0) throw Fault("A text is never closed.");
            string said = text[(_at + 1)..end];
            _at = end + 1;
            return new Literal(JsonValue.Create(said));
        }
        int from = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (')' or '(' or '"' or '\'')) _at++;
        string word = text[from.._at];
        if (word.Length == 0) throw Fault($"'{c}' is not expected here.");
        if (word is "true" or "false") return new Literal(JsonValue.Create(word == "true"));
        if (decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)) return new Literal(JsonValue.Create(number));
        return Name(word);
    }

    private NamePath Name(string word)
    {
        int up = 0;
        while (word.StartsWith("../", StringComparison.Ordinal)) (up, word) = (up + 1, word[3..]);
        if (word.StartsWith('@'))
        {
            if (word is "@index" or "@first" or "@last" or "@key") return new NamePath(up, word, []);
            if (!word.StartsWith("@root", StringComparison.Ordinal)) throw Fault($"There is no {word}. There are @index, @first, @last, @root.");
            return new NamePath(0, "@root", [.. word.Split('.').Skip(1)]);
        }
        if (word is "this" or "." or "..") return new NamePath(up + (word == ".." ? 1 : 0), null, []);
        if (word.StartsWith("this.", StringComparison.Ordinal)) word = word[5..];
        string[] names = word.Split('.', '/');
        foreach (string name in names)
            if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')) throw Fault($"{word} is not a name.");
        return new NamePath(up, null, names);
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private TemplateFaultException Fault(string detail) => new(line, detail);
}
