using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Metadata;
using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>
/// A parameter of a read that nothing reads is a typo, and is refused by its name: a list that forgot its filter would look right.
/// Every read takes the merchant, which a link to a file says so.
/// </summary>
public sealed class KnownParameters(RequestDelegate next, IServiceProviderIsService services)
{
    private const int MostTold = 20;
    private readonly ConditionalWeakTable<RouteEndpoint, HashSet<string>> _byEndpoint = [];

    public async Task Invoke(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method) && http.Request.Query.Count > 0 && http.Request.Path.StartsWithSegments("/api")
            && http.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }
            && Of(endpoint) is var known
            && http.Request.Query.Keys.Where(k => !known.Contains(k) && !k.Equals(SignIn.MerchantHeader, StringComparison.OrdinalIgnoreCase)).Take(MostTold).ToList() is { Count: > 0 } unknown)
        {
            await Problems.Write(http, Error.Invalid([.. unknown.Select(name => new FieldError("#" + Short(name), "request.unknown_parameter",
                known.Count == 0 ? $"There is no parameter {Short(name)}; this takes none." : $"There is no parameter {Short(name)}. There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}."))]));
            return;
        }
        await next(http);
    }

    /// <summary>The names an endpoint reads from the query. To ask the document would make the whole of it for one endpoint.</summary>
    internal HashSet<string> Of(RouteEndpoint endpoint) => _byEndpoint.GetValue(endpoint, e =>
        e.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Select(p => NameInQuery(p, e)).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase));

    private string? NameInQuery(IParameterBindingMetadata parameter, RouteEndpoint endpoint)
    {
        object[] said = parameter.ParameterInfo.GetCustomAttributes(inherit: true);
        if (said.OfType<IFromQueryMetadata>().FirstOrDefault() is { } query) return query.Name ?? parameter.Name;
        bool isElsewhere = said.Any(a => a is IFromRouteMetadata or IFromHeaderMetadata or IFromBodyMetadata or IFromFormMetadata or IFromServiceMetadata or FromKeyedServicesAttribute)
            || endpoint.RoutePattern.GetParameter(parameter.Name) is not null || parameter.HasBindAsync || services.IsService(parameter.ParameterInfo.ParameterType);
        if (isElsewhere) return null;
        var type = parameter.ParameterInfo.ParameterType;
        return type == typeof(string) || parameter.HasTryParse || type.IsArray || type == typeof(Microsoft.Extensions.Primitives.StringValues) ? parameter.Name : null;
    }

    private static string Short(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
