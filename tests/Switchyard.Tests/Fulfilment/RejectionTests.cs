using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Torture;

namespace Switchyard.Tests.Fulfilment;

/// <summary>What follows when a node says no, or nothing: a new place at once, its stock doubted, one new promise; and moves of work that run against each other.</summary>
public sealed class RejectionTests
{
    [Theory, BothDatabases, Capability("AX-23", "P12", "NX-11")]
    public async Task A_rejection_or_silence_gives_one_new_promise_and_the_refused_shelf_sells_nothing_until_it_is_counted(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Put("/zones/GB", new { name = "Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        foreach (var (code, days, cost) in new[] { ("NEAR", 1, 200L), ("FAR", 4, 500L) })
        {
            await shop.Node(code);
            await Shop.Read(await shop.Send(HttpMethod.Put, $"/nodes/{code}/lanes", new[] { new
            { zone = "GB", service = "van", method = "standard", currency = "GBP", baseMinor = cost, perKgMinor = 0, maxWeightGrams = 30_000, transitDays = days } }), 200);
            await shop.Put($"/nodes/{code}/work-settings", new { acceptsByDefault = false, acceptMinutes = 30 });
        }
        await shop.Product("A", 5, "NEAR");
        await shop.Stock("A", 9, "FAR");
        var (refused, release) = await shop.Released(("A", 2));
        var (silent, waiting) = await shop.Released(("A", 1));
        (await shop.Release(release)).Text("node").ShouldBe("NEAR");

        await shop.Do(release, "reject", new { reason = "missing" });
        var keep = shop.Services.GetRequiredService<Switchyard.Fulfilment.KeepWorkMoving>();
        for (int i = 0; i < 3; i++)
        {
            shop.Clock!.Advance(TimeSpan.FromMinutes(31));
            await keep.Handle();
            if (i == 1) (await shop.Release(waiting)).Text("state").ShouldBe("cancelled", "reminded once, then passed over");
        }
        foreach (string order in new[] { refused, silent })
        {
            (await shop.Releases(order))[1].Text("node").ShouldBe("FAR");
            (await shop.Get($"/orders/{order}/promises")).GetProperty("data").GetArrayLength().ShouldBe(2, "one new version for the loss, and no more");
            (await shop.Timeline(order)).Count(k => k == "OrderPromiseChanged").ShouldBe(1);
        }
        var near = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "NEAR");
        (near.Long("unavailable"), near.Long("available")).ShouldBe((2, 3));
        var count = (await shop.Get("/counts")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        (count.Text("node"), count.Long("pending")).ShouldBe(("NEAR", 2));
        await shop.Post($"/counts/{count.Long("id")}/result", new { quantity = 4 });
        near = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "NEAR");
        (near.Long("onHand"), near.Long("unavailable"), near.Long("available")).ShouldBe((4, 0, 4), "one was lost, one was found");
        await shop.BooksAreRight();
    }

    /// <summary>Two servers move eight releases to a place with room for three, while orders come in for the same goods and the releases are rejected.</summary>
    [Theory, BothDatabases, Capability("L4", "L16", "AX-03", "P1", "P11")]
    public async Task Releases_moved_at_once_take_their_claims_along_and_never_more_than_is_there(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;       // SQLite has one server
        await shop.Node("OTHER");
        await shop.Node("STORE", "store");
        await shop.Product("A", 8);
        var releases = new List<string>();
        for (int i = 0; i < 8; i++) releases.Add((await shop.Released(("A", 1))).Release);
        await shop.Stock("A", 3, "OTHER");
        Api[] doors = [new Api(shop.Http), new Api((second ?? shop).Http)];
        var moving = releases.SelectMany((r, i) => new[] { doors[i % 2].Post($"/fulfilments/{r}/move", new { node = "OTHER" }), doors[(i + 1) % 2].Post($"/fulfilments/{r}/move", new { node = "STORE" }) });
        var buying = Enumerable.Range(0, 4).Select(i => doors[i % 2].Post("/orders", Given.Order(("A", 1))));
        var replies = await Task.WhenAll([.. moving, .. buying]);
        var moves = replies[..16];
        foreach (var reply in moves.Where(r => !r.IsOk)) reply.Code.ShouldBeOneOf("fulfilment.short_there", "fulfilment.cannot_move", "fulfilment.same_node");
        foreach (var reply in replies[16..].Where(r => !r.IsOk)) reply.Code.ShouldBe("orders.short");
        (moves.Count(r => r.IsOk) + replies[16..].Count(r => r.IsOk)).ShouldBeGreaterThanOrEqualTo(3, "what is free is taken");
        var nodes = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().ToDictionary(n => n.Text("node")!);
        foreach (var node in nodes.Values) node.Long("available").ShouldBeGreaterThanOrEqualTo(0, node.Text("node"));
        nodes.Values.Sum(n => n.Long("allocated")).ShouldBe(8 + replies[16..].Count(r => r.IsOk));
        await shop.BooksAreRight();
    }
}
