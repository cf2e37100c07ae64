using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Connectors.Magento;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

[Capability("CH-06")]
public sealed class MagentoAdapterTests : ChannelAdapterContract
{
    private sealed class Shop(MagentoSim sim) : ChannelDesk(new MagentoChannel(), sim)
    {
        public Shop() : this(new MagentoSim { IsSigned = true }) { }

        public override int PageSize => 50;
        public override bool CancelsPaid => false;
    }

    private static readonly MagentoSales Net = new(false, new HashSet<string> { "cashondelivery" }), Gross = Net with { IsGross = true };

    private protected override ChannelDesk Make() => new Shop();

    [Fact]
    public async Task An_access_token_alone_opens_a_shop_that_lets_it_and_a_signature_is_wanted_elsewhere()
    {
        await using var open = await new Shop(new MagentoSim()).Open();
        (await open.Channel.Test(open.Call())).Value.Places.Select(p => p.Id).ShouldBe(["default"]);
        await using var signed = await new Shop().Open();
        (await signed.Channel.Test(signed.Call())).Value.Missing.ShouldBeEmpty();
        signed.Secrets.Remove("consumerSecret");
        (await signed.Channel.Test(signed.Call())).Fault!.Kind.ShouldBe(FaultKind.Unauthorized);
    }

    [Fact]
    public async Task What_is_reserved_for_orders_stays_reserved_when_stock_is_told()
    {
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        desk.Sim.Generator.Buy("MUG", 5).ShouldNotBeNull();
        var listing = (await desk.Listings()).Single();
        listing.Quantity.ShouldBe(35, "what is sold is not offered again");
        // We know of that order: 35 are free with us too, and the buyer of one more is not overwritten.
        (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 20, null, null, "push")])).Value[0].Kind.ShouldBe("done");
        desk.Sim.Shop.BySku("MUG")!.Available.ShouldBe(20);
        desk.Sim.Generator.Buy("MUG", 2).ShouldNotBeNull();
        (await desk.Channel.Stock(desk.Call(), [listing.Key])).Value[0].Quantity.ShouldBe(18);
        var order = await desk.Order(desk.Sim.Shop.Orders[0]);
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", order.ExternalId, order.Lines.ToDictionary(l => l.LineId, l => l.Quantity), null, null, null, null,
            order.PlacedAt, false, true, null))).IsOk.ShouldBeTrue();
        desk.Sim.Shop.BySku("MUG")!.Available.ShouldBe(18, "a parcel takes what was reserved for it");
        (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 0, null, null, "stop")])).Value[0].Kind.ShouldBe("done");
        desk.Sim.Shop.BySku("MUG")!.Available.ShouldBe(0);
    }

    [Fact]
    public async Task Stock_is_told_to_the_source_that_is_ours_and_what_another_holds_is_counted()
    {
        await using var desk = await new Shop(new MagentoSim(facts: MagentoSim.Uk with { Locations = [new(1, "east", "GB"), new(2, "west", "GB")] })).Open();
        var mug = desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        desk.Sim.Shop.SetStock(mug, 2, 10, "hand");
        var listing = (await desk.Listings()).Single();
        listing.Quantity.ShouldBe(50);
        (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 24, null, null, "x")])).Value[0].Kind.ShouldBe("done");
        (mug.Stock[1], mug.Stock[2]).ShouldBe((14, 10));
        var refused = (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 5, null, null, "x")])).Value[0];
        (refused.Kind, refused.Shows, mug.Stock[1]).ShouldBe(("refused", 10, 14));
        (await desk.Channel.Test(desk.Call())).Value.Places.Select(p => p.Id).ShouldBe(["east", "west"]);
    }

    [Fact]
    public async Task A_variant_is_one_line_with_the_variants_code_and_is_shipped_by_the_row_above()
    {
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("APRON-B", "Linen apron", 2800, 5, "Blue", desk.Sim.Shop.NextId());
        var theirs = desk.Sim.Generator.Buy("APRON-B", 2)!;
        var order = await desk.Order(theirs);
        (order.Lines.Single().Sku, order.Lines.Single().Quantity, order.Lines.Single().UnitPriceMinor).ShouldBe(("APRON-B", 2, 2800));
        order.Lines.Single().ListingId.ShouldBe((await desk.Listings()).Single().Key.Listing);
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 2 }, "DPD", "Next day", "X1",
            null, order.PlacedAt, true, true, null))).Value.WasThere.ShouldBeFalse();
        (await desk.Order(theirs)).State.ShouldBe(ChannelOrderState.Closed);
        theirs.Shipments.Single().Carrier.ShouldBe("DPD Next day");
    }

    [Fact]
    public async Task A_parcel_that_was_written_down_by_hand_is_known_and_one_of_two_with_one_number_is_not_the_other()
    {
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 3)!;
        var order = await desk.Order(theirs);
        ShippedNews Parcel(string key, string number) =>
            new(key, order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, "DPD", null, number, null, order.PlacedAt, true, false, null);
        desk.Sim.Shop.Ship(theirs, [new SimShippedLine(theirs.Lines[0].Id, 1)], "DPD", "HAND");
        (await desk.Channel.Shipped(desk.Call(), Parcel("p1", "HAND"))).Value.WasThere.ShouldBeTrue();
        foreach (string key in new[] { "p2", "p3", "p2" }) (await desk.Channel.Shipped(desk.Call(), Parcel(key, "CONSIGNMENT"))).IsOk.ShouldBeTrue();
        theirs.Shipments.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Money_that_was_only_authorised_is_taken_once_with_the_parcel_where_the_shop_wants_it()
    {
        await using var desk = await new Shop(new MagentoSim { InvoicesParcels = true }).Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 2, w => w with { IsPaid = false })!;
        var order = await desk.Order(theirs);
        var news = new ShippedNews("p1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 2 }, "DPD", null, "X1", null, order.PlacedAt, true, true,
            null);
        // The parcel is told, and then nothing is heard of the invoice.
        desk.Sim.Next(Mood.BreaksOffAfter, call => call.Path.Value!.EndsWith("/invoice", StringComparison.Ordinal));
        (await desk.Channel.Shipped(desk.Call(), news)).Fault!.IsOpen.ShouldBeTrue();
        for (int times = 0; times < 2; times++) (await desk.Channel.Shipped(desk.Call(), news)).Value.WasThere.ShouldBeTrue();
        (theirs.Payments.Count, theirs.Shipments.Count).ShouldBe((1, 1));
        desk.Sim.Calls.Count(c => c.Path.EndsWith("/invoice", StringComparison.Ordinal)).ShouldBe(1);
        (await desk.Order(theirs)).State.ShouldBe(ChannelOrderState.Closed);
    }

    [Fact]
    public async Task What_was_paid_is_not_cancelled_and_a_refund_is_of_the_money_that_was_decided()
    {
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1037, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 3, w => w with { Discount = ("TEN", 10) }, "GB")!;
        var order = await desk.Order(theirs);
        (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", order.ExternalId, null, "customer", false))).Fault!.Kind.ShouldBe(FaultKind.Refused);
        RefundedNews Back(string key, long units, long amount, long shipping) => new(key, order.ExternalId, units == 0 ? [] : new Dictionary<string,
            long>
        { [order.Lines[0].LineId] = units }, amount, shipping, "GBP", "customer", "Sorry");
        (await desk.Channel.Refunded(desk.Call(), Back("r10", 1, 1000, 0))).IsOk.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), Back("r2", 0, 77, 0))).IsOk.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), Back("r1", 1, 1119, 0))).Value.WasThere.ShouldBeFalse("r1 is not r10");
        theirs.Refunds.Select(r => (r.AmountMinor, r.Lines.Sum(l => l.Quantity), r.IsPaidOut)).ShouldBe([(1000, 1, true), (77, 0, true), (1119, 1, true)]);
        long left = theirs.TotalMinor - theirs.RefundedMinor;
        (await desk.Channel.Refunded(desk.Call(), Back("r10", 1, 1000, 0))).Value.WasThere.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), Back("r3", 1, left, 600))).IsOk.ShouldBeTrue();
        theirs.RefundedMinor.ShouldBe(theirs.TotalMinor);
        var told = await desk.Order(theirs);
        (told.State, told.Refunds.Sum(r => r.AmountMinor), told.Lines[0].Cancelled).ShouldBe((ChannelOrderState.Cancelled, theirs.TotalMinor, 3));
    }

    [Fact]
    public async Task A_page_behind_the_last_one_ends_a_row_of_pages_within_one_second()
    {
        await using var desk = await new Shop(new MagentoSim(clock: SimClock.At(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero)))).Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 1000);
        for (int i = 0; i < 100; i++) desk.Sim.Generator.Buy("MUG").ShouldNotBeNull();
        (await desk.Orders(desk.Sim.Clock.GetUtcNow().AddDays(-1))).Select(o => o.ExternalId).Distinct().Count().ShouldBe(100);
        desk.Sim.Calls.Count(c => c.Path.EndsWith("/orders", StringComparison.Ordinal)).ShouldBeLessThan(6);
    }

    /// <summary>The same goods by both ways of writing prices down: 3 at 10.00 with 20 % tax in it, less a tenth.</summary>
    [Theory]
    [InlineData(true, 1000, 300, 2700)]
    [InlineData(false, 834, 252, 2250)]
    public void Prices_with_tax_and_without_add_up_to_the_same(bool isGross, long unit, long discount, long total)
    {
        var order = Fixture("""{"item_id":1,"product_type":"simple","product_id":7,"sku":"A","name":"Thing","qty_ordered":3,"price":8.3333,"row_total":25,"row_total_incl_tax":30,"discount_amount":3,"discount_tax_compensation_amount":0.5,"tax_amount":4.5,"tax_percent":20}""", "27.00");
        var read = MagentoOrders.Read(order, [], isGross ? Gross : Net).ShouldNotBeNull();
        var line = read.Lines.Single();
        (line.UnitPriceMinor, line.DiscountMinor, line.TaxMinor, line.TaxRate).ShouldBe((unit, discount, 450, 0.2m));
        (line.UnitPriceMinor * 3 - line.DiscountMinor).ShouldBe(total);
        read.TotalMinor.ShouldBe(2700);
    }

    [Fact]
    public void A_bundle_is_its_parts_with_the_money_wherever_it_stands()
    {
        const string Part = "\"qty_ordered\":4,\"parent_item_id\":10,\"product_type\":\"simple\"";
        var own = Fixture($$"""{"item_id":10,"product_type":"bundle","product_id":70,"sku":"SET","name":"Set","qty_ordered":2,"row_total":100,"tax_amount":20},{"item_id":11,"product_id":71,"sku":"A",{{Part}},"row_total":0},{"item_id":12,"product_id":72,"sku":"B",{{Part}},"row_total":0}""", "120");
        var lines = MagentoOrders.Read(own, [], Net)!.Lines;
        lines.Select(l => (l.LineId, l.Sku, l.Quantity, l.UnitPriceMinor * l.Quantity - l.DiscountMinor, l.TaxMinor))
            .ShouldBe([("11", "A", 4, 5000, 1000), ("12", "B", 4, 5000, 1000)]);
        lines[0].Properties["bundle"].ShouldBe("Set");
        var parts = Fixture($$"""{"item_id":10,"product_type":"bundle","sku":"SET","name":"Set","qty_ordered":2,"row_total":100},{"item_id":11,"product_id":71,"sku":"A",{{Part}},"row_total":30,"tax_amount":6},{"item_id":12,"product_id":72,"sku":"B",{{Part}},"row_total":70,"tax_amount":14}""", "120");
        MagentoOrders.Read(parts, [], Net)!.Lines.Select(l => l.UnitPriceMinor).ShouldBe([750, 1750]);
        MagentoChannel.Bundled(parts, new Dictionary<string, long> { ["11"] = 4, ["12"] = 4 })!.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create("10", 2L));
        MagentoChannel.Bundled(parts, new Dictionary<string, long> { ["11"] = 1 }).ShouldBeNull("half a bundle is none");
    }

    [Fact]
    public void Virtual_goods_other_currencies_and_states_are_read_as_they_are_meant()
    {
        const string Mug = """{"item_id":1,"product_type":"simple","product_id":7,"sku":"A","name":"Mug","qty_ordered":2,"row_total":20,"base_row_total":10},{"item_id":2,"product_type":"virtual","is_virtual":1,"sku":"W","name":"Warranty","qty_ordered":1,"row_total":5}""";
        var order = Fixture(Mug, "25", ""","base_currency_code":"USD","base_grand_total":12.5""");
        var read = MagentoOrders.Read(order, [], Net)!;
        (read.Currency, read.TotalMinor, read.State, read.Payment.Status).ShouldBe(("GBP", 2500, ChannelOrderState.Open, "paid"));
        read.Lines.Select(l => l.IsOurs).ShouldBe([true, false]);
        (read.ShipTo!.Line1, read.ShipTo.Line2, read.Method, read.Number).ShouldBe(("1 Mill Lane", "Flat 2", "flatrate_flatrate", "000000123"));
        ChannelOrderState State(string state, string method, string item = Mug) =>
            MagentoOrders.Read(Fixture(item, "25", state: state, method: method, paid: state == "closed" ? "25" : "0"), [], Net)!.State;
        State("new", "checkmo").ShouldBe(ChannelOrderState.Pending);
        State("new", "cashondelivery").ShouldBe(ChannelOrderState.Open);
        State("holded", "braintree").ShouldBe(ChannelOrderState.Pending);
        State("payment_review", "braintree").ShouldBe(ChannelOrderState.Pending);
        State("closed", "braintree").ShouldBe(ChannelOrderState.Cancelled);
        State("closed", "braintree", """{"item_id":1,"sku":"A","qty_ordered":2,"qty_shipped":2,"qty_refunded":2,"row_total":20}""").ShouldBe(ChannelOrderState.Closed);
        State("canceled", "checkmo").ShouldBe(ChannelOrderState.Cancelled);
    }

    [Fact]
    public async Task What_is_asked_is_as_the_published_document_says()
    {
        if (PublishedRequests.Find("magento", "admin-schema-2.4.8.oms-subset.json") is not { } published) return;
        await using var desk = await new Shop().Open();
        desk.Sim.Shop.List("MUG", "Enamel mug", 1250, 40);
        var theirs = desk.Sim.Generator.Buy("MUG", 3)!;
        var order = await desk.Order(theirs);
        await desk.Channel.Test(desk.Call());
        await desk.Orders(theirs.PlacedAt.AddDays(-1));
        var listing = (await desk.Listings()).Single();
        await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 7, null, null, "x")]);
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, "DPD", null, "T", null,
            order.PlacedAt, true, false, null))).IsOk.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", order.ExternalId, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, 900, 0, "GBP", "other",
            null))).IsOk.ShouldBeTrue();
        await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", order.ExternalId, null, "stock", false));
        published.Faults(desk.Sim.Calls.Where(c => !c.Path.EndsWith("/storeConfigs", StringComparison.Ordinal)), path =>
            path.Replace("/rest/default", "", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static JsonObject Fixture(string items, string total, string more = "", string state = "processing", string method = "braintree", string? paid = null) => JsonNode.Parse($$"""
        {"entity_id":123,"increment_id":"000000123","created_at":"2026-03-02 10:00:00","updated_at":"2026-03-02 10:05:00","state":"{{state}}","status":"whatever","order_currency_code":"GBP","grand_total":{{total}},"total_paid":{{paid ?? total}},
         "customer_email":"a@example.com","customer_firstname":"Ada","customer_lastname":"Byron","items":[{{items}}],"payment":{"method":"{{method}}","last_trans_id":"t1"},"billing_address":{"firstname":"Ada","lastname":"Byron","telephone":"1"},
         "extension_attributes":{"shipping_assignments":[{"shipping":{"method":"flatrate_flatrate","address":{"firstname":"Ada","lastname":"Byron","street":["1 Mill Lane","Flat 2"],"city":"Leeds","postcode":"LS1 1AA","country_id":"GB"} } }]}{{more}} }
        """)!.AsObject();
}
