using System.Text.Json;
using Shouldly;

namespace Switchyard.Tests.Orders;

/// <summary>A shop with two warehouses and a store, priced lanes, and strategies over its API.</summary>
internal static class RoutingShop
{
    /// <summary>DC at 4.95, NORTH at 6.50 and the store S1 at 8.00 to all of Britain, standard; the first two also next-day at 9.00.</summary>
    public static async Task Network(this Shop shop)
    {
        await shop.Put("/zones/gb", new { name = "Britain", areas = new[] { new { country = "GB" } } });
        foreach (var (code, kind, price, group) in new[] { ("DC", "warehouse", 495, "south"), ("NORTH", "warehouse", 650, "cold"), ("S1", "store", 800, "cold") })
        {
            await shop.Put("/nodes/" + code, new { name = code, kind, country = "GB", groups = new[] { group }, attributes = new { trust = kind == "store" ? "60" : "95" } });
            await shop.Put($"/nodes/{code}/lanes", new[]
            {
                new { zone = "gb", service = "tracked", method = "standard", currency = "GBP", baseMinor = price, transitDays = code == "DC" ? 4 : 2 },
                new { zone = "gb", service = "express", method = "next-day", currency = "GBP", baseMinor = 900, transitDays = 1 },
            });
        }
        await shop.Put("/nodes/MAIN", new { name = "Main", kind = "warehouse", isActive = false });
    }

    public static object Rules(params object[] scenarios) => new { scenarios };

    public static Task<JsonElement> Draft(this Shop shop, string code, params object[] scenarios) =>
        shop.Put("/routing/strategies/" + code, new { name = "Strategy " + code, rules = Rules(scenarios) });

    /// <summary>Writes, checks and promotes; the number of the version.</summary>
    public static async Task<long> Live(this Shop shop, string code, params object[] scenarios)
    {
        await shop.Draft(code, scenarios);
        var published = await shop.Post($"/routing/strategies/{code}/check", new { });
        published.GetProperty("number").ValueKind.ShouldBe(JsonValueKind.Number, published.ToString());
        await shop.Post($"/routing/strategies/{code}/promote", new { number = published.Long("number") });
        return published.Long("number");
    }

    public static async Task<JsonElement> Plan(this Shop shop, JsonElement order) => (await shop.Get($"/orders/{order.Text("id")}?expand=plan")).GetProperty("plan");

    /// <summary>From where the lines of an order are allocated: line:node×units.</summary>
    public static string From(JsonElement order) => string.Join(' ', order.GetProperty("lines").EnumerateArray()
        .SelectMany(l => l.GetProperty("allocations").EnumerateArray().Select(a => $"{l.Long("line")}:{a.Text("node")}x{a.Long("quantity")}")));
}
