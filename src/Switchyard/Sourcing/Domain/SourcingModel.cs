namespace Switchyard.Sourcing;

/// <summary>One line of an order as sourcing sees it.</summary>
/// <param name="Line">The caller's number of the line; parts and unfilled quantities come back under it.</param>
/// <param name="SkuId">Lines of one SKU draw on the same stock.</param>
/// <param name="Quantity">Units wanted; a line of 0 or less is left out.</param>
/// <param name="WeightGrams">Grams of one unit, ≥ 0. Lines of one SKU weigh alike: the first line's weight is used for all.</param>
/// <param name="UnfilledPenaltyMinor">What one unit that is not sent costs, minor units, ≥ 0; see <see cref="SourcingOptions"/>.</param>
public sealed record Demand(int Line, long SkuId, long Quantity, long WeightGrams, long UnfilledPenaltyMinor);

/// <summary>One service from a node to the customer.</summary>
/// <param name="BaseMinor">Price of a shipment, minor units, ≥ 0.</param>
/// <param name="PerKgMinor">Price of a kilogram, minor units, ≥ 0; linear, no steps.</param>
/// <param name="MaxWeightGrams">
/// The most a shipment may weigh. Only when the plan found within the limits leaves units behind that could be sent may a shipment
/// weigh more (it then travels as several parcels at one base price); never may one unit.
/// </param>
/// <param name="TransitDays">Days from ready to delivered.</param>
public sealed record LaneOffer(string Service, long BaseMinor, long PerKgMinor, long MaxWeightGrams, int TransitDays);

/// <summary>A place that may send, with what it can promise now.</summary>
/// <param name="NodeId">Of nodes given twice the first counts.</param>
/// <param name="PickFixedMinor">Cost of a shipment, minor units, ≥ 0.</param>
/// <param name="HandlingMinor">Cost of a unit, minor units.</param>
/// <param name="ReadyDay">Days until it leaves: 0 while today's cut-off is ahead.</param>
/// <param name="Available">SKU to units that may be promised; below 0 counts as 0.</param>
/// <param name="Opportunity">SKU to what a unit costs beyond its handling (scarce here) or saves (slow here), minor units.</param>
public sealed record SourcingNode(
    long NodeId, long PickFixedMinor, long HandlingMinor, int ReadyDay, IReadOnlyList<LaneOffer> Lanes,
    IReadOnlyDictionary<long, long> Available, IReadOnlyDictionary<long, long>? Opportunity = null)
{
    /// <summary>It has as much to do on the day this would leave as it can: asked only for what nobody else sends.</summary>
    public bool IsFull { get; init; }
}

/// <summary>How to source.</summary>
/// <param name="SplitPenaltyMinor">Cost of each shipment beyond the first, minor units, ≥ 0.</param>
/// <param name="MaxShipments">The most shipments of the order; 0 or less sends nothing.</param>
/// <param name="MayDivideLines">May the units of one line come from several nodes? They do whenever it is cheaper or needed.</param>
/// <param name="PromiseDays">A lane is used when ready day + transit days is at most this; null: all are.</param>
/// <param name="BudgetSteps">
/// Work allowed, in looks at one lane for the whole order (about ten to thirty nanoseconds each). When it is used up the best plan found is
/// returned with its bound. Domain code reads no clock.
/// </param>
/// <param name="FillFirst">
/// True: as many units as possible are sent, whatever it costs, and the penalties only choose which stay behind. False: a unit whose
/// penalty is below its cost stays behind too.
/// </param>
public sealed record SourcingOptions(
    long SplitPenaltyMinor, int MaxShipments = 99, bool MayDivideLines = true, int? PromiseDays = null,
    long BudgetSteps = 1_000_000, bool FillFirst = true);

/// <summary>Units of one line, > 0.</summary>
public readonly record struct LinePart(int Line, long Quantity);

/// <summary>What one node sends.</summary>
/// <param name="CostMinor">Base, pick and units; those of all shipments, penalties and splits add up to the plan's cost to the minor unit.</param>
public sealed record PlannedShipment(long NodeId, string Service, long CostMinor, IReadOnlyList<LinePart> Parts);

/// <summary>Why a node is in the plan or not.</summary>
/// <param name="Code">One of <see cref="CandidateCodes"/>.</param>
/// <param name="CostMinor">Cost of the whole order from this node alone, when it could send it in one shipment.</param>
public readonly record struct SourcingCandidate(long NodeId, string Code, long? CostMinor);

/// <summary>The reasons, part of the API: never renamed.</summary>
public static class CandidateCodes
{
    public const string Chosen = "chosen";
    public const string Dearer = "dearer";
    public const string NoLane = "no_lane";
    public const string NoStock = "no_stock";
    public const string TooLate = "too_late";
    public const string TooHeavy = "too_heavy";

    /// <summary>A scenario's filter of nodes or services leaves it out.</summary>
    public const string Excluded = "excluded";
    public const string NoService = "no_service";

    /// <summary>It has as much to do that day as it can, and others send all of it.</summary>
    public const string Full = "full";
}

/// <summary>The plan of one order.</summary>
/// <param name="Shipments">In the order of node ids, at most one for a node.</param>
/// <param name="Unfilled">Units nobody sends, in the order of the lines.</param>
/// <param name="CostMinor">Minor units, rounded half up once, at the end; saturated at the range of a long.</param>
/// <param name="BoundMinor">No plan costs less (of those that send as many units, under FillFirst); rounded as the cost.</param>
/// <param name="IsProven">The plan is the cheapest there is.</param>
/// <param name="Candidates">Every node, in the order of node ids.</param>
public sealed record SourcingPlan(
    IReadOnlyList<PlannedShipment> Shipments, IReadOnlyList<LinePart> Unfilled, long CostMinor, long BoundMinor, bool IsProven,
    IReadOnlyList<SourcingCandidate> Candidates);
