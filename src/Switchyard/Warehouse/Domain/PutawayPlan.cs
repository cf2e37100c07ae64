namespace Switchyard.Warehouse;

/// <summary>Which goods belong where. All conditions that are said must hold; the first rule that fits counts.</summary>
/// <param name="SkuBegins">The SKU begins so, whatever the case.</param>
/// <param name="Flag">A handling flag of the product: fragile, hazard, …</param>
/// <param name="Attribute">Something the product says of itself, such as its category; with <paramref name="Value"/> it must be just that.</param>
/// <param name="Zones">Only bins of these zones; any when not said.</param>
/// <param name="Kinds">Only bins of these kinds, the first preferred; pick, bulk and reserve when not said.</param>
/// <param name="StorageClass">Only bins of this storage class; those without one when not said.</param>
/// <param name="IsAlone">The goods share a bin with no other SKU.</param>
public sealed record PutawayRule(string Name, string? SkuBegins = null, string? Flag = null, string? Attribute = null, string? Value = null, IReadOnlyList<string>? Zones = null,
    IReadOnlyList<BinKind>? Kinds = null, string? StorageClass = null, bool IsAlone = false)
{
    /// <summary>What holds where no rule fits.</summary>
    public static readonly PutawayRule Usual = new("");

    public bool Fits(PutawayGoods goods) =>
        (SkuBegins is null || goods.Sku.StartsWith(SkuBegins, StringComparison.OrdinalIgnoreCase))
        && (Flag is null || goods.Flags.Contains(Flag))
        && (Attribute is null || goods.Attributes.TryGetValue(Attribute, out string? value) && (Value is null || Value == value));
}

/// <summary>Units that are to be put away.</summary>
/// <param name="GramsEach">0: not known, and then not looked at.</param>
/// <param name="Cm3Each">The same.</param>
public sealed record PutawayGoods(long SkuId, string Sku, long Units, long GramsEach, long Cm3Each, IReadOnlyList<string> Flags, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A bin with what lies in it. What is suggested for it counts as lying in it for the goods that come after.</summary>
public sealed class BinLoad(BinPlace bin)
{
    private readonly Dictionary<long, long> _units = [];
    private long _grams, _cm3;

    public BinPlace Bin => bin;
    public bool IsEmpty => _units.Count == 0;
    public long Of(long sku) => _units.GetValueOrDefault(sku);

    public void Add(long sku, long units, long gramsEach, long cm3Each)
    {
        _units[sku] = Of(sku) + units;
        _grams += units * gramsEach;
        _cm3 += units * cm3Each;
    }

    /// <summary>Units of these goods that still fit; a capacity that is not known does not bind.</summary>
    public long Room(PutawayGoods goods)
    {
        long room = long.MaxValue;
        if (bin.CapacityUnits is { } units) room = Math.Min(room, units - _units.Values.Sum());
        if (bin.CapacityGrams is { } grams && goods.GramsEach > 0) room = Math.Min(room, (grams - _grams) / goods.GramsEach);
        if (bin.CapacityCm3 is { } cm3 && goods.Cm3Each > 0) room = Math.Min(room, (cm3 - _cm3) / goods.Cm3Each);
        return Math.Max(0, room);
    }
}

/// <summary>So many units into a bin, and why there: sameSku, nearSku, empty or free.</summary>
public sealed record PutawayPart(string Bin, string Zone, long Units, string Why);

/// <summary>Says where goods are best put: with their like, else by rule into the nearest bin that takes them.</summary>
public static class PutawayPlan
{
    private static readonly BinKind[] UsualKinds = [BinKind.Pick, BinKind.Bulk, BinKind.Reserve];

    /// <summary>Bins for the goods, as far as there is room, and adds them there.</summary>
    /// <param name="rules">In the order in which they are tried.</param>
    /// <returns>The rule that counted, the parts, and units that fit nowhere.</returns>
    /// <remarks>Order: bins that hold the SKU; then by kind as the rule prefers; empty ones; near to where the SKU lies; walk order; code. The same input always gives the same answer.</remarks>
    public static (PutawayRule Rule, IReadOnlyList<PutawayPart> Parts, long Left) Suggest(PutawayGoods goods, IReadOnlyList<PutawayRule> rules, IReadOnlyList<BinLoad> bins, long aisleSpacingMm)
    {
        var rule = rules.FirstOrDefault(r => r.Fits(goods)) ?? PutawayRule.Usual;
        var kinds = rule.Kinds is { Count: > 0 } wanted ? wanted : UsualKinds;
        var homes = bins.Where(b => b.Of(goods.SkuId) > 0 && b.Bin.Aisle is not null).Select(b => b.Bin).ToList();
        var candidates = bins.Where(b => !b.Bin.IsClosed && kinds.Contains(b.Bin.Kind) && b.Bin.StorageClass == (rule.StorageClass ?? "")
                && (rule.Zones is not { Count: > 0 } zones || zones.Contains(b.Bin.Zone)) && (!rule.IsAlone || b.IsEmpty || b.Of(goods.SkuId) > 0))
            .Select(b => (Load: b, HasSame: b.Of(goods.SkuId) > 0, Kind: Index(kinds, b.Bin.Kind), Far: Nearest(b.Bin, homes, aisleSpacingMm)))
            .OrderBy(c => c.HasSame ? 0 : 1).ThenBy(c => c.Kind).ThenBy(c => c.Load.IsEmpty ? 0 : 1).ThenBy(c => c.Far).ThenBy(c => c.Load.Bin.WalkOrder)
            .ThenBy(c => c.Load.Bin.Code, StringComparer.Ordinal).ToList();

        var parts = new List<PutawayPart>();
        long left = goods.Units;
        foreach (var (load, hasSame, _, far) in candidates)
        {
            if (left == 0) break;
            long units = Math.Min(left, load.Room(goods));
            if (units == 0) continue;
            parts.Add(new PutawayPart(load.Bin.Code, load.Bin.Zone, units, hasSame ? "sameSku" : far < long.MaxValue ? "nearSku" : load.IsEmpty ? "empty" : "free"));
            load.Add(goods.SkuId, units, goods.GramsEach, goods.Cm3Each);
            left -= units;
        }
        return (rule, parts, left);
    }

    private static int Index(IReadOnlyList<BinKind> kinds, BinKind kind)
    {
        for (int i = 0; i < kinds.Count; i++)
            if (kinds[i] == kind) return i;
        return kinds.Count;
    }

    // As the crow cannot fly: along the aisles and across them. What lies in no aisle is near to nothing.
    private static long Nearest(BinPlace bin, List<BinPlace> homes, long spacing) => bin.Aisle is not { } aisle || homes.Count == 0 ? long.MaxValue
        : homes.Min(h => Math.Abs(h.Aisle!.Value - aisle) * spacing + Math.Abs(h.YMm!.Value - bin.YMm!.Value));
}
