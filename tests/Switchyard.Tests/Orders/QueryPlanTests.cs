using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Log;
using Switchyard.Orders;
using Switchyard.Search;
using Switchyard.Tests.Torture;

namespace Switchyard.Tests.Orders;

/// <summary>With a large generated table no list reads orders, lines or words from end to end: the databases are asked how they would run each.</summary>
[Trait("Kind", "Database"), Trait("Long", "scale"), Collection(Alone.Name)]
public sealed class QueryPlanTests(Xunit.Abstractions.ITestOutputHelper output)
{
    /// <summary>20,000, and what <c>./run scale</c> asks for.</summary>
    private static readonly int Orders = Numbers.FromEnvironment("SWITCHYARD_SCALE_ORDERS", 20_000);

    private static readonly string[] Large = ["orders", "order_lines", "search_terms", "order_tags", "products", "events"];

    /// <summary>What few orders have or nobody does, and the index that finds it: the history is not read for it.</summary>
    private static readonly Dictionary<string, string> Seldom = new()
    {
        ["country:is"] = "orders_country", ["payment:failed"] = "orders_payment", ["type:wholesale"] = "orders_type", ["priority:>0"] = "orders_priority",
    };

    private static readonly string[] Queries =
    [
        "", "1500", "#1500", "number:1500", "externalId:E-1", "ashbourne", "name:ashbourne", "name:ash*", "sw1", "postcode:sw1*", "postcode:\"SW10 0AA\"", "S7", "sku:S7", "sku:S7*",
        "buyer77@example.test", "email:buyer77@example.test", "07700000077", "phone:07700000077", "customer:buyer77", "city:leeds", "tracking:X1", "tag:gift", "tag:gi*",
        "status:confirmed", "status:onHold", "status:cancelled", "status:backordered", "state:(placed,confirmed)", "state:closed", "held:yes", "held:address", "channel:web", "placed:today",
        "placed:>-7d total:>50", "name:ashbourne sku:S7", "S7 status:confirmed", "payment:none country:GB", "node:MAIN", "-held:yes", "name:ashbourne OR sku:S7",
        .. Seldom.Keys,
    ];

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task No_list_reads_a_large_table_from_end_to_end(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        string database = kind == DatabaseKind.Postgres ? settings.ConnectionString : settings.SqlitePath;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var seeded = await SwitchyardProcess.Run(database, null, "seed", "orders", "--count", Orders.ToString(System.Globalization.CultureInfo.InvariantCulture), "--seed", "7", "--skus", "500");
        seeded.Code.ShouldBe(0, seeded.Output);
        output.WriteLine($"{Orders} orders in {watch.Elapsed.TotalSeconds:0.0} s");
        await using var db = new Db(settings, TimeProvider.System);
        await db.WriteAll(async work =>
        {
            await work.Execute("insert into order_tags (order_id, tag_key, merchant_id, tag, placed_at_ms) select id, 'N' || number, merchant_id, 'n' || number, placed_at_ms from orders");
            return await work.Execute("insert into order_tags (order_id, tag_key, merchant_id, tag, placed_at_ms) select id, 'GIFT', merchant_id, 'gift', placed_at_ms from orders where number like '%77'");
        });
        if (kind == DatabaseKind.Postgres) await db.WriteAll(async work => await work.Execute("analyze"));
        var actor = Actor.House("test", 1);
        (await db.Read(actor, work => work.Scalar("select count(*) from orders where merchant_id = @merchant"))).ShouldBe(Orders);
        var faults = new List<string>();
        foreach (string text in Queries)
            foreach (string sort in new[] { "-placedAt", "placedAt", "shipBy" })
            {
                var order = ListOrder.Read(OrdersList.Spec, ListAsk.Of(text) with { Sort = sort }, DateTimeOffset.UtcNow).Value;
                var sql = new SqlText();
                string statement = SearchList.Statement(OrdersList.Spec, order.Query, order.Sort, order.IsDescending, new ListKey(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Guid.Empty), "", sql, "limit 51");
                var plan = await db.Read(actor, work => work.Query((kind == DatabaseKind.Postgres ? "explain " : "explain query plan ") + statement,
                    row => { if (kind == DatabaseKind.Sqlite) { row.Long(); row.Long(); row.Long(); } return row.Text(); }, sql.Arguments));
                if (sort == "-placedAt" && Seldom.TryGetValue(text, out string? index) && !plan.Exists(step => step.Contains(index, StringComparison.Ordinal)))
                    faults.Add($"{text} is not found by {index}:\n    {string.Join("\n    ", plan)}");
                faults.AddRange(plan.Where(IsFullScan).Select(step => $"{text} sorted by {sort}: {step.Trim()}\n    {string.Join("\n    ", plan)}"));
            }
        output.WriteLine($"{Queries.Length * 3} plans");
        // How far the words are behind is asked with every search; the log is long.
        var lag = await db.Read(actor, work => work.Query((kind == DatabaseKind.Postgres ? "explain " : "explain query plan ") + ConsumerLag.Oldest,
            row => { if (kind == DatabaseKind.Sqlite) { row.Long(); row.Long(); row.Long(); } return row.Text(); }, ("position", (long)Orders)));
        string.Join('\n', lag).ShouldContain(kind == DatabaseKind.Postgres ? "Index Cond: (\"position\" >" : "(rowid>?)");
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(6)));
        var verified = await ServerProcess.Verify(settings);
        verified.Code.ShouldBe(0, verified.Output);
    }

    [Fact]
    public void A_full_scan_would_be_seen()
    {
        IsFullScan("Seq Scan on orders o  (cost=0.00..1.00 rows=1 width=1)").ShouldBeTrue();
        IsFullScan("SCAN t").ShouldBeTrue();
        IsFullScan("SCAN o USING INDEX orders_placed").ShouldBeFalse();
        IsFullScan("SEARCH o USING INDEX orders_placed (merchant_id=?)").ShouldBeFalse();
        IsFullScan("Index Scan using orders_pkey on orders o").ShouldBeFalse();
    }

    private static bool IsFullScan(string step) =>
        Large.Any(table => Regex.IsMatch(step, $@"Seq Scan on {table}\b")) || Regex.IsMatch(step, @"^SCAN (o|l|t|p|orders|order_lines|search_terms|order_tags|products)$");
}
