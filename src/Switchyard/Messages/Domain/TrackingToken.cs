using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Switchyard.Messages;

/// <summary>
/// The last part of a tracking page's address: which key signed it, which link it is, and the signature. Nobody can make one up, and it says nothing of the order.
/// </summary>
/// <param name="Key">The number of the merchant's key, from 1.</param>
public readonly record struct TrackingToken(int Key, Guid Link)
{
    public const int SecretBytes = 32;
    private const int SignatureBytes = 16, Whole = 2 + 16 + SignatureBytes;

    /// <summary>46 characters that may stand in an address.</summary>
    public string Sign(ReadOnlySpan<byte> secret)
    {
        Span<byte> bytes = stackalloc byte[Whole];
        Head(bytes);
        Signature(bytes[..^SignatureBytes], secret).AsSpan(0, SignatureBytes).CopyTo(bytes[^SignatureBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>What a text claims to be; nothing of it is believed before <see cref="IsSignedWith"/>.</summary>
    public static TrackingToken? Read(string? text) =>
        text is { Length: 46 } && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: Whole } bytes
            ? new TrackingToken(BinaryPrimitives.ReadUInt16BigEndian(bytes), new Guid(bytes.AsSpan(2, 16), bigEndian: true)) : null;

    /// <summary>Was this text signed with this secret? It takes as long for a wrong signature as for a right one.</summary>
    public static bool IsSignedWith(string text, ReadOnlySpan<byte> secret)
    {
        byte[] bytes = Base64Url.DecodeFromChars(text);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(Whole - SignatureBytes), Signature(bytes.AsSpan(0, Whole - SignatureBytes), secret).AsSpan(0, SignatureBytes));
    }

    private void Head(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, (ushort)Key);
        Link.TryWriteBytes(to[2..], bigEndian: true, out _);
    }

    private static byte[] Signature(ReadOnlySpan<byte> of, ReadOnlySpan<byte> secret) => HMACSHA256.HashData(secret, of);
}
