namespace Switchyard.Purchasing;

/// <summary>When and how much to buy again.</summary>
public static class ReorderPoint
{
    /// <summary>Units to buy so that the position comes back to the level.</summary>
    /// <param name="position">Available + on order - units that orders wait for; may be negative.</param>
    /// <param name="reorderAt">Buy when the position is this or less, ≥ 0.</param>
    /// <param name="orderUpTo">The position wanted after buying, above <paramref name="reorderAt"/>.</param>
    /// <param name="packSize">Units a pack, ≥ 1; only whole packs are bought.</param>
    /// <returns>A multiple of the pack size; 0 while the position is above the reorder point.</returns>
    /// <remarks>Source: continuous review (s, S) policy, Silver, Pyke and Thomas, Inventory and Production Management, ch. 6.</remarks>
    public static long Quantity(long position, long reorderAt, long orderUpTo, long packSize) =>
        position > reorderAt ? 0 : (orderUpTo - position + packSize - 1) / packSize * packSize;
}
