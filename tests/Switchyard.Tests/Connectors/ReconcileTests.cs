using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Jobs;

namespace Switchyard.Tests.Connectors;

/// <summary>What of the last days is another at the channel is found, and is taken in from there.</summary>
public sealed class ReconcileTests
{
    [Theory, BothDatabases]
    [Capability("CH-14")]
    public async Task A_comparison_names_the_order_only_there_and_the_one_of_another_total_and_the_first_is_taken_in_from_there(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        await using var sim = (await SimHost.Listening(new WooCommerceSim { EndsTls = true })).Stocked();
        await shop.Connect(sim, "north", messages: false);
        var known = sim.Generator.Buy("CUP", 1, wish => wish with { Discount = null }, "GB")!;
        long total = (await shop.OrderOf("north", known.Key)).Long("totalMinor");
        await shop.Db.WriteAll(work => work.Execute("update orders set goods_minor = goods_minor + 500, total_minor = total_minor + 500 where external_id = @id", ("id", known.Key)));
        // It is not asked for a while, so that the next order stays unknown; not while a round is going on, whose end would open it again.
        await shop.Until(async () => await shop.Db.WriteAll(work => work.Execute("update connections set lease_until_ms = @until where lease_until_ms <= @now",
            ("until", long.MaxValue / 2), ("now", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()))) == 1);
        var missed = sim.Generator.Buy("BOWL", 1, wish => wish with { Discount = null }, "GB")!;

        var job = await shop.Ended(await shop.Post("/connections/north/reconcile", new { days = 7 }));
        job.Text("state").ShouldBe("done");
        var rows = await Rows(shop, job);
        rows[known.Key].ShouldBe(("totalMinor", $"{total} ≠ {total + 500} GBP"));
        rows[missed.Key].Code.ShouldBe("onlyThere");
        rows.Count.ShouldBe(2);

        await shop.Post($"/connections/north/orders/{missed.Key}/replay", new { });
        (await shop.OrderOf("north", missed.Key)).Text("channel").ShouldBe("north");
        var again = await shop.Ended(await shop.Post("/connections/north/reconcile", new { days = 7 }));
        (await Rows(shop, again)).Keys.ShouldBe([known.Key]);
    }

    private static async Task<Dictionary<string, (string? Code, string? Message)>> Rows(Shop shop, JsonElement job) =>
        (await shop.Get($"/jobs/{job.Text("id")}/rows?state=failed")).GetProperty("data").EnumerateArray().ToDictionary(r => r.Text("reference")!, r => (r.Text("code"), r.Text("message")));
}
