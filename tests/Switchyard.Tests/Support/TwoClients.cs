using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;

namespace Switchyard.Tests;

/// <summary>A house that works for two merchants, alpha and beta, in one warehouse, SHED: both call their mug MUG-01, each under a barcode of its own.</summary>
public sealed class TwoClients : IAsyncDisposable
{
    public const string MugOfAlpha = "4006381333931", MugOfBeta = "5012345678900";
    private const string Password = "a long enough sentence";

    private TwoClients(Shop house, HttpClient alpha, HttpClient beta) => (House, Alpha, Beta) = (house, alpha, beta);

    public Shop House { get; }

    /// <summary>The first merchant's own system, with every right there is at it.</summary>
    public HttpClient Alpha { get; }
    public HttpClient Beta { get; }

    /// <param name="bins">Bins of the warehouse, as codes or with their kind.</param>
    public static async Task<TwoClients> Open(DatabaseKind kind, bool fakeClock = false, params object[] bins)
    {
        var shop = await Shop.Open(kind, fakeClock);
        async Task<HttpClient> merchant(string code, string name) => shop.Client((await shop.Post("/merchants", new { code, name, baseCurrency = "GBP" })).Text("key"));
        var (alpha, beta) = (await merchant("alpha", "Alpha"), await merchant("beta", "Beta"));
        await shop.Post("/nodes", new { code = "SHED", name = "Shed", kind = "warehouse", country = "GB", merchants = new[] { "alpha", "beta" } });
        if (bins.Length > 0) await shop.Put("/nodes/SHED/bins", new { items = bins.Select(b => b is string code ? new { code } : b) });
        foreach (var (http, barcode) in new[] { (alpha, MugOfAlpha), (beta, MugOfBeta) })
            await Send(http, HttpMethod.Post, "/products", new { sku = "MUG-01", name = "Mug", kind = "goods", weightGrams = 300, prices = Array.Empty<object>(), barcodes = new[] { new { barcode } } });
        return new TwoClients(shop, alpha, beta);
    }

    /// <summary>Puts mugs of a merchant into bins.</summary>
    public static Task<JsonElement> Fill(HttpClient merchant, params (string Bin, long Units)[] bins) =>
        Send(merchant, HttpMethod.Put, "/inventory/bins", new { items = bins.Select(b => new { node = "SHED", bin = b.Bin, sku = "MUG-01", quantity = b.Units }) });

    /// <summary>An order of so many mugs, given out; its release.</summary>
    public static async Task<string> Released(HttpClient merchant, long units = 1)
    {
        string order = (await Send(merchant, HttpMethod.Post, "/orders", Given.Order(("MUG-01", units)))).Text("id")!;
        return (await Send(merchant, HttpMethod.Post, $"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
    }

    /// <summary>A wave of carts of what waits, given out.</summary>
    public static async Task Wave(HttpClient merchant, int totes, int priority = 0)
    {
        string wave = (await Send(merchant, HttpMethod.Post, "/waves", new { node = "SHED", method = "cluster", totes, priority })).Text("id")!;
        await Send(merchant, HttpMethod.Post, $"/waves/{wave}/release", new { });
    }

    /// <summary>Somebody of the house's warehouse who works for both merchants too.</summary>
    public async Task<Browser> Picker(string name)
    {
        string id = (await House.Post("/users", new { userName = name, password = Password, roles = new[] { "warehouse" } })).Text("id")!;
        foreach (long merchant in await House.Db.ReadAll(work => work.Query("select id from merchants where code in ('alpha', 'beta') /* house */", row => row.Long())))
            (await House.Services.GetRequiredService<ChangeUser.Change>().Assign(id, new ChangeUser.RolesRequest(["warehouse"], null), Actor.House("cli", merchant), anyMerchant: true)).IsOk.ShouldBeTrue();
        return await new Browser(House).SignIn(name, Password);
    }

    public static async Task<JsonElement> Send(HttpClient http, HttpMethod method, string path, object? body = null) =>
        await Shop.Read(await Shop.Patiently(() => http.SendAsync(new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) })), null);

    public async ValueTask DisposeAsync()
    {
        Alpha.Dispose();
        Beta.Dispose();
        await House.DisposeAsync();
    }
}
