using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Simulators;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Connectors;

/// <summary>
/// What every sales channel keeps, from the vendor's shop over HTTP to our orders: whatever becomes of messages, of the vendor and of the server, there is one order for each of the vendor's, with the
/// same contents. An adapter joins by a class that makes its vendor.
/// </summary>
[Capability("CH-14", "CH-01", "P5", "P13", "L25")]
public abstract class ChannelContractTests
{
    /// <summary>Pieces that no listing of a connection shows.</summary>
    private const long KeptBack = 2;

    private protected abstract VendorSim Make(SimClock? clock = null);

    /// <summary>Does the vendor send messages, by itself and to the address that it is told?</summary>
    private protected virtual bool SendsMessages => true;

    /// <summary>What is done by hand at a vendor so that its messages reach us.</summary>
    private protected virtual void Hears(VendorSim sim, string url) { }

    /// <summary>The vendor lets itself be asked only once in a while (<see cref="Switchyard.Connectors.ChannelManifest.AskEvery"/>): the day passes by a clock that is moved on.</summary>
    private protected virtual bool PassesTime => false;

    /// <summary>Does the vendor tell, with an order, what was given back?</summary>
    private protected virtual bool TellsRefunds => true;

    /// <summary>May somebody have more units of an order than were bought, or another thing beside them?</summary>
    private protected virtual bool Raises => true;

    /// <summary>Can an order that is paid be called off, by the channel when it is told?</summary>
    private protected virtual bool CancelsPaid => true;

    /// <summary>Parcels that the vendor knows of an order.</summary>
    private protected virtual int ParcelsOf(SimOrder order) => order.Shipments.Count;

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
        yield return () => shop.SetQuantity(placed[1], placed[1].Lines[0].Id, placed[1].Lines[0].Current + (Raises ? 2 : -1));
        yield return () => shop.SetQuantity(placed[3], placed[3].Lines[0].Id, placed[3].Lines[0].Current - 1);
        yield return () => { if (Raises) shop.AddLine(placed[2], "JUG", 1); };
        yield return () => shop.Cancel(placed[4], "customer");
        yield return () => shop.Change(placed[5], o => o.ShipTo = o.ShipTo with { Street = "9 New Road", Postcode = "LS1 4DY" });
        yield return () => shop.Refund(placed[6], 100, "A scratch", paidOut: true);
        yield return () => shop.Change(placed[7], o => o.Note = "Leave it with the neighbour");
    }

    [Theory, BothDatabases]
    public async Task The_same_day_ends_the_same_however_its_messages_come(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind, fakeClock: PassesTime);
        Action? pass = PassesTime ? () => shop.Clock!.Advance(TimeSpan.FromMinutes(1)) : null;
        var sims = new Dictionary<string, VendorSim>();
        string[] ways = SendsMessages ? ["ordered", "shuffled", "tripled", "forged", "dropped"] : ["dropped"];
        try
        {
            foreach (string way in ways)
            {
                var sim = sims[way] = (await SimHost.Listening(Make(PassesTime ? new SimClock(shop.Clock) : null))).Stocked();
                await shop.Connect(sim, way, messages: way != "dropped", buffer: KeptBack);
                if (way != "dropped") Hears(sim, (await shop.Get("/connections/" + way)).Text("messageUrl")!);
                sim.Sender.Holds = way == "shuffled";
                sim.Sender.Copies = way == "tripled" ? 3 : 1;
                sim.Sender.ForgesToo = way == "forged";
                sim.Sender.DropsAll = way == "dropped";
            }
            bool renews = ConnectorsRoom.Channels().Single(c => c.Manifest.Code == sims["dropped"].Adapter).Manifest.Can.Contains("renews");
            await Task.WhenAll(sims.Select(s => Task.Run(() =>
            {
                foreach (var act in Day(s.Value))
                {
                    act();
                    if (s.Key == "dropped" && renews) s.Value.ExpireTokens();
                }
            })));
            if (sims.TryGetValue("shuffled", out var held))
            {
                held.Sender.Release(shuffled: true);
                held.Sender.Holds = false;
            }
            foreach (var (way, sim) in sims) await shop.BecomesEqual(sim, way, pass);
            foreach (var (way, sim) in sims)
            {
                (await shop.OrderOf(way, sim.Shop.Orders[9].Key)).Text("paymentStatus").ShouldBe("paid", way);
                if (TellsRefunds)
                {
                    var back = (await shop.Get($"/orders/{(await shop.OrderOf(way, sim.Shop.Orders[6].Key)).Text("id")}/payments")).GetProperty("data").EnumerateArray().Where(p => p.Text("type") == "refund").ToList();
                    back.Select(p => p.Long("amountMinor")).ShouldBe([100L], $"{way}: given back once");
                }
                var counts = (await shop.Get("/connections/" + way)).GetProperty("health").GetProperty("counts");
                if (way == "tripled") counts.Long("repeated").ShouldBeGreaterThan(0);
                if (way == "forged") await shop.Until(async () => (await shop.Get("/connections/forged")).GetProperty("health").GetProperty("counts").Long("forged") > 0);
            }
            await HearsOfItsOrders(shop, ways[0], sims[ways[0]], pass);
            foreach (var (way, sim) in sims) await ShowsWhatMayBeSold(shop, way, sim, pass);
            await Fulfilment.Works.BooksAreRight(shop);
        }
        finally { foreach (var sim in sims.Values) await sim.DisposeAsync(); }
    }

    /// <summary>A parcel is told once, and an order that is called off here is called off there.</summary>
    private async Task HearsOfItsOrders(Shop shop, string channel, VendorSim sim, Action? pass)
    {
        var (kept, off) = (sim.Shop.Orders[0], sim.Shop.Orders[8]);
        string order = (await shop.OrderOf(channel, kept.Key)).Text("id")!, other = (await shop.OrderOf(channel, off.Key)).Text("id")!;
        // The same day at five shops is the same buyer five times, who is looked at; and where time passes, orders are released by themselves.
        foreach (var hold in (await shop.Order(order)).GetProperty("holds").EnumerateArray().Where(h => h.Text("state") == "open")) await shop.Post($"/orders/{order}/release-hold", new { kind = hold.Text("kind"), reason = "No repeat" });
        if (await shop.Releases(order) is not [var work, ..]) work = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0];
        string release = work.Text("id")!;
        await shop.Run(release, "start-picking", "pick", "pack");
        await shop.Post($"/fulfilments/{release}/ship", new { carrier = "Royal Mail", service = "Tracked 48", packages = new[] { new { package = 1, tracking = "TRK1" } } });
        await shop.Post($"/orders/{other}/cancel", new { reason = "Out of stock" });
        var told = new Dictionary<string, string>();
        try
        {
            await shop.Until(async () =>
            {
                pass?.Invoke();
                told = (await shop.Get($"/connections/{channel}/tasks")).GetProperty("data").EnumerateArray().ToDictionary(t => t.Text("kind")!, t => t.Text("state") + " " + t.Text("said"));
                return told.Count == 2 && told.Values.All(t => !t.StartsWith("waiting", StringComparison.Ordinal));
            });
        }
        catch (ShouldAssertException) { told.Values.ShouldBeEmpty("all of it is told"); }
        told["shipped"].ShouldStartWith("done");
        sim.Shop.Read(_ => ParcelsOf(kept)).ShouldBe(1);
        // What a channel cannot do is a person's.
        told["cancelled"].ShouldStartWith(CancelsPaid ? "done" : "parked");
        sim.Shop.Read(_ => off.IsCancelled).ShouldBe(CancelsPaid);
    }

    private static async Task ShowsWhatMayBeSold(Shop shop, string channel, VendorSim sim, Action? pass)
    {
        foreach (var (sku, _) in ConnectedShop.Goods)
        {
            long shows = 0, wanted = 0;
            try
            {
                await shop.Until(async () =>
                {
                    pass?.Invoke();
                    (shows, wanted) = (sim.Shop.Read(s => s.BySku(sku)!.Available), (await shop.Get("/inventory?sku=" + sku)).Long("atp") - KeptBack);
                    return shows == wanted;
                });
            }
            catch (ShouldAssertException) { throw new ShouldAssertException($"{channel} shows {shows} {sku}, not {wanted}: {await shop.Get($"/connections/{channel}/listings")}"); }
        }
    }

    [Fact, Trait("Kind", "Database")]
    public Task What_happened_while_the_channel_was_away_is_there_once_it_is_back() => IsAway(DatabaseKind.Sqlite);

    private protected async Task IsAway(DatabaseKind kind)
    {
        await using var shop = await ConnectedShop.Open(kind, fakeClock: true);
        await using var sim = (await SimHost.Listening(Make(new SimClock(shop.Clock)))).Stocked();
        string channel = "away";
        void pass() => shop.Clock!.Advance(TimeSpan.FromSeconds(20));
        await shop.Connect(sim, channel, messages: SendsMessages);
        if (SendsMessages) Hears(sim, (await shop.Get("/connections/" + channel)).Text("messageUrl")!);
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
}

[Capability("CH-04")]
public sealed class WooCommerceChannelTests : ChannelContractTests
{
    private protected override VendorSim Make(SimClock? clock = null) => new WooCommerceSim(clock: clock) { EndsTls = true };
    private protected override int ParcelsOf(SimOrder order) => order.Remarks.Count(r => r.Text.Contains("tracking number", StringComparison.Ordinal));

    /// <summary>Which statements are run while a channel is away is the room's, not the vendor's: one vendor shows it on the other database.</summary>
    [Fact, Trait("Kind", "Database")]
    public Task What_happened_while_the_channel_was_away_is_there_on_PostgreSQL_too() => IsAway(DatabaseKind.Postgres);
}

[Capability("CH-05")]
public sealed class ShopifyChannelTests : ChannelContractTests
{
    // Points are the adapter's own contract: here there are enough of them.
    private protected override VendorSim Make(SimClock? clock = null)
    {
        var sim = new ShopifySim(clock: clock);
        sim.GivePoints(100_000, 10_000);
        return sim;
    }
}

/// <summary>
/// Its messages come by an event bus of the seller's own, which is set up by hand. It tells of no refund with an order, nobody has more of one than was bought, and it is not called off by a seller here.
/// </summary>
[Capability("CH-02")]
public sealed class AmazonChannelTests : ChannelContractTests
{
    private protected override VendorSim Make(SimClock? clock = null) => new AmazonSim(clock: clock);
    private protected override void Hears(VendorSim sim, string url) => ((AmazonSim)sim).PushTo = (url, AmazonSim.MessageKey);
    private protected override bool PassesTime => true;
    private protected override bool TellsRefunds => false;
    private protected override bool Raises => false;
    private protected override bool CancelsPaid => false;
}

[Capability("CH-03")]
public sealed class EbayChannelTests : ChannelContractTests
{
    private protected override VendorSim Make(SimClock? clock = null) => new EbaySim(clock: clock);
}

[Capability("CH-06")]
public sealed class MagentoChannelTests : ChannelContractTests
{
    private protected override VendorSim Make(SimClock? clock = null) => new MagentoSim(clock: clock);
    private protected override bool SendsMessages => false;
    private protected override bool CancelsPaid => false;
}

[Capability("CH-20")]
public sealed class VendureChannelTests : ChannelContractTests
{
    private protected override VendorSim Make(SimClock? clock = null) => new VendureSim(clock: clock);
    private protected override bool SendsMessages => false;
}
