namespace Switchyard.Connectors.Vendure;

/// <summary>What Vendure calls things, and what its documents do not say.</summary>
internal static class VendureWords
{
    /// <summary>Rights that are needed; of several in a row any one will do.</summary>
    public static readonly IReadOnlyList<string[]> Rights =
        [["ReadOrder"], ["UpdateOrder"], ["ReadCatalog", "ReadProduct"], ["UpdateCatalog", "UpdateProduct"], ["ReadStockLocation", "ReadCatalog"]];

    public static readonly IReadOnlyList<string> Assumptions =
    [
        "updatedAt of an order changes with whatever happens to it; a refund that leaves it unchanged is found by comparing the last days.",
        "A filter updatedAt after an instant, sorted by updatedAt and id, finds every order that is not active, in whole milliseconds.",
        "A sale allocates units when it is paid or authorised, at whichever location; what can be sold is counted over all locations, as the default stock location strategy does.",
        "Telling a fulfilment takes its units off the allocated ones and off what lies at the location.",
        "The text behind the method of a fulfilment made by manual-fulfillment is kept as it is sent, and our key in brackets is found there again.",
        "A refund with an amount is of just that amount, whatever lines it names; its reason is kept as it is sent.",
        "The reason of cancelled units is in the order's history, in an entry ORDER_CANCELLATION.",
        "A session that has ended and a right that is missing are both told as FORBIDDEN.",
        "Amounts have as many digits as the server's moneyStrategyPrecision says, in every currency.",
        "A state that the standard order process does not have means that the order is not to be worked on yet.",
    ];
}
