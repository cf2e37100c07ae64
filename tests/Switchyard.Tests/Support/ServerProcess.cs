using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Switchyard.Database;

namespace Switchyard.Tests;

/// <summary>
/// A server in a process of its own on a fixed port, with a client for it. It can be killed without warning and started again
/// on the same database and address, as a supervisor would.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan MostStart = TimeSpan.FromSeconds(180);
    private readonly IReadOnlyDictionary<string, string> _environment;
    private SwitchyardProcess _process;

    private ServerProcess(DatabaseSettings settings, int port, IReadOnlyDictionary<string, string> environment)
    {
        (Settings, Port, _environment) = (settings, port, environment);
        _process = Launch();
        Http = Client(TimeSpan.FromSeconds(100));
    }

    public DatabaseSettings Settings { get; }
    public int Port { get; }
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");
    public HttpClient Http { get; }
    public string Output => _process.Output;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="environment">Further variables of its environment.</param>
    public static async Task<ServerProcess> Start(DatabaseSettings settings, IReadOnlyDictionary<string, string>? environment = null)
    {
        var server = new ServerProcess(settings, TestPostgres.FreePort(), environment ?? new Dictionary<string, string>());
        await server.Ready();
        return server;
    }

    public HttpClient Client(TimeSpan timeout)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(20) }) { BaseAddress = new Uri(Address), Timeout = timeout };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Shop.AdminKey);
        return http;
    }

    /// <summary>Kills it as power loss would: no handler runs.</summary>
    public Task Kill() => _process.Kill();

    /// <summary>Starts it again after a kill.</summary>
    /// <returns>How long it took until it was ready.</returns>
    public async Task<TimeSpan> Restart()
    {
        await _process.DisposeAsync();
        var clock = Stopwatch.StartNew();
        _process = Launch();
        await Ready();
        return clock.Elapsed;
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task<TimeSpan> Ready()
    {
        var clock = Stopwatch.StartNew();
        while (!await IsReady())
        {
            if (_process.HasEnded || clock.Elapsed > MostStart) throw new InvalidOperationException("The server is not ready: " + Output + _process.Notes);
            await Task.Delay(25);
        }
        return clock.Elapsed;
    }

    /// <summary>The most memory it has held at once, in bytes, as the operating system counts it.</summary>
    public long PeakMemory()
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    public Task<SwitchyardProcess.Ended> Verify() => Verify(Settings);

    /// <summary>Runs <c>switchyard verify</c> as a person would.</summary>
    public static Task<SwitchyardProcess.Ended> Verify(DatabaseSettings settings) => SwitchyardProcess.Run(Database(settings), null, "verify");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    private static string Database(DatabaseSettings settings) => settings.Kind == DatabaseKind.Postgres ? settings.ConnectionString : settings.SqlitePath;

    private SwitchyardProcess Launch() => SwitchyardProcess.Start(Database(Settings), null, ["serve", "--urls", Address, "--Logging:LogLevel:Default", "Warning"], _environment);

    private async Task<bool> IsReady()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            using var response = await Http.GetAsync("/healthz/ready", stop.Token);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException) { return false; }
    }
}
