namespace Switchyard.Connectors.Vendure;

/// <summary>What is asked of the Admin API, word for word.</summary>
internal static class VendureDocuments
{
    public const string LogIn =
        "mutation letIn($username: String!, $password: String!) { login(username: $username, password: $password) { __typename ... on ErrorResult { errorCode message } } }";

    public const string Shop = "query shop { me { identifier channels { code permissions } } activeChannel { code defaultCurrencyCode } }";

    public const string Places = "query places { stockLocations(options: {take: 100}) { items { id name } } }";

    private const string Whole =
        """

        fragment whole on Order {
          id code state orderPlacedAt updatedAt currencyCode total totalWithTax
          customer { id firstName lastName emailAddress phoneNumber }
          shippingAddress { ...place } billingAddress { ...place }
          lines { id quantity orderPlacedQuantity unitPrice unitPriceWithTax proratedLinePrice proratedLinePriceWithTax lineTax taxRate productVariant { id sku name } }
          surcharges { id description price priceWithTax taxRate }
          shippingLines { shippingMethod { code name } discountedPrice discountedPriceWithTax }
          payments { id method amount state transactionId refunds { id createdAt total state reason lines { orderLineId quantity } } }
          fulfillments { id state method trackingCode lines { orderLineId quantity } }
        }
        fragment place on OrderAddress { fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
        """;

    // How the shop's channel shows prices, and how many digits its amounts have.
    private const string Money = "activeChannel { pricesIncludeTax } globalSettings { serverConfig { moneyStrategyPrecision } }";

    public const string Changed =
        "query changed($since: DateTime!, $skip: Int!, $take: Int!) { " + Money
        + " orders(options: {filter: {active: {eq: false}, updatedAt: {after: $since}},"
        + " sort: {updatedAt: ASC, id: ASC}, skip: $skip, take: $take}) { items { ...whole } } }" + Whole;

    public const string Order = "query one($id: ID!) { " + Money + " order(id: $id) { ...whole } }" + Whole;

    public const string Cancels = """query cancels($id: ID!) { order(id: $id) { history(options: {filter: {type: {eq: "ORDER_CANCELLATION"}}, take: 100}) { items { data } } } }""";

    private const string Variant =
        """

        fragment variant on ProductVariant {
          id sku name enabled trackInventory outOfStockThreshold useGlobalOutOfStockThreshold product { enabled } stockLevels { stockLocationId stockOnHand stockAllocated }
        }
        """;

    private const string Rules = "globalSettings { outOfStockThreshold trackInventory }";

    public const string Listings =
        "query listings($skip: Int!, $take: Int!) { " + Rules + " productVariants(options: {sort: {id: ASC}, skip: $skip, take: $take}) { items { ...variant } } }" + Variant;

    public const string Stock =
        "query stock($ids: [String!]!, $take: Int!) { " + Rules
        + " stockLocations(options: {take: 100}) { items { id name } } productVariants(options: {filter: {id: {in: $ids}}, take: $take}) { items { ...variant } } }" + Variant;

    public const string SetStock = "mutation setStock($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { ...variant } }" + Variant;

    public const string Fulfil =
        """
        mutation fulfil($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { __typename ... on Fulfillment { id state }
          ... on FulfillmentStateTransitionError { transitionError } ... on ErrorResult { errorCode message } } }
        """;

    public const string Send =
        """
        mutation send($id: ID!) { transitionFulfillmentToState(id: $id, state: "Shipped") { __typename ... on Fulfillment { id state }
          ... on FulfillmentStateTransitionError { transitionError } ... on ErrorResult { errorCode message } } }
        """;

    public const string Settle = "mutation settle($id: ID!) { settlePayment(id: $id) { __typename ... on Payment { id state } ... on ErrorResult { errorCode message } } }";

    public const string Cancel =
        "mutation cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ... on Order { id state } ... on ErrorResult { errorCode message } } }";

    public const string Refund =
        "mutation refund($input: RefundOrderInput!) { refundOrder(input: $input) { __typename ... on Refund { id state total } ... on ErrorResult { errorCode message } } }";
}
