using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Switchyard.Access;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Packing;
using Switchyard.Picking;

namespace Switchyard.Demo;

/// <summary>
/// The shift that goes on in Birmingham while somebody looks: orders of the last hour, a wave that is picked and mostly packed, one that is being picked, one that is planned, a delivery
/// half booked in, and a lot that was recalled.
/// </summary>
internal sealed class DemoShift(IReadOnlyList<DemoProduct> products, int seed, DateTimeOffset now)
{
    private const int Orders = 26, FirstNo = 10_000, StopsOfSecond = 6;

    /// <summary>When the days before are over: what is written later is of a later instant.</summary>
    public static DateTimeOffset Begins(DateTimeOffset now) => now.AddMinutes(-55);

    public IEnumerable<DemoStep> Steps =>
    [
        new("Orders of the last hour", Begins(now), Place), new("Picking a wave", now.AddMinutes(-34), First), new("Packing", now.AddMinutes(-12), Pack),
        new("Picking the next wave", now.AddMinutes(-8), Second), new("Planning a wave", now.AddMinutes(-1), stage => Wave(stage, "third", "zone", null, 5)), new("A delivery at the dock", now.AddMinutes(-1), Dock),
    ];

    private async Task<Error?> Place(DemoStage stage)
    {
        var orders = new DemoOrders(products, seed).Recent(now, Orders * 2).Where(o => o.Fate == DemoFate.Flows && o.Request.ShippingAddress?.Country == "GB").Take(Orders).ToList();
        foreach (var (i, made) in orders.Index())
        {
            var order = made with { No = FirstNo + i, Request = made.Request with { ExternalId = string.Create(CultureInfo.InvariantCulture, $"W{i + 1:00000}") } };
            if (await stage.Place(order) is { } error) return error;
            stage.Clock.At = stage.Clock.At.AddSeconds(40);
            if (await stage.IdOf(order) is { } id) _ = await ReleaseOrder.Handle(id, null, stage.Db, stage.Clock, stage.Once($"release-{order.No}", "demo"));
        }
        return null;
    }

    private static Task<Error?> First(DemoStage stage) => Wave(stage, "first", "cluster", 8, 4, walk: int.MaxValue);

    private static Task<Error?> Second(DemoStage stage) => Wave(stage, "second", "cluster", 8, 4, walk: StopsOfSecond);

    /// <summary>Makes a wave; with a number of stops it is released and Pete walks so far.</summary>
    private static async Task<Error?> Wave(DemoStage stage, string name, string method, int? most, int totes, int walk = 0)
    {
        var made = await MakeWave.Handle(new MakeWave.Request(DemoWarehouse.Node, method, Most: most, Totes: totes, Tours: 2), stage.Db, stage.Clock, stage.Once("wave-" + name, "demo"));
        if (made.Error is { } error) return error.Code == PickingErrors.NothingToPick.Code ? null : error;
        if (walk == 0) return null;
        if ((await RunWave.Release(made.Value.Id.ToString(), stage.Db, stage.Clock, stage.Once("wave-released-" + name, "demo"))).Error is { } refused) return refused;
        foreach (string who in walk == int.MaxValue ? new[] { "pete", "demo" } : ["pete"])
            if (await Walk(stage, who, walk) is { } stopped) return stopped;
        return null;
    }

    private static async Task<Error?> Walk(DemoStage stage, string who, int stops)
    {
        var picker = stage.Once("walk", who) with { Stamp = null };
        for (int i = 0; i < stops; i++)
        {
            var next = await TakeStop.Handle(DemoWarehouse.Node, stage.Db, stage.Clock, picker);
            if (next.Error is { } error) return error;
            if (next.Value.Stop is not { } stop) return null;
            // Now and then the wrong mug is in the hand: the scan says so.
            string? tote = stop.ToteNo is { } place ? string.Create(CultureInfo.InvariantCulture, $"TOTE-{place:00}") : null;
            var pick = new SendPicks.Command(Once(stop.Id, "pick"), stop.Id, "pick", stop.Bin, stop.Sku, tote);
            SendPicks.Command[] said = i % 9 == 4 ? [pick with { Id = Once(stop.Id, "wrong"), Item = "2000000000008" }, pick] : [pick];
            if ((await SendPicks.Handle(new SendPicks.Request(said), stage.Db, stage.Get<Replan>(), stage.Clock, picker)).Error is { } refused) return refused;
            stage.Clock.At = stage.Clock.At.AddSeconds(stops == int.MaxValue ? 24 : 50);
        }
        return null;
    }

    /// <summary>What is picked is packed and labelled, but for the last two.</summary>
    private static async Task<Error?> Pack(DemoStage stage)
    {
        var picked = await stage.Db.Read(stage.Actor, work => work.Query(
            "select f.id from fulfilment_orders f join nodes n on n.id = f.node_id where f.merchant_id = @merchant and n.code = @node and f.state = 'picked' order by f.id desc limit 8",
            row => new FulfilmentId(row.Uuid()), ("node", DemoWarehouse.Node)));
        var goods = new PackGoods(new ChangeRelease(stage.Db, stage.Clock));
        foreach (var release in picked.Skip(2))
        {
            string id = release.ToString();
            var packer = stage.Once("pack", "pete") with { Stamp = null };
            if (await Table(stage, packer, id) is { } error) return error;
            if ((await PackAtTable.Seal(id, new PackAtTable.SealRequest(id + "-seal"), goods, stage.Db, stage.Clock, packer)).Error is { } unsealed) return unsealed;
            var sealed_ = await stage.Db.Read(stage.Actor, work => FulfilmentReader.Read(work, [release.Value]));
            await DemoParcels.Label(stage, sealed_[0], id);
            stage.Clock.At = stage.Clock.At.AddSeconds(45);
        }
        return null;
    }

    private static async Task<Error?> Table(DemoStage stage, Actor packer, string id)
    {
        var view = await PackAtTable.View(id, stage.Db, packer);
        if (view.Error is { } error) return error;
        string box = view.Value.Lines.Sum(l => l.Picked) switch { 1 => "BOX-S", < 5 => "BOX-M", _ => "BOX-L" };
        var steps = new List<PackAtTable.StepRequest> { Step("parcel", packaging: box) };
        steps.AddRange(view.Value.Lines.Where(l => l.Picked > l.InParcels).Select(l => Step("scan", l.Sku, l.Picked - l.InParcels, l.Line)));
        foreach (var step in steps)
            if ((await PackAtTable.Step(id, step, stage.Db, stage.Clock, packer)).Error is { } refused) return refused;
        return null;

        PackAtTable.StepRequest Step(string kind, string? code = null, long? quantity = null, int? line = null, string? packaging = null) =>
            new($"{id}-{kind}-{line}", kind, code, quantity, line, line is null ? null : 1, packaging, packaging, null, null, null, null);
    }

    private async Task<Error?> Dock(DemoStage stage)
    {
        var candles = DemoWarehouse.InLots(products);
        var lines = candles.Take(4).Select(p => new OpenDelivery.Expected(p.Sku, 24)).ToList();
        var opened = await OpenDelivery.Handle(new OpenDelivery.Request(DemoWarehouse.Node, "WICK-0518", "Wickham Candles", lines), stage.Db, stage.Clock, stage.Once("dock-opened", "pete"));
        if (opened.Error is { } refused) return refused;
        string expiry = now.AddDays(365).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var came = candles.Take(2).Select((p, i) => new ReceiveGoods.Item(p.Sku, null, 24 - i * 3, GoodsCondition.Good, DemoWarehouse.Dock, "W2505", expiry, p.Sku)).ToList();
        if ((await ReceiveGoods.Handle(opened.Value.Id.ToString(), new ReceiveGoods.Request([.. came]), stage.Db, stage.Clock, stage.Once("dock-received", "pete"))).Error is { } error) return error;
        if ((await RecallLot.Change(new RecallLot.Request(candles[1].Sku, "W2404", "The maker took it back: the wick is too long."), true, stage.Db, stage.Clock, stage.Once("recall", "demo"))).Error is { } unmade) return unmade;
        await ActivatorUtilities.CreateInstance<WatchLots>(stage.Services, (TimeProvider)stage.Clock).Handle();
        return null;
    }

    private static Guid Once(PickTaskId task, string what) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{task}-{what}")).AsSpan(0, 16));
}
