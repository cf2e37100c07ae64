using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Switchyard.Database;
using Switchyard.Erp;
using Switchyard.Simulators;
using Switchyard.Support;

namespace Switchyard.Tests.Erp;

/// <summary>A server with an ERP and a help desk, killed after both have done what it asked and before it heard so.</summary>
[Capability("IG-05", "IG-03", "CU-06")]
public sealed class KilledErpTests
{
    private static bool Posts(HttpRequest call) => call.Method == "PUT";
    private static bool Opens(HttpRequest call) => call.Method == "POST" && call.Path.Value!.EndsWith("/tickets", StringComparison.Ordinal);

    [Theory, BothDatabases]
    public async Task What_was_posted_and_opened_when_the_server_was_killed_is_there_once(DatabaseKind kind)
    {
        var settings = await Template.Copy(kind);
        await using var books = await SimHost.Listening(new NetSuiteSim { RetryAfterSeconds = 0 });
        await using var care = await SimHost.Listening(new GorgiasSim());
        await using var server = await ServerProcess.Start(settings, new Dictionary<string, string>
        {
            ["SWITCHYARD_WEBHOOK_ALLOW"] = "127.0.0.1", ["SWITCHYARD_WEBHOOK_HTTP"] = "1", ["SWITCHYARD_BOOTSTRAP_KEY"] = Shop.AdminKey,
        });
        async Task<JsonElement> send(HttpMethod method, string path, object? body = null)
        {
            using var answer = await Shop.Patiently(() => server.Http.SendAsync(new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) }));
            return await Shop.Read(answer, null);
        }
        async Task<List<JsonElement>> list(string path) => [.. (await send(HttpMethod.Get, path)).GetProperty("data").EnumerateArray()];

        books.Books.Item("MUG");
        await send(HttpMethod.Post, "/products", new { sku = "MUG", name = "Mug", kind = "goods", weightGrams = 100 });
        await send(HttpMethod.Post, "/inventory/adjustments", new { items = new[] { new { sku = "MUG", node = "MAIN", setTo = 50, reason = "counted" } } });
        await send(HttpMethod.Put, "/erp", new
        {
            adapter = "netsuite", baseUrl = books.BaseUrl, settings = books.Settings, secrets = books.Secrets, flows = new { items = "off", stock = "off" },
            places = new Dictionary<string, string> { ["MAIN"] = "1" }, callsPerMinute = 60_000,
        });
        (await send(HttpMethod.Post, "/erp/test", new { })).GetProperty("ok").GetBoolean().ShouldBeTrue();
        await send(HttpMethod.Post, "/erp/start", new { });
        await send(HttpMethod.Put, "/support-desks/care", new
        {
            adapter = care.Adapter, name = "Care", baseUrl = care.BaseUrl, settings = care.Settings, secrets = care.Secrets, troubles = new[] { "over_paid" }, macros = Array.Empty<string>(),
            callsPerMinute = 60_000,
        });

        // An order that is paid too much: the ERP is to have it, and people are to hear of it.
        books.Next(Mood.HangsAfter, Posts);
        care.Next(Mood.HangsAfter, Opens);
        string order = (await send(HttpMethod.Post, "/orders", Given.Order(("MUG", 1)))).Text("id")!;
        await send(HttpMethod.Post, $"/orders/{order}/payments", new { type = "external", tender = "external", amountMinor = 50_000 });
        await Until(() => Task.FromResult(books.Books.Of("salesOrder").Any() && care.Tickets.Count > 0));
        await server.Kill();
        await LeasesEnd(settings);
        await server.Restart();
        await Until(async () => await list("/erp/tasks") is { Count: 2 } tasks && tasks.All(t => t.Text("state") == "done"));
        await Until(async () => (await list("/support-desks/care/troubles?state=open")).Count == 1);
        books.Books.Records.Where(r => r.ExternalId is not null).Select(r => r.Type).Order(StringComparer.Ordinal).ShouldBe(["cashSale", "salesOrder"]);
        care.Tickets.ShouldHaveSingleItem().Comments.ShouldHaveSingleItem();
    }

    /// <summary>What a dead server had taken is free after this time: it is taken off the leases, since waiting for it would be most of this test.</summary>
    private static async Task LeasesEnd(DatabaseSettings settings)
    {
        await using var db = new Db(settings, TimeProvider.System);
        foreach (var (table, lease) in new[] { ("erp_tasks", new ErpPatience().Lease), ("erp_marks", new ErpPatience().Lease), ("desk_tickets", new DeskPatience().Lease) })
            await db.WriteAll(work => work.Execute($"update {table} set lease_until_ms = lease_until_ms - @passed where lease_until_ms > @passed /* house */",
                ("passed", (long)lease.TotalMilliseconds)));
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        var deadline = DateTime.UtcNow.AddMinutes(3);
        while (!await isSo())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("it did not become so within three minutes");
            await Task.Delay(50);
        }
    }
}
