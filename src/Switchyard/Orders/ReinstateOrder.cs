using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Sourcing;

namespace Switchyard.Orders;

/// <summary>An order that came back, with the stock that was taken for it; whoever asked saves both.</summary>
public sealed record Reinstated(OpenOrder Order, StockSheet Sheet);

/// <summary>Brings an expired order back when its payment comes late and the goods are there: planned by the engine that plans every order.</summary>
public static class ReinstateOrder
{
    /// <summary>
    /// The order as it would be, placed again with every unit claimed or, where SKU or channel allow it, waiting. Null when some goods
    /// are not there: nothing was changed then, since nothing is written before it is saved.
    /// </summary>
    /// <param name="id">An expired order whose row this transaction has locked.</param>
    public static async Task<Reinstated?> Try(Work work, Actor actor, OrderId id, MerchantSettings settings, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor with { Nodes = null }, id, now);
        var expired = await work.Query(
            """
            select payload from events where merchant_id = @merchant and aggregate_id = @id and aggregate_kind = 'order' and kind = 'OrderExpired' order by seq desc limit 1
            """, row => row.Text(), ("id", id.ToString()));
        if (order is not { State: OrderState.Expired } || expired is not [var payload]) return null;
        using var told = JsonDocument.Parse(payload);
        if (!told.RootElement.TryGetProperty("lines", out var lines)) return null;

        var sheet = await OpenOrder.LockStock(work, [order], now);
        order.MoveTo(OrderState.Placed);
        order.Tell("OrderReinstated", new { }, "It was paid after it had expired.");
        foreach (var pair in lines.EnumerateArray())
            if (order.Line(pair[0].GetInt32()) is { HoldsStock: true } line && line[LineBucket.Cancelled] >= pair[1].GetInt64())
                line.ComeBack(pair[1].GetInt64());
        Replan.Run([order], sheet, settings, new ReplanWish("It was paid after it had expired."));
        if (order.Lines.Exists(l => l.HoldsStock && l[LineBucket.Unallocated] > 0)) return null;
        order.ConfirmIfFree();
        return new Reinstated(order, sheet);
    }
}
