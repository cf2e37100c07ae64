using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>Edits that need goods back from a node: kept, made when the goods are back, or said to be impossible.</summary>
public sealed class AskedEditTests
{
    [Theory, BothDatabases, Capability("OV-05", "P8")]
    public async Task Edits_wait_for_the_put_back_and_are_made_by_themselves_in_their_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 9);
        await shop.Product("B", 9);
        var (id, release) = await shop.Released(("A", 3));
        await shop.Run(release, "start-picking", "pick", "pack");
        var asked = await Ask(shop, id, new { shippingAddress = EditShop.Address("SW1A 1AA"), lines = new[] { new { line = 1, quantity = 1 } }, add = new[] { new { sku = "B", quantity = 2, unitPriceMinor = 250 } } });
        asked.Long("totalMinor").ShouldBe(3000, "nothing has changed yet");
        Holds(asked).ShouldBe(["change"]);
        Holds(await Ask(shop, id, new { shippingAddress = EditShop.Address("M1 1AE"), method = "express" })).ShouldBe(["change"]);

        await shop.Do(release, "put-back", new { lines = new[] { new { line = 1, quantity = 1 } } });
        Holds(await shop.Get("/orders/" + id)).ShouldBe(["change"], "two are still in the packer's hands");
        await shop.Do(release, "put-back");
        await shop.Until(async () => Holds(await shop.Get("/orders/" + id)).Length == 0);
        var order = await shop.Get("/orders/" + id);
        (order.Text("state"), order.Text("method"), order.GetProperty("shippingAddress").Text("postcode"), order.Long("totalMinor")).ShouldBe(("confirmed", "express", "M1 1AE", 1500));
        (order.Line(1).Long("allocated"), order.Line(1).Long("cancelled"), order.Line(2).Long("allocated")).ShouldBe((1, 2, 2));
        (await shop.Timeline(id)).Count(e => e is "OrderEdited").ShouldBe(2);
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from order_edits where state = 'made' and wish is null /* house */"))).ShouldBe(2, "an address is not kept");
        (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments").GetArrayLength().ShouldBe(1);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task What_could_not_be_made_even_then_is_refused_at_once_and_no_node_stops_for_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 3);
        var (id, release) = await shop.Released(("A", 3));
        await shop.Run(release, "start-picking", "pick");
        object off = new { line = 1, quantity = 1 };
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { off }, add = new[] { new { sku = "NOPE", quantity = 1, unitPriceMinor = 1 } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { lines = new[] { off }, add = new[] { new { sku = "A", quantity = 9, unitPriceMinor = 1 } } }, 409, "orders.short");
        using var clerk = await shop.Key("orders:read", "orders:write", "orders:change");
        (await clerk.Send($"/orders/{id}/edit", new { lines = new[] { off }, discountMinor = 10 })).Json.Text("code").ShouldBe("orders.price_right");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/edit", new { version = 1, lines = new[] { off } }, 412, "orders.version_changed");
        (await shop.Release(release)).Text("state").ShouldBe("picked");
        Holds(await shop.Get("/orders/" + id)).ShouldBeEmpty();
        // What takes off one unit more than it adds needs no other stock than its own.
        Holds(await Ask(shop, id, new { lines = new[] { off }, add = new[] { new { sku = "A", quantity = 2, unitPriceMinor = 900 } } })).ShouldBe(["change"]);
        await shop.Do(release, "put-back");
        await shop.Until(async () => Holds(await shop.Get("/orders/" + id)).Length == 0);
        (await shop.Get("/orders/" + id)).Line(2).Long("allocated").ShouldBe(2);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("OV-05", "P8")]
    public async Task An_edit_whose_stock_was_taken_meanwhile_holds_the_order_and_one_whose_goods_have_left_is_a_trouble(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("THEIRS", "3pl");
        await shop.Product("A", 3);
        await shop.Product("B", 2);
        await shop.Product("T", 5, "THEIRS");
        var (id, release) = await shop.Released(("A", 2));
        await shop.Run(release, "start-picking", "pick");
        await Ask(shop, id, new { lines = new[] { new { line = 1, quantity = 1 } }, add = new[] { new { sku = "B", quantity = 2, unitPriceMinor = 100 } } });
        await shop.Placed(("B", 1));
        await shop.Do(release, "put-back");
        await shop.Until(async () => Holds(await shop.Get("/orders/" + id)) is ["change_failed"]);
        var order = await shop.Get("/orders/" + id);
        (order.Line(1).Long("allocated"), order.Long("totalMinor")).ShouldBe((2, 2000));
        (await shop.Get("/attention?kind=change_failed")).GetProperty("data")[0].Text("order").ShouldBe(id);
        (await shop.Timeline(id)).ShouldContain("OrderEditFailed");
        Holds((await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 1 } } })).GetProperty("order")).ShouldBeEmpty();

        var (gone, theirs) = await shop.Released(("T", 2));
        await Ask(shop, gone, new { shippingAddress = EditShop.Address("SW1A 1AA") });
        await shop.Do(theirs, "stop-answer", new { accepted = false, tracking = "T1" });
        await shop.Until(async () => (await shop.Troubles("edit_failed")).Count == 1);
        var sent = await shop.Get("/orders/" + gone);
        (Holds(sent).Length, sent.Line(1).Long("shipped"), sent.GetProperty("shippingAddress").Text("postcode")).ShouldBe((0, 2, "M1 1AE"));

        // An order that is cancelled meanwhile takes its edit with it.
        var (ended, third) = await shop.Released(("A", 1));
        await shop.Run(third, "start-picking", "pick");
        await Ask(shop, ended, new { method = "express" });
        await shop.Send(HttpMethod.Post, $"/orders/{ended}/cancel", new { reason = "No more" });
        await shop.Do(third, "put-back");
        await shop.Until(async () => await shop.Db.ReadAll(work => work.Scalar("select count(*) from order_edits where state = 'dropped' /* house */")) == 1);
        (await shop.Get("/orders/" + ended)).Text("state").ShouldBe("cancelled");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_preview_says_what_the_edit_would_do_to_work_and_stops_none(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 20);
        object less = new { lines = new[] { new { line = 1, quantity = 1 } } };
        foreach (string[] steps in new[] { Array.Empty<string>(), ["start-picking"] })
        {
            var (id, release) = await shop.Released(("A", 4));
            await shop.Run(release, steps);
            var preview = await Previewed(shop, id, release, less);
            preview.Text("object").ShouldBe("orderEditPreview");
            var edited = await shop.Edit(id, less);
            preview.GetProperty("difference").GetRawText().ShouldBe(edited.GetProperty("difference").GetRawText());
            (edited.GetProperty("difference").Long("changeMinor"), edited.GetProperty("order").Line(1).Long("cancelled")).ShouldBe((-3000, 3));
        }

        var (begun, picked) = await shop.Released(("A", 4));
        await shop.Run(picked, "start-picking", "pick");
        var asked = await Previewed(shop, begun, picked, less);
        (asked.Text("object"), asked.GetProperty("order").ValueKind, asked.GetProperty("difference").Long("totalMinor")).ShouldBe(("orderEditAsked", JsonValueKind.Null, 1000));
        object tooMuch = new { lines = new[] { new { line = 1, quantity = 1 } }, add = new[] { new { sku = "A", quantity = 90, unitPriceMinor = 1 } } };
        await shop.Refused(HttpMethod.Post, $"/orders/{begun}/edit/preview", tooMuch, 409, "orders.short");
        await Ask(shop, begun, less);
        await shop.BooksAreRight();
    }

    /// <summary>Previews, and sees to it that neither the order nor its work has changed.</summary>
    private static async Task<JsonElement> Previewed(Shop shop, string id, string release, object wish)
    {
        var (order, work) = (await shop.Get("/orders/" + id), await shop.Release(release));
        var preview = await shop.Post($"/orders/{id}/edit/preview", wish);
        (await shop.Get("/orders/" + id)).GetRawText().ShouldBe(order.GetRawText());
        (await shop.Release(release)).GetRawText().ShouldBe(work.GetRawText());
        return preview;
    }

    private static async Task<JsonElement> Ask(Shop shop, string id, object wish)
    {
        var asked = await Shop.Read(await shop.Send(HttpMethod.Post, $"/orders/{id}/edit", wish), 202);
        asked.Text("object").ShouldBe("orderEditAsked");
        return asked.GetProperty("order");
    }

    private static string[] Holds(JsonElement order) =>
        [.. order.GetProperty("holds").EnumerateArray().Where(h => h.Text("state") == "open").Select(h => h.Text("kind")!)];
}
