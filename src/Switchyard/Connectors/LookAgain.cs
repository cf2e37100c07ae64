using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>Has listings looked at again for another reason than a change of stock.</summary>
internal static class LookAgain
{
    private const string Wants = "dirt = dirt + 1, due_at_ms = case when tries = 0 then 0 else due_at_ms end, dirty_since_ms = coalesce(dirty_since_ms, @now)";
    private const string Set = $"update channel_listings set {Wants}";

    /// <summary>All of a connection. Those that nothing has changed of are looked at to be sure.</summary>
    public static Task<int> OfConnection(Work work, Guid connection, DateTimeOffset now) => work.Execute(
        $"{Set}, is_compared = true, tries = 0 where merchant_id = @merchant and connection_id = @connection and {ListingRow.IsTold}", ("connection", connection), ("now", now.ToUnixTimeMilliseconds()));

    public static Task<int> OfListings(Work work, Guid connection, IReadOnlyCollection<string> listings, DateTimeOffset now) => work.Execute(
        $"{Set}, is_compared = true, tries = 0 where merchant_id = @merchant and connection_id = @connection and listing_id = any(@listings) and {ListingRow.IsTold}",
        ("connection", connection), ("listings", listings.ToArray()), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>All of a channel, or of a merchant, whose rules have changed.</summary>
    public static Task<int> OfMerchants(Work work, IReadOnlyList<(long Merchant, string? Channel)> changed, DateTimeOffset now) => work.Execute(
        $"""
        {Set} where exists (select 1 from @rows r join connections k on k.merchant_id = r.merchant_id join channels c on c.id = k.channel_id
            where k.id = channel_listings.connection_id and (r.code is null or c.code = r.code)) and {ListingRow.IsTold}
        """, Rows.Of(changed.Distinct().ToList()).Long("merchant_id", c => c.Merchant).Text("code", c => c.Channel), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Those of some products, and of bundles that hold them.</summary>
    public static Task<int> OfProducts(Work work, IReadOnlyList<(long Merchant, string Sku)> changed, DateTimeOffset now) => work.Execute(
        $"""
        {Set} where product_id in (select p.id from @rows r join products p on p.merchant_id = r.merchant_id and p.sku_key = r.sku_key
            union select b.bundle_id from @rows t join products c on c.merchant_id = t.merchant_id and c.sku_key = t.sku_key join bundle_components b on b.component_id = c.id) and {ListingRow.IsTold}
        """, Rows.Of(changed.Select(c => (c.Merchant, Key: Text.Key(c.Sku))).Distinct().ToList()).Long("merchant_id", c => c.Merchant).Text("sku_key", c => c.Key), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Those of the products of some orders, at the orders' own channels.</summary>
    public static Task<int> OfOrders(Work work, IReadOnlyList<Guid> orders, DateTimeOffset now) => work.Execute(
        $"""
        {Set} where exists (select 1 from @rows r join orders o on o.id = r.id join connections k on k.channel_id = o.channel_id join order_lines i on i.order_id = o.id
            where k.id = channel_listings.connection_id and i.sku_id = channel_listings.product_id) and {ListingRow.IsTold} /* house */
        """, Rows.Of(orders).Uuid("id", o => o), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Those of an order of which the channel took something off by itself: it has put the units back on sale, of which the books of what it shows know nothing.</summary>
    public static Task<int> OfReduced(Work work, Guid connection, Guid order, DateTimeOffset now) => work.Execute(
        $"""
        {Set}, is_compared = true where merchant_id = @merchant and connection_id = @connection and {ListingRow.IsTold}
           and product_id in (select sku_id from order_lines where merchant_id = @merchant and order_id = @order and parent_line_no is null)
        """, ("connection", connection), ("order", order), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Those of the goods of a cancel that its channel hears of no more, or has just heard of: many shops then put the units back on sale by themselves, and show more than was told.</summary>
    /// <param name="key">The task's; of another kind it has none.</param>
    public static Task<int> OfCancel(Work work, Guid connection, string key, DateTimeOffset now) => work.Execute(
        $"""
        {Set}, is_compared = true where merchant_id = @merchant and connection_id = @connection and {ListingRow.IsTold} and product_id in (
            select i.sku_id from channel_tasks t join order_lines i on i.order_id = t.order_id
             where t.merchant_id = @merchant and t.connection_id = @connection and t.task_key = @key and t.kind = 'cancelled' and i.cancelled > 0 and i.parent_line_no is null)
        """, ("connection", connection), ("key", key), ("now", now.ToUnixTimeMilliseconds()));
}
