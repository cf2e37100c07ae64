using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Database;
using Switchyard.Shipping;
using Switchyard.Tests.Fulfilment;

namespace Switchyard.Tests.Shipping;

/// <summary>What is asked of a carrier is asked once: labels and lists whose answer nobody heard, keys that stay with their server, and parcels behind a limit of calls.</summary>
public sealed class BookedOnceTests
{
    [Theory, BothDatabases]
    [Capability("SH-01", "P3")]
    public async Task A_label_that_the_carrier_is_still_at_is_waited_for_and_what_it_made_too_late_is_voided(DatabaseKind kind)
    {
        await using var sim = new ShipEngineSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("engine", sim);
        shop.Patience().Timeout = TimeSpan.FromSeconds(60);
        var run = shop.Services.GetRequiredService<RunLabels>();

        // A gateway gives up, and the carrier goes on: however often it is asked for, it is not booked again.
        var (_, _, package) = await shop.Packed();
        sim.Next(Mood.DoneLater, sim.IsBooking);
        string label = (await shop.Label(package)).Text("id")!;
        for (int i = 0; i < 3; i++) await Tries(label, TimeSpan.FromSeconds(10));
        (Bookings(), sim.Live).ShouldBe((1, 0));
        await Late();
        await shop.Until(async () =>
        {
            shop.Clock!.Advance(TimeSpan.FromSeconds(1));
            await run.Turn(CancellationToken.None);
            return (await shop.Get("/labels/" + label)).Text("state") == "booked";
        });
        (Bookings(), sim.Live).ShouldBe((1, 1));

        // It never came within two minutes, so it is booked again; what comes in the middle of that is looked for, and voided.
        (_, _, package) = await shop.Packed();
        sim.Next(Mood.DoneLater, sim.IsBooking);
        label = (await shop.Label(package)).Text("id")!;
        sim.Next(Mood.Waits, sim.IsBooking);
        shop.Clock!.Advance(TimeSpan.FromMinutes(3));
        await run.Turn(CancellationToken.None);
        await shop.Until(() => Task.FromResult(Bookings() == 3));
        await Late();
        var unheard = sim.Parcels.Values.Single(p => p.Reference == package);
        sim.Go.SetResult();
        var booked = await shop.LabelUntil(label, "booked");
        booked.Text("tracking").ShouldNotBe(unheard.Tracking);
        sim.Live.ShouldBe(3);
        shop.Clock.Advance(TimeSpan.FromMinutes(2));
        await shop.Services.GetRequiredService<KeepManifests>().Turn();
        await shop.Until(() => Task.FromResult(unheard.IsVoid));
        (sim.Live, (await shop.Get("/labels/" + label)).Text("state")).ShouldBe((2, "booked"));
        (await shop.Db.ReadAll(work => work.Query("select state, voiding_key from carrier_orphans", row => (row.Text(), row.TextOrNull())))).ShouldHaveSingleItem();
        await shop.BooksAreRight();

        int Bookings() => sim.Calls.Count(c => c == "POST /v1/labels");

        async Task Late()
        {
            while (sim.StillAtIt.TryDequeue(out var work)) await work();
        }

        async Task Tries(string id, TimeSpan after)
        {
            long before = (await shop.Get("/labels/" + id)).Long("tries");
            shop.Clock!.Advance(after);
            await run.Turn(CancellationToken.None);
            await shop.Until(async () => (await shop.Get("/labels/" + id)).Long("tries") > before);
        }
    }

    [Theory, BothDatabases]
    [Capability("SH-08", "P8")]
    public async Task A_list_is_given_to_the_carrier_once_however_often_it_is_asked_for_and_all_that_leave_with_it_leave(DatabaseKind kind)
    {
        await using var sim = new ShipEngineSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("engine", sim);
        shop.Patience().Timeout = TimeSpan.FromSeconds(60);
        var keep = shop.Services.GetRequiredService<KeepManifests>();
        var first = await shop.Packed();
        await shop.Label(first.Package);

        // The caller gives up and asks again while the carrier is at it; a round of another process comes by as well.
        sim.Next(Mood.Waits, r => r.Method == "POST" && r.Path == "/v1/manifests");
        var closing = shop.Post("/nodes/MAIN/manifests", new { account = "engine", allLeave = true }, "the-same-key");
        await shop.Until(() => Task.FromResult(Closings() == 1));
        (await shop.Post("/nodes/MAIN/manifests", new { account = "engine", allLeave = true }, "the-same-key")).Text("state").ShouldBe("asked");
        shop.Clock!.Advance(TimeSpan.FromSeconds(30));
        await keep.Turn();
        Closings().ShouldBe(1);
        sim.Go.SetResult();
        var closed = await closing;
        (closed.Text("state"), closed.Long("scanned"), sim.Manifests).ShouldBe(("closed", 1, 1), closed.ToString());

        // The list was made and nobody heard: the round finds it, and all of it leaves.
        var second = await shop.Packed();
        await shop.Label(second.Package);
        sim.Next(Mood.FailsAfter, r => r.Method == "POST" && r.Path == "/v1/manifests");
        var asked = await shop.Post("/nodes/MAIN/manifests", new { account = "engine", allLeave = true });
        (asked.Text("state"), asked.Long("scanned")).ShouldBe(("asked", 0));
        shop.Clock.Advance(TimeSpan.FromMinutes(3));
        await keep.Turn();
        await shop.Until(async () => (await shop.Get("/manifests/" + asked.Text("id"))).Long("scanned") == 1);
        ((await shop.Get("/manifests/" + asked.Text("id"))).Text("state"), sim.Manifests).ShouldBe(("closed", 2));
        (await shop.Release(second.Release)).Text("state").ShouldBe("handedOver");
        (await shop.Get("/nodes/MAIN/day-end")).GetProperty("isClosed").GetBoolean().ShouldBeTrue();
        await shop.BooksAreRight();

        int Closings() => sim.Calls.Count(c => c == "POST /v1/manifests");
    }

    [Theory, BothDatabases]
    [Capability("SH-10", "P14")]
    public async Task Parcels_behind_a_limit_of_calls_are_all_asked_about_and_leave_room_for_labels(DatabaseKind kind)
    {
        await using var sim = new RoyalMailSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("royal", sim);
        for (int i = 0; i < 7; i++) await shop.Label((await shop.Packed()).Package);
        var (_, _, another) = await shop.Packed();
        await shop.Put("/carrier-accounts/royal", new { name = "royal", adapter = "royal-mail", baseUrl = sim.BaseUrl, settings = sim.Settings, callsPerMinute = 60, services = new[] { new { service = sim.Service, methods = new[] { "standard" } } } });
        shop.Clock!.Advance(TimeSpan.FromMinutes(11));
        var keep = shop.Services.GetRequiredService<KeepTracking>();
        await keep.Turn(CancellationToken.None);
        Asked().ShouldBeInRange(1, 6);
        // Whoever packs gets the label at once: half of the calls are left to those who wait.
        (await shop.Label(another)).Text("state").ShouldBe("booked");
        await shop.Until(async () =>
        {
            shop.Clock.Advance(TimeSpan.FromSeconds(10));
            await keep.Turn(CancellationToken.None);
            return Asked() >= 7;
        });
        sim.Calls.Where(IsTrack).Distinct().Count().ShouldBe(7, "each was asked about");

        bool IsTrack(string call) => call.EndsWith("/full", StringComparison.Ordinal);
        int Asked() => sim.Calls.Where(IsTrack).Distinct().Count();
    }

    [Theory, BothDatabases]
    [Capability("SH-13")]
    public async Task Keys_of_an_account_go_to_no_other_server_than_the_one_they_were_given_for(DatabaseKind kind)
    {
        await using var sim = new EasyPostSim();
        await using var other = new EasyPostSim();
        await using var shop = await ShippingShop.Open(kind);
        await shop.Account("easy", sim);
        await shop.Put("/carrier-accounts/easy", new { name = "Renamed", adapter = "easypost", baseUrl = sim.BaseUrl + "/", settings = sim.Settings });
        (await shop.Post("/carrier-accounts/easy/test", new { })).GetProperty("works").GetBoolean().ShouldBeTrue("at the same server they are kept");
        var refused = await shop.Refused(HttpMethod.Put, "/carrier-accounts/easy", new { name = "Elsewhere", adapter = "easypost", baseUrl = other.BaseUrl, settings = sim.Settings }, 400, "request.invalid");
        refused.GetProperty("errors")[0].Text("pointer").ShouldBe("/secrets/apiKey");
        var moved = await shop.Put("/carrier-accounts/easy", new { name = "Elsewhere", adapter = "easypost", baseUrl = other.BaseUrl, settings = sim.Settings, secrets = new { apiKey = "given-anew" } });
        moved.GetProperty("takesMessages").GetBoolean().ShouldBeFalse("nor does the secret of its messages");
        other.Calls.ShouldBeEmpty();
        (await shop.Get("/events?aggregate=easy&limit=250")).GetProperty("data").EnumerateArray().Where(e => e.Text("kind") == "CarrierAccountChanged").Last().ToString().ShouldContain(other.BaseUrl);
    }

    [Theory, BothDatabases]
    [Capability("SH-13")]
    public async Task Those_who_ask_for_a_driver_at_the_same_moment_get_one(DatabaseKind kind)
    {
        await using var sim = new ShipEngineSim();
        await using var shop = await ShippingShop.Open(kind, fakeClock: true);
        await shop.Account("engine", sim);
        var wish = new { node = "MAIN", from = "2026-07-06T12:00:00Z", to = "2026-07-06T15:30:00Z", parcels = 2, weightGrams = 4_000, phone = "+44 121 496 0000" };
        await shop.Refused(HttpMethod.Post, "/carrier-accounts/engine/pickups", wish, 409, "shipping.carrier_refused");
        var (_, _, package) = await shop.Packed();
        (await shop.Label(package)).Text("state").ShouldBe("booked");
        // Six at once, of which three have one key: while the carrier is asked, the others are told that it is.
        sim.Next(Mood.Waits, sim.IsPickup);
        var asked = Enumerable.Range(0, 6).Select(i => shop.Send(HttpMethod.Post, "/carrier-accounts/engine/pickups", wish, i % 2 == 0 ? "one-driver" : null)).ToList();
        await shop.Until(() => Task.FromResult(asked.Count(a => a.IsCompleted) == 5 && sim.Calls.Any(c => c == "POST /v1/pickups")));
        sim.Go.SetResult();
        var answers = await Task.WhenAll(asked);
        foreach (var busy in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) (await Shop.Read(busy, 409)).Text("code").ShouldBe("request.in_progress");
        string number = (await Shop.Read(answers.Single(a => a.StatusCode == HttpStatusCode.Created), 201)).Text("number")!;
        foreach (string? key in new[] { "one-driver", null, "another" }) (await shop.Post("/carrier-accounts/engine/pickups", wish, key)).Text("number").ShouldBe(number);
        (sim.Calls.Count(c => c == "POST /v1/pickups"), sim.Drivers).ShouldBe((1, 1));

        // Called off, the same place and time may be asked for anew; what the carrier did not do is asked again at once.
        await Shop.Read(await shop.Send(HttpMethod.Delete, "/carrier-accounts/engine/pickups?pickup=" + number, null), 200);
        sim.Next(Mood.Broken, sim.IsPickup);
        await shop.Refused(HttpMethod.Post, "/carrier-accounts/engine/pickups", wish, 502, "shipping.carrier_failed");
        (await shop.Post("/carrier-accounts/engine/pickups", wish)).Text("number").ShouldNotBe(number);
        sim.Drivers.ShouldBe(1);
    }

    [Fact]
    [Capability("SH-13")]
    public async Task A_driver_is_asked_for_once_under_one_key_and_a_token_is_asked_for_once()
    {
        await using var sim = new UpsSim();
        await using var shop = await ShippingShop.Open(DatabaseKind.Sqlite, fakeClock: true);
        await shop.Put("/nodes/LYON", new { name = "Lyon store", kind = "store", address = new { name = "Lyon store", line1 = "1 Rue du Moulin", city = "Lyon" }, country = "FR", postcode = "69001", timeZone = "Europe/Paris" });
        await shop.Account("ups", sim);
        var wish = new { node = "LYON", from = "2026-07-06T12:00:00Z", to = "2026-07-06T15:30:00Z", parcels = 2, weightGrams = 4_000, phone = "+33 4 72 10 30 30" };
        for (int i = 0; i < 2; i++) (await shop.Post("/carrier-accounts/ups/pickups", wish, "one-driver")).Text("number").ShouldBe("2929602E9CP");
        sim.Calls.Count(c => c.Contains("/pickupcreation/", StringComparison.Ordinal)).ShouldBe(1);
        for (int i = 0; i < 2; i++) (await shop.Post("/carrier-accounts/ups/test", new { })).GetProperty("works").GetBoolean().ShouldBeTrue();
        sim.Calls.Count(c => c.EndsWith("/oauth/token", StringComparison.Ordinal)).ShouldBe(1);
    }
}
