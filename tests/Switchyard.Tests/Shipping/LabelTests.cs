using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Messages;
using Switchyard.Shipping;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Shipping;

/// <summary>Labels from the wish to the carrier's list, and parcels from there to the door.</summary>
public sealed class LabelTests
{
    [Theory, BothDatabases]
    [Capability("SH-01", "SH-03", "SH-08", "SH-10", "AU-02", "P11")]
    public async Task A_label_is_booked_manifested_handed_over_and_tracked_to_the_door(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind);
        await shop.Account("royal", sim);
        var (order, release, package) = await shop.Packed();

        // Two presses at once make one label.
        var pressed = await Task.WhenAll(shop.Label(package), shop.Label(package));
        var label = await shop.LabelUntil(pressed[0].Text("id")!, "booked");
        pressed[1].Text("id").ShouldBe(label.Text("id"));
        string id = label.Text("id")!, tracking = label.Text("tracking")!;
        (label.Text("account"), label.Text("service"), label.Long("costMinor"), label.Text("reference")).ShouldBe(("royal", sim.Service, 495, package));
        sim.Live.ShouldBe(1);
        (await shop.Http.GetByteArrayAsync($"/api/v1/labels/{id}/file"))[..5].ShouldBe("%PDF-"u8.ToArray());
        (await shop.Release(release)).GetProperty("packages")[0].Text("tracking").ShouldBe(tracking);
        await shop.Until(async () => (await shop.Get("/orders?query=" + tracking)).GetProperty("data").GetArrayLength() == 1);
        (await shop.Get("/labels?tracking=" + tracking)).GetProperty("data")[0].Text("order").ShouldBe(order);

        // Taken back, the package has none; the next one goes under another reference.
        (await shop.Post($"/labels/{id}/void", new { })).Text("state").ShouldBe("voided");
        (await shop.Release(release)).GetProperty("packages")[0].Text("tracking").ShouldBeNull();
        var second = await shop.LabelUntil((await shop.Label(package)).Text("id")!, "booked");
        second.Text("reference").ShouldBe(package + "-2");
        (id, tracking) = (second.Text("id")!, second.Text("tracking")!);

        // The day's list: what it holds is voided no more.
        var (_, otherRelease, other) = await shop.Packed();
        await shop.LabelUntil((await shop.Label(other)).Text("id")!, "booked");
        var end = await shop.Get("/nodes/MAIN/day-end");
        (end.GetProperty("labelledNotManifested").Long("count"), end.GetProperty("isClosed").GetBoolean()).ShouldBe((2, false));
        var manifest = await shop.Post("/nodes/MAIN/manifests", new { account = "royal" });
        (manifest.Text("state"), manifest.Long("parcels"), manifest.Long("scanned")).ShouldBe(("closed", 2, 0), manifest.ToString());
        (await shop.Http.GetByteArrayAsync("/api/v1" + manifest.Text("file")![7..]))[..5].ShouldBe("%PDF-"u8.ToArray());
        await shop.Refused(HttpMethod.Post, $"/labels/{id}/void", new { }, 409, "shipping.manifested");
        await shop.Refused(HttpMethod.Post, "/nodes/MAIN/manifests", new { account = "royal" }, 409, "shipping.nothing_to_manifest");
        sim.Manifests.ShouldBe(1);

        // Onto the van: it is scanned, twice, and shipped once.
        string manifestId = manifest.Text("id")!;
        await shop.Refused(HttpMethod.Post, $"/manifests/{manifestId}/scan", new { tracking = "NOT-THERE" }, 409, "shipping.not_on_manifest");
        for (int i = 0; i < 2; i++) await shop.Post($"/manifests/{manifestId}/scan", new { tracking });
        (await shop.Release(release)).Text("state").ShouldBe("handedOver");
        (await shop.Release(otherRelease)).Text("state").ShouldBe("packed");
        end = await shop.Get("/nodes/MAIN/day-end");
        (end.GetProperty("labelledNotManifested").Long("count"), end.GetProperty("manifestedNotScanned").Long("count")).ShouldBe((0, 1));
        (await shop.Timeline(order)).Count(k => k == "FulfilmentShipped").ShouldBe(1);

        // The carrier's scans move package and order with nobody's help; an unknown word moves nothing.
        var parcel = sim.Parcels.Values.Single(p => p.Tracking == tracking);
        foreach (var (code, state) in new[] { ("Waiting For The Tide", "manifested"), ("In Transit", "inTransit"), ("Out For Delivery", "outForDelivery"), ("Delivered", "delivered"), ("In Transit", "delivered") })
        {
            parcel.Scans.Add(new SimScan(code, code, DateTimeOffset.UtcNow));
            await shop.Poll(id);
            (await shop.Release(release)).GetProperty("packages")[0].Text("state").ShouldBe(state, code);
        }
        (await shop.Release(release)).Text("state").ShouldBe("delivered");
        var told = await shop.Get($"/labels/{id}/tracking");
        told.Text("kind").ShouldBe("delivered");
        told.GetProperty("scans").EnumerateArray().ShouldContain(s => s.Text("kind") == "unknown" && s.Text("code") == "Waiting For The Tide");
        var card = (await shop.Get("/carrier-scorecards")).GetProperty("data")[0];
        (card.Text("accountName"), card.GetProperty("serviceName").ValueKind).ShouldBe(("royal", System.Text.Json.JsonValueKind.Null));
        (card.Text("account"), card.Long("parcels"), card.Long("delivered"), card.Long("onTime"), card.Long("meanCostMinor")).ShouldBe(("royal", 2, 1, 1, 495));
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    [Capability("SH-01")]
    public async Task The_container_code_of_a_parcel_stands_on_labels_and_lists_that_take_one(DatabaseKind kind)
    {
        await using var sim = new ShipEngineSim();
        await using var shop = await ShippingShop.Open(kind);
        await shop.Account("engine", sim);
        await shop.Table("van", "Van", "V1", 900, 1, 2);
        await shop.Put("/document-settings", new { name = "Fenwick & Vale", gs1Prefix = "5012345" });
        var labels = new List<(System.Text.Json.JsonElement Label, string Sscc)>();
        string order = "";
        foreach (string account in new[] { "engine", "van" })
        {
            (order, string release) = await shop.Released(("MUG", 1));
            await shop.Run(release, "start-picking", "pick");
            await shop.Post($"/fulfilments/{release}/packing/steps", new { id = "1", kind = "scan", code = "MUG" });
            var parcel = (await shop.Post($"/fulfilments/{release}/packing/seal", new { id = "s" })).GetProperty("sealed")[0];
            labels.Add((await shop.Label(parcel.Text("package")!, new { account }), parcel.Text("sscc")!));
        }
        ((string?)sim.Parcels.Values.ShouldHaveSingleItem().Asked!["packages"]![0]!["label_messages"]!["reference2"]).ShouldBe(labels[0].Sscc);
        (await shop.Http.GetStringAsync($"/api/v1/labels/{labels[1].Label.Text("id")}/file")).ShouldContain($"^FD(00){labels[1].Sscc}^FS");
        var manifest = await shop.Post("/nodes/MAIN/manifests", new { account = "van" });
        string csv = await shop.Http.GetStringAsync($"/api/v1/manifests/{manifest.Text("id")}/file");
        csv.Split("\r\n")[..2].Select(l => l.Split(',')[^1]).ShouldBe(["sscc", labels[1].Sscc]);

        // It comes by the end of a day: its customer is told that day, not the one that begins then.
        long merchant = await shop.Db.ReadAll(work => work.Scalar("select min(id) from merchants /* house */"));
        var told = await shop.Db.Read(Actor.House("test", merchant), work => ReadTrackedOrder.Load(work, OrderId.Parse(order, null), DateTimeOffset.UtcNow));
        told!.Parcels.ShouldHaveSingleItem().Eta.ShouldBe(labels[1].Label.GetProperty("eta").GetDateTimeOffset().AddMilliseconds(-1));
    }

    [Theory, BothDatabases]
    [Capability("SH-01", "P3")]
    public async Task A_time_out_after_booking_makes_no_second_label_and_a_package_that_is_opened_gives_its_label_back(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind);
        await shop.Account("royal", sim);
        shop.Patience().Timeout = TimeSpan.FromSeconds(5);           // long enough for the booking to get there
        var (_, release, package) = await shop.Packed();

        // It was done and nobody heard; nor do the first two questions get an answer.
        sim.Next(Mood.HangsAfter, sim.IsBooking);
        sim.Next(Mood.Broken);
        sim.Next(Mood.Malformed);
        var wanted = await shop.Label(package);
        var label = await shop.LabelUntil(wanted.Text("id")!, "booked");
        shop.Patience().Timeout = TimeSpan.FromSeconds(60);
        (sim.Live, sim.Parcels.Count, sim.Calls.Count(c => c == "POST /orders")).ShouldBe((1, 1, 1));
        label.Text("tracking").ShouldBe(sim.Parcels.Values.Single().Tracking);

        // Opened again: the label goes back by itself.
        await shop.Do(release, "unpack");
        await shop.Services.GetRequiredService<KeepTracking>().Turn(CancellationToken.None);
        await shop.LabelUntil(label.Text("id")!, "voided");
        sim.Live.ShouldBe(0);

        // A service that the carrier refuses for good waits for a person, who tries again after mending it.
        string again = (await shop.Do(release, "pack")).GetProperty("packages").EnumerateArray().Last(p => p.Text("state") == "labelled").Text("id")!;
        await shop.Card("rm", ("OLD1", 300, 2));
        await shop.Put("/carrier-accounts/royal", new { name = "royal", adapter = "royal-mail", baseUrl = sim.BaseUrl, settings = sim.Settings, services = new[] { new { service = "OLD1" } } });
        var failed = await shop.LabelUntil((await shop.Label(again)).Text("id")!, "failed");
        failed.Text("fault")!.ShouldContain("OLD1");
        (await shop.Troubles("label_failed")).ShouldHaveSingleItem();
        (await shop.Get("/labels?state=failed")).GetProperty("data").GetArrayLength().ShouldBe(1);
        await shop.Account("royal", sim);
        await shop.Post($"/labels/{failed.Text("id")}/retry", new { });
        await shop.LabelUntil(failed.Text("id")!, "booked");
        (await shop.Troubles("label_failed")).ShouldBeEmpty();

        // Shipped by hand, it has left as well.
        await shop.Do(release, "ship");
        await shop.Services.GetRequiredService<KeepTracking>().Turn(CancellationToken.None);
        (await shop.Get("/labels/" + failed.Text("id"))).GetProperty("scannedAt").ValueKind.ShouldBe(JsonValueKind.String);
        await shop.Refused(HttpMethod.Post, $"/labels/{failed.Text("id")}/void", new { }, 409, "shipping.has_left");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    [Capability("P14", "SH-05")]
    public async Task A_dead_carrier_lets_the_next_one_have_the_parcel_and_holds_up_nobody(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim { Always = Mood.Hangs };
        await using var shop = await ShippingShop.Open(kind);
        var patience = shop.Patience();
        (patience.Timeout, patience.BeforeNext) = (TimeSpan.FromSeconds(1), TimeSpan.Zero);
        await shop.Account("cheap", sim, price: 100);
        await shop.Table("van", "Own van", "VAN", 900, 1, 3);
        var (_, _, package) = await shop.Packed();

        // It hangs in the booking and in the question after it; the next in line takes the parcel, and the first is looked after.
        var label = await shop.LabelUntil((await shop.Label(package, new { policy = "cheapest" })).Text("id")!, "booked");
        (label.Text("account"), label.Long("costMinor")).ShouldBe(("van", 900));
        label.GetProperty("decision").GetProperty("quotes").EnumerateArray().Select(q => q.Text("account")).ShouldBe(["cheap", "van"]);

        // It had booked one after all: when it is back, that one is voided.
        var orphan = new SimParcel { Key = "77", Tracking = "QB77", Reference = package, Service = sim.Service };
        sim.Parcels["77"] = orphan;
        sim.Always = Mood.Fine;
        (patience.Timeout, patience.Rest) = (TimeSpan.FromSeconds(60), TimeSpan.Zero);
        await shop.Db.WriteAll(work => work.Execute("update carrier_orphans set due_at_ms = 0 /* house */"));
        await shop.Until(async () =>
        {
            await shop.Services.GetRequiredService<KeepManifests>().Turn();
            return orphan.IsVoid;
        });
        (await shop.Get("/labels/" + label.Text("id"))).Text("state").ShouldBe("booked");

        // While it hangs, quotes say so within their time, and orders are placed as ever.
        sim.Always = Mood.Broken;
        await shop.BooksAreRight();
        (await shop.Send(HttpMethod.Post, "/orders", Given.Order(("MUG", 1)))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}

internal static class LabelSteps
{
    /// <summary>The carrier is asked where this parcel is, now.</summary>
    public static async Task Poll(this Shop shop, string label)
    {
        LabelId.TryParse(label, null, out var id);
        await shop.Db.WriteAll(work => work.Execute("update carrier_labels set poll_at_ms = 0 where id = @id /* house */", ("id", id.Value)));
        await shop.Services.GetRequiredService<KeepTracking>().Turn(CancellationToken.None);
        // The server's own round may have taken it a moment before, and be at it still: whoever has asked puts it off by more than a lease.
        long leased = shop.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds();
        await shop.Until(async () => await shop.Db.ReadAll(work => work.Scalar(
            "select count(*) from carrier_labels where id = @id and poll_at_ms < @leased /* house */", ("id", id.Value), ("leased", leased))) == 0);
    }
}
