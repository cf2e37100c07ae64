using GraphQL;

namespace Switchyard.Simulators;

/// <summary>The fields of the query root.</summary>
internal sealed class ShopifyRoots(ShopifySim sim, ShopifyGoods goods, ShopifyOrders orders, ShopifyHooks hooks)
{
    private readonly Shop _shop = sim.Shop;

    public Dictionary<string, Func<IResolveFieldContext, object?>> Queries(ShopifyWrites writes) => new(StringComparer.Ordinal)
    {
        ["currentAppInstallation"] = _ => new Bag("AppInstallation")
        {
            ["id"] = ShopifyIds.Gid("AppInstallation", 1), ["accessScopes"] = ShopifySim.Scopes.Split(',')
                .Select(s => new Bag("AccessScope") { ["handle"] = s, ["description"] = s.Replace('_', ' ') }).ToList(),
        },
        ["fulfillmentOrder"] = ctx => Node(ctx.Text("id"), "FulfillmentOrder"), ["inventoryItem"] = ctx => Node(ctx.Text("id"), "InventoryItem"),
        ["inventoryItems"] = ctx => Page(ctx, "InventoryItem", ShopifySearch.Listings(_shop.Listings, ctx.Arg("query") as string), l => (l.Id, l.Id), goods.Item),
        ["inventoryLevel"] = ctx => Node(ctx.Text("id"), "InventoryLevel"), ["job"] = writes.Job,
        ["location"] = ctx => ctx.Arg("id") is null ? goods.Location(_shop.Facts.Locations[0]) : Node(ctx.Text("id"), "Location"),
        ["locations"] = ctx => Page(ctx, "Location", _shop.Facts.Locations, l => (l.Id, l.Id), goods.Location), ["node"] = ctx => Node(ctx.Text("id")),
        ["nodes"] = ctx => GraphArguments.Texts(ctx.Arg("ids")).Select(id => Node(id)).ToList(), ["order"] = ctx => Node(ctx.Text("id"), "Order"),
        ["orders"] = ctx => Page(ctx, "Order", ShopifySearch.Orders(_shop.Orders, ctx.Arg("query") as string), OrderKey(ctx.Text("sortKey")), orders.Shown),
        ["product"] = ctx => Node(ctx.Text("id"), "Product"), ["productVariant"] = ctx => Node(ctx.Text("id"), "ProductVariant"),
        ["productVariants"] = ctx => Page(ctx, "ProductVariant", ShopifySearch.Listings(_shop.Listings, ctx.Arg("query") as string), l => (l.Id, l.Id), goods.Variant),
        ["products"] = Products, ["refund"] = ctx => Node(ctx.Text("id"), "Refund"), ["shop"] = _ => ShopBag(), ["webhookSubscriptions"] = hooks.List,
    };

    private Bag Page<T>(IResolveFieldContext ctx, string type, IEnumerable<T> all, Func<T, (long, long)> key, Func<T, Bag> shown) =>
        _shop.Read(_ => ShopifyPages.Page(ctx, type, all, key, shown));

    private Bag Products(IResolveFieldContext ctx) => _shop.Read(_ =>
    {
        var found = ShopifySearch.Listings(_shop.Listings, ctx.Arg("query") as string).GroupBy(l => l.ProductId)
            .Select(g => (Id: g.Key, At: g.Max(l => l.UpdatedAt), Made: g.Min(l => l.MadeAt)));
        string by = ctx.Text("sortKey");
        return ShopifyPages.Page(ctx, "Product", found, p => (by switch { "UPDATED_AT" => p.At.ToUnixTimeSeconds(), "CREATED_AT" => p.Made.ToUnixTimeSeconds(), _ => p.Id },
            p.Id), p => goods.Product(p.Id)!);
    });

    private static Func<SimOrder, (long, long)> OrderKey(string sort) => sort switch
    {
        "UPDATED_AT" => o => (o.UpdatedAt.ToUnixTimeSeconds(), o.Id),
        "ID" or "ORDER_NUMBER" => o => (o.Id, o.Id),
        _ => o => (o.PlacedAt.ToUnixTimeSeconds(), o.Id),
    };

    private Bag ShopBag() => new("Shop")
    {
        ["id"] = ShopifyIds.Gid("Shop", 1), ["name"] = _shop.Facts.Name, ["email"] = "shop@example.com", ["contactEmail"] = "shop@example.com",
        ["currencyCode"] = _shop.Facts.Currency,
        ["enabledPresentmentCurrencies"] = new List<string> { _shop.Facts.Currency }, ["ianaTimezone"] = _shop.Facts.TimeZone, ["myshopifyDomain"] = ShopifySim.Domain,
        ["plan"] = new Bag("ShopPlan") { ["displayName"] = "Development", ["partnerDevelopment"] = true, ["shopifyPlus"] = false },
        ["taxesIncluded"] = _shop.Facts.PricesIncludeTax, ["taxShipping"] = true, ["url"] = sim.BaseUrl,
        ["shipsToCountries"] = new List<string> { "GB", "DE", "FR", "NL", "IE", "IT", "US" },
    };

    /// <summary>Whatever has a global id; null when there is nothing of it, or it is not of the wanted type.</summary>
    private object? Node(string gid, string? wanted = null) => _shop.Read<object?>(_ =>
    {
        string type = gid.StartsWith("gid://shopify/", StringComparison.Ordinal) ? gid[14..].Split('/')[0] : throw new ExecutionError("Invalid global id '" + gid + "'");
        if (wanted is not null && wanted != type) return null;
        long id = ShopifyIds.Of(type, gid);
        return type switch
        {
            "Order" => orders.Find(gid) is { } order ? orders.Shown(order) : null,
            "ProductVariant" => goods.ByVariant(gid) is { } listing ? goods.Variant(listing) : null,
            "InventoryItem" => goods.ByItem(gid) is { } listing ? goods.Item(listing) : null,
            "Product" => _shop.Listings.FirstOrDefault(l => ShopifyIds.Product(l) == id) is { } listing ? goods.Product(listing.ProductId) : null,
            "Location" => goods.ByLocation(gid) is { } location ? goods.Location(location) : null,
            "InventoryLevel" => (from l in _shop.Listings from at in _shop.Facts.Locations where l.Stock.ContainsKey(at.Id)
                && ShopifyIds.LevelGid(l, at.Id) == gid select goods.Level(l, at)).FirstOrDefault(),
            "LineItem" => (from o in _shop.Orders from l in o.Lines where l.Id == id select orders.Line(o, l)).FirstOrDefault(),
            "FulfillmentOrder" => (from o in _shop.Orders from at in ShopifyOrders.Parts(o) where ShopifyIds.FulfilmentOrder(o, at) == id select orders.FulfilmentOrder(o, at))
                .FirstOrDefault(),
            "Fulfillment" => (from o in _shop.Orders from s in o.Shipments where s.Id == id select orders.Shipment(o, s)).FirstOrDefault(),
            "Refund" => (from o in _shop.Orders from r in o.Refunds where r.Id == id select orders.Refund(o, r)).FirstOrDefault(),
            "WebhookSubscription" => hooks.Find(gid) is { } hook ? ShopifyHooks.Shown(hook) : null,
            _ => null,
        };
    });
}
