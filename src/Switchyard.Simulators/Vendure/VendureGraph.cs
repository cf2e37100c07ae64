using System.Text.Json.Nodes;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Switchyard.Simulators;

/// <summary>Executes documents of the Admin API.</summary>
internal sealed class VendureGraph
{
    private const string Caller = "request";
    private readonly ISchema _schema;
    private readonly VendureSim _sim;
    private readonly DocumentExecuter _executer = new();
    private readonly GraphQLSerializer _serializer = new();

    public VendureGraph(VendureSim sim)
    {
        _sim = sim;
        var goods = new VendureGoods(sim.Shop);
        var orders = new VendureOrderView(sim, goods);
        var writes = new VendureWrites(sim, orders);
        var roots = new Dictionary<string, Func<IResolveFieldContext, object?>>(StringComparer.Ordinal)
        {
            ["me"] = _ => Me(), ["activeChannel"] = _ => Channel(), ["globalSettings"] = _ => Settings(), ["stockLocations"] = goods.Locations,
            ["productVariants"] = goods.Variants,
            ["order"] = orders.One, ["orders"] = orders.Many, ["login"] = LogIn, ["updateProductVariants"] = goods.Update, ["settlePayment"] = writes.Settle,
            ["addFulfillmentToOrder"] = writes.Fulfil, ["transitionFulfillmentToState"] = writes.Move, ["cancelOrder"] = writes.Cancel, ["refundOrder"] = writes.Refund,
        };
        // All of a question sees the shop as it is at one moment.
        var atOnce = roots.ToDictionary(r => r.Key, r => (Func<IResolveFieldContext, object?>)(ctx => sim.Shop.Read(_ => r.Value(ctx))));
        _schema = GraphSchema.Build("vendure.graphql", ["DateTime", "Money", "JSON"], atOnce);
    }

    /// <summary>The fields that a document asks for; "" when it is none.</summary>
    public static string Asked(SimRequest request)
    {
        try
        {
            if (request.Json is not JsonObject body || body["query"] is not JsonValue query) return "";
            var operations = Parser.Parse(query.ToString()).Definitions.OfType<GraphQLOperationDefinition>();
            return string.Join(' ', operations.SelectMany(o => o.SelectionSet.Selections.OfType<GraphQLField>()).Select(f => f.Name.StringValue));
        }
        catch (GraphQLParserException) { return ""; }
    }

    public async Task<IResult> Execute(SimRequest request, JsonObject body)
    {
        request.Asked = Asked(request);
        var result = await _executer.ExecuteAsync(o =>
        {
            o.Schema = _schema;
            o.Query = body["query"]?.ToString() ?? "";
            o.OperationName = body["operationName"]?.ToString();
            o.Variables = _serializer.Deserialize<Inputs>((body["variables"] as JsonObject ?? []).ToJsonString());
            o.UserContext = new Dictionary<string, object?> { [Caller] = request };
        });
        string text = _serializer.Serialize(result);
        // A document that cannot be executed at all is a bad request.
        return Results.Text(text, "application/json; charset=utf-8", statusCode: result.Executed ? 200 : 400);
    }

    private object LogIn(IResolveFieldContext ctx)
    {
        if (_sim.Begin(ctx.Text("username"), ctx.Text("password")) is not { } token)
        {
            return new Bag("InvalidCredentialsError")
            {
                ["errorCode"] = "INVALID_CREDENTIALS_ERROR", ["message"] = "The provided credentials are invalid", ["authenticationError"] = "",
            };
        }
        ((SimRequest)ctx.UserContext[Caller]!).Http.Response.Headers["vendure-auth-token"] = token;
        return Me();
    }

    private static Bag Me() => new("CurrentUser")
    {
        ["id"] = "1", ["identifier"] = VendureSim.UserName,
        ["channels"] = new List<Bag>
        {
            new("CurrentUserChannel")
            {
                ["id"] = "1", ["token"] = "simulated-channel", ["code"] = "__default_channel__",
                ["permissions"] = new List<string> { "Authenticated", "ReadOrder", "UpdateOrder", "ReadCatalog", "UpdateCatalog", "ReadProduct", "UpdateProduct", "ReadStockLocation" },
            },
        },
    };

    private Bag Channel() => new("Channel")
    {
        ["id"] = "1", ["code"] = "__default_channel__", ["token"] = "simulated-channel",
        ["defaultCurrencyCode"] = _sim.Shop.Facts.Currency, ["pricesIncludeTax"] = _sim.Shop.Facts.PricesIncludeTax,
    };

    private static Bag Settings() => new("GlobalSettings")
    {
        ["id"] = "1", ["trackInventory"] = true, ["outOfStockThreshold"] = 0,
        ["serverConfig"] = new Bag("ServerConfig") { ["moneyStrategyPrecision"] = VendureOrderView.Precision },
    };
}
