using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Demo;
using Switchyard.Simulators;
using Switchyard.Tests.Connectors;

namespace Switchyard.Tests.Demo;

/// <summary>A demo's help desk and ERP are simulated ones beside it.</summary>
public sealed class JoinOfficesTests
{
    [Fact, Capability("IG-03", "IG-05")]
    public async Task A_demo_has_a_help_desk_and_an_ERP_that_its_orders_reach_and_what_somebody_paused_stays_so()
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        ConnectedShop.Ready(shop);
        var patience = shop.Services.GetRequiredService<Switchyard.Erp.ErpPatience>();
        (patience.Settles, patience.Poll) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        string sku = DemoShop.Range()[0].Sku;
        await shop.Product(sku, 10, priceMinor: 1000);
        await shop.Put("/channels/woocommerce", new { name = "WooCommerce" });
        VendorSim[] sims = [.. SimCatalogue.Desks(1), .. SimCatalogue.Erps(1)];
        var books = sims.OfType<NetSuiteSim>().Single();
        await using (var host = await SimHost.Start(sims, "http://127.0.0.1:0"))
        {
            shop.Services.GetRequiredService<Switchyard.Demo.Simulators>().Address = host.Url;
            var offices = shop.Services.GetRequiredService<JoinOffices>();
            await offices.Join(default);
            (await shop.Get("/erp")).Text("state").ShouldBe("live");
            (await shop.Get("/support-desks/zendesk")).Text("state").ShouldBe("active");
            string order = (await shop.Post("/orders", Given.Order((sku, 1)))).Text("id")!;
            await shop.Until(() => Task.FromResult(books.Read(b => b.Of("salesOrder").Any(r => r.Lines.Count == 1))));
            order.ShouldStartWith("ord_");

            // Started again it is left as it is, also when it rests.
            await shop.Post("/erp/pause", new { });
            await offices.Join(default);
            (await shop.Get("/erp")).Text("state").ShouldBe("paused");

            // Somebody buys in the ERP and books the goods in there, on its control page.
            using var http = new HttpClient();
            var bought = await Shop.Read(await http.PostAsync($"{host.Url}/_control/shops/{books.Name}/purchases", System.Net.Http.Json.JsonContent.Create(new { sku, quantity = 5 })), 200);
            bought.GetProperty("lines")[0].Text("sku").ShouldBe(sku);
            await Shop.Read(await http.PostAsync($"{host.Url}/_control/shops/{books.Name}/purchases/{bought.Text("id")}/receive", System.Net.Http.Json.JsonContent.Create(new { quantity = 2 })), 200);
            await Shop.Read(await http.PostAsync($"{host.Url}/_control/shops/{books.Name}/adjust", System.Net.Http.Json.JsonContent.Create(new { sku, level = 7 })), 200);
            books.Read(b => (b.Of("itemReceipt").Single().Lines.Single().Quantity, b.Levels.Values.Single())).ShouldBe((2m, 7m));
            (await Shop.Read(await http.GetAsync($"{host.Url}/_control/shops/{books.Name}/records"), 200)).EnumerateArray().Select(r => r.Text("type")).ShouldContain("itemReceipt");
        }
        foreach (var sim in sims) await sim.DisposeAsync();
    }
}
