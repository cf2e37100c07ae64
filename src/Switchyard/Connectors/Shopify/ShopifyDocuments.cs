namespace Switchyard.Connectors.Shopify;

/// <summary>
/// What the Admin API 2025-01 is asked. Sizes are small, since a question costs what it might bring: most orders fit into the first answer, and the rest of a long one is asked for by cursor.
/// </summary>
internal static class ShopifyDocuments
{
    private const string Money = "{ presentmentMoney { amount } }";
    private const string Taxes = "taxLines { ratePercentage channelLiable priceSet " + Money + " }";
    private const string Address = "{ name company address1 address2 city province provinceCode zip countryCodeV2 phone }";
    private const string Page = "pageInfo { hasNextPage endCursor }";

    private const string Line = "{ id title variantTitle sku quantity currentQuantity unfulfilledQuantity requiresShipping customAttributes { key value } variant { legacyResourceId } originalUnitPriceSet " + Money
        + " discountAllocations { allocatedAmountSet " + Money + " } " + Taxes + " }";
    private const string Held = "{ totalQuantity lineItem { id } }";
    private const string Part = "{ id status fulfillBy assignedLocation { name location { legacyResourceId isFulfillmentService } } deliveryMethod { methodType presentedName maxDeliveryDateTime } lineItems(first: 8) { nodes "
        + Held + " " + Page + " } }";
    private const string Sent = "{ quantity lineItem { id } }";
    private const string Open = "{ id remainingQuantity lineItem { id } }";

    public const string Order = "query Order($id: ID!) { order(id: $id) { id legacyResourceId name email phone processedAt updatedAt cancelledAt closed note tags customAttributes { key value } presentmentCurrencyCode "
        + "taxesIncluded dutiesIncluded displayFinancialStatus displayFulfillmentStatus paymentGatewayNames totalPriceSet " + Money + " totalReceivedSet " + Money + " totalRefundedSet " + Money
        + " totalTipReceivedSet " + Money + " originalTotalDutiesSet " + Money + " additionalFees { name price " + Money + " " + Taxes + " } customer { legacyResourceId displayName } shippingAddress " + Address
        + " billingAddress " + Address + " shippingLines(first: 5) { nodes { title discountedPriceSet " + Money + " " + Taxes + " } } transactions(first: 10) { id kind status gateway paymentId } "
        + "lineItems(first: 8) { nodes " + Line + " " + Page + " } fulfillmentOrders(first: 3) { nodes " + Part + " " + Page + " } } }";

    /// <summary>Which orders changed; each is asked for by itself.</summary>
    public const string Changed = "query Changed($query: String!, $after: String) { orders(first: 10, after: $after, query: $query, sortKey: UPDATED_AT) { nodes { id updatedAt } " + Page + " } }";

    /// <summary>What left and what was given back, of an order of which something did.</summary>
    public const string After = "query After($id: ID!, $most: Int!) { order(id: $id) { fulfillments(first: $most) { id status fulfillmentLineItems(first: 5) { nodes " + Sent + " " + Page + " } } "
        + "refunds(first: $most) { id createdAt note totalRefundedSet " + Money + " refundLineItems(first: 5) { nodes " + Sent + " " + Page + " } } } }";

    public const string MoreLines = "query MoreLines($id: ID!, $after: String!) { node(id: $id) { ... on Order { lineItems(first: 50, after: $after) { nodes " + Line + " " + Page + " } } } }";
    public const string MoreParts = "query MoreParts($id: ID!, $after: String!) { node(id: $id) { ... on Order { fulfillmentOrders(first: 10, after: $after) { nodes " + Part + " " + Page + " } } } }";
    public const string MoreHeld = "query MoreHeld($id: ID!, $after: String!) { node(id: $id) { ... on FulfillmentOrder { lineItems(first: 100, after: $after) { nodes " + Held + " " + Page + " } } } }";
    public const string MoreOpen = "query MoreOpen($id: ID!, $after: String!) { node(id: $id) { ... on FulfillmentOrder { lineItems(first: 100, after: $after) { nodes " + Open + " " + Page + " } } } }";
    public const string MoreSent = "query MoreSent($id: ID!, $after: String!) { node(id: $id) { ... on Fulfillment { fulfillmentLineItems(first: 100, after: $after) { nodes " + Sent + " " + Page + " } } } }";
    public const string MoreBack = "query MoreBack($id: ID!, $after: String!) { node(id: $id) { ... on Refund { refundLineItems(first: 100, after: $after) { nodes " + Sent + " " + Page + " } } } }";

    public const string Shop = "query Shop { shop { name currencyCode ianaTimezone myshopifyDomain } locations(first: 100) { nodes { legacyResourceId name isFulfillmentService } } "
        + "currentAppInstallation { accessScopes { handle } } }";

    public const string Primary = "query Primary { location { id } }";
    public const string Places = "query Places { locations(first: 250) { nodes { id legacyResourceId name } } }";

    public const string Listings = "query Listings($after: String, $place: ID!) { productVariants(first: 50, after: $after, sortKey: ID) { nodes { legacyResourceId title sku barcode inventoryItem { legacyResourceId tracked "
        + "requiresShipping inventoryLevel(locationId: $place) { quantities(names: [\"available\"]) { quantity } } } product { title status hasOnlyDefaultVariant } } " + Page + " } }";

    public const string Stock = "query Stock($ids: [ID!]!, $place: ID!) { nodes(ids: $ids) { ... on InventoryItem { legacyResourceId inventoryLevel(locationId: $place) { quantities(names: [\"available\"]) { quantity } } } } }";

    public const string SetStock = "mutation SetStock($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { code field message } } }";

    /// <summary>What left of an order, and what of it may leave.</summary>
    public const string Parcels = "query Parcels($id: ID!, $most: Int!) { order(id: $id) { id cancelledAt fulfillments(first: $most) { id status createdAt trackingInfo(first: 5) { number } fulfillmentLineItems(first: 5) { nodes "
        + Sent + " " + Page + " } } fulfillmentOrders(first: 10) { nodes { id status assignedLocation { name location { legacyResourceId isFulfillmentService } } lineItems(first: 8) { nodes " + Open + " " + Page
        + " } } " + Page + " } } }";

    public const string MoreOpenParts = "query MoreOpenParts($id: ID!, $after: String!) { node(id: $id) { ... on Order { fulfillmentOrders(first: 10, after: $after) { nodes { id status assignedLocation { name location { "
        + "legacyResourceId isFulfillmentService } } lineItems(first: 8) { nodes " + Open + " " + Page + " } } " + Page + " } } } }";

    public const string Fulfil = "mutation Fulfil($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } } }";

    public const string Track = "mutation Track($id: ID!, $info: FulfillmentTrackingInput!, $tells: Boolean) { fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $info, notifyCustomer: $tells) { "
        + "fulfillment { id } userErrors { field message } } }";

    public const string Cancel = "mutation Cancel($id: ID!, $reason: OrderCancelReason!, $restocks: Boolean!, $tells: Boolean, $note: String) { orderCancel(orderId: $id, refund: false, restock: $restocks, reason: $reason, "
        + "notifyCustomer: $tells, staffNote: $note) { job { id } orderCancelUserErrors { code field message } } }";

    /// <summary>What was paid, what was given back, and what of each line may still be.</summary>
    public const string Accounts = "query Accounts($id: ID!) { order(id: $id) { id cancelledAt presentmentCurrencyCode transactions(first: 50) { id kind status gateway amountSet " + Money + " parentTransaction { id } } "
        + "refunds(first: 100) { id note } } }";

    public const string Lines = "query Lines($ids: [ID!]!) { nodes(ids: $ids) { ... on LineItem { id refundableQuantity unfulfilledQuantity } } }";

    public const string Refund = "mutation Refund($input: RefundInput!) { refundCreate(input: $input) { refund { id } userErrors { field message } } }";

    public const string Subscribed = "query Subscribed($after: String) { webhookSubscriptions(first: 100, after: $after) { nodes { id topic endpoint { ... on WebhookHttpEndpoint { callbackUrl } } } " + Page + " } }";

    public const string Subscribe = "mutation Subscribe($topic: WebhookSubscriptionTopic!, $address: URL!) { webhookSubscriptionCreate(topic: $topic, webhookSubscription: { callbackUrl: $address, format: JSON }) { "
        + "webhookSubscription { id } userErrors { field message } } }";

    /// <summary>All of them, to be held against the published schema.</summary>
    public static IReadOnlyList<string> All { get; } = [.. typeof(ShopifyDocuments).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}
