using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Switchyard.Simulators;

/// <summary>
/// The key with which a seller's calls about money are signed: RSA, made by eBay for the application. Sellers in the United Kingdom and
/// the European Union must sign <c>issue_refund</c>.
/// </summary>
public sealed class EbaySigningKey
{
    private readonly RSA _key = RSA.Create(2048);

    /// <summary>PKCS #8 in base64, as it is handed out.</summary>
    public string PrivateKey => Convert.ToBase64String(_key.ExportPkcs8PrivateKey());

    /// <summary>The public key for the header <c>x-ebay-signature-key</c>; only eBay reads what is in it.</summary>
    public string Jwe { get; } = "eyJ6aXAiOiJERUYiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiQTI1NkdDTUtXIn0.c2ltdWxhdGVk.c2ltdWxhdGVk.c2ltdWxhdGVk.c2ltdWxhdGVk";

    public bool IsGood(string signed, byte[] signature) => _key.VerifyData(Encoding.UTF8.GetBytes(signed), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
}

/// <summary>HTTP message signatures of calls about money.</summary>
public sealed partial class EbaySim
{
    private static readonly HashSet<string> Signers =
        ["GB", "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"];

    private EbaySigningKey? _signing;

    [GeneratedRegex("""^sig1=(?<params>\((?<names>"[^)]*")\);created=(?<created>\d{1,12}))$""")]
    private static partial Regex SignatureInput();

    [GeneratedRegex("^sig1=:(?<signature>[A-Za-z0-9+/=]+):$")]
    private static partial Regex SignatureValue();

    /// <summary>Made when somebody first asks for it.</summary>
    public EbaySigningKey Signing
    {
        get { lock (Shop.Gate) return _signing ??= new EbaySigningKey(); }
    }

    private IResult? WrongSignature(SimRequest r)
    {
        if (!Signers.Contains(Shop.Facts.Country)) return null;
        if (r.Header("x-ebay-signature-key") is not { } key) return SignatureError(215001, "Missing x-ebay-signature-key header");
        if (r.Header("Content-Digest") != $"sha-256=:{Convert.ToBase64String(SHA256.HashData(r.Body))}:") return SignatureError(215118,
            "The Content-Digest header does not fit the body");
        var input = SignatureInput().Match(r.Header("Signature-Input") ?? "");
        var value = SignatureValue().Match(r.Header("Signature") ?? "");
        if (!input.Success || !value.Success) return SignatureError(215000, "Missing or malformed Signature or Signature-Input header");
        long created = long.Parse(input.Groups["created"].Value, System.Globalization.CultureInfo.InvariantCulture);
        if (Math.Abs(Clock.GetUtcNow().ToUnixTimeSeconds() - created) > 300) return SignatureError(215114, "The creation time of the signature is not in the valid range");
        string[] names = [.. input.Groups["names"].Value.Split(' ').Select(n => n.Trim('"'))];
        if (new[] { "content-digest", "x-ebay-signature-key", "@method", "@path", "@authority" }.Except(names).Any()) return SignatureError(215119,
            "The signature does not cover what it must");
        var signed = new StringBuilder();
        foreach (string name in names)
        {
            string? part = name switch
            {
                "@method" => r.Method,
                "@path" => r.Http.Request.PathBase + r.Http.Request.Path,
                "@authority" => r.Http.Request.Host.Value,
                _ =>
                r.Header(name)
            };
            signed.Append('"').Append(name).Append("\": ").Append(part).Append('\n');
        }
        signed.Append("\"@signature-params\": ").Append(input.Groups["params"].Value);
        Span<byte> bytes = new byte[1024];
        if (!Convert.TryFromBase64String(value.Groups["signature"].Value, bytes, out int length)) return SignatureError(215000,
            "Missing or malformed Signature or Signature-Input header");
        return key == Signing.Jwe && Signing.IsGood(signed.ToString(), bytes[..length].ToArray()) ? null : SignatureError(215120, "Signature validation failed");
    }

    private static IResult SignatureError(int id, string message) => Error(400, id, "ACCESS", "REQUEST", message, message + " to fulfill the request.");
}
