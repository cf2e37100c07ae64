using Microsoft.Playwright;
using Shouldly;
using Switchyard.Simulators;
using Switchyard.Tests.Connectors;

namespace Switchyard.Tests.Web;

/// <summary>A day with a channel that is at work: stock is kept back from it, it rests and goes on, a telling is given up, and orders are compared.</summary>
[Collection(PagesTests.Name)]
public sealed class ChannelDayTests
{
    private const string Channel = "woocommerce";

    [Fact, Capability("CH-14", "CH-15", "IN-04")]
    public async Task A_person_keeps_stock_back_pauses_a_channel_gives_a_telling_up_and_compares_orders()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        ConnectedShop.Ready(shop);
        await shop.Product("BOWL", 50, priceMinor: 2_450);
        await using var sim = await SimHost.Listening(new WooCommerceSim { EndsTls = true });
        sim.Shop.List("BOWL", "Stoneware bowl", 2_450, 5);
        await shop.Connect(sim, Channel, messages: false);
        await shop.Until(() => Task.FromResult(sim.Shop.BySku("BOWL")!.Available == 50));
        var bought = sim.Generator.Buy("BOWL", 1, wish => wish with { Discount = null }, "GB")!;
        var order = await shop.OrderOf(Channel, bought.Key);

        // Its health: one order in the last hour, on the strip too.
        var page = await opened.SignedIn(path: $"/channels/{Channel}");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "1 order in 24 hours, at most 1 in one hour" })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        // Ten are kept back from this listing.
        await page.GetByRole(AriaRole.Link, new() { Name = "Listings", Exact = true }).ClickAsync();
        await Press(page, "Change Stoneware bowl");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Units kept back", new() { Exact = true }).FillAsync("10");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await shop.Until(() => Task.FromResult(sim.Shop.BySku("BOWL")!.Available == 39));

        // It rests: nothing is told until it goes on.
        await Press(page, "Pause");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true })).ToBeVisibleAsync();
        await shop.Stock("BOWL", 20);
        sim.Shop.BySku("BOWL")!.Available.ShouldBe(39);
        await Press(page, "Start");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("The channel cannot reach this server").CheckAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Start now", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true })).ToBeVisibleAsync();
        await shop.Until(() => Task.FromResult(sim.Shop.BySku("BOWL")!.Available == 59));

        // As when the channel would not hear of a parcel: somebody gives it up.
        string id = order.Text("id")!;
        await shop.Post($"/orders/{id}/facts", new { kind = "shipped", node = "MAIN" });
        await shop.Until(async () => await shop.Db.ReadAll(work => work.Scalar("select count(*) from channel_tasks where state = 'done'")) == 1);
        await shop.Db.WriteAll(work => work.Execute("update channel_tasks set state = 'parked', said = 'No such order.'"));
        await page.GotoAsync($"/channels/{Channel}/told?state=parked");
        await Press(page, "Do not tell of #" + order.Text("number"));
        await shop.Until(async () => await shop.Db.ReadAll(work => work.Scalar("select count(*) from channel_tasks where state = 'dropped'")) == 1);

        // Compared, both have the same.
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare", Exact = true }).ClickAsync();
        await Press(page, "Compare");
        await Assertions.Expect(page.GetByText("Both have the same")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        opened.ShouldBeQuiet();
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
