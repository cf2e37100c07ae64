using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Web;

/// <summary>Somebody at the dock with a phone and a scanner: a delivery with too much, too little and broken goods, a code nobody knows, a network that goes, and the walk to the bins.</summary>
[Collection(PagesTests.Floor)]
public sealed class DockPageTests
{
    private const string Pen = "4006381333931", PenCase = "14006381333938", Wax = "5012345678900";

    [Fact, Capability("AX-28", "AX-31", "RE-04", "SE-11")]
    public async Task A_delivery_is_received_through_a_network_cut_and_put_away()
    {
        await using var shop = await BrowserShop.Open();
        await Stocked(shop.Shop);
        var page = await shop.SignedIn("warehouse", "/handheld", Width.Phone);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Receive goods" })).ToContainTextAsync("1 announced");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Put away" })).ToContainTextAsync("Nothing waits");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Link, new() { Name = "Receive goods" }).TapAsync();

        // What is announced becomes a delivery by a scan of its number; a code that nobody knows is red, and leads to the product.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "ASN-7" })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await Scan(page, "ASN-7");
        await Heading(page, "ASN-7");
        await Scan(page, "NOBODY-1");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("NOBODY-1 is not known here.");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Find the product" }).TapAsync();
        await page.GetByLabel("SKU or name").FillAsync("ink");
        await page.GetByRole(AriaRole.List, new() { Name = "Products" }).GetByRole(AriaRole.Button).First.TapAsync();
        await Heading(page, "Count");
        await Assertions.Expect(page.GetByText("Not on the papers")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back", Exact = true }).TapAsync();

        // Two cases and one unit, one of them broken; any other item waits. Orders that wait come first.
        await Heading(page, "ASN-7");
        await Scan(page, PenCase);
        await Scan(page, PenCase);
        await Scan(page, Pen);
        await Assertions.Expect(Units(page)).ToHaveValueAsync("25");
        await Scan(page, Wax);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is Wax.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "One more: Of them damaged" }).TapAsync();
        await Assertions.Expect(page.GetByText("1 more than expected")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book in 25" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "They are here: book in 25" }).TapAsync();
        var last = page.GetByRole(AriaRole.Region, new() { Name = "Booked in last" });
        await Assertions.Expect(last).ToContainTextAsync("25 × Pen booked in");
        await Assertions.Expect(last).ToContainTextAsync("3 of these go to waiting orders.");
        await Assertions.Expect(last).ToContainTextAsync("Put away in P-1");
        await Assertions.Expect(last).ToContainTextAsync("1 damaged: into QA");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        // The network ends: a lot with its day from the label, and a serial number each. The page is loaded anew, and what was done is still there.
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await page.Context.SetOfflineAsync(true);
        await Scan(page, $"]C101{"0" + Wax}1730013110L7\u001d376");
        await Assertions.Expect(page.GetByLabel("Lot")).ToHaveValueAsync("L7");
        await Assertions.Expect(page.GetByLabel("Last day")).ToHaveValueAsync("2030-01-31");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Needs labels" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book in 6" }).TapAsync();
        await Assertions.Expect(last).ToContainTextAsync("6 × Wax kept here");
        await Scan(page, "CAM-CODE");
        await Instruction(page, "Scan a serial number");
        await Scan(page, "SN-1");
        await Scan(page, "SN-1");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("SN-1 was scanned already.");
        await Scan(page, "SN-2");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book in 2" }).TapAsync();
        await Assertions.Expect(page.Locator("[data-outbox]")).ToHaveAttributeAsync("data-outbox", "2");
        await Scan(page, "SOMETHING");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("SOMETHING is not on this delivery.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Finish" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "No: close as short" })).ToBeDisabledAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        string delivery = (await shop.Shop.Get("/deliveries?state=open&node=MAIN")).Items("data").Single().TextOf("id")!;
        (await Line(shop, delivery, "WAX")).ShouldBe((0, 0), "nothing of it has arrived yet");

        // Back: everything is said once, and the end tells what differs.
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-outbox]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "1 line short" })).ToContainTextAsync("4 short");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "1 line over" })).ToContainTextAsync("1 over");
        await page.GetByRole(AriaRole.Button, new() { Name = "No: close as short" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Finished" })).ToContainTextAsync("ASN-7 is closed");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        (await Line(shop, delivery, "PEN")).ShouldBe((24, 1));
        (await Line(shop, delivery, "WAX")).ShouldBe((6, 0));
        (await Line(shop, delivery, "CAM")).ShouldBe((2, 0));
        (await shop.Shop.Get($"/deliveries/{delivery}/receipts")).Items("data").Count.ShouldBe(5, "good and damaged pens, wax, two cameras");
        (await shop.Shop.Get("/label-requests?node=MAIN")).Items("data").Single().Of("quantity").ShouldBe(6);

        // The labels, then the walk: the suggested bin by one scan, another one after a question.
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the start" }).TapAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Labels to print" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Print 6" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Print again" }).WaitForAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "They are on" }).TapAsync();
        await Assertions.Expect(page.GetByText("No labels are wanted.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the start" }).TapAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Put away" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "To put away" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await Scan(page, Pen);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Where" })).ToContainTextAsync("P-2");
        await Scan(page, "P-2");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Put away last" })).ToContainTextAsync("24 × Pen lie in P-2");
        await Scan(page, Wax);
        await Scan(page, "NOWHERE");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("NOWHERE is no bin here.");
        await Scan(page, "A-9");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Into A-9?" })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put 6 into A-9" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "To put away" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-outbox]")).ToHaveCountAsync(0);
        (await shop.Shop.Get("/inventory/locate?sku=WAX")).Items("data").Select(p => (p.TextOf("bin"), p.Of("quantity"))).ShouldBe([("A-9", 6)]);
        await shop.Shop.LedgerShouldAddUp();

        // At the desk the delivery says what came.
        var desk = await shop.SignedIn("warehouse", $"/warehouse/deliveries/{delivery}");
        await Assertions.Expect(desk.GetByRole(AriaRole.Table, new() { Name = "Lines" })).ToContainTextAsync("4 short");
        await Assertions.Expect(desk.GetByRole(AriaRole.List, new() { Name = "Booked in" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        (await BrowserShop.BarriersInBothSchemes(desk)).ShouldBeEmpty();
        shop.ShouldBeQuiet();
    }

    /// <summary>As a scanner does that types: all keys within a moment, and Enter.</summary>
    private static Task Scan(IPage page, string code) => page.Scan(code);

    private static Task Heading(IPage page, string text) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);

    private static ILocator Units(IPage page) => page.GetByLabel("Units", new() { Exact = true });

    private static Task Instruction(IPage page, string text) => page.GetByRole(AriaRole.Status).Filter(new() { HasText = text }).WaitForAsync();

    private static async Task<(long Good, long Damaged)> Line(BrowserShop shop, string delivery, string sku)
    {
        var line = (await shop.Shop.Get($"/deliveries/{delivery}")).Items("lines").Single(l => l.TextOf("sku") == sku);
        return (line.Of("good"), line.Of("damaged"));
    }

    private static async Task Stocked(Shop shop)
    {
        await shop.Post("/products", new { sku = "PEN", name = "Pen", weightGrams = 10, barcodes = new object[] { new { barcode = Pen }, new { barcode = PenCase, packQuantity = 12 } } });
        await shop.Post("/products", new { sku = "WAX", name = "Wax", weightGrams = 10, barcodes = new[] { new { barcode = Wax } } });
        await shop.Post("/products", new { sku = "CAM", name = "Camera", weightGrams = 10, barcodes = new[] { new { barcode = "CAM-CODE" } } });
        await shop.Post("/products", new { sku = "INK", name = "Ink", weightGrams = 10 });
        await shop.Put("/inventory/tracking", new { items = new object[] { new { sku = "WAX", tracks = "lot", needsExpiry = true }, new { sku = "CAM", tracks = "serial" } } });
        await shop.Put("/nodes/MAIN/layout", new { aisles = 2, blocks = 1, blockLengthMm = 10_000, aisleSpacingMm = 3_000 });
        await shop.Put("/nodes/MAIN/bins", new
        {
            items = new object[]
            {
                new { code = "P-1", zone = "P", aisle = 0, block = 0, positionMm = 100 }, new { code = "P-2", zone = "P", aisle = 0, block = 0, positionMm = 200 },
                new { code = "P-3", zone = "P", aisle = 0, block = 0, positionMm = 300 },
                new { code = "A-9", zone = "A", kind = "reserve", aisle = 1, block = 0, positionMm = 100 }, new { code = "QA", kind = "quarantine" },
            },
        });
        foreach (var (sku, units) in new[] { ("PEN", 24), ("WAX", 10), ("CAM", 2) })
            await shop.Put("/inventory/inbound", new { reference = "ASN-7", sku, node = "MAIN", quantity = units, dueAt = "2030-01-01T00:00:00Z" });
        await shop.Put("/printers/DOCK", new { node = "MAIN", name = "Dock", kind = "label", format = "zpl203", link = "agent" });
        await shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });
        await shop.Post("/orders", Given.Order(("PEN", 3)));
    }
}
