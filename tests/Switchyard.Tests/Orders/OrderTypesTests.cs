using System.Text.Json;
using Shouldly;
using Switchyard.Database;

namespace Switchyard.Tests.Orders;

[Capability("OV-09")]
public sealed class OrderTypesTests
{
    [Theory, BothDatabases]
    public async Task A_wholesale_order_is_a_companys_on_account_and_has_numbers_of_its_own(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        string company = (await shop.Post("/customers", new { kind = "company", name = "Ada & Co", email = "buying@adaco.test", credit = new { currency = "GBP", limitMinor = 5000, termsDays = 30 } })).Text("id")!;

        var body = Given.Order(("MUG", 2));
        (body["type"], body["customer"]) = ("wholesale", new { id = company });
        var wholesale = await shop.Post("/orders", body);
        var sale = await shop.Post("/orders", Given.Order(("MUG", 1)));

        (wholesale.Text("type"), wholesale.Text("paymentStatus"), wholesale.Text("state"), wholesale.Text("number")).ShouldBe(("wholesale", "terms", "confirmed", "W1001"));
        (sale.Text("type"), sale.Text("number")).ShouldBe(("sales", "1001"));
        (await shop.Get("/orders?query=type:wholesale")).GetProperty("data").EnumerateArray().Single().Text("id").ShouldBe(wholesale.Text("id"));
        await shop.Until(async () => (await shop.Get("/orders?query=sku:MUG")).GetProperty("data").GetArrayLength() == 2);          // one search over all types
        await shop.ShouldBeSound();
    }

    [Theory, BothDatabases]
    public async Task Wholesale_needs_a_company_and_its_credit_holds_what_is_beyond(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 100, priceMinor: 1000);
        var body = Given.Order(("MUG", 2));
        body["type"] = "wholesale";
        await shop.Refused(HttpMethod.Post, "/orders", body, 409, "orders.company_required");
        (await shop.Balance("MUG")).Long("allocated").ShouldBe(0);
        body["customer"] = null;
        (await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/customer");
        body["type"] = "retail";
        (await shop.Refused(HttpMethod.Post, "/orders", body, 400, "request.invalid")).GetProperty("errors")[0].Text("pointer").ShouldBe("/type");

        await shop.Put("/hold-rules/credit", new { kind = "credit", position = 900 });
        string limited = await Company("limited@co.test", new { currency = "GBP", limitMinor = 2500, termsDays = 30 }), plain = await Company("plain@co.test", null);
        (await Wholesale(limited, 2)).Text("state").ShouldBe("confirmed");
        Hold(await Wholesale(limited, 1)).ShouldBe("credit");
        Hold(await Wholesale(plain, 1)).ShouldBe("credit", "no terms are agreed");

        Task<JsonElement> Wholesale(string company, long units)
        {
            var order = Given.Order(("MUG", units));
            (order["type"], order["customer"]) = ("wholesale", new { id = company });
            return shop.Post("/orders", order);
        }
        async Task<string> Company(string email, object? credit) => (await shop.Post("/customers", new { kind = "company", name = email, email, credit })).Text("id")!;
        static string? Hold(JsonElement order) => order.GetProperty("holds").EnumerateArray().Single().Text("kind");
    }

    [Theory, BothDatabases]
    public async Task A_channel_that_has_sold_wholesale_to_somebody_is_stored_and_held(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10, priceMinor: 1000);
        await shop.Put("/channels/market", new { name = "Market", onShort = "hold" });
        var body = Given.Order(("MUG", 1));
        (body["type"], body["channel"]) = ("wholesale", "market");
        (await shop.Post("/orders", body)).GetProperty("isHeld").GetBoolean().ShouldBeTrue();
    }

    [Theory, BothDatabases]
    public async Task A_series_is_changed_from_the_next_order_on_and_never_goes_back(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 100, priceMinor: 1000);
        (await Place(shop)).ShouldBe("1001");
        var series = await shop.Put("/number-series/sales", new { prefix = "SO-", next = 42, digits = 5 });
        (series.Text("example"), series.Long("version")).ShouldBe(("SO-00042", 2));
        (await Place(shop)).ShouldBe("SO-00042");

        await shop.Refused(HttpMethod.Put, "/number-series/sales", new { next = 43 }, 409, "numbers.next_used");
        await shop.Refused(HttpMethod.Put, "/number-series/sales", new { prefix = "", next = 1 }, 409, "numbers.next_used");
        await shop.Refused(HttpMethod.Put, "/number-series/sales", new { prefix = "w" }, 409, "numbers.prefix_taken");
        (await shop.Refused(HttpMethod.Put, "/number-series/sales", new { prefix = "SO1" }, 400, "request.invalid")).GetProperty("errors")[0].Text("code").ShouldBe("numbers.prefix_malformed");
        await shop.Refused(HttpMethod.Put, "/number-series/returns", new { prefix = "R" }, 404, "numbers.no_such_series");
        await shop.Put("/number-series/sales", new { prefix = "" });
        int.Parse(await Place(shop), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(1001, "the old prefix goes on where it ended");
        (await shop.Get("/number-series")).GetProperty("data").EnumerateArray().Select(s => s.Text("type")).ShouldBe(["sales", "wholesale", "draft"]);
    }

    [Theory, BothDatabases]
    public async Task Numbers_are_given_once_however_the_series_is_changed_meanwhile_and_whoever_writes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("MUG", 10_000, priceMinor: 1000);
        await using var second = kind == DatabaseKind.Postgres ? await Shop.Open(kind, settings: shop.Settings) : null;
        var shops = second is null ? new[] { shop } : [shop, second];
        var placing = Enumerable.Range(0, 120).Select(i => Task.Run(() => Place(shops[i % shops.Length]))).ToList();
        var changing = Task.Run(async () =>
        {
            foreach (string prefix in new[] { "A-", "B-", "A-", "", "B-" }) await shop.Put("/number-series/sales", new { prefix });
        });
        string[] numbers = await Task.WhenAll(placing);
        await changing;
        numbers.Distinct().Count().ShouldBe(120);
    }

    private static async Task<string> Place(Shop shop) => (await shop.Post("/orders", Given.Order(("MUG", 1)))).Text("number")!;
}
