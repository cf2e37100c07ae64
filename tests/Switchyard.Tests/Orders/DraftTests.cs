using System.Net;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>Drafts and quotes: what becomes an order once, at the price that was told, with the stock that was kept.</summary>
[Capability("OV-09")]
public sealed class DraftTests
{
    [Theory, BothDatabases]
    public async Task A_draft_is_made_changed_seen_ahead_and_placed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        await shop.Product("TEA", 0, priceMinor: 300);
        var draft = await shop.Post("/drafts", new { channel = "web", currency = "GBP" });
        (draft.Text("number"), draft.Text("state"), draft.Long("totalMinor")).ShouldBe(("D1001", "draft", 0));
        string id = draft.Text("id")!;

        draft = await shop.Put("/drafts/" + id, Draft(("MUG", 2), ("TEA", 1)));
        (draft.Long("totalMinor"), draft.Long("version")).ShouldBe((2300, 2));
        var ahead = await shop.Get($"/drafts/{id}/preview");
        ahead.GetProperty("canBePlaced").GetBoolean().ShouldBeFalse("there is no tea");
        ahead.GetProperty("problems")[0].Text("code").ShouldBe("orders.short");
        ahead.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["standard"]);
        ahead = await shop.Get($"/drafts/{id}/preview?onShort=backorder&payment=paid");
        ahead.GetProperty("canBePlaced").GetBoolean().ShouldBeTrue("the tea is waited for");
        ahead.GetProperty("lines")[1].Long("waiting").ShouldBe(1);
        (await shop.Get($"/drafts/{id}/preview?onShort=perhaps")).GetProperty("problems")[0].Text("pointer").ShouldBe("/onShort");
        await shop.Refused(HttpMethod.Post, $"/drafts/{id}/place", new { }, 409, "orders.short");

        await shop.Put("/drafts/" + id, Draft(("MUG", 2)));
        ahead = await shop.Get($"/drafts/{id}/preview");
        ahead.GetProperty("canBePlaced").GetBoolean().ShouldBeTrue();
        (ahead.GetProperty("lines")[0].Long("allocated"), ahead.GetProperty("lines")[0].GetProperty("allocations")[0].Text("node")).ShouldBe((2, "MAIN"));
        (await shop.Balance("MUG")).Long("allocated").ShouldBe(0);

        var order = await shop.Post($"/drafts/{id}/place", new { payment = new { status = "paid" } });
        (order.Text("state"), order.Text("paymentStatus"), order.Long("totalMinor")).ShouldBe(("confirmed", "paid", 2000));
        order.Text("number")!.ShouldStartWith("10", customMessage: "a number of the sales series, not of the drafts");
        order.Text("id")!.Replace("ord_", "drf_", StringComparison.Ordinal).ShouldBe(id);
        var read = await shop.Order(order.Text("id")!);
        read.GetProperty("draft").Text("number").ShouldBe("D1001");
        read.GetProperty("tags").EnumerateArray().Single().GetString().ShouldBe("vip");
        (await shop.Get($"/orders/{order.Text("id")}/notes")).GetProperty("data")[0].Text("body").ShouldBe("Ring before");
        var placed = await shop.Get("/drafts/" + id);
        (placed.Text("state"), placed.Text("order")).ShouldBe(("placed", order.Text("id")));

        var again = await shop.Send(HttpMethod.Post, $"/drafts/{id}/place", new { });
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Shop.Read(again, 200)).Text("id").ShouldBe(order.Text("id"));
        await shop.Refused(HttpMethod.Put, "/drafts/" + id, Draft(("MUG", 1)), 409, "drafts.cannot_change");
        (await shop.Get($"/events?aggregate={id}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["DraftCreated", "DraftChanged", "DraftChanged", "DraftPlaced"]);
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases, Capability("SE-01")]
    public async Task Whoever_may_read_orders_reads_and_searches_drafts_without_amounts_unless_prices_may_be_seen(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string id = (await shop.Post("/drafts", Draft(("MUG", 2)))).Text("id")!;
        using var reader = shop.Client((await shop.Post("/keys", new { name = "Reader", scopes = new[] { "orders:read" } })).Text("secret"));
        var found = (await Shop.Read(await reader.GetAsync("/api/v1/drafts?query=state:open%20sku:MUG"), 200)).GetProperty("data").EnumerateArray().Single();
        found.Text("id").ShouldBe(id);
        (found.GetRawText() + (await Shop.Read(await reader.GetAsync("/api/v1/drafts/" + id), 200)).GetRawText()).ShouldNotContain("Minor\"");
        (await Shop.Read(await reader.GetAsync("/api/v1/drafts?query=total:%3E7"), 400)).GetProperty("errors")[0].Text("code").ShouldBe("query.unknown_field");
        (await shop.Get("/drafts?query=total:%3E7")).GetProperty("data").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothDatabases]
    public async Task Two_agents_changing_one_draft_do_not_write_over_each_other(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string id = (await shop.Post("/drafts", Draft(("MUG", 1)))).Text("id")!;
        (await SendIf(shop, id, "1", Draft(("MUG", 2)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var late = await SendIf(shop, id, "1", Draft(("MUG", 3)));
        (await Shop.Read(late, 412)).Text("code").ShouldBe("drafts.changed");
        await shop.Refused(HttpMethod.Get, "/drafts/drf_00000000000000000000000000000000", null, 404, "drafts.not_found");
    }

    [Theory, BothDatabases]
    public async Task A_quote_keeps_its_prices_is_accepted_in_time_and_expires(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string id = (await shop.Post("/drafts", Draft(("MUG", 1)))).Text("id")!;
        await shop.Put("/products/MUG", new { name = "Mug", prices = new[] { new { currency = "GBP", priceMinor = 1100 } } });
        (await shop.Get("/drafts/" + id)).Long("totalMinor").ShouldBe(1100, "what is no quote follows the list");
        var quoted = await shop.Post($"/drafts/{id}/quote", new { validUntil = shop.Clock!.GetUtcNow().AddDays(7) });
        (quoted.Text("state"), quoted.Long("totalMinor")).ShouldBe(("quoted", 1100));
        await shop.Put("/products/MUG", new { name = "Mug", prices = new[] { new { currency = "GBP", priceMinor = 5000 } } });

        shop.Clock.Advance(TimeSpan.FromDays(8));
        (await shop.Get("/drafts/" + id)).Text("state").ShouldBe("expired");
        await shop.Refused(HttpMethod.Post, $"/drafts/{id}/accept", null, 409, "drafts.quote_expired");
        await shop.Refused(HttpMethod.Post, $"/drafts/{id}/place", new { }, 409, "drafts.quote_expired");
        (await shop.Get("/drafts?query=state:expired")).GetProperty("data").EnumerateArray().Single().Text("id").ShouldBe(id);
        var tell = (Switchyard.Orders.TellExpiredQuotes)shop.Services.GetService(typeof(Switchyard.Orders.TellExpiredQuotes))!;
        await Task.WhenAll(tell.Handle(), tell.Handle());
        (await Kinds()).ShouldBe(["DraftCreated", "DraftQuoted", "DraftQuoteExpired"], "once, whoever comes by");
        (await shop.Get("/drafts?query=state:quoted")).GetProperty("data").GetArrayLength().ShouldBe(0);

        await shop.Post($"/drafts/{id}/quote", new { validUntil = shop.Clock.GetUtcNow().AddDays(1) });
        (await shop.Post($"/drafts/{id}/accept", new { })).Text("state").ShouldBe("accepted");
        shop.Clock.Advance(TimeSpan.FromDays(30));
        var order = await shop.Post($"/drafts/{id}/place", new { });
        (order.Long("totalMinor"), order.Text("state")).ShouldBe((1100, "confirmed"), "accepted in time, at the price that was told");
        await shop.ShouldBeSound();

        async Task<IEnumerable<string?>> Kinds() => (await shop.Get($"/events?aggregate={id}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind"));
    }

    [Theory, BothDatabases]
    public async Task Who_may_not_say_prices_says_none_but_keeps_those_that_were_said(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        var clerk = await shop.Key("orders:read", "orders:write", "prices:read");
        object cheap = new { channel = "web", currency = "GBP", discountMinor = 100, lines = new[] { new { sku = "MUG", quantity = 2, unitPriceMinor = 900 } } };
        (await clerk.Send("/drafts", cheap)).Json.Text("code").ShouldBe("orders.price_right");
        string id = (await shop.Post("/drafts", cheap)).Text("id")!;
        var kept = await clerk.PutAsync(new Uri(clerk.BaseAddress!, "/api/v1/drafts/" + id), System.Net.Http.Json.JsonContent.Create(
            new { channel = "web", currency = "GBP", discountMinor = 100, note = "as agreed", lines = new[] { new { sku = "MUG", quantity = 3, unitPriceMinor = 900 } } }));
        (await Shop.Read(kept, 200)).Long("totalMinor").ShouldBe(2600);
        var more = await clerk.PutAsync(new Uri(clerk.BaseAddress!, "/api/v1/drafts/" + id), System.Net.Http.Json.JsonContent.Create(
            new { channel = "web", currency = "GBP", discountMinor = 101, lines = new[] { new { sku = "MUG", quantity = 3, unitPriceMinor = 900 } } }));
        (await Shop.Read(more, 403)).Text("code").ShouldBe("orders.price_right");
    }

    [Theory, BothDatabases]
    public async Task What_a_draft_reserves_becomes_the_orders_and_follows_its_changes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 5, priceMinor: 1000);
        string id = (await shop.Post("/drafts", Draft(("MUG", 3)))).Text("id")!;
        var held = await shop.Post($"/drafts/{id}/reserve", new { ttlSeconds = 3600 });
        held.GetProperty("reservation").Text("state").ShouldBe("active");
        await Balance(5, 0, 3);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("MUG", 3)), 409, "orders.short");
        await shop.Put("/drafts/" + id, Draft(("MUG", 5)));
        await Balance(5, 0, 5);
        await shop.Refused(HttpMethod.Put, "/drafts/" + id, Draft(("MUG", 6)), 409, "inventory.not_enough");
        await Balance(5, 0, 5);
        await shop.Put("/drafts/" + id, Draft(("MUG", 4)));
        (await shop.Post($"/drafts/{id}/place", new { })).Text("state").ShouldBe("confirmed");
        await Balance(5, 4, 0);

        string other = (await shop.Post("/drafts", Draft(("MUG", 1)))).Text("id")!;
        await shop.Post($"/drafts/{other}/reserve", new { ttlSeconds = 60 });
        shop.Clock!.Advance(TimeSpan.FromSeconds(61));
        await shop.Post("/orders", Given.Order(("MUG", 1)));               // it has run out: whoever comes may have it
        await shop.Refused(HttpMethod.Post, $"/drafts/{other}/place", new { }, 409, "orders.short");
        (await shop.Post($"/drafts/{other}/abandon", new { reason = "Too late" })).Text("state").ShouldBe("abandoned");
        await Balance(5, 5, 0);
        await shop.ShouldBeSound();

        async Task Balance(long onHand, long allocated, long reserved)
        {
            var now = await shop.Balance("MUG");
            (now.Long("onHand"), now.Long("allocated"), now.Long("reserved")).ShouldBe((onHand, allocated, reserved));
        }
    }

    [Theory, BothDatabases, Capability("P4"), Capability("P1")]
    public async Task Many_place_one_draft_at_once_and_one_order_is_made_while_others_want_its_stock(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        await shop.Product("MUG", 4, priceMinor: 1000);
        string id = (await shop.Post("/drafts", Draft(("MUG", 3)))).Text("id")!;
        await shop.Post($"/drafts/{id}/reserve", new { ttlSeconds = 600 });
        var placing = Enumerable.Range(0, 24).Select(i => Task.Run(() => (second is not null && i % 2 == 1 ? second : shop).Send(HttpMethod.Post, $"/drafts/{id}/place", new { }, i % 3 == 0 ? $"place-{i}" : null))).ToList();
        var buying = Enumerable.Range(0, 12).Select(_ => Task.Run(() => shop.Send(HttpMethod.Post, "/orders", Given.Order(("MUG", 1))))).ToList();
        var answers = await Task.WhenAll(placing);
        var bought = await Task.WhenAll(buying);

        answers.ShouldAllBe(a => a.IsSuccessStatusCode);
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        bought.Count(b => b.IsSuccessStatusCode).ShouldBe(1, "one unit was free");
        (await shop.Get("/orders")).GetProperty("data").GetArrayLength().ShouldBe(2);
        var balance = await shop.Balance("MUG");
        (balance.Long("allocated"), balance.Long("reserved"), balance.Long("available")).ShouldBe((4, 0, 0));
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Changing_and_placing_at_once_place_one_version_whole(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 1000, priceMinor: 1000);
        for (int round = 0; round < 6; round++)
        {
            string id = (await shop.Post("/drafts", Draft(("MUG", 1)))).Text("id")!;
            var tasks = Enumerable.Range(2, 4).Select(units => Task.Run(() => shop.Send(HttpMethod.Put, "/drafts/" + id, Draft(("MUG", units)))))
                .Append(Task.Run(() => shop.Send(HttpMethod.Post, $"/drafts/{id}/place", new { }))).ToList();
            var answers = await Task.WhenAll(tasks);
            answers[^1].IsSuccessStatusCode.ShouldBeTrue(await answers[^1].Content.ReadAsStringAsync());
            var (draft, order) = (await shop.Get("/drafts/" + id), await shop.Order(id.Replace("drf_", "ord_", StringComparison.Ordinal)));
            (draft.Text("state"), order.Line(1).Long("quantity")).ShouldBe(("placed", draft.Line(1).Long("quantity")));
        }
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task A_draft_that_lacks_something_says_what_when_it_is_placed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string empty = (await shop.Post("/drafts", new { channel = "web", currency = "GBP" })).Text("id")!;
        (await shop.Refused(HttpMethod.Post, $"/drafts/{empty}/place", new { }, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/lines");
        await shop.Refused(HttpMethod.Post, $"/drafts/{empty}/quote", new { validUntil = DateTimeOffset.UtcNow.AddDays(1) }, 409, "drafts.nothing_to_quote");
        await shop.Refused(HttpMethod.Post, $"/drafts/{empty}/reserve", new { ttlSeconds = 60 }, 409, "drafts.nothing_to_reserve");
        await shop.Refused(HttpMethod.Post, $"/drafts/{empty}/accept", null, 409, "drafts.not_quoted");
        string homeless = (await shop.Post("/drafts", new { channel = "web", currency = "GBP", lines = new[] { new { sku = "MUG", quantity = 1 } } })).Text("id")!;
        await shop.Refused(HttpMethod.Post, $"/drafts/{homeless}/place", new { }, 409, "drafts.no_address");
        var unknown = Draft(("NOPE", 1));
        string strange = (await shop.Post("/drafts", unknown)).Text("id")!;
        (await shop.Get("/drafts/" + strange)).Line(1).GetProperty("isGone").GetBoolean().ShouldBeTrue();
        (await shop.Refused(HttpMethod.Post, $"/drafts/{strange}/place", new { }, 400, "request.invalid")).GetProperty("errors")[0].Text("code").ShouldBe("orders.unknown_sku");
        (await shop.Refused(HttpMethod.Post, "/drafts", new { channel = "web", currency = "GBP", lines = new[] { new { sku = "MUG", quantity = 0 } } }, 400, "request.invalid"))
            .GetProperty("errors")[0].Text("pointer").ShouldBe("/lines/0/quantity");
    }

    [Theory, BothDatabases]
    public async Task A_discount_the_list_has_fallen_below_is_shown_and_not_placed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string id = (await shop.Post("/drafts", new { channel = "web", currency = "GBP", discountMinor = 900, method = "pickup", lines = new[] { new { sku = "MUG", quantity = 1 } } })).Text("id")!;
        await shop.Put("/products/MUG", new { name = "Mug", prices = new[] { new { currency = "GBP", priceMinor = 500 } } });
        (await shop.Get("/drafts/" + id)).Long("totalMinor").ShouldBe(500);
        await shop.Refused(HttpMethod.Post, $"/drafts/{id}/place", new { }, 400, "orders.discount_too_large");
        await shop.Refused(HttpMethod.Post, $"/drafts/{id}/quote", new { validUntil = DateTimeOffset.UtcNow.AddDays(1) }, 400, "orders.discount_too_large");
    }

    [Theory, BothDatabases]
    public async Task Drafts_are_listed_by_cursor_and_found_by_what_is_on_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        for (int i = 0; i < 5; i++) await shop.Post("/drafts", Draft(("MUG", i + 1)));
        var first = await shop.Get("/drafts?limit=2");
        var second = await shop.Get($"/drafts?limit=2&after={first.Text("next")}");
        first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(d => d.Text("number")).ShouldBe(["D1005", "D1004", "D1003", "D1002"]);
        foreach (string query in new[] { "number:D1003", "D1003", "total:30", "sku:MUG total:>29 total:<31", "byron tag:VIP total:30", "postcode:M11AE state:open total:30" })
            (await shop.Get("/drafts?query=" + Uri.EscapeDataString(query))).GetProperty("data").EnumerateArray().Single().Text("number").ShouldBe("D1003", query);
        (await shop.Get("/search/fields?list=drafts")).Text("list").ShouldBe("drafts");
    }

    private static async Task<HttpResponseMessage> SendIf(Shop shop, string id, string version, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/drafts/" + id) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await shop.Http.SendAsync(request);
    }

    private static object Draft(params (string Sku, long Quantity)[] lines) => new
    {
        channel = "web", currency = "GBP", customer = new { name = "Ada Byron", email = $"ada{Given.NextBuyer()}@example.test" }, method = "standard",
        shippingAddress = new { name = "Ada Byron", line1 = "2 Mill Lane", city = "Manchester", postcode = "M1 1AE", country = "GB" },
        lines = lines.Select(l => new { sku = l.Sku, quantity = l.Quantity }).ToArray(), note = "Ring before", tags = new[] { "vip" },
    };
}
