using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Tests.Access;
using Switchyard.Tests.Orders;

namespace Switchyard.Tests.Search;

/// <summary>
/// Every operation of the API document that answers a list is asked for it, with each of its filters, and the database is asked how it runs
/// what was sent: no table that grows with the trade is read from end to end. A new list is in this test as soon as it is in the document.
/// SQLite is taught at each start that tables are large; PostgreSQL is told that reading all of one is the last resort.
/// </summary>
[Trait("Kind", "Database"), Collection(Alone.Name)]
public sealed partial class EveryListPlanTests(Xunit.Abstractions.ITestOutputHelper output)
{
    /// <summary>Tables of which a house has few rows: what it is made of, and who works there.</summary>
    private static readonly HashSet<string> Small =
    [
        "api_keys", "bins", "catalog_versions", "channels", "consumers", "data_protection_keys", "exchange_rates", "hold_rules", "import_mappings", "intake_rules", "labour_rates", "lanes", "merchants",
        "node_closings", "node_merchants", "carrier_calendars", "node_rate_cards", "node_work_settings", "nodes", "number_prefixes", "number_series", "rate_cards", "role_assignments", "roles", "stock_feeds", "users", "user_preferences", "views",
        "webhook_endpoints", "webhook_lanes", "webhook_secrets", "zone_areas", "zones",
    ];

    /// <summary>Values for filters that take words; those that a list does not know it refuses.</summary>
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["month"] = ["2026-04"],
        ["state"] = ["open", "done", "running", "offered", "accepted", "draft", "sent", "waiting", "expected", "inTransit"], ["kind"] = ["OrderPlaced", "manual", "address", "export.orders", "shipped_after_cancel"],
        ["query"] = ["mug"], ["count"] = ["true"], ["low"] = ["true"], ["unread"] = ["true"], ["owner"] = ["nobody"], ["currency"] = ["EUR"], ["show"] = ["low", "deficit", "excess"],
        ["aggregateKind"] = ["order"], ["from"] = ["2026-01-01"], ["to"] = ["2026-02-01"], ["since"] = ["1"], ["at"] = ["2026-01-01T00:00:00Z"],
    };

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task No_list_of_the_API_reads_a_table_that_grows_from_end_to_end(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var operations = await Operation.All(shop);
        var ids = await MatrixSamples.Seed(shop, shop.Http, await PermissionMatrixTests.Ids(shop, "a"), operations);
        var large = (await shop.Db.ReadAll(work => work.Query(kind == DatabaseKind.Postgres ? "select tablename from pg_tables where schemaname = 'public'" : "select name from sqlite_master where type = 'table'", row => row.Text())))
            .Except(Small).ToHashSet(StringComparer.Ordinal);
        var lists = operations.Where(o => o.IsRead && o.Path.StartsWith("/api/", StringComparison.Ordinal) && o.Query.Contains("limit")).ToList();
        lists.Count.ShouldBeGreaterThan(40, "the document names its lists");
        string job = (await shop.Post("/exports", new { list = "orders" })).Text("id")!;
        var own = await Asides(shop, ids);
        var (faults, plans, refused) = (new List<string>(), 0, new List<string>());
        foreach (var list in lists)
        {
            var heard = new ConcurrentDictionary<string, Statement>();
            shop.Db.Traffic.Hear = statement => { if (IsOfTheCaller(statement)) heard.TryAdd(statement.Sql, statement); };
            string path = own.GetValueOrDefault(list.Id) ?? PermissionMatrixTests.Path(list, ids).Replace(MatrixSamples.Shared["/jobs/{id}"], job, StringComparison.Ordinal);
            bool isAnswered = false;
            foreach (string query in Asked(list, ids))
            {
                using var answer = await shop.Http.GetAsync(path + query);
                isAnswered |= answer.IsSuccessStatusCode;
                ((int)answer.StatusCode).ShouldBeLessThan(500, path + query);
            }
            shop.Db.Traffic.Hear = null;
            if (!isAnswered) refused.Add(list.Id);
            foreach (var statement in heard.Values)
            {
                plans++;
                var plan = await Explain(shop.Db, kind, statement);
                if (IsCutShort(statement.Sql, plan)) continue;
                faults.AddRange(Scans(plan, statement.Sql).Where(large.Contains).Distinct().Select(table => $"{list.Id} reads all of {table}: {statement.Sql}\n    {string.Join("\n    ", plan)}"));
            }
        }
        output.WriteLine($"{lists.Count} lists, {plans} plans; not answered: {string.Join(", ", refused)}");
        plans.ShouldBeGreaterThan(lists.Count);
        refused.ShouldBeEmpty("every list has something to be asked about");
        faults.ShouldBeEmpty($"{faults.Count} of {plans}:\n{string.Join('\n', faults)}");
    }

    [Fact]
    public void A_scan_is_told_by_the_table_it_reads()
    {
        Scans(["Seq Scan on jobs j  (cost=0.00..1.00 rows=1 width=1)"], "").ShouldBe(["jobs"]);
        Scans(["SCAN j"], "select 1 from jobs j where j.kind = @kind").ShouldBe(["jobs"]);
        Scans(["SCAN jobs"], "select 1 from jobs where kind = @kind").ShouldBe(["jobs"]);
        Scans(["SCAN j USING INDEX jobs_listed", "SEARCH j USING INDEX jobs_pkey (id=?)", "SCAN json_each VIRTUAL TABLE INDEX 1:"], "select 1 from jobs j").ShouldBeEmpty();
    }

    /// <summary>Lists about one thing that is made here only: an import, a closing, a share, a stop, a back-test, a run.</summary>
    private static async Task<Dictionary<string, string>> Asides(Shop shop, Ids ids)
    {
        const string api = "/api/v1";
        await shop.Put("/inventory/shares/half", new { name = "Half", parts = new[] { new { name = "A", channels = new[] { ids.Channel }, percent = 50 } } });
        await shop.Put("/connections/" + ids.Channel, MatrixSamples.Bodies["connectors.write"](ids));
        await shop.Put("/erp", MatrixSamples.Bodies["erp.write"](ids));
        await shop.Put("/support-desks/" + ids.Role, MatrixSamples.Bodies["support.write"](ids));
        await shop.Post("/products", new { sku = "ASIDE", name = "Aside" });
        await shop.Post("/products/ASIDE/stop-sale", new { reason = "test" });
        await shop.Put("/nodes/ASIDE", new { name = "Aside", kind = "store" });
        await shop.Post("/nodes/ASIDE/close", new { reason = "test" });
        await shop.Post("/till/shifts", MatrixSamples.Bodies["till.open"](ids));
        string backtest = (await shop.Backtest(new { from = DateTimeOffset.UtcNow.AddDays(-1), to = DateTimeOffset.UtcNow })).Text("id")!;      // to its end: what it reads is not a list's
        string run = (await shop.Post("/routing/replan", new { isDryRun = true })).Text("id")!;
        using var file = new StringContent("externalId,placedAt,sku,quantity,unitPrice,email\nX-1,2026-01-01 10:00:00,NONE,0,1.00,a@example.test\n", System.Text.Encoding.UTF8, "text/csv");
        var import = await Shop.Read(await shop.Http.PostAsync(api + "/imports/orders?as=history&mapping=simple&channel=" + ids.Channel, file), null);
        return new Dictionary<string, string>
        {
            ["shares.history"] = api + "/inventory/shares/half/history", ["sales.readStop"] = api + "/products/ASIDE/sale-stop", ["nodes.closing"] = api + "/nodes/ASIDE/closing",
            ["routing.backtestOrders"] = $"{api}/routing/backtests/{backtest}/orders", ["routing.findReplan"] = $"{api}/routing/replans/{run}",
            ["orders.importErrors"] = $"{api}/imports/orders/{import.Long("runId")}/errors",
        };
    }

    /// <summary>Plain, with the other end of the sort where there is one, and with each filter by itself.</summary>
    private static IEnumerable<string> Asked(Operation list, Ids ids)
    {
        string[] Values(string name) => MatrixSamples.Queries.TryGetValue(name, out var pick) ? [pick(ids)] : name == "order" ? [ids.Order] : Words.GetValueOrDefault(name, []);
        // Stock is always asked of somebody.
        string needed = list.Query.Contains("sku") && list.Id != "inventory.read" ? "&sku=" + Uri.EscapeDataString(ids.Sku) : "";
        yield return "?limit=5" + needed;
        foreach (string filter in list.Query.Where(q => q is not ("limit" or "after" or "before" or "sku") || q == "sku" && needed == ""))
            foreach (string value in Values(filter)) yield return $"?limit=5{needed}&{filter}={Uri.EscapeDataString(value)}";
    }

    /// <summary>Reads for one merchant; what the house does beside is not the list's.</summary>
    private static bool IsOfTheCaller(Statement statement) => statement.Read is not null && statement.Sql.Contains("@merchant", StringComparison.Ordinal)
        && !statement.Sql.Contains("house", StringComparison.Ordinal) && Reads().IsMatch(statement.Sql);

    /// <summary>A count of all rows ends at 10,001, wherever it begins, unless they are sorted first.</summary>
    private static bool IsCutShort(string sql, List<string> plan) =>
        sql.StartsWith("select count(*) from (select 1 from", StringComparison.Ordinal) && sql.Contains("limit 10001", StringComparison.Ordinal) && !plan.Exists(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));

    private static Task<List<string>> Explain(Db db, DatabaseKind kind, Statement statement) => db.Read(Actor.House("test", 1), async work =>
    {
        if (kind == DatabaseKind.Postgres) await work.Query("select set_config('enable_seqscan', 'off', true)", row => row.Text());
        string Step(Row row)
        {
            if (kind == DatabaseKind.Sqlite) { row.Long(); row.Long(); row.Long(); }
            return row.Text();
        }
        string sql = (kind == DatabaseKind.Postgres ? "explain " : "explain query plan ") + statement.Sql;
        return statement.Rows is { } rows ? await work.Query(sql, rows, Step, statement.Arguments) : await work.Query(sql, Step, statement.Arguments);
    }, snapshot: true);

    /// <summary>The tables that a plan reads from end to end.</summary>
    private static IEnumerable<string> Scans(IEnumerable<string> plan, string sql)
    {
        var called = Sources().Matches(sql).Where(m => m.Groups[2].Success).ToLookup(m => m.Groups[2].Value, m => m.Groups[1].Value);
        foreach (string step in plan)
        {
            if (SeqScan().Match(step) is { Success: true } seq) yield return seq.Groups[1].Value;
            if (Scan().Match(step) is not { Success: true } scan) continue;
            string name = scan.Groups[1].Value;
            yield return called[name].FirstOrDefault() ?? name;
        }
    }

    [GeneratedRegex(@"^\s*(select|with)\b")]
    private static partial Regex Reads();

    [GeneratedRegex(@"\b(?:from|join)\s+(\w+)\s+(?:as\s+)?(?!where|join|left|on|order|group|limit|cross|union|inner)(\w+)")]
    private static partial Regex Sources();

    [GeneratedRegex(@"Seq Scan on (\w+)")]
    private static partial Regex SeqScan();

    [GeneratedRegex(@"^SCAN (\w+)$")]
    private static partial Regex Scan();
}
