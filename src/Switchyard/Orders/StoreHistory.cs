using Switchyard.Access;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Orders;

/// <summary>A past order: delivered on its own date, without stock and without anybody being told.</summary>
/// <param name="Lines">Product, SKU, name, units and price of each line.</param>
public sealed record PastOrder(PlaceOrder.Request Request, long ChannelId, DateTimeOffset At, IReadOnlyList<PastLine> Lines);

public sealed record PastLine(long SkuId, string Sku, string Name, long Quantity, long UnitPriceMinor);

/// <summary>Writes many past orders with the words they are found by, set-based: how a large history is made.</summary>
public sealed class StoreHistory(Db db, OrderNumbers numbers, IndexOrders index, TimeProvider clock)
{
    public async Task<Result<Done>> Handle(Actor actor, IReadOnlyList<PastOrder> orders)
    {
        var now = clock.GetUtcNow();
        var free = await numbers.Take(actor.Merchant, orders.Count);
        var stored = orders.Select(o => Store(actor, o, OrderId.New(o.At), free.Dequeue(), now)).ToList();
        var buyers = orders.Select(o => OrderBuyer.Of(actor.Merchant, o.ChannelId, o.Request)).ToList();
        return await db.Write<Done>(actor, async work =>
        {
            var first = work.Batch();
            var customers = CustomerLookup.Queue(first, buyers);
            await first.Run();
            var batch = work.Batch();
            List<StoredOrder> owned = [.. stored.Select((s, i) => Own(s, buyers[i], customers))];
            customers.QueueNew(batch, now);
            OrderRows.Queue(batch, owned, now, (_, line) => new OrderRows.Fate { Delivered = line.Quantity });
            await batch.Run();
            await index.Insert(work, [.. owned.Select(s => (s.Id.Value, s.Merchant, s.PlacedAt.ToUnixTimeMilliseconds(), Words(s)))]);
            return new Done();
        });
    }

    private static StoredOrder Own(StoredOrder stored, CustomerTraits buyer, CustomerLookup customers)
    {
        var order = stored.Order with { Keys = OrderKeys.Of(buyer, stored.Order.Lines.Select(l => (l.Sku, l.Quantity))) };
        if (customers.Match(buyer, stored.PlacedAt).Value is not { IsNobody: false } whose) return stored with { Order = order };
        customers.Keep(buyer, whose, stored.PlacedAt);
        return stored with { Order = order, Customer = whose.Id };
    }

    /// <summary>Has the house no order yet?</summary>
    public Task<bool> IsFirst() => db.ReadAll(async work => await work.Scalar("select count(*) from (select 1 from orders /* house */ limit 1) o") == 0);

    /// <summary>The words are written: the consumer need not come by for them. Only for a database that had no orders.</summary>
    public Task SkipIndexing() => db.WriteAll(async work =>
    {
        await SkipConsumer.ToEnd(work, IndexOrders.Name, clock.GetUtcNow());
        return 0;
    });

    private static IEnumerable<OrderTerm> Words(StoredOrder s) => OrderWords.Of([s.Order.Request.Customer?.Name, s.Order.Request.ShippingAddress?.Name], s.Order.Request.Customer?.Email,
        s.Order.Request.Customer?.Phone, s.Order.Request.ShippingAddress?.Postcode, s.Order.Request.ShippingAddress?.City, s.Order.Lines.Select(l => l.Sku));

    private static StoredOrder Store(Actor actor, PastOrder past, OrderId id, string number, DateTimeOffset now)
    {
        var lines = past.Lines.Select((l, i) => new NewLine(i + 1, LineKind.Goods, null, l.SkuId, l.Sku, l.Name, l.Quantity, 0, l.UnitPriceMinor, 0, 0, 0,
            l.Quantity * l.UnitPriceMinor, null, "")).ToList();
        long goods = lines.Sum(l => l.TotalMinor);
        var assembled = new AssembledOrder(past.Request, past.ChannelId, OnShort.Hold, Currency.Parse(past.Request.Currency), true, lines,
            new OrderMoney([], goods, 0, 0, 0, goods), [], past.Request.Currency, null, [], 0);
        var happened = new Happening("order", id.ToString(), "OrderImported",
            new { number, channelId = past.ChannelId, currency = past.Request.Currency, totalMinor = goods, units = lines.Sum(l => l.Quantity), placedAtMs = past.At.ToUnixTimeMilliseconds() });
        return new StoredOrder(id, actor.Merchant, number, assembled, OrderState.Closed, true, [], [], null,
            EventLog.Next(actor.Merchant, actor.Id, happened, 0, EventHash.Root, now), past.At, null, null)
        { EndedAt = past.At };
    }
}
