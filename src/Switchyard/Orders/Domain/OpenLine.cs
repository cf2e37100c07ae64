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
    private long _cancelledBilled;

    internal OpenLine(int lineNo, LineKind kind, int? parentLineNo, long? skuId, string sku, long quantity, long[] units, LinePrice price)
    {
        (LineNo, Kind, ParentLineNo, SkuId, Sku, Quantity, _units, Billing) = (lineNo, kind, parentLineNo, skuId, sku, quantity, units, price);
        _cancelledBilled = this[LineBucket.Cancelled];
        WantedBefore = quantity - this[LineBucket.Cancelled];
        WaitedAtLock = Waiting;
    }

    public int LineNo { get; }
    public LineKind Kind { get; }
    public int? ParentLineNo { get; }

    /// <summary>Null when the merchant has no such SKU, and for charges.</summary>
    public long? SkuId { get; private set; }

    public string Sku { get; }

    /// <summary>Units ever ordered, those cancelled since included.</summary>
    public long Quantity { get; private set; }

    /// <summary>Units wanted when the order was locked; 0 for an added line.</summary>
    internal long WantedBefore { get; init; }

    /// <summary>What its units cost and what is to be paid.</summary>
    public LinePrice Billing { get; }

    /// <summary>What an added line is written with; null for one that is stored.</summary>
    internal NewLine? Added { get; init; }

    /// <summary>Its own way to the customer; null: as the order's.</summary>
    public LineWay? Own { get; private set; }

    /// <summary>It goes another way from now on.</summary>
    internal void GoBy(LineWay? way)
    {
        IsChanged |= Own != way;
        Own = way;
    }

    /// <summary>The same line as it was stored.</summary>
    internal OpenLine By(LineWay? way)
    {
        Own = way;
        return this;
    }

    public bool HoldsStock => Kind is LineKind.Goods or LineKind.Component;
    public bool IsChanged { get; private set; }

    /// <summary>Grams of one unit, as the catalogue says now; 0 when it does not know.</summary>
    public long WeightGrams { get; internal set; }

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
    internal long WaitedAtLock { get; init; }

    /// <summary>Does the customer take another product where this one is not there? Never of what stands in itself.</summary>
    public bool MaySubstitute { get; internal set; }

    /// <summary>Was that changed since the line was read?</summary>
    internal bool IsTakingOthersChanged { get; private set; }

    /// <summary>It was made for this customer. Known only where it is asked for.</summary>
    internal bool IsPersonalised { get; set; }

    /// <summary>It went instead of another.</summary>
    internal bool IsStandIn { get; init; }

    internal bool CanBeSubstituted => Kind == LineKind.Goods && !IsPersonalised && !IsStandIn;

    internal void TakeOthers(bool takes)
    {
        IsTakingOthersChanged |= MaySubstitute != takes;
        MaySubstitute = takes;
    }

    public bool HasLeft => this[LineBucket.Shipped] + this[LineBucket.Delivered] + this[LineBucket.Lost] + this[LineBucket.SentBack] > 0;

    /// <summary>Units on which work has begun at a node and which have not left it.</summary>
    public long InWork => this[LineBucket.Released] + this[LineBucket.Picked] + this[LineBucket.Packed];

    /// <summary>Units that can be cancelled without asking a node: those that wait and those of idle claims.</summary>
    public long Free => Waiting + this[LineBucket.Allocated];

    /// <summary>Moves units between buckets. The caller has checked what a caller can cause; a move outside the table is a fault of ours.</summary>
    internal void Move(LineBucket from, LineBucket to, long units, bool isFact)
    {
        Must.Hold(LineMoves.Allowed.Allows(from, to) || isFact && LineMoves.Facts.Allows(from, to), $"units may go from {from} to {to}");
        Must.Hold(units > 0 && this[from] >= units, $"line {LineNo} has {units} units in {from}");
        _units[(int)from] -= units;
        _units[(int)to] += units;
        IsChanged = true;
    }

    /// <summary>More units are ordered; those of goods wait for a promise.</summary>
    internal void Grow(long units)
    {
        Must.Hold(units > 0, "a line grows by units");
        Quantity = checked(Quantity + units);
        if (HoldsStock) _units[(int)LineBucket.Unallocated] += units;
        IsChanged = true;
    }

    /// <summary>For bundles and charges, which have no stock of their own: so many units of the line are cancelled in all.</summary>
    internal void NoteCancelled(long units)
    {
        Must.Hold(!HoldsStock && units >= 0 && units <= Quantity, $"line {LineNo} has {units} units to cancel");
        if (_units[(int)LineBucket.Cancelled] == units) return;
        _units[(int)LineBucket.Cancelled] = units;
        IsChanged = true;
    }

    /// <summary>Units of an order that had expired wait again: it was paid after all. What was billed stays so.</summary>
    internal void ComeBack(long units)
    {
        Must.Hold(HoldsStock && units > 0 && units <= this[LineBucket.Cancelled], $"line {LineNo} has {units} units to bring back");
        _units[(int)LineBucket.Cancelled] -= units;
        _units[(int)LineBucket.Unallocated] += units;
        _cancelledBilled = Math.Min(_cancelledBilled, this[LineBucket.Cancelled]);
        IsChanged = true;
    }

    /// <summary>The line of a past order that should not have been stored; see <see cref="OpenOrder.TakeBack"/>.</summary>
    internal void TakeBack()
    {
        Array.Clear(_units);
        _units[(int)LineBucket.Cancelled] = _cancelledBilled = Quantity;
        IsChanged = true;
    }

    /// <summary>Units cancelled since this was last asked: they are no longer to be paid.</summary>
    internal long TakeUnbilled()
    {
        long since = Math.Max(0, this[LineBucket.Cancelled] - _cancelledBilled);
        _cancelledBilled = this[LineBucket.Cancelled];
        return since;
    }

    /// <summary>Units leave for another order with their money: nothing is left to be billed less.</summary>
    internal PartedPrice PartBilling(long units, bool isTaxIncluded)
    {
        _cancelledBilled = this[LineBucket.Cancelled];
        return Kind == LineKind.Component ? default : Billing.Part(units, isTaxIncluded);
    }

    internal void Identify(long sku, long weightGrams)
    {
        Must.Hold(SkuId is null, $"line {LineNo} has no product yet");
        (SkuId, WeightGrams) = (sku, weightGrams);
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
