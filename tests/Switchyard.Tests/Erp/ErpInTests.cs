using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Erp;

/// <summary>What the ERP owns is read, and done here once.</summary>
[Capability("IG-05")]
public sealed class ErpInTests
{
    private static async Task<List<JsonElement>> Things(ErpShop desk) => [.. (await desk.Shop.Get("/erp/things?limit=200")).GetProperty("data").EnumerateArray()];

    private static async Task<long> OnHand(ErpShop desk, string sku) => (await desk.Shop.Balance(sku)).Long("onHand");

    [Theory, BothDatabases]
    public async Task Items_become_products_orders_to_suppliers_are_on_their_way_and_receipts_are_booked_in_once(DatabaseKind kind)
    {
        // What was booked in there before lies on our shelves already.
        await using var desk = await ErpShop.Open(kind, flows: new { purchases = "theirs", receipts = "theirs" }, before: early =>
        {
            early.Item("OLD");
            early.Receive(early.Buy("PO-70", 1, ("OLD", 9)), "IR-0", (1, 9));
        });
        var books = desk.Sim.Books;
        books.Item("MUG", "A mug");
        var order = books.Buy("PO-77", 1, ("MUG", 20));
        await desk.Shop.Until(async () => (await Things(desk)) is { Count: 5 } read && read.All(t => t.Text("state") != "waiting") && await ReceiptsAreRead(desk));
        (await Things(desk)).ShouldNotContain(t => t.Text("state") == "parked", "an order that is read before its item waits for it");
        (await Things(desk)).Single(t => t.Text("flow") == "receipts").Text("state").ShouldBe("dropped");
        (await desk.Shop.Get("/products/MUG")).Text("name").ShouldBe("A mug");
        await desk.Shop.Until(async () => await Inbound(desk) == 20);

        desk.Sim.Next(Mood.Broken);
        desk.Sim.Next(Mood.BreaksOff);
        books.Receive(order, "IR-1", (1, 8));
        await desk.Shop.Until(async () => await OnHand(desk, "MUG") == 8);
        await desk.Shop.Until(async () => (await Things(desk)) is { Count: 6 } read && read.All(t => t.Text("state") is "done" or "dropped") && await Inbound(desk) == 12);
        (await OnHand(desk, "OLD")).ShouldBe(0);
        var receipt = (await Things(desk)).Single(t => t.Text("flow") == "receipts" && t.Text("state") == "done");
        await desk.Shop.Refused(HttpMethod.Post, $"/erp/things/receipts/{Uri.EscapeDataString(receipt.Text("id")!)}/retry", new { }, 409, "erp.is_done");
        // Read again and again, it stays done; and what came from there is not told back.
        await desk.Again(kind);
        books.Receive(order, "IR-2", (1, 12));
        await desk.Shop.Until(async () => await OnHand(desk, "MUG") == 20);
        books.Of("itemReceipt").Count().ShouldBe(3);
        (await desk.Tasks()).ShouldBeEmpty();
        await Works.BooksAreRight(desk.Shop);
    }

    [Theory, BothDatabases]
    public async Task Goods_that_are_booked_in_here_are_told_and_the_levels_of_a_partner_are_those_of_the_ERP(DatabaseKind kind)
    {
        await using var desk = await ErpShop.Open(kind, flows: new { stock = "theirs" });
        await desk.Goods("MUG", 0);
        await desk.Shop.Node("PL", "3pl");
        await Connect(desk, new Dictionary<string, string> { ["MAIN"] = "1", ["PL"] = "2" }, new { stock = "off" });
        desk.Sim.Books.Buy("PO-78", 1, ("MUG", 10));
        string delivery = (await desk.Shop.Post("/deliveries", new { node = "MAIN", reference = "PO-78" })).Text("id")!;
        await desk.Shop.Post($"/deliveries/{delivery}/receipts", new { items = new[] { new { sku = "MUG", quantity = 4, scanId = "s1" } } });
        await desk.UntilDone(1);
        var told = desk.Sim.Books.Of("itemReceipt").Single();
        (told.Lines.Single().Quantity, told.Lines.Single().Location).ShouldBe((4m, 1L));

        desk.Sim.Books.Levels[(desk.Sim.Books.Items.Single(i => i.Sku == "MUG").Id, 2)] = 31;
        await Connect(desk, new Dictionary<string, string> { ["MAIN"] = "1", ["PL"] = "2" }, new { stock = "theirs" });
        await desk.Shop.Post("/erp/ask", new { });
        await desk.Shop.Until(async () => await OnHand(desk, "MUG") == 35);
        // What is gone there has no row any more.
        desk.Sim.Books.Levels.Remove((desk.Sim.Books.Items.Single(i => i.Sku == "MUG").Id, 2));
        await desk.Shop.Until(async () => await OnHand(desk, "MUG") == 4);
    }

    private static async Task<bool> ReceiptsAreRead(ErpShop desk) => (await desk.Shop.Get("/erp")).GetProperty("health").GetProperty("asked").EnumerateArray()
        .Any(a => a.Text("flow") == "receipts" && a.GetProperty("lastAskedAt").ValueKind == JsonValueKind.String);

    private static Task<long> Inbound(ErpShop desk) =>
        desk.Shop.Db.ReadAll(work => work.Scalar("select coalesce(sum(quantity), 0) from inbound where reference = 'PO-77' /* house */"));

    private static Task Connect(ErpShop desk, Dictionary<string, string> places, object flows) =>
        desk.Shop.Put("/erp", new { adapter = "netsuite", baseUrl = desk.Sim.BaseUrl, settings = desk.Sim.Settings, flows, places, callsPerMinute = 60_000 });
}
