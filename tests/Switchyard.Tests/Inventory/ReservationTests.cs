using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

public sealed class ReservationTests
{
    private static object Cart(long ttl, params (string Sku, long Quantity, string? Node)[] items) =>
        new { owner = "cart-1", ttlSeconds = ttl, items = items.Select(i => new { sku = i.Sku, quantity = i.Quantity, node = i.Node }) };

    private static Task<JsonElement> Reserve(Shop shop, long ttl, params (string, long, string?)[] items) => shop.Post("/inventory/reservations", Cart(ttl, items));

    [Theory, BothDatabases, Capability("AX-06", "P2")]
    public async Task A_lapsed_reservation_is_sellable_again_without_any_job(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.SetTo("A", 5);
        var made = await Reserve(shop, 600, ("A", 5, null));
        (await shop.Total("A")).Of("available").ShouldBe(0);
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", Cart(60, ("A", 1, null)), 409, "inventory.not_enough");
        shop.Clock!.Advance(TimeSpan.FromSeconds(599));
        (await shop.Total("A")).Of("available").ShouldBe(0);
        shop.Clock.Advance(TimeSpan.FromSeconds(1));
        (await shop.Total("A")).Of("available").ShouldBe(5);
        (await shop.Get("/inventory?low=true")).Items("data").ShouldBeEmpty();
        (await shop.Get($"/inventory/reservations/{made.TextOf("id")}")).TextOf("state").ShouldBe("expired");
        await Reserve(shop, 60, ("A", 5, null));
        (await shop.Get("/inventory/ledger?sku=A")).Items("data").Select(e => e.TextOf("kind")).ShouldBe(["reserved", "reservationExpired", "reserved", "counted"]);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("AX-06")]
    public async Task Activity_extends_a_reservation_but_not_one_that_has_lapsed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.SetTo("A", 5);
        string id = (await Reserve(shop, 600, ("A", 2, null))).TextOf("id")!;
        shop.Clock!.Advance(TimeSpan.FromSeconds(500));
        await shop.Post($"/inventory/reservations/{id}/extend", new { });
        shop.Clock.Advance(TimeSpan.FromSeconds(500));
        (await shop.Total("A")).Of("reserved").ShouldBe(2);
        shop.Clock.Advance(TimeSpan.FromSeconds(100));
        await shop.Refused(HttpMethod.Post, $"/inventory/reservations/{id}/extend", new { ttlSeconds = 5 }, 409, "inventory.reservation_not_active");
        await shop.Refused(HttpMethod.Post, $"/inventory/reservations/{id}/release", new { }, 409, "inventory.reservation_not_active");
        await shop.Refused(HttpMethod.Post, "/inventory/reservations/rsv_1/extend", new { }, 404, "inventory.no_such_reservation");
    }

    [Theory, BothDatabases, Capability("AX-06", "L21")]
    public async Task A_released_reservation_holds_nothing_and_is_released_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 5);
        string id = (await Reserve(shop, 600, ("A", 2, null))).TextOf("id")!;
        var holder = (await shop.Get("/inventory/holders?sku=A")).Items("data").Single();
        (holder.TextOf("kind"), holder.TextOf("owner"), holder.Of("quantity"), holder.TextOf("reservationId")).ShouldBe(("reservation", "cart-1", 2, id));
        (await shop.Post($"/inventory/reservations/{id}/release", new { })).TextOf("state").ShouldBe("released");
        (await shop.Get("/inventory/holders?sku=A")).Items("data").ShouldBeEmpty();
        (await shop.Total("A")).Of("available").ShouldBe(5);
        await shop.Refused(HttpMethod.Post, $"/inventory/reservations/{id}/release", new { }, 409, "inventory.reservation_not_active");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("AX-07", "L4")]
    public async Task A_transfer_leaves_the_sum_reserved_as_it_was(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.Nodes("NORTH");
        await shop.SetTo("A", 5);
        await shop.SetTo("A", 2, "NORTH");
        string id = (await Reserve(shop, 600, ("A", 4, "MAIN"))).TextOf("id")!;
        object Move(long units) => new { items = new[] { new { sku = "A", from = "MAIN", to = "NORTH", quantity = units } } };
        await shop.Refused(HttpMethod.Post, $"/inventory/reservations/{id}/transfer", Move(3), 409, "inventory.not_enough");
        await shop.Refused(HttpMethod.Post, $"/inventory/reservations/{id}/transfer", Move(5), 409, "inventory.not_enough");
        var moved = await shop.Post($"/inventory/reservations/{id}/transfer", Move(2));
        moved.Items("items").Select(i => (i.TextOf("node"), i.Of("quantity"))).ShouldBe([("MAIN", 2), ("NORTH", 2)]);
        (await shop.Total("A")).Of("reserved").ShouldBe(4);
        await shop.Post($"/inventory/reservations/{id}/release", new { });
        (await shop.Total("A")).Of("reserved").ShouldBe(0);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("L1", "L3", "P3")]
    public async Task Two_items_of_one_sku_draw_on_one_pool_and_the_plan_checked_is_the_plan_taken(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        await shop.Nodes("NORTH");
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "A", quantity = 2 } } });
        await shop.SetTo("A", 3);
        await shop.SetTo("A", 2, "NORTH");
        await shop.SetTo("B", 9);
        var problem = await shop.Refused(HttpMethod.Post, "/inventory/reservations", Cart(60, ("B", 1, null), ("A", 3, null), ("a", 3, null)), 409, "inventory.not_enough");
        problem.Pointers().ShouldBe(["/items/2/quantity"]);
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", Cart(60, ("A", 4, null), ("SET", 1, null)), 409, "inventory.not_enough");
        (await shop.Total("B")).Of("reserved").ShouldBe(0);
        var made = await Reserve(shop, 60, ("A", 3, null), ("SET", 1, null));
        made.Items("items").Select(i => (i.TextOf("sku"), i.TextOf("node"), i.Of("quantity"))).ShouldBe([("A", "MAIN", 3), ("A", "NORTH", 2)]);
        (await shop.Total("A")).Of("available").ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("L16")]
    public async Task A_channel_keeps_its_buffer_and_leaves_out_kinds_of_nodes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.Nodes("SHOP");
        await shop.Db.WriteAll(async work => await work.Execute("update nodes set kind = 'store' where code = 'SHOP'")
            + await work.Execute("update channels set buffer = 2, excluded_node_kinds = '[\"store\"]' where code = 'web'"));
        await shop.SetTo("A", 5);
        await shop.SetTo("A", 50, "SHOP");
        object Web(long units) => new { owner = "c", channel = "web", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = units } } };
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", Web(4), 409, "inventory.not_enough");
        await shop.Post("/inventory/reservations", Web(3));
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", Web(1), 409, "inventory.not_enough");
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", new { owner = "c", channel = "nope", ttlSeconds = 60, items = new[] { new { sku = "A", quantity = 1 } } }, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("P1", "P2", "IN-05", "L2", "L9", "L14", "L20")]
    public async Task Thirty_two_buyers_of_the_last_units_get_exactly_those_units(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        await shop.Nodes("NORTH");
        await shop.SetTo("A", 7);
        await shop.SetTo("A", 4, "NORTH");
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).SelectMany(i => Enumerable.Range(0, 2)).Select(_ =>
            shop.Send(HttpMethod.Post, "/inventory/reservations", Cart(600, ("A", 1, null)))));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(11);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(53);
        var total = await shop.Total("A");
        (total.Of("reserved"), total.Of("available")).ShouldBe((11, 0));
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("P3")]
    public async Task Baskets_crossed_in_opposite_order_never_end_in_a_deadlock(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        await shop.SetTo("A", 40);
        await shop.SetTo("B", 20);
        var answers = await Task.WhenAll(Enumerable.Range(0, 48).Select(i => shop.Send(HttpMethod.Post, "/inventory/reservations",
            i % 2 == 0 ? Cart(600, ("A", 1, null), ("B", 1, null)) : Cart(600, ("B", 1, null), ("A", 1, null)))));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(20);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(28);
        (await shop.Total("A")).Of("reserved").ShouldBe(20);
        (await shop.Total("B")).Of("reserved").ShouldBe(20);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases]
    public async Task Release_extend_transfer_and_expiry_at_once_keep_the_books(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A", "B");
        await shop.Nodes("NORTH");
        foreach (string node in new[] { "MAIN", "NORTH" }) foreach (string sku in new[] { "A", "B" }) await shop.SetTo(sku, 100, node);
        var ids = new List<string>();
        foreach (int i in Enumerable.Range(0, 12)) ids.Add((await Reserve(shop, i % 3 == 0 ? 5 : 600, ("A", 2, "MAIN"), ("B", 1, "NORTH"))).TextOf("id")!);
        shop.Clock!.Advance(TimeSpan.FromSeconds(10));
        var answers = await Task.WhenAll(ids.SelectMany(id => new[]
        {
            shop.Send(HttpMethod.Post, $"/inventory/reservations/{id}/release", new { }), shop.Send(HttpMethod.Post, $"/inventory/reservations/{id}/release", new { }),
            shop.Send(HttpMethod.Post, $"/inventory/reservations/{id}/extend", new { ttlSeconds = 60 }),
            shop.Send(HttpMethod.Post, $"/inventory/reservations/{id}/transfer", new { items = new[] { new { sku = "B", from = "NORTH", to = "MAIN" } } }),
        }));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.Conflict);
        foreach (string id in ids) (await shop.Get("/inventory/reservations/" + id)).TextOf("state").ShouldBe(ids.IndexOf(id) % 3 == 0 ? "expired" : "released");
        foreach (string sku in new[] { "A", "B" }) (await shop.Total(sku)).Of("reserved").ShouldBe(0);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("P26")]
    public async Task Hostile_numbers_are_refused_by_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A");
        foreach (string number in new[] { "0", "-1", "1.5", "2147483648", "9223372036854775808", "\"١\"", "null", "1e9999" })
        {
            string body = $$"""{"owner":"c","ttlSeconds":60,"items":[{"sku":"A","quantity":{{number}}}]}""";
            (await Shop.Read(await shop.Send(HttpMethod.Post, "/inventory/reservations", body), 400)).Pointers().ShouldBe(["/items/0/quantity"], number);
            body = $$"""{"owner":"c","ttlSeconds":{{number}},"items":[{"sku":"A","quantity":1}]}""";
            (await Shop.Read(await shop.Send(HttpMethod.Post, "/inventory/reservations", body), 400)).Pointers().ShouldBe(["/ttlSeconds"], number);
        }
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", new { owner = "c", ttlSeconds = 2592001, items = new[] { new { sku = "A", quantity = 1 } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/inventory/reservations", """{"items":null}""", 400, "request.invalid");
    }
}
