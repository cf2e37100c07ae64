using System.Net.Http.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Catalog;

public sealed class ProductTests
{
    private static object Mug(string sku = "MUG-1") => new
    {
        sku, name = "Blue mug", weightGrams = 350, lengthMm = 120, widthMm = 90, heightMm = 100, costMinor = 310, costCurrency = "GBP",
        prices = new[] { new { currency = "GBP", priceMinor = 1295 }, new { currency = "JPY", priceMinor = 2400 } },
        barcodes = new[] { new { barcode = "5012345678900", packQuantity = 1 }, new { barcode = "15012345678907", packQuantity = 6 } },
        handlingFlags = new[] { "fragile" }, description = "Stoneware", metadata = new { season = "all" },
    };

    [Theory, BothDatabases]
    public async Task A_product_is_stored_as_given_and_found_by_sku_and_by_barcode(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var made = await Shop.Read(await shop.Send(HttpMethod.Post, "/products", Mug("Mug-1")), 201);
        made.GetProperty("version").GetInt64().ShouldBe(1);
        var found = await shop.Get("/products/mUG-1");
        found.GetRawText().ShouldBe(made.GetRawText());
        found.GetProperty("sku").GetString().ShouldBe("Mug-1");
        found.GetProperty("prices")[1].GetProperty("priceMinor").GetInt64().ShouldBe(2400);
        found.GetProperty("metadata").GetProperty("season").GetString().ShouldBe("all");
        (await shop.Get("/products/by-barcode/15012345678907")).GetProperty("sku").GetString().ShouldBe("Mug-1");
        await shop.Refused(HttpMethod.Get, "/products/by-barcode/5000000000005", null, 404, "catalog.no_such_barcode");
        await shop.Refused(HttpMethod.Get, "/products/NOT-1", null, 404, "catalog.no_such_product");
        await shop.Refused(HttpMethod.Post, "/products", Mug("MUG-1"), 409, "catalog.sku_taken");
    }

    [Theory, BothDatabases]
    public async Task Putting_the_same_again_changes_nothing_and_an_old_version_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        (await shop.Put("/products/MUG-1", Mug())).GetProperty("version").GetInt64().ShouldBe(1);
        (await shop.Put("/products/MUG-1", Mug())).GetProperty("version").GetInt64().ShouldBe(1);
        long before = await Version(shop);
        (await shop.Put("/products/MUG-1", new { name = "Green mug" })).GetProperty("version").GetInt64().ShouldBe(2);
        (await Version(shop)).ShouldBe(before + 1);
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/products/MUG-1") { Content = JsonContent.Create(new { name = "Red mug" }) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        var refused = await Shop.Read(await shop.Http.SendAsync(request), 412);
        refused.GetProperty("version").GetInt64().ShouldBe(2);
        (await shop.Get("/products/MUG-1")).GetProperty("prices").GetArrayLength().ShouldBe(0);
        await shop.Refused(HttpMethod.Put, "/products/MUG-1", new { name = "x", kind = "charge" }, 409, "catalog.kind_fixed");
        await shop.Refused(HttpMethod.Put, "/products/MUG-1", new { name = "x", sku = "MUG-2" }, 400, "request.invalid");
    }

    [Theory, BothDatabases, Capability("SE-01")]
    public async Task Who_may_not_see_amounts_writes_products_and_nodes_without_wiping_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", Mug());
        await shop.Put("/nodes/MAIN", new { name = "Main", kind = "warehouse", pickFixedMinor = 45, handlingMinor = 8 });
        string key = (await shop.Post("/keys", new { name = "Words only", scopes = new[] { "catalog:read", "catalog:write", "nodes:read", "nodes:write" } })).GetProperty("secret").GetString()!;
        using var writer = shop.Client(key);
        await Shop.Read(await writer.PutAsJsonAsync("/api/v1/products/MUG-1", new { name = "Green mug" }), 200);
        await Shop.Read(await writer.PutAsJsonAsync("/api/v1/nodes/MAIN", new { name = "Main hall", kind = "warehouse" }), 200);
        var mug = await shop.Get("/products/MUG-1");
        (mug.GetProperty("name").GetString(), mug.GetProperty("prices").GetArrayLength(), mug.GetProperty("costMinor").GetInt64()).ShouldBe(("Green mug", 2, 310));
        var node = await shop.Get("/nodes/MAIN");
        (node.GetProperty("name").GetString(), node.GetProperty("pickFixedMinor").GetInt64(), node.GetProperty("handlingMinor").GetInt64()).ShouldBe(("Main hall", 45, 8));
    }

    [Theory, BothDatabases]
    public async Task A_wrong_check_digit_is_refused_with_the_right_one_and_a_code_belongs_to_one_product(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var refused = await shop.Refused(HttpMethod.Post, "/products",
            new { sku = "A", name = "A", barcodes = new[] { new { barcode = "036000291453" } } }, 400, "request.invalid");
        refused.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/barcodes/0/barcode");
        refused.GetProperty("errors")[0].GetProperty("detail").GetString()!.ShouldContain("should be 2");
        await shop.Post("/products", new { sku = "A", name = "A", barcodes = new[] { new { barcode = "036000291452" } } });
        (await shop.Get("/products/by-barcode/0036000291452")).GetProperty("sku").GetString().ShouldBe("A");
        await shop.Refused(HttpMethod.Post, "/products", new { sku = "B", name = "B", barcodes = new[] { new { barcode = "0036000291452" } } },
            409, "catalog.barcode_taken");
        await shop.Put("/products/A", new { name = "A", barcodes = new[] { new { barcode = "SHELF 12" } } });
        (await shop.Get("/products/by-barcode/SHELF%2012")).GetProperty("barcodes")[0].GetProperty("kind").GetString().ShouldBe("code");
        await shop.Post("/products", new { sku = "B", name = "B", barcodes = new[] { new { barcode = "0036000291452" } } });
    }

    [Theory, BothDatabases]
    public async Task A_bundle_is_made_of_goods_only(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "CUP", name = "Cup" });
        await shop.Post("/products", new { sku = "GIFT", name = "Gift wrap", kind = "charge" });
        object Bundle(string sku, params string[] parts) => new { sku, name = sku, kind = "bundle", components = parts.Select(p => new { sku = p, quantity = 2 }) };
        (await shop.Post("/products", Bundle("SET", "cup"))).GetProperty("components")[0].GetProperty("sku").GetString().ShouldBe("CUP");
        (await shop.Refused(HttpMethod.Post, "/products", Bundle("S2", "CUP", "SET"), 400, "catalog.component_not_goods"))
            .GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/components/1/sku");
        await shop.Refused(HttpMethod.Post, "/products", Bundle("S3", "GIFT"), 400, "catalog.component_not_goods");
        await shop.Refused(HttpMethod.Post, "/products", Bundle("S4", "NOT"), 400, "catalog.no_such_component");
        await shop.Refused(HttpMethod.Post, "/products", Bundle("S5"), 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/products", Bundle("S6", "S6"), 400, "request.invalid");
        await shop.Refused(HttpMethod.Post, "/products", Bundle("S7", "CUP", "cup"), 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/products/CUP", new { name = "Cup", components = new[] { new { sku = "GIFT" } } }, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task Products_are_listed_in_pages_and_searched_by_sku_and_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (int i in Enumerable.Range(1, 7)) await shop.Put($"/products/P_{i}", new { name = i == 3 ? "Teapot 50% off" : $"Plate {i}" });
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await shop.Get($"/products?limit=3&after={after}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(p => p.GetProperty("sku").GetString()!));
            after = page.GetProperty("hasMore").GetBoolean() ? page.GetProperty("next").GetString() : null;
        } while (after is not null);
        seen.ShouldBe(["P_1", "P_2", "P_3", "P_4", "P_5", "P_6", "P_7"]);
        (await shop.Get("/products?query=50%25")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await shop.Get("/products?query=p_")).GetProperty("data").GetArrayLength().ShouldBe(7);
        (await shop.Get("/products?query=pX")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await shop.Refused(HttpMethod.Get, "/products?limit=251", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/products?limit=0", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/products?after=!!", null, 400, "request.invalid");
    }

    [Theory, BothDatabases]
    public async Task An_sku_may_hold_a_slash_blanks_and_any_script(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in new[] { "A/B 1", "Ünï-٣", "50%", "日本-1", "a\\b" })
        {
            await shop.Post("/products", new { sku, name = sku });
            (await shop.Get("/products/" + Uri.EscapeDataString(sku))).GetProperty("sku").GetString().ShouldBe(sku);
        }
    }

    private static Task<long> Version(Shop shop) => shop.Db.ReadAll(work => work.Scalar("select version from catalog_versions where merchant_id = 1"));
}
