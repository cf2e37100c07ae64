using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Kernel;

namespace Switchyard.Tests.Inventory;

/// <summary>Counts that are wanted, and what their results do to the books.</summary>
[Capability("AX-29", "P9")]
public sealed class CountTests
{
    [Theory, BothDatabases]
    public async Task A_count_by_hand_sets_the_shelf_to_what_was_found(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await shop.SetTo("MUG", 10);
        var task = (await shop.Post("/counts", new { items = new[] { new { sku = "mug", node = "MAIN" } }, reason = "looks empty" })).Items("counts").Single();
        (await shop.Get("/exceptions?kind=count_wanted")).Items("data").Count.ShouldBe(1);

        var done = await shop.Post($"/counts/{task.Of("id")}/result", new { quantity = 9 });

        done.Of("variance").ShouldBe(-1);
        (await shop.Total("MUG")).Of("available").ShouldBe(9);
        var entry = (await shop.Get("/inventory/ledger?sku=MUG")).Items("data")[0];
        (entry.TextOf("kind"), entry.Of("onHandDelta")).ShouldBe(("counted", -1));
        (await shop.Get("/exceptions?kind=count_wanted")).Items("data").ShouldBeEmpty();
        (await shop.Get("/counts?state=done")).Items("data").Single().TextOf("doneBy").ShouldNotBeNull();
        await shop.Refused(HttpMethod.Post, $"/counts/{task.Of("id")}/result", new { quantity = 9 }, 409, "inventory.count_done");
    }

    [Theory, BothDatabases]
    public async Task Units_missing_at_a_pick_come_back_when_the_count_finds_them_and_go_when_it_does_not(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("MUG", "JUG");
        foreach (string sku in new[] { "MUG", "JUG" })
        {
            await shop.SetTo(sku, 10);
            await Missing(shop, sku, 2);
            (await shop.Total(sku)).Of("available").ShouldBe(8);
        }
        var tasks = (await shop.Get("/counts")).Items("data");

        await shop.Post($"/counts/{tasks[0].Of("id")}/result", new { quantity = 10 });
        await shop.Post($"/counts/{tasks[1].Of("id")}/result", new { quantity = 9 });

        var (mug, jug) = (await shop.Total("MUG"), await shop.Total("JUG"));
        (mug.Of("onHand"), mug.Of("unavailable"), mug.Of("available")).ShouldBe((10, 0, 10));
        (jug.Of("onHand"), jug.Of("unavailable"), jug.Of("available")).ShouldBe((9, 0, 9));
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases]
    public async Task What_moved_after_the_count_is_kept_and_a_count_from_before_the_trouble_says_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("MUG");
        await shop.SetTo("MUG", 10);
        shop.Clock!.Advance(TimeSpan.FromMinutes(5));
        var before = shop.Clock.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await Missing(shop, "MUG", 1);
        long id = (await shop.Get("/counts")).Items("data").Single().Of("id");

        await shop.Refused(HttpMethod.Post, $"/counts/{id}/result", new { quantity = 10, asOf = before.ToString("o") }, 409, "inventory.count_too_old");
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        var counted = shop.Clock.GetUtcNow();
        shop.Clock.Advance(TimeSpan.FromMinutes(5));
        await shop.Add("MUG", 4);                                   // comes after the counter has passed
        await shop.Post($"/counts/{id}/result", new { quantity = 9, asOf = counted.ToString("o") });

        var total = await shop.Total("MUG");
        (total.Of("onHand"), total.Of("available")).ShouldBe((13, 13));
    }

    [Theory, BothDatabases]
    public async Task Faults_are_pointed_at_and_another_nodes_counts_are_unknown(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("MUG");
        await shop.Nodes("EAST");
        var problem = await shop.Refused(HttpMethod.Post, "/counts", new { items = new[] { new { sku = "NOBODY", node = "NOWHERE" } }, reason = "x" }, 400, "request.invalid");
        problem.Pointers().ShouldBe(["/items/0/sku", "/items/0/node"]);
        var task = (await shop.Post("/counts", new { items = new[] { new { sku = "MUG", node = "MAIN" } }, reason = "x" })).Items("counts").Single();
        foreach (object quantity in new object[] { -1, 1.5, "1" })
            ((int)(await shop.Send(HttpMethod.Post, $"/counts/{task.Of("id")}/result", new { quantity })).StatusCode).ShouldBe(400);
        var key = await shop.Post("/keys", new { name = "east", scopes = new[] { "inventory:read", "inventory:write" }, nodes = new[] { "EAST" } });
        using var east = shop.Client(key.TextOf("secret"));
        (await Shop.Read(await east.GetAsync("/api/v1/counts"), 200)).Items("data").ShouldBeEmpty();
        var answer = await east.PostAsync($"/api/v1/counts/{task.Of("id")}/result", System.Net.Http.Json.JsonContent.Create(new { quantity = 1 }));
        (await Shop.Read(answer, 404)).TextOf("code").ShouldBe("inventory.no_such_count");
    }

    // What a short pick does: the missing units become unavailable, and a count is wanted.
    private static async Task Missing(Shop shop, string sku, long units)
    {
        var now = shop.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var actor = Actor.House("system:test", 1);
        var done = await shop.Db.Write<Done>(actor, async work =>
        {
            long id = await work.Scalar("select id from products where sku = @sku", ("sku", sku));
            var sheet = await StockSheet.Lock(work, [id], now);
            long node = sheet.Of(id)[0].Node;
            sheet.Move(id, node, new Buckets { Unavailable = units }, new Movement(MovementKind.MadeUnavailable, actor.Id, Reason: "short pick"));
            await sheet.Write(work);
            var batch = work.Batch();
            CountTasks.Want(batch, actor, [new WantedCount(id, node, "short pick", units)], now);
            await batch.Run();
            return new Done();
        });
        done.IsOk.ShouldBeTrue();
    }
}
