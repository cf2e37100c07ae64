using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>When nodes were last fed with their levels, by a file or over the API.</summary>
public static class StockFeeds
{
    /// <param name="FedAtMs">When the newest feed came.</param>
    public readonly record struct Fed(long Merchant, long Node, long FedAtMs);

    /// <summary>Notes that these nodes have just told their levels.</summary>
    internal static Task Note(Work work, IEnumerable<long> nodes, DateTimeOffset now) => work.Execute(
        """
        insert into stock_feeds (merchant_id, node_id, fed_at_ms) select @merchant, node_id, @now from @rows r where true order by node_id
        on conflict (merchant_id, node_id) do update set fed_at_ms = excluded.fed_at_ms where stock_feeds.fed_at_ms < excluded.fed_at_ms
        """, Rows.Of(nodes.Distinct().ToList()).Long("node_id", n => n), ("now", now.ToUnixTimeMilliseconds()));

    /// <summary>Of the merchant of this work.</summary>
    public static Task<List<Fed>> Read(Work work) => work.Query("select merchant_id, node_id, fed_at_ms from stock_feeds where merchant_id = @merchant", Row);

    /// <summary>Of the whole house; the work must be that of <see cref="Db.ReadAll"/>.</summary>
    public static Task<List<Fed>> ReadAll(Work work) => work.Query("select merchant_id, node_id, fed_at_ms from stock_feeds /* house */", Row);

    private static Fed Row(Row row) => new(row.Long(), row.Long(), row.Long());
}
