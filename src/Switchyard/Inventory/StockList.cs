using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Search;

namespace Switchyard.Inventory;

/// <summary>What levels of stock (a SKU at a node) can be found by, and how that becomes SQL.</summary>
public static class StockList
{
    private const string Available = "(s.on_hand - s.unavailable - s.allocated - s.reserved - s.earmarked - s.safety)";

    private static readonly FieldCatalogue Catalogue = new(
    [
        new("sku", FieldType.Words, "The SKU"),
        new("name", FieldType.Words, "Words of the product's name") { Split = TermText.Words },
        new("tag", FieldType.Code, "A tag on the product") { Split = text => [Kernel.Text.Key(text)] },
        new("node", FieldType.Code, "The node's code") { Split = text => [Kernel.Text.Key(text)], HasPrefixes = false },
        new("nodeKind", FieldType.Code, "The node's kind") { Split = text => [text.Trim()], HasPrefixes = false, Values = ["warehouse", "store", "3pl", "supplier"] },
        new("onHand", FieldType.Number, "Units there"),
        new("available", FieldType.Number, "Units nobody has a claim on; below zero when more is claimed than there is"),
        new("allocated", FieldType.Number, "Units claimed by orders"),
        new("reserved", FieldType.Number, "Units kept for checkouts"),
        new("earmarked", FieldType.Number, "Units set aside for orders that wait"),
        new("unavailable", FieldType.Number, "Units that cannot be sold: damaged, in quality control"),
        new("safety", FieldType.Number, "Units never promised"),
    ], new("anything", FieldType.Words, "SKU, words of the name, barcode") { Split = BareWord.Candidates, IsAnyWord = true });

    public static readonly ListSpec Spec = new("stock", Permission.InventoryRead, "products p join stock s on s.sku_id = p.id and s.merchant_id = @merchant join nodes n on n.id = s.node_id",
        "s.node_id", "p.merchant_id", Catalogue,
        new Dictionary<string, SqlField>
        {
            ["sku"] = OfProduct("sku"),
            ["name"] = OfProduct("name"),
            ["tag"] = OfProduct("tag"),
            ["node"] = new((leaf, sql) => leaf is not BoundQuery.Among among ? SqlField.Never : $"upper(n.code) = any({sql.Arg(among.Values.SelectMany(v => v.Words).ToArray())})"),
            ["nodeKind"] = SqlField.Code("n.kind"),
            ["onHand"] = SqlField.Number("s.on_hand"),
            ["available"] = SqlField.Number(Available),
            ["allocated"] = SqlField.Number("s.allocated"),
            ["reserved"] = SqlField.Number("s.reserved"),
            ["earmarked"] = SqlField.Number("s.earmarked"),
            ["unavailable"] = SqlField.Number("s.unavailable"),
            ["safety"] = SqlField.Number("s.safety"),
            ["anything"] = OfProduct("sku", "name", "barcode"),
        },
        // A SKU and a node are one level, so the SKU's key and the node's number say where a page ends.
        [new("sku", "p.sku_key", IsText: true)])
    { IsUuid = false, IsDescending = false };

    private static SqlField OfProduct(params string[] kinds) => new(ProductsList.OfProduct("p.id", 1, kinds).Where);
}
