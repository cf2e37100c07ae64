using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using static Switchyard.Tests.Orders.RoutingShop;

namespace Switchyard.Tests.Orders;

/// <summary>Why an order goes from where it goes: made again from what was seen then, with what would have flipped it.</summary>
public sealed class ExplainTests
{
    [Theory, BothDatabases, Capability("AX-22", "NX-01", "RT-04", "AX-20")]
    public async Task Every_decision_says_why_each_node_does_not_send_and_what_would_have_changed_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Network();
        foreach (string node in new[] { "DC", "NORTH" }) await shop.Stock("CUP", 50, node, first: node == "DC");
        var house = await shop.Post("/orders", Given.Order(("CUP", 2)));
        var why = (await shop.Routing(house))[0];
        (why.Text("rule"), why.Text("inputs"), why.GetProperty("isReproduced").GetBoolean(), why.GetProperty("isCurrent").GetBoolean(), why.Long("costMinor"), why.Text("currency"))
            .ShouldBe(("cheapest-1", "kept", true, true, 495, "GBP"));
        var shipment = why.GetProperty("shipments")[0];
        (shipment.Text("node"), shipment.Long("carriageMinor"), shipment.Long("pickMinor"), shipment.Long("handlingMinor"), shipment.Long("days")).ShouldBe(("DC", 495, 0, 0, 4));
        Codes(why).ShouldBe(["routeCheapest"]);
        var (dc, north, store) = (Candidate(why, "DC"), Candidate(why, "NORTH"), Candidate(why, "S1"));
        (dc.Text("reason"), north.Text("reason"), store.Text("reason")).ShouldBe(("chosen", "dearer", "no_stock"));
        (Codes(dc)[0], Codes(north)[0], Codes(store)[0]).ShouldBe(("routeSends", "routeDearer", "routeNoStock"));
        Says(north).GetProperty("values").Text("amountMinor").ShouldBe("155");
        (Flip(dc, "dearer").Long("amountMinor"), Flip(north, "cheaper").Long("amountMinor"), Flip(north, "cheaper").GetProperty("nodes")[0].GetString()).ShouldBe((156, 156, "NORTH"), "of equals the older node sends");
        store.GetProperty("flips").GetArrayLength().ShouldBe(0, "at 8.00 no stock would have brought the store in");

        await shop.Put("/nodes/NORTH", new { name = "North", kind = "warehouse", country = "GB", groups = new[] { "cold" }, attributes = new { trust = "95" }, position = new { latitude = 53.48, longitude = -2.24 } });
        await shop.Put("/routing/places/GB", new { places = new[] { new { prefix = "M", latitude = 53.477, longitude = -2.233 } } });
        await shop.Live("main", new { name = "Quick and far", weights = new { dayMinor = 100, stockMinor = 10, hundredKmMinor = 5 }, nodes = "kind:warehouse" });
        await shop.Draft("other", new { name = "Stores", nodes = "kind:store", otherwise = "hold" });
        await shop.Post("/routing/strategies/other/check", new { });
        await shop.Post("/routing/strategies/other/shadow", new { });
        var unseen = await shop.Get("/routing/shadow");
        (unseen.Text("strategy"), unseen.Long("number"), unseen.Long("orders")).ShouldBe(("other", 1, 0), "it watches, and has seen nothing yet");
        var ruled = await shop.Post("/orders", Given.Order(("CUP", 1)));
        From(ruled).ShouldBe("1:NORTHx1");
        why = (await shop.Routing(ruled))[0];
        (why.Text("strategy"), why.Long("strategyVersion"), why.GetProperty("isReproduced").GetBoolean(), why.GetProperty("shadow").Long("unsentUnits")).ShouldBe(("main", 1, true, 1));
        Codes(why).ShouldBe(["routeByRule"]);
        (dc, store) = (Candidate(why, "DC"), Candidate(why, "S1"));
        (dc.Text("reason"), Codes(dc)[0], store.Text("reason"), Codes(store)[0]).ShouldBe(("dearer", "routeRanked", "excluded", "routeExcluded"));
        (Flip(dc, "cheaper").Long("amountMinor"), Flip(dc, "earlier").Long("days")).ShouldBe((45, 1), "two days at 1.00 each less 1.55 of postage; of equals the older node sends");
        (Candidate(why, "NORTH").Long("km"), why.GetProperty("destination").GetProperty("latitude").GetDecimal()).ShouldBe((1, 53.477m));

        string id = ruled.Text("id")!;
        await shop.Post($"/orders/{id}/edit", new { lines = new[] { new { line = 1, quantity = 3 } } });
        var all = await shop.Routing(ruled);
        all.Select(d => (d.Long("version"), d.Text("inputs"), d.GetProperty("isReproduced").GetBoolean())).ShouldBe([(2, "kept", true), (1, "kept", true)]);
        await shop.Post($"/orders/{id}/edit", new { shippingAddress = new { name = "Ada", line1 = "1 High Street", city = "Leeds", postcode = "LS1 4AP", country = "GB" } });
        all = await shop.Routing(ruled);
        all.Select(d => (d.Long("version"), d.Text("inputs"))).ShouldBe([(3, "kept"), (2, "placeChanged"), (1, "placeChanged")], "where it went then is not kept a second time");
        all[2].GetProperty("shipments")[0].Text("node").ShouldBe("NORTH", "what was written down is told anyway");

        var sum = await shop.Get("/routing/shadow");
        (sum.Text("strategy"), sum.Long("orders"), sum.Long("differing"), sum.GetProperty("live").Long("costMinor"), sum.GetProperty("shadow").Long("unsentUnits")).ShouldBe(("other", 1, 1, 650, 1));
        var differing = (await shop.Get("/routing/shadow/orders?strategy=other&number=1&limit=1")).GetProperty("data");
        (differing.GetArrayLength(), differing[0].Text("id"), differing[0].GetProperty("live").Long("parcels"), differing[0].GetProperty("shadow").Long("parcels")).ShouldBe((1, id, 1, 0));
        await shop.Refused(HttpMethod.Get, "/routing/shadow?number=1", null, 400, "request.invalid");
        await shop.Refused(HttpMethod.Get, "/orders/ord_nothing/routing", null, 404, "orders.not_found");
    }

    private static JsonElement Candidate(JsonElement decision, string node) => decision.GetProperty("candidates").EnumerateArray().Single(c => c.Text("node") == node);
    private static JsonElement Flip(JsonElement candidate, string change) => candidate.GetProperty("flips").EnumerateArray().Single(f => f.Text("change") == change);
    private static JsonElement Says(JsonElement told) => told.GetProperty("says")[0];
    private static string[] Codes(JsonElement told) => [.. told.GetProperty("says").EnumerateArray().Select(s => s.Text("code")!)];
}

internal static class RoutingReads
{
    /// <summary>The decisions about an order, newest first.</summary>
    public static async Task<JsonElement[]> Routing(this Shop shop, JsonElement order) => [.. (await shop.Get($"/orders/{order.Text("id")}/routing")).GetProperty("data").EnumerateArray()];
}
