using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Till;

/// <summary>A till sells, takes back and counts its drawer: each thing once, however often it is told, whatever the books say is on the shelf.</summary>
public sealed class TillTests
{
    [Theory, BothDatabases, Capability("CH-09", "IG-14", "PY-07")]
    public async Task A_day_at_a_till_adds_up_in_goods_money_and_report(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        var opened = await shop.Post("/till/shifts", Shift("s1"));
        (await shop.Post("/till/shifts", Shift("s1"))).ToString().ShouldBe(opened.ToString());
        await shop.Refused(HttpMethod.Post, "/till/shifts", Shift("s2"), 409, "till.shift_is_open");
        await shop.Refused(HttpMethod.Post, "/till/shifts", Shift("s1", floatMinor: 1), 409, "till.id_taken");

        // Cash and card; told twice it is one sale.
        var sale = await shop.Post("/till/sales", Sale("r1", "s1", [("A", 2)], Cash(500, 1000), Card(1500)));
        (sale.Text("kind"), sale.Long("no"), sale.Long("totalMinor"), sale.Long("taxMinor"), sale.Long("changeMinor")).ShouldBe(("sale", 1, 2000, 333, 500));
        (await shop.Post("/till/sales", Sale("r1", "s1", [("A", 2)], Cash(500, 1000), Card(1500)))).ToString().ShouldBe(sale.ToString());
        await shop.Refused(HttpMethod.Post, "/till/sales", Sale("r1", "s1", [("A", 3)], Card(3000)), 409, "till.id_taken");
        var order = await shop.Get("/orders/" + sale.Text("order"));
        (order.Text("state"), order.Text("paymentStatus"), order.Text("channel"), order.GetProperty("lines")[0].Long("delivered"), order.Long("taxMinor")).ShouldBe(("closed", "paid", "pos", 2, 333));
        (await shop.Balance("A")).Long("onHand").ShouldBe(8);

        // Tenders add up, prices have a reason.
        (await shop.Refused(HttpMethod.Post, "/till/sales", Sale("r2", "s1", [("A", 1)], Card(999)), 422, "till.tenders_differ")).Pointers().ShouldBe(["/tenders"]);
        object cheaper = new { id = "r2", shift = "s1", lines = new[] { new { sku = "A", quantity = 1, unitPriceMinor = 800 } }, tenders = new[] { Card(800) } };
        (await shop.Refused(HttpMethod.Post, "/till/sales", cheaper, 400, "request.invalid")).Pointers().ShouldBe(["/lines/0/reason"]);
        var cheap = await shop.Post("/till/sales", new { id = "r2", shift = "s1", lines = new[] { new { sku = "A", quantity = 1, unitPriceMinor = 800, reason = "Scratched" } }, tenders = new[] { Card(800) } });
        cheap.Text("reason").ShouldBe("Scratched");

        // The last sale is voided, an older one is not.
        await shop.Refused(HttpMethod.Post, "/till/receipts/r1/void", new { id = "v0", reason = "Wrong goods" }, 409, "till.not_the_last");
        var voided = await shop.Post("/till/receipts/r2/void", new { id = "v1", reason = "Wrong goods" });
        (voided.Text("kind"), voided.Long("totalMinor")).ShouldBe(("void", -800));
        (await shop.Post("/till/receipts/r2/void", new { id = "v1", reason = "Wrong goods" })).ToString().ShouldBe(voided.ToString());
        (await shop.Balance("A")).Long("onHand").ShouldBe(8);

        // One of two comes back, money the way it came; never more than was sold.
        object back = new { id = "b1", shift = "s1", receipt = "r1", lines = new[] { new { line = 1, quantity = 1, isDamaged = true } }, reason = "Broken" };
        var returned = await shop.Post("/till/returns", back);
        (returned.Long("totalMinor"), returned.Long("taxMinor"), returned.Long("owedMinor"), returned.GetProperty("tenders")[0].Text("tender")).ShouldBe((-1000, -166, 0, "card_terminal"));
        (await shop.Post("/till/returns", back)).ToString().ShouldBe(returned.ToString());
        var stock = await shop.Balance("A");
        (stock.Long("onHand"), stock.Long("unavailable")).ShouldBe((9, 1));
        await shop.Refused(HttpMethod.Post, "/till/returns", new { id = "b2", shift = "s1", receipt = "r1", lines = new[] { new { line = 1, quantity = 2 } }, reason = "More" }, 409, "orders.not_that_many_back");
        (await shop.Get("/orders/" + sale.Text("order"))).GetProperty("lines")[0].Long("returned").ShouldBe(1);

        // The drawer.
        await shop.Post("/till/shifts/s1/cash", new { id = "c1", kind = "cashOut", amountMinor = 2000, reason = "To the bank" });
        await shop.Post("/till/shifts/s1/cash", new { id = "c1", kind = "cashOut", amountMinor = 2000, reason = "To the bank" });
        var x = await shop.Get("/till/shifts/s1/report");
        (x.Text("kind"), x.Long("totalMinor"), x.Long("expectedCashMinor")).ShouldBe(("x", 1000, 10_000 + 500 - 2000));
        var z = await shop.Post("/till/shifts/s1/close", new { countedCashMinor = 8400 });
        (z.Text("kind"), z.Long("number"), z.Long("differenceMinor"), z.Long("taxMinor")).ShouldBe(("z", 1, -100, 333 - 166));
        (await shop.Post("/till/shifts/s1/close", new { countedCashMinor = 8400 })).ToString().ShouldBe(z.ToString());
        (await shop.Get("/till/shifts/s1/report")).ToString().ShouldBe(z.ToString());
        await shop.Refused(HttpMethod.Post, "/till/shifts/s1/close", new { countedCashMinor = 8500 }, 409, "till.shift_is_closed");

        // By tender the report says what the orders' own books of money say.
        foreach (var tender in z.Items("tenders"))
            tender.Long("netMinor").ShouldBe(await shop.Db.ReadAll(work => work.Scalar(
                "select coalesce(sum(case when p.type = 'refund' then -p.amount_minor else p.amount_minor end), 0) from payments p where p.tender = @tender and p.state = 'succeeded'", ("tender", tender.Text("tender")))));
        z.Long("totalMinor").ShouldBe(z.Items("tenders").Sum(t => t.Long("netMinor")));
        await shop.BooksAreRight();
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("CH-09", "P1")]
    public async Task A_till_back_from_hours_offline_tells_its_sales_twice_and_a_promised_unit_that_it_sold_is_planned_anew(DatabaseKind kind)
    {
        await using var shop = await Open(kind, fakeClock: true);
        await shop.Post("/nodes", new { code = "NORTH", name = "North", kind = "warehouse", country = "GB" });
        await shop.Stock("A", 10);
        await shop.Product("B", 3);
        await shop.Post("/till/shifts", Shift("s1"));
        string promised = (await shop.Post("/orders", Given.Order(("B", 2)))).Text("id")!;
        await shop.Stock("B", 2, "NORTH");
        var at = shop.Clock!.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromHours(3));
        await shop.Post("/till/shifts/s1/close", new { countedCashMinor = 10_000 });
        object told = Sale("r1", "s1", [("B", 2)], Card(2000), at);
        await shop.Refused(HttpMethod.Post, "/till/sales", told, 409, "till.no_open_shift");
        await shop.Post("/till/shifts", Shift("s2"));
        foreach (int _ in new[] { 1, 2 })
            for (int n = 1; n <= 12; n++)
            {
                var sale = await shop.Post("/till/sales", Sale($"r{n}", "s1", n == 1 ? [("B", 2)] : [("A", 1)], Card(n == 1 ? 2000 : 1000), at));
                (sale.Text("shift"), sale.GetProperty("isLate").GetBoolean(), sale.GetProperty("at").GetDateTimeOffset()).ShouldBe(("s2", true, at));
                if (n > 1) continue;
                // By the time the till has its answer the unit that it took from under the web order is promised from elsewhere, and what can be sold says so.
                (await shop.Line(promised)).Items("allocations").Select(a => (a.TextOf("node"), a.Long("quantity"))).ShouldBe([("MAIN", 1), ("NORTH", 1)]);
                (await shop.Balance("B")).Long("available").ShouldBe(1);
            }
        (await shop.Get("/till/shifts/s2/report")).GetProperty("sales").Long("count").ShouldBe(12);
        (await shop.Get("/till/shifts/s2/report")).Long("late").ShouldBe(12);
        ((await shop.Balance("A")).Long("onHand"), (await shop.Balance("B")).Long("onHand")).ShouldBe((9, 3));
        (await shop.Has(promised)).ShouldBe(2, "the unit that was sold over the counter comes from another warehouse");
        // Receipts go on page by page.
        var page = await shop.Get("/till/shifts/s2/receipts?limit=5");
        page.Items("data").Select(r => r.Long("no")).ShouldBe([12, 11, 10, 9, 8]);
        (await shop.Get($"/till/shifts/s2/receipts?limit=5&after={page.Text("next")}")).Items("data").Select(r => r.Long("no")).ShouldBe([7, 6, 5, 4, 3]);
        var shifts = await shop.Get("/till/shifts?limit=1");
        string newest = shifts.Items("data").Single().Text("id")!, older = (await shop.Get($"/till/shifts?limit=1&after={shifts.Text("next")}")).Items("data").Single().Text("id")!;
        new[] { newest, older }.Order().ShouldBe(["s1", "s2"]);
        (await shop.Get("/exceptions")).Items("data").Select(t => t.TextOf("kind")).ShouldContain("sold_while_allocated");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("CH-09", "P1")]
    public async Task Two_tills_and_the_web_at_once_on_the_last_unit_and_the_same_sale_many_times_at_once(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Product("L", 1);
        await shop.Post("/till/shifts", Shift("s1"));
        await shop.Post("/till/shifts", Shift("s2", register: "2"));
        await Task.WhenAll(
            shop.Post("/till/sales", Sale("one", "s1", [("L", 1)], Card(1000))), shop.Post("/till/sales", Sale("one", "s1", [("L", 1)], Card(1000))),
            shop.Post("/till/sales", Sale("two", "s2", [("L", 1)], Card(1000))), shop.Post("/till/sales", Sale("two", "s2", [("L", 1)], Card(1000))),
            shop.Send(HttpMethod.Post, "/orders", Given.Order(("L", 1))));
        // Both tills have sold: goods that were carried away were there, whatever the books say.
        (await shop.Balance("L")).Long("onHand").ShouldBe(-1);
        foreach (string shift in new[] { "s1", "s2" })
        {
            var report = await shop.Get($"/till/shifts/{shift}/report");
            (report.GetProperty("sales").Long("count"), report.Long("totalMinor")).ShouldBe((1, 1000));
        }
        (await shop.Get("/orders?query=channel:pos")).Items("data").Count.ShouldBe(2);
        // The books say that they lack it, until somebody counts the shelf.
        await shop.Drained();
        (await shop.Get("/exceptions")).Items("data").Select(t => t.TextOf("kind")).ShouldContain("stock_deficit");
        await shop.BooksAreRight();
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("CH-09")]
    public async Task Goods_of_an_order_that_a_channel_was_paid_for_come_back_and_the_money_is_owed_there(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Post("/till/shifts", Shift("s1"));
        string id = (await shop.Post("/orders", Given.Order(("A", 2)))).Text("id")!;
        await shop.Post($"/orders/{id}/payments", new { type = "external", tender = "external", amountMinor = 2000 });
        await shop.Post($"/orders/{id}/facts", new { kind = "delivered", node = "MAIN" });
        var back = await shop.Post("/till/returns", new { id = "b1", shift = "s1", order = id, lines = new[] { new { line = 1, quantity = 1 } }, reason = "Too small" });
        (back.Long("totalMinor"), back.Long("owedMinor"), back.Items("tenders").Count).ShouldBe((0, 1000, 0));
        (await shop.Get("/exceptions")).Items("data").Select(t => t.TextOf("kind")).ShouldContain("refund_owed");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("CH-09", "PY-07")]
    public async Task Goods_that_come_back_one_by_one_give_back_to_the_penny_what_was_paid_for_them(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Post("/till/shifts", Shift("s1"));
        await shop.Post("/till/shifts", Shift("s2", register: "2"));
        // Three at 3.34 less 0.02 are 10.00, of which 1.67 are tax.
        object told = new
        {
            id = "r1", shift = "s1", discountMinor = 2, discountReason = "Round", tenders = new[] { Cash(400, 400), Card(600) }, lines = new[] { new { sku = "A", quantity = 3, unitPriceMinor = 334, reason = "As marked" } },
        };
        (await shop.Post("/till/sales", told)).Long("taxMinor").ShouldBe(167);
        var given = new List<(string? Tender, long Minor)>();
        var taxes = new List<long>();
        for (int n = 1; n <= 3; n++)
        {
            var back = await shop.Post("/till/returns", new { id = $"b{n}", shift = n == 2 ? "s2" : "s1", receipt = "r1", lines = new[] { new { line = 1, quantity = 1 } }, reason = "Too small" });
            given.AddRange(back.Items("tenders").Select(t => (t.Text("tender"), t.Long("amountMinor"))));
            taxes.Add(back.Long("taxMinor"));
            // Once part of it is back, at whatever register, the sale is no longer voided.
            if (n == 1) await shop.Refused(HttpMethod.Post, "/till/receipts/r1/void", new { id = "v1", reason = "Wrong" }, 409, "till.not_the_last");
        }
        given.ShouldBe([("card_terminal", -333), ("card_terminal", -267), ("cash", -66), ("cash", -334)]);
        (taxes.Sum(), (await shop.Balance("A")).Long("onHand")).ShouldBe((-167, 10));
        await shop.Refused(HttpMethod.Post, "/till/returns", new { id = "b4", shift = "s1", receipt = "r1", lines = new[] { new { line = 1, quantity = 1 } }, reason = "More" }, 409, "orders.not_that_many_back");

        // The last sale of a shift of which part came back at another register.
        await shop.Post("/till/sales", Sale("r2", "s1", [("A", 2)], Card(2000)));
        await shop.Post("/till/returns", new { id = "b5", shift = "s2", receipt = "r2", lines = new[] { new { line = 1, quantity = 1 } }, reason = "Too small" });
        await shop.Refused(HttpMethod.Post, "/till/receipts/r2/void", new { id = "v2", reason = "Wrong" }, 409, "till.not_the_last");

        // A shift of another currency takes nothing of this one; and what a till tells with its time has happened, at whatever price and by whatever clock.
        await shop.Post("/till/shifts/s2/close", new { countedCashMinor = 10_000 });
        await shop.Post("/till/shifts", new { id = "e1", node = "MAIN", register = "2", channel = "pos", currency = "EUR", floatMinor = 0 });
        await shop.Refused(HttpMethod.Post, "/till/sales", Sale("r4", "s2", [("A", 1)], Card(1000)), 409, "till.no_open_shift");
        object old = new { id = "r5", shift = "s1", at = "2099-01-01T09:00:00Z", lines = new[] { new { sku = "A", quantity = 1, unitPriceMinor = 900 } }, tenders = new[] { Card(900) }, reservation = "rsv_none" };
        (await shop.Post("/till/sales", old)).Long("totalMinor").ShouldBe(900);

        // A try that came as far as the order, and then another sale under its id.
        await shop.Post("/orders", new { channel = "pos", externalId = "till:r3", currency = "GBP", lines = new[] { new { sku = "A", quantity = 1, unitPriceMinor = 1000 } } });
        await shop.Refused(HttpMethod.Post, "/till/sales", Sale("r3", "s1", [("A", 2)], Card(2000)), 409, "orders.external_id_taken");
        await shop.BooksAreRight();
        await shop.LedgerShouldAddUp();
    }

    private static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        await shop.Put("/channels/pos", new { name = "Tills", onShort = "refuse" });
        await shop.Product("A", 10, priceMinor: 1000);
        return shop;
    }

    private static object Shift(string id, string register = "1", long floatMinor = 10_000) => new { id, node = "MAIN", register, channel = "pos", currency = "GBP", floatMinor, taxRates = new[] { new { taxClass = "standard", rate = 0.2m } } };
    private static object Cash(long amountMinor, long givenMinor) => new { tender = "cash", amountMinor, givenMinor };
    private static object Card(long amountMinor) => new { tender = "card_terminal", amountMinor };

    private static object Sale(string id, string shift, (string Sku, long Units)[] lines, params object[] tenders) => Told(id, shift, lines, tenders, null);
    private static object Sale(string id, string shift, (string Sku, long Units)[] lines, object tender, DateTimeOffset at) => Told(id, shift, lines, [tender], at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", System.Globalization.CultureInfo.InvariantCulture));
    // At £10.00 each: what is told late says its prices.
    private static object Told(string id, string shift, (string Sku, long Units)[] lines, object[] tenders, string? at) =>
        new { id, shift, lines = lines.Select(l => new { sku = l.Sku, quantity = l.Units, unitPriceMinor = 1000, reason = "As marked" }), tenders, at };
}
