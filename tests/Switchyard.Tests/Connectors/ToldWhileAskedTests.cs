using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>Shops tell of every step of an order, and several of them at once: none makes another wait.</summary>
public sealed class ToldWhileAskedTests
{
    [Theory, BothDatabases, Capability("IN-04", "CH-14", "P13")]
    public async Task What_is_told_while_it_is_asked_for_waits_for_no_lease_and_of_one_instant_the_channel_is_asked(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = (await SimHost.Listening(new WooCommerceSim { EndsTls = true })).Stocked();
        // Nothing comes in but by what is wished for here; an order that is left to its lease comes after the test has given up.
        var patience = shop.Services.GetRequiredService<ConnectorPatience>();
        patience.Timeout = TimeSpan.FromMinutes(10);
        patience.AskEvery = patience.AskEveryWithoutMessages = patience.AskAfterPush = TimeSpan.FromDays(1);
        await shop.Connect(sim, "shop");
        var connection = await shop.Db.ReadAll(async work => await Connection.FindAny(work, (await work.Query("select id from connections", row => row.Uuid())).Single()));
        var house = HouseWork.Of(connection!.Merchant);
        await shop.Until(async () => (await shop.Get("/connections/shop")).GetProperty("health").Text("state") == "fine" && sim.Calls.Any(c => c.Path.EndsWith("/orders", StringComparison.Ordinal)));

        // Told again while the question is on its way: it is taken in with what was answered, and asked for once more.
        sim.Sender.DropsAll = true;
        var one = sim.Generator.Buy("CUP", 1)!;
        string path = "/orders/" + one.Key;
        sim.Next(Mood.Waits, call => call.Path.Value!.EndsWith(path, StringComparison.Ordinal));
        await Replay();
        await shop.Until(() => Task.FromResult(sim.Announced == 0));
        await Replay();
        sim.Go.SetResult();
        var taken = await shop.OrderOf("shop", one.Key);
        await shop.Until(() => Task.FromResult(sim.Calls.Count(c => c.Method == "GET" && c.Path.EndsWith(path, StringComparison.Ordinal)) >= 2));

        // Messages with whole orders: what is older or known changes nothing, what is newer is taken at its word, and of what else is said of the same instant the shop itself is asked.
        var told = (await shop.Db.Read(house, work => work.Query("select told from channel_orders where merchant_id = @merchant and connection_id = @id and external_id = @external", row => row.Text(),
            ("id", connection.Id.Value), ("external", one.Key)))).Select(ToldOrders.Read).Single()!;
        (await Hear(told)).ShouldBe(0);
        (await Hear(told with { UpdatedAt = told.UpdatedAt.AddSeconds(-1), Note = "Too late" })).ShouldBe(0);
        (await Hear(told with { Note = "Of the same second" })).ShouldBe(1);
        await shop.Until(async () => (await shop.Db.Read(house, work => work.Query("select is_to_fetch, told from channel_orders where merchant_id = @merchant and connection_id = @id and state = 'taken'",
            row => (IsOpen: row.Bool(), Told: row.Text()), ("id", connection.Id.Value)))) is [(false, var text)] && text == ToldOrders.Text(told));
        (await Hear(told with { UpdatedAt = told.UpdatedAt.AddSeconds(1), Note = "Ring twice" })).ShouldBe(1);
        await shop.Until(async () => (await shop.Get($"/orders/{taken.Text("id")}/notes")).GetRawText().Contains("Ring twice", StringComparison.Ordinal));
        (await shop.Get($"/orders/{taken.Text("id")}/notes")).GetRawText().ShouldNotContain("Of the same second");

        Task<int> Hear(ChannelOrder said) => shop.Db.Do(house, work => ToldOrders.Hear(work, connection, [said], DateTimeOffset.UtcNow));
        Task Replay() => shop.Post($"/connections/shop/orders/{one.Key}/replay", new { });
    }
}
