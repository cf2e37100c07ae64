using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Simulators;

/// <summary>The ways in which vendors sign.</summary>
public static class SimSignature
{
    public static string HmacSha256Base64(string secret, byte[] body) => Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static string HmacSha256Hex(string secret, byte[] body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static string HmacSha1Base64(string secret, string text) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));

    /// <summary>Are two texts one, in time that does not tell where they differ?</summary>
    public static bool Same(string? one, string? other) =>
        one is not null && other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
