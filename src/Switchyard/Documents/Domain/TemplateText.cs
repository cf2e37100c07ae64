using System.Text.Json.Nodes;

namespace Switchyard.Documents;

/// <summary>
/// A template in the language of Handlebars: <c>{{name}}</c>, <c>{{#each}}</c>, <c>{{#if}}</c>, <c>{{#unless}}</c>, <c>{{#with}}</c>, <c>{{else}}</c>, comments and
/// helpers. It is walked, never compiled: every step is counted, each piece of the answer knows its line, and it reaches nothing but the data it is given.
/// </summary>
public sealed class TemplateText
{
    public const int MostCharacters = 64 * 1024, MostSteps = 400_000, MostOutput = 1024 * 1024, MostDepth = 20;
    private readonly IReadOnlyList<Part> _parts;

    private TemplateText(IReadOnlyList<Part> parts) => _parts = parts;

    /// <exception cref="TemplateFaultException">It is not a template; the fault names the line.</exception>
    internal static TemplateText Parse(string text)
    {
        if (text.Length > MostCharacters) throw new TemplateFaultException(1, $"A template may have at most {MostCharacters} characters; this has {text.Length}.");
        int at = 0;
        var parts = new TemplateParser(text).Parts(ref at, null, 0);
        return new TemplateText(parts);
    }

    /// <summary>The template with its data: markup, and for each place in it the template's line.</summary>
    /// <exception cref="TemplateFaultException">An expression cannot be worked out, or there would be too much.</exception>
    internal TemplateOutput Fill(JsonNode data, TemplateWords words)
    {
        var run = new TemplateRun(words);
        run.Walk(_parts, new Scope(data, null, data));
        return run.Output;
    }

    internal abstract record Part(int Line);
    internal sealed record Plain(int Line, string Text) : Part(Line);
    internal sealed record Value(int Line, Expression Of) : Part(Line);
    internal sealed record Block(int Line, string Kind, Expression Of, IReadOnlyList<Part> Inner, IReadOnlyList<Part> Otherwise) : Part(Line);

    internal abstract record Expression;
    internal sealed record Literal(JsonNode? Is) : Expression;
    internal sealed record NamePath(int Up, string? Special, IReadOnlyList<string> Names) : Expression;
    internal sealed record Call(string Name, IReadOnlyList<Expression> Arguments) : Expression;

    /// <summary>What names mean at a place: the thing at hand, what is around it, and the whole.</summary>
    internal sealed record Scope(JsonNode? Here, Scope? Around, JsonNode Root, int Index = 0, int Count = 0);
}

/// <summary>Markup with the template's line of every place in it.</summary>
internal sealed class TemplateOutput
{
    private readonly System.Text.StringBuilder _text = new();
    private readonly List<(int At, int Line)> _pieces = [];
    private string? _whole;
    private List<int>? _starts;

    public string Text => _whole ??= _text.ToString();

    public void Add(string piece, int line)
    {
        if (piece.Length == 0) return;
        if (_text.Length + piece.Length > TemplateText.MostOutput) throw new TemplateFaultException(line, $"The document would have more than {TemplateText.MostOutput} characters.");
        _whole = null;
        _pieces.Add((_text.Length, line));
        _text.Append(piece);
    }

    /// <summary>The template's line of a place in the text, by its line and column there, both from 1.</summary>
    public int LineOf(int line, int column)
    {
        string text = Text;
        if (_starts is null)
        {
            _starts = [0];
            for (int i = text.IndexOf('\n'); i >= 0; i = text.IndexOf('\n', i + 1)) _starts.Add(i + 1);
        }
        int place = Math.Clamp(_starts[Math.Clamp(line - 1, 0, _starts.Count - 1)] + column - 1, 0, Math.Max(0, text.Length - 1));
        int low = 0, high = _pieces.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_pieces[middle].At <= place) low = middle; else high = middle - 1;
        }
        if (_pieces.Count == 0) return 1;
        var (from, first) = _pieces[low];
        return first + text.AsSpan(from, place - from).Count('\n');
    }
}
