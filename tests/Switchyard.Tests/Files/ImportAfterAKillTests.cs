using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Jobs;
using Switchyard.Tests.Torture;

namespace Switchyard.Tests.Files;

/// <summary>A large import holds little memory, and one whose server was killed goes on with the next row.</summary>
[Trait("Kind", "Database")]
public sealed class ImportAfterAKillTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory, BothDatabases, Capability("P8", "AX-61")]
    public async Task A_killed_import_goes_on_where_it_was_and_does_no_row_twice(DatabaseKind kind)
    {
        const int Rows = 4_000;
        var settings = Shop.NewDatabase(kind);
        await using var server = await ServerProcess.Start(settings);
        var csv = new StringBuilder("sku,name,weight_grams\n");
        foreach (int i in Enumerable.Range(1, Rows)) csv.Append(CultureInfo.InvariantCulture, $"K{i},Product {i},{(i % 400 == 200 ? "heavy" : i)}\n");
        string file = await server.Http.Upload(Encoding.UTF8.GetBytes(csv.ToString()));
        var job = await (await server.Http.PostAsJsonAsync("/api/v1/imports", new { kind = "products", file })).Content.ReadFromJsonAsync<JsonElement>();

        int kills = 0;
        var ended = await Ended(server, job, settings, done => kills < 2 && done > 600 * (kills + 1) && ++kills > 0);

        output.WriteLine($"{kills} kills");
        kills.ShouldBeGreaterThan(0);
        JobsTests.Counts(ended).ShouldBe((Rows, Rows, Rows - 10, 10, 0), ended.GetRawText());
        await using var check = new Db(settings, TimeProvider.System);
        (await check.ReadAll(work => work.Scalar("select count(*) from products"))).ShouldBe(Rows - 10);
        (await check.ReadAll(work => work.Scalar("select count(*) from events where kind = 'ProductCreated'"))).ShouldBe(Rows - 10, "each was made once");
        (await check.ReadAll(work => work.Scalar("select count(*) from events where kind = 'ProductChanged'"))).ShouldBe(0, "and none again");
        var verified = await server.Verify();
        verified.Code.ShouldBe(0, verified.Output);
    }

    /// <summary>SWITCHYARD_IMPORT_ROWS says how many; <c>./run scale</c> takes 100,000.</summary>
    [Theory, BothDatabases, Trait("Long", "scale")]
    public async Task A_large_file_is_imported_in_bounded_memory(DatabaseKind kind)
    {
        int rows = Numbers.FromEnvironment("SWITCHYARD_IMPORT_ROWS", 15_000);
        var settings = Shop.NewDatabase(kind);
        await using var server = await ServerProcess.Start(settings);
        var csv = new StringBuilder("sku,name,description\n");
        string filler = new('d', 400);
        foreach (int i in Enumerable.Range(1, rows)) csv.Append(CultureInfo.InvariantCulture, $"B{i},Big {i % 50},{filler}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(csv.ToString());
        string file = await server.Http.Upload(bytes);
        var job = await (await server.Http.PostAsJsonAsync("/api/v1/imports", new { kind = "products", file })).Content.ReadFromJsonAsync<JsonElement>();
        var ended = await Ended(server, job, settings, _ => false);
        JobsTests.Counts(ended).ShouldBe((rows, rows, rows, 0, 0), ended.GetRawText());
        long peak = server.PeakMemory() / (1024 * 1024);
        output.WriteLine($"{bytes.Length / (1024 * 1024)} MiB of file, {peak} MiB of memory at most");
        peak.ShouldBeLessThan(700, "memory grows with the batch, not with the file");
    }

    private static async Task<JsonElement> Ended(ServerProcess server, JsonElement job, DatabaseSettings settings, Func<long, bool> isToKill)
    {
        for (var deadline = DateTime.UtcNow.AddMinutes(15); ;)
        {
            var now = await server.Http.GetFromJsonAsync<JsonElement>("/api/v1/jobs/" + job.Text("id"));
            if (now.GetProperty("endedAt").ValueKind != JsonValueKind.Null) return now;
            (DateTime.UtcNow < deadline).ShouldBeTrue("the import did not end: " + now.GetRawText());
            if (isToKill(now.GetProperty("counts").Long("done")))
            {
                await server.Kill();
                // The dead process holds its lease for 30 seconds more; here nobody waits for that.
                await using (var db = new Db(settings, TimeProvider.System))
                    await db.WriteAll(async work => await work.Execute("update jobs set lease_until_ms = 0 where ended_at_ms is null"));
                await server.Restart();
            }
            await Task.Delay(20);
        }
    }
}
