using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A shelf is counted on a phone without knowing the books, counted again, and booked by somebody else.</summary>
[Collection(PagesTests.Floor)]
public sealed class CountsPageTests
{
    [Fact, Capability("AX-29")]
    public async Task A_shelf_is_counted_twice_on_a_phone_and_the_variance_is_approved_at_a_desk()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Product("MUG-MOSS", 10);
        await shop.Put("/nodes/MAIN/count-settings", new { limitUnits = 0, isBlind = true });

        var desk = await opened.SignedIn(path: "/warehouse/counts");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Plan counts" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 shelf: MUG-MOSS");
        (await BrowserShop.Barriers(desk)).ShouldBeEmpty();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Plan 1 count" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.List, new() { Name = "Planned" })).ToContainTextAsync("MUG-MOSS");

        var phone = await opened.SignedIn("warehouse", "/warehouse/counts", Width.Phone);
        for (int time = 1; time <= 2; time++)
        {
            await phone.GetByRole(AriaRole.Button, new() { Name = "Enter count of MUG-MOSS" }).ClickAsync();
            // Blind: neither the books nor the first count are told.
            await Assertions.Expect(phone.GetByRole(AriaRole.Dialog)).Not.ToContainTextAsync("10");
            await phone.GetByLabel("Units on the shelf").FillAsync("9");
            (await BrowserShop.Barriers(phone)).ShouldBeEmpty();
            await phone.GetByRole(AriaRole.Button, new() { Name = "Enter count", Exact = true }).Last.ClickAsync();
            await Assertions.Expect(phone.GetByText(time == 1 ? "MUG-MOSS is to be counted again" : "MUG-MOSS waits for somebody else to approve it")).ToBeVisibleAsync();
        }
        await phone.GetByText("To be approved", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Button, new() { Name = "Decide about the count of MUG-MOSS" })).ToHaveCountAsync(0);

        await desk.GetByText("To be approved", new() { Exact = true }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Decide about the count of MUG-MOSS" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Book -1" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("MUG-MOSS is booked with 9")).ToBeVisibleAsync();
        await desk.GetByText("Done", new() { Exact = true }).First.ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.List, new() { Name = "Done" })).ToContainTextAsync("9 counted");
        (await BrowserShop.BarriersInBothSchemes(desk)).ShouldBeEmpty();
        (await shop.Get("/inventory?sku=MUG-MOSS")).GetProperty("nodes")[0].Long("onHand").ShouldBe(9);
        opened.ShouldBeQuiet();
    }
}
