using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Switchyard.Bench;

/// <summary>Programs that a measurement starts, and what they cost.</summary>
internal static class Machine
{
    private static readonly string Root = FindRoot();
    private static readonly double TicksPerSecond = 100;

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static (int Code, string Output) Run(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>CPU seconds of a process and all its descendants so far.</summary>
    public static double Cpu(int root)
    {
        var parents = new Dictionary<int, (int Parent, double Seconds)>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(System.IO.Path.GetFileName(folder), out int id)) continue;
            try
            {
                string stat = File.ReadAllText(folder + "/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                parents[id] = (int.Parse(fields[1]), (long.Parse(fields[11]) + long.Parse(fields[12]) + (id == root ? long.Parse(fields[13]) + long.Parse(fields[14]) : 0)) / TicksPerSecond);
            }
            catch (IOException) { }
        }
        return parents.Where(p => IsUnder(p.Key)).Sum(p => p.Value.Seconds);

        bool IsUnder(int id)
        {
            for (int hops = 0; hops < 20 && parents.TryGetValue(id, out var at); hops++, id = at.Parent)
                if (id == root) return true;
            return false;
        }
    }

    /// <summary>Resident and peak memory of a process in MB.</summary>
    public static (long Now, long Peak) Memory(int id)
    {
        string status = File.ReadAllText($"/proc/{id}/status");
        return (Field("VmRSS:"), Field("VmHWM:"));
        long Field(string name) => long.Parse(new string(status[(status.IndexOf(name, StringComparison.Ordinal) + name.Length)..].TakeWhile(c => c != 'k').Where(char.IsDigit).ToArray())) / 1024;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Switchyard.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The repository's root was not found.");
    }
}

/// <summary>A PostgreSQL of our own with the settings of a small production server: fsync on.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly string _folder;
    private readonly bool _isKept;

    /// <param name="settings">Further settings, such as shared_preload_libraries=pg_stat_statements.</param>
    public Cluster(params string[] settings) : this(null, settings) { }

    /// <param name="kept">A folder to use, again if it is there already; it is left there. Null: one that is deleted.</param>
    public Cluster(string? kept, string[] settings)
    {
        (_folder, _isKept) = (kept ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"switchyard-bench-pg-{Environment.ProcessId}"), kept is not null);
        var (code, output) = Machine.Run(Machine.Path("eng", "postgres"), ["start", _folder, Port.ToString(), "shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min", .. settings]);
        if (code != 0) throw new InvalidOperationException(output);
        Postmaster = int.Parse(File.ReadLines(_folder + "/postmaster.pid").First());
    }

    public int Port { get; } = Machine.FreePort();
    public int Postmaster { get; }
    public string Folder => _folder;

    public string Create(string name)
    {
        Psql("switchyard", $"create database {name}");
        return Connection(name);
    }

    public string Connection(string name) => $"Host=127.0.0.1;Port={Port};Username=switchyard;Database={name}";

    /// <summary>Runs commands in one session, each as its own.</summary>
    public string Psql(string database, params string[] commands) => Ask(database, commands.SelectMany(c => (string[])["-c", c]));
    /// <summary>The same as the superuser, for what only he may see.</summary>
    public string PsqlAsSuperuser(string database, params string[] commands) => Ask(database, commands.SelectMany(c => (string[])["-c", c]), "postgres");
    public string PsqlFile(string database, string file) => Ask(database, ["-f", file]);

    /// <summary>Transactions a second of a pgbench script.</summary>
    public double Pgbench(string database, string script, int clients, int seconds, int skus)
    {
        string output = Command("pgbench", ["-h", "127.0.0.1", "-p", Port.ToString(), "-U", "switchyard", "-n", "-M", "prepared", "-c", clients.ToString(), "-j", "1", "-T", seconds.ToString(), "-D", $"skus={skus}", "-f", script, database]);
        string line = output.Split('\n').First(l => l.StartsWith("tps = ", StringComparison.Ordinal));
        return double.Parse(line["tps = ".Length..].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        Machine.Run(Machine.Path("eng", "postgres"), ["stop", _folder]);
        if (_isKept) return;
        try { Directory.Delete(_folder, recursive: true); } catch (IOException) { }
    }

    // Warnings, such as of a vacuum that leaves the catalogues alone, are no part of the answer.
    private string Ask(string database, IEnumerable<string> what, string user = "switchyard") => Command("psql",
        ["-h", "127.0.0.1", "-p", Port.ToString(), "-U", user, "-d", database, "-qAt", "-v", "ON_ERROR_STOP=1", .. what],
        new Dictionary<string, string> { ["PGOPTIONS"] = "-c client_min_messages=error" });

    private static string Command(string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (code, output) = Machine.Run(program, arguments, environment);
        return code == 0 ? output : throw new InvalidOperationException($"{program}: {output}");
    }
}

/// <summary>The server as its users run it: a Release build in a process of its own.</summary>
internal sealed class Server : IDisposable
{
    public const string Key = "sy_bench_administrator_key";
    private readonly Process _process;

    public Server(string database) : this(database, port => [Program, "serve", "--urls", $"http://127.0.0.1:{port}"]) { }

    private Server(string database, Func<int, string[]> command)
    {
        var start = new ProcessStartInfo("dotnet", command(Port));
        start.Environment["SWITCHYARD_DATABASE"] = database;
        start.Environment["SWITCHYARD_BOOTSTRAP_KEY"] = Key;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        _process = Process.Start(start)!;
    }

    /// <summary>An ASP.NET Core host with one endpoint and nothing behind it.</summary>
    public static Server Empty() => new("", port => [System.IO.Path.Combine(AppContext.BaseDirectory, "Switchyard.Bench.dll"), "--serve-nothing", port.ToString()]);

    public static string Program => System.IO.Path.Combine(AppContext.BaseDirectory, "switchyard.dll");
    public int Port { get; } = Machine.FreePort();
    public int Id => _process.Id;

    /// <summary>Waits until it is ready.</summary>
    /// <returns>The time that took.</returns>
    public async Task<TimeSpan> Ready(string path = "/healthz/ready")
    {
        var watch = Stopwatch.StartNew();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        while (watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            try { if ((await http.GetAsync(path)).IsSuccessStatusCode) return watch.Elapsed; }
            catch (HttpRequestException) { await Task.Delay(5); }
        }
        throw new InvalidOperationException("The server did not become ready.");
    }

    public HttpClient Client()
    {
        var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/api/v1/"), Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Key);
        return http;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
