using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A merchant's own people say from where orders are sent: by form, seen on an order at once, without a deploy.</summary>
[Collection(PagesTests.Name)]
public sealed class RoutingPagesTests
{
    [Fact, Capability("RT-09", "SE-11")]
    public async Task A_business_user_changes_the_order_of_the_rules_and_the_next_order_follows_it()
    {
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        await shop.Post("/nodes", new { code = "STORE", name = "Leeds store", kind = "store", country = "GB" });
        await shop.Product("MUG", 20, priceMinor: 1000);
        await shop.Stock("MUG", 20, "STORE");
        await shop.Put("/zones/gb", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        foreach (string node in (string[])["MAIN", "STORE"])
            await shop.Put($"/nodes/{node}/lanes", new[] { new { zone = "gb", service = "parcel", method = "standard", currency = "GBP", baseMinor = 495, transitDays = 2 } });
        await shop.Put("/routing/strategies/ours", new
        {
            name = "Ours",
            rules = new { scenarios = new[] { new { name = "From the warehouse", nodes = "kind:warehouse", otherwise = "next" }, new { name = "From the shop", nodes = "kind:store", otherwise = "next" } } },
        });
        await shop.Post("/routing/strategies/ours/check", new { });
        await shop.Post("/routing/strategies/ours/promote", new { });
        (await NodeOfAnOrder(shop)).ShouldBe("MAIN");

        var page = await browser.SignedIn(path: "/routing");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ours", Exact = true }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("The same as today.")).ToBeVisibleAsync();
        // The second becomes the first by its arrow; what that would do to the newest order is seen before anything is saved.
        await Press(page, "Try From the shop earlier");
        await Assertions.Expect(page.GetByText("From the shop is now 1 of 2")).ToBeAttachedAsync();
        await Assertions.Expect(page.GetByText("From STORE, instead of MAIN.")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await Press(page, "Save draft");
        await Assertions.Expect(page.GetByText("Nothing changed.")).ToBeVisibleAsync();
        (await NodeOfAnOrder(shop)).ShouldBe("MAIN", "a draft decides nothing");

        await Press(page, "Check and publish");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make version 2 live", Exact = true }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByText("moves from place")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make version 2 live" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Version 2 decides about orders now")).ToBeVisibleAsync();
        (await NodeOfAnOrder(shop)).ShouldBe("STORE");

        // And back by the keys: the version that decided before is still there.
        await Press(page, "Compare version 1 with the draft");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go on from version 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try From the warehouse later" }).FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(page.GetByText("From the warehouse is now 2 of 2")).ToBeAttachedAsync();
        browser.ShouldBeQuiet();
    }

    private static async Task<string?> NodeOfAnOrder(Shop shop)
    {
        string id = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        var plan = (await shop.Get($"/orders/{id}?expand=plan")).GetProperty("plan");
        plan.GetProperty("shipments").GetArrayLength().ShouldBe(1, plan.GetRawText());
        return plan.GetProperty("shipments")[0].Text("node");
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
