using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>A page as it goes out: Link headers, and only the members that were asked for.</summary>
public static class SearchAnswer
{
    public const int MostFields = 50, MostExpand = 5;

    /// <summary>The names of <c>fields=</c> or <c>expand=</c>, of those that are allowed.</summary>
    public static string[] Names(string? text, string pointer, int most, IReadOnlyList<string> allowed, Checks checks)
    {
        string[] names = [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
        checks.That(names.Length <= most, pointer, "field.too_many", $"At most {most} names.");
        foreach (string name in names.Where(n => !allowed.Contains(n)))
            checks.Fault(pointer, "field.unknown_value", allowed.Count == 0 ? $"There is nothing to {pointer[1..]} here."
                : $"There is no {(name.Length <= 40 ? name : name[..40] + "…")}; {pointer[1..]} must be among {string.Join(", ", allowed)}.");
        return names;
    }

    public static IResult ToHttp<T>(this Result<ListPage<T>> result, HttpContext http, ListAsk ask)
    {
        if (result.Error is { } error) return error.ToHttp();
        var checks = new Checks();
        string[] fields = Names(ask.Fields, "#fields", MostFields, Members<T>(), checks);
        if (checks.AnyFault) return checks.ToError().ToHttp();
        var page = result.Value;
        string[] links = [.. new[] { (page.Next, Name: "after", Rel: "next"), (page.Previous, Name: "before", Rel: "prev") }
            .Where(l => l.Item1 is not null).Select(l => $"<{http.Request.PathBase}{http.Request.Path}{With(http.Request, l.Name, l.Item1!)}>; rel=\"{l.Rel}\"")];
        if (links.Length > 0) http.Response.Headers.Link = string.Join(", ", links);
        return Results.Json(fields.Length == 0 ? page : new ListPage<JsonObject>([.. page.Data.Select(d => Only(d, fields))], page.Next, page.HasMore, page.Previous, page.Count, page.Behind), Json.Options);
    }

    /// <summary>The members a thing of the list has.</summary>
    private static string[] Members<T>() => [.. Json.Options.GetTypeInfo(typeof(T)).Properties.Select(p => p.Name)];

    private static JsonObject Only<T>(T thing, string[] fields)
    {
        var whole = JsonSerializer.SerializeToNode(thing, Json.Options)!.AsObject();
        foreach (string name in whole.Select(m => m.Key).Where(k => k != "id" && !fields.Contains(k)).ToList()) whole.Remove(name);
        return whole;
    }

    private static QueryString With(HttpRequest request, string name, string cursor) => QueryString.Create(
        [.. request.Query.Where(q => q.Key is not ("after" or "before")).SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v))), KeyValuePair.Create<string, string?>(name, cursor)]);
}
