using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>The only place that turns results and refusals into HTTP: RFC 9457 with a stable code and JSON pointers.</summary>
public static class Problems
{
    public static IResult ToHttp<T>(this Result<T> result, int status = StatusCodes.Status200OK, Func<T, string>? location = null) =>
        result.Error is { } error ? ToHttp(error) : new Answer<T>(result.Value, status, result.IsReplay, location?.Invoke(result.Value));

    public static IResult ToHttp(this Error error) => new Refusal(error);

    public static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => 400,
        ErrorKind.Unauthorized => 401,
        ErrorKind.Forbidden => 403,
        ErrorKind.NotFound => 404,
        ErrorKind.Method => 405,
        ErrorKind.Conflict => 409,
        ErrorKind.Precondition => 412,
        ErrorKind.TooLarge => 413,
        ErrorKind.MediaType => 415,
        ErrorKind.Unprocessable => 422,
        ErrorKind.Busy => 429,
        ErrorKind.Upstream => 502,
        ErrorKind.Unavailable => 503,
        _ => 500,
    };

    public static ProblemDetails Document(Error error, HttpContext http)
    {
        var problem = new ProblemDetails
        {
            Type = "/problems/" + error.Code,
            Title = Title(error.Kind),
            Status = Status(error.Kind),
            Detail = error.Detail,
            Instance = http.Request.Path,
        };
        problem.Extensions["code"] = error.Code;
        if (error.Fields.Count > 0) problem.Extensions["errors"] = error.Fields;
        foreach (var (name, value) in error.Extra) problem.Extensions[name] = value;
        problem.Extensions["requestId"] = http.TraceIdentifier;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        return problem;
    }

    public static Task Write(HttpContext http, Error error)
    {
        http.Response.StatusCode = Status(error.Kind);
        if (error.RetryAfterSeconds is { } seconds) http.Response.Headers.RetryAfter = Text.Invariant(seconds);
        if (error.Kind == ErrorKind.Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        return http.Response.WriteAsJsonAsync(Document(error, http), Json.Options, "application/problem+json");
    }

    /// <summary>The title of the problems with this status.</summary>
    internal static string Title(int status) => Title(Enum.GetValues<ErrorKind>().Where(k => Status(k) == status).DefaultIfEmpty((ErrorKind)(-1)).First());

    private static string Title(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => "The request is not acceptable",
        ErrorKind.Unauthorized => "Sign in first",
        ErrorKind.Forbidden => "Not permitted",
        ErrorKind.NotFound => "Not found",
        ErrorKind.Method => "Not a method of this address",
        ErrorKind.Conflict => "In conflict with the present state",
        ErrorKind.Precondition => "Changed meanwhile",
        ErrorKind.TooLarge => "Too large",
        ErrorKind.MediaType => "Not a body that is read here",
        ErrorKind.Unprocessable => "Cannot be processed",
        ErrorKind.Busy => "Too busy",
        ErrorKind.Unavailable => "Not available now",
        _ => "Something went wrong on our side",
    };

    private sealed class Refusal(Error error) : IResult
    {
        public Task ExecuteAsync(HttpContext http) => Write(http, error);
    }

    private sealed class Answer<T>(T value, int status, bool isReplay, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            if (isReplay) http.Response.Headers["Idempotency-Replayed"] = "true";
            if (location is not null) http.Response.Headers.Location = location;
            return http.Response.WriteAsJsonAsync(value, Json.Options);
        }
    }
}

/// <summary>The process edge: whatever is thrown past a handler becomes a problem document, and ours are logged with their id.</summary>
public sealed partial class ProblemEdge(RequestDelegate next, ILogger<ProblemEdge> log)
{
    public async Task Invoke(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { StatusCode: 400, HasStarted: false, ContentType: null, ContentLength: null or 0 }) await Problems.Write(http, Misfit(http));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested) { }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted) { await Problems.Write(http, Read(e)); }
        catch (JsonException e) when (!http.Response.HasStarted) { await Problems.Write(http, Malformed(e)); }
#pragma warning disable CA1031 // the process edge
        catch (Exception e) when (!http.Response.HasStarted)
#pragma warning restore CA1031
        {
            var known = await Database.Db.Guard<Done>(() => Task.FromException<Result<Done>>(e)).ContinueWith(t => t.IsCompletedSuccessfully ? t.Result.Error : null, TaskScheduler.Default);
            if (known is null) log.LogError(e, "Request {RequestId} failed", http.TraceIdentifier);
            await Problems.Write(http, known ?? new Error((ErrorKind)(-1), "server.fault", "Something went wrong on our side. Repeat the request with the same Idempotency-Key.", []));
        }
    }

    /// <summary>A body that is not the JSON asked for, with the pointer of the place where reading stopped.</summary>
    public static Error Malformed(JsonException e)
    {
        string pointer = Pointer(e.Path);
        if (e.InnerException is JsonException)         // the reader's own: what was sent is no JSON at all
            return Error.Invalid("request.malformed", "The body is not valid JSON.", new FieldError(pointer, "field.malformed",
                $"Not JSON from line {Text.Invariant((e.LineNumber ?? 0) + 1)}, byte {Text.Invariant((e.BytePositionInLine ?? 0) + 1)} on."));
        if (Unmapped().Match(e.Message) is { Success: true } unknown)
            return Error.Invalid([new FieldError(Member(pointer, unknown.Groups[1].Value), "field.unknown", $"There is no member {unknown.Groups[1].Value} here.")]);
        if (e.Message.StartsWith(InstantConverter.NoOffset, StringComparison.Ordinal))
            return Error.Invalid([new FieldError(pointer, "field.no_offset", $"{pointer[(pointer.LastIndexOf('/') + 1)..]} must end with Z or an offset such as +01:00.")]);
        return Error.Invalid("request.malformed", "The body is not the JSON that is expected here.",
            new FieldError(pointer, "field.malformed", $"Not readable at {(pointer.Length == 0 ? "the top" : pointer)}: a value of another kind or range is expected."));
    }

    private static readonly Error MediaType = new(ErrorKind.MediaType, "request.media_type", "The body must be application/json.", []);

    /// <summary>For whatever no endpoint took: routing passes over those that read JSON when the body says it is something else.</summary>
    public static Task NothingHere(HttpContext http)
    {
        string[] methods = ApiMethods.At(http);
        if (methods.Length == 0 || methods.Contains(http.Request.Method)) return Problems.Write(http, NoPath(http));
        http.Response.Headers.Allow = string.Join(", ", methods);
        return Problems.Write(http, new Error(ErrorKind.Method, "request.no_such_method", $"This address takes {string.Join(" and ", methods)}, not {http.Request.Method}.", []));
    }

    private static Error NoPath(HttpContext http) => !HttpMethods.IsGet(http.Request.Method) && !http.Request.HasJsonContentType()
        && (http.Request.ContentLength > 0 || http.Request.Headers.TransferEncoding.Count > 0) ? MediaType
        : Error.NotFound("request.no_such_path", "There is nothing at this address.");

    /// <summary>The generated code answers a parameter that may be left out and is of another kind with a bare 400: we say which it is.</summary>
    private static Error Misfit(HttpContext http)
    {
        foreach (var parameter in http.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            string name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name), text = http.Request.Query[name].ToString();
            if (text.Length == 0 || Fits(parameter.ParameterInfo.ParameterType, text)) continue;
            string detail = $"'{name}' cannot be '{text}'.";
            return Error.Invalid("request.malformed", detail, new FieldError("#" + name, "field.malformed", detail));
        }
        return Error.Invalid("request.malformed", "A parameter of the address is not of the kind that is expected here.");
    }

    private static bool Fits(Type type, string text) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        var t when t == typeof(long) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        var t when t == typeof(bool) => bool.TryParse(text, out _),
        var t when t == typeof(Guid) => Guid.TryParse(text, out _),
        var t when t == typeof(DateOnly) => DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _),
        var t when t == typeof(DateTimeOffset) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    private static Error Read(BadHttpRequestException e) => e switch
    {
        { InnerException: JsonException json } => Malformed(json),
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => new Error(ErrorKind.TooLarge, "request.too_large", "The body is larger than is taken here.", []),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => MediaType,
        { StatusCode: StatusCodes.Status408RequestTimeout } => Error.Invalid("request.timeout", "The body came too slowly."),
        _ when e.Message.Contains("no body was provided", StringComparison.Ordinal) =>
            Error.Invalid("request.malformed", "A JSON body is expected here, and there was none."),
        _ when Unbound().Match(e.Message) is { Success: true } m =>
            Error.Invalid("request.malformed", $"'{m.Groups[1].Value}' cannot be '{m.Groups[2].Value}'."),
        _ => Error.Invalid("request.malformed", e.Message),
    };

    // The framework's words for a part of the address that is of another kind: Failed to bind parameter "long run" from "seven".
    [GeneratedRegex("""^Failed to bind parameter "\S+ (\w+)" from "(.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    // The serializer's words for a member that nothing reads.
    [GeneratedRegex("""^The JSON property '(.*)' could not be mapped to any \.NET member""", RegexOptions.Singleline)]
    private static partial Regex Unmapped();

    // It says where it stood: at the object, or already at the member.
    private static string Member(string pointer, string name) =>
        pointer == "/" + name || pointer.EndsWith("/" + name, StringComparison.Ordinal) ? pointer : $"{pointer}/{name}";

    // $.lines[0].quantity → /lines/0/quantity
    private static string Pointer(string? path) =>
        path is null or "$" ? "" : path[1..].Replace("['", "/", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal)
            .Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal);
}
