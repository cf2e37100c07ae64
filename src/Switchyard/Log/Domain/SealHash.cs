using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Switchyard.Log;

/// <summary>The hash of a seal: SHA-256 over the seal before it, its range, its count, and position and hash of each entry in it.</summary>
public sealed class SealHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="previous">The hash of the seal before; <see cref="EventHash.Root"/> for the first.</param>
    /// <param name="from">The first position of the range.</param>
    /// <param name="to">The last position of the range; there need not be an entry at it.</param>
    /// <param name="entries">How many entries the range holds.</param>
    public SealHash(byte[] previous, long from, long to, long entries)
    {
        _hash.AppendData(previous);
        Number(from);
        Number(to);
        Number(entries);
    }

    /// <summary>Adds the next entry, in ascending order of position.</summary>
    public void Add(long position, byte[] entryHash)
    {
        Number(position);
        _hash.AppendData(entryHash);
    }

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();

    private void Number(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _hash.AppendData(bytes);
    }
}
