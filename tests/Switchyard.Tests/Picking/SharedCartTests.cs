using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Picking;

/// <summary>One picker goes round for two merchants of the house at once, whose goods have the same SKU text and other barcodes.</summary>
public sealed class SharedCartTests
{
    private const string Password = "a long enough sentence", MugOfAlpha = "4006381333931", MugOfBeta = "5012345678900";

    [Theory, BothDatabases, Capability("AX-52")]
    public async Task A_mixed_cart_takes_the_goods_of_both_merchants_and_refuses_one_for_the_other(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        using var alpha = shop.Client((await shop.Post("/merchants", new { code = "alpha", name = "Alpha", baseCurrency = "GBP" })).Text("key"));
        using var beta = shop.Client((await shop.Post("/merchants", new { code = "beta", name = "Beta", baseCurrency = "GBP" })).Text("key"));
        await shop.Post("/nodes", new { code = "SHED", name = "Shed", kind = "warehouse", country = "GB", merchants = new[] { "alpha", "beta" } });
        await shop.Put("/nodes/SHED/bins", new { items = new[] { new { code = "A-1" }, new { code = "A-2" }, new { code = "A-3" }, new { code = "A-4" } } });
        await Goods(alpha, MugOfAlpha, ("A-1", 5), ("A-3", 5));
        await Goods(beta, MugOfBeta, ("A-2", 5), ("A-4", 5));
        using var browser = await Picker(shop, "pia");
        async Task<JsonElement> pia(string path, object body) => await Shop.Read(await browser.Send(HttpMethod.Post, path, body), null);
        foreach (var merchant in new[] { alpha, beta })
        {
            for (int i = 0; i < 2; i++) await Released(merchant, 4);
            string wave = (await Send(merchant, "/waves", new { node = "SHED", method = "cluster", totes = 4 })).Text("id")!;
            await Send(merchant, $"/waves/{wave}/release", new { });
        }

        var tour = (await pia("/nodes/SHED/next-tour?together=true", new { })).GetProperty("tour");
        var stops = tour.GetProperty("stops").EnumerateArray().ToList();
        stops.Select(s => s.Text("merchant")).Distinct().Order().ShouldBe(["alpha", "beta"]);
        stops.Select(s => s.Long("toteNo")).Order().ToArray().ShouldBe([1, 2, 3, 4], "each order has a place of its own on the one cart");
        stops.Select(s => s.Text("bin")).ToArray().ShouldBe(stops.Select(s => s.Text("bin")).Order(StringComparer.Ordinal).ToArray(), "one way through the house, whosever goods they are");
        tour.GetProperty("codes").EnumerateArray().Select(c => c.Text("merchant")).Order().ShouldBe(["alpha", "beta"]);
        (await pia("/nodes/SHED/next-tour?together=true", new { })).GetProperty("tour").GetProperty("stops").EnumerateArray().Select(s => s.Text("id")).ToArray().ShouldBe(stops.Select(s => s.Text("id")).ToArray(), "asked again it is the same cart");

        var (own, other) = (stops.First(s => s.Text("merchant") == "alpha"), stops.First(s => s.Text("merchant") == "beta"));
        (await Scan(own, MugOfBeta, "T-1")).ShouldBe(("refused", "picking.wrong_item"), "Beta's mug is none of Alpha's");
        (await Scan(own, "MUG-01", "T-1")).ShouldBe(("refused", "picking.same_name"), "the SKU says nothing where both call it so");
        (await Scan(own, MugOfAlpha, "T-1")).ShouldBe(("ok", null));
        (await pia("/nodes/SHED/next-tour", new { })).GetProperty("tour").GetProperty("stops").GetArrayLength().ShouldBe(4, "the cart stays whole, whatever another device asks");
        (await Scan(other, MugOfAlpha, "T-2")).ShouldBe(("refused", "picking.wrong_item"));
        (await Scan(other, MugOfBeta, "T-1")).ShouldBe(("refused", "picking.wrong_tote"), "the tote stands at Alpha's place of the cart");
        (await Scan(other, MugOfBeta, "T-2")).ShouldBe(("ok", null));
        foreach (var (stop, i) in stops.Where(s => s.Text("id") != own.Text("id") && s.Text("id") != other.Text("id")).Select((s, i) => (s, i)))
            (await Scan(stop, stop.Text("merchant") == "alpha" ? MugOfAlpha : MugOfBeta, $"T-{i + 3}")).ShouldBe(("ok", null));
        (await pia("/nodes/SHED/next-tour?together=true", new { })).GetProperty("tour").ValueKind.ShouldBe(JsonValueKind.Null);

        // Each merchant's books have its own, and its figures its own mis-picks.
        foreach (var merchant in new[] { alpha, beta })
        {
            (await Read(merchant, "/fulfilments?state=picked")).GetProperty("data").GetArrayLength().ShouldBe(2);
            (await Read(merchant, "/nodes/SHED/pick-figures")).GetProperty("operatives")[0].Long("misPicks").ShouldBe(1);
        }
        await shop.BooksAreRight();

        async Task<(string?, string?)> Scan(JsonElement stop, string item, string tote)
        {
            var answer = (await pia("/pick-commands", new { commands = new[] { new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.Text("bin"), item, tote } } })).GetProperty("answers")[0];
            return (answer.Text("outcome"), answer.Text("code"));
        }
    }

    [Theory, BothDatabases, Capability("AX-52")]
    public async Task Two_pickers_at_once_take_different_carts_and_a_cart_that_is_left_is_taken_over_whole(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        using var alpha = shop.Client((await shop.Post("/merchants", new { code = "alpha", name = "Alpha", baseCurrency = "GBP" })).Text("key"));
        using var beta = shop.Client((await shop.Post("/merchants", new { code = "beta", name = "Beta", baseCurrency = "GBP" })).Text("key"));
        await shop.Post("/nodes", new { code = "SHED", name = "Shed", kind = "warehouse", country = "GB", merchants = new[] { "alpha", "beta" } });
        await shop.Put("/nodes/SHED/bins", new { items = new[] { new { code = "A-1" }, new { code = "A-2" } } });
        await Goods(alpha, MugOfAlpha, ("A-1", 20));
        await Goods(beta, MugOfBeta, ("A-2", 20));
        foreach (var merchant in new[] { alpha, beta })
        {
            for (int i = 0; i < 4; i++) await Released(merchant, 1);
            string wave = (await Send(merchant, "/waves", new { node = "SHED", method = "cluster", totes = 2 })).Text("id")!;
            await Send(merchant, $"/waves/{wave}/release", new { });
        }
        using var pia = await Picker(shop, "pia");
        using var max = await Picker(shop, "max");
        var carts = await Task.WhenAll(Next(pia), Next(max));
        carts.ShouldAllBe(c => c.Count == 4);
        carts[0].Select(s => s.Text("id")).Intersect(carts[1].Select(s => s.Text("id"))).ShouldBeEmpty("no stop is given to two");

        // Max begins and goes home: his totes keep their places, and whoever comes next has all that is left of his cart.
        var left = await Next(max);
        left.Select(s => s.Text("merchant")).Distinct().Order().ShouldBe(["alpha", "beta"]);
        var first = left[0];
        var picked = await Shop.Read(await max.Send(HttpMethod.Post, "/pick-commands", new { commands = new[] { new { id = Guid.CreateVersion7(), task = first.Text("id"), kind = "pick", bin = first.Text("bin"), item = first.Text("merchant") == "alpha" ? MugOfAlpha : MugOfBeta, tote = "T-9" } } }), null);
        picked.GetProperty("answers")[0].Text("outcome").ShouldBe("ok");
        max.Merchant = "alpha";
        (await Shop.Read(await max.Send(HttpMethod.Post, "/nodes/SHED/shift", new { isOnShift = false }), null)).Long("givenBack").ShouldBeGreaterThanOrEqualTo(2, "the walks of both merchants are given back");
        using var kim = await Picker(shop, "kim");
        var taken = await Next(kim);
        taken.Where(s => s.Text("state") == "open").Select(s => s.Text("id")).ToArray().ShouldBe(left.Skip(1).Select(s => s.Text("id")).ToArray());
        taken.First(s => s.Text("id") == first.Text("id")).Text("tote").ShouldBe("T-9");
        await shop.BooksAreRight();

        static async Task<List<JsonElement>> Next(Browser who) =>
            [.. (await Shop.Read(await who.Send(HttpMethod.Post, "/nodes/SHED/next-tour?together=true", new { }), null)).GetProperty("tour").GetProperty("stops").EnumerateArray()];
    }

    /// <summary>Somebody of the house's warehouse who works for both merchants too.</summary>
    private static async Task<Browser> Picker(Shop shop, string name)
    {
        string id = (await shop.Post("/users", new { userName = name, password = Password, roles = new[] { "warehouse" } })).Text("id")!;
        foreach (long merchant in await shop.Db.ReadAll(work => work.Query("select id from merchants where code in ('alpha', 'beta') /* house */", row => row.Long())))
            (await shop.Services.GetRequiredService<ChangeUser.Change>().Assign(id, new ChangeUser.RolesRequest(["warehouse"], null), Actor.House("cli", merchant), anyMerchant: true)).IsOk.ShouldBeTrue();
        return await new Browser(shop).SignIn(name, Password);
    }

    private static async Task Goods(HttpClient merchant, string barcode, params (string Bin, long Units)[] bins)
    {
        await Send(merchant, "/products", new { sku = "MUG-01", name = "Mug", kind = "goods", weightGrams = 300, prices = Array.Empty<object>(), barcodes = new[] { new { barcode } } });
        await Shop.Read(await merchant.PutAsJsonAsync("/api/v1/inventory/bins", new { items = bins.Select(b => new { node = "SHED", bin = b.Bin, sku = "MUG-01", quantity = b.Units }) }), null);
    }

    // Four units each: one bin does not hold them all, so that the way of the one crosses that of the other.
    private static async Task Released(HttpClient merchant, long units) =>
        await Send(merchant, $"/orders/{(await Send(merchant, "/orders", Given.Order(("MUG-01", units)))).Text("id")}/release", new { });

    private static async Task<JsonElement> Send(HttpClient http, string path, object body) => await Shop.Read(await http.PostAsJsonAsync("/api/v1" + path, body), null);
    private static async Task<JsonElement> Read(HttpClient http, string path) => await Shop.Read(await http.GetAsync("/api/v1" + path), null);
}
