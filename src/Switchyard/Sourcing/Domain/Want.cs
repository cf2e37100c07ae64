namespace Switchyard.Sourcing;

/// <summary>What is searched for: all lines of one SKU together, since they compete for the same stock; or one line that stays whole.</summary>
/// <param name="PenaltyMinor">The least penalty of its lines; which lines stay short is decided when parts are given back.</param>
/// <param name="Lines">Positions in the demands.</param>
internal sealed record Want(long SkuId, long WeightGrams, long Quantity, long PenaltyMinor, List<int> Lines)
{
    public static Want[] Merge(IReadOnlyList<Demand> demands, bool mayDivide)
    {
        var wants = new List<Want>(demands.Count);
        var bySku = mayDivide && demands.Count > 8 ? new Dictionary<long, int>(demands.Count) : null;
        for (int i = 0; i < demands.Count; i++)
        {
            var demand = demands[i];
            if (demand.Quantity <= 0) continue;
            long penalty = Grains.Penalty(demand);
            int at = mayDivide ? Find(wants, bySku, demand.SkuId) : -1;
            if (at < 0)
            {
                bySku?.Add(demand.SkuId, wants.Count);
                wants.Add(new Want(demand.SkuId, Math.Max(0, demand.WeightGrams), demand.Quantity, penalty, [i]));
                continue;
            }
            var want = wants[at];
            want.Lines.Add(i);
            long quantity = want.Quantity > long.MaxValue - demand.Quantity ? long.MaxValue : want.Quantity + demand.Quantity;
            wants[at] = want with { Quantity = quantity, PenaltyMinor = Math.Min(want.PenaltyMinor, penalty) };
        }
        return wants.ToArray();
    }

    private static int Find(List<Want> wants, Dictionary<long, int>? bySku, long sku)
    {
        if (bySku is not null) return bySku.TryGetValue(sku, out int at) ? at : -1;
        for (int i = 0; i < wants.Count; i++) if (wants[i].SkuId == sku) return i;
        return -1;
    }
}
