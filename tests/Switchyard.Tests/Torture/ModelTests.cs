using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Orders;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>
/// Random commands to the real server and to a reference model; after each step both must say the same. SWITCHYARD_MODEL_STEPS says
/// how many (250 a run when not said), SWITCHYARD_SEED where the dice begin, SWITCHYARD_MODEL_RUNS how many runs follow each other, each
/// with dice of its own. A divergence is shrunk to a few steps.
/// </summary>
[Trait("Long", "model")]
public sealed class ModelTests(ITestOutputHelper output)
{
    private const int MostShrinking = 60, WholeLookEvery = 50;
    private static readonly int Steps = Numbers.FromEnvironment("SWITCHYARD_MODEL_STEPS", 250), Runs = Numbers.FromEnvironment("SWITCHYARD_MODEL_RUNS", 1);
    private static readonly string[] Nodes = ["MAIN", "EAST", "WEST"];
    private static readonly string[] Skus = ["A", "B", "C", "D"], Bundles = ["KIT-1", "KIT-2"];

    [Theory, BothDatabases(1), BothDatabases(3), Capability("P30", "P1", "P3", "P4", "P5", "P9")]
    public async Task The_server_and_the_reference_model_never_disagree(DatabaseKind kind, int nodes)
    {
        int first = Numbers.Seed(output);
        for (int seed = first; seed < first + Runs; seed++) await Compare(kind, nodes, seed);
    }

    private async Task Compare(DatabaseKind kind, int nodes, int seed)
    {
        var dice = new Random(seed);
        var steps = Enumerable.Range(0, Steps).Select(i => Roll(dice, i, nodes)).ToList();
        var found = await Run(kind, nodes, steps);
        if (found is null) return;
        steps = await Shrink(kind, nodes, steps[..(found.Value.At + 1)]);
        var again = await Run(kind, nodes, steps);
        Assert.Fail($"SWITCHYARD_SEED={seed}, {kind}, {nodes} nodes, first seen at step {found.Value.At}: {found.Value.What}\n"
            + $"shrunk to {steps.Count} steps:\n  {string.Join("\n  ", steps)}\n{again?.What}");
    }

    /// <summary>Leaves out steps, large runs of them first, as long as it still goes wrong.</summary>
    private async Task<List<Step>> Shrink(DatabaseKind kind, int nodes, List<Step> steps)
    {
        int tries = 0;
        for (int size = Math.Max(1, steps.Count / 2); size >= 1 && tries < MostShrinking; size /= 2)
            for (int at = steps.Count - size; at >= 0 && tries < MostShrinking; at -= size)
            {
                if (at + size > steps.Count) continue;
                var fewer = steps.Where((_, i) => i < at || i >= at + size).ToList();
                tries++;
                if (await Run(kind, nodes, fewer) is { } still) steps = fewer[..(still.At + 1)];
            }
        return steps;
    }

    private async Task<(int At, string What)?> Run(DatabaseKind kind, int nodes, List<Step> steps)
    {
        await using var shop = await Shop.Open(kind, fakeClock: true);
        var run = new ModelRun(shop, nodes);
        await run.Arrange();
        int i = 0;
        try
        {
            for (; i < steps.Count; i++)
            {
                await run.Do(steps[i]);
                if (i % WholeLookEvery == 0) await run.LookAtAllOrders();
            }
            i = steps.Count - 1;
            await run.LookAtAllOrders();
        }
        catch (Exception e) when (e is ShouldAssertException or KeyNotFoundException or JsonException) { return (i, $"{steps[i]}: {e.Message}"); }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}, {nodes} nodes, {steps.Count} steps: {run}"));
        return null;
    }

    /// <param name="at">Steps so far: about a tenth of them made an order, fewer a reservation.</param>
    private static Step Roll(Random dice, int at, int nodes)
    {
        string sku = Skus[dice.Next(Skus.Length)];
        return dice.Next(100) switch
        {
            < 5 => new Step.Create(sku, []),
            < 8 => new Step.Create(Bundles[dice.Next(Bundles.Length)], [(Skus[0], dice.Next(1, 3)), (Skus[dice.Next(1, Skus.Length)], 1)]),
            < 22 => Adjustment(dice, sku, at, nodes),
            < 25 when nodes == 1 => new Step.Safety(sku, dice.Next(3)),
            < 34 => new Step.Reserve(Lines(dice, isKnown: dice.Next(20) > 0), dice.Next(1, 4) * 60),
            < 37 => new Step.Extend(dice.Next(2 + at / 25), dice.Next(1, 4) * 60),
            < 41 => new Step.Release(dice.Next(2 + at / 25)),
            < 68 => new Step.Place(Lines(dice, isKnown: dice.Next(20) > 0), dice.Next(10) switch { < 6 => "refuse", < 8 => "hold", _ => "backorder" },
                dice.Next(3) == 0 ? $"key-{dice.Next(12 + at / 20)}" : null, dice.Next(3) == 0 ? $"ext-{dice.Next(12 + at / 20)}" : null, dice.Next(4) == 0 ? dice.Next(2 + at / 25) : null),
            < 76 => new Step.Cancel(dice.Next(2 + at / 10)),
            < 78 => new Step.Hold(dice.Next(2 + at / 10)),
            < 80 => new Step.Unhold(dice.Next(2 + at / 10)),
            < 92 => WorkStep.Roll(dice, sku, at, nodes),
            < 97 => GoodsStep.Roll(dice, sku, at, nodes),
            _ => new Step.Wait(dice.Next(1, 90)),
        };
    }

    // Counts grow with the run, since what is allocated does too and a count says what is on the shelf with it.
    // With several nodes the model knows only sums, so nothing is rolled whose outcome depends on which node has what.
    private static Step.Adjust Adjustment(Random dice, string sku, int at, int nodes)
    {
        int? ago = dice.Next(3) == 0 ? dice.Next(200) : null;
        if (nodes > 1) return new Step.Adjust(sku, dice.Next(nodes), dice.Next(1, 6), null, false, ago);
        bool isUnavailable = dice.Next(5) == 0;
        return dice.Next(2) == 0 ? new Step.Adjust(sku, 0, dice.Next(5) == 0 ? -dice.Next(1, 4) : dice.Next(1, isUnavailable ? 3 : 12), null, isUnavailable, ago)
            : new Step.Adjust(sku, 0, null, dice.Next(isUnavailable ? 3 : 15 + at / 4), isUnavailable, ago);
    }

    private static (string, long)[] Lines(Random dice, bool isKnown) => [.. Enumerable.Range(0, dice.Next(1, 4)).Select(_ =>
        (!isKnown ? "NOBODY-KNOWS" : dice.Next(5) == 0 ? Bundles[dice.Next(Bundles.Length)] : Skus[dice.Next(Skus.Length)], (long)dice.Next(1, 4)))];

    /// <summary>A server and a model side by side.</summary>
    private sealed class ModelRun(Shop shop, int nodes)
    {
        private readonly Api _api = new(shop.Http);
        private readonly ReferenceModel _model = new();
        private readonly GoodsCaller _goods = new(new Api(shop.Http), () => shop.Clock!.GetUtcNow(), Nodes);
        private readonly WorkCaller _work = new(new Api(shop.Http), Nodes[0]);
        private readonly List<string> _orders = [], _reservations = [];
        private readonly Dictionary<string, string> _answers = [];
        private readonly System.Collections.Concurrent.ConcurrentDictionary<(string, string), int> _buyers = [];
        private readonly SortedDictionary<int, int> _statuses = [];

        public override string ToString() => $"{_orders.Count} orders, {_reservations.Count} reservations, answers {string.Join(", ", _statuses.Select(s => $"{s.Key}: {s.Value}"))}";

        public async Task Arrange()
        {
            for (int i = 1; i < nodes; i++) await _api.Must(HttpMethod.Post, "/nodes", new { code = Nodes[i], name = Nodes[i], kind = "warehouse", country = "GB" });
            // All products are there before the first order: one made later sets free the lines that were held for it, by a consumer in its own time.
            foreach (string sku in Skus) await Do(new Step.Create(sku, []));
            foreach (string bundle in Bundles) await Do(new Step.Create(bundle, [(Skus[0], 2), (Skus[1], 1)]));
        }

        public async Task Do(Step step)
        {
            if (step is GoodsStep.Send send) { if (await _goods.Send(send)) _model.Sent(send); await Settled(); return; }
            shop.Clock!.Advance(TimeSpan.FromMilliseconds(1));      // no two orders are of the same instant: their places in the queue differ
            var expected = _model.Do(step);
            if (await Ask(step, expected) is { } reply)
            {
                _statuses[reply.Status] = _statuses.GetValueOrDefault(reply.Status) + 1;
                (reply.Status, reply.IsOk ? null : reply.Code).ShouldBe((expected.Status, expected.Code), reply.Text);
                if (expected.Index is { } index && step is not GoodsStep) Named(step, expected, index, reply);
            }
            await Settled();
            int? order = step switch { Step.Place => expected.Index, Step.Cancel s => s.Order, Step.Hold s => s.Order, Step.Unhold s => s.Order, WorkStep s => s.OrderOf, _ => null };
            if (order < _orders.Count) Compare((await _api.Get("/orders/" + _orders[order.Value])).Json, _model.Orders[order.Value]);
        }

        public async Task LookAtAllOrders()
        {
            var orders = (await _api.All("/orders")).ToDictionary(o => o.Text("id")!);
            orders.Count.ShouldBe(_orders.Count, "orders");
            for (int i = 0; i < _orders.Count; i++) Compare(orders[_orders[i]], _model.Orders[i]);
        }

        private void Named(Step step, Expected expected, int index, Reply reply)
        {
            var names = step is Step.Reserve ? _reservations : _orders;
            if (index == names.Count) names.Add(reply.Id); else reply.Id.ShouldBe(names[index], "the same order as before");
            reply.IsReplay.ShouldBe(expected.IsReplay, "a replay");
            if (step is not Step.Place { Key: { } key } || reply.Status != 201) return;
            if (expected.IsReplay) reply.Text.ShouldBe(_answers[key]); else _answers[key] = reply.Text;
        }

        private async Task Settled()
        {
            await shop.Services.GetRequiredService<ServeWaiting>().Handle();
            await LookAtBalances();
        }

        private async Task<Reply?> Ask(Step step, Expected expected) => step switch
        {
            GoodsStep.Receive s => await _goods.Receive(s, expected),
            GoodsStep.Undo s => await _goods.Undo(s),
            GoodsStep.Count s => await _goods.Count(s),
            GoodsStep.Arrive s => expected.Status == 0 ? null : await _goods.Arrive(s),
            WorkStep or Step.Cancel when expected.Status == 0 => null,
            WorkStep.Edit s => await _work.Edit(OrderId(s.Order), s),
            WorkStep.Give s => await _work.Give(OrderId(s.Order)),
            WorkStep.Ship s => await _work.Ship(OrderId(s.Order)),
            WorkStep.Short s => await _work.Short(OrderId(s.Order), s),
            WorkStep.Sell s => await _work.Sell(s),
            Step.Create s => await _api.Post("/products", new
            {
                sku = s.Sku,
                name = s.Sku,
                kind = s.Parts.Length == 0 ? "goods" : "bundle",
                components = s.Parts.Select(p => new { sku = p.Sku, quantity = p.Quantity }),
            }),
            Step.Adjust s => await _api.Post("/inventory/adjustments", new
            {
                items = new[]
                {
                    new
                    {
                        sku = s.Sku, node = Nodes[s.Node], delta = s.Delta, setTo = s.SetTo, bucket = s.IsUnavailable ? "unavailable" : "onHand", reason = "model",
                        asOf = s.SecondsAgo is { } ago ? shop.Clock!.GetUtcNow().AddSeconds(-ago).ToString("o", CultureInfo.InvariantCulture) : null,
                    },
                },
            }),
            Step.Safety s => await _api.Send(HttpMethod.Put, "/inventory/safety", new { items = new[] { new { sku = s.Sku, node = Nodes[0], safety = s.Units } } }),
            Step.Reserve s => await _api.Post("/inventory/reservations", new { owner = "model", ttlSeconds = s.TtlSeconds, items = s.Items.Select(i => new { sku = i.Sku, quantity = i.Quantity }) }),
            Step.Extend s => await _api.Post($"/inventory/reservations/{ReservationId(s.Reservation)}/extend", new { ttlSeconds = s.TtlSeconds }),
            Step.Release s => await _api.Post($"/inventory/reservations/{ReservationId(s.Reservation)}/release", null),
            Step.Place s => await _api.Post("/orders", Body(s), s.Key),
            Step.Cancel s => await _api.Post($"/orders/{OrderId(s.Order)}/cancel", new { reason = "model" }),
            Step.Hold s => await _api.Post($"/orders/{OrderId(s.Order)}/hold", new { reason = "model" }),
            Step.Unhold s => await _api.Post($"/orders/{OrderId(s.Order)}/release-hold", new { kind = "manual" }),
            Step.Wait s => Advance(s.Seconds),
            _ => throw new NotSupportedException(),
        };

        private Reply? Advance(int seconds)
        {
            shop.Clock!.Advance(TimeSpan.FromSeconds(seconds));
            return null;
        }

        private string OrderId(int index) => index < _orders.Count ? _orders[index] : "ord_" + new string('0', 32);
        private string ReservationId(int index) => index < _reservations.Count ? _reservations[index] : "rsv_" + new string('0', 32);

        private Dictionary<string, object?> Body(Step.Place step)
        {
            // Who sends an order again sends it of the same buyer; other orders are of another, or they would be doubted as repeats.
            var body = Given.Order(_buyers.GetOrAdd((step.ExternalId ?? step.Key ?? _buyers.Count.ToString(CultureInfo.InvariantCulture), string.Join(',', step.Lines)), _ => Given.NextBuyer()), step.Lines);
            body["onShort"] = step.OnShort;
            if (step.ExternalId is not null) body["externalId"] = step.ExternalId;
            if (step.Reservation is { } reservation) body["reservation"] = ReservationId(reservation);
            return body;
        }

        private async Task LookAtBalances()
        {
            var shown = (await _api.All("/inventory")).ToDictionary(s => s.Text("sku")!, s => s.GetProperty("total"));
            foreach (var (sku, b) in _model.Balances)
            {
                long Of(string name) => shown.TryGetValue(sku, out var total) ? total.Long(name) : 0;
                (sku, Of("onHand"), Of("unavailable"), Of("allocated"), Of("reserved"), Of("safety"), Of("available"))
                    .ShouldBe((sku, b.OnHand, b.Unavailable, b.Allocated, b.Reserved, b.Safety, b.Available));
            }
        }

        private static void Compare(JsonElement shown, ReferenceModel.Order order)
        {
            string holds = string.Join(',', shown.GetProperty("holds").EnumerateArray().Where(h => h.Text("state") == "open").Select(h => h.Text("kind")).Order());
            (shown.Text("state"), holds).ShouldBe((order.State, string.Join(',', order.OpenHolds.Order())), shown.ToString());
            shown.GetProperty("lines").EnumerateArray().Where(l => l.Text("kind") != "bundle")
                .Select(l => (l.Text("sku"), l.Long("quantity"), l.Long("unallocated"), l.Long("backordered"), l.Long("allocated"), l.Long("released"), l.Long("picked"), l.Long("shipped"), l.Long("cancelled")))
                .ShouldBe(order.Lines.Select(l => ((string?)l.Sku, l.Quantity, l.Unallocated, l.Backordered, l.Allocated, l.Released - l.Picked, l.Picked, l.Shipped, l.Cancelled)), shown.ToString());
        }
    }
}
