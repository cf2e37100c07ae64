using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A service agent keeps the customers: makes one, corrects it, notes consent, blocks it, and makes one of two.</summary>
[Collection(PagesTests.Name)]
public sealed class KeepCustomersTests
{
    [Fact, Capability("CU-01", "CU-02", "SE-11")]
    public async Task An_agent_makes_changes_blocks_and_merges_customers_and_takes_them_apart_again()
    {
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        await shop.Product("MUG", 20, priceMinor: 1250);
        var order = Given.Order(("MUG", 2));
        order["customer"] = new { name = "A. Byron", email = "ada.private@example.test" };
        string second = (await shop.Post("/orders", order)).GetProperty("customer").Text("id")!;
        order = Given.Order(("MUG", 1));
        order["customer"] = new { name = "Hidden Buyer", email = "xyz123@marketplace.amazon.co.uk" };
        await shop.Post("/orders", order);

        var page = await browser.SignedIn("customer-service", "/customers/new");
        await Field(page, "Name").FillAsync("Ada Byron");
        await Field(page, "Email").FillAsync("not an address");
        await Press(page, "Add an address");
        await Field(page, "Street and number").FillAsync("12 Mill Lane");
        await Field(page, "Town").FillAsync("Manchester");
        await page.EvaluateAsync("document.querySelectorAll('form').forEach(f => f.noValidate = true)");
        await Press(page, "Make customer");
        await Assertions.Expect(page.GetByText("An email address has the form").First).ToBeVisibleAsync();
        await Field(page, "Email").FillAsync("ada@example.test");
        await Press(page, "Make customer");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Ada Byron" })).ToBeVisibleAsync();
        string id = page.Url.Split('/')[^1];

        await Press(page, "Edit");
        await Field(page.GetByRole(AriaRole.Dialog), "Phone").First.FillAsync("+44 161 496 0000");
        await Press(page, "Save");
        await Assertions.Expect(page.GetByText("+44 161 496 0000")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("12 Mill Lane")).ToBeVisibleAsync();

        await Press(page, "Note a consent");
        await Field(page, "Where they said so").FillAsync("A call");
        await Press(page, "Note it");
        await Press(page, "Withdraw Marketing by email");
        await Field(page, "Where they said so").FillAsync("Another call");
        await Press(page, "Note it");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Consent" }).GetByText("Withdrawn").First).ToBeVisibleAsync();

        await More(page, "Block");
        await Field(page, "Reason").FillAsync("Two parcels said to be lost");
        await Press(page.GetByRole(AriaRole.Dialog), "Block");
        await Assertions.Expect(page.GetByText("Blocked: Two parcels said to be lost")).ToBeVisibleAsync();
        await More(page, "Unblock");
        await Press(page.GetByRole(AriaRole.Dialog), "Unblock");
        await Assertions.Expect(page.GetByText("Blocked: Two parcels")).ToHaveCountAsync(0);

        await More(page, "Merge with another");
        await Choose(page, "hidden", "Hidden Buyer");
        await Assertions.Expect(page.GetByText("such buyers are never merged")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true })).ToBeDisabledAsync();
        await Choose(page, "byron", "ada.private@example.test");
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Orders" })).ToContainTextAsync("0 + 1");
        await Press(page.GetByRole(AriaRole.Dialog), "Merge");
        await Press(page, "Take out again: A. Byron");
        (await shop.Get("/customers/" + id)).GetProperty("history").Long("orders").ShouldBe(1);
        await Press(page.GetByRole(AriaRole.Dialog), "Take out again");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take out again: A. Byron" })).ToHaveCountAsync(0);
        (await shop.Get("/customers/" + id)).GetProperty("history").Long("orders").ShouldBe(0);
        (await shop.Get("/customers/" + second)).GetProperty("history").Long("orders").ShouldBe(1);

        // Two people change the same customer: the second is told, and nothing is written over.
        await Press(page, "Edit");
        await Field(page.GetByRole(AriaRole.Dialog), "Name").FillAsync("Ada Lovelace");
        var now = await shop.Get("/customers/" + id);
        await shop.Put("/customers/" + id, new { kind = "person", name = now.Text("name"), email = now.Text("email"), phone = "+44 161 496 9999", tags = new[] { "vip" } });
        await Press(page, "Save");
        await Assertions.Expect(page.GetByText("Somebody was quicker")).ToBeVisibleAsync();
        await Press(page, "Apply mine again");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Ada Lovelace" })).ToBeVisibleAsync();
        (await shop.Get("/customers/" + id)).Text("phone").ShouldBe("+44 161 496 9999");
        browser.ShouldBeQuiet();
    }

    [Theory]
    [InlineData(Hand.Keys, ColorScheme.Light)]
    [InlineData(Hand.Finger, ColorScheme.Dark)]
    [Capability("CU-01", "SE-04", "SE-06")]
    public async Task An_agent_tags_all_customers_of_a_search_finds_them_by_the_tag_and_takes_it_back(Hand hand, ColorScheme scheme)
    {
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        foreach (int i in Enumerable.Range(1, 54)) await shop.Post("/customers", new { kind = "company", name = $"Guild of Potters {i:00}" });
        await shop.Post("/customers", new { name = "Paul Potter" });
        var agent = new Person(await browser.SignedIn("customer-service", "/customers?query=kind:company", hand == Hand.Finger ? Width.Phone : Width.Desk, scheme), hand);
        var page = agent.Page;
        await Assertions.Expect(page.GetByText("50 of 54")).ToBeVisibleAsync();
        await agent.Tick(hand == Hand.Finger ? page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new("^Select Guild") }).First
            : page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all on this page" }));
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Actions on the selected" });
        await agent.Press(bar.GetByRole(AriaRole.Button, new() { Name = "Select all 54" }));
        if (!agent.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await agent.Press(bar.GetByRole(AriaRole.Button, new() { Name = "Tag", Exact = true }));

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Tag customers" });
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("54 customers");
        await agent.Write(dialog.GetByLabel("Tags"), "guild");
        await agent.Key("Enter");
        if (!agent.HasKeysOnly) (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Tag 54 customers" }));
        await Assertions.Expect(dialog).ToContainTextAsync("54 of 54: 54 done, 0 failed");
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "What became of each" }));
        await Assertions.Expect(dialog.GetByRole(AriaRole.List, new() { Name = "What became of each" }).GetByRole(AriaRole.Link, new() { NameRegex = new("^Guild of Potters") }).First).ToBeVisibleAsync();
        // Words of many customers are read after they are written.
        await shop.Until(async () => (await shop.Get("/customers?query=tag:guild&count=true&limit=1")).GetProperty("count").Long("count") == 54);

        // What was done can be taken back for ten seconds: too short for Tab to come there, so a key does it.
        await agent.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last);
        if (agent.HasKeysOnly) await agent.Key("z");
        else await agent.Press(page.GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        await shop.Until(async () => (await shop.Get("/customers?query=tag:guild&count=true&limit=1")).GetProperty("count").Long("count") == 0);
        browser.ShouldBeQuiet();
    }

    private static ILocator Field(IPage page, string label) => Field(page.Locator("body"), label);
    private static ILocator Field(ILocator within, string label) => within.GetByRole(AriaRole.Textbox, new() { Name = label, Exact = true });
    private static Task Press(IPage page, string name) => Press(page.Locator("body"), name);
    private static Task Press(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    private static async Task More(IPage page, string item)
    {
        await Press(page, "More actions");
        await page.GetByRole(AriaRole.Menuitem, new() { Name = item, Exact = true }).ClickAsync();
    }

    private static async Task Choose(IPage page, string typed, string option)
    {
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Who is the same" }).FillAsync(typed);
        await page.GetByRole(AriaRole.Option, new() { Name = option }).ClickAsync();
    }
}
