using System.Globalization;
using System.Text.Json.Nodes;
using GraphQLParser.AST;

namespace Switchyard.Simulators;

/// <summary>
/// What a query costs, counted as Shopify publishes it: an object 1, a connection 2 and its size times one node, a mutation 10, scalars
/// nothing. It is counted without types (whatever has fields is an object), so it may differ from Shopify's figure by a few points.
/// </summary>
internal static class ShopifyCost
{
    public const int MostOfOneQuery = 1000;

    public static int Requested(GraphQLDocument document, GraphQLOperationDefinition operation, JsonObject variables)
    {
        var fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(f => f.FragmentName.Name.StringValue, f => f.SelectionSet, StringComparer.Ordinal);
        long cost = Of(operation.SelectionSet, fragments, variables, operation.Operation == OperationType.Mutation ? 10 : 0, 0);
        return (int)Math.Min(cost, 1_000_000);
    }

    /// <summary>What was really in the answer.</summary>
    public static int Actual(JsonNode? data, bool isMutation) => data is not JsonObject roots ? 0 : roots.Sum(r => Objects(r.Value)) + (isMutation ? 10 : 0);

    private static long Of(GraphQLSelectionSet? set, Dictionary<string, GraphQLSelectionSet> fragments, JsonObject variables, long each, int depth)
    {
        if (set is null || depth > 20) return 0;
        long cost = 0;
        foreach (var one in set.Selections)
        {
            cost += one switch
            {
                GraphQLField field => Field(field, fragments, variables, each, depth),
                GraphQLInlineFragment inline => Of(inline.SelectionSet, fragments, variables, each, depth + 1),
                GraphQLFragmentSpread spread => fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var named) ? Of(named, fragments, variables, each, depth + 1) : 0,
                _ => 0,
            };
        }
        return cost;
    }

    private static long Field(GraphQLField field, Dictionary<string, GraphQLSelectionSet> fragments, JsonObject variables, long each, int depth)
    {
        if (field.SelectionSet is null || field.Name.StringValue is "pageInfo" or "userErrors") return each;
        long inner = Of(field.SelectionSet, fragments, variables, 0, depth + 1);
        if (each > 0) return each + inner;
        if (field.Name.StringValue is "nodes" or "edges") return inner + (field.Name.StringValue == "nodes" ? 1 : 0);
        return Size(field, variables) is { } size && field.SelectionSet.Selections.OfType<GraphQLField>().Any(f => f.Name.StringValue is "nodes" or "edges") ? 2 + (size * inner)
            : 1 + inner;
    }

    private static long? Size(GraphQLField field, JsonObject variables)
    {
        var argument = field.Arguments?.FirstOrDefault(a => a.Name.StringValue is "first" or "last");
        return argument?.Value switch
        {
            GraphQLIntValue whole => long.Parse((string)whole.Value, CultureInfo.InvariantCulture),
            GraphQLVariable variable => variables[variable.Name.StringValue] is JsonValue value && value.TryGetValue(out long size) ? size : 250,
            _ => null,
        };
    }

    private static int Objects(JsonNode? node) => node switch
    {
        JsonObject one => 1 + one.Sum(f => Objects(f.Value)),
        JsonArray many => many.Sum(Objects),
        _ => 0,
    };
}

/// <summary>The leaky bucket of a Shopify app at a shop.</summary>
internal sealed class ShopifyBucket(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double? _left;
    private DateTimeOffset _at;

    public double Maximum { get; set; } = 2000;
    public double RestoreRate { get; set; } = 100;

    /// <summary>Takes points; false when there are not so many.</summary>
    public bool Take(int points)
    {
        lock (_gate)
        {
            Restore();
            if (_left < points) return false;
            _left -= points;
            return true;
        }
    }

    public void Give(int points)
    {
        lock (_gate) _left = Math.Min(Maximum, (_left ?? Maximum) + points);
    }

    /// <summary>Empties it, as another caller with the same app would.</summary>
    public void Drain()
    {
        lock (_gate)
        {
            Restore();
            _left = 0;
        }
    }

    public JsonObject Status()
    {
        lock (_gate)
        {
            Restore();
            return new JsonObject { ["maximumAvailable"] = Maximum, ["currentlyAvailable"] = Math.Floor(_left ?? Maximum), ["restoreRate"] = RestoreRate };
        }
    }

    private void Restore()
    {
        var now = clock.GetUtcNow();
        _left = Math.Min(Maximum, _left is { } left ? left + (Math.Max(0, (now - _at).TotalSeconds) * RestoreRate) : Maximum);
        _at = now;
    }
}
