namespace Switchyard.Sourcing;

/// <summary>
/// One order as arrays. An option is a node with one of its services; a want is an SKU (or, when lines stay whole, a line).
/// Costs are grains: 64 grains are 1/1000 minor unit, so that weights stay exact, and every shipment carries one grain more, so that
/// of two plans of equal cost the one with fewer shipments is less. Every shipment carries the split penalty too; the first one's
/// is taken off in the end. When lines stay whole a want counts as 1 unit and its cost is that of the whole line.
/// </summary>
internal sealed class SourcingProblem
{
    public const long Infinite = 1L << 62;
    public const long GrainsPerMilli = 64;

    private SourcingProblem(
        SourcingNode[] nodes, SourcingOptions rules, Want[] wants, List<Option> options, long[] unit, long[] room, int nodeCount)
    {
        (Nodes, Rules, Wants, Options, Unit, Room, NodeCount) = (nodes, rules, wants, options.ToArray(), unit, room, nodeCount);
        Split = Grains.OfMinor(rules.SplitPenaltyMinor);
        Fixed = new long[Options.Length];
        for (int j = 0; j < Fixed.Length; j++)
        {
            var node = nodes[Options[j].Node];
            Fixed[j] = Grains.Sum(Grains.OfMinor(node.Lanes[Options[j].Lane].BaseMinor), Grains.OfMinor(node.PickFixedMinor), Split) + 1;
        }
        Units = new long[wants.Length];
        Penalty = new long[wants.Length];
        for (int j = 0, last = -1; j < Options.Length; j++)
        {
            bool first = Options[j].Dense != last;
            last = Options[j].Dense;
            for (int d = 0; d < wants.Length; d++) Units[d] = Reach(d, j, first);
        }
    }

    private SourcingProblem(SourcingProblem other)
    {
        (Nodes, Rules, Wants, Options, NodeCount) = (other.Nodes, other.Rules, other.Wants, other.Options, other.NodeCount);
        (Split, FirstFill, Shift, Units) = (other.Split, other.FirstFill, other.Shift, (long[])other.Units.Clone());
        (Fixed, Unit, Room, Penalty) = ((long[])other.Fixed.Clone(), (long[])other.Unit.Clone(), (long[])other.Room.Clone(), (long[])other.Penalty.Clone());
    }

    /// <summary>A node (as in <see cref="Nodes"/>, and counted over nodes that can send at all) and one of its lanes.</summary>
    public readonly record struct Option(int Node, int Dense, int Lane);

    public SourcingNode[] Nodes { get; }
    public SourcingOptions Rules { get; }
    public Want[] Wants { get; }
    public Option[] Options { get; }
    public int NodeCount { get; }
    public long Split { get; private set; }

    /// <summary>Units of each want that some node can send; the rest is unfilled whatever is decided.</summary>
    public long[] Units { get; }

    /// <summary>Cost of a shipment of each option.</summary>
    public long[] Fixed { get; }

    /// <summary>Cost of a unit: option × wants + want.</summary>
    public long[] Unit { get; }

    /// <summary>Units the option could send: option × wants + want.</summary>
    public long[] Room { get; }

    /// <summary>Cost of a unit left behind; <see cref="Infinite"/> when none may be.</summary>
    public long[] Penalty { get; }

    /// <summary>What is added to each penalty per unit of goods, so that sending comes first.</summary>
    public long FirstFill { get; private set; }

    /// <summary>Costs were too large for a long and are held in units of 2^Shift grains.</summary>
    public int Shift { get; private set; }

    /// <summary>The most goods of this order that each node (as in <see cref="Nodes"/>) sends; null: no limit.</summary>
    public long[]? UnitCaps { get; set; }

    /// <summary>Goods of a want's SKU that a node has for all wants together: node (as in <see cref="Nodes"/>) × wants + want; null: what it has.</summary>
    public long[]? StockCaps { get; set; }

    public int MaxShipments => Math.Min(Rules.MaxShipments, NodeCount);

    public static SourcingProblem Build(IReadOnlyList<Demand> demands, SourcingNode[] nodes, SourcingOptions rules)
    {
        var wants = Want.Merge(demands, rules.MayDivideLines);
        var options = new List<Option>(nodes.Length);
        var unit = new long[Math.Max(4, nodes.Length) * wants.Length];
        var room = new long[unit.Length];
        var stock = new long[wants.Length];
        int dense = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            if (!Stock(nodes[i], wants, rules.MayDivideLines, stock)) continue;
            int before = options.Count;
            for (int lane = 0; lane < nodes[i].Lanes.Count; lane++)
            {
                if (!LaneChoice.IsInTime(nodes[i], lane, rules) || LaneChoice.IsDominated(nodes[i], lane, rules)) continue;
                int at = options.Count * wants.Length;
                if (at + wants.Length > unit.Length)
                {
                    Array.Resize(ref unit, unit.Length * 2);
                    Array.Resize(ref room, unit.Length);
                }
                if (Price(nodes[i], nodes[i].Lanes[lane], wants, rules.MayDivideLines, stock, unit.AsSpan(at), room.AsSpan(at)))
                    options.Add(new Option(i, dense, lane));
            }
            if (options.Count > before) dense++;
        }
        return new SourcingProblem(nodes, rules, wants, options, unit, room, dense);
    }

    /// <summary>The same order with figures of its own, to be changed.</summary>
    public SourcingProblem Copy() => new(this);

    /// <summary>Nothing that can be sent may stay behind.</summary>
    public void ForbidUnfilled()
    {
        Array.Fill(Penalty, Infinite);
        FirstFill = 0;
        FitIntoLong();
    }

    /// <summary>Units may stay behind at their penalty; with <paramref name="fillFirst"/> only when more cannot be sent.</summary>
    /// <returns>More than any two plans can differ by.</returns>
    public Int128 PriceUnfilled(bool fillFirst)
    {
        Int128 spread = 1;                                            // more than any two plans can differ by
        for (int d = 0; d < Wants.Length; d++)
        {
            spread += (Int128)Units[d] * ((Int128)Math.Max(0, Highest(d)) - Math.Min(0, Lowest(d)) + MostFixed());
            spread += (Int128)Wants[d].Quantity * (Grains.OfMinor(Wants[d].PenaltyMinor) >> Shift);
        }
        FirstFill = fillFirst ? Grains.Clamp(spread) : 0;
        for (int d = 0; d < Wants.Length; d++)
        {
            Int128 goods = Rules.MayDivideLines ? 1 : Wants[d].Quantity;
            Int128 penalty = Grains.OfMinor(Wants[d].PenaltyMinor) >> Shift;
            Penalty[d] = Grains.Clamp(goods * (penalty + FirstFill));
        }
        FitIntoLong();
        return spread;
    }

    /// <summary>
    /// Cost of opening exactly these options (of different nodes), each want taking the cheapest of them first: with no limit but
    /// stock that is the least cost. <see cref="Infinite"/> when units would stay behind and may not.
    /// </summary>
    /// <param name="sent">When given, the units sent: position in <paramref name="open"/> × wants + want.</param>
    public long Fill(ReadOnlySpan<int> open, long[]? sent = null)
    {
        long total = 0;
        foreach (int j in open) total += Fixed[j];
        if (open.Length == 0) total = Split;
        Span<bool> used = open.Length <= 256 ? stackalloc bool[open.Length] : new bool[open.Length];
        for (int d = 0; d < Units.Length; d++)
        {
            long left = Units[d];
            used.Clear();
            while (left > 0)
            {
                int best = -1;
                long least = Penalty[d];
                for (int s = 0; s < open.Length; s++)
                {
                    int at = open[s] * Units.Length + d;
                    if (used[s] || Room[at] == 0 || Unit[at] > least || (best >= 0 && Unit[at] == least)) continue;
                    (best, least) = (s, Unit[at]);
                }
                if (best < 0) break;
                used[best] = true;
                long take = Math.Min(left, Room[open[best] * Units.Length + d]);
                if (sent is not null) sent[best * Units.Length + d] = take;
                total += take * least;
                left -= take;
            }
            if (left == 0) continue;
            if (Penalty[d] == Infinite) return Infinite;
            total += left * Penalty[d];
        }
        return total;
    }

    public long Lowest(int want) => Extreme(want, lowest: true);
    public long Highest(int want) => Extreme(want, lowest: false);
    public long MostFixed()
    {
        long most = 0;
        foreach (long value in Fixed) most = Math.Max(most, value);
        return most;
    }

    /// <summary>What a price per unit may rise to in the search: beyond any unit's cost and several shipments'.</summary>
    public long HighestPrice(int want, long mostFixed) => Math.Min(Penalty[want], Grains.Clamp((Int128)Highest(want) + 8 * (Int128)mostFixed));

    // Sums over all nodes must stay below 2^62; orders of everyday size are far away from it and keep Shift 0.
    private void FitIntoLong()
    {
        Int128 size = 0;
        Int128 most = MostFixed();
        for (int d = 0; d < Units.Length; d++)
        {
            Int128 price = Penalty[d] == Infinite ? 0 : Penalty[d];
            size += (Int128)Math.Max(1, Units[d]) * (Int128.Max(price, Highest(d) + 8 * most) - Int128.Min(0, Lowest(d)));
        }
        size = (size + most) * (NodeCount + 2);
        int shift = 0;
        while (size >> shift >= Infinite) shift++;
        if (shift == 0) return;
        Shift += shift;
        Split >>= shift;
        for (int j = 0; j < Fixed.Length; j++) Fixed[j] >>= shift;
        for (int at = 0; at < Options.Length * Units.Length; at++) Unit[at] >>= shift;
        for (int d = 0; d < Penalty.Length; d++) if (Penalty[d] != Infinite) Penalty[d] >>= shift;
        FirstFill >>= shift;
    }

    private long Extreme(int want, bool lowest)
    {
        bool any = false;
        long extreme = 0;
        for (int at = want; at < Options.Length * Units.Length; at += Units.Length)
        {
            if (Room[at] == 0) continue;
            if (!any || (lowest ? Unit[at] < extreme : Unit[at] > extreme)) extreme = Unit[at];
            any = true;
        }
        return extreme;
    }

    // A node's lanes draw on one stock: what a later lane can send beyond an earlier one is at most the difference.
    private long Reach(int want, int option, bool isFirstOfNode)
    {
        long room = Room[option * Wants.Length + want];
        long wanted = Rules.MayDivideLines ? Math.Min(Wants[want].Quantity, Grains.MostUnits) : 1;
        if (!isFirstOfNode)
            for (int j = option - 1; j >= 0 && Options[j].Dense == Options[option].Dense; j--)
                if (Room[j * Wants.Length + want] > 0) return Units[want];
        return room >= wanted - Units[want] ? wanted : Units[want] + room;
    }

    private static bool Stock(SourcingNode node, Want[] wants, bool mayDivide, long[] stock)
    {
        bool any = false;
        var known = node.Available as Dictionary<long, long>;         // the usual one, asked without a detour
        for (int d = 0; d < wants.Length; d++)
        {
            bool isHere = known is not null ? known.TryGetValue(wants[d].SkuId, out long here) : node.Available.TryGetValue(wants[d].SkuId, out here);
            long units = isHere && here > 0 ? Math.Min(here, wants[d].Quantity) : 0;
            stock[d] = mayDivide ? Math.Min(units, Grains.MostUnits) : units == wants[d].Quantity ? 1 : 0;
            any |= stock[d] > 0;
        }
        return any;
    }

    private static bool Price(
        SourcingNode node, LaneOffer lane, Want[] wants, bool mayDivide, long[] stock, Span<long> unit, Span<long> room)
    {
        bool any = false;
        for (int d = 0; d < wants.Length; d++)
        {
            room[d] = wants[d].WeightGrams <= lane.MaxWeightGrams ? stock[d] : 0;
            if (room[d] == 0) continue;
            any = true;
            long cost = Grains.OfUnit(node, lane, wants[d]);
            unit[d] = mayDivide ? cost : Grains.Clamp((Int128)cost * wants[d].Quantity);
        }
        return any;
    }
}
