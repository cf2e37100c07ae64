using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Which names are of users who work for the merchant.</summary>
public static class UserNames
{
    public sealed record Known(string Id, string Name);

    /// <summary>The user of the merchant with this name, however it is written; null when there is none, or they are disabled.</summary>
    public static async Task<Known?> Find(Work work, string name) => (await Find(work, [name])).SingleOrDefault();

    public static Task<List<Known>> Find(Work work, IReadOnlyCollection<string> names) => work.Query(
        """
        select u.id, u.user_name from users u where u.normalized_user_name = any(@names) and not u.is_disabled
           and exists (select 1 from role_assignments a where a.user_id = u.id and a.merchant_id = @merchant) order by u.id
        """, row => new Known(row.Text(), row.Text()), ("names", names.Select(n => n.ToUpperInvariant()).Distinct().ToArray()));

    /// <summary>Those of the names that no user of the merchant has.</summary>
    public static async Task<IReadOnlyList<string>> Unknown(Work work, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return [];
        var known = (await work.Query(
            """
            select u.normalized_user_name from users u where u.normalized_user_name = any(@names)
               and exists (select 1 from role_assignments a where a.user_id = u.id and a.merchant_id = @merchant)
            """, row => row.Text(), ("names", names.Select(n => n.ToUpperInvariant()).Distinct().ToArray()))).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(n => !known.Contains(n.ToUpperInvariant()))];
    }
}
