using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>Drafts and quotes from their list: several at once, and one from its row.</summary>
[Collection(PagesTests.Name)]
public sealed class DraftsListTests
{
    [Theory, Capability("OV-09", "CH-11", "SE-11")]
    [InlineData(Hand.Mouse)]
    [InlineData(Hand.Keys)]
    public async Task An_agent_places_several_drafts_is_told_which_could_not_be_copies_one_and_discards_the_rest(Hand hand)
    {
        await using var shop = await BrowserShop.Open();
        await shop.Fill();
        foreach (string? street in new[] { "1 Mill Lane", "2 Mill Lane", null }) await shop.Shop.Post("/drafts", Draft(street));
        var page = await shop.SignedIn("customer-service", "/drafts");
        var agent = new Person(page, hand);
        var dialog = page.GetByRole(AriaRole.Dialog);

        await agent.Tick(page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }));
        await agent.PressButton("Place");
        await Assertions.Expect(dialog).ToContainTextAsync("3 may become orders");
        await Assertions.Expect(dialog).ToContainTextAsync("£37.50");
        if (hand == Hand.Mouse) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await agent.Choose(dialog.GetByRole(AriaRole.Combobox, new() { Name = "How all of them are paid" }), "To be paid");
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Place 3 orders" }));
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("D1003 The draft has no delivery address.");
        (await shop.Shop.Get("/drafts?query=state:placed&count=true")).GetProperty("count").Long("count").ShouldBe(2);
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Back" }));
        await Assertions.Expect(dialog).ToHaveCountAsync(0);

        await agent.PressButton("What to do with D1003");
        await agent.Pick(page.GetByRole(AriaRole.Menuitem, new() { Name = "Discard" }));
        await agent.Write(dialog.GetByLabel("Reason"), "They never rang back");
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Discard 1 draft" }));
        await Assertions.Expect(page.Locator("[data-row]").Filter(new() { HasText = "D1003" })).ToContainTextAsync("Discarded");

        await agent.PressButton("What to do with D1001");
        await agent.Pick(page.GetByRole(AriaRole.Menuitem, new() { Name = "Copy" }));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("D1004");
        shop.ShouldBeQuiet();
    }

    private static object Draft(string? street) => new
    {
        channel = "web", currency = "GBP", customer = new { name = "Ida Ilk" }, lines = new[] { new { sku = "MUG-MOSS", quantity = 1 } },
        shippingAddress = street is null ? null : new { name = "Ida Ilk", line1 = street, city = "Manchester", postcode = "M1 1AE", country = "GB" },
    };
}
