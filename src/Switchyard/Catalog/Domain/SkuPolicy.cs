namespace Switchyard.Catalog;

/// <summary>May a SKU be sold that is not there?</summary>
/// <param name="Backorder"><c>yes</c>, <c>no</c>, or null when the channel decides.</param>
/// <param name="BackorderCap">The most units that may wait over all orders; null for any number.</param>
/// <param name="LeadDays">Days after which it usually comes, for a date when nothing is on its way.</param>
/// <param name="ExpectedAt">When it is expected, for the same.</param>
/// <param name="ReleaseAt">Until then it is sold ahead (preorder) and nothing of it leaves, even when it is here.</param>
/// <param name="PreorderCap">The most units that may be sold ahead.</param>
public sealed record SkuPolicy(string? Backorder = null, long? BackorderCap = null, int? LeadDays = null, DateTimeOffset? ExpectedAt = null,
    DateTimeOffset? ReleaseAt = null, long? PreorderCap = null)
{
    public static readonly SkuPolicy None = new();

    /// <summary>It is not sold at all for now, whatever else it allows.</summary>
    public bool IsStopped { get; init; }

    internal SkuPolicy With(bool isStopped) => isStopped ? this with { IsStopped = true } : this;

    /// <summary>Is there a most of what may be sold ahead?</summary>
    public bool IsCapped => (BackorderCap ?? PreorderCap) is not null;

    public bool IsPreorder(DateTimeOffset now) => ReleaseAt > now;

    /// <summary>When units are expected of which nothing is known to be on its way.</summary>
    public DateTimeOffset? Guess(DateTimeOffset now) => IsPreorder(now) ? ReleaseAt : ExpectedAt > now ? ExpectedAt : LeadDays is { } days ? now.AddDays(days) : null;
}
