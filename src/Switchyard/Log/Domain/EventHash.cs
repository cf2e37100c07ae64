using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Log;

/// <summary>The hash of a log entry, over everything it says and the hash of the entry before it of the same aggregate.</summary>
public static class EventHash
{
    /// <summary>What the first entry of an aggregate follows: 32 zero bytes.</summary>
    public static readonly byte[] Root = new byte[32];

    /// <summary>SHA-256 over the previous hash and each field, every text preceded by its length so that none can run into the next.</summary>
    public static byte[] Of(byte[] previous, long merchant, string aggregateKind, string aggregateId, long seq, string kind, int schemaVersion,
        string actor, string? reason, long atMs, string payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Number(merchant);
        Words(aggregateKind);
        Words(aggregateId);
        Number(seq);
        Words(kind);
        Number(schemaVersion);
        Words(actor);
        Number(reason is null ? 0 : 1);
        Words(reason ?? "");
        Number(atMs);
        Words(payload);
        return hash.GetHashAndReset();

        void Number(long value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            hash.AppendData(bytes);
        }

        void Words(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            hash.AppendData(bytes);
        }
    }
}
