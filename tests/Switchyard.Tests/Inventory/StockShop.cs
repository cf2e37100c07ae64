using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

/// <summary>What tests of stock do again and again.</summary>
internal static class StockShop
{
    public static async Task Products(this Shop shop, params string[] skus)
    {
        foreach (string sku in skus) await shop.Post("/products", new { sku, name = sku });
    }

    /// <summary>Makes nodes by SQL, so that tests of stock do not depend on the slice that makes nodes.</summary>
    public static Task Nodes(this Shop shop, params string[] codes) => shop.Db.WriteAll(async work =>
    {
        foreach (string code in codes)
            await work.Execute("insert into nodes (code, name, kind, country, created_at_ms) values (@code, @code, 'warehouse', 'GB', 0)", ("code", code));
        await work.Execute("update catalog_versions set version = version + 1");
        return await work.Execute("insert into node_merchants (node_id, merchant_id) select id, 1 from nodes where true on conflict do nothing");
    });

    public static async Task<JsonElement> SetTo(this Shop shop, string sku, long level, string node = "MAIN", DateTimeOffset? asOf = null) =>
        (await shop.Post("/inventory/adjustments", new { items = new[] { new { sku, node, setTo = level, asOf = asOf?.ToString("o"), reason = "count" } } }))
        .GetProperty("items")[0];

    public static async Task<JsonElement> Add(this Shop shop, string sku, long delta, string node = "MAIN", DateTimeOffset? asOf = null) =>
        (await shop.Post("/inventory/adjustments", new { items = new[] { new { sku, node, delta, asOf = asOf?.ToString("o"), reason = "test" } } }))
        .GetProperty("items")[0];

    public static async Task<JsonElement> Total(this Shop shop, string sku) => (await shop.Get("/inventory?sku=" + Uri.EscapeDataString(sku))).GetProperty("total");

    public static long Of(this JsonElement element, string name) => element.GetProperty(name).GetInt64();
    public static string? TextOf(this JsonElement element, string name) => element.GetProperty(name).GetString();
    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    public static string[] Pointers(this JsonElement problem) => [.. problem.Items("errors").Select(e => e.TextOf("pointer")!)];

    /// <summary>Does every balance follow from its ledger?</summary>
    public static async Task LedgerShouldAddUp(this Shop shop)
    {
        long wrong = await shop.Db.ReadAll(work => work.Scalar(
            """
            select count(*) from (select s.sku_id from stock s left join stock_ledger l on l.sku_id = s.sku_id and l.node_id = s.node_id
              group by s.sku_id, s.node_id, s.on_hand, s.unavailable, s.allocated, s.reserved, s.earmarked, s.safety
             having coalesce(sum(l.on_hand_delta), 0) <> s.on_hand or coalesce(sum(l.unavailable_delta), 0) <> s.unavailable
                 or coalesce(sum(l.allocated_delta), 0) <> s.allocated or coalesce(sum(l.reserved_delta), 0) <> s.reserved
                 or coalesce(sum(l.earmarked_delta), 0) <> s.earmarked or coalesce(sum(l.safety_delta), 0) <> s.safety) w
            """));
        wrong.ShouldBe(0);
    }
}
