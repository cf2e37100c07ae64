using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>Finds whom a program outside vouches for by a mail address: they act with their own rights here, at this merchant, as they are now.</summary>
public static class ActAs
{
    /// <returns>Null when nobody of this merchant's people has the address, or several do, or the one is disabled.</returns>
    public static async Task<Actor?> Find(Work work, string email)
    {
        if (!Text.IsStorable(email)) return null;
        var ids = await work.Query(
            "select distinct u.id from users u join role_assignments a on a.user_id = u.id and a.merchant_id = @merchant where u.normalized_email = @email and not u.is_disabled",
            row => row.Text(), ("email", Text.Key(email)));
        if (ids is not [var id] || await UsersSql.Find(work, id) is not { } user) return null;
        return new Actor("user:" + user.Id, user.DisplayName, work.Merchant, user.Permissions, SignIn.Nodes(user.Scope));
    }
}
