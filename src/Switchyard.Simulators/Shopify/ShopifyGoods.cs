using System.Globalization;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>The shop itself, its locations, products, variants and inventory as the Admin API shows them.</summary>
internal sealed class ShopifyGoods(Shop shop)
{
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static Bag Money(long minor, string currency)
    {
        var money = new Bag("MoneyV2") { ["amount"] = SimMoney.Amount(minor, currency).ToString("0.0##", CultureInfo.InvariantCulture), ["currencyCode"] = currency };
        return new Bag("MoneyBag") { ["shopMoney"] = money, ["presentmentMoney"] = money };
    }

    public Bag Location(SimLocation location) => new("Location")
    {
        ["id"] = ShopifyIds.Gid("Location", location.Id), ["legacyResourceId"] = Plain(location.Id), ["name"] = location.Name, ["isActive"] = true,
        ["fulfillsOnlineOrders"] = true, ["shipsInventory"] = true,
        ["isFulfillmentService"] = false,
        ["address"] = new Bag("LocationAddress")
        {
            ["address1"] = null, ["address2"] = null, ["city"] = location.City, ["country"] = ShopifyOrders.Country(location.Country), ["countryCode"] = location.Country,
            ["phone"] = null, ["province"] = null, ["provinceCode"] = null, ["zip"] = null,
        },
        ["inventoryLevels"] = ShopifyPages.Later("InventoryLevel", () => shop.Listings.Where(l => l.Stock.ContainsKey(location.Id)).ToList(),
        l => shop.Read(_ => Level(l, location))),
    };

    public SimListing? ByVariant(string? gid)
    {
        long id = ShopifyIds.Of("ProductVariant", gid);
        return shop.Listings.FirstOrDefault(l => l.Id == id);
    }

    public SimListing? ByItem(string? gid)
    {
        long id = ShopifyIds.Of("InventoryItem", gid);
        return shop.Listings.FirstOrDefault(l => ShopifyIds.Item(l) == id);
    }

    public SimLocation? ByLocation(string? gid)
    {
        long id = ShopifyIds.Of("Location", gid);
        return shop.Facts.Locations.FirstOrDefault(l => l.Id == id);
    }

    /// <summary>A product with all its variants; null when there is none of that number.</summary>
    public Bag? Product(long productId)
    {
        var all = shop.Listings.Where(l => l.ProductId == productId).ToList();
        if (all.Count == 0) return null;
        var first = all[0];
        return new Bag("Product")
        {
            ["id"] = ShopifyIds.Gid("Product", ShopifyIds.Product(first)), ["legacyResourceId"] = Plain(ShopifyIds.Product(first)), ["title"] = first.Title,
            ["handle"] = first.Title.ToLowerInvariant().Replace(' ', '-'), ["productType"] = "", ["vendor"] = shop.Facts.Name, ["status"] = "ACTIVE",
            ["tags"] = new List<string>(), ["createdAt"] = At(all.Min(l => l.MadeAt)),
            ["updatedAt"] = At(all.Max(l => l.UpdatedAt)), ["totalInventory"] = all.Sum(l => l.Available), ["tracksInventory"] = all.Any(l => l.IsCounted),
            ["hasOnlyDefaultVariant"] = !first.IsVariant,
            ["variants"] = ShopifyPages.Later("ProductVariant", () => all, l => shop.Read(_ => Variant(l))),
        };
    }

    public Bag Variant(SimListing listing) => new("ProductVariant")
    {
        ["id"] = ShopifyIds.Gid("ProductVariant", listing.Id), ["legacyResourceId"] = Plain(listing.Id), ["title"] = listing.IsVariant ? listing.Variant : "Default Title",
        ["displayName"] = $"{listing.Title} - {(listing.IsVariant ? listing.Variant : "Default Title")}", ["sku"] = listing.Sku,
        ["barcode"] = listing.Barcode.Length > 0 ? listing.Barcode : null,
        ["price"] = SimMoney.Text(listing.PriceMinor, shop.Facts.Currency), ["position"] = 1, ["inventoryItem"] = Later(() => Item(listing)),
        ["inventoryQuantity"] = listing.Available,
        ["inventoryPolicy"] = shop.Facts.Oversells ? "CONTINUE" : "DENY", ["availableForSale"] = listing.Available > 0 || !listing.IsCounted,
        ["sellableOnlineQuantity"] = listing.Available, ["taxable"] = true,
        ["createdAt"] = At(listing.MadeAt), ["updatedAt"] = At(listing.UpdatedAt), ["product"] = Later(() => Product(listing.ProductId)),
    };

    public Bag Item(SimListing listing) => new("InventoryItem")
    {
        ["id"] = ShopifyIds.Gid("InventoryItem", ShopifyIds.Item(listing)), ["legacyResourceId"] = Plain(ShopifyIds.Item(listing)), ["sku"] = listing.Sku,
        ["tracked"] = listing.IsCounted, ["requiresShipping"] = true,
        ["createdAt"] = At(listing.MadeAt), ["updatedAt"] = At(listing.UpdatedAt), ["variant"] = Later(() => Variant(listing)),
        ["inventoryLevel"] = (Func<IResolveFieldContext, object?>)(ctx =>
            shop.Read(_ => ByLocation(ctx.Text("locationId")) is { } at && listing.Stock.ContainsKey(at.Id) ? Level(listing, at) : null)),
        ["inventoryLevels"] = ShopifyPages.Later("InventoryLevel", () => shop.Facts.Locations.Where(l => listing.Stock.ContainsKey(l.Id)).ToList(),
        at => shop.Read(_ => Level(listing, at))),
    };

    public Bag Level(SimListing listing, SimLocation location) => new("InventoryLevel")
    {
        ["id"] = ShopifyIds.LevelGid(listing, location.Id), ["createdAt"] = At(listing.MadeAt), ["updatedAt"] = At(listing.UpdatedAt), ["canDeactivate"] = false,
        ["item"] = Later(() => Item(listing)), ["location"] = Location(location),
        ["quantities"] = (Func<IResolveFieldContext, object?>)(ctx => shop.Read(_ => GraphArguments.Texts(ctx.Arg("names")).Select(name => new Bag("InventoryQuantity")
        {
            ["id"] = $"gid://shopify/InventoryQuantity/{name}_{location.Id}?inventory_item_id={ShopifyIds.Item(listing)}", ["name"] = name,
            ["quantity"] = Quantity(listing, location.Id, name), ["updatedAt"] = At(listing.UpdatedAt),
        }).ToList())),
    };

    /// <summary>Units by the state's name; what is on hand is what is available and what orders hold.</summary>
    public int Quantity(SimListing listing, long locationId, string name) => name switch
    {
        "available" => listing.Stock.GetValueOrDefault(locationId),
        "committed" => Committed(listing, locationId),
        "on_hand" => listing.Stock.GetValueOrDefault(locationId) + Committed(listing, locationId),
        "incoming" or "reserved" or "damaged" or "quality_control" or "safety_stock" => 0,
        _ => throw new ExecutionError($"The quantity name {name} is invalid."),
    };

    private int Committed(SimListing listing, long locationId) =>
        shop.Orders.Sum(o => o.Lines.Where(l => l.Listing == listing && l.LocationId == locationId).Sum(l => Math.Max(0, o.Open(l))));

    private Func<IResolveFieldContext, object?> Later(Func<Bag?> make) => _ => shop.Read(_ => make());

    private static string Plain(long id) => id.ToString(CultureInfo.InvariantCulture);
}
