using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

// What is told to a channel is told once, whatever becomes of the answer.
public abstract partial class ChannelAdapterContract
{
    private static readonly Mood[] Unheard = [Mood.FailsAfter, Mood.BreaksOffAfter];

    private static SimOrder Bought(ChannelDesk desk, params WishedLine[] lines) => Placed(desk, true, lines);

    private static SimOrder Placed(ChannelDesk desk, bool isPaid, params WishedLine[] lines)
    {
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        return desk.Sim.Shop.Place(new OrderWish(lines, buyer, address) { IsPaid = isPaid }).ShouldNotBeNull();
    }

    private static ShippedNews Parcel(ChannelOrder order, string key, bool isLast, params (int Line, long Units)[] units) => new(key, order.ExternalId,
        units.ToDictionary(u => order.Lines[u.Line].LineId, u => u.Units), "Royal Mail", "Tracked 48", "TRK" + key, "https://track.example.test/" + key, order.PlacedAt.AddHours(3), TellsBuyer: false, isLast, null);

    [Fact]
    public async Task A_parcel_is_told_once_however_often_it_is_told_and_whatever_became_of_the_answer()
    {
        foreach (var mood in Unheard)
        {
            await using var desk = await Open();
            var theirs = Bought(desk, new("SKU-1", 2), new("SKU-2", 1));
            var order = await desk.Order(theirs);
            var news = Parcel(order, "p1", isLast: true, [.. order.Lines.Select((l, i) => (i, l.Quantity))]);
            desk.Sim.Next(mood, desk.IsTelling);
            var unheard = await desk.Channel.Shipped(desk.Call(), news);
            desk.Sim.Announced.ShouldBe(0, "the failure was met");
            unheard.Fault.ShouldNotBeNull(mood.ToString()).IsOpen.ShouldBeTrue($"{mood}: it may have been done: {unheard.Fault?.Words}");
            for (int times = 0; times < 3; times++)
            {
                var told = await desk.Channel.Shipped(desk.Call(), news);
                told.IsOk.ShouldBeTrue(told.Fault?.Words);
            }
            desk.Sim.Shop.Read(_ => desk.ParcelsOf(theirs)).ShouldBe(1, mood.ToString());
            (await desk.Order(theirs)).State.ShouldBe(ChannelOrderState.Closed, "all of it has left");
        }
    }

    [Fact]
    public async Task An_order_in_two_parcels_is_told_in_two()
    {
        await using var desk = await Open();
        var theirs = Bought(desk, new("SKU-1", 2), new("SKU-2", 1));
        var order = await desk.Order(theirs);
        int two = order.Lines.ToList().FindIndex(l => l.Quantity == 2), one = 1 - two;
        foreach (var news in new[] { Parcel(order, "p1", isLast: false, (two, 1)), Parcel(order, "p2", isLast: true, (two, 1), (one, 1)), Parcel(order, "p1", isLast: false, (two, 1)) })
        {
            var told = await desk.Channel.Shipped(desk.Call(), news);
            told.IsOk.ShouldBeTrue(told.Fault?.Words);
        }
        desk.Sim.Shop.Read(_ => desk.ParcelsOf(theirs)).ShouldBe(2);
        (await desk.Order(theirs)).State.ShouldBe(ChannelOrderState.Closed);
    }

    [Fact]
    public async Task A_cancel_is_told_once()
    {
        foreach (var mood in Unheard)
        {
            await using var desk = await Open();
            if (!desk.Can("tellCancelled")) return;
            var theirs = Placed(desk, desk.CancelsPaid, new WishedLine("SKU-1", 2));
            var news = new CancelledNews("c1", theirs.Key, null, "stock", Restocks: false);
            desk.Sim.Next(mood, desk.IsTelling);
            (await desk.Channel.Cancelled(desk.Call(), news)).Fault.ShouldNotBeNull(mood.ToString()).IsOpen.ShouldBeTrue();
            for (int times = 0; times < 2; times++)
            {
                var told = await desk.Channel.Cancelled(desk.Call(), news);
                told.IsOk.ShouldBeTrue(told.Fault?.Words);
            }
            (await desk.Order(theirs)).State.ShouldBe(ChannelOrderState.Cancelled);
        }
    }

    [Fact]
    public async Task A_refund_is_told_once_and_is_of_just_that_money()
    {
        foreach (var mood in Unheard)
        {
            await using var desk = await Open();
            if (!desk.Can("tellRefunded")) return;
            var theirs = Bought(desk, new("SKU-1", 2), new("SKU-2", 1));
            var order = await desk.Order(theirs);
            if (desk.Can("refundsAfterShipping")) (await desk.Channel.Shipped(desk.Call(), Parcel(order, "p1", true, [.. order.Lines.Select((l, i) => (i, l.Quantity))]))).IsOk.ShouldBeTrue();
            int two = order.Lines.ToList().FindIndex(l => l.Quantity == 2);
            long amount = order.Lines[two].UnitPriceMinor + (order.PricesIncludeTax ? 0 : (order.Lines[two].TaxMinor ?? 0) / 2);
            var news = new RefundedNews("r1", theirs.Key, new Dictionary<string, long> { [order.Lines[two].LineId] = 1 }, amount, 0, order.Currency, "customer", null);
            desk.Sim.Next(mood, desk.IsTelling);
            (await desk.Channel.Refunded(desk.Call(), news)).Fault.ShouldNotBeNull(mood.ToString()).IsOpen.ShouldBeTrue();
            for (int times = 0; times < 2; times++)
            {
                var told = await desk.Channel.Refunded(desk.Call(), news);
                told.IsOk.ShouldBeTrue(told.Fault?.Words);
            }
            desk.Sim.Shop.Read(_ => (theirs.Refunds.Count, theirs.RefundedMinor)).ShouldBe((1, amount));
        }
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused_and_not_tried_for_ever()
    {
        await using var desk = await Open(orders: 1);
        var order = await desk.Order(desk.Sim.Shop.Orders[0]);
        var refused = await desk.Channel.Shipped(desk.Call(), Parcel(order with { ExternalId = order.ExternalId.Replace(order.ExternalId[^4..], "9991", StringComparison.Ordinal) }, "p9", true, (0, 1)));
        refused.Fault.ShouldNotBeNull().Kind.ShouldBe(FaultKind.Refused, refused.Fault?.Words);
        if (!desk.Can("tellCancelled")) (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c9", order.ExternalId, null, "stock", false))).Fault!.Kind.ShouldBe(FaultKind.Unsupported);
        if (!desk.Can("tellRefunded")) (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r9", order.ExternalId, new Dictionary<string, long>(), 1, 0, order.Currency, "other", null))).Fault!.Kind.ShouldBe(FaultKind.Unsupported);
    }
}
