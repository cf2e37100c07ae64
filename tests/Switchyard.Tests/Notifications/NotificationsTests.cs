using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Access;

namespace Switchyard.Tests.Notifications;

public sealed class NotificationsTests
{
    private const string Password = "correct horse battery";

    [Theory, BothDatabases, Capability("SE-05")]
    public async Task Whoever_is_mentioned_is_told_reads_it_and_loses_the_text_with_the_note(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        var placed = await shop.Post("/orders", Given.Order(("MUG", 1)));
        string order = placed.Text("id")!;
        foreach (string name in (string[])["ada", "ben"]) await SessionTests.Hire(shop, name, "customer-service");
        using var ada = await new Browser(shop).SignIn("ada", Password);
        using var ben = await new Browser(shop).SignIn("ben", Password);

        await Shop.Read(await ada.Send(HttpMethod.Post, $"/orders/{order}/notes", new { body = "Please call @ben", mentions = new[] { "@Ben", "ada" } }), 201);
        (await Shop.Read(await ada.Send(HttpMethod.Get, "/notifications"), 200)).GetProperty("data").GetArrayLength().ShouldBe(0, "nobody is told what they did");
        var told = await Shop.Read(await ben.Send(HttpMethod.Get, "/notifications"), 200);
        told.Long("unread").ShouldBe(1);
        var one = told.GetProperty("data")[0];
        one.Text("kind").ShouldBe("mention");
        one.Text("order").ShouldBe(order);
        one.Text("orderNumber").ShouldBe(placed.Text("number"));
        one.Text("text").ShouldBe("Please call @ben");

        // A change of the note tells only those who are new in it.
        await Shop.Read(await ada.Send(HttpMethod.Put, $"/orders/{order}/notes/1", new { body = "Please call", mentions = new[] { "ben" } }), 200);
        (await Shop.Read(await ben.Send(HttpMethod.Get, "/notifications"), 200)).Long("unread").ShouldBe(1);
        (await Shop.Read(await ada.Send(HttpMethod.Post, "/notifications/read", new { upTo = one.Long("id") }), 200)).Long("read").ShouldBe(0, "it is not hers");
        (await Shop.Read(await ben.Send(HttpMethod.Post, "/notifications/read", new { ids = new[] { one.Long("id") } }), 200)).Long("read").ShouldBe(1);
        (await Shop.Read(await ben.Send(HttpMethod.Post, "/notifications/read", new { ids = new[] { one.Long("id") } }), 200)).Long("read").ShouldBe(0);
        (await Shop.Read(await ben.Send(HttpMethod.Get, "/notifications?unread=true"), 200)).GetProperty("data").GetArrayLength().ShouldBe(0);
        await Shop.Read(await ada.Send(HttpMethod.Delete, $"/orders/{order}/notes/1"), null);
        (await Shop.Read(await ben.Send(HttpMethod.Get, "/notifications"), 200)).GetProperty("data")[0].Text("text").ShouldBeNull();
        await shop.Refused(HttpMethod.Post, "/notifications/read", new { }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task An_order_is_given_to_somebody_found_by_it_and_they_are_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 50);
        await SessionTests.Hire(shop, "Ada", "customer-service");
        string[] orders = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!))];
        var given = await shop.Post($"/orders/{orders[0]}/assign", new { assignee = "ada" });
        given.Text("assignee").ShouldBe("Ada");
        long version = given.Long("version");
        (await shop.Post($"/orders/{orders[0]}/assign", new { assignee = "ADA" })).Long("version").ShouldBe(version, "it was hers already");
        await shop.Refused(HttpMethod.Post, $"/orders/{orders[0]}/assign", new { assignee = "nobody" }, 400, "request.invalid");
        (await shop.Get("/orders?query=assignee:ada")).GetProperty("data").EnumerateArray().Select(o => o.Text("id")).ShouldBe([orders[0]]);
        (await shop.Get("/orders?query=assignee:none&count=true")).GetProperty("count").Long("count").ShouldBe(2);

        string job = (await shop.Post("/orders/bulk", new { action = "assign", query = "state:(placed,confirmed)", arguments = new { assignee = "ada" } })).Text("id")!;
        await shop.Until(async () => (await shop.Get("/jobs/" + job)).Text("state") is "done" or "doneWithFaults");
        (await shop.Get("/orders?query=assignee:ada&count=true")).GetProperty("count").Long("count").ShouldBe(3);
        using var ada = await new Browser(shop).SignIn("ada", Password);
        var told = await Shop.Read(await ada.Send(HttpMethod.Get, "/notifications?limit=2"), 200);
        told.Long("unread").ShouldBe(3);
        told.GetProperty("data")[0].Text("kind").ShouldBe("assigned");
        (await Shop.Read(await ada.Send(HttpMethod.Get, "/notifications?limit=2&after=" + told.Text("next")), 200)).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Post($"/orders/{orders[0]}/assign", new { assignee = (string?)null })).Text("assignee").ShouldBeNull();
        (await shop.Get($"/orders/{orders[0]}/timeline")).GetProperty("data")[0].Text("kind").ShouldBe("OrderAssigned");
    }

    [Theory, BothDatabases]
    public async Task Whoever_meets_a_clash_is_told_what_happened_since_they_read_the_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        var read = await shop.Post("/orders", Given.Order(("MUG", 1)));
        string order = read.Text("id")!;
        (await shop.Get("/orders/" + order)).Long("seq").ShouldBe(read.Long("seq"), "placing answers the same as reading");
        await shop.Post($"/orders/{order}/tags", new { add = new[] { "gift" } });
        await shop.Post($"/orders/{order}/hold", new { reason = "wait" });
        var since = (await shop.Get($"/orders/{order}/timeline?since={read.Long("seq")}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ToList();
        since.ShouldBe(["OrderHeld", "OrderTagged"]);
        (await shop.Get($"/orders/{order}/timeline?since={(await shop.Get("/orders/" + order)).Long("seq")}")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }
}
