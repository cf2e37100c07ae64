using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Switchyard.Bench;

/// <summary>The shop that is measured: SKUs in 8 nodes with two lanes each, so that every order is sourced among all of them.</summary>
internal static class BenchShop
{
    public const int Nodes = 8;

    /// <summary>People who buy: about half of the orders of a measurement are somebody's first, so that what a new customer costs is in it.</summary>
    public const int Buyers = 100_000;

    public static async Task Fill(Server server, int skus)
    {
        using var http = server.Client();
        await Ok(http.PutAsJsonAsync("zones/GB", new { name = "Great Britain", areas = new[] { new { country = "GB", postcodePrefix = "" } } }));
        for (int n = 1; n <= Nodes; n++)
        {
            await Ok(http.PostAsJsonAsync("nodes", new { code = $"N{n}", name = $"Node {n}", kind = n <= 2 ? "warehouse" : "store", country = "GB", pickFixedMinor = 40 + n, handlingMinor = 5 }));
            await Ok(http.PutAsJsonAsync($"nodes/N{n}/lanes", new[]
            {
                new { zone = "GB", service = "economy", method = "standard", currency = "GBP", baseMinor = 350 + n, perKgMinor = 20, maxWeightGrams = 30_000, transitDays = 3 },
                new { zone = "GB", service = "next-day", method = "express", currency = "GBP", baseMinor = 650 + n, perKgMinor = 30, maxWeightGrams = 30_000, transitDays = 1 },
            }));
        }
        var products = new StringBuilder("sku,name,kind,weight_grams\n");
        for (int s = 1; s <= skus; s++) products.Append($"S{s},Product {s},goods,250\n");
        await Import(http, "products", products.ToString());
        await Import(http, "stock", Levels(skus, (_, _) => 100_000_000));
    }

    /// <summary>A stock file with a row for every SKU at every node.</summary>
    public static string Levels(int skus, Func<int, int, long> quantity)
    {
        var text = new StringBuilder("sku,node,quantity\n");
        for (int n = 1; n <= Nodes; n++)
            for (int s = 1; s <= skus; s++) text.Append($"S{s},N{n},{quantity(s, n)}\n");
        return text.ToString();
    }

    /// <summary>Sends a CSV file and insists that every row of it was taken.</summary>
    public static async Task Import(HttpClient http, string kind, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));
        string answer = await Ok(http.PostAsync("imports/" + kind, content));
        if (!answer.Contains("\"failed\":0,", StringComparison.Ordinal)) throw new InvalidOperationException($"Rows of {kind} were refused: {answer}");
    }

    /// <summary>An order of so many lines, each of another SKU, by one of <see cref="Buyers"/> with an address of his own.</summary>
    public static string Order(Random random, int skus, int lines = 3)
    {
        int part = skus / lines, buyer = random.Next(Buyers);
        var text = new StringBuilder($$$"""
            {"channel":"web","currency":"GBP","customer":{"name":"A Buyer","email":"buyer{{{buyer}}}@example.test"},"method":"standard",
            "shippingAddress":{"name":"A Buyer","line1":"{{{buyer}}} Mill Lane","city":"Manchester","postcode":"M1 1AE","country":"GB"},"lines":[
            """);
        for (int line = 0; line < lines; line++)
            text.Append(line == 0 ? "" : ",").Append($$"""{"sku":"S{{line * part + random.Next(1, part + 1)}}","quantity":1,"unitPriceMinor":1999}""");
        return text.Append("]}").ToString();
    }

    public static async Task<string> Ok(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode} {text}");
    }
}
