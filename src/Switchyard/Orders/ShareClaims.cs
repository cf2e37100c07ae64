using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>What orders hold and have bought of SKUs whose stock is divided, by channel and by the customer's tags.</summary>
public static class ShareClaims
{
    /// <param name="Epoch">In which it was sold; 0 for what open orders hold.</param>
    public readonly record struct Claim(long Sku, long Channel, string Tags, long Epoch, long Units);

    /// <param name="Order">Null: sold at a till.</param>
    public readonly record struct Sold(long Merchant, long Sku, Guid? Order, long Units);

    // Whose order it is now: customers that were made one are one.
    private const string Buyer =
        "left join customers b on b.id = o.customer_id and b.merchant_id = o.merchant_id left join customers u on u.id = coalesce(b.root_id, b.id) and u.merchant_id = o.merchant_id";

    /// <summary>Queues the reading. While no rule divides anything it is one look at an empty table.</summary>
    /// <param name="always">Also where nothing is divided yet.</param>
    public static List<Claim> Queue(Batch batch, long[] skus, bool always = false) => batch.Query(
        $"""
        select a.sku_id, o.channel_id, coalesce(u.tags, '') as tags, 0 as epoch, sum(a.quantity)
          from allocations a join orders o on o.id = a.order_id {Buyer}
         where a.sku_id = any(@skus) and (@always or exists (select 1 from share_rules where is_active))
         group by a.sku_id, o.channel_id, coalesce(u.tags, '')
        union all
        select s.sku_id, s.channel_id, s.customer_tags, s.epoch, s.units from share_sales s
         where s.sku_id = any(@skus) and (@always or exists (select 1 from share_rules where is_active)) -- house: ids were found under their merchant
        """, row => new Claim(row.Long(), row.Long(), row.Text(), row.Long(), row.Sum()), ("skus", skus), ("always", always));

    /// <summary>Counts units that leave, where a merchant divides stock at all.</summary>
    public static void QueueSold(Batch batch, IReadOnlyList<Sold> sold) => batch.Execute(
        $"""
        insert into share_sales (merchant_id, sku_id, channel_id, customer_tags, epoch, units)
        select r.merchant_id, r.sku_id, coalesce(o.channel_id, 0), coalesce(u.tags, ''), e.epoch, sum(r.units)
          from @rows r join (select merchant_id, max(epoch) as epoch from share_rules group by merchant_id) e on e.merchant_id = r.merchant_id
          left join orders o on o.id = r.order_id and o.merchant_id = r.merchant_id {Buyer}
         where true group by r.merchant_id, r.sku_id, coalesce(o.channel_id, 0), coalesce(u.tags, ''), e.epoch
        on conflict (sku_id, channel_id, customer_tags, epoch) do update set units = share_sales.units + excluded.units
        """,
        Rows.Of(sold).Long("merchant_id", s => s.Merchant).Long("sku_id", s => s.Sku).UuidOrNull("order_id", s => s.Order).Long("units", s => s.Units));
}
