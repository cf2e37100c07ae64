using System.Globalization;

namespace Switchyard.Erp.NetSuite;

/// <summary>The SuiteQL that is asked. A value is never put into it but as a quoted literal; a page goes on behind the last row (changed, id).</summary>
internal static class NetSuiteQueries
{
    public const int Page = 500;
    private const string Clock = "'YYYY-MM-DD HH24:MI:SS'";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Since(string column, (string Mark, string Id) from) =>
        $"({column} > TO_DATE({Literal(from.Mark)}, {Clock}) OR {column} = TO_DATE({Literal(from.Mark)}, {Clock}) AND id > {Number(from.Id)})";

    public static string Items((string Mark, string Id) from) =>
        $"SELECT id, itemid, displayname, isinactive, TO_CHAR(lastmodifieddate, {Clock}) AS changed FROM item WHERE itemtype IN ('InvtPart', 'Assembly') "
        + $"AND {Since("lastmodifieddate", from)} ORDER BY lastmodifieddate, id";

    public static string ItemIds(IEnumerable<string> skus) => $"SELECT id, itemid FROM item WHERE itemid IN ({string.Join(", ", skus.Select(Literal))}) ORDER BY id";

    public static string Levels(string place, string after) =>
        $"SELECT b.item AS id, i.itemid AS itemid, SUM(b.quantityonhand) AS onhand FROM inventorybalance b JOIN item i ON i.id = b.item "
        + $"WHERE b.location = {Number(place)} AND b.item > {Number(after)} GROUP BY b.item, i.itemid ORDER BY b.item";

    public static string Transactions(string type, (string Mark, string Id) from) =>
        $"SELECT id, tranid, externalid, TO_CHAR(lastmodifieddate, {Clock}) AS changed FROM transaction WHERE type = {Literal(type)} "
        + $"AND {Since("lastmodifieddate", from)} ORDER BY lastmodifieddate, id";

    public static string PurchaseLines(IEnumerable<string> ids) =>
        "SELECT l.transaction AS id, l.id AS line, i.itemid AS itemid, l.quantity AS quantity, l.quantityshiprecv AS received, l.location AS location, l.isclosed AS isclosed, "
        + "TO_CHAR(l.expectedreceiptdate, 'YYYY-MM-DD') AS due "
        + $"FROM transactionline l JOIN item i ON i.id = l.item WHERE l.mainline = 'F' AND l.transaction IN ({string.Join(", ", ids.Select(Number))}) ORDER BY l.transaction, l.id";

    public static string ReceiptLines(IEnumerable<string> ids) =>
        "SELECT l.transaction AS id, l.id AS line, i.itemid AS itemid, l.quantity AS quantity, l.location AS location, p.tranid AS purchase "
        + "FROM transactionline l JOIN item i ON i.id = l.item JOIN transaction p ON p.id = l.createdfrom AND p.type = 'PurchOrd' "
        + $"WHERE l.mainline = 'F' AND l.quantity > 0 AND l.transaction IN ({string.Join(", ", ids.Select(Number))}) ORDER BY l.transaction, l.id";

    public static string PurchaseByNumber(string number) => $"SELECT id FROM transaction WHERE type = 'PurchOrd' AND tranid = {Literal(number)} ORDER BY id";

    public static string Posted(DateOnly day, string after) =>
        "SELECT t.id AS id, t.externalid AS externalid, t.type AS type, c.symbol AS currency, t.foreigntotal AS total, "
        + "(SELECT SUM(CASE WHEN l.foreignamount > 0 THEN l.foreignamount ELSE 0 END) FROM transactionline l WHERE l.transaction = t.id) AS debits "
        + $"FROM transaction t JOIN currency c ON c.id = t.currency WHERE t.trandate = TO_DATE({Literal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}, 'YYYY-MM-DD') "
        + $"AND t.externalid LIKE '{ErpExternalId.Prefix}%' AND t.id > {Number(after)} ORDER BY t.id";

    public const string Places = "SELECT id, name FROM location WHERE isinactive = 'F' ORDER BY id";

    /// <summary>An internal id is a number and nothing else.</summary>
    private static string Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number.ToString(CultureInfo.InvariantCulture) : "-1";
}
