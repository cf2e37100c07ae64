using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Sourcing;
using Switchyard.Tests.Webhooks;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>Functions of the merchant's own that rank nodes: what they say counts, and no order waits for one that does not say it in time.</summary>
public sealed class RankerTests
{
    private const string ForNorth = """{"scores":{"north":100,"DC":0,"NOBODY":50}}""";

    [Theory, BothDatabases, Capability("AX-19", "NX-02")]
    public async Task A_ranker_says_from_where_orders_go_and_none_waits_for_one_that_is_slow_wrong_or_gone(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind, fakeClock: true);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 90, node, first: node == "DC");
        await shop.Refused(HttpMethod.Put, "/routing/rankers/green", new { name = "Green", url = "https://10.0.0.1/rank" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/routing/rankers/green", new { name = "Green", url = receiver.Url("/rank"), timeLimitMs = 49 }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/routing/rankers/green", null, 404, "routing.no_ranker");

        await shop.Draft("main", new { name = "Green", weights = new { ranker = "green", rankerMinor = 300 } });
        (await shop.Post("/routing/strategies/main/check", new { })).GetProperty("findings")[0].Text("code").ShouldBe("routing.unknown_code");
        string secret = (await Ranker(shop, receiver.Url("/rank"))).Text("secret")!;
        (await Ranker(shop, receiver.Url("/rank"))).GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null, "it is shown once");
        receiver.On("/rank", Receiver.Answers("200 OK", body: ForNorth));
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1");
        receiver.All("/rank").ShouldBeEmpty("no strategy names it yet");

        await shop.Live("main", new { name = "Green", weights = new { ranker = "Green", rankerMinor = 300 } });
        var ranked = await InTime(shop);
        From(ranked).ShouldBe("1:NORTHx1", "6.50 and nothing is less than 4.95 and 3.00");
        (await Told(shop, ranked)).ShouldBe("answered");
        (await shop.Get("/routing/rankers/green")).GetProperty("calls")[0].Text("outcome").ShouldBe("answered", "its last calls are shown, the newest first");
        (await shop.Plan(ranked)).GetProperty("rankers")[0].GetProperty("scores").GetProperty("NORTH").GetInt64().ShouldBe(100);
        (await shop.Plan(ranked)).Long("costMinor").ShouldBe(650, "what ranks is no money");
        var asked = receiver.All("/rank")[^1];
        asked.IsSignedBy(secret).ShouldBeTrue();
        string said = Encoding.UTF8.GetString(asked.Body);
        foreach (string personal in new[] { "Ada", "Byron", "Mill Lane", "example.test", "1AE" }) said.ShouldNotContain(personal);
        (asked.Json.GetProperty("order").Text("postcodeArea"), asked.Json.GetProperty("order").GetProperty("lines")[0].Text("sku"), asked.Json.GetProperty("nodes").GetArrayLength()).ShouldBe(("M1", "CUP", 3));

        // Whoever plans it anew goes by what was said then, and asks nobody.
        int calls = receiver.All("/rank").Count;
        await shop.Post($"/orders/{ranked.Text("id")}/edit", new { lines = new[] { new { line = 1, quantity = 3 } } });
        From(await shop.Get("/orders/" + ranked.Text("id"))).ShouldBe("1:NORTHx3");
        (await shop.Post("/routing/replan", new { })).Long("ordersMoved").ShouldBe(0, "its own decider would not move it");
        receiver.All("/rank").Count.ShouldBe(calls);
        var tried = await shop.Post("/routing/try", new { rules = Rules(new { name = "Twice", weights = new { ranker = "green", rankerMinor = 50 } }), order = Given.Order(("CUP", 1)) });
        (tried.GetProperty("tried").GetProperty("plan").GetProperty("shipments")[0].Text("node"), tried.GetProperty("live").GetProperty("plan").GetProperty("shipments")[0].Text("node")).ShouldBe(("DC", "NORTH"));

        foreach (var (behaviour, outcome) in new[]
        {
            (Receiver.Answers("200 OK", body: """{"scores":{"NORTH":"best"}}"""), "malformed"), (Receiver.Answers("200 OK", body: """{"scores":{"NORTH":101}}"""), "malformed"),
            (Receiver.Answers("500 Oh", body: ForNorth), "failed"), (Receiver.Drops, "failed"),
        })
        {
            receiver.On("/rank", behaviour);
            var without = await InTime(shop);
            (From(without), await Told(shop, without)).ShouldBe(("1:DCx1", outcome));
        }

        // One that is slow is cut off, and left alone for a while after some times.
        await Ranker(shop, receiver.Url("/slow"), timeLimitMs: 100);
        receiver.On("/slow", Receiver.Hangs);
        await shop.Post("/orders", Given.Order(("CUP", 1)));                     // the first one after a change may still go by what was before
        long before = (await shop.Get("/routing/rankers/green")).Long("failures");
        var watch = Stopwatch.StartNew();
        JsonElement late = default;
        for (long i = before; i < AskRankers.MostFailures; i++) late = await shop.Post("/orders", Given.Order(("CUP", 1)));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(2), "they would have hung for a minute each");
        (From(late), await Told(shop, late)).ShouldBe(("1:DCx1", "late"));
        var paused = await shop.Post("/orders", Given.Order(("CUP", 1)));
        (await Told(shop, paused), receiver.All("/slow").Count <= AskRankers.MostFailures).ShouldBe(("paused", true), "a call that was cut off early may not have come that far");
        var health = await shop.Get("/routing/rankers/green");
        (health.Long("failures"), health.GetProperty("pausedUntil").ValueKind).ShouldBe((AskRankers.MostFailures, JsonValueKind.String));
        receiver.On("/slow", Receiver.Answers("200 OK", body: ForNorth));
        shop.Clock!.Advance(AskRankers.Pause + TimeSpan.FromSeconds(1));
        await Ranker(shop, receiver.Url("/slow"), timeLimitMs: 2_000);
        var again = await InTime(shop);
        (From(again), await Told(shop, again)).ShouldBe(("1:NORTHx1", "answered"));

        JsonElement shown = default;
        await shop.Until(async () => (shown = await shop.Post("/routing/rankers/green/try", new { country = "GB", postcode = "LS1 4AP" })).Text("outcome") != "late");
        (shown.Text("outcome"), shown.GetProperty("scores").GetProperty("NORTH").GetInt64(), shown.GetProperty("question").GetProperty("order").Text("postcodeArea")).ShouldBe(("answered", 100, "LS1"));

        await shop.Put("/routing/rankers/green", new { name = "Green", url = receiver.Url("/slow"), isOn = false });
        await shop.Draft("main", new { name = "Green", weights = new { ranker = "green", rankerMinor = 400 } });
        (await shop.Post("/routing/strategies/main/check", new { })).GetProperty("findings")[0].Text("code").ShouldBe("routing.ranker_off");
        (await Told(shop, await shop.Post("/orders", Given.Order(("CUP", 1))))).ShouldBe("off");
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/routing/rankers/green", null), 200);
        (await shop.Get("/routing/rankers")).GetProperty("data").GetArrayLength().ShouldBe(0);
        From(await shop.Post("/orders", Given.Order(("CUP", 1)))).ShouldBe("1:DCx1");

        // All of it can be decided again, though nobody can be asked any more.
        var (from, to) = (shop.Clock.GetUtcNow().AddHours(-1), shop.Clock.GetUtcNow().AddMinutes(1));
        foreach (var order in new[] { ranked, late, again })
            (await shop.Routing(order)).ShouldAllBe(d => d.GetProperty("isReproduced").GetBoolean());
        var replay = (await shop.Backtest(new { from, to })).GetProperty("result").GetProperty("replay");
        (replay.Long("different"), replay.Long("same")).ShouldBe((0, replay.Long("decisions")));
    }

    [Fact]
    public void What_a_ranker_answers_is_read_strictly_and_what_it_is_asked_tells_no_address()
    {
        var ids = new Dictionary<string, long> { ["A"] = 1, ["B"] = 2 };
        RankerTalk.Read("""{"scores":{"a":80.5,"B":0}}""", ids).ShouldBe(new Dictionary<long, int> { [1] = 81, [2] = 0 }, ignoreOrder: true);
        foreach (string bad in new[] { "", "no", "[]", "{}", """{"scores":[]}""", """{"scores":{}}""", """{"scores":{"C":1}}""", """{"scores":{"A":-1}}""", """{"scores":{"A":true}}""", """{"scores":{"A":1e99}}""" })
            RankerTalk.Read(bad, ids).ShouldBeNull(bad);
        (RankerTalk.AreaOf("GB", "sw1a 2aa"), RankerTalk.AreaOf("US", "90210-1234"), RankerTalk.AreaOf("NL", "35"), RankerTalk.AreaOf("GB", null)).ShouldBe(("SW1A", "902", "35", null));
        new RankerAnswer(RankerWords.Late).Lacks(1).ShouldBe(0);
        new RankerAnswer(RankerWords.Answered, new Dictionary<long, int> { [1] = 70 }).Lacks(2).ShouldBe(100, "a node it says nothing of is the worst");
    }

    private static Task<JsonElement> Ranker(Shop shop, string url, int timeLimitMs = 2_000) => shop.Put("/routing/rankers/green", new { name = "Green", url, timeLimitMs });

    /// <summary>An order about which the ranker was heard: two seconds are the most that one waits, and on a full machine they may pass.</summary>
    private static async Task<JsonElement> InTime(Shop shop)
    {
        JsonElement order = default;
        await shop.Until(async () =>
        {
            order = await shop.Post("/orders", Given.Order(("CUP", 1)));
            if (await Told(shop, order) is not ("late" or "paused")) return true;
            shop.Clock!.Advance(AskRankers.Pause + TimeSpan.FromSeconds(1));
            return false;
        });
        return order;
    }

    private static async Task<string?> Told(Shop shop, JsonElement order) => (await shop.Plan(order)).GetProperty("rankers")[0].Text("outcome");
}
