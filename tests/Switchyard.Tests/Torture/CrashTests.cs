using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>
/// Kills under load. Twelve workers place and cancel orders and repeat whatever was not answered under the same key, while the
/// server, or PostgreSQL itself, is killed at random moments. SWITCHYARD_CRASH_KILLS says how often (2 when not said).
/// </summary>
[Collection(Alone.Name)]
[Trait("Long", "crash")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Workers = 12, Skus = 5;
    private static readonly int Kills = Numbers.FromEnvironment("SWITCHYARD_CRASH_KILLS", 2);
    private static readonly TimeSpan MostReady = TimeSpan.FromSeconds(60), MostAway = TimeSpan.FromSeconds(90);

    /// <summary>What one worker has been promised.</summary>
    private sealed record Acknowledged(string Key, Dictionary<string, object?> Body, Reply Answer)
    {
        public bool IsCancelled { get; set; }
    }

    private sealed class Load(Api api, int seed)
    {
        private volatile bool _isOver;
        private int _lost;
        private readonly ConcurrentQueue<string> _surprises = new();
        private readonly ConcurrentBag<Acknowledged> _acknowledged = [];
        private List<Task> _workers = [];

        public int Lost => _lost;
        public IReadOnlyCollection<Acknowledged> Orders => _acknowledged;
        public IEnumerable<string> Surprises => _surprises;

        public void Start() => _workers = [.. Enumerable.Range(0, Workers).Select(w => Task.Run(() => Work(w, new Random(HashCode.Combine(seed, w)))))];

        public async Task Stop()
        {
            _isOver = true;
            await Task.WhenAll(_workers);
        }

        private async Task Work(int worker, Random dice)
        {
            for (int n = 0; !_isOver; n++)
            {
                string key = string.Create(CultureInfo.InvariantCulture, $"crash-{worker}-{n}");
                var lines = Enumerable.Range(0, dice.Next(1, 4)).Select(_ => ($"S{dice.Next(Skus)}", (long)dice.Next(1, 4))).ToArray();
                var body = Given.Order(lines);
                if (dice.Next(2) == 0) body["externalId"] = "ext-" + key;
                var answer = await UntilAnswered("/orders", body, key);
                if (answer.Status != 201) { _surprises.Enqueue($"{answer.Status} {answer.Text}"); continue; }
                var order = new Acknowledged(key, body, answer);
                _acknowledged.Add(order);
                if (dice.Next(10) > 0) continue;
                var cancelled = await UntilAnswered($"/orders/{answer.Id}/cancel", new { reason = "crash" }, key + "-cancel");
                if (cancelled.IsOk) order.IsCancelled = true; else _surprises.Enqueue($"{cancelled.Status} {cancelled.Text}");
            }
        }

        /// <summary>Sends it until somebody answers, under the same key: what a careful caller does.</summary>
        private async Task<Reply> UntilAnswered(string path, object body, string key)
        {
            for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50))
            {
                try
                {
                    var reply = await api.Post(path, body, key);
                    if (reply.Status is not (429 or 503) && reply.Code != "request.in_progress") return reply;
                    if (reply.Status is 429 or 503) reply.RetryAfter.ShouldNotBeNull(reply.Text);
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException) { /* the server is away */ }
                Interlocked.Increment(ref _lost);
                waited.Elapsed.ShouldBeLessThan(MostAway, "an answer comes at last");
            }
        }
    }

    [Theory, BothDatabases, Capability("P4", "P6", "P8", "P9")]
    public async Task What_was_acknowledged_survives_every_kill_of_the_server(DatabaseKind kind)
    {
        int seed = Numbers.Seed(output);
        var dice = new Random(seed);
        await using var server = await ServerProcess.Start(Shop.NewDatabase(kind));
        var api = await Stocked(server);
        var load = new Load(api, seed);
        load.Start();
        for (int kill = 1; kill <= Kills; kill++)
        {
            await Task.Delay(dice.Next(200, 1500));
            await server.Kill();
            var ready = await server.Restart();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill {kill}: ready again after {ready.TotalSeconds:0.0} s"));
            ready.ShouldBeLessThan(MostReady);
        }
        await Task.Delay(200);
        await load.Stop();
        await ShouldBeWhole(load, api, server.Settings);
    }

    [Fact, Trait("Kind", "Database"), Capability("P7", "P8", "P9")]
    public async Task What_was_acknowledged_survives_a_kill_of_PostgreSQL_and_the_server_recovers_by_itself()
    {
        int seed = Numbers.Seed(output);
        var dice = new Random(seed);
        string folder = Path.Combine(Path.GetTempPath(), $"switchyard-crash-{Environment.ProcessId}");
        string port = TestPostgres.FreePort().ToString(CultureInfo.InvariantCulture);
        TestPostgres.Script("start", folder, port);
        try
        {
            await using var server = await ServerProcess.Start(DatabaseSettings.Parse($"Host=127.0.0.1;Port={port};Username=switchyard;Database=switchyard"));
            var api = await Stocked(server);
            var load = new Load(api, seed);
            load.Start();
            for (int kill = 1; kill <= Math.Max(1, Kills / 3); kill++)
            {
                await Task.Delay(dice.Next(500, 1500));
                KillPostmaster(folder);
                var away = Stopwatch.StartNew();
                await StartAgain(folder, port);
                await server.Ready();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill {kill}: the server is ready {away.Elapsed.TotalSeconds:0.0} s after its database was killed"));
            }
            await Task.Delay(500);
            await load.Stop();
            await ShouldBeWhole(load, api, server.Settings);
        }
        finally
        {
            TestPostgres.Script("stop", folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Api> Stocked(ServerProcess server)
    {
        var api = new Api(server.Http);
        for (int i = 0; i < Skus; i++) await api.Product($"S{i}", 1_000_000);
        return api;
    }

    /// <summary>Reads everything back: each acknowledged order once and whole, none besides, and the same answer for its key.</summary>
    private async Task ShouldBeWhole(Load load, Api api, DatabaseSettings settings)
    {
        load.Surprises.ShouldBeEmpty();
        var books = await Books.Read(api, Enumerable.Range(0, Skus).Select(i => $"S{i}"));
        output.WriteLine($"{load.Orders.Count} orders acknowledged, {load.Orders.Count(o => o.IsCancelled)} of them cancelled, {load.Lost} requests lost and repeated, "
            + $"{books.Orders.Count} orders and {books.LedgerEntries} ledger entries read back");
        books.Orders.Select(o => o.Text("id")).Order().ShouldBe(load.Orders.Select(o => (string?)o.Answer.Id).Order(), "every acknowledged order once, and no other");
        var stored = books.Orders.ToDictionary(o => o.Text("id")!);
        foreach (var order in load.Orders)
        {
            if (order.IsCancelled) stored[order.Answer.Id].Text("state").ShouldBe("cancelled");
            else JsonElement.DeepEquals(stored[order.Answer.Id], order.Answer.Json).ShouldBeTrue($"answered {order.Answer.Text}\nread {stored[order.Answer.Id]}");
        }
        await Parallel.ForEachAsync(load.Orders, new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (order, _) =>
            (await api.Post("/orders", order.Body, order.Key)).Text.ShouldBe(order.Answer.Text));
        await Books.ShouldVerify(settings, output);
    }

    private static void KillPostmaster(string folder)
    {
        int id = int.Parse(File.ReadLines(Path.Combine(folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var postmaster = Process.GetProcessById(id);
        postmaster.Kill();
        postmaster.WaitForExit(TimeSpan.FromSeconds(10));
    }

    /// <summary>A start can be refused for a moment, while processes of the killed one still hold its shared memory.</summary>
    private static async Task StartAgain(string folder, string port)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try { TestPostgres.Script("start", folder, port); return; }
            catch (InvalidOperationException) when (waited.Elapsed < TimeSpan.FromSeconds(90)) { /* not yet */ }
        }
    }
}
