using System.Text.Json;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Sourcing;

namespace Switchyard.Inventory;

/// <summary>The last snapshot of its stock that a node sent.</summary>
/// <param name="AsOf">When it was so.</param>
/// <param name="ReceivedAt">When it came; null when our own people entered the levels.</param>
/// <param name="TrustPercent">Percent of what is on hand that is believed at this age, by the node's rule.</param>
/// <param name="Items">SKUs in it, of these <paramref name="Changed"/> with another level than we had, and <paramref name="Unknown"/> that we do not have.</param>
public sealed record StockSnapshot(DateTimeOffset AsOf, DateTimeOffset? ReceivedAt, long AgeMinutes, int TrustPercent, long? Items, long? Changed, long? Unknown);

/// <summary>When nodes were last fed with their levels, by a file or over the API.</summary>
public static class StockFeeds
{
    /// <param name="FedAtMs">When the newest feed came, or as of when a partner's snapshot was.</param>
    public readonly record struct Fed(long Merchant, long Node, long FedAtMs);

    /// <summary>Notes that these nodes have just told their levels.</summary>
    internal static Task Note(Work work, IEnumerable<long> nodes, DateTimeOffset now) => work.Execute(
        """
        insert into stock_feeds (merchant_id, node_id, fed_at_ms) select @merchant, node_id, @now from @rows r where true order by node_id
        on conflict (merchant_id, node_id) do update set fed_at_ms = excluded.fed_at_ms, told_at_ms = null, told_by = null, items = null, changed = null, unknown = null
         where stock_feeds.fed_at_ms < excluded.fed_at_ms
        """, Rows.Of(nodes.Distinct().ToList()).Long("node_id", n => n), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Notes a snapshot, unless a later one was taken: decided in the statement, so that of two that come together the later one stays.</summary>
    /// <returns>Null when it was noted, else as of when the later one was.</returns>
    internal static async Task<DateTimeOffset?> Note(Work work, long node, DateTimeOffset asOf, string by, (long Items, long Changed, long Unknown) told, DateTimeOffset now)
    {
        (string, object?)[] of = [("node", node), ("as_of", asOf.ToUnixTimeMilliseconds())];
        if (await work.Execute(
            """
            insert into stock_feeds (merchant_id, node_id, fed_at_ms, told_at_ms, told_by, items, changed, unknown) values (@merchant, @node, @as_of, @now, @by, @items, @changed, @unknown)
                on conflict (merchant_id, node_id) do update set fed_at_ms = excluded.fed_at_ms, told_at_ms = excluded.told_at_ms, told_by = excluded.told_by,
                   items = excluded.items, changed = excluded.changed, unknown = excluded.unknown where stock_feeds.fed_at_ms <= excluded.fed_at_ms
            """, [.. of, ("by", by), ("items", told.Items), ("changed", told.Changed), ("unknown", told.Unknown), ("now", now.ToUnixTimeMilliseconds())]) == 1) return null;
        return await AsOf(work, node);
    }

    /// <summary>As of when the last levels of a node were; null when it never told any.</summary>
    internal static async Task<DateTimeOffset?> AsOf(Work work, long node) =>
        await work.Query("select fed_at_ms from stock_feeds where merchant_id = @merchant and node_id = @node", row => row.Instant(), ("node", node)) is [var at] ? at : null;

    /// <summary>Of the merchant of this work.</summary>
    public static Task<List<Fed>> Read(Work work) => work.Query("select merchant_id, node_id, fed_at_ms from stock_feeds where merchant_id = @merchant", Row);

    /// <summary>Of the whole house; the work must be that of <see cref="Db.ReadAll"/>.</summary>
    public static Task<List<Fed>> ReadAll(Work work) => work.Query("select merchant_id, node_id, fed_at_ms from stock_feeds /* house */", Row);

    /// <summary>The last snapshots of the merchant's nodes, with their age.</summary>
    public static Task<List<(long Node, StockSnapshot View)>> Snapshots(Work work, DateTimeOffset now) => work.Query(
        """
        select f.node_id, f.fed_at_ms, f.told_at_ms, f.items, f.changed, f.unknown, n.feed_steps, n.feed_since_ms from stock_feeds f join nodes n on n.id = f.node_id
         where f.merchant_id = @merchant
        """, row =>
        {
            var (node, asOf, told, items, changed, unknown) = (row.Long(), row.Long(), row.InstantOrNull(), row.LongOrNull(), row.LongOrNull(), row.LongOrNull());
            var rule = new FeedRule(JsonSerializer.Deserialize<List<FeedStep>>(row.Text(), Json.Options)!, row.LongOrNull() ?? 0);
            long nowMs = now.ToUnixTimeMilliseconds();
            return (node, new StockSnapshot(DateTimeOffset.FromUnixTimeMilliseconds(asOf), told, Math.Max(0, nowMs - asOf) / 60_000, rule.TrustPercent(asOf, nowMs), items, changed, unknown));
        });

    private static Fed Row(Row row) => new(row.Long(), row.Long(), row.Long());
}
