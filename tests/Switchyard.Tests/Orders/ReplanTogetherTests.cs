using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Orders;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>Orders that wait for their release are decided anew together, by hand, when something changes, and before a wave.</summary>
public sealed class ReplanTogetherTests
{
    [Theory, BothDatabases, Capability("NX-11", "RT-01", "P2")]
    public async Task Orders_move_to_where_it_is_cheaper_change_places_and_say_why(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoCoasts();
        await shop.Stock("CUP", 1, "WEST", first: true);
        var east = await Place(shop, "E1 1AA");
        await Given.Stock(shop, "CUP", 1, "EAST");
        var west = await Place(shop, "W1 1AA");
        (From(east), From(west)).ShouldBe(("1:WESTx1", "1:EASTx1"), "each lies where the other is cheap");

        var dry = await shop.Post("/routing/replan", new { isDryRun = true });
        Figures(dry).ShouldBe((2, 2, 1_800, 200, 1_800, 1_600, 1_600));
        dry.GetProperty("isDryRun").GetBoolean().ShouldBeTrue();
        (await At(shop, east), await At(shop, west)).ShouldBe(("1:WESTx1", "1:EASTx1"), "a dry run moves nothing");

        shop.Clock!.Advance(TimeSpan.FromSeconds(1));
        var done = await shop.Post("/routing/replan", new { }, key: "once");
        Figures(done).ShouldBe((2, 2, 1_800, 200, 1_800, 1_600, 1_600));
        (await At(shop, east), await At(shop, west)).ShouldBe(("1:EASTx1", "1:WESTx1"));
        string id = done.Text("id")!;
        (await shop.Post("/routing/replan", new { }, key: "once")).Text("id").ShouldBe(id);

        var move = done.GetProperty("moves").GetProperty("data").EnumerateArray().Single(m => m.Text("order") == east.Text("id"));
        (move.Long("costBeforeMinor"), move.Long("costAfterMinor"), move.GetProperty("from")[0].Text("node"), move.GetProperty("to")[0].Text("node")).ShouldBe((900, 100, "WEST", "EAST"));
        var plan = await shop.Plan(east);
        (plan.Long("costMinor"), plan.GetProperty("replan").Text("run"), plan.GetProperty("replan").Long("costBeforeMinor")).ShouldBe((100, id, 900));
        plan.Text("reason").ShouldNotBeEmpty();
        var why = (await shop.Get($"/orders/{east.Text("id")}/routing")).GetProperty("data")[0];
        (why.Text("inputs"), why.GetProperty("says")[0].Text("code")).ShouldBe(("together", "routeTogether"), "not that nothing cheaper would send it");
        var told = (await shop.Timeline(east.Text("id")!)).ToList();
        told.Count(k => k == "OrderReplanned").ShouldBe(1);
        (await shop.Get($"/events?aggregate={east.Text("id")}&limit=250")).GetProperty("data").EnumerateArray().Single(e => e.Text("kind") == "OrderReplanned").GetProperty("payload").Text("says").ShouldBe("movedTogether");
        told.ShouldNotContain("OrderPromiseChanged");
        (await shop.Get($"/routing/replans/{id}")).GetProperty("moves").GetProperty("data").GetArrayLength().ShouldBe(2);
        (await shop.Get("/routing/replans")).GetProperty("data").GetArrayLength().ShouldBe(2);
        (await shop.Get("/routing/replans?limit=1")).GetProperty("data")[0].Text("id").ShouldBe(id, "newest first");
        var again = await shop.Post("/routing/replan", new { skus = new[] { "cup" }, node = "WEST" });
        Figures(again).ShouldBe((1, 0, 100, 100, 100, 0, 0));
        await shop.Refused(HttpMethod.Post, "/routing/replan", new { skus = new[] { "NONE" } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/routing/replans/rpl_00000000000000000000000000000000", null, 404, "routing.replan_not_found");
        await shop.BooksAreRight();
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("NX-11", "P18")]
    public async Task What_was_promised_is_kept_and_what_is_worked_on_or_waits_is_left_alone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoCoasts(slowWestDays: 6);
        await shop.Stock("CUP", 5, "EAST", first: true);
        var promised = await Place(shop, "W1 1AA");
        var begun = await Place(shop, "W1 1AA");
        await shop.Post($"/orders/{begun.Text("id")}/release", new { });
        await Given.Stock(shop, "CUP", 9, "WEST");
        var run = await shop.Post("/routing/replan", new { });
        (run.Long("ordersSeen"), run.Long("ordersMoved")).ShouldBe((1, 0));
        (await At(shop, promised)).ShouldBe("1:EASTx1", "the cheaper node is three days slower than what was promised");

        // Now the goods at EAST are gone: a fact. The order is moved to where it is late, and the customer is told once.
        await shop.Post("/inventory/adjustments", new { items = new[] { new { sku = "CUP", node = "EAST", delta = -4, reason = "lost" } } });
        await shop.Until(async () => await At(shop, promised) == "1:WESTx1");
        for (int i = 0; i < 2; i++) await shop.Post("/routing/replan", new { });
        (await shop.Timeline(promised.Text("id")!)).Count(k => k == "OrderPromiseChanged").ShouldBe(1, "one message");
        (await shop.Get($"/orders/{promised.Text("id")}/promises")).GetProperty("data").EnumerateArray().Select(p => p.Long("version")).ShouldBe([2L, 1L]);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("NX-11", "AX-24")]
    public async Task Nodes_are_given_their_work_in_waves_and_the_orders_are_decided_anew_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);               // Monday 9:00
        await shop.TwoCoasts(release: "automatic");
        var moving = shop.Services.GetRequiredService<KeepWorkMoving>();
        (await shop.Put("/nodes/EAST/work-settings", new { releaseTimes = new[] { "16:00", "12:00" } })).GetProperty("releaseTimes").ToString().ShouldBe("""["12:00","16:00"]""");
        await shop.Refused(HttpMethod.Put, "/nodes/EAST/work-settings", new { releaseTimes = new[] { "25:00" } }, 400, "request.invalid");
        await shop.Stock("CUP", 5, "EAST", first: true);
        var first = await Place(shop, "E1 1AA");
        var urgent = await Place(shop, "E1 1AA", "same-day");
        await moving.Handle();
        await shop.Until(async () => await Released(shop, urgent));
        (await Released(shop, first)).ShouldBeFalse("it waits for the wave");
        var waits = (await shop.Get("/routing/queue?node=EAST")).GetProperty("data").EnumerateArray().Single();
        (waits.Text("order"), waits.GetProperty("nodes")[0].Text("node"), waits.GetProperty("nodes")[0].GetProperty("nextWave").GetDateTimeOffset().Hour, waits.Long("costMinor"))
            .ShouldBe((first.Text("id"), "EAST", 12, 100));

        shop.Clock!.Advance(TimeSpan.FromHours(3));
        await shop.Until(async () => await Released(shop, first));
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        // What comes after a wave waits for the next, and is decided anew before it: by then it is cheaper elsewhere.
        var settings = await shop.Put("/routing/replan-settings", new { mode = "on", minSavingMinor = 10, churnMinor = 5 });
        (settings.Long("version"), settings.GetProperty("history").GetArrayLength()).ShouldBe((1, 1));
        await shop.Refused(HttpMethod.Put, "/routing/replan-settings", new { mode = "sometimes" }, 400, "request.invalid");
        var second = await Place(shop, "W1 1AA");
        From(second).ShouldBe("1:EASTx1");
        await moving.Handle();
        (await Released(shop, second)).ShouldBeFalse("placed after the wave");
        await Given.Stock(shop, "CUP", 1, "WEST");
        // While another run has its turn the wave is not open, and what can wait does.
        long until = shop.Clock.GetUtcNow().AddHours(4).AddSeconds(30).ToUnixTimeMilliseconds();
        await shop.Db.WriteAll(work => work.Execute("insert into replan_turns (merchant_id, until_ms) select id, @until from merchants where true on conflict (merchant_id) do update set until_ms = excluded.until_ms /* house */", ("until", until)));
        shop.Clock.Advance(TimeSpan.FromHours(4));
        await moving.Handle();
        (await Released(shop, second)).ShouldBeFalse("it is not planned yet");
        await shop.Until(async () =>
        {
            shop.Clock!.Advance(TimeSpan.FromSeconds(1));
            return await Released(shop, second);
        });
        (await At(shop, second)).ShouldBe("1:WESTx1");
        (await shop.Get("/routing/replans")).GetProperty("data").EnumerateArray().Sum(r => r.Long("ordersMoved")).ShouldBe(1);
        (await shop.Get("/routing/queue")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("NX-11", "RT-02")]
    public async Task Stock_that_comes_and_prices_that_fall_move_orders_by_themselves_where_the_merchant_wants_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoCoasts();
        await shop.Stock("CUP", 5, "EAST", first: true);
        await shop.Stock("POT", 5, "EAST", first: true);
        var cup = await Place(shop, "W1 1AA");
        var pot = await Place(shop, "W1 1AA", sku: "POT");
        await Given.Stock(shop, "CUP", 1, "WEST");
        shop.Clock!.Advance(TimeSpan.FromSeconds(10));
        await shop.Services.GetRequiredService<KeepReplanning>().Handle();
        (await At(shop, cup)).ShouldBe("1:EASTx1", "nobody has asked for it");
        await shop.Put("/routing/replan-settings", new { mode = "on", minSavingMinor = 80 });
        await Moved(cup, "1:WESTx1");
        await Given.Stock(shop, "POT", 1, "WEST");
        await Moved(pot, "1:WESTx1");
        (await shop.Get("/routing/replans")).GetProperty("data").EnumerateArray().ShouldAllBe(r => r.Text("cause") == "change");

        await shop.Put("/nodes/EAST/lanes", new[] { Lane("east", 100, 3), Lane("west", 10, 3) });
        await Moved(pot, "1:EASTx1");
        await shop.BooksAreRight();

        async Task Moved(JsonElement order, string to) => await shop.Until(async () =>
        {
            shop.Clock!.Advance(TimeSpan.FromSeconds(5));
            return await At(shop, order) == to;
        });
    }

    [Theory, BothDatabases, Capability("RT-10", "AX-24")]
    public async Task The_queue_has_what_must_leave_first_first_and_shows_each_only_his_nodes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.TwoCoasts();
        foreach (string node in new[] { "EAST", "WEST" }) await shop.Stock("CUP", 9, node, first: node == "EAST");
        var usual = await Place(shop, "E1 1AA");
        shop.Clock!.Advance(TimeSpan.FromSeconds(1));
        var west = await Place(shop, "W1 1AA");
        var prior = await Place(shop, "W1 1AA");
        await shop.Post($"/orders/{prior.Text("id")}/edit", new { priority = 5 });
        await shop.Post($"/orders/{west.Text("id")}/hold", new { kind = "manual", reason = "Look at it" });
        await shop.Post($"/orders/{(await Place(shop, "E1 1AA")).Text("id")}/release", new { });
        var queue = (await shop.Get("/routing/queue")).GetProperty("data").EnumerateArray().ToList();
        queue.Select(q => q.Text("order")).ShouldBe([prior.Text("id"), usual.Text("id"), west.Text("id")]);
        (queue[2].GetProperty("holds")[0].Text("kind"), queue[2].GetProperty("isUrgent").GetBoolean(), queue[2].Text("release")).ShouldBe(("manual", false, "manual"));
        (queue[1].GetProperty("nodes")[0].Text("node"), queue[1].GetProperty("nodes")[0].Text("service"), queue[1].GetProperty("nodes")[0].GetProperty("since").GetDateTimeOffset())
            .ShouldBe(("EAST", "std", usual.GetProperty("placedAt").GetDateTimeOffset()));
        var seen = new List<string>();
        string? after = "";
        while (after is not null)
        {
            var page = await shop.Get("/routing/queue?limit=1" + (after.Length == 0 ? "" : "&after=" + after));
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(q => q.Text("order")!));
            after = page.Text("next");
        }
        seen.ShouldBe(queue.Select(q => q.Text("order")!));
        (await shop.Get("/routing/queue?node=west")).GetProperty("data").EnumerateArray().Select(q => q.Text("order")).ShouldBe([prior.Text("id"), west.Text("id")]);
        await shop.Refused(HttpMethod.Get, "/routing/queue?node=NONE", null, 404, "nodes.no_such_node");

        var key = await shop.Post("/keys", new { name = "East only", scopes = new[] { "fulfilment:read", "fulfilment:manage" }, nodes = new[] { "EAST" } });
        using var east = shop.Client(key.Text("secret"));
        (await Shop.Read(await east.GetAsync("/api/v1/routing/queue"), 200)).GetProperty("data").EnumerateArray().Select(q => q.Text("order")).ShouldBe([usual.Text("id")]);
        (await Shop.Read(await east.GetAsync("/api/v1/routing/queue?node=WEST"), 404)).Text("code").ShouldBe("nodes.no_such_node");
        (await Shop.Read(await east.GetAsync("/api/v1/routing/replans"), 403)).Text("code").ShouldBe("nodes.only_your_nodes");
        (await Shop.Read(await east.PostAsync("/api/v1/routing/replan", new StringContent("{}", System.Text.Encoding.UTF8, "application/json")), 403)).Text("code").ShouldBe("nodes.only_your_nodes");
    }

    private static (long, long, long, long, long, long, long) Figures(JsonElement run) => (run.Long("ordersSeen"), run.Long("ordersMoved"), run.Long("costBeforeMinor"), run.Long("costAfterMinor"),
        run.Long("oneByOneMinor"), run.Long("savedMinor"), run.Long("savedByTogetherMinor"));

    private static Task<JsonElement> Place(Shop shop, string postcode, string method = "standard", string sku = "CUP") => shop.Post("/orders", ReplanShop.Order(postcode, sku, 1, method));

    private static async Task<string> At(Shop shop, JsonElement order) => From(await shop.Get("/orders/" + order.Text("id")));

    private static async Task<bool> Released(Shop shop, JsonElement order) => (await shop.Get("/orders/" + order.Text("id"))).GetProperty("lines")[0].Long("released") > 0;

    private static object Lane(string zone, int price, int days) => ReplanShop.Lane(zone, price, days);
}

/// <summary>Two warehouses, each cheap to its own coast: 1.00 there, 9.00 to the other.</summary>
internal static class ReplanShop
{
    public static async Task TwoCoasts(this Shop shop, int slowWestDays = 3, string release = "manual")
    {
        foreach (var (zone, prefix) in new[] { ("east", "E"), ("west", "W") })
            await shop.Put("/zones/" + zone, new { name = zone, areas = new[] { new { country = "GB", postcodePrefix = prefix } } });
        foreach (var (code, own) in new[] { ("EAST", "east"), ("WEST", "west") })
        {
            await shop.Put("/nodes/" + code, new { name = code, kind = "warehouse", country = "GB" });
            int days = code == "WEST" ? slowWestDays : 3;
            await shop.Put($"/nodes/{code}/lanes", new[]
            {
                Lane("east", own == "east" ? 100 : 900, days), Lane("west", own == "west" ? 100 : 900, days),
                new { zone = own, service = "bike", method = "same-day", currency = "GBP", baseMinor = 700, transitDays = 0 },
            });
        }
        await shop.Put("/nodes/MAIN", new { name = "Main", kind = "warehouse", isActive = false });
        await shop.Put("/channels/web", new { name = "Web", onShort = "hold", release, urgentMethods = new[] { "same-day" } });
    }

    public static object Lane(string zone, int price, int days) => new { zone, service = "std", method = "standard", currency = "GBP", baseMinor = price, transitDays = days };

    public static Dictionary<string, object?> Order(string postcode, string sku, long units, string method = "standard")
    {
        var order = Given.Order((sku, units));
        order["shippingAddress"] = new { name = "Ada Byron", line1 = $"{Given.NextBuyer()} Mill Lane", city = "London", postcode, country = "GB" };
        order["method"] = method;
        return order;
    }
}
