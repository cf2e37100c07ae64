using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Database;

namespace Switchyard.Bench;

/// <summary>Rows 1, 2, 3 and 9: placing 3-line orders over HTTP with 64 clients.</summary>
internal static class PlaceBench
{
    private const int Clients = 64, Nodes = 8, Skus = 10_000, HotSkus = 10;

    /// <summary>10,000 SKUs in 8 nodes with a lane each, so that every order is sourced among all of them.</summary>
    public static async Task Fill(Server server, int skus = Skus)
    {
        using var http = server.Client();
        async Task Ok(Task<HttpResponseMessage> sent)
        {
            var answer = await sent;
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
        await Ok(http.PutAsJsonAsync("zones/GB", new { name = "Great Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } }));
        for (int n = 1; n <= Nodes; n++)
        {
            await Ok(http.PostAsJsonAsync("nodes", new { code = $"N{n}", name = $"Node {n}", kind = n <= 2 ? "warehouse" : "store", country = "GB", pickFixedMinor = 40 + n, handlingMinor = 5 }));
            await Ok(http.PutAsJsonAsync($"nodes/N{n}/lanes", new[]
            {
                new { zone = "GB", service = "economy", method = "standard", currency = "GBP", baseMinor = 350 + n, perKgMinor = 20, maxWeightGrams = 30_000, transitDays = 3 },
                new { zone = "GB", service = "next-day", method = "express", currency = "GBP", baseMinor = 650 + n, perKgMinor = 30, maxWeightGrams = 30_000, transitDays = 1 },
            }));
        }
        await Parallel.ForAsync(1, skus + 1, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (s, _) =>
            await Ok(http.PostAsJsonAsync("products", new { sku = $"S{s}", name = $"Product {s}", kind = "goods", weightGrams = 250 })));
        for (int n = 1; n <= Nodes; n++)
            await Ok(http.PostAsJsonAsync("inventory/adjustments", new { items = Enumerable.Range(1, skus).Select(s => new { sku = $"S{s}", node = $"N{n}", delta = 100_000_000, reason = "bench" }) }));
    }

    public static string Body(Random random, int skus)
    {
        int third = skus / 3, a = random.Next(1, third + 1), b = random.Next(third + 1, 2 * third + 1), c = random.Next(2 * third + 1, skus + 1);
        return $$$"""
            {"channel":"web","currency":"GBP","customer":{"name":"A Buyer","email":"buyer@example.test"},"method":"standard",
            "shippingAddress":{"name":"A Buyer","line1":"1 Mill Lane","city":"Manchester","postcode":"M1 1AE","country":"GB"},
            "lines":[{"sku":"S{{{a}}}","quantity":1,"unitPriceMinor":1999},{"sku":"S{{{b}}}","quantity":1,"unitPriceMinor":1999},{"sku":"S{{{c}}}","quantity":1,"unitPriceMinor":1999}]}
            """;
    }

    /// <summary>Places orders for so long from 64 connections.</summary>
    /// <returns>Orders a second, and answers that were not 201.</returns>
    public static async Task<(double Rate, int Refused)> Load(Server server, int skus, TimeSpan length, int seed)
    {
        int placed = 0, refused = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed * 1000 + client);
            using var wire = new Wire();
            await wire.Open(server.Port);
            for (int n = 0; watch.Elapsed < length; n++)
            {
                int status = await wire.Send(Wire.Request("POST", "/api/v1/orders", Server.Key, Body(random, skus), $"{seed}-{client}-{n}"));
                if (status == 201) Interlocked.Increment(ref placed); else Interlocked.Increment(ref refused);
            }
        })));
        return (placed / watch.Elapsed.TotalSeconds, refused);
    }

    public static async Task OnPostgres(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        cluster.Psql("switchyard", "create database least");
        cluster.PsqlFile("least", Machine.Path("bench", "least", "schema.sql"));
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        await Fill(server);
        cluster.Psql("shop", "vacuum analyze");
        await Load(server, Skus, TimeSpan.FromSeconds(5), 0);
        foreach (var (row, skus, name) in new[] { (1, Skus, "uniform"), (2, HotSkus, "hot 10 SKUs") })
        {
            var ratios = new List<double>();
            var rates = new List<(double Ours, double Theirs)>();
            double serverCpu = 0, databaseCpu = 0, orders = 0;
            int refused = 0;
            for (int pair = 1; pair <= pairs; pair++)
            {
                double cpu0 = Machine.Cpu(server.Id), db0 = Machine.Cpu(cluster.Postmaster);
                var (rate, bad) = await Load(server, skus, TimeSpan.FromSeconds(seconds), row * 100 + pair);
                serverCpu += Machine.Cpu(server.Id) - cpu0;
                databaseCpu += Machine.Cpu(cluster.Postmaster) - db0;
                orders += rate * seconds;
                refused += bad;
                double reference = cluster.Pgbench("least", Machine.Path("bench", "least", "place.pgbench"), Clients, seconds, skus);
                ratios.Add(rate / reference);
                rates.Add((rate, reference));
            }
            report.Row(row, $"place 3 lines over HTTP, PostgreSQL, {name}", $"{Machine.Median(ratios):0.00} x", row == 1 ? ">= 0.5 x, wish 1 x" : ">= 1.0 x, wish 2 x",
                $"{Machine.Median(rates.Select(r => r.Ours)):0}/s against {Machine.Median(rates.Select(r => r.Theirs)):0}/s; CPU an order: server {serverCpu / orders * 1e6:0} us, database {databaseCpu / orders * 1e6:0} us; {refused} refused; ratios {string.Join(' ', ratios.Select(r => r.ToString("0.00")))}");
        }
        Bytes(report, cluster);
        report.Note($"memory of the server after the load: {Machine.Memory(server.Id).Now} MB, peak {Machine.Memory(server.Id).Peak} MB");
    }

    private static void Bytes(Report report, Cluster cluster)
    {
        foreach (string table in new[] { "orders", "order_lines", "allocations", "order_plans", "events", "stock_ledger", "idempotency_keys", "holds" }) cluster.Psql("shop", "vacuum full " + table);
        string[] tables = ["orders", "order_lines", "allocations", "order_plans", "events", "stock_ledger", "idempotency_keys", "holds", "event_heads"];
        double orders = double.Parse(cluster.Psql("shop", "select count(*) from orders"));
        var sizes = tables.Select(t => (Table: t, Bytes: double.Parse(cluster.Psql("shop", $"select pg_total_relation_size('{t}')")) / orders)).ToList();
        double facts = double.Parse(cluster.Psql("shop", "select avg(pg_column_size(o.*)) from (select * from orders limit 10000) o")) + 3 * double.Parse(cluster.Psql("shop", "select avg(pg_column_size(l.*)) from (select * from order_lines limit 10000) l"));
        report.Row(9, "database bytes a 3-line order, PostgreSQL, tables and indexes", $"{sizes.Sum(s => s.Bytes):0} B", "<= 6 KB",
            $"{sizes.Sum(s => s.Bytes) / facts:0.0} x its rows of orders and lines without indexes ({facts:0} B); " + string.Join(", ", sizes.Where(s => s.Bytes >= 1).Select(s => $"{s.Table} {s.Bytes:0}")));
    }

    public static async Task OnSqlite(Report report, int seconds, int pairs)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("switchyard-bench-").FullName, "shop.db");
        using (var server = new Server(file))
        {
            await server.Ready();
            await Fill(server);
            await Load(server, Skus, TimeSpan.FromSeconds(3), 0);
        }
        var ratios = new List<double>();
        var rates = new List<(double Ours, double Theirs)>();
        for (int pair = 1; pair <= pairs; pair++)
        {
            double rate;
            using (var server = new Server(file))
            {
                await server.Ready();
                await Load(server, Skus, TimeSpan.FromSeconds(1), 300 + pair);
                rate = (await Load(server, Skus, TimeSpan.FromSeconds(seconds), 400 + pair)).Rate;
            }
            double alone = await WriterAlone.Rate(file, seconds, Skus, 500 + pair);
            ratios.Add(rate / alone);
            rates.Add((rate, alone));
        }
        report.Row(3, "place 3 lines over HTTP, SQLite", $"{Machine.Median(ratios):0.00} x", ">= 0.5 x of the writer alone, in process",
            $"{Machine.Median(rates.Select(r => r.Ours)):0}/s against {Machine.Median(rates.Select(r => r.Theirs)):0}/s; ratios {string.Join(' ', ratios.Select(r => r.ToString("0.00")))}");
    }
}
