using System.Text.Json;
using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Picking;

namespace Switchyard.Tests.Web;

/// <summary>A picker with a phone and a scanner: a cart of orders, a wrong scan, a short, and a hall the network does not reach.</summary>
[Collection(PagesTests.Floor)]
public sealed class HandheldTests
{
    [Fact, Capability("PK-01", "PK-02", "PK-04", "KP-04", "SE-06", "SE-11")]
    public async Task A_cart_is_picked_through_a_wrong_scan_an_empty_bin_and_six_picks_without_network()
    {
        await using var shop = await BrowserShop.Open();
        await shop.Shop.Shelves(units: 40);
        var releases = await shop.Shop.Work(6);
        var page = await shop.SignedIn("warehouse", "/handheld", Width.Phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start shift" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the next walk" }).TapAsync();
        await Assertions.Expect(page.GetByText("Nothing is to be picked here now.")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();

        var wave = await shop.Shop.Wave(new { node = "MAIN", method = "cluster", totes = 6 });
        var tour = (await shop.Shop.Get($"/waves/{wave.Text("id")}/pick-list")).GetProperty("tours").EnumerateArray().ShouldHaveSingleItem();
        var stops = tour.GetProperty("tasks").EnumerateArray().ToList();
        (stops.Count, tour.Text("operative")).ShouldBe((12, (await shop.Shop.Get("/nodes/MAIN/operatives")).GetProperty("operatives")[0].Text("actor")), "given to whoever is on shift");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the next walk" }).TapAsync();

        // The first stop: a wrong bin, a wrong item, then everything right.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Stop 1 of 12");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Where" })).ToContainTextAsync(stops[0].Text("bin")!);
        await page.Scan("BIN-Z");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is BIN-Z.");
        await page.Scan(stops[0].Text("bin")!);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        string other = Pickers.Skus.First(s => s != stops[0].Text("sku"));
        await page.Scan(Pickers.Barcode(other));
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"This is Product {other}.");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.Pick(stops[0]);
        await page.Reach(stops[1]);
        await page.Said();
        var first = await Counted(shop, stops);
        (first.Done, first.MisPicks).ShouldBe((1, 1L));

        // The network ends. Six picks, the page is loaded anew in between, and what was done is still there.
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        await page.Context.SetOfflineAsync(true);
        for (int i = 1; i < 4; i++) await page.Pick(stops[i]);
        await Assertions.Expect(page.GetByText("No network. 3 scans wait here and will be sent.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("No network. 3 scans wait here and will be sent.")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        for (int i = 4; i < 7; i++) await page.Pick(stops[i]);
        await Assertions.Expect(page.GetByText("No network. 6 scans wait here and will be sent.")).ToBeVisibleAsync();
        // Meanwhile the world goes on: an order is cancelled of which both lines lie on the cart already.
        var mine = stops[1..7];
        string victim = mine.Select(s => s.Text("fulfilment")!).First(f => stops.FindAll(s => s.Text("fulfilment") == f).TrueForAll(mine.Contains));
        await shop.Shop.Post($"/orders/{(await shop.Shop.Release(victim)).Text("order")}/cancel", new { reason = "test" });
        (await Counted(shop, stops)).Done.ShouldBe(1, "nothing has arrived yet");

        // Back: everything is said once, in order. The last bin is empty; what was not possible any more is told to the picker.
        await page.Context.SetOfflineAsync(false);
        await page.Said();
        await Assertions.Expect(page.GetByText("No network")).ToHaveCountAsync(0);
        for (int i = 7; i < 11; i++) await page.Pick(stops[i]);
        await page.Reach(stops[11]);
        await page.StandAt(stops[11]);
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Too few in the bin" }).TapAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "There were none" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cart finished");
        await page.Said();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the start" }).TapAsync();
        var clashes = page.GetByRole(AriaRole.Region, new() { Name = "Was not possible any more" });
        await Assertions.Expect(clashes.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await Assertions.Expect(clashes).ToContainTextAsync("was cancelled");
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await clashes.GetByRole(AriaRole.Button, new() { Name = "Dealt with" }).First.TapAsync();
        await Assertions.Expect(clashes.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);

        // Nothing lost, nothing twice, and the books agree.
        (await shop.Shop.Get($"/waves/{wave.Text("id")}")).Text("state").ShouldBe("done");
        foreach (string release in releases.Where(r => r != victim && r != stops[11].Text("fulfilment"))) (await shop.Shop.Release(release)).Text("state").ShouldBe("picked");
        (await shop.Shop.Release(victim)).Text("state").ShouldBe("cancelled");
        (await shop.Shop.Get("/nodes/MAIN/pick-clashes")).GetProperty("data").EnumerateArray().Select(c => c.Text("fulfilment")).ShouldBe([victim, victim]);
        (await Counted(shop, stops)).MisPicks.ShouldBe(1);
        await shop.Shop.BooksAreRight();

        // Signing out leaves nothing of the walk on the phone.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).TapAsync();
        await page.GetByLabel("User name").WaitForAsync();
        (await page.EvaluateAsync<string?>("localStorage.getItem('switchyard-offline-session')")).ShouldBeNull();
        (await page.EvaluateAsync<int>("""
            () => new Promise((done, fail) => { const open = indexedDB.open('switchyard-device'); open.onerror = fail;
              open.onsuccess = () => { const count = open.result.transaction('kept').objectStore('kept').count(); count.onsuccess = () => done(count.result); count.onerror = fail; }; })
            """)).ShouldBe(0);
        (await page.EvaluateAsync<string[]>("async () => (await Promise.all((await caches.keys()).map(async k => (await (await caches.open(k)).keys()).map(r => new URL(r.url).pathname)))).flat()"))
            .ShouldNotContain(path => path.StartsWith("/api", StringComparison.Ordinal));
        shop.ShouldBeQuiet();
    }

    [Fact, Capability("PK-02", "PK-04")]
    public async Task Where_the_customer_takes_another_product_a_picker_is_offered_it_with_its_bin()
    {
        await using var shop = await BrowserShop.Open();
        await shop.Shop.Shelves(units: 5);
        var desk = await shop.SignedIn(path: "/catalogue/A");
        await desk.GetByRole(AriaRole.Combobox, new() { Name = "SKU or name of another product" }).Or(desk.GetByRole(AriaRole.Textbox, new() { Name = "SKU or name of another product" })).FillAsync("B");
        await desk.Keyboard.PressAsync("Enter");
        await Assertions.Expect(desk.GetByRole(AriaRole.List, new() { Name = "When it is not on the shelf" })).ToContainTextAsync("Product B");
        (await BrowserShop.BarriersInBothSchemes(desk)).ShouldBeEmpty();
        var body = Given.Order(("A", 2));
        body["allowSubstitutes"] = true;
        string order = (await shop.Shop.Post("/orders", body)).Text("id")!;
        await shop.Shop.Post($"/orders/{order}/release", new { });

        var page = await shop.SignedIn("warehouse", "/handheld", Width.Phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start shift" }).TapAsync();
        await shop.Shop.Wave(new { node = "MAIN", method = "cluster", totes = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the next walk" }).TapAsync();
        await page.Instruction("Scan the bin").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).TapAsync();
        await Assertions.Expect(page.GetByText("Scan the bin first.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).TapAsync();
        await page.Scan("BIN-A");
        await page.Instruction("Scan the item").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Too few in the bin" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "There were none" }).TapAsync();
        await page.Context.SetOfflineAsync(true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take another product instead" }).TapAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("This needs network");
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("What goes instead of 2?");
        var offer = page.GetByRole(AriaRole.List, new() { Name = "May go instead" }).GetByRole(AriaRole.Button);
        await Assertions.Expect(offer).ToContainTextAsync("BIN-B · take 2");
        await Assertions.Expect(offer).ToBeEnabledAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        await offer.TapAsync();

        // Its stop comes next; nothing lacks in the tote.
        await Assertions.Expect(page.GetByText("instead of A")).ToBeVisibleAsync();
        await page.Pick((await shop.Shop.Stops()).Single(s => s.Text("state") == "open"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Cart finished");
        await Assertions.Expect(page.GetByText("incomplete")).ToHaveCountAsync(0);
        await page.Said();
        await desk.GotoAsync("/orders/" + order);
        await Assertions.Expect(desk.GetByText("instead of Product A")).ToBeVisibleAsync();
        await Assertions.Expect(desk.GetByText("2 × B instead of A")).ToBeVisibleAsync();
        (await BrowserShop.Barriers(desk)).ShouldBeEmpty();
        await shop.Shop.BooksAreRight();
        shop.ShouldBeQuiet();
    }

    private static async Task<(int Done, long MisPicks)> Counted(BrowserShop shop, List<JsonElement> stops)
    {
        var list = (await shop.Shop.Get($"/waves/{stops[0].Text("wave")}/pick-list")).GetProperty("tours")[0].GetProperty("tasks");
        var figures = (await shop.Shop.Get("/nodes/MAIN/pick-figures")).GetProperty("operatives");
        return (list.EnumerateArray().Count(s => s.Text("state") is "done" or "short"), figures.GetArrayLength() == 0 ? 0 : figures[0].Long("misPicks"));
    }
}
