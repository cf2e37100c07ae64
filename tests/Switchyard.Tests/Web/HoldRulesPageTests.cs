using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>An operator says which orders wait: by form, in the order of trying, and sees what that would do to an order.</summary>
[Collection(PagesTests.Name)]
public sealed class HoldRulesPageTests
{
    [Fact, Capability("SE-11")]
    public async Task An_operator_makes_a_rule_moves_it_by_keys_tries_it_and_takes_it_away()
    {
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        await shop.Product("SOFA", 20, priceMinor: 90_000);
        string number = (await shop.Post("/orders", Given.Order(("SOFA", 5)))).Text("number")!;

        var page = await browser.SignedIn(path: "/settings/rules");
        await Press(page, "New rule");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Many sofas");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "What people read" }).FillAsync("Ring the customer before five sofas leave");
        await Press(page, "Make rule");
        await Assertions.Expect(dialog.GetByText("says which orders it is about").First).ToBeVisibleAsync();
        await dialog.GetByLabel("Units of one SKU at least").FillAsync("5");
        await Press(page, "Make rule");
        var rule = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "many-sofas" });
        await Assertions.Expect(rule).ToContainTextAsync("Ring the customer");

        // The last of ten becomes the ninth by its arrow, the eighth by the keys.
        await Press(page, "Try many-sofas earlier");
        await Assertions.Expect(page.GetByText("many-sofas is now 9 of 10")).ToBeAttachedAsync();
        await rule.GetByRole(AriaRole.Button, new() { Name = "Change rule many-sofas" }).FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.GetByText("many-sofas is now 8 of 10")).ToBeAttachedAsync();
        // And the first by carrying it there.
        await rule.DragToAsync(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Address" }).First);
        await Assertions.Expect(page.GetByText("many-sofas is now 1 of 10")).ToBeAttachedAsync();
        (await shop.Get("/hold-rules")).GetProperty("data")[0].Text("code").ShouldBe("many-sofas");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Order number" }).FillAsync(number);
        await Press(page, "Try the rules");
        await Assertions.Expect(page.GetByText("It would be held")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await rule.GetByRole(AriaRole.Switch).PressAsync(" ");
        await Assertions.Expect(rule.GetByRole(AriaRole.Switch)).Not.ToBeCheckedAsync();
        await Press(page, "Delete rule many-sofas");
        await Press(page, "Delete");
        await Assertions.Expect(rule).ToHaveCountAsync(0);

        // A rule of the house is changed and brought back as it was.
        await Press(page, "Change rule Duplicate");
        await dialog.GetByLabel("How long after the first").FillAsync("60");
        await Press(page, "Save");
        await Assertions.Expect(page.GetByText("within 60 min")).ToBeVisibleAsync();
        await Press(page, "Bring rule Duplicate back as it was");
        await Press(page, "As it was");
        await Assertions.Expect(page.GetByText("within 15 min")).ToBeVisibleAsync();
        browser.ShouldBeQuiet();
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
