using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Reporting;

public sealed class DashboardTests
{
    [Theory, BothDatabases]
    public async Task Every_figure_is_what_its_list_finds(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 3);
        await shop.Product("BOWL", 50);
        await shop.Post("/nodes", new { code = "STORE", name = "Store", kind = "store" });
        foreach (string sku in (string[])["MUG", "BOWL"]) { await shop.Stock(sku, 1, "STORE"); await shop.Stock(sku, -1, "STORE"); }
        for (int i = 0; i < 3; i++) await shop.Post("/orders", Given.Order(("BOWL", 1)));
        string held = (await shop.Post("/orders", Given.Order(("MUG", 3)))).Text("id")!;
        await shop.Post($"/orders/{held}/hold", new { reason = "look at it" });
        var dashboard = await shop.Get("/dashboard?zone=Europe/London");
        var tiles = dashboard.GetProperty("tiles").EnumerateArray().ToList();
        tiles.Single(t => t.Text("key") == "ordersToday").Long("count").ShouldBe(4);
        tiles.Single(t => t.Text("key") == "held").Long("count").ShouldBe(1);
        tiles.Single(t => t.Text("key") == "unassigned").Long("count").ShouldBe(1);
        foreach (var tile in tiles)
            (await shop.Get($"/orders?count=true&query={Uri.EscapeDataString(tile.Text("query")!)}")).GetProperty("count").Long("count").ShouldBe(tile.Long("count"), tile.Text("key"));
        var stock = dashboard.GetProperty("stock");
        stock.Long("low").ShouldBe(3, "two places of a SKU are two lines of the list");
        foreach (var (figure, query) in new[] { ("low", "available:<=0"), ("deficit", "available:<0") })
            (await shop.Get($"/inventory/levels?count=true&query={Uri.EscapeDataString(query)}")).GetProperty("count").Long("count").ShouldBe(stock.Long(figure), figure);
        await shop.Refused(HttpMethod.Get, "/dashboard?zone=Mars/Olympus&days=0", null, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task The_trend_has_whole_days_only_and_is_for_those_who_see_reports(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("MUG", 50, priceMinor: 500);
        await shop.Post("/orders", Given.Order(("MUG", 2)));
        shop.Clock!.Advance(TimeSpan.FromDays(1));
        await shop.Post("/orders", Given.Order(("MUG", 1)));
        await shop.Until(async () => (await shop.Get("/dashboard")).GetProperty("trend").GetArrayLength() == 1);
        var dashboard = await shop.Get("/dashboard");
        dashboard.GetProperty("trend")[0].Long("units").ShouldBe(2);
        var share = dashboard.GetProperty("channels")[0];
        (await shop.Get("/orders?count=true&query=" + Uri.EscapeDataString(share.Text("query")!))).GetProperty("count").Long("count").ShouldBe(share.Long("orders"));
        using var clerk = shop.Client((await shop.Post("/keys", new { name = "c", scopes = new[] { "orders:read" } })).Text("secret"));
        (await Shop.Read(await clerk.GetAsync("/api/v1/dashboard"), 200)).GetProperty("channels").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-03-29T12:00:00Z", "Europe/London", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z")]
    [InlineData("2026-11-22T00:30:00Z", "America/New_York", "2026-11-21T05:00:00Z", "2026-11-22T05:00:00Z")]
    [InlineData("2026-09-06T12:00:00Z", "America/Santiago", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z")]
    public void A_day_begins_by_the_clock_of_its_place(string now, string zone, string from, string to) =>
        Switchyard.Reporting.ReadDashboard.DayOf(DateTimeOffset.Parse(now), TimeZoneInfo.FindSystemTimeZoneById(zone)).ShouldBe((DateTimeOffset.Parse(from), DateTimeOffset.Parse(to)));

    [Theory, BothDatabases, Capability("IN-02", "IN-12")]
    public async Task The_stock_grid_shows_every_bucket_by_node_and_what_is_low_or_too_much(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "STORE", name = "Store", kind = "store" });
        await shop.Product("MUG", 10);
        await shop.Stock("MUG", 100, "STORE");
        await shop.Product("BOWL", 0);
        await shop.Stock("BOWL", 1);
        await shop.Put("/purchasing/reorder-levels", new { items = new[] { new { sku = "MUG", node = "STORE", reorderAt = 5, orderUpTo = 50 }, new { sku = "BOWL", node = "MAIN", reorderAt = 2, orderUpTo = 9 } } });
        await shop.Post("/orders", Given.Order(("MUG", 4)));
        var all = (await shop.Get("/inventory/grid")).GetProperty("data").EnumerateArray().Select(Cell).ToList();
        all.Select(c => c.Sku + "@" + c.Node).ShouldBe(["BOWL@MAIN", "MUG@MAIN", "MUG@STORE"]);
        all[0].Level.ShouldBe("low");
        all[2].Level.ShouldBe("excess");
        (await Skus("show=low")).ShouldBe(["BOWL@MAIN"]);
        (await Skus("show=excess")).ShouldBe(["MUG@STORE"]);
        (await Skus("show=claimed")).Count.ShouldBe(1);
        (await Skus("query=product%20mug&node=MAIN")).ShouldBe(["MUG@MAIN"]);
        (await Skus("query=bo")).ShouldBe(["BOWL@MAIN"]);
        (await Skus("node=NOWHERE")).ShouldBeEmpty();
        var first = await shop.Get("/inventory/grid?limit=2");
        (await Skus("limit=2&after=" + first.Text("next"))).ShouldBe(["MUG@STORE"]);
        await shop.Refused(HttpMethod.Get, "/inventory/grid?show=everything", null, 400, "request.invalid");

        // The sum over the grid is what the balance of the SKU says.
        var mug = (await shop.Get("/inventory?sku=MUG")).GetProperty("total");
        all.Where(c => c.Sku == "MUG").Sum(c => c.Available).ShouldBe(mug.Long("available"));

        async Task<List<string>> Skus(string query) =>
            [.. (await shop.Get("/inventory/grid?" + query)).GetProperty("data").EnumerateArray().Select(Cell).Select(c => c.Sku + "@" + c.Node)];
        static (string Sku, string Node, long Available, string? Level) Cell(JsonElement cell) =>
            (cell.Text("sku")!, cell.Text("node")!, cell.Long("available"), cell.Text("level"));
    }
}
