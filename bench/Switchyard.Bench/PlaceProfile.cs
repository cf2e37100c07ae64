namespace Switchyard.Bench;

/// <summary>Where the cost of placing lies: statements, round trips and log bytes an order, and what each table and index grows by.</summary>
internal static class PlaceProfile
{
    private const int Skus = 10_000, Seconds = 10;

    public static Task Run(string what) => what == "availability" ? Availability() : Place();

    /// <summary>The same of asking what can be had.</summary>
    private static async Task Availability()
    {
        using var cluster = new Cluster("shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on");
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        cluster.PsqlAsSuperuser("shop", "create extension pg_stat_statements");
        await BenchShop.Fill(server, Skus);
        cluster.Psql("shop", "vacuum analyze");
        await ReadBench.Ask(server, TimeSpan.FromSeconds(5), ReadBench.Basket);
        cluster.PsqlAsSuperuser("shop", "select pg_stat_statements_reset()");
        double serverCpu = Machine.Cpu(server.Id), databaseCpu = Machine.Cpu(cluster.Postmaster);
        double asked = await ReadBench.Ask(server, TimeSpan.FromSeconds(Seconds), ReadBench.Basket) * Seconds;
        serverCpu = Machine.Cpu(server.Id) - serverCpu;
        databaseCpu = Machine.Cpu(cluster.Postmaster) - databaseCpu;
        Console.WriteLine($"{asked:0} requests; CPU each: server {serverCpu / asked * 1e6:0} us, database {databaseCpu / asked * 1e6:0} us\n");
        Console.WriteLine($"| calls | us a request | planning | rows | log bytes a request | statement |\n| --- | --- | --- | --- | --- | --- |\n{Statements(cluster, asked)}");
        double live = await ReadBench.Ask(server, TimeSpan.FromSeconds(2), _ => Wire.Request("GET", "/healthz/live", Server.Key, null));
        serverCpu = Machine.Cpu(server.Id);
        live = await ReadBench.Ask(server, TimeSpan.FromSeconds(Seconds), _ => Wire.Request("GET", "/healthz/live", Server.Key, null)) * Seconds;
        Console.WriteLine($"GET /healthz/live: {live:0} requests; CPU each: server {(Machine.Cpu(server.Id) - serverCpu) / live * 1e6:0} us");
    }

    private static async Task Place()
    {
        using var cluster = new Cluster("shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on");
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        cluster.PsqlAsSuperuser("shop", "create extension pg_stat_statements");
        await BenchShop.Fill(server, Skus);
        await PlaceBench.Load(server, Skus, TimeSpan.FromSeconds(5), 0);
        cluster.Psql("shop", "vacuum analyze");
        await PlaceBench.Load(server, Skus, TimeSpan.FromSeconds(3), 1);
        cluster.PsqlAsSuperuser("shop", "vacuum analyze", "checkpoint", "select pg_stat_statements_reset()");
        var before = Sizes(cluster);
        double orders = Orders(cluster), wal = Wal(cluster), serverCpu = Machine.Cpu(server.Id), databaseCpu = Machine.Cpu(cluster.Postmaster);
        await PlaceBench.Load(server, Skus, TimeSpan.FromSeconds(Seconds), 2);
        serverCpu = Machine.Cpu(server.Id) - serverCpu;
        databaseCpu = Machine.Cpu(cluster.Postmaster) - databaseCpu;
        wal = Wal(cluster) - wal;
        string statements = Statements(cluster, Orders(cluster) - orders);
        cluster.Psql("shop", "vacuum analyze");
        orders = Orders(cluster) - orders;
        Console.WriteLine($"{orders:0} orders; CPU an order: server {serverCpu / orders * 1e6:0} us, database {databaseCpu / orders * 1e6:0} us; log {wal / orders:0} B an order\n");
        Console.WriteLine($"| calls | us an order | planning | rows | log bytes an order | statement |\n| --- | --- | --- | --- | --- | --- |\n{statements}");
        Console.WriteLine("| table or index | bytes an order |\n| --- | --- |");
        foreach (var (name, bytes) in Sizes(cluster).Select(s => (s.Key, Bytes: (s.Value - before.GetValueOrDefault(s.Key)) / orders)).Where(s => s.Bytes >= 1).OrderByDescending(s => s.Bytes))
            Console.WriteLine($"| {name} | {bytes:0} |");
    }

    private static string Statements(Cluster cluster, double times) => cluster.PsqlAsSuperuser("shop",
        $"""
        select format('| %s | %s | %s | %s | %s | %s |', calls, round((total_exec_time * 1000 / {times})::numeric, 1), round((total_plan_time * 1000 / {times})::numeric, 1),
               rows, round(wal_bytes / {times}), left(regexp_replace(query, '\s+', ' ', 'g'), 110))
          from pg_stat_statements where dbid = (select oid from pg_database where datname = 'shop') order by total_exec_time + total_plan_time desc limit 40
        """);

    private static double Orders(Cluster cluster) => double.Parse(cluster.Psql("shop", "select count(*) from orders"));

    private static double Wal(Cluster cluster) => double.Parse(cluster.PsqlAsSuperuser("shop", "select pg_current_wal_insert_lsn() - '0/0'"));

    private static Dictionary<string, double> Sizes(Cluster cluster) => cluster
        .Psql("shop", "select relname || ' ' || pg_relation_size(oid) from pg_class where relkind in ('r', 'i', 't') and relnamespace = 'public'::regnamespace")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).ToDictionary(p => p[0], p => double.Parse(p[1]));
}
