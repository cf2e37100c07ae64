using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>An order's id: a UUIDv7 inside, <c>ord_</c> and 32 hex digits outside.</summary>
[JsonConverter(typeof(PrefixedIdConverter<OrderId>))]
public readonly record struct OrderId(Guid Value) : IPrefixedId<OrderId>
{
    public static string Prefix => "ord_";
    public static OrderId From(Guid value) => new(value);
    public static OrderId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out OrderId id) => PrefixedId.TryParse(text, out id);
    public static OrderId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<OrderId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A soft reservation's id, <c>rsv_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ReservationId>))]
public readonly record struct ReservationId(Guid Value) : IPrefixedId<ReservationId>
{
    public static string Prefix => "rsv_";
    public static ReservationId From(Guid value) => new(value);
    public static ReservationId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ReservationId id) => PrefixedId.TryParse(text, out id);
    public static ReservationId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ReservationId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A job's id, <c>job_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<JobId>))]
public readonly record struct JobId(Guid Value) : IPrefixedId<JobId>
{
    public static string Prefix => "job_";
    public static JobId From(Guid value) => new(value);
    public static JobId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out JobId id) => PrefixedId.TryParse(text, out id);
    public static JobId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<JobId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A customer's id, <c>cus_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<CustomerId>))]
public readonly record struct CustomerId(Guid Value) : IPrefixedId<CustomerId>
{
    public static string Prefix => "cus_";
    public static CustomerId From(Guid value) => new(value);
    public static CustomerId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out CustomerId id) => PrefixedId.TryParse(text, out id);
    public static CustomerId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<CustomerId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A payment's id, <c>pay_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<PaymentId>))]
public readonly record struct PaymentId(Guid Value) : IPrefixedId<PaymentId>
{
    public static string Prefix => "pay_";
    public static PaymentId From(Guid value) => new(value);
    public static PaymentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out PaymentId id) => PrefixedId.TryParse(text, out id);
    public static PaymentId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<PaymentId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A picture's id, <c>img_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ImageId>))]
public readonly record struct ImageId(Guid Value) : IPrefixedId<ImageId>
{
    public static string Prefix => "img_";
    public static ImageId From(Guid value) => new(value);
    public static ImageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ImageId id) => PrefixedId.TryParse(text, out id);
    public static ImageId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ImageId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>A saved view's id, <c>view_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<ViewId>))]
public readonly record struct ViewId(Guid Value) : IPrefixedId<ViewId>
{
    public static string Prefix => "view_";
    public static ViewId From(Guid value) => new(value);
    public static ViewId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out ViewId id) => PrefixedId.TryParse(text, out id);
    public static ViewId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<ViewId>(text);
    public override string ToString() => PrefixedId.Format(this);
}

/// <summary>An id that people and programs outside see with a prefix that tells its kind.</summary>
public interface IPrefixedId<TSelf> : IParsable<TSelf> where TSelf : struct, IPrefixedId<TSelf>
{
    static abstract string Prefix { get; }
    static abstract TSelf From(Guid value);
    Guid Value { get; }
}

/// <summary>Formatting and parsing shared by all prefixed ids.</summary>
public static class PrefixedId
{
    public static string Format<T>(T id) where T : struct, IPrefixedId<T> => T.Prefix + id.Value.ToString("N");

    public static bool TryParse<T>(string? text, out T id) where T : struct, IPrefixedId<T>
    {
        id = default;
        if (text is null || !text.StartsWith(T.Prefix, StringComparison.Ordinal)) return false;
        if (!Guid.TryParseExact(text.AsSpan(T.Prefix.Length), "N", out var value)) return false;
        id = T.From(value);
        return true;
    }

    public static T Parse<T>(string text) where T : struct, IPrefixedId<T> =>
        TryParse<T>(text, out var id) ? id : throw new FormatException($"Not an id of the form {T.Prefix}…");
}

/// <summary>Writes an id as its prefixed text.</summary>
public sealed class PrefixedIdConverter<T> : JsonConverter<T> where T : struct, IPrefixedId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && PrefixedId.TryParse<T>(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"An id of the form {T.Prefix}… is expected.");

    public override void Write(Utf8JsonWriter writer, T id, JsonSerializerOptions options) => writer.WriteStringValue(id.ToString());
}
