using Switchyard.Files;
using Switchyard.Kernel;

namespace Switchyard.Catalog;

/// <summary>Products as files: those a query finds. The whole catalogue in the form that is imported again is <see cref="ProductsFile"/>.</summary>
internal static class ProductExport
{
    public static readonly ExportSource Source = new ListExport<StoredProduct>("products", ProductsList.Spec,
    [
        new("sku", p => p.Product.Sku), new("name", p => p.Product.Name), new("kind", p => CatalogErrors.Name(p.Product.Kind)), new("is_active", p => p.Product.IsActive),
        new("tags", p => p.Product.Tags), new("barcodes", p => p.Product.Barcodes.Select(b => b.Barcode.Text)),
        new("prices", p => p.Product.Prices.Select(x => $"{FileRow.Major(x.PriceMinor, x.Currency)} {x.Currency}")), new("tax_class", p => p.Product.TaxClass),
        new("weight_grams", p => p.Product.WeightGrams), new("length_mm", p => p.Product.LengthMm), new("width_mm", p => p.Product.WidthMm), new("height_mm", p => p.Product.HeightMm),
        new("handling_flags", p => p.Product.HandlingFlags), new("components", p => ComponentList.Write(p.Product.Components)), new("description", p => p.Product.Description),
        new("backorder", p => p.Product.Policy.Backorder), new("created_at", p => p.CreatedAt), new("updated_at", p => p.UpdatedAt),
    ], _ => "", async (work, _, keys, _) => await ReadProducts.Read(work, [.. keys.Select(k => (long)k.Id)]));
}
