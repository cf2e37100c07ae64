using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>What a scan means: a product, and the units that one such code stands for (12 on a case of 12).</summary>
public sealed record ScannedProduct(string Sku, long Units);

/// <summary>Finds what scanned barcodes stand for, of one merchant, in one round trip.</summary>
public sealed class ScannedCodes
{
    private readonly Dictionary<string, ScannedProduct> _byKey;

    private ScannedCodes(Dictionary<string, ScannedProduct> byKey) => _byKey = byKey;

    public static async Task<ScannedCodes> Load(Work work, IEnumerable<string?> barcodes)
    {
        string[] keys = [.. barcodes.OfType<string>().Select(b => Barcode.Parse(b)).Where(b => b.IsOk).Select(b => b.Value.Key).Distinct()];
        if (keys.Length == 0) return new ScannedCodes([]);
        var found = await work.Query(
            """
            select b.barcode_key, p.sku, b.pack_quantity from product_barcodes b join products p on p.id = b.product_id
             where b.merchant_id = @merchant and p.merchant_id = @merchant and b.barcode_key = any(@keys)
            """, row => (Key: row.Text(), Product: new ScannedProduct(row.Text(), row.Long())), ("keys", keys));
        return new ScannedCodes(found.ToDictionary(f => f.Key, f => f.Product));
    }

    /// <summary>What was scanned, or a fault at the pointer.</summary>
    /// <remarks>Errors: those of <see cref="Barcode.Parse"/>, catalog.no_such_barcode.</remarks>
    public ScannedProduct? Find(string text, string pointer, Checks checks)
    {
        var barcode = Barcode.Parse(text);
        if (barcode.Error is { } error) checks.Fault(pointer, error.Code, error.Detail);
        else if (_byKey.GetValueOrDefault(barcode.Value.Key) is { } found) return found;
        else checks.Fault(pointer, CatalogErrors.NoSuchBarcode(barcode.Value.Text).Code, CatalogErrors.NoSuchBarcode(barcode.Value.Text).Detail);
        return null;
    }
}
