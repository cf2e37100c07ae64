using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Switchyard.Database;
using Switchyard.Shipping;

namespace Switchyard.Tests.Shipping;

/// <summary>Which service is chosen, and that nobody gets less than was bought.</summary>
public sealed class ServiceChoiceTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory, BothDatabases]
    [Capability("SH-05", "SH-06", "SH-07", "SH-02", "SH-03", "SH-04")]
    public async Task A_Manchester_order_from_Birmingham_goes_as_each_policy_says_and_the_decision_shows_all_three(DatabaseKind kind)
    {
        await using var shop = await ShippingShop.Open(kind);
        await shop.Table("dpd", "DPD Next Day", "DPD-ND", 650, 1, 1, ["standard", "next-day"], isGuaranteed: true, co2: 900);
        await shop.Table("royal", "Royal Mail Tracked 24", "RM24", 495, 1, 2, co2: 300);
        await shop.Table("evri", "Evri Standard", "EVRI-STD", 350, 2, 3, co2: 450);
        var (_, _, package) = await shop.Packed();
        foreach (var (policy, account) in new[] { ("cheapest", "evri"), ("fastest", "dpd"), ("greenest", "royal") })
            (await shop.Post($"/packages/{package}/quotes", new { policy })).GetProperty("quotes")[0].Text("account").ShouldBe(account, policy);

        // The cheapest of all that arrive within two working days.
        var quotes = (await shop.Post($"/packages/{package}/quotes", new { policy = "cheapest" })).GetProperty("quotes").EnumerateArray()
            .Select(q => new ServiceQuote(q.Text("account")!, "table", q.Text("service"), q.Text("name"), q.Long("costMinor"), "GBP", (int)q.Long("minDays"), (int)q.Long("maxDays"), q.GetProperty("eta").GetDateTimeOffset(),
                q.GetProperty("isGuaranteed").GetBoolean(), null, false)).ToList();
        var promised = quotes.Single(q => q.Account == "royal").Eta;
        var inTime = ServiceChoice.Decide(ShippingPolicy.CheapestInTime, "standard", promised, quotes.Select(q => q with { IsInTime = q.Eta <= promised }));
        inTime.Quotes.Select(q => q.Account).ShouldBe(["royal", "dpd", "evri"]);
        inTime.IsLate.ShouldBeFalse();

        // What is booked keeps what it was chosen among: three, each with cost and arrival.
        var label = await shop.Label(package, new { policy = "cheapest" });
        label.Text("account").ShouldBe("evri");
        var shown = (await shop.Get("/labels/" + label.Text("id"))).GetProperty("decision");
        shown.GetProperty("quotes").EnumerateArray().Select(q => (q.Text("name"), q.Long("costMinor"), q.Long("minDays"), q.Long("maxDays"), q.GetProperty("eta").ValueKind)).ShouldBe(
        [
            ("Evri Standard", 350, 2, 3, JsonValueKind.String), ("Royal Mail Tracked 24", 495, 1, 2, JsonValueKind.String), ("DPD Next Day", 650, 1, 1, JsonValueKind.String),
        ]);

        // Who bought next day gets it, whatever the policy.
        var (_, _, express) = await shop.Packed("next-day");
        foreach (string policy in new[] { "cheapest", "greenest", "cheapestInTime" })
            (await shop.Post($"/packages/{express}/quotes", new { policy })).GetProperty("quotes").EnumerateArray().Select(q => q.Text("account")).ShouldBe(["dpd"], policy);
        (await shop.Label(express, new { policy = "cheapest", account = "evri" })).Text("state").ShouldBe("failed", "not even when it is named");
        (await shop.Http.GetStringAsync($"/api/v1/labels/{label.Text("id")}/file")).ShouldStartWith("^XA");
    }

    [Fact]
    [Capability("SH-07")]
    public void No_policy_ever_takes_a_service_that_was_not_bought_and_the_same_quotes_choose_the_same()
    {
        var service = from method in Gen.Elements("standard", "next-day", "tracked") from days in Gen.Choose(0, 7) from cost in Gen.Choose(1, 5) from late in Gen.Elements(true, false)
                      select (method, Quote: new ServiceQuote("a" + method, "c", "s" + days, null, cost, "GBP", days, days, ServiceChoice.Eta(Monday, days, TimeZoneInfo.Utc), false, cost, !late, late && cost == 1 ? "noRate" : null));
        Prop.ForAll(Arb.From(Gen.ListOf(service)), services =>
        {
            foreach (var policy in Enum.GetValues<ShippingPolicy>())
            {
                var quotes = services.Select(s => s.Quote).ToList();
                var decided = ServiceChoice.Decide(policy, "standard", Monday.AddDays(3), quotes);
                var again = ServiceChoice.Decide(policy, "standard", Monday.AddDays(3), Enumerable.Reverse(quotes));
                if (!decided.Choices.Select(q => (q.Account, q.Service, q.CostMinor)).SequenceEqual(again.Choices.Select(q => (q.Account, q.Service, q.CostMinor)))) return false;
                if (decided.Choices.Count() != quotes.Count(q => q.CanGo)) return false;
                if (policy == ShippingPolicy.CheapestInTime && decided.Choices.FirstOrDefault() is { IsInTime: false } && quotes.Any(q => q.CanGo && q.IsInTime)) return false;
                if (policy == ShippingPolicy.Cheapest && !decided.IsLate && decided.Choices.FirstOrDefault() is { } first && quotes.Any(q => q.CanGo && q.CostMinor < first.CostMinor)) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
        new AccountService("ND", Methods: ["next-day"]).Serves("standard").ShouldBeFalse("it is not set up for it");
        new AccountService("STD").Serves("next-day").ShouldBeFalse();
        new AccountService("STD").Serves(null).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, "2026-03-03")]
    [InlineData(1, "2026-03-04")]
    [InlineData(4, "2026-03-07")]
    [InlineData(5, "2026-03-10")]
    public void Days_are_working_days_and_end_with_the_day(int days, string end) =>
        ServiceChoice.Eta(Monday, days, TimeZoneInfo.Utc).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(end);

    [Fact]
    [Capability("SH-10")]
    public void Scans_in_any_order_and_any_number_of_times_say_the_same()
    {
        var kind = Gen.Elements(Enum.GetValues<ScanKind>());
        var scan = from k in kind from hour in Gen.Choose(0, 6) select new ParcelScan("T", k, k.ToString(), "", Monday.AddHours(hour));
        Prop.ForAll(Arb.From(Gen.ListOf(scan)), scans =>
        {
            var list = scans.ToList();
            var place = ParcelPosition.Of(list);
            if (ParcelPosition.Of([.. Enumerable.Reverse(list)]) != place || ParcelPosition.Of([.. list, .. list]) != place) return false;
            // An end stays the end, whatever is told later.
            return !list.Any(s => ParcelPosition.IsEnd(s.Kind)) || ParcelPosition.Of([.. list, new ParcelScan("T", ScanKind.InTransit, "x", "", Monday.AddDays(9))]) == place;
        }).QuickCheckThrowOnFailure();
    }
}
