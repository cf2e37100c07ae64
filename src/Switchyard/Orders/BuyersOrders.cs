using Switchyard.Access;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Finds the orders that a buyer names: by the mail address they were placed with, or by a number. Whether the asker may see them is asked when they are read.</summary>
internal static class BuyersOrders
{
    /// <summary>Newest first. A hash finds them; whoever shows them compares the address itself.</summary>
    public static async Task<IReadOnlyList<OrderId>> ByEmail(Work work, Actor actor, string email, int most) => OrderKeys.OfEmail(EmailKey.Of(email)) is not { } key ? []
        : await work.Query($"select o.id from orders o where o.merchant_id = @merchant and o.email_key = @key{Seen(actor)} order by o.placed_at_ms desc, o.id desc limit @most",
            row => new OrderId(row.Uuid()), ("key", key), ("most", (long)most), ("nodes", actor.NodeFilter ?? []));

    /// <summary>By our number, or by the number of the channel it was bought at.</summary>
    public static async Task<IReadOnlyList<OrderId>> ByNumber(Work work, Actor actor, string number, int most)
    {
        string said = number.Trim().TrimStart('#');
        if (said.Length == 0 || !Text.IsStorable(said)) return [];
        var own = await work.Query($"select o.id from orders o where o.merchant_id = @merchant and o.number = @number{Seen(actor)}",
            row => new OrderId(row.Uuid()), ("number", said), ("nodes", actor.NodeFilter ?? []));
        return own.Count > 0 ? own : await work.Query(
            $"""
            select o.id from channels c join orders o on o.channel_id = c.id and o.external_id = @number and o.merchant_id = @merchant
             where c.merchant_id = @merchant{Seen(actor)} order by o.placed_at_ms desc, o.id desc limit @most
            """, row => new OrderId(row.Uuid()), ("number", said), ("most", (long)most), ("nodes", actor.NodeFilter ?? []));
    }

    // What the asker may not see takes no place of what they may.
    private static string Seen(Actor actor) => actor.Nodes is null ? "" : OpenOrder.OfNodes;
}
