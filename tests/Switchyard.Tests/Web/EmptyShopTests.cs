using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Demo;

namespace Switchyard.Tests.Web;

/// <summary>Somebody signs in to an empty installation: each page says in a sentence what belongs there and offers one thing to do, and the demo shop is a button.</summary>
[Collection(PagesTests.Floor)]
public sealed class EmptyShopTests
{
    [Fact]
    public async Task An_empty_installation_offers_the_demo_shop_on_each_list_and_fills_itself()
    {
        await using var shop = await BrowserShop.Open();
        shop.Shop.Services.GetRequiredService<LoadDemoJob>().PastOrders = 600;
        var page = await shop.SignedIn();
        foreach (string path in new[] { "/orders", "/inventory", "/catalogue", "/customers", "/" })
        {
            await page.GotoAsync(path);
            await page.GetByRole(AriaRole.Button, new() { Name = "Load the demo shop" }).WaitForAsync();
            (await BrowserShop.Barriers(page)).ShouldBeEmpty(path);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "Load the demo shop" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByText("takes it out again").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill this shop" }).ClickAsync();
        await page.GetByRole(AriaRole.Progressbar).First.WaitForAsync();

        // The dashboard comes by itself when all is loaded; a loaded machine takes its time.
        await page.GetByRole(AriaRole.Heading, new() { Name = "What needs doing" }).WaitForAsync(new() { Timeout = 300_000 });
        (await page.GetByRole(AriaRole.Button, new() { Name = "Load the demo shop" }).CountAsync()).ShouldBe(0);
        shop.ShouldBeQuiet();
    }

    [Fact]
    public async Task Whoever_hands_out_no_rights_is_not_offered_the_demo_shop()
    {
        await using var shop = await BrowserShop.Open();
        var page = await shop.SignedIn("customer-service", "/orders");
        await page.GetByText("No orders yet").WaitForAsync();
        (await page.GetByRole(AriaRole.Button, new() { Name = "Load the demo shop" }).CountAsync()).ShouldBe(0);
        shop.ShouldBeQuiet();
    }
}
