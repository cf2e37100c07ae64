using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Catalog;

/// <summary>Keeps the words products are found by: SKU, words of the name, barcodes, tags.</summary>
internal static class ProductWords
{
    public const string Sku = "sku", Name = "name", BarcodeKind = "barcode", Tag = "tag";

    public static readonly TermTable Table = new("product_terms", "product_id", "sku_key");

    public static readonly WordSource Source = new("products",
        async work => await work.Scalar("select count(*) from (select 1 from products where worded_version <> version limit 1) w -- house") > 0,
        async (work, most) => await Write(work, await work.Query(
            $"select {Columns} from products p where p.worded_version <> p.version order by p.id limit @most for update skip locked -- house", Head.Read, ("most", (long)most))));

    private const string Columns = "p.id, p.merchant_id, p.sku, p.sku_key, p.name, p.tags, p.version";

    private sealed record Head(long Id, long Merchant, string Sku, string SkuKey, string Name, IReadOnlyList<string> Tags, long Version)
    {
        public static Head Read(Row row) => new(row.Long(), row.Long(), row.Text(), row.Text(), row.Text(), JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!, row.Long());
    }

    /// <summary>Reads the words of products just written, in their transaction.</summary>
    public static async Task Read(Work work, long[] ids) => await Write(work, await work.Query(
        $"select {Columns} from products p where p.merchant_id = @merchant and p.id = any(@ids)", Head.Read, ("ids", ids)));

    private static async Task<int> Write(Work work, List<Head> products)
    {
        if (products.Count == 0) return 0;
        long[] ids = [.. products.Select(p => p.Id)];
        var barcodes = (await work.Query("select product_id, barcode from product_barcodes where product_id = any(@ids) -- house", row => (Id: row.Long(), Text: row.Text()), ("ids", ids)))
            .ToLookup(b => b.Id, b => b.Text);
        var words = products.SelectMany(p => Of(p, barcodes[p.Id]).Distinct().Select(w => (Product: p, w.Kind, w.Term))).ToList();
        var batch = work.Batch();
        batch.Execute("delete from product_terms where product_id = any(@ids) -- house", ("ids", ids));
        batch.Execute(
            """
            insert into product_terms (merchant_id, term, kind, sku_key, product_id)
            select merchant_id, term, kind, sku_key, product_id from @rows r where true on conflict do nothing
            """, Rows.Of(words).Long("merchant_id", w => w.Product.Merchant).Text("term", w => w.Term).Text("kind", w => w.Kind)
                .Text("sku_key", w => w.Product.SkuKey).Long("product_id", w => w.Product.Id));
        batch.Execute("update products set worded_version = r.version from @rows r where products.id = r.id and products.merchant_id = r.merchant_id and products.version = r.version",
            Rows.Of(products).Long("id", p => p.Id).Long("merchant_id", p => p.Merchant).Long("version", p => p.Version));
        await batch.Run();
        return products.Count;
    }

    private static IEnumerable<(string Kind, string Term)> Of(Head product, IEnumerable<string> barcodes) =>
        TermText.Whole(product.Sku).Select(t => (Sku, t))
            .Concat(TermText.Words(product.Name).Select(t => (Name, t)))
            .Concat(barcodes.SelectMany(TermText.Whole).Select(t => (BarcodeKind, t)))
            .Concat(product.Tags.Select(t => (Tag, Text.Key(t))));
}
