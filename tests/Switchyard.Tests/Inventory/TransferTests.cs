using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Tests.Inventory;

/// <summary>Transfers between nodes over HTTP: claimed, sent, on their way, received with a difference, settled.</summary>
[Capability("AX-30")]
public sealed class TransferTests
{
    [Theory, BothDatabases, Capability("P9")]
    public async Task Ten_sent_and_eight_received_leave_two_in_transit_until_somebody_says_what_became_of_them(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string id = await Draft(shop, 10);
        await shop.Post($"/transfers/{id}/approve", new { });
        var holder = (await shop.Get("/inventory/holders?sku=MUG")).Items("data").Single();
        (holder.TextOf("kind"), holder.TextOf("transferId"), holder.Of("quantity")).ShouldBe(("transfer", id, 10));

        var sent = await shop.Post($"/transfers/{id}/send", new { });
        (await Node(shop, "MAIN")).ShouldBe((10, 0));
        await shop.Post($"/transfers/{id}/acknowledge", new { });
        string delivery = sent.TextOf("delivery")!;
        await shop.Post($"/deliveries/{delivery}/receipts", new { items = new object[] { new { sku = "MUG", quantity = 7 }, new { sku = "MUG", quantity = 1, condition = "damaged" } } });
        (await shop.Get("/transfers/" + id)).TextOf("state").ShouldBe("partReceived");
        await shop.Post($"/deliveries/{delivery}/close", new { });

        var arrived = await shop.Get("/transfers/" + id);
        (arrived.TextOf("state"), arrived.Items("lines")[0].Of("inTransit")).ShouldBe(("received", 2));
        (await shop.Get("/exceptions?kind=transfer_differs&state=open")).Items("data").Single().TextOf("detail")!.ShouldContain("2 short, 1 damaged");
        (await Conserved(shop)).ShouldBe(20);
        (await DeliveryTests.Check(shop, "stock.transfers")).ShouldBeEmpty();

        await shop.Post($"/transfers/{id}/settle", new { lines = new[] { new { sku = "MUG", quantity = 1, outcome = "foundAtSource" } }, reason = "under the shelf" });
        var settled = await shop.Post($"/transfers/{id}/settle", new { lines = new[] { new { sku = "MUG", quantity = 1, outcome = "lost" } }, reason = "gone" });

        settled.TextOf("state").ShouldBe("closed");
        (await Node(shop, "MAIN")).ShouldBe((11, 0));
        (await Node(shop, "EAST")).ShouldBe((8, 0));
        (await Conserved(shop)).ShouldBe(19);                                       // one is written off
        (await shop.Get("/exceptions?kind=transfer_differs&state=open")).Items("data").ShouldBeEmpty();
        (await DeliveryTests.Check(shop, "stock.transfers")).ShouldBeEmpty();
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("P1")]
    public async Task An_approved_transfer_is_not_for_orders_and_a_cancelled_one_is_again(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string id = await Draft(shop, 15);
        await shop.Post("/orders", Given.Order(("MUG", 5)));                        // a draft claims nothing
        await shop.Post($"/transfers/{id}/approve", new { });
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("MUG", 1)), 409, "orders.short");
        (await DeliveryTests.Check(shop, "stock.reserved")).ShouldBeEmpty();

        await shop.Post($"/transfers/{id}/cancel", new { });
        await shop.Post("/orders", Given.Order(("MUG", 15)));
        string late = await Draft(shop, 1);
        await shop.Refused(HttpMethod.Post, $"/transfers/{late}/approve", new { }, 409, "inventory.not_enough");
        (await shop.Total("MUG")).Of("reserved").ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("IN-03")]
    public async Task Goods_on_their_way_are_promised_once_and_only_when_their_day_is_known(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string known = await Draft(shop, 4, due: "2030-01-01T00:00:00Z"), unknown = await Draft(shop, 3);
        foreach (string id in new[] { known, unknown }) await shop.Post($"/transfers/{id}/approve", new { });
        foreach (string id in new[] { known, unknown }) await shop.Post($"/transfers/{id}/send", new { });

        var options = await shop.Db.ReadAll(work => work.Query("select reference, quantity, is_promised from inbound order by id", row => (row.Text(), row.Long(), row.Bool())));
        options.ShouldBe([(known, 4L, true), (unknown, 3L, false)]);
        (await shop.Total("MUG")).Of("available").ShouldBe(13);
        await shop.Refused(HttpMethod.Put, "/inventory/inbound", new { reference = known, sku = "MUG", node = "EAST", quantity = 9, dueAt = "2030-01-01T00:00:00Z" }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task Sending_less_gives_the_rest_back_and_what_comes_too_much_is_booked_and_told(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string id = await Draft(shop, 10);
        await shop.Post($"/transfers/{id}/approve", new { });
        var sent = await shop.Post($"/transfers/{id}/send", new { lines = new[] { new { sku = "mug", quantity = 6 } } });
        (await Node(shop, "MAIN")).ShouldBe((14, 0));
        await shop.Post($"/deliveries/{sent.TextOf("delivery")}/receipts", new { items = new[] { new { sku = "MUG", quantity = 7 } } });
        await shop.Post($"/deliveries/{sent.TextOf("delivery")}/close", new { });

        var arrived = await shop.Get("/transfers/" + id);
        (arrived.TextOf("state"), arrived.Items("lines")[0].Of("surplus")).ShouldBe(("closed", 1));
        (await shop.Get("/exceptions?kind=transfer_differs")).Items("data").Single().TextOf("detail")!.ShouldContain("1 over");
        (await Node(shop, "EAST")).ShouldBe((7, 0));
        (await DeliveryTests.Check(shop, "stock.transfers")).ShouldBeEmpty();
    }

    [Theory, BothDatabases]
    public async Task A_move_outside_the_table_is_refused_by_name(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string id = await Draft(shop, 1);
        foreach (string move in new[] { "send", "acknowledge" }) await shop.Refused(HttpMethod.Post, $"/transfers/{id}/{move}", new { }, 409, "inventory.transfer_state");
        await shop.Refused(HttpMethod.Post, $"/transfers/{id}/settle", new { lines = new[] { new { sku = "MUG", quantity = 1, outcome = "lost" } }, reason = "x" }, 409, "inventory.transfer_nothing_missing");
        await shop.Post($"/transfers/{id}/approve", new { });
        await shop.Refused(HttpMethod.Post, $"/transfers/{id}/approve", new { }, 409, "inventory.transfer_state");
        var sent = await shop.Post($"/transfers/{id}/send", new { });
        await shop.Refused(HttpMethod.Post, $"/transfers/{id}/cancel", new { }, 409, "inventory.transfer_state");
        await shop.Refused(HttpMethod.Post, $"/deliveries/{sent.TextOf("delivery")}/cancel", new { }, 409, "inventory.delivery_of_transfer");
        await shop.Refused(HttpMethod.Post, "/transfers", new { from = "MAIN", to = "MAIN", lines = new[] { new { sku = "MUG", quantity = 1 } } }, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("P1", "P3", "P9")]
    public async Task Receipts_orders_and_transfers_at_once_leave_books_that_balance(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        var delivery = await shop.Post("/deliveries", new { node = "EAST" });
        var ids = new List<string>();
        for (int i = 0; i < 8; i++) ids.Add(await Draft(shop, 2));

        int[][] answers = await Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, 20).Select(async i => await Status(shop, $"/deliveries/{delivery.TextOf("id")}/receipts", new { items = new[] { new { sku = "MUG", quantity = 1, scanId = $"s{i}" } } }))),
            Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => await Status(shop, "/orders", Given.Order(("MUG", 1))))),
            Task.WhenAll(ids.Select(async id => await Status(shop, $"/transfers/{id}/approve", new { }) == 200 ? await Status(shop, $"/transfers/{id}/send", new { }) : 409)));

        answers.SelectMany(a => a).ShouldAllBe(status => status == 200 || status == 201 || status == 409);
        answers[0].ShouldAllBe(status => status == 200);
        foreach (var check in StockBooks.All) (await check.Run(shop.Db)).Faults.ShouldBeEmpty(check.Name);
        long promised = answers[1].Count(s => s == 201), moved = 2 * answers[2].Count(s => s == 200);
        (await shop.Total("MUG")).Of("allocated").ShouldBe(promised);
        (await shop.Total("MUG")).Of("onHand").ShouldBe(40 - moved);
        (promised + moved).ShouldBeLessThanOrEqualTo(40);
        (await Conserved(shop)).ShouldBe(40);
    }

    [Fact]
    public void The_table_of_states_is_the_diagram_of_the_rooms_page() =>
        File.ReadAllText(Path.Combine(TestPostgres.Root, "src", "Switchyard", "Inventory", "README.md")).ReplaceLineEndings("\n").ShouldContain(TransferStates.Allowed.ToMermaid());

    [Theory, BothDatabases, Capability("P9")]
    public async Task The_check_of_transfers_sees_units_that_vanished(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        string id = await Draft(shop, 3);
        await shop.Post($"/transfers/{id}/approve", new { });
        await shop.Post($"/transfers/{id}/send", new { });
        await shop.Db.WriteAll(work => work.Execute("update inbound set quantity = 2 where reference = @id", ("id", id)));
        (await DeliveryTests.Check(shop, "stock.transfers")).Single().ShouldContain("inbound 2");
    }

    private static async Task<Shop> Two(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await shop.Nodes("EAST");
        await shop.SetTo("MUG", 20);
        return shop;
    }

    private static async Task<string> Draft(Shop shop, long quantity, string? due = null) =>
        (await shop.Post("/transfers", new { from = "MAIN", to = "EAST", dueAt = due, lines = new[] { new { sku = "MUG", quantity } } })).TextOf("id")!;

    private static async Task<int> Status(Shop shop, string path, object body) => (int)(await shop.Send(HttpMethod.Post, path, body)).StatusCode;

    private static async Task<(long OnHand, long Reserved)> Node(Shop shop, string node)
    {
        var at = (await shop.Get("/inventory?sku=MUG")).Items("nodes").Single(n => n.TextOf("node") == node);
        return (at.Of("onHand"), at.Of("reserved"));
    }

    // Units at all nodes and on their way: nothing is made and nothing is lost by being moved.
    private static async Task<long> Conserved(Shop shop) => (await shop.Total("MUG")).Of("onHand")
        + await shop.Db.ReadAll(work => work.Scalar("select coalesce(sum(quantity), 0) from inbound where reference like 'trf_%'"));
}
