using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Switchyard.Access;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Orders;
using Switchyard.Sourcing;

namespace Switchyard.Bench;

/// <summary>The order writer in process, without HTTP: the reference of rows 3 and 10.</summary>
internal static class WriterAlone
{
    private const int Callers = 64;
    private const double WarmUpSeconds = 2;

    /// <returns>Orders of three lines a second, once warm.</returns>
    public static async Task<double> Rate(string database, int seconds, int skus, int seed)
    {
        var settings = DatabaseSettings.Parse(database);
        await using var db = new Db(settings, TimeProvider.System);
        var catalog = new CatalogReader(db);
        using var writer = new OrderWriter(db, catalog, new NetworkReader(db, catalog, TimeProvider.System), new PolicyReader(db), new OrderNumbers(db), new FindOrder(db), TimeProvider.System, NullLogger<OrderWriter>.Instance);
        await writer.StartAsync(CancellationToken.None);
        await Place(writer, WarmUpSeconds, skus, -seed);
        double rate = await Place(writer, seconds, skus, seed);
        await writer.StopAsync(CancellationToken.None);
        return rate;
    }

    private static async Task<double> Place(OrderWriter writer, double seconds, int skus, int seed)
    {
        int placed = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed * 1000 + caller);
            var actor = Actor.House("bench", 1);
            for (int n = 0; watch.Elapsed.TotalSeconds < seconds; n++)
            {
                var request = JsonSerializer.Deserialize<PlaceOrder.Request>(BenchShop.Order(random, skus), Json.Options)!;
                var answer = await writer.Place(actor with { Stamp = new RequestStamp($"alone-{seed}-{caller}-{n}", new byte[32]) }, request);
                if (answer.IsOk) Interlocked.Increment(ref placed);
            }
        })));
        return placed / watch.Elapsed.TotalSeconds;
    }
}
