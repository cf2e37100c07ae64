using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Search;

/// <summary>Names the fields of a list, for whoever writes a query and for screens that offer them.</summary>
public static class ReadFields
{
    public sealed record FieldView(string Name, string Type, string Meaning, IReadOnlyList<string>? Values, bool HasPrefixes, IReadOnlyList<string> Aliases);

    /// <param name="Bare">What a word without a field is looked for in.</param>
    /// <param name="Sorts">The first is the list's own.</param>
    public sealed record Response(string List, string Bare, IReadOnlyList<FieldView> Fields, IReadOnlyList<string> Sorts);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/search/fields", (string? list, IEnumerable<ListSpec> lists, Actor actor) => Handle(list, lists, actor).ToHttp())
            .IsOpenToAnySignedIn().WithName("search.fields").WithSummary("The fields a list can be searched by").WithTags("Search")
            .Produces<Response>().ProducesProblem(400);

    public static Result<Response> Handle(string? list, IEnumerable<ListSpec> lists, Actor actor)
    {
        var seen = lists.Where(l => actor.May(l.Permission)).Select(l => l.For(actor)).ToList();
        if (seen.FirstOrDefault(l => l.Name == list) is not { } spec)
            return Error.Invalid([new FieldError("#list", "field.unknown_value", $"list must be one of {string.Join(", ", seen.Select(l => l.Name).Order(StringComparer.Ordinal))}.")]);
        return new Response(spec.Name, spec.Fields.Bare.Meaning,
            [.. spec.Fields.Fields.Select(f => new FieldView(f.Name, f.Type switch { FieldType.YesNo => "yesNo", var type => type.ToString().ToLowerInvariant() }, f.Meaning, f.Values, f.HasPrefixes && f.Type is FieldType.Words or FieldType.Code && f.HasPrefixes, f.Aliases))],
            [.. spec.Sorts.Select(s => s.Name)]);
    }
}
