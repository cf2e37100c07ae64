using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>A server of ours and a simulated vendor's shop that one of its channels is at.</summary>
internal static class ConnectedShop
{
    public static readonly IReadOnlyList<(string Sku, long Price)> Goods = [("CUP", 1_295), ("BOWL", 2_450), ("JUG", 3_900)];

    /// <summary>Vendors on loopback may be asked, as often as one likes, and there is something to send.</summary>
    public static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        Ready(shop);
        foreach (var (sku, price) in Goods) await shop.Product(sku, 10_000, priceMinor: price);
        return shop;
    }

    public static void Ready(Shop shop)
    {
        var outward = shop.Services.GetRequiredService<OutwardHttp>();
        (outward.Allowed, outward.AllowsPlainHttp) = (OutwardAddresses.Allowing("127.0.0.1"), true);
        var patience = shop.Services.GetRequiredService<ConnectorPatience>();
        (patience.Timeout, patience.FailuresBeforeRest, patience.LongestRest) = (TimeSpan.FromSeconds(60), 1_000_000, TimeSpan.Zero);
        patience.Waits = [TimeSpan.FromSeconds(1)];
        patience.AskEvery = patience.AskEveryWithoutMessages = TimeSpan.FromSeconds(2);
        patience.Doubt = TimeSpan.FromSeconds(5);                                      // of what no order is heard of: with the two minutes of real life a test would wait three
    }

    /// <summary>A shop at every vendor there is, not yet listening.</summary>
    public static IReadOnlyList<VendorSim> EveryVendor(SimClock? clock = null)
    {
        // Points are the adapter's own contract: here there are enough of them.
        var shopify = new ShopifySim(clock: clock);
        shopify.GivePoints(100_000, 10_000);
        return [new WooCommerceSim(clock: clock) { EndsTls = true }, shopify, new AmazonSim(clock: clock), new EbaySim(clock: clock), new MagentoSim(clock: clock), new VendureSim(clock: clock)];
    }

    /// <summary>The same goods are for sale at the vendor's.</summary>
    public static T Stocked<T>(this T sim) where T : VendorSim
    {
        foreach (var (sku, price) in Goods) sim.Shop.List(sku, "Product " + sku, price, 1_000);
        return sim;
    }

    /// <summary>A channel at the vendor's, set to work.</summary>
    public static async Task<string> Connect(this Shop shop, VendorSim sim, string channel, bool messages = true, DateTimeOffset? live = null, long buffer = 0)
    {
        await shop.Put("/channels/" + channel, new { name = "Shop " + channel });
        await shop.Put("/connections/" + channel, new
        {
            adapter = sim.Adapter, baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = sim.Secrets, methods = new Dictionary<string, string> { ["*"] = "standard" }, callsPerMinute = 60_000,
            goLiveAt = live, buffer,
        });
        var tested = await shop.Post($"/connections/{channel}/test", new { });
        tested.GetProperty("ok").GetBoolean().ShouldBeTrue(tested.GetRawText());
        var started = await shop.Post($"/connections/{channel}/start", new { withoutMessages = !messages });
        started.Text("state").ShouldBe("live");
        return started.Text("id")!;
    }

    /// <summary>An order as it should be, or as it is: its state, its units by SKU, its worth and where it goes.</summary>
    public sealed record Seen(string ExternalId, bool IsCancelled, string Units, long TotalMinor, string? Postcode);

    /// <summary>What the vendor has, but for what was cancelled.</summary>
    public static IReadOnlyList<Seen> At(VendorSim sim) => sim.Shop.Read(s => s.Orders.Where(o => !o.IsCancelled).Select(o => new Seen(o.Key, false,
        Units(o.Lines.Where(l => l.Current > 0).GroupBy(l => l.Listing.Sku).Select(g => (g.Key, (long)g.Sum(l => l.Current)))), o.TotalMinor, o.ShipTo.Postcode)).OrderBy(o => o.ExternalId, StringComparer.Ordinal).ToList());

    /// <summary>What a channel has with us, cancelled ones too.</summary>
    public static Task<List<Seen>> Ours(this Shop shop, string channel) => shop.Db.ReadAll(async work =>
    {
        var lines = (await work.Query(
            """
            select o.external_id, l.sku, sum(l.quantity - l.cancelled) from orders o join channels c on c.id = o.channel_id join order_lines l on l.order_id = o.id
             where c.code = @channel and l.kind = 'goods' group by o.external_id, l.sku
            """, row => (Id: row.Text(), Sku: row.Text(), Units: row.Sum()), ("channel", channel))).Where(l => l.Units > 0).ToLookup(l => l.Id, l => (l.Sku, l.Units));
        return await work.Query("select o.external_id, o.state, o.total_minor, o.ship_postcode from orders o join channels c on c.id = o.channel_id where c.code = @channel order by o.external_id",
            row => new Seen(row.Text(), row.Text() == "cancelled", "", row.Long(), row.TextOrNull()) is var o ? o with { Units = Units(lines[o.ExternalId]) } : null!, ("channel", channel));
    });

    /// <summary>Waits until both have the same, each order once; what the vendor cancelled is cancelled, or was never taken in.</summary>
    public static async Task BecomesEqual(this Shop shop, VendorSim sim, string channel, Action? between = null)
    {
        IReadOnlyList<Seen> theirs = [], ours = [];
        try
        {
            await shop.Until(async () =>
            {
                between?.Invoke();
                (theirs, ours) = (At(sim), await shop.Ours(channel));
                return Live(ours).SequenceEqual(theirs);
            });
        }
        catch (ShouldAssertException) { Live(ours).ShouldBe(theirs, await shop.Waiting(channel)); }
        ours.Select(o => o.ExternalId).ShouldBeUnique();
    }

    /// <summary>Waits until each order of a vendor's is taken in, by the channel that has the adapter's name.</summary>
    public static async Task BecomesTaken(this Shop shop, VendorSim sim, Action? between = null)
    {
        try
        {
            await shop.Until(async () =>
            {
                between?.Invoke();
                return (await shop.Get($"/connections/{sim.Adapter}/orders?limit=200&state=taken")).GetProperty("data").GetArrayLength() == sim.Shop.Orders.Count;
            });
        }
        catch (ShouldAssertException) { throw new ShouldAssertException($"{sim.Adapter} has {sim.Shop.Orders.Count} orders: {await shop.Waiting(sim.Adapter)}"); }
    }

    /// <summary>How the connection fares, and what became of its orders.</summary>
    public static async Task<string> Waiting(this Shop shop, string channel) => (await shop.Get($"/connections/{channel}")).GetProperty("health").GetRawText() + string.Join("; ",
        (await shop.Get($"/connections/{channel}/orders?limit=200")).GetProperty("data").EnumerateArray().Select(o => $"{o.Text("externalId")} {o.Text("state")} {o.Text("said")}"));

    public static async Task<JsonElement> OrderOf(this Shop shop, string channel, string externalId)
    {
        JsonElement told = default;
        try
        {
            await shop.Until(async () => (told = await Find(shop, channel, externalId)).ValueKind == JsonValueKind.Object && told.TryGetProperty("orderId", out var id) && id.ValueKind == JsonValueKind.String && told.Text("state") == "taken");
        }
        catch (ShouldAssertException) { throw new ShouldAssertException($"{externalId} is not taken in: {await shop.Waiting(channel)}"); }
        return await shop.Get("/orders/" + told.Text("orderId"));
    }

    private static async Task<JsonElement> Find(Shop shop, string channel, string externalId)
    {
        var answer = await shop.Send(HttpMethod.Get, $"/connections/{channel}/orders/{externalId}", null);
        return answer.IsSuccessStatusCode ? await Shop.Read(answer, 200) : default;
    }

    private static IEnumerable<Seen> Live(IEnumerable<Seen> ours) => ours.Where(o => !o.IsCancelled);
    private static string Units(IEnumerable<(string Sku, long Units)> lines) => string.Join(' ', lines.OrderBy(l => l.Sku, StringComparer.Ordinal).Select(l => $"{l.Units}×{l.Sku}"));
}
