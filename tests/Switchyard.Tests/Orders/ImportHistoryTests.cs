using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;

namespace Switchyard.Tests.Orders;

/// <summary>Files of what was done elsewhere, on both databases.</summary>
public sealed class ImportHistoryTests
{
    private static readonly string Small = ImportFixture.Retail(
        ("1001", "a1", 10, 3, "1.50", "7.0"), ("1001", "POST", 2, 3, "4.00", "7.0"), ("1002", "A1", 5, 5, "1.40", "7.0"),
        ("C1003", "A1", -7, 7, "1.50", "7.0"), ("C1004", "A1", -20, 8, "1.50", "7.0"), ("C1005", "Z9", -1, 8, "1.50", "7.0"), ("1006", "B2", -3, 9, "0.0", ""));

    [Theory, BothDatabases, Capability("CH-18", "SE-02")]
    public async Task History_keeps_its_dates_takes_no_stock_and_counts_what_came_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var report = (await shop.Import(ImportFixture.Write(Small, isGzip: true))).Value;
        (report.Counts.Orders, report.Counts.ProductsCreated, report.Counts.Returns.UnitsMatched, report.Counts.Returns.Units).ShouldBe((2, 1, 15, 28));
        report.Counts.Errors.Said().ShouldBe("return_partly_unmatched 1, return_unmatched 1, stock_adjustment 1");

        var first = (await shop.Get("/orders?query=externalId:1001")).GetProperty("data")[0];
        first.Text("state").ShouldBe("closed");
        first.GetProperty("placedAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2011, 1, 3, 10, 0, 0, TimeSpan.Zero));
        (first.Long("goodsMinor"), first.Long("chargesMinor"), first.Long("totalMinor")).ShouldBe((1500, 800, 2300));
        first.GetProperty("customer").Text("reference").ShouldBe("7");
        var line = first.GetProperty("lines")[0];
        (line.Text("sku"), line.Long("delivered"), line.Long("allocated")).ShouldBe(("a1", 10, 0));
        first.GetProperty("lines")[1].Text("kind").ShouldBe("charge");

        // 7 came back: 5 of the later sale, 2 of the earlier; then 20: the 8 that were left.
        (await shop.Db.ReadAll(work => work.Query("select sum(l.returned) from orders o join order_lines l on l.order_id = o.id where l.kind = 'goods' group by o.external_id order by o.external_id",
            row => row.Sum()))).ShouldBe([10, 5]);
        (await shop.Db.ReadAll(work => work.Scalar("select (select count(*) from stock) + (select count(*) from stock_ledger) + (select count(*) from allocations)"))).ShouldBe(0);
        var kinds = await shop.Db.ReadAll(work => work.Query("select kind from events where aggregate_kind = 'order' order by position", row => row.Text()));
        kinds.ShouldBe(["OrderImported", "OrderImported", "ReturnImported", "ReturnImported"]);

        // A customer is one since the first order, not since the file was read; a file with an earlier one tells more.
        string customer = "/customers/" + first.GetProperty("customer").Text("id");
        (await shop.Get(customer)).GetProperty("createdAt").GetDateTimeOffset().ShouldBe(first.GetProperty("placedAt").GetDateTimeOffset());
        await shop.Import(ImportFixture.Write(ImportFixture.Retail(("1000", "A1", 1, 2, "1.50", "7.0"))));
        (await shop.Get(customer)).GetProperty("createdAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2011, 1, 2, 10, 0, 0, TimeSpan.Zero));
    }

    [Theory, BothDatabases]
    public async Task The_same_file_twice_changes_nothing_and_one_that_overlaps_adds_only_what_is_new(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Import(ImportFixture.Write(Small));
        string before = await Everything(shop);
        var again = (await shop.Import(ImportFixture.Write(Small, isGzip: true))).Value;
        again.WasDone.ShouldBeTrue();
        (await Everything(shop)).ShouldBe(before);

        string wider = Small + ImportFixture.Retail(("1007", "A1", 1, 9, "1.50", "8.0"))[(ImportFixture.RetailHeader.Length + 1)..];
        var overlap = (await shop.Import(ImportFixture.Write(wider))).Value;
        (overlap.Counts.Orders, overlap.Counts.OrdersKnown, overlap.Counts.Returns.RowsKnown, overlap.Counts.Returns.UnitsMatched).ShouldBe((1, 2, 3, 0));

        var changed = (await shop.Import(ImportFixture.Write(ImportFixture.Retail(("1001", "a1", 11, 3, "1.50", "7.0"), ("C1003", "A1", -6, 7, "1.50", "7.0"))))).Value;
        changed.Counts.Errors.Said().ShouldBe("order_known_differently 2");
        changed.Counts.Orders.ShouldBe(0);
    }

    [Theory, BothDatabases]
    public async Task An_import_that_was_stopped_goes_on_and_ends_as_if_it_had_not_been(DatabaseKind kind)
    {
        string path = ImportFixture.Write(Many());
        await using var whole = await Shop.Open(kind);
        var expected = (await whole.Import(path)).Value;

        await using var shop = await Shop.Open(kind);
        for (int stops = 0; stops < 3; stops++)
        {
            using var stop = new CancellationTokenSource();
            int batches = 0;
            // The token is looked at before each batch: one batch more is committed each time, then the run breaks off.
            await Should.ThrowAsync<OperationCanceledException>(() => shop.Import(path, stop: stop.Token,
                progress: (what, _, total) => { if (total is not null && ++batches == 1) stop.Cancel(); }));
        }
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from orders"))).ShouldBeInRange(1, expected.Counts.Orders - 1);
        var ended = (await shop.Import(path)).Value;
        ended.WasDone.ShouldBeFalse();
        ended.Counts.ToJson().ShouldBe(expected.Counts.ToJson());
        (await shop.Db.State()).ShouldBe(await whole.Db.State());
        (await shop.Db.ReadAll(work => work.Scalar("select count(*) from import_errors"))).ShouldBe(expected.Counts.Errors.Values.Sum());
    }

    [Theory, BothDatabases]
    public async Task A_dry_run_says_the_same_and_writes_nothing(DatabaseKind kind)
    {
        string path = ImportFixture.Write(Many());
        await using var shop = await Shop.Open(kind);
        var dry = (await shop.Import(path, isDryRun: true)).Value;
        (await shop.Db.ReadAll(work => work.Scalar(
            "select (select count(*) from orders) + (select count(*) from products) + (select count(*) from import_runs) + (select count(*) from events)"))).ShouldBe(0);
        var real = (await shop.Import(path)).Value.Counts;
        dry.Counts.ProductsCreated = real.ProductsCreated;
        dry.Counts.ToJson().ShouldBe(real.ToJson());
        dry.Faults.Count.ShouldBe((int)real.Errors.Values.Sum());
    }

    [Theory, BothDatabases]
    public async Task Two_imports_of_one_file_at_once_write_each_order_once(DatabaseKind kind)
    {
        string path = ImportFixture.Write(Many());
        await using var shop = await Shop.Open(kind);
        var both = await Task.WhenAll(Task.Run(() => shop.Import(path)), Task.Run(() => shop.Import(path)));
        foreach (var one in both) if (one.Error is { } error) error.Code.ShouldBeOneOf("import.running_elsewhere", "server.busy", "request.in_progress");
        var end = (await shop.Import(path)).Value;
        (await shop.Db.State()).Orders.ShouldBe(end.Counts.Orders);
        (await shop.Db.ReadAll(work => work.Scalar("select sum(returned) from order_lines"))).ShouldBe(end.Counts.Returns.UnitsMatched);
    }

    [Theory, BothDatabases]
    public async Task The_real_files_become_what_the_independent_script_says(DatabaseKind kind)
    {
        if (ImportFixture.RealFiles.Count == 0) return;           // the data is not part of the repository
        await using var shop = await Shop.Open(kind);
        var report = (await shop.Import(ImportFixture.RealFiles[0])).Value;
        var expected = ImportFixture.Expected.GetProperty("files")[0];
        report.Counts.ShouldBe(expected);
        await shop.Db.ShouldBe(expected.GetProperty("after"));
        var told = await shop.Db.ReadAll(work => work.Query("select line, code from import_errors where code <> 'order_two_dates'", row => $"{row.Long()}|{row.Text()}"));
        ImportFixture.Digest(told).ShouldBe(expected.Text("errors_digest"));
    }

    // PostgreSQL only when asked for: SWITCHYARD_IMPORT_ALL=1.
    [Theory, BothDatabases, Trait("Long", "import")]
    public async Task All_nine_real_files_become_what_the_independent_script_says(DatabaseKind kind)
    {
        if (ImportFixture.RealFiles.Count == 0) return;
        if (kind == DatabaseKind.Postgres && Environment.GetEnvironmentVariable("SWITCHYARD_IMPORT_ALL") is null) return;
        await using var shop = await Shop.Open(kind);
        for (int i = 0; i < ImportFixture.RealFiles.Count; i++)
        {
            var expected = ImportFixture.Expected.GetProperty("files")[i];
            (await shop.Import(ImportFixture.RealFiles[i])).Value.Counts.ShouldBe(expected);
            await shop.Db.ShouldBe(expected.GetProperty("after"));
        }
    }

    /// <summary>1,200 orders with returns of a third of them and some rows that are refused.</summary>
    private static string Many() => ImportFixture.Retail([.. Enumerable.Range(0, 1200).SelectMany(i => new[]
    {
        ($"{5000 + i}", $"SKU{i % 37}", 1L + i % 5, 1 + i % 20, "2.50", $"{100 + i % 50}.0"),
        ($"{5000 + i}", i % 9 == 0 ? "S" : "POST", 1L, 1 + i % 20, "1.00", $"{100 + i % 50}.0"),
    }.Concat(i % 3 == 0 ? [($"C{9000 + i}", $"SKU{i % 37}", -2L, 20 + i % 9, "2.50", $"{100 + i % 50}.0")] : []))]);

    private static async Task<string> Everything(Shop shop) => string.Join(';', await shop.Db.ReadAll(work => work.Query(
        """
        select (select count(*) from orders), (select count(*) from order_lines), (select sum(returned) from order_lines), (select count(*) from events),
               (select count(*) from products), (select count(*) from import_errors), (select count(*) from import_runs), (select sum(version) from orders)
        """, row => string.Join(',', Enumerable.Range(0, 8).Select(_ => row.Sum())))));
}
