namespace Switchyard.Sourcing;

/// <summary>From so many hours after the last feed on, so much of what is on hand is believed.</summary>
/// <param name="TrustPercent">0 to 100.</param>
public sealed record FeedStep(int AfterHours, int TrustPercent);

/// <summary>How far the stock of a node is believed when its feed is late. Pure.</summary>
/// <param name="Steps">In the order of their hours.</param>
/// <param name="SinceMs">When the rule was made: a node that never had a feed is late from then on.</param>
public sealed record FeedRule(IReadOnlyList<FeedStep> Steps, long SinceMs)
{
    /// <summary>Percent of what is on hand that is believed at an instant; 100 before the first step.</summary>
    public int TrustPercent(long? fedAtMs, long nowMs)
    {
        long age = Math.Max(0, nowMs - Math.Max(fedAtMs ?? 0, fedAtMs is null ? SinceMs : 0));
        int trust = 100;
        foreach (var step in Steps)
            if (age >= step.AfterHours * 3_600_000L) trust = step.TrustPercent;
        return trust;
    }

    /// <summary>When the first step is reached unless a feed comes.</summary>
    public long LateAtMs(long? fedAtMs) => (fedAtMs ?? SinceMs) + Steps[0].AfterHours * 3_600_000L;

    /// <summary>Units of those on hand that are not believed, ≥ 0; rounded so that what is believed is whole and rounded down.</summary>
    public static long Doubted(long onHand, int trustPercent) => onHand <= 0 ? 0 : onHand - (long)((Int128)onHand * trustPercent / 100);
}
