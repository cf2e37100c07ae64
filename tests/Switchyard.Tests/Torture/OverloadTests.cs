using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>More orders at once than the queue holds: some are refused with the time to come back, none is lost, and then all is as before.</summary>
[Collection(Alone.Name)]
public sealed class OverloadTests(ITestOutputHelper output)
{
    private const int Wave = 6_000, Sockets = 3_000, LinesEach = 40;
    private static readonly TimeSpan MostRecovery = TimeSpan.FromSeconds(60);

    [Theory, BothDatabases, Capability("P15", "P4")]
    public async Task Overload_is_refused_and_not_suffered(DatabaseKind kind)
    {
        await using var server = await ServerProcess.Start(Shop.NewDatabase(kind));
        var api = new Api(server.Http);
        for (int i = 0; i < LinesEach; i++) await api.Product($"S{i}", 10_000_000);
        // Large orders fill the queue by lines; every one may be repeated under its own key.
        var body = Given.Order([.. Enumerable.Range(0, LinesEach).Select(i => ($"S{i}", 1L))]);
        var answers = new ConcurrentDictionary<int, int>();
        var placed = new ConcurrentBag<string>();
        var wrong = new ConcurrentQueue<string>();
        using var places = new SemaphoreSlim(Sockets);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Wave).Select(async n =>
        {
            await places.WaitAsync();
            try
            {
                var reply = await api.Post("/orders", body, string.Create(CultureInfo.InvariantCulture, $"wave-{n}"));
                answers.AddOrUpdate(reply.Status, 1, (_, c) => c + 1);
                if (reply.Status == 201) placed.Add(reply.Id);
                else if (reply.Status is not (429 or 503) || reply.RetryAfter is null) wrong.Enqueue($"{reply.Status} {reply.Text}");
            }
            finally { places.Release(); }
        }));
        var took = clock.Elapsed;
        clock.Restart();
        while ((await api.Post("/orders", body, string.Create(CultureInfo.InvariantCulture, $"after-{clock.ElapsedTicks}"))) is { Status: not 201 } still)
        {
            still.Status.ShouldBeOneOf(429, 503);
            clock.Elapsed.ShouldBeLessThan(MostRecovery, "it recovers by itself");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Wave} orders of {LinesEach} lines over {Sockets} sockets in {took.TotalSeconds:0.0} s: "
            + $"{string.Join(", ", answers.OrderBy(a => a.Key).Select(a => $"{a.Key}: {a.Value}"))}; recovered after {clock.Elapsed.TotalSeconds:0.0} s; at most {server.PeakMemory() / 1024 / 1024} MiB"));
        wrong.ShouldBeEmpty();
        placed.Count.ShouldBeGreaterThan(0);
        answers.GetValueOrDefault(429).ShouldBeGreaterThan(0, "the wave was larger than the queue");
        server.PeakMemory().ShouldBeLessThan(1024L * 1024 * 1024);
        (await api.Get("/inventory?sku=S0")).Json.GetProperty("total").Long("allocated").ShouldBe(placed.Count + 1, "the refused took nothing");
    }
}
