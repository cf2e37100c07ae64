using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests.Inventory;

[Capability("P9", "L5", "L20", "AX-08")]
public sealed class StockBooksTests
{
    [Theory, BothDatabases]
    public async Task True_books_have_no_fault_and_every_check_counts_something(DatabaseKind kind)
    {
        await using var shop = await Busy(kind);
        await shop.Post("/drafts", new { channel = "web", currency = "GBP" });
        var order = await shop.Post("/orders", new { channel = "web", currency = "GBP", lines = new[] { new { sku = "A", quantity = 2, unitPriceMinor = 100 } } });
        await shop.Post($"/orders/{order.Text("id")}/split", new { lines = new[] { new { line = 1, quantity = 1 } } });
        await shop.Post($"/orders/{order.Text("id")}/facts", new { kind = "delivered", node = "MAIN" });
        await shop.Post($"/orders/{order.Text("id")}/returns", new { reason = "Too small", lines = new[] { new { line = 1, quantity = 1 } } });
        await shop.Products("C");
        await shop.Post("/products/C/stop-sale", new { reason = "recalled" });
        var checks = shop.Services.GetServices<BooksCheck>().Where(c => c.Name.StartsWith("stock.", StringComparison.Ordinal) || c.Name.StartsWith("orders.", StringComparison.Ordinal)).ToList();
        checks.Count.ShouldBeGreaterThanOrEqualTo(7);
        foreach (var check in checks)
        {
            var result = await check.Run(shop.Db);
            result.Faults.ShouldBeEmpty(check.Name);
            result.Counted.ShouldBeGreaterThan(0, check.Name);
        }
        (await Repair(shop, apply: true)).ShouldBeEmpty();
    }

    [Theory]
    [BothDatabases("update stock set on_hand = on_hand + 1 where sku_id = 1", "stock.ledger", "A at MAIN: the balance differs")]
    [BothDatabases("update stock set safety = safety + 1 where sku_id = 1", "stock.ledger", "safety by 1")]
    [BothDatabases("update stock set earmarked = 2 where sku_id = 1", "stock.ledger", "earmarked by 2")]
    [BothDatabases("update stock set unavailable = 9 where sku_id = 1", "stock.ledger", "unavailable by 7")]
    [BothDatabases("delete from stock_ledger where id = (select max(id) from stock_ledger where sku_id = 1)", "stock.ledger", "A at MAIN")]
    [BothDatabases("delete from stock_ledger where id = (select min(id) from stock_ledger where sku_id = 1)", "stock.chain", "does not follow")]
    [BothDatabases("update stock_ledger set on_hand = on_hand + 5 where id = (select min(id) from stock_ledger where sku_id = 1)", "stock.chain", "does not follow")]
    [BothDatabases("update stock_ledger set reserved_delta = reserved_delta + 1, safety_delta = safety_delta - 1 where id = (select max(id) from stock_ledger where sku_id = 1)", "stock.chain", "does not follow")]
    [BothDatabases("update allocations set quantity = quantity + 1", "stock.allocated", "allocated is 2, its claims are 3")]
    [BothDatabases("delete from allocations", "orders.allocations", "has 2 in its buckets and 0 allocated")]
    [BothDatabases("delete from orders", "orders.rows", "line 1 without an order")]
    [BothDatabases("update reservation_items set is_open = false", "stock.reserved", "reserved is 3, its claims are 0")]
    [BothDatabases("update share_sales set units = units + 2", "stock.shares", "are counted as having bought 3 since")]
    [BothDatabases("update share_rules set started_at_ms = started_at_ms - 60000; delete from share_sales", "stock.shares", "the ledger has from 1 to 1")]
    [BothDatabases("update bin_stock set quantity = quantity + 1 where sku_id = 2", "stock.bins", "bins hold 7, on hand is 6")]
    public async Task A_planted_fault_is_found_by_name(DatabaseKind kind, string fault, string name, string says)
    {
        await using var shop = await Busy(kind);
        await Plant(shop, fault);
        var result = await shop.Services.GetServices<BooksCheck>().Single(c => c.Name == name).Run(shop.Db);
        result.Faults.ShouldContain(f => f.Contains(says), string.Join('\n', result.Faults));
    }

    [Theory]
    [BothDatabases("update stock set on_hand = on_hand + 4, safety = 3 where sku_id = 1")]
    [BothDatabases("update stock set reserved = 0 where sku_id = 1")]
    [BothDatabases("update reservation_items set is_open = false")]
    public async Task Repair_shows_the_difference_changes_nothing_and_with_apply_mends_it_with_an_entry(DatabaseKind kind, string fault)
    {
        await using var shop = await Busy(kind);
        await Plant(shop, fault);
        var shown = await Repair(shop, apply: false);
        shown.Select(d => d.Where).Distinct().ShouldBe(["A at MAIN"]);
        (await Repair(shop, apply: false)).ShouldBe(shown);
        (await Repair(shop, apply: true)).Count.ShouldBe(1);
        (await Repair(shop, apply: true)).ShouldBeEmpty();
        foreach (var check in shop.Services.GetServices<BooksCheck>().Where(c => c.Name.StartsWith("stock.", StringComparison.Ordinal)))
            (await check.Run(shop.Db)).Faults.ShouldBeEmpty(check.Name);
        (await shop.Get("/inventory/ledger?sku=A")).Items("data")[0].TextOf("kind").ShouldBe("repaired");
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from events where kind = 'StockRepaired'"))).ShouldBe(1);
        (await shop.Total("A")).Of("onHand").ShouldBe(20);
    }

    private static async Task<Shop> Busy(DatabaseKind kind)
    {
        var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        await shop.SetTo("A", 20);
        await shop.Post("/inventory/moves", new { items = new[] { new { sku = "A", node = "MAIN", quantity = 2, to = "unavailable", reason = "x" } } });
        await shop.Nodes("EAST");
        await shop.Post("/transfers", new { from = "MAIN", to = "EAST", lines = new[] { new { sku = "B", quantity = 1 } } });
        await shop.Post("/inventory/reservations", new { owner = "c", ttlSeconds = 600, items = new[] { new { sku = "A", quantity = 3 } } });
        await shop.Put("/inventory/shares/web", new { name = "Web", parts = new[] { new { name = "Web", channels = new[] { "web" }, percent = 90 } } });
        await shop.Post("/inventory/sales", new { node = "MAIN", reference = "R-1", items = new[] { new { sku = "B", quantity = 1 } } });
        await shop.Put("/inventory/bins", new { items = new[] { new { node = "MAIN", bin = "A-01", sku = "B", quantity = 6 } } });
        await shop.Post("/orders", new { channel = "web", currency = "GBP", lines = new[] { new { sku = "A", quantity = 2, unitPriceMinor = 100 } } });
        return shop;
    }

    private static async Task<List<Difference>> Repair(Shop shop, bool apply)
    {
        var found = new List<Difference>();
        foreach (var repair in shop.Services.GetServices<BooksRepair>().Where(r => r.Name.StartsWith("stock.", StringComparison.Ordinal)).OrderBy(r => r.Name, StringComparer.Ordinal))
            found.AddRange(await repair.Run(shop.Db, Actor.House("cli", 1), apply));
        return found;
    }

    /// <summary>Changes what no program can, past triggers and rights.</summary>
    internal static Task Plant(Shop shop, string sql) => Plant(shop.Settings, sql);

    internal static async Task Plant(DatabaseSettings settings, string sql)
    {
        if (settings.Kind == DatabaseKind.Postgres)
        {
            await using var superuser = new NpgsqlConnection(TestPostgres.AsSuperuser(settings.ConnectionString) + ";Pooling=false");
            await superuser.OpenAsync();
            await using var plant = new NpgsqlCommand("set session_replication_role = replica; " + sql, superuser);
            await plant.ExecuteNonQueryAsync();
            return;
        }
        await using var raw = new SqliteConnection(settings.ConnectionString);
        await raw.OpenAsync();
        await using var command = raw.CreateCommand();
        command.CommandText = "drop trigger if exists stock_ledger_no_update; drop trigger if exists stock_ledger_no_delete; " + sql;
        await command.ExecuteNonQueryAsync();
    }
}
