using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.SupportDesks;

/// <summary>What agents see beside a ticket and do from it: by their own rights, within the desk's limits, each wish once.</summary>
[Capability("CU-06", "IG-03", "IG-04")]
public sealed class SidebarTests
{
    [Theory, BothDatabases]
    public async Task An_agent_sees_the_orders_of_a_buyer_as_far_as_his_rights_go_and_strangers_see_nothing(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new ZendeskDesk());
        var shop = care.Shop;
        await shop.Product("MUG", 10);
        string dee = await care.Agent("dee", "orders:read", "prices:read", "payments:read"), pat = await care.Agent("pat", "orders:read"),
            kim = await care.Agent("kim", "catalog:read");
        int buyer = Given.NextBuyer();
        var order = await shop.Post("/orders", Given.Order(buyer, ("MUG", 2)));
        await shop.Post("/orders", Given.Order(("MUG", 1)));
        await shop.Post($"/orders/{order.Text("id")}/payments", new { type = "sale", tender = "cash" });
        string release = (await shop.Post($"/orders/{order.Text("id")}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick", "pack" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        await shop.Post($"/fulfilments/{release}/ship", new { tracking = "JD0001" });

        var card = await care.Call(dee, "sidebar", new { email = $"ADA{buyer}@example.test" });
        var one = card.GetProperty("orders").EnumerateArray().ShouldHaveSingleItem();
        one.Text("number").ShouldBe(order.Text("number"));
        one.GetProperty("parcels")[0].Text("tracking").ShouldBe("JD0001");
        (one.Long("totalMinor"), one.Long("capturedMinor")).ShouldBe((order.Long("totalMinor"), order.Long("totalMinor")));
        one.GetProperty("payments").GetArrayLength().ShouldBe(1);
        one.GetProperty("can").GetArrayLength().ShouldBe(0, "the desk offers it, the agent's rights do not");
        card.GetProperty("unoffered").EnumerateArray().Select(n => n.GetString()).ShouldBe(["return"]);
        string[] personal = ["Ada", "Mill Lane", "M1 1AE", "@example.test"];
        foreach (string word in personal) card.GetRawText().ShouldNotContain(word, Case.Sensitive);
        (await care.Call(dee, "sidebar", new { order = "#" + order.Text("number") })).GetProperty("orders").GetArrayLength().ShouldBe(1);

        (await care.Call(dee, "sidebar", new { order = order.Text("id") })).GetProperty("orders")[0].Text("number").ShouldBe(order.Text("number"));

        var plain = await care.Call(pat, "sidebar", new { order = order.Text("number") });
        plain.GetRawText().ShouldNotContain("Minor\"", Case.Sensitive, "who may not see amounts is shown none");
        plain.GetProperty("orders")[0].Text("status").ShouldBe("shipped");

        await care.Call(kim, "sidebar", new { order = order.Text("number") }, 403, "access.forbidden");
        await care.Call("nobody@hearth.example", "sidebar", new { order = order.Text("number") }, 403, "support.no_such_agent");
        await care.Call(dee, "sidebar", new { }, 400, "request.invalid");
        await care.Call(dee, "sidebar", new { order = order.Text("number") }, 401, "support.bad_signature", secret: "another secret");
        await shop.Post("/support-desks/care/call-secret", new { });
        await care.Call(dee, "sidebar", new { order = order.Text("number") }, 401, "support.bad_signature");
    }

    [Theory, BothDatabases]
    public async Task A_wish_is_done_once_however_often_the_desk_sends_it_and_never_beyond_rights_and_limits(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new GorgiasDesk(), new { refundMostMinor = 1_500 });
        var shop = care.Shop;
        await shop.Product("MUG", 20);
        string dee = await care.Agent("dee", "orders:read", "orders:cancel", "orders:replace", "payments:refund", "prices:read", "payments:read"),
            pat = await care.Agent("pat", "orders:read", "prices:read");
        var (open, paid) = (await shop.Post("/orders", Given.Order(("MUG", 1))), await shop.Post("/orders", Given.Order(("MUG", 2))));

        object cancel = new { key = "ticket-1-cancel", macro = "cancel", order = open.Text("number"), reason = "The buyer changed his mind" };
        await care.Call(pat, "macros", cancel, 403, "access.forbidden");
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => care.Call(dee, "macros", cancel)));
        all.ShouldAllBe(a => a.Text("state") == "done");
        (await shop.Get("/orders/" + open.Text("id"))).Text("state").ShouldBe("cancelled");
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from events where aggregate_id = @id and kind = 'OrderCancelled'", ("id", open.Text("id")))))
            .ShouldBe(1, "told once");
        await care.Call(dee, "macros", new { key = "ticket-1-cancel", macro = "cancel", order = open.Text("number"), reason = "Another wish" },
            422, "request.idempotency_key_reused");

        await shop.Post($"/orders/{paid.Text("id")}/payments", new { type = "sale", tender = "cash" });
        object refund = new { key = "ticket-2-refund", macro = "refund", order = paid.Text("id"), amountMinor = 1_000, reason = "A scratch" };
        var refunds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => care.Call(dee, "macros", refund)));
        refunds.Select(r => r.Text("made")).Distinct().Count().ShouldBe(1);
        (await shop.Get("/orders/" + paid.Text("id"))).Long("refundedMinor").ShouldBe(1_000);
        // Two more at once, of which the limit lets none and half of one through.
        await care.Call(dee, "macros", new { key = "ticket-2-refund-b", macro = "refund", order = paid.Text("id"), amountMinor = 501, reason = "Another scratch" }, 409,
            "payments.more_than_left");
        await care.Call(dee, "macros", new { key = "ticket-2-refund-c", macro = "refund", order = paid.Text("id"), amountMinor = 500, reason = "Another scratch" });
        (await care.Call(dee, "macros", refund)).Text("made").ShouldBe(refunds[0].Text("made"), "the first is still found");
        (await shop.Get("/orders/" + paid.Text("id"))).Long("refundedMinor").ShouldBe(1_500);

        await shop.Refused(HttpMethod.Post, "/support-desks/care/test", new { }, 400, "request.idempotency_key_malformed", key: "desk:somebody");
        await ForgottenWishesAreAsked(care, dee, refund, refunds[0].Text("made")!, paid.Text("id")!);

        await care.Call(dee, "macros", new { key = "ticket-3-return", macro = "return", order = paid.Text("id"), reason = "It does not fit" }, 409, "support.not_offered");
        await care.Write(new { macros = new[] { "refund" } });
        await care.Call(dee, "macros", new { key = "ticket-3-cancel", macro = "cancel", order = paid.Text("id"), reason = "No more" }, 409, "support.not_offered");
    }

    // The same button, pressed again in a ticket of last week.
    private static async Task ForgottenWishesAreAsked(SupportShop care, string dee, object refund, string made, string order)
    {
        await new ForgetOldKeys(care.Shop.Db, new NextWeek(), NullLogger<ForgetOldKeys>.Instance).Handle();
        (await care.Call(dee, "macros", refund)).Text("made").ShouldBe(made);
        (await care.Shop.Db.ReadAll(work => work.Scalar("select count(*) from idempotency_keys where substr(key, 1, 5) = 'desk:' and (answer is not null or packed is not null)")))
            .ShouldBe(0, "answers tell of people, and are dropped");
        await care.Shop.Db.WriteAll(work => work.Execute("delete from desk_wishes"));
        await care.Call(dee, "macros", refund, 409, "support.done_before");
        (await care.Shop.Get("/orders/" + order)).Long("refundedMinor").ShouldBe(1_500, "nothing was given back twice");
        (await care.Shop.Db.ReadAll(work => work.Scalar("select count(*) from events where kind = 'SupportMacroRun'"))).ShouldBe(3, "a cancel and two refunds, each told once");
    }

    private sealed class NextWeek : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddDays(8);
    }

    [Theory, BothDatabases]
    public async Task Who_sees_an_order_no_more_after_it_was_cancelled_hears_that_it_was_and_sees_no_orders_of_other_nodes(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new ZendeskDesk());
        var shop = care.Shop;
        await shop.Product("MUG", 10);
        string sam = await care.AgentOf("sam", "MAIN", "orders:read", "orders:cancel");
        var order = await shop.Post("/orders", Given.Order(("MUG", 1)));
        object cancel = new { key = "ticket-7-cancel", macro = "cancel", order = order.Text("number"), reason = "The buyer changed his mind" };
        for (int i = 0; i < 2; i++)
        {
            var said = await care.Call(sam, "macros", cancel);
            said.Text("state").ShouldBe("done");
            said.GetProperty("order").ValueKind.ShouldBe(JsonValueKind.Null, "nothing of it is in his node any more");
        }
        // One whose answer was lost before it was kept.
        await shop.Db.WriteAll(work => work.Execute("delete from desk_wishes"));
        (await care.Call(sam, "macros", cancel)).Text("state").ShouldBe("done");
        (await care.Call(sam, "sidebar", new { order = order.Text("number") })).GetProperty("orders").GetArrayLength().ShouldBe(0);
        // A head that names a member twice is no token.
        using var client = shop.Client(null);
        using var twice = new HttpRequestMessage(HttpMethod.Post, new Uri((await shop.Get("/support-desks/care")).Text("callUrl")!).AbsolutePath + "/sidebar") { Content = JsonContent.Create(new { order = "1" }) };
        twice.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Base64Url.EncodeToString("""{"alg":"HS256","alg":"HS256"}"""u8) + ".e30.e30");
        (await client.SendAsync(twice)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Theory, BothDatabases]
    public async Task Nobody_gives_agents_of_a_desk_more_than_they_may_themselves(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new ZendeskDesk());
        var key = await care.Shop.Post("/keys", new { name = "Settings", scopes = new[] { "settings:read", "settings:write", "orders:read", "orders:cancel", "payments:read", "prices:read" } });
        using var http = care.Shop.Client(key.Text("secret"));
        async Task<JsonElement> Ask(HttpMethod method, string path, object body, int status)
        {
            using var request = new HttpRequestMessage(method, "/api/v1/support-desks/" + path) { Content = JsonContent.Create(body) };
            return await Shop.Read(await http.SendAsync(request), status);
        }

        // Whoever knows the secret of a desk speaks for each of its agents.
        (await Ask(HttpMethod.Post, "care/call-secret", new { }, 403)).Text("code").ShouldBe("access.beyond_yours");
        object desk(params string[] macros) => new { adapter = "zendesk", baseUrl = care.Sim.BaseUrl, settings = care.Sim.Settings, secrets = care.Sim.Secrets, macros };
        (await Ask(HttpMethod.Put, "own", desk("cancel", "refund"), 403)).Text("code").ShouldBe("access.beyond_yours");
        await Ask(HttpMethod.Put, "own", desk("cancel"), 200);
        (await Ask(HttpMethod.Post, "own/call-secret", new { }, 200)).Text("secret").ShouldNotBeNullOrEmpty();
        async Task<bool> takesCalls() => (await care.Shop.Get("/support-desks/own")).GetProperty("takesCalls").GetBoolean();
        (await takesCalls()).ShouldBeTrue();
        // A secret that was made for less is good no more once somebody else adds to it.
        await care.Shop.Put("/support-desks/own", desk());
        (await takesCalls()).ShouldBeTrue("less is no more");
        await care.Shop.Put("/support-desks/own", desk("refund"));
        (await takesCalls()).ShouldBeFalse();

        // Agents see every node, so somebody of one node makes no secret that speaks for them; nor does somebody who sees no money.
        var store = await care.Shop.Post("/keys", new
        {
            name = "Store", scopes = new[] { "settings:read", "settings:write", "orders:read", "orders:cancel", "payments:read", "payments:refund", "orders:replace", "prices:read" },
            nodes = new[] { "MAIN" }
        });
        using var storeHttp = care.Shop.Client(store.Text("secret"));
        foreach (var (path, method, body) in new (string, HttpMethod, object)[] { ("care/call-secret", HttpMethod.Post, new { }), ("more", HttpMethod.Put, desk()) })
        {
            using var request = new HttpRequestMessage(method, "/api/v1/support-desks/" + path) { Content = JsonContent.Create(body) };
            (await Shop.Read(await storeHttp.SendAsync(request), 403)).Text("code").ShouldBe("access.nodes_beyond_yours");
        }
    }

    [Theory, BothDatabases]
    public async Task What_was_lost_is_sent_again_once(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new ZendeskDesk());
        var shop = care.Shop;
        await shop.Product("MUG", 10);
        string dee = await care.Agent("dee", "orders:read", "orders:replace");
        var order = await shop.Post("/orders", Given.Order(("MUG", 2)));
        object wish = new { key = "ticket-4-resend", macro = "resend", order = order.Text("number"), reason = "Lost on the way", lines = new[] { new { line = 1, quantity = 1 } } };
        await care.Call(dee, "macros", wish, 409, "orders.not_shipped");
        string release = (await shop.Post($"/orders/{order.Text("id")}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick", "pack" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        await shop.Post($"/fulfilments/{release}/ship", new { tracking = "JD0002" });
        var sent = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => care.Call(dee, "macros", wish)));
        string made = sent.Select(s => s.Text("made")!).Distinct().ShouldHaveSingleItem();
        var again = await shop.Get("/orders/" + made);
        (again.Long("totalMinor"), again.GetProperty("lines")[0].Long("quantity")).ShouldBe((0L, 1L));
    }

    [Theory, BothDatabases]
    public async Task What_the_buyer_sends_back_is_announced_once_and_never_more_than_has_left(DatabaseKind kind)
    {
        await using var care = await SupportShop.Open(kind, new GorgiasDesk(), new { macros = new[] { "return" } });
        var shop = care.Shop;
        await shop.Product("MUG", 10);
        string dee = await care.Agent("dee", "orders:read", "orders:write"), pat = await care.Agent("pat", "orders:read");
        var order = await shop.Post("/orders", Given.Order(("MUG", 2)));
        object wish(string key, int units) => new { key, macro = "return", order = order.Text("number"), reason = "Too small", lines = new[] { new { line = 1, quantity = units } } };
        await care.Call(dee, "macros", wish("ticket-5-return", 1), 409, "orders.not_that_many_back");
        string release = (await shop.Post($"/orders/{order.Text("id")}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in new[] { "start-picking", "pick", "pack" }) await shop.Post($"/fulfilments/{release}/{step}", new { });
        await shop.Post($"/fulfilments/{release}/ship", new { tracking = "JD0005" });

        await care.Call(pat, "macros", wish("ticket-5-return", 1), 403, "access.forbidden");
        var card = await care.Call(dee, "sidebar", new { order = order.Text("number") });
        card.GetProperty("orders")[0].GetProperty("can").EnumerateArray().Select(c => c.GetString()).ShouldBe(["return"]);
        var said = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => care.Call(dee, "macros", wish("ticket-5-return", 1))));
        said.ShouldAllBe(s => s.Text("state") == "done" && s.Text("made") == order.Text("number") + "-R1");
        await care.Call(dee, "macros", wish("ticket-6-return", 2), 409, "orders.not_that_many_back");

        var announced = (await shop.Get($"/orders/{order.Text("id")}/returns")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        (announced.Text("source"), announced.GetProperty("lines")[0].Long("quantity")).ShouldBe(("desk", 1L));
    }
}
