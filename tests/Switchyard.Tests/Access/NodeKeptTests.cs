using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Access;

/// <summary>Whoever is limited to nodes leaves the equipment of other nodes alone.</summary>
public sealed class NodeKeptTests
{
    [Theory, BothDatabases, Capability("SE-01", "PK-06")]
    public async Task A_key_of_one_node_neither_sees_nor_takes_over_printers_boxes_and_accounts_of_another(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Node("STORE", "store");
        await shop.Put("/rate-cards/card", new { name = "card", carrier = "van", currency = "GBP", areas = new[] { new { zone = "all" } }, rates = new[] { new { zone = "all", service = "V", method = "standard", upToGrams = 30_000, priceMinor = 100, transitDays = 1 } } });
        object Body(string path, string? node) => path[1..path.IndexOf('/', 1)] switch
        {
            "printers" => new { node, name = "Labels", kind = "label", format = "pdf", link = "agent" },
            "print-stations" => new { node, name = "Table" },
            "packaging" => new { name = "Box", node, outer = new { lengthMm = 100, widthMm = 100, heightMm = 100 }, emptyGrams = 10, maxGrams = 1_000 },
            _ => new { name = "Van", adapter = "table", node, settings = new { rateCard = "card", carrierName = "Van" }, services = new[] { new { service = "V" } } },
        };
        var key = await shop.Post("/keys", new { name = "Store", scopes = new[] { "settings:read", "settings:write", "fulfilment:read", "fulfilment:manage" }, nodes = new[] { "STORE" } });
        using var store = shop.Client(key.Text("secret"));
        async Task<string> Put(string path, string? node)
        {
            using var said = await store.PutAsync("/api/v1" + path, System.Net.Http.Json.JsonContent.Create(Body(path, node)));
            var body = JsonDocument.Parse(await said.Content.ReadAsStringAsync()).RootElement;
            return said.IsSuccessStatusCode ? body.Text("node") ?? "everywhere" : body.Text("code")!;
        }

        foreach (string path in new[] { "/printers/", "/print-stations/", "/packaging/", "/carrier-accounts/" })
        {
            await shop.Put(path + "M", Body(path, "MAIN"));
            (await Put(path + "M", "STORE")).ShouldBe("access.other_node", $"{path} of MAIN");
            (await Put(path + "S", "STORE")).ShouldBe("STORE", path);
            (await Put(path + "S", "STORE")).ShouldBe("STORE", path);
            if (path.StartsWith("/pr", StringComparison.Ordinal)) continue;
            await shop.Put(path + "ALL", Body(path, null));
            (await Put(path + "ALL", "STORE")).ShouldBe("access.other_node", $"{path} of all nodes");
            (await Put(path + "S", null)).ShouldBe("access.other_node", $"{path} for all nodes");
        }
        (await Codes("/packaging", "items")).ShouldBe(["ALL", "S"]);
        (await Codes("/carrier-accounts", "data")).ShouldBe(["ALL", "S"]);
        (await Codes("/printers", "printers")).ShouldBe(["S"]);
        (await shop.Get("/packaging")).GetProperty("items").GetArrayLength().ShouldBe(3);
        (await shop.Get("/packaging")).GetProperty("items").EnumerateArray().Single(p => p.Text("code") == "M").Text("node").ShouldBe("MAIN");

        async Task<string?[]> Codes(string path, string list) =>
            [.. JsonDocument.Parse(await store.GetStringAsync("/api/v1" + path)).RootElement.GetProperty(list).EnumerateArray().Select(e => e.Text("code"))];
    }
}
