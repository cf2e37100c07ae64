using System.Text.Json;
using Switchyard.Database;
using Switchyard.Log;

namespace Switchyard.Webhooks;

/// <summary>
/// The consumer of the log: notes for each entry who is to be told of it, in the order of the log. Sending is somebody else's work, so
/// nothing here waits for a receiver.
/// </summary>
public sealed class QueueDeliveries(TimeProvider clock)
{
    public const string Consumer = "webhooks";

    private sealed record Queued(Webhook To, LoggedEvent Entry, string Lane);

    public async Task Handle(Work work, IReadOnlyList<LoggedEvent> events)
    {
        var webhooks = await work.Query(
            $"select {Webhook.Columns} from webhook_endpoints /* house */ where merchant_id = any(@of) and state <> 'deleted' order by id",
            Webhook.Read, ("of", events.Select(e => e.Merchant).Distinct().ToArray()));
        if (webhooks.Count == 0) return;
        var wanted = events.SelectMany(e => webhooks.Where(w => w.Merchant == e.Merchant && w.FromPosition < e.Position && EventFilter.Takes(w.Kinds, e.Kind)), (e, w) => (Entry: e, To: w)).ToList();
        if (wanted.Count == 0) return;
        var scopes = wanted.Select(x => x.Entry).Distinct().ToDictionary(e => e.Position, Scope.Of);
        var channels = await ChannelsOf(work, [.. wanted.Where(x => x.To.Channels is not null).Select(x => (x.Entry.Merchant, scopes[x.Entry.Position].Order)).Distinct()]);
        var nodes = await NodeCodes(work, [.. wanted.SelectMany(x => x.To.NodeIds ?? []).Distinct()]);
        var queued = wanted
            .Where(x => x.To.Channels is null || scopes[x.Entry.Position].Order is { } order && channels.TryGetValue((x.Entry.Merchant, order), out string? code) && x.To.Channels.Contains(code))
            .Where(x => x.To.NodeIds is null || scopes[x.Entry.Position].Nodes is { Count: > 0 } named && named.All(n => x.To.NodeIds.Any(id => nodes.GetValueOrDefault(id) == n)))
            .Select(x => new Queued(x.To, x.Entry, LaneOf(x.Entry, scopes[x.Entry.Position]))).ToList();
        await Insert(work, queued, clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>In which row an entry stands: that of its order, if it has one.</summary>
    internal static string LaneOf(LoggedEvent entry) => LaneOf(entry, Scope.Of(entry));

    private static string LaneOf(LoggedEvent entry, Scope scope) => EntryScope.LaneOf(entry.AggregateKind, entry.AggregateId, scope.Order);

    /// <summary>Notes deliveries and opens their lanes. A lane that is there already is locked, so that the sender does not close it meanwhile.</summary>
    private static async Task Insert(Work work, List<Queued> queued, long now)
    {
        var batch = work.Batch();
        batch.Execute(
            """
            insert into webhook_deliveries (endpoint_id, position, merchant_id, lane, aggregate_kind, aggregate_id, seq, kind, state, created_at_ms)
            select endpoint_id, position, merchant_id, lane, aggregate_kind, aggregate_id, seq, kind, 'waiting', @now from @rows r where true on conflict do nothing
            """,
            Rows.Of(queued).Uuid("endpoint_id", q => q.To.Id.Value).Long("position", q => q.Entry.Position).Long("merchant_id", q => q.To.Merchant).Text("lane", q => q.Lane)
                .Text("aggregate_kind", q => q.Entry.AggregateKind).Text("aggregate_id", q => q.Entry.AggregateId).Long("seq", q => q.Entry.Seq).Text("kind", q => q.Entry.Kind),
            ("now", now));
        DeliveriesSql.OpenLanes(batch, [.. queued.Select(q => new Lane(q.To.Id, q.To.Merchant, q.Lane)).Distinct()], now);
        await batch.Run();
    }

    // An order's channel never changes, so it may be read at any time.
    private static async Task<Dictionary<(long, string), string>> ChannelsOf(Work work, List<(long Merchant, string? Order)> orders)
    {
        var known = orders.Select(o => (o.Merchant, o.Order, IsOrder: Kernel.OrderId.TryParse(o.Order, null, out var id), Id: id.Value)).Where(o => o.IsOrder).ToList();
        return (await work.Query(
            """
            select r.merchant, r.name, c.code from @rows r /* house */
              join orders o on o.id = r.id and o.merchant_id = r.merchant join channels c on c.id = o.channel_id
            """,
            Rows.Of(known).Long("merchant", o => o.Merchant).Text("name", o => o.Order).Uuid("id", o => o.Id),
            row => (Key: (row.Long(), row.Text()), Code: row.Text()))).ToDictionary(o => o.Key, o => o.Code);
    }

    private static async Task<Dictionary<long, string>> NodeCodes(Work work, long[] ids) => ids.Length == 0 ? []
        : (await work.Query("select id, code from nodes where id = any(@ids)", row => (Id: row.Long(), Code: row.Text()), ("ids", ids))).ToDictionary(n => n.Id, n => n.Code);

    private sealed record Scope(string? Order, IReadOnlySet<string> Nodes)
    {
        public static Scope Of(LoggedEvent entry)
        {
            try
            {
                using var payload = JsonDocument.Parse(entry.Payload);
                return new Scope(EntryScope.OrderOf(entry.AggregateKind, entry.AggregateId, payload.RootElement),
                    EntryScope.NodesOf(entry.AggregateKind, entry.AggregateId, payload.RootElement));
            }
            catch (JsonException) { return new Scope(EntryScope.OrderOf(entry.AggregateKind, entry.AggregateId, default), new HashSet<string>()); }
        }
    }
}
