using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Inventory;
using Switchyard.Tests.Orders;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>The server is killed while it plans orders anew together, and while it tries rules on the past: another one goes on.</summary>
[Collection(Alone.Name)]
[Trait("Long", "crash")]
public sealed class RunCrashTests(ITestOutputHelper output)
{
    private const int Orders = 250, Callers = 10;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(90);

    [Theory, BothDatabases, Capability("NX-11", "NX-02", "P8", "P9")]
    public async Task A_run_that_plans_together_and_a_back_test_survive_a_kill(DatabaseKind kind)
    {
        await using var server = await ServerProcess.Start(Shop.NewDatabase(kind));
        var api = new Api(server.Http);
        await TwoCoasts(api);
        await api.Must(HttpMethod.Post, "/products", new { sku = "CUP", name = "Cup", weightGrams = 100 });
        await api.Must(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku = "CUP", node = "EAST", delta = 500, reason = "test" } } });
        var from = DateTimeOffset.UtcNow.AddMinutes(-1);
        await Parallel.ForEachAsync(Enumerable.Range(0, Orders), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (_, _) =>
            (await api.Post("/orders", ReplanShop.Order("W1 1AA", "CUP", 1))).Status.ShouldBe(201));
        await api.Must(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku = "CUP", node = "WEST", delta = 500, reason = "test" } } });

        var cut = Quiet(api.Post("/routing/replan", new { }));
        await Until(async () => (await api.Get("/routing/replans")).Json.GetProperty("data").GetArrayLength() > 0 || cut.IsCompleted);
        await server.Kill();
        await cut;
        await StockBooksTests.Plant(server.Settings, "update replan_turns set until_ms = 0");       // as if the turn of the dead one were over: that takes a minute
        await server.Restart();
        long moved = 0;
        await Until(async () =>
        {
            if ((moved = await Moved(api)) == Orders) return true;
            (await api.Post("/routing/replan", new { })).Status.ShouldBeOneOf(200, 409, 503);
            return false;
        });
        var runs = (await api.Get("/routing/replans")).Json.GetProperty("data");
        output.WriteLine($"{kind}: {runs.GetArrayLength()} runs, {runs.EnumerateArray().Count(r => r.GetProperty("finishedAt").ValueKind == System.Text.Json.JsonValueKind.Null)} cut off, {moved} orders at the cheaper place");

        string id = (await api.Post("/routing/backtests", new { from, to = DateTimeOffset.UtcNow.AddMinutes(5), change = new { closed = new[] { "WEST" } } })).Id;
        await Until(async () => (await api.Get("/routing/backtests/" + id)).Json.Text("state") is "running" or "done");
        await server.Kill();
        await StockBooksTests.Plant(server.Settings, "update jobs set lease_until_ms = 0 where ended_at_ms is null");
        await server.Restart();
        await Until(async () => (await api.Get("/routing/backtests/" + id)).Json.Text("state") == "done");
        var result = (await api.Get("/routing/backtests/" + id)).Json.GetProperty("result");
        (result.Long("orders"), result.GetProperty("after").Long("parcels"), result.GetProperty("replay").Long("different")).ShouldBe((Orders, Orders, 0));
        (await api.All($"/routing/backtests/{id}/orders")).Select(o => o.Text("id")).Distinct().Count().ShouldBe((int)result.Long("changed"), "each once");
        await Books.ShouldVerify(server.Settings, output);
    }

    private static async Task TwoCoasts(Api api)
    {
        foreach (var (zone, prefix) in new[] { ("east", "E"), ("west", "W") })
            await api.Must(HttpMethod.Put, "/zones/" + zone, new { name = zone, areas = new[] { new { country = "GB", postcodePrefix = prefix } } });
        foreach (string code in new[] { "east", "west" })
        {
            string node = code.ToUpperInvariant();
            await api.Must(HttpMethod.Put, "/nodes/" + node, new { name = node, kind = "warehouse", country = "GB" });
            await api.Must(HttpMethod.Put, $"/nodes/{node}/lanes", new[] { ReplanShop.Lane(code, 100, 3), ReplanShop.Lane(code == "east" ? "west" : "east", 900, 3) });
        }
        await api.Must(HttpMethod.Put, "/nodes/MAIN", new { name = "Main", kind = "warehouse", isActive = false });
        await api.Must(HttpMethod.Put, "/channels/web", new { name = "Web", onShort = "hold", release = "manual" });
    }

    private static async Task<long> Moved(Api api) => (await api.Get("/inventory?sku=CUP")).Json.GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "WEST").Long("allocated");

    private static async Task Quiet(Task<Reply> reply)
    {
        try { await reply; }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException) { /* the server is away */ }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !await holds(); await Task.Delay(50)) waited.Elapsed.ShouldBeLessThan(Most);
    }
}
