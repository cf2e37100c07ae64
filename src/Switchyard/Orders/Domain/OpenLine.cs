using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A line's claim at one node: units promised from there, and how many of them the node works on (released, picked, packed).</summary>
public readonly record struct NodeClaim(long Units, long InWork)
{
    /// <summary>Units that may be planned anew or cancelled without asking the node.</summary>
    public long Idle => Units - InWork;
}

/// <summary>A line of an order under lock, with its units by bucket and its claims by node.</summary>
public sealed class OpenLine
{
    /// <summary>The names of the bucket columns, in the order of <see cref="LineBucket"/>.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["unallocated", "backordered", "preordered", "allocated", "released", "picked", "packed", "shipped", "delivered", "lost", "sent_back", "cancelled"];

    private readonly long[] _units;
    private readonly SortedDictionary<long, NodeClaim> _claims = [];

    internal OpenLine(int lineNo, LineKind kind, int? parentLineNo, long? skuId, string sku, long quantity, long[] units)
    {
        (LineNo, Kind, ParentLineNo, SkuId, Sku, Quantity, _units) = (lineNo, kind, parentLineNo, skuId, sku, quantity, units);
        WaitedAtLock = Waiting;
    }

    public int LineNo { get; }
    public LineKind Kind { get; }
    public int? ParentLineNo { get; }

    /// <summary>Null when the merchant has no such SKU, and for charges.</summary>
    public long? SkuId { get; }

    public string Sku { get; }
    public long Quantity { get; }
    public bool HoldsStock => Kind is LineKind.Goods or LineKind.Component;
    public bool IsChanged { get; private set; }

    /// <summary>Grams of one unit, as the catalogue says now; 0 when it does not know.</summary>
    public long WeightGrams { get; internal init; }

    /// <summary>May the SKU be sold without stock: yes, no, or null when the channel decides.</summary>
    public string? Backorder { get; internal init; }

    /// <summary>When the units that wait are expected.</summary>
    public long? ExpectedAtMs { get; internal set { IsChanged |= field != value; field = value; } }

    /// <summary>Not released before: the release date of what was preordered.</summary>
    public long? ReleaseAtMs { get; internal set { IsChanged |= field != value; field = value; } }

    /// <summary>Units in a bucket.</summary>
    public long this[LineBucket bucket] => _units[(int)bucket];

    /// <summary>Claims by node; their units sum to allocated, released, picked and packed, those in work to the last three.</summary>
    public IReadOnlyDictionary<long, NodeClaim> Claims => _claims;

    public NodeClaim ClaimAt(long node) => _claims.GetValueOrDefault(node);

    public long Waiting => this[LineBucket.Unallocated] + this[LineBucket.Backordered] + this[LineBucket.Preordered];

    /// <summary>Units that waited before this change.</summary>
    internal long WaitedAtLock { get; }

    public bool HasLeft => this[LineBucket.Shipped] + this[LineBucket.Delivered] + this[LineBucket.Lost] + this[LineBucket.SentBack] > 0;

    /// <summary>Units on which work has begun at a node and which have not left it.</summary>
    public long InWork => this[LineBucket.Released] + this[LineBucket.Picked] + this[LineBucket.Packed];

    /// <summary>Moves units between buckets. The caller has checked what a caller can cause; a move outside the table is a fault of ours.</summary>
    internal void Move(LineBucket from, LineBucket to, long units, bool isFact)
    {
        Must.Hold(LineMoves.Allowed.Allows(from, to) || isFact && LineMoves.Facts.Allows(from, to), $"units may go from {from} to {to}");
        Must.Hold(units > 0 && this[from] >= units, $"line {LineNo} has {units} units in {from}");
        _units[(int)from] -= units;
        _units[(int)to] += units;
        IsChanged = true;
    }

    internal void Claim(long node, long units, long inWork)
    {
        var now = ClaimAt(node);
        now = new NodeClaim(now.Units + units, now.InWork + inWork);
        Must.Hold(now.InWork >= 0 && now.Idle >= 0, $"line {LineNo} has a possible claim at node {node}: {now}");
        if (now.Units == 0) _claims.Remove(node);
        else _claims[node] = now;
    }
}
