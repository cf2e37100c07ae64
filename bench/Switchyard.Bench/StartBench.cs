using System.Diagnostics;

namespace Switchyard.Bench;

/// <summary>Row 8: CPU from start to ready on an existing database, against an empty ASP.NET Core host; and memory.</summary>
internal static class StartBench
{
    private const int Skus = 10_000;

    /// <summary>The empty host; the bench starts itself as one.</summary>
    public static async Task ServeNothing(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapGet("/healthz/ready", () => "ready");
        app.Urls.Add($"http://127.0.0.1:{port}");
        await app.RunAsync();
    }

    public static async Task Run(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        string folder = Directory.CreateTempSubdirectory("switchyard-bench-").FullName;
        foreach (var (name, database) in new[] { ("SQLite", Path.Combine(folder, "shop.db")), ("PostgreSQL", cluster.Create("shop")) })
        {
            using (var first = new Server(database))
            {
                await first.Ready();
                await BenchShop.Fill(first, Skus);
            }
            var cpu = new List<(double, double)>();
            var waits = new List<double>();
            for (int pair = 1; pair <= pairs; pair++)
            {
                double ours, theirs;
                using (var server = new Server(database)) { waits.Add((await server.Ready()).TotalSeconds); ours = Machine.Cpu(server.Id); }
                using (var empty = Server.Empty()) { await empty.Ready(); theirs = Machine.Cpu(empty.Id); }
                cpu.Add((ours, theirs));
            }
            report.Ratio(8, $"start to ready on an existing database, {name}: CPU", "<= 4 x", cpu, " s", $"ready after {Machine.Median(waits):0.00} s");
            using var loaded = new Server(database);
            await loaded.Ready();
            await Task.Delay(TimeSpan.FromSeconds(3));
            long idle = Machine.Memory(loaded.Id).Now;
            await PlaceBench.Load(loaded, Skus, TimeSpan.FromSeconds(seconds * 2), 800);
            report.Row(8, $"memory of the server, {name}", $"{idle} MB idle, {Machine.Memory(loaded.Id).Peak} MB under load", "<= 200 MB, <= 600 MB", "resident; the peak while 64 clients place orders");
        }
        Directory.Delete(folder, recursive: true);
    }
}
