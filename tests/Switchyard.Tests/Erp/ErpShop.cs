using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Erp;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Tests.Erp;

/// <summary>A shop in a hurry that is connected with a simulated NetSuite on loopback.</summary>
internal sealed class ErpShop : IAsyncDisposable
{
    private ErpShop(Shop shop, NetSuiteSim sim) => (Shop, Sim) = (shop, sim);

    public Shop Shop { get; private set; }
    public NetSuiteSim Sim { get; }

    public static async Task<ErpShop> Open(DatabaseKind kind, object? flows = null, Dictionary<string, string>? places = null, Action<NetSuiteBooks>? before = null, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        var desk = new ErpShop(shop, await SimHost.Listening(new NetSuiteSim(clock: fakeClock ? new SimClock(shop.Clock) : null) { RetryAfterSeconds = 0 }));
        Hurry(desk.Shop);
        before?.Invoke(desk.Sim.Books);
        await desk.Shop.Put("/erp", new
        {
            adapter = "netsuite", baseUrl = desk.Sim.BaseUrl, settings = desk.Sim.Settings, secrets = desk.Sim.Secrets, flows,
            places = places ?? new Dictionary<string, string> { ["MAIN"] = "1" }, callsPerMinute = 60_000
        });
        await desk.Shop.Refused(HttpMethod.Post, "/erp/start", new { }, 409, "erp.not_tested");
        var tested = await desk.Shop.Post("/erp/test", new { });
        tested.GetProperty("ok").GetBoolean().ShouldBeTrue(tested.GetRawText());
        (await desk.Shop.Post("/erp/start", new { })).Text("state").ShouldBe("live");
        return desk;
    }

    /// <summary>The server ends in the middle of what it does, and another one takes its place; the time of its leases is over.</summary>
    public async Task Again(DatabaseKind kind)
    {
        var settings = Shop.Settings;
        await Shop.DisposeAsync();
        Shop = await Shop.Open(kind, settings: settings);
        Hurry(Shop);
        await Shop.Db.WriteAll(work => work.Execute("update erp_tasks set lease_until_ms = 0 /* house */"));
    }

    private static void Hurry(Shop shop)
    {
        var http = shop.Services.GetRequiredService<OutwardHttp>();
        (http.Allowed, http.AllowsPlainHttp) = (OutwardAddresses.Allowing("127.0.0.1"), true);
        var patience = shop.Services.GetRequiredService<ErpPatience>();
        (patience.Timeout, patience.FailuresBeforeRest, patience.LongestRest, patience.MostTries) = (TimeSpan.FromSeconds(60), 1_000_000, TimeSpan.FromMilliseconds(100), 1_000);
        patience.Settles = TimeSpan.Zero;
        (patience.Poll, patience.AskEvery, patience.StockEvery, patience.Waits) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400),
            TimeSpan.FromMilliseconds(400), [TimeSpan.FromMilliseconds(100)]);
    }

    /// <summary>Goods that both have.</summary>
    public async Task Goods(string sku, long units)
    {
        Sim.Books.Item(sku);
        await Shop.Product(sku, units);
    }

    public async Task<List<JsonElement>> Tasks() => [.. (await Shop.Get("/erp/tasks?limit=200")).GetProperty("data").EnumerateArray()];

    public Task UntilDone(int tasks) => Shop.Until(async () => (await Tasks()) is var all && all.Count == tasks && all.All(t => t.Text("state") == "done"));

    /// <summary>Records that the ERP has by our names, each once.</summary>
    public IEnumerable<string> Records() => Sim.Books.Records.Where(r => r.ExternalId is not null).Select(r => r.Type).Order(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        await Sim.DisposeAsync();
    }
}
