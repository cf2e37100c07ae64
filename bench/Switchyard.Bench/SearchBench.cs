using System.Diagnostics;
using System.Text.Json;

namespace Switchyard.Bench;

/// <summary>Row 6: lists and searches over a large history, each beside reading an order by its id on the same server.</summary>
internal static class SearchBench
{
    private const int Requests = 200, Counted = 60;

    public static async Task Run(Report report, int orders, int pairs, string? kept)
    {
        using var cluster = new Cluster(kept, []);
        string database = Made(cluster) ?? Make(cluster, report, orders);
        using var server = new Server(database);
        await server.Ready();
        using var http = server.Client();
        await CaughtUp(http);
        var sample = new Sample(cluster);
        foreach (var (name, path) in sample.Searches)
        {
            var times = new List<(double, double)>();
            await Time(server, _ => path(0), 20);
            for (int pair = 0; pair < pairs; pair++) times.Add((await Time(server, path, Requests), await Time(server, i => $"/orders/{sample.Id(i)}", Requests)));
            report.Ratio(6, $"{name}, p95 at {orders:N0} orders", "<= 20 x p95 of an order by id", times, " ms", "");
        }
        var counts = new List<(double, double)>();
        for (int pair = 0; pair < pairs; pair++) counts.Add((await Time(server, _ => "/orders?query=status:closed&count=true&limit=50", Counted), await Time(server, i => $"/orders/{sample.Id(i)}", Counted)));
        report.Ratio(6, $"list with a count beyond 10,000, p95 at {orders:N0} orders", "<= 20 x p95 of an order by id", counts, " ms", "");
    }

    private static string? Made(Cluster cluster) =>
        cluster.Psql("switchyard", "select 1 from pg_database where datname = 'shop'").Trim() == "1" ? cluster.Connection("shop") : null;

    private static string Make(Cluster cluster, Report report, int orders)
    {
        string database = cluster.Create("shop");
        var watch = Stopwatch.StartNew();
        var (code, output) = Machine.Run("dotnet", [Server.Program, "seed", "orders", "--count", orders.ToString(), "--seed", "1"],
            new Dictionary<string, string> { ["SWITCHYARD_DATABASE"] = database });
        if (code != 0) throw new InvalidOperationException(output);
        double seeded = watch.Elapsed.TotalSeconds;
        cluster.Psql("shop", "vacuum analyze");
        string size = cluster.Psql("shop", "select pg_size_pretty(pg_database_size('shop')) || ', words ' || pg_size_pretty(pg_total_relation_size('search_terms'))").Trim();
        report.Row(6, $"{orders:N0} orders made", $"{seeded:0} s", "-", size);
        return database;
    }

    /// <summary>Milliseconds below which 95 of 100 requests were answered, one after another.</summary>
    private static async Task<double> Time(Server server, Func<int, string> path, int requests)
    {
        using var wire = new Wire();
        await wire.Open(server.Port);
        var times = new List<double>(requests);
        for (int i = 0; i < requests; i++)
        {
            byte[] request = Wire.Request("GET", "/api/v1" + path(i), Server.Key, null);
            long start = Stopwatch.GetTimestamp();
            int status = await wire.Send(request);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (status != 200) throw new InvalidOperationException($"{path(i)} answered {status}.");
        }
        times.Sort();
        return times[(int)(times.Count * 0.95)];
    }

    private static async Task CaughtUp(HttpClient http)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromMinutes(20); await Task.Delay(1_000))
        {
            var consumers = JsonDocument.Parse(await http.GetStringAsync("consumers")).RootElement.GetProperty("data");
            if (consumers.GetArrayLength() > 0 && consumers.EnumerateArray().All(c => c.GetProperty("lagEvents").GetInt64() == 0)) return;
        }
        throw new InvalidOperationException("The consumers of the log did not catch up.");
    }

    /// <summary>What is asked for: taken from orders spread over the whole history.</summary>
    private sealed class Sample
    {
        private readonly string[][] _rows;

        public Sample(Cluster cluster) => _rows = [.. cluster.Psql("shop",
            """
            select replace(o.id::text, '-', ''), o.number, lower(split_part(o.customer_name, ' ', 2)), replace(o.ship_postcode, ' ', ''), l.sku, o.customer_email
              from orders o tablesample bernoulli(1) join order_lines l on l.order_id = o.id and l.line_no = 1
             order by random() limit 500
            """)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))];

        public string Id(int i) => "ord_" + Of(i, 0);

        public IEnumerable<(string Name, Func<int, string> Path)> Searches =>
        [
            ("first page", _ => "/orders?limit=50"),
            ("filter status:confirmed", _ => "/orders?query=status:confirmed&limit=50"),
            ("filter held:yes", _ => "/orders?query=held:yes&limit=50"),
            ("filter status:backordered", _ => "/orders?query=status:backordered&limit=50"),
            ("search by number", i => $"/orders?query={Of(i, 1)}"),
            ("search by name", i => $"/orders?query={Of(i, 2)}&limit=50"),
            ("search by postcode", i => $"/orders?query={Of(i, 3)}&limit=50"),
            ("search by SKU", i => $"/orders?query=sku:{Of(i, 4)}&limit=50"),
            ("search by email", i => $"/orders?query={Uri.EscapeDataString(Of(i, 5))}&limit=50"),
            ("name and SKU together", i => $"/orders?query={Uri.EscapeDataString($"name:{Of(i, 2)} sku:{Of(i, 4)}")}&limit=50"),
            .. Counts,
        ];

        /// <summary>What the list of orders in the web app asks for beside its page: how many each view has.</summary>
        private static IEnumerable<(string, Func<int, string>)> Counts =>
            new[] { ("to ship", "state:confirmed held:no"), ("held", "held:yes"), ("at risk", "atRisk:yes"), ("backordered", "status:backordered"), ("unpaid", "payment:pending state:(placed, confirmed)") }
                .Select(view => ("count of the view " + view.Item1, (Func<int, string>)(_ => $"/orders?query={Uri.EscapeDataString(view.Item2)}&count=true&limit=1&fields=number")))
                .Append(("page of the web app with its count", _ => "/orders?limit=50&count=true"))
                .Concat(new[] { "country:IS", "payment:failed", "type:wholesale", "priority:>0" }.Select(seldom => ("filter that fits few or none: " + seldom, (Func<int, string>)(_ => $"/orders?query={Uri.EscapeDataString(seldom)}&limit=50"))));

        private string Of(int i, int column) => _rows[i % _rows.Length][column];
    }
}
