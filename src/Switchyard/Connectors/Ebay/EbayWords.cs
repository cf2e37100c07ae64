namespace Switchyard.Connectors.Ebay;

/// <summary>What the published documents of eBay do not say.</summary>
internal static class EbayWords
{
    /// <summary>So far behind our own clock the window of a question ends, when eBay's clock is behind it.</summary>
    public static readonly IReadOnlyList<TimeSpan> Behind = [TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    public static readonly IReadOnlyList<string> Assumptions =
    [
        "Within one window of lastmodifieddate orders keep their order from page to page, so that what leaves the window moves the rest up by as many as the total is less.",
        "Taxes of an order are those of its lines, delivery's among them; they are on top of the prices where the line's total says so, and at the sites of the United States and Canada.",
        "A line with a SKU is of the inventory item of that SKU; listings that were not made by the Inventory API are not seen, and their stock is not set.",
        "An inventory item's quantity goes down with each sale; an offer's own quantity limits it.",
        "A cancel is made, and a buyer's wish to cancel is granted, by the Post-Order API (/post-order/v2/cancellation, Authorization: IAF), which pays back what was paid.",
        "A refund of the same amount, and of the same line, that is not known as another one is the one that was asked for: eBay keeps no key of ours.",
        "Refunds of lines are told under the id that issueRefund gave; one without a date has not been paid yet.",
        "Carriers are called as eBay calls them when spaces and signs are left out of their names; without a name the carrier is Other.",
        "Calls about money are signed over content-digest, x-ebay-signature-key, @method, @path and @authority with RSA and SHA-256; keys of the kind Ed25519 are not taken.",
        "Messages are signed over their raw body, which has no spaces, with ECDSA and the digest that is told with the key; data.order.orderId names the order in ORDER_CONFIRMATION and ITEM_MARKED_SHIPPED.",
        "Consent is asked for at auth.ebay.com where the API is at api.ebay.com, and tokens at /identity/v1/oauth2/token.",
        "Personal data is kept for 90 days at most, since eBay itself does not tell it longer; addresses at members.ebay.* are relays.",
    ];

    /// <summary>"leeds = LEEDS1, york = YORK2": our name of each of theirs.</summary>
    public static Dictionary<string, string> Pairs(string? text) => Shopify.ShopifyWords.Pairs(text);
}
