using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>
/// A NetSuite account: the REST record service, SuiteQL as our adapter asks it, token-based authentication and OAuth 2.0 client credentials, its errors and its limit of
/// calls at once. What it does not know it refuses, as NetSuite refuses an unknown property or query.
/// </summary>
public sealed class NetSuiteSim : VendorSim
{
    public const string Account = "1234567_SB1", ConsumerKey = "ck60712990bc09", ConsumerSecret = "cs60712990bc09", TokenId = "tk447d0cba5569", TokenSecret = "ts447d0cba5569",
        Client = "client-of-switchyard", CertificateId = "cert-1";
    private static readonly RSA CertificateKey = RSA.Create(2048);
    private readonly HashSet<string> _nonces = new(StringComparer.Ordinal), _tokens = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private int _inside;

    public NetSuiteSim(string name = "netsuite", ShopFacts? facts = null, SimClock? clock = null, int seed = 7)
        : base(name, facts ?? new ShopFacts("Hearth & Hollow", "GBP", PricesIncludeTax: true), clock, seed) => Books = new NetSuiteBooks(Clock);

    public NetSuiteBooks Books { get; }

    /// <summary>Looks at its books, or writes in them, while nobody else does.</summary>
    public T Read<T>(Func<NetSuiteBooks, T> body) { lock (_gate) return body(Books); }

    public override string Adapter => "netsuite";

    /// <summary>Let in by a certificate instead of by tokens.</summary>
    public bool UsesCertificate { get; init; }

    /// <summary>Money is booked as journals.</summary>
    public bool UsesJournals { get; init; }

    /// <summary>Calls at once that the account allows; more are refused.</summary>
    public int MostAtOnce { get; set; } = 5;

    /// <summary>The most calls that were inside at once.</summary>
    public int WereInside { get; private set; }

    public override JsonObject Settings => new()
    {
        ["account"] = Account, ["customer"] = "10", ["chargeItem"] = "90", ["saleItem"] = "91", ["taxItem"] = "92", ["money"] = UsesJournals ? "journals" : "records",
        ["clearingAccount"] = "201", ["salesAccount"] = "202",
        ["taxAccount"] = "203", ["adjustmentAccount"] = "204", ["currencies"] = """{"GBP":"1","EUR":"4","USD":"2"}""", ["vendors"] = """{"ACME":"501"}""", ["concurrency"] = "2",
    };

    public override Dictionary<string, string> Secrets => UsesCertificate
        ? new() { ["clientId"] = Client, ["certificateId"] = CertificateId, ["privateKey"] = CertificateKey.ExportPkcs8PrivateKeyPem() }
        : new() { ["consumerKey"] = ConsumerKey, ["consumerSecret"] = ConsumerSecret, ["tokenId"] = TokenId, ["tokenSecret"] = TokenSecret };

    public override void ExpireTokens() { lock (_gate) _tokens.Clear(); }

    protected override IResult Throttled(SimRequest request) => NetSuiteAnswer.Error(429, "Too Many Requests", "CONCURRENCY_LIMIT_EXCEEDED",
        "Concurrent request limit exceeded. Request blocked.");
    protected override IResult Broken(SimRequest request) => NetSuiteAnswer.Error(500, "Internal Server Error", "UNEXPECTED_ERROR",
        "An unexpected error occurred. Error ID: simulated.");
    protected override IResult Refused(SimRequest request) => NetSuiteAnswer.Error(401, "Unauthorized", "INVALID_LOGIN",
        "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI.");
    protected override bool IsOpen(SimRequest request) => request.Path == "/services/rest/auth/oauth2/v1/token";
    protected override IEnumerable<SimMessage> Messages(ShopEvent happened) => [];

    protected override IResult? Refuse(SimRequest request)
    {
        if (request.Header("Authorization") is not { } header) return Refused(request);
        if (header.StartsWith("Bearer ", StringComparison.Ordinal)) { lock (_gate) return _tokens.Contains(header[7..]) ? null : Refused(request); }
        if (!header.StartsWith("OAuth ", StringComparison.Ordinal) || !header.Contains($"realm=\"{Account}\"", StringComparison.Ordinal)) return Refused(request);
        var given = OAuthOne.Parameters(request);
        string? one(string name) => given.Where(p => p.Key == name).Select(p => p.Value).FirstOrDefault();
        if (OAuthOne.Missing(given) is not null || one("oauth_consumer_key") != ConsumerKey || one("oauth_token") != TokenId || one("oauth_signature_method") != "HMAC-SHA256")
            return Refused(request);
        if (!SimSignature.Same(one("oauth_signature"), OAuthOne.Sign(OAuthOne.BaseString(request.Method, request.Address, given), ConsumerSecret, "HMAC-SHA256", TokenSecret)))
            return Refused(request);
        if (!long.TryParse(one("oauth_timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out long at) || Math.Abs(Clock.GetUtcNow().ToUnixTimeSeconds() - at) > 300)
            return Refused(request);
        lock (_gate) return _nonces.Add($"{at}:{one("oauth_nonce")}") ? null : Refused(request);
    }

    protected override async Task<IResult> Answer(SimRequest request)
    {
        if (IsOpen(request)) return Token(request);
        int inside = Interlocked.Increment(ref _inside);
        try
        {
            lock (_gate) WereInside = Math.Max(WereInside, inside);
            if (inside > MostAtOnce) return Throttled(request);
            await Task.Yield();
            lock (_gate) return request.Segments switch
            {
                ["services", "rest", "query", "v1", "suiteql"] when request.Method == "POST" => Query(request),
                ["services", "rest", "record", "v1", var type, var id] => Books.Record(request, type, id),
                ["services", "rest", "record", "v1", var type, var id, "!transform", var target] when request.Method == "POST" => Books.Transform(request, type, id, target),
                _ => NetSuiteAnswer.Error(404, "Not Found", "INVALID_URL", "The request could not be understood by the server."),
            };
        }
        finally { Interlocked.Decrement(ref _inside); }
    }

    private IResult Query(SimRequest request)
    {
        if (request.Header("Prefer") != "transient")
            return NetSuiteAnswer.Error(400, "Bad Request", "INVALID_HEADER",
                "Required header is missing in the request: prefer. Set the value of the header to: transient.");
        if ((string?)request.Json?["q"] is not { } query) return NetSuiteAnswer.Error(400, "Bad Request", "INVALID_PARAMETER", "q is required.");
        request.Asked = query.Length > 60 ? query[..60] : query;
        int limit = int.TryParse(request.Query("limit"), CultureInfo.InvariantCulture, out int wanted) && wanted is > 0 and <= 1000 ? wanted : 1000;
        if (NetSuiteTables.Run(Books, query) is not { } rows)
            return NetSuiteAnswer.Error(400, "Bad Request", "INVALID_PARAMETER",
                $"Invalid search query. Detailed unprocessed description follows. {query}");
        var page = rows.Take(limit).ToList();
        return NetSuiteAnswer.Json(new JsonObject
        {
            ["links"] = new JsonArray(), ["count"] = page.Count, ["hasMore"] = rows.Count > limit, ["items"] = new JsonArray([.. page]),
            ["offset"] = 0, ["totalResults"] = rows.Count,
        });
    }

    private IResult Token(SimRequest request)
    {
        var form = request.Text.Split('&').Select(p => p.Split('=', 2)).ToDictionary(p => p[0],
            p => p.Length > 1 ? Uri.UnescapeDataString(p[1].Replace('+', ' ')) : "", StringComparer.Ordinal);
        IResult no(string what) => Results.Text(new JsonObject { ["error"] = what }.ToJsonString(), "application/json", Encoding.UTF8, 400);
        if (form.GetValueOrDefault("grant_type") != "client_credentials"
            || form.GetValueOrDefault("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") return no("invalid_request");
        if (form.GetValueOrDefault("client_assertion")?.Split('.') is not [var head, var body, var signature]) return no("invalid_request");
        JsonNode? part(string text) { try { return JsonNode.Parse(Bytes(text)); } catch (Exception e) when (e is JsonException or FormatException) { return null; } }
        var (header, claims) = (part(head), part(body));
        if ((string?)header?["alg"] != "PS256" || (string?)header["kid"] != CertificateId || (string?)claims?["iss"] != Client || (string?)claims["aud"] != request.Address)
            return no("invalid_client");
        long now = Clock.GetUtcNow().ToUnixTimeSeconds(), issued = (long?)claims["iat"] ?? 0, until = (long?)claims["exp"] ?? 0;
        if (until <= now || until - issued >= 3600 || claims["scope"] is not JsonArray { Count: 1 } scope || (string?)scope[0] != "rest_webservices") return no("invalid_grant");
        if (!CertificateKey.VerifyData(Encoding.ASCII.GetBytes($"{head}.{body}"), Bytes(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pss)) return no("invalid_client");
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        lock (_gate) _tokens.Add(token);
        return NetSuiteAnswer.Json(new JsonObject { ["access_token"] = token, ["expires_in"] = "3600", ["token_type"] = "bearer" });
    }

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));
}

/// <summary>NetSuite's ways to answer.</summary>
internal static class NetSuiteAnswer
{
    public static IResult Error(int status, string title, string code, string detail, string? path = null)
    {
        var one = new JsonObject { ["detail"] = detail, ["o:errorCode"] = code };
        if (path is not null) one["o:errorPath"] = path;
        var said = new JsonObject
        {
            ["type"] = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html", ["title"] = title, ["status"] = status, ["o:errorDetails"] = new JsonArray(one),
        };
        return Results.Text(said.ToJsonString(), "application/vnd.oracle.resource+json; type=error", Encoding.UTF8, status);
    }

    public static IResult Json(JsonNode body) => Results.Text(body.ToJsonString(), "application/vnd.oracle.resource+json; type=singular", Encoding.UTF8);
}
