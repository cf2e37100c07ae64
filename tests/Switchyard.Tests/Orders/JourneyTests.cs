using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;
using Switchyard.Tests.Inventory;

namespace Switchyard.Tests.Orders;

/// <summary>One customer, one order, many places: what was chosen in the store, bought on the web, collected at the kerb and brought back in person is one story.</summary>
public sealed class JourneyTests
{
    [Theory, BothDatabases, Capability("OF-12", "CH-17")]
    public async Task From_the_cart_in_the_store_to_the_return_in_person_it_is_one_timeline(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/channels/pos", new { name = "Tills", onShort = "refuse" });
        await shop.Product("A", 10, priceMinor: 1000);

        // Browsed on the tablet of the store, changed at home, and bought there.
        object cart(long quantity, string channel) => new { channel, currency = "GBP", collectAt = "MAIN", method = "collect", lines = new[] { new { sku = "A", quantity } } };
        string token = (await shop.Post("/carts", cart(1, "pos"))).Text("token")!;
        var chosen = await shop.Put($"/carts/{token}", cart(2, "web"));
        await shop.Post($"/carts/{token}/claim", new { @for = "web-1001" });
        await shop.Post($"/carts/{token}/claim", new { @for = "web-1001" });
        var order = Given.Order(("A", 2));
        (order["externalId"], order["method"], order["collectAt"]) = ("web-1001", chosen.Text("method"), chosen.Text("collectAt"));
        var placed = await shop.Post("/orders", order);
        string id = placed.Text("id")!;
        await shop.Post($"/orders/{id}/payments", new { type = "external", tender = "external", amountMinor = 2000 });

        // Collected at the kerb.
        string release = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        await shop.Run(release, "start-picking", "pick", "ready", "collected");

        // One of them comes back to the counter.
        await shop.Post("/till/shifts", new { id = "s1", node = "MAIN", register = "1", channel = "pos", currency = "GBP", floatMinor = 0, taxRates = Array.Empty<object>() });
        await shop.Post("/till/returns", new { id = "b1", shift = "s1", order = id, lines = new[] { new { line = 1, quantity = 1 } }, reason = "Too small" });

        var story = (await shop.Get($"/orders/{id}/timeline?limit=250")).Items("data");
        string[] steps = ["CartClaimed", "OrderPlaced", "FulfilmentCollected", "GoodsReturned"];
        story.Select(e => e.Text("kind")!).Where(steps.Contains).ShouldBe(steps.Reverse(), "newest first");
        story.ShouldAllBe(e => e.Text("actor")!.Length > 0);
        var begun = story[^1];
        (begun.Text("kind"), begun.Long("seq"), begun.GetProperty("payload").Text("madeChannel"), begun.GetProperty("payload").Text("channel"), begun.GetProperty("payload").Long("changes")).ShouldBe(("CartClaimed", 0, "pos", "web", 1));
        story.Single(e => e.Text("kind") == "GoodsReturned").Text("reason").ShouldBe("Too small");

        // Page by page it is the same; who only asks for what is new is not told of the beginning again.
        var first = await shop.Get($"/orders/{id}/timeline?limit=1");
        first.Items("data").Single().Text("kind").ShouldNotBe("CartClaimed");
        (await shop.Get($"/orders/{id}/timeline?since={placed.Long("seq")}")).Items("data").ShouldAllBe(e => e.Text("kind") != "CartClaimed");

        // The customer's orders lead to it; an order made of no cart has none.
        string customer = placed.GetProperty("customer").Text("id")!;
        (await shop.Get($"/customers/{customer}/orders")).Items("data").Select(o => o.Text("id")).ShouldBe([id]);
        string plain = await shop.Placed(("A", 1));
        (await shop.Get($"/orders/{plain}/timeline")).Items("data").ShouldAllBe(e => e.Text("kind") != "CartClaimed");
        await shop.BooksAreRight();
    }
}
