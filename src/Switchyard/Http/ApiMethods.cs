using Microsoft.AspNetCore.Routing.Template;

namespace Switchyard.Http;

/// <summary>Which methods an address takes, for whoever came with another.</summary>
public static class ApiMethods
{
    /// <summary>The methods of all endpoints at the address of this request, in the order of the alphabet; none when there is no such address.</summary>
    public static string[] At(HttpContext http) =>
        [.. http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not null && IsAt(e, http.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
