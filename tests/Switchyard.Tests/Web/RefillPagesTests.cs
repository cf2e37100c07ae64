using Microsoft.Playwright;
using Shouldly;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Picking;

namespace Switchyard.Tests.Web;

/// <summary>A face is set up at a desk and filled with a scanner; a lot is recalled with its consequences seen first; a putaway rule is tried before it is saved.</summary>
[Collection(PagesTests.Floor)]
public sealed class RefillPagesTests
{
    [Fact, Capability("AX-26", "PK-01")]
    public async Task A_face_is_set_at_a_desk_and_filled_on_a_phone_from_the_bin_that_is_told()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Shelves(units: 4);
        await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "R-1", kind = "reserve", walkOrder = 100 } } });
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "R-1", sku = "A", quantity = 30 } } });

        var desk = await opened.SignedIn(path: "/warehouse/replenishment");
        await desk.GetByRole(AriaRole.Button, new() { Name = "New pick face" }).ClickAsync();
        var dialog = desk.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("SKU").FillAsync("A");
        await dialog.GetByLabel("Bin").FillAsync("R-1");
        await dialog.GetByLabel("Minimum").FillAsync("10");
        await dialog.GetByLabel("Maximum").FillAsync("24");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("R-1 is no pick bin");
        (await BrowserShop.Barriers(desk)).ShouldBeEmpty();
        await dialog.GetByLabel("Bin").FillAsync("BIN-A");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var list = desk.GetByRole(AriaRole.List, new() { Name = "To be filled" });
        await Assertions.Expect(list).ToContainTextAsync("Below minimum");
        await Assertions.Expect(list).ToContainTextAsync("20 from R-1");
        (await BrowserShop.BarriersInBothSchemes(desk)).ShouldBeEmpty();

        var phone = await opened.SignedIn("warehouse", "/handheld", Width.Phone);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Start shift" }).WaitForAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Fill pick faces" }).TapAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Region, new() { Name = "Take from" })).ToContainTextAsync("R-1");
        await Type(phone, "BIN-B");
        await Assertions.Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is BIN-B.");
        await Type(phone, "R-1");
        await Assertions.Expect(phone.GetByText("Scan the item")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty();
        await Type(phone, Pickers.Barcode("A"));
        await phone.GetByRole(AriaRole.Button, new() { Name = "Not that many there" }).TapAsync();
        for (int i = 0; i < 12; i++) await phone.GetByRole(AriaRole.Button, new() { Name = "One more" }).TapAsync();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Only 12 were there" }).TapAsync();
        await Type(phone, "BIN-A");
        await Assertions.Expect(phone.GetByText("12 units are at BIN-A")).ToBeVisibleAsync();
        await Assertions.Expect(phone.GetByText("Nothing is to be filled here now.")).ToBeVisibleAsync();
        await Assertions.Expect(desk.GetByText("Every face is full enough")).ToBeVisibleAsync();
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem();
        await shop.BooksAreRight();
        opened.Expected.Add("400");
        opened.ShouldBeQuiet();
    }

    [Fact, Capability("AX-26", "PK-01", "SE-06")]
    public async Task Faces_are_filled_without_network_and_what_the_house_refuses_is_listed()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Shelves(units: 4);
        await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "R-1", kind = "reserve", walkOrder = 100 } } });
        await shop.Put("/inventory/bins", new { items = new[] { "A", "B" }.Select(sku => new { node = "MAIN", bin = "R-1", sku, quantity = 20 }) });
        await shop.Put("/nodes/MAIN/faces", new { items = new[] { "A", "B" }.Select(sku => new { sku, bin = "BIN-" + sku, min = 5, max = 24 }) });
        var phone = await opened.SignedIn("warehouse", "/handheld", Width.Phone);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Start shift" }).WaitForAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Fill pick faces" }).TapAsync();
        var what = phone.GetByRole(AriaRole.Region, new() { Name = "What", Exact = true });
        await Assertions.Expect(what).ToContainTextAsync("Product A");

        // Both are taken; the hall is not reached from here on.
        await phone.Context.SetOfflineAsync(true);
        foreach (string sku in new[] { "A", "B" })
        {
            await Assertions.Expect(what).ToContainTextAsync("Product " + sku);
            await phone.Instruction("Scan the bin").WaitForAsync();
            await phone.Scan("R-1");
            await phone.Instruction("Scan the item").WaitForAsync();
            await phone.Scan(Pickers.Barcode(sku));
            await phone.Instruction("Scan the pick face").WaitForAsync();
            await phone.Scan("BIN-" + sku);
        }
        await Assertions.Expect(phone.GetByText("All tasks that were on this device are done.")).ToBeVisibleAsync();
        await Assertions.Expect(phone.Locator("[data-outbox]")).ToHaveAttributeAsync("data-outbox", "2");
        (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty();
        // Meanwhile somebody says that BIN-B takes ten in all.
        await shop.Put("/nodes/MAIN/bins", new { items = new[] { new { code = "BIN-B", zone = "NORTH", walkOrder = 20, aisle = 1, block = 0, positionMm = 3_000, capacityUnits = 10 } } });
        await phone.Context.SetOfflineAsync(false);
        await phone.Said();
        await Assertions.Expect(phone.GetByText("The face takes no more of it.")).ToBeVisibleAsync();
        // What fits is asked for again.
        await Assertions.Expect(what).ToContainTextAsync("Product B");
        (await BrowserShop.BarriersInBothSchemes(phone)).ShouldBeEmpty();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Dealt with" }).TapAsync();
        await Assertions.Expect(phone.GetByText("The face takes no more of it.")).ToHaveCountAsync(0);
        (await shop.Db.ReadAll(work => work.Query("select p.sku, t.state, t.moved, t.quantity from refill_tasks t join products p on p.id = t.sku_id order by p.sku", row => (row.Text(), row.Text(), row.Long(), row.Long()))))
            .ShouldBe([("A", "done", 20L, 20L), ("B", "taken", 0L, 6L)]);
        await shop.BooksAreRight();
        opened.Expected.AddRange(["409", "400"]);
        opened.ShouldBeQuiet();
    }

    [Fact, Capability("AX-27", "AX-28")]
    public async Task A_lot_is_recalled_with_its_orders_known_and_a_putaway_rule_is_tried_before_it_is_saved()
    {
        await using var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Shelves(units: 0);
        await shop.Put("/inventory/tracking", new { items = new[] { new { sku = "A", tracks = "lot" } } });
        string delivery = (await shop.Post("/deliveries", new { node = "MAIN" })).Text("id")!;
        await shop.Post($"/deliveries/{delivery}/receipts", new { items = new[] { new { sku = "A", lot = "L7", bin = "BIN-A", quantity = 9 } } });
        var (_, release) = await shop.Released(("A", 2));
        await shop.Do(release, "start-picking");
        await shop.Do(release, "pick", new { taken = new[] { new { line = 1, bin = "BIN-A", lot = "L7", quantity = 2 } } });

        var page = await opened.SignedIn(path: "/lots");
        await page.GetByRole(AriaRole.Link, new() { Name = "L7" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Table, new() { Name = "Orders that hold it" })).ToContainTextAsync("Picked, can be stopped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Recall" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("9 units at MAIN");
        await Assertions.Expect(dialog).ToContainTextAsync("1 order has it picked");
        await dialog.GetByLabel("Reason").FillAsync("Glass was found");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Recall 9 units" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Lot L7 is out of sale")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Glass was found")).ToBeVisibleAsync();
        (await BrowserShop.BarriersInBothSchemes(page)).ShouldBeEmpty();
        (await shop.Http.GetStringAsync("/api/v1/inventory/lots/orders.csv?sku=A&lot=L7")).ShouldContain($"{release},MAIN,1,,2,0,");

        await page.GotoAsync("/warehouse/putaway-rules");
        await page.GetByRole(AriaRole.Button, new() { Name = "New rule" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("South");
        await page.GetByLabel("SKU begins with").FillAsync("B");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Zones").FillAsync("SOUTH");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await page.GetByLabel("SKU", new() { Exact = true }).FillAsync("B");
        await page.GetByRole(AriaRole.Button, new() { Name = "Where would it go?" }).ClickAsync();
        await Assertions.Expect(page.GetByText("because of rule 1, South")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("12 into BIN-C")).ToBeVisibleAsync();
        // Somebody else is quicker: nothing of theirs is written over unseen.
        await shop.Put("/nodes/MAIN/putaway-rules", new { rules = new[] { new { name = "Theirs" } } });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Theirs");
        (await BrowserShop.Barriers(page)).ShouldBeEmpty();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put mine in their place" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 rule is saved")).ToBeVisibleAsync();
        (await shop.Get("/nodes/MAIN/putaway-rules")).GetProperty("rules")[0].Text("name").ShouldBe("South");
        opened.Expected.Add("412");
        opened.ShouldBeQuiet();
    }

    /// <summary>As who has no scanner does it.</summary>
    private static async Task Type(IPage page, string code)
    {
        if (await page.GetByRole(AriaRole.Alert).CountAsync() > 0) await page.GetByRole(AriaRole.Button, new() { Name = "Back to the task" }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Type" }).TapAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync(code);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Use" }).TapAsync();
    }
}
