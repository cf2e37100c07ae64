using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Till;

/// <summary>An order whose goods come back over the counter, locked with the stock of its SKUs there.</summary>
internal sealed record OrderAtTill(OpenOrder Order, StockSheet Sheet)
{
    /// <summary>Null when the merchant has no such order. Whoever works at one store only takes goods back that another sold: the receipt is the proof.</summary>
    public static async Task<OrderAtTill?> Lock(Work work, Actor actor, OrderId id, long node, DateTimeOffset now)
    {
        var order = await OpenOrder.Lock(work, actor with { Nodes = null }, id, now);
        if (order is null) return null;
        List<long> skus = [.. order.Lines.Where(l => l.HoldsStock && l.SkuId is not null).Select(l => l.SkuId!.Value).Distinct()];
        return new OrderAtTill(order, await StockSheet.Lock(work, skus, now, [.. skus.Select(s => (s, node))]));
    }
}
