using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// A Magento 2.4 shop: the REST endpoints of orders, shipments, invoices, credit memos, sources and products as the published document
/// of 2.4.8 describes them. It counts stock as Magento does: a sale reserves, and the source is only less once the goods are sent; so
/// the quantity of a source item is what lies there, with what was sold and not sent.
/// </summary>
public sealed partial class MagentoSim : VendorSim
{
    public const string IntegrationToken = "simulated0integration0token00001";
    public const string TokenSecret = "simulated0token0secret0000000001";
    public const string ConsumerKey = "simulated0consumer0key0000000001";
    public const string ConsumerSecret = "simulated0consumer0secret0000001";
    public const string AdminName = "switchyard";
    public const string AdminPassword = "Simulated-1";
    private readonly SimTokens _tokens;

    public MagentoSim(string name = "magento", ShopFacts? facts = null, SimClock? clock = null, int seed = 19) : base(name, facts ?? Uk, clock, seed)
    {
        _tokens = new SimTokens(Clock, TimeSpan.FromHours(4), "mage");
        _tokens.Add(IntegrationToken);
    }

    /// <summary>How a shop in the United Kingdom sells: prices before tax, one source.</summary>
    public static ShopFacts Uk { get; } = new("Fenwick & Sons", "GBP", false)
    {
        Locations = [new SimLocation(1, "default", "GB", "Leeds")],
        Methods = [new SimMethod("flatrate_flatrate", "Flat Rate - Fixed", 500), new SimMethod("tablerate_bestway", "Best Way - Table Rate", 1200)],
        OrderNumber = no => no.ToString("D9", CultureInfo.InvariantCulture),
    };

    public override string Adapter => "magento";
    public override string BaseUrl => Url + "/rest/default";
    public override Dictionary<string, string> Secrets => IsSigned
        ? new() { ["accessToken"] = IntegrationToken, ["accessTokenSecret"] = TokenSecret, ["consumerKey"] = ConsumerKey, ["consumerSecret"] = ConsumerSecret }
        : new() { ["accessToken"] = IntegrationToken };

    /// <summary>Money is only authorised when an order is placed, and taken by the invoice that a parcel brings with it.</summary>
    public bool InvoicesParcels { get; set; }

    /// <summary>Of several sources the first is the one that stock is told to.</summary>
    public override JsonObject Settings
    {
        get
        {
            var settings = new JsonObject();
            if (Shop.Facts.Locations.Count > 1) settings["source"] = Shop.Facts.Locations[0].Name;
            if (InvoicesParcels) settings["invoices"] = "shipped";
            return settings;
        }
    }

    /// <summary>Wants calls signed with the integration's four keys, as a shop since 2.4.4 does unless its owner lets the access token stand alone.</summary>
    public bool IsSigned { get; set; }

    /// <summary>The largest page that a search may ask for; null: any. A shop can be told to mind it, most are not.</summary>
    public int? LargestPage { get; set; }

    /// <summary>Tokens of people end; an integration's has no end, but can be taken away.</summary>
    public override void ExpireTokens()
    {
        _tokens.Expire();
        _tokens.Add(IntegrationToken);
    }

    /// <summary>Somebody takes the integration's rights away.</summary>
    public void Revoke() => _tokens.Expire();

    protected override bool IsOpen(SimRequest request) => Path(request) is ["integration", "admin", "token"];

    protected override IResult? Refuse(SimRequest request) =>
        request.Header("Authorization") is { } header && (IsSigned ? IsSignedWell(request) : header.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.IsGood(header[7..])) ? null : Refused(request);

    /// <summary>Each nonce is good once, and a signature for five minutes.</summary>
    private bool IsSignedWell(SimRequest request)
    {
        var given = OAuthOne.Parameters(request);
        string Of(string name) => given.FirstOrDefault(p => p.Key == name).Value ?? "";
        if (OAuthOne.Missing(given) is not null || Of("oauth_consumer_key") != ConsumerKey || !_tokens.IsGood(Of("oauth_token")) || Of("oauth_signature_method") != "HMAC-SHA256") return false;
        if (!long.TryParse(Of("oauth_timestamp"), out long at) || Math.Abs(Clock.GetUtcNow().ToUnixTimeSeconds() - at) > 300) return false;
        if (Of("oauth_signature") != OAuthOne.Sign(OAuthOne.BaseString(request.Method, request.Address, given), ConsumerSecret, tokenSecret: TokenSecret)) return false;
        lock (_nonces) return _nonces.Add(Of("oauth_nonce"));
    }

    private readonly HashSet<string> _nonces = new(StringComparer.Ordinal);

    protected override IResult Refused(SimRequest request) => PlainJson.Answer(new
    {
        message = "The consumer isn't authorized to access %resources.",
        parameters = new
        {
            resources = Path(request) switch
            {
                ["products" or "stockItems", ..] => "Magento_Catalog::products",
                ["inventory", "source-items", ..] => "Magento_InventoryApi::source",
                ["inventory", ..] => "Magento_InventoryApi::stock",
                [_, _, "ship"] or ["shipment" or "shipments", ..] => "Magento_Sales::ship",
                [_, _, "invoice"] or ["invoices", ..] => "Magento_Sales::sales_invoice",
                [_, _, "refund"] or ["creditmemo" or "creditmemos", ..] => "Magento_Sales::sales_creditmemo",
                [_, _, "cancel"] => "Magento_Sales::cancel",
                _ => "Magento_Sales::actions_view",
            },
        },
    }, 401);

    /// <summary>Magento itself throttles nobody; what stands before it does.</summary>
    protected override IResult Throttled(SimRequest request)
    {
        request.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Results.Text("<html><head><title>429 Too Many Requests</title></head><body><h1>429 Too Many Requests</h1></body></html>", "text/html", statusCode: 429);
    }

    protected override IResult Broken(SimRequest request) => PlainJson.Answer(new { message = "Internal Error. Details are available in Magento log file. Report ID: webapi-simulated" }, 500);

    protected override Task<IResult> Answer(SimRequest request)
    {
        lock (Shop.Gate) return Task.FromResult(Route(request));
    }

    /// <summary>The path behind <c>/rest/…/V1</c>; the store's code may be missing.</summary>
    private static string[] Path(SimRequest r) => r.Segments switch
    {
        ["rest", "V1", .. var path] => path,
        ["rest", _, "V1", .. var path] => path,
        _ => ["?"],
    };

    private IResult Route(SimRequest r)
    {
        if (r.Body.Length > 0 && r.Json is null) return Problem(400, "Decoding error: \nSyntax error");
        return (r.Method, Path(r)) switch
        {
            ("POST", ["integration", "admin", "token"]) => AdminToken(r),
            ("GET", ["store", "storeConfigs"]) => StoreConfigs(),
            ("GET", ["orders"]) => Search(r, Shop.Orders.Select(o => OrderView(o))),
            ("GET", ["orders", "items"]) => Search(r, Shop.Orders.SelectMany(Items)),
            ("GET", ["orders", var id]) => OfOrder(id, o => PlainJson.Answer(OrderView(o))),
            ("GET", ["orders", var id, "statuses"]) => OfOrder(id, o => PlainJson.Answer(State(o).Status)),
            ("POST", ["orders", var id, "cancel"]) => OfOrder(id, CancelOrder),
            ("POST", ["orders", var id, "hold"]) => OfOrder(id, Hold),
            ("POST", ["orders", var id, "unhold"]) => OfOrder(id, Unhold),
            ("GET", ["orders", var id, "comments"]) => OfOrder(id, o => Search(r, Comments(o))),
            ("POST", ["orders", var id, "comments"]) => OfOrder(id, o => AddComment(r, o)),
            ("POST", ["order", var id, "ship"]) => OfOrder(id, o => Ship(r, o)),
            ("POST", ["order", var id, "invoice"]) => OfOrder(id, o => Invoice(r, o)),
            ("POST", ["order", var id, "refund"]) => OfOrder(id, o => Refund(r, o, isOnline: false)),
            ("POST", ["invoice", var id, "refund"]) => Invoiced(id) is { } o ? Refund(r, o, Flag(r.Json, "isOnline")) : NoEntity(),
            ("GET", ["shipments"]) => Search(r, Shop.Orders.SelectMany(Shipments)),
            ("GET", ["shipment", var id]) => One(Shop.Orders.SelectMany(Shipments), id),
            ("POST", ["shipment", "track"]) => AddTrack(r),
            ("GET", ["invoices"]) => Search(r, Shop.Orders.SelectMany(Invoices)),
            ("GET", ["invoices", var id]) => One(Shop.Orders.SelectMany(Invoices), id),
            ("GET", ["creditmemos"]) => Search(r, Shop.Orders.SelectMany(CreditMemos)),
            ("GET", ["creditmemo", var id]) => One(Shop.Orders.SelectMany(CreditMemos), id),
            ("GET", ["products"]) => Search(r, Products()),
            ("GET", ["products", var sku]) => Product(Sku(sku)),
            ("GET", ["stockItems", var sku]) => StockItem(Sku(sku)),
            ("PUT", ["products", var sku, "stockItems", _]) => SetStockItem(r, Sku(sku)),
            ("GET", ["inventory", "source-items"]) => Search(r, SourceItems()),
            ("POST", ["inventory", "source-items"]) => SaveSourceItems(r),
            ("GET", ["inventory", "sources"]) => Search(r, Shop.Facts.Locations.Select(Source)),
            ("GET", ["inventory", "stocks"]) => Search(r, [new JsonObject { ["stock_id"] = 1, ["name"] = "Default Stock" }]),
            ("GET", ["inventory", "get-product-salable-quantity", var sku, "1"]) => Salable(Sku(sku)),
            ("GET", ["inventory", "export-stock-salable-qty", "website", "base"]) => Search(r, SalableItems()),
            ("GET", ["inventory", "stock-resolver", "website", "base"]) => PlainJson.Answer(new { stock_id = 1, name = "Default Stock" }),
            _ => Problem(404, "Request does not match any route."),
        };
    }

    private IResult AdminToken(SimRequest r) => r.Json.Text("username") == AdminName && r.Json.Text("password") == AdminPassword
        ? PlainJson.Answer(_tokens.Access())
        : Problem(401, "The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.");

    private IResult StoreConfigs() => PlainJson.Answer(new[]
    {
        new
        {
            id = 1, code = "default", website_id = 1, locale = "en_GB", base_currency_code = Shop.Facts.Currency, default_display_currency_code = Shop.Facts.Currency,
                timezone = Shop.Facts.TimeZone, weight_unit = "kgs",
            base_url = Url + "/", store_name = Shop.Facts.Name,
        },
    });

    private IResult OfOrder(string id, Func<SimOrder, IResult> then) => Shop.Order(id) is { } order ? then(order) : NoEntity();

    private static IResult One(IEnumerable<JsonObject> of, string id) => of.FirstOrDefault(o => o["entity_id"]!.ToString() == id) is { } found ? PlainJson.Answer(found)
        : NoEntity();

    private static IResult NoEntity() => Problem(404, "The entity that was requested doesn't exist. Verify the entity and try again.");

    private static IResult Problem(int status, string message, JsonNode? parameters = null)
    {
        var body = new JsonObject { ["message"] = message };
        if (parameters is not null) body["parameters"] = parameters;
        return PlainJson.Answer(body, status);
    }

    private static string Sku(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Instants are told, and compared, in whole seconds of UTC, without saying so.</summary>
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private decimal Amount(long minor) => SimMoney.Amount(minor, Shop.Facts.Currency);

    private static bool Flag(JsonNode? body, string name) => body is JsonObject o && o[name] is JsonValue value && value.TryGetValue(out bool flag) && flag;
}
