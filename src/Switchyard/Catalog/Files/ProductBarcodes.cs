using System.Text.Json;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Http;
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
        await Tell(work, actor, now, changed.ConvertAll(c => new Told(c.Product, c.Sku, c.Entry.Barcode.Text, c.Entry.PackQuantity)));
        return new Done();
    }

    /// <summary>What barcodes are now, by their keys.</summary>
    public static async Task<Dictionary<string, string>> States(Work work, IReadOnlyList<string> keys) =>
        (await Find(work, keys)).ToDictionary(s => s.Key, s => JsonSerializer.Serialize(s.Value.State, Json.Options));

    /// <summary>Barcodes become what they were; those that were not there go.</summary>
    public static async Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things)
    {
        var present = await Find(work, [.. things.Select(t => t.Key)]);
        string[] gone = [.. things.Where(t => t.Before is null).Select(t => t.Key)];
        var kept = things.Where(t => t.Before is not null).Select(t => (t.Key, State: JsonSerializer.Deserialize<State>(t.Before!, Json.Options)!)).ToList();
        await work.Execute("delete from product_barcodes where merchant_id = @merchant and barcode_key = any(@gone)", ("gone", gone));
        await work.Execute(
            """
            update product_barcodes set barcode = r.barcode, pack_quantity = r.pack_quantity from @rows r
             where product_barcodes.barcode_key = r.barcode_key and product_barcodes.merchant_id = @merchant
            """, Rows.Of(kept).Text("barcode_key", k => k.Key).Text("barcode", k => k.State.Barcode).Long("pack_quantity", k => k.State.PackQuantity));
        await Tell(work, actor, now, [.. gone.Select(key => present[key]).Select(p => new Told(p.Product, p.State.Sku, p.State.Barcode, 0)),
            .. kept.Select(k => new Told(present[k.Key].Product, k.State.Sku, k.State.Barcode, k.State.PackQuantity))]);
        return [.. things.Select(_ => (Error?)null)];
    }

    private sealed record State(string Sku, string Barcode, long PackQuantity);

    /// <param name="PackQuantity">0: the product has the barcode no more.</param>
    private sealed record Told(long Product, string Sku, string Barcode, long PackQuantity);

    private static async Task<Dictionary<string, (long Product, State State)>> Find(Work work, IReadOnlyList<string> keys) => (await work.Query(
        """
        select b.barcode_key, p.id, p.sku, b.barcode, b.pack_quantity from product_barcodes b join products p on p.id = b.product_id
         where b.merchant_id = @merchant and b.barcode_key = any(@keys)
        """, row => (Key: row.Text(), Product: row.Long(), State: new State(row.Text(), row.Text(), row.Long())), ("keys", keys.ToArray())))
        .ToDictionary(b => b.Key, b => (b.Product, b.State));

    private static async Task Tell(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<Told> told)
    {
        await work.Execute("update products set version = version + 1, updated_at_ms = @now where merchant_id = @merchant and id = any(@ids)",
            ("ids", told.Select(t => t.Product).Distinct().ToArray()), ("now", now.ToUnixTimeMilliseconds()));
        await EventLog.Append(work, actor, now, [.. told.GroupBy(t => t.Sku).Select(g => new Happening("product", g.Key, "ProductBarcodesChanged",
            new { Sku = g.Key, Barcodes = g.Select(t => new { t.Barcode, t.PackQuantity }) }))]);
    }
}
