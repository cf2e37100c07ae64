using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A person makes products and changes them, in a browser.</summary>
[Collection(PagesTests.Name)]
public sealed class CatalogueTests
{
    [Fact, Capability("SE-06", "SE-11", "AX-33")]
    public async Task A_product_with_barcodes_and_a_bundle_of_it_are_made_and_it_is_found_by_its_barcode()
    {
        await using var opened = await BrowserShop.Open();
        var page = await opened.SignedIn(path: "/new/product");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "SKU", Exact = true }).FillAsync("MUG-SKY");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Mug, sky <b>blue</b>");
        await Press(page, "Add a price");
        await page.GetByLabel("Price in GBP").FillAsync("12.50");
        await Press(page, "Add a barcode");
        await page.GetByLabel("Barcode 1").FillAsync("5012345678901");
        await Press(page, "Make the product");
        await Assertions.Expect(page.GetByText("The last digit does not fit")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByLabel("Barcode 1").FillAsync("5012345678900");
        await page.GetByLabel("Barcode 1").PressAsync("Enter");                  // as a scanner ends it: the next row, not the end of the form
        await page.GetByLabel("Barcode 2").FillAsync("15012345678907");
        await page.GetByLabel("Units a scan of 15012345678907").FillAsync("6");
        await Press(page, "Make the product");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Mug, sky <b>blue</b>");
        var mug = await opened.Shop.Get("/products/MUG-SKY");
        mug.GetProperty("prices")[0].GetProperty("priceMinor").GetInt64().ShouldBe(1250);
        mug.GetProperty("barcodes").EnumerateArray().Select(b => b.GetProperty("packQuantity").GetInt64()).ShouldBe([1, 6], ignoreOrder: true);
        await opened.Shop.Stock("MUG-SKY", 9);

        await page.GotoAsync("/new/product");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "SKU", Exact = true }).FillAsync("SET-SKY");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Four mugs, sky");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Kind" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Bundle" }).ClickAsync();
        await Press(page, "Add a component");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "SKU, name or barcode" }).FillAsync("5012345678900");
        await page.GetByRole(AriaRole.Option, new() { Name = "MUG-SKY" }).ClickAsync();
        await page.GetByLabel("Units of MUG-SKY").FillAsync("4");
        await Press(page, "Make the product");
        await Assertions.Expect(page.GetByText("2 can be made now")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await page.GotoAsync("/catalogue?query=15012345678907");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "MUG-SKY", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "SET-SKY", Exact = true })).ToHaveCountAsync(0);
        opened.ShouldBeQuiet();
    }

    [Fact, Capability("SE-11")]
    public async Task What_was_not_saved_waits_and_who_saves_over_another_is_told_and_loses_nothing()
    {
        await using var opened = await BrowserShop.Open();
        await opened.Shop.Product("BOWL-INK", priceMinor: 1250);
        var page = await opened.SignedIn(path: "/catalogue/BOWL-INK/edit");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }).FillAsync("Bowl, ink");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("did not save it")).ToBeVisibleAsync();

        // Somebody else is quicker, with another field.
        var other = await opened.Shop.Get("/products/BOWL-INK");
        await opened.Shop.Put("/products/BOWL-INK", new { name = other.GetProperty("name").GetString(), description = "Thrown by hand", prices = new[] { new { currency = "GBP", priceMinor = 1250 } }, weightGrams = 100 });
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true })).ToHaveValueAsync("Bowl, ink");
        await Press(page, "Save");
        var clash = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(clash).ToContainTextAsync("Thrown by hand");
        await clash.GetByRole(AriaRole.Button).Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Bowl, ink");
        var bowl = await opened.Shop.Get("/products/BOWL-INK");
        (bowl.GetProperty("name").GetString(), bowl.GetProperty("description").GetString(), bowl.GetProperty("prices").GetArrayLength()).ShouldBe(("Bowl, ink", "Thrown by hand", 1));

        await Press(page, "More");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Take off sale" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Not on sale", new() { Exact = true })).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
