namespace Switchyard.Orders;

/// <summary>
/// Sorts planned moves into groups that are made all or none. What is free is given to those who want it in turn; whoever wants more belongs together
/// with those who give it up. So no order takes what another did not leave after all, and none pays for a saving that does not come.
/// </summary>
internal static class JointGroups
{
    /// <summary>More orders are not locked in one transaction; of larger groups those moves that need nobody else.</summary>
    public const int MostTogether = 100;

    /// <summary>What a move changes: units of an SKU at a node; SKU 0 stands for shipments of the node.</summary>
    private sealed class Change(JointMove move, bool isRefused, IReadOnlyDictionary<(long Sku, long Node), long> rows)
    {
        public JointMove Move { get; } = move;
        public IReadOnlyDictionary<(long Sku, long Node), long> Rows { get; } = rows;

        /// <summary>It cannot be made: its own decider is against it, or nobody has what it wants.</summary>
        public bool IsBroken { get; set; } = isRefused;

        /// <summary>It takes what another gives up.</summary>
        public bool NeedsOthers { get; set; }
    }

    public static long Saving(IReadOnlyList<JointMove> group) => group.Sum(m => m.BeforeMinor - m.AfterMinor);

    public static long Net(IReadOnlyList<IReadOnlyList<JointMove>> groups, JointRules rules) => groups.Sum(g => Saving(g) - g.Count * rules.ChurnMinor);

    public static IReadOnlyList<IReadOnlyList<JointMove>> Of(List<JointReplan.Part> parts, IReadOnlyDictionary<(long Sku, long Node), long> free,
        IReadOnlyDictionary<long, long> room, JointRules rules)
    {
        var changes = parts.Where(p => p.Plan is not null).Select(Of).ToList();
        var groups = new List<IReadOnlyList<JointMove>>();
        foreach (var linked in Linked(changes, Free))
        {
            if (linked.Count > MostTogether) groups.AddRange(linked.Where(c => c is { IsBroken: false, NeedsOthers: false }).Select(c => (JointMove[])[c.Move]).Where(g => IsWorth(g, rules)));
            else if (!linked.Exists(c => c.IsBroken) && linked.ConvertAll(c => c.Move) is var group && IsWorth(group, rules)) groups.Add(group);
        }
        return groups;

        long Free((long Sku, long Node) row) => row.Sku == 0 ? room.TryGetValue(row.Node, out long left) ? Math.Max(0, left) : long.MaxValue
            : Math.Max(0, free.GetValueOrDefault(row));
    }

    private static bool IsWorth(IReadOnlyList<JointMove> group, JointRules rules) =>
        Saving(group) is var saving && saving > group.Count * rules.ChurnMinor && saving >= rules.MinSavingMinor;

    private static Change Of(JointReplan.Part part)
    {
        var rows = part.Stock.ToDictionary(s => s.Key, s => s.Value);
        foreach (var (place, units) in part.Here) rows[place] = rows.GetValueOrDefault(place) - units;
        foreach (long node in part.Stock.Keys.Select(k => k.Node).Distinct()) rows[(0, node)] = 1;
        foreach (long node in part.Here.Keys.Select(k => k.Node).Distinct()) rows[(0, node)] = rows.GetValueOrDefault((0, node)) - 1;
        var move = new JointMove(part.Order, part.Plan!, IdleOrder.PlacesOf(part.Plan!.Plan), part.BeforeMinor, part.Plan.Plan.CostMinor);
        return new Change(move, part.IsRefused, rows.Where(r => r.Value != 0).ToDictionary());
    }

    private static IEnumerable<List<Change>> Linked(List<Change> changes, Func<(long Sku, long Node), long> free)
    {
        int[] root = [.. Enumerable.Range(0, changes.Count)];
        foreach (var row in changes.SelectMany((c, i) => c.Rows.Select(r => (Row: r.Key, Units: r.Value, Index: i))).GroupBy(r => r.Row))
        {
            long left = free(row.Key);
            var givers = row.Where(r => r.Units < 0).Select(r => (r.Index, Units: -r.Units)).ToList();
            foreach (var (_, units, taker) in row.Where(r => r.Units > 0))
            {
                long wants = units - Math.Min(left, units);
                left -= units - wants;
                while (wants > 0 && givers.Count > 0)
                {
                    int at = Math.Max(0, givers.FindIndex(g => Find(g.Index) == Find(taker)));           // whoever belongs together already
                    var (giver, has) = givers[at];
                    long take = Math.Min(wants, has);
                    (wants, root[Find(giver)], changes[taker].NeedsOthers) = (wants - take, Find(taker), true);
                    if (take == has) givers.RemoveAt(at);
                    else givers[at] = (giver, has - take);
                }
                if (wants > 0) changes[taker].IsBroken = true;
            }
        }
        return changes.Select((c, i) => (c, Root: Find(i))).GroupBy(c => c.Root).Select(g => g.Select(c => c.c).ToList());

        int Find(int i)
        {
            while (root[i] != i) i = root[i] = root[root[i]];
            return i;
        }
    }
}
