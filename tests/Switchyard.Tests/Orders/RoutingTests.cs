using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Orders;
using Switchyard.Tests.Inventory;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>Strategies decide about real orders: placing, availability, previews, edits and the queue.</summary>
public sealed class RoutingTests
{
    [Theory, BothDatabases, Capability("AX-21", "RT-09", "RT-04", "AX-22")]
    public async Task A_version_decides_from_the_moment_it_is_promoted_and_an_older_one_can_come_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 50, node, first: node == "DC");
        var house = await shop.Post("/orders", Given.Order(("CUP", 1)));
        From(house).ShouldBe("1:DCx1");
        var plan = await shop.Plan(house);
        (plan.Text("rule"), plan.Long("costMinor"), plan.TryGetProperty("strategy", out _)).ShouldBe(("cheapest-1", 495, false));

        await shop.Draft("main", new { name = "Cold only", nodes = "group:cold" });
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1", "a draft decides nothing");
        await shop.Refused(HttpMethod.Post, "/routing/strategies/main/promote", new { }, 409, "routing.not_checked");
        (await shop.Post("/routing/strategies/main/check", new { })).Long("number").ShouldBe(1);
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1", "a checked version decides nothing");
        (await shop.Post("/routing/strategies/main/promote", new { })).Long("live").ShouldBe(1);
        var routed = await shop.Post("/orders", Given.Order(("CUP", 1)));
        From(routed).ShouldBe("1:NORTHx1");
        plan = await shop.Plan(routed);
        (plan.Text("strategy"), plan.Long("version"), plan.Text("objective"), plan.Long("costMinor"), plan.Text("rule")).ShouldBe(("main", 1, "cheapest", 650, "main/1"));
        plan.GetProperty("scenarios")[0].Text("name").ShouldBe("Cold only");
        var reasons = plan.GetProperty("candidates").EnumerateArray().ToDictionary(c => c.Text("node")!, c => c);
        (reasons["DC"].Text("reason"), reasons["DC"].Text("scenario"), reasons["NORTH"].Text("reason"), reasons["NORTH"].Long("carriageMinor")).ShouldBe(("excluded", "Cold only", "chosen", 650));
        reasons["S1"].Text("reason").ShouldBe("no_stock");

        (await shop.Live("main", new { name = "South", nodes = "group:south" })).ShouldBe(2);
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1");
        await shop.Post("/routing/strategies/main/promote", new { number = 1 });
        var back = await shop.Post("/orders", Given.Order(("CUP", 1)));
        (From(back), (await shop.Plan(back)).Long("version")).ShouldBe(("1:NORTHx1", 1));
        var read = await shop.Get("/routing/strategies/main");
        read.GetProperty("versions").EnumerateArray().Select(v => (v.Long("number"), v.Text("state"))).ShouldBe([(2, "retired"), (1, "live")]);
        await shop.Post("/routing/strategies/main/retire", new { });
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1", "without a live version the house rule decides");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("AX-21")]
    public async Task What_was_published_never_changes_and_only_one_version_of_a_merchant_is_live(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Live("one", new { name = "All" });
        await shop.Live("two", new { name = "All", nodes = "kind:store" });
        (await shop.Get("/routing/strategies")).GetProperty("data").EnumerateArray().Select(s => (s.Text("code"), s.GetProperty("live").ValueKind))
            .ShouldBe([("one", JsonValueKind.Null), ("two", JsonValueKind.Number)]);
        (await shop.Get("/routing/strategies/one/versions/1")).GetProperty("rules").GetProperty("scenarios")[0].Text("name").ShouldBe("All");
        await shop.Refused(HttpMethod.Get, "/routing/strategies/one/versions/9", null, 404, "routing.no_version");
        foreach (string sql in new[] { "update routing_versions set rules = '{}' where merchant_id = @merchant", "delete from routing_versions where merchant_id = @merchant" })
            await Should.ThrowAsync<Exception>(() => shop.Db.Write<Kernel.Done>(Actor.House("test", 1), async work => { await work.Execute(sql); return new Kernel.Done(); }));
        var old = await shop.Get("/routing/strategies/two");
        await shop.Draft("two", new { name = "Other" });
        var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/routing/strategies/two") { Content = System.Net.Http.Json.JsonContent.Create(new { name = "x", rules = Rules(new { name = "y" }) }) };
        stale.Headers.TryAddWithoutValidation("If-Match", $"\"{old.Long("version")}\"");
        (await Shop.Read(await shop.Http.SendAsync(stale), 412)).Text("code").ShouldBe("routing.changed");
    }

    [Theory, BothDatabases, Capability("RT-09")]
    public async Task The_check_points_at_what_is_wrong_and_a_network_that_changed_is_looked_at_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Draft("main", new { name = "A", when = "contry:GB" }, new { name = "B", nodes = "group:nowhere", otherwise = "hold" }, new { name = "C" });
        var check = await shop.Post("/routing/strategies/main/check", new { });
        check.GetProperty("number").ValueKind.ShouldBe(JsonValueKind.Null);
        var first = check.GetProperty("findings")[0];
        (first.Text("pointer"), first.Text("code"), first.Text("detail")!.Contains("column 1")).ShouldBe(("/scenarios/0/when", "query.unknown_field", true));
        await shop.Draft("main", new { name = "B", nodes = "group:cold", otherwise = "hold" }, new { name = "C" });
        (await shop.Post("/routing/strategies/main/check", new { })).GetProperty("findings")[0].Text("code").ShouldBe("routing.never_reached");
        await shop.Draft("main", new { name = "B", nodes = "group:cold kind:store" });
        (await shop.Post("/routing/strategies/main/check", new { })).Long("number").ShouldBe(1);
        await shop.Put("/nodes/S1", new { name = "S1", kind = "store", country = "GB", isActive = false });
        var refused = await shop.Refused(HttpMethod.Post, "/routing/strategies/main/promote", new { }, 409, "routing.not_checked");
        refused.GetProperty("errors")[0].Text("code").ShouldBe("routing.no_node");
        await shop.Refused(HttpMethod.Put, "/routing/strategies/bad", new { name = "x", rules = Rules(new { name = "a", otherwise = "explode" }) }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/routing/strategies/none/check", new { }, 404, "routing.not_found");
    }

    [Theory, BothDatabases, Capability("RT-06", "AX-12", "AX-13")]
    public async Task Stores_send_when_the_warehouse_is_empty_and_product_attributes_choose_among_nodes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Stock("CUP", 2, "S1", first: true);
        await shop.Post("/products", new { sku = "FISH", name = "Fish", handlingFlags = new[] { "chilled" }, metadata = new { season = "winter" } });
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("FISH", 5, node);
        await shop.Live("main", new { name = "Chilled", when = "flag:chilled product.season:winter", nodes = "group:cold attr.trust:>=90", otherwise = "hold" },
            new { name = "Warehouses", nodes = "kind:warehouse", otherwise = "next" }, new { name = "Stores", nodes = "kind:store" });
        From(await shop.Post("/orders", Given.Order(("CUP", 2)))).ShouldBe("1:S1x2");
        From(await shop.Post("/orders", Given.Order(("FISH", 2)))).ShouldBe("1:NORTHx2");
    }

    [Theory, BothDatabases, Capability("AX-12")]
    public async Task What_a_scenario_cannot_send_waits_is_held_or_is_cancelled(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Stock("CUP", 2, "DC", first: true);
        await shop.Stock("CUP", 50, "S1");
        await shop.Put("/channels/tells", new { name = "Tells", onShort = "hold" });
        Dictionary<string, object?> of(string channel) { var body = Given.Order(("CUP", 3)); body["channel"] = channel; return body; }

        await shop.Live("main", new { name = "Wait", nodes = "kind:warehouse", otherwise = "backorder" });
        var waits = (await shop.Post("/orders", of("tells"))).GetProperty("lines")[0];
        (waits.Long("allocated"), waits.Long("backordered"), waits.Long("unallocated")).ShouldBe((2, 1, 0));

        await shop.Stock("CUP", 2, "DC");
        await shop.Drained();                               // the one that waits gets one of them: one is left
        await shop.Live("main", new { name = "Care", nodes = "kind:warehouse", otherwise = "hold", reason = "Ask whether the store will do." });
        var held = await shop.Post("/orders", of("tells"));
        (held.GetProperty("lines")[0].Long("allocated"), held.GetProperty("lines")[0].Long("unallocated")).ShouldBe((1, 2));
        var hold = held.GetProperty("holds")[0];
        (hold.Text("kind"), hold.Text("owner"), hold.Text("reason")).ShouldBe(("stock", "care", "Ask whether the store will do."));

        await shop.Live("main", new { name = "Drop", nodes = "kind:warehouse", otherwise = "cancel", reason = "Only our warehouses send this." });
        await shop.Stock("CUP", 4, "DC");
        await shop.Drained();                               // two to the held one, two left
        string dropped = (await shop.Post("/orders", of("tells"))).Text("id")!;
        await shop.Services.GetRequiredService<CancelUnroutable>().Handle();
        var order = await shop.Get("/orders/" + dropped);
        var line = order.GetProperty("lines")[0];
        (line.Long("allocated"), line.Long("cancelled"), line.Long("unallocated"), order.Text("state")).ShouldBe((2, 1, 0, "confirmed"));
        // Who asks before he sells is told no.
        await shop.Refused(HttpMethod.Post, "/orders", of("web"), 409, "orders.no_route");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("AX-12", "OF-11")]
    public async Task The_queue_edits_and_previews_go_by_the_same_rules(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Stock("CUP", 1, "NORTH", first: true);
        await shop.Live("main", new { name = "Cold", nodes = "group:cold" });
        string order = await shop.Backordered("CUP", 3);
        await shop.Stock("CUP", 9, "DC");
        await shop.Drained();
        (await shop.Has(order)).ShouldBe(1, "goods where the strategy does not send from are of no use to it");
        await shop.Stock("CUP", 5, "S1");
        await shop.Drained();
        From(await shop.Get("/orders/" + order)).ShouldBe("1:NORTHx1 1:S1x2");
        await shop.Post($"/orders/{order}/edit", new { lines = new[] { new { line = 1, quantity = 4 } } });
        From(await shop.Get("/orders/" + order)).ShouldBe("1:NORTHx1 1:S1x3");
        (await shop.Plan(await shop.Get("/orders/" + order))).Text("strategy").ShouldBe("main");

        var draft = await shop.Post("/drafts", Given.Order(("CUP", 2)));
        var preview = await shop.Get($"/drafts/{draft.Text("id")}/preview");
        preview.GetProperty("lines")[0].GetProperty("allocations")[0].Text("node").ShouldBe("S1");
        preview.GetProperty("options")[0].GetProperty("shipments")[0].Text("node").ShouldBe("S1");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases, Capability("AX-20")]
    public async Task A_shadow_is_recorded_with_each_order_and_has_no_effect(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 50, node, first: node == "DC");
        await shop.Draft("other", new { name = "Cold", nodes = "group:cold" });
        await shop.Post("/routing/strategies/other/check", new { });
        (await shop.Post("/routing/strategies/other/shadow", new { })).Long("shadow").ShouldBe(1);
        for (int i = 0; i < 2; i++)
        {
            var order = await shop.Post("/orders", Given.Order(("CUP", 1)));
            From(order).ShouldBe("1:DCx1");
            var shadow = (await shop.Plan(order)).GetProperty("shadow");
            (shadow.Text("strategy"), shadow.Long("version"), shadow.Long("costMinor"), shadow.GetProperty("nodes")[0].GetString()).ShouldBe(("other", 1, 650, "NORTH"));
            await shop.Live("main", new { name = "All" });      // beside a live one too
        }
        (await shop.Balance("CUP")).Long("allocated").ShouldBe(2);
    }

    [Theory, BothDatabases, Capability("RT-08", "AX-22")]
    public async Task Rules_are_tried_on_an_order_beside_what_decides_today(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 50, node, first: node == "DC");
        var placed = await shop.Post("/orders", Given.Order(("CUP", 1)));
        var tried = await shop.Post("/routing/try", new { rules = Rules(new { name = "Quick", objective = "fastest", weights = new { dayMinor = 10 } }), order = Given.Order(("CUP", 1)) });
        tried.GetProperty("tried").GetProperty("plan").GetProperty("shipments")[0].Text("node").ShouldBe("NORTH");
        tried.GetProperty("live").GetProperty("plan").GetProperty("shipments")[0].Text("node").ShouldBe("DC");
        await shop.Draft("main", new { name = "Store", nodes = "kind:store", otherwise = "hold", reason = "Call" });
        tried.GetProperty("tried").GetProperty("dates").EnumerateArray().ShouldAllBe(d => d.GetProperty("deliverBy").GetDateTimeOffset() >= d.GetProperty("shipBy").GetDateTimeOffset());
        tried = await shop.Post("/routing/try", new { strategy = "main", orderId = placed.Text("id") });
        var left = tried.GetProperty("tried").GetProperty("unsent")[0];
        (left.Long("quantity"), left.Text("after"), left.Text("reason")).ShouldBe((1, "hold", "Call"));
        (await shop.Balance("CUP")).Long("allocated").ShouldBe(1, "nothing is taken");
        var wrong = await shop.Refused(HttpMethod.Post, "/routing/try", new { order = Given.Order(("CUP", 1)) }, 400, "request.invalid");
        wrong.GetProperty("errors")[0].Text("pointer").ShouldBe("/rules");
        (await shop.Post("/routing/try", new { rules = Rules(new { name = "x", when = "what:ever" }), orderId = placed.Text("id") })).GetProperty("findings")[0].Text("pointer").ShouldBe("/rules/scenarios/0/when");
    }

    [Theory, BothDatabases]
    public async Task Whoever_works_for_certain_nodes_does_not_decide_for_all_of_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        await shop.Live("main", new { name = "All" });
        var body = new { name = "main", rules = Rules(new { name = "Mine", nodes = "code:S1" }) };
        var places = new { places = new[] { new { prefix = "M", latitude = 53.477, longitude = -2.233 } } };
        string secret = (await shop.Post("/keys", new { name = "Store", scopes = new[] { "settings:read", "settings:write" }, nodes = new[] { "S1" } })).Text("secret")!;
        using var store = shop.Client(secret);
        foreach (string verb in (string[])["check", "promote", "shadow", "retire"])
            (await Shop.Read(await store.PostAsJsonAsync("/api/v1/routing/strategies/main/" + verb, new { }), 403)).Text("code").ShouldBe("nodes.only_your_nodes", verb);
        foreach (var (path, sent) in new (string, object)[] { ("/routing/strategies/main", body), ("/routing/strategies/own", body), ("/routing/places/GB", places) })
            (await Shop.Read(await store.PutAsJsonAsync("/api/v1" + path, sent), 403)).Text("code").ShouldBe("nodes.only_your_nodes", path);
        await Shop.Read(await store.GetAsync("/api/v1/routing/strategies/main"), 200);

        var read = await shop.Get("/routing/strategies/main");
        (read.Long("live"), (await shop.Get("/routing/strategies")).GetProperty("data").GetArrayLength(), (await shop.Get("/routing/places/GB")).GetProperty("data").GetArrayLength()).ShouldBe((1, 1, 0));
        await shop.Put("/routing/strategies/main", body);
        await shop.Put("/routing/places/gb", places);
        (await shop.Get("/routing/places/gb")).GetProperty("data").GetArrayLength().ShouldBe(1, "a country is the same in small letters");
        var twice = await shop.Refused(HttpMethod.Put, "/routing/places/GB", new { places = new[] { new { prefix = "M", latitude = 53, longitude = -2 }, new { prefix = " m", latitude = 54, longitude = -3 } } }, 400, "request.invalid");
        (twice.GetProperty("errors")[0].Text("pointer"), twice.GetProperty("errors")[0].Text("code")).ShouldBe(("/places/1/prefix", "field.repeated"));
    }

    [Theory, BothDatabases, Capability("AX-13", "RT-02")]
    public async Task Who_buys_what_is_said_of_the_order_and_how_far_it_is_count(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH", "S1" }) await shop.Stock("CUP", 50, node, first: node == "DC");
        await shop.Put("/nodes/NORTH", new { name = "North", kind = "warehouse", country = "GB", position = new { latitude = 53.48, longitude = -2.24 } });
        await shop.Put("/nodes/DC", new { name = "DC", kind = "warehouse", country = "GB", postcode = "SW1A 1AA" });
        await shop.Put("/routing/places/GB", new { places = new[] { new { prefix = "M", latitude = 53.477, longitude = -2.233 }, new { prefix = "SW1", latitude = 51.499, longitude = -0.133 } } });
        (await shop.Get("/routing/places/GB")).GetProperty("data").GetArrayLength().ShouldBe(2);
        await shop.Post("/customers", new { name = "Vip", email = "vip@example.test", tags = new[] { "vip" } });
        await shop.Live("main", new { name = "Vip", when = "customerTag:vip", nodes = "kind:store" }, new { name = "Gift", when = "metadata.gift:yes", nodes = "code:DC" },
            new { name = "Near", nodes = "distance:<30" });
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:NORTHx1");
        var gift = Given.Order(("CUP", 1));
        gift["metadata"] = new { gift = "yes" };
        From(await shop.Post("/orders", gift)).ShouldBe("1:DCx1");
        var vip = Given.Order(("CUP", 1));
        vip["customer"] = new { name = "Vip", email = "vip@example.test" };
        var order = await shop.Post("/orders", vip);
        From(order).ShouldBe("1:S1x1");
        // The same is known of him when the order is changed.
        await shop.Post($"/orders/{order.Text("id")}/edit", new { lines = new[] { new { line = 1, quantity = 2 } } });
        From(await shop.Get("/orders/" + order.Text("id"))).ShouldBe("1:S1x2");
    }

}

internal static class RoutingStock
{
    public static async Task Stock(this Shop shop, string sku, long units, string node, bool first)
    {
        if (first) await shop.Product(sku, units, node);
        else await Given.Stock(shop, sku, units, node);
    }
}
