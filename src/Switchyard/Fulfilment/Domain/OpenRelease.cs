using Switchyard.Kernel;

namespace Switchyard.Fulfilment;

/// <summary>Where the units of a release's line are. They always sum to its quantity.</summary>
public enum ReleaseUnits { Open, Picked, Packed, Shipped, Short, Rejected, Cancelled }

/// <summary>The node a release is given to, as far as giving out work needs to know it.</summary>
/// <param name="IsOurs">Our own people work there; a 3PL or supplier is asked and answers.</param>
public sealed record WorkNode(long Id, string Code, bool IsOurs, string TimeZone, bool AcceptsByDefault, long AcceptMinutes, long? DailyCapacity)
{
    /// <summary>It sends to our customers itself, by an order we place with it.</summary>
    public bool IsSupplier { get; init; }

    public string? Country { get; init; }

    /// <summary>What crosses a customs border from here is held until its product says what customs asks.</summary>
    public bool HoldsForCustoms { get; init; }
}

/// <summary>Units of one order line that a node is to send.</summary>
public sealed class ReleaseLine(int lineNo, long skuId, string sku, long[] units)
{
    public int LineNo { get; } = lineNo;
    public long SkuId { get; } = skuId;
    public string Sku { get; } = sku;
    public long Quantity => units.Sum();
    public long this[ReleaseUnits where] => units[(int)where];

    /// <summary>Units on which work goes on: the line's part of the claim's <c>in_work</c>.</summary>
    public long InWork => this[ReleaseUnits.Open] + this[ReleaseUnits.Picked] + this[ReleaseUnits.Packed];

    public void Move(ReleaseUnits from, ReleaseUnits to, long count)
    {
        Must.Hold(count > 0 && units[(int)from] >= count, $"{count} units of line {LineNo} are {from}");
        units[(int)from] -= count;
        units[(int)to] += count;
    }

    internal void Take(long count) => units[(int)ReleaseUnits.Open] += count;
}

/// <summary>A fulfilment order (release) whose order is under lock: its lines and packages, changed in memory.</summary>
public sealed class OpenRelease
{
    private readonly List<ReleaseLine> _lines = [];
    private readonly List<OpenPackage> _packages = [];

    public required FulfilmentId Id { get; init; }
    public required OrderId Order { get; init; }
    public required int No { get; init; }
    public required string Number { get; init; }
    public required WorkNode Node { get; init; }
    public string? Method { get; init; }
    public FulfilmentOrderState State { get; private set; }
    public int Priority { get; init; }
    /// <summary>Its class of urgency, the class's rank, and how old its order is: of a new release; they do not change.</summary>
    public string? WorkClass { get; init; }
    public int ClassRank { get; init; }
    public long PlacedAtMs { get; init; }

    public long? ShipByMs { get; init; }
    public long? DeliverByMs { get; init; }
    public long? FulfilAtMs { get; set; }
    public long? OfferedAtMs { get; set; }
    public long? AnswerByMs { get; set; }
    public long? RemindedAtMs { get; set; }
    public int Attempts { get; init; } = 1;
    public Guid? From { get; init; }
    public string? Reason { get; set; }
    public string? StopReason { get; set; }
    public string? StopWish { get; set; }
    public long? StopAskedAtMs { get; set; }
    public long? HandedOverAtMs { get; set; }
    public long CreatedAtMs { get; init; }
    public long Version { get; private set; }
    public int LastShipment { get; set; }
    public bool IsChanged { get; private set; }

    public IReadOnlyList<ReleaseLine> Lines => _lines;
    public IReadOnlyList<OpenPackage> Packages => _packages;
    public bool IsLive => FulfilmentOrderStates.IsLive(State);
    public ReleaseLine? Line(int no) => _lines.Find(l => l.LineNo == no);
    public long Sum(ReleaseUnits where) => _lines.Sum(l => l[where]);

    /// <summary>As it was read; nothing is changed by it.</summary>
    public OpenRelease Loaded(FulfilmentOrderState state, long version)
    {
        (State, Version) = (state, version);
        return this;
    }

    public void Add(ReleaseLine line) => _lines.Add(line);
    public void Add(OpenPackage package) => _packages.Add(package);

    /// <summary>Counts this change once, however many moves it has.</summary>
    public void Touch()
    {
        if (IsChanged) return;
        IsChanged = true;
        Version++;
    }

    public bool May(FulfilmentOrderState to) => FulfilmentOrderStates.Allowed.Allows(State, to);

    /// <summary>A move of the table; the caller has refused what it does not list.</summary>
    public void MoveTo(FulfilmentOrderState to)
    {
        Must.Hold(May(to), $"a release may go from {State} to {to}");
        State = to;
        Touch();
    }

    /// <summary>What the world told puts a release where it is, whatever the table says.</summary>
    public void Told(FulfilmentOrderState to)
    {
        State = to;
        Touch();
    }

    /// <summary>Follows the units after a move of them while the node works: picking, picked, packed, handed over, short or accepted again.</summary>
    public void Follow()
    {
        Touch();
        var (open, picked, packed) = (Sum(ReleaseUnits.Open), Sum(ReleaseUnits.Picked), Sum(ReleaseUnits.Packed));
        bool hasLeft = Sum(ReleaseUnits.Shipped) > 0;
        switch (State)
        {
            case FulfilmentOrderState.Picking when open + picked + packed + (hasLeft ? 1 : 0) == 0: MoveTo(FulfilmentOrderState.Short); break;
            case FulfilmentOrderState.Picking when open == 0: MoveTo(FulfilmentOrderState.Picked); Follow(); break;
            case FulfilmentOrderState.Picked when open > 0: MoveTo(FulfilmentOrderState.Accepted); Follow(); break;
            case FulfilmentOrderState.Picked when picked == 0 && packed + (hasLeft ? 1 : 0) > 0: MoveTo(FulfilmentOrderState.Packed); Follow(); break;
            case FulfilmentOrderState.Accepted when picked + packed > 0: MoveTo(FulfilmentOrderState.Picking); break;
            case FulfilmentOrderState.Packed when picked > 0: MoveTo(FulfilmentOrderState.Picked); break;
            case FulfilmentOrderState.Packed when packed == 0 && hasLeft: MoveTo(FulfilmentOrderState.HandedOver); break;
        }
    }
}

/// <summary>A closed box of a release.</summary>
public sealed class OpenPackage
{
    public required PackageId Id { get; init; }
    public required int No { get; init; }
    public required IReadOnlyList<(int Line, long Units)> Contents { get; init; }
    public PackageState State { get; private set; } = PackageState.Labelled;
    public Guid? Shipment { get; set; }
    public long? WeightGrams { get; set; }
    public long? LengthMm { get; init; }
    public long? WidthMm { get; init; }
    public long? HeightMm { get; init; }
    public string? Carrier { get; set; }
    public string? Service { get; set; }
    public string? Tracking { get; set; }

    /// <summary>Its label is being taken back, and the carrier has not answered yet.</summary>
    public bool IsUnlabelling { get; set; }

    /// <summary>The carrier of its label tells nothing of where it is.</summary>
    public bool IsUntracked { get; set; }

    public long StateAtMs { get; private set; }
    public long CreatedAtMs { get; init; }

    public OpenPackage Loaded(PackageState state, long atMs)
    {
        (State, StateAtMs) = (state, atMs);
        return this;
    }

    public void MoveTo(PackageState to, long atMs)
    {
        Must.Hold(PackageStates.Allowed.Allows(State, to), $"a package may go from {State} to {to}");
        Told(to, atMs);
    }

    /// <summary>What the world told, whatever the table says.</summary>
    public void Told(PackageState to, long atMs) => (State, StateAtMs) = (to, atMs);
}
