using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>An edit tries the rules again that it could touch, in its own transaction.</summary>
[Capability("OV-01", "OV-03")]
public sealed class EditRulesTests
{
    [Theory, BothDatabases]
    public async Task Somebody_blocked_who_comes_in_by_an_edit_holds_the_order_and_is_not_let_go_by_another(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        await shop.Put("/hold-rules/blacklist", new { kind = "blacklist", position = 700 });
        await shop.Post("/blocked-people", new { email = "bad@example.test", reason = "Three chargebacks" });
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        var preview = await shop.Post($"/orders/{id}/edit/preview", new { customer = new { email = "bad@example.test" } });
        preview.Text("object").ShouldBe("orderEditPreview");
        (await shop.Order(id)).GetProperty("isHeld").GetBoolean().ShouldBeFalse("a preview leaves no trace");

        var edited = (await shop.Post($"/orders/{id}/edit", new { customer = new { email = "bad@example.test" } })).GetProperty("order");
        HoldsAtIntakeTests.Hold(edited).ShouldBe(("blacklist", "Blocked: Three chargebacks", 0));
        await shop.Post($"/orders/{id}/edit", new { customer = new { email = "good@example.test" } });
        Open(await shop.Order(id)).ShouldBe(["blacklist"], "a person looks at it");
        await shop.Post($"/orders/{id}/release-hold", new { kind = "blacklist", reason = "It is his brother" });
        await shop.Post($"/orders/{id}/edit", new { customer = new { email = "bad@example.test" } });
        Open(await shop.Order(id)).ShouldBeEmpty("it was looked at");
        await shop.Post($"/orders/{id}/edit", new { metadata = new Dictionary<string, string> { ["note"] = "x" } });
        Open(await shop.Order(id)).ShouldBeEmpty();
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task An_order_on_account_that_grows_beyond_the_credit_is_held_until_it_fits_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        await shop.Put("/hold-rules/credit", new { kind = "credit", position = 900 });
        string firm = (await shop.Post("/customers", new { name = "Firm", kind = "company", email = "firm@example.test", credit = new { currency = "GBP", limitMinor = 5000, termsDays = 30 } })).Text("id")!;
        var body = Given.Order(("A", 3));
        (body["customer"], body["payment"]) = (new { id = firm }, new { status = "terms" });
        var order = await shop.Post("/orders", body);
        string id = order.Text("id")!;
        Open(order).ShouldBeEmpty();
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 5 } } });
        Open(await shop.Order(id)).ShouldBeEmpty("what it owed before counts once");
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 6 } } });
        Open(await shop.Order(id)).ShouldBe(["credit"]);
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 4 } } });
        Open(await shop.Order(id)).ShouldBeEmpty();
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 9 } } });
        Open(await shop.Order(id)).ShouldBe(["credit"], "more than before is looked at again");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task An_edit_makes_and_unmakes_a_repeat_and_later_orders_know_the_edited_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        int buyer = Given.NextBuyer();
        var first = await shop.Post("/orders", Given.Order(buyer, ("A", 1)));
        var other = await shop.Post("/orders", Given.Order(buyer, ("A", 2)));
        Open(other).ShouldBeEmpty();
        string id = other.Text("id")!;
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 1 } } });
        var held = await shop.Order(id);
        HoldsAtIntakeTests.Hold(held).ShouldBe(("duplicate", $"Perhaps ordered twice: order {first.Text("number")} has the same basket and the same email.", 0));
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 7 } } });
        Open(await shop.Order(id)).ShouldBeEmpty("it repeats none any more");
        var third = await shop.Post("/orders", Given.Order(buyer, ("A", 7)));
        Open(third).ShouldBe(["duplicate"], "as it is now, not as it was placed");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Goods_that_come_in_by_an_edit_meet_the_rules_about_goods(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "KNIFE", name = "Knife", kind = "goods", handlingFlags = new[] { "age_check" }, prices = new[] { new { currency = "GBP", priceMinor = 900 } } });
        await shop.Stock("KNIFE", 5);
        await shop.Product("A", 5);
        await shop.Put("/hold-rules/proof-of-age", new { kind = "documents", position = 50, when = new { skuFlags = new[] { "age_check" } }, scope = "line", reason = "Proof of age is wanted.", escalateAfterMinutes = 60 });
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        var edited = (await shop.Post($"/orders/{id}/edit", new { add = new[] { new { sku = "KNIFE", quantity = 1 } } })).GetProperty("order");
        HoldsAtIntakeTests.Hold(edited).ShouldBe(("documents", "Proof of age is wanted.", 2));
        await shop.Post($"/orders/{id}/release-hold", new { kind = "documents", reason = "Seen" });
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 2 } } });
        Open(await shop.Order(id)).ShouldBeEmpty("it was seen");
        await shop.ShouldBeSound();
    }

    private static IEnumerable<string?> Open(JsonElement order) => order.GetProperty("holds").EnumerateArray().Where(h => h.Text("state") == "open").Select(h => h.Text("kind"));
}
