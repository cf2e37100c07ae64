using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>A product with what the database adds to it.</summary>
public sealed record StoredProduct(long Id, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, Product Product)
{
    public string? VariantGroup { get; init; }
    public IReadOnlyDictionary<string, string> VariantOptions { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<ImageView> Images { get; init; } = [];
}

/// <summary>The statements several slices of the catalog share. All of them take many products at once.</summary>
internal static class ProductsSql
{
    private const string Columns =
        """
        p.id, p.version, p.created_at_ms, p.updated_at_ms, p.sku, p.name, p.kind, p.tax_class, p.weight_grams, p.length_mm, p.width_mm,
        p.height_mm, p.cost_minor, p.cost_currency, p.description, p.is_active, p.handling_flags, p.metadata,
        p.backorder, p.backorder_cap, p.backorder_days, p.backorder_expected_ms, p.preorder_release_ms, p.preorder_cap, p.tags, p.variant_group, p.variant_options
        """;

    /// <summary>Products by key, whole.</summary>
    public static Task<List<StoredProduct>> ByKeys(Work work, string[] keys, bool locked = false) => Load(work,
        $"select {Columns} from products p where p.merchant_id = @merchant and p.sku_key = any(@keys) order by p.sku_key {(locked ? "for update" : "")}",
        ("keys", keys));

    /// <summary>Whole products of a statement's choosing; <paramref name="rest"/> is what follows <c>from products p</c>.</summary>
    public static Task<List<StoredProduct>> Where(Work work, string rest, params (string, object?)[] arguments) =>
        Load(work, $"select {Columns} from products p {rest}", arguments);

    private static async Task<List<StoredProduct>> Load(Work work, string sql, params (string, object?)[] arguments)
    {
        var bare = await work.Query(sql, Read, arguments);
        if (bare.Count == 0) return bare;
        long[] ids = [.. bare.Select(p => p.Id)];
        var batch = work.Batch();
        var prices = batch.Query(
            "select product_id, currency, price_minor from product_prices where merchant_id = @merchant and product_id = any(@ids) order by currency",
            row => (Id: row.Long(), Price: new Price(row.Text(), row.Long())), ("ids", ids));
        var barcodes = batch.Query(
            "select product_id, barcode, barcode_key, kind, pack_quantity from product_barcodes where merchant_id = @merchant and product_id = any(@ids) order by barcode_key",
            row => (Id: row.Long(), Barcode: new PackBarcode(new Barcode(row.Text(), row.Text(), row.Text()), row.Long())), ("ids", ids));
        var components = batch.Query(
            """
            select b.bundle_id, c.sku, b.quantity from bundle_components b join products c on c.id = b.component_id
             where b.merchant_id = @merchant and b.bundle_id = any(@ids) order by c.sku_key
            """, row => (Id: row.Long(), Component: new Component(row.Text(), row.Long())), ("ids", ids));
        var images = batch.Query(
            "select product_id, id, content_type, width, height, alt from product_images where merchant_id = @merchant and product_id = any(@ids) order by position, id",
            row => (Id: row.Long(), Image: ImageView.Of(row)), ("ids", ids));
        await batch.Run();
        var imageOf = images.ToLookup(i => i.Id, i => i.Image);
        var (priceOf, barcodeOf, componentOf) = (prices.ToLookup(p => p.Id, p => p.Price), barcodes.ToLookup(b => b.Id, b => b.Barcode),
            components.ToLookup(c => c.Id, c => c.Component));
        return [.. bare.Select(p => p with
        {
            Images = [.. imageOf[p.Id]],
            Product = p.Product with { Prices = [.. priceOf[p.Id]], Barcodes = [.. barcodeOf[p.Id]], Components = [.. componentOf[p.Id]] },
        })];
    }

    private static StoredProduct Read(Row row) => new(row.Long(), row.Long(), row.Instant(), row.Instant(), new Product
    {
        Sku = row.Text(),
        Name = row.Text(),
        Kind = Kind(row.Text()),
        TaxClass = row.Text(),
        WeightGrams = row.Long(),
        LengthMm = row.LongOrNull(),
        WidthMm = row.LongOrNull(),
        HeightMm = row.LongOrNull(),
        CostMinor = row.LongOrNull(),
        CostCurrency = row.TextOrNull(),
        Description = row.TextOrNull(),
        IsActive = row.Bool(),
        HandlingFlags = JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!,
        Metadata = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(), Json.Options)!,
        Policy = Policy(row),
        Tags = JsonSerializer.Deserialize<List<string>>(row.Text(), Json.Options)!,
    })
    { VariantGroup = row.TextOrNull(), VariantOptions = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text(), Json.Options)! };

    /// <summary>The columns from backorder to preorder_cap.</summary>
    internal const string PolicyColumns = "backorder, backorder_cap, backorder_days, backorder_expected_ms, preorder_release_ms, preorder_cap";

    internal static SkuPolicy Policy(Row row) => new SkuPolicy(row.TextOrNull(), row.LongOrNull(), row.IntOrNull(), row.InstantOrNull(), row.InstantOrNull(), row.LongOrNull()) is var read
        && read == SkuPolicy.None ? SkuPolicy.None : read;

    public static ItemKind Kind(string text) => text switch { "bundle" => ItemKind.Bundle, "charge" => ItemKind.Charge, _ => ItemKind.Goods };

    /// <summary>Inserts new products; those whose SKU somebody else took meanwhile are missing in the answer.</summary>
    public static async Task<Dictionary<string, long>> Insert(Work work, IReadOnlyList<Product> products, DateTimeOffset now)
    {
        var made = await work.Query(
            """
            insert into products (merchant_id, sku, sku_key, name, kind, tax_class, weight_grams, length_mm, width_mm, height_mm, cost_minor,
                cost_currency, handling_flags, description, metadata, is_active, created_at_ms, updated_at_ms,
                backorder, backorder_cap, backorder_days, backorder_expected_ms, preorder_release_ms, preorder_cap, tags)
            select @merchant, sku, sku_key, name, kind, tax_class, weight_grams, length_mm, width_mm, height_mm, cost_minor,
                cost_currency, handling_flags, description, metadata, is_active, @now, @now,
                backorder, backorder_cap, backorder_days, backorder_expected_ms, preorder_release_ms, preorder_cap, tags from @rows r where true
            on conflict (merchant_id, sku_key) do nothing returning sku_key, id
            """, Fields(Rows.Of(products), p => p).Text("kind", p => CatalogErrors.Name(p.Kind)), row => (Key: row.Text(), Id: row.Long()),
            ("now", now.ToUnixTimeMilliseconds()));
        return made.ToDictionary(m => m.Key, m => m.Id);
    }

    public static Task Update(Work work, IReadOnlyList<(long Id, Product Product)> products, DateTimeOffset now) => work.Execute(
        """
        update products set sku = r.sku, name = r.name, tax_class = r.tax_class, weight_grams = r.weight_grams, length_mm = r.length_mm,
            width_mm = r.width_mm, height_mm = r.height_mm, cost_minor = r.cost_minor, cost_currency = r.cost_currency,
            handling_flags = r.handling_flags, description = r.description, metadata = r.metadata, is_active = r.is_active,
            backorder = r.backorder, backorder_cap = r.backorder_cap, backorder_days = r.backorder_days, backorder_expected_ms = r.backorder_expected_ms,
            preorder_release_ms = r.preorder_release_ms, preorder_cap = r.preorder_cap, tags = r.tags,
            version = products.version + 1, updated_at_ms = @now
          from @rows r where products.id = r.id and products.merchant_id = @merchant
        """, Fields(Rows.Of(products), p => p.Product).Long("id", p => p.Id), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Writes prices, barcodes and components anew. False when another request took one of the barcodes meanwhile.</summary>
    public static async Task<bool> ReplaceParts(Work work, IReadOnlyList<(long Id, Product Product)> products, IReadOnlyDictionary<string, long> componentIds)
    {
        long[] ids = [.. products.Select(p => p.Id)];
        var prices = products.SelectMany(p => p.Product.Prices.Select(x => (p.Id, x.Currency, x.PriceMinor))).ToList();
        var barcodes = products.SelectMany(p => p.Product.Barcodes.Select(x => (p.Id, x.Barcode, x.PackQuantity)))
            .OrderBy(b => b.Barcode.Key, StringComparer.Ordinal).ToList();
        var components = products.SelectMany(p => p.Product.Components.Select(x => (p.Id, Part: componentIds[Text.Key(x.Sku)], x.Quantity))).ToList();
        var batch = work.Batch();
        batch.Execute("delete from product_prices where merchant_id = @merchant and product_id = any(@ids)", ("ids", ids));
        batch.Execute("delete from product_barcodes where merchant_id = @merchant and product_id = any(@ids)", ("ids", ids));
        batch.Execute("delete from bundle_components where merchant_id = @merchant and bundle_id = any(@ids)", ("ids", ids));
        batch.Execute(
            "insert into product_prices (merchant_id, product_id, currency, price_minor) select @merchant, product_id, currency, price_minor from @rows r",
            Rows.Of(prices).Long("product_id", p => p.Id).Text("currency", p => p.Currency).Long("price_minor", p => p.PriceMinor));
        var taken = batch.Execute(
            """
            insert into product_barcodes (merchant_id, product_id, barcode, barcode_key, kind, pack_quantity)
            select @merchant, product_id, barcode, barcode_key, kind, pack_quantity from @rows r where true on conflict do nothing
            """, Rows.Of(barcodes).Long("product_id", b => b.Id).Text("barcode", b => b.Barcode.Text).Text("barcode_key", b => b.Barcode.Key)
                .Text("kind", b => b.Barcode.Kind).Long("pack_quantity", b => b.PackQuantity));
        batch.Execute(
            "insert into bundle_components (merchant_id, bundle_id, component_id, quantity) select @merchant, bundle_id, component_id, quantity from @rows r",
            Rows.Of(components).Long("bundle_id", c => c.Id).Long("component_id", c => c.Part).Long("quantity", c => c.Quantity));
        await batch.Run();
        return taken.Rows == barcodes.Count;
    }

    /// <summary>Who has these barcodes now: key, product and its SKU.</summary>
    public static Task<List<(string Key, long Product, string Sku)>> BarcodeOwners(Work work, string[] keys) => work.Query(
        """
        select b.barcode_key, p.id, p.sku from product_barcodes b join products p on p.id = b.product_id
         where b.merchant_id = @merchant and b.barcode_key = any(@keys)
        """, row => (row.Text(), row.Long(), row.Text()), ("keys", keys));

    /// <summary>What may be a component: key, id, kind.</summary>
    public static Task<List<(string Key, long Id, string Sku, ItemKind Kind)>> Heads(Work work, string[] keys) => work.Query(
        "select sku_key, id, sku, kind from products where merchant_id = @merchant and sku_key = any(@keys)",
        row => (row.Text(), row.Long(), row.Text(), Kind(row.Text())), ("keys", keys));

    private static Rows<T> Fields<T>(Rows<T> rows, Func<T, Product> of) => rows
        .Text("sku", p => of(p).Sku).Text("sku_key", p => of(p).Key).Text("name", p => of(p).Name).Text("tax_class", p => of(p).TaxClass)
        .Long("weight_grams", p => of(p).WeightGrams).LongOrNull("length_mm", p => of(p).LengthMm).LongOrNull("width_mm", p => of(p).WidthMm)
        .LongOrNull("height_mm", p => of(p).HeightMm).LongOrNull("cost_minor", p => of(p).CostMinor).Text("cost_currency", p => of(p).CostCurrency)
        .Text("handling_flags", p => JsonSerializer.Serialize(of(p).HandlingFlags, Json.Options)).Text("description", p => of(p).Description)
        .Text("metadata", p => JsonSerializer.Serialize(of(p).Metadata, Json.Options)).Bool("is_active", p => of(p).IsActive)
        .Text("backorder", p => of(p).Policy.Backorder).LongOrNull("backorder_cap", p => of(p).Policy.BackorderCap).IntOrNull("backorder_days", p => of(p).Policy.LeadDays)
        .LongOrNull("backorder_expected_ms", p => of(p).Policy.ExpectedAt?.ToUnixTimeMilliseconds())
        .Text("tags", p => JsonSerializer.Serialize(of(p).Tags ?? [], Json.Options))
        .LongOrNull("preorder_release_ms", p => of(p).Policy.ReleaseAt?.ToUnixTimeMilliseconds()).LongOrNull("preorder_cap", p => of(p).Policy.PreorderCap);
}
