using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A cashier's shift on a phone: a sale with change, one without network, a return by its number, and the drawer that agrees.</summary>
[Collection(PagesTests.Floor)]
public sealed class TillPageTests
{
    [Fact, Capability("CH-09", "PY-07")]
    public async Task A_cashier_opens_a_shift_sells_with_and_without_network_takes_goods_back_and_counts_the_drawer()
    {
        await using var shop = await BrowserShop.Open();
        await shop.Shop.Put("/channels/pos", new { name = "Tills", onShort = "refuse" });
        await shop.Shop.Product("MUG", 10, priceMinor: 1250);
        var page = await shop.SignedIn("store", "/handheld/till", Width.Phone);

        await Choose(page, "Store", "Main");
        await Choose(page, "Sales channel", "Tills");
        await page.GetByLabel("Cash at the beginning").FillAsync("100");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open the shift" }).TapAsync();

        // Two mugs by the scanner, paid in cash with change.
        await Assertions.Expect(page.GetByText("Scan the first item, or search for it.")).ToBeVisibleAsync();
        await Known(page);
        await page.Scan("NOT-OURS");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("NOT-OURS");
        await page.Scan("MUG");
        await page.Scan("MUG");
        await Assertions.Expect(page.GetByText("£25.00").Last).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "To payment" }).TapAsync();
        await page.GetByLabel("Amount").FillAsync("30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cash", Exact = true }).TapAsync();
        await Assertions.Expect(page.GetByText("£5.00").Last).ToBeVisibleAsync();
        var linked = await page.RunAndWaitForResponseAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Finish the sale" }).TapAsync(), r => r.Url.EndsWith("/link", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Receipt" })).ToContainTextAsync("Order ");
        // The code on it is the one the server drew: a dark module is a square.
        var link = (await linked.JsonAsync())!.Value;
        string drawn = (await page.GetByRole(AriaRole.Img, new() { Name = "QR code to the page of the order" }).Locator("path").GetAttributeAsync("d"))!;
        drawn.Count(c => c == 'M').ShouldBe(link.GetProperty("rows").EnumerateArray().Sum(row => row.GetString()!.Count(c => c == '1')));
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next sale" }).TapAsync();
        string number = (await shop.Shop.Get("/orders?query=channel:pos")).GetProperty("data")[0].Text("number")!;

        // Without network a sale is done all the same, and told once there is some.
        await page.Context.SetOfflineAsync(true);
        await page.Scan("MUG");
        await page.GetByRole(AriaRole.Button, new() { Name = "To payment" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Card", Exact = true }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish the sale" }).TapAsync();
        await Assertions.Expect(page.GetByText("Not sent yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next sale" }).TapAsync();
        await page.Context.SetOfflineAsync(false);
        await page.Said();

        // One mug of the first sale comes back: its receipt is scanned.
        await page.GetByRole(AriaRole.Button, new() { Name = "Return or collect" }).TapAsync();
        await page.Scan(link.GetProperty("url").GetString()!);
        await Assertions.Expect(page.GetByText(number).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "One Product MUG more" }).TapAsync();
        await page.GetByLabel("Reason").FillAsync("Chipped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take 1 item back" }).TapAsync();
        await Assertions.Expect(page.GetByText("The goods are back.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the sale" }).Last.TapAsync();

        // The drawer: 100.00 + 25.00 − 12.50.
        await page.GetByRole(AriaRole.Button, new() { Name = "Drawer" }).TapAsync();
        await page.GetByLabel("Cash counted").FillAsync("112.50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the shift" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Z report 1" })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        var z = (await shop.Shop.Get("/till/shifts?open=false")).GetProperty("data")[0];
        var report = await shop.Shop.Get($"/till/shifts/{z.Text("id")}/report");
        (report.Long("totalMinor"), report.Long("differenceMinor"), report.GetProperty("sales").Long("count")).ShouldBe((2500, 0, 2));
    }

    private static async Task Choose(IPage page, string label, string option)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = label }).TapAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = option }).TapAsync();
    }

    /// <summary>Waits until the device knows the products.</summary>
    private static async Task Known(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).TapAsync();
        await page.GetByLabel("Name or number").FillAsync("mug");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByText("Product MUG")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();
    }
}
