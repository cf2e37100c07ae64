using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// A WooCommerce shop with REST API v3: orders, refunds, notes, products, variations, batches and webhooks. Over https (or with
/// <see cref="EndsTls"/>) it takes Basic and keys in the query too, over plain http only one-legged OAuth 1.0a, as WooCommerce does.
/// </summary>
public sealed class WooCommerceSim : VendorSim
{
    public const string Key = "ck_5f1e0a7c92d84b36a1c0simulated00000000000a";
    public const string Secret = "cs_b04dd3c1775e4c5f8a2bsimulated00000000000b";
    private readonly WooShop _woo;
    private readonly Lock _nonceGate = new();
    private readonly HashSet<string> _nonces = new(StringComparer.Ordinal);

    public WooCommerceSim(string name = "woocommerce", ShopFacts? facts = null, SimClock? clock = null, int seed = 11)
        : base(name, facts ?? new ShopFacts("Hearth & Hollow", "GBP", PricesIncludeTax: true), clock, seed)
    {
        _woo = new WooShop(this);
        Sender.Delivered += _woo.Hooks.Heard;
    }

    public override string Adapter => "woocommerce";
    public override Dictionary<string, string> Secrets => new() { ["consumerKey"] = Key, ["consumerSecret"] = Secret };

    /// <summary>Its webhooks are signed with this where a subscription brings no secret of its own: WooCommerce then takes the key's.</summary>
    public override string? MessageSecret => Secret;

    /// <summary>Stands behind something that ends TLS: calls over http count as https.</summary>
    public bool EndsTls { get; set; }

    /// <summary>Webhooks that are set up in it.</summary>
    public IReadOnlyList<WooHook> Webhooks => _woo.Hooks.All;

    protected override IResult Throttled(SimRequest request)
    {
        request.Http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Results.Text("<html><head><title>429 Too Many Requests</title></head><body><center><h1>429 Too Many Requests</h1></center></body></html>", "text/html",
            statusCode: 429);
    }

    protected override IResult Broken(SimRequest request) =>
        WooAnswer.Error(500, "internal_server_error", "<p>There has been a critical error on this website.</p>");

    protected override IResult Refused(SimRequest request) => WooAnswer.Error(401, "woocommerce_rest_authentication_error", "Consumer key is invalid.");

    protected override bool IsOpen(SimRequest request) => request.Segments is ["wp-json"];

    protected override IResult? Refuse(SimRequest request)
    {
        if (EndsTls || request.Http.Request.IsHttps)
        {
            var (key, secret) = Basic(request) ?? (request.Query("consumer_key"), request.Query("consumer_secret"));
            if (key == Key) return SimSignature.Same(secret, Secret) ? null : WooAnswer.Error(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.");
            if (key is not null) return Refused(request);
        }
        var given = OAuthOne.Parameters(request);
        if (!given.Any(p => p.Key.StartsWith("oauth_", StringComparison.Ordinal))) return WooAnswer.Error(401, "woocommerce_rest_cannot_view",
            "Sorry, you cannot list resources.");
        if (OAuthOne.Missing(given) is { } missing) return WooAnswer.Error(401, "woocommerce_rest_authentication_missing_parameter", $"Missing OAuth parameter {missing}");
        string One(string name) => given.First(p => p.Key == name).Value;
        if (One("oauth_consumer_key") != Key) return Refused(request);
        string method = One("oauth_signature_method");
        if (method is not ("HMAC-SHA1" or "HMAC-SHA256")) return Unsigned("Invalid signature - signature method is invalid.");
        string expected = OAuthOne.Sign(OAuthOne.BaseString(request.Method, request.Address, given), Secret, method);
        if (!SimSignature.Same(One("oauth_signature"), expected)) return Unsigned("Invalid signature - provided signature does not match.");
        if (!long.TryParse(One("oauth_timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out long at)
            || Math.Abs(Clock.GetUtcNow().ToUnixTimeSeconds() - at) > 15 * 60)
            return Unsigned("Invalid timestamp.");
        lock (_nonceGate) return _nonces.Add($"{at}:{One("oauth_nonce")}") ? null : Unsigned("Invalid nonce - nonce has already been used.");
    }

    protected override Task<IResult> Answer(SimRequest request) => Task.FromResult(Shop.Read(_ => _woo.Answer(request)));

    protected override IEnumerable<SimMessage> Messages(ShopEvent happened) => _woo.Hooks.Messages(happened);

    private static IResult Unsigned(string words) => WooAnswer.Error(401, "woocommerce_rest_authentication_error", words);

    private static (string?, string?)? Basic(SimRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        byte[] bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out int length)) return (null, null);
        string[] parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts is [var key, var secret] ? (key, secret) : (null, null);
    }
}

/// <summary>WooCommerce's ways to answer.</summary>
internal static class WooAnswer
{
    public static IResult Error(int status, string code, string message, JsonObject? parameters = null)
    {
        var data = new JsonObject { ["status"] = status };
        if (parameters is not null) data["params"] = parameters;
        return Json(new JsonObject { ["code"] = code, ["message"] = message, ["data"] = data }, status);
    }

    public static JsonObject ErrorOf(string code, string message, int status) =>
        new() { ["code"] = code, ["message"] = message, ["data"] = new JsonObject { ["status"] = status } };

    public static IResult Invalid(string name, string words) =>
        Error(400, "rest_invalid_param", $"Invalid parameter(s): {name}", new JsonObject { [name] = words });

    public static IResult Json(JsonNode body, int status = 200) => Results.Text(body.ToJsonString(), "application/json; charset=UTF-8", Encoding.UTF8, status);

    /// <summary>The ids that a list is to be of; null: all.</summary>
    public static string[]? Included(SimRequest request)
    {
        string[] ids = [.. request.Http.Request.Query.Where(q => q.Key is "include" or "include[]").SelectMany(q => q.Value).SelectMany(v => (v ?? "").Split(','))];
        return ids.Length > 0 ? ids : null;
    }

    /// <summary>One page of a list, with the headers that say how many there are.</summary>
    public static IResult Page<T>(SimRequest request, IReadOnlyList<T> all, Func<T, JsonNode> shown)
    {
        if (!Whole(request, "per_page", 10, 1, 100, out int size)) return Invalid("per_page", "per_page must be between 1 (inclusive) and 100 (inclusive)");
        if (!Whole(request, "page", 1, 1, int.MaxValue, out int page)) return Invalid("page", "page must be greater than or equal to 1");
        int pages = (all.Count + size - 1) / size;
        var headers = request.Http.Response.Headers;
        headers["X-WP-Total"] = all.Count.ToString(CultureInfo.InvariantCulture);
        headers["X-WP-TotalPages"] = pages.ToString(CultureInfo.InvariantCulture);
        var links = new List<string>();
        if (page > 1) links.Add($"<{Link(request, Math.Min(page - 1, Math.Max(pages, 1)))}>; rel=\"prev\"");
        if (page < pages) links.Add($"<{Link(request, page + 1)}>; rel=\"next\"");
        if (links.Count > 0) headers.Link = string.Join(", ", links);
        return Json(new JsonArray([.. all.Skip((int)Math.Min((long)(page - 1) * size, int.MaxValue)).Take(size).Select(shown)]));
    }

    private static string Link(SimRequest request, int page)
    {
        var query = request.Http.Request.Query.Where(q => q.Key != "page" && !q.Key.StartsWith("oauth_", StringComparison.Ordinal))
            .SelectMany(q => q.Value.Select(v => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? "")}"));
        return $"{request.Address}?{string.Join('&', query.Append($"page={page.ToString(CultureInfo.InvariantCulture)}"))}";
    }

    private static bool Whole(SimRequest request, string name, int otherwise, int least, int most, out int value)
    {
        value = otherwise;
        return request.Query(name) is not { } text || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least
            && value <= most);
    }
}
