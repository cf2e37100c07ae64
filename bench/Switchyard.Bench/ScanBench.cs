using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Switchyard.Bench;

/// <summary>Row 17: how long 60 pickers wait for the answer to a scan while orders keep coming in, beside an endpoint that does nothing.</summary>
internal static class ScanBench
{
    private const int Skus = 1_000, Pickers = 60, LinesOfAnOrder = 3, OrdersOfAWave = 480, WarmUp = 3, MostTotes = 50;
    private const double FeedPerSecond = 20;

    /// <summary>One scan a second: about twice what a person with a scanner does.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private sealed record Picker(string Key, Queue<byte[]> Scans, Wire Wire);

    public static async Task Run(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        await BenchShop.Fill(server, Skus);
        int scans = WarmUp + pairs * seconds, orders = Math.Min(MostTotes, (scans + LinesOfAnOrder - 1) / LinesOfAnOrder + 1);
        using var http = server.Client();
        await Work(http, Pickers * orders, orders);
        cluster.Psql("shop", "vacuum analyze");
        var pickers = await Hire(server, http);
        int sent = 0;
        using var over = new CancellationTokenSource();
        var feed = Feed(server, over.Token);
        await Measure(server, pickers, WarmUp, isScan: true);
        var (slowest, rows) = (0d, new List<(double, double)>());
        for (int pair = 0; pair < pairs; pair++)
        {
            double[] ours = await Measure(server, pickers, seconds, isScan: true), theirs = await Measure(server, pickers, seconds, isScan: false);
            rows.Add((P99(ours), P99(theirs)));
            sent += ours.Length;
            slowest = Math.Max(slowest, ours.Max());
        }
        await over.CancelAsync();
        int placed = await feed;
        var figures = JsonDocument.Parse(await BenchShop.Ok(http.GetAsync("nodes/N1/pick-figures"))).RootElement.GetProperty("operatives").EnumerateArray().ToList();
        long lines = figures.Sum(f => f.GetProperty("lines").GetInt64());
        if (lines != sent + Pickers * WarmUp) throw new InvalidOperationException($"{sent} scans were measured, and {lines} lines are picked.");
        report.Ratio(17, $"p99 of a scan of {Pickers} pickers, each one a second, while {FeedPerSecond:0} orders a second come in, PostgreSQL", "<= 100 ms; beside p99 of GET /healthz/live", rows, " ms",
            $"{sent} scans, the slowest {slowest:0} ms; {placed} orders placed meanwhile");
        foreach (var picker in pickers) picker.Wire.Dispose();
    }

    /// <summary>Releases at the first node, cut into a walk for each picker.</summary>
    private static async Task Work(HttpClient http, int orders, int totes)
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, orders), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) =>
        {
            using var body = new StringContent(BenchShop.Order(new Random(n), Skus, LinesOfAnOrder), new MediaTypeHeaderValue("application/json"));
            string id = JsonDocument.Parse(await BenchShop.Ok(http.PostAsync("orders", body, CancellationToken.None))).RootElement.GetProperty("id").GetString()!;
            await BenchShop.Ok(http.PostAsJsonAsync($"orders/{id}/release", new { }, CancellationToken.None));
            ids.Add(id);
        });
        for (int left = orders; left > 0; left -= OrdersOfAWave / totes * totes)
        {
            string wave = await BenchShop.Ok(http.PostAsJsonAsync("waves", new { node = "N1", method = "batch", totes, most = Math.Min(left, OrdersOfAWave / totes * totes) }));
            await BenchShop.Ok(http.PostAsJsonAsync($"waves/{JsonDocument.Parse(wave).RootElement.GetProperty("id").GetString()}/release", new { }));
        }
    }

    /// <summary>Pickers with a key and a walk each, and the scans of its stops.</summary>
    private static async Task<List<Picker>> Hire(Server server, HttpClient http)
    {
        var pickers = new List<Picker>();
        for (int p = 0; p < Pickers; p++)
        {
            string key = JsonDocument.Parse(await BenchShop.Ok(http.PostAsJsonAsync("keys", new { name = $"Picker {p}", scopes = new[] { "fulfilment:read", "fulfilment:work" } })))
                .RootElement.GetProperty("secret").GetString()!;
            using var ask = new HttpRequestMessage(HttpMethod.Post, "nodes/N1/next-tour") { Content = JsonContent.Create(new { }) };
            ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            var tour = JsonDocument.Parse(await BenchShop.Ok(http.SendAsync(ask))).RootElement.GetProperty("tour");
            if (tour.ValueKind == JsonValueKind.Null) throw new InvalidOperationException($"There is no walk for picker {p}.");
            string tote = tour.GetProperty("id").GetString()!;
            var scans = tour.GetProperty("stops").EnumerateArray().Select(stop => Wire.Request("POST", "/api/v1/pick-commands", key, JsonSerializer.Serialize(new
            {
                commands = new[] { new { id = Guid.CreateVersion7(), task = stop.GetProperty("id").GetString(), kind = "pick", item = stop.GetProperty("sku").GetString(), tote } },
            })));
            var wire = new Wire();
            await wire.Open(server.Port);
            pickers.Add(new Picker(key, new Queue<byte[]>(scans), wire));
        }
        return pickers;
    }

    /// <summary>Milliseconds of each answer, of so many from every picker; they begin spread over a pause.</summary>
    private static async Task<double[]> Measure(Server server, List<Picker> pickers, int each, bool isScan)
    {
        byte[] nothing = Wire.Request("GET", "/healthz/live", Server.Key, null);
        var took = new System.Collections.Concurrent.ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(pickers.Select((picker, p) => Task.Run(async () =>
        {
            for (int n = 0; n < each; n++)
            {
                var due = Pause * (n + (double)p / pickers.Count);
                if (due > watch.Elapsed) await Task.Delay(due - watch.Elapsed);
                byte[] request = isScan ? picker.Scans.Dequeue() : nothing;
                var began = watch.Elapsed;
                int status = await picker.Wire.Send(request);
                if (status != 200) throw new InvalidOperationException($"The server answered {status}.");
                took.Add((watch.Elapsed - began).TotalMilliseconds);
            }
        })));
        return [.. took];
    }

    /// <summary>Orders at an even pace until it is over.</summary>
    private static async Task<int> Feed(Server server, CancellationToken over)
    {
        var random = new Random(17);
        using var wire = new Wire();
        await wire.Open(server.Port);
        var watch = Stopwatch.StartNew();
        for (int n = 0; ; n++)
        {
            var wait = TimeSpan.FromSeconds(n / FeedPerSecond) - watch.Elapsed;
            if (over.IsCancellationRequested) return n;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, CancellationToken.None);
            int status = await wire.Send(Wire.Request("POST", "/api/v1/orders", Server.Key, BenchShop.Order(random, Skus), $"feed-{n}"));
            if (status != 201) throw new InvalidOperationException($"An order was answered with {status}.");
        }
    }

    private static double P99(double[] took) => took.Order().ElementAt((int)(took.Length * 0.99));
}
