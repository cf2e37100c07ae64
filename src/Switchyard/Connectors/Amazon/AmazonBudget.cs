using System.Collections.Concurrent;
using System.Globalization;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Amazon;

/// <summary>
/// How often each operation may be called: every one has a rate and a burst of its own (its usage plan), which the published models say for a new seller and the answers'
/// x-amzn-RateLimit-Limit for this one.
/// What would be one too many is not sent, and its caller hears when to come again.
/// </summary>
internal sealed class AmazonBudget(TimeProvider clock)
{
    private static readonly Dictionary<string, (double Rate, double Burst)> Published = new(StringComparer.Ordinal)
    {
        ["searchOrders"] = (0.0056, 20), ["getOrder"] = (0.5, 30), ["confirmShipment"] = (2, 10), ["searchListingsItems"] = (5, 5), ["getListingsItem"] = (5, 10),
        ["patchListingsItem"] = (5, 5),
        ["getInventorySummaries"] = (2, 2), ["createFeedDocument"] = (0.5, 15), ["getFeedDocument"] = (0.0222, 10), ["createFeed"] = (0.0083, 15), ["getFeed"] = (2, 15),
    };

    private static readonly (double Rate, double Burst) Others = (1, 5);
    private readonly ConcurrentDictionary<(string, string), Bucket> _buckets = new();

    private sealed class Bucket(double rate, double burst, long at)
    {
        public readonly Lock Gate = new();
        public double Rate = rate, Left = burst;
        public readonly double Burst = burst;
        public long At = at;
    }

    /// <summary>Takes one call; null: it may be made.</summary>
    public TimeSpan? Take(string account, string operation)
    {
        var bucket = Of(account, operation);
        lock (bucket.Gate)
        {
            long now = clock.GetTimestamp();
            bucket.Left = Math.Min(bucket.Burst, bucket.Left + clock.GetElapsedTime(bucket.At, now).TotalSeconds * bucket.Rate);
            bucket.At = now;
            if (bucket.Left < 1) return TimeSpan.FromSeconds((1 - bucket.Left) / bucket.Rate);
            bucket.Left--;
            return null;
        }
    }

    /// <summary>What an answer says of the plan.</summary>
    public void Learn(string account, string operation, AdapterReply reply)
    {
        string? told = reply.Headers.FirstOrDefault(h => h.Key.Equals("x-amzn-RateLimit-Limit", StringComparison.OrdinalIgnoreCase)).Value;
        if (!double.TryParse(told, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) || rate is not (> 0 and < 100_000)) return;
        var bucket = Of(account, operation);
        lock (bucket.Gate) bucket.Rate = rate;
    }

    /// <summary>Amazon says that it was one too many: there is none left, and the next one is had after this time.</summary>
    public TimeSpan Empty(string account, string operation)
    {
        var bucket = Of(account, operation);
        lock (bucket.Gate)
        {
            (bucket.Left, bucket.At) = (0, clock.GetTimestamp());
            return TimeSpan.FromSeconds(Math.Min(300, 1 / bucket.Rate));
        }
    }

    private Bucket Of(string account, string operation)
    {
        var (rate, burst) = Published.GetValueOrDefault(operation, Others);
        return _buckets.GetOrAdd((account, operation), _ => new Bucket(rate, burst, clock.GetTimestamp()));
    }
}
