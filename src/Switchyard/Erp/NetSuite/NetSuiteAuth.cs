using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Erp.NetSuite;

/// <summary>The two ways to be let in: token-based authentication (OAuth 1.0a, each call signed with HMAC-SHA256) and OAuth 2.0 client credentials (a JWT signed with our
/// key, taken for a token).</summary>
internal static class NetSuiteAuth
{
    /// <summary>The Authorization header of one call. The realm is no part of what is signed.</summary>
    /// <param name="url">With its query.</param>
    public static string Signed(string method, string url, string realm, (string Key, string Secret) consumer, (string Id, string Secret) token, string nonce, DateTimeOffset now)
    {
        var uri = new Uri(url);
        var own = new List<(string Name, string Value)>
        {
            ("oauth_consumer_key", consumer.Key), ("oauth_token", token.Id), ("oauth_signature_method", "HMAC-SHA256"),
            ("oauth_timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("oauth_nonce", nonce), ("oauth_version", "1.0"),
        };
        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .Select(p => (Name: Uri.UnescapeDataString(p[0]), Value: p.Length > 1 ? Uri.UnescapeDataString(p[1]) : ""));
        var pairs = own.Concat(query).Select(p => (Name: Uri.EscapeDataString(p.Name), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal).Select(p => $"{p.Name}={p.Value}");
        string text = $"{method}&{Uri.EscapeDataString(uri.GetLeftPart(UriPartial.Path))}&{Uri.EscapeDataString(string.Join('&', pairs))}";
        byte[] key = Encoding.ASCII.GetBytes($"{Uri.EscapeDataString(consumer.Secret)}&{Uri.EscapeDataString(token.Secret)}");
        own.Add(("oauth_signature", Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))));
        return $"OAuth realm=\"{Uri.EscapeDataString(realm)}\", {string.Join(", ", own.Select(p => $"{p.Name}=\"{Uri.EscapeDataString(p.Value)}\""))}";
    }

    /// <summary>The assertion that is taken for a token; null when the key is none that NetSuite knows (RSA, or an elliptic curve of 256, 384 or 521 bits, as PEM).</summary>
    public static string? Assertion(string pem, string certificate, string client, string audience, DateTimeOffset now)
    {
        try { return Rsa(pem, certificate, client, audience, now) ?? Curve(pem, certificate, client, audience, now); }
        catch (CryptographicException) { return null; }
    }

    private static string? Rsa(string pem, string certificate, string client, string audience, DateTimeOffset now)
    {
        using var key = RSA.Create();
        try { key.ImportFromPem(pem); }
        catch (Exception e) when (e is ArgumentException or CryptographicException) { return null; }
        string text = Unsigned("PS256", certificate, client, audience, now);
        return $"{text}.{Url(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pss))}";
    }

    private static string? Curve(string pem, string certificate, string client, string audience, DateTimeOffset now)
    {
        using var key = ECDsa.Create();
        try { key.ImportFromPem(pem); }
        catch (Exception e) when (e is ArgumentException or CryptographicException) { return null; }
        var (name, hash) = key.KeySize switch
        {
            256 => ("ES256", HashAlgorithmName.SHA256),
            384 => ("ES384", HashAlgorithmName.SHA384),
            521 => ("ES512", HashAlgorithmName.SHA512),
            _ => ("", default),
        };
        if (name.Length == 0) return null;
        string text = Unsigned(name, certificate, client, audience, now);
        return $"{text}.{Url(key.SignData(Encoding.ASCII.GetBytes(text), hash))}";
    }

    // Good for ten minutes: NetSuite takes at most an hour.
    private static string Unsigned(string algorithm, string certificate, string client, string audience, DateTimeOffset now)
    {
        var head = new JsonObject { ["typ"] = "JWT", ["alg"] = algorithm, ["kid"] = certificate };
        var body = new JsonObject
        {
            ["iss"] = client, ["scope"] = new JsonArray("rest_webservices"), ["aud"] = audience, ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
        };
        return $"{Url(JsonSerializer.SerializeToUtf8Bytes(head))}.{Url(JsonSerializer.SerializeToUtf8Bytes(body))}";
    }

    private static string Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
