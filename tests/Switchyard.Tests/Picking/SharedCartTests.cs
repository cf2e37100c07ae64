using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Picking;

/// <summary>One picker goes round for two merchants of the house at once, whose goods have the same SKU text and other barcodes.</summary>
public sealed class SharedCartTests
{
    private const string MugOfAlpha = TwoClients.MugOfAlpha, MugOfBeta = TwoClients.MugOfBeta;

    [Theory, BothDatabases, Capability("AX-52")]
    public async Task A_mixed_cart_takes_the_goods_of_both_merchants_and_refuses_one_for_the_other(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: false, "A-1", "A-2", "A-3", "A-4");
        var (shop, alpha, beta) = (clients.House, clients.Alpha, clients.Beta);
        await TwoClients.Fill(alpha, ("A-1", 5), ("A-3", 5));
        await TwoClients.Fill(beta, ("A-2", 5), ("A-4", 5));
        using var browser = await clients.Picker("pia");
        async Task<JsonElement> pia(string path, object body) => await Shop.Read(await browser.Send(HttpMethod.Post, path, body), null);
        foreach (var merchant in new[] { alpha, beta })
        {
            // Four units each: one bin does not hold them all, so that the way of the one crosses that of the other.
            for (int i = 0; i < 2; i++) await TwoClients.Released(merchant, 4);
            await TwoClients.Wave(merchant, totes: 4);
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
        (await Scan(own, "MUG-01", "T-1", "beta")).ShouldBe(("refused", "picking.wrong_item"), "by the picker's own word it is Beta's");
        (await Scan(own, "MUG-01", "T-1", "Alpha")).ShouldBe(("ok", null), "a mug without a barcode: the picker says whose it is");
        (await shop.Db.ReadAll(work => work.Query("select outcome from pick_scans where code = 'merchantNamed' /* house */", row => row.Text()))).ShouldBe(["ok"]);
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
            (await TwoClients.Send(merchant, HttpMethod.Get, "/fulfilments?state=picked")).GetProperty("data").GetArrayLength().ShouldBe(2);
            (await TwoClients.Send(merchant, HttpMethod.Get, "/nodes/SHED/pick-figures")).GetProperty("operatives")[0].Long("misPicks").ShouldBe(merchant == alpha ? 2 : 1);
        }
        await shop.BooksAreRight();

        async Task<(string?, string?)> Scan(JsonElement stop, string item, string tote, string? merchant = null)
        {
            var answer = (await pia("/pick-commands", new { commands = new[] { new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.Text("bin"), item, tote, merchant } } })).GetProperty("answers")[0];
            return (answer.Text("outcome"), answer.Text("code"));
        }
    }

    [Theory, BothDatabases, Capability("AX-52")]
    public async Task Two_pickers_at_once_take_different_carts_and_a_cart_that_is_left_is_taken_over_whole(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: false, "A-1", "A-2");
        var (shop, alpha, beta) = (clients.House, clients.Alpha, clients.Beta);
        await TwoClients.Fill(alpha, ("A-1", 20));
        await TwoClients.Fill(beta, ("A-2", 20));
        foreach (var merchant in new[] { alpha, beta })
        {
            for (int i = 0; i < 4; i++) await TwoClients.Released(merchant);
            await TwoClients.Wave(merchant, totes: 2);
        }
        using var pia = await clients.Picker("pia");
        using var max = await clients.Picker("max");
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
        using var kim = await clients.Picker("kim");
        var taken = await Next(kim);
        taken.Where(s => s.Text("state") == "open").Select(s => s.Text("id")).ToArray().ShouldBe(left.Skip(1).Select(s => s.Text("id")).ToArray());
        taken.First(s => s.Text("id") == first.Text("id")).Text("tote").ShouldBe("T-9");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-52", "PK-01")]
    public async Task Only_fresh_walks_that_fit_go_on_one_cart_and_two_devices_of_a_picker_show_the_same(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: false, "A-1", "A-2");
        var (shop, alpha, beta) = (clients.House, clients.Alpha, clients.Beta);
        await TwoClients.Fill(alpha, ("A-1", 100));
        await TwoClients.Fill(beta, ("A-2", 100));
        await Walk(alpha, 2, priority: 9);
        await Walk(beta, 2, priority: 8);
        await Walk(beta, 2, priority: 7);

        // Max begins Beta's most urgent walk alone and goes home. It is begun: nobody lays it beside another.
        using var max = await clients.Picker("max");
        max.Merchant = "beta";
        var begun = await Next(max, together: false);
        (await Picked(max, begun[0], "T-9")).ShouldBe("ok");
        (await Shop.Read(await max.Send(HttpMethod.Post, "/nodes/SHED/shift", new { isOnShift = false }), null)).Long("givenBack").ShouldBe(1);
        using var pia = await clients.Picker("pia");
        var devices = await Task.WhenAll(Next(pia), Next(pia), Next(pia));
        foreach (var device in devices) Ids(device).ShouldBe(Ids(devices[0]), "whichever device asks, it is one cart");
        devices[0].Select(s => s.Text("merchant")).Order().ShouldBe(["alpha", "alpha", "beta", "beta"]);
        devices[0].Select(s => s.Long("toteNo")).Order().ShouldBe([1, 2, 3, 4]);
        Ids(devices[0]).Intersect(Ids(begun)).ShouldBeEmpty("Max's walk has a tote of its own already");
        (await shop.Db.ReadAll(work => work.Scalar("select count(distinct cart_id) from pick_tours where cart_id is not null /* house */"))).ShouldBe(1);
        using var kim = await clients.Picker("kim");
        var alone = await Next(kim);
        Ids(alone).ShouldBe(Ids(begun), "it is gone on with alone");
        alone.Single(s => s.Text("id") == begun[0].Text("id")).Text("tote").ShouldBe("T-9");

        // A cart has as many places as there are letters: of what is too much the next that fits comes along.
        await Walk(alpha, 14, priority: 6);
        await Walk(beta, 14, priority: 5);
        await Walk(beta, 3, priority: 4);
        using var lee = await clients.Picker("lee");
        var full = await Next(lee);
        full.GroupBy(s => s.Text("merchant")!).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(new Dictionary<string, int> { ["alpha"] = 14, ["beta"] = 3 }, ignoreOrder: true);
        full.Select(s => s.Long("toteNo")).Order().ShouldBe(Enumerable.Range(1, 17).Select(n => (long)n));
        // Held already by one person, they are still not laid together.
        await Walk(alpha, 14, priority: 3);
        using var ned = await clients.Picker("ned");
        foreach (string of in new[] { "beta", "alpha" })
        {
            ned.Merchant = of;
            (await Next(ned, together: false)).Count.ShouldBe(14);
        }
        (await Next(ned)).Select(s => s.Text("merchant")).ShouldBe(Enumerable.Repeat("beta", 14), "what was taken first goes first");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases, Capability("AX-52", "PK-09")]
    public async Task Who_goes_home_leaves_the_refills_of_every_merchant(DatabaseKind kind)
    {
        await using var clients = await TwoClients.Open(kind, fakeClock: false, "A-1", "A-2");
        await TwoClients.Fill(clients.Beta, ("A-1", 5), ("A-2", 5));
        using var pia = await clients.Picker("pia");
        string me = (await Shop.Read(await pia.Send(HttpMethod.Get, "/session"), 200)).Text("actor")!;
        // A task of Beta's is hers; she has no walk and no shift there.
        await clients.House.Db.WriteAll(work => work.Execute(
            """
            insert into refill_tasks (id, merchant_id, node_id, sku_id, from_bin, to_bin, quantity, reason, is_urgent, state, operative, made_by, created_at_ms, taken_at_ms) /* house */
            select @id, m.id, n.id, p.id, 'A-1', 'A-2', 2, 'topUp', false, 'taken', @me, 'test', 1, 1 from merchants m join nodes n on n.code = 'SHED' join products p on p.merchant_id = m.id and p.sku = 'MUG-01' where m.code = 'beta'
            """, ("id", Guid.CreateVersion7()), ("me", me)));
        pia.Merchant = "alpha";
        await Shop.Read(await pia.Send(HttpMethod.Post, "/nodes/SHED/shift", new { isOnShift = false }), 200);
        (await clients.House.Db.ReadAll(work => work.Query("select state, operative from refill_tasks /* house */", row => (row.Text(), row.Text())))).ShouldBe([("open", "")]);
    }

    /// <summary>So many orders of one mug, on one walk.</summary>
    private static async Task Walk(HttpClient merchant, int orders, int priority)
    {
        for (int i = 0; i < orders; i++) await TwoClients.Released(merchant);
        await TwoClients.Wave(merchant, orders, priority);
    }

    private static async Task<List<JsonElement>> Next(Browser who, bool together = true) =>
        [.. (await Shop.Read(await Shop.Patiently(() => who.Send(HttpMethod.Post, $"/nodes/SHED/next-tour?together={(together ? "true" : "false")}", new { })), null)).GetProperty("tour").GetProperty("stops").EnumerateArray()];

    private static string[] Ids(IEnumerable<JsonElement> stops) => [.. stops.Select(s => s.Text("id")!)];

    private static async Task<string?> Picked(Browser who, JsonElement stop, string tote) =>
        (await Shop.Read(await who.Send(HttpMethod.Post, "/pick-commands", new { commands = new[] { new { id = Guid.CreateVersion7(), task = stop.Text("id"), kind = "pick", bin = stop.Text("bin"), item = "MUG-01", tote } } }), null)).GetProperty("answers")[0].Text("outcome");
}
