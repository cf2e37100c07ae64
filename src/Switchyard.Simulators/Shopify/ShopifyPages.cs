using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>
/// Connections: pages by cursor. A cursor holds the sort value and the id of its place, so what changes between two pages moves to where
/// it now belongs: with UPDATED_AT an order that changes is seen again further on, and none is skipped.
/// </summary>
internal static class ShopifyPages
{
    public static Bag Page<T>(IResolveFieldContext ctx, string type, IEnumerable<T> all, Func<T, (long Value, long Id)> key, Func<T, Bag> shown)
    {
        int? first = ctx.Arg("first") as int?, last = ctx.Arg("last") as int?;
        if (first is null && last is null) throw new ExecutionError("you must provide one of first or last");
        if (first is not null && last is not null) throw new ExecutionError("providing both first and last is not supported");
        int size = (first ?? last)!.Value;
        if (size is < 0 or > 250)
            throw new ExecutionError((first is null ? "last" : "first") + " must be between 0 and 250, and " + size.ToString(CultureInfo.InvariantCulture) + " was given");
        bool reverse = ctx.Arg("reverse") is true;
        var sorted = all.Select(one => (One: one, Key: key(one))).OrderBy(x => x.Key).ToList();
        if (reverse) sorted.Reverse();
        int Compare((long, long) a, (long, long) b) => reverse ? b.CompareTo(a) : a.CompareTo(b);
        var rest = sorted;
        if (ctx.Arg("after") is string after) rest = [.. rest.Where(x => Compare(x.Key, Place(after)) > 0)];
        if (ctx.Arg("before") is string before) rest = [.. rest.Where(x => Compare(x.Key, Place(before)) < 0)];
        var page = first is not null ? rest.Take(size).ToList() : rest.TakeLast(size).ToList();
        bool more = rest.Count > page.Count;
        var nodes = page.Select(x => shown(x.One)).ToList();
        return new Bag(type + "Connection")
        {
            ["nodes"] = nodes,
            ["edges"] = page.Select((x, i) => new Bag(type + "Edge") { ["cursor"] = Cursor(x.Key), ["node"] = nodes[i] }).ToList(),
            ["pageInfo"] = new Bag("PageInfo")
            {
                ["startCursor"] = page.Count > 0 ? Cursor(page[0].Key) : null, ["endCursor"] = page.Count > 0 ? Cursor(page[^1].Key) : null,
                ["hasNextPage"] = first is not null ? more : rest.Count < sorted.Count && ctx.Arg("before") is not null,
                ["hasPreviousPage"] = first is null ? more : rest.Count < sorted.Count && ctx.Arg("after") is not null,
            },
        };
    }

    /// <summary>A connection that is worked out when it is asked for, in the order of the list.</summary>
    public static Func<IResolveFieldContext, object?> Later<T>(string type, Func<IReadOnlyList<T>> all, Func<T, Bag> shown) => ctx =>
        Page(ctx, type, all().Select((one, i) => (one, i)), x => (x.i, x.i), x => shown(x.one));

    private static string Cursor((long Value, long Id) key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(new JsonObject { ["last_id"] = key.Id, ["last_value"] = key.Value.ToString(CultureInfo.InvariantCulture) }.ToJsonString()));

    private static (long, long) Place(string cursor)
    {
        try
        {
            var place = JsonNode.Parse(Convert.FromBase64String(cursor))!;
            return (long.Parse((string)place["last_value"]!, CultureInfo.InvariantCulture), (long)place["last_id"]!);
        }
        catch (Exception fault) when (fault is FormatException or System.Text.Json.JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new ExecutionError("Invalid cursor for current pagination sort.");
        }
    }
}
