using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>Five hundred orders get a tag at once, and are found by it.</summary>
[Collection(PagesTests.Name)]
public sealed class TagManyOrdersTests(OrderDesk desk)
{
    [Theory]
    [InlineData(Hand.Mouse, ColorScheme.Light, "fair-mouse")]
    [InlineData(Hand.Finger, ColorScheme.Dark, "fair-finger")]
    [InlineData(Hand.Keys, ColorScheme.Light, "fair-keys")]
    [Capability("SE-04", "SE-06")]
    public async Task A_service_agent_tags_all_500_orders_of_a_search_and_finds_them_by_the_tag(Hand hand, ColorScheme scheme, string tag)
    {
        await desk.Many();
        var agent = await desk.Person("ann", "/orders", hand, scheme);
        var page = agent.Page;
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Search this list" });
        await agent.Write(search, "city:" + OrderDesk.CityOfMany);
        await agent.Key("Enter");
        await Assertions.Expect(page.GetByText("50 of 500")).ToBeVisibleAsync();

        // On a phone one card is chosen and then all; at a desk the page.
        await agent.Tick(hand == Hand.Finger ? page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^Select #") }).First
            : page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }));
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Actions on the selected" });
        await agent.Press(bar.GetByRole(AriaRole.Button, new() { Name = "Select all 500" }));
        await Assertions.Expect(bar).ToContainTextAsync("All 500 selected");
        await agent.Press(bar.GetByRole(AriaRole.Button, new() { Name = "Tag", Exact = true }));

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Tag orders" });
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("500 orders");
        await agent.Write(dialog.GetByLabel("Tags"), tag);
        await agent.Key("Enter");
        if (!agent.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Tag 500 orders" }));
        await Assertions.Expect(dialog).ToContainTextAsync("500 of 500: 500 done, 0 failed");
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "What became of each" }));
        await Assertions.Expect(dialog.GetByRole(AriaRole.List, new() { Name = "What became of each" }).GetByRole(AriaRole.Link, new() { NameRegex = new("^#") }).First).ToBeVisibleAsync();
        if (!agent.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last);

        if (agent.HasKeysOnly) await agent.Key("/");
        await agent.Write(search, "tag:" + tag);
        await agent.Key("Enter");
        await Assertions.Expect(page.GetByText("50 of 500")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("tag%3A" + tag + "|tag:" + tag));
        (await (await desk.Shop()).Get($"/orders?query=tag:{tag}&count=true&limit=1")).GetProperty("count").Long("count").ShouldBe(500);
        (await desk.Opened).ShouldBeQuiet();
    }
}
