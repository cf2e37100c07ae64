using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Sourcing;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>Live strategies that the network leaves behind, and who may write conditions on amounts.</summary>
public sealed class RoutingWatchTests
{
    [Theory, BothDatabases, Capability("AX-21")]
    public async Task A_node_change_that_makes_the_live_strategy_wrong_is_warned_of_and_raised_until_it_is_right(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Network();
        await shop.Live("main", new { name = "Cold", nodes = "group:cold" });
        var fine = await shop.Put("/nodes/NORTH", new { name = "NORTH", kind = "warehouse", country = "GB", groups = Array.Empty<string>() });
        fine.Items("warnings").ShouldBeEmpty("the store is still cold");
        var wrong = await shop.Put("/nodes/S1", new { name = "S1", kind = "store", country = "GB", groups = Array.Empty<string>() });
        wrong.Items("warnings").Select(w => (w.Text("code"), w.Text("severity"))).ShouldContain(("routing.unknown_code", "error"));
        (await shop.Troubles("strategy_wrong")).Single().Text("detail")!.ShouldContain("main");

        // What another process changes is seen by the watcher.
        await shop.Db.WriteAll(async work =>
        {
            await work.Execute("update nodes set node_groups = '[\"cold\"]' where code = 'S1'");
            return await work.Execute("update catalog_versions set version = version + 1");
        });
        await shop.Services.GetRequiredService<WatchStrategies>().Handle();
        (await shop.Troubles("strategy_wrong")).ShouldBeEmpty();
        await shop.Put("/nodes/S1", new { name = "S1", kind = "store", country = "GB", groups = Array.Empty<string>() });
        (await shop.Troubles("strategy_wrong")).Count.ShouldBe(1);
        await shop.Post("/routing/strategies/main/retire", new { });
        await shop.Services.GetRequiredService<WatchStrategies>().Handle();
        (await shop.Troubles("strategy_wrong")).ShouldBeEmpty("what decides nothing is no trouble");
    }

    [Theory, BothDatabases]
    public async Task Whoever_sees_no_prices_writes_no_condition_on_amounts_and_takes_none_away(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] scopes = ["settings:read", "settings:write"];
        using var blind = await shop.Key(scopes);
        using var seeing = await shop.Key([.. scopes, "prices:read"]);
        async Task<(string, string)> Refused(string path, object body)
        {
            var fault = (await Shop.Read(await blind.PutAsJsonAsync("/api/v1" + path, body), 400)).Items("errors").Single();
            await Shop.Read(await seeing.PutAsJsonAsync("/api/v1" + path, body), 200);
            return (fault.Text("pointer")!, fault.Text("code")!);
        }
        object Rules(object scenario) => new { name = "S", rules = new { scenarios = new[] { scenario } } };
        (await Refused("/routing/strategies/s", Rules(new { name = "Dear", when = "channel:web total:>432" }))).ShouldBe(("/rules/scenarios/0/when", "query.unknown_field"));
        (await Refused("/routing/strategies/t", Rules(new { name = "Dear", split = new { neverBelowMinor = 100 } }))).ShouldBe(("/rules/scenarios/0/split/neverBelowMinor", "rules.needs_prices"));
        (await Refused("/hold-rules/dear", new { kind = "manual", position = 5, when = new { minTotalMinor = 100 } })).ShouldBe(("/when/minTotalMinor", "rules.needs_prices"));
        (await Refused("/hold-rules/odd", new { kind = "risk", position = 6, settings = new { limit = 1, signals = new[] { new { signal = "value_above", weight = 5, threshold = 100 } } } })).ShouldBe(("/settings/signals/0", "rules.needs_prices"));
        (await Refused("/intake-rules/dear", new { position = 5, when = new { maxTotalMinor = 100 }, set = new { priority = 1 } })).ShouldBe(("/when/maxTotalMinor", "rules.needs_prices"));

        foreach (var (path, body) in new (string, object)[] { ("/hold-rules/dear", new { kind = "manual", position = 5, when = new { channels = new[] { "web" } } }), ("/intake-rules/dear", new { position = 5, set = new { priority = 1 } }), ("/routing/strategies/s", Rules(new { name = "Any" })) })
            (await Shop.Read(await blind.PutAsJsonAsync("/api/v1" + path, body), 403)).Text("code").ShouldBe("rules.needs_prices", path);
        await Shop.Read(await blind.PutAsJsonAsync("/api/v1/hold-rules/plain", new { kind = "manual", position = 9, when = new { channels = new[] { "web" } } }), 200);
    }
}
