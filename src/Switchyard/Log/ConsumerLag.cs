using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>How far a consumer is behind the log of one merchant.</summary>
public static class ConsumerLag
{
    /// <summary>Seconds since the oldest entry of the merchant that it has not seen; null when it has seen all.</summary>
    public static async Task<long?> Behind(Work work, string consumer, DateTimeOffset now)
    {
        var oldest = await work.Query(
            """
            select e.at_ms from events e where e.merchant_id = @merchant and e.position > coalesce((select c.position from consumers c where c.name = @consumer), 0)
             order by e.position limit 1
            """, row => row.Long(), ("consumer", consumer));
        return oldest is [var at] ? Math.Max(0, (now.ToUnixTimeMilliseconds() - at) / 1_000) : null;
    }
}
