using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Messages;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Messages;

/// <summary>A shop whose mail server lives on loopback, and which is in a hurry.</summary>
internal static class MessageShop
{
    public static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        await shop.Product("MUG", 200);
        await shop.ReadyForMail();
        return shop;
    }

    /// <summary>Mail servers on loopback may be used, and messages wait for nothing.</summary>
    public static Task ReadyForMail(this Shop shop)
    {
        shop.Services.GetRequiredService<MailServers>().Allowed = OutwardAddresses.Allowing("127.0.0.1");
        shop.Services.GetRequiredService<SmtpMessenger>().Patience = TimeSpan.FromSeconds(60);
        var pace = shop.Services.GetRequiredService<MessagePace>();
        pace.Poll = TimeSpan.FromMilliseconds(50);
        pace.Waits = [TimeSpan.FromMilliseconds(50)];
        return shop.Put("/message-settings", new { publicUrl = shop.Address, accent = "#FFD400", contact = "help@shop.test" });
    }

    public static Task<JsonElement> Mail(this Shop shop, MailSink sink, int perMinute = 6_000) => shop.Put("/message-accounts/mail", new
    {
        messenger = "smtp", perMinute, settings = new { host = "127.0.0.1", port = sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), tls = "none", from = "orders@shop.test", replyTo = "help@shop.test" },
    });

    public static Task<JsonElement> Keep(this Shop shop) => shop.Put("/message-accounts/mail", new { messenger = "keep" });

    /// <summary>An order of mugs; its id.</summary>
    public static async Task<string> Ordered(this Shop shop, long units = 2, string country = "GB", string name = "Ada Byron", string? email = null, string channel = "web")
    {
        var body = Given.Order(("MUG", units));
        body["channel"] = channel;
        body["customer"] = new { name, email = email ?? $"ada{Given.NextBuyer()}@example.test" };
        body["shippingAddress"] = new { name, line1 = "1 Secret Lane", city = "Anytown", postcode = country == "DE" ? "50667" : "M1 1AE", country };
        return (await shop.Post("/orders", body)).Text("id")!;
    }

    /// <summary>Released and packed into boxes of so many units; the release.</summary>
    public static async Task<JsonElement> Boxed(this Shop shop, string order, params long[] boxes)
    {
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick");
        return await shop.Post($"/fulfilments/{release}/pack", new { packages = boxes.Select(n => new { lines = new[] { new { line = 1, quantity = n } } }) });
    }

    public static async Task<List<JsonElement>> MessagesOf(this Shop shop, string order) => [.. (await shop.Get($"/orders/{order}/messages")).GetProperty("data").EnumerateArray()];

    /// <summary>The order's messages once there are so many and none waits.</summary>
    public static async Task<List<JsonElement>> Settled(this Shop shop, string order, int count)
    {
        List<JsonElement> found = [];
        await shop.Until(async () => (found = await shop.MessagesOf(order)).Count >= count && found.All(m => m.Text("state") != "waiting"));
        return found;
    }

    public static async Task<string> Link(this Shop shop, string order) => (await shop.Post($"/orders/{order}/tracking-link", new { })).Text("url")!;
}
