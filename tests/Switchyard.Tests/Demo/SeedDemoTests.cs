using System.Text.Json;
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
        await TheNinetyDaysAreReplayed(shop);
        await TheClientIsBilledAndSeesItsOwn(shop);
        (await SwitchyardProcess.Run(Of(settings), null, "verify")).Code.ShouldBe(0);
    }

    /// <summary>Harbour Soap's goods lie in the house too: a whole month of work for it is to be approved, and its own people see that and nothing of the house.</summary>
    private static async Task TheClientIsBilledAndSeesItsOwn(Shop shop)
    {
        List<JsonElement> bills = [];
        await shop.Until(async () => (bills = [.. (await shop.Get("/bills")).GetProperty("data").EnumerateArray()]).Exists(b => b.Text("state") == "open" && b.Long("totalMinor") > 5_000));
        bills.Select(b => b.Text("merchant")).Distinct().ShouldBe(["harbour-soap"]);
        using var nora = await new Browser(shop).SignIn("nora", "fenwick-and-vale");
        async Task<JsonElement> sees(string path) => await Shop.Read(await nora.Send(HttpMethod.Get, path), 200);
        var me = await sees("/session");
        (me.Text("merchant"), me.GetProperty("merchants").GetArrayLength(), me.GetProperty("isHouse").GetBoolean()).ShouldBe(("harbour-soap", 1, false));
        var orders = (await sees("/orders?limit=200")).GetProperty("data").EnumerateArray().ToList();
        orders.Count.ShouldBeInRange(27, 81);
        orders.ShouldAllBe(o => o.Text("externalId")!.StartsWith("HS-"));
        (await sees("/products?limit=50")).GetProperty("data").GetArrayLength().ShouldBe(6);
        (await sees("/bills")).GetProperty("data").EnumerateArray().Select(b => b.Text("merchant")).Distinct().ShouldBe(["harbour-soap"]);
        var bill = await sees("/bills/" + bills.First(b => b.Text("state") == "open").Text("month"));
        bill.GetProperty("lines").EnumerateArray().Select(l => l.Text("activity")).ShouldBe(["order", "pick", "parcel", "receivedUnit", "binDay"]);
        bill.GetProperty("lines").EnumerateArray().Single(l => l.Text("activity") == "binDay").Long("quantity").ShouldBeGreaterThan(100, "each day of the month");
    }

    /// <summary>The past 90 days are decisions on the stock of their time: each comes out again, and other rules, prices and nodes are tried on them.</summary>
    private static async Task TheNinetyDaysAreReplayed(Shop shop)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-91), DateTimeOffset.UtcNow.AddDays(1));
        async Task<JsonElement> Try(object wish) => (await shop.Backtest(wish)).GetProperty("result");
        var live = await Try(new { from, to });
        var replay = live.GetProperty("replay");
        (replay.Long("same"), replay.GetProperty("notKept").EnumerateObject().Count()).ShouldBe((replay.Long("decisions"), 0), live.ToString());
        replay.Long("decisions").ShouldBeGreaterThan(380);
        live.Long("orders").ShouldBeGreaterThan(420);
        live.GetProperty("days").GetArrayLength().ShouldBeGreaterThan(40, "they lie all over the period");
        (live.Long("changed"), live.GetProperty("after").Long("costMinor")).ShouldBe((0, live.GetProperty("before").Long("costMinor")), "with nothing changed the simulation decides as was decided");

        var closed = await Try(new { from, to, change = new { closed = new[] { "BHM" } } });
        closed.GetProperty("nodes").EnumerateArray().Single(n => n.Text("node") == "BHM").Long("parcelsAfter").ShouldBe(0);
        closed.Long("changed").ShouldBeGreaterThan(200);
        (await Try(new { from, to, rules = new { scenarios = new[] { new { name = "Fast", objective = "fastest" } } } })).GetProperty("after").Long("days").ShouldBeLessThan(live.GetProperty("after").Long("days"));
        foreach (var change in new object[] { new { added = new[] { new { code = "NEW", like = "GLA" } } }, new { rateCards = new[] { new { card = "postnl-signed", percent = 10 } } } })
            (await Try(new { from, to, change })).Long("orders").ShouldBe(live.Long("orders"));

        // As-of reads are true: whatever was written later was written of a later instant, but for what a writer waited for its row; readers allow for ten minutes.
        (await shop.Db.ReadAll(work => work.Scalar(
            "select count(*) from stock_ledger a where exists (select 1 from stock_ledger b where b.merchant_id = a.merchant_id and b.sku_id = a.sku_id and b.node_id = a.node_id and b.id > a.id and b.recorded_at_ms < a.recorded_at_ms - 600000) -- house"))).ShouldBe(0);
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from orders where is_history = false and external_id like 'F1%' and state <> 'closed' -- house"))).ShouldBeLessThan(20, "nearly all of them are sent and delivered");
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
