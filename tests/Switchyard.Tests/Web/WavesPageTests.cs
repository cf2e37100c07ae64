using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Picking;

namespace Switchyard.Tests.Web;

/// <summary>A shift leader makes a wave, sees its walk before it is released, gives a tour on, and watches it being picked.</summary>
[Collection(PagesTests.Floor)]
public sealed class WavesPageTests
{
    [Fact, Capability("AX-25", "PK-01", "PK-10", "KP-04")]
    public async Task A_shift_leader_previews_a_wave_on_the_floor_releases_it_and_sees_it_picked()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Shelves();
        await shop.Work(6);
        var (ann, annName) = await shop.Picker("Ann");
        var (_, benName) = await shop.Picker("Ben");
        await shop.Put("/nodes/MAIN/operatives", new { operatives = new[] { new { actor = annName, name = "Ann Picker", isOnShift = false }, new { actor = benName, name = "Ben Picker", isOnShift = true } } });

        var page = await opened.SignedIn(path: "/warehouse");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Waiting to be picked" }).First).ToContainTextAsync("6");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        await page.GetByRole(AriaRole.Link, new() { Name = "New wave" }).ClickAsync();
        var floor = page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Floor of MAIN: 4 aisles, .*1 tour$") });
        await Assertions.Expect(floor).ToBeVisibleAsync();
        // The walk that is drawn is the one that was planned: into two aisles and back, up the third and down the fourth.
        await Assertions.Expect(page.GetByLabel("What the wave would be")).ToContainTextAsync("46 m");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        (await shop.Get("/nodes/MAIN/waves")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await page.GetByText("Only what is urgent").ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing waits that fits")).ToBeVisibleAsync();
        await page.GetByText("Only what is urgent").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give 6 releases to pickers" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Wave of");
        await Assertions.Expect(page.GetByLabel("Wave", new() { Exact = true })).ToContainTextAsync("0 of 12");
        var who = page.GetByLabel("Who walks tour 1");
        await Assertions.Expect(who).ToHaveValueAsync(benName);
        await who.SelectOptionAsync(new SelectOptionValue { Value = annName });
        await Assertions.Expect(page.GetByText("Tour 1 was given on")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await Pickers.Say(ann, Pickers.Right(await Pickers.Next(ann)));
        await Assertions.Expect(page.GetByLabel("Wave", new() { Exact = true })).ToContainTextAsync("1 of 12");
        await page.GetByRole(AriaRole.Link, new() { Name = "Print" }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Region, new() { Name = "Tour 1" });
        await Assertions.Expect(sheet.GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + 11);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GoBackAsync();

        await Pickers.PickAll(ann);
        await Assertions.Expect(page.GetByText("Done", new() { Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Warehouse" }).GetByRole(AriaRole.Link, new() { Name = "Figures" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "What was picked" })).ToContainTextAsync("Ann Picker");
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Warehouse" }).GetByRole(AriaRole.Link, new() { Name = "Floor" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "BIN-A" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move A" }).ClickAsync();
        await page.GetByLabel("To bin").FillAsync("BIN-B");
        await page.GetByLabel("Units", new() { Exact = true }).FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move 3 units" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Moved last" })).ToContainTextAsync("BIN-B");
        opened.ShouldBeQuiet();
    }
}
