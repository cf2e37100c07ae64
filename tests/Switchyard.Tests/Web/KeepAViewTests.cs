using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Switchyard.Tests.Web;

/// <summary>A search that is needed every day becomes a tab, with its columns, and a link to it shows the same to somebody else.</summary>
[Collection(PagesTests.Name)]
public sealed class KeepAViewTests(OrderDesk desk)
{
    [Theory]
    [InlineData(Hand.Mouse, "ann", "ben", "Settle", "BD24 9AA")]
    [InlineData(Hand.Keys, "ben", "ann", "Malham", "BD23 4DA")]
    [Capability("SE-03", "SE-06")]
    public async Task A_search_with_its_columns_is_kept_shared_renamed_moved_and_dropped_again(Hand hand, string who, string another, string city, string postcode)
    {
        await desk.Order(city, postcode);
        var agent = await desk.Person(who, "/orders", hand);
        var page = agent.Page;
        var search = page.GetByRole(AriaRole.Combobox, new() { Name = "Search this list" });
        // Names of fields are offered while one types, and what cannot be read is told with its place.
        await agent.Write(search, "cit");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = new("^city:") })).ToBeVisibleAsync();
        await agent.Write(search, $"city:{city} colour:red");
        await agent.Key("Enter");
        var fault = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(fault).ToContainTextAsync("colour");
        await Assertions.Expect(fault.Locator("mark")).ToContainTextAsync("colour:red");
        await agent.Write(search, $"city:{city}");
        await agent.Key("Enter");
        await Assertions.Expect(page.GetByText("1 of 1")).ToBeVisibleAsync();

        await agent.PressButton("Columns");
        await agent.Pick(page.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Tags" }));
        await agent.Key("Escape");
        await agent.PressButton("Save view");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await agent.Write(dialog.GetByLabel("Name"), city);
        await agent.Tick(dialog.GetByLabel("For everybody who may see this list"));
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Save view" }));
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Views" }).GetByRole(AriaRole.Button);
        await Assertions.Expect(tabs.Filter(new() { HasText = city })).ToHaveTextAsync(new Regex(city + ".*1"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("view=.*columns=.*tags|columns=.*tags.*view="));

        // Another person opens the link: the same rows and columns.
        var reader = await desk.Person(another, new Uri(page.Url).PathAndQuery, Hand.Mouse);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Tags" })).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.GetByText("1 of 1")).ToBeVisibleAsync();

        await agent.PressButton($"More about the view {city}");
        await agent.Pick(page.GetByRole(AriaRole.Menuitem, new() { Name = "Rename and share" }));
        await agent.Write(dialog.GetByLabel("Name"), $"{city} today");
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }));
        await Assertions.Expect(tabs.Last).ToContainTextAsync($"{city} today");
        await agent.PressButton($"More about the view {city} today");
        await agent.Pick(page.GetByRole(AriaRole.Menuitem, new() { Name = "Move towards the start" }));
        await Assertions.Expect(tabs.Nth(-2)).ToContainTextAsync($"{city} today");
        await agent.PressButton($"More about the view {city} today");
        await agent.Pick(page.GetByRole(AriaRole.Menuitem, new() { Name = "Remove view" }));
        await Assertions.Expect(tabs.Filter(new() { HasText = $"{city} today" })).ToHaveCountAsync(0);
        (await desk.Opened).ShouldBeQuiet();
    }
}
