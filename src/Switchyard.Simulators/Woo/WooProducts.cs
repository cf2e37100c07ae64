using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Products, their variations and their stock as WooCommerce shows and changes them. It keeps stock at one place.</summary>
internal sealed class WooProducts(Shop shop, WooWords words)
{
    public IResult List(SimRequest request)
    {
        var products = shop.Listings.GroupBy(l => l.ProductId).Select(g => g.ToList());
        if (request.Query("sku") is { } sku) products = products.Where(p => p.Any(l => !l.IsVariant && sku.Split(',').Contains(l.Sku)));
        if (WooAnswer.Included(request) is { } ids) products = products.Where(p => ids.Contains(p[0].ProductId.ToString(CultureInfo.InvariantCulture)));
        if (request.Query("type") is { } kind) products = products.Where(p => Kind(p) == kind);
        string by = request.Query("orderby") ?? "date", way = request.Query("order") ?? "desc";
        if (by is not ("date" or "modified" or "id" or "title")) return WooAnswer.Invalid("orderby", "orderby is not one of date, modified, id, and title.");
        if (request.Query("modified_after") is { } after)
        {
            if (!words.TryMoment(after, request.Query("dates_are_gmt") is "true" or "1", out var at)) return WooAnswer.Invalid("modified_after", "Invalid date.");
            products = products.Where(p => p.Max(l => l.UpdatedAt) > at);
        }
        var sorted = way == "asc" ? products.OrderBy(p => p[0].ProductId) : products.OrderByDescending(p => p[0].ProductId);
        return WooAnswer.Page(request, [.. sorted], Shown);
    }

    public IResult OfProduct(string id, Func<List<SimListing>, IResult> answer)
    {
        var all = shop.Listings.Where(l => Same(l.ProductId, id)).ToList();
        return all.Count > 0 ? answer(all) : WooAnswer.Error(404, "woocommerce_rest_product_invalid_id", "Invalid ID.");
    }

    public IResult Variations(SimRequest request, List<SimListing> all) => WooAnswer.Page(request,
        [.. all.Where(l => l.IsVariant && (WooAnswer.Included(request) is not { } ids || ids.Contains(l.Id.ToString(CultureInfo.InvariantCulture))))], ShownVariation);

    public IResult OfVariation(string id, string variation, Func<SimListing, IResult> answer) => OfProduct(id, all =>
        all.FirstOrDefault(l => l.IsVariant && Same(l.Id, variation)) is { } listing ? answer(listing)
            : WooAnswer.Error(404, "woocommerce_rest_product_variation_invalid_id", "Invalid ID."));

    public IResult Update(string id, string? variation, JsonObject body) => Changed(id, variation, body) switch
    {
        (var shown, null) => WooAnswer.Json(shown!),
        var (_, fault) => WooAnswer.Json(fault!, (int)fault!["data"]!["status"]!),
    };

    /// <summary>Up to a hundred changes at once, each answered for itself.</summary>
    /// <param name="parent">Variations of this product; null: products.</param>
    public IResult Batch(JsonObject body, string? parent)
    {
        int items = new[] { "create", "update", "delete" }.Sum(n => (body[n] as JsonArray)?.Count ?? 0);
        if (items > 100) return WooAnswer.Error(413, "woocommerce_rest_request_entity_too_large", "Unable to accept more than 100 items for this request.");
        var done = new JsonArray();
        foreach (var update in (body["update"] as JsonArray ?? []).OfType<JsonObject>())
        {
            string id = update["id"]?.ToString() ?? "";
            var (shown, fault) = parent is null ? Changed(id, null, update) : Changed(parent, id, update);
            done.Add(shown ?? new JsonObject { ["id"] = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long no) ? no : 0, ["error"] = fault });
        }
        return WooAnswer.Json(new JsonObject { ["update"] = done });
    }

    private (JsonObject? Shown, JsonObject? Fault) Changed(string id, string? variation, JsonObject body)
    {
        var all = shop.Listings.Where(l => Same(l.ProductId, id)).ToList();
        var listing = variation is null ? all.FirstOrDefault(l => !l.IsVariant) ?? all.FirstOrDefault() : all.FirstOrDefault(l => l.IsVariant && Same(l.Id, variation));
        if (listing is null) return (null, WooAnswer.ErrorOf(variation is null ? "woocommerce_rest_product_invalid_id" : "woocommerce_rest_product_variation_invalid_id",
            "Invalid ID.", 400));
        if (body["stock_quantity"] is null && body["inventory_delta"] is { } more)
        {
            if (!decimal.TryParse(more.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal change) || change != Math.Floor(change) || Math.Abs(change) > int.MaxValue / 2)
                return (null, WooAnswer.ErrorOf("rest_invalid_param", "Invalid parameter(s): inventory_delta", 400));
            bool counts = body["manage_stock"] is { } flag ? flag.ToString() == "true" : listing.IsCounted;
            if (counts && !(variation is null && listing.IsVariant)) lock (shop.Gate) shop.SetStock(listing, shop.Facts.Locations[0].Id, listing.Available + (int)change, "api");
        }
        if (body["stock_quantity"] is { } units)
        {
            if (!decimal.TryParse(units.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal wanted) || wanted != Math.Floor(wanted)
                || Math.Abs(wanted) > int.MaxValue)
                return (null, WooAnswer.ErrorOf("rest_invalid_param", "Invalid parameter(s): stock_quantity", 400));
            bool counts = body["manage_stock"] is { } flag ? flag.ToString() == "true" : listing.IsCounted;
            // A variable product's own quantity is not that of its variations; what is not counted keeps no quantity.
            if (counts && !(variation is null && listing.IsVariant)) shop.SetStock(listing, shop.Facts.Locations[0].Id, (int)wanted, "api");
        }
        if (body["manage_stock"] is { } manage) listing.IsCounted = manage.ToString() == "true";
        if (body["regular_price"] is { } price && SimMoney.TryMinor(price.ToString(), words.Currency, out long minor)) shop.ChangePrice(listing.Sku, minor);
        return (variation is null ? Shown(shop.Listings.Where(l => l.ProductId == listing.ProductId).ToList()) : ShownVariation(listing), null);
    }

    public JsonObject Shown(List<SimListing> all)
    {
        var first = all[0];
        bool isVariable = Kind(all) == "variable";
        var shown = new JsonObject
        {
            ["id"] = first.ProductId, ["name"] = first.Title, ["slug"] = Slug(first.Title), ["permalink"] = "", ["type"] = Kind(all),
            ["status"] = "publish", ["catalog_visibility"] = "visible"
        };
        words.Moment(shown, "date_created", first.MadeAt);
        words.Moment(shown, "date_modified", all.Max(l => l.UpdatedAt));
        shown["sku"] = isVariable ? "" : first.Sku;
        shown["global_unique_id"] = isVariable ? "" : first.Barcode;
        Offer(shown, first, counted: !isVariable && first.IsCounted);
        shown["parent_id"] = 0;
        shown["variations"] = isVariable ? new JsonArray([.. all.Select(l => JsonValue.Create(l.Id))]) : [];
        shown["attributes"] = isVariable
            ? [new JsonObject { ["id"] = 6, ["name"] = "Option", ["visible"] = true, ["variation"] = true,
                ["options"] = new JsonArray([.. all.Select(l => JsonValue.Create(l.Variant))]) }]
            : new JsonArray();
        shown["meta_data"] = new JsonArray();
        shown["_links"] = words.Links($"products/{first.ProductId}", "products");
        return shown;
    }

    public JsonObject ShownVariation(SimListing listing)
    {
        var shown = new JsonObject { ["id"] = listing.Id, ["sku"] = listing.Sku, ["global_unique_id"] = listing.Barcode, ["status"] = "publish", ["description"] = "" };
        words.Moment(shown, "date_created", listing.MadeAt);
        words.Moment(shown, "date_modified", listing.UpdatedAt);
        Offer(shown, listing, listing.IsCounted);
        shown["attributes"] = new JsonArray(new JsonObject { ["id"] = 6, ["name"] = "Option", ["option"] = listing.Variant });
        shown["meta_data"] = new JsonArray();
        shown["name"] = listing.Variant;
        shown["parent_id"] = listing.ProductId;
        shown["_links"] = words.Links($"products/{listing.ProductId}/variations/{listing.Id}", $"products/{listing.ProductId}/variations", $"products/{listing.ProductId}");
        return shown;
    }

    private void Offer(JsonObject shown, SimListing listing, bool counted)
    {
        shown["price"] = words.Money(listing.PriceMinor);
        shown["regular_price"] = words.Money(listing.PriceMinor);
        shown["sale_price"] = "";
        shown["on_sale"] = false;
        shown["virtual"] = false;
        shown["downloadable"] = false;
        shown["tax_status"] = "taxable";
        shown["tax_class"] = "";
        shown["manage_stock"] = counted;
        shown["stock_quantity"] = counted ? listing.Available : null;
        shown["stock_status"] = !counted || listing.Available > 0 ? "instock" : "outofstock";
        shown["backorders"] = shop.Facts.Oversells ? "yes" : "no";
        shown["weight"] = SimMoney.Text(listing.Grams / 10, "EUR");
    }

    private static string Kind(List<SimListing> all) => all.Any(l => l.IsVariant) ? "variable" : "simple";
    private static bool Same(long id, string text) => id.ToString(CultureInfo.InvariantCulture) == text;
    private static string Slug(string title) => string.Join('-', title.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
