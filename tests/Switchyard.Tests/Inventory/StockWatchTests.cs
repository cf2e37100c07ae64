using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Tests.Inventory;

/// <summary>Stock that is kept in memory is what the database has, whoever changes it.</summary>
public sealed class StockWatchTests
{
    [Theory, BothDatabases]
    public async Task Kept_stock_is_what_the_database_has_whoever_changes_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        await shop.Nodes("NORTH");
        await shop.SetTo("A", 5);
        // A process of its own that never writes: it hears of nothing but what it reads.
        await using var other = new Db(shop.Settings, TimeProvider.System);
        var watch = new StockWatch(other, TimeProvider.System);
        for (int level = 1; level <= 40; level++)
        {
            await shop.SetTo("A", level, level % 2 == 0 ? "MAIN" : "NORTH");
            (await Shown(watch, shop, "A")).ShouldBe(await Stored(shop, "A"), $"after setting {level}");
            (await Shown(watch, shop, "B")).ShouldBe(await Stored(shop, "B"));
        }
    }

    [Theory, BothDatabases]
    public async Task A_change_that_is_open_while_others_end_is_seen_when_it_ends(DatabaseKind kind)
    {
        if (kind == DatabaseKind.Sqlite) return;                       // one writer: none is open while another ends
        await using var shop = await Shop.Open(kind);
        await shop.Products("A", "B");
        await shop.SetTo("A", 5);
        await shop.SetTo("B", 5);
        var watch = shop.Services.GetRequiredService<StockWatch>();
        long a = await Sku(shop, "A");
        var (isLocked, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = shop.Db.WriteAll(async work =>
        {
            var sheet = await StockSheet.Lock(work.For(1), [a], DateTimeOffset.UnixEpoch);
            sheet.Move(a, sheet.Of(a)[0].Node, new Buckets { OnHand = 7 }, new Movement(MovementKind.Adjusted, "test"));
            await sheet.Write(work.For(1));                            // its entry has its position now
            isLocked.TrySetResult();                                   // the body may run more than once
            await mayEnd.Task;
            return 0;
        });
        await isLocked.Task;
        for (int level = 1; level <= 10; level++)
        {
            await shop.SetTo("B", level);
            (await Shown(watch, shop, "B")).ShouldBe([level]);
            (await Shown(watch, shop, "A")).ShouldBe([5]);
        }
        mayEnd.SetResult();
        await slow;
        (await Shown(watch, shop, "A")).ShouldBe([12]);
    }

    [Theory, BothDatabases]
    public async Task Many_who_ask_at_once_and_a_feed_too_long_to_follow_give_nobody_old_stock(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        string[] skus = [.. Enumerable.Range(1, 60).Select(n => $"S{n}")];
        await shop.Products(skus);
        var watch = shop.Services.GetRequiredService<StockWatch>();
        foreach (string sku in skus) (await Shown(watch, shop, sku)).Sum().ShouldBe(0);
        for (int round = 1; round <= 90; round++)                      // 5,400 entries of the ledger without a look
            await shop.Post("/inventory/adjustments", new { items = skus.Select(sku => new { sku, node = "MAIN", delta = 1, reason = "x" }) });
        var shown = await Task.WhenAll(skus.Select(sku => Shown(watch, shop, sku)));
        shown.ShouldAllBe(levels => levels.SequenceEqual(new long[] { 90 }));
    }

    private static async Task<long[]> Shown(StockWatch watch, Shop shop, string sku)
    {
        long id = await Sku(shop, sku);
        var nodes = (await shop.Db.ReadAll(work => work.Query("select id from nodes order by id", row => row.Long()))).ToHashSet();
        var supply = (await watch.Read(1, [id])).Supplies.Of(id, nodes);
        return [.. supply.Nodes.Select(n => n.Available)];
    }

    private static async Task<long[]> Stored(Shop shop, string sku)
    {
        long id = await Sku(shop, sku);
        return [.. await shop.Db.ReadAll(work => work.Query("select on_hand from stock where sku_id = @id order by node_id", row => row.Long(), ("id", id)))];
    }

    private static Task<long> Sku(Shop shop, string sku) => shop.Db.ReadAll(work => work.Scalar("select id from products where sku = @sku", ("sku", sku)));
}
