namespace Switchyard.Http;

/// <summary>The headers every answer carries: nothing is guessed, framed, kept by caches or told to other sites.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string ForPages =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // A phone's camera reads barcodes; nothing here asks where people are or listens to them.
    private const string OwnPowers = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()";

    public Task Invoke(HttpContext http)
    {
        http.Response.OnStarting(static state => { Set((HttpContext)state); return Task.CompletedTask; }, http);
        return next(http);
    }

    private static void Set(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (headers["Referrer-Policy"].Count == 0) headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = OwnPowers;
        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = ForPages;
            headers.XFrameOptions = "DENY";
        }
        if (http.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
    }
}
