using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Erp;
using Switchyard.Simulators;
using Switchyard.Support;
using Switchyard.Tests.Fulfilment;
using Xunit.Abstractions;

namespace Switchyard.Tests.Connectors;

/// <summary>Vendors that take a call and never answer hold up nobody who orders.</summary>
[Capability("P14")]
public sealed class HungChannelTests(ITestOutputHelper output)
{
    /// <summary>Calls that one vendor may be left with: a question, its listings, its stock, four tellings, eight orders that are asked for.</summary>
    private const int MostOpen = 15;

    [Theory, BothDatabases]
    public async Task While_every_channel_the_ERP_and_the_help_desk_hang_orders_are_placed_and_no_more_calls_and_connections_are_held(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        // Whoever waited for one of them would wait longer than this test does.
        shop.Services.GetRequiredService<ConnectorPatience>().Timeout = shop.Services.GetRequiredService<ErpPatience>().Timeout = TimeSpan.FromMinutes(10);
        shop.Services.GetRequiredService<DeskPatience>().Timeout = TimeSpan.FromMinutes(10);
        (shop.Services.GetRequiredService<ErpPatience>().Poll, shop.Services.GetRequiredService<ErpPatience>().LongestRest) = (TimeSpan.FromMilliseconds(100), TimeSpan.Zero);
        var channels = ConnectedShop.EveryVendor();
        var books = new NetSuiteSim { RetryAfterSeconds = 0 };
        var care = new GorgiasSim();
        VendorSim[] all = [.. channels, books, care];
        try
        {
            foreach (var sim in all) await SimHost.Listening(sim);
            foreach (var (sku, _) in ConnectedShop.Goods) books.Books.Item(sku);
            await shop.Put("/erp", new
            {
                adapter = "netsuite", baseUrl = books.BaseUrl, settings = books.Settings, secrets = books.Secrets, flows = new { items = "off", stock = "off" },
                places = new Dictionary<string, string> { ["MAIN"] = "1" }, callsPerMinute = 60_000,
            });
            (await shop.Post("/erp/test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
            await shop.Post("/erp/start", new { });
            await shop.Put("/support-desks/care", new
            {
                adapter = care.Adapter, name = "Care", baseUrl = care.BaseUrl, settings = care.Settings, secrets = care.Secrets, troubles = new[] { "over_paid" }, macros = Array.Empty<string>(),
                callsPerMinute = 60_000,
            });
            foreach (var sim in channels) await shop.Connect(sim.Stocked(), sim.Adapter, messages: false);
            foreach (var sim in channels) await Shows(shop, sim);
            var before = await Placed(shop);
            await shop.Until(async () => (await shop.Get("/erp/tasks?limit=200")).GetProperty("data").EnumerateArray().All(t => t.Text("state") == "done"));

            // What was just sold is to be told to each of them, each is asked for its orders and its listings, and one order is paid too much, of which the desk is to hear.
            foreach (var sim in all) sim.Always = Mood.Waits;
            foreach (var sim in channels)
            {
                await shop.Post($"/connections/{sim.Adapter}/ask", new { });
                await shop.Post($"/connections/{sim.Adapter}/listings/refresh", new { });
            }
            await Placed(shop, 1);
            await shop.Post($"/orders/{await shop.Placed(("CUP", 1))}/payments", new { type = "external", tender = "external", amountMinor = 50_000 });
            await shop.Until(() => Task.FromResult(all.All(s => Open(s) > 0)));
            var meanwhile = await Placed(shop);
            output.WriteLine($"{kind}: half of the orders took at most {before} ms, and {meanwhile} ms while {all.Length} vendors hung");
            foreach (var sim in all) Open(sim).ShouldBeInRange(1, MostOpen, $"{sim.Adapter}: others wait here, not there");
            // Nobody waits for a vendor in the middle of a transaction: that would show as a session that does nothing.
            if (kind == DatabaseKind.Postgres) await shop.Until(async () => await shop.Db.ReadAll(work => work.Scalar(
                "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%' /* house */")) == 0);

            foreach (var sim in all) sim.Always = Mood.Fine;
            foreach (var sim in all) sim.Go.SetResult();
            foreach (var sim in channels) await Shows(shop, sim);
            await shop.Until(async () => (await shop.Get("/erp/tasks?limit=200")).GetProperty("data").EnumerateArray().All(t => t.Text("state") == "done"));
            await shop.Until(async () => (await shop.Get("/support-desks/care/troubles?state=open")).GetProperty("data").GetArrayLength() == 1);
            await shop.BooksAreRight();
        }
        finally { foreach (var sim in all) await sim.DisposeAsync(); }
    }

    private static int Open(VendorSim sim) => sim.Calls.Count(c => c is { Mood: Mood.Waits, Status: null });

    /// <summary>Orders of four buyers at once; how long half of them took at most, in milliseconds.</summary>
    private static async Task<long> Placed(Shop shop, int each = 10)
    {
        var took = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var own = new List<long>();
            for (int i = 0; i < each; i++)
            {
                var clock = Stopwatch.StartNew();
                await shop.Post("/orders", Given.Order((ConnectedShop.Goods[i % 3].Sku, 1))).WaitAsync(TimeSpan.FromMinutes(2));
                own.Add(clock.ElapsedMilliseconds);
            }
            return own;
        }));
        return took.SelectMany(t => t).Order().ElementAt(2 * each);
    }

    private static async Task Shows(Shop shop, VendorSim sim)
    {
        foreach (var (sku, _) in ConnectedShop.Goods)
            await shop.Until(async () => sim.Shop.Read(s => s.BySku(sku)!.Available) == (await shop.Get("/inventory?sku=" + sku)).Long("atp"));
    }
}
