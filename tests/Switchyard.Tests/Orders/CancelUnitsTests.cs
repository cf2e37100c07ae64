using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>Cancelling parts, after release, and at a marketplace buyer's wish.</summary>
public sealed class CancelUnitsTests
{
    [Theory, BothDatabases, Capability("OV-05", "L12")]
    public async Task Some_units_are_cancelled_and_are_no_longer_to_be_paid(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        string id = await shop.Placed(("A", 4));
        var order = await shop.Post($"/orders/{id}/cancel", new { lines = new[] { new { line = 1, quantity = 3 } }, reason = "Too many" });
        (order.Text("state"), order.Line(1).Long("cancelled"), order.Long("totalMinor")).ShouldBe(("confirmed", 3, 1000));
        (await shop.Balance("A")).Long("available").ShouldBe(4);
        var refused = await shop.Refused(HttpMethod.Post, $"/orders/{id}/cancel", new { lines = new[] { new { line = 1, quantity = 2 } } }, 409, "orders.cannot_cancel");
        refused.GetProperty("cancellable")[0].Long("quantity").ShouldBe(1);
        (await shop.Post($"/orders/{id}/cancel", new { lines = new[] { new { line = 1, quantity = 1 } } })).Text("state").ShouldBe("cancelled");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_released_order_on_which_nobody_has_begun_is_cancelled_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 2));
        (await shop.Post($"/orders/{order}/cancel", new { reason = "x" })).Text("state").ShouldBe("cancelled");
        (await shop.Release(release)).Text("state").ShouldBe("cancelled");
        (await shop.Balance("A")).Long("available").ShouldBe(5);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_picked_order_is_cancelled_once_the_goods_are_back_on_the_shelf(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 2));
        await Pick(shop, release);
        var asked = await Shop.Read(await shop.Send(HttpMethod.Post, $"/orders/{order}/cancel", new { reason = "x" }), 202);
        (asked.Text("state"), (await shop.Release(release)).Text("state")).ShouldBe(("confirmed", "stopAsked"));
        (await shop.Timeline(order)).ShouldContain("OrderCancelAsked");
        await shop.Do(release, "put-back");
        (await shop.Get("/orders/" + order)).Text("state").ShouldBe("cancelled");
        (await shop.Balance("A")).Long("available").ShouldBe(5);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task Of_an_order_part_of_which_has_left_the_rest_is_cancelled_only_when_said_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/web", new { name = "Web", onShort = "backorder" });
        await shop.Product("A", 5);
        await shop.Product("B", 0);
        var (order, release) = await shop.Released(("A", 2), ("B", 1));
        await Pick(shop, release);
        await shop.Do(release, "pack");
        await shop.Do(release, "ship");
        var refused = await shop.Refused(HttpMethod.Post, $"/orders/{order}/cancel", new { reason = "x" }, 409, "orders.cannot_cancel");
        refused.GetProperty("cancellable").EnumerateArray().Select(c => (c.Text("sku"), c.Long("quantity"))).ShouldBe([("B", 1)]);
        var rest = await shop.Post($"/orders/{order}/cancel", new { reason = "x", remaining = true });
        (rest.Line(2).Long("cancelled"), rest.Line(1).Long("shipped"), rest.Long("totalMinor")).ShouldBe((1, 2, 2000));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task An_edit_of_a_released_order_takes_the_work_back_and_of_a_picked_one_asks_the_node(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 9);
        var (idle, release) = await shop.Released(("A", 3));
        var order = (await shop.Edit(idle, new { lines = new[] { new { line = 1, quantity = 1 } } })).GetProperty("order");
        (order.Line(1).Long("cancelled"), order.Line(1).Long("released") + order.Line(1).Long("allocated")).ShouldBe((2, 1));
        await shop.Refused(HttpMethod.Post, $"/orders/{idle}/edit/preview", new { lines = new[] { new { line = 7, quantity = 1 } } }, 400, "request.invalid");

        var (begun, picked) = await shop.Released(("A", 3));
        await Pick(shop, picked);
        var asked = await Shop.Read(await shop.Send(HttpMethod.Post, $"/orders/{begun}/edit", new { shippingAddress = EditShop.Address("SW1A 1AA") }), 202);
        asked.Text("object").ShouldBe("orderEditAsked");
        asked.GetProperty("order").GetProperty("holds")[0].Text("kind").ShouldBe("change");
        (await shop.Release(picked)).Text("state").ShouldBe("stopAsked");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05", "P4")]
    public async Task A_buyers_wish_to_cancel_is_granted_while_nothing_has_begun_and_told_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        string id = await shop.Placed(("A", 2));
        var wish = await shop.Post($"/orders/{id}/cancel-requests", new { externalId = "C-1", reason = "Ordered twice" });
        (wish.Text("state"), (await shop.Get("/orders/" + id)).Text("state")).ShouldBe(("accepted", "cancelled"));
        (await shop.Post($"/orders/{id}/cancel-requests", new { externalId = "C-1" })).GetRawText().ShouldBe(wish.GetRawText());
        (await shop.Timeline(id)).ShouldBe(["OrderPlaced", "CancelRequested", "OrderCancelled", "CancelRequestAccepted"]);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_buyers_wish_waits_for_a_person_once_work_has_begun_or_the_channel_says_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/web", new { name = "Web", acceptsCancels = false });
        await shop.Product("A", 5);
        string id = await shop.Placed(("A", 2));
        (await shop.Post($"/orders/{id}/cancel-requests", new { externalId = "C-1" })).Text("state").ShouldBe("open");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/cancel-requests/9/answer", new { answer = "accept" }, 404, "orders.cancel_request_not_found");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/cancel-requests/1/answer", new { answer = "maybe" }, 400, "request.invalid");
        (await shop.Post($"/orders/{id}/cancel-requests/1/answer", new { answer = "decline", reason = "Made to order" })).Text("state").ShouldBe("declined");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/cancel-requests/1/answer", new { answer = "accept" }, 409, "orders.cancel_request_answered");
        (await shop.Post($"/orders/{id}/cancel-requests", new { externalId = "C-2" })).Long("request").ShouldBe(2);
        (await shop.Post($"/orders/{id}/cancel-requests/2/answer", new { answer = "accept" })).Text("state").ShouldBe("accepted");
        (await shop.Get("/orders/" + id)).Text("state").ShouldBe("cancelled");
        (await shop.Get($"/orders/{id}/cancel-requests")).GetProperty("data").GetArrayLength().ShouldBe(2);
    }

    private static Task Pick(Shop shop, string release) => shop.Run(release, "start-picking", "pick");
}
