using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Till;

/// <summary>What the store does not have is sold at its till all the same, and sent home from wherever it lies.</summary>
public sealed class EndlessAisleTests
{
    [Theory, BothDatabases, Capability("CH-12", "CH-09")]
    public async Task A_store_sells_what_it_has_not_the_warehouse_sends_it_home_and_the_drawer_has_the_money(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/pos", new { name = "Tills", onShort = "refuse" });
        await shop.Node("LONDON", "store");
        await shop.Product("B", 5, priceMinor: 1000);
        await shop.Post("/products", new { sku = "BAG", name = "Bag", kind = "charge", prices = new[] { new { currency = "GBP", priceMinor = 10 } } });
        await shop.Post("/till/shifts", new { id = "s1", node = "LONDON", register = "1", channel = "pos", currency = "GBP", floatMinor = 10_000, taxRates = Array.Empty<object>() });

        // Two tellings at once are one order, one payment, one receipt.
        object told = Sale("r1", 2, 2000);
        var sales = await Task.WhenAll(shop.Post("/till/sales", told), shop.Post("/till/sales", told));
        sales[1].ToString().ShouldBe(sales[0].ToString());
        sales[0].GetProperty("isSentHome").GetBoolean().ShouldBeTrue();
        string id = sales[0].Text("order")!;
        var order = await shop.Get("/orders/" + id);
        (order.Text("channel"), order.Text("soldAt"), order.Text("method"), order.Text("state"), order.Text("paymentStatus"), order.Long("capturedMinor")).ShouldBe(("pos", "LONDON", "standard", "confirmed", "paid", 2000));
        order.GetProperty("shippingAddress").Text("postcode").ShouldBe("LS1 1AA");
        order.Items("lines")[0].Items("allocations").Select(a => (a.Text("node"), a.Long("quantity"))).ShouldBe([("MAIN", 2)]);
        (await shop.Get("/orders?query=soldAt:LONDON")).Items("data").Single().Text("id").ShouldBe(id);
        (await shop.Get("/orders?query=soldAt:MAIN")).Items("data").ShouldBeEmpty();
        (await shop.Get("/till/shifts/s1/report")).Long("expectedCashMinor").ShouldBe(12_000);

        // Who asks before he takes the money is told that there are not so many.
        await shop.Refused(HttpMethod.Post, "/till/sales", Sale("r2", 9, 9000), 409, "orders.short");
        (await shop.Refused(HttpMethod.Post, "/till/sales", new { id = "r3", shift = "s1", method = "standard", lines = new[] { new { sku = "B", quantity = 1 } }, tenders = Array.Empty<object>() }, 400, "request.invalid"))
            .Pointers().ShouldBe(["/shipTo"]);
        (await shop.Refused(HttpMethod.Post, "/till/sales", new { id = "r3", shift = "s1", shipTo = new { line1 = " " }, lines = new[] { new { sku = "B", quantity = 1 } }, tenders = Array.Empty<object>() }, 400, "request.invalid"))
            .Pointers().ShouldContain("/shipTo/country");

        // Voided it is cancelled, its goods are free again and its money is given back.
        var voided = await shop.Post("/till/receipts/r1/void", new { id = "v1", reason = "Changed his mind" });
        (voided.Text("kind"), voided.Long("totalMinor"), voided.Long("owedMinor")).ShouldBe(("void", -2000, 0));
        (await shop.Post("/till/receipts/r1/void", new { id = "v1", reason = "Changed his mind" })).ToString().ShouldBe(voided.ToString());
        var ended = await shop.Get("/orders/" + id);
        (ended.Text("state"), ended.Long("refundedMinor")).ShouldBe(("cancelled", 2000));
        ((await shop.Balance("B")).Long("available"), (await shop.Get("/till/shifts/s1/report")).Long("expectedCashMinor")).ShouldBe((5, 10_000));

        // What has left is no longer voided.
        var sent = await shop.Post("/till/sales", Sale("r4", 1, 1000));
        await shop.Post($"/orders/{sent.Text("order")}/facts", new { kind = "shipped", node = "MAIN" });
        await shop.Refused(HttpMethod.Post, "/till/receipts/r4/void", new { id = "v4", reason = "Too late" }, 409, "till.not_the_last");

        // A bag alone is a whole sale too.
        var bag = await shop.Post("/till/sales", new { id = "r5", shift = "s1", lines = new[] { new { sku = "BAG", quantity = 1 } }, tenders = new[] { new { tender = "cash", amountMinor = 10 } } });
        (await shop.Get("/orders/" + bag.Text("order"))).Text("state").ShouldBe("closed");
        await shop.BooksAreRight();
        await shop.LedgerShouldAddUp();
    }

    private static object Sale(string id, long quantity, long minor) => new
    {
        id,
        shift = "s1",
        method = "standard",
        shipTo = new { name = "Ada Byron", line1 = "1 Mill Lane", city = "Leeds", postcode = "LS1 1AA", country = "GB" },
        lines = new[] { new { sku = "B", quantity } },
        tenders = new[] { new { tender = "cash", amountMinor = minor } },
    };
}
