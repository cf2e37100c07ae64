using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Goods that are not where they were promised from: short picks, rejections and nodes that do not answer.</summary>
public sealed class RerouteTests
{
    [Theory, BothDatabases, Capability("L9", "P1", "AX-01")]
    public async Task A_short_pick_empties_the_shelf_and_every_order_that_lost_its_goods_is_planned_anew_at_once(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        await shop.Product("A", 6);
        var (first, release) = await shop.Released(("A", 2));
        var (second, working) = await shop.Released(("A", 2));
        string idle = await shop.Placed(("A", 1));
        await shop.Stock("A", 4, "OTHER");
        await shop.Run(release, "start-picking");

        var picked = await shop.Do(release, "short-pick", new { line = 1, found = 1 });
        (picked.Text("state"), picked.GetProperty("lines")[0].Long("short")).ShouldBe(("picked", 1));
        (await shop.Release(working)).Text("state").ShouldBe("cancelled", "its goods are not there either");
        (await Places(shop, second)).ShouldBe(["OTHER"]);
        (await Places(shop, idle)).ShouldBe(["OTHER"]);
        (await shop.Releases(first))[1].Text("node").ShouldBe("OTHER");
        (await shop.Releases(second))[1].Text("state").ShouldBe("accepted");
        (await shop.Releases(idle)).ShouldBeEmpty("nobody had released it");
        var main = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().ToDictionary(n => n.Text("node")!);
        (main["MAIN"].Long("unavailable"), main["MAIN"].Long("allocated"), main["MAIN"].Long("available")).ShouldBe((5, 1, 0));
        (main["OTHER"].Long("allocated"), main["OTHER"].Long("available")).ShouldBe((4, 0));
        (await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 1)), 409, "orders.short")).Text("code").ShouldBe("orders.short");
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem().Text("sku").ShouldBe("A");
        var count = (await shop.Get("/counts")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem("somebody is to count the shelf");
        (count.Text("sku"), count.Text("node"), count.Text("state")).ShouldBe(("A", "MAIN", "open"));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("L9")]
    public async Task A_short_pick_of_fewer_takes_only_those_and_the_youngest_least_urgent_claim_gives_way(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (older, release) = await shop.Released(("A", 2));
        string younger = await shop.Placed(("A", 3));
        await shop.Run(release, "start-picking");
        await shop.Do(release, "short-pick", new { line = 1, found = 1, missing = 1 });
        var balance = await shop.Balance("A");
        (balance.Long("unavailable"), balance.Long("allocated"), balance.Long("available")).ShouldBe((1, 4, 0));
        var (mine, theirs) = ((await shop.Order(older)).GetProperty("lines")[0], (await shop.Order(younger)).GetProperty("lines")[0]);
        (mine.Long("picked") + mine.Long("released") + theirs.Long("allocated")).ShouldBe(4);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("L9", "P1")]
    public async Task What_a_rejected_order_gives_up_is_not_sold_past_it_while_it_waits(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        await Asks(shop, "MAIN");
        await shop.Product("A", 3);
        var (order, release) = await shop.Released(("A", 3));
        await shop.Do(release, "reject", new { reason = "busy" });
        // The same transaction sets the units aside; whether the drainer has been by since must make no difference to a buyer.
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from stock_ledger where kind = 'Earmarked' and earmarked_delta = 3 /* house */"))).ShouldBe(1);
        (await shop.Balance("A")).Long("available").ShouldBe(0, "set aside, or promised to it again");
        (await shop.Order(order)).GetProperty("lines")[0].Long("cancelled").ShouldBe(0);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("L9")]
    public async Task Nothing_found_ends_the_release_short_and_the_line_waits_when_nobody_else_has_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 2));
        await shop.Run(release, "start-picking");
        (await shop.Do(release, "short-pick", new { line = 1, found = 0 })).Text("state").ShouldBe("short");
        (await shop.Order(order)).GetProperty("lines")[0].Long("unallocated").ShouldBe(2);
        (await shop.Troubles("cannot_replan")).Count.ShouldBe(1);
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/short-pick", new { line = 1, found = 0 }, 409, "fulfilment.cannot_move");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/short-pick", new { line = 1 }, 400, "request.invalid");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-23", "AX-01")]
    public async Task A_rejection_for_damaged_goods_goes_to_the_next_node_and_the_shelf_is_to_be_counted(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        await Asks(shop, "MAIN");
        await shop.Product("A", 3);
        await shop.Stock("A", 3, "OTHER");
        var (order, release) = await shop.Released(("A", 2));
        var offered = await shop.Release(release);
        (string at, string next) = (offered.Text("node")!, offered.Text("node") == "MAIN" ? "OTHER" : "MAIN");
        offered.Text("state").ShouldBe("offered");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/reject", new { reason = "bored" }, 400, "request.invalid");
        (await shop.Do(release, "reject", new { reason = "damaged", note = "Water", lines = new[] { new { line = 1, quantity = 1 } } })).Text("state").ShouldBe("rejected");
        var again = (await shop.Releases(order))[1];
        (again.Text("node"), again.Long("attempts"), again.Text("from")).ShouldBe((next, 2, release));
        var nodes = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().ToDictionary(n => n.Text("node")!);
        (nodes[at].Long("unavailable"), nodes[at].Long("available")).ShouldBe((1, 2));
        (await shop.Troubles("count_wanted")).ShouldHaveSingleItem().Text("node").ShouldBe(at);
        (await shop.Timeline(order)).ShouldContain("FulfilmentRejected");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-01")]
    public async Task A_busy_node_keeps_its_stock_and_is_not_asked_again_for_this_order(DatabaseKind kind)
    {
        await using var shop = await Two(kind);
        await Asks(shop, "MAIN");
        await shop.Product("A", 3);
        await shop.Stock("A", 3, "OTHER");
        var (order, release) = await shop.Released(("A", 2));
        await shop.Do(release, "reject", new { reason = "busy" });
        string second = (await shop.Releases(order))[1].Text("id")!;
        await shop.Do(second, "reject", new { reason = "busy" });
        // The queue promises the order what is there, so that nobody buys it away, and gives it out nowhere.
        await shop.Until(async () => (await shop.Order(order)).GetProperty("lines")[0].Long("unallocated") == 0);
        (await shop.Releases(order)).Count.ShouldBe(2);
        (await shop.Balance("A")).Long("unavailable").ShouldBe(0);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-01")]
    public async Task A_node_that_does_not_answer_is_reminded_and_then_passed_over(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Node("OTHER");
        await Asks(shop, "MAIN", 30);
        await shop.Product("A", 3);
        var (order, release) = await shop.Released(("A", 2));
        var keep = (Switchyard.Fulfilment.KeepWorkMoving)shop.Services.GetService(typeof(Switchyard.Fulfilment.KeepWorkMoving))!;
        shop.Clock!.Advance(TimeSpan.FromMinutes(31));
        await keep.Handle();
        (await shop.Release(release)).GetProperty("remindedAt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        (await shop.Troubles("no_answer")).Count.ShouldBe(1);
        shop.Clock.Advance(TimeSpan.FromMinutes(31));
        await keep.Handle();
        (await shop.Release(release)).Text("state").ShouldBe("offered", "nobody else has the goods");
        await shop.Stock("A", 2, "OTHER");
        shop.Clock.Advance(TimeSpan.FromMinutes(31));
        await keep.Handle();
        (await shop.Release(release)).Text("state").ShouldBe("cancelled");
        (await shop.Releases(order))[1].Text("node").ShouldBe("OTHER");
        await shop.BooksAreRight();
    }

    private static async Task<Shop> Two(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Node("OTHER");
        return shop;
    }

    /// <summary>Both nodes are asked before they have work.</summary>
    internal static async Task Asks(Shop shop, string node, int minutes = 60)
    {
        foreach (string one in new[] { node, "OTHER" })
            await shop.Put($"/nodes/{one}/work-settings", new { acceptsByDefault = false, acceptMinutes = minutes });
    }

    private static async Task<string?[]> Places(Shop shop, string order) =>
        [.. (await shop.Order(order)).GetProperty("lines")[0].GetProperty("allocations").EnumerateArray().Select(a => a.Text("node"))];
}
