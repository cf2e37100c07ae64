using System.Net;
using System.Text.RegularExpressions;
using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>What a problem's <c>type</c> leads to: a page for each stable code, made from docs/api/problems.md.</summary>
public static partial class ProblemPages
{
    /// <param name="Status">The HTTP status; <c>field</c> for a code that stands in <c>errors[]</c> only.</param>
    public sealed record Response(string Code, string Status, string Meaning);

    private static readonly Lazy<IReadOnlyDictionary<string, Response>> Known = new(() =>
    {
        using var stream = typeof(ProblemPages).Assembly.GetManifestResourceStream("problems.md")!;
        using var reader = new StreamReader(stream);
        return Entry().Matches(reader.ReadToEnd()).Select(m => new Response(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value)).ToDictionary(r => r.Code);
    });

    public static IEnumerable<Response> All => Known.Value.Values;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/problems/{code}", (string code, HttpContext http) =>
                !Known.Value.TryGetValue(code, out var found) ? Error.NotFound("request.no_such_path", "There is no such problem.").ToHttp()
                : http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
                    ? Results.Text(Page(found), "text/html; charset=utf-8") : Results.Json(found, Json.Options))
            .IsOpenToAnyone().WithName("problems.get").WithTags("Problems").WithSummary("What a problem's code means")
            .Produces<Response>().ProducesProblem(404);

    private static string Page(Response problem) =>
        $"""
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(problem.Code)}</title>
        <body style="font: 16px/1.5 system-ui; max-width: 40em; margin: 3em auto; padding: 0 1em">
        <h1 style="font-size: 1.25em">{WebUtility.HtmlEncode(problem.Code)}</h1>
        <p>{WebUtility.HtmlEncode(problem.Meaning)}</p><p>Status: {WebUtility.HtmlEncode(problem.Status)}</p></body></html>
        """;

    [GeneratedRegex(@"^\| `([a-z._]+)` \| (\w+) \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
