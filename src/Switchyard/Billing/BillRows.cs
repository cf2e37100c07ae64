using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;

namespace Switchyard.Billing;

/// <summary>A bill as it was approved: never changed.</summary>
/// <param name="Tariff">The prices it was made by, also of what there was none of.</param>
/// <param name="Entries">Of how many entries of the activity log it is the sum.</param>
internal sealed record ApprovedBill(long Merchant, string Month, int Version, string Currency, IReadOnlyList<TariffLine> Tariff, IReadOnlyList<BillLine> Lines, IReadOnlyList<string> Unpriced, long TotalMinor, long Entries,
    string By, DateTimeOffset At);

/// <summary>Reads what bills are made of.</summary>
internal static class BillRows
{
    /// <summary>Approved bills of these merchants and months, the first version first.</summary>
    public static Task<List<ApprovedBill>> Approved(Work work, long[] merchants, string from, string to) => work.Query(
        """
        select merchant_id, month, version, currency, tariff, lines, unpriced, total_minor, entries, approved_name, approved_at_ms from bills
         where merchant_id = any(@merchants) and month >= @from and month <= @to order by merchant_id, month, version
        """, row => new ApprovedBill(row.Long(), row.Text(), row.Int(), row.Text(), From<TariffLine>(row.Text()), From<BillLine>(row.Text()), Words(row.Text()), row.Long(), row.Long(), row.Text(), row.Instant()),
        ("merchants", merchants), ("from", from), ("to", to));

    /// <summary>Quantity and number of entries of a month by activity.</summary>
    /// <param name="node">Only at this one; all when empty.</param>
    public static async Task<Dictionary<Activity, (long Quantity, long Events)>> Sums(Work work, string from, string to, string node, long[]? nodes) => (await work.Query(
        $"""
        select a.activity, sum(a.quantity), count(*) from billable_activities a join nodes n on n.id = a.node_id
         where a.merchant_id = @merchant and a.day >= @from and a.day < @to and (@node = '' or upper(n.code) = @node){(nodes is null ? "" : " and a.node_id = any(@nodes)")} group by a.activity
        """, row => (Activity: Bills.Parse(row.Text())!.Value, Quantity: row.Sum(), Events: row.Sum()),
        ("from", from), ("to", to), ("node", node), ("nodes", nodes ?? []))).ToDictionary(s => s.Activity, s => (s.Quantity, s.Events));

    public static string Json<T>(IReadOnlyList<T> lines) => JsonSerializer.Serialize(lines, Http.Json.Options);
    public static IReadOnlyList<string> Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
    private static List<T> From<T>(string json) => JsonSerializer.Deserialize<List<T>>(json, Http.Json.Options)!;
}
