using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Webhooks;

/// <summary>What happens is told to those who want it: signed, in order, again when it was not taken.</summary>
[Capability("P12", "IG-15")]
public sealed class DeliveryTests
{
    [Theory, BothDatabases]
    public async Task Events_arrive_signed_in_order_and_only_those_that_are_wanted(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        var (orders, secret) = await shop.Webhook(receiver.Url("/orders"), "Order*");
        var (all, _) = await shop.Webhook(receiver.Url("/all"));
        string order = await shop.Order();
        await shop.Post($"/orders/{order}/hold", new { reason = "Look at it" });
        await shop.Post($"/orders/{order}/cancel", new { reason = "No longer wanted" });
        await shop.Stock("MUG", 5);
        await shop.Until(() => Task.FromResult(receiver.All("/orders").Count >= 3 && receiver.All("/all").Any(g => g.Kind == "InventoryAdjusted")));

        var got = receiver.All("/orders");
        got.Select(g => g.Kind).ShouldBe(["OrderPlaced", "OrderHeld", "OrderCancelled"]);
        got.Select(g => g.Sequence).ShouldBe([1, 2, 3]);
        got.ShouldAllBe(g => g.IsSignedBy(secret) && g.Subject == order && g.Headers["content-type"].StartsWith("application/cloudevents+json"));
        got[0].Json.Text("type").ShouldBe("switchyard.order.placed");
        got[0].Json.Text("source").ShouldBe("/merchants/main");
        var entry = (await shop.Get($"/events?aggregate={order}")).GetProperty("data")[0];
        got[0].Id.ShouldBe(entry.Text("id"));
        JsonElement.DeepEquals(got[0].Json.GetProperty("data"), entry).ShouldBeTrue("the data is the entry as the feed shows it");
        receiver.All("/all").ShouldContain(g => g.Kind == "WebhookCreated" && g.Subject == all, "its own making is the first it hears of");

        await shop.Until(async () => (await shop.Deliveries(orders, "&state=delivered")).Count == 3);
        (await shop.Deliveries(orders)).Select(d => d.Text("kind")).ShouldBe(["OrderCancelled", "OrderHeld", "OrderPlaced"], "newest first");
        (await shop.Deliveries(orders, "&kind=OrderHeld")).ShouldHaveSingleItem().Text("aggregateId").ShouldBe(order);
        var attempt = (await shop.Get($"/webhooks/{orders}/deliveries/{got[0].Id}")).GetProperty("attempts")[0];
        attempt.Long("status").ShouldBe(200);
        attempt.Text("response").ShouldBe("thanks");
    }

    [Theory, BothDatabases]
    public async Task A_failed_delivery_is_tried_again_after_longer_and_longer_and_given_up_after_days(DatabaseKind kind)
    {
        using var receiver = new Receiver().On("/bad", Receiver.Answers("500 Oops", body: "no\u0001good"));
        await using var shop = await WebhookShop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 100);
        var (id, secret) = await shop.Webhook(receiver.Url("/bad"), "OrderPlaced", "OrderHeld");
        string order = await shop.Order();
        await shop.Post($"/orders/{order}/hold", new { reason = "behind the first" });
        int[] waits = [0, 5, 300, 1_800, 7_200, 18_000, 36_000];
        for (int i = 0; i < waits.Length; i++)
        {
            if (waits[i] > 0)
            {
                await Settle(shop, id, i);
                shop.Clock!.Advance(TimeSpan.FromSeconds(waits[i] * 1.1 + 1));
            }
            await shop.Until(() => Task.FromResult(receiver.All("/bad").Count == i + 1));
        }
        await Settle(shop, id, waits.Length);
        receiver.All("/bad").ShouldAllBe(g => g.Kind == "OrderPlaced" && g.IsSignedBy(secret), "what is behind it waits");
        receiver.All("/bad").Select(g => g.Id).Distinct().Count().ShouldBe(1, "the same id at every try");
        receiver.All("/bad").Select(g => g.Headers["webhook-timestamp"]).Distinct().Count().ShouldBe(waits.Length, "signed anew");
        for (int days = 0; days < 3; days++)
        {
            int so = receiver.All("/bad").Count;
            shop.Clock!.Advance(TimeSpan.FromHours(27));
            if (days == 2) break;
            await shop.Until(() => Task.FromResult(receiver.All("/bad").Count > so));
            // All tries are written down, or the next would be reckoned from the clock set forward.
            await shop.Until(async () => (await shop.Deliveries(id)).Sum(d => d.Long("attempts")) == receiver.All("/bad").Count);
        }
        await shop.Until(async () => (await shop.Deliveries(id, "&state=failed")).Any(d => d.Text("kind") == "OrderPlaced"));
        await shop.Until(() => Task.FromResult(receiver.All("/bad").Any(g => g.Kind == "OrderHeld")));
        var failed = (await shop.Deliveries(id, "&state=failed")).Single(d => d.Text("kind") == "OrderPlaced");
        failed.Text("error").ShouldBe("Answered 500.");
        failed.GetProperty("nextTryAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await shop.Get($"/webhooks/{id}/deliveries/{failed.Text("event")}")).GetProperty("attempts")[0].Text("response").ShouldBe("no good");
    }

    [Theory, BothDatabases]
    public async Task A_webhook_that_fails_for_days_is_disabled_says_why_and_loses_nothing(DatabaseKind kind)
    {
        using var receiver = new Receiver().On("/hook", Receiver.Drops);
        await using var shop = await WebhookShop.Open(kind, fakeClock: true);
        shop.Settings().DisableAfter = TimeSpan.FromHours(1);
        await shop.Product("MUG", 100);
        var (id, _) = await shop.Webhook(receiver.Url("/hook"), "OrderPlaced");
        await shop.Order();
        await shop.Until(async () => (await shop.Get("/webhooks/" + id)).Text("failingSince") is not null);
        shop.Clock!.Advance(TimeSpan.FromMinutes(61));
        await shop.Until(async () => await shop.State(id) == "disabled");
        (await shop.Get("/webhooks/" + id)).Text("reason").ShouldBe("Nothing got through for 1 hours.");
        // Lists of events go as far as nobody writes any more, and others write beside this.
        await shop.Until(async () => (await shop.Get("/events?kind=WebhookDisabled")).GetProperty("data").EnumerateArray().Any(e => e.Text("aggregateId") == id));
        await shop.Order();
        await shop.Until(async () => (await shop.Deliveries(id, "&state=waiting")).Count == 2);
        int so = receiver.All("/hook").Count;
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await Task.Delay(300);
        receiver.All("/hook").Count.ShouldBe(so, "nothing is sent to a disabled webhook");

        receiver.On("/hook", Receiver.Fine);
        (await shop.Post($"/webhooks/{id}/enable", new { })).Text("state").ShouldBe("active");
        await shop.Until(async () => (await shop.Deliveries(id, "&state=delivered")).Count == 2);
        (await shop.Get("/webhooks/" + id)).GetProperty("failingSince").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory, BothDatabases]
    public async Task A_receiver_that_says_it_is_gone_is_disabled_at_once_and_what_waits_can_be_discarded(DatabaseKind kind)
    {
        using var receiver = new Receiver().On("/gone", Receiver.Answers("410 Gone"));
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        var (id, _) = await shop.Webhook(receiver.Url("/gone"), "OrderPlaced");
        await shop.Order();
        await shop.Until(async () => await shop.State(id) == "disabled");
        (await shop.Get("/webhooks/" + id)).Text("reason").ShouldBe("The receiver answered 410: it is gone.");
        receiver.On("/gone", Receiver.Fine);
        await shop.Post($"/webhooks/{id}/enable", new { discardWaiting = true });
        (await shop.Deliveries(id)).ShouldHaveSingleItem().Text("state").ShouldBe("discarded");
        string next = await shop.Order();
        await shop.Until(() => Task.FromResult(receiver.All("/gone").Any(g => g.Subject == next)));
        receiver.All("/gone").Count.ShouldBe(2);
    }

    [Theory, BothDatabases]
    public async Task A_receiver_that_asks_for_a_pause_gets_it(DatabaseKind kind)
    {
        using var receiver = new Receiver().On("/busy", Receiver.Answers("429 Too Many Requests", "Retry-After: 600\r\n"));
        await using var shop = await WebhookShop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 100);
        var (id, _) = await shop.Webhook(receiver.Url("/busy"), "OrderPlaced");
        await shop.Order();
        await Settle(shop, id, 1);
        await shop.Order();                                     // another order waits too: the receiver as a whole asked for it
        shop.Clock!.Advance(TimeSpan.FromSeconds(590));
        await Task.Delay(400);
        receiver.All("/busy").Count.ShouldBe(1);
        receiver.On("/busy", Receiver.Fine);
        shop.Clock.Advance(TimeSpan.FromSeconds(11));
        await shop.Until(async () => (await shop.Deliveries(id, "&state=delivered")).Count == 2);
    }

    [Theory, BothDatabases]
    [Capability("AX-58")]
    public async Task What_was_sent_is_sent_again_on_request_with_the_same_id_and_content(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        var (id, secret) = await shop.Webhook(receiver.Url("/hook"), "Order*");
        string order = await shop.Order();
        await shop.Post($"/orders/{order}/hold", new { reason = "look" });
        await shop.Until(async () => (await shop.Deliveries(id, "&state=delivered")).Count == 2);
        var first = receiver.All("/hook")[0];
        (await shop.Post($"/webhooks/{id}/deliveries/{first.Id}/resend", new { })).Text("state").ShouldBe("waiting");
        await shop.Until(() => Task.FromResult(receiver.All("/hook").Count == 3));
        receiver.All("/hook")[2].Id.ShouldBe(first.Id);
        receiver.All("/hook")[2].Body.ShouldBe(first.Body);
        receiver.All("/hook")[2].IsSignedBy(secret).ShouldBeTrue();
        await shop.Until(async () => (await shop.Get($"/webhooks/{id}/deliveries/{first.Id}")).GetProperty("attempts").GetArrayLength() == 2);

        var again = await shop.Post($"/webhooks/{id}/resend", new { since = DateTimeOffset.UtcNow.AddHours(-1), states = new[] { "delivered" } });
        again.Long("count").ShouldBe(2);
        await shop.Until(() => Task.FromResult(receiver.All("/hook").Count == 5));
        receiver.All("/hook").Skip(3).Select(g => g.Sequence).ShouldBe([1, 2], "in order");
        (await shop.Post($"/webhooks/{id}/resend", new { since = DateTimeOffset.UtcNow.AddHours(-1) })).Long("count").ShouldBe(0, "nothing failed");
        await shop.Refused(HttpMethod.Post, $"/webhooks/{id}/deliveries/evt_999999/resend", null, 404, "webhooks.no_such_delivery");
        await shop.Refused(HttpMethod.Post, $"/webhooks/{id}/resend", new { states = new[] { "waiting" } }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task A_paused_webhook_keeps_what_happens_and_sends_it_when_it_goes_on(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        var (id, _) = await shop.Webhook(receiver.Url("/hook"), "OrderPlaced");
        (await shop.Put("/webhooks/" + id, new { url = receiver.Url("/hook"), kinds = new[] { "OrderPlaced" }, isActive = false })).Text("state").ShouldBe("paused");
        string[] orders = [await shop.Order(), await shop.Order()];
        await shop.Until(async () => (await shop.Deliveries(id, "&state=waiting")).Count == 2);
        receiver.All("/hook").ShouldBeEmpty();
        await shop.Put("/webhooks/" + id, new { url = receiver.Url("/hook"), kinds = new[] { "OrderPlaced" } });
        await shop.Until(() => Task.FromResult(receiver.All("/hook").Count == 2));
        receiver.All("/hook").Select(g => g.Subject).Order().ShouldBe(orders.Order());
    }

    [Fact, Trait("Kind", "Database")]
    public async Task Two_processes_share_the_work_and_nothing_is_sent_twice()
    {
        using var receiver = new Receiver();
        await using var one = await WebhookShop.Open(DatabaseKind.Postgres);
        await using var two = await WebhookShop.Open(DatabaseKind.Postgres, settings: one.Settings);
        await one.Product("MUG", 1000);
        var (id, _) = await one.Webhook(receiver.Url("/hook"), "OrderPlaced");
        await Parallel.ForAsync(0, 60, async (i, _) => await (i % 2 == 0 ? one : two).Order());
        await one.Until(async () => (await one.Deliveries(id, "&state=delivered")).Count == 60);
        receiver.All("/hook").Count.ShouldBe(60);
    }

    private static Task Settle(Shop shop, string webhook, int attempts) =>
        shop.Until(async () => (await shop.Deliveries(webhook)).Any(d => d.Long("attempts") == attempts && d.Text("kind") == "OrderPlaced"));
}
