using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Jobs;

/// <summary>Jobs: started once, worked off row by row, cancelled, tried again, undone, and not lost when a process dies.</summary>
[Trait("Kind", "Database")]
public sealed class JobsTests
{
    [Theory, BothDatabases, Capability("SE-04")]
    public async Task Many_orders_are_tagged_as_a_job_and_each_says_what_became_of_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] ids = await shop.Orders(30);
        string absent = "ord_" + new string('0', 32);
        var body = new { action = "tag", ids = ids.Append(absent), arguments = new { tags = new[] { "Gift", " fragile ", "gift" } } };

        (await shop.Post("/orders/bulk", new { body.action, body.ids, body.arguments, dryRun = true })).Long("count").ShouldBe(30);
        var started = await shop.Post("/orders/bulk", body, key: "tag-1");
        (await shop.Post("/orders/bulk", body, key: "tag-1")).Text("id").ShouldBe(started.Text("id"), "a repeat starts no second job");
        var job = await shop.Ended(started);

        job.Text("state").ShouldBe("done");
        Counts(job).ShouldBe((31, 31, 30, 1, 0));
        (await shop.Get("/orders/" + ids[0])).GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["fragile", "Gift"]);
        var failed = (await shop.Get($"/jobs/{job.Text("id")}/rows?state=failed")).GetProperty("data").EnumerateArray().Single();
        failed.Text("reference").ShouldBe(absent);
        failed.Text("code").ShouldBe("orders.not_found");
        (await shop.Get("/jobs?kind=orders.bulk")).GetProperty("data").EnumerateArray().Single().Text("id").ShouldBe(job.Text("id"));
    }

    [Theory, BothDatabases, Capability("SE-04")]
    public async Task Five_hundred_orders_are_tagged_and_the_filter_finds_five_hundred(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Orders(500);
        await shop.Orders(3, "OTHER");
        await shop.Until(async () => (await shop.Get("/orders?query=sku:MUG&count=true")).GetProperty("count").Long("count") == 500);
        (await shop.Post("/orders/bulk", new { action = "tag", query = "sku:MUG", arguments = new { tags = new[] { "christmas" } }, dryRun = true })).Long("count").ShouldBe(500);
        var job = await shop.Ended(await shop.Post("/orders/bulk", new { action = "tag", query = "sku:MUG", arguments = new { tags = new[] { "christmas" } } }));
        Counts(job).ShouldBe((500, 500, 500, 0, 0));
        (await shop.Get("/orders?query=tag:christmas&count=true")).GetProperty("count").Long("count").ShouldBe(500);
        (await shop.Get("/orders?query=-tag:christmas&count=true")).GetProperty("count").Long("count").ShouldBe(3);
        await shop.Refused(HttpMethod.Post, "/orders/bulk", new { action = "tag", query = "colour:red", arguments = new { tags = new[] { "a" } } }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task A_job_is_undone_row_by_row_and_only_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] ids = await shop.Orders(60);
        await shop.Post($"/orders/{ids[0]}/tags", new { add = new[] { "gift" } });
        var job = await shop.Ended(await shop.Post("/orders/bulk", new { action = "tag", ids, arguments = new { tags = new[] { "gift" } } }));
        Counts(job).ShouldBe((60, 60, 59, 0, 1));

        var undo = await shop.Ended(await shop.Post($"/jobs/{job.Text("id")}/undo", new { }));

        undo.Text("undoOf").ShouldBe(job.Text("id"));
        Counts(undo).ShouldBe((59, 59, 59, 0, 0));
        (await shop.Get("/orders/" + ids[0])).GetProperty("tags").GetArrayLength().ShouldBe(1, "it had the tag before");
        (await shop.Get("/orders/" + ids[59])).GetProperty("tags").GetArrayLength().ShouldBe(0);
        await shop.Refused(HttpMethod.Post, $"/jobs/{job.Text("id")}/undo", new { }, 409, "jobs.undone_already");
        await shop.Refused(HttpMethod.Post, $"/jobs/{undo.Text("id")}/undo", new { }, 409, "jobs.cannot_undo");
    }

    [Theory, BothDatabases]
    public async Task The_failures_of_a_job_are_tried_again_as_a_job_of_their_own(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] ids = await shop.Orders(3);
        await shop.Post($"/orders/{ids[1]}/cancel", new { reason = "test" });
        var job = await shop.Ended(await shop.Post("/orders/bulk", new { action = "hold", ids, arguments = new { reason = "Check the address", kind = "address" } }));
        Counts(job).ShouldBe((3, 3, 2, 1, 0));

        var again = await shop.Ended(await shop.Post($"/jobs/{job.Text("id")}/retry", new { }));

        again.Text("retryOf").ShouldBe(job.Text("id"));
        Counts(again).ShouldBe((1, 1, 0, 1, 0));
        var released = await shop.Ended(await shop.Post("/orders/bulk", new { action = "releaseHold", ids = new[] { ids[0] }, arguments = new { kind = "address" } }));
        Counts(released).ShouldBe((1, 1, 1, 0, 0));
        await shop.Refused(HttpMethod.Post, $"/jobs/{released.Text("id")}/retry", new { }, 409, "jobs.nothing_failed");
    }

    [Theory, BothDatabases]
    public async Task A_cancelled_job_stops_and_what_is_done_stays_done(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] ids = await shop.Orders(120);
        var job = await shop.Post("/orders/bulk", new { action = "cancel", ids, arguments = new { reason = "test" } });
        using var cancelled = await shop.Send(HttpMethod.Post, $"/jobs/{job.Text("id")}/cancel", new { });
        if (cancelled.StatusCode == HttpStatusCode.Conflict) return;                     // it was quicker than we
        var ended = await shop.Ended(job);
        ended.Text("state").ShouldBeOneOf("cancelled", "done");
        long done = ended.GetProperty("counts").Long("ok");
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from orders where state = 'cancelled'"))).ShouldBe(done);
        await shop.Refused(HttpMethod.Post, $"/jobs/{job.Text("id")}/cancel", new { }, 409, "jobs.over");
    }

    [Theory, BothDatabases, Capability("P8", "P21")]
    public async Task Jobs_of_another_merchant_or_of_a_right_one_lacks_are_as_absent(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] ids = await shop.Orders(1);
        var job = await shop.Ended(await shop.Post("/orders/bulk", new { action = "tag", ids, arguments = new { tags = new[] { "a" } } }));
        using var other = shop.Client((await shop.Post("/merchants", new { code = "b", name = "B", baseCurrency = "GBP" })).Text("key"));
        using var buyer = shop.Client((await shop.Post("/keys", new { name = "k", scopes = new[] { "catalog:read", "prices:read" } })).Text("secret"));
        foreach (var http in new[] { other, buyer })
        {
            foreach (string path in new[] { "", "/rows", "/result" })
                (await http.GetAsync($"/api/v1/jobs/{job.Text("id")}{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            foreach (string deed in new[] { "cancel", "retry", "undo" })
                (await http.PostAsJsonAsync($"/api/v1/jobs/{job.Text("id")}/{deed}", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await http.GetFromJsonAsync<JsonElement>("/api/v1/jobs")).GetProperty("data").GetArrayLength().ShouldBe(0);
        }
        using var writer = shop.Client((await shop.Post("/keys", new { name = "w", scopes = new[] { "orders:read", "orders:write" } })).Text("secret"));
        (await writer.PostAsJsonAsync("/api/v1/orders/bulk", new { action = "cancel", ids })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_with_a_bulk_action_is_said_by_pointer(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        (await Pointers(new { action = "explode", ids = new[] { "x" } })).ShouldBe(["/action", "/ids/0"]);
        (await Pointers(new { action = "tag", ids = Array.Empty<string>() })).ShouldBe(["/ids"]);
        (await Pointers(new { action = "tag", ids = new[] { "ord_" + new string('1', 32) }, arguments = new { tags = new[] { "" } } })).ShouldBe(["/arguments/tags/0"]);
        (await Pointers(new { action = "hold", ids = new[] { "ord_" + new string('1', 32) } })).ShouldBe(["/arguments/reason"]);

        async Task<string?[]> Pointers(object body) => [.. (await Shop.Read(await shop.Send(HttpMethod.Post, "/orders/bulk", body), 400))
            .GetProperty("errors").EnumerateArray().Select(e => e.Text("pointer"))];
    }

    [Theory, BothDatabases]
    public async Task Old_jobs_lose_their_rows_first_and_then_themselves(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        string[] ids = await shop.Orders(1);
        var job = await shop.Ended(await shop.Post("/orders/bulk", new { action = "tag", ids, arguments = new { tags = new[] { "a" } } }));
        var sweep = (Switchyard.Jobs.SweepJobs)shop.Services.GetService(typeof(Switchyard.Jobs.SweepJobs))!;
        await sweep.Handle();
        (await Rows()).ShouldBe(1);
        shop.Clock!.Advance(TimeSpan.FromDays(31));
        await sweep.Handle();
        (await Rows()).ShouldBe(0);
        (await shop.Get("/jobs/" + job.Text("id"))).Text("state").ShouldBe("done");
        shop.Clock.Advance(TimeSpan.FromDays(150));
        await sweep.Handle();
        await shop.Refused(HttpMethod.Get, "/jobs/" + job.Text("id"), null, 404, "jobs.not_found");

        async Task<int> Rows() => (await shop.Get($"/jobs/{job.Text("id")}/rows")).GetProperty("data").GetArrayLength();
    }

    internal static (long Total, long Done, long Ok, long Failed, long Skipped) Counts(JsonElement job) =>
        job.GetProperty("counts") is var c ? (c.Long("total"), c.Long("done"), c.Long("ok"), c.Long("failed"), c.Long("skipped")) : default;
}

internal static class JobShop
{
    /// <summary>Places so many orders and answers their ids.</summary>
    public static async Task<string[]> Orders(this Shop shop, int count, string sku = "MUG")
    {
        await shop.Product(sku, 100_000);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => (await shop.Post("/orders", Given.Order((sku, 1)))).Text("id")!));
    }

    /// <summary>Waits until the job has ended.</summary>
    public static async Task<JsonElement> Ended(this Shop shop, JsonElement job)
    {
        JsonElement now = job;
        await shop.Until(async () => (now = await shop.Get("/jobs/" + job.Text("id"))).GetProperty("endedAt").ValueKind != JsonValueKind.Null);
        return now;
    }
}
