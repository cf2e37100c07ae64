using System.Globalization;

namespace Switchyard.Simulators;

/// <summary>
/// Shopify's global ids and the plain numbers in them. Numbers of kinds that one listing or line has several of are kept apart by an
/// offset, so that a caller who takes one for another is found out.
/// </summary>
internal static class ShopifyIds
{
    public static string Gid(string type, long id) => $"gid://shopify/{type}/{id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The number of a global id of this type; -1 for anything else.</summary>
    public static long Of(string type, string? gid)
    {
        string start = $"gid://shopify/{type}/";
        return gid is not null && gid.StartsWith(start, StringComparison.Ordinal)
            && long.TryParse(gid[start.Length..].Split('?')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : -1;
    }

    public static long Product(SimListing listing) => listing.ProductId + 700_000;
    public static long Item(SimListing listing) => listing.Id + 900_000;
    public static long Order(SimOrder order) => order.Id + 4_500_000_000;
    public static string OrderKey(long no) => (no + 4_500_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>There is one fulfilment order for each location from which an order goes.</summary>
    public static long FulfilmentOrder(SimOrder order, long locationId) => (Order(order) * 1000) + (locationId % 1000);

    public static long FulfilmentLine(SimLine line) => line.Id + 300_000;

    public static string LevelGid(SimListing listing, long locationId) => $"gid://shopify/InventoryLevel/{locationId}?inventory_item_id={Item(listing)}";
}
