using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Simulators;
using Switchyard.Tests.Connectors;

namespace Switchyard.Tests.Web;

/// <summary>Somebody connects a shop, and what it tells and offers is dealt with on its pages.</summary>
[Collection(PagesTests.Name)]
public sealed class ConnectAChannelTests
{
    private const string Channel = "woocommerce";

    [Fact, Capability("CH-01", "CH-04", "CH-14", "SE-11")]
    public async Task A_person_connects_a_shop_sees_its_order_matches_a_listing_by_hand_and_takes_a_parked_order_in_again()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        ConnectedShop.Ready(shop);
        await shop.Product("BOWL", 50, priceMinor: 2_450);
        await shop.Product("CUP", 40, priceMinor: 1_295);
        await using var sim = await SimHost.Listening(new WooCommerceSim { EndsTls = true });
        sim.Shop.List("BOWL", "Stoneware bowl", 2_450, 5);
        sim.Shop.List("HH-1", "Hand-thrown beaker", 1_295, 5);

        var page = await opened.SignedIn(path: "/channels");
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect a channel" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "WooCommerce" }).CheckAsync();
        await Press(page, "Go on");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Address", Exact = true }).FillAsync(sim.BaseUrl);
        await page.GetByLabel("Consumer key").FillAsync(WooCommerceSim.Key);
        await page.GetByLabel("Consumer secret").FillAsync("not the secret");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await Press(page, "Save and go on");
        await Press(page, "Test now");
        await Assertions.Expect(page.GetByText("The channel does not take these credentials.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Access", Exact = true }).ClickAsync();
        await page.GetByLabel("Consumer secret").FillAsync(WooCommerceSim.Secret);
        await Press(page, "Save and go on");
        await Press(page, "Test now");
        await Assertions.Expect(page.GetByText("Let in", new() { Exact = true })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await Press(page, "Go on");
        await Press(page, "Save and go on");
        await page.GetByLabel("The channel cannot reach this server").CheckAsync();
        await Press(page, "Start now");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("WooCommerce");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true })).ToBeVisibleAsync();

        var bought = sim.Generator.Buy("BOWL", 1, wish => wish with { Discount = null }, "GB")!;
        var order = await shop.OrderOf(Channel, bought.Key);
        await page.GetByRole(AriaRole.Link, new() { Name = "Orders told", Exact = true }).ClickAsync();
        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = "#" + order.Text("number"), Exact = true }) });
        await Assertions.Expect(row).ToContainTextAsync("Taken in");

        await shop.Until(async () => (await Listings(shop)).Count == 2);
        await page.GotoAsync($"/channels/{Channel}/listings?state=unmatched");
        await Press(page, "Choose product: Hand-thrown beaker");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Hand-thrown beaker" });
        await dialog.GetByLabel("Product", new() { Exact = true }).FillAsync("CUP");
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "CUP" }).First.ClickAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Every listing has its product")).ToBeVisibleAsync();
        (await Listings(shop)).Single(l => l.Text("title") == "Hand-thrown beaker").Text("matched").ShouldBe("hand");
        await shop.Until(() => Task.FromResult(sim.Shop.BySku("HH-1")!.Available == 40));

        // As when the product of an order was not there yet.
        await shop.Db.WriteAll(work => work.Execute("update channel_orders set state = 'parked', said = 'There was no such product.', tries = 1 where external_id = @id", ("id", bought.Key)));
        await page.GotoAsync("/channels");
        await page.GetByRole(AriaRole.Link, new() { Name = "1 thing of WooCommerce waits for a person" }).ClickAsync();
        string number = (await shop.Get($"/connections/{Channel}/orders/{bought.Key}")).Text("number") ?? bought.Key;
        await Press(page, "Show " + number);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("There was no such product.");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "As the channel told it" })).ToContainTextAsync("BOWL");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("Escape");
        await Press(page, $"Take in again: {number}");
        await Assertions.Expect(page.GetByText("No order waits for a person")).ToBeVisibleAsync();
        (await shop.OrderOf(Channel, bought.Key)).Text("id").ShouldBe(order.Text("id"), "it is the same order still");
        opened.ShouldBeQuiet();
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task<List<JsonElement>> Listings(Shop shop) => [.. (await shop.Get($"/connections/{Channel}/listings?limit=200")).GetProperty("data").EnumerateArray()];
}
