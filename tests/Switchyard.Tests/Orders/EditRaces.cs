using Shouldly;
using Switchyard.Tests.Torture;

namespace Switchyard.Tests.Orders;

/// <summary>Two who change one order at the same moment, each at a server of its own.</summary>
internal static class EditRaces
{
    private const int Rounds = 6;

    public static async Task Run(Api[] doors)
    {
        await doors[0].Product("RACE", 1_000);
        // Late in the evening what was just placed is at risk, which is a version more.
        await doors[0].Must(HttpMethod.Put, "/channels/web", new { name = "Web", riskMinutes = 0 });
        await Task.WhenAll(Enumerable.Range(0, Rounds).SelectMany(_ => new[] { SameVersion(doors), NoVersion(doors), AndCancel(doors), AndRelease(doors) }));
    }

    /// <summary>Who names the version that was seen: one wins, the other is told the present one.</summary>
    private static async Task SameVersion(Api[] doors)
    {
        string id = await Placed(doors[0]);
        var replies = await Both(doors, $"/orders/{id}/edit", new { version = 1, lines = new[] { new { line = 1, quantity = 5 } } }, $"/orders/{id}/edit", new { version = 1, lines = new[] { new { line = 1, quantity = 7 } } });
        replies.Count(r => r.IsOk).ShouldBe(1, $"{replies[0].Text} | {replies[1].Text}");
        var loser = replies.Single(r => !r.IsOk);
        (loser.Status, loser.Code, loser.Json.Long("version")).ShouldBe((412, "orders.version_changed", 2));
        (await Line(doors[0], id)).Long("allocated").ShouldBe(replies[0].IsOk ? 5 : 7);
    }

    /// <summary>Who names none sees what the other has done: both take effect, one after the other.</summary>
    private static async Task NoVersion(Api[] doors)
    {
        string id = await Placed(doors[0]);
        var replies = await Both(doors, $"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 5 } } }, $"/orders/{id}/edit", new { priority = 7 });
        replies.ShouldAllBe(r => r.IsOk);
        var order = (await doors[0].Get("/orders/" + id)).Json;
        (order.Long("version"), order.Long("priority"), (await Line(doors[0], id)).Long("allocated")).ShouldBe((3, 7, 5));
    }

    private static async Task AndCancel(Api[] doors)
    {
        string id = await Placed(doors[0]);
        var replies = await Both(doors, $"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 5 } } }, $"/orders/{id}/cancel", new { reason = "race" });
        replies[1].IsOk.ShouldBeTrue(replies[1].Text);
        if (!replies[0].IsOk) replies[0].Code.ShouldBe("orders.cannot_edit");
        var line = await Line(doors[0], id);
        (line.Long("cancelled"), line.Long("quantity")).ShouldBe(replies[0].IsOk ? (5, 5) : (3, 3));
        (await doors[0].Get("/orders/" + id)).Json.Text("state").ShouldBe("cancelled");
    }

    /// <summary>The address is the new one and the node works on what is left of it, or on nothing: never on the old address.</summary>
    private static async Task AndRelease(Api[] doors)
    {
        string id = await Placed(doors[0]);
        // To a street of its own: two orders of the same goods to one door are taken for a repeat, and held.
        var replies = await Both(doors, $"/orders/{id}/edit", new { shippingAddress = EditShop.Address("SW1A 1AA", $"{Given.NextBuyer()} Mill Lane"), lines = new[] { new { line = 1, quantity = 2 } } }, $"/orders/{id}/release", new { });
        replies.ShouldAllBe(r => r.IsOk, $"{replies[0].Text} | {replies[1].Text}");
        var order = (await doors[0].Get($"/orders/{id}?expand=fulfilments")).Json;
        order.GetProperty("shippingAddress").Text("postcode").ShouldBe("SW1A 1AA");
        var line = await Line(doors[0], id);
        (line.Long("cancelled"), line.Long("allocated") + line.Long("released")).ShouldBe((1, 2), order.ToString());
        order.GetProperty("fulfilments").EnumerateArray().Where(f => f.Text("state") != "cancelled").Sum(f => f.GetProperty("lines")[0].Long("open")).ShouldBe(line.Long("released"));
    }

    private static Task<Reply[]> Both(Api[] doors, string one, object wish, string other, object otherWish) =>
        Task.WhenAll(doors[0].Insist(one, wish), doors[1].Insist(other, otherWish));

    private static async Task<string> Placed(Api door) => (await door.Must(HttpMethod.Post, "/orders", Given.Order(("RACE", 3)))).Text("id")!;

    private static async Task<System.Text.Json.JsonElement> Line(Api door, string id) => (await door.Get("/orders/" + id)).Json.GetProperty("lines")[0];
}
