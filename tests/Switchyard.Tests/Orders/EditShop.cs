using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

/// <summary>Words for the tests of changes to orders.</summary>
internal static class EditShop
{
    /// <summary>Edits and expects success; the whole answer.</summary>
    public static Task<JsonElement> Edit(this Shop shop, string id, object wish, string? key = null) => shop.Post($"/orders/{id}/edit", wish, key);

    public static async Task<JsonElement> Order(this Shop shop, string id) => await shop.Get("/orders/" + id);

    public static JsonElement Line(this JsonElement order, int no) => order.GetProperty("lines").EnumerateArray().Single(l => l.Long("line") == no);

    /// <summary>Sends as of a version.</summary>
    public static Task<HttpResponseMessage> EditIf(this Shop shop, string id, string version, object wish)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/orders/{id}/edit") { Content = JsonContent.Create(wish) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return shop.Http.SendAsync(request);
    }

    /// <summary>A caller with just these rights.</summary>
    public static async Task<HttpClient> Key(this Shop shop, params string[] scopes) =>
        shop.Client((await shop.Post("/keys", new { name = "Key " + string.Join(' ', scopes), scopes })).Text("secret"));

    public static async Task<(HttpStatusCode Status, JsonElement Json)> Send(this HttpClient http, string path, object body)
    {
        var response = await http.PostAsJsonAsync("/api/v1" + path, body);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    /// <summary>Nodes NORTH and SOUTH, each with a lane to its own half of the country by the method standard, and NORTH by express too.</summary>
    public static async Task TwoHalves(this Shop shop)
    {
        await shop.Put("/zones/north", new { name = "North", areas = new[] { new { country = "GB", postcodePrefix = "M" } } });
        await shop.Put("/zones/south", new { name = "South", areas = new[] { new { country = "GB", postcodePrefix = "SW" } } });
        foreach (string node in new[] { "NORTH", "SOUTH" }) await shop.Post("/nodes", new { code = node, name = node, kind = "warehouse", country = "GB" });
        await Lanes("NORTH", ("north", "standard"), ("north", "express"));
        await Lanes("SOUTH", ("south", "standard"));
        async Task Lanes(string node, params (string Zone, string Method)[] lanes) => await Shop.Read(await shop.Send(HttpMethod.Put, $"/nodes/{node}/lanes",
            lanes.Select(l => new { zone = l.Zone, service = l.Method, method = l.Method, currency = "GBP", baseMinor = 300, perKgMinor = 0, maxWeightGrams = 30_000, transitDays = 2 })), 200);
    }

    public static object Address(string postcode, string line1 = "2 Mill Lane") => new { name = "Ada Byron", line1, city = "Town", postcode, country = "GB" };

    /// <summary>Runs every check of <c>switchyard verify</c> in this process.</summary>
    public static async Task ShouldBeSound(this Shop shop)
    {
        foreach (var check in shop.Services.GetServices<BooksCheck>())
            (await check.Run(shop.Db)).Faults.ShouldBeEmpty($"verify {check.Name}");
    }

    /// <summary>What one check of <c>switchyard verify</c> finds.</summary>
    public static async Task<IReadOnlyList<string>> Faults(this Shop shop, string check) =>
        (await shop.Services.GetServices<BooksCheck>().Single(c => c.Name == check).Run(shop.Db)).Faults;
}
