namespace Switchyard.Connectors;

/// <summary>How a listing shows stock, beside what its channel is allowed.</summary>
/// <param name="UnitsEach">Units of the SKU that one piece of the listing is: 6 for a multipack of six.</param>
/// <param name="Buffer">Units of the SKU that are never shown.</param>
/// <param name="SharePercent">Of what is left, so much is shown.</param>
/// <param name="Most">Pieces shown at most; null: all.</param>
public sealed record ListingRule(long UnitsEach = 1, long Buffer = 0, int SharePercent = 100, long? Most = null, bool IsStopped = false);

/// <summary>What a listing is to show.</summary>
public static class StockTarget
{
    /// <param name="free">Units that may be promised to the channel, as everywhere: less its own buffer and share. May be negative.</param>
    /// <param name="unseen">Pieces the channel has sold that we have no order of yet: they are taken off, for their units are not claimed with us.</param>
    public static long Of(long free, ListingRule rule, long unseen)
    {
        if (rule.IsStopped || free <= rule.Buffer) return 0;
        // Shares are of what is left: 128 bits, since a percentage of a very large stock does not fit.
        long shown = (long)((Int128)(free - rule.Buffer) * rule.SharePercent / 100), pieces = shown / rule.UnitsEach - unseen;
        return Math.Clamp(pieces, 0, Math.Max(0, rule.Most ?? long.MaxValue));
    }

    /// <summary>Pieces that the channel has sold since it was told a quantity, and of which there is no order with us yet.</summary>
    /// <param name="told">What it was told last; null: never, and nothing can be said.</param>
    /// <param name="taken">Pieces of its orders that we have taken in since.</param>
    /// <param name="shows">What it shows now.</param>
    public static long Unseen(long? told, long taken, long shows) => told is { } last ? Math.Max(0, last - taken - shows) : 0;
}
