using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Switchyard.Documents.TemplateText;

namespace Switchyard.Documents;

/// <summary>One walk through a template with its data.</summary>
internal sealed class TemplateRun(TemplateWords words)
{
    private int _steps;

    public TemplateOutput Output { get; } = new();

    public void Walk(IReadOnlyList<Part> parts, Scope scope)
    {
        foreach (var part in parts)
        {
            Step(part.Line);
            switch (part)
            {
                case Plain plain: Output.Add(plain.Text, plain.Line); break;
                case Value value: Output.Add(Escaped(words.Say(Of(value.Of, scope, value.Line))), value.Line); break;
                case Block block: Open(block, scope); break;
            }
        }
    }

    private void Open(Block block, Scope scope)
    {
        var of = Of(block.Of, scope, block.Line);
        switch (block.Kind)
        {
            case "if" or "unless":
                Walk(IsSo(of) == (block.Kind == "if") ? block.Inner : block.Otherwise, scope);
                break;
            case "with":
                if (of is JsonObject) Walk(block.Inner, new Scope(of, scope, scope.Root));
                else Walk(block.Otherwise, scope);
                break;
            default:
                if (of is not JsonArray { Count: > 0 } list) { Walk(block.Otherwise, scope); break; }
                for (int i = 0; i < list.Count; i++)
                {
                    Step(block.Line);
                    Walk(block.Inner, new Scope(list[i], scope, scope.Root, i, list.Count));
                }
                break;
        }
    }

    private JsonNode? Of(Expression expression, Scope scope, int line)
    {
        Step(line);
        switch (expression)
        {
            case Literal literal: return literal.Is;
            case Call call: return words.Help(call.Name, [.. call.Arguments.Select(a => Of(a, scope, line))], scope.Root, line);
            case NamePath path:
                Scope? at = scope;
                for (int i = 0; i < path.Up; i++) at = at?.Around;
                if (at is null) return null;
                JsonNode? here = path.Special switch
                {
                    "@index" or "@key" => JsonValue.Create(at.Index),
                    "@first" => JsonValue.Create(at.Index == 0),
                    "@last" => JsonValue.Create(at.Index == at.Count - 1),
                    "@root" => at.Root,
                    _ => at.Here,
                };
                foreach (string name in path.Names) here = here is JsonObject thing && thing.TryGetPropertyValue(name, out var found) ? found : null;
                // Names of the page stand for themselves until the pages are counted.
                return here is null && path is { Up: 0, Special: null, Names: ["page" or "pages"] } ? JsonValue.Create(path.Names[0] == "page" ? Layout.PageSign : Layout.PagesSign) : here;
            default: return null;
        }
    }

    /// <summary>As Handlebars judges: nothing, false, zero, an empty text and an empty list are not so.</summary>
    internal static bool IsSo(JsonNode? of) => of switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Number => TemplateWords.Number(value) != 0,
            JsonValueKind.String => value.GetValue<string>().Length > 0,
            _ => false,
        },
        _ => true,
    };

    // Characters that markup may not have at all become blanks; the signs of the page's number cannot come from data.
    private static string Escaped(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': safe.Append("&amp;"); break;
                case '<': safe.Append("&lt;"); break;
                case '>': safe.Append("&gt;"); break;
                case '"': safe.Append("&quot;"); break;
                case '\n': safe.Append("&#10;"); break;
                case < 0x20 or 0xFFFE or 0xFFFF or >= 0x7F and <= 0x9F: safe.Append(' '); break;
                case 0xE000 or 0xE001 when text.Length > 1: safe.Append(' '); break;
                default: safe.Append(rune.ToString()); break;
            }
        }
        return safe.ToString();
    }

    private void Step(int line)
    {
        if (++_steps > MostSteps) throw new TemplateFaultException(line, $"The template takes more than {MostSteps} steps.");
    }
}
