using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Web;

/// <summary>Somebody of a 3PL does all of their work in the portal: sees it, takes it, refuses it, says what has left, tells the stock; and the house sees that they did.</summary>
[Collection(PagesTests.Floor)]
public sealed class PartnerPortalTests
{
    [Fact, Capability("IG-07", "SE-06", "SE-11")]
    public async Task A_3PL_signs_in_answers_its_orders_confirms_parcels_and_tells_its_stock()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Node("THREE", "3pl");
        await shop.Put("/nodes/THREE/work-settings", new { acceptsByDefault = false, acceptMinutes = 600 });
        await shop.Product("MUG", 20, "THREE");
        await shop.Product("BOWL", 4, "THREE");
        var (order, sent) = await shop.Released(("MUG", 3));
        var (other, refused) = await shop.Released(("MUG", 1));
        string number = (await shop.Release(sent)).Text("number")!, second = (await shop.Release(refused)).Text("number")!;
        await shop.Stock("MUG", 5, "MAIN");
        await shop.Post("/users", new { userName = "wendy", displayName = "Wendy of Three", password = BrowserShop.Password, roles = new[] { "partner" }, nodes = new[] { "THREE" } });

        var page = await BrowserShop.SignIn(await opened.Page("/partner"), "wendy", BrowserShop.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("To do");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeVisibleAsync();
        var links = (await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).Distinct().ToList();
        links.ShouldContain("/partner/stock");
        links.ShouldAllBe(l => l == "/" || l.StartsWith("/partner", StringComparison.Ordinal), "a partner is shown the way to its own pages only");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        // One is taken, and leaves in two parcels.
        await page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "About this order" })).ToContainTextAsync("Mill Lane");
        (await Look.Written(page)).ShouldNotContain("£");
        await Press(page, "Accept");
        var dialog = page.GetByRole(AriaRole.Dialog);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await Press(dialog, "Accept");
        await Assertions.Expect(page.GetByText($"{number} is accepted")).ToBeVisibleAsync();
        await Press(page, "Confirm shipment");
        var (first, next) = (dialog.GetByRole(AriaRole.Group, new() { Name = "Parcel 1" }), dialog.GetByRole(AriaRole.Group, new() { Name = "Parcel 2" }));
        await first.GetByLabel("Carrier").FillAsync("DPD");
        await first.GetByLabel("Tracking number").FillAsync("15501");
        await first.GetByLabel("Units of").FillAsync("2");
        await Press(dialog, "Another parcel");
        await next.GetByLabel("Tracking number").FillAsync("15502");
        await next.GetByLabel("Units of").FillAsync("1");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await Press(dialog, "Confirm shipment");
        await Assertions.Expect(page.GetByText("2 parcels have left")).ToBeVisibleAsync();
        foreach (string tracking in new[] { "15501", "15502" }) await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = tracking })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        ((await shop.Order(order)).GetProperty("lines")[0].Long("shipped"), (await shop.Release(sent)).GetProperty("packages").GetArrayLength()).ShouldBe((3, 2));

        // The other is not, and goes elsewhere at once.
        await page.GetByRole(AriaRole.Link, new() { Name = "To do" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = second }).ClickAsync();
        await Press(page, "Reject");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Why" }).Or(dialog.GetByRole(AriaRole.Combobox, new() { Name = "Why" })).First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Too much to do" }).ClickAsync();
        await dialog.GetByLabel("Note").FillAsync("Stocktaking");
        await Press(dialog, "Reject");
        await Assertions.Expect(page.GetByText("units go elsewhere")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Mill Lane")).ToHaveCountAsync(0);
        (await shop.Releases(other))[1].Text("node").ShouldBe("MAIN");
        await Look.At(page, "/partner");
        await Assertions.Expect(page.GetByText("Nothing new")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Shipped today" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = number })).ToBeVisibleAsync();

        // Levels by a file: looked at, then taken.
        await Look.At(page, "/partner/stock");
        await Give(page, "name,units\nBOWL,9\n");
        await Assertions.Expect(page.GetByText("The file needs a column sku")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await Give(page, "sku,on_hand\nBOWL,9\nGHOST,1\n");
        await Press(page, "Preview");
        var table = page.GetByRole(AriaRole.Table);
        await Assertions.Expect(table).ToContainTextAsync("Unknown to us");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await Press(page, "Take over 1 level");
        await Assertions.Expect(page.GetByText("1 level changed")).ToBeVisibleAsync();
        (await shop.Get("/inventory?sku=BOWL")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "THREE").Long("onHand")
            .ShouldBeOneOf(9, 13);               // told as of the minute's beginning: the first four came before it or after it, and what came after is kept

        // The same on a phone; and the house sees who works for it.
        var phone = await opened.Page("/partner?list=shippedToday", Width.Phone, session: await page.Context.StorageStateAsync());
        foreach (string path in new[] { "/partner?list=shippedToday", "/partner/work/" + sent, "/partner/stock" })
        {
            await Look.At(phone, path);
            (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty(path);
            (await Look.IsTooWide(phone)).ShouldBeFalse(path);
        }
        var desk = await opened.SignedIn(path: "/partners");
        await Assertions.Expect(desk.GetByRole(AriaRole.Row, new() { Name = "THREE" })).ToContainTextAsync("1 person");
        await shop.BooksAreRight();
        opened.ShouldBeQuiet();
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
    private static Task Press(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task Give(IPage page, string csv)
    {
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByLabel("File of levels (CSV)").ClickAsync());
        await chooser.SetFilesAsync(new FilePayload { Name = "levels.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
    }
}
