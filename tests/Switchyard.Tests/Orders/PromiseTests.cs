using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>Dates are told with every order, kept with their versions, and watched. The clock stands at Monday, 2 March 2026, 9:00.</summary>
public sealed class PromiseTests
{
    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    private static DateTimeOffset? When(JsonElement json, string name) => json.TryGetProperty(name, out var at) && at.ValueKind == JsonValueKind.String ? at.GetDateTimeOffset() : null;
    private static (DateTimeOffset? ShipBy, DateTimeOffset? DeliverBy) Dates(JsonElement order) => (When(order, "shipBy"), When(order, "deliverBy"));
    private static Task<int> Watch(Shop shop) => shop.Services.GetRequiredService<WatchPromises>().Handle();
    private static async Task<List<JsonElement>> Promises(Shop shop, string id) => [.. (await shop.Get($"/orders/{id}/promises")).Items("data")];

    private static async Task<List<string?>> Kinds(Shop shop, string id) =>
        [.. (await shop.Get($"/events?aggregate={id}")).Items("data").Select(e => e.Text("kind"))];

    /// <summary>NORTH with a cut-off at 16:00, working Monday to Friday to 18:00, and SLOW; lanes of one and of four days.</summary>
    private static async Task<Shop> Open(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/zones/GB", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        var week = new[] { "monday", "tuesday", "wednesday", "thursday", "friday" }.ToDictionary(d => d, _ => new[] { new { from = "08:00", to = "18:00" } });
        await shop.Post("/nodes", new
        {
            code = "NORTH", name = "North", kind = "warehouse", country = "GB", timeZone = "Europe/London", openingHours = week, closedDays = new[] { "2026-03-04" },
            cutOffs = new Dictionary<string, string> { ["*"] = "16:00" }
        });
        await shop.Post("/nodes", new { code = "SLOW", name = "Slow", kind = "warehouse", country = "GB", timeZone = "Europe/London", leadDays = 3 });
        object Lane(string service, int days, long cost) => new { zone = "GB", service, method = "standard", currency = "GBP", baseMinor = cost, perKgMinor = 0, maxWeightGrams = 30_000, transitDays = days };
        await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/NORTH/lanes", new[] { Lane("van", 1, 300) }), 200);
        await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/SLOW/lanes", new[] { Lane("cart", 4, 200) }), 200);
        return shop;
    }

    [Theory, BothDatabases, Capability("AX-15")]
    public async Task Orders_from_before_there_were_promises_are_given_dates_once(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 50, "NORTH");
        var orders = new List<JsonElement>();
        for (int i = 0; i < 3; i++) orders.Add(await shop.Post("/orders", Given.Order(("A", 1))));
        string cancelled = orders[2].Text("id")!;
        var old = await shop.ByHand<PromiseOldOrders>();          // at its start the server does the same
        await shop.Db.WriteAll(async work =>
        {
            await work.Execute("delete from order_promises -- house");
            return await work.Execute("update orders set promise = null, promise_version = 0, ship_by_ms = null, deliver_by_ms = null, risk_at_ms = null -- house");
        });
        await shop.Post($"/orders/{cancelled}/cancel", new { reason = "not wanted" });
        (await Task.WhenAll(old.Handle(), old.Handle())).Sum().ShouldBe(2);
        foreach (var order in orders.Take(2))
        {
            var now = await shop.Get("/orders/" + order.Text("id"));
            Dates(now).ShouldBe(Dates(order));
            (await Kinds(shop, order.Text("id")!)).Count(k => k == "OrderPromiseChanged").ShouldBe(1);
        }
        Dates(await shop.Get("/orders/" + cancelled)).ShouldBe((null, null));
        (await old.Handle()).ShouldBe(0);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("L3", "AX-15", "OV-07")]
    public async Task What_is_offered_is_what_is_promised_and_what_a_read_shows(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Products("A", "B");
        await shop.SetTo("A", 5, "NORTH");
        await shop.SetTo("B", 5, "SLOW");
        foreach (string sku in new[] { "A", "B" })
        {
            var option = (await shop.Post("/availability", new { items = new[] { new { sku, quantity = 1 } }, destination = new { country = "GB", postcode = "M1 1AE" }, channel = "web" }))
                .Items("options").Single();
            var order = await shop.Post("/orders", Given.Order((sku, 1)));
            Dates(order).ShouldBe((When(option, "shipByAt"), When(option, "deliverByAt")), sku);
            Dates(await shop.Get("/orders/" + order.Text("id"))).ShouldBe(Dates(order));
        }
        var both = await shop.Post("/orders", Given.Order(("A", 1), ("B", 1)));
        Dates(both).ShouldBe((At("2026-03-05T23:59:59Z"), At("2026-03-09T23:59:59Z")));                    // of the last parcel
        Dates(both.Items("lines")[0]).ShouldBe((At("2026-03-02T18:00:00Z"), At("2026-03-03T23:59:59Z")));
        Dates(both.Items("lines")[1]).ShouldBe((null, null));                                               // as the order's
        (await shop.Get("/orders/" + both.Text("id"))).GetRawText().ShouldBe(both.GetRawText());
        var told = (await Promises(shop, both.Text("id")!)).Single();
        (told.Of("version"), told.GetProperty("isCurrent").GetBoolean(), told.Text("rule"), told.Text("reason")).ShouldBe((1, true, "dates-2", "The order was placed."));
        told.Items("parts").Select(p => (p.Text("node"), p.Text("service"), p.Of("transitDays"), p.Of("leadDays"), p.Text("cutOff"), p.Items("lines").Single().GetInt32()))
            .ShouldBe([("NORTH", "van", 1, 0, "16:00", 1), ("SLOW", "cart", 4, 3, null, 2)]);
        shop.Clock!.Advance(TimeSpan.FromHours(34));                                                        // Tuesday evening: Wednesday is a holiday
        Dates(await shop.Post("/orders", Given.Order(("A", 1)))).ShouldBe((At("2026-03-05T18:00:00Z"), At("2026-03-06T23:59:59Z")));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-05", "OV-07")]
    public async Task Grace_counts_and_an_edit_tells_other_dates_only_where_they_change(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Put("/channels/web", new { name = "Web", graceMinutes = 480 });
        await shop.Products("A", "B");
        await shop.SetTo("A", 5, "NORTH");
        await shop.SetTo("B", 5, "SLOW");
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        Dates(await shop.Get("/orders/" + id)).ShouldBe((At("2026-03-03T18:00:00Z"), At("2026-03-04T23:59:59Z")));       // 17:00 is after the cut-off
        await shop.Edit(id, new { lines = new[] { new { line = 1, quantity = 2 } } });
        (await Promises(shop, id)).Count.ShouldBe(1);
        var preview = (await shop.Post($"/orders/{id}/edit/preview", new { add = new[] { new { sku = "B", quantity = 1, unitPriceMinor = 100 } } })).GetProperty("difference");
        (When(preview, "shipByBefore"), When(preview, "shipBy")).ShouldBe((At("2026-03-03T18:00:00Z"), At("2026-03-05T23:59:59Z")));
        var edited = await shop.Edit(id, new { add = new[] { new { sku = "B", quantity = 1, unitPriceMinor = 100 } } });
        Dates(edited.GetProperty("order")).ShouldBe((At("2026-03-05T23:59:59Z"), At("2026-03-09T23:59:59Z")));
        await shop.Edit(id, new { lines = new[] { new { line = 2, remove = true } } });
        Dates(await shop.Get("/orders/" + id)).ShouldBe((At("2026-03-03T18:00:00Z"), At("2026-03-04T23:59:59Z")));
        var promises = await Promises(shop, id);
        promises.Select(p => (p.Of("version"), When(p, "shipBy"), p.GetProperty("isCurrent").GetBoolean())).ShouldBe(
            [(3, At("2026-03-03T18:00:00Z"), true), (2, At("2026-03-05T23:59:59Z"), false), (1, At("2026-03-03T18:00:00Z"), false)]);
        (await Kinds(shop, id)).Count(k => k == "OrderPromiseChanged").ShouldBe(2);
        var first = await shop.Get($"/orders/{id}/promises?limit=2");
        (await shop.Get($"/orders/{id}/promises?limit=2&after={first.Text("next")}")).Items("data").Single().Of("version").ShouldBe(1);
        await shop.Refused(HttpMethod.Get, $"/orders/{id}/promises?after=x", null, 400, "request.invalid");
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-07", "OF-11", "AX-10", "L17")]
    public async Task A_delivery_that_is_put_off_tells_those_who_wait_another_day_once(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Products("A");
        object Inbound(string due) => new { reference = "PO-1", sku = "A", node = "NORTH", quantity = 3, dueAt = due };
        await shop.Put("/inventory/inbound", Inbound("2026-03-10T10:00:00Z"));
        string first = await shop.Backordered("A", 2);
        shop.Clock!.Advance(TimeSpan.FromSeconds(1));
        string second = await shop.Backordered("A", 2);
        // Nobody knows where it will come to: the slowest node is reckoned with.
        Dates(await shop.Get("/orders/" + first)).ShouldBe((At("2026-03-13T23:59:59Z"), At("2026-03-17T23:59:59Z")));
        Dates(await shop.Get("/orders/" + second)).ShouldBe((null, null));
        (await Promises(shop, second)).ShouldBeEmpty();
        await shop.Put("/inventory/inbound", Inbound("2026-03-12T10:00:00Z"));
        await shop.Until(async () => When(await shop.Get("/orders/" + first), "shipBy") == At("2026-03-15T23:59:59Z"));
        var promises = await Promises(shop, first);
        promises.Select(p => (p.Of("version"), p.Text("reason"), When(p, "deliverBy"))).ShouldBe(
            [(2, "When the goods come has changed.", At("2026-03-19T23:59:59Z")), (1, "The order was placed.", At("2026-03-17T23:59:59Z"))]);
        await shop.Put("/inventory/inbound", new { reference = "PO-2", sku = "A", node = "NORTH", quantity = 1, dueAt = "2026-03-20T10:00:00Z" });
        await shop.Until(async () => When(await shop.Get("/orders/" + second), "shipBy") is not null);
        await shop.SetTo("A", 3, "NORTH");
        await shop.Drained();
        Dates(await shop.Get("/orders/" + first)).ShouldBe((At("2026-03-02T18:00:00Z"), At("2026-03-03T23:59:59Z")));      // here already: sooner
        (await Kinds(shop, first)).Count(k => k == "OrderPromiseChanged").ShouldBe(2);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-07", "P8")]
    public async Task Goods_that_are_lost_are_a_fact_and_a_choice_never_makes_a_promise_worse(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 2, "NORTH");
        string lost = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!, moved = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        await shop.SetTo("A", 5, "SLOW");
        string release = (await shop.Post($"/orders/{moved}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Do(release, "move", new { node = "SLOW", reason = "NORTH is busy" });
        var kept = await shop.Get("/orders/" + moved);
        (Dates(kept), When(kept, "atRiskSince") is not null).ShouldBe(((At("2026-03-02T18:00:00Z"), At("2026-03-03T23:59:59Z")), true));
        var only = (await Promises(shop, moved)).Single();
        When(only.Items("parts").Single(), "shipBy").ShouldBe(At("2026-03-05T23:59:59Z"));        // what is planned is shown
        (await shop.Get("/exceptions")).Items("data").Where(e => e.Text("order") == moved).Select(e => e.Text("kind")).ShouldBe(["promise_broken"]);

        await shop.SetTo("A", 0, "NORTH");
        await shop.Drained();
        await shop.Until(async () => (await Promises(shop, lost)).Count == 2);
        Dates(await shop.Get("/orders/" + lost)).ShouldBe((At("2026-03-05T23:59:59Z"), At("2026-03-09T23:59:59Z")));
        (await Kinds(shop, lost)).Count(k => k == "OrderPromiseChanged").ShouldBe(1);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("OV-07", "SE-03")]
    public async Task An_order_whose_ship_by_comes_near_is_shown_before_it_passes_and_cleared_when_it_has_left(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Put("/channels/web", new { name = "Web", riskMinutes = 120 });
        await shop.Products("A", "B");
        await shop.SetTo("A", 9, "NORTH");
        var (worked, release) = await shop.Released(("A", 1));
        string idle = await shop.Placed(("A", 1)), held = await shop.Placed(("A", 1)), gone = await shop.Placed(("A", 1));
        await shop.Post($"/orders/{held}/hold", new { reason = "call first" });
        await shop.Post($"/orders/{gone}/cancel", new { reason = "x" });
        (await Watch(shop)).ShouldBe(0);
        shop.Clock!.Advance(TimeSpan.FromHours(7.5));                                              // 16:30, and it must leave by 18:00
        long version = (await shop.Get("/orders/" + worked)).Long("version");
        await Watch(shop);
        async Task<bool> IsAtRisk(string id) => When(await shop.Get("/orders/" + id), "atRiskSince") is not null;
        ((await IsAtRisk(idle)), (await IsAtRisk(held)), (await IsAtRisk(worked)), (await IsAtRisk(gone))).ShouldBe((true, true, false, false));
        (await shop.Get("/orders/" + worked)).Long("version").ShouldBe(version);                  // being looked at changes nothing
        (await shop.Get("/orders?query=atRisk:yes&sort=shipBy")).Items("data").Select(o => o.Text("id")).ShouldBe([idle, held], ignoreOrder: true);
        (await shop.Get("/orders?query=atRisk:no%20shipBy:today")).Items("data").Select(o => o.Text("id")).ShouldContain(worked);
        (await shop.Get("/attention?kind=at_risk")).Items("data").Select(i => i.Text("order")).ShouldBe([idle, held], ignoreOrder: true);
        var trouble = (await shop.Get("/exceptions")).Items("data").Where(e => e.Text("kind") == "promise_broken").ToDictionary(e => e.Text("order")!, e => e.Text("detail"));
        (trouble[idle], trouble[held]).ShouldBe(("It must leave soon and no node works on it yet.", "It must leave soon and is held."));
        (await Kinds(shop, idle)).Last().ShouldBe("OrderAtRisk");
        await Watch(shop);
        (await Kinds(shop, idle)).Count(k => k == "OrderAtRisk").ShouldBe(1);

        shop.Clock.Advance(TimeSpan.FromMinutes(45));                                             // 17:15: half the lead for what is worked on
        await Watch(shop);
        (await IsAtRisk(worked)).ShouldBeTrue();
        await shop.Run(release, "start-picking", "pick", "pack");
        (await IsAtRisk(worked)).ShouldBeFalse();
        (await shop.Get("/exceptions")).Items("data").ShouldNotContain(e => e.Text("order") == worked);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        await Watch(shop);
        (await IsAtRisk(worked)).ShouldBeTrue();                                                   // it should have left
        await shop.Do(release, "ship", new { carrier = "VAN", tracking = "1" });
        (await IsAtRisk(worked)).ShouldBeFalse();
        (await Kinds(shop, worked)).ShouldContain("OrderBackOnTime");
        await shop.Post($"/orders/{held}/cancel", new { reason = "x" });
        (await shop.Get("/orders?query=atRisk:yes")).Items("data").Select(o => o.Text("id")).ShouldBe([idle]);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("P1", "P11")]
    public async Task Several_watchers_at_once_raise_one_trouble(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Products("A");
        await shop.SetTo("A", 50, "NORTH");
        var orders = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Placed(("A", 1))));
        shop.Clock!.Advance(TimeSpan.FromHours(8));
        int[] found = await Task.WhenAll(Watch(shop), Watch(shop), Watch(shop), Watch(shop));
        foreach (string id in orders) (await Kinds(shop, id)).Count(k => k == "OrderAtRisk").ShouldBe(1);
        found.Sum().ShouldBeLessThanOrEqualTo(20);
        (await shop.Get("/exceptions")).Items("data").Select(e => e.Of("seen")).ShouldAllBe(seen => seen == 1);
    }

    [Theory, BothDatabases, Capability("L23", "CH-02")]
    public async Task What_a_channel_tells_with_a_time_limit_that_is_over_is_stored_and_held(DatabaseKind kind)
    {
        await using var shop = await Open(kind);
        await shop.Put("/channels/mkt", new { name = "Market", onShort = "hold" });
        await shop.Products("A");
        await shop.SetTo("A", 5, "NORTH");
        var body = Given.Order(("A", 1));
        body["payment"] = new { status = "pending", expiresAt = shop.Clock!.GetUtcNow().AddHours(-1) };
        (await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid")).Pointers().ShouldBe(["/payment/expiresAt"]);
        body["channel"] = "mkt";
        var order = await shop.Post("/orders", body);
        (order.Text("status"), order.Items("holds").Single().Text("kind"), When(order, "expiresAt")).ShouldBe(("onHold", "payment", null));
        shop.Clock.Advance(TimeSpan.FromDays(40));
        await shop.Services.GetRequiredService<ExpireUnpaidOrders>().Handle();
        (await shop.Get("/orders/" + order.Text("id"))).Text("state").ShouldBe("placed");
    }

    [Theory]
    [BothDatabases("update orders set ship_by_ms = ship_by_ms + 1 where promise_version = 2", "orders.promises", "its dates are not those of the newest version")]
    [BothDatabases("delete from order_promises where version = 1", "orders.promises", "it says version 2 of its promise, and 1 are kept up to 2")]
    [BothDatabases("delete from order_promises where version = 2", "orders.promises", "it says version 2 of its promise, and 1 are kept up to 1")]
    [BothDatabases("update orders set promise_version = 1 where promise_version = 2", "orders.promises", "it says version 1 of its promise, and 2 are kept")]
    [BothDatabases("update orders set promise = null where promise_version = 1", "orders.promises", "nothing tells how they came about")]
    [BothDatabases("update orders set ship_by_ms = null where promise_version = 1", "orders.promises", "has no dates")]
    [BothDatabases("update orders set risk_at_ms = null", "orders.promises", "nobody watches it")]
    [BothDatabases("delete from orders where promise_version = 2", "orders.promises", "an order that is not there")]
    [BothDatabases("update orders set state = 'cancelled' where promise_version = 0", "orders.waiting", "it has ended and line 1 still waits for 3")]
    [BothDatabases("update order_lines set allocated = allocated - 1, backordered = backordered + 1 where allocated > 0", "orders.waiting", "A: its queue has 3 units and its orders lack 0")]
    [BothDatabases("update stock set earmarked = 2 where sku_id = (select id from products where sku = 'A')", "orders.waiting", "A: 4 are set aside and 0 are waited for")]
    [Capability("P9", "L20", "L24")]
    public async Task A_planted_fault_is_found_by_name(DatabaseKind kind, string fault, string name, string says)
    {
        await using var shop = await Open(kind);
        await shop.Products("A", "B");
        await shop.SetTo("A", 5, "NORTH");
        await shop.Placed(("A", 1));
        string edited = await shop.Placed(("A", 2));
        await shop.SetTo("A", 0, "NORTH");
        await shop.SetTo("A", 9, "SLOW");
        await shop.Drained();
        await shop.Backordered("B", 3);
        await shop.Until(async () => (await Promises(shop, edited)).Count == 2);
        await shop.Placed(("A", 1));
        var check = shop.Services.GetServices<BooksCheck>().Single(c => c.Name == name);
        (await check.Run(shop.Db)).Faults.ShouldBeEmpty();
        (await check.Run(shop.Db)).Counted.ShouldBeGreaterThan(0);
        await shop.Services.GetRequiredService<ServeWaiting>().StopAsync(default);        // it would mend some of them
        await StockBooksTests.Plant(shop, fault);
        (await check.Run(shop.Db)).Faults.ShouldContain(f => f.Contains(says));
    }
}
