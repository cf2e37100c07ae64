using System.Text.Json;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Picking;

/// <summary>Arranges picking over the API: bins with goods, waves, and people with a handheld.</summary>
internal static class Pickers
{
    /// <summary>Products A to D with a barcode and units in a bin each, on a floor of four aisles.</summary>
    public static async Task Shelves(this Shop shop, long units = 200)
    {
        await shop.Put("/nodes/MAIN/layout", new { aisles = 4, blocks = 1, blockLengthMm = 10_000, aisleSpacingMm = 3_000, depotAisle = 0 });
        foreach (var (sku, i) in Skus.Select((s, i) => (s, i)))
            await shop.Post("/products", new { sku, name = "Product " + sku, kind = "goods", weightGrams = 100, prices = Array.Empty<object>(), barcodes = new[] { new { barcode = Barcode(sku) } } });
        await shop.Put("/nodes/MAIN/bins", new
        {
            items = Skus.Select((sku, i) => new { code = "BIN-" + sku, zone = i < 2 ? "NORTH" : "SOUTH", walkOrder = 10 * (i + 1), aisle = i, block = 0, positionMm = 1_000 + 2_000 * i }),
        });
        await shop.Put("/inventory/bins", new { items = Skus.Select((sku, i) => new { node = "MAIN", bin = "BIN-" + sku, sku, quantity = units }) });
    }

    public static readonly string[] Skus = ["A", "B", "C", "D"];

    public static string Barcode(string sku) => sku switch { "A" => "5012345678900", "B" => "4006381333931", "C" => "9780201379624", _ => "036000291452" };

    /// <summary>Releases of two lines each.</summary>
    public static async Task<List<string>> Work(this Shop shop, int releases)
    {
        var made = new List<string>();
        for (int i = 0; i < releases; i++) made.Add((await shop.Released((Skus[i % 4], 1 + i % 2), (Skus[(i + 1) % 4], 1))).Release);
        return made;
    }

    public static async Task<JsonElement> Wave(this Shop shop, object body)
    {
        var wave = await shop.Post("/waves", body);
        return await shop.Post($"/waves/{wave.Text("id")}/release", new { });
    }

    /// <summary>The stops of the newest wave, as the paper list has them.</summary>
    public static async Task<List<JsonElement>> Stops(this Shop shop)
    {
        string wave = (await shop.Get("/nodes/MAIN/waves")).GetProperty("data")[0].Text("id")!;
        return [.. (await shop.Get($"/waves/{wave}/pick-list")).GetProperty("tours").EnumerateArray().SelectMany(t => t.GetProperty("tasks").EnumerateArray())];
    }

    /// <summary>Somebody with a handheld; how the log names them.</summary>
    public static async Task<(HttpClient Http, string Name)> Picker(this Shop shop, string name)
    {
        var key = await shop.Post("/keys", new { name, scopes = new[] { "fulfilment:read", "fulfilment:work" } });
        return (shop.Client(key.Text("secret")), "key:" + key.Text("id"));
    }

    public static async Task<JsonElement> Next(HttpClient http) => (await Send(http, "/nodes/MAIN/next-stop", new { })).GetProperty("stop");

    /// <summary>The first answer to commands sent together.</summary>
    public static async Task<JsonElement> Say(HttpClient http, params object[] commands) => (await Send(http, "/pick-commands", new { commands })).GetProperty("answers")[0];

    /// <summary>What a scan of everything right says of a stop.</summary>
    public static object Right(JsonElement stop, Guid? id = null) => new
    {
        id = id ?? Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.GetProperty("bin").GetString(), item = Barcode(stop.Text("sku")!),
        tote = stop.GetProperty("toteNo").ValueKind == JsonValueKind.Null ? null : $"{stop.Text("tour")}-{stop.Long("toteNo")}", quantity = stop.Long("quantity"),
    };

    /// <summary>Picks until there is nothing left; the ids of the tasks picked.</summary>
    public static async Task<List<string>> PickAll(HttpClient http)
    {
        var picked = new List<string>();
        while (await Next(http) is { ValueKind: JsonValueKind.Object } stop)
        {
            if ((await Say(http, Right(stop))).Text("outcome") == "ok") picked.Add(stop.Text("id")!);
        }
        return picked;
    }

    private static async Task<JsonElement> Send(HttpClient http, string path, object body) =>
        await Shop.Read(await Shop.Patiently(() => http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = System.Net.Http.Json.JsonContent.Create(body) })), null);
}
