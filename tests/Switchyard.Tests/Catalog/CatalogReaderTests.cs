using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Catalog;
using Switchyard.Database;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Catalog;

public sealed class CatalogReaderTests
{
    [Theory, BothDatabases]
    public async Task What_is_read_from_memory_is_renewed_when_the_version_moved(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Post("/products", new { sku = "Cup", name = "Cup", weightGrams = 200, prices = new[] { new { currency = "GBP", priceMinor = 500 } } });
        await shop.Post("/products", new { sku = "SET", name = "Set", kind = "bundle", components = new[] { new { sku = "CUP", quantity = 4 } } });
        var catalog = shop.Services.GetRequiredService<CatalogReader>();
        var network = shop.Services.GetRequiredService<NetworkReader>();
        var settings = await network.Settings(1);
        var found = await catalog.FindSkus(1, ["CUP", "SET", "NOT"]);
        found.Keys.ShouldBe(["CUP", "SET"], ignoreOrder: true);
        found["CUP"].Prices["GBP"].ShouldBe(500);
        (found["SET"].Components.Single() with { Policy = null }).ShouldBe(new CatalogComponent(found["CUP"].Id, "Cup", 4, 200));

        await shop.Put("/products/CUP", new { name = "Cup", weightGrams = 250, prices = new[] { new { currency = "GBP", priceMinor = 600 } } });
        await shop.Post("/products", new { sku = "NOT", name = "Now it is" });
        (await catalog.FindSkus(1, ["CUP"]))["CUP"].Prices["GBP"].ShouldBe(500, "nothing is read before the writer asks for it");
        var fresh = await network.Refresh(1);
        fresh.Version.ShouldBe(settings.Version + 2);
        found = await catalog.FindSkus(1, ["CUP", "SET", "NOT"]);
        found["CUP"].Prices["GBP"].ShouldBe(600);
        found["SET"].Components.Single().WeightGrams.ShouldBe(250);
        found["NOT"].Name.ShouldBe("Now it is");
    }

    [Theory, BothDatabases]
    public async Task A_product_read_later_at_a_newer_version_renews_the_others_with_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        foreach (string sku in new[] { "A", "B" }) await shop.Post("/products", new { sku, name = "old" });
        var catalog = shop.Services.GetRequiredService<CatalogReader>();
        (await catalog.FindSkus(1, ["A"]))["A"].Name.ShouldBe("old");
        foreach (string sku in new[] { "A", "B" }) await shop.Put("/products/" + sku, new { name = "new" });
        var both = await catalog.FindSkus(1, ["A", "B"]);
        (both["A"].Name, both["B"].Name).ShouldBe(("new", "new"));
    }
}
