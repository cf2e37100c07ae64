using System.Text.Json;
using Switchyard.Database;

namespace Switchyard.Access;

/// <summary>Who works for us at a node of a partner.</summary>
/// <param name="People">Users with the right <c>partner:work</c> there.</param>
/// <param name="Keys">Live API keys with it.</param>
/// <param name="SeenAtMs">When the last of them was here; null when never.</param>
public sealed record PeopleOfNode(int People, int Keys, long? SeenAtMs);

/// <summary>Counts the people and keys of partners, for whoever looks after them.</summary>
public static class PartnerPeople
{
    private sealed record One(bool IsKey, HashSet<long> Nodes, long? SeenAtMs);

    /// <summary>By node. Those that name no nodes are the house's own and count nowhere.</summary>
    public static async Task<Dictionary<long, PeopleOfNode>> Of(Work work, DateTimeOffset now)
    {
        string right = $"%\"{Permission.PartnerWork.Code}\"%";
        var batch = work.Batch();
        var keys = batch.Query(
            """
            select node_ids, last_used_at_ms from api_keys where merchant_id = @merchant and node_ids is not null and scopes like @right
               and revoked_at_ms is null and (expires_at_ms is null or expires_at_ms > @now) limit 1000
            """, row => new One(true, Ids(row.Text()), row.LongOrNull()), ("right", right), ("now", now.ToUnixTimeMilliseconds()));
        var people = batch.Query(
            """
            select a.node_ids, (select max(s.seen_at_ms) from sessions s where s.user_id = a.user_id) from role_assignments a join users u on u.id = a.user_id
              left join roles r on r.merchant_id = a.merchant_id and r.id = a.role_id
             where a.merchant_id = @merchant and a.node_ids is not null and not u.is_disabled and (a.role_id = @partner or r.permissions like @right) limit 1000
            """, row => new One(false, Ids(row.Text()), row.LongOrNull()), ("right", right), ("partner", BuiltInRoles.Partner));
        await batch.Run();
        return keys.Concat(people).SelectMany(o => o.Nodes, (o, node) => (Node: node, One: o)).GroupBy(x => x.Node)
            .ToDictionary(g => g.Key, g => new PeopleOfNode(g.Count(x => !x.One.IsKey), g.Count(x => x.One.IsKey), g.Max(x => x.One.SeenAtMs)));
    }

    private static HashSet<long> Ids(string json) => JsonSerializer.Deserialize<HashSet<long>>(json)!;
}
