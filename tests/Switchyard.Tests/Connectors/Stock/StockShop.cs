using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Connectors;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>A shop in a hurry that is connected with simulated WooCommerce shops on loopback, which send no messages.</summary>
internal sealed class StockShop : IAsyncDisposable
{
    private readonly List<WooCommerceSim> _sims = [];

    private StockShop(Shop shop) => Shop = shop;

    public Shop Shop { get; }
    public IReadOnlyList<WooCommerceSim> Sims => _sims;
    public T Service<T>() where T : notnull => Shop.Services.GetRequiredService<T>();

    public static async Task<StockShop> Open(DatabaseKind kind, DatabaseSettings? settings = null)
    {
        var shop = await Shop.Open(kind, settings: settings);
        Hurry(shop.Services);
        return new StockShop(shop);
    }

    private static void Hurry(IServiceProvider services)
    {
        var http = services.GetRequiredService<OutwardHttp>();
        http.Allowed = OutwardAddresses.Allowing("127.0.0.1");
        http.AllowsPlainHttp = true;
        var patience = services.GetRequiredService<ConnectorPatience>();
        patience.Timeout = TimeSpan.FromSeconds(20);
        patience.Poll = TimeSpan.FromMilliseconds(100);
        patience.AskEvery = patience.AskEveryWithoutMessages = TimeSpan.FromMilliseconds(400);
        patience.AskAfterPush = TimeSpan.FromMilliseconds(200);
        patience.Doubt = TimeSpan.FromSeconds(1);
        patience.Waits = [TimeSpan.FromMilliseconds(100)];
        patience.MostTries = 1_000;
        patience.FailuresBeforeRest = 1_000;
        patience.LongestRest = TimeSpan.FromMilliseconds(200);
    }

    /// <summary>Another server on the same database, after the first has ended.</summary>
    public static async Task<StockShop> Again(StockShop before, DatabaseKind kind)
    {
        var settings = before.Shop.Settings;
        await before.Shop.DisposeAsync();
        var shop = await Open(kind, settings);
        shop._sims.AddRange(before._sims);
        return shop;
    }

    /// <summary>A channel with a shop behind it, at work.</summary>
    public async Task<WooCommerceSim> Connect(string channel, long buffer = 0, DateTimeOffset? goLiveAt = null)
    {
        var sim = new WooCommerceSim(channel, seed: 40 + _sims.Count) { EndsTls = true, RetryAfterSeconds = 0 };
        _sims.Add(await SimHost.Listening(sim));
        await Shop.Put("/channels/" + channel, new { name = channel, onShort = "hold" });
        await Connect(sim, channel, buffer, goLiveAt);
        return sim;
    }

    private async Task Connect(WooCommerceSim sim, string channel, long buffer, DateTimeOffset? goLiveAt)
    {
        string secret = Service<ConnectorSecrets>().Close(sim.Secrets);
        var now = DateTimeOffset.UtcNow;
        await Shop.Db.WriteAll(work => work.Execute(
            """
            insert into connections (id, merchant_id, channel_id, adapter, base_url, secret, state, go_live_at_ms, calls_per_minute, buffer, created_at_ms, changed_at_ms)
            select @id, c.merchant_id, c.id, 'woocommerce', @url, @secret, 'live', @golive::bigint, 600000, @buffer, @now, @now from channels c where c.code = @channel
            """, ("id", Guid.CreateVersion7(now)), ("url", sim.BaseUrl), ("secret", secret), ("buffer", buffer), ("golive", goLiveAt?.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds()), ("channel", channel)));
    }

    public async Task Pause(string channel, bool pauses = true) => await Shop.Db.WriteAll(work =>
        work.Execute("update connections set state = @state where channel_id = (select id from channels where code = @channel)", ("state", pauses ? "paused" : "live"), ("channel", channel)));

    /// <summary>Its orders are asked for no more until it is said again; what is being asked comes to its end first.</summary>
    public Task AskLater(string channel, bool later = true) => Shop.Until(async () => await Shop.Db.WriteAll(work => work.Execute(
        "update connections set lease_until_ms = @until where channel_id = (select id from channels where code = @channel) and (lease_until_ms = 0 or @until = 0)",
        ("until", later ? long.MaxValue / 2 : 0L), ("channel", channel))) > 0);

    public async Task<List<JsonElement>> Listings(string channel, string query = "") => [.. (await Shop.Get($"/connections/{channel}/listings?limit=200{query}")).GetProperty("data").EnumerateArray()];

    /// <summary>Listings may be read before the test has listed all: they are read again until it is among them.</summary>
    public async Task<JsonElement> Listing(string channel, string sku)
    {
        JsonElement? found = null;
        await Shop.Until(async () =>
        {
            found = (await Listings(channel)).Cast<JsonElement?>().FirstOrDefault(l => l!.Value.Text("listedSku") == sku);
            if (found is null)
                await Shop.Db.WriteAll(work => work.Execute("update connections set listings_due_ms = 0 where channel_id = (select id from channels where code = @channel)", ("channel", channel)));
            return found is not null;
        });
        return found!.Value;
    }

    public async Task Write(string channel, string sku, object body) =>
        (await Shop.Send(HttpMethod.Patch, $"/connections/{channel}/listings/{(await Listing(channel, sku)).Text("id")}", body)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);

    public static int Shows(WooCommerceSim sim, string sku) => sim.Shop.BySku(sku)!.Available;

    /// <summary>Waits until the shop shows so many, and nothing is left to be told.</summary>
    public async Task UntilShows(WooCommerceSim sim, string sku, Func<Task<long>> wanted)
    {
        long want = 0;
        await Listing(sim.Name, sku);
        try { await Shop.Until(async () => Shows(sim, sku) == (want = await wanted()) && (await Listing(sim.Name, sku)).Text("state") is "told" or "stopped"); }
        catch (ShouldAssertException) { throw new ShouldAssertException($"{sim.Name} shows {Shows(sim, sku)} {sku}, not {want}: {await Listing(sim.Name, sku)}"); }
    }

    public Task UntilShows(WooCommerceSim sim, string sku, long wanted) => UntilShows(sim, sku, () => Task.FromResult(wanted));

    public async Task<long> Atp(string sku) => (await Shop.Get("/inventory?sku=" + sku)).Long("atp");

    public async Task<List<JsonElement>> Orders(string channel) => [.. (await Shop.Get($"/orders?limit=200&query=channel:{channel}")).GetProperty("data").EnumerateArray()];

    /// <summary>Our order of one of the shop's, once it is taken in.</summary>
    public async Task<string> Taken(SimOrder order, string channel = "")
    {
        string? id = null;
        await Shop.Until(async () => (id = (await Shop.Db.ReadAll(work => work.Query("select t.order_id from channel_orders t join connections k on k.id = t.connection_id join channels c on c.id = k.channel_id where t.external_id = @id and t.state = 'taken' and (@channel = '' or c.code = @channel)",
            row => new Kernel.OrderId(row.Uuid()).ToString(), ("id", order.Key), ("channel", channel)))).FirstOrDefault()) is not null);
        return id!;
    }

    public Task<List<JsonElement>> Tasks(string channel) => Task.Run(async () => (await Shop.Get($"/connections/{channel}/tasks?limit=200")).GetProperty("data").EnumerateArray().ToList());

    public async ValueTask DisposeAsync()
    {
        await Shop.DisposeAsync();
        foreach (var sim in _sims) await sim.DisposeAsync();
    }
}
