using System.Text.Json;

namespace Switchyard.Tests;

/// <summary>Arranges a shop over its API: products, stock and orders that show only what matters.</summary>
public static class Given
{
    /// <summary>A product with so many units at a node.</summary>
    public static async Task Product(this Shop shop, string sku, long units = 0, string node = "MAIN", long? priceMinor = null, long weightGrams = 100)
    {
        await shop.Post("/products", new
        {
            sku,
            name = "Product " + sku,
            kind = "goods",
            weightGrams,
            prices = priceMinor is { } price ? new[] { new { currency = "GBP", priceMinor = price } } : [],
        });
        if (units != 0) await shop.Stock(sku, units, node);
    }

    /// <summary>Puts units on hand.</summary>
    public static Task<JsonElement> Stock(this Shop shop, string sku, long delta, string node = "MAIN") =>
        shop.Post("/inventory/adjustments", new { items = new[] { new { sku, node, delta, reason = "test" } } });

    private static int _buyers;

    /// <summary>Another buyer with each call, so that equal baskets are no repeats of one another.</summary>
    public static int NextBuyer() => Interlocked.Increment(ref _buyers);

    /// <summary>The body of an order of these lines to a good address, of a buyer of its own.</summary>
    public static Dictionary<string, object?> Order(params (string Sku, long Quantity)[] lines) => Order(NextBuyer(), lines);

    /// <summary>The same of a certain buyer.</summary>
    public static Dictionary<string, object?> Order(int buyer, params (string Sku, long Quantity)[] lines) => new()
    {
        ["channel"] = "web",
        ["currency"] = "GBP",
        ["customer"] = new { name = "Ada Byron", email = $"ada{buyer}@example.test" },
        ["shippingAddress"] = new { name = "Ada Byron", line1 = $"{buyer} Mill Lane", city = "Manchester", postcode = "M1 1AE", country = "GB" },
        ["method"] = "standard",
        ["lines"] = lines.Select(l => new { sku = l.Sku, quantity = l.Quantity, unitPriceMinor = 1000 }).ToArray(),
    };

    /// <summary>A node's or the total balance of a SKU.</summary>
    public static async Task<JsonElement> Balance(this Shop shop, string sku) => (await shop.Get($"/inventory?sku={Uri.EscapeDataString(sku)}")).GetProperty("total");

    public static long Long(this JsonElement json, string name) => json.GetProperty(name).GetInt64();
    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();
}
