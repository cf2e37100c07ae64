namespace Switchyard.Simulators;

/// <summary>
/// Calls a second and in a burst, by operation, as the models publish them for a new seller. They fill up by the vendor's clock.
/// </summary>
public sealed class UsagePlans(TimeProvider clock)
{
    private static readonly Dictionary<string, (double Rate, double Burst)> Published = new(StringComparer.Ordinal)
    {
        ["searchOrders"] = (0.0056, 20), ["getOrder"] = (0.5, 30), ["getOrderBuyerInfo"] = (0.5, 30), ["getOrderAddress"] = (0.5, 30), ["confirmShipment"] = (2, 10),
        ["searchListingsItems"] = (5, 5), ["getListingsItem"] = (5, 10), ["patchListingsItem"] = (5, 5),
        ["createFeedDocument"] = (0.5, 15), ["getFeedDocument"] = (0.0222, 10), ["createFeed"] = (0.0083, 15), ["getFeeds"] = (0.0222, 10), ["getFeed"] = (2, 15),
        ["cancelFeed"] = (2, 15),
        ["getInventorySummaries"] = (2, 2), ["listFinancialEventsByOrderId"] = (0.5, 30), ["createRestrictedDataToken"] = (1, 10),
    };

    private static readonly (double Rate, double Burst) Others = (1, 5);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (double Left, DateTimeOffset At)> _buckets = new(StringComparer.Ordinal);

    /// <summary>The seller's plan as a multiple of the published one: large sellers get more. 1 is what a new seller has.</summary>
    public double Factor { get; set; } = 1000;

    /// <summary>Takes a call; the rate that counts for it, or null when none is left.</summary>
    public double? Take(string operation)
    {
        lock (_gate)
        {
            var (rate, burst) = Published.GetValueOrDefault(operation, Others);
            (rate, burst) = (rate * Factor, burst * Factor);
            var now = clock.GetUtcNow();
            var (left, at) = _buckets.TryGetValue(operation, out var bucket) ? bucket : (burst, now);
            left = Math.Min(burst, left + Math.Max(0, (now - at).TotalSeconds) * rate);
            if (left < 1)
            {
                _buckets[operation] = (left, now);
                return null;
            }
            _buckets[operation] = (left - 1, now);
            return rate;
        }
    }
}
