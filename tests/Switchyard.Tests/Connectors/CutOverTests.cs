using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Messages;
using Switchyard.Simulators;
using Switchyard.Tests.Files;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Jobs;
using Switchyard.Tests.Messages;

namespace Switchyard.Tests.Connectors;

/// <summary>What another system began is finished here once: its parcels and mails are not ours to tell, and an order that came by file is known again when its shop is connected.</summary>
[Capability("IG-16", "P5")]
public sealed class CutOverTests
{
    [Theory, BothDatabases]
    public async Task Of_an_order_that_is_half_sent_and_paid_the_rest_goes_out_and_neither_buyer_nor_shop_is_told(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        var pace = shop.Services.GetRequiredService<MessagePace>();
        pace.Poll = TimeSpan.FromMilliseconds(50);
        await shop.Put("/message-settings", new { publicUrl = shop.Address, accent = "#FFD400", contact = "help@shop.test" });
        await shop.Keep();
        var shopify = new ShopifySim();
        shopify.GivePoints(100_000, 10_000);
        var live = DateTimeOffset.UtcNow.AddDays(-1);
        var sims = new List<VendorSim>();
        try
        {
            foreach (var vendor in new VendorSim[] { shopify, new MagentoSim() })
            {
                var sim = (await SimHost.Listening(vendor)).Stocked();
                sims.Add(sim);
                string channel = sim.Adapter;
                var half = Buy(sim, "CUP", 3, live.AddDays(-2));
                sim.Shop.Ship(half, [new SimShippedLine(half.Lines[0].Id, 1)], "Royal Mail", "OLD-1");
                await shop.Connect(sim, channel, messages: sim is ShopifySim, live: live);

                var ours = await shop.OrderOf(channel, half.Key);
                string id = ours.Text("id")!;
                ours.GetProperty("lines").EnumerateArray().Where(l => l.Text("kind") == "goods").Select(l => (l.Text("sku"), l.Long("quantity"))).ShouldBe([("CUP", 2L)], channel);
                (ours.Long("totalMinor"), ours.Text("paymentStatus")).ShouldBe((half.TotalMinor, "paid"), channel);
                (await shop.Get($"/connections/{channel}/orders/{half.Key}")).GetProperty("isBefore").GetBoolean().ShouldBeTrue();
                await Ship(shop, id);

                // A later order is told to the shop: by then the earlier one would have been.
                var later = Buy(sim, "BOWL", 1, null);
                string laterId = (await shop.OrderOf(channel, later.Key)).Text("id")!;
                await Ship(shop, laterId);
                await shop.Until(async () => await Count(shop, "channel_tasks", laterId, "state = 'done'") == 1);
                (await Count(shop, "channel_tasks", id, "1 = 1")).ShouldBe(0, channel);
                half.Shipments.Count.ShouldBe(1, channel);
                (await Count(shop, "fulfilment_orders", id, "1 = 1")).ShouldBe(1, channel);
            }

            // One of our own is written to: by then the buyers of those would have been.
            var wish = Given.Order(("CUP", 1));
            wish["lines"] = new[] { new { sku = "CUP", quantity = 1, unitPriceMinor = 1_295 } };
            var own = await shop.Post("/orders", wish);
            await Ship(shop, own.Text("id")!);
            await shop.Until(async () => await Count(shop, "messages", own.Text("id")!, "kind = 'shipped' and state = 'kept'") > 0);
            (await shop.Db.ReadAll(work => work.Scalar(
                "select count(*) from messages m join channel_orders c on c.order_id = m.order_id where c.is_before and m.state <> 'skipped' /* house */"))).ShouldBe(0);
            await shop.BooksAreRight();
        }
        finally { foreach (var sim in sims) await sim.DisposeAsync(); }
    }

    [Theory, BothDatabases]
    public async Task An_open_order_that_came_by_file_is_known_again_when_its_shop_is_connected(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        var shopify = new ShopifySim();
        shopify.GivePoints(100_000, 10_000);
        var live = DateTimeOffset.UtcNow.AddDays(-1);
        var sims = new List<VendorSim>();
        try
        {
            foreach (var vendor in new VendorSim[] { new WooCommerceSim { EndsTls = true }, shopify, new MagentoSim() })
            {
                var sim = (await SimHost.Listening(vendor)).Stocked();
                sims.Add(sim);
                string channel = sim.Adapter;
                var open = Buy(sim, "JUG", 2, live.AddDays(-3));
                await shop.Put("/channels/" + channel, new { name = "Shop " + channel });
                string csv = "externalId,sku,name,quantity,unitPrice,placedAt,customerName,email,line1,city,postcode,country,method\n"
                    + $"{open.Key},JUG,Jug,2,39.00,{open.PlacedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)},Ada Byron,ada@example.com,1 Mill Lane,Manchester,M1 1AE,GB,standard\n";
                var job = await shop.Ended(await shop.Post("/imports", new { kind = "orders", file = await shop.Upload(csv), savedMapping = "simple", @as = "open", channel }));
                job.Text("state").ShouldBe("done", job.GetRawText());
                string imported = (await shop.Db.ReadAll(work => work.Query("select o.id from orders o join channels c on c.id = o.channel_id where o.external_id = @key and c.code = @channel /* house */", row => new OrderId(row.Uuid()).ToString(), ("key", open.Key), ("channel", channel))))
                    .ShouldHaveSingleItem();

                await shop.Connect(sim, channel, messages: sim is not MagentoSim, live: live);
                (await shop.OrderOf(channel, open.Key)).Text("id").ShouldBe(imported, channel);
                (await shop.Ours(channel)).ShouldHaveSingleItem(channel);
                await Ship(shop, imported);
                (await Count(shop, "fulfilment_orders", imported, "1 = 1")).ShouldBe(1, channel);
            }
            await shop.BooksAreRight();
        }
        finally { foreach (var sim in sims) await sim.DisposeAsync(); }
    }

    private static SimOrder Buy(VendorSim sim, string sku, int units, DateTimeOffset? at) =>
        sim.Generator.Buy(sku, units, w => at is { } placed ? w with { Discount = null, Note = "", PlacedAt = placed } : w with { Discount = null, Note = "" }, "GB")!;

    private static async Task Ship(Shop shop, string order)
    {
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack", "ship");
    }

    private static Task<long> Count(Shop shop, string table, string order, string more) => shop.Db.ReadAll(work => work.Scalar(
        $"select count(*) from {table} where order_id = @order and {more} /* house */", ("order", OrderId.Parse(order, null).Value)));
}
