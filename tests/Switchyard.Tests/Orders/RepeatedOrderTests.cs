using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>Orders sent again, at the worst moment, and orders that stand beside one whose books are wrong.</summary>
public sealed class RepeatedOrderTests
{
    [Theory, Capability("P4", "P5")]
    [InlineData("key")]
    [InlineData("external id")]
    public async Task A_repeat_that_waits_behind_the_first_for_the_last_unit_gets_the_order_and_no_refusal(string by)
    {
        await using var shop = await Shop.Open(DatabaseKind.Postgres);
        await shop.Product("LAST", 1);
        await using var source = NpgsqlDataSource.Create(shop.Settings.ConnectionString);
        await using NpgsqlConnection holder = await source.OpenConnectionAsync(), watcher = await source.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from stock for update", holder)) await hold.ExecuteNonQueryAsync();

        var first = Send();
        await shop.Until(async () => await Waiting() == 1);
        var second = Send();
        await shop.Until(async () => await Waiting() == 2);          // each writer loop has looked for the key and waits for the stock
        await held.RollbackAsync();

        string id = (await Shop.Read(await first, null)).Text("id")!;
        (await Shop.Read(await second, null)).Text("id").ShouldBe(id);

        Task<HttpResponseMessage> Send()
        {
            var body = Given.Order(1, ("LAST", 1));
            if (by != "key") body["externalId"] = "W-1";
            return shop.Send(HttpMethod.Post, "/orders", body, by == "key" ? "again" : null);
        }

        async Task<long> Waiting()
        {
            await using var count = new NpgsqlCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", watcher);
            return (long)(await count.ExecuteScalarAsync())!;
        }
    }

    [Theory, BothDatabases, Capability("P4")]
    public async Task A_repeat_gets_the_first_answer_though_the_time_it_names_has_passed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("A", 5);
        var body = Given.Order(("A", 1));
        body["payment"] = new { status = "pending", expiresAt = shop.Clock!.GetUtcNow().AddMinutes(15) };
        string id = (await shop.Post("/orders", body, "slow")).Text("id")!;
        shop.Clock.Advance(TimeSpan.FromMinutes(20));

        var again = await shop.Send(HttpMethod.Post, "/orders", body, "slow");

        (await Shop.Read(again, 201)).Text("id").ShouldBe(id);
        again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid", "another");
    }

    [Theory, BothDatabases, Capability("P5", "P26")]
    public async Task A_blank_external_id_is_refused_since_it_would_make_all_orders_one(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        var body = Given.Order(("A", 1));
        foreach (string blank in new[] { "", "  " })
        {
            body["externalId"] = blank;
            (await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/externalId");
        }
    }

    [Theory, BothDatabases, Capability("P5", "P20")]
    public async Task A_till_that_sends_its_order_again_gets_it_though_the_goods_come_from_elsewhere(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", new { code = "STORE", name = "Store", kind = "store", country = "GB" });
        await shop.Product("A", 5);
        var key = await shop.Post("/keys", new { name = "Till", scopes = new[] { "orders:read", "orders:write" }, nodes = new[] { "STORE" } });
        using var till = shop.Client(key.Text("secret"));
        var body = Given.Order(("A", 1));
        body["externalId"] = "T-1";
        string id = (await Shop.Read(await till.PostAsync("/api/v1/orders", System.Net.Http.Json.JsonContent.Create(body)), 201)).Text("id")!;
        (await Shop.Read(await till.PostAsync("/api/v1/orders", System.Net.Http.Json.JsonContent.Create(body)), 200)).Text("id").ShouldBe(id);
    }

    [Theory, BothDatabases, Capability("CH-07")]
    public async Task A_long_order_with_an_unknown_sku_is_stored_and_held(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        for (int i = 0; i < 13; i++) await shop.Product("A" + i, 5);
        var order = await shop.Post("/orders", Given.Order([.. Enumerable.Range(0, 13).Select(i => ("A" + i, 1L)), ("NOBODY-KNOWS", 1L)]));
        order.GetProperty("holds")[0].Text("kind").ShouldBe("unknown_sku");
        order.GetProperty("lines").EnumerateArray().Sum(l => l.Long("allocated")).ShouldBe(13);
    }

    [Theory, BothDatabases, Capability("P2", "L20")]
    public async Task An_order_whose_stock_books_are_wrong_keeps_no_other_from_expiring(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        await shop.Product("WRONG", 5);
        await shop.Product("RIGHT", 5);
        foreach (var (sku, minutes) in new[] { ("WRONG", 10), ("RIGHT", 11) })
        {
            var body = Given.Order((sku, 2));
            body["payment"] = new { status = "pending", expiresAt = shop.Clock!.GetUtcNow().AddMinutes(minutes) };
            await shop.Post("/orders", body);
        }
        await shop.Db.WriteAll(work => work.Execute("update stock set allocated = 0 where sku_id = (select id from products where sku = 'WRONG')"));
        shop.Clock!.Advance(TimeSpan.FromMinutes(12));

        await shop.Services.GetRequiredService<ExpireUnpaidOrders>().Handle();

        (await shop.Balance("RIGHT")).Long("available").ShouldBe(5);
    }
}
