using System.Buffers.Text;
using System.Security.Cryptography;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>What a user is at one merchant.</summary>
public sealed record Membership(string Code, string Name, IReadOnlyList<string> Roles, Actor Actor);

/// <summary>The user of a live session, with all merchants they work for.</summary>
public sealed record SignedInUser(byte[] TokenHash, string Id, string UserName, string DisplayName, IReadOnlyList<Membership> Memberships)
{
    /// <summary>The caller for the merchant of this code; without a code the first one.</summary>
    public Result<Actor> For(string code)
    {
        foreach (var membership in Memberships)
            if (code.Length == 0 || membership.Code == code) return membership.Actor;
        return AccessErrors.NoSuchMerchant;
    }
}

/// <summary>Cookie sessions: a random token outside, its hash inside. A changed security stamp ends them all.</summary>
public static class Sessions
{
    public static readonly TimeSpan MostIdle = TimeSpan.FromHours(12), MostAge = TimeSpan.FromDays(14);

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static Task Open(Work work, string token, string userId, string stamp, DateTimeOffset now) => work.Execute(
        """
        insert into sessions (token_hash, user_id, security_stamp, created_at_ms, seen_at_ms, expires_at_ms)
        values (@hash, @user, @stamp, @now, @now, @until)
        """,
        ("hash", SignIn.HashOf(token)), ("user", userId), ("stamp", stamp), ("now", now.ToUnixTimeMilliseconds()),
        ("until", (now + MostAge).ToUnixTimeMilliseconds()));

    public static Task Close(Work work, byte[] tokenHash) => work.Execute("delete from sessions where token_hash = @hash", ("hash", tokenHash));

    /// <summary>The live session's user, with rights as they are now; null when there is none.</summary>
    public static async Task<SignedInUser?> Find(Work work, byte[] tokenHash, DateTimeOffset now)
    {
        var user = await work.Find(
            """
            select u.id, u.user_name, u.display_name from sessions s join users u on u.id = s.user_id
             where s.token_hash = @hash and s.security_stamp = u.security_stamp and not u.is_disabled
               and s.expires_at_ms > @now and s.seen_at_ms > @idle
            """,
            row => new { Id = row.Text(), UserName = row.Text(), DisplayName = row.Text() },
            ("hash", tokenHash), ("now", now.ToUnixTimeMilliseconds()), ("idle", (now - MostIdle).ToUnixTimeMilliseconds()));
        return user is null ? null
            : new SignedInUser(tokenHash, user.Id, user.UserName, user.DisplayName, await Memberships(work, user.Id, user.DisplayName));
    }

    internal static async Task<IReadOnlyList<Membership>> Memberships(Work work, string userId, string name)
    {
        var rows = await work.Query(
            """
            select m.id, m.code, m.name, a.role_id, r.permissions, a.node_ids, m.id = (select min(id) from merchants)
              from role_assignments a join merchants m on m.id = a.merchant_id
              left join roles r on r.merchant_id = a.merchant_id and r.id = a.role_id
             where a.user_id = @user order by m.id, a.role_id -- house: every merchant they work for
            """,
            row => new
            {
                Merchant = row.Long(), Code = row.Text(), Name = row.Text(), Role = row.Text(), Own = row.TextOrNull(),
                Nodes = row.TextOrNull(), IsHouse = row.Bool(),
            },
            ("user", userId));
        return [.. rows.GroupBy(r => r.Merchant).Select(roles =>
        {
            var first = roles.First();
            var permissions = roles.SelectMany(r => Permissions(r.Role, r.Own)).ToHashSet();
            var actor = new Actor("user:" + userId, name, first.Merchant, permissions, SignIn.Nodes(first.Nodes)) { IsHouse = first.IsHouse };
            return new Membership(first.Code, first.Name, [.. roles.Select(r => r.Role)], actor);
        })];
    }

    internal static IEnumerable<string> Permissions(string role, string? own) =>
        BuiltInRoles.Find(role)?.Permissions ?? (own is null ? [] : SignIn.Codes(own).Where(Permission.Codes.Contains));
}
