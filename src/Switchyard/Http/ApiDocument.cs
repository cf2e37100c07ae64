using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Switchyard.Access;

namespace Switchyard.Http;

/// <summary>What the OpenAPI document says beyond the shapes: the right each operation needs (<c>x-permission</c>) and how to sign in.</summary>
public static class ApiDocument
{
    /// <summary>The values of x-permission that are no permission codes.</summary>
    public const string Anyone = "anyone", SignedIn = "signed-in";

    public static OpenApiOptions Describe(this OpenApiOptions options)
    {
        var shapes = new ApiShapes();
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (PermissionOf(metadata) is { } permission)
                Extend(operation, "x-permission", JsonValue.Create(permission));
            Refusals(operation, context);
            ApiParameters.Describe(operation, new HttpMethod(context.Description.HttpMethod ?? "GET"), "/" + context.Description.RelativePath, context.Document!);
            if (operation.Tags?.All(t => t.Name == UnnamedIn(context)) ?? true) operation.Tags = new HashSet<OpenApiTagReference> { new(RoomOf(metadata), context.Document) };
            if (metadata.OfType<TellsPrices>().Any()) Extend(operation, "x-tells-prices", JsonValue.Create(true));
            if (metadata.OfType<OnlyTheHouse>().Any()) Extend(operation, "x-only-the-house", JsonValue.Create(true));
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            shapes.See(schema, context, type => options.CreateSchemaReferenceId(type));
            if (context.JsonTypeInfo.Type == typeof(Microsoft.AspNetCore.Mvc.ProblemDetails)) Problem(schema);
            return Task.CompletedTask;
        });
        // Request and Response are nested in their slices: the slice's name tells them apart in the document and in clients made from it.
        options.CreateSchemaReferenceId = type =>
            OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? SliceOf(type.Type) + name : null;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Switchyard";
            document.Info.Version = "v1";
            document.Servers?.Clear();          // the address of the process that answered is nobody's business
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: Authorization: Bearer KEY.",
            };
            document.Components.SecuritySchemes["session"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = SignIn.Cookie,
                Description = $"A session of POST /api/v1/session. Writes need the header {AccessRoom.AntiforgeryHeader}.",
            };
            document.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("session", document)] = [] },
            ];
            ApiParameters.AddTo(document);
            shapes.Finish(document);
            Share(document);
            ApiExamples.AddTo(document);
            Sort(document);
            return Task.CompletedTask;
        });
        return options;
    }

    /// <summary>The framework's tag for operations that name none: the name of the program.</summary>
    private static string UnnamedIn(OpenApiOperationTransformerContext context) =>
        context.ApplicationServices.GetRequiredService<IHostEnvironment>().ApplicationName;

    // The last part of the namespace of whatever answers.
    private static string RoomOf(IEnumerable<object> metadata) =>
        metadata.OfType<System.Reflection.MethodInfo>().FirstOrDefault()?.DeclaringType?.Namespace?.Split('.')[^1] ?? "Switchyard";

    /// <summary>In an order that does not depend on which room was added first, so that a change is a small difference.</summary>
    private static void Sort(OpenApiDocument document)
    {
        var paths = new OpenApiPaths();
        foreach (var (path, item) in document.Paths.OrderBy(p => p.Key, StringComparer.Ordinal)) paths.Add(path, item);
        document.Paths = paths;
        foreach (var operation in ApiShapes.Operations(document))
        {
            var responses = new OpenApiResponses();
            foreach (var (status, response) in (operation.Responses ?? []).OrderBy(r => r.Key, StringComparer.Ordinal)) responses.Add(status, response);
            operation.Responses = responses;
        }
        var used = ApiShapes.Operations(document).SelectMany(o => o.Tags ?? Enumerable.Empty<OpenApiTagReference>()).Select(t => t.Name).ToHashSet();
        document.Tags = used.Order(StringComparer.Ordinal).Select(name => new OpenApiTag { Name = name }).ToHashSet();
    }

    /// <summary>The permission an endpoint asks for, or how it is open; null when it says nothing, and is therefore denied to all.</summary>
    public static string? PermissionOf(IEnumerable<object> metadata)
    {
        foreach (object item in metadata)
            switch (item)
            {
                case RequiredPermission needed: return needed.Permission.Code;
                case OpenToAnyone: return Anyone;
                case AnySignedIn: return SignedIn;
            }
        return null;
    }

    /// <summary>Refusals that are the same everywhere: described once, referred to by every operation that may answer them.</summary>
    private static readonly (string Status, string Name, string Words)[] Everywhere =
    [
        ("401", "Unauthorized", "Not signed in, or the key is unknown, expired or revoked"),
        ("403", "Forbidden", "The right is missing: x-permission says which"),
        ("413", "TooLarge", "The body is larger than is taken here"),
        ("415", "MediaType", "The body is not of a kind that is read here"),
        ("429", "Busy", "Too busy: repeat after Retry-After with the same Idempotency-Key"),
        ("503", "Unavailable", "The database is away or too much is under way: repeat after Retry-After with the same Idempotency-Key"),
    ];

    /// <summary>What an operation may answer besides success: the refusals of all, and its own by their codes.</summary>
    private static void Refusals(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var responses = operation.Responses ??= [];
        if (PermissionOf(metadata) is not (null or Anyone))
            foreach (var (status, name, _) in Everywhere)
                if (status is not ("413" or "415") || operation.RequestBody is not null || responses.ContainsKey(status)) responses[status] = new OpenApiResponseReference(name, context.Document);
        var problems = metadata.OfType<System.Reflection.MethodInfo>().FirstOrDefault() is { } handler ? ApiProblems.Of(handler, metadata.OfType<WorksThrough>().Select(w => w.Type)) : [];
        if (operation.RequestBody is not null) problems = [.. problems.Concat(ApiProblems.Answered.Where(p => p.Code is "request.malformed" or "request.invalid")).DistinctBy(p => p.Code)];
        foreach (var (status, response) in responses)
            if (status[0] is '4' or '5' && response is OpenApiResponse own)
                Name(own, status, problems.Where(p => p.Status == status).ToList() is { Count: > 0 } found ? found : Usual(status), context.Document!);
    }

    // Where the code that refuses is not found: what every operation with this status may say.
    private static List<ProblemPages.Response> Usual(string status) =>
        [.. ApiProblems.Answered.Where(p => p.Status == status && p.Code is "request.invalid" or "request.idempotency_key_reused" or "request.no_such_path")];

    private static void Name(OpenApiResponse response, string status, IReadOnlyList<ProblemPages.Response> problems, OpenApiDocument document)
    {
        response.Description = Problems.Title(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture))
            + (problems.Count == 0 ? "" : ": " + string.Join(", ", problems.Select(p => $"`{p.Code}`")));
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new()
            {
                Schema = new OpenApiSchemaReference("ProblemDetails", document),
                Examples = problems.Count == 0 ? null : problems.ToDictionary(p => p.Code, p => (IOpenApiExample)new OpenApiExampleReference(ApiProblems.ExampleOf(p.Code), document)),
            },
        };
    }

    private static void Share(OpenApiDocument document)
    {
        document.Components!.Responses = new Dictionary<string, IOpenApiResponse>();
        var pages = ApiProblems.Answered.ToList();
        foreach (var (status, name, words) in Everywhere)
        {
            var response = new OpenApiResponse();
            Name(response, status, [.. pages.Where(p => p.Status == status)], document);
            response.Description = words;
            document.Components.Responses[name] = response;
        }
        document.Components.Examples ??= new Dictionary<string, IOpenApiExample>();
        foreach (var page in pages)
            document.Components.Examples[ApiProblems.ExampleOf(page.Code)] = new OpenApiExample { Summary = page.Meaning, Value = ApiProblems.Document(page) };
    }

    /// <summary>A problem document as Problems writes it: RFC 9457 with a stable code and the faults of fields.</summary>
    private static void Problem(OpenApiSchema schema)
    {
        static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["type"] = Text("Where the code is explained: /problems/CODE");
        schema.Properties["title"] = Text("The kind of refusal in words");
        schema.Properties["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status" };
        schema.Properties["detail"] = Text("What was refused and why, for people");
        schema.Properties["instance"] = Text("The path that was asked");
        schema.Properties["code"] = Text("Stable; decide by it. docs/api/problems.md lists all");
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Each fault of a field",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["pointer"] = Text("JSON pointer into the body, or #name of a parameter or header"), ["code"] = Text("Stable"), ["detail"] = Text("A sentence for people"),
                },
                Required = new HashSet<string> { "pointer", "code", "detail" },
            },
        };
        schema.Properties["requestId"] = Text("Name it when you report something");
        schema.Properties["traceId"] = Text("The trace it belongs to");
        schema.Required = new HashSet<string> { "type", "title", "status", "detail", "code", "requestId" };
        (schema.AdditionalPropertiesAllowed, schema.AdditionalProperties) = (true, null);         // some name more: version, orderId, cancellable
    }

    // PageOfResponse of WriteZone becomes WriteZonePageOfResponse.
    private static string SliceOf(Type type) => type is { IsGenericType: true, GenericTypeArguments: [var part] } ? SliceOf(part)
        : type is { IsNested: true, DeclaringType: { } slice } ? slice.Name : "";

    private static void Extend(OpenApiOperation operation, string name, JsonNode value)
    {
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions[name] = new JsonNodeExtension(value);
    }
}
