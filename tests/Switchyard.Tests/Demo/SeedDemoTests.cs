using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Demo;

public sealed class SeedDemoTests
{
    private static string Of(DatabaseSettings settings) => settings.Kind == DatabaseKind.Sqlite ? settings.SqlitePath : settings.ConnectionString;

    [Theory, BothDatabases]
    public async Task The_demo_shop_is_whole_and_its_books_balance(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        (await SwitchyardProcess.Run(Of(settings), null, "seed", "demo", "--history", "200")).Code.ShouldBe(0);
        (await SwitchyardProcess.Run(Of(settings), null, "seed", "demo")).Output.ShouldContain("nothing was added");
        await using var shop = await Shop.Open(kind, settings: settings);
        using var demo = shop.Client(null);
        var session = await demo.PostAsync("/api/v1/session", new StringContent("{\"userName\":\"demo\",\"password\":\"fenwick-and-vale\"}", null, "application/json"));
        ((int)session.StatusCode).ShouldBe(201);

        var overview = await Shop.Read(await demo.GetAsync("/api/v1/reports/overview"), 200);
        overview.Long("openOrders").ShouldBeGreaterThan(200);
        overview.Long("skus").ShouldBeGreaterThan(1_900);
        overview.GetProperty("openHolds").EnumerateObject().Count().ShouldBeGreaterThan(1);
        overview.GetProperty("latestOrders").GetArrayLength().ShouldBe(12);

        // A first look at each tile and list finds something, whatever the day and hour.
        var dashboard = await Shop.Read(await demo.GetAsync("/api/v1/dashboard?zone=Europe/London&days=90"), 200);
        var tiles = dashboard.GetProperty("tiles").EnumerateArray().ToDictionary(t => t.Text("key")!, t => t.Long("count"));
        foreach (string key in new[] { "atRisk", "late", "held", "short", "unpaid", "unassigned" }) tiles[key].ShouldBeInRange(1, 80, key);
        overview.GetProperty("openHolds").EnumerateObject().Count().ShouldBeGreaterThan(4);
        foreach (string status in new[] { "shipped", "closed", "onHold", "backordered", "confirmed" })
            (await shop.Get($"/orders?limit=1&query={Uri.EscapeDataString("history:no status:" + status)}")).GetProperty("data").GetArrayLength().ShouldBe(1, status);
        var drafts = (await shop.Get("/drafts?limit=50")).GetProperty("data").EnumerateArray().Select(d => d.Text("state")).ToList();
        foreach (string state in new[] { "draft", "quoted", "accepted", "expired" }) drafts.ShouldContain(state);
        await shop.Until(async () => (await Shop.Read(await demo.GetAsync("/api/v1/dashboard?days=90"), 200)).GetProperty("trend").GetArrayLength() > 30);
        var past = (await shop.Backtest(new { from = DateTimeOffset.UtcNow.AddDays(-6), to = DateTimeOffset.UtcNow.AddDays(1) })).GetProperty("result").GetProperty("replay");
        (past.Long("same"), past.GetProperty("notKept").EnumerateObject().Count()).ShouldBe((past.Long("decisions"), 0), "each decision of the played days can be made again");
        past.Long("decisions").ShouldBeGreaterThan(150);
        (await SwitchyardProcess.Run(Of(settings), null, "verify")).Code.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task From_Birmingham_to_Manchester_the_cheapest_standard_parcel_goes_with_Evri(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        (await SwitchyardProcess.Run(Of(settings), null, "seed", "demo", "--history", "0")).Code.ShouldBe(0);
        await using var shop = await Shop.Open(kind, settings: settings);
        await shop.Product("PARCEL", 5, "BHM", weightGrams: 0);
        foreach (var (method, service) in new[] { ("standard", "evri-standard"), ("express", "royal-mail-tracked-24"), ("next-day", "dpd-next-day") })
        {
            var body = Given.Order(("PARCEL", 1));
            body["method"] = method;
            string id = (await shop.Post("/orders", body)).Text("id")!;
            (await shop.Get($"/orders/{id}?expand=plan")).GetProperty("plan").GetProperty("shipments")[0].Text("service").ShouldBe(service);
        }
    }
}
