using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using Shouldly;
using Switchyard.Database;
using Switchyard.Log;
using Switchyard.Tests.Log;
using Switchyard.Webhooks;
using Xunit.Abstractions;

namespace Switchyard.Tests.Webhooks;

/// <summary>The log on a real broker, which is killed meanwhile. Debian's rabbitmq-server runs on loopback, in a folder of its own.</summary>
[Collection(Alone.Name)]
[Capability("P12", "P13")]
public sealed class RabbitSinkTests(ITestOutputHelper output, RabbitSinkTests.Broker broker) : IClassFixture<RabbitSinkTests.Broker>
{
    private static readonly ConsumerPace Quick = new() { Poll = TimeSpan.FromMilliseconds(200), BetweenBatches = TimeSpan.FromMilliseconds(10), Backoff = [TimeSpan.FromMilliseconds(100)] };

    [Theory, BothDatabases]
    public async Task Every_entry_reaches_the_broker_in_order_per_order_though_it_is_away_for_a_while(DatabaseKind kind)
    {
        if (broker.Missing is { } why) { output.WriteLine("Not run: " + why); return; }
        string queue = "all-" + kind;
        await Declare(queue);
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 1000);
        await using var sink = new RabbitSink(broker.Address, shop.Db);
        using var run = new RunConsumers([EventConsumer.Outward(RabbitSink.Consumer, sink.Deliver)], shop.Db, shop.Services.GetRequiredService<CommitHorizon>(), Quick,
            TimeProvider.System, NullLogger<RunConsumers>.Instance);
        await run.StartAsync(default);
        var orders = new List<string>();
        for (int i = 0; i < 5; i++) orders.Add(await Order());
        var got = new List<Told>();
        await Until(() => Has(orders));

        broker.Stop();                                          // as power loss would
        for (int i = 0; i < 5; i++) orders.Add(await Order());
        await shop.Db.Append("big", "TooLarge", new { text = new string('x', RabbitSink.MostBytes + 1) });
        await shop.Db.Append("big", "Tested");
        await Task.Delay(1500);
        (await Standing()).Long("lagEvents").ShouldBeGreaterThan(0, "it waits");
        broker.Start();
        await Until(() => Has(orders) && got.Count(g => g.Key.StartsWith("thing.")) >= 2);

        foreach (string order in orders)
            got.Where(g => g.Subject == order).Select(g => g.Sequence).Distinct().ShouldBe([1, 2, 3]);
        got.ShouldContain(g => g.Key == "order.OrderPlaced" && g.IsPersistent && g.Type == "switchyard.order.placed");
        var big = got.First(g => g.Key == "thing.TooLarge").Json;
        big.TryGetProperty("data", out _).ShouldBeFalse();
        var read = (await Shop.Read(await shop.Http.GetAsync(big.Text("dataref")), 200)).GetProperty("data")[0];
        read.Text("id").ShouldBe(big.Text("id"), "the reference leads to the entry");
        (await Standing()).Long("parked").ShouldBe(0, "nothing was set aside because the broker was away");
        await run.StopAsync(default);

        async Task<string> Order()
        {
            string id = (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("id")!;
            await shop.Post($"/orders/{id}/hold", new { reason = "look" });
            await shop.Post($"/orders/{id}/cancel", new { reason = "no" });
            return id;
        }
        bool Has(List<string> all) => all.TrueForAll(order => got.Any(g => g.Subject == order && g.Sequence == 3));
        Task Until(Func<bool> isSo) => LogTesting.Until(async () => { got.AddRange(await Take(queue)); return isSo(); }, "the messages", 300);
        async Task<JsonElement> Standing() => (await shop.Get("/consumers")).GetProperty("data").EnumerateArray().Single(c => c.Text("name") == RabbitSink.Consumer);
    }

    private sealed record Told(string Key, string Type, bool IsPersistent, string Body)
    {
        public JsonElement Json => JsonDocument.Parse(Body).RootElement;
        public string Subject => Json.Text("subject")!;
        public long Sequence => long.Parse(Json.Text("sequence")!, CultureInfo.InvariantCulture);
    }

    private async Task Declare(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = broker.Address }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(RabbitSink.Exchange, ExchangeType.Topic, durable: true, autoDelete: false);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(queue, RabbitSink.Exchange, "#");
    }

    private async Task<List<Told>> Take(string queue)
    {
        var found = new List<Told>();
        await using var connection = await new ConnectionFactory { Uri = broker.Address, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
            found.Add(new Told(message.RoutingKey, message.BasicProperties.Type ?? "", message.BasicProperties.Persistent, System.Text.Encoding.UTF8.GetString(message.Body.Span)));
        return found;
    }

    /// <summary>One broker for the class.</summary>
    public sealed class Broker : IDisposable
    {
        private readonly string _folder = Path.Combine(Path.GetTempPath(), $"switchyard-rabbit-{Environment.ProcessId}");
        private readonly int[] _ports = [TestPostgres.FreePort(), TestPostgres.FreePort(), TestPostgres.FreePort()];

        public Broker() => Missing = Start();

        /// <summary>Why there is none.</summary>
        public string? Missing { get; }
        public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_ports[0]}/"));

        public string? Start() => Script(["start", _folder, .. _ports.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        public void Stop() => Script("stop", _folder);

        public void Dispose()
        {
            Stop();
            try { Directory.Delete(_folder, recursive: true); } catch (IOException) { /* temporary anyhow */ }
        }

        private static string? Script(params string[] arguments)
        {
            var start = new ProcessStartInfo(Path.Combine(TestPostgres.Root, "eng", "rabbitmq"), arguments) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : error;
        }
    }
}
