using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Simulators;

/// <summary>Signatures of OAuth 1.0a (RFC 5849, section 3.4): WooCommerce's without a token where there is no TLS, and Magento's with one.</summary>
public static class OAuthOne
{
    private static readonly string[] Needed = ["oauth_consumer_key", "oauth_timestamp", "oauth_nonce", "oauth_signature", "oauth_signature_method"];

    /// <summary>The text that is signed: method, address without its query, and all parameters but the signature, each percent-encoded.</summary>
    public static string BaseString(string method, string address, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var pairs = parameters.Where(p => p.Key != "oauth_signature")
            .Select(p => (Key: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={p.Value}");
        return $"{method.ToUpperInvariant()}&{Uri.EscapeDataString(address)}&{Uri.EscapeDataString(string.Join('&', pairs))}";
    }

    /// <summary>The signature, with the consumer's secret and the token's, where there is one.</summary>
    public static string Sign(string baseString, string secret, string method = "HMAC-SHA256", string tokenSecret = "")
    {
        byte[] key = Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(secret)}&{Uri.EscapeDataString(tokenSecret)}"), text = Encoding.UTF8.GetBytes(baseString);
        return Convert.ToBase64String(method == "HMAC-SHA1" ? HMACSHA1.HashData(key, text) : HMACSHA256.HashData(key, text));
    }

    /// <summary>Parameters of a call: its query, and an Authorization header that begins with OAuth.</summary>
    public static List<KeyValuePair<string, string>> Parameters(SimRequest request)
    {
        var all = request.Http.Request.Query.SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? ""))).ToList();
        if (request.Header("Authorization") is not { } header || !header.StartsWith("OAuth ", StringComparison.OrdinalIgnoreCase)) return all;
        foreach (string part in header[6..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && part[..at] != "realm") all.Add(KeyValuePair.Create(Uri.UnescapeDataString(part[..at]), Uri.UnescapeDataString(part[(at + 1)..].Trim('"'))));
        }
        return all;
    }

    /// <summary>Which of the parameters that must be there is missing; null when none is.</summary>
    public static string? Missing(IReadOnlyCollection<KeyValuePair<string, string>> parameters) =>
        Needed.FirstOrDefault(n => !parameters.Any(p => p.Key == n));
}
