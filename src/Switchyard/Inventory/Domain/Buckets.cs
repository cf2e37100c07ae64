namespace Switchyard.Inventory;

/// <summary>
/// The buckets of one SKU at one node, in units; also the change of each by a movement.
/// </summary>
/// <param name="OnHand">Physically present, in any condition; may be negative when the world sold what the books did not have.</param>
/// <param name="Unavailable">On hand but damaged, in quality control, or waiting for a count.</param>
/// <param name="Allocated">Claims of placed orders.</param>
/// <param name="Reserved">Claims of carts and drafts, with an expiry.</param>
/// <param name="Earmarked">Received for waiting orders and not yet taken by them.</param>
/// <param name="Safety">Kept back from sale.</param>
public readonly record struct Buckets(long OnHand, long Unavailable, long Allocated, long Reserved, long Earmarked, long Safety)
{
    /// <summary>The SKU is not sold at all for now (of a row under lock): nothing of it may be promised, whatever lies there.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What may be promised now; negative is a deficit.</summary>
    public long Available => IsStopped ? Math.Min(0, Free) : Free;

    private long Free => OnHand - Unavailable - Allocated - Reserved - Earmarked - Safety;

    public static Buckets operator +(Buckets a, Buckets b) => new(a.OnHand + b.OnHand, a.Unavailable + b.Unavailable,
        a.Allocated + b.Allocated, a.Reserved + b.Reserved, a.Earmarked + b.Earmarked, a.Safety + b.Safety)
    { IsStopped = a.IsStopped || b.IsStopped };

    public static Buckets operator -(Buckets a) =>
        new(-a.OnHand, -a.Unavailable, -a.Allocated, -a.Reserved, -a.Earmarked, -a.Safety);

    /// <summary>Claims can never be fewer than none; a movement that would make them so is a fault of ours.</summary>
    public bool IsPossible => Unavailable >= 0 && Allocated >= 0 && Reserved >= 0 && Earmarked >= 0 && Safety >= 0;
}

/// <summary>Why a balance changed. Names are stored and never renamed.</summary>
public enum MovementKind
{
    Adjusted, Counted, Fed, Allocated, Deallocated, Sold, Received, Restocked, Transferred,
    Reserved, ReservationReleased, ReservationExpired, ReservationConverted, Earmarked, Unearmarked,
    MadeUnavailable, MadeAvailable, SafetySet, Repaired, SaleStopped, SaleResumed,
}
