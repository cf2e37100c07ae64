using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>
/// Makes the schemas of the OpenAPI document say what the C# types say: what is always there, what may be null, what an id and an instant
/// look like, which words a text may be. The framework's own schemas know constructor parameters only.
/// </summary>
public sealed class ApiShapes
{
    /// <param name="IsAlwaysSent">In an answer.</param>
    /// <param name="IsNeeded">In a request.</param>
    private sealed record Member(bool IsNullable, bool IsAlwaysSent, bool IsNeeded, bool IsReadOnly, string? Constant, IReadOnlyList<string>? Words);

    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, Member>> _shapes = new();

    /// <summary>Called for each schema as it is made.</summary>
    public void See(OpenApiSchema schema, OpenApiSchemaTransformerContext context, Func<JsonTypeInfo, string?> nameOf)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (NullOf(schema.Type, context) | JsonSchemaType.String, "date-time");
        else if (type.IsEnum) Names(schema);
        else if (PrefixOf(type) is { } prefix)
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, $"^{prefix}[0-9a-f]{{32}}$");
        else if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && type != typeof(ProblemDetails) && nameOf(context.JsonTypeInfo) is { } name)
            _shapes[name] = context.JsonTypeInfo.Properties.ToDictionary(p => p.Name, Read);
    }

    /// <summary>Called once the document stands: requests and answers are told apart only then.</summary>
    public void Finish(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var sent = Reached(document, schemas, o => o.RequestBody?.Content?.Values ?? []);
        foreach (var (name, found) in schemas)
            if (found is OpenApiSchema schema && _shapes.TryGetValue(name, out var members))
                Finish(schema, members, sent.Contains(name), document);
        foreach (var body in Operations(document).Select(o => o.RequestBody).OfType<OpenApiRequestBody>())
            foreach (var content in body.Content?.Values ?? [])
                if (content.Schema?.OneOf is { Count: 2 } either && either.SingleOrDefault(s => s is OpenApiSchemaReference) is { } only)
                    content.Schema = only;                                  // that a body may be absent is said by required
        document.Components!.Schemas = schemas.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary();
    }

    public static IEnumerable<OpenApiOperation> Operations(OpenApiDocument document) => document.Paths.Values.SelectMany(p => p.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());

    private static void Finish(OpenApiSchema schema, IReadOnlyDictionary<string, Member> members, bool isSent, OpenApiDocument document)
    {
        if (schema.Properties is null) return;
        foreach (var (name, member) in members)
            if (schema.Properties.TryGetValue(name, out var property))
                schema.Properties[name] = Finish(property, member, isSent);
        schema.Required = members.Where(m => isSent ? m.Value.IsNeeded : m.Value.IsAlwaysSent).Select(m => m.Key).Where(schema.Properties.ContainsKey).ToHashSet();
        if (schema.Required.Count == 0) schema.Required = null;
        if (isSent) return;
        schema.AdditionalPropertiesAllowed = true;          // an answer may say more in the next release
        schema.AdditionalProperties = null;
    }

    private static IOpenApiSchema Finish(IOpenApiSchema property, Member member, bool isSent)
    {
        if (property is OpenApiSchema { OneOf: { } parts } && parts.FirstOrDefault(IsAny) is { } any) return any;       // any JSON may be null
        if (IsAny(property)) return property;
        if (property is OpenApiSchema { OneOf: { Count: 2 } either } && !member.IsNullable && either.SingleOrDefault(s => s is OpenApiSchemaReference) is { } only) return only;
        if (property is OpenApiSchemaReference && member.IsNullable)
            return new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, property] };
        if (property is not OpenApiSchema schema) return property;
        if (schema.Type is { } type && schema.OneOf is null) schema.Type = member.IsNullable ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
        if (member.Constant is { } constant) schema.Enum = [JsonValue.Create(constant)];
        if (member.Words is { } words)
        {
            var target = schema.Items as OpenApiSchema ?? schema;
            target.Enum = [.. words.Select(w => (JsonNode)JsonValue.Create(w)!)];
            if (target == schema && member.IsNullable) target.Enum.Add(JsonNullSentinel.JsonNull);
        }
        if (isSent && member.IsReadOnly) schema.ReadOnly = true;
        return schema;
    }

    private static bool IsAny(IOpenApiSchema schema) => schema is OpenApiSchemaReference { Reference.Id: nameof(JsonNode) or nameof(JsonElement) };

    private static Member Read(JsonPropertyInfo property)
    {
        bool isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null || !property.PropertyType.IsValueType && property.IsGetNullable;
        bool isConditional = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true).OfType<JsonIgnoreAttribute>()
            .Any(i => i.Condition is JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault) ?? false;
        bool isNeeded = property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false } && !isNullable;
        bool isReadOnly = property.AssociatedParameter is null && property.Set is null;
        var words = Words(property.AttributeProvider) ?? Words(property.AssociatedParameter?.AttributeProvider);
        return new Member(isNullable, !isConditional, isNeeded, isReadOnly, isReadOnly && property.Name == "object" ? Constant(property) : null, words?.Words);
    }

    private static WordsAttribute? Words(System.Reflection.ICustomAttributeProvider? said) =>
        said?.GetCustomAttributes(typeof(WordsAttribute), true).OfType<WordsAttribute>().FirstOrDefault();

    // public string Object => "order": the same for all, so an object nobody has filled says it too.
    private static string? Constant(JsonPropertyInfo property) => property.Get?.Invoke(RuntimeHelpers.GetUninitializedObject(property.DeclaringType)) as string;

    private static void Names(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = schema.Enum?.Where(e => e is JsonValue v && v.GetValueKind() == JsonValueKind.String && !JsonNullSentinel.IsJsonNullSentinel(v)).ToList();
    }

    private static JsonSchemaType NullOf(JsonSchemaType? type, OpenApiSchemaTransformerContext context) =>
        (type ?? 0) & JsonSchemaType.Null | (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is null ? 0 : JsonSchemaType.Null);

    private static string? PrefixOf(Type type) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IPrefixedId<>))
        ? (string?)type.GetProperty(nameof(IPrefixedId<OrderId>.Prefix))?.GetValue(null) : null;

    /// <summary>The names of all schemas that the bodies lead to.</summary>
    private static HashSet<string> Reached(OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas, Func<OpenApiOperation, IEnumerable<OpenApiMediaType>> bodies)
    {
        var found = new HashSet<string>();
        var todo = new Stack<IOpenApiSchema?>(Operations(document).SelectMany(bodies).Select(b => b.Schema));
        while (todo.TryPop(out var next))
        {
            if (next is null) continue;
            if (next is OpenApiSchemaReference { Reference.Id: { } id })
            {
                if (found.Add(id) && schemas.TryGetValue(id, out var target)) todo.Push(target);
                continue;
            }
            foreach (var part in (next.Properties?.Values ?? Enumerable.Empty<IOpenApiSchema>()).Concat(next.OneOf ?? []).Concat(next.AnyOf ?? []).Concat(next.AllOf ?? []))
                todo.Push(part);
            todo.Push(next.Items);
            todo.Push(next.AdditionalProperties);
        }
        return found;
    }
}
