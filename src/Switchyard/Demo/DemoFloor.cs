using System.Globalization;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Picking;
using Switchyard.Warehouse;

namespace Switchyard.Demo;

/// <summary>The floor of the Birmingham warehouse: ten aisles in two blocks, its bins with the goods in them, and who picks there.</summary>
internal static class DemoFloor
{
    private const string Node = "BHM";
    private const int Aisles = 10, Blocks = 2, Bays = 12, Levels = 2, BlockLengthMm = 24_000, AisleSpacingMm = 4_000, BinUnits = 120;

    private static readonly (string Zone, int Aisles)[] Zones = [("CERAMICS", 4), ("TEXTILES", 3), ("LIVING", 3)];

    /// <remarks>Errors: those of the rooms it goes through.</remarks>
    public static async Task<Error?> Write(DemoStage stage, IReadOnlyList<DemoProduct> products)
    {
        var layout = new WriteLayout.Request(Aisles, Blocks, BlockLengthMm, AisleSpacingMm, 4, null);
        if ((await WriteLayout.Handle(Node, layout, null, stage.Db, stage.Clock, stage.Actor)).Error is { } refused) return refused;
        var bins = Bins().ToList();
        WriteBins.Item?[] all = [.. bins, Special("DOCK-1", BinKind.Staging), Special("DOCK-2", BinKind.Staging), Special("HOSPITAL", BinKind.Quarantine)];
        if ((await WriteBins.Handle(Node, new WriteBins.Request(all), stage.Db, stage.Clock, stage.Actor)).Error is { } faulty) return faulty;
        if ((await SetBins.Handle(new SetBins.Request(await Goods(stage, products, bins)), stage.Db, stage.Clock, stage.Once("bin-levels"))).Error is { } unplaced) return unplaced;
        WriteOperatives.Item?[] people = [.. stage.Ids.Where(p => p.Key is "pete" or "carla").Select(p => new WriteOperatives.Item(p.Value, char.ToUpperInvariant(p.Key[0]) + p.Key[1..]))];
        return people.Length == 0 ? null : (await WriteOperatives.Handle(Node, new WriteOperatives.Request(people), stage.Db, stage.Clock, stage.Actor)).Error;
    }

    private static IEnumerable<WriteBins.Item> Bins()
    {
        for (int aisle = 0; aisle < Aisles; aisle++)
            for (int block = 0; block < Blocks; block++)
                for (int bay = 0; bay < Bays; bay++)
                    foreach (var side in new[] { AisleSide.Left, AisleSide.Right })
                        for (int level = 0; level < Levels; level++)
                            yield return new WriteBins.Item(
                                string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + aisle)}{block + 1}-{bay * 2 + (side == AisleSide.Left ? 1 : 2):00}-{level + 1}"), ZoneOf(aisle),
                                WalkOrder: ((aisle * Blocks + block) * Bays + bay) * 4 + (side == AisleSide.Left ? 0 : 2) + level, Aisle: aisle, Block: block,
                                PositionMm: 1_000 + bay * 2_000, Side: side, Level: level, CapacityUnits: 4 * BinUnits);
    }

    private static string ZoneOf(int aisle) => aisle < Zones[0].Aisles ? Zones[0].Zone : aisle < Zones[0].Aisles + Zones[1].Aisles ? Zones[1].Zone : Zones[2].Zone;

    private static WriteBins.Item Special(string code, BinKind kind) => new(code, Kind: kind, WalkOrder: 100_000);

    /// <summary>Each product where its kind lies, in as many bins beside each other as it needs.</summary>
    private static async Task<IReadOnlyList<SetBins.Item?>> Goods(DemoStage stage, IReadOnlyList<DemoProduct> products, IReadOnlyList<WriteBins.Item> bins)
    {
        var onHand = (await stage.Db.Read(stage.Actor, work => work.Query(
            "select p.sku, s.on_hand from stock s join products p on p.id = s.sku_id join nodes n on n.id = s.node_id where s.merchant_id = @merchant and n.code = @node and s.on_hand > 0",
            row => (Sku: row.Text(), Units: row.Long()), ("node", Node)))).ToDictionary(s => s.Sku, s => s.Units);
        var items = new List<SetBins.Item?>();
        var there = products.Where(p => onHand.ContainsKey(p.Sku)).Select(p => (p.Sku, Zone: Zone(p))).ToList();
        foreach (var zone in there.GroupBy(p => p.Zone))
        {
            var own = bins.Where(b => b.Zone == zone.Key).ToList();
            double each = (double)own.Count / zone.Count();
            foreach (var (i, product) in zone.Index())
            {
                // Bins of an earlier making keep their place: the same product lies in the same bin.
                var bin = own[Math.Min(own.Count - 1, (int)(i * each))];
                items.Add(new SetBins.Item(Node, bin.Code, product.Sku, null, onHand[product.Sku], bin.Zone, bin.WalkOrder));
            }
        }
        return items;
    }

    private static string Zone(DemoProduct product) => product.Sku[..3] switch
    {
        "MUG" or "BWL" or "PLT" or "JUG" or "VAS" or "TPT" or "PAN" => Zones[0].Zone,
        "THR" or "CUS" or "RUG" or "TWL" or "APR" or "BSK" => Zones[1].Zone,
        _ => Zones[2].Zone,
    };
}
