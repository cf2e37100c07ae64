using System.IO.Compression;
using System.Text.Json.Nodes;
using GraphQLParser;
using GraphQLParser.AST;

namespace Switchyard.Tests.Connectors;

/// <summary>The published schema of the Admin API, and whether a document asks only for what is in it: fields, arguments, fragments, variables, selections.</summary>
internal sealed class ShopifyPublished
{
    private readonly Dictionary<string, JsonObject> _types;

    private ShopifyPublished(JsonNode root)
    {
        var schema = (root["data"] ?? root)["__schema"]!;
        _types = schema["types"]!.AsArray().ToDictionary(t => (string)t!["name"]!, t => t!.AsObject());
    }

    /// <summary>Null where the published file is not at hand.</summary>
    public static ShopifyPublished? Find()
    {
        string file = Path.Combine(TestPostgres.Root, "..", "shared", "data", "specs", "shopify", "admin_graphql_2025-01_introspection.json.gz");
        if (!File.Exists(file)) return null;
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        return new ShopifyPublished(JsonNode.Parse(packed)!);
    }

    public List<string> Faults(string text)
    {
        var faults = new List<string>();
        var document = Parser.Parse(text);
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var variables = (operation.Variables?.Items ?? []).ToDictionary(v => v.Variable.Name.StringValue, v => Written(v.Type));
            foreach (string type in variables.Values.Select(v => v.Trim('[', ']', '!'))) if (!_types.ContainsKey(type)) faults.Add($"there is no type {type}");
            Check(operation.SelectionSet, operation.Operation == OperationType.Mutation ? "Mutation" : "QueryRoot", variables, operation.Name!.StringValue, faults);
        }
        return faults;
    }

    private void Check(GraphQLSelectionSet set, string type, Dictionary<string, string> variables, string at, List<string> faults)
    {
        foreach (var one in set.Selections)
        {
            if (one is GraphQLInlineFragment inline) { Check(inline.SelectionSet, inline.TypeCondition!.Type.Name.StringValue, variables, at, faults); continue; }
            var field = (GraphQLField)one;
            string name = field.Name.StringValue, here = at + "." + name;
            if (_types[type]["fields"]?.AsArray().FirstOrDefault(f => (string)f!["name"]! == name) is not { } known) { faults.Add($"{here}: {type} has no such field"); continue; }
            if ((bool)known["isDeprecated"]!) faults.Add($"{here} is deprecated");
            var arguments = known["args"]!.AsArray().ToDictionary(a => (string)a!["name"]!, a => a!);
            foreach (var given in field.Arguments?.Items ?? [])
            {
                if (!arguments.TryGetValue(given.Name.StringValue, out var taken)) { faults.Add($"{here}: no argument {given.Name.StringValue}"); continue; }
                if (given.Value is GraphQLVariable variable && Written(taken["type"]!).TrimEnd('!') is var wanted && variables.GetValueOrDefault(variable.Name.StringValue)?.TrimEnd('!') is var has && has != wanted
                    && has?.Replace("!", "", StringComparison.Ordinal) != wanted.Replace("!", "", StringComparison.Ordinal)) faults.Add($"{here}: ${variable.Name.StringValue} is {has}, not {wanted}");
            }
            foreach (var (needed, taken) in arguments)
                if ((string)taken["type"]!["kind"]! == "NON_NULL" && taken["defaultValue"] is null && field.Arguments?.Items.Any(a => a.Name.StringValue == needed) != true) faults.Add($"{here} lacks {needed}");
            string inner = Written(known["type"]!).Trim('[', ']', '!').Replace("]", "", StringComparison.Ordinal).Replace("!", "", StringComparison.Ordinal);
            bool isThing = (string)_types[inner]["kind"]! is "OBJECT" or "INTERFACE" or "UNION";
            if (isThing != field.SelectionSet is not null) faults.Add($"{here} is {(isThing ? "a thing of which fields must be chosen" : "a value")}");
            if (field.SelectionSet is { } selection && isThing) Check(selection, inner, variables, here, faults);
        }
    }

    /// <summary>Is the input as the published type says: names that it has, required ones there, values of its enumerations?</summary>
    public List<string> InputFaults(string type, JsonNode? value, string at = "input")
    {
        var faults = new List<string>();
        Input(type, value, at, faults);
        return faults;
    }

    private void Input(string written, JsonNode? value, string at, List<string> faults)
    {
        bool isNeeded = written.EndsWith('!');
        string type = written.TrimEnd('!');
        if (value is null) { if (isNeeded) faults.Add($"{at} is missing"); return; }
        if (type.StartsWith('['))
        {
            if (value is not JsonArray list) { faults.Add($"{at} is no list"); return; }
            for (int i = 0; i < list.Count; i++) Input(type[1..^1], list[i], $"{at}[{i}]", faults);
            return;
        }
        var known = _types[type];
        if ((string)known["kind"]! == "ENUM" && known["enumValues"]!.AsArray().All(e => (string)e!["name"]! != value.ToString())) faults.Add($"{at} is {value}, which {type} has not");
        if ((string)known["kind"]! != "INPUT_OBJECT") return;
        var fields = known["inputFields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => f!);
        foreach (var (name, member) in value.AsObject()) if (fields.TryGetValue(name, out var field)) Input(Written(field["type"]!), member, $"{at}.{name}", faults); else faults.Add($"{at}: {type} has no {name}");
        foreach (var (name, field) in fields) if ((string)field["type"]!["kind"]! == "NON_NULL" && field["defaultValue"] is null && value[name] is null) faults.Add($"{at} lacks {name}");
    }

    /// <summary>The type of a variable of a document's operation, and what it is called.</summary>
    public static Dictionary<string, string> Variables(string text) =>
        Parser.Parse(text).Definitions.OfType<GraphQLOperationDefinition>().SelectMany(o => o.Variables?.Items ?? []).ToDictionary(v => v.Variable.Name.StringValue, v => Written(v.Type));

    private static string Written(GraphQLType type) => type switch { GraphQLNonNullType sure => Written(sure.Type) + "!", GraphQLListType list => "[" + Written(list.Type) + "]", GraphQLNamedType named => named.Name.StringValue, _ => "" };

    private static string Written(JsonNode type) => (string)type["kind"]! switch { "NON_NULL" => Written(type["ofType"]!) + "!", "LIST" => "[" + Written(type["ofType"]!) + "]", _ => (string)type["name"]! };
}
