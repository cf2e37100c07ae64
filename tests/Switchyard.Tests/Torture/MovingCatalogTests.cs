using Shouldly;
using Switchyard.Database;
using Xunit.Abstractions;

namespace Switchyard.Tests.Torture;

/// <summary>Orders against a catalogue that never stands still, as during an import of products.</summary>
public sealed class MovingCatalogTests(ITestOutputHelper output)
{
    [Theory, BothDatabases, Capability("P14")]
    public async Task Orders_are_placed_while_products_change_without_a_pause(DatabaseKind kind)
    {
        const int writers = 12, buyers = 4, each = 10;
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", buyers * each);
        long changes = 0;
        using var over = new CancellationTokenSource();
        var changing = Enumerable.Range(0, writers).Select(async w =>
        {
            for (int n = 0; !over.IsCancellationRequested; n++)
            {
                await shop.Put($"/products/MOVING-{w}", new { name = $"Name {n}" });
                Interlocked.Increment(ref changes);
            }
        }).ToList();
        await shop.Until(() => Task.FromResult(Interlocked.Read(ref changes) > writers));

        var placed = await Task.WhenAll(Enumerable.Range(0, buyers).Select(async _ =>
        {
            for (int n = 0; n < each; n++) await shop.Post("/orders", Given.Order(("A", 1))).WaitAsync(TimeSpan.FromSeconds(60));
            return each;
        }));
        await over.CancelAsync();
        await Task.WhenAll(changing);
        output.WriteLine($"{placed.Sum()} orders beside {changes} changes of products");
        (await shop.Balance("A")).Long("allocated").ShouldBe(buyers * each);
    }

    [Theory, BothDatabases]
    public async Task A_channel_and_a_price_are_known_from_the_moment_they_are_made(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 5);
        await shop.Post("/orders", Given.Order(("A", 1)));                       // the writer has looked
        await shop.Put("/channels/fresh", new { name = "Fresh" });
        await shop.Put("/products/A", new { name = "A", prices = new[] { new { currency = "GBP", priceMinor = 250 } } });
        var body = Given.Order();
        body["channel"] = "fresh";
        body["lines"] = new[] { new { sku = "A", quantity = 2 } };
        (await shop.Post("/orders", body)).Long("totalMinor").ShouldBe(500);
    }

    [Theory, BothDatabases, Capability("P3")]
    public async Task A_line_that_falls_short_only_because_of_the_line_before_it_is_short_and_not_unreachable(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 2);
        await shop.Refused(HttpMethod.Post, "/orders", Given.Order(("A", 2), ("A", 1)), 409, "orders.short");
        await shop.Put("/channels/shy", new { name = "Keeps two back", buffer = 2 });
        var body = Given.Order(("A", 1));
        body["channel"] = "shy";
        await shop.Refused(HttpMethod.Post, "/orders", body, 409, "orders.short");
    }
}
