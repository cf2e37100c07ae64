using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Work that is stopped before the goods leave: by our people, by a 3PL, in part and as a whole.</summary>
public sealed class StopWorkTests
{
    [Theory, BothDatabases, Capability("OV-05")]
    public async Task Work_that_has_not_begun_stops_at_once_and_its_units_stay_claimed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 3));
        (await Ask(shop, order, null)).IsDone.ShouldBeTrue();
        (await shop.Release(release)).Text("state").ShouldBe("cancelled");
        var line = (await shop.Order(order)).GetProperty("lines")[0];
        (line.Long("allocated"), line.Long("released")).ShouldBe((3, 0));
        (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("number")!.ShouldEndWith("-F2");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task A_picker_and_packer_see_stop_put_the_goods_back_and_the_order_is_cancelled_by_itself(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (order, release) = await shop.Released(("A", 3));
        await shop.Run(release, "start-picking", "pick", "pack");
        (await Ask(shop, order, null)).IsAsked.ShouldBeTrue();
        var asked = await shop.Release(release);
        (asked.Text("state"), asked.GetProperty("mustStop").GetBoolean(), asked.GetProperty("putBacks")[0].Long("wanted")).ShouldBe(("stopAsked", true, 3));
        (await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/ship", new { }, 409, "fulfilment.stop_asked")).Text("detail")!.ShouldStartWith("STOP");
        (await shop.Do(release, "put-back", new { lines = new[] { new { line = 1, quantity = 1 } } })).Text("state").ShouldBe("stopAsked");
        (await shop.Order(order)).Text("state").ShouldBe("confirmed");
        var ended = await shop.Do(release, "put-back");
        (ended.Text("state"), ended.GetProperty("packages")[0].Text("state"), ended.GetProperty("putBacks")[0].Long("done")).ShouldBe(("cancelled", "voided", 3));
        (await shop.Order(order)).Text("state").ShouldBe("cancelled");
        (await shop.Balance("A")).Long("available").ShouldBe(5);
        (await shop.Timeline(order))[^3..].ShouldBe(["FulfilmentPutBack", "FulfilmentStopped", "OrderCancelled"]);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task Some_units_are_cancelled_and_the_rest_is_worked_on_anew(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Product("B", 5);
        var (order, release) = await shop.Released(("A", 3), ("B", 2));
        await shop.Run(release, "start-picking");
        await shop.Do(release, "pick", new { lines = new[] { new { line = 1 } } });
        (await Ask(shop, order, new() { [2] = 1 })).IsDone.ShouldBeTrue("nobody has taken it off the shelf");
        (await shop.Release(release)).GetProperty("lines")[1].Long("cancelled").ShouldBe(1);
        (await Ask(shop, order, new() { [1] = 2 })).IsAsked.ShouldBeTrue();
        (await shop.Do(release, "put-back")).Text("state").ShouldBe("cancelled");
        var again = (await shop.Releases(order))[^1];
        (again.Text("state"), again.GetProperty("lines")[0].Long("open"), again.GetProperty("lines")[1].Long("open")).ShouldBe(("accepted", 1, 2));
        (await shop.Order(order)).GetProperty("lines")[0].Long("cancelled").ShouldBe(2);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("OV-05")]
    public async Task Units_cancelled_over_two_releases_that_have_begun_are_cancelled_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 6);
        var (order, first) = await shop.Released(("A", 6));
        string second = (await shop.Do(first, "split", new { lines = new[] { new { line = 1, quantity = 3 } } })).Text("id")!;
        foreach (string release in new[] { first, second }) await shop.Run(release, "start-picking", "pick");
        var asked = await shop.Send(HttpMethod.Post, $"/orders/{order}/cancel", new { lines = new[] { new { line = 1, quantity = 4 } } });
        ((int)asked.StatusCode).ShouldBe(202);
        foreach (string release in new[] { first, second }) await shop.Do(release, "put-back");
        var line = (await shop.Order(order)).GetProperty("lines")[0];
        (line.Long("cancelled"), line.Long("released")).ShouldBe((4, 2));
        (await shop.Balance("A")).Long("available").ShouldBe(4);
        await shop.BooksAreRight();
    }

    [Theory]
    [BothDatabases(true)]
    [BothDatabases(false)]
    public async Task A_3pl_is_asked_and_answers(DatabaseKind kind, bool yes)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("THEIRS", "3pl");
        await shop.Product("A", 5, "THEIRS");
        var (order, release) = await shop.Released(("A", 2));
        (await Ask(shop, order, null)).IsAsked.ShouldBeTrue("what happens at a 3PL is not seen from here");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/stop-answer", new { }, 400, "request.invalid");
        var answered = await shop.Do(release, "stop-answer", new { accepted = yes, tracking = yes ? null : "T1" });
        answered.Text("state").ShouldBe(yes ? "cancelled" : "handedOver");
        (await shop.Order(order)).Text("status").ShouldBe(yes ? "cancelled" : "shipped");
        (await shop.Balance("A")).Long("onHand").ShouldBe(yes ? 5 : 3);
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{release}/stop-answer", new { accepted = true }, 409, "fulfilment.not_asked");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task What_has_left_is_refused_and_what_waits_for_pickup_goes_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (gone, first) = await shop.Released(("A", 1));
        await shop.Run(first, "start-picking", "pick", "pack", "ship");
        (await Ask(shop, gone, null)).IsRefused.ShouldBeTrue();
        var (waits, second) = await shop.Released(("A", 1));
        await shop.Run(second, "start-picking", "pick", "ready");
        (await shop.Do(second, "cancel", new { reason = "Not collected" })).GetProperty("putBacks")[0].Long("wanted").ShouldBe(1);
        (await shop.Order(waits)).GetProperty("lines")[0].Long("allocated").ShouldBe(1);
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    public async Task Goods_put_back_by_hand_are_open_again(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var (_, release) = await shop.Released(("A", 3));
        await shop.Run(release, "start-picking", "pick");
        (await shop.Do(release, "put-back", new { lines = new[] { new { line = 1, quantity = 1 } } })).Text("state").ShouldBe("picking");
        (await shop.Do(release, "put-back")).Text("state").ShouldBe("accepted");
        await shop.BooksAreRight();
    }

    /// <summary>Asks at the room's door, as cancelling and editing do.</summary>
    private static async Task<StopOutcome> Ask(Shop shop, string order, Dictionary<int, long>? units)
    {
        var actor = Actor.House("test", 1);
        return (await shop.Db.Write<StopOutcome>(actor, async work =>
        {
            var open = (await OpenOrder.Lock(work, actor, OrderId.Parse(order, null), TimeProvider.System.GetUtcNow()))!;
            var outcome = await StopWork.Ask(work, open, units, "No longer wanted", TimeProvider.System.GetUtcNow());
            await open.Save(work);
            return outcome;
        })).Value;
    }
}
