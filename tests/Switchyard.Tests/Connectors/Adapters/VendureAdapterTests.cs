using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Connectors.Vendure;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

[Capability("CH-20")]
public sealed class VendureAdapterTests : ChannelAdapterContract
{
    private sealed class Shop(VendureSim sim) : ChannelDesk(new VendureChannel(), sim)
    {
        public Shop() : this(new VendureSim()) { }

        public VendureSim Vendure => (VendureSim)Sim;
        public override int PageSize => 50;

        // All calls go to one address: what a call does is in its document.
        public override bool IsTelling(HttpRequest call) => SimRequest.Of(call).Text is var text
            && (text.Contains("addFulfillmentToOrder", StringComparison.Ordinal) || text.Contains("cancelOrder", StringComparison.Ordinal) || text.Contains("refundOrder", StringComparison.Ordinal));

        public override bool IsListing(HttpRequest call) => SimRequest.Of(call).Text.Contains("orders(", StringComparison.Ordinal);
    }

    private protected override ChannelDesk Make() => new Shop();

    private static ShippedNews Parcel(ChannelOrder order, string key, long units, string? number = "X1") =>
        new(key, order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = units }, "DPD", "Next day", number, null, order.PlacedAt, false, false, null);

    [Fact]
    public async Task A_session_is_kept_and_begun_again_once_when_it_has_ended()
    {
        await using var desk = (Shop)await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG")!;
        await desk.Order(theirs);
        await desk.Order(theirs);
        desk.Vendure.SessionsGiven.ShouldBe(1);
        desk.Sim.ExpireTokens();
        await desk.Order(theirs);
        desk.Vendure.SessionsGiven.ShouldBe(2);
        desk.Sim.Always = Mood.Refused;
        (await desk.Channel.Order(desk.Call(), theirs.Key)).Fault!.Kind.ShouldBe(FaultKind.Unauthorized, "let in once more, not for ever");
    }

    [Fact]
    public async Task What_is_allocated_stays_allocated_when_stock_is_told_and_other_locations_are_counted()
    {
        await using var desk = await new Shop(new VendureSim(facts: VendureSim.Uk with { Locations = [new(1, "Mill", "GB"), new(2, "Dock", "GB")] })).Open();
        var mug = desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        desk.Sim.Shop.SetStock(mug, 2, 10, "hand");
        desk.Sim.Generator.Buy("MUG", 5).ShouldNotBeNull();
        var listing = (await desk.Listings()).Single();
        listing.Quantity.ShouldBe(45);
        (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 20, null, null, "x")])).Value[0].ShouldBe(new StockOutcome(listing.Key.Listing, "done", 20));
        (mug.Stock[1], mug.Stock[2]).ShouldBe((10, 10), "five more lie there, and are sold");
        var order = await desk.Order(desk.Sim.Shop.Orders[0]);
        (await desk.Channel.Shipped(desk.Call(), Parcel(order, "p1", 5))).IsOk.ShouldBeTrue();
        (await desk.Channel.Stock(desk.Call(), [listing.Key])).Value[0].Quantity.ShouldBe(20, "a parcel takes what was allocated for it");
        var refused = (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 5, null, null, "x")])).Value[0];
        (refused.Kind, refused.Shows).ShouldBe(("refused", 20));
        (await desk.Channel.Push(desk.Call(new JsonObject { ["username"] = VendureSim.UserName, ["location"] = "dock" }), [new StockWish(listing.Key, 12, null, null, "x")])).Value[0].Kind.ShouldBe("done");
        (mug.Stock[1], mug.Stock[2]).ShouldBe((10, 2));
        (await desk.Channel.Push(desk.Call(new JsonObject { ["username"] = VendureSim.UserName, ["location"] = "nowhere" }), [new StockWish(listing.Key, 12, null, null, "x")])).Fault!.Kind.ShouldBe(FaultKind.Refused);
        (await desk.Channel.Test(desk.Call())).Value.Places.Select(p => p.Name).ShouldBe(["Mill", "Dock"]);
    }

    [Fact]
    public async Task Money_that_is_only_authorised_is_settled_with_the_first_parcel_where_the_shop_wants_it()
    {
        await using var desk = await new Shop(new VendureSim { OnlyAuthorises = true }).Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 2)!;
        var waits = (await desk.Channel.Order(desk.Call(new JsonObject { ["username"] = VendureSim.UserName }), theirs.Key)).Value!;
        (waits.State, waits.Payment.Status).ShouldBe((ChannelOrderState.Pending, "authorised"));
        var order = await desk.Order(theirs);
        (order.State, order.Payment.Status).ShouldBe((ChannelOrderState.Open, "authorised"));
        (await desk.Channel.Shipped(desk.Call(new JsonObject { ["username"] = VendureSim.UserName }), Parcel(order, "p0", 1))).Fault!.Kind.ShouldBe(FaultKind.Refused, "nothing leaves before it is settled");
        // The fulfilment is made, and then nothing is heard of it: the next try sends it.
        desk.Sim.Next(Mood.BreaksOffAfter, desk.IsTelling);
        (await desk.Channel.Shipped(desk.Call(), Parcel(order, "p1", 1))).Fault!.IsOpen.ShouldBeTrue();
        (await desk.Channel.Shipped(desk.Call(), Parcel(order, "p1", 1))).Value.WasThere.ShouldBeTrue();
        (await desk.Channel.Shipped(desk.Call(), Parcel(order, "p0", 1))).Value.WasThere.ShouldBeTrue("it was made before, and is sent now");
        theirs.Shipments.Count.ShouldBe(2);
        var sent = await desk.Order(theirs);
        (sent.State, sent.Payment.Status, sent.Lines[0].Shipped).ShouldBe((ChannelOrderState.Closed, "paid", 2));
        desk.Sim.Calls.Count(c => c.Asked == "settlePayment").ShouldBe(1);
    }

    [Fact]
    public async Task A_parcel_that_was_written_down_by_hand_is_known_and_two_of_one_number_are_two()
    {
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 3)!;
        var order = await desk.Order(theirs);
        desk.Sim.Shop.Ship(theirs, [new SimShippedLine(theirs.Lines[0].Id, 1)], "DPD", "HAND");
        (await desk.Channel.Shipped(desk.Call(), Parcel(order, "p1", 1, "HAND"))).Value.WasThere.ShouldBeTrue();
        foreach (string key in new[] { "p2", "p3", "p2" }) (await desk.Channel.Shipped(desk.Call(), Parcel(order, key, 1, "CONSIGNMENT"))).IsOk.ShouldBeTrue();
        theirs.Shipments.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Units_are_cancelled_once_and_refunds_take_the_very_amount()
    {
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1037, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 3)!;
        var order = await desk.Order(theirs);
        var one = new Dictionary<string, long> { [order.Lines[0].LineId] = 1 };
        foreach (bool wasThere in new[] { false, true })
            (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", order.ExternalId, one, "stock", false))).Value.WasThere.ShouldBe(wasThere);
        (await desk.Order(theirs)).Lines[0].ShouldSatisfyAllConditions(l => l.Quantity.ShouldBe(3), l => l.Cancelled.ShouldBe(1), l => l.DiscountMinor.ShouldBe(0));
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r10", order.ExternalId, one, 1000, 0, "GBP", "stock", null))).Value.WasThere.ShouldBeFalse();
        foreach (bool wasThere in new[] { false, true })
            (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", order.ExternalId, new Dictionary<string, long>(), 37, 0, "GBP", "other", "Sorry"))).Value.WasThere.ShouldBe(wasThere, "r1 is not r10");
        theirs.Refunds.Select(r => r.AmountMinor).ShouldBe([1000, 37]);
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r2", order.ExternalId, new Dictionary<string, long>(), 1_000_000, 0, "GBP", "other", null))).Fault!.Kind.ShouldBe(FaultKind.Refused);
        (await desk.Order(theirs)).Refunds.Sum(r => r.AmountMinor).ShouldBe(1037);
    }

    [Fact]
    public void Prices_without_tax_surcharges_and_other_digits_are_read_as_they_are_meant()
    {
        var order = JsonNode.Parse("""
            {"id":"7","code":"T1","state":"PaymentSettled","orderPlacedAt":"2026-03-02T10:00:00.000Z","updatedAt":"2026-03-02T10:05:00.000Z","currencyCode":"JPY","total":250000,"totalWithTax":275000,
             "lines":[{"id":"1","quantity":2,"orderPlacedQuantity":3,"unitPrice":100000,"unitPriceWithTax":110000,"proratedLinePrice":180000,"proratedLinePriceWithTax":198000,"lineTax":18000,"taxRate":10,
               "productVariant":{"id":"9","sku":"A","name":"Thing"}},
              {"id":"2","quantity":1,"orderPlacedQuantity":1,"unitPrice":50000,"unitPriceWithTax":55000,"proratedLinePrice":50000,"proratedLinePriceWithTax":55000,"lineTax":5000,"taxRate":10,
               "productVariant":{"id":"10","sku":"B","name":"Other"}}],
             "surcharges":[{"id":"1","description":"Gift wrap","price":30000,"priceWithTax":33000,"taxRate":10},{"id":"2","description":"Loyal","price":-10000,"priceWithTax":-11000,"taxRate":10}],
             "shippingLines":[],"payments":[{"id":"1","method":"card","amount":275000,"state":"Settled","refunds":[{"id":"4","createdAt":"2026-03-03T10:00:00.000Z","total":5000,"state":"Settled","lines":[]}]}],"fulfillments":[]}
            """)!.AsObject();
        var read = new VendureOrders(isGross: false, precision: 2, settles: false).Read(order).ShouldNotBeNull();
        read.Lines.Select(l => (l.Quantity, l.Cancelled, l.UnitPriceMinor, l.DiscountMinor, l.TaxMinor)).ShouldBe([(3L, 1L, 1000L, 300L, (long?)170L), (1L, 0L, 500L, 0L, (long?)50L)]);
        read.Charges.Single().ShouldBe(new ChannelCharge("fee", "Gift wrap", 300, 30, 0.1m));
        (read.TotalMinor, read.PricesIncludeTax, read.Refunds.Single().AmountMinor, read.State).ShouldBe((2750, false, 50, ChannelOrderState.Open));
        long goods = read.Lines.Sum(l => l.UnitPriceMinor * (l.Quantity - l.Cancelled) - l.DiscountMinor), tax = read.Lines.Sum(l => l.TaxMinor!.Value) + 30;
        (goods + 300 + tax).ShouldBe(2750);
        read.UpdatedAt.ShouldBe(new DateTimeOffset(2026, 3, 3, 10, 0, 0, TimeSpan.Zero), "a refund is a change, whatever the order says");
        order["orderPlacedAt"] = null;
        new VendureOrders(false, 2, false).Read(order).ShouldBeNull("a basket is no order");
    }
}
