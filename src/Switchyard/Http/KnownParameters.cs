using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>A parameter of a read that nothing reads is a typo, and is refused by its name: a list that forgot its filter would look right. Every read takes the merchant, which a link to a file says so.</summary>
public sealed class KnownParameters(RequestDelegate next, IApiDescriptionGroupCollectionProvider documented)
{
    private const int MostTold = 20;
    private readonly Lazy<Dictionary<string, HashSet<string>>> _byPath = new(() => documented.ApiDescriptionGroups.Items.SelectMany(g => g.Items)
        .Where(d => d.HttpMethod == HttpMethods.Get && d.RelativePath is not null)
        .GroupBy(d => Path(d.RelativePath!)).ToDictionary(g => g.Key, g => g.SelectMany(d => d.ParameterDescriptions)
            .Where(p => p.Source == BindingSource.Query).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase)));

    public async Task Invoke(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query.Count > 0 && http.Request.Path.StartsWithSegments("/api")
            && http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } pattern } && _byPath.Value.TryGetValue(Path(pattern), out var known)
            && http.Request.Query.Keys.Where(k => !known.Contains(k) && !k.Equals(SignIn.MerchantHeader, StringComparison.OrdinalIgnoreCase)).Take(MostTold).ToList() is { Count: > 0 } unknown)
        {
            await Problems.Write(http, Error.Invalid([.. unknown.Select(name => new FieldError("#" + Short(name), "request.unknown_parameter",
                known.Count == 0 ? $"There is no parameter {Short(name)}; this takes none." : $"There is no parameter {Short(name)}. There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}."))]));
            return;
        }
        await next(http);
    }

    // The same form for a pattern and for what the document calls it: constraints such as {id:long} play no part.
    private static string Path(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern.Trim('/'), @"\{([^}:?]+)[^}]*\}", "{$1}").ToLowerInvariant();

    private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
