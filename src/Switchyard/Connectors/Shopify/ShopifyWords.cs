namespace Switchyard.Connectors.Shopify;

/// <summary>What Shopify calls things, and what its published schema does not say.</summary>
internal static class ShopifyWords
{
    public static readonly IReadOnlyList<string> Topics = ["ORDERS_CREATE", "ORDERS_UPDATED", "ORDERS_CANCELLED", "ORDERS_EDITED", "REFUNDS_CREATE", "PRODUCTS_UPDATE", "APP_UNINSTALLED"];

    public static readonly IReadOnlyList<string> Scopes =
    [
        "read_orders", "write_orders", "read_products", "read_inventory", "write_inventory", "read_locations", "read_merchant_managed_fulfillment_orders", "write_merchant_managed_fulfillment_orders",
        "read_third_party_fulfillment_orders",
    ];

    public static readonly IReadOnlyList<string> Assumptions =
    [
        "A search of orders without a status finds open, closed and cancelled ones; older than 60 days only with the right read_all_orders.",
        "The cursor of orders sorted by UPDATED_AT holds the instant and the order, so that a change between two pages hides no other order.",
        "Holding, releasing and moving a fulfilment order changes updatedAt of its order.",
        "Units that are refunded before they left are taken out of unfulfilledQuantity; units of a line at a fulfilment service are in totalQuantity of its fulfilment orders.",
        "totalPriceSet is of all units that were ever ordered, with tips; a tip that is a line needs no sending.",
        "A custom attribute whose name begins with an underscore is an app's own; one that speaks of a gift and a message or note is the gift message.",
        "A refund whose note names our key was made by us; a parcel with our tracking number was told by us.",
        "Refunding units with restockType NO_RESTOCK or CANCEL and no transaction takes them off the order.",
        "Messages are signed over the raw body with the app's client secret (X-Shopify-Hmac-Sha256, base64), and X-Shopify-Webhook-Id is the same when one is sent again.",
        "The code of consent is taken at /admin/oauth/access_token for a token without an end.",
        "An error THROTTLED means that nothing was done.",
    ];

    public static string Reason(string reason) => reason switch { "customer" => "CUSTOMER", "stock" => "INVENTORY", "fraud" => "FRAUD", _ => "OTHER" };

    public static string Gid(string type, string number) => $"gid://shopify/{type}/{number}";

    /// <summary>"Leeds shop = LEEDS1, 71 = MAIN": our name of each of theirs.</summary>
    public static Dictionary<string, string> Pairs(string? text) => (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p is [{ Length: > 0 }, { Length: > 0 }]).GroupBy(p => p[0], StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => g.Key, g => g.Last()[1], StringComparer.OrdinalIgnoreCase);

    public static HashSet<string> Names(string? text) => (text ?? "").Split([',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
