using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>Where the units of a goods or component line are. The buckets of a line always sum to its quantity.</summary>
public enum LineBucket { Unallocated, Backordered, Preordered, Allocated, Released, Picked, Packed, Shipped, Delivered, Lost, SentBack, Cancelled }

/// <summary>Every allowed move of a line's units. The diagram in the room's README is made from this table.</summary>
public static class LineMoves
{
    public static readonly Transitions<LineBucket> Allowed = new()
    {
        [LineBucket.Unallocated] = [LineBucket.Allocated, LineBucket.Backordered, LineBucket.Preordered, LineBucket.Cancelled],
        [LineBucket.Backordered] = [LineBucket.Allocated, LineBucket.Cancelled],
        [LineBucket.Preordered] = [LineBucket.Allocated, LineBucket.Cancelled],
        [LineBucket.Allocated] = [LineBucket.Released, LineBucket.Unallocated, LineBucket.Cancelled],
        [LineBucket.Released] = [LineBucket.Picked, LineBucket.Allocated, LineBucket.Unallocated, LineBucket.Cancelled],
        [LineBucket.Picked] = [LineBucket.Packed, LineBucket.Allocated, LineBucket.Cancelled],      // the last two after the put-back scan
        [LineBucket.Packed] = [LineBucket.Shipped, LineBucket.Picked],
        [LineBucket.Shipped] = [LineBucket.Delivered, LineBucket.Lost, LineBucket.SentBack],
        [LineBucket.Delivered] = [],
        [LineBucket.Lost] = [],
        [LineBucket.SentBack] = [],
        [LineBucket.Cancelled] = [],
    };

    /// <summary>
    /// What the world may tell although our books say otherwise: goods left that we had not packed, or had cancelled. Such a
    /// move is recorded together with an exception.
    /// </summary>
    public static readonly Transitions<LineBucket> Facts = new()
    {
        [LineBucket.Unallocated] = [LineBucket.Shipped],
        [LineBucket.Backordered] = [LineBucket.Shipped],
        [LineBucket.Preordered] = [LineBucket.Shipped],
        [LineBucket.Allocated] = [LineBucket.Shipped],
        [LineBucket.Released] = [LineBucket.Shipped],
        [LineBucket.Picked] = [LineBucket.Shipped],
        [LineBucket.Cancelled] = [LineBucket.Shipped],
        [LineBucket.Lost] = [LineBucket.Delivered, LineBucket.SentBack],
        [LineBucket.Delivered] = [LineBucket.SentBack, LineBucket.Lost],
    };

    /// <summary>Buckets whose units are claimed at a node: they stand in <c>allocations</c> and in the node's <c>allocated</c> stock.</summary>
    public static bool IsClaim(LineBucket bucket) => bucket is LineBucket.Allocated or LineBucket.Released or LineBucket.Picked or LineBucket.Packed;

    /// <summary>Units on which a node works.</summary>
    public static bool IsWork(LineBucket bucket) => bucket is LineBucket.Released or LineBucket.Picked or LineBucket.Packed;

    /// <summary>Units that have left the building, whatever became of them.</summary>
    public static bool HasLeft(LineBucket bucket) => bucket is LineBucket.Shipped or LineBucket.Delivered or LineBucket.Lost or LineBucket.SentBack;

    /// <summary>Units that wait for stock.</summary>
    public static bool Waits(LineBucket bucket) => bucket is LineBucket.Unallocated or LineBucket.Backordered or LineBucket.Preordered;
}
