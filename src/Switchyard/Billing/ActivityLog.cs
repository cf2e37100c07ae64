using System.Globalization;
using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Log;

namespace Switchyard.Billing;

/// <summary>
/// Writes the activity log from the log of events: an order and its parcels when they leave, units when they are picked or booked in, less what was booked in by mistake. Each event counts once, however often it is followed. What was
/// put back was picked all the same; what a node of somebody else did is that node's bill.
/// </summary>
internal static class ActivityLog
{
    public static readonly IReadOnlyList<string> Kinds = ["FulfilmentPicked", "FulfilmentShort", "FulfilmentShipped", "FulfilmentCollected", "GoodsReceived", "ReceiptUndone"];

    /// <summary>An entry to be written.</summary>
    internal sealed record Entry(long Merchant, string Node, Activity Activity, long Quantity, string Subject, long? Position, long AtMs, string Key);

    private sealed record Told(string? Node, string? Number, JsonElement? More, IReadOnlyList<Item>? Items, long? Quantity);
    private sealed record Item(long Quantity);
    private sealed record More(IReadOnlyList<Item>? Lines, IReadOnlyList<int>? Packages, long? Found, int? Shipment);

    public static Task Handle(Work work, IReadOnlyList<LoggedEvent> events) => Write(work, [.. events.SelectMany(Of)]);

    private static IEnumerable<Entry> Of(LoggedEvent e)
    {
        var told = e.Read<Told>();
        var more = told.More is { ValueKind: JsonValueKind.Object } json ? json.Deserialize<More>(Json.Options) : null;
        string at = e.Position.ToString(CultureInfo.InvariantCulture), number = told.Number ?? e.AggregateId;
        Entry New(Activity activity, long quantity, string subject, string key) => new(e.Merchant, told.Node ?? "", activity, quantity, subject, e.Position, e.AtMs, key);
        switch (e.Kind)
        {
            case "FulfilmentPicked": yield return New(Activity.Pick, more?.Lines?.Sum(l => l.Quantity) ?? 0, number, "pick:" + at); break;
            case "FulfilmentShort": yield return New(Activity.Pick, more?.Found ?? 0, number, "pick:" + at); break;
            case "GoodsReceived": yield return New(Activity.ReceivedUnit, told.Items?.Sum(i => i.Quantity) ?? 0, e.AggregateId, "received:" + at); break;
            case "ReceiptUndone": yield return New(Activity.ReceivedUnit, -(told.Quantity ?? 0), e.AggregateId, "undone:" + at); break;
            default:
                yield return New(Activity.Order, 1, e.AggregateId, "order:" + e.AggregateId);
                if (e.Kind == "FulfilmentShipped") yield return New(Activity.Parcel, Math.Max(1, more?.Packages?.Count ?? 1), number, "parcel:" + at);
                break;
        }
    }

    /// <summary>Writes entries that are not there yet, at nodes of ours; the day is that of the node.</summary>
    internal static async Task Write(Work work, IReadOnlyList<Entry> entries)
    {
        var wanted = entries.Where(e => e.Quantity != 0 && e.Node.Length > 0).ToList();
        if (wanted.Count == 0) return;
        var nodes = (await work.Query("select id, code, time_zone from nodes where kind in ('warehouse', 'store') and code = any(@codes)",
            row => (Id: row.Long(), Code: row.Text(), Zone: TimeZoneInfo.FindSystemTimeZoneById(row.TextOrNull() ?? "UTC")), ("codes", wanted.Select(e => e.Node).Distinct().ToArray()))).ToDictionary(n => n.Code);
        await work.Execute(
            """
            insert into billable_activities (merchant_id, node_id, activity, day, quantity, subject, position, at_ms, fact_key)
            select merchant_id, node_id, activity, day, quantity, subject, position, at_ms, fact_key from @rows r where true order by merchant_id, fact_key on conflict (merchant_id, fact_key) do nothing
            """,
            Rows.Of(wanted.Where(e => nodes.ContainsKey(e.Node)).DistinctBy(e => (e.Merchant, e.Key)).ToList()).Long("merchant_id", e => e.Merchant).Long("node_id", e => nodes[e.Node].Id)
                .Text("activity", e => Bills.Name(e.Activity)).Text("day", e => Day(e.AtMs, nodes[e.Node].Zone)).Long("quantity", e => e.Quantity).Text("subject", e => e.Subject)
                .LongOrNull("position", e => e.Position).Long("at_ms", e => e.AtMs).Text("fact_key", e => e.Key));
    }

    internal static string Day(long atMs, TimeZoneInfo zone) => Text(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(atMs), zone).DateTime));
    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
