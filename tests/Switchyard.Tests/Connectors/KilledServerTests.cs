using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>A server with a channel at every vendor there is.</summary>
[Capability("CH-14", "CH-01", "CH-15", "IN-04", "P5", "P13", "L25")]
public sealed class KilledServerTests
{
    private const long KeptBack = 3;

    // WooCommerce has no parcels of its own: they are told by a note.
    private static int ParcelsOf(VendorSim sim, SimOrder order) => sim.Shop.Read(_ =>
        sim is WooCommerceSim ? order.Remarks.Count(r => r.Text.Contains("tracking number", StringComparison.Ordinal)) : order.Shipments.Count);

    [Theory, BothDatabases]
    public async Task A_server_that_is_killed_at_its_work_with_every_vendor_takes_each_order_and_tells_each_parcel_once_and_ends_with_the_right_stock(DatabaseKind kind)
    {
        var settings = await Template.Copy(kind);
        var sims = new List<VendorSim>();
        try
        {
            foreach (var sim in ConnectedShop.EveryVendor()) sims.Add((await SimHost.Listening(sim)).Stocked());
            await using (var server = await ServerProcess.Start(settings, new Dictionary<string, string>
            {
                ["SWITCHYARD_WEBHOOK_ALLOW"] = "127.0.0.1", ["SWITCHYARD_WEBHOOK_HTTP"] = "1", ["SWITCHYARD_BOOTSTRAP_KEY"] = Shop.AdminKey,
            }))
            {
                var desk = new Desk(server.Http);
                await Connect(desk, sims);

                // As soon as the first order comes in, with most of them half way.
                await BuySome(desk, sims);
                await Until(async () => await Any(sims, async sim => await desk.Orders(sim, "") > 0));
                await server.Kill();
                foreach (var sim in sims) Buy(sim, "CUP", 1);
                await LeasesEnd(settings);
                await server.Restart();
                await AllTaken(desk, sims);

                // As soon as the first parcel is told, with the others under way, and again orders half way.
                var releases = new List<string>();
                foreach (var sim in sims) releases.Add(await desk.Packed(sim, sim.Shop.Orders[0]));
                await BuySome(desk, sims);
                foreach (string release in releases)
                    await desk.Send(HttpMethod.Post, $"/fulfilments/{release}/ship", new { carrier = "Royal Mail", service = "Tracked 48", packages = new[] { new { package = 1, tracking = "TRK1" } } });
                await Until(() => Any(sims, sim => Task.FromResult(ParcelsOf(sim, sim.Shop.Orders[0]) > 0)));
                await server.Kill();
            }
            foreach (var sim in sims) Buy(sim, "CUP", 1);
            await LeasesEnd(settings);

            await using var after = await Shop.Open(kind, settings: settings);
            ConnectedShop.Ready(after);
            after.Services.GetRequiredService<ConnectorPatience>().Doubt = TimeSpan.FromSeconds(1);
            await AllTaken(new Desk(after.Http), sims);
            foreach (var sim in sims)
            {
                (await after.Ours(sim.Adapter)).ShouldBe(ConnectedShop.At(sim), sim.Adapter);
                string tasks = $"/connections/{sim.Adapter}/tasks";
                await after.Until(async () => (await after.Get(tasks)).GetProperty("data").EnumerateArray().ToList() is [var told] && told.Text("state") == "done");
                ParcelsOf(sim, sim.Shop.Orders[0]).ShouldBe(1, $"{sim.Adapter}: told once");
            }
            foreach (var sim in sims) await ShowsWhatMayBeSold(after, sim);
            await OneListHasAll(after, sims);
            await after.BooksAreRight();
        }
        finally { foreach (var sim in sims) await sim.DisposeAsync(); }
    }

    private static async Task Connect(Desk desk, List<VendorSim> sims)
    {
        foreach (var (sku, _) in ConnectedShop.Goods)
        {
            await desk.Send(HttpMethod.Post, "/products", new { sku, name = sku, kind = "goods", weightGrams = 100 });
            await desk.Send(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku, node = "MAIN", setTo = 900, reason = "counted" } } });
        }
        foreach (var sim in sims)
        {
            string at = "/connections/" + sim.Adapter;
            await desk.Send(HttpMethod.Put, "/channels/" + sim.Adapter, new { name = sim.Adapter });
            await desk.Send(HttpMethod.Put, at, new
            {
                adapter = sim.Adapter, baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = sim.Secrets, methods = new Dictionary<string, string> { ["*"] = "standard" }, buffer = KeptBack,
                callsPerMinute = 60_000,
            });
            (await desk.Send(HttpMethod.Post, at + "/test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue(sim.Adapter);
            await desk.Send(HttpMethod.Post, at + "/start", new { withoutMessages = sim is not (WooCommerceSim or ShopifySim or EbaySim) });
        }
    }

    private static async Task BuySome(Desk desk, List<VendorSim> sims)
    {
        foreach (var sim in sims)
        {
            for (int i = 0; i < 6; i++) Buy(sim, ConnectedShop.Goods[i % 3].Sku, 1 + i % 2);
            await desk.Ask(sim);
        }
    }

    private static void Buy(VendorSim sim, string sku, int units) => sim.Generator.Buy(sku, units, w => w with { Discount = null, Note = "" }, "GB").ShouldNotBeNull();

    // What was bought while a round of questions went on is not in its answer: they are asked again.
    private static async Task AllTaken(Desk desk, List<VendorSim> sims)
    {
        foreach (var sim in sims) await desk.Ask(sim);
        foreach (var sim in sims)
        {
            var asked = Stopwatch.StartNew();
            await Until(async () =>
            {
                if (await desk.Orders(sim, "&state=taken") == sim.Shop.Orders.Count) return true;
                if (asked.Elapsed < TimeSpan.FromSeconds(6)) return false;
                await desk.Ask(sim);
                asked.Restart();
                return false;
            });
        }
    }

    private static async Task ShowsWhatMayBeSold(Shop shop, VendorSim sim)
    {
        foreach (var (sku, _) in ConnectedShop.Goods)
        {
            long shows = 0, wanted = 0;
            try
            {
                await shop.Until(async () => (shows = sim.Shop.Read(s => s.BySku(sku)!.Available)) == (wanted = (await shop.Get("/inventory?sku=" + sku)).Long("atp") - KeptBack));
            }
            catch (ShouldAssertException) { throw new ShouldAssertException($"{sim.Adapter} shows {shows} {sku}, not {wanted}: {await shop.Get($"/connections/{sim.Adapter}/listings")}"); }
        }
    }

    // One list, each order with the channel it is of.
    private static async Task OneListHasAll(Shop shop, List<VendorSim> sims)
    {
        List<JsonElement> all = [];
        await shop.Until(async () => (all = [.. (await shop.Get("/orders?limit=200")).GetProperty("data").EnumerateArray()]).Count >= sims.Sum(s => s.Shop.Orders.Count));
        all.GroupBy(o => o.Text("channel")).Select(g => $"{g.Key} {g.Count()}").ShouldBe(sims.Select(s => $"{s.Adapter} {s.Shop.Orders.Count}"), ignoreOrder: true);
    }

    /// <summary>
    /// Nobody does anything for as long as the longest lease lasts: what a dead server had taken is free then, and what it had put off is due. The time is taken off, since waiting for it would be most of this
    /// test; a lease that is longer than it should be holds on.
    /// </summary>
    private static async Task LeasesEnd(DatabaseSettings settings)
    {
        await using var db = new Db(settings, TimeProvider.System);
        long passed = (long)new ConnectorPatience().Lease.TotalMilliseconds;
        foreach (var (table, until) in new[]
        {
            ("connections", "lease_until_ms"), ("connections", "listings_lease_ms"), ("channel_orders", "lease_until_ms"), ("channel_listings", "lease_until_ms"), ("channel_tasks", "lease_until_ms"),
            ("channel_orders", "due_at_ms"), ("channel_listings", "due_at_ms"), ("channel_tasks", "due_at_ms"),
        })
            await db.WriteAll(work => work.Execute($"update {table} set {until} = {until} - @passed where {until} > @passed /* house */", ("passed", passed)));
    }

    private static async Task<bool> Any(List<VendorSim> sims, Func<VendorSim, Task<bool>> isSo)
    {
        foreach (var sim in sims) if (await isSo(sim)) return true;
        return false;
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        var deadline = DateTime.UtcNow.AddMinutes(3);
        while (!await isSo())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("it did not become so within three minutes");
            await Task.Delay(50);
        }
    }

    /// <summary>Whoever works with the server, whichever process it is in.</summary>
    private sealed class Desk(HttpClient http)
    {
        public async Task<JsonElement> Send(HttpMethod method, string path, object? body = null)
        {
            using var answer = await Shop.Patiently(() => http.SendAsync(new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) }));
            return await Shop.Read(answer, null);
        }

        public Task Ask(VendorSim sim) => Send(HttpMethod.Post, $"/connections/{sim.Adapter}/ask", new { });

        public async Task<int> Orders(VendorSim sim, string query) => (await Send(HttpMethod.Get, $"/connections/{sim.Adapter}/orders?limit=200{query}")).GetProperty("data").GetArrayLength();

        /// <summary>A release of all of an order, packed; its id.</summary>
        public async Task<string> Packed(VendorSim sim, SimOrder order)
        {
            string id = (await Send(HttpMethod.Get, $"/connections/{sim.Adapter}/orders/{order.Key}")).Text("orderId")!;
            // The same buyer with the same goods at six shops is looked at.
            foreach (var hold in (await Send(HttpMethod.Get, "/orders/" + id)).GetProperty("holds").EnumerateArray().Where(h => h.Text("state") == "open"))
                await Send(HttpMethod.Post, $"/orders/{id}/release-hold", new { kind = hold.Text("kind"), reason = "No repeat" });
            var works = (await Send(HttpMethod.Get, $"/orders/{id}?expand=fulfilments")).GetProperty("fulfilments");
            if (works.GetArrayLength() == 0) works = (await Send(HttpMethod.Post, $"/orders/{id}/release", new { })).GetProperty("fulfilments");
            string release = works[0].Text("id")!;
            foreach (string step in new[] { "start-picking", "pick", "pack" }) await Send(HttpMethod.Post, $"/fulfilments/{release}/{step}", new { });
            return release;
        }
    }
}
