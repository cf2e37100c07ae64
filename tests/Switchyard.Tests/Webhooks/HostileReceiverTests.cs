using System.Collections.Concurrent;
using System.Globalization;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Torture;
using Xunit.Abstractions;

namespace Switchyard.Tests.Webhooks;

/// <summary>
/// A good receiver among hostile ones, while orders are placed and the server is killed: every event arrives at least once, in order per
/// order, signed; and nobody waits for the dead. SWITCHYARD_CRASH_KILLS says how often it is killed (2 when not said).
/// </summary>
[Collection(Alone.Name)]
[Trait("Long", "crash")]
public sealed class HostileReceiverTests(ITestOutputHelper output)
{
    private static readonly int Kills = Numbers.FromEnvironment("SWITCHYARD_CRASH_KILLS", 2);

    [Theory, BothDatabases, Capability("P12", "IG-15", "P14")]
    public async Task Every_event_arrives_in_order_though_others_are_hostile_and_the_server_is_killed(DatabaseKind kind)
    {
        int seed = Numbers.Seed(output);
        var dice = new Random(seed);
        int served = 0;
        using var receiver = new Receiver()
            .On("/drops", Receiver.Drops).On("/500", Receiver.Answers("500 Oops")).On("/302", Receiver.Answers("302 Found", "Location: /good\r\n")).On("/410", Receiver.Answers("410 Gone"))
            .On("/hangs", Receiver.Hangs).On("/early", Receiver.ClosesEarly).On("/trickles", Receiver.Trickles)
            // Not so good after all: every fifth request is dropped, before or after it was answered.
            .On("/moody", (got, stream, stop) => Interlocked.Increment(ref served) % 5 == 0 ? throw new IOException("in a mood") : Receiver.Fine(got, stream, stop));
        await using var server = await ServerProcess.Start(Shop.NewDatabase(kind), new Dictionary<string, string>
        {
            ["SWITCHYARD_WEBHOOK_ALLOW"] = "127.0.0.1", ["SWITCHYARD_WEBHOOK_TIMEOUT"] = "4", ["SWITCHYARD_WEBHOOK_WAITS"] = "1,2,5",
        });
        var api = new Api(server.Http);
        await api.Product("MUG", 1_000_000);
        var secrets = new Dictionary<string, string>();
        foreach (string path in (string[])["/drops", "/500", "/302", "/410", "/hangs", "/early", "/trickles", "/good", "/moody"])
        {
            var made = await api.Post("/webhooks", new { url = receiver.Url(path), kinds = new[] { "Order*" } }, "hook" + path);
            made.Status.ShouldBe(201, made.Text);
            secrets[path] = made.Json.GetProperty("secrets")[0].Text("secret")!;
        }

        var told = new ConcurrentDictionary<string, int>();         // what each order must be told of: seq up to
        var placed = new ConcurrentDictionary<string, DateTimeOffset>();
        bool isOver = false;
        var workers = Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (int n = 0; !Volatile.Read(ref isOver); n++)
            {
                string key = string.Create(CultureInfo.InvariantCulture, $"hostile-{w}-{n}");
                string id = (await UntilAnswered(api, "/orders", Given.Order(("MUG", 1)), key)).Id;
                placed[id] = DateTimeOffset.UtcNow;
                told[id] = 1;
                if (n % 3 == 0 && (await UntilAnswered(api, $"/orders/{id}/cancel", new { reason = "test" }, key + "-c")).IsOk) told[id] = 2;
                await Task.Delay(200);
            }
        })).ToList();
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(dice.Next(1000, 2500));
            await server.Kill();
            await server.Restart();
        }
        // The lease of a killed process on the log's consumer runs out after ten seconds; then all is caught up, and only the hostile could still delay.
        var lastKill = DateTimeOffset.UtcNow;
        await Log.LogTesting.Until(() => Task.FromResult(receiver.All("/good").Any(g => placed.TryGetValue(g.Subject, out var at) && at > lastKill)), "it goes on after the last kill", 60);
        await Log.LogTesting.Until(() => Task.FromResult(Waiting(receiver, told) < 20), "it has caught up", 180);
        var quiet = DateTimeOffset.UtcNow;
        await Task.Delay(4000);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(workers);

        foreach (string path in (string[])["/good", "/moody"])
        {
            await Log.LogTesting.Until(() => Task.FromResult(told.All(order => Last(receiver, path).GetValueOrDefault(order.Key) >= order.Value)), $"all {told.Count} orders are told to {path}", 90);
            var got = receiver.All(path);
            got.ShouldAllBe(g => g.IsSignedBy(secrets[path]));
            foreach (var order in got.Where(g => told.ContainsKey(g.Subject)).GroupBy(g => g.Subject))
            {
                // A repeat is allowed, a step back or a gap among the first arrivals is not.
                long seen = 0;
                foreach (var g in order)
                {
                    g.Sequence.ShouldBeLessThanOrEqualTo(seen + 1, $"{order.Key} at {path}: a gap, or out of order");
                    g.Sequence.ShouldBeGreaterThanOrEqualTo(seen, $"{order.Key} at {path}: a step back");
                    seen = g.Sequence;
                }
            }
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {got.Count} requests, {got.DistinctBy(g => g.Id).Count()} events, {told.Count} orders"));
        }
        // The good receiver hears of an order within moments, whatever the others do.
        var delays = receiver.All("/good").DistinctBy(g => g.Id).Where(g => g.Kind == "OrderPlaced" && placed.TryGetValue(g.Subject, out var at) && at > quiet)
            .Select(g => (g.At - placed[g.Subject]).TotalSeconds).Order().ToList();
        delays.Count.ShouldBeGreaterThan(10);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"delay at /good: median {delays[delays.Count / 2]:0.000} s, worst {delays[^1]:0.000} s, of {delays.Count}"));
        // Behind receivers that hang for four seconds each the queue would grow by minutes; a full machine is late by seconds.
        delays[delays.Count * 9 / 10].ShouldBeLessThan(20, "nobody waits for the dead");
        foreach (string path in (string[])["/drops", "/500", "/302", "/hangs", "/early", "/trickles"]) receiver.All(path).Count.ShouldBeGreaterThan(0, path);
        receiver.All("/410").Count.ShouldBeInRange(1, 20);
        (await server.Verify()).Code.ShouldBe(0);
    }

    private static int Waiting(Receiver receiver, IReadOnlyDictionary<string, int> told)
    {
        var last = Last(receiver, "/good");
        return told.Count(order => last.GetValueOrDefault(order.Key) < order.Value);
    }

    private static Dictionary<string, long> Last(Receiver receiver, string path) =>
        receiver.All(path).GroupBy(g => g.Subject).ToDictionary(g => g.Key, g => g.Max(x => x.Sequence));

    private static async Task<Reply> UntilAnswered(Api api, string path, object body, string key)
    {
        for (var end = DateTimeOffset.UtcNow.AddSeconds(90); ; await Task.Delay(50))
        {
            try
            {
                var reply = await api.Post(path, body, key);
                if (reply.Status is not (429 or 503) && reply.Code != "request.in_progress") return reply;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException) { /* the server is away */ }
            DateTimeOffset.UtcNow.ShouldBeLessThan(end, "an answer comes at last");
        }
    }
}
