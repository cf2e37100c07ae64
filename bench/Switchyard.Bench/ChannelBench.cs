using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Access;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Bench;

/// <summary>
/// Row 18: five connected shops that sell 20 orders a second between them and send messages, as shops do. How long a change of stock takes from its commit until a shop is told, as the server counts it and its API
/// shows it, and how long after a last unit is sold in one shop the four others show none: with it the message, the question for the order, and its placing.
/// </summary>
internal static class ChannelBench
{
    private const int Channels = 5, Skus = 60, LastUnits = 40;
    private const string Key = "sy_bench_administrator_key";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50), LongestWait = TimeSpan.FromSeconds(60);

    public static async Task Run(Report report, int seconds)
    {
        using (var cluster = new Cluster()) await On(report, "PostgreSQL", cluster.Create("shop"), seconds);
        string folder = Directory.CreateTempSubdirectory("switchyard-bench-").FullName;
        try { await On(report, "SQLite", Path.Combine(folder, "shop.db"), seconds); }
        finally { Directory.Delete(folder, recursive: true); }
    }

    private static async Task On(Report report, string name, string database, int seconds)
    {
        await using var app = await ServerHost.Build(DatabaseSettings.Parse(database), ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "Error"]);
        var outward = app.Services.GetRequiredService<OutwardHttp>();
        (outward.Allowed, outward.AllowsPlainHttp) = (OutwardAddresses.Allowing("127.0.0.1"), true);
        var db = app.Services.GetRequiredService<Db>();
        await ApiKeys.Bootstrap(db, Key, TimeProvider.System);
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        string[] skus = [.. Enumerable.Range(1, Skus).Select(s => $"S{s}")], last = [.. Enumerable.Range(1, LastUnits).Select(s => $"LAST{s}")];
        await Fill(http, skus, last);
        var sims = new List<WooCommerceSim>();
        for (int c = 1; c <= Channels; c++) sims.Add(await Connect(http, "shop" + c, c, skus, last));
        await Until(() => sims.TrueForAll(s => last.All(sku => s.Shop.BySku(sku)!.Available == 1)));
        await db.WriteAll(work => work.Execute("delete from channel_lags /* house */"));

        var (random, watch, placed, waits, late) = (new Random(18), Stopwatch.StartNew(), 0, new List<Task<double>>(), 0);
        for (int n = 0; watch.Elapsed.TotalSeconds < seconds; n++)
        {
            var seller = sims[random.Next(Channels)];
            // Last units are sold in between, evenly.
            int at = (int)(watch.Elapsed.TotalSeconds / seconds * LastUnits);
            if (at > waits.Count && seller.Generator.Buy(last[waits.Count]) is not null) { placed++; waits.Add(Gone(last[waits.Count], [.. sims.Where(s => s != seller)])); }
            else if (seller.Generator.Buy(skus[random.Next(Skus)]) is not null) placed++;
            var next = Between * (n + 1) - watch.Elapsed;
            if (next > TimeSpan.Zero) await Task.Delay(next); else late++;
        }
        double rate = placed / watch.Elapsed.TotalSeconds;
        double[] gone = [.. (await Task.WhenAll(waits)).Order()];
        // As anybody sees it.
        using var seen = JsonDocument.Parse(await BenchShop.Ok(http.GetAsync("connections")));
        var lags = seen.RootElement.GetProperty("data").EnumerateArray().Select(c => (Channel: c.GetProperty("channel").GetString(), Lag: c.GetProperty("health").GetProperty("stockLag")))
            .Select(c => (c.Channel, P50: c.Lag.GetProperty("p50Ms").GetInt64(), P99: c.Lag.GetProperty("p99Ms").GetInt64(), N: c.Lag.GetProperty("n").GetInt64())).ToList();
        report.Row(18, $"a last unit is sold in one shop until the {Channels - 1} others show none, {Channels} shops that sell {rate:0.0} orders a second, {name}: p99", $"{At(gone, 0.99):0} ms", "<= 2 s",
            $"p50 {At(gone, 0.5):0} ms, {At(gone, 1):0} ms at most, of {gone.Length}; {late} sales were late");
        report.Row(18, $"a change of stock is told to a shop, from its commit, as the API shows it, {name}: p99 of the slowest shop", $"{lags.Max(l => l.P99)} ms", "<= 2 s",
            $"{lags.Sum(l => l.N)} told; p50/p99 by shop {string.Join(", ", lags.Select(l => $"{l.P50}/{l.P99}"))} ms");
        foreach (var sim in sims) await sim.DisposeAsync();
        await app.StopAsync();
    }

    private static double At(double[] sorted, double part) => sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * part))];

    private static async Task<double> Gone(string sku, IReadOnlyList<WooCommerceSim> others)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < LongestWait && others.Any(s => s.Shop.BySku(sku)!.Available > 0)) await Task.Delay(10);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task Fill(HttpClient http, string[] skus, string[] last)
    {
        await BenchShop.Import(http, "products", "sku,name,kind,weight_grams\n" + string.Concat(skus.Concat(last).Select(s => $"{s},Product {s},goods,250\n")));
        string node = JsonDocument.Parse(await BenchShop.Ok(http.GetAsync("nodes?limit=1"))).RootElement.GetProperty("data")[0].GetProperty("code").GetString()!;
        await BenchShop.Import(http, "stock", "sku,node,quantity\n" + string.Concat(skus.Select(s => $"{s},{node},5000\n").Concat(last.Select(s => $"{s},{node},1\n"))));
    }

    private static async Task<WooCommerceSim> Connect(HttpClient http, string channel, int no, string[] skus, string[] last)
    {
        var sim = await SimHost.Listening(new WooCommerceSim(channel, seed: no) { EndsTls = true });
        foreach (string sku in skus.Concat(last)) sim.Shop.List(sku, "Product " + sku, 1_000, 0);
        await BenchShop.Ok(http.PutAsJsonAsync("channels/" + channel, new { name = channel, onShort = "hold" }));
        await BenchShop.Ok(http.PutAsJsonAsync("connections/" + channel, new { adapter = sim.Adapter, baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = sim.Secrets, methods = new Dictionary<string, string> { ["*"] = "standard" }, callsPerMinute = 60_000 }));
        await BenchShop.Ok(http.PostAsJsonAsync($"connections/{channel}/test", new { }));
        await BenchShop.Ok(http.PostAsJsonAsync($"connections/{channel}/start", new { }));
        return sim;
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (var watch = Stopwatch.StartNew(); !isSo();)
        {
            if (watch.Elapsed > LongestWait) throw new InvalidOperationException("The shops were not told what there is.");
            await Task.Delay(50);
        }
    }
}
