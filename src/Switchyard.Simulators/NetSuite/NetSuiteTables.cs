using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Switchyard.Simulators;

/// <summary>SuiteQL, as far as it is asked here: each query is known by its table, and its literals are read out of it. Another one is refused.</summary>
internal static partial class NetSuiteTables
{
    private const string Clock = "yyyy-MM-dd HH:mm:ss";
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["salesOrder"] = "SalesOrd", ["cashSale"] = "CashSale", ["cashRefund"] = "CashRfnd", ["journalEntry"] = "Journal", ["purchaseOrder"] = "PurchOrd",
        ["itemReceipt"] = "ItemRcpt", ["itemFulfillment"] = "ItemShip", ["inventoryAdjustment"] = "InvAdjst",
    };

    [GeneratedRegex(@"'((?:[^']|'')*)'")] private static partial Regex Literals();
    [GeneratedRegex(@"AND id > (\d+)\)")] private static partial Regex BehindId();
    [GeneratedRegex(@"l\.transaction IN \(([\d, ]+)\)")] private static partial Regex Transactions();
    [GeneratedRegex(@"b\.location = (\d+) AND b\.item > (\d+)")] private static partial Regex Levels();
    [GeneratedRegex(@"t\.id > (\d+)")] private static partial Regex BehindPosted();

    /// <summary>All rows; null: it is no query that is known.</summary>
    public static List<JsonObject>? Run(NetSuiteBooks books, string query)
    {
        string[] literals = [.. Literals().Matches(query).Select(m => m.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal))];
        if (query.StartsWith("SELECT id, name FROM location", StringComparison.Ordinal))
            return [.. books.Locations.OrderBy(l => l.Key).Select(l => new JsonObject { ["links"] = new JsonArray(), ["id"] = Text(l.Key), ["name"] = l.Value })];
        if (query.StartsWith("SELECT id, itemid FROM item WHERE itemid IN", StringComparison.Ordinal))
            return [.. books.Items.Where(i => literals.Contains(i.Sku, StringComparer.OrdinalIgnoreCase)).OrderBy(i => i.Id)
                .Select(i => new JsonObject { ["id"] = Text(i.Id), ["itemid"] = i.Sku })];
        if (query.Contains(" FROM item WHERE itemtype", StringComparison.Ordinal))
            return [.. books.Items.Where(i => IsBehind(query, i.Changed, i.Id)).OrderBy(i => At(i.Changed), StringComparer.Ordinal).ThenBy(i => i.Id)
                .Select(i => new JsonObject
                {
                    ["id"] = Text(i.Id), ["itemid"] = i.Sku, ["displayname"] = i.Name, ["isinactive"] = i.IsInactive ? "T" : "F", ["changed"] = At(i.Changed),
                })];
        if (Levels().Match(query) is { Success: true } level)
            return [.. books.Levels.Where(l => Text(l.Key.Location) == level.Groups[1].Value && l.Key.Item > long.Parse(level.Groups[2].Value, CultureInfo.InvariantCulture))
                .OrderBy(l => l.Key.Item)
                .Select(l => new JsonObject
                {
                    ["id"] = Text(l.Key.Item), ["itemid"] = books.Items.First(i => i.Id == l.Key.Item).Sku, ["onhand"] = l.Value.ToString(CultureInfo.InvariantCulture),
                })];
        if (query.StartsWith("SELECT id FROM transaction WHERE type = 'PurchOrd' AND tranid", StringComparison.Ordinal))
            return [.. books.Of("purchaseOrder").Where(r => r.Number == literals[^1]).Select(r => new JsonObject { ["id"] = Text(r.Id) })];
        if (query.StartsWith("SELECT id, tranid, externalid", StringComparison.Ordinal))
            return [.. books.Records.Where(r => Types[r.Type] == Type(query) && IsBehind(query, r.Changed, r.Id))
                .OrderBy(r => At(r.Changed), StringComparer.Ordinal).ThenBy(r => r.Id)
                .Select(r => new JsonObject { ["id"] = Text(r.Id), ["tranid"] = r.Number, ["externalid"] = r.ExternalId, ["changed"] = At(r.Changed) })];
        if (Transactions().Match(query) is { Success: true } wanted)
            return Lines(books, [.. wanted.Groups[1].Value.Split(", ")], query.Contains("AS purchase", StringComparison.Ordinal));
        if (BehindPosted().Match(query) is { Success: true } behind && query.Contains("foreigntotal", StringComparison.Ordinal))
        {
            string day = literals.First(l => DateOnly.TryParseExact(l, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
            return [.. books.Records.Where(r => r.ExternalId?.StartsWith("sy-", StringComparison.Ordinal) == true && (string?)r.Body["tranDate"] == day
                && r.Id > long.Parse(behind.Groups[1].Value, CultureInfo.InvariantCulture)).OrderBy(r => r.Id)
                .Select(r => new JsonObject
                {
                    ["id"] = Text(r.Id), ["externalid"] = r.ExternalId, ["type"] = Types[r.Type], ["currency"] = "GBP",
                    ["total"] = (r.Type == "cashRefund" ? -r.Total : r.Total).ToString(CultureInfo.InvariantCulture), ["debits"] = r.Total.ToString(CultureInfo.InvariantCulture),
                })];
        }
        return null;
    }

    private static List<JsonObject> Lines(NetSuiteBooks books, string[] ids, bool isReceipt) =>
    [
        .. from record in books.Records where ids.Contains(Text(record.Id)) orderby record.Id
           from line in record.Lines orderby line.No
           select isReceipt
               ? new JsonObject
               {
                   ["id"] = Text(record.Id), ["line"] = Text(line.No), ["itemid"] = books.Items.First(i => i.Id == line.Item).Sku,
                   ["quantity"] = Text((long)line.Quantity), ["location"] = Text(line.Location), ["purchase"] = books.Records.First(r => r.Id == record.CreatedFrom).Number,
               }
               : new JsonObject
               {
                   ["id"] = Text(record.Id), ["line"] = Text(line.No), ["itemid"] = books.Items.First(i => i.Id == line.Item).Sku, ["quantity"] = Text((long)line.Quantity),
                   ["received"] = Text((long)line.Received), ["location"] = Text(line.Location),
                   ["isclosed"] = line.IsClosed ? "T" : "F", ["due"] = line.Due?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
               },
    ];

    private static bool IsBehind(string query, DateTimeOffset changed, long id)
    {
        string mark = Literals().Matches(query).Select(m => m.Groups[1].Value).First(l => DateTime.TryParseExact(l, Clock,
            CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        long behind = long.Parse(BehindId().Match(query).Groups[1].Value, CultureInfo.InvariantCulture);
        int order = string.CompareOrdinal(At(changed), mark);
        return order > 0 || order == 0 && id > behind;
    }

    private static string Type(string query) => Literals().Matches(query[query.IndexOf("WHERE", StringComparison.Ordinal)..])[0].Groups[1].Value;

    // The account's clock is not ours.
    private static string At(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(-8)).ToString(Clock, CultureInfo.InvariantCulture);
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
