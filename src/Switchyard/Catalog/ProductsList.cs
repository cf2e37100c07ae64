using Switchyard.Access;
using Switchyard.Kernel;
using Switchyard.Search;

namespace Switchyard.Catalog;

/// <summary>What products can be found by, and how that becomes SQL.</summary>
public static class ProductsList
{
    /// <summary>A tag as it compares: without case.</summary>
    private static readonly Func<string, string[]> AsTag = text => [Text.Key(text)];

    private static readonly FieldCatalogue Catalogue = new(
    [
        new("sku", FieldType.Words, "The SKU"),
        new("name", FieldType.Words, "Words of the name") { Split = TermText.Words },
        new("barcode", FieldType.Code, "A barcode of any pack; GTINs compare with and without leading zeros") { Split = Scanned, HasPrefixes = false },
        new("tag", FieldType.Code, "A tag on it") { Split = AsTag },
        new("variant", FieldType.Code, "The group of variants it belongs to") { Split = text => [text.Trim()] },
        new("kind", FieldType.Code, "goods, bundle or charge") { Split = text => [text.Trim()], HasPrefixes = false, Values = ["goods", "bundle", "charge"] },
        new("active", FieldType.YesNo, "Is it sold?"),
        new("backorder", FieldType.Code, "yes or no; of those that leave it to the channel neither") { Split = text => [text.Trim()], HasPrefixes = false, Values = ["yes", "no"] },
        new("price", FieldType.Money, "A price in any currency, such as 12.50"),
        new("updated", FieldType.Instant, "When it was last changed") { Aliases = ["updatedAt"] },
    ], new("anything", FieldType.Words, "SKU, words of the name, barcode") { Split = BareWord.Candidates, IsAnyWord = true });

    public static readonly ListSpec Spec = new("products", Permission.CatalogRead, "products p", "p.id", "p.merchant_id", Catalogue,
        new Dictionary<string, SqlField>
        {
            ["sku"] = OfProduct("p.id", 1, ProductWords.Sku),
            ["name"] = OfProduct("p.id", 3, ProductWords.Name),
            ["barcode"] = SqlField.Exists("p.id", "select b.product_id from product_barcodes b where b.merchant_id = @merchant", "b.barcode_key"),
            ["tag"] = OfProduct("p.id", 4, ProductWords.Tag),
            ["variant"] = SqlField.Code("p.variant_group"),
            ["kind"] = SqlField.Code("p.kind"),
            ["active"] = SqlField.YesNo("p.is_active"),
            ["backorder"] = SqlField.Code("p.backorder"),
            ["price"] = new((leaf, sql) =>
                $"exists (select 1 from product_prices x where x.product_id = p.id and x.merchant_id = @merchant and {SqlField.Money("x.price_minor", "x.currency").Where(leaf, sql)})"),
            ["updated"] = SqlField.Number("p.updated_at_ms"),
            ["anything"] = OfProduct("p.id", 2, ProductWords.Sku, ProductWords.Name, ProductWords.BarcodeKind),
        },
        [new("sku", "p.sku_key", IsText: true), new("updatedAt", "p.updated_at_ms")])
    { IsUuid = false, IsDescending = false };

    /// <summary>Words of a product, for a list whose rows name one.</summary>
    public static SqlField OfProduct(string id, int rank, params string[] kinds) => ProductWords.Table.Field(id, rank, kinds);

    private static string[] Scanned(string text) => Barcode.Parse(text) is { IsOk: true } read ? [read.Value.Key] : [];
}
