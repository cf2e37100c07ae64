using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Recognises who sends a request, by API key.</summary>
public sealed class SignIn(Db db, TimeProvider clock)
{
    /// <summary>A revoked key works at most this long on other processes; on this one it stops at once.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (Actor Actor, DateTimeOffset Until)> _known = new();

    public static readonly Error Required = Error.Unauthorized("access.sign_in_required", "Send an API key as 'Authorization: Bearer KEY', or sign in.");

    public async Task<Result<Actor>> Recognise(HttpContext http)
    {
        string header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return Required;
        string key = header["Bearer ".Length..].Trim();
        if (key.Length is < 8 or > 200) return Required;
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && known.Until > now) return known.Actor;
        var actor = await FindKey(HashOf(key), now);
        if (actor is null) { _known.TryRemove(key, out _); return Required; }
        if (_known.Count > 10_000) _known.Clear();
        _known[key] = (actor, now + RememberedFor);
        return actor;
    }

    /// <summary>Drops what is remembered of keys, after one was revoked or changed.</summary>
    public void Forget() => _known.Clear();

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private Task<Actor?> FindKey(byte[] hash, DateTimeOffset now) => db.ReadAll(work => work.Find(
        """
        select id, name, merchant_id, scopes, node_ids from api_keys
         where secret_hash = @hash and revoked_at_ms is null and (expires_at_ms is null or expires_at_ms > @now)
        """,
        row => new Actor("key:" + row.Text(), row.Text(), row.Long(), Codes(row.Text()), Nodes(row.TextOrNull())),
        ("hash", hash), ("now", now.ToUnixTimeMilliseconds())));

    private static HashSet<string> Codes(string json) => JsonSerializer.Deserialize<HashSet<string>>(json)!;
    private static HashSet<long>? Nodes(string? json) => json is null ? null : JsonSerializer.Deserialize<HashSet<long>>(json);
}
