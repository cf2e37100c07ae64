using System.Globalization;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>The import as a process: killed in the middle, and looked at for the memory it takes.</summary>
public sealed class ImportProcessTests
{
    [Theory, BothDatabases]
    public async Task A_killed_import_goes_on_with_the_same_command_and_writes_everything_once(DatabaseKind kind)
    {
        string path = ImportFixture.Write(Large(20_000));
        var settings = Shop.NewDatabase(kind);
        await using var shop = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: settings) : null;
        string[] line = ["import", "orders", path, "--mapping", "online-retail", "--as", "history", "--json"];
        for (int kills = 0; kills < 2; kills++)
        {
            await using var import = SwitchyardProcess.Start(Text(settings), null, line);
            // It is killed while it writes: as soon as some of its errors of progress tell so, or it has ended on a fast machine.
            await Until(() => import.HasEnded || Written(settings, path) > kills * 100_000);
            await import.Kill();
        }
        var ended = await SwitchyardProcess.Run(Text(settings), null, line);
        ended.Code.ShouldBe(Switchyard.Cli.ExitCode.Ok, ended.Notes);
        var counts = ended.Json.GetProperty("files")[0].GetProperty("counts");
        (counts.Long("orders"), counts.GetProperty("returns").Long("unitsMatched")).ShouldBe((20_000, 2_000));

        await using var after = shop ?? await Shop.Open(kind, settings: settings);
        (await after.Db.ReadAll(work => work.Scalar("select count(*) from orders"))).ShouldBe(20_000);
        (await after.Db.ReadAll(work => work.Scalar("select count(*) from order_lines"))).ShouldBe(40_000);
        (await after.Db.ReadAll(work => work.Scalar("select sum(returned) from order_lines"))).ShouldBe(2_000);
        (await after.Db.ReadAll(work => work.Scalar("select count(*) from events where kind = 'OrderImported'"))).ShouldBe(20_000);
        var verified = await SwitchyardProcess.Run(Text(settings), null, "verify", "--json");
        verified.Json.GetProperty("isClean").GetBoolean().ShouldBeTrue(verified.Output);
    }

    [Fact]
    public async Task The_import_of_a_large_file_stays_under_400_MB()
    {
        if (!OperatingSystem.IsLinux()) return;                    // the peak is read from /proc
        string path = ImportFixture.RealFiles.Count > 0 ? "" : ImportFixture.Write(Large(60_000));
        string[] files = ImportFixture.RealFiles.Count > 0 ? [.. ImportFixture.RealFiles.Take(3)] : [path];
        var settings = Shop.NewDatabase(DatabaseKind.Sqlite);
        await using var import = SwitchyardProcess.Start(Text(settings), null, ["import", "orders", .. files, "--mapping", "online-retail", "--as", "history", "--json"]);
        long peak = 0;
        while (!import.HasEnded)
        {
            peak = Math.Max(peak, PeakKilobytes(import.Id));
            await Task.Delay(50);
        }
        import.Output.ShouldContain("\"orders\":");
        peak.ShouldBeInRange(20_000, 400_000, "kB of memory at the peak");
    }

    private static string Text(DatabaseSettings settings) => settings.Kind == DatabaseKind.Sqlite ? settings.SqlitePath : settings.ConnectionString;

    private static long PeakKilobytes(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException) { return 0; }
    }

    /// <summary>Bytes of the SQLite file and its log so far; on PostgreSQL the time since the start decides.</summary>
    private static long Written(DatabaseSettings settings, string path)
    {
        if (settings.Kind != DatabaseKind.Sqlite)
        {
            using var connection = new Npgsql.NpgsqlConnection(settings.ConnectionString + ";Pooling=false");
            connection.Open();
            using var command = new Npgsql.NpgsqlCommand("select coalesce(max(position), 0) * 100 from import_runs", connection);
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        string log = settings.SqlitePath + "-wal";
        return File.Exists(log) && File.Exists(path) ? Math.Max(0, new FileInfo(log).Length - 1_000_000) : 0;
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(180); !isSo(); await Task.Delay(10))
            if (DateTime.UtcNow > deadline) throw new TimeoutException("The import has written nothing for 180 s.");
    }

    /// <summary>Orders of one line and postage; every tenth customer gives one unit back.</summary>
    private static string Large(int orders) => ImportFixture.Retail([.. Enumerable.Range(0, orders).SelectMany(i => new[]
    {
        ($"{100_000 + i}", $"SKU{i % 997}", 2L, 1 + i % 20, "2.50", $"{10_000 + i}.0"),
        ($"{100_000 + i}", "POST", 1L, 1 + i % 20, "1.00", $"{10_000 + i}.0"),
    }.Concat(i % 10 == 0 ? [($"C{100_000 + i}", $"SKU{i % 997}", -1L, 25, "2.50", $"{10_000 + i}.0")] : []))]);
}
