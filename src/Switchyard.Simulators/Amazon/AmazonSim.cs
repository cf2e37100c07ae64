using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// One seller at Amazon: the Selling Partner API as its models describe it (orders 2026-01-01, orders v0 for shipments and restricted
/// addresses, listings items 2021-08-01, feeds 2021-06-30, FBA inventory, notifications, finances v0) and Login with Amazon. A basket
/// with goods of the seller's own and of Amazon's warehouses becomes two orders, as it does there.
/// </summary>
public sealed partial class AmazonSim : VendorSim
{
    public const string ClientId = "amzn1.application-oa2-client.simulated";
    public const string ClientSecret = "amzn1.oa2-cs.v1.simulated";

    /// <summary>What the seller's event bus shows; whoever set it up made it up.</summary>
    public const string MessageKey = "a-key-of-the-sellers-event-bus-0001";

    public const string SellerId = "A3SIMULATED7S";
    public const string MarketplaceId = "A1F83G8C2ARO7P";
    private readonly SimTokens _tokens;
    private readonly SimTokens _grantless;

    public AmazonSim(string name = "amazon", ShopFacts? facts = null, SimClock? clock = null, int seed = 13) : base(name, facts ?? Uk, clock, seed)
    {
        _tokens = new SimTokens(Clock, TimeSpan.FromHours(1), "Atza");
        _grantless = new SimTokens(Clock, TimeSpan.FromHours(1), "AtzaG");
        RefreshToken = _tokens.Refresh();
        Plans = new UsagePlans(Clock);
    }

    /// <summary>How a seller in the United Kingdom sells: prices with tax, which the marketplace collects.</summary>
    public static ShopFacts Uk { get; } = new("Fenwick Goods", "GBP", true)
    {
        IsTaxCollectedByMarketplace = true,
        Locations = [new SimLocation(1, "DEFAULT", "GB", "Leeds")],
        Methods = [new SimMethod("STANDARD", "Standard delivery", 0), new SimMethod("NEXT_DAY", "One-day delivery", 599)],
        OrderKey = OrderId, OrderNumber = OrderId,
    };

    public override string Adapter => "amazon";

    /// <summary>The seller's consent, as it is given to an application.</summary>
    public string RefreshToken { get; }

    /// <summary>Rates that the seller's plan allows.</summary>
    public UsagePlans Plans { get; }

    /// <summary>How often an access token of the seller was given out.</summary>
    public int TokensGiven => _tokens.Given;

    public override JsonObject Settings => new()
    {
        ["marketplaceId"] = MarketplaceId, ["sellerId"] = SellerId, ["clientId"] = ClientId, ["tokenUrl"] = Url + "/auth/o2/token",
        ["awsAccountId"] = "123456789012", ["awsRegion"] = "eu-west-2", ["carriers"] = "Royal Mail=Royal Mail"
    };

    public override Dictionary<string, string> Secrets => new() { ["clientSecret"] = ClientSecret, ["refreshToken"] = RefreshToken, ["messageKey"] = MessageKey };
    public override string? MessageSecret => MessageKey;

    public override void ExpireTokens()
    {
        _tokens.Expire();
        _grantless.Expire();
        lock (Shop.Gate) _restricted.Clear();
    }

    protected override bool IsOpen(SimRequest request) => request.Segments is ["auth", ..] or ["apps", ..] or ["documents", ..] or ["queue", ..] or ["customization", ..];

    protected override IResult? Refuse(SimRequest request)
    {
        Number(request);
        string? token = request.Header("x-amz-access-token");
        if (string.IsNullOrEmpty(token)) return Denied("Access token is missing in the request header.");
        return _tokens.IsGood(token) || _grantless.IsGood(token) || IsRestricted(token) ? null : Refused(request);
    }

    protected override IResult Refused(SimRequest request) => Denied("The access token you provided has expired.");

    protected override IResult Throttled(SimRequest request)
    {
        Number(request);
        return Error(429, "QuotaExceeded", "You exceeded your quota for the requested resource.");
    }

    protected override IResult Broken(SimRequest request) => Error(500, "InternalFailure", "We encountered an internal error. Please try again.");

    protected override Task<IResult> Answer(SimRequest request)
    {
        lock (Shop.Gate)
        {
            WorkFeeds();
            return Task.FromResult(Route(request));
        }
    }

    private IResult Route(SimRequest r)
    {
        if (IsOpen(r)) return Open(r);
        if (r.IsMalformed || (r.Method is "POST" or "PATCH" && r.Json is null)) return Invalid("The request body is no JSON.");
        var (operation, isGrantless, run) = Operation(r);
        if (run is null) return Error(404, "NotFound", "The resource doesn't exist.");
        r.Asked = operation;
        bool mayGrantless = _grantless.IsGood(r.Header("x-amz-access-token"));
        if (isGrantless != mayGrantless) return Denied(isGrantless ? "The operation is grantless: it wants a token without a seller." : "The token is of no seller.");
        if (Plans.Take(operation) is not { } rate) return Throttled(r);
        r.Http.Response.Headers["x-amzn-RateLimit-Limit"] = rate.ToString("0.####", CultureInfo.InvariantCulture);
        return run();
    }

    private (string Operation, bool IsGrantless, Func<IResult>? Run) Operation(SimRequest r) => (r.Method, r.Segments) switch
    {
        ("GET", ["orders", "2026-01-01", "orders"]) => ("searchOrders", false, () => SearchOrders(r)),
        ("GET", ["orders", "2026-01-01", "orders", var id]) => ("getOrder", false, () => GetOrder(r, id)),
        ("GET", ["orders", "v0", "orders", var id, "buyerInfo"]) => ("getOrderBuyerInfo", false, () => BuyerInfo(r, id)),
        ("GET", ["orders", "v0", "orders", var id, "address"]) => ("getOrderAddress", false, () => Address(r, id)),
        ("POST", ["orders", "v0", "orders", var id, "shipmentConfirmation"]) => ("confirmShipment", false, () => ConfirmShipment(r, id)),
        ("POST", ["tokens", "2021-03-01", "restrictedDataToken"]) => ("createRestrictedDataToken", false, () => Restrict(r)),
        ("GET", ["listings", "2021-08-01", "items", var seller]) => ("searchListingsItems", false, () => SearchListings(r, seller)),
        ("GET", ["listings", "2021-08-01", "items", var seller, var sku]) => ("getListingsItem", false, () => GetListing(r, seller, Sku(sku))),
        ("PATCH", ["listings", "2021-08-01", "items", var seller, var sku]) => ("patchListingsItem", false, () => PatchListing(r, seller, Sku(sku))),
        ("POST", ["feeds", "2021-06-30", "documents"]) => ("createFeedDocument", false, () => CreateDocument(r)),
        ("GET", ["feeds", "2021-06-30", "documents", var id]) => ("getFeedDocument", false, () => GetDocument(id)),
        ("POST", ["feeds", "2021-06-30", "feeds"]) => ("createFeed", false, () => CreateFeed(r)),
        ("GET", ["feeds", "2021-06-30", "feeds"]) => ("getFeeds", false, () => GetFeeds(r)),
        ("GET", ["feeds", "2021-06-30", "feeds", var id]) => ("getFeed", false, () => GetFeed(id)),
        ("DELETE", ["feeds", "2021-06-30", "feeds", var id]) => ("cancelFeed", false, () => CancelFeed(id)),
        ("GET", ["fba", "inventory", "v1", "summaries"]) => ("getInventorySummaries", false, () => Summaries(r)),
        ("GET", ["finances", "v0", "orders", var id, "financialEvents"]) => ("listFinancialEventsByOrderId", false, () => FinancialEvents(id)),
        ("GET", ["sellers", "v1", "marketplaceParticipations"]) => ("getMarketplaceParticipations", false, Participations),
        (_, ["notifications", "v1", ..]) => Notification(r),
        _ => ("", false, null),
    };

    private IResult Open(SimRequest r) => (r.Method, r.Segments) switch
    {
        ("POST", ["auth", "o2", "token"]) => Token(r),
        ("GET", ["apps", "authorize", "consent"]) => Consent(r),
        ("PUT", ["documents", var id]) => Upload(r, id),
        ("GET", ["documents", var id]) => Download(r, id),
        ("POST", ["queue", var name]) => Queue(r, name),
        ("GET", ["customization", var line]) => Customization(line),
        _ => Results.NotFound(),
    };

    private IResult Participations() => PlainJson.Answer(new
    {
        payload = new[]
        {
            new
            {
                marketplace = new { id = MarketplaceId, countryCode = Shop.Facts.Country, name = MarketplaceName, defaultCurrencyCode = Shop.Facts.Currency,
                    defaultLanguageCode = "en_GB", domainName = "www.amazon.co.uk" },
                storeName = Shop.Facts.Name, participation = new { isParticipating = true, hasSuspendedListings = false },
            },
        },
    });

    private const string MarketplaceName = "Amazon.co.uk";

    private static string OrderId(long no) => $"026-{no % 10_000_000:D7}-{no * 7919 % 10_000_000:D7}";

    /// <summary>A slash in a SKU stays encoded in the path.</summary>
    private static string Sku(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Instants are told, and compared, in whole seconds.</summary>
    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Second(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private static bool TryTime(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at) && text!.Contains('-') && text.Length >= 10;

    /// <summary>A list in the query: separated by commas, repeated, or both.</summary>
    private static string[] List(SimRequest r, string name) => [.. r.Http.Request.Query[name].SelectMany(v => (v ?? "").Split(',',
        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private void Number(SimRequest r) => r.Http.Response.Headers["x-amzn-RequestId"] = Guid.CreateVersion7(Clock.GetUtcNow()).ToString();

    private static IResult Denied(string details) => Error(403, "Unauthorized", "Access to requested resource is denied.", details);

    private static IResult Invalid(string details) => Error(400, "InvalidInput", "Invalid Input", details);

    private static IResult Error(int status, string code, string message, string details = "") => PlainJson.Answer(new { errors = new[] { new { code, message, details } } },
        status);
}
