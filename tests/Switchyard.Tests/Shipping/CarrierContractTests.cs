using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Http;
using Switchyard.Shipping;

namespace Switchyard.Tests.Shipping;

/// <summary>What every carrier's adapter keeps, each shown against a carrier on loopback that speaks the vendor's protocol.</summary>
[Capability("SH-01", "SH-13", "CH-20")]
public sealed class CarrierContractTests
{
    internal static readonly IReadOnlyDictionary<string, Func<CarrierSim>> Simulators = new Dictionary<string, Func<CarrierSim>>
    {
        ["royal-mail"] = () => new RoyalMailSim(), ["dpd-uk"] = () => new DpdSim(), ["evri"] = () => new EvriSim(), ["easypost"] = () => new EasyPostSim(), ["shipengine"] = () => new ShipEngineSim(), ["ups"] = () => new UpsSim(),
    };

    public static TheoryData<string> Adapters => [.. Simulators.Keys];

    /// <summary>One adapter and its carrier.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly OutwardHttp _outward = new() { Allowed = OutwardAddresses.Allowing("127.0.0.1") };
        private readonly CarrierHttp _http;

        public Desk(string adapter)
        {
            Sim = Simulators[adapter]();
            Patience = new CarrierPatience { Timeout = TimeSpan.FromSeconds(60), FailuresBeforeRest = 100, LongestRest = TimeSpan.Zero };
            _http = new CarrierHttp(_outward, Patience, TimeProvider.System);
            Carrier = ShippingRoom.Carriers().Single(c => c.Manifest.Code == adapter);
        }

        public CarrierSim Sim { get; }
        public CarrierPatience Patience { get; }
        public ICarrier Carrier { get; }
        public string? WrongKey { get; set; }
        public string? OtherUrl { get; set; }

        public CarrierCall Call() => new(new AdapterAccess(Guid.Empty, 1, "acc", OtherUrl ?? Sim.BaseUrl, Sim.Settings,
                WrongKey is null ? Sim.Secrets : Sim.Secrets.ToDictionary(s => s.Key, _ => WrongKey), 60_000), _http,
            _ => Task.FromResult<IReadOnlyList<CarrierRate>>([new CarrierRate(Sim.Service, null, 495, "GBP", 1, 2)]), TimeProvider.System.GetUtcNow(), CancellationToken.None);

        public async Task<ServiceQuote> Quote(Consignment what)
        {
            var rates = await Carrier.Rate(Call(), what);
            rates.IsOk.ShouldBeTrue(rates.Fault?.Words);
            var rate = rates.Value.First(r => r.Service == Sim.Service);
            rate.CostMinor.ShouldBeGreaterThan(0);
            rate.MaxDays.ShouldBeInRange(0, 10);
            return new ServiceQuote("acc", Carrier.Manifest.Code, rate.Service, rate.Name, rate.CostMinor, rate.Currency, rate.MinDays, rate.MaxDays, null, false, null, true) { CarrierKey = rate.CarrierKey };
        }

        public async Task<BookedLabel> Book(string reference)
        {
            var what = Parcel(reference);
            var booked = await Carrier.Book(Call(), what, await Quote(what));
            booked.IsOk.ShouldBeTrue(booked.Fault?.Words);
            return booked.Value;
        }

        public static LabelKey KeyOf(BookedLabel label, string reference) => new(reference, label.CarrierKey, label.Tracking, label.Service);

        public async ValueTask DisposeAsync()
        {
            await Sim.DisposeAsync();
            _outward.Dispose();
        }
    }

    internal static Consignment Parcel(string reference, string to = "GB") => new(reference, "10482",
        new ParcelAddress("Birmingham", "Fenwick & Vale", "12 Cuckoo Wharf", null, "Birmingham", null, "B6 7SS", "GB", "0121 496 0000", "post@example.test"),
        new ParcelAddress("Ada Byron", null, "1 Mill Lane", null, "Manchester", null, "M1 1AE", to, "07700 900000", "ada@example.test"),
        750, 200, 150, 100, "GBP", [new ParcelItem("MUG", "A mug \"^XA\" <b>", 2, 1000, 350, "691200", "GB")], DateTimeOffset.UtcNow);

    [Theory, MemberData(nameof(Adapters))]
    public async Task A_label_is_rated_booked_found_tracked_and_voided(string adapter)
    {
        await using var desk = new Desk(adapter);
        (await desk.Carrier.Find(desk.Call(), "pkg_none")).Value.ShouldBeNull("what was never booked is surely not there");
        var label = await desk.Book("pkg_1");
        label.Tracking.ShouldNotBeNullOrWhiteSpace();
        label.Label.Length.ShouldBeGreaterThan(5);
        desk.Carrier.Manifest.LabelFormats.ShouldContain(label.Format);
        var found = await desk.Carrier.Find(desk.Call(), "pkg_1");
        (found.Value!.Tracking, found.Value.CarrierKey).ShouldBe((label.Tracking, label.CarrierKey));
        found.Value.Label.Length.ShouldBeGreaterThan(5);
        if (desk.Carrier.Manifest.Can.Contains("track")) await Tracked(desk, label);
        var key = Desk.KeyOf(label, "pkg_1");
        (await desk.Carrier.Void(desk.Call(), key)).Fault.ShouldBeNull();
        desk.Sim.Live.ShouldBe(0);
        (await desk.Carrier.Void(desk.Call(), key)).Fault.ShouldBeNull("a second void is fine");
        (await desk.Carrier.Find(desk.Call(), "pkg_1")).Value.ShouldBeNull("a label that was taken back is none");
    }

    private static async Task Tracked(Desk desk, BookedLabel label)
    {
        var (moving, delivered, unknown) = desk.Sim.Codes;
        var parcel = desk.Sim.Parcels.Values.Single(p => p.Tracking == label.Tracking);
        var key = Desk.KeyOf(label, "pkg_1");
        var at = DateTimeOffset.UtcNow.AddHours(-5);
        foreach (var (code, kind) in new[] { (unknown, ScanKind.Unknown), (moving, ScanKind.InTransit), (delivered, ScanKind.Delivered) })
        {
            parcel.Scans.Add(new SimScan(code, "as the carrier says", at = at.AddHours(1)));
            var told = await desk.Carrier.Track(desk.Call(), key);
            told.IsOk.ShouldBeTrue(told.Fault?.Words);
            told.Value.ShouldContain(s => s.Kind == kind && s.Code.Contains(code, StringComparison.OrdinalIgnoreCase), $"{code} is {kind}");
            told.Value.ShouldAllBe(s => s.Tracking == label.Tracking);
            // Asked again, the same scans have the same keys.
            (await desk.Carrier.Track(desk.Call(), key)).Value.Select(s => s.ScanKey).ShouldBe(told.Value.Select(s => s.ScanKey));
        }
    }

    [Theory, MemberData(nameof(Adapters))]
    public async Task A_booking_that_nobody_heard_of_is_found_and_there_is_no_second(string adapter)
    {
        foreach (var mood in new[] { Mood.HangsAfter, Mood.BreaksOffAfter, Mood.FailsAfter })
        {
            await using var desk = new Desk(adapter);
            var what = Parcel("pkg_2");
            var quote = await desk.Quote(what);
            desk.Patience.Timeout = mood == Mood.HangsAfter ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(60);      // the booking must get there first
            desk.Sim.Next(mood, desk.Sim.IsBooking);
            var booked = await desk.Carrier.Book(desk.Call(), what, quote);
            booked.Fault.ShouldNotBeNull(mood.ToString());
            booked.Fault!.IsOpen.ShouldBeTrue($"{mood}: it may have been done");
            desk.Patience.Timeout = TimeSpan.FromSeconds(60);
            (await desk.Carrier.Find(desk.Call(), "pkg_2")).Value.ShouldNotBeNull($"{mood}: the first is found");
            desk.Sim.Live.ShouldBe(1);
        }
    }

    [Theory, MemberData(nameof(Adapters))]
    public async Task What_is_on_a_manifest_is_voided_no_more_and_a_manifest_is_made_once(string adapter)
    {
        await using var desk = new Desk(adapter);
        if (!desk.Carrier.Manifest.Can.Contains("manifest")) return;
        var keys = new List<LabelKey>();
        foreach (string reference in new[] { "pkg_3", "pkg_4" }) keys.Add(Desk.KeyOf(await desk.Book(reference), reference));
        var list = await desk.Carrier.Close(desk.Call(), keys, isAgain: false);
        list.Fault.ShouldBeNull(list.Fault?.Words);
        (await desk.Carrier.Close(desk.Call(), keys, isAgain: true)).Fault.ShouldBeNull("asked again, as after an answer that nobody heard");
        desk.Sim.Manifests.ShouldBe(1);
        var voided = await desk.Carrier.Void(desk.Call(), keys[0]);
        voided.Fault!.Kind.ShouldBe(FaultKind.Refused);
        desk.Sim.Live.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Adapters))]
    public async Task A_driver_is_asked_for_once_also_unheard_and_called_off_by_whoever_can(string adapter)
    {
        await using var desk = new Desk(adapter);
        // Tomorrow at noon: two hours that are within one day of every zone here.
        var from = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddDays(1).AddHours(12), TimeSpan.Zero);
        var key = Desk.KeyOf(await desk.Book("pkg_8"), "pkg_8");
        var wish = new PickupWish(Parcel("pkg_8").From, from, from.AddHours(2), 1, 750, [key]);
        if (!desk.Carrier.Manifest.Can.Contains("pickup"))
        {
            (await desk.Carrier.Pickup(desk.Call(), wish)).Fault!.Kind.ShouldBe(FaultKind.Unsupported);
            return;
        }
        (await desk.Carrier.Pickup(desk.Call(), wish with { At = wish.At with { Phone = null } })).Fault!.Kind.ShouldBe(FaultKind.Refused);
        desk.Sim.Drivers.ShouldBe(0);
        desk.Sim.Next(Mood.FailsAfter, desk.Sim.IsPickup);
        (await desk.Carrier.Pickup(desk.Call(), wish)).Fault.ShouldNotBeNull().IsOpen.ShouldBeTrue("it may have been done");
        var first = await desk.Carrier.Pickup(desk.Call(), wish);
        first.Fault.ShouldBeNull(first.Fault?.Words);
        (first.Value.From, first.Value.To).ShouldBe((from, from.AddHours(2)));
        (await desk.Carrier.Pickup(desk.Call(), wish)).Value.Number.ShouldBe(first.Value.Number);
        desk.Sim.Drivers.ShouldBe(1, "one driver, however often he is asked for");
        if (!desk.Carrier.Manifest.Can.Contains("callOff")) return;
        for (int i = 0; i < 2; i++) (await desk.Carrier.CallOff(desk.Call(), first.Value.Number)).Fault.ShouldBeNull("a second time is fine");
        desk.Sim.Drivers.ShouldBe(0);
        (await desk.Carrier.Pickup(desk.Call(), wish)).Fault.ShouldBeNull("one that was called off is not taken for the new one");
        desk.Sim.Drivers.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Adapters))]
    public async Task Every_fault_is_told_for_what_it_is_and_no_key_stands_in_it(string adapter)
    {
        await using var desk = new Desk(adapter);
        var what = Parcel("pkg_5");
        var quote = await desk.Quote(what);
        foreach (var (mood, kind) in new[] { (Mood.Throttled, FaultKind.Throttled), (Mood.Broken, FaultKind.Unknown), (Mood.Malformed, FaultKind.Malformed) })
        {
            desk.Sim.Next(mood, desk.Sim.IsBooking);
            var fault = (await desk.Carrier.Book(desk.Call(), what, quote)).Fault;
            fault.ShouldNotBeNull(mood.ToString()).Kind.ShouldBe(kind, fault!.Words);
            if (kind == FaultKind.Throttled) fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        }
        var refused = await desk.Carrier.Book(desk.Call(), what, quote with { Service = "NOSUCH", CarrierKey = "rate_none" });
        refused.Fault.ShouldNotBeNull().Kind.ShouldBe(FaultKind.Refused, refused.Fault!.Words);
        desk.Sim.Live.ShouldBe(0);
        desk.WrongKey = "wrong";
        var unknownKey = await desk.Carrier.Book(desk.Call(), what, quote);
        unknownKey.Fault.ShouldNotBeNull().Kind.ShouldBe(FaultKind.Unauthorized, unknownKey.Fault!.Words);
        (await desk.Carrier.Find(desk.Call(), "pkg_5")).Fault!.Kind.ShouldBe(FaultKind.Unauthorized, "not allowed to look is not the same as not there");
        unknownKey.Fault.Words.ShouldNotContain("wrong");
        desk.WrongKey = null;
        desk.OtherUrl = "http://127.0.0.1:9";
        (await desk.Carrier.Book(desk.Call(), what, quote)).Fault!.Kind.ShouldBe(FaultKind.NotSent);
        desk.Call().Access.ToString().ShouldNotContain(CarrierSim.Key);
    }

    [Theory, MemberData(nameof(Adapters))]
    public async Task Messages_count_only_with_their_signature(string adapter)
    {
        await using var desk = new Desk(adapter);
        if (desk.Sim.MessageSecret is not { } secret)
        {
            desk.Carrier.Read(new WebhookMail(new Dictionary<string, string>(), "{}"u8.ToArray(), "any")).ShouldBeNull("who sends none is believed none");
            return;
        }
        var label = await desk.Book("pkg_6");
        var parcel = desk.Sim.Parcels.Values.Single(p => p.Tracking == label.Tracking);
        parcel.Scans.Add(new SimScan(desk.Sim.Codes.Moving, "moving", DateTimeOffset.UtcNow.AddHours(-1)));
        parcel.Scans.Add(new SimScan(desk.Sim.Codes.Unknown, "?", DateTimeOffset.UtcNow));
        var (headers, body) = desk.Sim.Message(parcel);
        var told = desk.Carrier.Read(new WebhookMail(headers, body, secret)).ShouldNotBeNull();
        told.ShouldContain(s => s.Kind == ScanKind.InTransit && s.Tracking == label.Tracking);
        told.ShouldContain(s => s.Kind == ScanKind.Unknown);
        desk.Carrier.Read(new WebhookMail(headers, body, secret))!.Select(s => s.ScanKey).ShouldBe(told.Select(s => s.ScanKey));
        desk.Carrier.Read(new WebhookMail(headers, body, secret + "x")).ShouldBeNull("another secret");
        desk.Carrier.Read(new WebhookMail(headers, body, null)).ShouldBeNull("no secret");
        desk.Carrier.Read(new WebhookMail(headers, [.. body, (byte)' '], secret)).ShouldBeNull("another body");
        desk.Carrier.Read(new WebhookMail(new Dictionary<string, string>(), body, secret)).ShouldBeNull("no signature");
    }

    [Fact]
    public void Every_adapter_says_what_it_can_and_what_nobody_has_verified()
    {
        foreach (var manifest in ShippingRoom.Carriers().Select(c => c.Manifest).Where(m => m.Code != "table"))
        {
            Simulators.Keys.ShouldContain(manifest.Code, "every adapter passes the suite");
            manifest.Can.ShouldContain("label");
            manifest.Assumptions.ShouldNotBeEmpty(manifest.Code);
            string readme = File.ReadAllText(Directory.GetFiles(Path.Combine(TestPostgres.Root, "src/Switchyard/Shipping/Carriers"), "README.md", SearchOption.AllDirectories)
                .Single(f => File.ReadAllText(f).StartsWith($"# {manifest.Name}\n", StringComparison.Ordinal)));
            foreach (string assumption in manifest.Assumptions) readme.ShouldContain("- " + assumption);
        }
    }
}
