using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Switchyard.Payments;

/// <summary>
/// Adyen's signature of one notification: the base64 HMAC-SHA256 over eight of its fields with colons between, by a key that is shown in hex. It signs no time and not the rest of the notification: one that
/// comes again is known by its pspReference and event, and everything else in it is asked for before it counts.
/// </summary>
/// <remarks>Source: Adyen's documentation, "Verify HMAC signatures". A field that is left out is empty; nothing in the fields is escaped, which its libraries do alike and its documentation does not say.</remarks>
internal static class AdyenSignature
{
    /// <param name="key">In hex, as Adyen's page shows it.</param>
    /// <param name="item">A NotificationRequestItem.</param>
    public static bool IsRight(string key, JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("additionalData", out var more) && Field(more, "hmacSignature") is { Length: > 0 } given && IsRight(key, Signed(item), given);

    /// <summary>The same of a text that is signed whole, as Adyen signs messages of its newer kinds.</summary>
    public static bool IsRight(string key, string text, string signature)
    {
        if (!IsKey(key)) return false;
        byte[] expected = Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(Convert.FromHexString(key), Encoding.UTF8.GetBytes(text))));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature));
    }

    /// <summary>Is it whole bytes in hex?</summary>
    public static bool IsKey(string key) => key.Length is > 0 and <= 256 && key.Length % 2 == 0 && key.All(char.IsAsciiHexDigit);

    private static string Signed(JsonElement item)
    {
        var amount = item.TryGetProperty("amount", out var found) ? found : default;
        return string.Join(':', Field(item, "pspReference"), Field(item, "originalReference"), Field(item, "merchantAccountCode"), Field(item, "merchantReference"),
            Field(amount, "value"), Field(amount, "currency"), Field(item, "eventCode"), Field(item, "success"));
    }

    // Numbers and truth come as such or as text.
    private static string Field(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    } : "";
}
