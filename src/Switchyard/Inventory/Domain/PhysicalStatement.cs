namespace Switchyard.Inventory;

/// <summary>A movement of goods: when it happened and by how many units.</summary>
public readonly record struct Moved(long AtMs, long Units);

/// <summary>What a count, a feed or a partner's snapshot says about the shelf at an instant.</summary>
public static class PhysicalStatement
{
    /// <summary>
    /// Units on hand now: those counted, and every movement that happened after the count. Claims play no part: what was
    /// counted is there, whoever waits for it, and a shortage shows as a negative available.
    /// </summary>
    /// <param name="counted">Units seen at <paramref name="asOfMs"/>, ≥ 0.</param>
    /// <param name="moved">Movements of goods at this SKU and node, in any order; those up to the instant are in the count already.</param>
    public static long OnHandNow(long counted, long asOfMs, IEnumerable<Moved> moved) =>
        moved.Where(m => m.AtMs > asOfMs).Aggregate(counted, (sum, m) => sum + m.Units);

    /// <summary>
    /// Was the shelf counted after this was true? Then it says nothing about today any more: neither a count nor a movement
    /// from before the newest count may change what that count found.
    /// </summary>
    public static bool IsOutdated(long asOfMs, long? countedAtMs) => asOfMs < countedAtMs;
}
