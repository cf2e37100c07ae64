using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Ebay;

/// <summary>An answer of eBay that is no fault of the way: what it says, and where it says something is.</summary>
internal sealed record EbaySaid(int Status, JsonNode Body, string? Location)
{
    public bool IsOk => Status is >= 200 and < 300;
    public int? Error => Body.Each("errors").Concat(Body.Each("error")).Select(e => int.TryParse(e.Say("errorId"), System.Globalization.CultureInfo.InvariantCulture, out int no) ? no : (int?)null).FirstOrDefault(e => e is not null);
    public string Words => string.Join(" ", Body.Each("errors").Concat(Body.Each("error")).Select(e => e.Say("longMessage") ?? e.Say("message")).OfType<string>().Distinct().Take(3)) is { Length: > 0 } words ? words : $"eBay answered {Status}.";
    public AdapterFault Refusal => new(FaultKind.Refused, Words.Length > 400 ? Words[..400] : Words);
}

/// <summary>
/// Calls with the seller's token, which is renewed when there is none or it is not taken any more. Calls about money are signed where a signing key is set (HTTP message signatures, as sellers of the
/// United Kingdom and the European Union must).
/// </summary>
internal static class EbayAsk
{
    public const string Fulfilment = "/sell/fulfillment/v1", Inventory = "/sell/inventory/v1", Notes = "/commerce/notification/v1";

    /// <summary>What the seller agrees to.</summary>
    public static readonly IReadOnlyList<string> Scopes =
    [
        "https://api.ebay.com/oauth/api_scope", "https://api.ebay.com/oauth/api_scope/sell.fulfillment", "https://api.ebay.com/oauth/api_scope/sell.inventory", "https://api.ebay.com/oauth/api_scope/sell.finances",
        "https://api.ebay.com/oauth/api_scope/commerce.notification.subscription",
    ];

    /// <summary>Sends, and reads what comes; a refusal is no fault here, since its number may mean that all is well.</summary>
    /// <param name="asApplication">With a token of the application, not of the seller.</param>
    public static async Task<AdapterAnswer<EbaySaid>> Send(ChannelCall call, HttpMethod method, string path, JsonNode? body = null, bool isSigned = false, bool asApplication = false, string scheme = "Bearer")
    {
        string name = asApplication ? "applicationToken" : "accessToken";
        for (int tries = 0; ; tries++)
        {
            if (call.Secret(name).Length == 0 && await Renew(call, asApplication) is { } unable) return unable;
            var sent = await Once(call, method, path, body, isSigned, $"{scheme} {call.Secret(name)}");
            if (sent.Fault is not { Kind: FaultKind.Unauthorized } || tries > 0) return sent;
            if (await Renew(call, asApplication) is { } refused) return refused;
        }
    }

    /// <summary>The same, where anything but success is a refusal.</summary>
    public static async Task<AdapterAnswer<JsonNode>> Ask(ChannelCall call, HttpMethod method, string path, JsonNode? body = null, bool isSigned = false, bool asApplication = false)
    {
        var said = await Send(call, method, path, body, isSigned, asApplication);
        return said.Then(s => s.IsOk ? AdapterAnswer<JsonNode>.Of(s.Body) : s.Refusal);
    }

    private static async Task<AdapterAnswer<EbaySaid>> Once(ChannelCall call, HttpMethod method, string path, JsonNode? body, bool isSigned, string authorization)
    {
        byte[]? bytes = body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());
        using var content = bytes is null ? null : new ByteArrayContent(bytes);
        if (content is not null) content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        List<(string, string)> headers = [("Authorization", authorization), ("Accept", "application/json")];
        if (call.Access.Setting("marketplaceId") is { Length: > 0 } marketplace) headers.Add(("X-EBAY-C-MARKETPLACE-ID", marketplace));
        if (isSigned && call.Secret("signingKey").Length > 0)
        {
            if (Signature(call, method, path, bytes ?? []) is not { } signature) return new AdapterFault(FaultKind.Refused, "The signing key is no RSA key in PKCS #8.");
            headers.AddRange(signature);
        }
        var sent = await call.SendContent(method, path, content, [.. headers]);
        if (sent.Fault is { } fault) return fault;
        string? at = sent.Value.Headers.FirstOrDefault(h => h.Key.Equals("Location", StringComparison.OrdinalIgnoreCase)).Value;
        if (sent.Value.Body.Length == 0) return new EbaySaid(sent.Value.Status, new JsonObject(), at);
        var json = sent.Value.Json();
        return json.Then(j => AdapterAnswer<EbaySaid>.Of(new EbaySaid(sent.Value.Status, j, at)));
    }

    /// <summary>A new access token, kept before it is used.</summary>
    public static async Task<AdapterFault?> Renew(ChannelCall call, bool asApplication)
    {
        if (!asApplication && call.Secret("refreshToken").Length == 0) return new AdapterFault(FaultKind.Unauthorized, "The seller has not let us in yet.");
        var said = await Token(call, asApplication ? new() { ["grant_type"] = "client_credentials", ["scope"] = Scopes[0] }
            : new() { ["grant_type"] = "refresh_token", ["refresh_token"] = call.Secret("refreshToken") });
        if (said.Fault is { } fault) return fault;
        await call.Renew(new Dictionary<string, string> { [asApplication ? "applicationToken" : "accessToken"] = said.Value.Say("access_token")! });
        return null;
    }

    /// <summary>What the token endpoint gives; always with a token.</summary>
    public static async Task<AdapterAnswer<JsonNode>> Token(ChannelCall call, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        string key = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{call.Access.Setting("clientId")}:{call.Secret("clientSecret")}"));
        var sent = await call.SendContent(HttpMethod.Post, "/identity/v1/oauth2/token", content, ("Authorization", "Basic " + key));
        if (sent.Fault is { } fault) return fault;
        var said = sent.Value.Json();
        if (!sent.Value.IsOk) return new AdapterFault(FaultKind.Unauthorized, said.IsOk && said.Value.Say("error_description") is { } words ? words : "eBay gives no token for these keys.");
        return said.Then(s => s.Say("access_token") is { Length: > 0 } ? AdapterAnswer<JsonNode>.Of(s) : new AdapterFault(FaultKind.Malformed, "The answer has no token."));
    }

    // The signature covers the digest of the body, the key, and what is asked of whom; null when the key is of no use.
    private static List<(string, string)>? Signature(ChannelCall call, HttpMethod method, string path, byte[] body)
    {
        string digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:", key = call.Secret("signingJwe");
        var target = new Uri(call.Access.BaseUrl.TrimEnd('/') + path);
        string covered = $"(\"content-digest\" \"x-ebay-signature-key\" \"@method\" \"@path\" \"@authority\");created={call.Now.ToUnixTimeSeconds()}";
        string signed = $"\"content-digest\": {digest}\n\"x-ebay-signature-key\": {key}\n\"@method\": {method.Method}\n\"@path\": {target.AbsolutePath}\n\"@authority\": {target.Authority}\n\"@signature-params\": {covered}";
        try
        {
            using var rsa = RSA.Create();
            string plain = string.Concat(call.Secret("signingKey").Split('\n').Where(l => !l.StartsWith("-----", StringComparison.Ordinal))).Trim();
            rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(plain), out _);
            string signature = Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            return [("Content-Digest", digest), ("x-ebay-signature-key", key), ("Signature-Input", "sig1=" + covered), ("Signature", $"sig1=:{signature}:")];
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException) { return null; }
    }
}
