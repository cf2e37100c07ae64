using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Fulfilment;
using Switchyard.Shipping;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Shipping;

/// <summary>The books say of a parcel what is so: of one that left although it was held, of one nobody tells of, and of one whose label goes back while somebody ships it.</summary>
public sealed class ParcelTruthTests
{
    [Theory, BothDatabases]
    [Capability("SH-10", "P8")]
    public async Task What_was_noted_delivered_or_is_told_of_by_nobody_is_never_lost_by_silence(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("royal", sim);
        await shop.Table("van", "Own van", "VAN", 900, 1, 3);
        var (byVan, byPost, silent) = (await shop.Packed(), await shop.Packed(), await shop.Packed());
        await shop.Label(byVan.Package, new { account = "van" });
        string post = (await shop.Label(byPost.Package, new { account = "royal" })).Text("id")!, lost = (await shop.Label(silent.Package, new { account = "royal" })).Text("id")!;
        foreach (string account in new[] { "van", "royal" }) (await shop.Post("/nodes/MAIN/manifests", new { account, allLeave = true })).Text("state").ShouldBe("closed");

        // One is noted delivered by hand; then nothing is heard of any for eleven days.
        shop.Clock!.Advance(TimeSpan.FromHours(30));
        await shop.Do(byPost.Release, "deliver");
        var keep = shop.Services.GetRequiredService<KeepTracking>();
        foreach (int days in new[] { 4, 7 })
        {
            shop.Clock.Advance(TimeSpan.FromDays(days));
            await keep.Turn(CancellationToken.None);
        }
        (await Package(shop, byVan.Release)).Text("state").ShouldBe("manifested");
        (await Package(shop, byPost.Release)).Text("state").ShouldBe("delivered");
        (await Package(shop, silent.Release)).Text("state").ShouldBe("lost");
        (await shop.Get("/carrier-claims")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem().Text("label").ShouldBe(lost);
        (await shop.Troubles("parcel_lost")).ShouldHaveSingleItem();
        (await shop.Troubles("parcel_stalled")).ShouldBeEmpty();

        // Nor does a person lose by mistake what has arrived, and silence that ended in the meantime loses nothing.
        await shop.Refused(HttpMethod.Post, $"/labels/{post}/lost", new { reason = "Where is it?" }, 409, "fulfilment.nothing_under_way");
        LabelId.TryParse(post, null, out var known);
        (await KeepTracking.Lose(shop.Db, shop.Clock, Actor.House("test", 1), known, "silence", silentSince: 1)).IsOk.ShouldBeFalse();
        (await shop.Get("/carrier-claims")).GetProperty("data").GetArrayLength().ShouldBe(1);

        // What no carrier tells of is there when the channel's days are over.
        shop.Clock.Advance(TimeSpan.FromDays(4));
        await shop.Services.GetRequiredService<KeepWorkMoving>().Handle();
        (await Package(shop, byVan.Release)).Text("state").ShouldBe("delivered");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    [Capability("SH-10", "P1", "P8")]
    public async Task A_parcel_that_the_carrier_has_leaves_in_the_books_although_it_was_stopped_or_held_and_an_opened_one_is_told(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("royal", sim);
        var (stopped, held, opened) = (await shop.Packed(), await shop.Packed(), await shop.Packed());
        var labels = new List<string>();
        foreach (var (_, _, package) in new[] { stopped, held, opened }) labels.Add((await shop.Label(package)).Text("id")!);
        await shop.Post($"/orders/{stopped.Order}/cancel", new { reason = "No longer wanted" });
        (await shop.Release(stopped.Release)).Text("state").ShouldBe("stopAsked");
        await shop.Post($"/orders/{held.Order}/hold", new { reason = "Look at it first" });
        // The driver has taken the cage before any of it, and in the evening it is sorted.
        shop.Clock!.Advance(TimeSpan.FromHours(10));
        sim.Parcels.Values.Single(p => p.Reference == opened.Package).IsManifested = true;
        await shop.Do(opened.Release, "unpack");
        foreach (var parcel in sim.Parcels.Values) parcel.Scans.Add(new SimScan("In Transit", "Sorted", shop.Clock.GetUtcNow()));
        foreach (string label in labels) await shop.Poll(label);
        (await shop.Release(stopped.Release)).Text("state").ShouldBe("handedOver");
        (await Package(shop, stopped.Release)).Text("state").ShouldBe("inTransit");
        (await shop.Release(held.Release)).Text("state").ShouldBe("handedOver");
        (await Package(shop, held.Release)).Text("state").ShouldBe("inTransit");
        (await shop.Troubles("shipped_after_cancel")).ShouldHaveSingleItem();
        (await shop.Troubles("shipped_while_held")).ShouldHaveSingleItem().Text("detail")!.ShouldContain("Look at it first");
        ((int)(await shop.Send(HttpMethod.Post, $"/fulfilments/{stopped.Release}/put-back", new { })).StatusCode).ShouldBe(409, "nobody puts back what is under way");
        (await shop.Balance("MUG")).Long("onHand").ShouldBe(96);

        // The opened one is somebody's task, once.
        (await shop.Troubles("opened_parcel_moves")).ShouldHaveSingleItem().Text("detail")!.ShouldContain(sim.Parcels.Values.Single(p => p.Reference == opened.Package).Tracking);
        await shop.Poll(labels[2]);
        (await shop.Troubles("opened_parcel_moves")).ShouldHaveSingleItem().Long("seen").ShouldBe(1);
        foreach (var parcel in sim.Parcels.Values) parcel.Scans.Add(new SimScan("Delivered", "There", shop.Clock.GetUtcNow()));
        foreach (string label in labels) await shop.Poll(label);
        (await shop.Release(stopped.Release)).Text("state").ShouldBe("delivered");
        await shop.BooksAreRight();
    }

    [Theory, BothDatabases]
    [Capability("SH-03", "SH-08", "P11")]
    public async Task A_label_goes_back_or_its_parcel_leaves_never_both_and_an_opened_package_is_on_no_list(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("royal", sim);
        var keep = shop.Services.GetRequiredService<KeepTracking>();
        var run = shop.Services.GetRequiredService<RunLabels>();

        // Shipped by hand a moment ago: it has left.
        var first = await shop.Packed();
        string id = (await shop.Label(first.Package)).Text("id")!;
        await shop.Do(first.Release, "ship");
        await shop.Refused(HttpMethod.Post, $"/labels/{id}/void", new { }, 409, "shipping.has_left");

        // While the carrier is still asked to take it back, it leaves under no label of ours.
        var second = await shop.Packed();
        id = (await shop.Label(second.Package)).Text("id")!;
        sim.Next(Mood.Waits, r => r.Method == "DELETE");
        var voiding = shop.Send(HttpMethod.Post, $"/labels/{id}/void", new { });
        await shop.LabelUntil(id, "voiding");
        await shop.Refused(HttpMethod.Post, $"/fulfilments/{second.Release}/ship", new { }, 409, "fulfilment.label_going");
        (await Package(shop, second.Release)).Text("tracking").ShouldBeNull();
        sim.Go.SetResult();
        (await Shop.Read(await voiding, 200)).Text("state").ShouldBe("voided");
        await shop.Do(second.Release, "ship", new { tracking = "BY-HAND-1" });

        // Refused, it is on the package again.
        var third = await shop.Packed();
        id = (await shop.Label(third.Package)).Text("id")!;
        var parcel = sim.Parcels.Values.Single(p => p.Reference == third.Package);
        parcel.IsManifested = true;
        await shop.Refused(HttpMethod.Post, $"/labels/{id}/void", new { }, 409, "shipping.carrier_refused");
        (await Package(shop, third.Release)).Text("tracking").ShouldBe(parcel.Tracking);

        // Both at once: one of the two.
        for (int i = 0; i < 4; i++)
        {
            var race = await shop.Packed();
            id = (await shop.Label(race.Package)).Text("id")!;
            var both = await Task.WhenAll(shop.Send(HttpMethod.Post, $"/labels/{id}/void", new { }), shop.Send(HttpMethod.Post, $"/fulfilments/{race.Release}/ship", new { }));
            string state = (await shop.Get("/labels/" + id)).Text("state")!;
            if (both[0].StatusCode == HttpStatusCode.OK) state.ShouldBe("voided");
            var package = await Package(shop, race.Release);
            (package.Text("state") == "manifested" && package.Text("tracking") is not null).ShouldBe(state == "booked", $"{both[0].StatusCode} {both[1].StatusCode} {state} {package}");
        }

        shop.Clock!.Advance(TimeSpan.FromMinutes(1));

        // An opened package is on no list; where the carrier refuses, somebody is told once and it is asked once.
        await shop.Do(third.Release, "unpack");
        var good = await shop.Packed();
        await shop.Label(good.Package);
        int asked = sim.Calls.Count(c => c.StartsWith("DELETE", StringComparison.Ordinal));
        foreach (int _ in new[] { 1, 2, 3 })
        {
            await keep.Turn(CancellationToken.None);
            await run.Turn(CancellationToken.None);
            await shop.Until(async () => (await shop.Get("/labels?state=voiding")).GetProperty("data").GetArrayLength() == 0);
        }
        sim.Calls.Count(c => c.StartsWith("DELETE", StringComparison.Ordinal)).ShouldBe(asked + 1);
        (await shop.Troubles("label_not_voided")).ShouldHaveSingleItem().Long("seen").ShouldBe(1);
        var manifest = await shop.Post("/nodes/MAIN/manifests", new { account = "royal" });
        manifest.Text("state").ShouldBe("closed", manifest.ToString());
        (await shop.Get("/labels?package=" + third.Package)).GetProperty("data")[0].Text("state").ShouldBe("booked");

        // Opened when the list was made already: told as well, and the day can be closed.
        await shop.Do(good.Release, "unpack");
        await keep.Turn(CancellationToken.None);
        (await shop.Troubles("label_not_voided")).Count.ShouldBe(2);
        var end = await shop.Get("/nodes/MAIN/day-end");
        (end.GetProperty("labelledNotManifested").Long("count"), end.GetProperty("manifestedNotScanned").Long("count")).ShouldBe((0, 0), end.ToString());
        await shop.BooksAreRight();
    }

    private static async Task<JsonElement> Package(Shop shop, string release) => (await shop.Release(release)).GetProperty("packages")[0];
}
