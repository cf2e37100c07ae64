using Switchyard.Http;

namespace Switchyard.Orders;

/// <summary>The answer to a placed order, made once: the same bytes go to the caller and under the idempotency key.</summary>
public sealed class OrderAnswer(string json, int status, bool isReplay, string? etag = null) : IResult
{
    public string Json => json;
    public int Status => status;
    public bool IsReplay => isReplay;

    public Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        if (isReplay) http.Response.Headers["Idempotency-Replayed"] = "true";
        if (etag is not null) http.Response.Headers.ETag = etag;
        return http.Response.WriteAsync(json);
    }
}
