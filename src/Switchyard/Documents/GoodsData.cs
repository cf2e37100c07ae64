using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Documents;

/// <summary>What labels of goods, bins and pallets say.</summary>
internal static class GoodsData
{
    public static async Task<List<(string Of, JsonObject Data)>> Products(Work work, IReadOnlyList<string> skus)
    {
        var found = (await work.Query(
            """
            select p.sku_key, p.sku, p.name, (select min(b.barcode) from product_barcodes b where b.product_id = p.id and b.merchant_id = @merchant and b.pack_quantity = 1)
              from products p where p.merchant_id = @merchant and p.sku_key = any(@skus)
            """, row => (Key: row.Text(), Sku: row.Text(), Name: row.Text(), Barcode: row.TextOrNull()), ("skus", skus.Select(Text.Key).Distinct().ToArray()))).ToDictionary(p => p.Key);
        return [.. skus.Where(s => found.ContainsKey(Text.Key(s))).Select(s =>
        {
            var p = found[Text.Key(s)];
            return (s, new JsonObject { ["sku"] = p.Sku, ["name"] = p.Name, ["barcode"] = p.Barcode, ["barcodeKind"] = p.Barcode is { } code && Ean.Draw(code) is not null ? "ean" : "code128" });
        })];
    }

    /// <param name="node">The code of a node the actor may see.</param>
    public static async Task<(long? Node, List<(string Of, JsonObject Data)> Found)> Bins(Work work, Actor actor, string? node, IReadOnlyList<string> bins)
    {
        var at = await work.Query("select n.id from nodes n join node_merchants m on m.node_id = n.id where m.merchant_id = @merchant and upper(n.code) = @code", row => row.Long(), ("code", Text.Key(node ?? "")));
        if (at.Count != 1 || !actor.MaySeeNode(at[0])) return (null, []);
        var found = (await work.Query("select code, zone from bins where node_id = @node and code = any(@bins)", row => (Code: row.Text(), Zone: row.Text()), ("node", at[0]), ("bins", bins.Distinct().ToArray())))
            .ToDictionary(b => b.Code, b => b.Zone);
        return (at[0], [.. bins.Where(found.ContainsKey).Select(b => (b, new JsonObject { ["bin"] = b, ["zone"] = found[b] }))]);
    }
}
