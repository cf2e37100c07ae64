using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A caller orders by telephone: the agent finds or makes them, adds goods, sees what is there and when, and places the order under their own name.</summary>
[Collection(PagesTests.Name)]
public sealed partial class PhoneOrderTests
{
    [Fact, Capability("CH-11", "CU-01", "CU-02", "SE-11")]
    public async Task An_agent_places_a_phone_order_for_a_new_customer_by_keyboard_alone()
    {
        await using var shop = await Opened();
        var page = await shop.SignedIn("customer-service", "/orders");
        await page.Locator("[data-row]").First.WaitForAsync();
        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(Find(page, "Find the customer")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync("Ada Lovelace");
        await page.GetByRole(AriaRole.Option, new() { Name = "New customer “Ada Lovelace”" }).WaitForAsync();
        await page.Keyboard.PressAsync("ArrowUp");                    // the last of the list
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Email", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ada.lovelace@example.test");

        await TabTo(page, Find(page, "Add a product"));
        await page.Keyboard.TypeAsync("2 x bowl-ink");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Quantity(page, "Product BOWL-INK")).ToHaveValueAsync("2");
        await page.Keyboard.TypeAsync("15012345678907");              // as a scanner types: the code of a case of six, and Enter
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Quantity(page, "Oak lid")).ToHaveValueAsync("6");
        for (int i = 1; i <= 2; i++)
        {
            await page.Keyboard.TypeAsync("MUG-MOSS");
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(Quantity(page, "Product MUG-MOSS")).ToHaveValueAsync(Kernel.Text.Invariant(i));
        }
        await page.Keyboard.TypeAsync("MUG-MOOS");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "MUG-MOOS" })).ToBeVisibleAsync();

        await TabTo(page, page.GetByLabel("Street and number"));
        await page.Keyboard.TypeAsync("1 Mill Lane");
        await TabTo(page, page.GetByLabel("Town"));
        await page.Keyboard.TypeAsync("Manchester");
        await TabTo(page, page.GetByLabel("Postcode"));
        await page.Keyboard.TypeAsync("M1 1AE");
        await TabTo(page, page.GetByRole(AriaRole.Radio, new() { Name = "Standard" }));
        await page.Keyboard.PressAsync("Space");
        await Saved(page);
        await Assertions.Expect(Line(page, "MUG-MOSS")).ToContainTextAsync("2 from");

        // Whoever loads the page anew loses nothing.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByLabel("Street and number")).ToHaveValueAsync("1 Mill Lane");
        await Assertions.Expect(Quantity(page, "Product MUG-MOSS")).ToHaveValueAsync("2");
        await Assertions.Expect(page.Locator("[data-total]")).ToHaveTextAsync("£68.00");

        // What is missing is said, and the cursor stands where to say it.
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Say how it is paid" })).ToBeVisibleAsync();
        await Assertions.Expect(Payment(page)).ToBeFocusedAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.GetByRole(AriaRole.Option, new() { Name = "Paid now" }).WaitForAsync();
        for (int i = 0; i < 5 && await Payment(page).InputValueAsync() != "Paid now"; i++)
        {
            await page.Keyboard.PressAsync("Enter");
            if (await Payment(page).InputValueAsync() != "Paid now") await page.Keyboard.PressAsync("ArrowDown");
        }
        await TabTo(page, page.GetByLabel("Reference of the payment"));
        await page.Keyboard.TypeAsync("AUTH-77");
        await page.Keyboard.PressAsync("Control+Enter");

        var link = page.GetByRole(AriaRole.Heading, new() { Level = 1 }).GetByRole(AriaRole.Link);
        await Assertions.Expect(link).ToBeFocusedAsync();
        string id = (await link.GetAttributeAsync("href"))!.Split('/')[^1];
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/orders/" + id));
        shop.ShouldBeQuiet();

        var order = await shop.Shop.Get("/orders/" + id);
        (order.Text("channel"), order.Long("totalMinor"), order.Text("paymentStatus")).ShouldBe(("call-centre", 6800, "paid"));
        var customer = await shop.Shop.Get("/customers/" + order.GetProperty("customer").Text("id"));
        (customer.Text("name"), customer.Text("email")).ShouldBe(("Ada Lovelace", "ada.lovelace@example.test"));
        var events = (await shop.Shop.Get($"/orders/{id}/timeline")).GetProperty("data").EnumerateArray().ToList();
        events.ShouldContain(e => e.Text("kind") == "OrderPlaced" && e.Text("actor")!.StartsWith("user:", StringComparison.Ordinal), "under the agent's name");
    }

    [Fact, Capability("CH-11", "CU-01", "IN-05", "SE-11")]
    public async Task On_a_phone_in_the_dark_an_earlier_order_is_had_again_and_what_is_out_of_stock_tells_its_date_or_that_it_waits()
    {
        await using var shop = await Opened();
        var body = Given.Order(("MUG-MOSS", 2), ("JUG-OAT", 1));
        body["channel"] = "call-centre";
        body["customer"] = new { name = "Grace Hopper", email = "grace@example.test", phone = "+44 7700 900123" };
        await shop.Shop.Post("/orders", body);
        string due = DateTimeOffset.UtcNow.AddDays(9).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        await shop.Shop.Put("/inventory/inbound", new { reference = "PO-1", sku = "BOWL-INK", node = "MAIN", quantity = 20, dueAt = due });
        var page = await shop.SignedIn("customer-service", "/orders/new", Width.Phone, ColorScheme.Dark);

        // The same number without the country's code is the same caller.
        await Find(page, "Find the customer").FillAsync("07700 900 123");
        await page.GetByRole(AriaRole.Option, new() { Name = "Grace Hopper" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Email", new() { Exact = true })).ToHaveValueAsync("grace@example.test");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = AgainName() }).ClickAsync();
        await Assertions.Expect(Quantity(page, "Product MUG-MOSS")).ToHaveValueAsync("2");
        await Assertions.Expect(page.GetByLabel("Street and number")).Not.ToHaveValueAsync("");
        await Find(page, "Add a product").FillAsync("5 x BOWL-INK");
        await Find(page, "Add a product").PressAsync("Enter");
        await Saved(page);
        await Assertions.Expect(Line(page, "JUG-OAT")).ToContainTextAsync("1 wait for stock, no date yet");
        await Assertions.Expect(Line(page, "BOWL-INK")).ToContainTextAsync(WaitsUntil());
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1")).ShouldBeFalse("one column");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await Payment(page).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "To be paid" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-total]")).ToHaveTextAsync("£100.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place order" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("is placed");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        shop.ShouldBeQuiet();
    }

    [Fact, Capability("CH-11", "OV-09", "SE-11")]
    public async Task A_quote_waits_in_the_list_and_becomes_an_order_at_the_price_that_was_told()
    {
        await using var shop = await Opened();
        var page = await shop.SignedIn("customer-service", "/orders/new");
        await Find(page, "Add a product").FillAsync("MUG-MOSS");
        await Find(page, "Add a product").PressAsync("Enter");
        await Find(page, "Find the customer").FillAsync("Vale and Sons");
        await page.GetByRole(AriaRole.Option, new() { Name = "New customer “Vale and Sons”" }).ClickAsync();
        await page.GetByLabel("Street and number").FillAsync("4 Dock Road");
        await page.GetByLabel("Town").FillAsync("Leeds");
        await page.GetByLabel("Postcode").FillAsync("LS1 4AP");
        await page.GetByRole(AriaRole.Button, new() { Name = "Price and discount of Product MUG-MOSS" }).ClickAsync();
        await page.GetByLabel("Unit price").FillAsync("9.99");
        await Saved(page);
        await Assertions.Expect(page.Locator("[data-total]")).ToHaveTextAsync("£9.99");
        await page.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = QuoteUntil() }).ClickAsync();
        await Assertions.Expect(page.GetByText("Quoted: the prices stand until")).ToBeVisibleAsync();

        await page.GotoAsync("/drafts?query=state:quoted");
        await PagesTests.Settled(page);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.Locator("[data-row]").Filter(new() { HasText = "Vale and Sons" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Customer accepts" }).ClickAsync();
        await Payment(page).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "On account" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = PlaceFor() }).ClickAsync();
        var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Assertions.Expect(heading).ToContainTextAsync("is placed");
        string id = (await heading.GetByRole(AriaRole.Link).GetAttributeAsync("href"))!.Split('/')[^1];
        (await shop.Shop.Get("/orders/" + id)).Long("totalMinor").ShouldBe(999);
        shop.ShouldBeQuiet();
    }

    private static async Task<BrowserShop> Opened()
    {
        var shop = await BrowserShop.Open();
        await shop.Fill();
        await shop.Shop.Put("/channels/call-centre", new { name = "Call centre", onShort = "backorder" });
        await shop.Shop.Post("/products", new
        {
            sku = "LID-OAK", name = "Oak lid", kind = "goods", weightGrams = 90, prices = new[] { new { currency = "GBP", priceMinor = 300L } },
            barcodes = new[] { new { barcode = "5012345678900", packQuantity = 1 }, new { barcode = "15012345678907", packQuantity = 6 } },
        });
        await shop.Shop.Stock("LID-OAK", 50);
        return shop;
    }

    private static ILocator Find(IPage page, string name) => page.GetByRole(AriaRole.Combobox, new() { Name = name });
    private static ILocator Quantity(IPage page, string name) => page.GetByLabel("Quantity of " + name);
    private static ILocator Line(IPage page, string sku) => page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = sku }).Filter(new() { Has = page.GetByRole(AriaRole.Textbox) });
    private static ILocator Payment(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "How it is paid" });

    private static Task Saved(IPage page) => Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Saved" })).ToBeVisibleAsync();

    /// <summary>Goes on with Tab until the field has the cursor, as somebody without a mouse does.</summary>
    private static async Task TabTo(IPage page, ILocator field)
    {
        for (int i = 0; i < 40; i++)
        {
            if (await field.EvaluateAsync<bool>("e => e === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new ShouldAssertException("Forty times Tab did not lead there.");
    }

    [GeneratedRegex("^Order the goods of #.* again$")]
    private static partial Regex AgainName();

    [GeneratedRegex("wait until ")]
    private static partial Regex WaitsUntil();

    [GeneratedRegex("^Quote until")]
    private static partial Regex QuoteUntil();

    [GeneratedRegex("^Place order, £9.99")]
    private static partial Regex PlaceFor();
}
