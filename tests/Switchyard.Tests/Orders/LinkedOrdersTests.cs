using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>Orders that belong together: sent again, repeated, exchanged.</summary>
[Capability("OV-09")]
public sealed class LinkedOrdersTests
{
    [Theory, BothDatabases]
    public async Task What_was_lost_is_sent_again_free_of_charge_and_no_more_than_has_left(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 20, priceMinor: 1000);
        string id = await Shipped(shop, ("MUG", 3));
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 4)), 409, "orders.not_shipped");
        (await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("", (1, 1)), 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/reason");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (7, 1)), 400, "request.invalid");

        var again = await shop.Post($"/orders/{id}/replacement", Again("Lost by the carrier", (1, 2)), "again-1");
        (again.Long("totalMinor"), again.Text("state"), again.Line(1).Long("allocated"), again.Text("paymentStatus")).ShouldBe((0, "confirmed", 2, "none"));
        var link = again.GetProperty("links")[0];
        (link.Text("kind"), link.Text("role"), link.Text("order"), link.Text("reason")).ShouldBe(("replacement", "origin", id, "Lost by the carrier"));
        (await shop.Post($"/orders/{id}/replacement", Again("Lost by the carrier", (1, 2)), "again-1")).Text("id").ShouldBe(again.Text("id"), "the same request is one replacement");
        var origin = await shop.Order(id);
        (origin.GetProperty("links")[0].Text("role"), origin.GetProperty("links")[0].Text("order")).ShouldBe(("result", again.Text("id")));
        (await shop.Get($"/orders/{id}/timeline")).GetProperty("data")[0].Text("kind").ShouldBe("OrderLinked");

        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 2)), 409, "orders.not_shipped");
        await shop.Post($"/orders/{again.Text("id")}/cancel", new { reason = "Found after all" });
        (await shop.Post($"/orders/{id}/replacement", Again("lost again", (1, 3)))).Text("state").ShouldBe("confirmed", "what was cancelled was not sent again");
        var clerk = await shop.Key("orders:read", "orders:write");
        (await clerk.Send($"/orders/{id}/replacement", Again("lost", (1, 1)))).Status.ShouldBe(HttpStatusCode.Forbidden);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Many_who_send_the_same_units_again_at_once_send_them_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        string id = await Shipped(shop, ("MUG", 3));
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => shop.Send(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 1))))));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(3);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(9);
        (await shop.Order(id)).GetProperty("links").GetArrayLength().ShouldBe(3);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task A_bundle_and_its_parts_are_not_sent_again_twice(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("CUP", 50, priceMinor: 500);
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", prices = new[] { new { currency = "GBP", priceMinor = 1000 } }, components = new[] { new { sku = "CUP", quantity = 4 } } });
        string id = await Shipped(shop, ("SET", 2));
        var part = (await shop.Order(id)).GetProperty("lines").EnumerateArray().Single(l => l.Text("kind") == "component");
        (await shop.Post($"/orders/{id}/replacement", Again("one cup broke", ((int)part.Long("line"), 1)))).Line(1).Text("sku").ShouldBe("CUP");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("all broke", (1, 2)), 409, "orders.not_shipped");
        (await shop.Post($"/orders/{id}/replacement", Again("a set broke", (1, 1)))).Long("totalMinor").ShouldBe(0);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("P10")]
    public async Task A_replacement_is_neither_raised_nor_split_away_from_what_it_replaces(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        string id = await Shipped(shop, ("MUG", 3));
        string payment = (await shop.Get($"/orders/{id}/payments")).GetProperty("data")[0].Text("id")!;
        string again = (await shop.Post($"/orders/{id}/replacement", Again("lost", (1, 3)))).Text("id")!;
        object Units(long units) => new { lines = new[] { new { line = 1, quantity = units } }, reason = "x" };
        foreach (string step in (string[])["edit", "edit/preview"])
            (await shop.Refused(HttpMethod.Post, $"/orders/{again}/{step}", Units(4), 409, "orders.replacement_fixed")).GetProperty("errors")[0].Text("pointer").ShouldBe("/lines/0/quantity");

        string apart = (await shop.Post($"/orders/{again}/split", new { lines = new[] { new { line = 1, quantity = 2 } }, reason = "Two parcels" })).GetProperty("splitOff").Text("id")!;
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 1)), 409, "orders.not_shipped");
        (await shop.Refused(HttpMethod.Post, $"/payments/{payment}/refund", new { amountMinor = 1, reason = "lost" }, 409, "payments.replaced_already")).Long("replacedMinor").ShouldBe(3000);
        await shop.Refused(HttpMethod.Post, $"/orders/{apart}/edit", Units(3), 409, "orders.replacement_fixed");

        await shop.Post($"/orders/{apart}/edit", Units(1));
        await shop.Refused(HttpMethod.Post, $"/orders/{apart}/edit", Units(2), 409, "orders.replacement_fixed");
        (await shop.Post($"/orders/{id}/replacement", Again("lost", (1, 1)))).Long("totalMinor").ShouldBe(0, "what was taken off was not sent again");
        await shop.Post($"/orders/{apart}/cancel", new { reason = "Found" });
        await shop.Post($"/orders/{id}/replacement", Again("lost", (1, 1)));
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 1)), 409, "orders.not_shipped");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task What_was_refunded_is_not_sent_again_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        string id = await Shipped(shop, ("MUG", 2));
        string payment = (await shop.Get($"/orders/{id}/payments")).GetProperty("data")[0].Text("id")!;
        await shop.Post($"/payments/{payment}/refund", new { amountMinor = 1500, reason = "lost" });
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 1)), 409, "orders.refunded_already");
    }

    [Theory, BothDatabases]
    public async Task What_was_sent_again_is_not_refunded_too_unless_somebody_says_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        string id = await Shipped(shop, ("MUG", 3));
        string payment = (await shop.Get($"/orders/{id}/payments")).GetProperty("data")[0].Text("id")!;
        var again = await shop.Post($"/orders/{id}/replacement", Again("lost", (1, 2)));

        foreach (object body in new object[] { new { reason = "lost" }, new { amountMinor = 1001, reason = "lost" } })
        {
            var refused = await shop.Refused(HttpMethod.Post, $"/payments/{payment}/refund", body, 409, "payments.replaced_already");
            (refused.Long("replacedMinor"), refused.Long("leftMinor")).ShouldBe((2000, 1000));
        }
        (await shop.Post($"/payments/{payment}/refund", new { amountMinor = 400, reason = "One mug was chipped" })).Text("state").ShouldBe("succeeded");
        (await shop.Refused(HttpMethod.Post, $"/payments/{payment}/refund", new { amountMinor = 601, reason = "lost" }, 409, "payments.replaced_already")).Long("leftMinor").ShouldBe(600);
        (await shop.Order(id)).Long("refundedMinor").ShouldBe(400, "what is refused leaves nothing behind");
        (await shop.Post($"/payments/{payment}/refund", new { amountMinor = 800, reason = "Goodwill", allowReplaced = true })).Text("state").ShouldBe("succeeded");

        await shop.Post($"/orders/{again.Text("id")}/cancel", new { reason = "Refunded instead" });
        (await shop.Post($"/payments/{payment}/refund", new { reason = "All of the rest" })).Long("amountMinor").ShouldBe(1800, "what was cancelled was not sent again");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Of_a_refund_and_a_replacement_at_once_one_wins(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        string id = await Shipped(shop, ("MUG", 1));
        string payment = (await shop.Get($"/orders/{id}/payments")).GetProperty("data")[0].Text("id")!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => i % 2 == 0
            ? shop.Send(HttpMethod.Post, $"/orders/{id}/replacement", Again("lost", (1, 1))) : shop.Send(HttpMethod.Post, $"/payments/{payment}/refund", new { reason = "lost" }))));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(7);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task A_reorder_is_a_draft_at_todays_prices_that_says_what_is_gone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        await shop.Product("OLD", 50, priceMinor: 1000);
        string id = (await shop.Post("/orders", Given.Order(("MUG", 2), ("OLD", 1)))).Text("id")!;
        await shop.Put("/products/MUG", new { name = "Mug", prices = new[] { new { currency = "GBP", priceMinor = 1250 } } });
        await shop.Put("/products/OLD", new { name = "Old", isActive = false });

        var again = await shop.Post($"/orders/{id}/reorder", new { });
        (again.GetProperty("gone")[0].Text("sku"), again.GetProperty("gone")[0].Text("reason")).ShouldBe(("OLD", "gone"));
        (again.GetProperty("repriced")[0].Long("unitPriceMinorBefore"), again.GetProperty("repriced")[0].Long("unitPriceMinor")).ShouldBe((1000, 1250));
        var draft = again.GetProperty("draft");
        (draft.Long("totalMinor"), draft.GetProperty("origin").Text("order"), draft.GetProperty("customer").Text("name")).ShouldBe((2500, id, "Ada Byron"));
        var order = await shop.Post($"/drafts/{draft.Text("id")}/place", new { });
        (order.GetProperty("links")[0].Text("kind"), order.GetProperty("links")[0].Text("order")).ShouldBe(("reorder", id));
        (await shop.Order(id)).GetProperty("links")[0].Text("order").ShouldBe(order.Text("id"));

        await shop.Refused(HttpMethod.Post, $"/orders/{id}/reorder", new { place = true }, 409, "orders.lines_gone");
        var placed = await shop.Post($"/orders/{id}/reorder", new { place = true, withoutGone = true });
        (placed.Text("object"), placed.Long("totalMinor"), placed.Text("state")).ShouldBe(("order", 2500, "confirmed"));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Orders_are_linked_by_hand_once_and_seen_from_both_sides(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        string a = (await shop.Post("/orders", Given.Order(("MUG", 2)))).Text("id")!, b = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        for (int i = 0; i < 2; i++) await shop.Post($"/orders/{a}/links", new { order = b, kind = "exchange", reason = "Wrong colour" });
        (await shop.Order(b)).GetProperty("links").EnumerateArray().Single().Text("role").ShouldBe("origin");
        foreach (string id in new[] { a, b })
            (await shop.Get($"/orders/{id}/timeline")).GetProperty("data").EnumerateArray().Count(e => e.Text("kind") == "OrderLinked").ShouldBe(1);
        await shop.Refused(HttpMethod.Post, $"/orders/{a}/links", new { order = a, kind = "exchange" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, $"/orders/{a}/links", new { order = b, kind = "split" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, $"/orders/{a}/links", new { order = "ord_00000000000000000000000000000001", kind = "exchange" }, 400, "request.invalid");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Verify_finds_a_draft_without_its_order_and_a_link_to_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50, priceMinor: 1000);
        var draft = await shop.Post("/drafts", new { channel = "web", currency = "GBP" });
        string a = (await shop.Post("/orders", Given.Order(("MUG", 2)))).Text("id")!, b = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
        await shop.Post($"/orders/{a}/links", new { order = b, kind = "exchange" });
        await shop.ShouldBeSound();
        await shop.Db.WriteAll(work => work.Execute("update drafts set state = 'placed' where number = @number -- house", ("number", draft.Text("number"))));
        (await shop.Faults("orders.drafts")).ShouldHaveSingleItem().ShouldContain("no such order");
        await shop.Db.WriteAll(work => work.Execute("update order_links set other_id = order_id, order_id = @nothing -- house", ("nothing", Guid.CreateVersion7())));
        (await shop.Faults("orders.links")).ShouldHaveSingleItem().ShouldContain("exchange");
    }

    private static object Again(string reason, params (int Line, long Quantity)[] lines) => new { reason, lines = lines.Select(l => new { line = l.Line, quantity = l.Quantity }).ToArray() };

    /// <summary>A paid order all of which has left.</summary>
    private static async Task<string> Shipped(Shop shop, params (string Sku, long Quantity)[] lines)
    {
        var body = Given.Order(lines);
        body["payment"] = new { status = "paid" };
        string id = (await shop.Post("/orders", body)).Text("id")!;
        string release = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick", "pack", "ship" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        return id;
    }
}
