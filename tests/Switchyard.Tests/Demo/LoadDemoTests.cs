using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Demo;

namespace Switchyard.Tests.Demo;

/// <summary>An administrator of an empty installation loads the demo shop; nobody loads it into a shop that has anything of its own.</summary>
[Trait("Kind", "Database")]
public sealed class LoadDemoTests
{
    private static readonly object Wanted = new { shop = "fenwick-and-vale" };

    [Theory, BothDatabases]
    public async Task An_empty_installation_loads_the_demo_shop_as_a_job_and_only_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        shop.Services.GetRequiredService<LoadDemoJob>().PastOrders = 120;
        (await shop.Get("/demo-shop")).GetProperty("canLoad").GetBoolean().ShouldBeTrue();
        await shop.Refused(HttpMethod.Post, "/demo-shop", new { shop = "another" }, 400, "request.invalid");

        var job = await shop.Post("/demo-shop", Wanted);
        (await shop.Post("/demo-shop", Wanted)).Text("id").ShouldBe(job.Text("id"), "who presses twice starts no second one");
        var running = await shop.Get("/demo-shop");
        running.GetProperty("canLoad").GetBoolean().ShouldBeFalse();

        // Loaded machines are slow: as long as it goes on, it is waited for.
        long seen = -1;
        for (var deadline = DateTime.UtcNow.AddSeconds(90); ;)
        {
            job = await shop.Get("/jobs/" + job.Text("id"));
            if (job.GetProperty("endedAt").ValueKind != System.Text.Json.JsonValueKind.Null) break;
            long done = job.GetProperty("counts").Long("done");
            if (done > seen) (seen, deadline) = (done, DateTime.UtcNow.AddSeconds(90));
            (DateTime.UtcNow < deadline).ShouldBeTrue("the job stands still");
            await Task.Delay(100);
        }
        job.Text("state").ShouldBe("done", job.ToString());
        job.GetProperty("counts").Long("done").ShouldBe(job.GetProperty("counts").Long("total"));
        (await shop.Get("/reports/overview")).Long("skus").ShouldBeGreaterThan(1_900);
        (await shop.Get("/orders?limit=1&query=" + Uri.EscapeDataString("history:no status:shipped"))).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from users"))).ShouldBe(0, "nobody is made who could sign in with a known password");

        (await shop.Get("/demo-shop")).GetProperty("canLoad").GetBoolean().ShouldBeFalse();
        await shop.Refused(HttpMethod.Post, "/demo-shop", Wanted, 409, "demo.not_empty");
    }

    [Theory, BothDatabases]
    public async Task Where_there_is_anything_of_ones_own_the_demo_shop_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 5);
        (await shop.Get("/demo-shop")).GetProperty("canLoad").GetBoolean().ShouldBeFalse();
        await shop.Refused(HttpMethod.Post, "/demo-shop", Wanted, 409, "demo.not_empty");
        (await shop.Get("/jobs?limit=5")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }
}
