using System.Text;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>What every adapter of a sales channel keeps, shown against a simulated vendor over HTTP. An adapter joins with a <see cref="ChannelDesk"/> of its own.</summary>
[Capability("CH-20")]
public abstract partial class ChannelAdapterContract
{
    private protected abstract ChannelDesk Make();

    private async Task<ChannelDesk> Open(int orders = 0, int listings = 3, int units = 1000)
    {
        var desk = await Make().Open();
        for (int i = 1; i <= listings; i++) desk.Sim.Shop.List($"SKU-{i}", $"Thing number {i}", 1000 + 37 * i, units, barcode: $"40123450000{i:D2}");
        for (int i = 0; i < orders; i++)
        {
            desk.Sim.Generator.Place().ShouldNotBeNull();
            desk.Sim.Clock.Advance(TimeSpan.FromSeconds(3));
        }
        return desk;
    }

    private static DateTimeOffset Before(ChannelDesk desk) => desk.Sim.Clock.GetUtcNow().AddDays(-2);

    [Fact]
    public async Task Good_credentials_name_the_shop_and_wrong_ones_are_told_as_such()
    {
        await using var desk = await Open();
        var good = await desk.Channel.Test(desk.Call());
        good.IsOk.ShouldBeTrue(good.Fault?.Words);
        good.Value.Name.ShouldNotBeNullOrWhiteSpace();
        if (good.Value.Currency is { } currency) currency.ShouldBe(desk.Sim.Shop.Facts.Currency);
        var wrong = await desk.Channel.Test(desk.Stranger());
        wrong.Fault.ShouldNotBeNull().Kind.ShouldBeOneOf(FaultKind.Unauthorized, FaultKind.Refused);
        desk.Channel.Manifest.Assumptions.ShouldNotBeEmpty("whatever nobody verified is said");
        desk.Channel.Manifest.Settings.Where(s => s.IsRequired).Select(s => s.Name).ShouldBeSubsetOf(desk.Secrets.Keys.Concat(desk.Sim.Settings.Select(s => s.Key)), "a connection needs no more than it asks for");
    }

    [Fact]
    public async Task Every_order_is_read_once_through_all_pages_with_its_goods_and_its_money()
    {
        await using var desk = await Open();
        int placed = desk.PageSize + 7;
        for (int i = 0; i < placed; i++) { desk.Sim.Generator.Place().ShouldNotBeNull(); desk.Sim.Clock.Advance(TimeSpan.FromSeconds(2)); }
        var read = await desk.Orders(Before(desk));
        read.Select(o => o.ExternalId).Distinct().Order().ShouldBe(desk.Sim.Shop.Orders.Select(o => o.Key).Order());
        foreach (var theirs in desk.Sim.Shop.Orders) Same(desk, theirs, read.Last(o => o.ExternalId == theirs.Key));
        read.Zip(read.Skip(1)).ShouldAllBe(p => p.First.UpdatedAt <= p.Second.UpdatedAt, "the oldest change comes first");
    }

    private static void Same(ChannelDesk desk, SimOrder theirs, ChannelOrder ours)
    {
        (ours.ExternalId, ours.Currency).ShouldBe((theirs.Key, theirs.Currency));
        ours.State.ShouldBe(ChannelOrderState.Open);
        Math.Abs((ours.PlacedAt - theirs.PlacedAt).TotalSeconds).ShouldBeLessThan(1);
        ours.Lines.Select(l => (l.Sku, l.Quantity - l.Cancelled)).Order().ShouldBe(theirs.Lines.Select(l => ((string?)l.Listing.Sku, (long)l.Current)).Order());
        ours.Lines.ShouldAllBe(l => l.ListingId != null && l.IsOurs);
        ours.Lines.Select(l => l.LineId).Distinct().Count().ShouldBe(ours.Lines.Count);
        (ours.ShipTo.ShouldNotBeNull().City, ours.ShipTo.Postcode, ours.ShipTo.Country).ShouldBe((theirs.ShipTo.City, theirs.ShipTo.Postcode, theirs.ShipTo.Country));
        ours.ShipTo.Name.ShouldNotBeNullOrWhiteSpace();
        ours.Method.ShouldNotBeNullOrWhiteSpace();
        ours.Payment.Status.ShouldBeOneOf("paid", "authorised");
        if (!desk.HasAccounts) return;
        long goods = ours.Lines.Sum(l => l.UnitPriceMinor * (l.Quantity - l.Cancelled) - l.DiscountMinor), tax = ours.Lines.Sum(l => l.TaxMinor ?? 0) + ours.Charges.Sum(c => c.TaxMinor ?? 0);
        (goods + ours.Charges.Sum(c => c.AmountMinor) + (ours.PricesIncludeTax ? 0 : tax)).ShouldBe(theirs.TotalMinor, $"the money of {theirs.Key} adds up");
        if (ours.TotalMinor is { } total) total.ShouldBe(theirs.TotalMinor);
    }

    [Fact]
    public async Task What_is_written_for_one_buyer_has_one_name_whatever_the_vendor_calls_it_and_a_gift_message_goes_with_the_parcel()
    {
        await using var desk = await Open();
        var order = await desk.Order(Bought(desk, new("SKU-1", 2, "For Ada", "Happy birthday"), new("SKU-2", 1)));
        var request = ChannelRequest.Of(order, "shop", new Dictionary<string, KnownListing>(), new Dictionary<string, string>());
        string? Text(string sku) => request.Lines!.Single(l => l.Sku == sku).Metadata!.GetValueOrDefault("personalisation");
        Text("SKU-2").ShouldBeNull("a line like any other");
        switch (desk.Sim.Adapter)
        {
            case "amazon": Text("SKU-1").ShouldNotBeNull().ShouldContain("/customization/"); break;             // Amazon keeps the words in a file
            case "magento": Text("SKU-1").ShouldBe("option 1: For Ada"); break;                                 // Magento tells options by their numbers
            case "ebay" or "vendure": Text("SKU-1").ShouldBeNull("it has no such field"); break;
            default: Text("SKU-1").ShouldBe("For Ada"); break;
        }
        if (desk.Sim.Adapter != "vendure") request.Metadata!["giftMessage"].ShouldContain("Happy birthday");
    }

    [Fact]
    public async Task Orders_that_change_while_they_are_read_and_orders_of_one_instant_are_not_lost()
    {
        await using var desk = await Open();
        var moment = desk.Sim.Clock.GetUtcNow();
        for (int i = 0; i < desk.PageSize + 5; i++) desk.Sim.Generator.Place().ShouldNotBeNull();      // nearly all of one second
        var first = desk.Sim.Shop.Orders[0];
        string street = "";
        var read = await desk.Orders(moment.AddSeconds(-5), page =>
        {
            if (page != 1) return;
            desk.Sim.Clock.Advance(TimeSpan.FromSeconds(5));
            desk.Sim.Shop.Change(first, o => o.ShipTo = o.ShipTo with { Street = street = "77 Elsewhere Row" });
        });
        // A page turned at the very instant of a change may miss that change, and never another order; the next question finds it.
        read.Select(o => o.ExternalId).Distinct().Order().ShouldBe(desk.Sim.Shop.Orders.Select(o => o.Key).Order());
        if (street.Length == 0) return;
        var again = await desk.Orders(read.Max(o => o.UpdatedAt).AddMinutes(-5));
        again.Last(o => o.ExternalId == first.Key).ShipTo!.Line1!.ShouldContain("77 Elsewhere Row");
    }

    [Fact]
    public async Task One_order_is_read_as_it_is_now_and_one_that_is_not_there_is_surely_not_there()
    {
        await using var desk = await Open(orders: 2);
        var order = desk.Sim.Shop.Orders[1];
        Same(desk, order, await desk.Order(order));
        var none = await desk.Channel.Order(desk.Call(), order.Key.Replace(order.Key[^4..], "9991", StringComparison.Ordinal));
        none.IsOk.ShouldBeTrue(none.Fault?.Words);
        none.Value.ShouldBeNull();
        desk.Sim.Next(Mood.Broken);
        (await desk.Channel.Order(desk.Call(), order.Key)).Fault.ShouldNotBeNull("whether it is there is not known");
    }

    [Fact]
    public async Task What_the_channel_changes_of_an_order_is_read_as_a_later_telling()
    {
        await using var desk = await Open(listings: 3);
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        var order = desk.Sim.Shop.Place(new OrderWish([new("SKU-1", 3), new("SKU-2", 1)], buyer, address)).ShouldNotBeNull();
        var before = await desk.Order(order);
        desk.Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        desk.Sim.Shop.SetQuantity(order, order.Lines[0].Id, 1);
        var fewer = await desk.Order(order);
        ChannelChange.IsNewer(before, fewer).ShouldBeTrue();
        ChannelChange.Of(before, fewer).Lines.Select(l => (l.Before, l.Wanted)).ShouldBe([(3, 1)]);
        desk.Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        desk.Sim.Shop.Change(order, o => o.ShipTo = o.ShipTo with { Street = "9 Other Street" });
        var moved = await desk.Order(order);
        if (ChannelChange.Of(fewer, moved).ShipTo is { } place) place.Line1!.ShouldContain("9 Other Street");
        desk.Sim.Clock.Advance(TimeSpan.FromMinutes(1));
        desk.Sim.Shop.Cancel(order, "customer");
        var off = await desk.Order(order);
        off.State.ShouldBe(ChannelOrderState.Cancelled);
        ChannelChange.Of(moved, off).IsCancelled.ShouldBeTrue();
        ChannelChange.IsNewer(off, moved).ShouldBeFalse("an older telling is older, whenever it comes");
    }

    [Fact]
    public async Task An_order_that_is_not_paid_is_not_open()
    {
        await using var desk = await Open();
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        var order = desk.Sim.Shop.Place(new OrderWish([new("SKU-1", 1)], buyer, address) { IsPaid = false }).ShouldNotBeNull();
        var said = await desk.Channel.Order(desk.Call(), order.Key);
        said.IsOk.ShouldBeTrue(said.Fault?.Words);
        if (said.Value is { } pending) (pending.State, pending.Payment.Status).ShouldBe((ChannelOrderState.Pending, "pending"));
        desk.Sim.Clock.Advance(TimeSpan.FromSeconds(5));
        desk.Sim.Shop.Pay(order);
        var paid = await desk.Order(order);
        (paid.State, paid.Payment.Status).ShouldBe((ChannelOrderState.Open, "paid"));
    }

    [Fact]
    public async Task Listings_are_read_through_all_pages_with_what_they_show()
    {
        await using var desk = await Open(listings: 0);
        for (int i = 1; i <= desk.PageSize + 3; i++) desk.Sim.Shop.List($"A-{i}", $"Article {i}", 999, i % 40, barcode: $"5012345{i:D6}");
        var listings = await desk.Listings();
        listings.Select(l => l.Key.Sku).Order().ShouldBe(desk.Sim.Shop.Listings.Select(l => (string?)l.Sku).Order());
        listings.Select(l => l.Key.Listing).Distinct().Count().ShouldBe(listings.Count);
        listings.ShouldAllBe(l => l.IsLive && l.IsCounted && l.Title.Length > 0);
        var shown = await desk.Channel.Stock(desk.Call(), [.. listings.Select(l => l.Key)]);
        shown.IsOk.ShouldBeTrue(shown.Fault?.Words);
        foreach (var listing in listings) shown.Value.Single(s => s.Listing == listing.Key.Listing).Quantity.ShouldBe(desk.Sim.Shop.BySku(listing.Key.Sku!)!.Available);
    }

    [Fact]
    public async Task Stock_is_told_may_be_told_again_and_each_listing_has_an_outcome_of_its_own()
    {
        await using var desk = await Open(listings: 4, units: 20);
        var listings = await desk.Listings();
        var wishes = listings.Select((l, i) => new StockWish(l.Key, i == 0 ? 0 : 5 + i, 20, null, $"push-{i}")).ToList();
        for (int times = 0; times < 2; times++)
        {
            var read = await desk.Channel.Stock(desk.Call(), [.. listings.Select(l => l.Key)]);
            var versions = read.Value.ToDictionary(s => s.Listing);
            var told = await desk.Channel.Push(desk.Call(), [.. wishes.Select(w => w with { Version = versions[w.Key.Listing].Version, Expected = versions[w.Key.Listing].Quantity })]);
            told.IsOk.ShouldBeTrue(told.Fault?.Words);
            told.Value.Select(o => (o.Listing, o.Kind)).Order().ShouldBe(wishes.Select(w => (w.Key.Listing, "done")).Order());
        }
        foreach (var wish in wishes) desk.Sim.Shop.BySku(wish.Key.Sku!)!.Available.ShouldBe((int)wish.Quantity);
        var unknown = new ListingKey("999999999", listings[0].Key.Item is null ? null : "999999999", "NO-SUCH");
        var mixed = await desk.Channel.Push(desk.Call(), [new StockWish(unknown, 3, null, null, "push-x"), new StockWish(listings[1].Key, 9, null, null, "push-y")]);
        mixed.IsOk.ShouldBeTrue(mixed.Fault?.Words);
        mixed.Value.Single(o => o.Listing == "999999999").Kind.ShouldBeOneOf("gone", "refused");
        mixed.Value.Single(o => o.Listing == listings[1].Key.Listing).Kind.ShouldBe("done");
        desk.Sim.Shop.BySku(listings[1].Key.Sku!)!.Available.ShouldBe(9);
    }

    [Fact]
    public async Task A_sale_between_reading_and_telling_is_a_clash_where_the_channel_can_compare()
    {
        await using var desk = await Open(listings: 1, units: 8);
        if (!desk.Can("compareStock")) return;
        var listing = (await desk.Listings())[0];
        var read = (await desk.Channel.Stock(desk.Call(), [listing.Key])).Value[0];
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        desk.Sim.Shop.Place(new OrderWish([new("SKU-1", 2)], buyer, address)).ShouldNotBeNull();
        var told = await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 8, read.Quantity, read.Version, "push-1")]);
        told.IsOk.ShouldBeTrue(told.Fault?.Words);
        told.Value[0].Kind.ShouldBe("clash");
        desk.Sim.Shop.BySku("SKU-1")!.Available.ShouldBe(6, "the sale is not overwritten");
    }

    [Fact]
    public async Task A_vendor_that_fails_in_any_way_is_a_fault_of_the_right_kind_without_a_secret_in_it()
    {
        await using var desk = await Open(orders: 1);
        desk.Patience.Timeout = TimeSpan.FromSeconds(20);
        foreach (var (mood, kinds) in new (Mood, FaultKind[])[]
        {
            (Mood.Throttled, [FaultKind.Throttled]), (Mood.Broken, [FaultKind.Unknown]), (Mood.BreaksOff, [FaultKind.Unknown, FaultKind.NotSent]), (Mood.Malformed, [FaultKind.Malformed]),
        })
        {
            desk.Sim.Always = mood;
            var orders = (await desk.Channel.Orders(desk.Call(), Before(desk), null)).Fault.ShouldNotBeNull(mood.ToString());
            var one = (await desk.Channel.Order(desk.Call(), desk.Sim.Shop.Orders[0].Key)).Fault.ShouldNotBeNull(mood.ToString());
            var listings = (await desk.Channel.Listings(desk.Call(), null)).Fault.ShouldNotBeNull(mood.ToString());
            foreach (var fault in new[] { orders, one, listings })
            {
                kinds.ShouldContain(fault.Kind, $"{mood}: {fault.Words}");
                foreach (string secret in desk.Secrets.Values) fault.Words.ShouldNotContain(secret);
            }
        }
    }

    [Fact]
    public async Task Tokens_that_run_out_between_two_pages_are_renewed_and_nothing_is_missed()
    {
        await using var desk = await Open(orders: 0);
        if (!desk.Can("renews")) return;
        for (int i = 0; i < desk.PageSize + 2; i++) { desk.Sim.Generator.Place().ShouldNotBeNull(); desk.Sim.Clock.Advance(TimeSpan.FromSeconds(2)); }
        int turned = 0;
        var read = await desk.Orders(Before(desk), _ => { turned++; desk.Sim.ExpireTokens(); });
        turned.ShouldBeGreaterThan(0);
        read.Select(o => o.ExternalId).Distinct().Count().ShouldBe(desk.PageSize + 2);
    }

    [Fact]
    public async Task Messages_are_read_when_they_are_signed_and_only_then()
    {
        await using var desk = await Open();
        if (!desk.Can("webhook")) return;
        for (int times = 0; times < 2 && desk.Can("subscribe"); times++)
        {
            var subscribed = await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl);
            subscribed.IsOk.ShouldBeTrue(subscribed.Fault?.Words);
        }
        await desk.Sim.Sender.Quiet();
        int before = desk.Mail.Mails.Count;
        var order = desk.Sim.Generator.Place().ShouldNotBeNull();
        await desk.Sim.Sender.Quiet();
        var mails = desk.Mail.Mails.Skip(before).ToList();
        mails.ShouldNotBeEmpty();
        var read = new List<IReadOnlyList<ChannelNotice>?>();
        foreach (var (headers, body) in mails) read.Add(await desk.Read(headers, body, desk.MessageSecret));
        read.ShouldAllBe(r => r != null);
        read.SelectMany(r => r!).Count(n => n.Kind == "order" && n.Thing == order.Key).ShouldBe(read.SelectMany(r => r!).Where(n => n.Kind == "order").Select(n => n.Id).Distinct().Count(), "subscribed twice is told once");
        read.SelectMany(r => r!).ShouldContain(n => n.Kind == "order" && n.Thing == order.Key);
        foreach (var (headers, body) in mails)
        {
            byte[] other = [.. body];
            other[^2] ^= 1;
            (await desk.Read(headers, other, desk.MessageSecret)).ShouldBeNull("another body");
            (await desk.Read(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase), body, desk.MessageSecret)).ShouldBeNull("no signature");
            if (!desk.SignsBySecret) continue;
            (await desk.Read(headers, body, "another secret")).ShouldBeNull("another secret");
            (await desk.Read(headers, body, null)).ShouldBeNull("no secret");
        }
        (await desk.Read(mails[0].Headers, Encoding.UTF8.GetBytes("{\"not\": "), desk.MessageSecret)).ShouldBeNull();
    }
}
