using System.Globalization;
using System.Text;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Channels;
using Switchyard.Documents;
using Switchyard.Files;
using Switchyard.Fulfilment;
using Switchyard.Inventory;
using Switchyard.Kernel;
using Switchyard.Messages;
using Switchyard.Orders;
using Switchyard.Purchasing;
using Switchyard.Sourcing;

namespace Switchyard.Demo;

/// <summary>
/// Fenwick &amp; Vale, a UK homeware retailer that a seeded generator made up, as a list of steps. It goes through the same doors as everybody: files,
/// settings, adjustments, orders. A step that is begun anew does nothing twice.
/// </summary>
internal sealed class DemoShop
{
    public const int HistoryOrders = 3_600, RecentOrders = 240;
    private const string Name = "Fenwick & Vale";
    private const int Seed = 20_260_301, LevelsAtOnce = 4_000, OpenedDaysAgo = 92, ImportedOneIn = 12;

    private readonly DateTimeOffset _now;
    private readonly List<DemoProduct> _products = Range();

    /// <param name="now">When the making began: everything is dated from it.</param>
    public DemoShop(DateTimeOffset now, int history)
    {
        _now = now;
        var (opened, played, today) = (now.AddDays(-OpenedDaysAgo), now.AddDays(-DemoOrders.PlayedDays), now);
        var past = DemoPast.Deeds(new DemoOrders(_products, Seed + 7).Past(now, history));
        Steps =
        [
            new("Making places and channels", opened, Places), .. Goods(opened), new("Writing rate cards", opened, DemoRouting.Prices), .. Stock(opened.AddHours(1)), .. Past(history / ImportedOneIn),
            .. DemoDays.Steps(past.TakeWhile(d => d.At <= played), "Playing the days before"), .. new DemoClient(now, played).Steps, .. DemoWarehouse.Describe(_products, played),
            .. DemoDays.Steps(new DemoOrders(_products, Seed + 3).Recent(now, RecentOrders), [.. past.SkipWhile(d => d.At <= played)], DemoShift.Begins(now), Seed + 4),
            .. new DemoShift(_products, Seed + 6, now).Steps,
            new("Writing drafts and quotes", today, Drafts), new("Ordering supplies", today, Buying), new("Writing routing strategies", today, DemoRouting.Write), new("Looking at promises and levels", today, Watch),
        ];
    }

    /// <summary>What the shop sells, however often it is asked.</summary>
    public static List<DemoProduct> Range() => DemoGoods.Make(Seed);

    public IReadOnlyList<DemoStep> Steps { get; }
    public int Products => _products.Count;

    /// <summary>Does one step, on the clock it happens at.</summary>
    /// <remarks>Errors: those of the rooms it goes through.</remarks>
    public async Task<Error?> Do(int step, DemoStage stage)
    {
        stage.Clock.At = Steps[step].At;
        if (stage.Writer is null)
        {
            stage.Writer = ActivatorUtilities.CreateInstance<OrderWriter>(stage.Services, (TimeProvider)stage.Clock);
            await stage.Writer.StartAsync(stage.Stop);
        }
        return await Steps[step].Do(stage);
    }

    public static async Task Close(DemoStage stage)
    {
        if (stage.Writer is not { } writer) return;
        await writer.StopAsync(CancellationToken.None);
        writer.Dispose();
        await ActivatorUtilities.CreateInstance<KeepRoutingWorlds>(stage.Services).Flush();       // decisions of the played days can be made again
    }

    private static async Task<Error?> Places(DemoStage stage)
    {
        // A new database calls its first merchant "My shop": here it is the one that slips and messages speak for.
        await CreateMerchant.NameFirst(Name, stage.Db, stage.Actor);
        var sender = new SenderSettings.Body(Name, new SenderSettings.Place(Name, null, "12 Cuckoo Wharf", null, "Birmingham", null, "B7 5RA", "GB"), Email: "hello@fenwick-vale.example");
        if ((await SenderSettings.Handle(sender, null, stage.Db, stage.Clock, stage.Actor)).Error is { } unsaid) return unsaid;
        foreach (var (code, zone) in DemoNetwork.Zones)
            if ((await WriteZone.Handle(code, zone, null, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
        foreach (var node in DemoNetwork.Nodes)
        {
            if ((await WriteNode.Handle(node, node.Code, null, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
            if ((await WriteLanes.Handle(node.Code!, DemoNetwork.Lanes(node.Code!), null, stage.Db, stage.Clock, stage.Actor)).Error is { } refused) return refused;
            // The demo's supplier takes what it is sent: nobody plays its part.
            var work = new WriteWorkSettings.Request(node.Kind == "supplier" ? true : null, null, DemoNetwork.DailyCapacity(node));
            if ((await WriteWorkSettings.Handle(node.Code!, work, null, stage.Db, stage.Clock, stage.Actor)).Error is { } unset) return unset;
        }
        foreach (var (code, channel) in DemoNetwork.Channels)
            if ((await WriteChannel.Handle(code, channel, null, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
        // Messages to made-up customers are written and shown, and never leave.
        return await WriteMessageAccount.KeepIfNone(stage.Db, stage.Services.GetServices<IMessenger>(), stage.Services.GetRequiredService<MessageSecrets>(), stage.Clock, stage.Actor);
    }

    private IEnumerable<DemoStep> Goods(DateTimeOffset at)
    {
        foreach (var (kind, csv) in new[] { ("products", DemoGoods.ProductsCsv(_products)), ("barcodes", DemoGoods.BarcodesCsv(_products)), ("bundles", DemoGoods.BundlesCsv(_products)) })
            yield return new DemoStep($"Reading {kind}", at, async stage =>
            {
                using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
                var read = await ImportFile.Handle(CatalogRoom.Files.First(f => f.Name == kind), stream, false, stage.Db, stage.Clock, stage.Actor, stage.Stop);
                if (read.Error is { } error) return error;
                Must.Hold(read.Value.Failed == 0, $"the demo's {kind} are sound: {read.Value.Errors.FirstOrDefault()?.Reason}");
                return null;
            });
    }

    /// <summary>Plenty in the warehouses, few in the stores, some short, some sold out, so that orders are split, held and backordered now and then.</summary>
    private IEnumerable<DemoStep> Stock(DateTimeOffset at)
    {
        var random = new Random(Seed + 1);
        var levels = new List<AdjustStock.Item?>();
        var inLots = DemoWarehouse.InLots(_products).ToHashSet();
        foreach (var p in _products.Where(p => !p.IsSoldOut))
        {
            void Put(string node, int units)
            {
                if (units > 0 && (node != DemoWarehouse.Node || !inLots.Contains(p))) levels.Add(new AdjustStock.Item(p.Sku, node, units, null, null, null, "opening stock"));
            }
            Put("BHM", random.Next(100) < 3 ? random.Next(2) : 10 + random.Next(20 * Math.Min(p.Popularity, 10)));
            Put("GLA", random.Next(100) < 30 ? 0 : random.Next(60));
            foreach (string store in new[] { "MAN", "LON", "LDS", "BRS", "EDI" }) Put(store, random.Next(100) < 45 ? 0 : random.Next(7));
            Put("RTM", random.Next(100) < 60 ? 0 : random.Next(40));
            Put("SUP", p.Flags == "bulky" ? 25 : 0);
        }
        return levels.Chunk(LevelsAtOnce).Select((part, i) => new DemoStep("Counting stock", at, async stage =>
            (await AdjustStock.Handle(new AdjustStock.Request(part, "opening"), stage.Db, stage.Clock, stage.Once($"stock-{i}"))).Error));
    }

    private IEnumerable<DemoStep> Past(int orders)
    {
        var files = new Lazy<Dictionary<string, string>>(() => new DemoOrders(_products, Seed + 2).History(_now, orders));
        return DemoOrders.Channels.Select(channel => new DemoStep("Importing past orders", _now, stage => Import(stage, channel, files.Value[channel])));
    }

    private static async Task<Error?> Import(DemoStage stage, string channel, string csv)
    {
        string folder = Directory.CreateTempSubdirectory("switchyard-demo-").FullName;
        try
        {
            string path = Path.Combine(folder, channel + ".csv");
            await File.WriteAllTextAsync(path, csv, stage.Stop);
            var options = new ImportOptions(ImportMappings.BuiltIn("simple")!, IsHistory: true, channel, IsDryRun: false);
            var read = await stage.Get<OrderImport>().Run(stage.Actor, new OrderFile(path, $"demo {channel}"), options, (_, _, _) => { }, stage.Stop);
            if (read.Error is { } error) return error;
            Must.Hold(read.Value.Counts.ErrorRows == 0, $"the demo's past orders are sound: {read.Value.Faults.FirstOrDefault()?.Reason}");
            return null;
        }
        finally { Directory.Delete(folder, recursive: true); }
    }

    /// <summary>Some drafts, some quotes that stand, one that ran out, and one the customer has accepted.</summary>
    private async Task<Error?> Drafts(DemoStage stage)
    {
        var desk = ActivatorUtilities.CreateInstance<DraftDesk>(stage.Services, (TimeProvider)stage.Clock);
        foreach (var (i, body) in new DemoOrders(_products, Seed + 5).Drafts(_now).Index())
        {
            stage.Clock.At = _now.AddHours(-3 - 9 * (6 - i));
            var made = await SaveDraft.Create(body, stage.Once($"draft-{i}", "carla"), desk, view => view);
            if (made.Error is { } error) return error;
            if (i % 3 == 0) continue;
            var until = stage.Clock.At.AddDays(i == 1 ? 1 : 14);
            stage.Clock.At = stage.Clock.At.AddMinutes(20);
            if ((await ChangeDraft.Quote(made.Value.Id.ToString(), until, null, stage.Once($"quote-{i}", "carla"), desk)).Error is { } unquoted) return unquoted;
            if (i == 4 && (await ChangeDraft.Accept(made.Value.Id.ToString(), null, stage.Once($"accept-{i}", "carla"), desk)).Error is { } refused) return refused;
        }
        return null;
    }

    /// <summary>Levels for what is bought most, and supplies on their way, so that low, excess and inbound have something to show.</summary>
    private async Task<Error?> Buying(DemoStage stage)
    {
        var bought = _products.Where(p => p.Popularity >= 40).Take(120).ToList();
        var levels = new SetReorderLevels.Request([.. bought.Select((p, i) => new SetReorderLevels.Item(p.Sku, "BHM", 20 + i % 5 * 8, i % 4 == 0 ? 60 : 400, 6))]);
        if ((await SetReorderLevels.Handle(levels, stage.Db, stage.Clock, stage.Actor)).Error is { } unset) return unset;
        // Of what is sold out some are on their way, and nobody knows of the others.
        var supplies = bought.Take(24).Concat(_products.Where(p => p.IsSoldOut).Where((_, i) => i % 3 != 0)).ToList();
        foreach (var (i, product) in supplies.Index())
        {
            string due = stage.Now.AddDays(2 + i % 9).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            var supply = new SetInbound.Request("PO-" + Text.Invariant(700 + i / 6), product.Sku, "BHM", 48 + i % 3 * 24, due, null);
            if ((await SetInbound.Handle(supply, stage.Db, stage.Clock, stage.Actor)).Error is { } error) return error;
        }
        return null;
    }

    /// <summary>What is at risk and what is to be bought is known at once, and not only when the server has looked.</summary>
    private static async Task<Error?> Watch(DemoStage stage)
    {
        await ActivatorUtilities.CreateInstance<WatchPromises>(stage.Services, (TimeProvider)stage.Clock).Handle();
        return (await ActivatorUtilities.CreateInstance<SuggestReorders>(stage.Services, (TimeProvider)stage.Clock).Handle(stage.Actor)).Error;
    }
}
