using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Which names are of users who work for the merchant.</summary>
public static class UserNames
{
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
