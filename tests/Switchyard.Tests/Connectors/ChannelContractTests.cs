using Shouldly;
using Switchyard.Database;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>
/// What every sales channel keeps, from the vendor's shop over HTTP to our orders: whatever becomes of messages, of the vendor and of the server, there is one order for each of the vendor's, with the
/// same contents. An adapter joins by a class that makes its vendor.
/// </summary>
[Capability("CH-14", "CH-01")]
public abstract class ChannelContractTests
{
    private protected abstract VendorSim Make(SimClock? clock = null);

    /// <summary>Does the vendor send messages?</summary>
    private protected virtual bool SendsMessages => true;

    /// <summary>What its buyers, and whoever works in the shop, do on a day. Each part may be let pass before the next.</summary>
    private protected virtual IEnumerable<Action> Day(VendorSim sim)
    {
        var shop = sim.Shop;
        var placed = new List<SimOrder>();
        OrderWish plain(OrderWish wish) => wish with { Discount = null, Note = "" };
        for (int i = 0; i < 9; i++)
        {
            string sku = ConnectedShop.Goods[i % 3].Sku;
            int units = 1 + i % 4;
            yield return () => placed.Add(sim.Generator.Buy(sku, units, plain, "GB")!);
        }
        yield return () => placed.Add(sim.Generator.Buy("CUP", 2, w => plain(w) with { IsPaid = false }, "GB")!);
        yield return () => shop.Pay(placed[9]);
        yield return () => shop.SetQuantity(placed[1], placed[1].Lines[0].Id, placed[1].Lines[0].Current + 2);
        yield return () => shop.SetQuantity(placed[3], placed[3].Lines[0].Id, placed[3].Lines[0].Current - 1);
        yield return () => shop.AddLine(placed[2], "JUG", 1);
        yield return () => shop.Cancel(placed[4], "customer");
        yield return () => shop.Change(placed[5], o => o.ShipTo = o.ShipTo with { Street = "9 New Road", Postcode = "LS1 4DY" });
        yield return () => shop.Refund(placed[6], 100, "A scratch", paidOut: true);
        yield return () => shop.Change(placed[7], o => o.Note = "Leave it with the neighbour");
    }

    [Theory, BothDatabases]
    public async Task The_same_day_ends_the_same_however_its_messages_come(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind);
        var sims = new Dictionary<string, VendorSim>();
        string[] ways = SendsMessages ? ["ordered", "shuffled", "tripled", "forged", "dropped"] : ["dropped"];
        try
        {
            foreach (string way in ways)
            {
                var sim = sims[way] = (await SimHost.Listening(Make())).Stocked();
                await shop.Connect(sim, way, messages: way != "dropped");
                sim.Sender.Holds = way == "shuffled";
                sim.Sender.Copies = way == "tripled" ? 3 : 1;
                sim.Sender.ForgesToo = way == "forged";
                sim.Sender.DropsAll = way == "dropped";
            }
            await Task.WhenAll(sims.Values.Select(sim => Task.Run(() => { foreach (var act in Day(sim)) act(); })));
            if (sims.TryGetValue("shuffled", out var held))
            {
                held.Sender.Release(shuffled: true);
                held.Sender.Holds = false;
            }
            foreach (var (way, sim) in sims) await shop.BecomesEqual(sim, way);
            foreach (var (way, sim) in sims)
            {
                (await shop.OrderOf(way, sim.Shop.Orders[9].Key)).Text("paymentStatus").ShouldBe("paid", way);
                var back = (await shop.Get($"/orders/{(await shop.OrderOf(way, sim.Shop.Orders[6].Key)).Text("id")}/payments")).GetProperty("data").EnumerateArray().Where(p => p.Text("type") == "refund").ToList();
                back.Select(p => (p.Long("amountMinor"), p.Text("tender"))).ShouldBe([(100L, back[0].Text("tender"))], $"{way}: given back once");
                var counts = (await shop.Get("/connections/" + way)).GetProperty("health").GetProperty("counts");
                if (way == "tripled") counts.Long("repeated").ShouldBeGreaterThan(0);
                if (way == "forged") await shop.Until(async () => (await shop.Get("/connections/forged")).GetProperty("health").GetProperty("counts").Long("forged") > 0);
            }
            await Fulfilment.Works.BooksAreRight(shop);
        }
        finally { foreach (var sim in sims.Values) await sim.DisposeAsync(); }
    }

    [Theory, BothDatabases]
    public async Task What_happened_while_the_channel_was_away_is_there_once_it_is_back(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind, fakeClock: true);
        await using var sim = (await SimHost.Listening(Make(new SimClock(shop.Clock)))).Stocked();
        string channel = "away";
        void pass() => shop.Clock!.Advance(TimeSpan.FromSeconds(20));
        await shop.Connect(sim, channel);
        var day = Day(sim).ToList();
        foreach (var act in day.Take(6)) act();
        await shop.BecomesEqual(sim, channel, pass);

        // Two hours of nothing but errors, and of messages that nobody got.
        (sim.Always, sim.Sender.DropsAll) = (Mood.Broken, true);
        foreach (var act in day.Skip(6).Take(4)) act();
        for (int i = 0; i < 8; i++)
        {
            long asked = sim.Calls.Count;
            shop.Clock!.Advance(TimeSpan.FromMinutes(15));
            // The longer it fails, the more seldom it is asked.
            await shop.Until(() => { pass(); return Task.FromResult(sim.Calls.Count > asked); });
        }
        await shop.Until(async () => { pass(); return (await Fulfilment.Works.Troubles(shop, "channel_silent")).Count == 1; });
        (await shop.Get("/connections/away")).GetProperty("health").Text("state").ShouldBe("failing");

        // Then its credentials are not good, and somebody is told; then it has too many calls; then all is well.
        sim.Always = Mood.Refused;
        await shop.Until(async () => { pass(); return (await Fulfilment.Works.Troubles(shop, "channel_refused")).Count == 1; });
        foreach (var act in day.Skip(10)) act();
        sim.Always = Mood.Throttled;
        await shop.Until(() => { pass(); return Task.FromResult(sim.Calls[^1].Mood == Mood.Throttled); });
        sim.Always = Mood.Fine;
        await shop.BecomesEqual(sim, channel, pass);
        await shop.Until(async () => { pass(); return (await Fulfilment.Works.Troubles(shop, "channel_silent")).Count + (await Fulfilment.Works.Troubles(shop, "channel_refused")).Count == 0; });
    }

    [Theory, BothDatabases]
    public async Task A_server_that_is_killed_while_orders_come_loses_none_and_takes_none_twice(DatabaseKind kind)
    {
        var settings = await Template.Copy(kind);
        await using var sim = (await SimHost.Listening(Make())).Stocked();
        await using var server = await ServerProcess.Start(settings, new Dictionary<string, string> { ["SWITCHYARD_WEBHOOK_ALLOW"] = "127.0.0.1", ["SWITCHYARD_WEBHOOK_HTTP"] = "1", ["SWITCHYARD_BOOTSTRAP_KEY"] = Shop.AdminKey });
        async Task<string> send(HttpMethod method, string path, object? body)
        {
            using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
            using var answer = await server.Http.SendAsync(request);
            string text = await answer.Content.ReadAsStringAsync();
            answer.IsSuccessStatusCode.ShouldBeTrue($"{path} {text}");
            return text;
        }
        foreach (var (sku, _) in ConnectedShop.Goods) await send(HttpMethod.Post, "/products", new { sku, name = sku, kind = "goods", weightGrams = 100 });
        await send(HttpMethod.Put, "/channels/killed", new { name = "Killed" });
        await send(HttpMethod.Put, "/connections/killed", new { adapter = sim.Adapter, baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = sim.Secrets, callsPerMinute = 60_000 });
        await send(HttpMethod.Post, "/connections/killed/test", new { });
        await send(HttpMethod.Post, "/connections/killed/start", new { });
        for (int kill = 0; kill < 2; kill++)
        {
            for (int i = 0; i < 12; i++) sim.Generator.Buy(ConnectedShop.Goods[i % 3].Sku, 1 + i % 2, w => w with { Discount = null }, "GB");
            await Until(async () => (await send(HttpMethod.Get, "/connections/killed/orders?limit=200", null)).Contains("\"externalId\"", StringComparison.Ordinal));
            await server.Kill();
            sim.Generator.Buy("CUP", 1, w => w with { Discount = null }, "GB");
            await server.Restart();
        }
        await send(HttpMethod.Post, "/connections/killed/ask", new { });
        await Until(async () =>
        {
            using var json = System.Text.Json.JsonDocument.Parse(await send(HttpMethod.Get, "/connections/killed/orders?limit=200&state=taken", null));
            return json.RootElement.GetProperty("data").GetArrayLength() == sim.Shop.Orders.Count;
        });
        await server.Kill();
        await using var after = await Shop.Open(kind, settings: settings);
        var ours = await after.Ours("killed");
        ours.ShouldBe(ConnectedShop.At(sim));
        await Fulfilment.Works.BooksAreRight(after);
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        var deadline = DateTime.UtcNow.AddMinutes(3);
        while (!await isSo())
        {
            (DateTime.UtcNow < deadline).ShouldBeTrue("it did not become so within three minutes");
            await Task.Delay(50);
        }
    }
}

[Capability("CH-04")]
public sealed class WooCommerceChannelTests : ChannelContractTests
{
    private protected override VendorSim Make(SimClock? clock = null) => new WooCommerceSim(clock: clock) { EndsTls = true };
}
