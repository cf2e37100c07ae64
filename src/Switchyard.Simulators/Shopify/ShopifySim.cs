using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// A Shopify shop with the Admin GraphQL API 2025-01: queries and mutations are parsed, validated and executed against a part of the
/// published schema; calls cost points; an app is let in by OAuth or by the token of a custom app; webhooks are signed with the app's secret.
/// </summary>
public sealed class ShopifySim : VendorSim
{
    public const string Version = "2025-01";
    public const string ClientId = "simulatedclient0123456789abcdef";
    public const string ClientSecret = "shpss_simulatedsecret0123456789abcdef";
    public const string Domain = "simulated-shop.myshopify.com";
    public const string Scopes =
        "read_orders,write_orders,read_products,read_inventory,write_inventory,read_locations,read_merchant_managed_fulfillment_orders,write_merchant_managed_fulfillment_orders,"
        + "read_third_party_fulfillment_orders";
    private readonly ShopifyGraph _graph;

    public ShopifySim(string name = "shopify", ShopFacts? facts = null, SimClock? clock = null, int seed = 12)
        : base(name, (facts ?? new ShopFacts("Northern Lights Supply", "GBP", PricesIncludeTax: true)) with { OrderKey = ShopifyIds.OrderKey }, clock, seed)
    {
        Tokens = new SimTokens(Clock, TimeSpan.FromHours(1), "shpat");
        AccessToken = "shpat_simulatedtoken0123456789abcdef";
        Tokens.Add(AccessToken);
        Bucket = new ShopifyBucket(Clock);
        var rest = new ShopifyRest(Shop);
        Hooks = new ShopifyHooks(this, rest);
        _graph = new ShopifyGraph(this, Hooks, Bucket);
    }

    public override string Adapter => "shopify";
    public override JsonObject Settings => new() { ["clientId"] = ClientId };
    public override Dictionary<string, string> Secrets => new() { ["accessToken"] = AccessToken, ["clientSecret"] = ClientSecret };
    public override string? MessageSecret => ClientSecret;

    /// <summary>The token of a custom app, which has no end until it is taken back (<see cref="ExpireTokens"/>).</summary>
    public string AccessToken { get; }

    public SimTokens Tokens { get; }

    /// <summary>Subscriptions that are set up in it.</summary>
    public IReadOnlyList<ShopifyHook> Webhooks => Hooks.All;

    internal ShopifyBucket Bucket { get; }
    internal ShopifyHooks Hooks { get; }

    /// <summary>Takes all points of the app away, as another caller would; they come back with the clock.</summary>
    public void DrainPoints() => Bucket.Drain();

    /// <summary>As many points as the shop's plan has: so many at most, and so many more in a second.</summary>
    public void GivePoints(double most, double perSecond) => (Bucket.Maximum, Bucket.RestoreRate) = (most, perSecond);

    public override void ExpireTokens() => Tokens.Expire();

    protected override bool IsOpen(SimRequest request) => request.Segments is ["admin", "oauth", ..];

    protected override IResult? Refuse(SimRequest request) => Tokens.IsGood(request.Header("X-Shopify-Access-Token")) ? null : Refused(request);

    protected override IResult Refused(SimRequest request) => Errors(401, "[API] Invalid API key or access token (unrecognized login or wrong password)");

    protected override IResult Throttled(SimRequest request) => Json(_graph.Throttled(request));

    protected override IResult Broken(SimRequest request) => Errors(500, "Internal Server Error");

    protected override async Task<IResult> Answer(SimRequest request)
    {
        request.Http.Response.Headers["X-Request-Id"] = Guid.CreateVersion7(Clock.GetUtcNow()).ToString();
        return (request.Method, request.Segments) switch
        {
            ("GET", ["admin", "oauth", "authorize"]) => Authorise(request),
            ("POST", ["admin", "oauth", "access_token"]) => Exchange(request),
            ("POST", ["admin", "api", Version, "graphql.json"]) => await Execute(request),
            _ => Errors(404, "Not Found"),
        };
    }

    protected override IEnumerable<SimMessage> Messages(ShopEvent happened) => Hooks.Messages(happened);

    private async Task<IResult> Execute(SimRequest request)
    {
        request.Http.Response.Headers["X-Shopify-API-Version"] = Version;
        return request.Json is JsonObject body ? Json(await _graph.Execute(request, body)) : Errors(400, "Required parameter missing or invalid");
    }

    /// <summary>Consent: there is nobody to ask here, so it is given at once, and the browser goes back with a code and a signature over the query.</summary>
    private IResult Authorise(SimRequest request)
    {
        if (request.Query("client_id") != ClientId) return Errors(400, "Oauth error invalid_request: Could not find Shopify API application with api_key");
        if (!Uri.TryCreate(request.Query("redirect_uri"), UriKind.Absolute, out var back) || back.Scheme is not ("http" or "https"))
            return Errors(400, "Oauth error invalid_request: The redirect_uri is not whitelisted");
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["code"] = Tokens.Code(back.AbsoluteUri), ["host"] = Base64($"{Domain}/admin"), ["shop"] = Domain, ["state"] = request.Query("state") ?? "",
            ["timestamp"] = Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        string signed = string.Join('&', query.Select(q => $"{q.Key}={q.Value}"));
        query["hmac"] = SimSignature.HmacSha256Hex(ClientSecret, Encoding.UTF8.GetBytes(signed));
        string text = string.Join('&', query.Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}"));
        return Results.Redirect(back.AbsoluteUri + (back.Query.Length > 0 ? "&" : "?") + text);
    }

    /// <summary>Gives a token for a code of consent, or a new one for a refresh token; with an end only to callers that ask for one that expires.</summary>
    private IResult Exchange(SimRequest request)
    {
        string Field(string name) => request.Json is JsonObject json ? json[name]?.ToString() ?? "" : request.Form.GetValueOrDefault(name, "");
        if (Field("client_id") != ClientId || !SimSignature.Same(Field("client_secret"), ClientSecret)) return OAuthError("invalid_client", "Client authentication failed");
        if (Field("grant_type") == "refresh_token")
            return Tokens.CanRefresh(Field("refresh_token")) ? Json(Given(isExpiring: true)) : OAuthError("invalid_request", "The refresh token is not valid");
        return Tokens.Take(Field("code")) is null ? OAuthError("invalid_request", "The authorization code was not found or was already used")
            : Json(Given(Field("expiring") is "1" or "true"));
    }

    private JsonObject Given(bool isExpiring)
    {
        string token = Tokens.Access();
        var given = new JsonObject { ["access_token"] = token, ["scope"] = Scopes };
        if (!isExpiring)
        {
            Tokens.Add(token);
            return given;
        }
        given["expires_in"] = Tokens.LastsSeconds;
        given["refresh_token"] = Tokens.Refresh();
        given["refresh_token_expires_in"] = 90 * 24 * 3600;
        return given;
    }

    private static IResult OAuthError(string code, string words) => Json(new JsonObject { ["error"] = code, ["error_description"] = words }, 400);

    private static IResult Errors(int status, string words) => Json(new JsonObject { ["errors"] = words }, status);

    private static IResult Json(JsonNode body, int status = 200) => Results.Text(body.ToJsonString(), "application/json; charset=utf-8", Encoding.UTF8, status);
}
