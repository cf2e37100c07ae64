using System.Globalization;
using System.Text;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

[Capability("IN-11")]
public sealed class StockFeedTests
{
    private static async Task<JsonElement> Import(Shop shop, string csv)
    {
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        return await Shop.Read(await shop.Http.PostAsync("/api/v1/imports/stock", body), 200);
    }

    [Theory, BothDatabases]
    public async Task A_feed_sets_levels_shows_its_age_and_unchanged_levels_write_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A", "B", "C");
        await shop.Nodes("NORTH");
        await shop.SetTo("A", 5, "NORTH");
        var first = await Import(shop, "sku,node,quantity\na,NORTH,5\nB,north,7\nC,MAIN,1\n");
        (first.Of("created"), first.Of("updated"), first.Of("unchanged"), first.Of("failed")).ShouldBe((2, 0, 1, 0));
        shop.Clock!.Advance(TimeSpan.FromHours(2));
        long before = await Rows(shop);
        var again = await Import(shop, "sku,node,quantity\nA,NORTH,5\nB,NORTH,7\n");
        (again.Of("unchanged"), await Rows(shop)).ShouldBe((2, before));
        var stock = await shop.Get("/inventory?sku=B");
        stock.Items("nodes").Single().GetProperty("feedAt").GetDateTimeOffset().ShouldBe(shop.Clock.GetUtcNow());
        stock.Of("atp").ShouldBe(7);
        (await Import(shop, "sku,node,quantity\nB,NORTH,9\n")).Of("updated").ShouldBe(1);
        (await shop.Get("/inventory/ledger?sku=B")).Items("data").Select(e => (e.TextOf("kind"), e.Of("onHandDelta"))).ShouldBe([("fed", 2), ("fed", 7)]);
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases]
    public async Task Bad_rows_are_named_and_stop_no_good_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        var done = await Import(shop, "sku,node,quantity\nA,MAIN,4\nNO,MAIN,4\nA,NO,4\nB,MAIN,-1\nB,MAIN,1.5\nB,MAIN,2147483648\nB,MAIN,9223372036854775808\nB,MAIN,\u0661\nB,MAIN,\nB,MAIN,3\n");
        (done.Of("created"), done.Of("failed")).ShouldBe((2, 8));
        done.Items("errors").Select(e => (e.Of("line"), e.TextOf("field"))).ShouldBe(
            [(3, "sku"), (4, "node"), (5, "quantity"), (6, "quantity"), (7, "quantity"), (8, "quantity"), (9, "quantity"), (10, "quantity")]);
        (await shop.Total("A")).Of("onHand").ShouldBe(4);
        (await shop.Total("B")).Of("onHand").ShouldBe(3);
    }

    [Theory, BothDatabases]
    public async Task A_feed_taken_earlier_keeps_what_moved_since_and_an_outdated_one_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Products("A");
        await shop.SetTo("A", 10);
        string At() => shop.Clock!.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        shop.Clock!.Advance(TimeSpan.FromHours(1));
        string taken = At();
        shop.Clock.Advance(TimeSpan.FromMinutes(30));
        await shop.Add("A", -3);
        (await Import(shop, $"sku,node,quantity,as_of\nA,MAIN,12,{taken}\n")).Of("updated").ShouldBe(1);
        (await shop.Total("A")).Of("onHand").ShouldBe(9);
        (await Import(shop, $"sku,node,quantity,as_of\nA,MAIN,12,{taken}\n")).Of("unchanged").ShouldBe(1);
        (await Import(shop, "sku,node,quantity,as_of\nA,MAIN,50,2026-03-02T08:00:00Z\n")).Items("errors").Single().TextOf("code").ShouldBe("inventory.older_than_last_count");
        await shop.LedgerShouldAddUp();
    }

    [Theory, BothDatabases]
    public async Task Twenty_five_thousand_levels_go_in_and_come_out(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Db.WriteAll(work => work.Execute(
            """
            insert into products (merchant_id, sku, sku_key, name, kind, created_at_ms, updated_at_ms)
            select 1, 'S' || n, 'S' || n, 'S', 'goods', 0, 0 from @rows r
            """, Switchyard.Database.Rows.Of(Enumerable.Range(100_000, 25_000).ToList()).Long("n", n => n)));
        string File(int level) => "sku,node,quantity\n" + string.Concat(Enumerable.Range(100_000, 25_000).Select(n => $"S{n},MAIN,{(n % 10 == 0 ? level : 3)}\n"));
        (await Import(shop, File(5))).Of("created").ShouldBe(25_000);
        long before = await Rows(shop);
        var second = await Import(shop, File(6));
        (second.Of("updated"), second.Of("unchanged"), await Rows(shop) - before).ShouldBe((2_500, 22_500, 2_500));
        string csv = await shop.Http.GetStringAsync("/api/v1/exports/stock.csv");
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(25_001);
        await shop.LedgerShouldAddUp();
    }

    private static Task<long> Rows(Shop shop) => shop.Db.ReadAll(work => work.Scalar("select count(*) from stock_ledger"));
}
