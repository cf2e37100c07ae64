using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Products, and the stock of sources: what lies there; what was sold and not sent is only reserved.</summary>
public sealed partial class MagentoSim
{
    /// <summary>Units of a listing that were sold from a source and are still to be sent.</summary>
    private int Reserved(SimListing listing, long locationId) =>
        Shop.Orders.Sum(o => o.Lines.Where(l => l.Listing == listing && l.LocationId == locationId).Sum(l => ToShip(o, l)));

    private int SourceQuantity(SimListing listing, long locationId) => listing.Stock.GetValueOrDefault(locationId) + Reserved(listing, locationId);

    private IEnumerable<JsonObject> SourceItems()
    {
        foreach (var listing in Shop.Listings.Where(l => l.Sku.Length > 0))
            foreach (var at in Shop.Facts.Locations.Where(a => listing.Stock.ContainsKey(a.Id)))
                yield return new JsonObject
                {
                    ["sku"] = listing.Sku, ["source_code"] = at.Name, ["quantity"] = SourceQuantity(listing, at.Id),
                    ["status"] = listing.Extra.GetValueOrDefault("status") == "0" ? 0 : 1
                };
    }

    /// <summary>Takes all or nothing. The quantity is of what lies there: what is reserved comes off before it is for sale.</summary>
    private IResult SaveSourceItems(SimRequest r)
    {
        var items = (r.Json?["sourceItems"]).Each().ToList();
        if (items.Count == 0) return Problem(400, "Input data is empty");
        var changes = new List<(SimListing Listing, long At, int Units, int Status)>();
        var faults = new JsonArray();
        for (int i = 0; i < items.Count; i++)
        {
            string sku = items[i].Text("sku") ?? "", source = items[i].Text("source_code") ?? "";
            if (sku.Trim().Length == 0) { Fault("\"%field\" can not be empty.", "field", "sku"); continue; }
            if (Shop.Facts.Locations.FirstOrDefault(l => l.Name == source) is not { } at)
            {
                Fault("Source with source code: \"%sourceCode\" does not exist.", "sourceCode",
                source); continue;
            }
            if (items[i].Whole("quantity") is not { } units) { Fault("\"%field\" should be numeric.", "field", "quantity"); continue; }
            if (items[i]["status"] is not null && items[i].Whole("status") is not (0 or 1)) { Fault("\"%field\" should be a known status.", "field", "status"); continue; }
            if (Shop.BySku(sku) is not { } listing) { Fault("Product with SKU \"%sku\" does not exist.", "sku", sku); continue; }
            changes.Add((listing, at.Id, units, items[i].Whole("status") ?? 1));
        }
        if (faults.Count > 0) return PlainJson.Answer(new JsonObject { ["message"] = "Validation Failed.", ["errors"] = faults }, 400);
        foreach (var (listing, at, units, status) in changes)
        {
            listing.Extra["status"] = status == 0 ? "0" : "1";
            Shop.SetStock(listing, at, status == 0 ? 0 : units - Reserved(listing, at), "api");
        }
        return PlainJson.Answer(Array.Empty<object>());

        void Fault(string message, string name, string value) => faults.Add(new JsonObject { ["message"] = message, ["parameters"] = new JsonObject { [name] = value } });
    }

    private IEnumerable<JsonObject> SalableItems() => Shop.Listings.Where(l => l.Sku.Length > 0).Select(l => new JsonObject { ["sku"] = l.Sku, ["qty"] = l.Available, ["is_salable"] = l.Available > 0 });

    private IResult Salable(string sku) => Shop.BySku(sku) is { } listing ? PlainJson.Answer(listing.Available) : NoSource(sku);

    private static IResult NoSource(string sku) => Problem(404, "The product with SKU \"%1\" does not exist.", new JsonArray(sku));

    private IResult StockItem(string sku)
    {
        if (Shop.BySku(sku) is not { } listing) return Problem(404, "The stock item with the \"%1\" ID wasn't found. Verify the ID and try again.", new JsonArray(sku));
        return PlainJson.Answer(new
        {
            item_id = listing.Id, product_id = listing.Id, stock_id = 1, qty = SourceQuantity(listing, Shop.Facts.Locations[0].Id), is_in_stock = listing.Available > 0,
            is_qty_decimal = false,
            show_default_notification_message = false, use_config_min_qty = true, min_qty = 0, use_config_min_sale_qty = 1, min_sale_qty = 1, use_config_max_sale_qty = true,
            max_sale_qty = 10000,
            use_config_backorders = true, backorders = 0, use_config_notify_stock_qty = true, notify_stock_qty = 1, use_config_qty_increments = true, qty_increments = 0,
            use_config_enable_qty_inc = true,
            enable_qty_increments = false, use_config_manage_stock = true, manage_stock = listing.IsCounted, low_stock_date = "", is_decimal_divided = false,
            stock_status_changed_auto = 0,
        });
    }

    private IResult SetStockItem(SimRequest r, string sku)
    {
        if (Shop.BySku(sku) is not { } listing) return NoProduct();
        if ((r.Json?["stockItem"]).Whole("qty") is not { } units) return Problem(400, "\"%fieldName\" is required. Enter and try again.",
            new JsonObject { ["fieldName"] = "stockItem" });
        long at = Shop.Facts.Locations[0].Id;
        Shop.SetStock(listing, at, units - Reserved(listing, at), "api");
        return PlainJson.Answer(listing.Id);
    }

    private IResult Product(string sku) => Products().FirstOrDefault(p => p["sku"]!.ToString() == sku) is { } found ? PlainJson.Answer(found) : NoProduct();

    private static IResult NoProduct() => Problem(404, "The product that was requested doesn't exist. Verify the product and try again.");

    /// <summary>What is for sale; variants have a product above them that is none itself.</summary>
    private IEnumerable<JsonObject> Products()
    {
        foreach (var family in Shop.Listings.GroupBy(l => l.ProductId).OrderBy(f => f.Min(l => l.Id)))
        {
            var first = family.First();
            if (first.IsVariant)
            {
                var parent = ProductView(first, "configurable");
                (parent["id"], parent["sku"], parent["visibility"]) = (first.ProductId, $"{first.Title.ToLowerInvariant().Replace(' ', '-')}-{first.ProductId}", 4);
                parent["extension_attributes"]!["configurable_product_links"] = new JsonArray([.. family.Select(l => (JsonNode)l.Id)]);
                yield return parent;
            }
            foreach (var listing in family) yield return ProductView(listing, "simple");
        }
    }

    private JsonObject ProductView(SimListing listing, string type) => new()
    {
        ["id"] = listing.Id, ["sku"] = listing.Sku, ["name"] = listing.IsVariant && type == "simple" ? $"{listing.Title}-{listing.Variant}" : listing.Title,
        ["attribute_set_id"] = 4, ["price"] = Amount(listing.PriceMinor),
        ["status"] = 1, ["visibility"] = listing.IsVariant ? 1 : 4, ["type_id"] = type, ["created_at"] = Time(listing.MadeAt), ["updated_at"] = Time(listing.UpdatedAt),
        ["weight"] = listing.Grams / 1000m,
        ["extension_attributes"] = new JsonObject { ["website_ids"] = new JsonArray(1) }, ["product_links"] = new JsonArray(), ["options"] = new JsonArray(),
        ["media_gallery_entries"] = new JsonArray(),
        ["tier_prices"] = new JsonArray(),
        ["custom_attributes"] = new JsonArray(
            new JsonObject { ["attribute_code"] = "tax_class_id", ["value"] = "2" }, new JsonObject { ["attribute_code"] = "barcode", ["value"] = listing.Barcode }),
    };

    private static JsonObject Source(SimLocation at) => new()
    {
        ["source_code"] = at.Name, ["name"] = at.City.Length > 0 ? at.City : at.Name, ["enabled"] = true, ["country_id"] = at.Country, ["city"] = at.City,
        ["postcode"] = "LS1 1AA", ["use_default_carrier_config"] = true,
    };

    /// <summary>Magento tells nobody: what happened is found by asking.</summary>
    protected override IEnumerable<SimMessage> Messages(ShopEvent happened) => [];
}
