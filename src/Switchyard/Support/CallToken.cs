using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Support;

/// <summary>Reads what a desk shows of itself. Both ways compare in a time that does not tell where texts differ.</summary>
internal static class CallToken
{
    private const long LongestSeconds = 600, FurthestAheadSeconds = 60;

    /// <summary>
    /// The claims of a JSON Web Token (RFC 7519) signed with HS256 by this secret, that is not over and lasts ten minutes at most; else null.
    /// The algorithm is not the token's to choose.
    /// </summary>
    public static JsonObject? Claims(string? token, string secret, DateTimeOffset now)
    {
        if (token is not { Length: > 0 and < 8_000 } || token.Split('.') is not [var head, var body, var mark]) return null;
        if (Part(head) is not { } kind || kind.Say("alg") != "HS256" || Bytes(mark) is not { } signed) return null;
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{head}.{body}"));
        if (!CryptographicOperations.FixedTimeEquals(expected, signed) || Part(body) is not { } claims) return null;
        if (Seconds(claims, "exp") is not { } over || Seconds(claims, "iat") is not { } made) return null;
        long at = now.ToUnixTimeSeconds();
        return made <= at + FurthestAheadSeconds && over > at && over - made <= LongestSeconds ? claims : null;
    }

    public static bool IsSame(string? one, string other) =>
        one is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));

    private static long? Seconds(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue(out long seconds) ? seconds : null;

    private static JsonObject? Part(string text)
    {
        try { return Bytes(text) is { } bytes ? JsonNode.Parse(bytes, null, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false }) as JsonObject : null; }
        catch (JsonException) { return null; }
    }

    private static byte[]? Bytes(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
