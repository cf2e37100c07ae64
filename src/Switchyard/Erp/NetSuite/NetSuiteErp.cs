using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Erp.NetSuite;

/// <summary>NetSuite by its REST record service and SuiteQL. Records are found and upserted by our external id.</summary>
public sealed class NetSuiteErp : IErp
{
    private const string Beginning = "1970-01-01 00:00:00", ClockFormat = "yyyy-MM-dd HH:mm:ss";
    // NetSuite tells the account's local time: an hour comes twice where clocks go back, and changes are seen a little late.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(65);
    private static readonly string[] Tokens = ["consumerKey", "consumerSecret", "tokenId", "tokenSecret"], Certificate = ["clientId", "certificateId", "privateKey"];
    private readonly NetSuiteApi _api = new();

    public ErpManifest Manifest { get; } = new("netsuite", "NetSuite", ["items", "stock", "readStock", "pushStock", "orders", "shipments", "money", "purchases", "receipts"],
        [
            new("account", "The account id, such as 1234567 or 1234567_SB1.", IsRequired: true),
            new("customer", "Internal id of the customer that all orders are booked to.", IsRequired: true),
            new("chargeItem", "Internal id of the item for postage and other charges.", IsRequired: true),
            new("saleItem", "Internal id of the item that money is booked to, where it is booked as cash sales and cash refunds."),
            new("taxItem", "Internal id of the item that tax is booked to; without it NetSuite works tax out itself."),
            new("subsidiary", "Internal id of the subsidiary (OneWorld only)."),
            new("money", "How money is booked: records (cash sales and refunds) or journals. records where nothing is said."),
            new("clearingAccount", "Internal id of the account that money is owed to or from us by payment providers, for journals."),
            new("salesAccount", "Internal id of the account of sales, for journals."),
            new("taxAccount", "Internal id of the account of tax, for journals."),
            new("adjustmentAccount", "Internal id of the account that differences of stock are booked to."),
            new("vendors", "Internal ids of vendors by our code of the supplier, as JSON: {\"ACME\": \"42\"}."),
            new("currencies", "Internal ids of currencies by their code, as JSON: {\"GBP\": \"1\"}. Without it, NetSuite takes the customer's."),
            new("concurrency", "Calls at once, of those that the account leaves to all its integrations; 2 where nothing is said."),
            new("consumerKey", "Token-based authentication: the integration's consumer key.", IsSecret: true),
            new("consumerSecret", "Its secret.", IsSecret: true),
            new("tokenId", "The token's id.", IsSecret: true),
            new("tokenSecret", "The token's secret.", IsSecret: true),
            new("clientId", "OAuth 2.0 client credentials: the integration's client id.", IsSecret: true),
            new("certificateId", "The id NetSuite gave the certificate.", IsSecret: true),
            new("privateKey", "The certificate's private key, as PEM.", IsSecret: true),
        ],
        120, "NetSuite's tutorials of SuiteTalk REST web services, as far as they are public. Its schema was not at hand.", NetSuiteWords.Assumptions);

    public string? Missing(JsonObject settings, IReadOnlyCollection<string> secretNames)
    {
        if (!Tokens.All(secretNames.Contains) && !Certificate.All(secretNames.Contains))
            return "Give consumerKey, consumerSecret, tokenId and tokenSecret, or clientId, certificateId and privateKey.";
        string money = (string?)settings["money"] is { Length: > 0 } said ? said : "records";
        if (money is not ("records" or "journals")) return "money is records or journals.";
        string[] needed = money == "records" ? ["saleItem"] : ["clearingAccount", "salesAccount", "taxAccount"];
        if (needed.FirstOrDefault(n => (string?)settings[n] is not { Length: > 0 }) is { } missing) return $"To book money as {money}, {missing} is needed.";
        return new[] { "vendors", "currencies" }.FirstOrDefault(n => (string?)settings[n] is { Length: > 0 } text && NetSuiteRecords.Map(text) is null) is { } broken
            ? $"{broken} is a JSON object of texts." : null;
    }

    public async Task<AdapterAnswer<ErpCompany>> Test(ErpCall call)
    {
        var said = await _api.Query(call, NetSuiteQueries.Places, NetSuiteQueries.Page);
        if (said.Fault is { } fault) return fault;
        return new ErpCompany($"NetSuite {call.Access.Setting("account")}", [.. said.Value.Rows.Where(r => r.Say("id") is not null)
            .Select(r => new ErpPlace(r.Say("id")!, r.Say("name") ?? r.Say("id")!))]);
    }

    public async Task<AdapterAnswer<ErpPage<ErpItem>>> Items(ErpCall call, string? mark, string? cursor)
    {
        var from = From(mark, cursor);
        var said = await _api.Query(call, NetSuiteQueries.Items(from), NetSuiteQueries.Page);
        if (said.Fault is { } fault) return fault;
        var items = said.Value.Rows.Where(r => r.Say("id") is not null && r.Say("itemid") is not null)
            .Select(r => new ErpItem(r.Say("id")!, r.Say("itemid")!, r.Say("displayname") is { Length: > 0 } name ? name : r.Say("itemid")!, r.Say("isinactive") == "T")).ToList();
        return Paged(items, said.Value, from, mark);
    }

    public async Task<AdapterAnswer<ErpPage<ErpLevel>>> Stock(ErpCall call, string place, string? cursor)
    {
        var said = await _api.Query(call, NetSuiteQueries.Levels(place, cursor ?? "0"), NetSuiteQueries.Page);
        if (said.Fault is { } fault) return fault;
        if (IsEndless(said.Value)) return new AdapterFault(FaultKind.Malformed, "A page without rows has another behind it.");
        // NetSuite lets stock go below zero.
        var levels = said.Value.Rows.Where(r => r.Say("itemid") is not null).Select(r => new ErpLevel(r.Say("itemid")!, Signed(r, "onhand"))).ToList();
        return new ErpPage<ErpLevel>(levels, said.Value.HasMore ? said.Value.Rows[^1].Say("id") : null, null);
    }

    public async Task<AdapterAnswer<ErpPage<ErpPurchase>>> Purchases(ErpCall call, string? mark, string? cursor)
    {
        var from = From(mark, cursor);
        var said = await _api.Query(call, NetSuiteQueries.Transactions("PurchOrd", from), NetSuiteQueries.Page);
        if (said.Fault is { } fault) return fault;
        // An order that we posted is known here.
        var heads = said.Value.Rows.Where(r => r.Say("id") is not null && r.Say("tranid") is not null
            && r.Say("externalid")?.StartsWith(ErpExternalId.Prefix, StringComparison.Ordinal) != true).ToList();
        var lines = await Lines(call, heads, NetSuiteQueries.PurchaseLines);
        if (lines.Fault is { } broken) return broken;
        var found = new List<ErpPurchase>();
        foreach (var head in heads)
            foreach (var place in lines.Value[head.Say("id")!].Where(l => l.Say("itemid") is not null).GroupBy(l => l.Say("location") ?? ""))
                found.Add(new ErpPurchase(head.Say("id")!, head.Say("tranid")!, place.Key,
                    place.Select(l => Day(l.Say("due"))).Where(d => d is not null).DefaultIfEmpty(null).Max(), place.All(l => l.Say("isclosed") == "T"),
                    [.. place.GroupBy(l => l.Say("itemid")!).Select(g => new ErpOpenLine(g.Key, g.Sum(Open)))]));
        return Paged(found, said.Value, from, mark);
    }

    public async Task<AdapterAnswer<ErpPage<ErpReceipt>>> Receipts(ErpCall call, string? mark, string? cursor)
    {
        var from = From(mark, cursor);
        var said = await _api.Query(call, NetSuiteQueries.Transactions("ItemRcpt", from), NetSuiteQueries.Page);
        if (said.Fault is { } fault) return fault;
        var heads = said.Value.Rows.Where(r => r.Say("id") is not null && r.Say("externalid")?.StartsWith(ErpExternalId.Prefix, StringComparison.Ordinal) != true).ToList();
        var lines = await Lines(call, heads, NetSuiteQueries.ReceiptLines);
        if (lines.Fault is { } broken) return broken;
        var found = new List<ErpReceipt>();
        foreach (var head in heads)
            foreach (var part in lines.Value[head.Say("id")!].Where(l => l.Say("itemid") is not null && l.Say("purchase") is not null)
                .GroupBy(l => (Place: l.Say("location") ?? "", Purchase: l.Say("purchase")!)))
                found.Add(new ErpReceipt($"{head.Say("id")}@{part.Key.Place}", head.Say("tranid") ?? head.Say("id")!, part.Key.Purchase, part.Key.Place,
                    [.. part.Select(l => new ErpReceivedLine(l.Say("line") ?? "", l.Say("itemid")!, Units(l, "quantity")))]));
        return Paged(found, said.Value, from, mark);
    }

    public Task<AdapterAnswer<ErpRecord>> Post(ErpCall call, ErpDocument document) => new NetSuiteRecords(_api, call).Post(document);

    public async Task<AdapterAnswer<ErpPage<ErpPosted>>> Posted(ErpCall call, DateOnly day, string? cursor)
    {
        var said = await _api.Query(call, NetSuiteQueries.Posted(day, cursor ?? "0"), NetSuiteQueries.Page);
        if (said.Fault is { } fault) return fault;
        if (IsEndless(said.Value)) return new AdapterFault(FaultKind.Malformed, "A page without rows has another behind it.");
        var rows = said.Value.Rows.Where(r => r.Say("externalid") is not null && r.Say("id") is not null)
            .Select(r => new ErpPosted(r.Say("externalid")!, r.Say("type") ?? "", r.Say("id")!, r.Say("currency"),
                r.At(r.Say("type") == "Journal" ? "debits" : "total").Minor(r.Say("currency")) is { } minor ? Math.Abs(minor) : null)).ToList();
        return new ErpPage<ErpPosted>(rows, said.Value.HasMore ? said.Value.Rows[^1].Say("id") : null, null);
    }

    private async Task<AdapterAnswer<ILookup<string, JsonObject>>> Lines(ErpCall call, List<JsonObject> heads, Func<IEnumerable<string>, string> query)
    {
        var all = new List<JsonObject>();
        // Few at once, so that the lines of all fit into one page of NetSuite's at most 1,000 rows; an order with more is read by itself.
        foreach (var some in heads.Select(h => h.Say("id")!).Chunk(20))
        {
            var said = await _api.Query(call, query(some), 1000);
            if (said.Fault is { } fault) return fault;
            if (!said.Value.HasMore) { all.AddRange(said.Value.Rows); continue; }
            foreach (string one in some)
            {
                var alone = await _api.Query(call, query([one]), 1000);
                if (alone.Fault is { } broken) return broken;
                if (alone.Value.HasMore) return new AdapterFault(FaultKind.Refused, $"Transaction {one} has more than 1,000 lines.");
                all.AddRange(alone.Value.Rows);
            }
        }
        return AdapterAnswer<ILookup<string, JsonObject>>.Of(all.Where(r => r.Say("id") is not null).ToLookup(r => r.Say("id")!));
    }

    private static AdapterAnswer<ErpPage<T>> Paged<T>(List<T> items, (List<JsonObject> Rows, bool HasMore) page, (string Mark, string Id) from, string? mark)
    {
        var last = page.Rows.LastOrDefault();
        string newest = last.Say("changed") ?? from.Mark;
        if (page.HasMore && (last is null || last.Say("id") is null || last.Say("changed") is null))
            return new AdapterFault(FaultKind.Malformed, "A page ends with a row that has no place.");
        // A page that is empty moves no mark; a first round that finds nothing ends with one all the same: what comes after it is new.
        return new ErpPage<T>(items, page.HasMore ? $"{newest}|{last.Say("id")}" : null, page.Rows.Count == 0 ? mark ?? from.Mark : newest);
    }

    // The first page reaches a little behind the mark: changes are seen late. NetSuite's own clock is only ever compared with itself.
    private static (string Mark, string Id) From(string? mark, string? cursor)
    {
        if (cursor?.Split('|', 2) is [var at, var id]) return (at, id);
        return mark is not null && DateTime.TryParseExact(mark, ClockFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var newest)
            ? ((newest - Overlap).ToString(ClockFormat, CultureInfo.InvariantCulture), "0") : (Beginning, "0");
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static long Open(JsonObject line) => line.Say("isclosed") == "T" ? 0 : Math.Max(0, Units(line, "quantity") - Units(line, "received"));

    private static bool IsEndless((List<JsonObject> Rows, bool HasMore) page) => page.HasMore && page.Rows.LastOrDefault().Say("id") is null;

    private static long Units(JsonObject row, string name) => decimal.TryParse(row.Say(name), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal units)
        ? (long)decimal.Floor(Math.Abs(units)) : 0;

    private static long Signed(JsonObject row, string name) =>
        decimal.TryParse(row.Say(name), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal units) ? (long)decimal.Floor(units) : 0;
}
