using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Webhooks;

/// <summary>What those hear who live on customers: a CRM, a newsletter, a loyalty programme.</summary>
public sealed class CustomerHooksTests
{
    [Theory, BothDatabases, Capability("IG-09")]
    public async Task A_CRM_that_hears_customers_and_orders_in_any_order_ends_with_the_same_people(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        await shop.Webhook(receiver.Url("/crm"), "Customer*", "Order*");
        string ada = await Buyer(shop, 1), other = await Buyer(shop, 2), third = await Buyer(shop, 3);
        await shop.Post($"/customers/{ada}/merge", new { other, reason = "The same person" });
        (await Buyer(shop, 2)).ShouldBe(ada, "who was merged buys as the survivor");
        await shop.Post($"/customers/{ada}/merge", new { other = third, reason = "A slip" });
        await shop.Post($"/customers/{third}/unmerge", new { reason = "It was somebody else" });
        string last = (await shop.Post("/orders", Of(2))).Text("id")!;
        await shop.Until(() => Task.FromResult(receiver.All("/crm").Any(g => g.Subject == last) && receiver.All("/crm").Any(g => g.Kind == "CustomerUnmerged")));

        var shuffled = receiver.All("/crm").ToArray();
        new Random(7).Shuffle(shuffled);
        var (people, into) = Crm([.. shuffled, .. shuffled]);
        string root(string id) => into.TryGetValue(id, out string? next) && next is not null ? root(next) : id;
        people.Select(root).Distinct().Order().ShouldBe((await shop.Get("/customers")).GetProperty("data").EnumerateArray().Select(c => c.Text("id")!).Order());
        people.Where(p => root(p) == ada && p != ada).Order().ShouldBe((await shop.Get("/customers/" + ada)).GetProperty("merged").EnumerateArray().Select(m => m.GetString()!).Order());
        root(third).ShouldBe(third);
    }

    /// <summary>A small CRM: whom it knows, and into whom each was merged, by the newest entry of each that says so. A buyer's first order makes him known.</summary>
    private static (HashSet<string> People, Dictionary<string, string?> Into) Crm(IReadOnlyList<Got> heard)
    {
        var people = new HashSet<string>();
        var newest = new Dictionary<string, (long Sequence, string? Into)>();
        foreach (var got in heard)
        {
            var payload = got.Json.GetProperty("data").GetProperty("payload");
            if (got.Kind == "OrderPlaced" && payload.GetProperty("customerId").GetString() is { } buyer) people.Add(buyer);
            if (got.Subject.StartsWith("cus_", StringComparison.Ordinal)) people.Add(got.Subject);
            if (got.Kind is not ("CustomerMerged" or "CustomerUnmerged") || newest.TryGetValue(got.Subject, out var known) && known.Sequence >= got.Sequence) continue;
            newest[got.Subject] = (got.Sequence, got.Kind == "CustomerMerged" ? payload.Text("into") : null);
        }
        return (people, newest.ToDictionary(n => n.Key, n => n.Value.Into));
    }

    [Theory, BothDatabases, Capability("IG-10")]
    public async Task A_newsletter_hears_with_each_order_what_its_buyer_agrees_to_when_it_is_sent(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        var made = await shop.Post("/webhooks", new { url = receiver.Url("/letters"), kinds = new[] { "OrderPlaced", "OrderHeld" }, sendsConsents = true, isActive = false });
        made.GetProperty("sendsConsents").GetBoolean().ShouldBeTrue();
        await shop.Webhook(receiver.Url("/plain"), "OrderPlaced");
        string customer = await Buyer(shop, 1);
        await shop.Post($"/customers/{customer}/consents", new { purpose = "marketing", channel = "email", isGiven = true, source = "checkout" });
        await shop.Post($"/customers/{customer}/consents", new { purpose = "marketing", channel = "sms", isGiven = true, source = "checkout" });
        // Taken back between the order and the message of it: it counts as taken back.
        await shop.Post($"/customers/{customer}/consents", new { purpose = "marketing", channel = "email", isGiven = false, source = "call" });
        string silent = await Buyer(shop, 2);
        var put = new HttpRequestMessage(HttpMethod.Put, "/api/v1/webhooks/" + made.Text("id"))
        { Content = System.Net.Http.Json.JsonContent.Create(new { url = receiver.Url("/letters"), kinds = new[] { "OrderPlaced" }, sendsConsents = true, isActive = true }) };
        using (put) await Shop.Read(await shop.Http.SendAsync(put), 200);
        await shop.Until(() => Task.FromResult(receiver.All("/letters").Count >= 2 && receiver.All("/plain").Count >= 2));

        var told = receiver.All("/letters").Select(g => g.Json.GetProperty("data").GetProperty("customer")).ToDictionary(c => c.Text("id")!, c => c.GetProperty("consents"));
        (told[customer].GetProperty("marketing/email").GetBoolean(), told[customer].GetProperty("marketing/sms").GetBoolean()).ShouldBe((false, true));
        told[silent].EnumerateObject().ShouldBeEmpty("nobody asked him: that is no");
        receiver.All("/plain").ShouldAllBe(g => g.Json.GetProperty("data").EnumerateObject().All(p => p.Name != "customer"), "who did not ask for it is told nothing of it");
    }

    [Theory, BothDatabases, Capability("IG-11")]
    public async Task A_loyalty_programme_hears_once_what_an_order_earned_and_what_was_given_back_of_it(DatabaseKind kind)
    {
        using var receiver = new Receiver();
        await using var shop = await WebhookShop.Open(kind);
        await shop.Product("MUG", 100);
        await shop.Webhook(receiver.Url("/points"), "Points*");
        string id = (await shop.Post("/orders", Of(1, 2))).Text("id")!;
        string customer = (await shop.Get("/orders/" + id)).GetProperty("customer").Text("id")!;
        await shop.Post($"/orders/{id}/payments", new { type = "external", tender = "external", amountMinor = 2000 });
        await shop.Post($"/orders/{id}/facts", new { kind = "delivered", node = "MAIN" });
        await shop.Until(() => Task.FromResult(receiver.All("/points").Count == 1));
        await shop.Post($"/orders/{id}/payments", new { type = "refund", tender = "external", amountMinor = 1000 });
        await shop.Until(() => Task.FromResult(receiver.All("/points").Count == 2));
        receiver.All("/points").Select(g => (g.Kind, Payload(g).Long("amountMinor"), Payload(g).Long("earnedMinor"), Payload(g).Text("customerId"), Payload(g).Text("currency"), Payload(g).Text("key"))).ShouldBe(
            [("PointsEarned", 2000, 2000, customer, "GBP", $"points:{id}:1"), ("PointsReversed", 1000, 1000, customer, "GBP", $"points:{id}:2")]);

        // The same entries again: nothing is earned twice.
        var entries = await shop.Db.ReadAll(async work => (await Log(work, id)).Where(e => e.Kind is "OrderClosed" or "PaymentRecorded" or "PaymentRefunded").ToList());
        await shop.Services.GetRequiredService<Switchyard.Webhooks.TellPoints>().Deliver(entries, default);
        (await shop.Get($"/events?aggregate={id}:points&limit=250")).GetProperty("data").EnumerateArray().Count(e => e.Text("kind")!.StartsWith("Points", StringComparison.Ordinal)).ShouldBe(2);
    }

    private static JsonElement Payload(Got got) => got.Json.GetProperty("data").GetProperty("payload");

    private static Task<List<Switchyard.Log.LoggedEvent>> Log(Work work, string id) => Switchyard.Log.AggregateTimeline.Newest(work, "order", id, long.MaxValue, 250);

    private static Dictionary<string, object?> Of(int buyer, long quantity = 1)
    {
        var order = Given.Order(("MUG", quantity));
        order["customer"] = new { name = $"Buyer {buyer}", email = $"buyer{buyer}@example.test" };
        return order;
    }

    /// <summary>An order of a buyer; the customer it is of.</summary>
    private static async Task<string> Buyer(Shop shop, int buyer) => (await shop.Post("/orders", Of(buyer))).GetProperty("customer").Text("id")!;
}
