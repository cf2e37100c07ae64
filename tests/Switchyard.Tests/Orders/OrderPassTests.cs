using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>An order that a pass over many cannot change keeps no other from its turn, and comes back by itself.</summary>
public sealed class OrderPassTests
{
    [Fact]
    public void An_order_is_left_out_for_longer_after_each_try_and_never_for_much_more_than_an_hour() =>
        new[] { 1L, 2, 3, 6, 7, 8, 1_000_000 }.Select(tries => PassFailures.Gap(tries).TotalMinutes).ShouldBe([1, 2, 4, 32, 64, 64, 64]);

    [Theory, BothDatabases, Capability("P8")]
    public async Task An_order_that_cannot_leave_a_closed_node_is_tried_again_after_a_while_and_the_others_go_at_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("MUG");
        await shop.Post("/nodes", new { code = "EAST", name = "East", kind = "warehouse", country = "GB" });
        await shop.Add("MUG", 6, "MAIN");
        string[] orders = [await Place(shop), await Place(shop), await Place(shop)];
        await shop.Add("MUG", 6, "EAST");
        var work = await shop.ByHand<MoveOffNodes>();
        await Break(shop, orders[1], isBroken: true);
        await shop.Post("/nodes/MAIN/close", new { reason = "flood" });
        async Task<(string? State, long Failures)> Look(TimeSpan later)
        {
            shop.Clock!.Advance(later);
            await work.Handle();
            var closing = await shop.Get("/nodes/MAIN/closing");
            return (closing.Text("state"), closing.Long("failures"));
        }

        (await Look(TimeSpan.Zero)).ShouldBe(("running", 1));
        (await Nodes(shop, orders[0]), await Nodes(shop, orders[2])).ShouldBe(("EAST", "EAST"), "those before and behind it are moved");
        (await Look(TimeSpan.FromSeconds(59))).ShouldBe(("running", 1), "it is left out for a minute");
        (await Look(TimeSpan.FromSeconds(1))).ShouldBe(("running", 2));
        (await Look(TimeSpan.FromSeconds(119))).ShouldBe(("running", 2), "and then for two");
        await Break(shop, orders[1], isBroken: false);
        (await Look(TimeSpan.FromSeconds(1))).ShouldBe(("done", 2));
        (await Nodes(shop, orders[1])).ShouldBe("EAST");
        (await Left(shop)).ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("P8")]
    public async Task A_stop_of_a_SKU_comes_back_to_what_it_could_not_hold_and_whoever_says_it_anew_waits_for_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("MUG");
        await shop.Add("MUG", 6, "MAIN");
        string[] orders = [await Place(shop), await Place(shop), await Place(shop)];
        var work = await shop.ByHand<PullStopped>();
        await Break(shop, orders[0], isBroken: true);
        async Task<(string? State, long Failures, long Held)> Look(TimeSpan later)
        {
            shop.Clock!.Advance(later);
            await work.Handle();
            var stop = await shop.Get("/products/MUG/sale-stop");
            return (stop.Text("state"), stop.Long("failures"), stop.Long("ordersHeld"));
        }

        await shop.Post("/products/MUG/stop-sale", new { reason = "recall" });
        (await Look(TimeSpan.Zero)).ShouldBe(("running", 1, 2));
        (await Look(TimeSpan.FromSeconds(30))).ShouldBe(("running", 1, 2));
        // Said again, it is tried at once; it has failed once then, and is left out for a minute.
        await shop.Post("/products/MUG/stop-sale", new { reason = "recall" });
        (await Look(TimeSpan.Zero)).ShouldBe(("running", 2, 2));
        await Break(shop, orders[0], isBroken: false);
        (await Look(TimeSpan.FromMinutes(1))).ShouldBe(("stopped", 2, 3));
        await shop.Post("/products/MUG/resume-sale", new { });
        (await Look(TimeSpan.Zero)).State.ShouldBe("resumed");
        (await Left(shop)).ShouldBe(0);
    }

    private static async Task<string> Place(Shop shop) => (await shop.Post("/orders", Given.Order(("MUG", 2)))).Text("id")!;

    private static async Task<string> Nodes(Shop shop, string order) =>
        string.Join(',', (await shop.Get("/orders/" + order)).GetProperty("lines")[0].GetProperty("allocations").EnumerateArray().Select(a => a.Text("node")));

    /// <summary>Books that nobody can work with: units of a line there is not.</summary>
    private static async Task Break(Shop shop, string order, bool isBroken)
    {
        OrderId.TryParse(order, null, out var id).ShouldBeTrue();
        (await shop.Db.WriteAll(work => work.Execute("update allocations set line_no = @line where order_id = @order /* house */", ("order", id.Value), ("line", isBroken ? 99 : 1)))).ShouldBe(1);
    }

    private static Task<long> Left(Shop shop) => shop.Db.ReadAll(work => work.Scalar("select count(*) from pass_failures /* house */"));
}
