using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Files;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Barcodes as a file: one row each. A barcode of another product is refused, never moved.</summary>
internal sealed class BarcodesFile : FileKind
{
    private const int PageRows = 5_000;

    public override string Name => "barcodes";
    public override Permission Reads => Permission.CatalogRead;
    public override Permission Writes => Permission.CatalogWrite;
    public override IReadOnlyList<FileColumn> Columns { get; } =
        [new("barcode", true, "gtin", "ean", "upc", "code"), new("sku", true, "item"), new("pack_quantity", false, "quantity", "pack")];

    /// <summary>The codes stand in Mintsoft's file of products.</summary>
    public override FileMapping? NamedMapping(string name) => name != "mintsoft" ? null : new FileMapping(new Dictionary<string, string?> { ["barcode"] = "EAN", ["sku"] = "SKU" });

    public override string Key(FileRow row) => Barcode.Parse(row.Word("barcode")) is { IsOk: true } read ? read.Value.Key : $" line {row.Line}";

    public override async Task<Error?> Save(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<FileRow> rows)
    {
        var read = rows.Select(Read).OfType<Entry>().ToList();
        var changed = await ProductBarcodes.Add(work, actor, now, read);
        return changed.Error;
    }

    public override bool CanUndo => true;

    public override Task<Dictionary<string, string>> States(Work work, Actor actor, IReadOnlyList<string> keys) => ProductBarcodes.States(work, keys);

    public override Task<IReadOnlyList<Error?>> Restore(Work work, Actor actor, DateTimeOffset now, IReadOnlyList<ThingBefore> things) =>
        ProductBarcodes.Restore(work, actor, now, things);

    public override async IAsyncEnumerable<string?[]> Export(Db db, Actor actor)
    {
        yield return ["barcode", "sku", "pack_quantity"];
        string after = "";
        List<(string Key, string Barcode, string Sku, long Pack)> page;
        do
        {
            page = await db.Read(actor, work => work.Query(
                """
                select b.barcode_key, b.barcode, p.sku, b.pack_quantity from product_barcodes b join products p on p.id = b.product_id
                 where b.merchant_id = @merchant and b.barcode_key > @after order by b.barcode_key limit @limit
                """, row => (row.Text(), row.Text(), row.Text(), row.Long()), ("after", after), ("limit", (long)PageRows)));
            foreach (var (_, barcode, sku, pack) in page) yield return [barcode, sku, Text.Invariant(pack)];
            if (page.Count > 0) after = page[^1].Key;
        } while (page.Count == PageRows);
    }

    /// <summary>A row that can be read.</summary>
    internal sealed record Entry(FileRow Row, Barcode Barcode, string SkuKey, long PackQuantity);

    private static Entry? Read(FileRow row)
    {
        var barcode = Barcode.Parse(row.Word("barcode"));
        if (barcode.Error is { } error) row.Fault("barcode", error.Code, error.Detail);
        long pack = row.Whole("pack_quantity") ?? 1;
        if (pack is < 1 or > Checks.MaxQuantity) row.Fault("pack_quantity", "field.out_of_range", "pack_quantity must be 1 or more.");
        if (row.Word("sku") is not { } sku) { row.Fault("sku", "field.required", "sku is required."); return null; }
        return row.IsSound ? new Entry(row, barcode.Value, Text.Key(sku), pack) : null;
    }
}
