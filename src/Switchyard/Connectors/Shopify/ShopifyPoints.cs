using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Switchyard.Adapters;

namespace Switchyard.Connectors.Shopify;

/// <summary>
/// The points that a shop gives an app: a bucket that fills by so many in a second. What is left is known from every answer; a question for which there are not enough waits until there are, instead of being refused.
/// </summary>
internal sealed class ShopifyPoints
{
    private sealed class Bucket
    {
        public readonly Lock Gate = new();
        public double Left, Most, PerSecond;
        public long At;
    }

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();
    private readonly ConcurrentDictionary<string, int> _costs = new();

    /// <summary>Takes what the document cost the last time.</summary>
    /// <returns>How long to wait before trying again; zero: it may be asked.</returns>
    public TimeSpan Take(AdapterAccess access, string document)
    {
        if (!_buckets.TryGetValue(access.Budget, out var bucket) || !_costs.TryGetValue(document, out int cost)) return TimeSpan.Zero;
        lock (bucket.Gate)
        {
            Fill(bucket);
            // A quarter is left to those for whom somebody waits; never so much that the question could not be asked at all.
            double need = Math.Min(bucket.Most, cost + (access.MayWait ? bucket.Most / 4 : 0));
            if (bucket.Left < need) return TimeSpan.FromSeconds((need - bucket.Left) / Math.Max(1, bucket.PerSecond));
            bucket.Left -= cost;
            return TimeSpan.Zero;
        }
    }

    /// <summary>What an answer says of costs.</summary>
    public void Heard(AdapterAccess access, string document, JsonNode? cost)
    {
        if (cost.Whole("requestedQueryCost") is { } asked) _costs[document] = asked;
        if (cost.At("throttleStatus") is not JsonObject status || status.Whole("currentlyAvailable") is not { } left || status.Whole("maximumAvailable") is not { } most) return;
        var bucket = _buckets.GetOrAdd(access.Budget, _ => new Bucket());
        lock (bucket.Gate) (bucket.Left, bucket.Most, bucket.PerSecond, bucket.At) = (left, most, status.Whole("restoreRate") ?? 50, Stopwatch.GetTimestamp());
    }

    private static void Fill(Bucket bucket)
    {
        long now = Stopwatch.GetTimestamp();
        bucket.Left = Math.Min(bucket.Most, bucket.Left + Stopwatch.GetElapsedTime(bucket.At, now).TotalSeconds * bucket.PerSecond);
        bucket.At = now;
    }
}
