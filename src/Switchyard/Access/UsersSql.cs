using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>A user as the administrators of one merchant see them.</summary>
/// <param name="Roles">At this merchant.</param>
/// <param name="Nodes">Codes of the nodes they are limited to, null for all.</param>
public sealed record UserView(string Object, string Id, string UserName, string DisplayName, string? Email, bool IsDisabled,
    IReadOnlyList<string> Roles, IReadOnlyList<string>? Nodes);

/// <summary>A user of one merchant with what they may do there.</summary>
internal sealed record StoredUser(string Id, string UserName, string DisplayName, string? Email, bool IsDisabled,
    IReadOnlyList<string> Roles, HashSet<string> Permissions, string? Scope);

/// <summary>Users of the merchant of the work: those with a role there. Others do not exist for it.</summary>
internal static class UsersSql
{
    public static async Task<StoredUser?> Find(Work work, string id) => (await Load(work, [id])).SingleOrDefault();

    public static async Task<List<StoredUser>> Page(Work work, string after, int limit) => await Load(work, [.. await work.Query(
        """
        select distinct user_id from role_assignments where merchant_id = @merchant and user_id > @after order by user_id limit @limit
        """, row => row.Text(), ("after", after), ("limit", limit))]);

    public static async Task<List<UserView>> View(Work work, IReadOnlyList<StoredUser> users)
    {
        var views = new List<UserView>(users.Count);
        foreach (var user in users)
        {
            var nodes = SignIn.Nodes(user.Scope) is { } ids ? await NodeCodes.Of(work, [.. ids]) : null;
            views.Add(new UserView("user", user.Id, user.UserName, user.DisplayName, user.Email, user.IsDisabled, user.Roles, nodes));
        }
        return views;
    }

    public static async Task<UserView> View(Work work, string id) => (await View(work, await Load(work, [id]))).Single();

    /// <summary>Does the user work for other merchants too? Read for the whole house.</summary>
    public static async Task<bool> IsShared(Db db, string id, long merchant) => await db.ReadAll(work => work.Scalar(
        "select count(*) from role_assignments where user_id = @id and merchant_id <> @own -- house", ("id", id), ("own", merchant))) > 0;

    public static async Task Assign(Work work, string id, IReadOnlyList<string> roles, string? scope)
    {
        await work.Execute("delete from role_assignments where merchant_id = @merchant and user_id = @id", ("id", id));
        await work.Execute(
            "insert into role_assignments (user_id, role_id, merchant_id, node_ids) select @id, role_id, @merchant, @scope::text from @rows r",
            Rows.Of(roles).Text("role_id", r => r), ("id", id), ("scope", scope));
    }

    /// <summary>Nobody changes a user who has more rights, or sees more nodes, than they do themselves.</summary>
    public static Error? Refusal(Actor actor, StoredUser user)
    {
        if (user.Permissions.Except(actor.Permissions).ToList() is { Count: > 0 } more) return AccessErrors.BeyondYours(more);
        if (actor.Nodes is { } own && (SignIn.Nodes(user.Scope) is not { } theirs || !theirs.IsSubsetOf(own))) return AccessErrors.NodesBeyondYours;
        return null;
    }

    private static async Task<List<StoredUser>> Load(Work work, string[] ids)
    {
        var rows = await work.Query(
            """
            select u.id, u.user_name, u.display_name, u.email, u.is_disabled, a.role_id, a.node_ids, r.permissions
              from users u join role_assignments a on a.merchant_id = @merchant and a.user_id = u.id
              left join roles r on r.merchant_id = @merchant and r.id = a.role_id
             where u.id = any(@ids) order by u.id, a.role_id
            """,
            row => new
            {
                Id = row.Text(), UserName = row.Text(), DisplayName = row.Text(), Email = row.TextOrNull(), IsDisabled = row.Bool(),
                Role = row.Text(), Scope = row.TextOrNull(), Own = row.TextOrNull(),
            },
            ("ids", ids));
        return [.. rows.GroupBy(r => r.Id).Select(roles =>
        {
            var first = roles.First();
            return new StoredUser(first.Id, first.UserName, first.DisplayName, first.Email, first.IsDisabled, [.. roles.Select(r => r.Role)],
                [.. roles.SelectMany(r => Sessions.Permissions(r.Role, r.Own))], first.Scope);
        })];
    }
}
