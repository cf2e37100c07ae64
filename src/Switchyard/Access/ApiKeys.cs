using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Makes API keys. The secret is shown once and kept only as a hash.</summary>
public static class ApiKeys
{
    /// <summary>Sets the first administrator's key on a database that has none; does nothing on any other.</summary>
    public static Task Bootstrap(Db db, string secret, TimeProvider clock) => db.WriteAll(work => work.Execute(
        """
        insert into api_keys (id, merchant_id, name, prefix, secret_hash, scopes, created_by, created_at_ms)
        select @id, m.id, 'First administrator', @prefix, @hash, @scopes, 'system:bootstrap', @now from (select min(id) as id from merchants) m
         where not exists (select 1 from api_keys k where k.merchant_id = m.id) -- house
        """,
        ("id", NewId(clock)), ("prefix", secret[..Math.Min(8, secret.Length)]), ("hash", SignIn.HashOf(secret)),
        ("scopes", JsonSerializer.Serialize(Permission.All.Select(p => p.Code))), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())));

    public static Task Insert(Work work, string id, string name, string secret, IEnumerable<string> scopes, string? nodeScope, string createdBy,
        DateTimeOffset now, DateTimeOffset? expiresAt) => work.Execute(
        """
        insert into api_keys (id, merchant_id, name, prefix, secret_hash, scopes, node_ids, created_by, created_at_ms, expires_at_ms)
        values (@id, @merchant, @name, @prefix, @hash, @scopes, @nodes::text, @by, @now, @until::bigint)
        """,
        ("id", id), ("name", name), ("prefix", secret[..PrefixLength]), ("hash", SignIn.HashOf(secret)), ("scopes", RolesSql.Stored(scopes)),
        ("nodes", nodeScope), ("by", createdBy), ("now", now.ToUnixTimeMilliseconds()), ("until", expiresAt?.ToUnixTimeMilliseconds()));

    /// <summary><c>sy_live_</c> and four of 43 random characters: enough to tell keys apart, useless for guessing.</summary>
    private const int PrefixLength = 12;

    public static string NewSecret() => "sy_live_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
    public static string NewId(TimeProvider clock) => "key_" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
}
