using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Jobs;

/// <summary>A job goes on after its process was killed, and does no row twice.</summary>
[Trait("Kind", "Database")]
public sealed class JobsAfterAKillTests
{
    [Theory, BothDatabases, Capability("P8")]
    public async Task A_killed_server_goes_on_where_it_was_and_does_no_row_twice(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        string[] ids;
        await using (var shop = await Shop.Open(kind, settings: settings)) ids = await shop.Orders(400);
        await using var server = await ServerProcess.Start(settings);
        var body = new { action = "hold", ids, arguments = new { reason = "test" } };
        var job = await (await server.Http.PostAsJsonAsync("/api/v1/orders/bulk", body)).Content.ReadFromJsonAsync<JsonElement>();
        string path = "/api/v1/jobs/" + job.Text("id");

        int kills = 0;
        for (var deadline = DateTime.UtcNow.AddSeconds(120); ;)
        {
            var now = await server.Http.GetFromJsonAsync<JsonElement>(path);
            long done = now.GetProperty("counts").Long("done");
            if (now.GetProperty("endedAt").ValueKind != JsonValueKind.Null) break;
            (DateTime.UtcNow < deadline).ShouldBeTrue("the job did not end");
            if (kills < 2 && done > 50 * (kills + 1))
            {
                kills++;
                await server.Kill();
                // The dead process holds its lease for 30 seconds more; here nobody waits for that.
                await using (var db = new Db(settings, TimeProvider.System))
                    await db.WriteAll(async work => await work.Execute("update jobs set lease_until_ms = 0 where ended_at_ms is null"));
                await server.Restart();
            }
            await Task.Delay(20);
        }

        kills.ShouldBeGreaterThan(0);
        var ended = await server.Http.GetFromJsonAsync<JsonElement>(path);
        JobsTests.Counts(ended).ShouldBe((400, 400, 400, 0, 0));
        await using var check = new Db(settings, TimeProvider.System);
        (await check.ReadAll(work => work.Scalar("select count(*) from holds"))).ShouldBe(400, "one hold an order, none twice");
        (await check.ReadAll(work => work.Scalar("select count(*) from (select order_id from holds group by order_id having count(*) > 1) d"))).ShouldBe(0);
        var verified = await server.Verify();
        verified.Code.ShouldBe(0, verified.Output);
    }
}
