namespace Switchyard.Kernel;

/// <summary>How a refusal is to be understood; <c>Http.Problems</c> is the only place that turns it into a status.</summary>
public enum ErrorKind { Invalid, Unauthorized, Forbidden, NotFound, Conflict, Precondition, Unprocessable, TooLarge, MediaType, Busy, Unavailable, Upstream, Method }

/// <summary>One fault of one field.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the request body, or <c>#name</c> for a query or header value.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">A sentence a shop worker understands.</param>
public sealed record FieldError(string Pointer, string Code, string Detail);

/// <summary>A refusal as a value: kind, stable code, sentence, and the fields at fault.</summary>
public sealed record Error(ErrorKind Kind, string Code, string Detail, IReadOnlyList<FieldError> Fields)
{
    /// <summary>Further members of the problem document, such as the id of the thing that is in the way.</summary>
    public IReadOnlyDictionary<string, object?> Extra { get; init; } = new Dictionary<string, object?>();

    /// <summary>Seconds after which a repeat may work; only for Busy and Unavailable.</summary>
    public int? RetryAfterSeconds { get; init; }

    public static Error Invalid(string code, string detail, params FieldError[] fields) => new(ErrorKind.Invalid, code, detail, fields);
    public static Error Invalid(IReadOnlyList<FieldError> fields) =>
        new(ErrorKind.Invalid, "request.invalid", fields.Count == 1 ? fields[0].Detail : $"{fields.Count} fields are not acceptable.", fields);
    public static Error NotFound(string code, string detail) => new(ErrorKind.NotFound, code, detail, []);
    public static Error Conflict(string code, string detail, params FieldError[] fields) => new(ErrorKind.Conflict, code, detail, fields);
    public static Error Unprocessable(string code, string detail, params FieldError[] fields) => new(ErrorKind.Unprocessable, code, detail, fields);
    public static Error Forbidden(string code, string detail) => new(ErrorKind.Forbidden, code, detail, []);
    public static Error Unauthorized(string code, string detail) => new(ErrorKind.Unauthorized, code, detail, []);
    public static Error Busy(string code, string detail, int retryAfterSeconds) =>
        new(ErrorKind.Busy, code, detail, []) { RetryAfterSeconds = retryAfterSeconds };
    public static Error Unavailable(string code, string detail, int retryAfterSeconds) =>
        new(ErrorKind.Unavailable, code, detail, []) { RetryAfterSeconds = retryAfterSeconds };
}

/// <summary>A value, or the reason there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;
    private Result(T? value, Error? error, bool replayed) { _value = value; Error = error; IsReplay = replayed; }

    public Error? Error { get; }
    public bool IsOk => Error is null;

    /// <summary>True when the value is the stored answer of an earlier request with the same idempotency key.</summary>
    public bool IsReplay { get; }

    public T Value => Error is null ? _value! : throw new InvalidOperationException($"No value: {Error.Code}");

    public static implicit operator Result<T>(T value) => new(value, null, false);
    public static implicit operator Result<T>(Error error) => new(default, error, false);
    public static Result<T> Replay(T value) => new(value, null, true);
    public Result<U> Then<U>(Func<T, Result<U>> next) => Error is { } error ? error : next(_value!);
}

/// <summary>Nothing to say beyond that it worked.</summary>
public readonly record struct Done;

/// <summary>Assertions that stay on in production: a broken invariant stops the work loudly.</summary>
public static class Must
{
    public static void Hold(bool condition, string what)
    {
        if (!condition) throw new InvariantBrokenException(what);
    }
}

/// <summary>A fault of ours, never of a caller.</summary>
public sealed class InvariantBrokenException(string what) : Exception("Invariant broken: " + what);
