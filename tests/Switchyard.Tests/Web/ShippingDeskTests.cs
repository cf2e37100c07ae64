using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Shipping;

namespace Switchyard.Tests.Web;

/// <summary>A shipper's day in the web app, against a carrier on loopback; and an operator who sets a carrier up.</summary>
[Collection(PagesTests.Floor)]
public sealed class ShippingDeskTests(ShippingDeskTests.Opened opened) : IClassFixture<ShippingDeskTests.Opened>
{
    public sealed class Opened : IAsyncLifetime
    {
        public BrowserShop Shop { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Shop = await BrowserShop.Open();
            await ShippingShop.Ready(Shop.Shop);
        }

        public async Task DisposeAsync() => await Shop.DisposeAsync();
    }

    [Fact, Capability("SH-01", "SH-05", "SH-08", "SH-10", "NX-01")]
    public async Task A_shipper_labels_parcels_mends_a_refusal_closes_the_day_but_for_one_and_follows_a_parcel_to_the_door()
    {
        await using var sim = new RoyalMailSim();
        var shop = opened.Shop.Shop;
        // The cheapest is a service that the carrier does not know: it refuses whoever is sent so.
        await shop.Card("rm", (sim.Service, 495, 2));
        await shop.Account("royal", sim);
        await shop.Card("gone", ("OLD1", 900, 2));
        await shop.Put("/carrier-accounts/old", new { name = "old", adapter = "royal-mail", baseUrl = sim.BaseUrl, settings = new { rateCard = "gone" }, secrets = sim.Secrets, services = new[] { new { service = "OLD1", methods = new[] { "express" } } } });
        var parcels = new[] { await shop.Packed(), await shop.Packed(), await shop.Packed("express") };

        var page = await opened.Shop.SignedIn(path: "/shipping");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^To label") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByLabel("Select all on this page").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book label", Exact = true }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Book labels for 3 parcels");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Book label", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("2 done, 1 failed.");
        await Assertions.Expect(dialog).ToContainTextAsync("OLD1");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        // The refused one is mended from its page: the carrier's service that was meant is put right, and tried again.
        await dialog.GetByRole(AriaRole.Link, new() { NameRegex = new("^Mend") }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("OLD1 is not available");
        await shop.Account("royal", sim, ["standard", "express"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for quotes" }).ClickAsync();
        var quotes = page.GetByRole(AriaRole.Region, new() { Name = "Other services" });
        await Assertions.Expect(quotes.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Chosen");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await quotes.GetByRole(AriaRole.Button, new() { Name = "Book " + sim.Service }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).Locator("..")).ToContainTextAsync("Labelled");
        sim.Live.ShouldBe(3);

        // The day's end: the manifest is closed, and two of three are scanned.
        await page.GetByRole(AriaRole.Link, new() { Name = "Day’s end" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the manifest of royal" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("3 on the carrier’s list");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close manifest: 3 parcels" }).ClickAsync();
        var scan = page.GetByLabel("Scan a parcel onto the van");
        await Assertions.Expect(scan).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        string[] numbers = [.. sim.Parcels.Values.Where(p => !p.IsVoid).OrderBy(p => p.Key).Select(p => p.Tracking)];
        var left = page.GetByRole(AriaRole.List, new() { Name = "On a manifest, not loaded" });
        foreach (string number in numbers[..2])
        {
            await scan.FillAsync(number);
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(left.GetByText(number)).ToHaveCountAsync(0);
        }
        await scan.FillAsync("NOT-OURS");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "NOT-OURS" })).ToContainTextAsync("is on no open manifest here");
        await Assertions.Expect(left.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Assertions.Expect(left).ToContainTextAsync(numbers[2]);
        await Assertions.Expect(page.GetByText("Something is left")).ToBeVisibleAsync();

        // One of them is followed to the door by what the carrier tells.
        var followed = sim.Parcels.Values.Single(p => p.Tracking == numbers[0]);
        string label = (await shop.Get("/labels?tracking=" + numbers[0])).GetProperty("data")[0].Text("id")!;
        foreach (string code in new[] { "In Transit", "Out For Delivery", "Delivered" })
        {
            followed.Scans.Add(new SimScan(code, code, DateTimeOffset.UtcNow));
            await shop.Poll(label);
        }
        await page.GotoAsync("/shipping?query=" + numbers[0]);
        await page.GetByRole(AriaRole.Link, new() { Name = numbers[0] }).ClickAsync();
        var way = page.GetByRole(AriaRole.List, new() { Name = "The way so far" });
        await Assertions.Expect(way.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("Delivered");
        await Assertions.Expect(way).ToContainTextAsync("Out for delivery");
        await Assertions.Expect(way).ToContainTextAsync("Handed to the carrier");

        // The order's page shows the same of its parcel.
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^#") }).First.ClickAsync();
        var parcel = page.GetByRole(AriaRole.List, new() { Name = "Parcels" });
        await Assertions.Expect(parcel).ToContainTextAsync(numbers[0]);
        await Assertions.Expect(parcel).ToContainTextAsync("Delivered");
        await parcel.GetByText("The way so far").ClickAsync();
        await Assertions.Expect(parcel.GetByRole(AriaRole.Region, new() { Name = "How the service was chosen" })).ToContainTextAsync("Chosen");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        parcels.Length.ShouldBe(3);
        opened.Shop.ShouldBeQuiet();
    }

    [Fact, Capability("SH-13", "SE-06")]
    public async Task An_operator_adds_a_carrier_tests_a_wrong_key_mends_it_and_never_sees_it_again()
    {
        await using var sim = new DpdSim();
        await opened.Shop.Shop.Card("dpd-2026", (sim.Service, 650, 1));
        var page = await opened.Shop.SignedIn(path: "/settings/carriers", width: Width.Phone);
        await page.GetByRole(AriaRole.Link, new() { Name = "New carrier account" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { NameRegex = new("^Carrier") }).SelectOptionAsync("dpd-uk");
        await page.GetByLabel("Address of the interface").FillAsync(sim.BaseUrl);
        foreach (var (name, value) in sim.Settings.Where(s => s.Key != "rateCard"))
            await page.GetByLabel(name == "userName" ? "User name" : "Account number").FillAsync((string)value!);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();
        // What is missing stands at its field, before anything is sent.
        await Assertions.Expect(page.GetByText("This is needed.").First).ToBeVisibleAsync();
        await page.GetByLabel("Password").First.FillAsync("wrong");
        await page.GetByLabel("Rate card").SelectOptionAsync("dpd-2026");
        await page.GetByText(new System.Text.RegularExpressions.Regex("nobody has verified")).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add service" }).ClickAsync();
        await page.GetByLabel("Carrier’s code").FillAsync(sim.Service);
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make account" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Test DPD UK" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Carrier accounts" })).ToContainTextAsync("does not take the keys");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change DPD UK" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Password").First).ToHaveValueAsync("");
        await page.GetByLabel("Password").First.FillAsync(sim.Secrets["password"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Test DPD UK" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Carrier accounts" })).ToContainTextAsync("The carrier takes the keys");
        sim.Parcels.ShouldBeEmpty();
        opened.Shop.ShouldBeQuiet();
    }
}
