using System.Text.RegularExpressions;
using Shouldly;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Customers;
using Switchyard.Database;
using Switchyard.Inventory;
using Switchyard.Search;

namespace Switchyard.Tests.Search;

/// <summary>No list of products, stock or customers reads a large table from end to end.</summary>
[Trait("Kind", "Database"), Collection(Alone.Name)]
public sealed class ListPlanTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Rows = 20_000;

    /// <summary>Rows as wide as real ones are, so that reading all of them is as dear.</summary>
    private static readonly string Filler = new('x', 700);
    private static readonly string[] Large = ["products", "product_terms", "stock", "customers", "customer_terms", "customer_identities"];

    private static readonly (ListSpec Spec, string More, string[] Queries)[] Lists =
    [
        (ProductsList.Spec, "", ["", "p77", "sku:p77", "sku:p77*", "name:word77", "name:word7* sku:p77*", "tag:t7", "tag:t*", "kind:bundle", "active:no", "updated:>-1d", "tag:t7 -active:no", "barcode:X77", "-tag:t7", "price:>5", "tag:t7 OR sku:p5"]),
        (CustomersList.Spec, "", ["", "word77", "buyer77@example.test", "email:buyer77@example.test", "phone:+441614960077", "name:word77", "word:word77*", "tag:t7", "kind:company", "blocked:yes", "created:today", "updated:>-1d", "externalId:E77", "-tag:t7"]),
        (StockList.Spec, "", ["", "p77", "sku:p77", "tag:t7", "node:MAIN", "available:<5", "sku:p77* onHand:>3", "-node:MAIN"]),
    ];

    [Theory, BothDatabases, Capability("SE-03")]
    public async Task No_list_reads_a_large_table_from_end_to_end(DatabaseKind kind)
    {
        var settings = Shop.NewDatabase(kind);
        await using (await Shop.Open(kind, settings: settings)) { }
        await using var db = new Db(settings, TimeProvider.System);
        await db.WriteAll(async work =>
        {
            string numbers = kind == DatabaseKind.Postgres ? $"generate_series(1, {Rows}) as n(i)" : $"(with recursive c(i) as (select 1 union all select i + 1 from c where i < {Rows}) select i from c) n";
            string uuid = kind == DatabaseKind.Postgres ? "gen_random_uuid()" : "randomblob(16)";
            foreach (string statement in new[]
            {
                $"insert into products (merchant_id, sku, sku_key, name, kind, is_active, created_at_ms, updated_at_ms, worded_version, description) select 1, 'P' || i, 'P' || i, 'Word' || i, case when i % 500 = 0 then 'bundle' else 'goods' end, i % 300 <> 0, i, i, 1, '{Filler}' from {numbers}",
                "insert into product_terms (merchant_id, term, kind, sku_key, product_id) select 1, lower(sku), 'sku', sku_key, id from products where merchant_id = 1",
                "insert into product_terms (merchant_id, term, kind, sku_key, product_id) select 1, lower(name), 'name', sku_key, id from products where merchant_id = 1",
                "insert into product_terms (merchant_id, term, kind, sku_key, product_id) select 1, 'T' || (id % 50), 'tag', sku_key, id from products where merchant_id = 1",
                "insert into stock (merchant_id, sku_id, node_id, on_hand) select 1, p.id, n.id, p.id % 20 from products p cross join nodes n where p.merchant_id = 1",
                $"insert into customers (id, merchant_id, kind, name, name_key, email, phone_key, created_at_ms, updated_at_ms, worded_version, details) select {uuid}, 1, case when i % 400 = 0 then 'company' else 'person' end, 'Word' || i, 'WORD' || i, 'buyer' || i || '@example.test', '+44161496' || i, i, i, 1, '{Filler}' from {numbers}",
                "insert into customer_identities (merchant_id, kind, channel_id, key, customer_id) select 1, 'email', 0, email, id from customers",
                "insert into customer_identities (merchant_id, kind, channel_id, key, customer_id) select 1, 'external', 1, 'E' || created_at_ms, id from customers",
                "insert into customer_terms (merchant_id, term, kind, created_at_ms, customer_id) select 1, lower(name), 'name', created_at_ms, id from customers",
                "insert into customer_terms (merchant_id, term, kind, created_at_ms, customer_id) select 1, 'T' || (created_at_ms % 50), 'tag', created_at_ms, id from customers",
            })
                await work.Execute(statement);
            return 0;
        });
        if (kind == DatabaseKind.Postgres) await db.WriteAll(async work => await work.Execute("analyze"));
        var (actor, faults, plans) = (Actor.House("test", 1), new List<string>(), 0);
        foreach (var (spec, more, queries) in Lists)
            foreach (string text in queries)
                foreach (string sort in spec.Sorts.Select(s => s.Name).SelectMany(s => new[] { s, "-" + s }))
                {
                    plans++;
                    var order = ListOrder.Read(spec, ListAsk.Of(text) with { Sort = sort }, DateTimeOffset.UtcNow).Value;
                    var sql = new SqlText();
                    var start = new ListKey(order.Sort.IsText ? "P5" : 5_000L, spec.IsUuid ? Guid.Empty : 0L);
                    string statement = SearchList.Statement(spec, order.Query, order.Sort, order.IsDescending, start, more, sql, "limit 51");
                    var plan = await db.Read(actor, work => work.Query((kind == DatabaseKind.Postgres ? "explain " : "explain query plan ") + statement,
                        row => { if (kind == DatabaseKind.Sqlite) { row.Long(); row.Long(); row.Long(); } return row.Text(); }, sql.Arguments));
                    faults.AddRange(plan.Where(IsFullScan).Select(step => $"{spec.Name} {text} sorted by {sort}: {step.Trim()}\n    {string.Join("\n    ", plan)}"));
                }
        output.WriteLine($"{plans} plans");
        faults.ShouldBeEmpty(string.Join('\n', faults.Take(6)));
    }

    [Fact]
    public void A_full_scan_would_be_seen()
    {
        IsFullScan("Seq Scan on customers c  (cost=0.00..1.00 rows=1 width=1)").ShouldBeTrue();
        IsFullScan("SCAN p").ShouldBeTrue();
        IsFullScan("SCAN p USING INDEX products_kind").ShouldBeFalse();
        IsFullScan("Index Scan using customers_listed on customers c").ShouldBeFalse();
    }

    private static bool IsFullScan(string step) => Large.Any(table => Regex.IsMatch(step, $@"Seq Scan on {table}\b")) || Regex.IsMatch(step, @"^SCAN (p|s|c|t|i|products|stock|customers)$");
}
