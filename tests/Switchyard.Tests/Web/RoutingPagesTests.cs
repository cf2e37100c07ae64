using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Http;
using Switchyard.Tests.Webhooks;

namespace Switchyard.Tests.Web;

/// <summary>A merchant's own people say from where orders are sent: by form, seen on an order at once, without a deploy.</summary>
[Collection(PagesTests.Floor)]
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

    [Fact, Capability("AX-19", "SE-11")]
    public async Task A_function_of_ones_own_is_named_tried_switched_off_and_taken_away()
    {
        using var receiver = new Receiver();
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        shop.Services.GetRequiredService<OutwardHttp>().Allowed = OutwardAddresses.Allowing("127.0.0.1");
        await shop.Put("/zones/gb", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        await shop.Put("/nodes/MAIN/lanes", new[] { new { zone = "gb", service = "parcel", method = "standard", currency = "GBP", baseMinor = 495, transitDays = 2 } });
        receiver.On("/rank", Receiver.Answers("200 OK", body: """{"scores":{"MAIN":80}}"""));

        var page = await browser.SignedIn(path: "/routing/rankers");
        await Assertions.Expect(page.GetByText("No rankers yet")).ToBeVisibleAsync();
        await Press(page, "New ranker");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("Green first");
        await dialog.GetByLabel("Address").FillAsync("https://10.0.0.1/rank");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make ranker" }).ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await dialog.GetByLabel("Address").FillAsync(receiver.Url("/rank"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make ranker" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("The secret of Green first");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        var list = page.GetByRole(AriaRole.List, new() { Name = "Rankers" });
        await Assertions.Expect(list).ToContainTextAsync("green-first");

        // Asked about a made-up order: it answers, then says what nobody understands.
        await Press(page, "Try Green first");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask it" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "MAIN 80" })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        receiver.On("/rank", Receiver.Answers("200 OK", body: """{"scores":{"MAIN":"best"}}"""));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask it" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Not understood");
        await page.Keyboard.PressAsync("Escape");
        await Press(page, "Last calls of Green first");
        await Assertions.Expect(dialog).ToContainTextAsync("No order has asked it yet");
        await page.Keyboard.PressAsync("Escape");

        await Press(page, "Switch off Green first");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Switch on Green first" })).ToBeVisibleAsync();
        (await shop.Get("/routing/rankers/green-first")).GetProperty("isOn").GetBoolean().ShouldBeFalse();
        await Press(page, "Change ranker Green first");
        await dialog.GetByLabel("Time limit in ms").FillAsync("150");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(list).ToContainTextAsync("at most 150 ms");
        await Press(page, "Delete Green first");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("No rankers yet")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
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
