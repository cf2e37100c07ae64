using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>Chosen orders on paper and in a file.</summary>
[Collection(PagesTests.Name)]
public sealed class PrintAndExportTests(OrderDesk desk)
{
    [Theory]
    [InlineData(Hand.Mouse, ColorScheme.Light, "HG1 1AA")]
    [InlineData(Hand.Finger, ColorScheme.Dark, "HG1 1AB")]
    public async Task The_orders_of_a_search_are_fetched_as_a_file_and_printed_as_packing_and_pick_lists(Hand hand, ColorScheme scheme, string postcode)
    {
        var (_, first) = await desk.Order("Harrogate", postcode);
        var (_, second) = await desk.Order("Harrogate", postcode, ("BOWL-INK", 3));
        var agent = await desk.Person("ann", "/orders?query=" + Uri.EscapeDataString($"postcode:\"{postcode}\""), hand, scheme);
        var page = agent.Page;
        foreach (string number in (string[])[first, second]) await agent.Tick(page.GetByRole(AriaRole.Checkbox, new() { Name = "Select #" + number }));
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Actions on the selected" });
        await agent.Press(bar.GetByRole(AriaRole.Button, new() { Name = "Export" }));
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Export orders" });
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Export 2 orders" }));
        var link = dialog.GetByRole(AriaRole.Link, new() { Name = "Download the file" });
        var download = await page.RunAndWaitForDownloadAsync(() => agent.Press(link));
        string[] rows = await File.ReadAllLinesAsync(await download.PathAsync());
        rows.Length.ShouldBe(3);
        foreach (string number in (string[])[first, second]) rows.Count(r => r.Split(',').Contains(number)).ShouldBe(1, "each order is a row");
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last);

        foreach (string number in (string[])[first, second]) await agent.Tick(page.GetByRole(AriaRole.Checkbox, new() { Name = "Select #" + number }));
        await agent.Press(bar.GetByRole(AriaRole.Link, new() { Name = "Print" }));
        var sheet = page.GetByRole(AriaRole.Article, new() { Name = "Packing list of #" + second });
        await Assertions.Expect(sheet).ToContainTextAsync("BOWL-INK");
        (await sheet.TextContentAsync())!.ShouldNotContain("£", Case.Sensitive, "it may be a gift");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByText("Pick list", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Article, new() { Name = "Pick list MAIN" })).ToContainTextAsync("#" + second + " × 3");
        (await desk.Opened).ShouldBeQuiet();
    }
}
