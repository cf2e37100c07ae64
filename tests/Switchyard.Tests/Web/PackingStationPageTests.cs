using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Shipping;
using Switchyard.Tests.Documents;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Shipping;

namespace Switchyard.Tests.Web;

/// <summary>The packing station as a packer has it: a scanner, a scale and a keyboard, with printers that are real ports on this machine.</summary>
[Collection(PagesTests.Floor)]
public sealed class PackingStationPageTests
{
    [Fact, Capability("PK-05", "PK-06", "PK-07", "PK-08", "RE-08", "AU-06")]
    public async Task A_packer_packs_two_parcels_by_scanner_and_keys_and_their_labels_come_out_of_the_printer()
    {
        using var labels = new PrinterSink();
        using var slips = new PrinterSink();
        await using var browser = await BrowserShop.Open(more: "--SWITCHYARD_PRINTERS=127.0.0.1");
        var shop = browser.Shop;
        shop.Services.GetRequiredService<CarrierPatience>().AtOnce = TimeSpan.FromSeconds(30);
        await shop.Table("van", "Van", "STD", 495, 1, 2);
        await Measured(shop, "MUG", (100, 100, 100), 300, "Stoneware mug");
        await Measured(shop, "GIN", (80, 80, 90), 900, "London gin");
        await shop.Put("/products/GIN/packing", new { minAge = 18 });
        await shop.Put("/packaging/S", new { name = "Small box", outer = new { lengthMm = 320, widthMm = 220, heightMm = 130 }, inner = new { lengthMm = 300, widthMm = 200, heightMm = 110 }, emptyGrams = 50, maxGrams = 20_000, costMinor = 45, costCurrency = "GBP" });
        await shop.Put("/packing-settings", new { tolerancePercent = 5, toleranceGrams = 20, mustWeigh = true });
        await shop.Put("/printers/LABELS", new { node = "MAIN", name = "Labels", kind = "label", format = "zpl203", link = "raw", host = "127.0.0.1", port = labels.Port });
        await shop.Put("/printers/SLIPS", new { node = "MAIN", name = "Slips", kind = "slip", format = "pdf", link = "raw", host = "127.0.0.1", port = slips.Port });
        await shop.Put("/print-stations/PACK-1", new { node = "MAIN", name = "Bench 1", label = "LABELS", slip = "SLIPS" });
        var (order, release) = await shop.Released(("MUG", 2), ("GIN", 1));
        await shop.Run(release, "start-picking", "pick");
        string number = (await shop.Order(order)).Text("number")!;

        var page = await browser.SignedIn("warehouse", "/packing");
        await page.GetByLabel("Packing station").SelectOptionAsync("PACK-1");
        await Assertions.Expect(page.GetByText("#" + number).First).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.Scan("NOBODY");
        await Assertions.Expect(page.GetByText("NOBODY is not known here")).ToBeVisibleAsync();
        await page.Scan(number);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/packing/ful_"));

        // The suggested box is drawn layer by layer; the first scan takes it.
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Layer 1 of 1") })).ToBeVisibleAsync();
        await page.Scan("MUG");
        await Hears(page, "Stoneware mug: 1 of 2");
        await Assertions.Expect(page.GetByLabel("Box or bag")).ToHaveValueAsync("S");
        await page.Scan("SOAP");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Wrong item: SOAP does not belong to this order." })).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        await page.Keyboard.PressAsync("F4");
        await Hears(page, "Parcel 2 is in hand");
        await page.Scan("GIN");
        await Hears(page, "London gin: 1 of 1");
        await page.Scan("MUG");
        await Hears(page, "Stoneware mug: 2 of 2");

        // Everything is in. The age is seen to, and the scale tells both weights; the second is wrong and has a reason.
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm: Age 18 to be proved, London gin" }).PressAsync("Enter");
        await page.GetByLabel("How was it seen?").PressAsync("Enter");
        await Hears(page, "Confirmed");
        await page.Scan("1.500 kg");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Wrong weight: 1,500 g, and 1,200 g was expected." })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("300 g too heavy.")).ToBeVisibleAsync();
        await page.GetByLabel("Why it is right all the same").FillAsync("Wrapped twice");
        await page.GetByLabel("Why it is right all the same").PressAsync("Enter");
        await Hears(page, "1,500 g weighed");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Parcel 1" })).ToBeVisibleAsync();
        await page.Scan("ST,+ 0.352kg");
        await Hears(page, "352 g weighed");
        await Assertions.Expect(page.GetByText("Everything is in and checked.")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("F8");

        // Two labels and two slips, each on its own printer.
        foreach (int _ in new[] { 1, 2 }) Encoding.UTF8.GetString(await labels.Next()).ShouldStartWith("^XA");
        foreach (int _ in new[] { 1, 2 }) Encoding.ASCII.GetString(await slips.Next()).ShouldStartWith("%PDF-");
        var papers = page.GetByRole(AriaRole.List, new() { Name = "Label and papers of parcel 1" });
        await Assertions.Expect(papers.GetByText("Booked")).ToBeVisibleAsync();
        await Assertions.Expect(papers.GetByText("Sent to the printer").First).ToBeVisibleAsync();

        // The label of the first is taken back, booked anew and printed; its slip jammed.
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back the label of parcel 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book the label of parcel 1" }).ClickAsync();
        Encoding.UTF8.GetString(await labels.Next()).ShouldStartWith("^XA");
        await page.GetByRole(AriaRole.Button, new() { Name = "Print Packing slip of parcel 1 again" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "The paper jammed" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Print again" }).ClickAsync();
        await slips.Next();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.SetViewportSizeAsync((int)Width.Phone, 844);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
        await page.SetViewportSizeAsync((int)Width.Desk, 900);

        await page.Keyboard.PressAsync("F9");
        await Assertions.Expect(page.GetByText("Nothing waits to be packed")).ToBeVisibleAsync();
        var packed = await shop.Release(release);
        packed.Text("state").ShouldBe("packed");
        packed.GetProperty("packages").EnumerateArray().Select(p => (p.Long("weightGrams"), p.Text("tracking") is not null)).ShouldBe([(352, true), (1500, true)]);
        (await shop.Get("/labels?state=booked")).GetProperty("data").GetArrayLength().ShouldBe(2);
        (await shop.Db.ReadAll(work => work.Query("select kind from pack_log where kind like 'packing.%' order by id", row => row.Text()))).ShouldBe(["packing.wrong_item", "packing.out_of_tolerance"]);

        // The order knows its papers and who printed them why.
        await page.GotoAsync("/orders/" + order);
        var documents = page.GetByRole(AriaRole.List, new() { Name = "Documents" });
        await Assertions.Expect(documents.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Assertions.Expect(documents.GetByText("The paper jammed")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        browser.ShouldBeQuiet();
        await shop.BooksAreRight();
    }

    [Fact, Capability("PK-06")]
    public async Task An_operator_sets_up_a_printer_tries_it_and_gives_a_document_a_look_of_its_own()
    {
        using var sink = new PrinterSink();
        await using var browser = await BrowserShop.Open(more: "--SWITCHYARD_PRINTERS=127.0.0.1");
        var shop = browser.Shop;
        var page = await browser.SignedIn(path: "/settings/printers");
        await Press(page, "New printer");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Code").FillAsync("LABELS");
        await dialog.GetByLabel("Name").FillAsync("Label printer");
        await dialog.GetByLabel("Is reached by").SelectOptionAsync("raw");
        await dialog.GetByLabel("Host").FillAsync("10.1.2.3");
        await dialog.GetByLabel("Port").FillAsync(sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Press(page, "Save");
        await Assertions.Expect(dialog.GetByText("The operator has not allowed this address for printers.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Host").FillAsync("127.0.0.1");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await Press(page, "Save");
        await Press(page, "Print a test page on Label printer");
        Encoding.UTF8.GetString(await sink.Next()).ShouldStartWith("^XA");
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Print queue" }).GetByText("Printed")).ToBeVisibleAsync();
        await Press(page, "New station");
        await dialog.GetByLabel("Code").FillAsync("PACK-1");
        await dialog.GetByLabel("Name").FillAsync("Bench 1");
        await dialog.GetByLabel("Printer for labels").SelectOptionAsync("LABELS");
        await Press(page, "Save");
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Packing stations" }).GetByText("Labels: LABELS")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        await page.GotoAsync("/settings/packaging");
        await Press(page, "New box or bag");
        await dialog.GetByLabel("Code").FillAsync("S");
        await dialog.GetByLabel("Name").FillAsync("Small box");
        foreach (var (edge, size) in new[] { ("Length", "30"), ("Width", "20"), ("Height", "11") }) await dialog.GetByLabel(edge).First.FillAsync(size);
        await dialog.GetByLabel("Empty weight, g").FillAsync("50");
        await dialog.GetByLabel("Most weight when full, kg").FillAsync("20");
        await dialog.GetByLabel("Cost of one").FillAsync("0.45");
        await Press(page, "Save");
        await Assertions.Expect(page.GetByText("30 × 20 × 11 cm")).ToBeVisibleAsync();
        (await shop.Get("/packaging")).GetProperty("items")[0].Long("costMinor").ShouldBe(45);

        await page.GotoAsync("/settings/documents/packingSlip");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "First page of Packing slip" })).ToBeVisibleAsync();
        var text = page.GetByLabel("Template", new() { Exact = true });
        string own = await text.InputValueAsync();
        await text.FillAsync(own.Replace("</document>", "<oops/></document>", StringComparison.Ordinal));
        await Press(page, "Publish");
        await Assertions.Expect(page.GetByText("The template was not published.")).ToBeVisibleAsync();
        await text.FillAsync(own.Replace("{{t \"packingSlip\"}}", "{{t \"packingSlip\"}} of Fenwick", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByText("The picture is of an earlier text.")).ToBeVisibleAsync();
        await Press(page, "Draw");
        await Assertions.Expect(page.GetByText("With made-up goods, the first page.")).ToBeVisibleAsync();
        await page.GetByLabel("What was changed").FillAsync("Our name in the title");
        await Press(page, "Publish");
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Versions" }).GetByText("Our name in the title")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        (await shop.Get("/document-templates/packingSlip")).Long("used").ShouldBe(1);
        await Press(page, "Reset to the house’s");
        await Assertions.Expect(text).ToHaveValueAsync(own);
        (await shop.Get("/document-templates/packingSlip")).Long("used").ShouldBe(0);
        await page.SetViewportSizeAsync((int)Width.Phone, 844);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        browser.ShouldBeQuiet();
    }

    private static Task Hears(IPage page, string words) => Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = words }).First).ToBeVisibleAsync();

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task Measured(Shop shop, string sku, (int L, int W, int H) size, long grams, string name)
    {
        await shop.Post("/products", new { sku, name, kind = "goods", weightGrams = grams, lengthMm = size.L, widthMm = size.W, heightMm = size.H });
        await shop.Stock(sku, 20);
    }
}
