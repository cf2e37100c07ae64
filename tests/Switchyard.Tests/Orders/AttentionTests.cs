using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Exceptions;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>The one queue of what waits for a person, holds that run out and are overdue, and the list of exceptions.</summary>
public sealed class AttentionTests
{
    [Theory, BothDatabases, Capability("AU-03")]
    public async Task Held_short_and_troubled_orders_stand_in_one_queue_with_what_to_do(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        var unknown = await shop.Post("/orders", Given.Order(("NOPE", 1)));
        shop.Clock!.Advance(TimeSpan.FromMinutes(1));
        var shortOf = Given.Order(("A", 9));
        shortOf["onShort"] = "hold";
        await shop.Put("/channels/web", new { name = "Web shop", onShort = "hold" });
        var shorted = await shop.Post("/orders", shortOf);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await Raise(shop, "no_answer", "rel-1", "The node does not answer.", unknown.Text("id")!);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        var manual = await shop.Post("/orders", Given.Order(("A", 1)));
        await shop.Post($"/orders/{manual.Text("id")}/hold", new { reason = "Call him", owner = "ada" });

        var all = (await shop.Get("/attention")).GetProperty("data").EnumerateArray().ToList();
        all.Select(i => i.Text("kind")).ShouldBe(["unknown_sku", "stock", "no_answer", "manual"]);
        all[0].GetProperty("actions")[0].Text("operation").ShouldBe("catalog.createProduct");
        (all[3].GetProperty("actions")[0].Text("path"), all[3].Text("owner"), all[3].Text("order")).ShouldBe(
            ($"/api/v1/orders/{manual.Text("id")}/release-hold", "ada", manual.Text("id")));

        // Page by page the same, one at a time.
        var walked = new List<string?>();
        string? after = null;
        do
        {
            var page = await shop.Get("/attention?limit=1" + (after is null ? "" : "&after=" + after));
            walked.AddRange(page.GetProperty("data").EnumerateArray().Select(i => i.Text("kind")));
            after = page.GetProperty("hasMore").GetBoolean() ? page.Text("next") : null;
        }
        while (after is not null);
        walked.ShouldBe(all.Select(i => i.Text("kind")));

        (await shop.Get("/attention?kind=stock")).GetProperty("data").EnumerateArray().Single().Text("order").ShouldBe(shorted.Text("id"));
        (await shop.Get("/attention?owner=ada")).GetProperty("data").EnumerateArray().Single().Text("kind").ShouldBe("manual");
        (await shop.Get("/attention/counts")).GetProperty("kinds").EnumerateArray().Select(c => (c.Text("kind"), c.Long("count"))).ShouldBe(
            [("manual", 1), ("no_answer", 1), ("stock", 1), ("unknown_sku", 1)]);
        await shop.Refused(HttpMethod.Get, "/attention?kind=nonsense", null, 400, "request.invalid");

        var action = all[3].GetProperty("actions")[0];                       // the call does what it says
        await shop.Post(action.Text("path")!["/api/v1".Length..], action.GetProperty("body"));
        (await shop.Get("/attention")).GetProperty("data").EnumerateArray().Count().ShouldBe(3);
    }

    [Theory, BothDatabases, Capability("OV-04")]
    public async Task A_hold_opens_when_its_time_is_over_and_is_overdue_when_nobody_deals_with_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        var order = await shop.Post("/orders", Given.Order(("A", 1)));
        string id = order.Text("id")!;
        var now = shop.Clock!.GetUtcNow();
        await shop.Post($"/orders/{id}/hold", new { reason = "Wait for his call", kind = "customer", expiresAt = now.AddMinutes(60), escalateAt = now.AddMinutes(10) });
        var keep = shop.Services.GetRequiredService<KeepHolds>();
        await keep.Handle();
        (await shop.Get("/exceptions")).GetProperty("data").GetArrayLength().ShouldBe(0);

        shop.Clock.Advance(TimeSpan.FromMinutes(10));
        await keep.Handle();
        await keep.Handle();                                                 // twice is once
        var trouble = (await shop.Get("/exceptions")).GetProperty("data").EnumerateArray().Single();
        (trouble.Text("kind"), trouble.Text("order"), trouble.Long("seen")).ShouldBe(("hold_overdue", id, 1));
        (await shop.Get($"/orders/{id}")).GetProperty("holds")[0].GetProperty("escalatedAt").ValueKind.ShouldNotBe(JsonValueKind.Null);
        (await shop.Get("/attention?kind=customer")).GetProperty("data")[0].GetProperty("isOverdue").GetBoolean().ShouldBeTrue();

        shop.Clock.Advance(TimeSpan.FromMinutes(50));
        await keep.Handle();
        var free = await shop.Get($"/orders/{id}");
        (free.GetProperty("holds")[0].Text("state"), free.GetProperty("isHeld").GetBoolean()).ShouldBe(("expired", false));
        (await shop.Get("/exceptions?state=resolved")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Get($"/events?aggregate={id}")).GetProperty("data").EnumerateArray().Select(e => e.Text("kind")).ShouldBe(
            ["OrderPlaced", "OrderHeld", "OrderHoldEscalated", "OrderHoldReleased"]);
    }

    [Theory, BothDatabases, Capability("OV-04")]
    public async Task Holds_are_given_to_people_and_tell_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        string id = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        await shop.Post($"/orders/{id}/hold", new { reason = "Look at it", line = 1 });
        (await shop.Post($"/orders/{id}/assign-hold", new { hold = 1, owner = "bob" })).GetProperty("holds")[0].Text("owner").ShouldBe("bob");
        (await shop.Post($"/orders/{id}/assign-hold", new { hold = 1, owner = (string?)null })).GetProperty("holds")[0].GetProperty("owner").ValueKind.ShouldBe(JsonValueKind.Null);
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/assign-hold", new { hold = 2, owner = "bob" }, 404, "orders.hold_not_found");
        await shop.Refused(HttpMethod.Post, $"/orders/{id}/hold", new { reason = "x", line = 2 }, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("AU-03")]
    public async Task A_trouble_seen_again_counts_up_is_assigned_and_resolved_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        string order = (await shop.Post("/orders", Given.Order(("A", 1)))).Text("id")!;
        await Raise(shop, "no_answer", "rel-1", "First.", order);
        await Raise(shop, "no_answer", "rel-1", "Again.", order);
        await Raise(shop, "refund_owed", order, "Money.", order);
        var listed = (await shop.Get("/exceptions")).GetProperty("data").EnumerateArray().ToList();
        listed.Select(e => (e.Text("kind"), e.Long("seen"), e.Text("detail"))).ShouldBe([("no_answer", 2, "Again."), ("refund_owed", 1, "Money.")]);
        listed[0].Text("next").ShouldBe("Call the node or move the release.");
        long id = listed[0].Long("id");
        (await shop.Post($"/exceptions/{id}/assign", new { owner = "bob" })).Text("owner").ShouldBe("bob");
        (await shop.Post($"/exceptions/{id}/resolve", new { resolution = "Called them" })).Text("state").ShouldBe("resolved");
        await shop.Refused(HttpMethod.Post, $"/exceptions/{id}/resolve", new { resolution = "Again" }, 404, "exceptions.not_found");
        (await shop.Get("/exceptions?kind=refund_owed")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Get($"/exceptions?order={order}&state=resolved")).GetProperty("data").GetArrayLength().ShouldBe(1);
        await Raise(shop, "no_answer", "rel-1", "Once more.", order);           // after it was resolved it is a new one
        (await shop.Get("/exceptions?kind=no_answer")).GetProperty("data").EnumerateArray().Single().Long("seen").ShouldBe(1);
    }

    private static Task Raise(Shop shop, string kind, string subject, string detail, string order)
    {
        var actor = Actor.House("system:test", 1);
        return shop.Db.Write<Done>(actor, async work =>
        {
            var batch = work.Batch();
            ExceptionsRoom.Raise(batch, [new Trouble(kind, subject, detail, OrderId.Parse(order, null).Value)], (shop.Clock ?? TimeProvider.System).GetUtcNow());
            await batch.Run();
            return new Done();
        });
    }
}
