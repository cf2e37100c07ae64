using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Sourcing;

public sealed class NodeTests
{
    private static readonly object Leeds = new
    {
        code = "LDS", name = "Leeds", kind = "store", country = "GB", postcode = "LS1 4AP", position = new { latitude = 53.796, longitude = -1.547 },
        address = new { line1 = "1 Boar Lane", city = "Leeds" }, timeZone = "Europe/London",
        openingHours = new { monday = new[] { new { from = "09:00", to = "17:30" } } }, cutOffs = new { next_day = "15:00" },
        services = new[] { "next_day" }, pickFixedMinor = 80, handlingMinor = 20, leadDays = 1,
    };

    [Theory, BothDatabases]
    public async Task A_node_is_made_changed_and_listed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var made = await Shop.Read(await shop.Send(HttpMethod.Post, "/nodes", Leeds), 201);
        (await shop.Get("/nodes/LDS")).GetRawText().ShouldBe(made.GetRawText());
        made.GetProperty("position").GetProperty("latitude").GetDecimal().ShouldBe(53.796m);
        made.GetProperty("cutOffs").GetProperty("next_day").GetString().ShouldBe("15:00");
        await shop.Refused(HttpMethod.Post, "/nodes", Leeds, 409, "nodes.code_taken");
        (await shop.Put("/nodes/LDS", Leeds)).GetProperty("version").GetInt64().ShouldBe(1);
        (await shop.Put("/nodes/lds", new { name = "Leeds", kind = "store", isActive = false })).GetProperty("version").GetInt64().ShouldBe(2);
        (await shop.Get("/nodes")).GetProperty("data").EnumerateArray().Select(n => n.GetProperty("code").GetString()).ShouldBe(["LDS", "MAIN"]);
        await shop.Refused(HttpMethod.Post, "/nodes", new { code = "main", name = "x", kind = "store" }, 409, "nodes.code_taken");
        await shop.Refused(HttpMethod.Get, "/nodes/NOT", null, 404, "nodes.no_such_node");
    }

    [Theory, BothDatabases]
    public async Task What_is_wrong_with_a_node_is_named_field_by_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var refused = await shop.Refused(HttpMethod.Post, "/nodes", new
        {
            code = "A B", name = "", kind = "shed", country = "GBR", timeZone = "Mars/Olympus", position = new { latitude = 91, longitude = 0 },
            openingHours = new { monday = new[] { new { from = "18:00", to = "09:00" } }, moonday = Array.Empty<object>() },
            cutOffs = new { fast = "25:00" }, pickFixedMinor = -1, leadDays = 366,
        }, 400, "request.invalid");
        refused.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(
            ["/code", "/name", "/kind", "/country", "/position/latitude", "/timeZone", "/pickFixedMinor", "/leadDays",
                "/openingHours/monday/0", "/openingHours", "/cutOffs/fast"], ignoreOrder: true);
        await shop.Refused(HttpMethod.Post, "/nodes", new { code = "X", name = "X", kind = "store", merchants = new[] { "nobody" } }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task A_node_of_another_merchant_is_as_good_as_absent(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        long other = await OtherMerchant(shop);
        await shop.Db.Write(Actor.House("test", other), async work =>
            await WriteNode.Save(work, Actor.House("test", other), TimeProvider.System.GetUtcNow(), new NodeBody("FAR", "Far", "store")));
        await shop.Refused(HttpMethod.Get, "/nodes/FAR", null, 404, "nodes.no_such_node");
        await shop.Refused(HttpMethod.Get, "/nodes/FAR/lanes", null, 404, "nodes.no_such_node");
        await shop.Refused(HttpMethod.Put, "/nodes/FAR/lanes", "[]", 404, "nodes.no_such_node");
        (await shop.Get("/nodes")).GetProperty("data").GetArrayLength().ShouldBe(1);
        await shop.Refused(HttpMethod.Put, "/nodes/FAR", new { name = "Mine", kind = "store" }, 409, "nodes.code_taken");

        // A node that serves both: a change by one moves the version of both.
        await shop.Post("/nodes", new { code = "BOTH", name = "Both", kind = "warehouse", merchants = new[] { "other" } });
        long before = await Version(shop, other);
        await shop.Put("/nodes/BOTH", new { name = "Both of us", kind = "warehouse" });
        (await Version(shop, other)).ShouldBe(before + 1);
        var settings = await shop.Services.GetRequiredService<NetworkReader>().Settings(other);
        settings.Nodes.Select(n => n.Code).ShouldBe(["FAR", "BOTH"]);
    }

    [Theory, BothDatabases]
    public async Task Lanes_and_zones_are_read_by_the_longest_postcode_prefix(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/zones/uk", new { name = "Mainland", areas = new[] { new { country = "GB", postcodePrefix = "" } } });
        await shop.Put("/zones/hi", new { name = "Highlands", areas = new[] { new { country = "GB", postcodePrefix = "iv" }, new { country = "GB", postcodePrefix = "KW 15" } } });
        (await shop.Refused(HttpMethod.Put, "/zones/x", new { name = "X", areas = new[] { new { country = "GB", postcodePrefix = "IV" } } }, 409, "zones.area_taken"))
            .GetProperty("detail").GetString()!.ShouldContain("zone hi");
        await shop.Refused(HttpMethod.Put, "/zones/y", new { name = "Y", areas = new[] { new { country = "GB", postcodePrefix = "A" }, new { country = "GB", postcodePrefix = "a" } } }, 400, "request.invalid");
        object Lane(string zone, string service, long baseMinor) => new { zone, service, method = "standard", currency = "GBP", baseMinor, perKgMinor = 50, maxWeightGrams = 30000, transitDays = 2 };
        var put = await Shop.Read(await shop.Send(HttpMethod.Put, "/nodes/MAIN/lanes", new[] { Lane("uk", "std", 395), Lane("uk", "fast", 650), Lane("hi", "std", 900) }), 200);
        (await shop.Get("/nodes/MAIN/lanes")).GetRawText().ShouldBe(put.GetRawText());
        (await shop.Refused(HttpMethod.Put, "/nodes/MAIN/lanes", new[] { Lane("uk", "std", 1), Lane("nix", "std", 1) }, 400, "request.invalid"))
            .GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/1/zone");

        var reader = shop.Services.GetRequiredService<NetworkReader>();
        var settings = await reader.Settings(1);
        long main = settings.NodesByCode["MAIN"].Id;
        long Price(string country, string postcode) => settings.ZoneOf(country, postcode) is { } zone && settings.Lanes(main, zone) is [.., var last] ? last.BaseMinor : -1;
        Price("GB", "M1 1AE").ShouldBe(395);
        Price("GB", "iv1 1aa").ShouldBe(900);
        Price("GB", "KW15 1AA").ShouldBe(900);
        Price("GB", "KW151AA").ShouldBe(900);
        Price("GB", "KW1 5AA").ShouldBe(395);
        Price("GB", "kw15aa").ShouldBe(395);
        Price("DE", "10115").ShouldBe(-1);
        Price("GB", "").ShouldBe(395);
    }

    [Theory, BothDatabases, Capability("SE-06")]
    public async Task Services_and_zones_are_saved_over_the_version_that_was_read_and_a_file_moves_it_too(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        object Zone(params string[] prefixes) => new { name = "Mainland", areas = prefixes.Select(p => new { country = "GB", postcodePrefix = p }) };
        object[] Lanes(long baseMinor) => [new { zone = "uk", service = "std", method = "standard", currency = "GBP", baseMinor, transitDays = 2 }];
        (await shop.Put("/zones/uk", Zone("M"))).Long("version").ShouldBe(1);
        (await shop.Put("/zones/uk", Zone("M"))).Long("version").ShouldBe(1, "nothing changed");
        await Over(shop, "/zones/uk", 2, Zone("M", "LS"), 412);
        (await Over(shop, "/zones/uk", 1, Zone("M", "LS"), 200)).Long("version").ShouldBe(2);
        (await Over(shop, "/zones/uk", 1, Zone("BD"), 412)).Text("code").ShouldBe("catalog.changed_meanwhile");
        (await shop.Get("/zones/uk")).GetProperty("areas").GetArrayLength().ShouldBe(2);

        (await Over(shop, "/nodes/MAIN/lanes", 1, Lanes(395), 200)).Long("version").ShouldBe(2);
        (await Over(shop, "/nodes/MAIN/lanes", 1, Lanes(400), 412)).Long("version").ShouldBe(2);
        await shop.Http.PostAsync("/api/v1/imports/lanes", new StringContent("node,zone,service,currency,base\nMAIN,uk,std,GBP,4.10\n", System.Text.Encoding.UTF8, "text/csv"));
        (await shop.Get("/nodes/MAIN/lanes")).Long("version").ShouldBe(3);
        await Over(shop, "/nodes/MAIN/lanes", 2, Lanes(400), 412);
        await shop.Http.PostAsync("/api/v1/imports/zones", new StringContent("zone,country,postcode_prefix\nnorth,GB,LS\n", System.Text.Encoding.UTF8, "text/csv"));
        (await shop.Get("/zones/uk")).Long("version").ShouldBe(3, "it lost an area");
    }

    [Theory, BothDatabases]
    public async Task A_node_tells_who_changed_it_and_whom_it_serves(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await OtherMerchant(shop);
        await shop.Post("/nodes", Leeds);
        await shop.Put("/nodes/lds", new { name = "Leeds", kind = "store", isActive = false });
        await shop.Put("/nodes/lds/work-settings", new { dailyCapacity = 12 });
        var told = (await shop.Get("/nodes/lds/history?limit=2")).GetProperty("data").EnumerateArray().ToList();
        told.Select(e => e.Text("kind")).ShouldBe(["NodeWorkSettingsChanged", "NodeChanged"]);
        told.ShouldAllBe(e => e.Text("actor")!.StartsWith("key:", StringComparison.Ordinal));
        told.ShouldAllBe(e => !e.GetRawText().Contains("payload", StringComparison.Ordinal));
        await shop.Refused(HttpMethod.Get, "/nodes/NOT/history", null, 404, "nodes.no_such_node");
        await shop.Refused(HttpMethod.Get, "/nodes/LDS/history?limit=0", null, 400, "request.invalid");

        (await shop.Get("/nodes/LDS/merchants")).GetProperty("data").EnumerateArray().Select(m => (m.Text("code"), m.GetProperty("isServed").GetBoolean())).ShouldContain(("other", false));
        await shop.Put("/nodes/LDS", new { name = "Leeds", kind = "store", merchants = new[] { "other" } });
        (await shop.Get("/nodes/LDS/merchants")).GetProperty("data").EnumerateArray().ShouldAllBe(m => m.GetProperty("isServed").GetBoolean());
    }

    private static async Task<JsonElement> Over(Shop shop, string path, long version, object body, int status)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1" + path) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await Shop.Read(await shop.Http.SendAsync(request), status);
    }

    [Theory, BothDatabases]
    public async Task Whoever_works_for_certain_nodes_sees_only_those(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/nodes", Leeds);
        long leeds = await shop.Db.ReadAll(work => work.Scalar("select id from nodes where code = 'LDS'"));
        const string key = "sy_test_key_of_a_store";
        await shop.Db.WriteAll(work => work.Execute(
            "insert into api_keys (id, merchant_id, name, prefix, secret_hash, scopes, node_ids, created_by, created_at_ms) values ('key_s', 1, 'Store', 'sy', @hash, @scopes, @nodes, 'test', 0)",
            ("hash", SignIn.HashOf(key)), ("scopes", JsonSerializer.Serialize(Permission.All.Select(p => p.Code))), ("nodes", $"[{leeds}]")));
        using var http = shop.Client(key);
        JsonDocument.Parse(await http.GetStringAsync("/api/v1/nodes")).RootElement.GetProperty("data").GetArrayLength().ShouldBe(1);
        ((int)(await http.GetAsync("/api/v1/nodes/MAIN")).StatusCode).ShouldBe(404);
        var put = await http.PutAsync("/api/v1/nodes/NEW", new StringContent("""{"name":"New","kind":"store"}""", System.Text.Encoding.UTF8, "application/json"));
        (await Shop.Read(put, 403)).GetProperty("code").GetString().ShouldBe("nodes.only_your_nodes");
    }

    private static async Task<long> OtherMerchant(Shop shop) => await shop.Db.WriteAll(async work =>
    {
        await work.Execute("insert into merchants (code, name, base_currency, created_at_ms) values ('other', 'Other', 'EUR', 0)");
        await work.Execute("insert into catalog_versions (merchant_id, version) select id, 1 from merchants where code = 'other'");
        return await work.Scalar("select id from merchants where code = 'other'");
    });

    private static Task<long> Version(Shop shop, long merchant) =>
        shop.Db.ReadAll(work => work.Scalar("select version from catalog_versions where merchant_id = @m", ("m", merchant)));
}
