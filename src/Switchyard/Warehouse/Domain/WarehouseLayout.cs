using Switchyard.Kernel;

namespace Switchyard.Warehouse;

/// <summary>What a bin is for. Names are stored in camel case.</summary>
public enum BinKind { Pick, Bulk, Reserve, Staging, Quarantine, Tote }

/// <summary>On which side of its aisle a bin stands, seen from the front.</summary>
public enum AisleSide { None, Left, Right }

/// <summary>
/// The grid of aisles of a node, as pick tours walk it: aisles 0 to n-1 side by side, cross-aisles at 0, one block length, two …, the depot at the
/// front end of its aisle.
/// </summary>
/// <param name="BlockLengthMm">Length of an aisle between two cross-aisles.</param>
/// <param name="AisleSpacingMm">From the middle of an aisle to that of the next.</param>
/// <param name="DepotAisle">The aisle at whose front end (y = 0) tours begin and end.</param>
/// <param name="WalkMmPerSecond">How fast people walk there.</param>
public sealed record WarehouseLayout(int Aisles, int Blocks, long BlockLengthMm, long AisleSpacingMm, int DepotAisle, long WalkMmPerSecond)
{
    public const int MostAisles = 1_000, MostBlocks = 20;
    public const long MostMillimetres = 1_000_000, UsualWalk = 1_000;

    /// <summary>Length of an aisle over all blocks.</summary>
    public long LengthMm => BlockLengthMm * Blocks;

    /// <summary>Where a place in a block is, from the front; null outside the layout.</summary>
    /// <param name="block">From 0 at the front.</param>
    /// <param name="positionMm">From the front end of the block, 0 to the block's length.</param>
    public long? Y(int block, long positionMm) =>
        block >= 0 && block < Blocks && positionMm >= 0 && positionMm <= BlockLengthMm ? block * BlockLengthMm + positionMm : null;

    /// <summary>The block of a place and how far it is in it. The far end of the last block is still of it.</summary>
    public (int Block, long PositionMm) Split(long yMm)
    {
        int block = (int)Math.Min(Blocks - 1, yMm / BlockLengthMm);
        return (block, yMm - block * BlockLengthMm);
    }

    public bool Holds(int aisle, long yMm) => aisle >= 0 && aisle < Aisles && yMm >= 0 && yMm <= LengthMm;
}

/// <summary>Where a bin is and what it is for. A bin of which nothing is known is a pick face in no aisle.</summary>
/// <param name="Aisle">From 0; null: in no aisle (a staging lane, a tote, not measured yet).</param>
/// <param name="YMm">From the front cross-aisle over all blocks; null with the aisle.</param>
/// <param name="Level">0 is the floor.</param>
/// <param name="StorageClass">What may lie there, by a word of the merchant: chilled, hazard, …; empty: anything without such a word.</param>
/// <param name="IsClosed">Nothing is put there or suggested from it for now.</param>
public sealed record BinPlace(long Id, string Code, string Zone, long WalkOrder, BinKind Kind, int? Aisle, long? YMm, AisleSide Side, int Level,
    string StorageClass, long? CapacityUnits, long? CapacityGrams, long? CapacityCm3, bool IsClosed);

/// <summary>Every way this room can say no.</summary>
public static class WarehouseErrors
{
    public static readonly Error NoSuchBin = Error.NotFound("warehouse.no_such_bin", "There is no such bin at this node.");
    public static Error BinsOutside(string bin) => Error.Conflict("warehouse.bins_outside", $"Bin {bin} would lie outside: move it first.");
}
