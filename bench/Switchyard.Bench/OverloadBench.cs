using System.Diagnostics;

namespace Switchyard.Bench;

/// <summary>Row 13: what is still placed while five times as much comes as can be, and right after it.</summary>
internal static class OverloadBench
{
    private const int Skus = 10_000, Clients = 3_000, Times = 5, AnswerBytes = 16 * 1024;
    private static readonly TimeSpan AfterIt = TimeSpan.FromSeconds(5);

    public static async Task Run(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        await BenchShop.Fill(server, Skus);
        await PlaceBench.Load(server, Skus, TimeSpan.FromSeconds(5), 0);
        cluster.Psql("shop", "vacuum analyze");
        var (during, after) = (new List<(double, double)>(), new List<(double, double)>());
        long refused = 0, broken = 0;
        double slowest = 0;
        for (int pair = 1; pair <= pairs; pair++)
        {
            double peak = (await PlaceBench.Load(server, Skus, TimeSpan.FromSeconds(seconds), 1300 + pair)).Rate;
            var flood = await Flood(server, peak * Times, TimeSpan.FromSeconds(seconds), pair);
            during.Add((flood.Rate, peak));
            refused += flood.Refused;
            broken += flood.Broken;
            slowest = Math.Max(slowest, flood.P99Ms);
            await Task.Delay(AfterIt);
            after.Add(((await PlaceBench.Load(server, Skus, TimeSpan.FromSeconds(seconds), 1350 + pair)).Rate, peak));
        }
        report.Ratio(13, $"orders placed while {Times} times as many come as can be placed, PostgreSQL", ">= 0.7 x its rate without", during, "/s",
            $"{refused} refused with 429 or 503, {broken} connections broken, p99 of those placed {slowest:0} ms");
        report.Ratio(13, $"orders placed {AfterIt.TotalSeconds:0} s after it", ">= 0.9 x", after, "/s", "");
    }

    /// <summary>Sends at a rate whatever is answered: a client that is late sends at once.</summary>
    private static async Task<(double Rate, int Refused, int Broken, double P99Ms)> Flood(Server server, double rate, TimeSpan length, int seed)
    {
        int placed = 0, refused = 0, broken = 0;
        var took = new System.Collections.Concurrent.ConcurrentBag<double>();
        var pause = TimeSpan.FromSeconds(Clients / rate);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var random = new Random(seed * 10_000 + client);
            var due = pause * random.NextDouble();
            var wire = new Wire(AnswerBytes);
            try
            {
                await wire.Open(server.Port);
                for (int n = 0; due < length; n++, due += pause)
                {
                    if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
                    if (watch.Elapsed >= length) return;
                    var began = watch.Elapsed;
                    try
                    {
                        int status = await wire.Send(Wire.Request("POST", "/api/v1/orders", Server.Key, BenchShop.Order(random, Skus), $"flood-{seed}-{client}-{n}"));
                        if (status == 201) { Interlocked.Increment(ref placed); took.Add((watch.Elapsed - began).TotalMilliseconds); }
                        else Interlocked.Increment(ref refused);
                    }
                    catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
                    {
                        Interlocked.Increment(ref broken);
                        wire.Dispose();
                        wire = new Wire(AnswerBytes);
                        await wire.Open(server.Port);
                    }
                }
            }
            catch (System.Net.Sockets.SocketException) { Interlocked.Increment(ref broken); }
            finally { wire.Dispose(); }
        })));
        double[] sorted = [.. took.Order()];
        return (placed / watch.Elapsed.TotalSeconds, refused, broken, sorted.Length == 0 ? 0 : sorted[(int)(sorted.Length * 0.99)]);
    }
}
