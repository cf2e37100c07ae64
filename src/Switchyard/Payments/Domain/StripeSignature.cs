using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Payments;

/// <summary>Stripe's signature of a message: <c>t=seconds,v1=hex</c>, the hex HMAC-SHA256 over <c>seconds.body</c> with the endpoint's secret as it is written.</summary>
/// <remarks>Source: Stripe's documentation, "Verify webhook signatures manually". Its libraries test with the same vector as ours do.</remarks>
internal static class StripeSignature
{
    /// <summary>A message that was signed longer ago is sent again by somebody: Stripe signs each delivery anew.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>When a message was signed; null: not by this secret. While a secret is exchanged there are several signatures, and one that is right is enough; schemes but v1 are passed over.</summary>
    /// <param name="body">As it came, byte by byte.</param>
    public static DateTimeOffset? SignedAt(string secret, ReadOnlySpan<byte> body, string header)
    {
        var parts = header.Split(',').Select(p => p.Split('=', 2)).Where(p => p.Length == 2).Select(p => (Name: p[0].Trim(), Value: p[1].Trim())).ToList();
        // The time as it is written there is what was signed.
        if (secret.Length == 0 || parts.Where(p => p.Name == "t").Select(p => p.Value).ToList() is not [var written]) return null;
        if (!long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds > MostSeconds) return null;
        byte[] signed = [.. Encoding.UTF8.GetBytes(written + "."), .. body];
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        bool isRight = false;
        foreach (var (name, value) in parts)
            if (name == "v1") isRight |= CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(value));
        return isRight ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>Is it signed by this secret, and just now?</summary>
    public static bool IsRight(string secret, ReadOnlySpan<byte> body, string header, DateTimeOffset now) =>
        SignedAt(secret, body, header) is { } at && (now - at).Duration() <= Tolerance;

    // The last second that can be written as a date.
    private static readonly long MostSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
