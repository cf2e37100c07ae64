using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>A vendor's published document (Swagger 2) and whether calls that were made are calls it knows: the address, the parameters of its query, and the body.</summary>
internal sealed class PublishedRequests
{
    private readonly JsonObject _paths;
    private readonly PublishedSchema _schemas;

    private PublishedRequests(JsonObject paths, PublishedSchema schemas) => (_paths, _schemas) = (paths, schemas);

    /// <summary>The document, or null where the published files are not at hand.</summary>
    public static PublishedRequests? Find(params string[] path)
    {
        string file = Path.Combine([TestPostgres.Root, "..", "shared", "data", "specs", .. path]);
        return PublishedSchema.Find(path) is { } schemas ? new PublishedRequests(JsonNode.Parse(File.ReadAllText(file))!["paths"]!.AsObject(), schemas) : null;
    }

    public bool Knows(SimCall call, Func<string, string>? shorten = null) => Operation(call.Method, (shorten ?? (p => p))(call.Path)) is not null;

    /// <summary>What is wrong with the calls; nothing when all are as published.</summary>
    public List<string> Faults(IEnumerable<SimCall> calls, Func<string, string>? shorten = null)
    {
        var faults = new List<string>();
        foreach (var call in calls)
        {
            string path = (shorten ?? (p => p))(call.Path);
            if (Operation(call.Method, path) is not { } operation) { faults.Add($"{call.Method} {path} is not in the document"); continue; }
            var parameters = (operation["parameters"]?.AsArray() ?? []).OfType<JsonObject>().ToList();
            var known = parameters.Where(p => p["in"]?.ToString() == "query").ToDictionary(p => p["name"]!.ToString());
            var asked = QueryHelpers.ParseQuery(call.Query);
            // Groups and filters are numbered from 0 on; the document shows the first of each.
            foreach (string name in asked.Keys.Where(k => !known.ContainsKey(k)
                && !known.ContainsKey(Regex.Replace(k, @"\[\d+\]", "[0]")))) faults.Add($"{call.Method} {path}: the parameter {name} is not in the document");
            foreach (var (name, needed) in known)
            {
                if (needed["required"]?.GetValue<bool>() == true && !asked.ContainsKey(name)) faults.Add($"{call.Method} {path}: the parameter {name} is missing");
                var allowed = (needed["items"]?["enum"] ?? needed["enum"])?.AsArray().Select(a => a!.ToString()).ToList();
                if (allowed is not null && asked.TryGetValue(name, out var given))
                    faults.AddRange(given.ToString().Split(',').Where(v => !allowed.Contains(v)).Select(v => $"{call.Method} {path}: {name} may not be {v}"));
            }
            if (parameters.FirstOrDefault(p => p["in"]?.ToString() == "body")?["schema"] is not { } schema) continue;
            if (call.Body.Length > 0) faults.AddRange(_schemas.Faults(schema, JsonNode.Parse(call.Body)).Select(f => $"{call.Method} {path}: {f}"));
        }
        return faults;
    }

    private JsonNode? Operation(string method, string path)
    {
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
