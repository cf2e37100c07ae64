#:sdk Microsoft.NET.Sdk.Web
#:project ../tests/Switchyard.Tests/Switchyard.Tests.csproj
#:property PublishAot=false
#:property JsonSerializerIsReflectionEnabledByDefault=true
#:property NoWarn=$(NoWarn);CA1852;CA1050

// Lists each row of docs/capabilities.md with the tests that claim it by the Capability attribute. ./run capabilities [--json]
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Switchyard.Tests;

string root = Path.GetDirectoryName((string)AppContext.GetData("EntryPointFileDirectoryPath")!)!;
var claims = typeof(CapabilityAttribute).Assembly.GetTypes()
    .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttributes().Any(a => a.GetType().Name is "FactAttribute" or "TheoryAttribute" || a is Xunit.FactAttribute))
        .SelectMany(method => method.GetCustomAttributes<CapabilityAttribute>().Concat(type.GetCustomAttributes<CapabilityAttribute>())
            .SelectMany(claim => claim.Ids).Distinct().Select(id => (Id: id, Test: $"{type.FullName!["Switchyard.Tests.".Length..]}.{method.Name}"))))
    .ToLookup(claim => claim.Id, claim => claim.Test);

// Tests of the web app are those in the folder Web: a person at a browser.
static bool IsBrowser(string test) => test.StartsWith("Web.");

var rows = File.ReadLines(Path.Combine(root, "docs", "capabilities.md"))
    .Select(line => Regex.Match(line, @"^\| ([A-Z]{1,3}-?\d+) \| ([^|]+) \|"))
    .Where(match => match.Success)
    .Select(match => new
    {
        Id = match.Groups[1].Value,
        Capability = match.Groups[2].Value.Trim(),
        Api = claims[match.Groups[1].Value].Where(t => !IsBrowser(t)).Order().ToList(),
        Browser = claims[match.Groups[1].Value].Where(t => IsBrowser(t)).Order().ToList(),
    }).ToList();
var unknown = claims.Select(c => c.Key).Except(rows.Select(r => r.Id)).Where(id => !Regex.IsMatch(id, @"^L\d+$")).Order().ToList();

if (args.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(new { rows, unknown }, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
}
else
{
    foreach (var row in rows)
    {
        Console.WriteLine($"{(row.Api.Count + row.Browser.Count > 0 ? "shown" : "     ")}  {row.Id,-6} {row.Capability}");
        foreach (string test in row.Api) Console.WriteLine($"               api      {test}");
        foreach (string test in row.Browser) Console.WriteLine($"               browser  {test}");
    }
    Console.WriteLine($"{rows.Count(r => r.Api.Count + r.Browser.Count > 0)} of {rows.Count} rows are shown by a test: {rows.Count(r => r.Api.Count > 0)} through the API or in process, {rows.Count(r => r.Browser.Count > 0)} in the browser.");
}
foreach (string id in unknown) Console.Error.WriteLine($"A test claims {id}, which docs/capabilities.md does not list.");
return unknown.Count == 0 ? 0 : 1;
