using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Webhooks;

namespace Switchyard.Tests.Webhooks;

/// <summary>A shop whose webhooks may reach loopback, and look for work often.</summary>
internal static class WebhookShop
{
    public static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false, DatabaseSettings? settings = null)
    {
        var shop = await Shop.Open(kind, fakeClock, settings);
        shop.Services.GetRequiredService<OutwardHttp>().Allowed = OutwardAddresses.Allowing("127.0.0.1");
        shop.Settings().Poll = TimeSpan.FromMilliseconds(50);
        shop.Settings().Timeout = TimeSpan.FromSeconds(60);      // a receiver on a full machine is slow: what it has taken is not to be sent again
        return shop;
    }

    public static WebhookSettings Settings(this Shop shop) => shop.Services.GetRequiredService<WebhookSettings>();

    /// <summary>Makes a webhook; its id and secret.</summary>
    public static async Task<(string Id, string Secret)> Webhook(this Shop shop, string url, params string[] kinds)
    {
        var made = await shop.Post("/webhooks", new { url, kinds = kinds.Length == 0 ? ["*"] : kinds });
        return (made.Text("id")!, made.GetProperty("secrets")[0].Text("secret")!);
    }

    public static async Task<List<JsonElement>> Deliveries(this Shop shop, string webhook, string query = "") =>
        [.. (await shop.Get($"/webhooks/{webhook}/deliveries?limit=250{query}")).GetProperty("data").EnumerateArray()];

    public static async Task<string?> State(this Shop shop, string webhook) => (await shop.Get("/webhooks/" + webhook)).Text("state");

    /// <summary>Things that happen: each an entry on the log that names itself.</summary>
    public static async Task<string> Order(this Shop shop, string sku = "MUG") => (await shop.Post("/orders", Given.Order((sku, 1)))).Text("id")!;
}
