using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Warehouse;

/// <summary>Counts: planned, given to people, blind, and a large variance counted again and approved by somebody else.</summary>
public sealed class CountTests
{
    [Theory, BothDatabases, Capability("AX-29")]
    public async Task Nine_instead_of_ten_is_counted_again_and_booked_when_somebody_else_approves(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 10);
        await shop.Product("B", 5);
        await shop.Put("/nodes/MAIN/count-settings", new { limitUnits = 0, isBlind = true });
        using var counter = shop.Client((await shop.Post("/keys", new { name = "Counter", scopes = new[] { "inventory:read", "inventory:write" } })).Text("secret"));
        using var chief = shop.Client((await shop.Post("/keys", new { name = "Chief", scopes = new[] { "inventory:read", "inventory:write", "inventory:approve" } })).Text("secret"));

        var plan = new { node = "MAIN", by = "age", most = 10, assignee = "pete" };
        (await shop.Post("/counts/plan", new { node = "MAIN", by = "age", most = 10, dryRun = true })).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await Counts(shop)).ShouldBeEmpty();
        // Asked for twice at once it plans each shelf once.
        var planned = await Task.WhenAll(shop.Post("/counts/plan", plan), shop.Post("/counts/plan", plan));
        planned.Max(p => p.GetProperty("items").GetArrayLength()).ShouldBe(2);
        var counts = await Counts(shop, "&assignee=pete&planned=true");
        counts.Select(c => c.Text("sku")).Order().ShouldBe(["A", "B"]);
        counts.ShouldAllBe(c => c.Text("plan") == "age" && c.GetProperty("expected").ValueKind == JsonValueKind.Null);
        string path = "/counts/" + counts.Single(c => c.Text("sku") == "A").Long("id");

        // What the books say, once: nothing is asked for.
        (await Send(counter, "/counts/" + counts.Single(c => c.Text("sku") == "B").Long("id") + "/result", new { quantity = 5 }, 200)).Text("state").ShouldBe("done");

        var first = await Send(counter, path + "/result", new { quantity = 9 }, 200);
        (first.Text("state"), first.Text("stage")).ShouldBe(("open", "recount"));
        first.GetProperty("first").ValueKind.ShouldBe(JsonValueKind.Null);       // whoever counts again does not know
        (await OnHand(shop)).ShouldBe(10);
        await Send(chief, path + "/approve", new { }, 409, "inventory.count_not_waiting");
        var second = await Send(counter, path + "/result", new { quantity = 9 }, 200);
        (second.Text("stage"), second.Long("first"), second.Long("proposed"), second.Long("expected")).ShouldBe(("approval", 9, 9, 10));
        await Send(counter, path + "/result", new { quantity = 10 }, 409, "inventory.count_waits");
        await Send(counter, path + "/approve", new { }, 403, "access.forbidden");

        // One was sold meanwhile: the count is as of when it was made.
        await shop.Stock("A", -2);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await chief.PostAsync("/api/v1" + path + "/approve", Json(new { }))).StatusCode));
        var done = (await Counts(shop, "&state=done")).Single(c => c.Text("sku") == "A");
        (done.Long("counted"), done.Long("variance"), done.Text("approvedBy")!.Split(':')[0]).ShouldBe((9, -1, "key"));
        (await OnHand(shop)).ShouldBe(7);
        var entry = (await shop.Get("/inventory/ledger?sku=A")).GetProperty("data").EnumerateArray().Single(e => e.Text("kind") == "counted");
        entry.Long("onHandDelta").ShouldBe(-1);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-29")]
    public async Task Whoever_counted_does_not_approve_and_a_count_is_sent_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 10);
        await shop.Put("/nodes/MAIN/count-settings", new { limitUnits = 2, isBlind = false });
        await shop.Post("/counts", new { items = new[] { new { sku = "A", node = "MAIN" } }, reason = "Looks empty" });
        var count = (await Counts(shop, "&planned=false")).ShouldHaveSingleItem();
        count.Long("expected").ShouldBe(10);
        string path = "/counts/" + count.Long("id");
        (await shop.Post("/counts/assign", new { counts = new[] { count.Long("id") }, assignee = "carla" })).Long("assigned").ShouldBe(1);
        await shop.Post(path + "/result", new { quantity = 4 });
        (await shop.Post(path + "/result", new { quantity = 4 })).Text("stage").ShouldBe("approval");
        await shop.Refused(HttpMethod.Post, path + "/approve", new { }, 409, "inventory.own_count");
        (await shop.Post(path + "/recount", new { reason = "Look behind the pallet" })).Text("stage").ShouldBe("recount");
        // Within the limit it is booked by itself.
        (await shop.Post(path + "/result", new { quantity = 8 })).Text("state").ShouldBe("done");
        (await OnHand(shop)).ShouldBe(8);
        await shop.Refused(HttpMethod.Put, "/nodes/MAIN/count-settings", new { limitUnits = -1 }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/counts/plan", new { node = "MAIN", by = "zone" }, 400, "request.invalid");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-29", "P2")]
    public async Task What_lies_in_totes_and_parcels_is_not_missing_from_the_shelf(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 0);
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "FACE", sku = "A", quantity = 20 } } });
        await shop.Put("/nodes/MAIN/count-settings", new { isBlind = false });
        var (_, first) = await shop.Released(("A", 2));
        var (_, second) = await shop.Released(("A", 3));
        await shop.Do(first, "start-picking");
        await shop.Do(first, "pick", new { taken = new[] { new { line = 1, bin = "FACE", quantity = 2 } } });
        string? asOf = shop.Clock!.GetUtcNow().AddSeconds(1).ToString("O");
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Run(second, "start-picking", "pick", "pack");

        // 15 on the shelf, two in a tote, three in a parcel.
        await shop.Post("/counts", new { items = new[] { new { sku = "A", node = "MAIN" } }, reason = "Cycle" });
        var count = (await Counts(shop)).ShouldHaveSingleItem();
        (count.Long("expected"), count.GetProperty("bins").EnumerateArray().Select(b => b.GetString()).ShouldHaveSingleItem()).ShouldBe((15, "FACE"));
        (await shop.Post($"/counts/{count.Long("id")}/result", new { quantity = 15 })).Long("variance").ShouldBe(0);

        // As of an earlier minute: 18 lay there, and two were in the tote. What was packed and sent since then was still on the shelf.
        await shop.Run(first, "pack", "ship");
        await shop.Do(second, "ship");
        await shop.Post("/counts", new { items = new[] { new { sku = "A", node = "MAIN" } }, reason = "Cycle" });
        await shop.Refused(HttpMethod.Post, $"/counts/{(await Counts(shop)).Single().Long("id")}/result", new { quantity = 18, asOf }, 409, "inventory.older_than_last_count");
        await shop.Db.WriteAll(work => work.Execute("update stock set counted_at_ms = null"));
        (await shop.Post($"/counts/{(await Counts(shop)).Single().Long("id")}/result", new { quantity = 18, asOf })).Long("variance").ShouldBe(0);
        (await OnHand(shop)).ShouldBe(15);
        await shop.BooksAreRight();
    }

    private static async Task<List<JsonElement>> Counts(Shop shop, string query = "") => [.. (await shop.Get("/counts?node=MAIN" + query)).GetProperty("data").EnumerateArray()];

    private static async Task<long> OnHand(Shop shop) => (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "MAIN").Long("onHand");

    private static System.Net.Http.Json.JsonContent Json(object body) => System.Net.Http.Json.JsonContent.Create(body);

    private static async Task<JsonElement> Send(HttpClient http, string path, object body, int status, string? code = null)
    {
        var answer = await Shop.Read(await http.PostAsync("/api/v1" + path, Json(body)), status);
        if (code is not null) answer.Text("code").ShouldBe(code);
        return answer;
    }
}
