using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Fulfilment;

/// <summary>What the world tells is recorded, whatever our books say; a contradiction becomes somebody's task.</summary>
public sealed class FactsTests
{
    [Theory, BothDatabases, Capability("P3")]
    public async Task A_3pl_tells_that_it_has_shipped_and_the_same_fact_again_changes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Node("THEIRS", "3pl");
        await shop.Product("A", 5, "THEIRS");
        var (order, release) = await shop.Released(("A", 2));
        var fact = new { kind = "shipped", carrier = "DPD", tracking = "T1" };
        (await shop.Post($"/fulfilments/{release}/facts", fact)).GetProperty("isNew").GetBoolean().ShouldBeTrue();
        var version = (await shop.Order(order)).Long("version");
        (await shop.Post($"/fulfilments/{release}/facts", fact)).GetProperty("isNew").GetBoolean().ShouldBeFalse();
        (await shop.Order(order)).Long("version").ShouldBe(version);
        (await shop.Release(release)).Text("state").ShouldBe("handedOver");
        (await shop.Balance("A")).Long("onHand").ShouldBe(3);
        await shop.Post($"/fulfilments/{release}/facts", new { kind = "delivered", tracking = "T1" });
        (await shop.Order(order)).Text("state").ShouldBe("closed");
        (await shop.Get("/exceptions")).GetProperty("data").GetArrayLength().ShouldBe(0, "a 3PL that tells is no contradiction");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("P3")]
    public async Task Shipped_after_cancel_is_recorded_with_an_exception(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 2));
        await shop.Do(release, "cancel");
        await shop.Post($"/orders/{order}/cancel", new { reason = "No longer wanted" });
        await shop.Post($"/fulfilments/{release}/facts", new { kind = "shipped" });
        var line = (await shop.Order(order)).GetProperty("lines")[0];
        (line.Long("cancelled"), line.Long("shipped")).ShouldBe((0, 2));
        (await shop.Balance("A")).Long("onHand").ShouldBe(3);
        (await shop.Troubles("shipped_after_cancel")).Count.ShouldBe(1);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("P3")]
    public async Task Shipped_without_a_claim_takes_the_stock_of_the_node_that_shipped(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("OTHER");
        await shop.Product("A", 5);
        string order = await shop.Placed(("A", 2));
        await shop.Post($"/orders/{order}/facts", new { kind = "shipped", node = "OTHER", lines = new[] { new { line = 1, quantity = 2 } } });
        var nodes = (await shop.Get("/inventory?sku=A")).GetProperty("nodes").EnumerateArray().ToDictionary(n => n.Text("node")!);
        (nodes["OTHER"].Long("onHand"), nodes["MAIN"].Long("onHand"), nodes["MAIN"].Long("allocated")).ShouldBe((-2, 5, 0));
        (await shop.Order(order)).GetProperty("lines")[0].Long("shipped").ShouldBe(2);
        (await shop.Troubles("shipped_unallocated")).Count.ShouldBe(1);
        await shop.BooksAreRight();
    }

    [Theory]
    [BothDatabases("delivered", "delivered")]
    [BothDatabases("lost", "lost")]
    [BothDatabases("sentBack", "sentBack")]
    public async Task What_arrived_or_ended_before_it_was_shipped_is_recorded_with_an_exception(DatabaseKind kind, string told, string bucket)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 2));
        await shop.Run(release, "start-picking", "pick", "pack");
        await shop.Post($"/fulfilments/{release}/facts", new { kind = told });
        (await shop.Order(order)).GetProperty("lines")[0].Long(bucket).ShouldBe(2);
        (await shop.Release(release)).Text("state").ShouldBe(bucket);
        (await shop.Balance("A")).Long("onHand").ShouldBe(3);
        (await shop.Troubles("delivered_before_shipped")).Count.ShouldBe(1);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task A_lost_parcel_that_arrives_after_all_is_delivered(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 2));
        await shop.Run(release, "start-picking", "pick", "pack", "ship", "lost");
        await shop.Post($"/fulfilments/{release}/facts", new { kind = "delivered" });
        (await shop.Order(order)).GetProperty("lines")[0].Long("delivered").ShouldBe(2);
        await shop.Post($"/fulfilments/{release}/facts", new { kind = "sentBack" });
        (await shop.Release(release)).Text("state").ShouldBe("sentBack");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task Part_of_a_release_is_told_to_have_left(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 5);
        var (order, release) = await shop.Released(("A", 2), ("B", 1));
        await shop.Post($"/orders/{order}/facts", new { kind = "shipped", id = "3pl-1", lines = new[] { new { line = 1, quantity = 1 } } });
        (await shop.Order(order)).Text("status").ShouldBe("partlyShipped");
        await shop.Run(release, "pick", "pack", "ship");
        (await shop.Order(order)).Text("status").ShouldBe("shipped");
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/facts", new { kind = "shipped", lines = new[] { new { line = 7 } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, $"/orders/{order}/facts", new { }, 400, "request.invalid");
        await shop.BooksAreRight();
    }
}
