using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>Channels hear what became of their orders, each thing once.</summary>
public sealed class ChannelToldTests
{
    private static bool IsNote(Microsoft.AspNetCore.Http.HttpRequest call) => call.Method == "POST" && call.Path.Value!.EndsWith("/notes", StringComparison.Ordinal);
    private static bool IsOrder(Microsoft.AspNetCore.Http.HttpRequest call) => call.Method == "PUT";

    [Theory, BothDatabases, Capability("CH-15", "CH-04")]
    public async Task Each_parcel_is_told_once_though_answers_are_lost_and_servers_come_and_go(DatabaseKind kind)
    {
        var desk = await StockShop.Open(kind);
        await using var first = desk.Shop;
        await first.Product("MUG", 100);
        await first.Product("CUP", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 50);
        sim.Shop.List("CUP", "A cup", 1_000, 50);
        await desk.UntilShows(sim, "CUP", 100);
        var (person, place) = sim.Generator.Person("GB");
        var sold = sim.Shop.Place(new OrderWish([new WishedLine("MUG", 3), new WishedLine("CUP", 1)], person, place))!;
        string order = await desk.Taken(sold);
        string release = (await first.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await first.Run(release, "start-picking", "pick");
        await first.Post($"/fulfilments/{release}/pack", new { packages = new object[] { new { lines = new[] { new { line = 1, quantity = 2 } } }, new { lines = new[] { new { line = 1, quantity = 1 }, new { line = 2, quantity = 1 } } } } });
        // Done, and nobody hears it: first the note, then the mark.
        sim.Next(Mood.FailsAfter, IsNote);
        sim.Next(Mood.BreaksOffAfter, IsOrder);
        await first.Post($"/fulfilments/{release}/ship", new { carrier = "DHL", packages = new object[] { new { package = 1, tracking = "JD1" } } });
        await first.Until(async () => (await desk.Tasks("north")) is [var told] && told.Text("state") == "done");
        sold.Remarks.Count(r => r.Text.Contains("JD1", StringComparison.Ordinal)).ShouldBe(1);
        (await first.Get($"/orders/{order}/timeline")).GetProperty("data").EnumerateArray().Count(e => e.Text("kind") == "OrderToldChannel").ShouldBe(1);

        // While it hears nothing the server ends; the next one goes on.
        sim.Always = Mood.Broken;
        await first.Post($"/fulfilments/{release}/ship", new { carrier = "DHL", packages = new object[] { new { package = 2, tracking = "JD2" } } });
        await first.Until(async () => (await desk.Tasks("north")).Count == 2);
        await using var again = await StockShop.Again(desk, kind);
        sim.Always = Mood.Fine;
        await again.Shop.Until(async () => (await again.Tasks("north")).All(t => t.Text("state") == "done"));
        sold.Remarks.Count(r => r.Text.Contains("JD2", StringComparison.Ordinal)).ShouldBe(1);
        sold.Remarks.Count(r => r.Text.Contains("tracking number", StringComparison.Ordinal)).ShouldBe(2);
        // With the last of it the order is over there.
        await again.Shop.Until(() => Task.FromResult(sim.Calls.Any(c => c.Body.Contains("\"completed\"", StringComparison.Ordinal))));
    }

    [Theory, BothDatabases, Capability("CH-15")]
    public async Task What_a_channel_refuses_waits_for_a_person_and_what_it_told_itself_is_not_told_back(DatabaseKind kind)
    {
        await using var desk = await StockShop.Open(kind);
        var shop = desk.Shop;
        await shop.Product("MUG", 100);
        var sim = await desk.Connect("north");
        sim.Shop.List("MUG", "A mug", 1_000, 50);
        await desk.UntilShows(sim, "MUG", 100);
        var (kept, off) = (sim.Generator.Buy("MUG", 3)!, sim.Generator.Buy("MUG", 2)!);
        string order = await desk.Taken(kept), other = await desk.Taken(off);

        // Some units only: the adapter says that its shop knows no such thing.
        await shop.Post($"/orders/{order}/cancel", new { reason = "Out of stock", lines = new[] { new { line = 1, quantity = 1 } } });
        await shop.Until(async () => (await desk.Tasks("north")) is [var parked] && parked.Text("state") == "parked");
        string key = (await desk.Tasks("north"))[0].Text("key")!;
        (await shop.Get("/exceptions?kind=channel_task_parked")).GetProperty("data").GetArrayLength().ShouldBe(1);
        await shop.Post($"/connections/north/tasks/{Uri.EscapeDataString(key)}/retry", new { });
        await shop.Until(async () => (await desk.Tasks("north"))[0].Text("state") == "parked");
        (await shop.Post($"/connections/north/tasks/{Uri.EscapeDataString(key)}/drop", new { })).Text("state").ShouldBe("dropped");
        (await shop.Get("/exceptions?kind=channel_task_parked&state=open")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await shop.Refused(HttpMethod.Post, "/connections/north/tasks/nothing/drop", new { }, 404, "connectors.no_such_task");

        await shop.Post($"/orders/{order}/cancel", new { reason = "The customer wished so" });
        await shop.Until(async () => (await desk.Tasks("north")).Any(t => t.Text("state") == "done" && t.Text("kind") == "cancelled"));
        kept.IsCancelled.ShouldBeTrue();
        sim.Shop.Cancel(off, "changed my mind");
        await shop.Until(async () => (await shop.Get("/orders/" + other)).Text("state") == "cancelled");
        (await desk.Tasks("north")).Count.ShouldBe(2);
        await desk.UntilShows(sim, "MUG", 100);
        await shop.Refused(HttpMethod.Post, $"/connections/north/tasks/{Uri.EscapeDataString("cancelled:" + order)}/retry", new { }, 409, "connectors.task_done");
    }
}
