using System.Collections.Concurrent;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;
using Xunit.Abstractions;

namespace Switchyard.Tests.Orders;

/// <summary>Everything at once while orders are decided anew together, on two servers; set REPLAN_SEED to repeat a run.</summary>
public sealed class ReplanRaces(ITestOutputHelper output)
{
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("REPLAN_SEED"), out int seed) ? seed : Environment.TickCount & 0xFFFFF;

    [Theory, BothDatabases, Capability("P1", "P11", "NX-11", "L4", "L16")]
    public async Task Placing_editing_cancelling_releasing_rejecting_and_stock_beside_planning_anew_lose_nothing(DatabaseKind kind)
    {
        output.WriteLine($"seed {_seed}");
        await using var shop = await Shop.Open(kind);
        await shop.TwoCoasts();
        foreach (string sku in new[] { "A", "B" })
        {
            await shop.Stock(sku, 10, "EAST", first: true);
            // They lie where they are dear, until stock comes to the other coast in the middle of it all.
            for (int i = 0; i < 4; i++) await shop.Post("/orders", ReplanShop.Order("W1 1AA", sku, 1));
        }
        await shop.Put("/routing/replan-settings", new { mode = "on", minSavingMinor = 1, churnMinor = 0 });
        await using var other = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        Shop[] shops = other is null ? [shop, shop] : [shop, other];
        var orders = new ConcurrentBag<string>();
        int over = 0;
        async Task Workers(int who)
        {
            var random = new Random(_seed + who);
            for (int i = 0; i < 14; i++)
            {
                var at = shops[random.Next(2)];
                string id = orders.IsEmpty ? "" : orders.ElementAt(random.Next(orders.Count));
                string sku = random.Next(2) == 0 ? "A" : "B", node = random.Next(2) == 0 ? "EAST" : "WEST";
                var (path, body) = random.Next(id.Length == 0 ? 3 : 8) switch
                {
                    0 or 1 => ("/orders", ReplanShop.Order(random.Next(2) == 0 ? "E1 1AA" : "W1 1AA", sku, random.Next(1, 3))),
                    2 => ("/inventory/adjustments", new { items = new[] { new { sku, node, delta = random.Next(4) == 0 ? -1 : random.Next(1, 3), reason = "race" } } }),
                    3 => ($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = random.Next(1, 3) } } }),
                    4 => ($"/orders/{id}/cancel", new { reason = "race" }),
                    5 => ($"/orders/{id}/release", new { }),
                    _ => ("/routing/replan", (object)new { }),
                };
                var reply = await at.Send(HttpMethod.Post, path, body);
                string text = await reply.Content.ReadAsStringAsync();
                ((int)reply.StatusCode).ShouldBeLessThan(500, $"{path}: {text}");
                if (path == "/orders" && reply.IsSuccessStatusCode) orders.Add(System.Text.Json.JsonDocument.Parse(text).RootElement.Text("id")!);
                if (path.EndsWith("/release", StringComparison.Ordinal) && reply.IsSuccessStatusCode && random.Next(2) == 0)
                {
                    string release = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("fulfilments")[0].Text("id")!;
                    await at.Send(HttpMethod.Post, $"/fulfilments/{release}/reject", new { reason = "no_stock" });
                }
            }
            Interlocked.Increment(ref over);
        }
        async Task Replan()
        {
            foreach (string sku in new[] { "A", "B" }) await Given.Stock(shop, sku, 4, "WEST");
            // A second run at the same time is refused, and never harmful.
            while (Volatile.Read(ref over) < 5)
                foreach (var at in shops) ((int)(await at.Send(HttpMethod.Post, "/routing/replan", new { })).StatusCode).ShouldBeOneOf(200, 409);
        }
        await Task.WhenAll([.. Enumerable.Range(0, 5).Select(who => Task.Run(() => Workers(who))), Task.Run(Replan)]);
        var runs = (await shop.Get("/routing/replans?limit=250")).GetProperty("data").EnumerateArray().ToList();
        // A page holds the newest 250, and on a quiet machine there are more.
        long moved = await shop.Db.ReadAll(work => work.Scalar("select count(*) from replan_moves -- house"));
        output.WriteLine($"{orders.Count} orders, {runs.Count} runs, {moved} moved, {runs.Sum(r => r.Long("ordersPassed"))} passed, {runs.Sum(r => r.Long("savedMinor"))} saved");
        runs.ShouldAllBe(r => r.Long("savedMinor") >= 0);
        moved.ShouldBeGreaterThan(0);
        await shop.LedgerShouldAddUp();
        await Torture.Books.ShouldVerify(shop.Settings, output);
    }
}
