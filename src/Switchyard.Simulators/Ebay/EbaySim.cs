using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// One seller at eBay: OAuth with consent and refresh, the Fulfillment API (orders, shipping fulfillments, refunds), the Inventory API
/// (items, offers, quantities) and the Notification API with its challenge and its ECDSA signatures, as their documents describe them.
/// </summary>
public sealed partial class EbaySim : VendorSim
{
    public const string ClientId = "Simulated-app-SBX-0000";
    public const string ClientSecret = "SBX-simulated-cert-0000";

    /// <summary>The name under which the application registered where consent comes back to.</summary>
    public const string RuName = "Simulated-Simulate-app-SB-runame";
    public const string SellerName = "fenwick_goods";
    private readonly SimTokens _tokens;
    private readonly SimTokens _application;

    public EbaySim(string name = "ebay", ShopFacts? facts = null, SimClock? clock = null, int seed = 17) : base(name, facts ?? Uk, clock, seed)
    {
        _tokens = new SimTokens(Clock, TimeSpan.FromHours(2), "v^1.1#i^1#u");
        _application = new SimTokens(Clock, TimeSpan.FromHours(2), "v^1.1#i^1#a");
        RefreshToken = _tokens.Refresh();
    }

    /// <summary>How a seller in the United Kingdom sells.</summary>
    public static ShopFacts Uk { get; } = new("Fenwick Goods", "GBP", true)
    {
        Locations = [new SimLocation(1, "leeds", "GB", "Leeds")],
        Methods = [new SimMethod("UK_RoyalMailSecondClassStandard", "Royal Mail 2nd Class", 345), new SimMethod("UK_RoyalMailNextDay", "Royal Mail Special Delivery", 895)],
        OrderKey = OrderId, OrderNumber = OrderId,
    };

    public override string Adapter => "ebay";

    /// <summary>The seller's consent, as it is given to an application; good for 18 months.</summary>
    public string RefreshToken { get; }

    /// <summary>Where consent comes back to by <see cref="RuName"/>.</summary>
    public string ConsentReturnsTo { get; set; } = "";

    /// <summary>How often an access token of the seller was given out.</summary>
    public int TokensGiven => _tokens.Given;

    public override JsonObject Settings => new() { ["clientId"] = ClientId, ["ruName"] = RuName, ["marketplaceId"] = Marketplace, ["alertEmail"] = "alerts@example.com" };

    public override Dictionary<string, string> Secrets =>
        new() { ["clientSecret"] = ClientSecret, ["refreshToken"] = RefreshToken, ["signingKey"] = Signing.PrivateKey, ["signingJwe"] = Signing.Jwe };

    private string Marketplace => "EBAY_" + Shop.Facts.Country;

    public override void ExpireTokens()
    {
        _tokens.Expire();
        _application.Expire();
    }

    protected override bool IsOpen(SimRequest request) => request.Segments is ["oauth2", ..] or ["identity", ..];

    protected override IResult? Refuse(SimRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            // The older Post-Order API has its own word for it.
            if (request.Header("Authorization") is { } iaf && iaf.StartsWith("IAF ", StringComparison.Ordinal) && request.Segments is ["post-order",
                ..]) return _tokens.IsGood(iaf[4..]) ? null : Refused(request);
            return Error(401, 1002, "OAuth", "REQUEST", "Missing access token", "Access token is missing. Make sure to set an authorization header.");
        }
        if (!_tokens.IsGood(header[7..]) && !_application.IsGood(header[7..])) return Refused(request);
        bool isOfSeller = _tokens.IsGood(header[7..]);
        return request.Segments is ["sell", ..] && !isOfSeller ? Error(403, 1100, "ACCESS", "REQUEST", "Access denied", "Insufficient permissions to fulfill the request.") : null;
    }

    protected override IResult Refused(SimRequest request) =>
        Error(401, 1001, "OAuth", "REQUEST", "Invalid access token", "Invalid access token. Check the value of the Authorization HTTP request header.");

    protected override IResult Throttled(SimRequest request) =>
        Error(429, 2001, "ACCESS", "REQUEST", "Too many requests.", "The request limit has been reached for the resource.");

    protected override IResult Broken(SimRequest request) => request.Segments switch
    {
        ["sell", "inventory", ..] => Error(500, 25001, "API_INVENTORY", "APPLICATION", "A system error has occurred."),
        ["commerce", ..] => Error(500, 195000, "API_NOTIFICATION", "APPLICATION",
            "There was a problem with an eBay internal system or process. Contact eBay developer support for assistance."),
        _ => Error(500, 30500, "API_FULFILLMENT", "APPLICATION", "System error"),
    };

    protected override async Task<IResult> Answer(SimRequest r)
    {
        if (r.Segments is ["commerce", "notification", "v1", .. var rest]) return await Notifications(r, rest);
        lock (Shop.Gate) return Route(r);
    }

    private IResult Route(SimRequest r) => (r.Method, r.Segments) switch
    {
        ("GET", ["oauth2", "authorize"]) => Consent(r),
        ("POST", ["identity", "v1", "oauth2", "token"]) => Token(r),
        ("GET", ["sell", "fulfillment", "v1", "order"]) => GetOrders(r),
        ("GET", ["sell", "fulfillment", "v1", "order", var id]) => GetOrder(r, id),
        ("GET", ["sell", "fulfillment", "v1", "order", var id, "shipping_fulfillment"]) => GetFulfillments(id),
        ("POST", ["sell", "fulfillment", "v1", "order", var id, "shipping_fulfillment"]) => CreateFulfillment(r, id),
        ("GET", ["sell", "fulfillment", "v1", "order", var id, "shipping_fulfillment", var which]) => GetFulfillment(id, which),
        ("POST", ["sell", "fulfillment", "v1", "order", var id, "issue_refund"]) => IssueRefund(r, id),
        ("POST", ["sell", "inventory", "v1", "bulk_update_price_quantity"]) => UpdateQuantities(r),
        ("POST", ["sell", "inventory", "v1", "bulk_get_inventory_item"]) => GetItemsBySku(r),
        ("GET", ["sell", "inventory", "v1", "inventory_item"]) => GetItems(r),
        ("GET", ["sell", "inventory", "v1", "inventory_item", var sku]) => GetItem(Sku(sku)),
        ("GET", ["sell", "inventory", "v1", "offer"]) => GetOffers(r),
        ("GET", ["sell", "inventory", "v1", "offer", var id]) => GetOffer(id),
        ("GET", ["sell", "inventory", "v1", "location"]) => GetLocations(r),
        ("POST", ["post-order", "v2", "cancellation"]) => CancelOrder(r),
        ("POST", ["post-order", "v2", "cancellation", var id, "approve"]) => ApproveCancel(id),
        ("GET", ["post-order", "v2", "cancellation", "search"]) => FindCancellations(r),
        _ => Error(404, 2002, "ACCESS", "REQUEST", "Resource not found", "The specified resource was not found."),
    };

    private static string OrderId(long no) => $"{no % 90 + 10:D2}-{no * 7919 % 100_000:D5}-{no % 100_000:D5}";

    private static string Sku(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static bool TryTime(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) && text!.Length > 10 && text[10] == 'T' && text[^1] == 'Z';

    private object Amount(long minor) => new { value = SimMoney.Text(minor, Shop.Facts.Currency), currency = Shop.Facts.Currency };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static object Fault(int id, string domain, string category, string message, string? longer = null) =>
        new { errorId = id, domain, category, message, longMessage = longer ?? message };

    private static IResult Error(int status, int id, string domain, string category, string message, string? longer = null) =>
        PlainJson.Answer(new { errors = new[] { Fault(id, domain, category, message, longer) } }, status);

    private static IResult FulfilmentError(int status, int id, string message, string category = "REQUEST") => Error(status, id, "API_FULFILLMENT", category, message);

    private static IResult InventoryError(int status, int id, string message) => Error(status, id, "API_INVENTORY", "REQUEST", message);

    /// <summary>A page by limit and offset; null when they are no good.</summary>
    private static (int Limit, int Offset)? Page(SimRequest r, int standard, int most)
    {
        int limit = standard, offset = 0;
        if (r.Query("limit") is { } l && (!int.TryParse(l, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1 || limit > most)) return null;
        if (r.Query("offset") is { } o && (!int.TryParse(o, NumberStyles.None, CultureInfo.InvariantCulture, out offset) || offset < 0)) return null;
        return (limit, offset);
    }

    private string Href(string path, int limit, int offset, string? also = null) => $"{Url}{path}?{(also is null ? "" : also + "&")}limit={Text(limit)}&offset={Text(offset)}";
}
