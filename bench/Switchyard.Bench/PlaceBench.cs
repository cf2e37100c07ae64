using System.Diagnostics;

namespace Switchyard.Bench;

/// <summary>Rows 1, 2, 3 and 9: placing 3-line orders over HTTP with 64 clients, and what they leave in the database.</summary>
internal static class PlaceBench
{
    private const int Clients = 64, Skus = 10_000, HotSkus = 10;

    public static async Task OnPostgres(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        cluster.Psql("switchyard", "create database least");
        cluster.PsqlFile("least", Machine.Path("bench", "least", "schema.sql"));
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        await BenchShop.Fill(server, Skus);
        // Analysed once there are orders: an empty table that was analysed is planned for as empty.
        await Load(server, Skus, TimeSpan.FromSeconds(5), 0);
        cluster.Psql("shop", "vacuum analyze");
        await Load(server, Skus, TimeSpan.FromSeconds(5), 1);
        var sizes = new PostgresSizes(cluster);
        foreach (var (row, skus, name) in new[] { (1, Skus, "uniform"), (2, HotSkus, "hot 10 SKUs") })
        {
            var rates = new List<(double Ours, double Theirs)>();
            double serverCpu = 0, databaseCpu = 0, leastCpu = 0, orders = 0, leastOrders = 0;
            int refused = 0;
            for (int pair = 1; pair <= pairs; pair++)
            {
                double cpu0 = Machine.Cpu(server.Id), db0 = Machine.Cpu(cluster.Postmaster);
                var (rate, bad) = await Load(server, skus, TimeSpan.FromSeconds(seconds), row * 100 + pair);
                serverCpu += Machine.Cpu(server.Id) - cpu0;
                double db1 = Machine.Cpu(cluster.Postmaster);
                databaseCpu += db1 - db0;
                orders += rate * seconds;
                refused += bad;
                double reference = cluster.Pgbench("least", Machine.Path("bench", "least", "place.pgbench"), Clients, seconds, skus);
                leastCpu += Machine.Cpu(cluster.Postmaster) - db1;
                leastOrders += reference * seconds;
                rates.Add((rate, reference));
            }
            report.Ratio(row, $"place 3 lines over HTTP, PostgreSQL, {name}", row == 1 ? ">= 0.5 x, wish 1 x" : ">= 1.0 x, wish 2 x", rates, "/s",
                $"CPU an order: server {serverCpu / orders * 1e6:0} us, database {databaseCpu / orders * 1e6:0} us, least SQL {leastCpu / leastOrders * 1e6:0} us; {refused} refused");
        }
        sizes.Tell(report);
    }

    public static async Task OnSqlite(Report report, int seconds, int pairs)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("switchyard-bench-").FullName, "shop.db");
        using (var server = new Server(file))
        {
            await server.Ready();
            await BenchShop.Fill(server, Skus);
            await Load(server, Skus, TimeSpan.FromSeconds(3), 0);
        }
        var sizes = new SqliteSizes(file);
        var rates = new List<(double Ours, double Theirs)>();
        double serverCpu = 0, orders = 0;
        for (int pair = 1; pair <= pairs; pair++)
        {
            double rate;
            using (var server = new Server(file))
            {
                await server.Ready();
                await Load(server, Skus, TimeSpan.FromSeconds(1), 300 + pair);
                double cpu0 = Machine.Cpu(server.Id);
                rate = (await Load(server, Skus, TimeSpan.FromSeconds(seconds), 400 + pair)).Rate;
                serverCpu += Machine.Cpu(server.Id) - cpu0;
                orders += rate * seconds;
            }
            rates.Add((rate, await WriterAlone.Rate(file, seconds, Skus, 500 + pair)));
        }
        report.Ratio(3, "place 3 lines over HTTP, SQLite", ">= 0.5 x of the writer alone, in process", rates, "/s", $"CPU an order {serverCpu / orders * 1e6:0} us");
        sizes.Tell(report);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    /// <summary>Requests a client has at hand before the clock starts, so that making them takes nothing from the server; those after are made as they are sent.</summary>
    internal const int MadeBefore = 400;

    /// <summary>Places orders for so long from 64 connections.</summary>
    /// <returns>Orders a second, and answers that were not 201.</returns>
    public static async Task<(double Rate, int Refused)> Load(Server server, int skus, TimeSpan length, int seed)
    {
        int placed = 0, refused = 0;
        var random = Enumerable.Range(0, Clients).Select(client => new Random(seed * 1000 + client)).ToArray();
        var made = random.Select((_, client) => Enumerable.Range(0, MadeBefore).Select(n => Make(client, n)).ToArray()).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            using var wire = new Wire();
            await wire.Open(server.Port);
            for (int n = 0; watch.Elapsed < length; n++)
            {
                int status = await wire.Send(n < MadeBefore ? made[client][n] : Make(client, n));
                if (status == 201) Interlocked.Increment(ref placed); else Interlocked.Increment(ref refused);
            }
        })));
        return (placed / watch.Elapsed.TotalSeconds, refused);

        byte[] Make(int client, int n) => Wire.Request("POST", "/api/v1/orders", Server.Key, BenchShop.Order(random[client], skus), $"{seed}-{client}-{n}");
    }
}
