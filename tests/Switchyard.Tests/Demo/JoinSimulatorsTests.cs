using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Demo;
using Switchyard.Simulators;
using Switchyard.Tests.Connectors;

namespace Switchyard.Tests.Demo;

/// <summary>A demo's channels are at simulated shops beside it, which are steered from here, and which know their orders when the demo is started again.</summary>
public sealed class JoinSimulatorsTests
{
    [Theory, BothDatabases]
    [Capability("CH-01", "CH-14")]
    public async Task A_demo_is_joined_to_its_simulated_shops_again_at_each_start_and_orders_go_on(DatabaseKind kind)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("switchyard-simulators-").FullName, "kept.json");
        await using var shop = await Shop.Open(kind);
        ConnectedShop.Ready(shop);
        foreach (var p in DemoShop.Range().Where(p => p.Popularity == 40 && !p.IsSoldOut && p.Flags != "bulky").Take(3)) await shop.Product(p.Sku, 40, priceMinor: p.PriceMinor);
        foreach (string code in new[] { "woocommerce", "shopify", "ebay" }) await shop.Put("/channels/" + code, new { name = code });
        (await shop.Get("/simulators")).GetProperty("data").GetArrayLength().ShouldBe(0, "it is no demo yet");
        await shop.Refused(HttpMethod.Post, "/simulators/woocommerce/act", new { act = "place" }, 404, "demo.no_simulators");

        string first;
        int port;
        await using (var running = await Running.Start(file, 0, shop))
        {
            port = new Uri(running.Host.Url).Port;
            var woo = running.Sims[0].Shop;
            await shop.Until(() => Task.FromResult(woo.Orders.Count >= 4 && running.Sims[0].Stream.PerMinute == 1));
            await shop.Until(async () => (await shop.Get("/connections")).GetProperty("data").EnumerateArray().Count(c => c.Text("state") == "live") == 3);
            var simulators = (await shop.Get("/simulators")).GetProperty("data").EnumerateArray().ToDictionary(s => s.Text("name")!, s => s.Text("channel"));
            simulators.ShouldBe(new Dictionary<string, string?> { ["woocommerce"] = "woocommerce", ["shopify"] = "shopify", ["amazon"] = null, ["ebay"] = "ebay", ["magento"] = null, ["vendure"] = null });
            first = woo.Orders[0].Key;
            (await shop.OrderOf("woocommerce", first)).Text("channel").ShouldBe("woocommerce");
            string set = woo.Orders.Single(o => o.Lines[0].Listing.Sku.StartsWith("SET6-", StringComparison.Ordinal)).Key;
            (await shop.OrderOf("woocommerce", set)).GetProperty("holds")[0].Text("kind").ShouldBe("unknown_sku", "somebody says which product that is");

            (await shop.Post("/simulators/woocommerce/act", new { act = "stream", perMinute = 0 })).Long("perMinute").ShouldBe(0);
            int before = woo.Orders.Count;
            var placed = await shop.Post("/simulators/woocommerce/act", new { act = "place", count = 2 });
            (placed.Long("orders"), placed.GetProperty("latestOrders")[0].Text("state")).ShouldBe((before + 2, "paid"));
            var misbehaving = await shop.Post("/simulators/shopify/act", new { act = "mood", mood = "failsAfter", calls = 400 });
            misbehaving.Long("announced").ShouldBeInRange(1, 400);
            (await shop.Post("/simulators/ebay/act", new { act = "messages", losesAll = true, copies = 3 })).GetProperty("messages").Long("copies").ShouldBe(3);
            string last = woo.Orders[^1].Key;
            (await shop.Post("/simulators/woocommerce/act", new { act = "cancel", order = last })).GetProperty("latestOrders")[0].Text("state").ShouldBe("cancelled");
            await shop.Refused(HttpMethod.Post, "/simulators/woocommerce/act", new { act = "dance" }, 400, "request.invalid");
            await shop.Refused(HttpMethod.Post, "/simulators/woocommerce/act", new { act = "mood", mood = "grumpy" }, 400, "request.invalid");
            await shop.Refused(HttpMethod.Post, "/simulators/woocommerce/act", new { act = "cancel", order = ".." }, 404, "demo.no_such_simulator");
            await shop.Refused(HttpMethod.Post, "/simulators/nobody/act", new { act = "place" }, 404, "demo.no_such_simulator");
            await shop.Post("/connections/ebay/pause", new { });
        }
        await shop.Refused(HttpMethod.Get, "/simulators/woocommerce", null, 502, "demo.simulators_silent");

        await using (var again = await Running.Start(file, port, shop))
        {
            var woo = again.Sims[0].Shop;
            woo.Order(first).ShouldNotBeNull("it goes on with what it had");
            await shop.Until(() => Task.FromResult(again.Sims[0].Stream.PerMinute == 1));
            (await shop.Get("/connections/woocommerce")).Text("state").ShouldBe("live");
            (await shop.Get("/connections/ebay")).Text("state").ShouldBe("paused", "what somebody paused stays so");
            var placed = await shop.Post("/simulators/woocommerce/act", new { act = "place" });
            string next = placed.GetProperty("latestOrders")[0].Text("id")!;
            (await shop.OrderOf("woocommerce", next)).Text("id").ShouldNotBe((await shop.OrderOf("woocommerce", first)).Text("id"), "no number is given twice");
        }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    /// <summary>The program of simulated shops, and the server's own side of joining it.</summary>
    private sealed class Running(SimHost host, IReadOnlyList<VendorSim> sims, SimKeeper keeper) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _joining = Task.CompletedTask;

        public SimHost Host => host;
        public IReadOnlyList<VendorSim> Sims => sims;

        public static async Task<Running> Start(string file, int port, Shop shop)
        {
            var sims = SimCatalogue.Accounts(port + 1);
            var keeper = new SimKeeper(file, sims);
            keeper.Load().ShouldBe(port > 0);
            var running = new Running(await SimHost.Start(sims, $"http://127.0.0.1:{port}"), sims, keeper);
            shop.Services.GetRequiredService<Switchyard.Demo.Simulators>().Address = running.Host.Url;
            running._joining = shop.Services.GetRequiredService<JoinSimulators>().Join(running._stop.Token);
            return running;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            try { await _joining; }
            catch (OperationCanceledException) { /* shops that were told of no stock are still waited for */ }
            keeper.Save();
            foreach (var sim in sims) await sim.DisposeAsync();
            await host.DisposeAsync();
            _stop.Dispose();
        }
    }
}
