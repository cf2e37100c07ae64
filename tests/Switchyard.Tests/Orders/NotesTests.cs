using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>Notes on orders: for people here or for the customer, pinned, with mentions; on the timeline, and never their text on the log.</summary>
[Trait("Kind", "Database")]
public sealed class NotesTests
{
    [Theory, BothDatabases, Capability("SE-05", "SE-02")]
    public async Task A_note_with_a_mention_is_on_the_timeline_and_its_text_is_not_on_the_log(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 10);
        await shop.Post("/users", new { userName = "grace", password = "a long enough sentence", roles = new[] { "customer-service" } });
        string id = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!, path = $"/orders/{id}";

        var note = await shop.Post(path + "/notes", new { body = "Zanzibar: please call her back", mentions = new[] { "@Grace" }, isPinned = true });
        await shop.Post(path + "/notes", new { body = "Your parcel is late", isForCustomer = true }, key: "n-2");
        (await shop.Post(path + "/notes", new { body = "Your parcel is late", isForCustomer = true }, key: "n-2")).Long("note").ShouldBe(2, "a repeat is no second note");
        await shop.Post(path + "/tags", new { add = new[] { "late" } });

        note.GetProperty("isForCustomer").GetBoolean().ShouldBeFalse();
        note.GetProperty("mentions")[0].GetString().ShouldBe("Grace");
        var timeline = (await shop.Get(path + "/timeline")).GetProperty("data");
        timeline.EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["OrderTagged", "OrderNoted", "OrderNoted", "OrderPlaced"]);
        timeline[2].GetProperty("note").Text("body").ShouldBe("Zanzibar: please call her back");
        timeline[2].Text("actor")!.ShouldStartWith("key:");
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from events where payload like '%Zanzibar%'"))).ShouldBe(0);
        (await shop.Get(path + "/notes")).GetProperty("data")[0].Long("note").ShouldBe(1, "pinned first");
        var page = await shop.Get(path + "/timeline?limit=3");
        (await shop.Get($"{path}/timeline?limit=3&after={page.Text("next")}")).GetProperty("data").EnumerateArray().Single().Text("kind").ShouldBe("OrderPlaced");
    }

    [Theory, BothDatabases]
    public async Task A_note_is_changed_and_taken_away_and_its_text_is_gone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 10);
        string path = $"/orders/{(await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")}";
        await shop.Post(path + "/notes", new { body = "Zanzibar" });
        (await shop.Put(path + "/notes/1", new { isPinned = true })).Text("body").ShouldBe("Zanzibar");
        await Shop.Read(await shop.Send(HttpMethod.Delete, path + "/notes/1", null), 200);
        await shop.Refused(HttpMethod.Delete, path + "/notes/1", null, 404, "orders.note_not_found");
        await shop.Refused(HttpMethod.Put, path + "/notes/9", new { isPinned = true }, 404, "orders.note_not_found");
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from order_notes where body like '%Zanzibar%'"))).ShouldBe(0);
        var timeline = (await shop.Get(path + "/timeline")).GetProperty("data");
        timeline.EnumerateArray().Select(e => e.Text("kind")).ShouldBe(["OrderNoteRemoved", "OrderNoteChanged", "OrderNoted", "OrderPlaced"]);
        timeline[2].GetProperty("note").ValueKind.ShouldBe(JsonValueKind.Null);
        await shop.Refused(HttpMethod.Post, path + "/notes", new { body = "x", mentions = new[] { "nobody" } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, path + "/notes", new { body = "" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/orders/ord_00000000000000000000000000000000/timeline", null, 404, "orders.not_found");
    }

    [Theory, BothDatabases, Capability("SE-04")]
    public async Task Tags_compare_without_case_and_are_bounded(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10);
        string path = $"/orders/{(await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")}/tags";
        await shop.Post(path, new { add = new[] { "VIP", "gift" } });
        var tagged = await shop.Post(path, new { add = new[] { "vip" }, remove = new[] { "GIFT" } });
        tagged.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["VIP"]);
        await shop.Post(path, new { add = Enumerable.Range(1, 49).Select(i => $"t{i}") });
        await shop.Refused(HttpMethod.Post, path, new { add = new[] { "one more" } }, 422, "orders.too_many_tags");
        await shop.Refused(HttpMethod.Post, path, new { add = new[] { new string('x', 65) } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, path, new { }, 400, "request.invalid");
    }
}
