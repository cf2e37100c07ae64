using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Payments;

/// <summary>Moves fired at once: one winner, and the books add up. A planted fault is found by name.</summary>
[Capability("P10", "P11")]
public sealed class PaymentRaceTests
{
    [Theory, BothDatabases]
    public async Task Of_captures_refunds_and_voids_fired_at_once_from_two_processes_one_wins(DatabaseKind kind)
    {
        await using var shop = await PaymentTests.Open(kind);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        for (int round = 0; round < 3; round++)
        {
            var order = await PaymentTests.Place(shop, new { status = "authorised", method = "card" });
            string auth = (await PaymentTests.List(shop, order)).GetProperty("data")[0].Text("id")!;
            (await Wins(i => (i % 3 == 0 ? "void" : "capture", auth), i => i % 3 == 0 ? new { reason = "race" } : new { amountMinor = 1_000 })).ShouldBe(1);
            var list = await PaymentTests.List(shop, order);
            list.Long("authorisedMinor").ShouldBe(0);
            var capture = list.GetProperty("data").EnumerateArray().FirstOrDefault(p => p.Text("type") == "capture");
            if (capture.ValueKind == System.Text.Json.JsonValueKind.Undefined) continue;
            (await Wins(_ => ("refund", capture.Text("id")!), _ => new { amountMinor = 600, reason = "race" })).ShouldBe(1);
        }
        var pending = await PaymentTests.Place(shop, new { status = "pending" });
        var paid = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? shop : second ?? shop).Send(HttpMethod.Post, PaymentTests.Path(pending), new { tender = "cash", amountMinor = 1_000 })));
        paid.Count(p => p.IsSuccessStatusCode).ShouldBe(1);
        await PaymentTests.Books(shop);

        async Task<int> Wins(Func<int, (string What, string Id)> what, Func<int, object> body) => (await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            (i % 2 == 0 ? shop : second ?? shop).Send(HttpMethod.Post, $"/payments/{what(i).Id}/{what(i).What}", body(i))))).Count(answer => answer.IsSuccessStatusCode);
    }

    [Theory, BothDatabases]
    public async Task A_payment_repeated_with_its_key_is_recorded_once(DatabaseKind kind)
    {
        await using var shop = await PaymentTests.Open(kind);
        var order = await PaymentTests.Place(shop, new { status = "pending" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Post(PaymentTests.Path(order), new { tender = "cash", amountMinor = 400 }, "key-1")));
        answers.Select(a => a.Text("id")).Distinct().Count().ShouldBe(1);
        (await PaymentTests.Read(shop, order)).Long("capturedMinor").ShouldBe(400);
    }

    [Theory]
    [BothDatabases("update orders set captured_minor = captured_minor + 1", "money.ledger", "captured by 1")]
    [BothDatabases("update orders set refunded_minor = 0", "money.ledger", "refunded by -100")]
    [BothDatabases("delete from money_ledger where kind = 'refunded'", "money.ledger", "refunded by 100")]
    [BothDatabases("delete from money_ledger where kind = 'authorised'", "money.chain", "does not follow")]
    [BothDatabases("update money_ledger set captured = captured + 5 where kind = 'captured'", "money.chain", "does not follow")]
    [BothDatabases("update payments set amount_minor = 999 where type = 'refund'", "money.payments", "of 999 has 100 in the ledger")]
    [BothDatabases("update payments set state = 'failed' where type = 'capture'", "money.payments", "transaction 2 of 1000 has 1000")]
    [BothDatabases("delete from orders", "money.ledger", "order that is not there")]
    public async Task A_planted_fault_is_found_by_name(DatabaseKind kind, string fault, string name, string says)
    {
        await using var shop = await PaymentTests.Open(kind);
        var order = await PaymentTests.Place(shop, new { status = "authorised", method = "card" });
        string auth = (await PaymentTests.List(shop, order)).GetProperty("data")[0].Text("id")!;
        var capture = await shop.Post($"/payments/{auth}/capture", new { });
        await shop.Post($"/payments/{capture.Text("id")}/refund", new { amountMinor = 100, reason = "scratch" });
        await Plant(shop, fault);
        var result = await shop.Services.GetServices<BooksCheck>().Single(c => c.Name == name).Run(shop.Db);
        result.Faults.ShouldContain(f => f.Contains(says), string.Join('\n', result.Faults));
    }

    [Theory, BothDatabases]
    public async Task The_ledger_of_money_cannot_be_changed_by_the_server(DatabaseKind kind)
    {
        await using var shop = await PaymentTests.Open(kind);
        await PaymentTests.Place(shop, new { status = "paid", method = "card" });
        var actor = Switchyard.Access.Actor.House("test", 1);
        foreach (string sql in new[] { "update money_ledger set captured = 0 where merchant_id = @merchant", "delete from money_ledger where merchant_id = @merchant" })
            await Should.ThrowAsync<Exception>(() => shop.Db.Write<Kernel.Done>(actor, async work => { await work.Execute(sql); return new Kernel.Done(); }));
    }

    private static async Task Plant(Shop shop, string sql)
    {
        if (shop.Settings.Kind == DatabaseKind.Postgres)
        {
            await using var superuser = new NpgsqlConnection(TestPostgres.AsSuperuser(shop.Settings.ConnectionString) + ";Pooling=false");
            await superuser.OpenAsync();
            await using var plant = new NpgsqlCommand("set session_replication_role = replica; " + sql, superuser);
            await plant.ExecuteNonQueryAsync();
            return;
        }
        await using var raw = new SqliteConnection(shop.Settings.ConnectionString);
        await raw.OpenAsync();
        await using var command = raw.CreateCommand();
        command.CommandText = "drop trigger if exists money_ledger_no_update; drop trigger if exists money_ledger_no_delete; " + sql;
        await command.ExecuteNonQueryAsync();
    }
}
