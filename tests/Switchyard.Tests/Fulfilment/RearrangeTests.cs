using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Releases that are moved, split, merged, scheduled and held, and what a node sees of them.</summary>
public sealed class RearrangeTests
{
    [Theory, BothDatabases, Capability("AX-03", "L4")]
    public async Task A_release_moves_to_another_node_with_its_claim_or_not_at_all(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("OTHER");
        await shop.Product("A", 3);
        var (order, release) = await shop.Released(("A", 2));
        await shop.Stock("A", 1, "OTHER");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/move", new { node = "OTHER" }, 409, "fulfilment.short_there");
        await shop.Stock("A", 1, "OTHER");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/move", new { node = "MAIN" }, 409, "fulfilment.same_node");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/move", new { node = "NOWHERE" }, 400, "request.invalid");
        var moved = await shop.Do(release, "move", new { node = "OTHER", reason = "Nearer" });
        (moved.Text("node"), moved.Text("state"), moved.Text("from")).ShouldBe(("OTHER", "accepted", release));
        (await shop.Release(release)).Text("state").ShouldBe("cancelled");
        var nodes = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().ToDictionary(n => n.Text("node")!);
        (nodes["MAIN"].Long("allocated"), nodes["OTHER"].Long("allocated")).ShouldBe((0, 2));
        await shop.Run(moved.Text("id")!, "start-picking");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{moved.Text("id")}/move", new { node = "MAIN" }, 409, "fulfilment.work_has_begun");
        (await shop.Order(order)).GetProperty("lines")[0].Long("released").ShouldBe(2);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-03", "L18")]
    public async Task Splitting_and_merging_keep_every_unit(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 5);
        var (order, release) = await shop.Released(("A", 3), ("B", 2));
        var part = await shop.Do(release, "split", new { lines = new[] { new { line = 1, quantity = 2 } } });
        (part.GetProperty("lines").GetArrayLength(), part.GetProperty("lines")[0].Long("open")).ShouldBe((1, 2));
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{part.Text("id")}/split", new { lines = new[] { new { line = 1, quantity = 2 } } }, 409, "fulfilment.not_that_many");
        await shop.BooksAreRight();
        var merged = await shop.Do(release, "merge", new { with = part.Text("id") });
        merged.GetProperty("lines").EnumerateArray().Select(l => l.Long("open")).ShouldBe([3, 2]);
        (await shop.Release(part.Text("id")!)).Text("state").ShouldBe("cancelled");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/merge", new { with = part.Text("id") }, 409, "fulfilment.not_alike");
        (await shop.Order(order)).GetProperty("lines").EnumerateArray().Sum(l => l.Long("released")).ShouldBe(5);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-04")]
    public async Task Work_for_tomorrow_is_not_in_todays_queue(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        var (_, now) = await shop.Released(("A", 1));
        string order = await shop.Placed(("A", 1));
        var tomorrow = shop.Clock!.GetUtcNow().AddDays(1);
        var later = (await shop.Post($"/orders/{order}/release", new { fulfilAt = tomorrow })).GetProperty("fulfilments")[0];
        later.Text("state").ShouldBe("scheduled");
        (await Queue(shop)).ShouldBe([now]);
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await Keep(shop).Handle();
        (await Queue(shop)).ShouldBe([now, later.Text("id")], ignoreOrder: true);
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{now}/schedule", new { fulfilAt = tomorrow.AddDays(1) }, 409, "fulfilment.cannot_move");
    }

    [Theory, BothDatabases, Capability("AX-02")]
    public async Task Several_holds_stand_on_one_release_until_the_last_is_gone(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (_, release) = await shop.Released(("A", 1));
        await shop.Do(release, "hold", new { reason = "Customs", kind = "customs" });
        var held = await shop.Do(release, "hold", new { reason = "Quality" });
        held.GetProperty("holds").EnumerateArray().Select(h => (h.Text("kind"), h.Text("scope"), h.Text("owner")!.StartsWith("key:", StringComparison.Ordinal)))
            .ShouldBe([("customs", "release", true), ("manual", "release", true)]);
        int[] numbers = [.. held.GetProperty("holds").EnumerateArray().Select(h => (int)h.Long("hold"))];
        (await shop.Do(release, "release-hold", new { hold = numbers[0] })).GetProperty("isHeld").GetBoolean().ShouldBeTrue();
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/start-picking", new { }, 409, "fulfilment.held");
        (await shop.Do(release, "release-hold", new { hold = numbers[1] })).GetProperty("isHeld").GetBoolean().ShouldBeFalse();
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/release-hold", new { hold = numbers[1] }, 404, "fulfilment.hold_not_found");
        await shop.Do(release, "start-picking");
    }

    [Theory, BothDatabases, Capability("AX-01")]
    public async Task A_channel_releases_by_itself_and_a_full_node_takes_no_more_today(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/channels/web", new { name = "Web", onShort = "refuse", release = "automatic" });
        await shop.Put("/nodes/MAIN/work-settings", new { acceptsByDefault = true, dailyCapacity = 1 });
        await shop.Product("A", 5);
        string[] orders = [await shop.Placed(("A", 1)), await shop.Placed(("A", 1))];
        string held = await shop.Placed(("A", 1));
        await shop.Post($"/orders/{held}/hold", new { reason = "Wait" });
        var keep = await shop.ByHand<KeepWorkMoving>();                // its own round must not give out the next day's work before it is looked at
        await keep.Handle();
        await keep.Handle();
        var states = new List<string?>();
        foreach (string order in orders) states.Add((await shop.Releases(order)).ShouldHaveSingleItem().Text("state"));
        states.ShouldBe(["accepted", "planned"], ignoreOrder: true);
        (await shop.Releases(held)).ShouldBeEmpty();
        (await Load(shop)).ShouldBe((1, 1, 1, 1));
        shop.Clock!.Advance(TimeSpan.FromDays(1));
        (await Load(shop)).ShouldBe((1, 0, 1, 1), "a new day begins with nothing given");
        await keep.Handle();
        (await Load(shop)).ShouldBe((1, 1, 2, 0));
        (await Queue(shop)).Count.ShouldBe(2);
        await shop.BooksAreRight();
    }

    private static async Task<(long Capacity, long Today, long Live, long Waiting)> Load(Shop shop)
    {
        var load = (await shop.Get("/node-loads")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        return (load.GetProperty("dailyCapacity").GetInt64(), load.GetProperty("givenToday").GetInt64(), load.GetProperty("live").GetInt64(), load.GetProperty("waiting").GetInt64());
    }

    [Theory, BothDatabases]
    public async Task Mail_without_tracking_counts_as_delivered_after_the_channels_days(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/channels/web", new { name = "Web", onShort = "refuse", closeAfterDays = 10 });
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 1));
        await shop.Run(release, "start-picking", "pick", "pack", "ship");
        var (tracked, other) = await shop.Released(("A", 1));
        await shop.Run(other, "start-picking", "pick", "pack");
        await shop.Do(other, "ship", new { tracking = "T" });
        shop.Clock!.Advance(TimeSpan.FromDays(9));
        await Keep(shop).Handle();
        (await shop.Order(order)).Text("state").ShouldBe("confirmed");
        shop.Clock.Advance(TimeSpan.FromDays(1));
        await Keep(shop).Handle();
        (await shop.Order(order)).Text("state").ShouldBe("closed");
        (await shop.Order(tracked)).Text("state").ShouldBe("confirmed");
    }

    [Theory, BothDatabases, Capability("P20")]
    public async Task The_queue_shows_the_urgent_first_and_only_to_those_of_the_node(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("STORE", "store");
        await shop.Product("A", 5);
        var releases = new List<string>();
        for (int i = 0; i < 3; i++) releases.Add((await shop.Released(("A", 1))).Release);
        await shop.Db.WriteAll(work => work.Execute("update fulfilment_orders set priority = 5 where id = @id /* house */",
            ("id", Kernel.FulfilmentId.Parse(releases[2], null).Value)));
        await shop.Run(releases[0], "start-picking", "pick");
        await shop.Do(releases[0], "stop", new { reason = "Wrong" });
        var page = await shop.Get("/nodes/MAIN/queue?limit=2");
        page.GetProperty("data").EnumerateArray().Select(f => f.Text("id")).ShouldBe([releases[2], releases[0]]);
        page.GetProperty("data")[1].GetProperty("mustStop").GetBoolean().ShouldBeTrue();
        (await shop.Get("/nodes/MAIN/queue?limit=2&after=" + page.Text("next"))).GetProperty("data")[0].Text("id").ShouldBe(releases[1]);
        var key = await shop.Post("/keys", new { name = "Till", scopes = new[] { "fulfilment:read" }, nodes = new[] { "STORE" } });
        using var till = shop.Client(key.Text("secret"));
        (await till.GetAsync("/api/v1/nodes/MAIN/queue")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await Shop.Read(await till.GetAsync("/api/v1/nodes/STORE/queue"), 200)).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    private static KeepWorkMoving Keep(Shop shop) => (KeepWorkMoving)shop.Services.GetService(typeof(KeepWorkMoving))!;

    private static async Task<List<string>> Queue(Shop shop) =>
        [.. (await shop.Get("/nodes/MAIN/queue")).GetProperty("data").EnumerateArray().Select(f => f.Text("id")!)];
}
