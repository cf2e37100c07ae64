using System.Security.Cryptography;
using Switchyard.Access;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>
/// Serves the web app from the same origin as the API: its files, and its one page for every address that is nothing else,
/// since the app knows its own addresses. A mistyped address of the API stays a 404.
/// </summary>
public static class ServeWebApp
{
    private const string Forever = "public, max-age=31536000, immutable", AskAgain = "no-cache";

    /// <summary>No page of the app lives under these.</summary>
    private static readonly string[] NoPages = ["/api", "/assets", "/openapi", "/healthz", "/metrics", "/problems", "/t"];

    public static void Map(IEndpointRouteBuilder routes, WebApp app) =>
        routes.MapFallback("/{**path}", http =>
            !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) ? ProblemEdge.NothingHere(http)
            : app.Find(http.Request.Path) is { } file ? Send(http, file)
            : NoPages.Any(start => http.Request.Path.StartsWithSegments(start)) ? ProblemEdge.NothingHere(http)
            : SendPage(http, app))
        .IsOpenToAnyone().ExcludeFromDescription();

    /// <summary>
    /// What the page may do: run its own files and nothing inline, ask nobody but us. Styles that the components make at run
    /// time carry the nonce of the answer.
    /// </summary>
    private static string Policy(string nonce) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static Task SendPage(HttpContext http, WebApp app)
    {
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        http.Response.Headers.ContentSecurityPolicy = Policy(nonce);
        http.Response.Headers.CacheControl = "no-store";        // a nonce is used once
        return Results.Text(app.Page(nonce), "text/html; charset=utf-8").ExecuteAsync(http);
    }

    private static Task Send(HttpContext http, WebFile file)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = http.Request.Path.StartsWithSegments("/assets") ? Forever : AskAgain;
        headers.ETag = file.ETag;
        headers.Vary = "Accept-Encoding";
        if (http.Request.Headers.IfNoneMatch == file.ETag) { http.Response.StatusCode = StatusCodes.Status304NotModified; return Task.CompletedTask; }
        http.Response.ContentType = file.Type;
        byte[] body = file.Plain;
        if (file.Brotli is not null && Takes(http, "br")) (body, headers.ContentEncoding) = (file.Brotli, "br");
        else if (file.Gzip is not null && Takes(http, "gzip")) (body, headers.ContentEncoding) = (file.Gzip, "gzip");
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static bool Takes(HttpContext http, string encoding) =>
        http.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
}
