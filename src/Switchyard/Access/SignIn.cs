using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Recognises who sends a request: by API key, or by the cookie of a session.</summary>
public sealed class SignIn(Db db, TimeProvider clock)
{
    public const string Cookie = "switchyard_session", MerchantHeader = "Switchyard-Merchant";

    /// <summary>A revoked key or ended session works at most this long on other processes; on this one it stops at once.</summary>
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(5);
    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<string, (Actor Actor, DateTimeOffset Until)> _keys = new();
    private readonly ConcurrentDictionary<string, (SignedInUser User, DateTimeOffset Until)> _sessions = new();
    private volatile int _generation;

    /// <summary>Keys and sessions seen since they were last written down, with the time; see <see cref="NoteLastUse"/>.</summary>
    internal LastUses LastUses { get; } = new();

    public async Task<Result<Actor>> Recognise(HttpContext http)
    {
        string header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return await BySession(http);
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return AccessErrors.SignInRequired;
        string key = header["Bearer ".Length..].Trim();
        if (key.Length is < 8 or > 200) return AccessErrors.KeyNotKnown;
        var now = clock.GetUtcNow();
        if (_keys.TryGetValue(key, out var known) && known.Until > now) return known.Actor;
        int generation = _generation;
        var actor = await FindKey(HashOf(key), now);
        if (actor is null) { _keys.TryRemove(key, out _); return AccessErrors.KeyNotKnown; }
        LastUses.NoteKey(actor.Id["key:".Length..], now);
        Remember(_keys, key, (actor, now + RememberedFor), generation);
        return actor;
    }

    /// <summary>Drops what is remembered, after a key, user, role or session was changed.</summary>
    public void Forget()
    {
        // What was read before the change but is not yet remembered must not be remembered after it.
        Interlocked.Increment(ref _generation);
        _keys.Clear();
        _sessions.Clear();
    }

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    internal static HashSet<string> Codes(string json) => JsonSerializer.Deserialize<HashSet<string>>(json)!;
    internal static HashSet<long>? Nodes(string? json) => json is null ? null : JsonSerializer.Deserialize<HashSet<long>>(json);

    private async Task<Result<Actor>> BySession(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 20 and < 100 } token) return AccessErrors.SignInRequired;
        var now = clock.GetUtcNow();
        if (!_sessions.TryGetValue(token, out var known) || known.Until <= now)
        {
            int generation = _generation;
            var found = await db.ReadAll(work => Sessions.Find(work, HashOf(token), now));
            if (found is null) { _sessions.TryRemove(token, out _); return AccessErrors.SignInRequired; }
            LastUses.NoteSession(found.TokenHash, now);
            known = (found, now + RememberedFor);
            Remember(_sessions, token, known, generation);
        }
        http.Items[typeof(SignedInUser)] = known.User;
        return known.User.For(MerchantOf(http.Request));
    }

    /// <summary>A link to a file cannot send a header: there it stands in the address, which only reads.</summary>
    private static string MerchantOf(HttpRequest request)
    {
        string named = request.Headers[MerchantHeader].ToString();
        return named.Length == 0 && HttpMethods.IsGet(request.Method) ? request.Query[MerchantHeader].ToString() : named;
    }

    private void Remember<T>(ConcurrentDictionary<string, (T, DateTimeOffset)> known, string secret, (T, DateTimeOffset) what, int generation)
    {
        if (known.Count > MostRemembered) known.Clear();
        known[secret] = what;
        if (generation != _generation) known.TryRemove(secret, out _);
    }

    private Task<Actor?> FindKey(byte[] hash, DateTimeOffset now) => db.ReadAll(work => work.Find(
        """
        select id, name, merchant_id, scopes, node_ids, merchant_id = (select min(id) from merchants) from api_keys
         where secret_hash = @hash and revoked_at_ms is null and (expires_at_ms is null or expires_at_ms > @now) -- house
        """,
        row => new Actor("key:" + row.Text(), row.Text(), row.Long(), Codes(row.Text()), Nodes(row.TextOrNull())) { IsHouse = row.Bool() },
        ("hash", hash), ("now", now.ToUnixTimeMilliseconds())));
}
