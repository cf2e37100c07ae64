using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>How connections fare, worked out from what is known of them.</summary>
internal static class ConnectionHealth
{
    /// <summary>An order that waits for longer is slow.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(5);

    private const int Hours = 24;

    private sealed record Orders(long Waiting, long OldestMs, long Parked, long OfDay);

    public static async Task<IReadOnlyList<ConnectionView>> Views(Work work, IReadOnlyList<Connection> connections, ConnectorDesk desk, ConnectorPatience patience, string address, DateTimeOffset now)
    {
        if (connections.Count == 0) return [];
        long nowMs = now.ToUnixTimeMilliseconds();
        Rows<Connection> ids() => Rows.Of(connections.ToList()).Uuid("id", c => c.Id.Value);
        var batch = work.Batch();
        var orders = batch.Query(
            """
            select r.id, (select count(*) from channel_orders o where o.connection_id = r.id and o.merchant_id = @merchant and o.state = 'waiting'),
                   (select coalesce(min(o.changed_at_ms), @now) from channel_orders o where o.connection_id = r.id and o.merchant_id = @merchant and o.state = 'waiting'),
                   (select count(*) from channel_orders o where o.connection_id = r.id and o.merchant_id = @merchant and o.state = 'parked'),
                   (select count(*) from channel_orders o where o.connection_id = r.id and o.merchant_id = @merchant and o.created_at_ms >= @since and o.order_id is not null)
              from @rows r
            """, ids(), row => (Id: row.Uuid(), Orders: new Orders(row.Long(), row.Long(), row.Long(), row.Long())), ("now", nowMs), ("since", nowMs - (long)TimeSpan.FromDays(1).TotalMilliseconds));
        // Whole hours back from now, so that the last one is as long as the others.
        var hours = batch.Query(
            """
            select o.connection_id, (@now - o.created_at_ms) / 3600000, count(*) from @rows r join channel_orders o on o.connection_id = r.id
             where o.merchant_id = @merchant and o.created_at_ms > @since and o.created_at_ms <= @now and o.order_id is not null group by 1, 2
            """, ids(), row => (Id: row.Uuid(), Ago: row.Long(), N: row.Long()), ("now", nowMs), ("since", nowMs - (long)TimeSpan.FromDays(1).TotalMilliseconds));
        var counts = batch.Query(
            "select c.connection_id, c.what, sum(c.n) from @rows r join connection_counts c on c.connection_id = r.id where c.merchant_id = @merchant and c.day > @day group by c.connection_id, c.what",
            ids(), row => (Id: row.Uuid(), What: row.Text(), N: row.Sum()), ("day", MessageTally.Day(now.AddDays(-7))));
        await batch.Run();
        var of = orders.ToDictionary(o => o.Id, o => o.Orders);
        var stock = await StockHealth.Read(work, now);
        var tally = counts.ToLookup(c => c.Id);
        var byHour = hours.ToDictionary(h => (h.Id, h.Ago), h => h.N);
        return [.. connections.Select(c => ConnectionView.Of(c, desk, Health(c, of[c.Id.Value], Counts(tally[c.Id.Value].ToDictionary(t => t.What, t => t.N)), patience, stock.GetValueOrDefault(c.Id.Value), now) with { OrdersByHour = [.. Enumerable.Range(0, Hours).Select(i => byHour.GetValueOrDefault((c.Id.Value, (long)(Hours - 1 - i))))] }, address))];
    }

    private static MessageCounts Counts(Dictionary<string, long> n) => new(n.GetValueOrDefault("forged"), n.GetValueOrDefault("stale"), n.GetValueOrDefault("repeated"), n.GetValueOrDefault("taken"));

    private static ConnectionHealthView Health(Connection c, Orders orders, MessageCounts counts, ConnectorPatience patience, StockHealth? stock, DateTimeOffset now)
    {
        var (asked, heard, failed) = (At(c.AskedAtMs), At(c.HeardAtMs), At(c.FailedAtMs));
        bool isSlow = heard is { } last && now - last > 3 * patience.AskEvery || orders.Waiting > 0 && now.ToUnixTimeMilliseconds() - orders.OldestMs > LongWait.TotalMilliseconds;
        string state = c.State != "live" ? "idle" : c.Failures > 0 ? "failing" : asked is null ? "never" : isSlow ? "slow" : "fine";
        return new ConnectionHealthView(state, asked, heard, c.Failures, failed, c.Said, At(c.WatermarkMs), orders.Waiting, orders.Parked, orders.OfDay, stock?.TasksWaiting ?? 0, stock?.TasksParked ?? 0, stock?.Listings ?? 0,
            stock?.Unmatched ?? 0, stock?.StockWaiting ?? 0, new StockLag(stock?.Lag.P50Ms, stock?.Lag.P99Ms, stock?.Lag.N ?? 0), counts);
    }

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
