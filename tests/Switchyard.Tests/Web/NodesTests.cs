using Microsoft.Playwright;
using Shouldly;

namespace Switchyard.Tests.Web;

/// <summary>A person looks after the places goods leave from, in a browser.</summary>
[Collection(PagesTests.Floor)]
public sealed class NodesTests
{
    [Fact, Capability("SE-06", "SE-11", "AX-14", "AX-15")]
    public async Task The_hours_and_capacity_of_a_node_are_changed_on_a_phone()
    {
        await using var opened = await BrowserShop.Open();
        await opened.Fill();
        var page = await opened.SignedIn(path: "/nodes/STORE/edit", width: Width.Phone);
        await page.GetByRole(AriaRole.Switch, new() { Name = "Sunday" }).ClickAsync();
        await page.GetByLabel("Sunday, from").FillAsync("16:00");
        await page.GetByLabel("Sunday, until").FillAsync("10:00");
        await page.GetByLabel("Releases a day").FillAsync("40");
        await Press(page, "Add a cut-off");
        await page.GetByLabel("Cut-off of Every service").FillAsync("15:30");
        await page.GetByLabel("Holiday or other day").FillAsync("2026-12-25");
        await Press(page, "Add the day");
        await Press(page, "Save");
        await Assertions.Expect(page.GetByText("The hours end before they begin.")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth + 1")).ShouldBeFalse("the form is wider than the phone");

        await page.GetByLabel("Sunday, from").FillAsync("10:00");
        await page.GetByLabel("Sunday, until").FillAsync("16:00");
        await Press(page, "Save");
        await Assertions.Expect(page.GetByText("0 of 40")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        var node = await opened.Shop.Get("/nodes/STORE");
        node.GetProperty("openingHours").GetProperty("sunday")[0].Text("from").ShouldBe("10:00");
        node.GetProperty("openingHours").EnumerateObject().Count().ShouldBe(1);
        node.GetProperty("cutOffs").GetProperty("*").GetString().ShouldBe("15:30");
        node.GetProperty("closedDays")[0].GetString().ShouldBe("2026-12-25");
        (await opened.Shop.Get("/nodes/STORE/work-settings")).GetProperty("dailyCapacity").GetInt64().ShouldBe(40);
        opened.ShouldBeQuiet();
    }

    [Fact, Capability("SE-11", "P1")]
    public async Task A_node_is_closed_in_an_emergency_and_its_work_is_seen_moving()
    {
        await using var opened = await BrowserShop.Open();
        await opened.Fill();
        await opened.Shop.Product("PLATE-OAT", 2);
        string order = (await opened.Shop.Post("/orders", Given.Order(("PLATE-OAT", 2)))).Text("id")!;
        await opened.Shop.Stock("PLATE-OAT", 2, "STORE");

        var page = await opened.SignedIn(path: "/nodes");
        var pin = page.GetByRole(AriaRole.Button, new() { Name = "STORE, Leeds store, Working" });
        await pin.FocusAsync();
        await page.Keyboard.PressAsync("Enter");                                  // the map does by keys what it does by a pointer
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "STORE · Leeds store" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("1 node has no position.")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await page.GetByRole(AriaRole.Link, new() { Name = "MAIN", Exact = true }).ClickAsync();
        await Press(page, "Close in an emergency");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("planned anew from elsewhere");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Close MAIN now" })).ToBeDisabledAsync();
        await dialog.GetByLabel("Why").FillAsync("Water in the hall");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close MAIN now" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Water in the hall")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = new System.Text.RegularExpressions.Regex("[1-9] units? now comes? from elsewhere") })).ToBeVisibleAsync();
        await opened.Shop.Until(async () => (await opened.Shop.Get("/nodes/MAIN/closing")).Text("state") == "done");
        (await opened.Shop.Get("/orders/" + order)).GetProperty("lines")[0].GetProperty("allocations").EnumerateArray().Select(a => a.Text("node")).ShouldBe(["STORE"]);

        await Press(page, "Open again");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Close in an emergency" })).ToBeVisibleAsync();
        (await opened.Shop.Get("/nodes/MAIN")).GetProperty("isActive").GetBoolean().ShouldBeTrue();
        opened.ShouldBeQuiet();
    }

    [Fact, Capability("SE-06", "SE-11")]
    public async Task By_keyboard_a_manager_makes_a_zone_and_changes_what_a_service_costs_and_when_it_leaves()
    {
        await using var opened = await BrowserShop.Open();
        await opened.Fill();
        var shop = opened.Shop;
        object Service(long baseMinor) => new { zone = "UK", service = "evri", method = "standard", currency = "GBP", baseMinor, perKgMinor = 20, transitDays = 3 };
        await shop.Put("/zones/UK", new { name = "Great Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        await shop.Put("/nodes/MAIN/lanes", new[] { Service(350) });
        var manager = new Person(await opened.SignedIn(path: "/nodes"), Hand.Keys);
        var page = manager.Page;

        await manager.Press(page.GetByRole(AriaRole.Link, new() { Name = "Delivery zones" }));
        await manager.Press(page.GetByRole(AriaRole.Link, new() { Name = "New zone" }));
        await manager.Write(page.GetByLabel("Code", new() { Exact = true }), "FAR");
        await manager.Write(page.GetByLabel("Name", new() { Exact = true }), "Highlands and islands");
        await manager.Choose(page.GetByRole(AriaRole.Combobox, new() { Name = "Country", Exact = true }), "United Kingdom (GB)");
        await manager.Write(page.GetByLabel("United Kingdom: postcodes that begin with"), "IV, KW15,ze");
        await manager.PressButton("Make the zone");
        await Assertions.Expect(page.GetByText("United Kingdom: IV, KW15, ZE")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();

        await page.GotoAsync("/nodes/MAIN/services");
        var lane = page.GetByRole(AriaRole.Listitem, new() { Name = "evri → UK" });
        await manager.Write(lane.GetByLabel("A parcel"), "3.95");
        await manager.PressButton("Add a service");
        var fresh = page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByLabel("A parcel") }).Last;
        await manager.Write(fresh.GetByLabel("Service", new() { Exact = true }), "royal-mail");
        await manager.Choose(fresh.GetByRole(AriaRole.Combobox, new() { Name = "Zone" }), "FAR Highlands and islands");
        await manager.Write(fresh.GetByLabel("A parcel"), "6.95");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        // Meanwhile somebody has made the other one dearer: nothing of it is written over unseen.
        await shop.Put("/nodes/MAIN/lanes", new[] { Service(380), new { zone = "UK", service = "dpd", method = "express", currency = "GBP", baseMinor = 700L, perKgMinor = 0, transitDays = 1 } });
        await manager.PressButton("Save");
        var clash = page.GetByRole(AriaRole.Dialog, new() { Name = "Somebody was quicker" });
        await Assertions.Expect(clash.GetByRole(AriaRole.Row).Filter(new() { HasText = "evri → UK" })).ToContainTextAsync("3.80");
        await Assertions.Expect(clash.GetByRole(AriaRole.Row).Filter(new() { HasText = "dpd → UK" })).ToBeVisibleAsync();
        await manager.Press(clash.GetByRole(AriaRole.Button, new() { Name = "Apply mine again" }));
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "£3.95" })).ToBeVisibleAsync();
        (await shop.Get("/nodes/MAIN/lanes")).GetProperty("lanes").EnumerateArray().Select(l => (l.Text("service"), l.Text("zone"), l.Long("baseMinor")))
            .ShouldBe([("royal-mail", "FAR", 695), ("dpd", "UK", 700), ("evri", "UK", 395)]);

        await page.GotoAsync("/nodes/MAIN/edit");
        await manager.PressButton("Add a cut-off");
        await manager.Press(page.GetByLabel("Cut-off of Every service"), "Home");
        await page.Keyboard.TypeAsync("1530");
        await manager.PressButton("Save");
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "15:30" })).ToBeVisibleAsync();
        opened.ShouldBeQuiet();
    }

    [Fact, Capability("SE-11")]
    public async Task A_node_is_given_to_another_merchant_of_the_house()
    {
        await using var opened = await BrowserShop.Open();
        await opened.Fill();
        await opened.Shop.Post("/merchants", new { code = "vale", name = "Vale Outlet", baseCurrency = "GBP" });
        var page = await opened.SignedIn(path: "/nodes/STORE");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Another merchant" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Vale Outlet" }).ClickAsync();
        await Press(page, "Serve");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Orders of Vale Outlet leave from here");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Serve Vale Outlet" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Merchants" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        (await opened.Shop.Get("/nodes/STORE/merchants")).GetProperty("data").EnumerateArray().ShouldAllBe(m => m.GetProperty("isServed").GetBoolean());
        opened.ShouldBeQuiet();
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
