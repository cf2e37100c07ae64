using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Catalog;

/// <summary>Adds barcodes to products, many at once, without touching the rest of the products.</summary>
internal static class ProductBarcodes
{
    public static async Task<Result<Done>> Add(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<BarcodesFile.Entry> entries)
    {
        var products = (await ProductsSql.Heads(work, [.. entries.Select(e => e.SkuKey).Distinct()])).ToDictionary(p => p.Key);
        var present = (await work.Query(
            """
            select b.barcode_key, b.barcode, b.pack_quantity, p.id, p.sku from product_barcodes b join products p on p.id = b.product_id
             where b.merchant_id = @merchant and b.barcode_key = any(@keys)
            """, row => (Key: row.Text(), Text: row.Text(), Pack: row.Long(), Product: row.Long(), Sku: row.Text()),
            ("keys", entries.Select(e => e.Barcode.Key).ToArray()))).ToDictionary(b => b.Key);

        var changed = new List<(long Product, string Sku, BarcodesFile.Entry Entry)>();
        foreach (var entry in entries)
        {
            if (!products.TryGetValue(entry.SkuKey, out var product))
            {
                entry.Row.Fault("sku", "catalog.no_such_product", $"There is no product {entry.Row.Word("sku")}.");
                continue;
            }
            bool isKnown = present.TryGetValue(entry.Barcode.Key, out var at);
            if (isKnown && at.Product != product.Id)
            {
                entry.Row.Fault("barcode", "catalog.barcode_taken", $"Barcode {entry.Barcode.Text} belongs to {at.Sku}.");
                continue;
            }
            entry.Row.Outcome = !isKnown ? SaveOutcome.Created
                : at.Pack == entry.PackQuantity && at.Text == entry.Barcode.Text ? SaveOutcome.Unchanged : SaveOutcome.Updated;
            if (entry.Row.Outcome != SaveOutcome.Unchanged) changed.Add((product.Id, product.Sku, entry));
        }
        if (changed.Count == 0) return new Done();

        int written = await work.Execute(
            """
            insert into product_barcodes (merchant_id, product_id, barcode, barcode_key, kind, pack_quantity)
            select @merchant, product_id, barcode, barcode_key, kind, pack_quantity from @rows r where true
            on conflict (merchant_id, barcode_key) do update set barcode = excluded.barcode, pack_quantity = excluded.pack_quantity
             where product_barcodes.product_id = excluded.product_id
            """,
            Rows.Of(changed).Long("product_id", c => c.Product).Text("barcode", c => c.Entry.Barcode.Text).Text("barcode_key", c => c.Entry.Barcode.Key)
                .Text("kind", c => c.Entry.Barcode.Kind).Long("pack_quantity", c => c.Entry.PackQuantity));
        if (written < changed.Count) return CatalogErrors.TryAgain(changed[0].Sku);
        await work.Execute("update products set version = version + 1, updated_at_ms = @now where merchant_id = @merchant and id = any(@ids)",
            ("ids", changed.Select(c => c.Product).Distinct().ToArray()), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, [.. changed.GroupBy(c => c.Sku).Select(g => new Happening("product", g.Key, "ProductBarcodesChanged",
            new { Sku = g.Key, Barcodes = g.Select(c => new { Barcode = c.Entry.Barcode.Text, c.Entry.PackQuantity }) }))]);
        return new Done();
    }
}
