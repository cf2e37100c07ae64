using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>An operator makes a role that sees no prices; whoever has it sees none, on no page and in no answer.</summary>
[Collection(PagesTests.Name)]
public sealed class RoleWithoutPricesTests
{
    /// <summary>A price whose digits stand nowhere else; with two of them an order of 1,530.86.</summary>
    private const long Price = 76_543;
    private static readonly Regex Amount = new(@"765[.,]43|1[.,]?530[.,]86|(?<!\d)(76543|153086)(?!\d)|[£€$]\s?\d|Minor""", RegexOptions.CultureInvariant);

    /// <summary>Ids, hashes and instants hold any digits now and then.</summary>
    private static readonly Regex Chance = new(@"[0-9a-f]{32,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+", RegexOptions.CultureInvariant);

    [Fact, Capability("SE-01", "SE-11")]
    public async Task An_operator_makes_a_role_without_prices_and_its_user_sees_none_in_any_page_or_answer()
    {
        await using var browser = await BrowserShop.Open();
        var shop = browser.Shop;
        var (id, customer) = await Sold(browser);
        await MakeRole(new Person(await browser.SignedIn(path: "/settings/roles"), Hand.Mouse));
        await MakeUser(new Person(await browser.SignedIn(path: "/settings/users"), Hand.Mouse));

        // The guard can fail: somebody who may see amounts sees these.
        var boss = await browser.SignedIn(path: "/orders/" + id);
        await Assertions.Expect(boss.GetByText("£1,530.86").First).ToBeVisibleAsync();

        var page = await browser.Page("/");
        var watch = new Watch(page);
        await BrowserShop.SignIn(page, "blake", BrowserShop.Password);
        string[] links = [.. (await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).Distinct()];
        links.Length.ShouldBeGreaterThan(5);
        foreach (string path in (string[])[.. links, "/orders/" + id, "/customers/" + customer, "/catalogue/VASE", "/inventory/VASE", "/nodes/MAIN",
                     "/settings/rules", "/settings/numbers", "/settings/rates", "/settings/mappings", "/settings/api"])
        {
            await Look.Go(page, path);
            await watch.At(path);
        }
        // What is opened on the order page, and what can be asked for directly.
        await Look.At(page, "/orders/" + id);
        foreach (string button in (string[])["Edit", "Cancel order"])
        {
            if (button == "Cancel order") await page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
            var opens = page.GetByRole(AriaRole.Button, new() { Name = button }).Or(page.GetByRole(AriaRole.Menuitem, new() { Name = button })).First;
            if (!await opens.IsVisibleAsync()) continue;
            await opens.ClickAsync();
            await PagesTests.Settled(page);
            await watch.At(button);
            await page.Keyboard.PressAsync("Escape");
        }
        foreach (string path in (string[])[$"/orders/{id}?expand=plan,fulfilments", "/products/VASE", $"/customers/{customer}/orders", "/dashboard", $"/orders/{id}/timeline"])
            watch.Read(path, await (await page.APIRequest.GetAsync(shop.Address + "/api/v1" + path)).TextAsync());
        (await page.APIRequest.GetAsync(shop.Address + "/api/v1/exports/products.csv")).Status.ShouldBe(403);
        await watch.ShouldHaveSeenNone(answers: 20);
        browser.ShouldBeQuiet();
    }

    [Fact, Capability("SE-01", "SE-06")]
    public async Task By_keyboard_alone_an_operator_makes_the_role_and_its_user_and_that_user_finds_an_order_without_its_price()
    {
        await using var browser = await BrowserShop.Open();
        await Sold(browser);
        var operators = new Person(await browser.SignedIn(path: "/settings/roles"), Hand.Keys);
        await MakeRole(operators);
        await operators.Press(operators.Page.GetByRole(AriaRole.Link, new() { Name = "Users", Exact = true }));
        await MakeUser(operators);

        var page = await browser.Page("/");
        var watch = new Watch(page);
        var blake = new Person(page, Hand.Keys);
        await blake.Write(page.GetByLabel("User name"), "blake");
        await blake.Write(page.GetByLabel("Password", new() { Exact = true }), BrowserShop.Password);
        await blake.Key("Enter");
        await page.GetByLabel("User name").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await blake.Press(page.GetByRole(AriaRole.Link, new() { Name = "Orders", Exact = true }));
        await page.Locator("[data-row]").First.WaitForAsync();
        await Look.Settled(page);
        await watch.At("the list");
        await blake.Key("j");
        await blake.Key("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/orders/ord_"));
        await Assertions.Expect(page.GetByText("VASE").First).ToBeVisibleAsync();
        await Look.Settled(page);
        await watch.At("the order");
        await watch.ShouldHaveSeenNone(answers: 5);
        browser.ShouldBeQuiet();
    }

    /// <summary>A shop that sold two vases, partly paid.</summary>
    private static async Task<(string Order, string Customer)> Sold(BrowserShop browser)
    {
        var shop = browser.Shop;
        await browser.Fill();
        await shop.Product("VASE", 20, priceMinor: Price);
        var body = Given.Order(("VASE", 2));
        body["lines"] = new[] { new { sku = "VASE", quantity = 2, unitPriceMinor = Price } };
        var order = await shop.Post("/orders", body);
        await shop.Post($"/orders/{order.Text("id")}/payments", new { tender = "cash", amountMinor = Price });
        return (order.Text("id")!, order.GetProperty("customer").Text("id")!);
    }

    private static async Task MakeRole(Person person)
    {
        var page = person.Page;
        await person.PressButton("New role");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await person.Write(dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }), "Desk without prices");
        await person.Choose(dialog.GetByRole(AriaRole.Combobox, new() { Name = "Begin with the rights of" }), "Administrator");
        var noPrices = dialog.GetByRole(AriaRole.Switch, new() { Name = "Sees no prices" });
        await person.Press(noPrices, " ");
        await Assertions.Expect(noPrices).ToBeCheckedAsync();
        await person.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Make role" }));
        await Assertions.Expect(page.GetByText("Desk without prices").First).ToBeVisibleAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    private static async Task MakeUser(Person person)
    {
        var page = person.Page;
        await person.PressButton("New user");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await person.Write(dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name", Exact = true }), "Blake");
        await person.Write(dialog.GetByLabel("Login name"), "blake");
        await person.Write(dialog.GetByLabel("First password"), BrowserShop.Password);
        await person.Choose(dialog.GetByRole(AriaRole.Combobox, new() { Name = "Roles", Exact = true }).Or(dialog.GetByLabel("Roles", new() { Exact = true })).First, "Desk without prices");
        // The list stays open for more roles; the next field would open its own.
        await person.Key("Escape");
        await person.Press(dialog.GetByRole(AriaRole.Button, new() { Name = "Add user" }));
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>Looks at what a page shows and what it was answered: where does an amount stand?</summary>
    private sealed class Watch
    {
        private readonly ConcurrentQueue<(string Url, Task<string> Body)> _answers = new();
        private readonly List<string> _shown = [];
        private readonly IPage _page;

        public Watch(IPage page)
        {
            _page = page;
            page.Response += (_, r) =>
            {
                if (r.Url.Contains("/api/", StringComparison.Ordinal) && r.Headers.TryGetValue("content-type", out string? type) && type.Contains("json", StringComparison.Ordinal))
                    _answers.Enqueue((r.Url, Body(r)));
            };
        }

        public async Task At(string place) => Read(place, await Look.Written(_page));

        public void Read(string place, string text)
        {
            text = Chance.Replace(text, "…");
            if (Amount.Match(text) is { Success: true } found) _shown.Add($"{place}: {text[Math.Max(0, found.Index - 60)..Math.Min(text.Length, found.Index + 60)]}");
        }

        public async Task ShouldHaveSeenNone(int answers)
        {
            _answers.Count.ShouldBeGreaterThan(answers);
            // The document of the API has amounts in its examples; they are nobody's.
            foreach (var (url, told) in _answers.Where(a => !a.Url.Contains("openapi", StringComparison.Ordinal))) Read(url, await told);
            _shown.ShouldBeEmpty(string.Join('\n', _shown));
        }
    }

    private static async Task<string> Body(IResponse response)
    {
        // The body of an answer to a page that was left meanwhile is gone, or never comes to an end.
        try { return await response.TextAsync().WaitAsync(TimeSpan.FromSeconds(30)); }
        catch (PlaywrightException) { return ""; }
        catch (TimeoutException) { return ""; }
    }
}
