using System.Diagnostics;
using System.Text;

namespace Switchyard.Bench;

/// <summary>Row 10: a file of orders read by the command line, against the lines a second of the writer alone, in process.</summary>
internal static class ImportBench
{
    private const int Skus = 10_000, Orders = 10_000, Lines = 3;

    public static async Task Run(Report report, int seconds, int pairs)
    {
        using var cluster = new Cluster();
        string folder = Directory.CreateTempSubdirectory("switchyard-bench-").FullName;
        foreach (var (name, database) in new[] { ("SQLite", Path.Combine(folder, "shop.db")), ("PostgreSQL", cluster.Create("shop")) })
        {
            using (var server = new Server(database))
            {
                await server.Ready();
                await BenchShop.Fill(server, Skus);
            }
            foreach (string mode in new[] { "open", "history" })
            {
                var rates = new List<(double, double)>();
                for (int pair = 1; pair <= pairs; pair++)
                {
                    string file = Path.Combine(folder, "orders.csv");
                    await File.WriteAllTextAsync(file, Csv($"{mode}-{name}-{pair}", pair));
                    var watch = Stopwatch.StartNew();
                    var (code, output) = Machine.Run("dotnet", [Server.Program, "import", "orders", file, "--mapping", "simple", "--as", mode],
                        new Dictionary<string, string> { ["SWITCHYARD_DATABASE"] = database });
                    if (code != 0) throw new InvalidOperationException(output);
                    double ours = Orders * Lines / watch.Elapsed.TotalSeconds;
                    rates.Add((ours, Lines * await WriterAlone.Rate(database, seconds, Skus, 900 + pair + mode.Length * 10)));
                }
                report.Ratio(10, $"import {Orders:N0} orders of {Lines} lines as {mode}, {name}", ">= 0.25 x of the writer alone", rates, " lines/s", "the program's start included");
            }
        }
        Directory.Delete(folder, recursive: true);
    }

    private static string Csv(string series, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("externalId,sku,quantity,unitPrice,placedAt,customerName,email,line1,city,postcode,country,method\n");
        for (int order = 1; order <= Orders; order++)
        {
            int buyer = random.Next(BenchShop.Buyers);
            for (int line = 0; line < Lines; line++)
                text.Append($"{series}-{order},S{line * (Skus / Lines) + random.Next(1, Skus / Lines + 1)},1,19.99,2026-01-02 03:04:05,A Buyer,buyer{buyer}@example.test,{buyer} Mill Lane,Manchester,M1 1AE,GB,standard\n");
        }
        return text.ToString();
    }
}
