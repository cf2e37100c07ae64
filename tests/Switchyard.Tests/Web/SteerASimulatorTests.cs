using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Simulators;
using Switchyard.Tests.Connectors;

namespace Switchyard.Tests.Web;

/// <summary>In a demo somebody connects a simulated shop with what is filled in for them, buys there, and has it misbehave.</summary>
[Collection(PagesTests.Name)]
public sealed class SteerASimulatorTests
{
    [Fact, Capability("CH-01", "CH-14")]
    public async Task A_stranger_connects_a_simulated_shop_buys_there_and_has_it_misbehave()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        ConnectedShop.Ready(shop);
        await shop.Product("BOWL", 50, priceMinor: 2_450);
        await shop.Put("/channels/woocommerce", new { name = "WooCommerce outlet" });
        var sims = SimCatalogue.Accounts(5);
        foreach (var sim in sims) sim.Shop.List("BOWL", "Stoneware bowl", 2_450, 9);
        await using var host = await SimHost.Start(sims);
        shop.Services.GetRequiredService<Switchyard.Demo.Simulators>().Address = host.Url;

        var page = await opened.SignedIn(path: "/channels/woocommerce/connect?adapter=woocommerce");
        await Press(page, "Use the simulated shop");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Address", Exact = true })).ToHaveValueAsync(sims[0].BaseUrl);
        await Press(page, "Save and go on");
        await Press(page, "Test now");
        await Assertions.Expect(page.GetByText("Let in", new() { Exact = true })).ToBeVisibleAsync();
        await Press(page, "Go on");
        await Press(page, "Save and go on");
        await page.GetByLabel("The channel cannot reach this server").CheckAsync();
        await Press(page, "Start now");

        await page.GetByRole(AriaRole.Link, new() { Name = "Simulator", Exact = true }).ClickAsync();
        await Press(page, "Place");
        await Assertions.Expect(page.GetByText("An order is placed there")).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.List, new() { Name = "The latest orders there" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(row).ToHaveCountAsync(1);
        var bought = sims[0].Shop.Orders[0];
        await shop.OrderOf("woocommerce", bought.Key);
        await page.GetByLabel("Product", new() { Exact = true }).SelectOptionAsync("BOWL");
        await page.GetByLabel("Come by themselves").SelectOptionAsync("30 a minute");
        await Assertions.Expect(page.GetByText("30 orders a minute come from now on")).ToBeVisibleAsync();
        await page.GetByLabel("Come by themselves").SelectOptionAsync("None");
        await Assertions.Expect(page.GetByText("No orders come by themselves any more")).ToBeVisibleAsync();
        await Press(page, $"Cancel {bought.Number}");
        await Assertions.Expect(row.Filter(new() { HasText = bought.Number })).ToContainTextAsync("Cancelled");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        await page.GetByLabel("Mood", new() { Exact = true }).SelectOptionAsync("Is broken");
        await page.GetByLabel("For", new() { Exact = true }).SelectOptionAsync("all calls from now on");
        await Press(page, "Misbehave");
        await page.GetByRole(AriaRole.Link, new() { Name = "Health", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Answered 500");
        await page.GetByRole(AriaRole.Link, new() { Name = "Simulator", Exact = true }).ClickAsync();
        await Press(page, "Behave again");
        await page.GetByRole(AriaRole.Link, new() { Name = "Health", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Fine", new() { Exact = true })).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
        foreach (var sim in sims) await sim.DisposeAsync();
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
