using System.Globalization;
using System.Text;
using Switchyard.Access;

namespace Switchyard.Http;

/// <summary>One figure of a room for <c>GET /metrics</c>.</summary>
/// <param name="Name">Of the form <c>switchyard_orders_lines_waiting</c>; a sum that only grows ends in <c>_total</c>.</param>
public sealed record Gauge(string Name, string Help, Func<double> Read);

/// <summary>A figure that is read from the database when it is asked for.</summary>
public sealed record QueueGauge(string Name, string Help, Func<Database.Db, DateTimeOffset, Task<double>> Read);

/// <summary>What the process does at this moment, in the text form that Prometheus reads (version 0.0.4).</summary>
public static class Metrics
{
    private static readonly IReadOnlyList<Gauge> OfProcess =
    [
        new("process_cpu_seconds_total", "CPU time of the process", () => Environment.CpuUsage.TotalTime.TotalSeconds),
        new("process_resident_memory_bytes", "Memory of the process", () => Environment.WorkingSet),
        new("dotnet_gc_heap_bytes", "Memory of living objects", () => GC.GetTotalMemory(forceFullCollection: false)),
        new("dotnet_gc_collections_total", "Garbage collections of the oldest generation", () => GC.CollectionCount(2)),
        new("dotnet_threadpool_queue_length", "Work that waits for a thread", () => ThreadPool.PendingWorkItemCount),
        new("dotnet_threadpool_threads", "Threads that work", () => ThreadPool.ThreadCount),
    ];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", async (IEnumerable<Gauge> gauges, IEnumerable<QueueGauge> queues, Database.Db db, TimeProvider clock) => Results.Text(Write([.. OfProcess, .. gauges, .. await Read(queues, db, clock.GetUtcNow())]), "text/plain; version=0.0.4; charset=utf-8"))
            .Requires(Permission.SettingsRead).OnlyForTheHouse().WithName("metrics.read").WithSummary("Read the figures for monitoring").WithTags("Health").Produces<string>(200, "text/plain");

    private static async Task<List<Gauge>> Read(IEnumerable<QueueGauge> queues, Database.Db db, DateTimeOffset now)
    {
        var read = new List<Gauge>();
        foreach (var queue in queues)
        {
            double value = await queue.Read(db, now);
            read.Add(new Gauge(queue.Name, queue.Help, () => value));
        }
        return read;
    }

    private static string Write(IReadOnlyList<Gauge> gauges)
    {
        var text = new StringBuilder();
        foreach (var gauge in gauges)
            text.Append(CultureInfo.InvariantCulture, $"# HELP {gauge.Name} {gauge.Help}\n# TYPE {gauge.Name} {(gauge.Name.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge")}\n{gauge.Name} {gauge.Read()}\n");
        return text.ToString();
    }
}
