using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>Signatures by Standard Webhooks: <c>v1,</c> and the base64 HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
/// <remarks>Source: the Standard Webhooks specification, section "Signature scheme".</remarks>
public static class WebhookSignature
{
    public const string SecretPrefix = "whsec_";
    public const int LeastSecretBytes = 24, MostSecretBytes = 64;

    /// <summary>The webhook-signature header: one signature for each secret, with blanks between.</summary>
    /// <param name="secrets">With or without <c>whsec_</c>; all that are live, newest first.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    public static string Header(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{Text.Invariant(timestamp)}."), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secret), signed))));
    }

    /// <summary>Is one of the header's signatures right for this secret? Compared in constant time; versions but v1 are passed over.</summary>
    public static bool IsRight(string secret, string id, long timestamp, ReadOnlySpan<byte> body, string header)
    {
        byte[] expected = Encoding.ASCII.GetBytes(Header([secret], id, timestamp, body));
        bool isRight = false;
        foreach (string given in header.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            isRight |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(given));
        return isRight;
    }

    /// <summary>Writes random bytes as a secret.</summary>
    public static string Secret(ReadOnlySpan<byte> random) => SecretPrefix + Convert.ToBase64String(random);

    /// <summary>Is it <c>whsec_</c> and 24 to 64 bytes in base64?</summary>
    public static bool IsSecret([NotNullWhen(true)] string? text)
    {
        byte[] key = new byte[MostSecretBytes];
        return text is { Length: <= 200 } && text.StartsWith(SecretPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[SecretPrefix.Length..], key, out int length) && length >= LeastSecretBytes;
    }

    private static byte[] Key(string secret) =>
        Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
}
