using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>A place at which a 3PL or a supplier works for the merchant.</summary>
public sealed record PartnerNode(long Id, string Code, string Name, string Kind, string TimeZone);

/// <summary>
/// Which nodes are a partner's: the one place. Only those where others work (3PL, supplier), only those its key or user names. A partner whose
/// key names none has none; the house's own people, who may manage fulfilment, see what partners see.
/// </summary>
public static class PartnerScope
{
    private const int Most = 500;

    public static async Task<List<PartnerNode>> Nodes(Work work, Actor actor)
    {
        if (actor.Nodes is null && !actor.May(Permission.FulfilmentManage)) return [];
        return await work.Query(
            """
            select n.id, n.code, n.name, n.kind, n.time_zone from nodes n join node_merchants m on m.node_id = n.id
             where m.merchant_id = @merchant and n.kind in ('3pl', 'supplier') and (@all or n.id = any(@nodes)) order by n.code limit @most
            """, row => new PartnerNode(row.Long(), row.Text(), row.Text(), row.Text(), row.Text()), ("all", actor.Nodes is null), ("nodes", actor.NodeFilter ?? []), ("most", (long)Most));
    }

    /// <summary>The partner's node of this code; null when it is none of his.</summary>
    public static async Task<PartnerNode?> Find(Work work, Actor actor, string? code) =>
        code is not null && Text.IsStorable(code) ? (await Nodes(work, actor)).Find(n => Text.Key(n.Code) == Text.Key(code)) : null;
}
