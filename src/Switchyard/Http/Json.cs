using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Switchyard.Http;

/// <summary>The one way JSON is written and read: camelCase, numbers are numbers, enums are camelCase names, no member twice.</summary>
public static class Json
{
    // The same objects in all options: only equal options share what is known of types, and learning it takes most of a server's start.
    private static readonly JsonConverter[] Converters = [new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false), new InstantConverter()];

    public static readonly JsonSerializerOptions Options = Ready(Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    // Else they know of no type until something is written with them: a list asked for before that was a fault.
    private static JsonSerializerOptions Ready(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;      // answers are JSON, never pasted into HTML
        options.MaxDepth = 32;
        foreach (var converter in Converters) options.Converters.Add(converter);
        return options;
    }

    // What is known of the types belongs to all servers of the process: it is kept alive here, and found again by options that are equal in all.
    private static readonly Lock Knowing = new();
    private static JsonSerializerOptions? _known;

    /// <summary>Lets the options of a server use what another server of the process has learned of types. Comes after all else that changes them.</summary>
    public static void Share(JsonSerializerOptions options)
    {
        lock (Knowing)
        {
            _known ??= new JsonSerializerOptions(options) { TypeInfoResolver = new Shared(options.TypeInfoResolver!) };
            options.TypeInfoResolver = _known.TypeInfoResolver;
            _known.MakeReadOnly();
        }
    }

    /// <summary>The one object by which options are found equal.</summary>
    private sealed class Shared(IJsonTypeInfoResolver inner) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => inner.GetTypeInfo(type, options);
    }

    /// <summary>As bodies of requests are read: a member that nothing reads is a typo, and is refused. What is stored may say more than we know.</summary>
    public static void ConfigureBodies(JsonSerializerOptions options) =>
        Configure(options).UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
}

/// <summary>Reads an instant only with its offset (RFC 3339): a time without one would mean something else on each machine.</summary>
public sealed partial class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var instant)) throw new JsonException("An instant is expected.");
        return Zone().IsMatch(reader.GetString()!) ? instant : throw new JsonException(NoOffset);
    }

    /// <summary>The words of the refusal, by which it is known again.</summary>
    internal const string NoOffset = "An instant ends with Z or an offset such as +01:00.";

    public override void Write(Utf8JsonWriter writer, DateTimeOffset instant, JsonSerializerOptions options) => writer.WriteStringValue(instant);

    [GeneratedRegex(@"(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Zone();
}
