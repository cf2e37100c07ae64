using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Orders;

/// <summary>Credit, the dry run of the rules, and who sees what of the queue of attention.</summary>
public sealed class RulesTriedTests
{
    [Theory, BothDatabases, Capability("OV-01", "AX-45")]
    public async Task An_order_on_account_above_the_companys_credit_is_held_and_the_dry_run_says_so_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        await shop.Put("/hold-rules/credit", new { kind = "credit", position = 900 });
        string company = (await shop.Post("/customers", new { kind = "company", name = "Mill", credit = new { currency = "GBP", limitMinor = 5_000 } })).Text("id")!;
        Dictionary<string, object?> Body(long units, string status = "terms")
        {
            var body = Given.Order(("A", units));
            (body["payment"], body["customer"]) = (new { status }, new { id = company });
            return body;
        }
        (await shop.Post("/orders", Body(3))).Text("state").ShouldBe("confirmed");
        (await Outcome(shop, Body(2))).ShouldBe((false, "passes"), "exactly what is left");
        (await Outcome(shop, Body(3))).ShouldBe((true, "holds"));
        (await Outcome(shop, Body(3, "paid"))).ShouldBe((false, "passes"), "who pays owes nothing");
        (await shop.Get("/orders")).GetProperty("data").GetArrayLength().ShouldBe(1, "trying places nothing");

        var held = await shop.Post("/orders", Body(3));
        HoldsAtIntakeTests.Hold(held).ShouldBe(("credit", "The order is more than the customer may still owe.", 0));
        held.Text("state").ShouldBe("placed");
        // Two at once, each of which alone would be within the limit: the second sees the first.
        await shop.Post($"/orders/{held.Text("id")}/cancel", new { reason = "Too much" });
        var two = await Task.WhenAll(shop.Post("/orders", Body(2)), shop.Post("/orders", Body(2)));
        two.Select(o => o.Text("state")).Order().ShouldBe(["confirmed", "placed"]);

        var tried = await shop.Post("/hold-rules/try", new { orderId = two.Single(o => o.Text("state") == "placed").Text("id") });
        tried.GetProperty("verdicts").EnumerateArray().Select(v => v.Text("rule")).ShouldContain("credit");
        await shop.Refused(HttpMethod.Post, "/hold-rules/try", new { }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/hold-rules/try", new { orderId = "ord_00000000000000000000000000000000" }, 404, "orders.not_found");
        var faults = await shop.Refused(HttpMethod.Post, "/hold-rules/try", new { order = Given.Order(("A", -1)) }, 400, "request.invalid");
        faults.GetProperty("errors")[0].Text("pointer").ShouldBe("/order/lines/0/quantity");
    }

    [Theory, BothDatabases, Capability("AU-03", "P20")]
    public async Task Whoever_works_for_one_node_sees_in_the_queue_only_what_has_goods_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Node("NORTH");
        await shop.Product("M", 5);
        await shop.Product("N", 5, "NORTH");
        foreach (string sku in new[] { "M", "N" })
            await shop.Post($"/orders/{await shop.Placed((sku, 1))}/hold", new { reason = "Look at " + sku });
        await shop.Post("/orders", Given.Order(("NOPE", 1)));               // of no node at all
        var key = await shop.Post("/keys", new { name = "North", scopes = new[] { "orders:read" }, nodes = new[] { "NORTH" } });
        using var north = shop.Client(key.Text("secret"));
        var seen = await Shop.Read(await north.GetAsync("/api/v1/attention"), 200);
        seen.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().ToString().ShouldContain("Look at N");
        var counts = await Shop.Read(await north.GetAsync("/api/v1/attention/counts"), 200);
        counts.GetProperty("kinds").EnumerateArray().Select(c => (c.Text("kind"), c.Long("count"))).ShouldBe([("manual", 1)]);
        (await shop.Get("/attention")).GetProperty("data").GetArrayLength().ShouldBe(3);
    }

    private static async Task<(bool, string?)> Outcome(Shop shop, object order)
    {
        var tried = await shop.Post("/hold-rules/try", new { order });
        return (tried.GetProperty("wouldBeHeld").GetBoolean(), tried.GetProperty("verdicts").EnumerateArray().Single(v => v.Text("rule") == "credit").Text("outcome"));
    }
}
