using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>A server with a channel at every vendor there is.</summary>
[Capability("CH-14", "CH-01", "P5", "P13", "L25")]
public sealed class KilledServerTests
{
    private static IReadOnlyList<VendorSim> Vendors()
    {
        var shopify = new ShopifySim();
        shopify.GivePoints(100_000, 10_000);
        return [new WooCommerceSim { EndsTls = true }, shopify, new AmazonSim(), new EbaySim(), new MagentoSim(), new VendureSim()];
    }

    [Theory, BothDatabases]
    public async Task A_server_that_is_killed_while_orders_come_from_every_vendor_loses_none_and_takes_none_twice(DatabaseKind kind)
    {
        var settings = await Template.Copy(kind);
        var sims = new List<VendorSim>();
        try
        {
            foreach (var sim in Vendors()) sims.Add((await SimHost.Listening(sim)).Stocked());
            await using var server = await ServerProcess.Start(settings, new Dictionary<string, string>
            {
                ["SWITCHYARD_WEBHOOK_ALLOW"] = "127.0.0.1", ["SWITCHYARD_WEBHOOK_HTTP"] = "1", ["SWITCHYARD_BOOTSTRAP_KEY"] = Shop.AdminKey,
            });
            async Task<JsonElement> send(HttpMethod method, string path, object? body = null)
            {
                using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
                using var answer = await server.Http.SendAsync(request);
                return await Shop.Read(answer, null);
            }
            async Task<int> orders(VendorSim sim, string state) => (await send(HttpMethod.Get, $"/connections/{sim.Adapter}/orders?limit=200{state}")).GetProperty("data").GetArrayLength();
            foreach (var (sku, _) in ConnectedShop.Goods)
            {
                await send(HttpMethod.Post, "/products", new { sku, name = sku, kind = "goods", weightGrams = 100 });
                await send(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku, node = "MAIN", setTo = 1_000, reason = "counted" } } });
            }
            foreach (var sim in sims)
            {
                string at = "/connections/" + sim.Adapter;
                await send(HttpMethod.Put, "/channels/" + sim.Adapter, new { name = sim.Adapter });
                await send(HttpMethod.Put, at, new { adapter = sim.Adapter, baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = sim.Secrets, callsPerMinute = 60_000 });
                (await send(HttpMethod.Post, at + "/test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue(sim.Adapter);
                await send(HttpMethod.Post, at + "/start", new { withoutMessages = sim is not (WooCommerceSim or ShopifySim or EbaySim) });
            }
            for (int kill = 0; kill < 2; kill++)
            {
                foreach (var sim in sims)
                {
                    for (int i = 0; i < 6; i++) Buy(sim, ConnectedShop.Goods[i % 3].Sku, 1 + i % 2);
                    await send(HttpMethod.Post, $"/connections/{sim.Adapter}/ask", new { });
                }
                // As soon as the first comes in, with most of them half way.
                await Until(async () => { foreach (var sim in sims) if (await orders(sim, "") > kill * 7) return true; return false; });
                await server.Kill();
                foreach (var sim in sims) Buy(sim, "CUP", 1);
                await server.Restart();
            }
            foreach (var sim in sims) await send(HttpMethod.Post, $"/connections/{sim.Adapter}/ask", new { });
            foreach (var sim in sims) await Until(async () => await orders(sim, "&state=taken") == sim.Shop.Orders.Count);
            await server.Kill();
            await using var after = await Shop.Open(kind, settings: settings);
            foreach (var sim in sims) (await after.Ours(sim.Adapter)).ShouldBe(ConnectedShop.At(sim), sim.Adapter);
            await Fulfilment.Works.BooksAreRight(after);
        }
        finally { foreach (var sim in sims) await sim.DisposeAsync(); }
    }

    private static void Buy(VendorSim sim, string sku, int units) => sim.Generator.Buy(sku, units, w => w with { Discount = null }, "GB").ShouldNotBeNull();

    private static async Task Until(Func<Task<bool>> isSo)
    {
        // What a dead server had taken is free again when its lease has run out.
        var deadline = DateTime.UtcNow.AddMinutes(5);
        while (!await isSo())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("it did not become so within five minutes");
            await Task.Delay(100);
        }
    }
}
