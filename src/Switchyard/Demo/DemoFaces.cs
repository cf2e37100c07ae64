using Switchyard.Kernel;
using Switchyard.Picking;
using Switchyard.Warehouse;

namespace Switchyard.Demo;

/// <summary>The pick faces of what lies in reserve too in Birmingham, each kept at about what lies there now: some are to be filled soon, and by the end of the shift some are. And where what comes in is put.</summary>
internal static class DemoFaces
{
    private const int MostFaces = 40;

    public static async Task<Error?> Write(DemoStage stage, IReadOnlyList<DemoProduct> products)
    {
        var lying = (await stage.Db.Read(stage.Actor, work => work.Query(
            """
            select p.sku, x.code, s.quantity, coalesce(b.kind, '') from bins x join bin_stock s on s.bin_id = x.id join products p on p.id = s.sku_id join nodes n on n.id = x.node_id
              left join bin_places b on b.bin_id = x.id where s.merchant_id = @merchant and n.code = @node and s.quantity > 0 order by p.sku, x.code
            """, row => (Sku: row.Text(), Bin: row.Text(), Units: row.Long(), Kind: row.Text()), ("node", DemoWarehouse.Node)))).ToLookup(l => l.Sku);
        var faces = products.Where(p => lying[p.Sku].Any(l => l.Kind == "reserve") && lying[p.Sku].Any(l => l.Kind == "pick")).Take(MostFaces).Select((p, i) =>
        {
            var shelf = lying[p.Sku].First(l => l.Kind == "pick");
            // Every fourth has sold better than whoever set it thought.
            long min = i % 4 == 0 ? shelf.Units + 6 : Math.Max(1, shelf.Units / 4);
            return (WriteFaces.Item?)new WriteFaces.Item(p.Sku, shelf.Bin, Math.Min(min, 200), Math.Clamp(Math.Max(min, shelf.Units) + 24, 1, 240));
        }).ToList();
        if (faces.Count > 0 && (await WriteFaces.Handle(DemoWarehouse.Node, new WriteFaces.Request(faces), stage.Db, stage.Clock, stage.Once("faces"))).Error is { } refused) return refused;
        PutawayRule?[] rules =
        [
            new("Rugs and lamps", SkuBegins: "RUG-", Zones: ["Large"], Kinds: [BinKind.Reserve, BinKind.Pick]), new("Candles keep to themselves", SkuBegins: "CAN-", Zones: ["Home"], Kinds: [BinKind.Pick], IsAlone: true),
            new("Breakables low", Flag: "fragile", Zones: ["Tableware"], Kinds: [BinKind.Pick, BinKind.Reserve]),
        ];
        return (await PutawayRules.Write(DemoWarehouse.Node, new PutawayRules.Request(rules), null, stage.Db, stage.Clock, stage.Once("putaway-rules"))).Error;
    }
}
