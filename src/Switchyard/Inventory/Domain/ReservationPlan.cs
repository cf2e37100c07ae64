namespace Switchyard.Inventory;

/// <summary>Units of one SKU wanted by one item of a reservation, at a node of its choosing or at any.</summary>
public readonly record struct WantedStock(int Item, long Sku, long Quantity, long? Node);

/// <summary>Units of one SKU reserved at one node.</summary>
public readonly record struct Taken(long Sku, long Node, long Quantity);

/// <summary>Where to reserve. The very numbers that are checked are those that are taken.</summary>
public static class ReservationPlan
{
    /// <summary>
    /// Takes every unit wanted or tells which items fall short. Items of one SKU draw on one pool, node by node. Items that name a
    /// node are served first; the others go to one node that has them all, or else to the nodes that have most.
    /// </summary>
    /// <param name="available">Units that may be promised by SKU and node; below 0 counts as 0. Nodes not listed are not eligible.</param>
    /// <param name="limit">What may be taken of it in the whole network.</param>
    /// <returns>Parts sorted by SKU and node, and the items that are short with the units they lack. One of the two is empty.</returns>
    public static (IReadOnlyList<Taken> Taken, IReadOnlyList<(int Item, long Lacking)> Short) Make(
        IReadOnlyList<WantedStock> wanted, IReadOnlyDictionary<(long Sku, long Node), long> available, SaleLimit limit)
    {
        var left = available.ToDictionary(a => a.Key, a => Math.Max(0, a.Value));
        var spare = left.GroupBy(l => l.Key.Sku).ToDictionary(g => g.Key, g => limit.Of(g.Key, g.Sum(l => l.Value)));
        var taken = new SortedDictionary<(long Sku, long Node), long>();
        var shortItems = new List<(int, long)>();
        foreach (var want in wanted.Where(w => w.Node is not null)) Take(want, [want.Node!.Value]);
        var free = wanted.Where(w => w.Node is null).ToList();
        var order = NodesFor(free, left);
        foreach (var want in free) Take(want, order);
        return shortItems.Count > 0 ? ([], shortItems) : ([.. taken.Select(t => new Taken(t.Key.Sku, t.Key.Node, t.Value))], []);

        void Take(WantedStock want, IReadOnlyList<long> nodes)
        {
            long missing = want.Quantity;
            foreach (long node in nodes)
            {
                long units = Math.Min(missing, Math.Min(left.GetValueOrDefault((want.Sku, node)), spare.GetValueOrDefault(want.Sku)));
                if (units == 0) continue;
                left[(want.Sku, node)] -= units;
                spare[want.Sku] -= units;
                taken[(want.Sku, node)] = taken.GetValueOrDefault((want.Sku, node)) + units;
                missing -= units;
            }
            if (missing > 0) shortItems.Add((want.Item, missing));
        }
    }

    // The node that serves most of the units comes first; of equals the one with the lower id, so that the same stock gives the same plan.
    private static List<long> NodesFor(IReadOnlyList<WantedStock> free, IReadOnlyDictionary<(long Sku, long Node), long> left)
    {
        var need = free.GroupBy(w => w.Sku).ToDictionary(g => g.Key, g => g.Sum(w => w.Quantity));
        return [.. left.Where(l => need.ContainsKey(l.Key.Sku)).GroupBy(l => l.Key.Node)
            .OrderByDescending(g => g.Sum(l => Math.Min(l.Value, need[l.Key.Sku]))).ThenBy(g => g.Key).Select(g => g.Key)];
    }
}
