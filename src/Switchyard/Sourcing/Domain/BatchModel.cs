namespace Switchyard.Sourcing;

/// <summary>An order that is planned together with others.</summary>
/// <param name="OrderId">Its own among the orders; the answer does not depend on the order in which orders are given.</param>
/// <param name="Lanes">Node to the services that reach this order from it; a node without any does not send to it.</param>
/// <param name="PromiseDays">As <see cref="SourcingOptions.PromiseDays"/>: set it to what was promised, and no plan is later than that.</param>
/// <param name="Current">The plan it has. While it is possible the answer never costs more than all orders' current plans together.</param>
/// <param name="ChurnMinor">What it costs to give the order another plan than its current one (other nodes or units), minor units, ≥ 0.</param>
/// <param name="IsFrozen">It keeps its current plan, whose units and shipments the others cannot have.</param>
public sealed record BatchOrder(
    long OrderId, IReadOnlyList<Demand> Demands, IReadOnlyDictionary<long, IReadOnlyList<LaneOffer>> Lanes, long SplitPenaltyMinor,
    int MaxShipments = 99, int? PromiseDays = null, IReadOnlyList<PlannedShipment>? Current = null, long ChurnMinor = 0, bool IsFrozen = false);

/// <summary>A node with what it can do for all these orders together.</summary>
/// <param name="Node">Its own lanes are not looked at. Stock that current plans hold is counted as available.</param>
/// <param name="CapUnits">The most units it sends; null: no limit.</param>
/// <param name="CapShipments">The most shipments it sends; null: no limit.</param>
public sealed record BatchNode(SourcingNode Node, long? CapUnits = null, long? CapShipments = null);

/// <summary>How to plan orders together.</summary>
/// <param name="FillFirst">As <see cref="SourcingOptions.FillFirst"/>, over all orders together.</param>
/// <param name="BudgetSteps">Work allowed, in steps of about 30 nanoseconds; the answer depends on it and on no clock.</param>
/// <param name="IsOver">Asked now and then: true ends the search with the best answer so far.</param>
public sealed record BatchOptions(bool MayDivideLines = true, bool FillFirst = true, long BudgetSteps = 20_000_000, Func<bool>? IsOver = null);

/// <summary>What one order of a batch got.</summary>
/// <param name="Plan">Null for a frozen order: it keeps what it has.</param>
/// <param name="IsChanged">It has another plan than its current one, or had none.</param>
public sealed record BatchOrderPlan(long OrderId, SourcingPlan? Plan, bool IsChanged);

/// <summary>The plan of a batch.</summary>
/// <param name="Orders">In the order of their ids.</param>
/// <param name="CostMinor">Sum of the orders' costs, churn and frozen orders not included.</param>
/// <param name="BoundMinor">No plan costs less (of those that send as many units, under FillFirst); with churn it bounds cost and churn.</param>
/// <param name="IsProven">There is no better plan.</param>
public sealed record BatchPlan(IReadOnlyList<BatchOrderPlan> Orders, long CostMinor, long BoundMinor, bool IsProven);
