using System.Collections.Concurrent;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Torture;
using Xunit.Abstractions;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Moves fired at once at one release, from one and two server processes: one takes effect, the other is refused by name.</summary>
[Collection(Alone.Name)]
[Trait("Long", "race")]
public sealed class WorkRaceTests(ITestOutputHelper output)
{
    private const int Rounds = 6;

    /// <summary>Steps before the race, and the two that race.</summary>
    private static readonly (string[] Before, string One, string Other)[] Races =
    [
        (["start-picking", "pick", "pack"], "stop", "ship"),
        ([], "cancel", "start-picking"),
        (["start-picking"], "pick", "pick"),
        (["start-picking", "pick", "pack"], "ship", "ship"),
        (["start-picking", "pick", "pack", "ship"], "deliver", "lost"),
        ([], "start-picking", "start-picking"),
    ];

    [Theory, InlineData(DatabaseKind.Postgres, 1), InlineData(DatabaseKind.Postgres, 2), InlineData(DatabaseKind.Sqlite, 1)]
    [Trait("Kind", "Database"), Capability("P11")]
    public async Task Of_two_moves_at_once_exactly_one_takes_effect(DatabaseKind kind, int processes)
    {
        var settings = Shop.NewDatabase(kind);
        await using var first = await ServerProcess.Start(settings);
        await using var second = processes == 2 ? await ServerProcess.Start(settings) : null;
        Api[] doors = second is null ? [new Api(first.Http), new Api(first.Http)] : [new Api(first.Http), new Api(second.Http)];
        await doors[0].Product("A", 1_000);
        var wins = new ConcurrentDictionary<string, int>();
        foreach (var (before, one, other) in Races)
            await Task.WhenAll(Enumerable.Range(0, Rounds).Select(async _ =>
            {
                string release = await Released(doors[0], before);
                var replies = await Task.WhenAll(doors[0].Insist($"/fulfilments/{release}/{one}", new { }), doors[1].Insist($"/fulfilments/{release}/{other}", new { }));
                replies.Count(r => r.IsOk).ShouldBe(1, $"{one} and {other}: {replies[0].Text} | {replies[1].Text}");
                var loser = replies.Single(r => !r.IsOk);
                (loser.Status, loser.Code.StartsWith("fulfilment.", StringComparison.Ordinal)).ShouldBe((409, true), loser.Text);
                wins.AddOrUpdate($"{one}/{other}: {(replies[0].IsOk ? "first" : "second")}", 1, (_, n) => n + 1);
            }));
        output.WriteLine(string.Join(", ", wins.OrderBy(w => w.Key).Select(w => $"{w.Key} {w.Value}")));
        await Books.ShouldVerify(settings, output);
    }

    /// <summary>Cancelling the order and shipping it: never both, and the units always add up.</summary>
    [Theory, InlineData(DatabaseKind.Postgres, 2), InlineData(DatabaseKind.Sqlite, 1)]
    [Trait("Kind", "Database"), Capability("P11", "P1")]
    public async Task An_order_is_cancelled_or_shipped_and_edits_and_short_picks_at_once_lose_nothing(DatabaseKind kind, int processes)
    {
        var settings = Shop.NewDatabase(kind);
        await using var first = await ServerProcess.Start(settings);
        await using var second = processes == 2 ? await ServerProcess.Start(settings) : null;
        Api[] doors = second is null ? [new Api(first.Http), new Api(first.Http)] : [new Api(first.Http), new Api(second.Http)];
        await doors[0].Product("A", 1_000);
        await Task.WhenAll(Enumerable.Range(0, Rounds).Select(async _ =>
        {
            string release = await Released(doors[0], ["start-picking", "pick", "pack"]);
            string order = (await doors[0].Get($"/fulfilments/{release}")).Json.Text("order")!;
            await Task.WhenAll(doors[0].Post($"/orders/{order}/cancel", new { reason = "race" }), doors[1].Post($"/fulfilments/{release}/ship", new { }));
            var line = (await doors[0].Get($"/orders/{order}")).Json.GetProperty("lines")[0];
            (line.Long("shipped") == 0 || line.Long("cancelled") == 0).ShouldBeTrue(line.ToString());
        }));
        await doors[0].Product("B", 12);
        var shorts = new List<string>();
        for (int i = 0; i < 4; i++) shorts.Add(await Released(doors[0], ["start-picking"], "B", 3));
        var replies = await Task.WhenAll(shorts.Select((release, i) => doors[i % 2].Post($"/fulfilments/{release}/short-pick", new { line = 1, found = 1 })));
        replies.ShouldAllBe(r => r.IsOk || r.Status == 409);
        (await doors[0].Get("/inventory?sku=B")).Json.GetProperty("total").Long("available").ShouldBeLessThanOrEqualTo(0);
        await Orders.EditRaces.Run(doors);
        await Books.ShouldVerify(settings, output);
    }

    private static async Task<string> Released(Api door, string[] steps, string sku = "A", long units = 2)
    {
        string order = (await door.Must(HttpMethod.Post, "/orders", Given.Order((sku, units)))).Text("id")!;
        string release = (await door.Must(HttpMethod.Post, $"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        foreach (string step in steps) await door.Must(HttpMethod.Post, $"/fulfilments/{release}/{step}", new { });
        return release;
    }
}
