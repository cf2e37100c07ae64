using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>What tills tell, who is in the queue, and the queue under load.</summary>
public sealed class TillSaleTests
{
    private static object Sale(string reference, long units, string sku = "A") => new { node = "MAIN", reference, items = new[] { new { sku, quantity = units } } };

    [Theory, BothDatabases, Capability("P1", "IN-07")]
    public async Task A_promised_unit_that_a_till_sold_is_taken_from_the_youngest_and_planned_anew(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Post("/nodes", new { code = "NORTH", name = "North", kind = "warehouse", country = "GB" });
        await shop.Product("A", 5);
        string first = (await shop.Post("/orders", Given.Order(("A", 2)))).Text("id")!;
        shop.Clock!.Advance(TimeSpan.FromSeconds(1));
        string second = (await shop.Post("/orders", Given.Order(("A", 3)))).Text("id")!;
        await shop.Stock("A", 1, "NORTH");

        var told = await shop.Post("/inventory/sales", Sale("R-1", 2));
        (told.Items("items").Single().Of("onHand"), told.Items("replanned").Single().GetString()).ShouldBe((3, second));
        (await shop.Has(first)).ShouldBe(2);
        var line = await shop.Line(second);
        (line.Long("allocated"), line.Long("unallocated")).ShouldBe((2, 1));
        line.Items("allocations").Select(a => (a.TextOf("node"), a.Of("quantity"))).ShouldBe([("MAIN", 1), ("NORTH", 1)]);
        (await shop.Get("/exceptions")).Items("data").Select(t => t.TextOf("kind")).Order().ShouldBe(["cannot_replan", "sold_while_allocated"]);

        var again = await shop.Post("/inventory/sales", Sale("R-1", 2));
        again.ToString().ShouldBe(told.ToString());
        (await shop.Balance("A")).Long("onHand").ShouldBe(4);
        await shop.Refused(HttpMethod.Post, "/inventory/sales", Sale("R-1", 3), 409, "inventory.sale_reference_taken");
        (await shop.Refused(HttpMethod.Post, "/inventory/sales", Sale("R-2", 1, "NO"), 400, "request.invalid")).Pointers().ShouldBe(["/items/0/sku"]);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("L17", "OF-11")]
    public async Task The_queue_of_a_SKU_is_shown_in_the_order_in_which_it_is_served(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A");
        string[] ids = [await shop.Backordered("A", 2), "", ""];
        for (int i = 1; i < 3; i++)
        {
            shop.Clock!.Advance(TimeSpan.FromSeconds(1));
            ids[i] = await shop.Backordered("A", i);
        }
        var queue = (await shop.Get("/inventory/A/waiting")).Items("data");
        queue.Select(w => (w.Of("position"), w.TextOf("orderId"), w.Of("backordered"), w.Of("ahead"))).ShouldBe([(1, ids[0], 2, 0), (2, ids[1], 1, 2), (3, ids[2], 2, 3)]);
        var page = await shop.Get("/inventory/A/waiting?limit=2");
        var rest = await shop.Get("/inventory/A/waiting?after=" + Uri.EscapeDataString(page.Text("next")!));
        rest.Items("data").Single().Of("position").ShouldBe(3);
        await shop.Refused(HttpMethod.Get, "/inventory/NO/waiting", null, 404, "inventory.unknown_sku");
    }

    [Theory, BothDatabases, Capability("P1", "P2", "L17")]
    public async Task Receipts_orders_cancels_and_two_drainers_at_once_lose_nothing_and_leave_nobody_waiting(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var other = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        await shop.Post("/nodes", new { code = "NORTH", name = "North", kind = "warehouse", country = "GB" });
        string[] skus = ["A", "B"];
        foreach (string sku in skus) await shop.Product(sku);
        var placed = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async worker =>
        {
            var at = worker % 2 == 0 ? shop : other ?? shop;
            var dice = new Random(worker);
            for (int i = 0; i < 20; i++)
            {
                string sku = skus[dice.Next(2)];
                if (worker < 2) await at.Stock(sku, dice.Next(1, 5), dice.Next(2) == 0 ? "MAIN" : "NORTH");
                else if (i % 5 == 4 && placed.TryTake(out string? gone)) await at.Send(HttpMethod.Post, $"/orders/{gone}/cancel", new { reason = "x" });
                else placed.Add(await at.Backordered(sku, dice.Next(1, 4)));
            }
        }));
        await shop.Drained();
        if (other is not null) await other.Drained();
        await shop.Drained();
        foreach (string sku in skus)
        {
            var total = await shop.Balance(sku);
            (total.Long("earmarked"), total.Long("available") >= 0).ShouldBe((0, true));
            var queue = (await shop.Get($"/inventory/{sku}/waiting?limit=200")).Items("data");
            if (queue.Count > 0) total.Long("available").ShouldBe(0, $"somebody waits for {sku} while some is free");
            // Who waited longest was served first: the part served stands before the part that waits.
            queue.Count(w => w.Of("backordered") < 1).ShouldBe(0);
        }
        long wrong = await shop.Db.ReadAll(work => work.Scalar(
            """
            select count(*) from (select s.sku_id from stock s left join (select sku_id, node_id, sum(quantity) as units from allocations group by sku_id, node_id) a
              on a.sku_id = s.sku_id and a.node_id = s.node_id where coalesce(a.units, 0) <> s.allocated) w
            """));
        wrong.ShouldBe(0);
        await shop.LedgerShouldAddUp();
    }
}
