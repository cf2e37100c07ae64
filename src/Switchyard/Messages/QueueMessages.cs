using System.Text.Json;
using System.Text.Json.Nodes;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Messages;

/// <summary>
/// The consumer of the log: notes for each piece of news that a customer is told which message it makes, and that an order has left. The same news makes the same row however often
/// it is read, so a message is made once. Whether it is sent, and what it says, is decided when it goes.
/// </summary>
public sealed class QueueMessages(TimeProvider clock)
{
    public const string Consumer = "messages";

    /// <summary>News older than this is nobody's news any more.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromDays(3);

    public static readonly IReadOnlyList<string> Kinds =
        ["OrderPlaced", "FulfilmentShipped", "PackageTracked", "FulfilmentDelivered", "FulfilmentReadyForPickup", "OrderPromiseChanged"];

    private sealed record Wanted(Guid Id, long Merchant, Guid Order, string Kind, string About, long AtMs);
    private sealed record Left(Guid Id, long Merchant, Guid Order, long AtMs, long ExpiresAtMs);

    public async Task Handle(Work work, IReadOnlyList<LoggedEvent> events)
    {
        var now = clock.GetUtcNow();
        long[] merchants = [.. events.Select(e => e.Merchant).Distinct()];
        var since = (await work.Query("select a.merchant_id, a.since_ms from message_accounts a where a.merchant_id = any(@of) and a.is_active = true and a.medium = 'mail' /* house */",
            row => (Merchant: row.Long(), Ms: row.Long()), ("of", merchants))).ToDictionary(a => a.Merchant, a => a.Ms);
        var wanted = events.Where(e => since.TryGetValue(e.Merchant, out long from) && e.AtMs >= from && now.ToUnixTimeMilliseconds() - e.AtMs < Stale.TotalMilliseconds).SelectMany(Of).ToList();
        if (wanted.Count > 0)
            await work.Execute(
                """
                insert into messages (id, merchant_id, order_id, kind, about, state, event_at_ms, due_at_ms, asked_by, created_at_ms)
                select id, merchant_id, order_id, kind, about, 'waiting', at_ms, @now, 'system:messages', @now from @rows r where true on conflict (order_id, kind, about, copy_no) do nothing /* house */
                """, Rows.Of(wanted.DistinctBy(w => (w.Order, w.Kind, w.About)).OrderBy(w => w.Order).ToList()).Uuid("id", w => w.Id).Long("merchant_id", w => w.Merchant).Uuid("order_id", w => w.Order)
                    .Text("kind", w => w.Kind).Text("about", w => w.About).Long("at_ms", w => w.AtMs), ("now", now.ToUnixTimeMilliseconds()));
        await NoteLeaving(work, events, merchants, now);
    }

    // Every order that leaves has a page, whether or not its customer is written to.
    private static async Task NoteLeaving(Work work, IReadOnlyList<LoggedEvent> events, long[] merchants, DateTimeOffset now)
    {
        var shipped = events.Where(e => e.Kind == "FulfilmentShipped").ToList();
        if (shipped.Count == 0) return;
        var days = (await work.Query("select s.merchant_id, s.settings from message_settings s where s.merchant_id = any(@of) /* house */",
            row => (Merchant: row.Long(), Days: JsonSerializer.Deserialize<MessageSettings.Body>(row.Text(), Json.Options)!.LinkDays), ("of", merchants))).ToDictionary(s => s.Merchant, s => s.Days);
        var left = shipped.Where(e => OrderId.TryParse(e.AggregateId, null, out _)).Select(e => new Left(Guid.CreateVersion7(now), e.Merchant, OrderId.Parse(e.AggregateId, null).Value, e.AtMs,
                e.AtMs + (long)TimeSpan.FromDays(days.GetValueOrDefault(e.Merchant) ?? MessageSettings.UsualLinkDays).TotalMilliseconds))
            .Where(l => l.ExpiresAtMs > now.ToUnixTimeMilliseconds()).GroupBy(l => l.Order).Select(g => g.MinBy(l => l.AtMs)!).OrderBy(l => l.Order).ToList();
        if (left.Count == 0) return;
        await work.Execute(
            """
            insert into tracking_links (id, merchant_id, order_id, shipped_at_ms, expires_at_ms, created_at_ms)
            select id, merchant_id, order_id, at_ms, expires_at_ms, @now from @rows r where true
                on conflict (order_id) where revoked_at_ms is null do update set shipped_at_ms = coalesce(tracking_links.shipped_at_ms, excluded.shipped_at_ms) /* house */
            """, Rows.Of(left).Uuid("id", l => l.Id).Long("merchant_id", l => l.Merchant).Uuid("order_id", l => l.Order).Long("at_ms", l => l.AtMs).Long("expires_at_ms", l => l.ExpiresAtMs),
            ("now", now.ToUnixTimeMilliseconds()));
    }

    private static IEnumerable<Wanted> Of(LoggedEvent entry)
    {
        if (!OrderId.TryParse(entry.AggregateId, null, out var order)) return [];
        var told = JsonNode.Parse(entry.Payload)!;
        return Abouts(entry.Kind, told).Select(a => new Wanted(Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs)), entry.Merchant, order.Value, a.Kind, a.About, entry.AtMs));
    }

    private static IEnumerable<(string Kind, string About)> Abouts(string kind, JsonNode told)
    {
        string release = (string?)told["fulfilment"] ?? "";
        var more = told["more"];
        switch (kind)
        {
            case "OrderPlaced": return [(MessageKind.Confirmation, "")];
            case "FulfilmentReadyForPickup": return [(MessageKind.ReadyToCollect, release)];
            case "OrderPromiseChanged":
                return (long?)told["deliverByMsBefore"] is { } before && (long?)told["deliverByMs"] > before ? [(MessageKind.Delayed, "v" + Text.Invariant((long)told["version"]!))] : [];
            case "FulfilmentShipped":
                return Packages(more) is { Count: > 0 } left ? left.Select(p => (MessageKind.Shipped, $"{release}:{p}")) : [(MessageKind.Shipped, $"{release}:s{(long?)more?["shipment"] ?? 1}")];
            case "FulfilmentDelivered":
                return Packages(more) is { Count: > 0 } arrived ? arrived.Select(p => (MessageKind.Delivered, $"{release}:{p}")) : [(MessageKind.Delivered, release)];
            default:
                string about = $"{release}:{(long?)more?["package"] ?? 0}";
                return (string?)more?["state"] switch
                {
                    "outForDelivery" => [(MessageKind.OutForDelivery, about)],
                    "availableAtPoint" => [(MessageKind.ReadyToCollect, about)],
                    "exception" or "lost" => [(MessageKind.Delayed, about)],
                    "delivered" => [(MessageKind.Delivered, about)],
                    _ => [],
                };
        }
    }

    private static List<long> Packages(JsonNode? more) => more?["packages"] is JsonArray list ? [.. list.OfType<JsonValue>().Select(v => (long)v)] : [];
}
