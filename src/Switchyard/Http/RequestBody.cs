using System.Security.Cryptography;
using System.Text;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>
/// Reads the whole body of a write, bounded, before anything is begun, and stamps the request with its Idempotency-Key.
/// </summary>
public sealed class RequestBody(RequestDelegate next)
{
    /// <summary>The most a JSON body may have; endpoints that take files say a limit of their own (<see cref="TakesFiles"/>).</summary>
    public const int MostJsonBytes = 4 * 1024 * 1024;

    /// <summary>The most that is read of somebody who has not shown who they are: thousands of strangers may send at once.</summary>
    public const int MostStrangersBytes = 64 * 1024;

    /// <summary>Taken on the word of Content-Length alone; more is taken as it comes.</summary>
    private const int MostAtOnce = 64 * 1024;

    public async Task Invoke(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) && !HttpMethods.IsPut(http.Request.Method) && !HttpMethods.IsPatch(http.Request.Method)
            || http.GetEndpoint()?.Metadata.GetMetadata<TakesFiles>() is not null)
        {
            await next(http);
            return;
        }
        var of = http.GetEndpoint()?.Metadata;
        int most = of?.GetMetadata<LargestBody>()?.Bytes ?? (of?.GetMetadata<OpenToAnyone>() is null ? MostJsonBytes : MostStrangersBytes);
        if (http.Request.ContentLength > most) { await Problems.Write(http, TooLarge(most)); return; }
        using var body = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 1024, MostAtOnce));
        var pipe = http.Request.BodyReader;                      // Kestrel's own buffers: nothing is copied twice
        while (true)
        {
            var read = await pipe.ReadAsync(http.RequestAborted);
            foreach (var part in read.Buffer)
            {
                if (body.Length + part.Length > most) { await Problems.Write(http, TooLarge(most)); return; }
                body.Write(part.Span);
            }
            pipe.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        body.Position = 0;
        http.Request.Body = body;
        string? key = http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } text ? text : null;
        if (key is not null)
        {
            if (key.Length > 255 || !Text.IsStorable(key) || key.StartsWith(RequestStamp.OfDesks, StringComparison.Ordinal)) { await Problems.Write(http, BadKey); return; }
            http.Items[typeof(RequestStamp)] = new RequestStamp(key, Hash(http.Request, body));
        }
        await next(http);
    }

    private static byte[] Hash(HttpRequest request, MemoryStream body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body.GetBuffer(), 0, (int)body.Length);
        return hash.GetHashAndReset();
    }

    private static Error TooLarge(int most) => new(ErrorKind.TooLarge, "request.too_large", $"The body may have at most {Text.Invariant(most / 1024)} KiB.", []);
    private static readonly Error BadKey = Error.Invalid("request.idempotency_key_malformed", "Idempotency-Key may have at most 255 characters, and does not begin with desk:.",
        new FieldError("#Idempotency-Key", "field.malformed", "At most 255 characters, not beginning with desk:."));
}

/// <summary>Marks an endpoint that reads its body as a stream.</summary>
public sealed record TakesFiles;

/// <summary>Says how many bytes an endpoint takes as its body, where that is not the usual.</summary>
public sealed record LargestBody(int Bytes);
