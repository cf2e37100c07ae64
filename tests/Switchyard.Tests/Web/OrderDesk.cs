using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Switchyard.Tests.Web;

/// <summary>
/// One shop for all tasks with orders, opened when the first test asks for it. Each test has orders of its own, so none disturbs another:
/// a server a test would cost more than the tests do.
/// </summary>
public sealed class OrderDesk : IAsyncDisposable, IAsyncLifetime
{
    public const string Password = BrowserShop.Password, CityOfMany = "Kirkby";
    private readonly Lazy<Task<BrowserShop>> _opened = new(Open);
    private readonly Lazy<Task> _many;
    private readonly ConcurrentDictionary<string, Task<string>> _sessions = new();

    public OrderDesk() => _many = new(Place500);

    public Task<BrowserShop> Opened => _opened.Value;
    public async Task<Shop> Shop() => (await Opened).Shop;

    private static async Task<BrowserShop> Open()
    {
        var opened = await BrowserShop.Open();
        var shop = opened.Shop;
        await shop.Product("MUG-MOSS", 5_000, priceMinor: 1000);
        await shop.Product("BOWL-INK", 500, priceMinor: 1000);
        await shop.Put("/channels/web", new { name = "Web", graceMinutes = 480 });
        await shop.Put("/hold-rules/risk", new
        {
            kind = "risk", position = 800, permission = "orders:reviewRisk",
            settings = new { limit = 50, signals = new object[] { new { signal = "value_above", weight = 40, threshold = 2500 }, new { signal = "many_of_email", weight = 30, threshold = 2 } } },
        });
        // Customer service does not judge fraud; whoever does has a role that the shop made for it.
        var service = (await shop.Get("/roles")).GetProperty("data").EnumerateArray().First(r => r.Text("id") == "customer-service");
        string[] rights = [.. service.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()!)];
        await shop.Post("/roles", new { id = "fraud-desk", name = "Fraud desk", permissions = (string[])[.. rights, "orders:reviewRisk", "events:read"] });
        foreach (var (user, name, role) in new[] { ("ann", "Ann Archer", "customer-service"), ("ben", "Ben Baker", "customer-service"), ("fay", "Fay Fisher", "fraud-desk") })
            await shop.Post("/users", new { userName = user, displayName = name, password = Password, roles = new[] { role } });
        return opened;
    }

    /// <summary>Somebody who has signed in, at this page, with what they work with.</summary>
    public async Task<Person> Person(string user, string path, Hand hand, ColorScheme scheme = ColorScheme.Light)
    {
        var opened = await Opened;
        string session = await _sessions.GetOrAdd(user, async _ =>
        {
            var page = await BrowserShop.SignIn(await opened.Page(), user, Password);
            string kept = await page.Context.StorageStateAsync();
            await page.CloseAsync();
            return kept;
        });
        return new Person(await opened.Page(path, hand == Hand.Finger ? Width.Phone : Width.Desk, scheme, session: session), hand);
    }

    /// <summary>An order to this place; the search finds it when this returns.</summary>
    public async Task<(string Id, string Number)> Order(string city, string postcode, params (string Sku, long Quantity)[] lines)
    {
        var shop = await Shop();
        var body = Given.Order(lines.Length == 0 ? [("MUG-MOSS", 2)] : lines);
        body["shippingAddress"] = new { name = "Ida Ilk", line1 = "4 Brook Street", city, postcode, country = "GB" };
        var placed = await shop.Post("/orders", body);
        await shop.Until(async () => (await shop.Get($"/orders?query={Uri.EscapeDataString($"postcode:\"{postcode}\" number:{placed.Text("number")}")}")).GetProperty("data").GetArrayLength() == 1);
        return (placed.Text("id")!, placed.Text("number")!);
    }

    /// <summary>An order that the rules hold: the third of one buyer, and worth more than usual.</summary>
    public async Task<(string Id, string Number)> RiskyOrder()
    {
        var shop = await Shop();
        int buyer = Given.NextBuyer();
        JsonElement placed = default;
        for (long units = 1; units <= 3; units++) placed = await shop.Post("/orders", Given.Order(buyer, ("BOWL-INK", units)));
        return (placed.Text("id")!, placed.Text("number")!);
    }

    /// <summary>Five hundred orders to one city; the search finds them when this returns.</summary>
    public Task Many() => _many.Value;

    private async Task Place500()
    {
        var shop = await Shop();
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            var body = Given.Order(("MUG-MOSS", 1));
            body["shippingAddress"] = new { name = "Mo Many", line1 = "1 Market Square", city = CityOfMany, postcode = "LA6 1AA", country = "GB" };
            await shop.Post("/orders", body);
        });
        await shop.Until(async () => (await shop.Get($"/orders?query=city:{CityOfMany}&count=true&limit=1")).GetProperty("count").Long("count") == 500);
    }

    public Task InitializeAsync() => Task.CompletedTask;
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_opened.IsValueCreated) await (await _opened.Value).DisposeAsync();
    }
}
