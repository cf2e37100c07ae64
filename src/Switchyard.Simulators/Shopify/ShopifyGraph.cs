using System.Globalization;
using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Switchyard.Simulators;

/// <summary>Executes documents: cost first, then the whole by GraphQL.NET, then the answer with what it cost.</summary>
internal sealed class ShopifyGraph
{
    private readonly ShopifySim _sim;
    private readonly ShopifyBucket _bucket;
    private readonly ISchema _schema;
    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new();

    public ShopifyGraph(ShopifySim sim, ShopifyHooks hooks, ShopifyBucket bucket)
    {
        (_sim, _bucket) = (sim, bucket);
        var shop = sim.Shop;
        var goods = new ShopifyGoods(shop);
        var orders = new ShopifyOrders(shop, goods);
        var writes = new ShopifyWrites(shop, orders);
        var stock = new ShopifyStock(shop, goods);
        var roots = new ShopifyRoots(sim, goods, orders, hooks);
        _schema = GraphSchema.Build("admin.graphql", ["DateTime", "Decimal", "Money", "URL", "UnsignedInt64"], new Dictionary<string, Func<IResolveFieldContext, object?>>(roots.Queries(writes))
        {
            ["fulfillmentCancel"] = writes.CancelFulfilment, ["fulfillmentCreate"] = ctx => writes.Fulfil(ctx, "FulfillmentCreatePayload"),
            ["fulfillmentCreateV2"] = ctx => writes.Fulfil(ctx, "FulfillmentCreateV2Payload"),
            ["fulfillmentTrackingInfoUpdate"] = writes.SetTracking, ["inventorySetQuantities"] = stock.Set, ["orderCancel"] = writes.Cancel, ["refundCreate"] = writes.Refund,
            ["tagsAdd"] = writes.AddTags,
            ["webhookSubscriptionCreate"] = hooks.Create, ["webhookSubscriptionDelete"] = hooks.Delete, ["webhookSubscriptionUpdate"] = hooks.Update,
        });
    }

    public async Task<JsonObject> Execute(SimRequest request, JsonObject body)
    {
        string query = body["query"] is JsonValue text ? text.ToString() : "";
        var variables = body["variables"] as JsonObject ?? [];
        var (cost, isMutation, fault) = Read(query, body["operationName"]?.ToString(), variables, request);
        if (fault is not null) return Error(fault, null);
        if (cost > ShopifyCost.MostOfOneQuery)
        {
            return Error($"Query cost is {cost.ToString(CultureInfo.InvariantCulture)}, which exceeds the single query max cost limit ({ShopifyCost.MostOfOneQuery}).",
                new JsonObject
                {
                    ["code"] = "MAX_COST_EXCEEDED", ["cost"] = cost, ["maxCost"] = ShopifyCost.MostOfOneQuery,
                    ["documentation"] = "https://shopify.dev/api/usage/rate-limits"
                });
        }
        if (!_bucket.Take(cost)) return Throttled(cost);
        var result = await _executer.ExecuteAsync(o =>
        {
            o.Schema = _schema;
            o.Query = query;
            o.OperationName = body["operationName"]?.ToString();
            o.Variables = _serializer.Deserialize<Inputs>(variables.ToJsonString());
        });
        var answer = JsonNode.Parse(_serializer.Serialize(result))!.AsObject();
        foreach (var error in (answer["errors"] as JsonArray ?? []).OfType<JsonObject>()) Shopifyed(error);
        int actual = Math.Min(cost, ShopifyCost.Actual(answer["data"], isMutation));
        _bucket.Give(cost - actual);
        answer["extensions"] = new JsonObject
        {
            ["cost"] = new JsonObject
            {
                ["requestedQueryCost"] = cost, ["actualQueryCost"] = actual,
                ["throttleStatus"] = _bucket.Status()
            }
        };
        return answer;
    }

    /// <summary>The answer to too many points.</summary>
    public JsonObject Throttled(SimRequest request) => Throttled(request.Json is JsonObject body
        ? Read(body["query"]?.ToString() ?? "", body["operationName"]?.ToString(), body["variables"] as JsonObject ?? [], request).Cost : 10);

    private JsonObject Throttled(int cost)
    {
        var answer = Error("Throttled", new JsonObject { ["code"] = "THROTTLED", ["documentation"] = "https://shopify.dev/api/usage/rate-limits" });
        answer["extensions"] = new JsonObject { ["cost"] = new JsonObject { ["requestedQueryCost"] = cost, ["actualQueryCost"] = null, ["throttleStatus"] = _bucket.Status() } };
        return answer;
    }

    private static (int Cost, bool IsMutation, string? Fault) Read(string query, string? name, JsonObject variables, SimRequest request)
    {
        try
        {
            var document = Parser.Parse(query);
            var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
            var operation = operations.FirstOrDefault(o => name is null || o.Name?.StringValue == name);
            if (operation is null) return (0, false, "No operation with that name is in the document.");
            request.Asked = string.Join(' ', operation.SelectionSet.Selections.OfType<GraphQLField>().Select(f => f.Name.StringValue));
            return (ShopifyCost.Requested(document, operation, variables), operation.Operation == OperationType.Mutation, null);
        }
        catch (GraphQLParserException fault) { return (0, false, fault.Description); }
    }

    private static JsonObject Error(string message, JsonObject? extensions)
    {
        var error = new JsonObject { ["message"] = message };
        if (extensions is not null) error["extensions"] = extensions;
        return new JsonObject { ["errors"] = new JsonArray(error) };
    }

    /// <summary>Codes of the library in the words that Shopify has for them.</summary>
    private static void Shopifyed(JsonObject error)
    {
        if (error["extensions"] is not JsonObject extensions) return;
        string code = extensions["code"]?.ToString() ?? "";
        extensions["code"] = code switch
        {
            "FIELDS_ON_CORRECT_TYPE" => "undefinedField",
            "KNOWN_ARGUMENT_NAMES" => "argumentNotAccepted",
            "ARGUMENTS_OF_CORRECT_TYPE" => "argumentLiteralsIncompatible",
            "PROVIDED_NON_NULL_ARGUMENTS" => "missingRequiredArguments",
            "INVALID_VALUE" => "INVALID_VARIABLE",
            "SCALAR_LEAFS" => "selectionMismatch",
            "" => "BAD_REQUEST",
            _ => code,
        };
        extensions.Remove("codes");
        extensions.Remove("number");
    }
}
