using System.Globalization;
using Switchyard.Adapters;
using Switchyard.Documents;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Packing;
using Switchyard.Picking;
using Switchyard.Shipping;
using Switchyard.Sourcing;
using Switchyard.Warehouse;

namespace Switchyard.Demo;

/// <summary>
/// The inside of the Birmingham warehouse: aisles, bins and what lies in them, lots that expire, boxes, printers, who picks, and an account with a carrier that a rate card stands for.
/// Nothing of it speaks to anybody: printers wait for an agent, labels are drawn here.
/// </summary>
internal static class DemoWarehouse
{
    public const string Node = "BHM", Account = "wharf", CarrierName = "Wharf Parcels", Station = "BHM-TABLE-1", Dock = "DOCK-1";

    private const int Aisles = 12, Blocks = 2, Bays = 8, PickLevels = 3, BinsAtOnce = 1_000, LotProducts = 8;
    private const long BayMm = 1_500, SpacingMm = 3_600;

    private static readonly string[] Shelves = ["A", "B", "C", "D"];
    private static readonly string[] Tableware = ["MUG", "BWL", "PLT", "JUG", "TPT", "APR", "TRY", "BRD", "PAN", "KNF"], Large = ["RUG", "LMP", "WRT"];

    private sealed record Lot(string Number, int ExpiresInDays, long Units);

    // What is nearly over, what keeps long; of one product a rest that is over, which nobody took away.
    private static IReadOnlyList<Lot> LotsOf(int product) =>
        [new("W2404", product == 0 ? -1 : 24 + product, 18 + product * 3), new("W2409", 210 + product * 5, 40)];

    /// <summary>Candles that are kept by lots: they come by a delivery and not by opening stock.</summary>
    public static IReadOnlyList<DemoProduct> InLots(IReadOnlyList<DemoProduct> products) =>
        [.. products.Where(p => p.Sku.StartsWith("CAN-", StringComparison.Ordinal) && !p.IsSoldOut).Take(LotProducts)];

    /// <param name="at">What is there then is put into bins.</param>
    public static IEnumerable<DemoStep> Describe(IReadOnlyList<DemoProduct> products, DateTimeOffset at)
    {
        yield return new("Laying out the warehouse", at, Layout);
        foreach (var zone in products.GroupBy(Zone)) yield return new("Putting goods into bins", at, stage => PutAway(stage, zone.Key, [.. zone]));
        yield return new("Receiving lots", at, stage => Receive(stage, InLots(products)));
        yield return new("Setting up packing and carriers", at, SetUp);
        yield return new("Setting up pick faces", at, stage => DemoFaces.Write(stage, products));
    }

    private static async Task<Error?> PutAway(DemoStage stage, string zone, IReadOnlyList<DemoProduct> products)
    {
        var stock = (await stage.Db.Read(stage.Actor, work => work.Query(
            "select p.sku, s.on_hand from stock s join products p on p.id = s.sku_id join nodes n on n.id = s.node_id where s.merchant_id = @merchant and n.code = @node and s.on_hand > 0",
            row => (Sku: row.Text(), Units: row.Long()), ("node", Node)))).ToDictionary(s => s.Sku, s => s.Units);
        foreach (var (i, part) in Levels(products, stock, zone).Chunk(BinsAtOnce).Index())
            if ((await SetBins.Handle(new SetBins.Request(part), stage.Db, stage.Clock, stage.Once($"bins-{zone}-{i}"))).Error is { } error) return error;
        return null;
    }

    private static async Task<Error?> Layout(DemoStage stage)
    {
        var layout = new WriteLayout.Request(Aisles, Blocks, Bays * BayMm, SpacingMm, Aisles / 2, null);
        if ((await WriteLayout.Handle(Node, layout, null, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
        List<WriteBins.Item?> bins =
        [
            .. Places().Select(p => new WriteBins.Item(p.Code, p.Zone, p.Walk, p.Shelf < PickLevels ? BinKind.Pick : BinKind.Reserve, p.Aisle, p.Block, p.PositionMm, p.Side, p.Shelf, CapacityUnits: 240)),
            new WriteBins.Item(Dock, "Dock", 0, BinKind.Staging), new WriteBins.Item("DOCK-2", "Dock", 0, BinKind.Staging), new WriteBins.Item("QUARANTINE", "Dock", 0, BinKind.Quarantine),
        ];
        foreach (var part in bins.Chunk(BinsAtOnce))
            if ((await WriteBins.Handle(Node, new WriteBins.Request(part), stage.Db, stage.Clock, stage.Actor)).Error is { } refused) return refused;
        return null;
    }

    private sealed record Place(string Code, string Zone, long Walk, int Aisle, int Block, long PositionMm, AisleSide Side, int Shelf);

    /// <summary>Every shelf, as it is walked past: up one aisle and down the next.</summary>
    private static IEnumerable<Place> Places() =>
        from aisle in Enumerable.Range(0, Aisles)
        from block in Enumerable.Range(0, Blocks)
        from bay in Enumerable.Range(0, Bays)
        from side in new[] { AisleSide.Left, AisleSide.Right }
        from shelf in Enumerable.Range(0, Shelves.Length)
        let along = block * Bays + bay
        select new Place(string.Create(CultureInfo.InvariantCulture, $"{aisle + 1:00}-{along * 2 + (side == AisleSide.Left ? 1 : 2):00}-{Shelves[shelf]}"), Zone(aisle),
            aisle * 100 + (aisle % 2 == 0 ? along : Blocks * Bays - 1 - along) + 1, aisle, block, bay * BayMm + BayMm / 2, side, shelf);

    private static string Zone(int aisle) => aisle < 5 ? "Tableware" : aisle < 10 ? "Home" : "Large";

    private static string Zone(DemoProduct product) => product.Sku[..3] is var kind && Tableware.Contains(kind) ? "Tableware" : Large.Contains(kind) ? "Large" : "Home";

    /// <summary>Each product on a shelf of its zone; of what is bought most half lies in reserve above.</summary>
    private static IEnumerable<SetBins.Item> Levels(IReadOnlyList<DemoProduct> products, IReadOnlyDictionary<string, long> stock, string zone)
    {
        var (shelves, above) = (Places().Where(p => p.Zone == zone && p.Shelf < PickLevels).ToList(), Places().Where(p => p.Zone == zone && p.Shelf == PickLevels).ToList());
        var goods = products.Where(p => stock.ContainsKey(p.Sku)).ToList();
        foreach (var (i, product) in goods.Index())
        {
            long units = stock[product.Sku], kept = units > 100 ? units / 2 : 0;
            yield return new SetBins.Item(Node, shelves[i * shelves.Count / goods.Count].Code, product.Sku, null, units - kept, null, null);
            if (kept > 0) yield return new SetBins.Item(Node, above[i * above.Count / goods.Count].Code, product.Sku, null, kept, null, null);
        }
    }

    private static async Task<Error?> Receive(DemoStage stage, IReadOnlyList<DemoProduct> products)
    {
        var tracked = new SetTracking.Request([.. products.Select(p => new SetTracking.Item(p.Sku, Tracks.Lot, NeedsExpiry: true, Removal: RemovalStrategy.Fefo))]);
        if ((await SetTracking.Handle(tracked, stage.Db, stage.Clock, stage.Actor)).Error is { } unset) return unset;
        var opened = await OpenDelivery.Handle(new OpenDelivery.Request(Node, "WICK-0412", "Wickham Candles", null), stage.Db, stage.Clock, stage.Once("delivery-opened"));
        if (opened.Error is { } refused) return refused;
        var shelves = Places().Where(p => p.Zone == "Home" && p.Aisle == 9 && p.Shelf < PickLevels).ToList();
        var items = products.SelectMany((p, i) => LotsOf(i).Select((lot, n) => new ReceiveGoods.Item(p.Sku, null, lot.Units, GoodsCondition.Good, shelves[i * 6 + n * 2].Code, lot.Number,
            stage.Now.AddDays(lot.ExpiresInDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{p.Sku}-{lot.Number}"))).ToList();
        string id = opened.Value.Id.ToString();
        if ((await ReceiveGoods.Handle(id, new ReceiveGoods.Request([.. items]), stage.Db, stage.Clock, stage.Once("delivery-received"))).Error is { } error) return error;
        return (await CloseDelivery.Handle(id, null, stage.Db, stage.Clock, stage.Once("delivery-closed"))).Error;
    }

    private static async Task<Error?> SetUp(DemoStage stage)
    {
        foreach (var (code, box) in Boxes)
            if ((await WritePackaging.Handle(code, box, null, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
        foreach (var (code, printer) in Printers)
            if ((await WritePrinter.Write(code, printer, stage.Db, stage.Get<PrinterAddresses>(), stage.Clock, stage.Actor)).Error is { } error) return error;
        var table = new WritePrinter.StationBody(Node, "Packing table 1", "BHM-LABELS", "BHM-SLIPS", "BHM-OFFICE");
        if ((await WritePrinter.Write(Station, table, stage.Db, stage.Clock, stage.Actor)).Error is { } unset) return unset;
        if ((await WriteOperatives.Handle(Node, new WriteOperatives.Request(Operatives(stage)), stage.Db, stage.Clock, stage.Actor)).Error is { } unknown) return unknown;
        if ((await WriteRateCard.Handle("wharf-tariff", Tariff, null, stage.Db, stage.Clock, stage.Actor)).Error is { } unpriced) return unpriced;
        var account = new WriteAccount.Request(CarrierName, "table", Node: Node, Settings: new() { ["rateCard"] = "wharf-tariff", ["carrierName"] = CarrierName, ["prefix"] = "WP", ["number"] = "FV-2201" }, Services:
        [
            new AccountService("wharf-48", "Wharf 48", ["standard"], Co2Grams: 310, MaxGrams: 30_000), new AccountService("wharf-24", "Wharf 24", ["express"], Co2Grams: 420, MaxGrams: 30_000),
            new AccountService("wharf-next-day", "Wharf Next Day", ["next-day"], IsGuaranteed: true, Co2Grams: 520, MaxGrams: 30_000),
        ]);
        return (await WriteAccount.Handle(Account, account, null, stage.Get<CarrierDesk>(), stage.Db, stage.Get<Http.OutwardHttp>(), stage.Get<CarrierHttp>(), stage.Get<CarrierSecrets>(), stage.Clock, stage.Actor)).Error;
    }

    /// <summary>Whoever picks: Pete where he is, else whoever makes the shop.</summary>
    private static List<WriteOperatives.Item?> Operatives(DemoStage stage) => stage.Ids.Count == 0
        ? [new WriteOperatives.Item(stage.Actor.Id, stage.Actor.Name, [], [])]
        : [new WriteOperatives.Item(stage.Ids["pete"], "Pete Picker", [], []), new WriteOperatives.Item(stage.Ids["demo"], "Demo", [], []), new WriteOperatives.Item(stage.Ids["carla"], "Carla Service", ["Tableware"], [], false)];

    private static readonly IReadOnlyList<(string Code, WritePackaging.Request Box)> Boxes =
    [
        ("MAILER", Box("Padded mailer", "bag", 320, 240, 60, 40, 2_000, 18, 900)), ("BOX-S", Box("Small box", "box", 250, 200, 140, 160, 8_000, 38, 640)),
        ("BOX-M", Box("Medium box", "box", 400, 300, 250, 340, 15_000, 62, 480)), ("BOX-L", Box("Large box", "box", 600, 450, 400, 820, 25_000, 118, 210)),
        ("TUBE", Box("Rug tube", "box", 1_800, 220, 220, 1_100, 20_000, 245, 60)),
    ];

    private static WritePackaging.Request Box(string name, string kind, long length, long width, long height, long grams, long most, long cost, long supply) =>
        new(name, kind, Node, new Edges(length, width, height), kind == "bag" ? null : new Edges(length - 10, width - 10, height - 10), grams, most, cost, "GBP", supply, null);

    private static readonly IReadOnlyList<(string Code, WritePrinter.PrinterBody Printer)> Printers =
    [
        ("BHM-LABELS", new(Node, "Labels at table 1", "label", "zpl203", "agent")), ("BHM-SLIPS", new(Node, "Slips at table 1", "slip", "pdf", "agent")), ("BHM-OFFICE", new(Node, "Office", "a4", "pdf", "agent")),
    ];

    private static readonly WriteRateCard.Request Tariff = new("Wharf Parcels tariff", CarrierName, "GBP", [new("Mainland", "GB")],
        [.. new[] { ("wharf-48", "standard", 335L, 3), ("wharf-24", "express", 480L, 2), ("wharf-next-day", "next-day", 630L, 1) }
            .SelectMany(s => new[] { 2_000L, 5_000L, 15_000L, 30_000L }.Select((grams, i) => new CardRate("Mainland", s.Item1, s.Item2, grams, s.Item3 + i * s.Item3 / 3, s.Item4)))]);
}
