using System.Globalization;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>What a scan means: a product, and the units that one such code stands for (12 on a case of 12).</summary>
public sealed record ScannedProduct(string Sku, long Units)
{
    /// <summary>What a GS1 code says beside the product.</summary>
    public string? Lot { get; init; }
    public string? Serial { get; init; }

    /// <summary>The last day, <c>yyyy-MM-dd</c>.</summary>
    public string? Expiry { get; init; }
}

/// <summary>Finds what scanned barcodes stand for, of one merchant, in one round trip. GS1 codes are known by the GTIN in them.</summary>
public sealed class ScannedCodes
{
    private readonly Dictionary<string, ScannedProduct> _byKey;
    private readonly int _year;

    private ScannedCodes(Dictionary<string, ScannedProduct> byKey, int year) => (_byKey, _year) = (byKey, year);

    public static async Task<ScannedCodes> Load(Work work, IEnumerable<string?> barcodes, DateTimeOffset now)
    {
        string[] keys = [.. barcodes.OfType<string>().Select(b => Read(b, now.Year)).Where(r => r.IsOk).Select(r => r.Value.Barcode.Key).Distinct()];
        if (keys.Length == 0) return new ScannedCodes([], now.Year);
        var found = await work.Query(
            """
            select b.barcode_key, p.sku, b.pack_quantity from product_barcodes b join products p on p.id = b.product_id
             where b.merchant_id = @merchant and p.merchant_id = @merchant and b.barcode_key = any(@keys)
            """, row => (Key: row.Text(), Product: new ScannedProduct(row.Text(), row.Long())), ("keys", keys));
        return new ScannedCodes(found.ToDictionary(f => f.Key, f => f.Product), now.Year);
    }

    /// <summary>Every barcode of these products, as scans are compared by, with the units one such code stands for: for a device that is to know them without asking.</summary>
    public static Task<List<(string Sku, string Key, long Units)>> Of(Work work, IEnumerable<string> skus) => work.Query(
        """
        select p.sku, b.barcode_key, b.pack_quantity from products p join product_barcodes b on b.product_id = p.id
         where p.merchant_id = @merchant and b.merchant_id = @merchant and p.sku = any(@skus) order by p.sku, b.barcode_key
        """, row => (row.Text(), row.Text(), row.Long()), ("skus", skus.Distinct().ToArray()));

    /// <summary>Whose goods codes stand for, of these merchants: by barcode, or by their SKU. The work must be that of <see cref="Db.ReadAll"/>.</summary>
    public static async Task<List<(string Code, long Merchant, bool IsSku)>> Owners(Work work, IEnumerable<string?> codes, long[] merchants, DateTimeOffset now)
    {
        string[] said = [.. codes.OfType<string>().Where(Text.IsStorable).Distinct()];
        var keys = said.Select(c => (Code: c, Read: Read(c, now.Year))).Where(c => c.Read.IsOk).Select(c => (c.Code, c.Read.Value.Barcode.Key)).ToList();
        var barcodes = await work.Query("select merchant_id, barcode_key from product_barcodes where merchant_id = any(@merchants) and barcode_key = any(@keys) /* house */",
            row => (Merchant: row.Long(), Key: row.Text()), ("merchants", merchants), ("keys", keys.Select(k => k.Key).Distinct().ToArray()));
        var skus = await work.Query("select merchant_id, sku_key from products where merchant_id = any(@merchants) and sku_key = any(@keys) /* house */",
            row => (Merchant: row.Long(), Key: row.Text()), ("merchants", merchants), ("keys", said.Select(Text.Key).Distinct().ToArray()));
        return [.. keys.SelectMany(k => barcodes.Where(b => b.Key == k.Key), (k, b) => (k.Code, b.Merchant, false)), .. said.SelectMany(c => skus.Where(s => s.Key == Text.Key(c)), (c, s) => (c, s.Merchant, true))];
    }

    /// <summary>What was scanned, or a fault at the pointer.</summary>
    /// <remarks>Errors: those of <see cref="Barcode.Parse"/> and <see cref="Gs1.Parse"/>, gs1.no_product, catalog.no_such_barcode.</remarks>
    public ScannedProduct? Find(string text, string pointer, Checks checks)
    {
        var read = Read(text, _year);
        if (read.Error is { } error) checks.Fault(pointer, error.Code, error.Detail);
        else if (_byKey.GetValueOrDefault(read.Value.Barcode.Key) is not { } found)
            checks.Fault(pointer, CatalogErrors.NoSuchBarcode(read.Value.Barcode.Text).Code, CatalogErrors.NoSuchBarcode(read.Value.Barcode.Text).Detail);
        else if (read.Value.Scan is not { } scan) return found;
        else if ((scan.Count ?? 1) is var count && (count < 1 || count > Checks.MaxQuantity / found.Units)) checks.Fault(pointer, "field.out_of_range", $"{count} is no quantity.");
        else return new ScannedProduct(found.Sku, found.Units * count) { Lot = scan.Lot, Serial = scan.Serial, Expiry = scan.ExpiresOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        return null;
    }

    private static Result<(Barcode Barcode, Gs1Scan? Scan)> Read(string text, int year)
    {
        if (!Gs1.IsGs1(text)) return Barcode.Parse(text).Then<(Barcode, Gs1Scan?)>(b => (b, null));
        var scan = Gs1.Parse(text, year);
        if (scan.Error is { } error) return error;
        return scan.Value.Gtin is { } gtin ? Barcode.Parse(gtin).Then<(Barcode, Gs1Scan?)>(b => (b, scan.Value))
            : Error.Invalid("gs1.no_product", "The code names no product: (01) or (02) is missing.");
    }
}
