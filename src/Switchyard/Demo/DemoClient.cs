using System.Globalization;
using Switchyard.Access;
using Switchyard.Billing;
using Switchyard.Catalog;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Sourcing;
using Switchyard.Warehouse;

namespace Switchyard.Demo;

/// <summary>
/// A client of the house: Harbour Soap keeps its goods in the Birmingham warehouse too, sells for itself, and is billed for what is done for it. It came on the first of last month, so that a whole month
/// stands to be approved and this one runs. Its bins stand on the mezzanine above the aisles.
/// </summary>
internal sealed class DemoClient
{
    public const string Code = "harbour-soap", Name = "Harbour Soap";
    private const int OrdersAWeek = 9, WeekDays = 7;
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    private static readonly (string Sku, string Name, string Barcode, long Grams, long PriceMinor, long Units)[] Goods =
    [
        ("SEA-01", "Sea salt soap, 120 g", "5000000100019", 135, 650, 240), ("LAV-01", "Lavender soap, 120 g", "5000000100026", 135, 650, 180),
        ("TAR-01", "Tar soap, 120 g", "5000000100033", 135, 700, 120), ("SHV-01", "Shaving soap in a bowl", "5000000100040", 310, 1450, 60),
        ("BRU-01", "Beech nail brush", "5000000100057", 90, 890, 80), ("GIF-01", "Gift box of three", "5000000100064", 480, 2200, 40),
    ];

    private static readonly (string Name, string Street, string City, string Postcode)[] Buyers =
    [
        ("Agnes Pell", "4 Quay Street", "Whitby", "YO21 1DH"), ("Tom Rudd", "19 Cliff Road", "Falmouth", "TR11 4NP"), ("Ines Marsh", "72 Fore Street", "Ipswich", "IP4 1JZ"),
        ("Bert Lowe", "8 The Strand", "Exmouth", "EX8 1AB"), ("Cora Finch", "31 Bath Road", "Swindon", "SN1 4AS"), ("Dan Hale", "3 Abbey Close", "Durham", "DH1 3RQ"), ("Edie Crane", "55 Mount Street", "Lincoln", "LN1 3JG"),
    ];

    /// <param name="now">When the shop is made.</param>
    /// <param name="until">Up to then weeks are worked.</param>
    public DemoClient(DateTimeOffset now, DateTimeOffset until)
    {
        var today = TimeZoneInfo.ConvertTime(now, London).DateTime;
        var first = new DateTime(today.Year, today.Month, 1, 7, 0, 0, DateTimeKind.Unspecified).AddMonths(-1);
        var opened = new DateTimeOffset(first, London.GetUtcOffset(first)).ToUniversalTime();
        int weeks = (int)((until - opened).TotalDays / WeekDays);
        Steps = [new("Taking in a client", opened, Begin), .. Enumerable.Range(0, weeks).Select(week => new DemoStep("Working for the client", opened.AddDays((week + 1) * WeekDays), stage => Week(stage, week)))];
    }

    public IReadOnlyList<DemoStep> Steps { get; }

    /// <summary>Whoever acts, for the client.</summary>
    public static async Task<Actor> For(DemoStage stage, string deed) =>
        stage.Once("client-" + deed) with { Merchant = await stage.Db.ReadAll(work => work.Scalar("select id from merchants where code = @code /* house */", ("code", Code))) };

    private static async Task<Error?> Begin(DemoStage stage)
    {
        var made = await CreateMerchant.Handle(new CreateMerchant.Request(Code, Name, "GBP"), stage.Db, stage.Clock, stage.Actor);
        if (made.Error is { Code: not "access.merchant_exists" } error) return error;
        string own = await stage.Db.Read(stage.Actor, async work => (await work.Query("select code from merchants where id = @merchant", row => row.Text()))[0]);
        var house = DemoNetwork.Nodes.First(n => n.Code == DemoWarehouse.Node) with { Merchants = [own, Code] };
        if ((await WriteNode.Handle(house, DemoWarehouse.Node, null, stage.Db, stage.Clock, stage.Actor)).Error is { } unshared) return unshared;
        var prices = new WriteTariff.Request("GBP",
        [
            new("order", 95), new("pick", 22), new("parcel", 40), new("receivedUnit", 4), new("binDay", 6), new("palletDay", 45),
        ]);
        if ((await WriteTariff.Handle(Code, prices, null, stage.Db, stage.Clock, stage.Actor)).Error is { } unpriced) return unpriced;
        var bins = new WriteBins.Request([.. Goods.Select((_, i) => new WriteBins.Item(Bin(i), "Mezzanine", 5_000 + i))]);
        if ((await WriteBins.Handle(DemoWarehouse.Node, bins, stage.Db, stage.Clock, stage.Actor)).Error is { } unknown) return unknown;
        foreach (var p in Goods)
        {
            var body = new ProductBody(p.Sku, p.Name, WeightGrams: p.Grams, Prices: [new PriceBody("GBP", p.PriceMinor)], Barcodes: [new BarcodeBody(p.Barcode)]);
            if ((await WriteProduct.Handle(body, p.Sku, null, stage.Db, stage.Clock, await For(stage, p.Sku))).Error is { } refused) return refused;
        }
        var opened = await OpenDelivery.Handle(new OpenDelivery.Request(DemoWarehouse.Node, "HARBOUR-1", Name, null), stage.Db, stage.Clock, await For(stage, "delivery"));
        if (opened.Error is { } shut) return shut;
        string id = opened.Value.Id.ToString();
        var came = new ReceiveGoods.Request([.. Goods.Select((p, i) => new ReceiveGoods.Item(p.Sku, null, p.Units, GoodsCondition.Good, Bin(i), null, null, "harbour-" + p.Sku))]);
        if ((await ReceiveGoods.Handle(id, came, stage.Db, stage.Clock, await For(stage, "received"))).Error is { } unread) return unread;
        return (await CloseDelivery.Handle(id, null, stage.Db, stage.Clock, await For(stage, "closed"))).Error;
    }

    /// <summary>Orders of a week at their own times, sent on its last day, when those of the week before have arrived; and what was stored, day by day.</summary>
    private static async Task<Error?> Week(DemoStage stage, int week)
    {
        var start = stage.Clock.At.AddDays(-WeekDays);
        var placed = await stage.Writer!.PlacePast(await For(stage, $"orders-{week}"), [.. Enumerable.Range(0, OrdersAWeek).Select(i => Order(week * OrdersAWeek + i, start.AddHours(3 + i * 18.5)))]);
        if (placed.FirstOrDefault(p => p.Error is not null).Error is { } refused) return refused;
        var orders = placed.Select(p => p.Value).ToList();
        var underWay = await stage.Db.Read(await For(stage, ""), work => work.Query("select id from orders where merchant_id = @merchant and ended_at_ms is null and placed_at_ms < @start order by id",
            row => new OrderId(row.Uuid()), ("start", start.ToUnixTimeMilliseconds())));
        var parcels = orders.Index().ToDictionary(o => o.Item, o => new HandOver.Request("Evri", "Standard", string.Create(CultureInfo.InvariantCulture, $"HS{73_400_000 + week * 100 + o.Index:000000000}GB"), null));
        if ((await WorkShift.Handle(stage.Db, await For(stage, $"work-{week}"), underWay, orders, start.AddDays(2), id => parcels[id], stage.Clock.At)).Error is { } error) return error;
        await ActivatorUtilities.CreateInstance<KeepStorageDays>(stage.Services, (TimeProvider)stage.Clock).Handle();
        return null;
    }

    private static (PlaceOrder.Request Request, DateTimeOffset At) Order(int no, DateTimeOffset at)
    {
        var (name, street, city, postcode) = Buyers[no % Buyers.Length];
        PlaceOrder.Line[] lines = [.. Enumerable.Range(0, 1 + no % 3).Select(i => Goods[(no + i * 2) % Goods.Length]).Select((p, i) => new PlaceOrder.Line(p.Sku, 1 + (no + i) % 2, p.PriceMinor, null, null, 0.2m, null, null))];
        string email = name.ToLowerInvariant().Replace(' ', '.') + "@example.com";
        return (new PlaceOrder.Request("web", "HS-" + Text.Invariant(1001 + no), "GBP", new PlaceOrder.Customer(name, email, null, null), new PlaceOrder.Address(name, null, street, null, city, null, postcode, "GB", null), null, "standard",
            lines, [new PlaceOrder.Charge("delivery", "Delivery", 350, 0.2m, null)], null, true, new PlaceOrder.Payment("paid", "card", null, null), null, null, null), at);
    }

    private static string Bin(int i) => "MZ-" + Text.Invariant(i + 1);
}
