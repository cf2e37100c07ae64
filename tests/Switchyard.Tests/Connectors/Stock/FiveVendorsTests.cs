using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>The same goods at five vendors, each with a protocol of its own, by one piece, by six and in a set.</summary>
public sealed class FiveVendorsTests
{
    private static readonly (string Listed, string Sku, int Each)[] Offers = [("CUP", "CUP", 1), ("CUP-6", "CUP", 6), ("SET", "SET", 1)];

    // Which statements are run is the room's, not the vendor's: the other database is shown with one vendor (StockPushedTests).
    [Fact, Trait("Kind", "Database"), Capability("IN-04", "CH-02", "CH-03", "CH-04", "CH-05", "CH-06")]
    public async Task Single_multipack_and_bundle_show_what_may_be_sold_at_five_vendors_and_the_nightly_look_puts_right_what_somebody_changed()
    {
        await using var shop = await ConnectedShop.Open(DatabaseKind.Sqlite, fakeClock: true);
        void pass() => shop.Clock!.Advance(TimeSpan.FromMinutes(1));
        await shop.Post("/products", new
        {
            sku = "SET", name = "Two cups and a bowl", kind = "bundle", components = new[] { new { sku = "CUP", quantity = 2 }, new { sku = "BOWL", quantity = 1 } },
        });
        var sims = ConnectedShop.EveryVendor(new SimClock(shop.Clock)).Where(s => s is not VendureSim).ToList();
        sims.Count.ShouldBe(5);
        try
        {
            foreach (var sim in sims)
            {
                await SimHost.Listening(sim);
                sim.Stocked().Shop.List("CUP-6", "Six cups", 7_770, 3);
                sim.Shop.List("SET", "A set", 5_000, 3);
                await shop.Connect(sim, sim.Adapter, messages: false);
            }
            foreach (var sim in sims)
            {
                // Six cups are no SKU of ours: a person says what they are.
                JsonElement six = default;
                await shop.Until(async () => { pass(); return (six = (await Listings(shop, sim)).FirstOrDefault(l => l.Text("listedSku") == "CUP-6")).ValueKind == JsonValueKind.Object; });
                (await shop.Send(HttpMethod.Patch, $"/connections/{sim.Adapter}/listings/{six.Text("id")}", new { sku = "CUP", unitsEach = 6 })).IsSuccessStatusCode.ShouldBeTrue(sim.Adapter);
            }
            foreach (var sim in sims) await Shows(shop, sim, pass);

            // Each sells of everything, and all the others hear of it.
            foreach (var sim in sims)
                foreach (var (listed, _, _) in Offers) sim.Generator.Buy(listed, 2, w => w with { Discount = null, Note = "" }, "GB").ShouldNotBeNull($"{sim.Adapter} {listed}");
            foreach (var sim in sims) await shop.BecomesTaken(sim, pass);
            (await shop.Get("/inventory?sku=CUP")).Long("atp").ShouldBe(10_000 - sims.Count * (2 + 12 + 4));
            foreach (var sim in sims) await Shows(shop, sim, pass);

            // Somebody changes a quantity at each vendor's own page. No order comes of it and no message: the nightly look finds it.
            long mended = await Corrected(shop);
            foreach (var sim in sims) sim.Shop.SetStock(sim.Shop.BySku("CUP")!, sim.Shop.Facts.Locations[0].Id, 50_000, "hand");
            shop.Clock!.Advance(TimeSpan.FromHours(25));
            foreach (var sim in sims) await Shows(shop, sim, pass);
            await shop.Until(async () => { pass(); return await Corrected(shop) - mended >= sims.Count; });
            await shop.BooksAreRight();
        }
        finally { foreach (var sim in sims) await sim.DisposeAsync(); }
    }

    private static async Task<List<JsonElement>> Listings(Shop shop, VendorSim sim) => [.. (await shop.Get($"/connections/{sim.Adapter}/listings?limit=200")).GetProperty("data").EnumerateArray()];

    private static Task<long> Corrected(Shop shop) => shop.Db.ReadAll(work => work.Scalar("select coalesce(sum(n), 0) from connection_counts where what = 'stockCorrected'"));

    private static async Task Shows(Shop shop, VendorSim sim, Action pass)
    {
        foreach (var (listed, sku, each) in Offers)
        {
            long shows = 0, wanted = 0;
            try
            {
                await shop.Until(async () =>
                {
                    pass();
                    return (shows = sim.Shop.Read(s => s.BySku(listed)!.Available)) == (wanted = (await shop.Get("/inventory?sku=" + sku)).Long("atp") / each);
                });
            }
            catch (ShouldAssertException) { throw new ShouldAssertException($"{sim.Adapter} shows {shows} {listed}, not {wanted}: {await shop.Get($"/connections/{sim.Adapter}/listings")}"); }
        }
    }
}
