namespace Switchyard.Erp.NetSuite;

/// <summary>What is particular to NetSuite, and what of it nobody has verified.</summary>
internal static class NetSuiteWords
{
    /// <summary>Codes of refusals that pass by themselves: the account's calls at once are used up, or somebody else saves the record at this moment.</summary>
    public static readonly IReadOnlySet<string> Passing = new HashSet<string>(StringComparer.Ordinal)
    {
        "CONCURRENCY_LIMIT_EXCEEDED", "SSS_REQUEST_LIMIT_EXCEEDED", "WS_REQUEST_BLOCKED", "WS_CONCUR_SESSION_DISALLWD", "RCRD_HAS_BEEN_CHANGED",
    };

    public static readonly IReadOnlyList<string> Assumptions =
    [
        "No NetSuite account was at hand: all of it was tested with a simulated one that was written from the same knowledge, so that both may be wrong alike.",
        "The names of members (orderLine, itemReceive, isClosed, shipStatus, inventoryLocation, package and its members, adjLocation, adjustQtyBy, otherRefNum) are as "
        + "remembered, and as public programs write them: the vendor's own schema was not at hand.",
        "So are the columns of SuiteQL (quantityshiprecv, expectedreceiptdate, createdfrom, isclosed, foreigntotal, foreignamount, externalid) and the codes of refusals "
        + "that pass by themselves.",
        "A purchase order takes its subsidiary from its vendor.",
        "A record is read by eid: and its external id, as it is upserted by it; published examples show it for customers.",
        "An upsert of a new record answers 204 with the record's address in Location; where it does not, the record is read again.",
        "An external id that exists is refused for a transformed record; the record is found by it before and after each try, so that either way it is posted once.",
        "SuiteQL knows TO_CHAR of lastmodifieddate with seconds; changes are followed by it in the account's own time, which is never converted.",
        "The lines of a sales order are numbered in the order in which they were posted; before a parcel is told, their items are compared with ours.",
        "The table inventorybalance has one row an item, location, bin and status with quantityonhand.",
        "The day's total of a transaction is foreigntotal, and of a journal the sum of its debits.",
        "Taxes: the REST services work with SuiteTax only. Without the setting taxItem, NetSuite works out the tax of its records itself and totals may differ by rounding.",
        "Refusals for too many calls at once come with status 429, or with one of the codes published for the other web services.",
    ];
}
