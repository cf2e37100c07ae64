using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Sourcing;

namespace Switchyard.Tests.Fulfilment;

/// <summary>Which work comes first: classes of urgency, priority by hand, business orders and their bins.</summary>
public sealed class UrgencyTests
{
    [Theory, BothDatabases, Capability("RT-10", "AX-46")]
    public async Task A_node_works_on_next_day_before_business_before_standard_and_the_oldest_first_inside_a_class(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A", 50);
        string company = (await shop.Post("/customers", new { kind = "company", name = "Tea Rooms", email = "tea@rooms.test" })).Text("id")!;
        string old = await Release("standard"), wholesale = await Release("standard", company), young = await Release("standard"), express = await Release("express"), first = await Release("next-day");
        (await Queue()).ShouldBe([express, first, wholesale, old, young]);
        (await shop.Release(first)).Text("workClass").ShouldBe("nextDay");
        (await Paged()).ShouldBe(await Queue());

        await shop.Post($"/orders/{(await shop.Release(young)).Text("order")}/priority", new { priority = 10 });
        (await Queue()).ShouldBe([young, express, first, wholesale, old], "who is told to be urgent by hand goes before every class");

        await shop.Refused(HttpMethod.Put, "/work-classes", new { classes = new[] { new { name = "x", when = "metod:next" } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/work-classes", new { classes = new[] { new { name = "standard", when = "" } } }, 400, "request.invalid");
        await shop.Refused(HttpMethod.Put, "/work-classes", new { classes = new[] { new { name = "dear", when = "total:>50" } } }, 400, "request.invalid");
        (await shop.Get("/work-classes")).GetProperty("isDefault").GetBoolean().ShouldBeTrue();
        await shop.Put("/work-classes", new { classes = new[] { new { name = "islands", when = "postcode:IV*" }, new { name = "here", when = "method:standard" } } });
        string island = await Release("standard", postcode: "IV1 1AA"), plain = await Release("standard");
        (await shop.Release(island)).Text("workClass").ShouldBe("islands");
        (await Queue())[..3].ShouldBe([young, island, express], "ranks are by place in the list; what was given out before keeps its own");
        (await shop.Release(plain)).Text("workClass").ShouldBe("here");
        await shop.BooksAreRight();

        async Task<string> Release(string method, string? business = null, string postcode = "M1 1AE")
        {
            var order = Given.Order(("A", 1));
            order["method"] = method;
            order["shippingAddress"] = new { name = "Ada Byron", line1 = $"{Given.NextBuyer()} Mill Lane", city = "Town", postcode, country = "GB" };
            if (business is not null) (order["type"], order["customer"]) = ("wholesale", new { id = business });
            string id = (await shop.Post("/orders", order)).Text("id")!;
            return (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        }
        async Task<string[]> Queue() => Ids(await shop.Get("/nodes/MAIN/queue"));
        async Task<string[]> Paged()
        {
            var ids = new List<string>();
            for (string? after = ""; after is not null;)
            {
                var page = await shop.Get("/nodes/MAIN/queue?limit=2" + (after.Length == 0 ? "" : "&after=" + after));
                ids.AddRange(Ids(page));
                after = page.GetProperty("hasMore").GetBoolean() ? page.Text("next") : null;
            }
            return [.. ids];
        }
        static string[] Ids(JsonElement page) => [.. page.GetProperty("data").EnumerateArray().Select(f => f.Text("id")!)];
    }

    [Theory, BothDatabases, Capability("AX-46")]
    public async Task A_business_order_is_picked_from_bulk_bins_and_a_customers_from_the_others(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Product("A");
        await shop.Put("/inventory/bins", new
        {
            items = new object[] { new { sku = "A", node = "MAIN", bin = "FACE", quantity = 5, walkOrder = 1 }, new { sku = "A", node = "MAIN", bin = "PALLET", quantity = 100, walkOrder = 2, isBulk = true } },
        });
        string company = (await shop.Post("/customers", new { kind = "company", name = "Tea Rooms", email = "tea@rooms.test" })).Text("id")!;
        var order = Given.Order(("A", 20));
        (order["type"], order["customer"]) = ("wholesale", new { id = company });
        string id = (await shop.Post("/orders", order)).Text("id")!;
        string business = (await shop.Post($"/orders/{id}/release", new { })).GetProperty("fulfilments")[0].Text("id")!;
        var (_, plain) = await shop.Released(("A", 7));
        (await Takes(business)).ShouldBe(["PALLET 20", "FACE 0"]);
        (await Takes(plain)).ShouldBe(["FACE 5", "PALLET 2"]);
        await shop.Refused(HttpMethod.Get, "/fulfilments/ful_00000000000000000000000000000001/places", null, 404, "fulfilment.not_found");
        await shop.BooksAreRight();

        async Task<string[]> Takes(string release) =>
            [.. (await shop.Get($"/fulfilments/{release}/places")).GetProperty("lines")[0].GetProperty("places").EnumerateArray().Select(p => $"{p.Text("bin")} {p.Long("take")}")];
    }

    [Theory, BothDatabases, Capability("RT-13")]
    public async Task What_goes_abroad_leaves_from_where_it_may_and_waits_until_customs_can_be_told_what_it_is(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Put("/zones/GB", new { name = "Britain", areas = new[] { new { country = "GB" } } });
        await shop.Put("/zones/DE", new { name = "Germany", areas = new[] { new { country = "DE" } } });
        foreach (var (code, zones) in new[] { ("HOME", (string[])["GB"]), ("EXPORT", ["GB", "DE"]) })
        {
            await shop.Node(code);
            await Shop.Read(await shop.Send(HttpMethod.Put, $"/nodes/{code}/lanes", zones.Select(z => new
            { zone = z, service = "post", method = "standard", currency = "GBP", baseMinor = code == "HOME" ? 300 : 900, perKgMinor = 0, maxWeightGrams = 30_000, transitDays = 2 }).ToArray()), 200);
        }
        await shop.Product("A", 5, "HOME");
        await shop.Stock("A", 5, "EXPORT");
        await shop.Put("/nodes/EXPORT/work-settings", new { holdsForCustoms = true });
        string order = (await shop.Post("/orders", Abroad())).Text("id")!;
        (await Node(order)).ShouldBe("EXPORT", "only it may send there, although the other is cheaper at home");
        (await Node(await shop.Placed(("A", 1)))).ShouldBe("HOME");

        (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments").GetArrayLength().ShouldBe(0);
        var hold = (await shop.Order(order)).GetProperty("holds").EnumerateArray().ShouldHaveSingleItem();
        (hold.Text("kind"), hold.Text("reason")).ShouldBe(("customs", "A goes to DE through customs, and its HS code and country of origin is not known."));
        await shop.Refused(HttpMethod.Put, "/products/A/customs", new { hsCode = "12", originCountry = "Britain" }, 400, "request.invalid");
        (await shop.Put("/products/A/customs", new { hsCode = "6912.00", originCountry = "gb" })).Text("hsCode").ShouldBe("691200");
        await shop.Until(async () => (await shop.Order(order)).GetProperty("holds").EnumerateArray().All(h => h.Text("state") != "open"));
        (await shop.Post($"/orders/{order}/release", new { })).GetProperty("fulfilments")[0].Text("node").ShouldBe("EXPORT");
        (await shop.Get("/products/A/customs")).Text("originCountry").ShouldBe("GB");
        await shop.Refused(HttpMethod.Get, "/products/NOPE/customs", null, 404, "catalog.no_such_product");
        await shop.BooksAreRight();

        async Task<string?> Node(string id) => (await shop.Order(id)).GetProperty("lines")[0].GetProperty("allocations")[0].Text("node");
        static Dictionary<string, object?> Abroad()
        {
            var body = Given.Order(("A", 1));
            body["shippingAddress"] = new { name = "Ada Byron", line1 = "1 Mill Lane", city = "Berlin", postcode = "10115", country = "DE" };
            return body;
        }
    }

    [Theory]
    [InlineData("GB", "DE", true), InlineData("DE", "FR", false), InlineData("DE", "DE", false), InlineData(null, "DE", false), InlineData("de", "gb ", true), InlineData("CH", "DE", true)]
    public void A_border_is_one_of_customs_unless_both_are_in_the_union(string? from, string? to, bool isBorder) => CustomsBorder.IsBetween(from, to).ShouldBe(isBorder);

    [Fact]
    public void The_first_class_that_fits_is_the_class()
    {
        var classes = WorkClasses.Read([new WorkClass("north", "method:next*", ["NORTH"]), new WorkClass("next", "method:next*")]).Value;
        var order = new RoutedOrder("web", "next-day", "GB", "M1 1AE");
        classes.Of(order, "north").ShouldBe(("north", 0));
        classes.Of(order, "SOUTH").ShouldBe(("next", 1));
        classes.Of(order with { Method = "standard" }, "NORTH").ShouldBe((WorkClasses.Standard, WorkClasses.Most));
        WorkClasses.Read(null).IsOk.ShouldBeFalse();
        WorkClasses.Read([null]).IsOk.ShouldBeFalse();
        WorkClasses.Read([.. Enumerable.Range(0, 51).Select(i => new WorkClass("c" + i))]).IsOk.ShouldBeFalse();
    }
}
