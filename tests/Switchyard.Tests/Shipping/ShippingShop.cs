using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Switchyard.Database;
using Switchyard.Http;
using Switchyard.Shipping;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Shipping;

/// <summary>A shop whose carriers live on loopback.</summary>
internal static class ShippingShop
{
    public static async Task<Shop> Open(DatabaseKind kind, bool fakeClock = false)
    {
        var shop = await Shop.Open(kind, fakeClock);
        await Ready(shop);
        return shop;
    }

    /// <summary>Carriers on loopback may be asked, nobody waits long, and there is something to send.</summary>
    public static async Task Ready(Shop shop)
    {
        shop.Services.GetRequiredService<OutwardHttp>().Allowed = OutwardAddresses.Allowing("127.0.0.1");
        var patience = shop.Patience();
        patience.Poll = TimeSpan.FromMilliseconds(100);
        patience.Waits = [TimeSpan.FromMilliseconds(100)];
        (patience.AtOnce, patience.Timeout, patience.Quote) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));
        await shop.Product("MUG", 100, weightGrams: 300);
    }

    public static CarrierPatience Patience(this Shop shop) => shop.Services.GetRequiredService<CarrierPatience>();

    /// <summary>A card of one service with one price everywhere, up to 30 kg.</summary>
    public static Task<JsonElement> Card(this Shop shop, string code, params (string Service, long Price, int Days)[] rates) => shop.Put("/rate-cards/" + code, new
    {
        name = code, carrier = code, currency = "GBP", areas = new[] { new { zone = "all" } },
        rates = rates.Select(r => new { zone = "all", service = r.Service, method = "standard", upToGrams = 30_000, priceMinor = r.Price, transitDays = r.Days }),
    });

    /// <summary>An account of the table carrier.</summary>
    public static async Task Table(this Shop shop, string code, string name, string service, long price, int minDays, int days, string[]? methods = null, bool isGuaranteed = false, long? co2 = null)
    {
        await shop.Card("card-" + code, (service, price, days));
        await shop.Put("/carrier-accounts/" + code, new
        {
            name = code, adapter = "table", settings = new { rateCard = "card-" + code, carrierName = code, prefix = code },
            services = new[] { new { service, name, methods = methods ?? ["standard"], minDays, isGuaranteed, co2Grams = co2 } },
        });
    }

    /// <summary>An account with a simulated carrier.</summary>
    public static async Task Account(this Shop shop, string code, CarrierSim sim, string[]? methods = null, long price = 495, long? callsPerMinute = null)
    {
        if ((string?)sim.Settings["rateCard"] is { } card) await shop.Card(card, (sim.Service, price, 2));
        await shop.Put("/carrier-accounts/" + code, new
        {
            name = code, adapter = sim.Adapter, baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = sim.Secrets, messageSecret = sim.MessageSecret,
            services = new[] { new { service = sim.Service, methods = methods ?? ["standard"] } }, coverMinor = 5_000, claimDays = 30, callsPerMinute,
        });
    }

    /// <summary>An order that is packed into one package: the order, the release and the package.</summary>
    public static async Task<(string Order, string Release, string Package)> Packed(this Shop shop, string? method = null, string? country = null)
    {
        var body = Given.Order(("MUG", 2));
        if (method is not null) body["method"] = method;
        if (country is not null) body["shippingAddress"] = new { name = "Ada Byron", line1 = "1 Rue du Moulin", city = "Lyon", postcode = "69001", country };
        string order = (await shop.Post("/orders", body)).Text("id")!;
        string release = (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        var packed = await shop.Run(release, "start-picking", "pick", "pack");
        return (order, release, packed.GetProperty("packages")[0].Text("id")!);
    }

    public static Task<JsonElement> Label(this Shop shop, string package, object? body = null) => shop.Post($"/packages/{package}/label", body ?? new { });

    /// <summary>The label in this state, whoever brings it there.</summary>
    public static async Task<JsonElement> LabelUntil(this Shop shop, string label, string state)
    {
        JsonElement last = default;
        await shop.Until(async () => (last = await shop.Get("/labels/" + label)).Text("state") == state);
        return last;
    }
}
