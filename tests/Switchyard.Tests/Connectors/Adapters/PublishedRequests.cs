using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>A vendor's published document (Swagger 2 or OpenAPI 3) and whether calls that were made are calls it knows: the address, the parameters of its query, and the body.</summary>
internal sealed class PublishedRequests
{
    private readonly JsonNode _root;
    private readonly JsonObject _paths;
    private readonly PublishedSchema _schemas;

    // Where the document's paths begin, as its server says: nothing in most.
    private readonly string _base;

    private PublishedRequests(JsonNode root, PublishedSchema schemas)
    {
        (_root, _paths, _schemas) = (root, root["paths"]!.AsObject(), schemas);
        _base = root["servers"] is JsonArray { Count: > 0 } servers ? Regex.Replace(servers[0]!["url"]!.ToString(), "^https?://[^/]+", "").TrimEnd('/') : "";
    }

    /// <summary>The document, or null where the published files are not at hand.</summary>
    public static PublishedRequests? Find(params string[] path) =>
        PublishedSchema.Find(path) is { } schemas && PublishedFiles.Load(path) is { } root ? new PublishedRequests(root, schemas) : null;

    public bool Knows(SimCall call, Func<string, string>? shorten = null) => Operation(call.Method, (shorten ?? (p => p))(call.Path)) is not null;

    /// <summary>What is wrong with the calls; nothing when all are as published.</summary>
    public List<string> Faults(IEnumerable<SimCall> calls, Func<string, string>? shorten = null)
    {
        var faults = new List<string>();
        foreach (var call in calls)
        {
            string path = (shorten ?? (p => p))(call.Path);
            if (Operation(call.Method, path) is not { } operation) { faults.Add($"{call.Method} {path} is not in the document"); continue; }
            var parameters = (operation["parameters"]?.AsArray() ?? []).OfType<JsonObject>().Select(Resolved).ToList();
            var known = parameters.Where(p => p["in"]?.ToString() == "query").ToDictionary(p => p["name"]!.ToString());
            var asked = QueryHelpers.ParseQuery(call.Query);
            // Groups and filters are numbered from 0 on; the document shows the first of each.
            foreach (string name in asked.Keys.Where(k => !known.ContainsKey(k)
                && !known.ContainsKey(Regex.Replace(k, @"\[\d+\]", "[0]")))) faults.Add($"{call.Method} {path}: the parameter {name} is not in the document");
            foreach (var (name, needed) in known)
            {
                if (needed["required"]?.GetValue<bool>() == true && !asked.ContainsKey(name)) faults.Add($"{call.Method} {path}: the parameter {name} is missing");
                var allowed = (needed["items"]?["enum"] ?? needed["enum"] ?? needed["schema"]?["enum"])?.AsArray().Select(a => a!.ToString()).ToList();
                if (allowed is not null && asked.TryGetValue(name, out var given))
                    faults.AddRange(given.ToString().Split(',').Where(v => !allowed.Contains(v)).Select(v => $"{call.Method} {path}: {name} may not be {v}"));
            }
            var schema = parameters.FirstOrDefault(p => p["in"]?.ToString() == "body")?["schema"] ?? operation["requestBody"]?["content"]?["application/json"]?["schema"];
            if (schema is null) continue;
            if (call.Body.Length > 0) faults.AddRange(_schemas.Faults(schema, JsonNode.Parse(call.Body)).Select(f => $"{call.Method} {path}: {f}"));
        }
        return faults;
    }

    private JsonObject Resolved(JsonObject parameter) =>
        parameter["$ref"] is { } reference && _root["components"]?["parameters"]?[reference.ToString().Split('/')[^1]] is JsonObject named ? named : parameter;

    private JsonNode? Operation(string method, string path)
    {
        if (_base.Length > 0 && path.StartsWith(_base + "/", StringComparison.Ordinal)) path = path[_base.Length..];
        string[] parts = path.Split('/');
        foreach (var (known, operations) in _paths)
        {
            string[] form = known.Split('/');
            if (form.Length == parts.Length && form.Zip(parts).All(p => p.First == p.Second || p.First.StartsWith('{'))
                && operations![method.ToLowerInvariant()] is { } found) return found;
        }
        return null;
    }
}
