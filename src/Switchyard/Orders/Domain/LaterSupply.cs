using Switchyard.Inventory;

namespace Switchyard.Orders;

/// <summary>What may be sold that is not there, and when it comes. Pure: what it is told of is true under the locks of the stock.</summary>
/// <param name="waiting">Units of a SKU, backordered and preordered, that wait already.</param>
/// <param name="inbound">What is on its way of a SKU to nodes that may serve.</param>
public sealed class LaterSupply(DateTimeOffset now, Func<long, long> waiting, Func<long, IEnumerable<Dated>> inbound)
{
    public DateTimeOffset Now => now;

    /// <summary>The same when so many units more wait already.</summary>
    internal LaterSupply Behind(IReadOnlyDictionary<long, long> more) => new(now, sku => waiting(sku) + more.GetValueOrDefault(sku), inbound);

    /// <summary>Units of the line's SKU that may still be sold ahead, ≥ 0.</summary>
    public long Room(NewLine line) => (line.Policy.IsPreorder(now) ? line.Policy.PreorderCap : line.Policy.BackorderCap) is { } cap
        ? Math.Max(0, cap - waiting(line.SkuId!.Value)) : long.MaxValue;

    /// <summary>When so many units come: with what is on its way and nobody before us waits for, else as the SKU's policy guesses; never before its release.</summary>
    /// <param name="before">Units of this order that come before.</param>
    public DateTimeOffset? Expected(NewLine line, long before, long units)
    {
        long? covered = Atp.CoveredAt(inbound(line.SkuId!.Value), waiting(line.SkuId.Value) + before, units);
        var at = covered is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : line.Policy.Guess(now);
        return at is { } early && line.Policy.IsPreorder(now) && early < line.Policy.ReleaseAt ? line.Policy.ReleaseAt : at;
    }
}
