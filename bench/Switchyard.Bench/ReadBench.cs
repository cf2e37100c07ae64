using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Switchyard.Bench;

/// <summary>Row 4, what can be had where, against an endpoint that does nothing; and row 7, an order of 1,000 lines against one of 10.</summary>
internal static class ReadBench
{
    private const int Clients = 64, Skus = 10_000, BasketSkus = 20, LongOrder = 1_000, ShortOrder = 10, Repeats = 5;

    public static async Task Run(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        using var server = new Server(cluster.Create("shop"));
        await server.Ready();
        await BenchShop.Fill(server, Skus);
        cluster.Psql("shop", "vacuum analyze");
        await Ask(server, TimeSpan.FromSeconds(2), Basket);
        var rates = new List<(double, double)>();
        for (int pair = 1; pair <= pairs; pair++)
            rates.Add((await Ask(server, TimeSpan.FromSeconds(seconds), Basket), await Ask(server, TimeSpan.FromSeconds(seconds), _ => Wire.Request("GET", "/healthz/live", Server.Key, null))));
        report.Ratio(4, $"availability of {BasketSkus} SKUs for a postcode, PostgreSQL", ">= 0.25 x the rate of GET /healthz/live", rates, "/s", "");
        await LongOrders(report, server, pairs);
    }

    internal static byte[] Basket(Random random)
    {
        int part = Skus / BasketSkus;
        string items = string.Join(',', Enumerable.Range(0, BasketSkus).Select(i => $$"""{"sku":"S{{i * part + random.Next(1, part + 1)}}","quantity":1}"""));
        return Wire.Request("POST", "/api/v1/availability", Server.Key, $$"""{"items":[{{items}}],"destination":{"country":"GB","postcode":"M1 1AE"},"channel":"web"}""");
    }

    internal static async Task<double> Ask(Server server, TimeSpan length, Func<Random, byte[]> request)
    {
        int answered = 0;
        var made = Enumerable.Range(0, Clients).Select(client => new Random(client)).Select(random => Enumerable.Range(0, PlaceBench.MadeBefore).Select(_ => request(random)).ToArray()).ToArray();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            using var wire = new Wire();
            await wire.Open(server.Port);
            for (int n = 0; watch.Elapsed < length; n++)
            {
                int status = await wire.Send(made[client][n % PlaceBench.MadeBefore]);
                if (status != 200) throw new InvalidOperationException($"The server answered {status}.");
                Interlocked.Increment(ref answered);
            }
        })));
        return answered / watch.Elapsed.TotalSeconds;
    }

    private static async Task LongOrders(Report report, Server server, int pairs)
    {
        using var http = server.Client();
        var (place, read, edit) = (new List<(double, double)>(), new List<(double, double)>(), new List<(double, double)>());
        for (int pair = 0; pair <= pairs; pair++)
        {
            var (placedLong, readLong, editedLong) = await Order(http, LongOrder, pair);
            var (placedShort, readShort, editedShort) = await Order(http, ShortOrder, 100 + pair);
            if (pair == 0) continue;                                                                      // the first round warms up
            place.Add((placedLong, placedShort));
            read.Add((readLong, readShort));
            edit.Add((editedLong, editedShort));
        }
        foreach (var (name, times) in new[] { ("place", place), ("read", read), ("edit every line of", edit) })
            report.Ratio(7, $"{name} an order of {LongOrder:N0} lines, PostgreSQL", $"<= 100 x one of {ShortOrder}", times, " ms", "");
    }

    /// <summary>Milliseconds to place, to read and to edit an order of so many lines, the median of a few.</summary>
    private static async Task<(double Place, double Read, double Edit)> Order(HttpClient http, int lines, int seed)
    {
        var random = new Random(seed);
        var (place, read, edit) = (new List<double>(), new List<double>(), new List<double>());
        for (int i = 0; i < Repeats; i++)
        {
            string id = "";
            place.Add(await Time(async () => id = JsonDocument.Parse(await BenchShop.Ok(http.PostAsync("orders", Body(BenchShop.Order(random, Skus, lines))))).RootElement.GetProperty("id").GetString()!));
            read.Add(await Time(() => BenchShop.Ok(http.GetAsync("orders/" + id))));
            string wishes = string.Join(',', Enumerable.Range(1, lines).Select(line => $$"""{"line":{{line}},"quantity":2}"""));
            edit.Add(await Time(() => BenchShop.Ok(http.PostAsync($"orders/{id}/edit", Body($$"""{"lines":[{{wishes}}]}""")))));
        }
        return (Machine.Median(place), Machine.Median(read), Machine.Median(edit));
    }

    private static StringContent Body(string json) => new(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static async Task<double> Time(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
