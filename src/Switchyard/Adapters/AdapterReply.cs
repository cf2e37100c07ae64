using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Adapters;

/// <summary>What a vendor sent back, whole.</summary>
public sealed record AdapterReply(int Status, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The body as JSON; a fault when it is none.</summary>
    public AdapterAnswer<JsonNode> Json()
    {
        try
        {
            return JsonNode.Parse(Body, null, new JsonDocumentOptions { MaxDepth = 64 }) is { } json ? AdapterAnswer<JsonNode>.Of(json) : Malformed;
        }
        catch (JsonException) { return Malformed; }
    }

    /// <summary>What can be said of the body to a person: its beginning, in one line.</summary>
    public string Beginning => Body.Length == 0 ? $"status {Status}" : $"status {Status}: {Line(Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 300)))}";

    private static readonly AdapterFault Malformed = new(FaultKind.Malformed, "The answer is not what this vendor usually sends.");

    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFD' or '\uFFFE' ? ' ' : c)).Trim();
}
