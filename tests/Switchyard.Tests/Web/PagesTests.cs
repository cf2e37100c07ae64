using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A person signs in, and every page of the navigation opens: at a desk and on a phone, light and dark, without a barrier.</summary>
[Collection("pages")]
public sealed class PagesTests(PagesTests.Opened opened) : IClassFixture<PagesTests.Opened>
{
    /// <summary>The other tests in the browser run in two rows beside these, one after the other in each: every one takes a core by itself.</summary>
    public const string Name = "browser", Floor = "browser on the floor";

    /// <summary>One shop for all pages, since none of them changes it.</summary>
    public sealed class Opened : IAsyncLifetime
    {
        public BrowserShop Shop { get; private set; } = null!;
        public IReadOnlyList<string> Orders { get; private set; } = [];
        public string Customer { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Shop = await BrowserShop.Open();
            Orders = await Shop.Fill();
            var page = await Shop.SignedIn();
            await page.Locator("nav a[href^='/']").First.WaitForAsync();
            Links = [.. (await page.Locator("nav a[href^='/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).Distinct()];
            string customer = Customer = (await Shop.Shop.Get("/orders/" + Orders[0])).GetProperty("customer").Text("id")!;
            await Shop.Shop.Post($"/customers/{customer}/notes", new { note = "Calls on Mondays" });
            await Shop.Shop.Post($"/customers/{customer}/block", new { reason = "Two parcels said to be lost" });
            await Shop.Shop.Post("/webhooks", new { url = "https://hooks.example.test/orders", kinds = new[] { "Order*" } });
            await Shop.Shop.Put("/zones/FAR", new { name = "Highlands and islands", areas = new[] { new { country = "GB", postcodePrefix = "IV" }, new { country = "GB", postcodePrefix = "ZE" } } });
            await Shop.Shop.Put("/nodes/MAIN/lanes", new[] { new { zone = "FAR", service = "royal-mail", method = "standard", currency = "GBP", baseMinor = 695, transitDays = 3 } });
            await Shop.Shop.Put("/routing/strategies/main", new
            {
                name = "Shops first",
                rules = new { scenarios = new object[] { new { name = "Shops", when = "country:GB", nodes = "kind:store", otherwise = "backorder" }, new { name = "Never", when = "country:GB" } } },
            });
            await Shop.Shop.Put("/rate-cards/parcel", new
            {
                name = "Parcel Co", carrier = "Parcel Co", currency = "GBP", areas = new[] { new { zone = "Main", country = "GB" } },
                rates = new[] { new { zone = "Main", service = "tracked", method = "standard", upToGrams = 2000, priceMinor = 495, transitDays = 2 } },
            });
            await Shop.Shop.Put("/channels/woo", new { name = "Hearth" });
            await Shop.Shop.Put("/connections/woo", new { adapter = "woocommerce", baseUrl = "https://shop.example.test", secrets = new { consumerKey = "ck_1", consumerSecret = "cs_1" } });
            await Shop.Shop.Put("/exchange-rates/EUR", new { rate = "0.86", source = "bank" });
            Deep =
            [
                .. Orders.Select(o => "/orders/" + o), "/inventory/MUG-MOSS", "/inventory/JUG-OAT", "/customers/" + customer, "/customers/new", "/customers/blocked", "/catalogue/MUG-MOSS", "/nodes/MAIN", "/nodes/STORE", "/nodes/MAIN/services", "/nodes/STORE/edit", "/catalogue/MUG-MOSS/edit", "/zones", "/zones/FAR", "/orders/" + Orders[0] + "/routing", "/orders/ord_0/routing", "/planning/waiting", "/planning/waiting?queue=unfillable", "/planning/replans", "/planning/replans/rpn_0",
                "/packing/ful_0", "/settings/packaging", "/settings/packing", "/settings/printers", "/settings/documents", "/settings/documents/packingSlip", "/settings/documents/nothing",
                "/warehouse/waves/new", "/warehouse/waves/wav_0", "/warehouse/rules", "/warehouse/people", "/warehouse/figures", "/warehouse/counts", "/warehouse/replenishment", "/warehouse/replenishment?show=faces", "/warehouse/putaway-rules", "/handheld/refill", "/lots", "/lots/MUG-MOSS/L1", "/warehouse/floor", "/warehouse/floor/edit", "/warehouse/bins/NONE",
                "/planning/backtests", "/planning/backtests/new", "/planning/backtests/job_0", "/planning/shadow", "/purchase-orders/PO-0",
                "/routing/strategies/main", "/routing/rate-cards", "/routing/rate-cards/parcel", "/routing/rate-cards/parcel/import", "/new/rate-card", "/routing/zones", "/routing/calendars", "/routing/capacity", "/shares", "/new/share", "/handheld/settings", "/handheld/commands", "/handheld/receive", "/handheld/putaway", "/handheld/labels", "/warehouse/deliveries", "/warehouse/deliveries/dlv_0",
                .. (string[])["users", "roles", "keys", "webhooks", "messages", "edi", "folders", "rules", "numbers", "rates", "delivery", "mappings", "api"],
                "/bills/alpha/2026-04", "/partner", "/partner?list=trouble", "/partner/stock", "/partner/work/ful_0", "/shipping/day-end", "/shipping/manifests", "/shipping/parcels/pkg_0", "/shipping/trouble", "/shipping/claims", "/shipping/scorecards", "/settings/carriers", "/settings/support", "/new/carrier-account",
                "/settings/erp", "/new/connection", "/channels/none", .. ((string[])["", "/orders", "/listings", "/told", "/reconcile", "/settings", "/connect", "/connect?step=access", "/connect?step=agree", "/connect?step=start"]).Select(p => "/channels/woo" + p),
                "/orders?query=nobody", "/customers?query=nobody", "/orders/ord_0", "/nowhere",
            ];
            Deep = [.. Deep.Select(d => d.StartsWith('/') ? d : "/settings/" + d)];
        }

        /// <summary>The addresses of the navigation, as an administrator's links name them.</summary>
        public IReadOnlyList<string> Links { get; private set; } = [];

        /// <summary>Pages of one thing, and those the navigation reaches only through another.</summary>
        public IReadOnlyList<string> Deep { get; private set; } = [];

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }

    [Fact, Capability("SE-11")]
    public async Task A_person_signs_in_is_greeted_by_name_and_signs_out()
    {
        var page = await opened.Shop.Page("/orders");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByLabel("User name").FillAsync("nobody");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("wrong");
        opened.Shop.ShouldBeQuiet();

        page = await opened.Shop.SignedIn("viewer", "/orders");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/orders"));
        opened.Shop.ShouldBeQuiet();
    }

    [Theory]
    [InlineData(Width.Desk)]
    [InlineData(Width.Phone)]
    [Capability("SE-06", "SE-11", "P24")]
    public async Task Every_page_opens_without_a_barrier_in_light_and_dark_and_keeps_to_its_policy(Width width)
    {
        var page = await opened.Shop.SignedIn(path: "/", width: width);
        opened.Links.Count.ShouldBeGreaterThan(5);
        var faults = new List<string>();
        foreach (string link in opened.Links.Concat(opened.Deep))
        {
            // Each loads by itself at the desk; the phone walks from one to the next.
            await (width == Width.Desk ? Look.At(page, link) : Look.Go(page, link));
            (await page.GetByLabel("User name").CountAsync()).ShouldBe(0, link + " is shown to whoever signed in");
            if ((await page.GetByText("There is nothing at this address").CountAsync() > 0) != (link == "/nowhere")) faults.Add(link + " is no address");
            // The same colours stand on the same grounds in both widths: on the phone the dark ones are judged where its own navigation leads.
            bool both = width == Width.Desk || opened.Links.Contains(link);
            faults.AddRange((await (both ? BrowserShop.BarriersInBothSchemes(page) : BrowserShop.Barriers(page))).Select(b => $"{link}: {b}"));
            if (await Look.IsTooWide(page)) faults.Add($"{link} is wider than the window");
        }
        faults.ShouldBeEmpty(string.Join('\n', faults));
        opened.Shop.ShouldBeQuiet();
    }

    /// <summary>What opens over a page: by the page (§0 to §2: one of the orders, §c: a customer) and the buttons that open it, one after the other.</summary>
    private static readonly (string Page, string[] Buttons)[] Dialogs =
    [
        ("/orders/§0", ["Edit"]), ("/orders/§0", ["Hold"]), ("/orders/§0", ["More", "Cancel"]), ("/orders/§1", ["Release hold"]), ("/inventory/MUG-MOSS", ["Adjust"]),
        ("/inventory", ["Export"]), ("/settings/users", ["New user"]), ("/settings/users", ["Roles and nodes"]), ("/settings/users", ["Password"]), ("/settings/roles", ["New role"]),
        ("/settings/keys", ["New key"]), ("/settings/webhooks", ["New webhook"]), ("/settings/webhooks", ["Deliveries"]), ("/settings/webhooks", ["Secrets"]), ("/settings/rules", ["New rule"]), ("/settings/rules", ["Change rule Risk"]), ("/settings/numbers", ["Change"]), ("/settings/rates", ["New rate"]),
        ("/channels", ["New channel"]), ("/settings/support", ["New desk"]), ("/settings/erp", ["Connect an ERP"]), ("/channels", ["Change"]), ("/routing", ["New strategy"]), ("/routing/rate-cards/parcel", ["Remove"]), ("/routing/zones", ["Write places"]), ("/routing/calendars", ["New calendar"]), ("/routing/capacity", ["change the capacity of MAIN"]),
        ("/customers/§c", ["Edit"]), ("/customers/§c", ["More actions", "Merge with another"]), ("/customers/§c", ["More actions", "Unblock"]), ("/customers/§c", ["Note a consent"]), ("/customers/blocked", ["Block an address"]), ("/catalogue/MUG-MOSS", ["Stop sale"]),
    ];

    [Theory]
    [InlineData(Width.Desk)]
    [InlineData(Width.Phone)]
    [Capability("SE-06", "SE-11")]
    public async Task Every_dialog_and_menu_opens_without_a_barrier_in_light_and_dark(Width width)
    {
        var page = await opened.Shop.SignedIn(path: "/", width: width);
        var faults = new List<string>();
        foreach (var (path, buttons) in Dialogs)
        {
            await Look.At(page, Enumerable.Range(0, 3).Aggregate(path.Replace("§c", opened.Customer, StringComparison.Ordinal), (now, i) => now.Replace($"§{i}", opened.Orders[i], StringComparison.Ordinal)));
            foreach (string name in buttons)
                await page.GetByRole(AriaRole.Button, new() { Name = name }).Or(page.GetByRole(AriaRole.Menuitem, new() { Name = name })).First.ClickAsync();
            await page.GetByRole(AriaRole.Dialog).First.WaitForAsync();
            await Judge($"{path} {string.Join(", ", buttons)}");
        }
        await Look.At(page, "/orders");
        foreach (string menu in (string[])["You: Robin Reader", "Jobs", "Columns"])
        {
            if (await page.GetByRole(AriaRole.Button, new() { Name = menu }).CountAsync() == 0) continue;
            await page.GetByRole(AriaRole.Button, new() { Name = menu }).First.ClickAsync();
            await Judge(menu);
            await page.Keyboard.PressAsync("Escape");
        }
        await page.Keyboard.PressAsync("Control+k");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).WaitForAsync();
        await Judge("palette");
        await page.Keyboard.PressAsync("Escape");
        faults.ShouldBeEmpty(string.Join('\n', faults));
        opened.Shop.ShouldBeQuiet();

        async Task Judge(string where)
        {
            await Settled(page);
            faults.AddRange((await BrowserShop.BarriersInBothSchemes(page)).Select(b => $"{where}: {b}"));
            if (await Look.IsTooWide(page)) faults.Add($"{where} is wider than the window");
        }
    }

    /// <summary>Nothing is being fetched and no place is kept for what comes.</summary>
    /// <remarks>Asked from outside: a function waiting inside the page would be against its own policy.</remarks>
    internal static Task Settled(IPage page) =>
        Assertions.Expect(page.Locator("[aria-busy=true], .mantine-Skeleton-root, .mantine-Loader-root")).ToHaveCountAsync(0);
}

[CollectionDefinition(PagesTests.Name)]
public sealed class BrowserCollection : ICollectionFixture<OrderDesk>;
