using System.Text.Json.Nodes;
using Switchyard.Access;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary>
/// Where a server is a demo, has three channels of the demo shop at simulated vendors, so that orders come by themselves. Those shops keep their orders when they are started again, but not their tokens
/// and subscriptions: each start connects anew what was connected with them, whoever did it. What somebody paused stays paused, and what is connected with something else is left alone.
/// </summary>
internal sealed partial class JoinSimulators(Simulators simulators, Db db, ConnectorDesk desk, ConnectorSecrets secrets, OutwardHttp outward, OwnAddress address, TimeProvider clock, IHostApplicationLifetime life,
    ILogger<JoinSimulators> log) : BackgroundService
{
    private const int GoodsOfEach = 18, GoodsApart = 12, UnitsOfSet = 6, FirstOrders = 3, MostTries = 60;

    /// <summary>One order a minute in each: enough to see them come, and not more than a house of this size sends.</summary>
    private const int PerMinute = 1;

    /// <summary>The others stand ready for whoever wants to connect one.</summary>
    private static readonly string[] Joined = ["woocommerce", "shopify", "ebay"];

    private static readonly Dictionary<string, string?> Methods = new()
    {
        ["*"] = "standard", ["Next day"] = "next-day", ["express"] = "next-day", ["UK_RoyalMailNextDay"] = "next-day",
    };

    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (simulators.Address is null) return;
        try
        {
            await Started(stoppingToken);
            await Join(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* the server stops */ }
#pragma warning disable CA1031 // the process edge: a demo without its shops is a server all the same
        catch (Exception e) { Failed(log, e); }
#pragma warning restore CA1031
    }

    /// <summary>Connects, and has orders come as soon as a shop was told of stock.</summary>
    internal async Task Join(CancellationToken stop)
    {
        Result<IReadOnlyList<JsonObject>> shops;
        for (int tries = 1; (shops = await simulators.All(stop)).Error is not null; tries++)
        {
            if (tries == MostTries) return;
            await Task.Delay(Pause, clock, stop);
        }
        if (await House() is not { } house) return;
        var opening = new List<Task>();
        foreach (var (i, shop) in shops.Value.Select(s => SteerSimulators.Of(s, null)).Where(s => desk.Channels.Any(c => c.Manifest.Code == s.Adapter)).Index())
        {
            var goods = Goods(i);
            string? set = await Offer(shop, goods, stop);
            if (await Connect(house, shop, stop)) opening.Add(Open(shop.Name, goods, set, stop));
        }
        await Task.WhenAll(opening);
    }

    /// <summary>Whose shop it is: the house's first merchant, when that is the demo shop.</summary>
    private async Task<Actor?> House()
    {
        var found = await db.ReadAll(work => work.Query(
            "select m.id from merchants m where m.id = (select min(id) from merchants) and exists (select 1 from channels c where c.merchant_id = m.id and c.code = @code) /* house */", row => row.Long(), ("code", Joined[0])));
        return found is [var merchant] ? Actor.House("system:demo", merchant) : null;
    }

    private static List<DemoProduct> Goods(int shop) =>
        [.. DemoShop.Range().Where(p => p.Popularity == 40 && !p.IsSoldOut && p.Flags != "bulky").Skip(shop * GoodsApart).Take(GoodsOfEach)];

    /// <summary>Puts the goods up for sale, with nothing of them yet: how much there is the shop is told. One has a set for sale whose product nobody has named yet.</summary>
    /// <returns>The SKU of that set.</returns>
    private async Task<string?> Offer(SteerSimulators.Simulator shop, List<DemoProduct> goods, CancellationToken stop)
    {
        foreach (var p in goods) await List(shop.Name, new JsonObject { ["sku"] = p.Sku, ["title"] = p.Name, ["priceMinor"] = p.PriceMinor, ["units"] = 0, ["barcode"] = p.Barcode }, stop);
        if (shop.Adapter != Joined[0] || goods.Find(p => p.Sku.StartsWith("MUG", StringComparison.Ordinal)) is not { } mug) return null;
        string sku = $"SET6-{mug.Sku}";
        await List(shop.Name, new JsonObject { ["sku"] = sku, ["title"] = $"{mug.Name}, set of {UnitsOfSet}", ["priceMinor"] = mug.PriceMinor * UnitsOfSet * 9 / 10, ["units"] = 4 }, stop);
        return sku;
    }

    // What is for sale already stays as it is.
    private async Task List(string shop, JsonObject listing, CancellationToken stop) => await simulators.Of([shop, "listings"], listing, stop);

    /// <summary>True when the channel is at work then.</summary>
    private async Task<bool> Connect(Actor house, SteerSimulators.Simulator shop, CancellationToken stop)
    {
        var (all, codes) = await db.Read(house, async work => (await Connection.All(work), await work.Query("select code from channels where merchant_id = @merchant", row => row.Text())));
        var before = all.Find(c => c.Adapter == shop.Adapter && simulators.Has(c.BaseUrl));
        if (before is null && (!Joined.Contains(shop.Adapter) || !codes.Contains(shop.Adapter) || all.Exists(c => c.Channel == shop.Adapter))) return false;
        string channel = before?.Channel ?? shop.Adapter;
        var settings = before?.Settings.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in shop.Settings) settings[name] = value?.DeepClone();
        var wish = new WriteConnection.Request(shop.Adapter, shop.BaseUrl, settings, shop.Secrets.ToDictionary(s => s.Key, s => (string?)s.Value), before?.Serving,
            before?.Methods.ToDictionary(m => m.Key, m => (string?)m.Value) ?? Methods, before?.GoLiveAt, before?.CallsPerMinute, before?.Buffer);
        if (Refused(shop, (await WriteConnection.Handle(channel, wish, null, house, db, desk, secrets, outward, clock)).Error)) return false;
        if (before is not null && before.State != "live") return false;
        if (before is not null && Refused(shop, (await StartConnection.Move(channel, ConnectionState.Paused, null, house, db, clock)).Error)) return false;
        var tested = await TestConnection.Handle(channel, desk, db, clock, house, stop);
        if (Refused(shop, tested.Error)) return false;
        if (!tested.Value.Ok)
        {
            NotJoined(log, shop.Name, tested.Value.Said ?? "");
            return false;
        }
        // A vendor that sends its messages to https only is asked instead.
        bool isSent = address.Said is { } own && (await StartConnection.Start(channel, false, house, db, desk, secrets, own, clock, stop)).IsOk;
        return isSent || !Refused(shop, (await StartConnection.Start(channel, true, house, db, desk, secrets, "", clock, stop)).Error);
    }

    private bool Refused(SteerSimulators.Simulator shop, Error? error)
    {
        if (error is not null) NotJoined(log, shop.Name, error.Detail);
        return error is not null;
    }

    /// <summary>Orders come once there is something to be had. A new shop has some at once, and one of the set, which is held until somebody says which product that is.</summary>
    private async Task Open(string shop, List<DemoProduct> goods, string? set, CancellationToken stop)
    {
        while (true)
        {
            if ((await SteerSimulators.Read(shop, simulators, stop)) is not { IsOk: true, Value: { } now }) return;
            if (now.Goods.Any(g => g.Units > 0 && g.Sku != set))
            {
                var skus = new JsonArray([.. goods.Select(g => (JsonNode)g.Sku)]);
                if (now.Orders == 0)
                {
                    await simulators.Of([shop, "orders"], new JsonObject { ["count"] = FirstOrders, ["skus"] = skus.DeepClone() }, stop);
                    if (set is not null) await simulators.Of([shop, "orders"], new JsonObject { ["sku"] = set }, stop);
                }
                await simulators.Of([shop, "stream"], new JsonObject { ["perMinute"] = PerMinute, ["skus"] = skus }, stop);
                return;
            }
            await Task.Delay(Pause, clock, stop);
        }
    }

    // Channels send their messages here while they are being connected.
    private async Task Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var one = life.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stop);
    }

    [LoggerMessage(LogLevel.Warning, "The simulated shop {Shop} is not connected: {Why}")]
    private static partial void NotJoined(ILogger log, string shop, string why);

    [LoggerMessage(LogLevel.Warning, "The simulated shops are not connected")]
    private static partial void Failed(ILogger log, Exception e);
}
