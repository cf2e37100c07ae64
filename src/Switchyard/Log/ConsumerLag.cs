using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>How far a consumer is behind the log of one merchant.</summary>
public static class ConsumerLag
{
    internal const string Oldest = "select e.at_ms from events e where e.merchant_id = @merchant and e.position > @position order by e.position limit 1";

    /// <summary>The same over all merchants.</summary>
    public static async Task<long?> OfHouse(Work work, string consumer, DateTimeOffset now)
    {
        long position = await work.Scalar("select coalesce(max(c.position), 0) from consumers c where c.name = @consumer", ("consumer", consumer));
        var oldest = await work.Query("select e.at_ms from events e where e.position > @position order by e.position limit 1 -- house", row => row.Long(), ("position", position));
        return oldest is [var at] ? Math.Max(0, (now.ToUnixTimeMilliseconds() - at) / 1_000) : null;
    }

    /// <summary>Seconds since the oldest entry of the merchant that it has not seen; null when it has seen all.</summary>
    public static async Task<long?> Behind(Work work, string consumer, DateTimeOffset now)
    {
        // In two steps: under row security PostgreSQL uses no index for a bound that a query within the query gives, and reads the whole log.
        long position = await work.Scalar("select position from consumers where name = @consumer", ("consumer", consumer));
        var oldest = await work.Query(Oldest, row => row.Long(), ("position", position));
        return oldest is [var at] ? Math.Max(0, (now.ToUnixTimeMilliseconds() - at) / 1_000) : null;
    }
}
