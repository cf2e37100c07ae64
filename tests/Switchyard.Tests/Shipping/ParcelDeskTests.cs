using System.Text.Json;
using Shouldly;
using Switchyard.Database;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Shipping;

/// <summary>What the shipping desk is made of: parcels found by what is known of them, the usual policy, and accounts that are tried.</summary>
public sealed class ParcelDeskTests
{
    [Theory, BothDatabases]
    [Capability("SH-05", "SH-08", "SE-03")]
    public async Task Parcels_are_found_by_label_carrier_number_and_manifest_with_and_without_a_label(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind);
        await shop.Account("royal", sim);
        var (first, second, third) = (await shop.Packed(), await shop.Packed(), await shop.Packed());
        var label = await shop.LabelUntil((await shop.Label(first.Package)).Text("id")!, "booked");
        string tracking = label.Text("tracking")!, number = (await shop.Get("/orders/" + second.Order)).Text("number")!;

        (await Found(shop, "")).ShouldBe([third.Package, second.Package, first.Package]);
        (await Found(shop, "state:labelled label:none")).ShouldBe([third.Package, second.Package]);
        (await Found(shop, "label:booked")).ShouldBe([first.Package]);
        (await Found(shop, "account:royal")).ShouldBe([first.Package]);
        (await Found(shop, "tracking:" + tracking)).ShouldBe([first.Package]);
        (await Found(shop, tracking[..8] + "*")).ShouldBe([first.Package]);
        (await Found(shop, "#" + number)).ShouldBe([second.Package]);
        (await Found(shop, $"order:{number} OR tracking:{tracking}")).ShouldBe([second.Package, first.Package]);
        (await Found(shop, "node:MAIN cost:>4 packed:today OR node:MAIN cost:>4 packed:yesterday")).ShouldBe([first.Package]);
        (await Found(shop, "silent:yes OR late:yes OR lost:yes")).ShouldBeEmpty();

        var parcel = await shop.Get("/parcels/" + first.Package);
        (parcel.Text("state"), parcel.Text("tracking"), parcel.GetProperty("label").Text("account"), parcel.GetProperty("label").Long("costMinor")).ShouldBe(("labelled", tracking, "royal", 495));
        (await shop.Get("/parcels/" + third.Package)).GetProperty("label").ValueKind.ShouldBe(JsonValueKind.Null);
        await shop.Refused(HttpMethod.Get, "/parcels/pkg_00000000000000000000000000000001", null, 404, "fulfilment.package_not_found");
        await shop.Refused(HttpMethod.Get, "/parcels?query=colour:red", null, 400, "request.invalid");

        string manifest = (await shop.Post("/nodes/MAIN/manifests", new { account = "royal" })).Text("id")!;
        (await Found(shop, "manifest:" + manifest)).ShouldBe([first.Package]);
        var left = (await shop.Get("/nodes/MAIN/day-end")).GetProperty("manifestedNotScanned").GetProperty("labels")[0];
        (left.Text("manifest"), left.Text("orderNumber")).ShouldBe((manifest, (await shop.Get("/orders/" + first.Order)).Text("number")));

        // A page at a time, in the same order.
        var page = await shop.Get("/parcels?limit=2&count=true");
        page.GetProperty("count").Long("count").ShouldBe(3);
        (await shop.Get("/parcels?limit=2&after=" + page.Text("next"))).GetProperty("data")[0].Text("id").ShouldBe(first.Package);
    }

    [Theory, BothDatabases]
    [Capability("SH-05", "SH-07")]
    public async Task The_usual_policy_is_the_merchants_and_who_writes_over_another_is_told(DatabaseKind kind)
    {
        await using var shop = await ShippingShop.Open(kind);
        await shop.Table("slow", "Slow", "S1", 300, 2, 3);
        await shop.Table("quick", "Quick", "Q1", 900, 1, 1);
        var (_, _, package) = await shop.Packed();
        (await shop.Get("/shipping-settings")).Text("policy").ShouldBe("cheapestInTime");
        (await Policy(new { })).ShouldBe("cheapestInTime");
        (await Policy(new { policy = "cheapest" })).ShouldBe("cheapest");

        (await shop.Put("/shipping-settings", new { policy = "fastest" })).Long("version").ShouldBe(1);
        (await Policy(new { })).ShouldBe("fastest");
        (await shop.Post($"/packages/{package}/quotes", new { })).GetProperty("quotes")[0].Text("account").ShouldBe("quick");
        (await shop.LabelUntil((await shop.Label(package)).Text("id")!, "booked")).Text("policy").ShouldBe("fastest");
        await shop.Refused(HttpMethod.Put, "/shipping-settings", new { }, 400, "request.invalid");

        using var stale = new HttpRequestMessage(HttpMethod.Put, "/api/v1/shipping-settings") { Content = System.Net.Http.Json.JsonContent.Create(new { policy = "cheapest" }) };
        stale.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        using var answer = await shop.Http.SendAsync(stale);
        ((int)answer.StatusCode).ShouldBe(412);
        (await shop.Get("/shipping-settings")).Text("policy").ShouldBe("fastest");

        async Task<string?> Policy(object wish) => (await shop.Post($"/packages/{package}/quotes", wish)).Text("policy");
    }

    [Fact]
    [Capability("SH-01", "SH-13")]
    public async Task An_account_is_tried_without_booking_anything_and_a_wrong_key_is_named()
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(DatabaseKind.Sqlite);
        await shop.Account("royal", sim);
        var works = await shop.Post("/carrier-accounts/royal/test", new { });
        (works.GetProperty("works").GetBoolean(), works.Text("fault")).ShouldBe((true, null));
        await shop.Put("/carrier-accounts/royal", new { name = "royal", adapter = "royal-mail", baseUrl = sim.BaseUrl, settings = sim.Settings, secrets = new { apiKey = "another" } });
        (await shop.Post("/carrier-accounts/royal/test", new { })).Text("fault").ShouldBe("unauthorized");
        sim.Parcels.ShouldBeEmpty();
        await shop.Refused(HttpMethod.Post, "/carrier-accounts/nobody/test", new { }, 404, "shipping.no_such_account");
    }

    [Theory, BothDatabases]
    [Capability("SH-01", "SH-13")]
    public async Task A_driver_is_asked_for_by_the_clock_of_the_place_and_called_off_and_what_the_carrier_misses_is_said(DatabaseKind kind)
    {
        await using var sim = new UpsSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Put("/nodes/LYON", new { name = "Lyon store", kind = "store", address = new { name = "Lyon store", line1 = "1 Rue du Moulin", city = "Lyon" }, country = "FR", postcode = "69001", timeZone = "Europe/Paris" });
        await shop.Account("ups", sim);
        var wish = new { node = "LYON", from = "2026-07-06T12:00:00Z", to = "2026-07-06T15:30:00Z", parcels = 1_200, weightGrams = 84_050 };
        await shop.Refused(HttpMethod.Post, "/carrier-accounts/ups/pickups", wish, 409, "shipping.carrier_refused");
        sim.Pickups.ShouldBeEmpty();
        for (int i = 0; i < 2; i++)
            (await shop.Post("/carrier-accounts/ups/pickups", new { wish.node, wish.from, wish.to, wish.parcels, wish.weightGrams, phone = "+33 4 72 10 30 30" })).Text("number").ShouldBe("2929602E9CP");
        var (when, asked) = sim.Pickups.ShouldHaveSingleItem();
        when.ShouldBe("20260706 Lyon");
        ((string?)asked["PickupDateInfo"]!["ReadyTime"], (string?)asked["PickupDateInfo"]!["CloseTime"], (string?)asked["TotalWeight"]!["Weight"]).ShouldBe(("1400", "1730", "84.1"));
        asked["PickupPiece"]!.AsArray().Select(p => (string?)p!["Quantity"]).ShouldBe(["999", "201"]);
        await shop.Refused(HttpMethod.Post, "/carrier-accounts/ups/pickups", new { wish.node, from = "2026-02-01T08:00:00Z", to = "2026-02-01T10:00:00Z" }, 400, "request.invalid");

        // The end of the day shows it, by the name of the account, though no parcel is labelled.
        var day = await shop.Get("/nodes/LYON/day-end");
        var carrier = day.GetProperty("carriers").EnumerateArray().ShouldHaveSingleItem();
        (carrier.Text("account"), carrier.Text("name"), carrier.GetProperty("takesPickups").GetBoolean(), carrier.GetProperty("callsOff").GetBoolean()).ShouldBe(("ups", "ups", true, true));
        Pickups(day).ShouldBe([("2929602E9CP", "asked", 1_200)]);
        // Whoever calls it off twice is told the same, and the carrier is asked once.
        await shop.Refused(HttpMethod.Delete, "/carrier-accounts/ups/pickups?pickup=nothing", null, 404, "shipping.no_such_pickup");
        for (int i = 0; i < 2; i++) (await Shop.Read(await shop.Send(HttpMethod.Delete, "/carrier-accounts/ups/pickups?pickup=2929602E9CP", null), 200)).Text("state").ShouldBe("calledOff");
        (sim.CalledOff, sim.Pickups.Count).ShouldBe((1, 0));
        Pickups(await shop.Get("/nodes/LYON/day-end")).ShouldBe([("2929602E9CP", "calledOff", 1_200)]);
        // Asked for anew, it is there again.
        await shop.Post("/carrier-accounts/ups/pickups", new { wish.node, wish.from, wish.to, parcels = 3, phone = "+33 4 72 10 30 30" });
        Pickups(await shop.Get("/nodes/LYON/day-end")).ShouldBe([("2929602E9CP", "asked", 3)]);

        // Another carrier cannot, and says so.
        await shop.Table("van", "Van", "V1", 300, 1, 1);
        await shop.Refused(HttpMethod.Post, "/carrier-accounts/van/pickups", wish, 409, "shipping.not_supported");
    }

    private static IEnumerable<(string?, string?, long)> Pickups(JsonElement day) => day.GetProperty("pickups").EnumerateArray().Select(p => (p.Text("number"), p.Text("state"), p.Long("parcels")));

    private static async Task<string[]> Found(Shop shop, string query) =>
        [.. (await shop.Get("/parcels?query=" + Uri.EscapeDataString(query))).GetProperty("data").EnumerateArray().Select(p => p.Text("id")!)];
}
