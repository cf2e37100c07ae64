using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Switchyard.Tests.Connectors;

/// <summary>Vendors' published documents, where they are at hand: JSON as it is, YAML as the JSON that it says.</summary>
internal static class PublishedFiles
{
    /// <summary>The document; null where it is not at hand.</summary>
    public static JsonNode? Load(params string[] path)
    {
        string file = Path.Combine([TestPostgres.Root, "..", "shared", "data", "specs", .. path]);
        if (!File.Exists(file)) return null;
        string text = File.ReadAllText(file);
        if (!file.EndsWith(".yml", StringComparison.Ordinal)) return JsonNode.Parse(text);
        var yaml = new YamlStream();
        using var reader = new StringReader(text);
        yaml.Load(reader);
        return Json(yaml.Documents[0].RootNode);
    }

    private static JsonNode? Json(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                var members = new JsonObject();
                foreach (var (key, value) in map.Children) members[((YamlScalarNode)key).Value ?? ""] = Json(value);
                return members;
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children) items.Add(Json(item));
                return items;
            case YamlScalarNode { Style: ScalarStyle.Plain } plain: return Plain(plain.Value);
            case YamlScalarNode quoted: return JsonValue.Create(quoted.Value);
            default: throw new NotSupportedException($"What is {node.NodeType} in YAML?");
        }
    }

    private static JsonNode? Plain(string? text)
    {
        if (text is null or "" or "~" or "null") return null;
        if (text is "true" or "false") return JsonValue.Create(text == "true");
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? JsonValue.Create(whole) : JsonValue.Create(text);
    }
}
