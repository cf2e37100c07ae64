using System.Collections.Concurrent;
using System.Globalization;
using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>
/// Many buyers for the last units, over HTTP, against one and two server processes. SWITCHYARD_RACE_CLIENTS says how many
/// (48 when not said), SWITCHYARD_SEED where the dice begin.
/// </summary>
[Collection(Alone.Name)]
[Trait("Long", "race")]
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int Rounds = 2, Steps = 8, Units = 20, StormKeys = 8;
    private static readonly int Clients = Numbers.FromEnvironment("SWITCHYARD_RACE_CLIENTS", 48);

    /// <summary>Two of these stock what is promised; the third is what a client may do to its own things.</summary>
    private sealed record Client(Api[] Doors, Random Dice, ConcurrentDictionary<int, int> Answers, ConcurrentQueue<string> Surprises)
    {
        public Queue<string> Orders { get; } = [];
        public Queue<string> Reservations { get; } = [];
        public long[] Adjusted { get; } = new long[4];

        public Api Door => Doors[Dice.Next(Doors.Length)];

        /// <summary>Counts an answer; whatever the race does not allow is kept to be shown.</summary>
        public Reply Saw(Reply reply, params string[] allowed)
        {
            Answers.AddOrUpdate(reply.Status, 1, (_, n) => n + 1);
            if (!reply.IsOk && !allowed.Contains(reply.Code)) Surprises.Enqueue($"{reply.Status} {reply.Text}");
            return reply;
        }
    }

    [Theory, InlineData(DatabaseKind.Postgres, 1), InlineData(DatabaseKind.Postgres, 2), InlineData(DatabaseKind.Sqlite, 1)]
    [Trait("Kind", "Database"), Capability("P1", "P2", "P3", "P4", "P5", "P9", "L1", "L2")]
    public async Task Nobody_gets_what_is_not_there_and_all_that_is_there_can_be_bought(DatabaseKind kind, int processes)
    {
        int seed = Numbers.Seed(output);
        var settings = Shop.NewDatabase(kind);
        await using var first = await ServerProcess.Start(settings);
        await using var second = processes == 2 ? await ServerProcess.Start(settings) : null;
        Api[] doors = second is null ? [new Api(first.Http)] : [new Api(first.Http), new Api(second.Http)];
        for (int round = 0; round < Rounds; round++)
        {
            var answers = new ConcurrentDictionary<int, int>();
            var surprises = new ConcurrentQueue<string>();
            var clients = Enumerable.Range(0, Clients).Select(i => new Client(doors, new Random(HashCode.Combine(seed, round, i)), answers, surprises)).ToList();
            string mark = string.Create(CultureInfo.InvariantCulture, $"r{round}-");
            await LastUnits(clients, mark);
            await Storms(clients, mark);
            await Everything(clients, mark);
            output.WriteLine($"round {round}: {Clients} clients, {processes} processes on {kind}, answers {Counted(answers)}");
            surprises.ShouldBeEmpty();
        }
        await Books.ShouldVerify(settings, output);
    }

    /// <summary>Twenty of each of two SKUs; everybody wants one of both, half of them in the other order.</summary>
    private static async Task LastUnits(List<Client> clients, string mark)
    {
        string a = mark + "LAST-A", b = mark + "LAST-B";
        await clients[0].Doors[0].Product(a, Units);
        await clients[0].Doors[0].Product(b, Units);
        var replies = await Task.WhenAll(clients.Select((client, i) => Buy(client, i % 2 == 0 ? [(a, 1), (b, 1)] : [(b, 1), (a, 1)])));
        replies.Count(r => r.Status == 201).ShouldBe(Math.Min(Units, Clients));
        replies.Count(r => r.Code == "orders.short").ShouldBe(Math.Max(0, Clients - Units));
        var books = await Books.Read(clients[0].Door, [a, b]);
        books.Allocated(a).ShouldBe(Math.Min(Units, Clients));
        books.Allocated(b).ShouldBe(Math.Min(Units, Clients));
    }

    /// <summary>Everybody sends the same few orders at once: under one key, and under one external id of the channel without or with own keys.</summary>
    private static async Task Storms(List<Client> clients, string mark)
    {
        string sku = mark + "STORM";
        await clients[0].Doors[0].Product(sku, 3 * StormKeys);
        var bodies = Enumerable.Range(0, StormKeys).Select(n => Given.Order((sku, 1))).ToList();
        var byKey = await Task.WhenAll(clients.Select(client => InAnyOrder(client, n => client.Door.Post("/orders", bodies[n], $"{mark}key-{n}"))));
        var byExternal = await Task.WhenAll(clients.Select((client, i) => InAnyOrder(client, n =>
            client.Door.Post("/orders", new Dictionary<string, object?>(bodies[n]) { ["externalId"] = $"{mark}ext-{n}" }, i % 2 == 0 ? null : $"{mark}own-{i}-{n}"))));
        for (int n = 0; n < StormKeys; n++)
        {
            byKey.Select(r => r[n].Text).Distinct().ShouldHaveSingleItem("one key, one answer");
            byKey.Count(r => !r[n].IsReplay).ShouldBe(1, "one key, one order");
            byExternal.Select(r => r[n].Id).Distinct().Count().ShouldBe(1, "one external id, one order");
            byExternal.Count(r => r[n].Status == 201).ShouldBe(1, "one external id, placed once");
        }
        var books = await Books.Read(clients[0].Door, [sku]);
        books.Allocated(sku).ShouldBe(2 * StormKeys);
    }

    /// <summary>Orders of crossed lines, bundles that share parts, cancels, adjustments, reservations and their conversion, all at once.</summary>
    private static async Task Everything(List<Client> clients, string mark)
    {
        string[] skus = [.. "ABCD".Select(c => mark + c)];
        foreach (string sku in skus) await clients[0].Doors[0].Product(sku, Units);
        await clients[0].Doors[0].Product(mark + "AB", 0, new[] { new { sku = skus[0], quantity = 1 }, new { sku = skus[1], quantity = 2 } });
        await clients[0].Doors[0].Product(mark + "BC", 0, new[] { new { sku = skus[2], quantity = 1 }, new { sku = skus[1], quantity = 1 } });
        await Task.WhenAll(clients.Select(async client =>
        {
            for (int step = 0; step < Steps; step++) await Step(client, mark, skus);
        }));
        var api = clients[0].Doors[0];
        var books = await Books.Read(api, skus);
        for (int i = 0; i < skus.Length; i++) books.Balances[skus[i]].Long("onHand").ShouldBe(Units + clients.Sum(c => c.Adjusted[i]), skus[i]);
        await BuyTheRest(clients[0], books, skus);
    }

    private static async Task Step(Client client, string mark, string[] skus)
    {
        int dice = client.Dice.Next(100), which = client.Dice.Next(skus.Length), other = (which + 1 + client.Dice.Next(3)) % skus.Length;
        if (dice < 35) await Keep(client, Buy(client, [(skus[which], client.Dice.Next(1, 3)), (skus[other], 1)]));
        else if (dice < 45) await Keep(client, Buy(client, [(mark + (client.Dice.Next(2) == 0 ? "AB" : "BC"), 1), (skus[which], 1)]));
        else if (dice < 50) await Keep(client, Buy(client, [(skus[which], 2)], onShort: client.Dice.Next(2) == 0 ? "hold" : "backorder"));
        else if (dice < 65 && client.Orders.TryDequeue(out string? order)) client.Saw(await client.Door.Insist($"/orders/{order}/cancel", new { reason = "race" }));
        else if (dice < 75)
        {
            long delta = client.Dice.Next(2) == 0 ? 1 : -1;
            if (client.Saw(await client.Door.Insist("/inventory/adjustments", Api.Adjustment(skus[which], delta))).IsOk) client.Adjusted[which] += delta;
        }
        else if (dice < 90)
        {
            var reply = client.Saw(await client.Door.Insist("/inventory/reservations", new
            {
                owner = "race",
                ttlSeconds = 600,
                items = new[] { new { sku = skus[which], quantity = 1 }, new { sku = skus[other], quantity = 1 } },
            }), "inventory.not_enough");
            if (reply.IsOk) client.Reservations.Enqueue(reply.Id);
        }
        else if (client.Reservations.TryDequeue(out string? reservation)) await Race(client, reservation, skus[which]);
    }

    /// <summary>A reservation is converted by two orders and released, all three at once: its units are given back once.</summary>
    private static async Task Race(Client client, string reservation, string sku)
    {
        var body = new Dictionary<string, object?>(Given.Order((sku, 1))) { ["reservation"] = reservation };
        var orders = new[] { client.Door, client.Door }.Select(d => d.Insist("/orders", body)).ToList();
        var released = client.Door.Insist($"/inventory/reservations/{reservation}/release", new { });
        foreach (var reply in await Task.WhenAll(orders)) client.Saw(reply, "orders.short", "orders.reservation_not_found");
        client.Saw(await released, "inventory.reservation_not_active");
    }

    /// <summary>What is said to be available is sold unit by unit, and then there is no more.</summary>
    private static async Task BuyTheRest(Client client, Books books, string[] skus)
    {
        foreach (string sku in skus)
        {
            long left = Math.Max(0, books.Balances[sku].Long("available"));
            for (long n = 0; n < left; n++) (await Buy(client, [(sku, 1)])).Status.ShouldBe(201, $"{sku}: unit {n + 1} of {left} is there");
            (await Buy(client, [(sku, 1)])).Code.ShouldBe("orders.short");
        }
    }

    private static async Task<Reply> Buy(Client client, (string, long)[] lines, string? onShort = null)
    {
        var body = Given.Order(lines);
        if (onShort is not null) body["onShort"] = onShort;
        return client.Saw(await client.Door.Insist("/orders", body), "orders.short");
    }

    private static async Task Keep(Client client, Task<Reply> buying)
    {
        if (await buying is { Status: 201 } reply) client.Orders.Enqueue(reply.Id);
    }

    private static async Task<Reply[]> InAnyOrder(Client client, Func<int, Task<Reply>> send)
    {
        var replies = new Reply[StormKeys];
        int[] order = [.. Enumerable.Range(0, StormKeys)];
        client.Dice.Shuffle(order);
        await Task.WhenAll(order.Select(async n => replies[n] = client.Saw(await WithPatience(() => send(n)))));
        return replies;
    }

    /// <summary>On a crowded machine a repeat may be told to come again: it does, as every well-made client.</summary>
    private static async Task<Reply> WithPatience(Func<Task<Reply>> send)
    {
        for (int attempt = 0; ; attempt++)
        {
            var reply = await send();
            if (attempt == 30 || reply.Code is not ("request.in_progress" or "server.busy" or "server.unavailable")) return reply;
            await Task.Delay(TimeSpan.FromSeconds(reply.RetryAfter ?? 1));
        }
    }

    private static string Counted(IEnumerable<KeyValuePair<int, int>> answers) =>
        string.Join(", ", answers.OrderBy(a => a.Key).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key}: {a.Value}")));
}
