using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Picking;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Picking;

/// <summary>What waits to be picked, waves that are made at their time, and walks that are given to somebody else.</summary>
public sealed class WaveRuleTests
{
    [Theory, BothDatabases, Capability("AX-25", "PK-01", "PK-02")]
    public async Task A_rule_makes_one_wave_at_its_time_however_many_look_and_waits_when_too_few_wait(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Shelves();
        await shop.Work(3);
        await shop.Refused(HttpMethod.Put, "/nodes/MAIN/wave-rules", new { rules = new object[] { new { code = "a b", name = "X", times = new[] { "25:00" }, method = "all" } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/nodes/NOWHERE/wave-rules", new { rules = Array.Empty<object>() }, 404, "nodes.no_such_node");
        var rule = new { code = "morning", name = "Morning", times = new[] { "10:00", "11:00" }, method = "cluster", totes = 10, least = 4, releases = true };
        var off = new { code = "off", name = "Not now", times = new[] { "10:00" }, isActive = false };
        var written = await shop.Put("/nodes/MAIN/wave-rules", new { rules = new object[] { rule, off } });
        var next = written.GetProperty("rules")[0].GetProperty("next").GetDateTimeOffset();
        written.GetProperty("rules")[1].GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);

        // Three wait and four are its least: its time is over without a wave.
        var rules = shop.Services.GetRequiredService<RunWaveRules>();
        await rules.Handle();
        shop.Clock!.Advance(next.AddMinutes(2) - shop.Clock.GetUtcNow());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rules.Handle()));
        (await Waves(shop)).ShouldBeEmpty();
        var last = (await shop.Get("/nodes/MAIN/wave-rules")).GetProperty("rules")[0];
        (last.GetProperty("last").Text("outcome"), last.GetProperty("next").GetDateTimeOffset()).ShouldBe(("few", next.AddHours(1)));

        await shop.Work(2);
        var queue = await shop.Get("/nodes/MAIN/pick-queue");
        (queue.GetProperty("data").GetArrayLength(), queue.Long("held"), queue.GetProperty("hasMore").GetBoolean()).ShouldBe((5, 0, false));
        queue.GetProperty("data").EnumerateArray().ShouldAllBe(w => w.GetProperty("isPlaced").GetBoolean() && w.Long("lines") == 2);
        // A and B lie in the north, C and D in the south: A with B and C with D lie whole in one zone.
        queue.GetProperty("data").EnumerateArray().SelectMany(w => w.GetProperty("zones").EnumerateArray().Select(z => z.GetString())).Distinct().Order().ShouldBe(["NORTH", "SOUTH"]);

        shop.Clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rules.Handle()));
        await rules.Handle();
        var wave = (await Waves(shop)).ShouldHaveSingleItem();
        (wave.Text("state"), wave.Text("method"), wave.Long("releases"), wave.Text("madeBy")).ShouldBe(("released", "cluster", 5, "system:picking"));
        last = (await shop.Get("/nodes/MAIN/wave-rules")).GetProperty("rules")[0].GetProperty("last");
        (last.Text("outcome"), last.Text("wave"), last.Long("count")).ShouldBe(("made", wave.Text("id"), 5));
        (await shop.Get("/nodes/MAIN/pick-queue")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Theory, BothDatabases, Capability("PK-01")]
    public async Task A_walk_is_given_to_somebody_else_who_goes_on_where_the_first_one_stopped(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Shelves();
        await shop.Work(4);
        var ((ann, annName), (ben, benName)) = (await shop.Picker("Ann"), await shop.Picker("Ben"));
        await shop.Put("/nodes/MAIN/operatives", new { operatives = new[] { new { actor = annName, name = "Ann", zones = Array.Empty<string>(), isOnShift = true }, new { actor = benName, name = "Ben", zones = new[] { "NORTH" }, isOnShift = false } } });
        var wave = await shop.Wave(new { node = "MAIN", method = "batch", totes = 10 });
        var first = await Pickers.Next(ann);
        (await Pickers.Say(ann, Pickers.Right(first))).Text("outcome").ShouldBe("ok");
        var second = await Pickers.Next(ann);
        string tour = $"/pick-tours/{first.Text("tour")}/give";

        await shop.Refused(HttpMethod.Post, tour, new { operative = "user:nobody" }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/pick-tours/tur_00000000000000000000000000000000/give", new { }, 404, "picking.no_such_tour");
        var given = await shop.Post(tour, new { operative = benName });
        (given.Text("state"), given.Text("operative")).ShouldBe(("open", benName));
        (await Pickers.Say(ann, Pickers.Right(second))).Text("code").ShouldBe("picking.not_yours");
        (await Pickers.Next(ann)).ValueKind.ShouldBe(JsonValueKind.Null);
        // What is his own he walks, wherever he usually picks.
        (await Pickers.Next(ben)).Text("id").ShouldBe(second.Text("id"));
        (await Pickers.PickAll(ben)).Count.ShouldBe((int)wave.Long("tasks") - 1);
        (await shop.Get("/waves/" + wave.Text("id"))).Text("state").ShouldBe("done");
        await shop.Refused(HttpMethod.Post, tour, new { operative = annName }, 409, "picking.tour_over");
        await shop.BooksAreRight();
    }

    private static async Task<List<JsonElement>> Waves(Shop shop) => [.. (await shop.Get("/nodes/MAIN/waves")).GetProperty("data").EnumerateArray()];
}
