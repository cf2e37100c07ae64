using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Database;

/// <summary>A request's key and the hash of what it asks.</summary>
public sealed record RequestStamp(string Key, byte[] Hash)
{
    /// <summary>How keys of wishes from support desks begin; no caller's own key does.</summary>
    public const string OfDesks = "desk:";

    /// <summary>A key of the house's own, which asks what it says: whoever does it again finds what was done.</summary>
    public static RequestStamp Of(string text) => new(text, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Stores the answer of a committed write under its key, in the same transaction.</summary>
public static class Idempotency
{
    public static readonly Error Reused = Error.Unprocessable("request.idempotency_key_reused",
        "This Idempotency-Key was used with another request.", new FieldError("#Idempotency-Key", "request.idempotency_key_reused", "Use a new key for a new request."));

    /// <summary>What is stored under a key.</summary>
    public sealed record Stored(byte[] Hash, string? Answer)
    {
        /// <summary>Reads hash, answer and packed answer.</summary>
        internal static Stored Read(Row row)
        {
            var (hash, answer) = (row.Bytes(), row.TextOrNull());
            return new Stored(hash, row.BytesOrNull() is { } packed ? Unpack(packed) : answer);
        }

        public bool IsOf(RequestStamp stamp) => Hash.AsSpan().SequenceEqual(stamp.Hash);
        public Result<T> ToResult<T>(RequestStamp stamp) => !IsOf(stamp) ? Reused
            : Result<T>.Replay(JsonSerializer.Deserialize<T>(Answer!, Json.Options)!);
    }

    /// <summary>Takes the key, or returns what an earlier request left under it. Waits while another holds the key.</summary>
    internal static async Task<Stored?> Take(Work work, RequestStamp stamp, DateTimeOffset now)
    {
        int taken = await work.Execute(
            "insert into idempotency_keys (merchant_id, key, request_hash, created_at_ms) values (@merchant, @key, @hash, @now) on conflict do nothing",
            ("key", stamp.Key), ("hash", stamp.Hash), ("now", now.ToUnixTimeMilliseconds()));
        return taken == 1 ? null : await Find(work, stamp);
    }

    internal static Task<Stored?> Find(Work work, RequestStamp stamp) => work.Find(
        "select request_hash, answer, packed from idempotency_keys where merchant_id = @merchant and key = @key", Stored.Read, ("key", stamp.Key));

    /// <summary>A long answer as it is kept: a third of its length. The third level packs better than the first in the same time.</summary>
    internal static byte[] Pack(string answer)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, new ZLibCompressionOptions { CompressionLevel = 3 })) deflate.Write(Encoding.UTF8.GetBytes(answer));
        return packed.ToArray();
    }

    internal static string Unpack(byte[] packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var text = new StreamReader(deflate, Encoding.UTF8);
        return text.ReadToEnd();
    }

    internal static Task Keep<T>(Work work, RequestStamp stamp, T answer) => work.Execute(
        "update idempotency_keys set answer = @answer where merchant_id = @merchant and key = @key",
        ("key", stamp.Key), ("answer", JsonSerializer.Serialize(answer, Json.Options)));
}
