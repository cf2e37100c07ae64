using System.Collections.Concurrent;
using System.Text.Json;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Where mappings come from: built into the program, or a JSON document of the user's.</summary>
public static class ImportMappings
{
    public const int MostBytes = 256 * 1024;
    private static readonly ConcurrentDictionary<string, OrderMapping?> Known = new(StringComparer.Ordinal);

    /// <summary>The names of the built-in mappings.</summary>
    public static readonly IReadOnlyList<string> Names = ["amazon-orders", "ebay-orders", "magento-orders", "mintsoft", "online-retail", "olist", "shopify-orders", "simple"];

    public static OrderMapping? BuiltIn(string name) => !Names.Contains(name) ? null : Known.GetOrAdd(name, static name =>
    {
        using var stream = typeof(ImportMappings).Assembly.GetManifestResourceStream($"Switchyard.Orders.Import.Mappings.{name}.json")!;
        var document = JsonSerializer.Deserialize<MappingDocument>(stream, Json.Options)!;
        return OrderMapping.From(document, Zone).Value;
    });

    /// <summary>Reads a user's own mapping.</summary>
    /// <remarks>Errors: import.mapping_malformed, request.invalid with pointers into the document.</remarks>
    public static Result<OrderMapping> Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MostBytes) return Error.Invalid("import.mapping_malformed", $"A mapping has at most {MostBytes} bytes.");
        try
        {
            return JsonSerializer.Deserialize<MappingDocument>(json, Json.Options) is { } document
                ? OrderMapping.From(document, Zone) : Error.Invalid("import.mapping_malformed", "The mapping is empty.");
        }
        catch (JsonException e)
        {
            return Error.Invalid("import.mapping_malformed", $"The mapping is not the JSON that is expected, at {e.Path ?? "the top"}.");
        }
    }

    /// <summary>A built-in mapping by name, or one in a file that a person at the command line names.</summary>
    /// <remarks>Errors: import.no_such_mapping and those of <see cref="Parse"/>.</remarks>
    public static Result<OrderMapping> Find(string nameOrPath)
    {
        if (BuiltIn(nameOrPath) is { } mapping) return mapping;
        var file = new FileInfo(nameOrPath);
        if (!file.Exists) return Error.Invalid("import.no_such_mapping", $"There is no mapping {nameOrPath}: name {string.Join(", ", Names)} or a JSON file.");
        if (file.Length > MostBytes) return Parse(new byte[MostBytes + 1]);
        return Parse(File.ReadAllBytes(nameOrPath));
    }

    private static TimeZoneInfo? Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}
