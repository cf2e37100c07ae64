using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>Two people have the same order open. Whoever saves second is told, and nothing of either is lost unseen.</summary>
[Collection(PagesTests.Name)]
public sealed class EditTogetherTests(OrderDesk desk)
{
    [Theory]
    [InlineData(Hand.Mouse, ColorScheme.Light)]
    [InlineData(Hand.Finger, ColorScheme.Dark)]
    [InlineData(Hand.Keys, ColorScheme.Light)]
    [Capability("OV-05", "SE-06")]
    public async Task Two_people_edit_the_same_order_and_the_second_is_told_who_changed_what_and_reapplies(Hand hand, ColorScheme scheme)
    {
        var (id, number) = await desk.Order("Skipton", "BD23 1AA", ("MUG-MOSS", 2), ("BOWL-INK", 1));
        var ben = await desk.Person("ben", "/orders/" + id, hand, scheme);
        await ben.PressButton("Edit");
        var bens = ben.Page.GetByRole(AriaRole.Dialog, new() { Name = "Edit #" + number });
        await ben.Write(bens.GetByLabel("Street and number", new() { Exact = true }), "9 High Street");

        var ann = await desk.Person("ann", "/orders/" + id, Hand.Mouse);
        await ann.PressButton("Edit");
        var anns = ann.Page.GetByRole(AriaRole.Dialog, new() { Name = "Edit #" + number });
        await ann.Write(anns.GetByLabel("Quantity of MUG-MOSS"), "5");
        await ann.Press(anns.GetByRole(AriaRole.Button, new() { Name = "Save changes" }));
        await Assertions.Expect(anns).ToHaveCountAsync(0);

        await ben.Press(bens.GetByRole(AriaRole.Button, new() { Name = "Save changes" }));
        var clash = ben.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody was quicker" });
        await Assertions.Expect(clash).ToContainTextAsync("Ann Archer changed this at");
        await Assertions.Expect(clash.GetByRole(AriaRole.Row).Filter(new() { HasText = "MUG-MOSS" })).ToContainTextAsync("5");
        await Assertions.Expect(clash.GetByRole(AriaRole.Row).Filter(new() { HasText = "9 High Street" })).ToContainTextAsync("4 Brook Street");
        if (!ben.HasKeysOnly) (await BrowserShop.Barriers(ben.Page)).ShouldBeEmpty();
        await ben.Press(clash.GetByRole(AriaRole.Button, new() { Name = "Apply mine again" }));
        await Assertions.Expect(clash).ToHaveCountAsync(0);
        await Assertions.Expect(ben.Page.GetByLabel("About this order")).ToContainTextAsync("9 High Street");

        var order = await (await desk.Shop()).Get("/orders/" + id);
        order.GetProperty("shippingAddress").Text("line1").ShouldBe("9 High Street");
        order.GetProperty("lines").EnumerateArray().First(l => l.Text("sku") == "MUG-MOSS").Long("quantity").ShouldBe(5, "what the first one saved is still so");
        (await desk.Opened).ShouldBeQuiet();
    }

    [Fact, Capability("OV-05", "SE-06")]
    public async Task Two_people_change_the_same_product_and_the_second_is_told_who_was_quicker_with_what()
    {
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        await shop.Product("VASE", 5, priceMinor: 1250);
        await shop.Post("/users", new { userName = "ann", displayName = "Ann Archer", password = BrowserShop.Password, roles = new[] { "administrator" } });
        var second = new Person(await browser.SignedIn(path: "/catalogue/VASE/edit"), Hand.Keys);
        await second.Write(second.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }), "Tall vase");
        var first = await BrowserShop.SignIn(await browser.Page("/catalogue/VASE/edit"), "ann", BrowserShop.Password);
        await first.GetByLabel("Weight, g", new() { Exact = true }).FillAsync("940");
        await first.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(first).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/catalogue/VASE$"));

        await second.PressButton("Save");
        var clash = second.Page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody was quicker" });
        await Assertions.Expect(clash).ToContainTextAsync("Ann Archer changed this at");
        await Assertions.Expect(clash.GetByRole(AriaRole.Row).Filter(new() { HasText = "Name" })).ToContainTextAsync("Tall vase");
        await Assertions.Expect(clash.GetByRole(AriaRole.Row).Filter(new() { HasText = "940" })).ToBeVisibleAsync();
        await second.Press(clash.GetByRole(AriaRole.Button, new() { Name = "Apply mine again" }));
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Tall vase");
        var product = await shop.Get("/products/VASE");
        (product.Text("name"), product.Long("weightGrams")).ShouldBe(("Tall vase", 940), "both are kept");
        browser.ShouldBeQuiet();
    }
}
