using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Connectors.Amazon;

/// <summary>What Amazon calls things, and what its published models do not say.</summary>
internal static class AmazonWords
{
    public const string TokenUrl = "https://api.amazon.com/auth/o2/token";

    /// <summary>All that an order can tell, but its costs and fulfilment orders.</summary>
    public const string Everything = "BUYER,RECIPIENT,PROCEEDS,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT";

    public static readonly IReadOnlyList<string> RelayDomains =
    [
        .. new[] { "com", "co.uk", "de", "fr", "it", "es", "nl", "se", "pl", "com.be", "ie", "ca", "com.mx", "com.br", "co.jp", "com.au", "sg", "in", "ae", "sa", "eg", "com.tr",
            "co.za" }.Select(end => "marketplace.amazon." + end),
    ];

    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Login with Amazon gives an access token of an hour for a refresh token, at api.amazon.com; it is not in the published models.",
        "Marketplace participations (sellers v1) name the shop and its currency; their model is not among the published ones at hand.",
        "Prices in an order's breakdown are without tax, and all of an item's parts add up to its total; what is taken off is told below zero.",
        "The money of an item is of its units that are not cancelled.",
        "An order that names no currency, such as a replacement that costs nothing, is in the currency of the marketplace.",
        "The listing's quantity is less by what was sold, with orders that are not paid yet.",
        "A listing's quantity may be patched under the product type PRODUCT, whatever its own is.",
        "Messages of JSON_LISTINGS_FEED have a messageId, a sku, an operationType, a productType and patches; its report has issues with the messageId.",
        "A carrier that the connection gives no code for is told as Other, with its name.",
        "A parcel without a tracking number is told with an empty one.",
        "Messages reach us through the seller's own event bus (EventBridge), which shows the connection's messageKey as x-api-key; queues are not read.",
        "The application has the roles that open buyers and addresses in orders 2026-01-01; it needs no restricted data token there.",
        "Refunds made at Amazon are not in its orders, and are not read.",
    ];

    public static bool IsRelay(string? email) => email is not null && RelayDomains.Any(d => email.EndsWith("@" + d, StringComparison.OrdinalIgnoreCase));

    /// <summary>Our key of a parcel as Amazon takes it: a positive number, the same for ever. Two of one order are the same once in a thousand million million.</summary>
    public static string Reference(string key) => (BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % 999_999_999_999_999 + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
