using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>On the page of an order: it is split, its goods are sent again, and it is ordered again; each says before what it would do.</summary>
[Collection(PagesTests.Name)]
public sealed class BelongingOrdersTests
{
    [Fact, Capability("OV-09", "SE-11")]
    public async Task An_agent_splits_an_order_sends_its_goods_again_and_orders_them_again()
    {
        await using var shop = await BrowserShop.Open();
        await shop.Fill();
        await shop.Shop.Put("/channels/web", new { name = "Web shop" });
        await shop.Shop.Post("/nodes", new { code = "FAR", name = "Far warehouse", kind = "warehouse", country = "GB", pickFixedMinor = 300 });
        await shop.Shop.Stock("MUG-MOSS", 20, "FAR");
        var paid = Given.Order(("MUG-MOSS", 3));
        paid["payment"] = new { status = "paid" };
        paid["lines"] = new[] { new { sku = "MUG-MOSS", quantity = 3 } };        // at the list price: nothing holds it
        string first = (await shop.Shop.Post("/orders", paid)).Text("id")!;
        var page = await shop.SignedIn("customer-service", "/orders/" + first);

        await page.GetByLabel("About this order").GetByRole(AriaRole.Button, new() { Name = "MAIN", Exact = true }).ClickAsync();
        var why = page.GetByRole(AriaRole.Dialog, new() { Name = "Why MAIN?" });
        await Assertions.Expect(why.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "MAIN" })).ToContainTextAsync("Chosen");
        var far = why.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "FAR" });
        await Assertions.Expect(far).ToContainTextAsync("Dearer");
        await Assertions.Expect(far).ToContainTextAsync("The whole order from here: £3.00");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(why).ToHaveCountAsync(0);

        await Choose(page, "Split order");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Choose units");
        await dialog.GetByLabel("Quantity of Product MUG-MOSS").FillAsync("1");
        await Assertions.Expect(dialog).ToContainTextAsync("2 here, 1 in a new order");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move 1 unit" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Belongs together" })).ToContainTextAsync("Split from");
        string other = page.Url.Split('/')[^1];
        other.ShouldNotBe(first);
        var story = page.GetByRole(AriaRole.Region, new() { Name = "Timeline" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Split off from #" });
        await Assertions.Expect(story.GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "/orders/" + first);
        await Assertions.Expect(page.GetByRole(AriaRole.Banner).Or(page.Locator("header")).Filter(new() { HasText = "Web shop" }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("About this order")).ToContainTextAsync("United Kingdom");
        ((await shop.Shop.Get("/orders/" + first)).Long("totalMinor") + (await shop.Shop.Get("/orders/" + other)).Long("totalMinor")).ShouldBe(3750);

        string work = (await shop.Shop.Post($"/orders/{other}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick", "pack", "ship" }) await shop.Shop.Post($"/fulfilments/{work}/{step}", new { });
        await page.ReloadAsync();
        await Choose(page, "Send again");
        await dialog.GetByLabel("Quantity of Product MUG-MOSS").FillAsync("1");
        await dialog.GetByLabel("Reason").FillAsync("Arrived broken");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send 1 unit free of charge" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Belongs together" })).ToContainTextAsync("Replaces goods of");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await RefundBesideWhatWasSentAgain(shop, other);

        await page.GotoAsync("/orders/" + first);
        await Choose(page, "Order again");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make a draft" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/drafts/drf_"));
        await Assertions.Expect(page.GetByLabel("Quantity of Product MUG-MOSS")).ToBeVisibleAsync();
        shop.ShouldBeQuiet();
    }

    /// <summary>Whoever may refund is told that the customer has the goods again, and decides.</summary>
    private static async Task RefundBesideWhatWasSentAgain(BrowserShop shop, string order)
    {
        var page = await shop.SignedIn("finance", "/orders/" + order);
        await page.GetByRole(AriaRole.Button, new() { Name = "Refund", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Goods of this order were sent again as #");
        await dialog.GetByLabel("Reason").FillAsync("They are cross");
        var refund = dialog.GetByRole(AriaRole.Button, new() { Name = "Refund £12.50" });
        await refund.ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("they are worth £12.50");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Nothing:") })).ToBeDisabledAsync();
        await Assertions.Expect(refund).ToBeDisabledAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Radio, new() { NameRegex = new("^£12.50 all the same") }).CheckAsync();
        await refund.ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        (await shop.Shop.Get("/orders/" + order)).Long("refundedMinor").ShouldBe(1250);
    }

    private static async Task Choose(IPage page, string action)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action }).ClickAsync();
    }
}
