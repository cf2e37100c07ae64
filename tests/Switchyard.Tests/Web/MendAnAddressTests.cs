using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A customer calls: the parcel goes to the wrong door.</summary>
[Collection(PagesTests.Name)]
public sealed class MendAnAddressTests(OrderDesk desk)
{
    [Theory]
    [InlineData(Hand.Mouse, ColorScheme.Light, "LS29 8AB")]
    [InlineData(Hand.Finger, ColorScheme.Dark, "LS29 8AD")]
    [InlineData(Hand.Keys, ColorScheme.Light, "LS29 8AE")]
    [Capability("OV-05", "SE-03", "SE-05", "SE-06")]
    public async Task A_service_agent_finds_an_order_by_postcode_mends_its_address_in_grace_and_adds_a_note(Hand hand, ColorScheme scheme, string postcode)
    {
        var (id, number) = await desk.Order("Ilkley", postcode);
        var shop = await desk.Shop();
        var agent = await desk.Person("ann", "/orders", hand, scheme);
        var page = agent.Page;
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Search this list" });
        if (agent.HasKeysOnly)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "#" + number }).WaitForAsync();
            await agent.Key("/");
            await Assertions.Expect(search).ToBeFocusedAsync();
        }
        await agent.Write(search, postcode);
        await agent.Key("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^#") })).ToHaveCountAsync(1);
        await agent.Press(page.GetByRole(AriaRole.Link, new() { Name = "#" + number }));

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "#" + number })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Free to change until")).ToBeVisibleAsync();
        await agent.PressButton("Edit the address");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Edit #" + number });
        await agent.Write(dialog.GetByLabel("Street and number", new() { Exact = true }), "5 Beck Lane");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Region, new() { Name = "What changes" }).GetByRole(AriaRole.Status)).ToContainTextAsync("5 Beck Lane");
        if (!agent.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Save changes" }));
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("About this order")).ToContainTextAsync("5 Beck Lane");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Timeline" })).ToContainTextAsync("Delivery address changed");

        await agent.Write(page.GetByRole(AriaRole.Textbox, new() { Name = "Add note" }), "She called: the house on the corner");
        await agent.PressButton("Add note");
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "the house on the corner" }).First).ToContainTextAsync("You");

        var order = await shop.Get("/orders/" + id);
        order.GetProperty("shippingAddress").Text("line1").ShouldBe("5 Beck Lane");
        order.GetProperty("shippingAddress").Text("postcode").ShouldBe(postcode);
        (await shop.Get($"/orders/{id}/notes")).GetProperty("data")[0].Text("body").ShouldBe("She called: the house on the corner");
        (await desk.Opened).ShouldBeQuiet();
    }
}
