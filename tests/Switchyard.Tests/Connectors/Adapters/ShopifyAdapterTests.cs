using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Connectors.Shopify;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>Shopify keeps what every adapter keeps.</summary>
[Capability("CH-05")]
public sealed class ShopifyAdapterTests : ChannelAdapterContract
{
    private protected override ChannelDesk Make() => new ShopifyDesk();
}

internal sealed class ShopifyDesk : ChannelDesk
{
    public ShopifyDesk(ShopFacts? facts = null, SimClock? clock = null) : base(new ShopifyChannel(), new ShopifySim(facts: facts, clock: clock)) => Shopify.GivePoints(100_000, 10_000);

    public ShopifySim Shopify => (ShopifySim)Sim;

    public new async Task<ShopifyDesk> Open()
    {
        await base.Open();
        return this;
    }

    public override int PageSize => 10;
    public override string MessageSecret => ShopifySim.ClientSecret;

    // All calls go to one address: what a call does is in its document.
    public override bool IsTelling(HttpRequest call) => SimRequest.Of(call).Text.Contains("mutation", StringComparison.Ordinal);
    public override bool IsListing(HttpRequest call) => SimRequest.Of(call).Text.Contains("orders(", StringComparison.Ordinal);

    public ChannelCall With(params (string Name, string Value)[] settings)
    {
        var all = Sim.Settings;
        foreach (var (name, value) in settings) all[name] = value;
        return Call(all);
    }
}

/// <summary>What is particular to Shopify: money in two currencies, locations and services, points, compared stock, parcels over locations, its signatures and its published schema.</summary>
[Capability("CH-20", "CH-05")]
public sealed class ShopifyTests
{
    private static readonly ShopFacts TwoPlaces = new("Northern Lights Supply", "GBP", PricesIncludeTax: true) { Locations = [new(71, "Main", "GB", "Leeds"), new(72, "York shop", "GB", "York")] };

    private static JsonObject Fixture(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(TestPostgres.Root, "tests", "Switchyard.Tests", "Connectors", "Adapters", "Samples", name)))!.AsObject();
    private static ChannelOrder Read(JsonObject order, string unpaid = "", string places = "") => new ShopifyOrders(ShopifyWords.Names(unpaid), ShopifyWords.Pairs(places)).Read(order).ShouldNotBeNull();

    [Fact]
    public void Every_document_asks_only_for_what_the_published_schema_has()
    {
        if (ShopifyPublished.Find() is not { } published) return;
        ShopifyDocuments.All.Count.ShouldBeGreaterThan(20);
        foreach (string document in ShopifyDocuments.All) published.Faults(document).ShouldBeEmpty(document);
        foreach (string topic in ShopifyWords.Topics) published.InputFaults("WebhookSubscriptionTopic!", topic).ShouldBeEmpty();
        published.Faults("query Wrong { orders(first: 1) { nodes { favourite } } }").ShouldNotBeEmpty("the check finds what is wrong");
    }

    [Fact]
    public async Task Every_input_that_is_sent_is_as_the_published_schema_has_it()
    {
        if (ShopifyPublished.Find() is not { } published) return;
        await using var desk = await new ShopifyDesk().Open();
        desk.Sim.Shop.List("SKU-1", "Thing", 1000, 20);
        var theirs = desk.Sim.Generator.Buy("SKU-1", 3)!;
        var order = await desk.Order(theirs);
        var lines = new Dictionary<string, long> { [order.Lines[0].LineId] = 1 };
        var listing = (await desk.Listings())[0];
        (await desk.Channel.Push(desk.Call(), [new StockWish(listing.Key, 4, null, null, "push 1")])).Value[0].Kind.ShouldBe("done");
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", theirs.Key, lines, "Royal Mail", null, "AB1", "https://track.test/AB1", order.PlacedAt, true, false, null))).IsOk.ShouldBeTrue();
        (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", theirs.Key, lines, "stock", false))).IsOk.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", theirs.Key, lines, 500, 100, "GBP", "customer", null))).IsOk.ShouldBeTrue();
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).IsOk.ShouldBeTrue();
        var asked = desk.Sim.Calls.Where(c => c.Body.Contains("mutation", StringComparison.Ordinal)).Select(c => JsonNode.Parse(c.Body)!).ToList();
        asked.Count.ShouldBeGreaterThan(4);
        foreach (var body in asked)
            foreach (var (name, type) in ShopifyPublished.Variables((string)body["query"]!)) published.InputFaults(type, body["variables"]![name], name).ShouldBeEmpty(body.ToJsonString());
    }

    [Fact]
    public void An_order_paid_in_another_currency_is_read_in_the_buyers_money_to_the_penny()
    {
        var order = Read(Fixture("shopify-order.json"));
        (order.ExternalId, order.Number, order.Currency, order.PricesIncludeTax, order.State).ShouldBe(("4500001234", "#1234", "EUR", false, ChannelOrderState.Open));
        order.Lines.Select(l => (l.LineId, l.ListingId, l.Sku, l.Quantity, l.Cancelled, l.IsOurs)).ShouldBe(
        [
            ("11", "901", "MUG-BLUE", 3, 1, true),          // one was taken off by an edit
            ("12", "902", "CANDLE", 3, 0, true),            // three from us, …
            ("12:service", "902", "CANDLE", 1, 0, false),   // … one from a fulfilment service
            ("13", "903", "GIFT-25", 1, 0, false),          // a voucher by mail
        ]);
        var mug = order.Lines[0];
        (mug.UnitPriceMinor, mug.DiscountMinor, mug.TaxMinor, mug.TaxRate).ShouldBe((1250, 375, 641, 0.19m));
        mug.Personalisation.ShouldBe("Engraving: For Ada");
        mug.Properties.ShouldBe(new Dictionary<string, string> { ["Engraving"] = "For Ada" }, "what has an underscore in front is shown to nobody");
        order.Lines.Where(l => l.LineId.StartsWith("12", StringComparison.Ordinal)).Sum(l => l.DiscountMinor).ShouldBe(101);
        order.Charges.Select(c => (c.Code, c.AmountMinor, c.TaxMinor)).ShouldBe([("shipping", 500, 95), ("duties", 320, 0), ("fee", 150, 28), ("tip", 200, 0)]);
        long sum = order.Lines.Sum(l => l.UnitPriceMinor * l.Quantity - l.DiscountMinor + l.TaxMinor!.Value) + order.Charges.Sum(c => c.AmountMinor + c.TaxMinor!.Value);
        sum.ShouldBe(order.TotalMinor!.Value);
        order.Payment.ShouldBe(new ChannelPayment("paid", order.TotalMinor.Value, "gift_card+shopify_payments", "pay_2"));
        order.Refunds.Single().ShouldSatisfyAllConditions(r => r.AmountMinor.ShouldBe(1364), r => r.Id.ShouldBe("71"), r => r.Units.ShouldBe(new Dictionary<string, long> { ["11"] = 1 }));
        (order.GiftMessage, order.Note, order.Method).ShouldBe(("Happy birthday", "Ring twice\nDelivery slot: evening", "Express"));
        (order.Buyer!.Name, order.Buyer.Email, order.Buyer.Reference).ShouldBe(("Ada Byron", "ada@example.com", "501"));
        (order.ShipTo!.Country, order.ShipTo.Region, order.ShipTo.Postcode).ShouldBe(("DE", "BE", "10115"));
        order.ShipBy.ShouldBe(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void What_is_collected_held_unpaid_or_over_is_told_as_such()
    {
        JsonObject With(Action<JsonObject> change) { var order = Fixture("shopify-order.json"); change(order); return order; }
        JsonNode Part(JsonObject order, int no) => order["fulfillmentOrders"]!["nodes"]![no]!;
        var collected = With(o => { Part(o, 0)["deliveryMethod"]!["methodType"] = "PICK_UP"; o["shippingAddress"] = null; });
        (Read(collected).CollectAt, Read(collected, places: "main = LEEDS1").CollectAt, Read(collected, places: "71=L1, York=Y").CollectAt).ShouldBe(("Main", "LEEDS1", "L1"));
        Read(collected).ShipTo.ShouldBeNull();
        Read(With(o => Part(o, 0)["status"] = "ON_HOLD")).State.ShouldBe(ChannelOrderState.Pending);
        var owed = With(o => { o["displayFinancialStatus"] = "PENDING"; o["paymentGatewayNames"] = new JsonArray("Cash on Delivery (COD)"); });
        (Read(owed).State, Read(owed, unpaid: "invoice, cash on delivery (cod)").State, Read(owed).Payment.Status).ShouldBe((ChannelOrderState.Pending, ChannelOrderState.Open, "pending"));
        var authorised = Read(With(o => o["displayFinancialStatus"] = "AUTHORIZED"));
        (authorised.State, authorised.Payment.Status).ShouldBe((ChannelOrderState.Open, "authorised"));
        Read(With(o => o["cancelledAt"] = "2026-03-03T00:00:00Z")).State.ShouldBe(ChannelOrderState.Cancelled);
        Read(With(o => o["displayFulfillmentStatus"] = "FULFILLED")).State.ShouldBe(ChannelOrderState.Closed);
        new ShopifyOrders(ShopifyWords.Names(null), ShopifyWords.Pairs(null)).Read([]).ShouldBeNull();
    }

    [Fact]
    public void A_unit_that_came_back_after_it_left_is_not_cancelled()
    {
        var order = Fixture("shopify-order.json");
        var line = order["lineItems"]!["nodes"]![0]!;
        line["unfulfilledQuantity"] = 0;
        line["currentQuantity"] = 2;
        order["fulfillments"] = JsonNode.Parse("""[{"id":"gid://shopify/Fulfillment/1","status":"SUCCESS","fulfillmentLineItems":{"nodes":[{"quantity":3,"lineItem":{"id":"gid://shopify/LineItem/11"}}]}}]""");
        (Read(order).Lines[0].Cancelled, Read(order).Lines[0].Shipped).ShouldBe((0, 3));
    }

    [Fact]
    public async Task A_long_order_is_read_to_its_last_line()
    {
        await using var desk = await new ShopifyDesk().Open();
        for (int i = 1; i <= 70; i++) desk.Sim.Shop.List($"L-{i}", $"Line {i}", 100 + i, 50);
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        var theirs = desk.Sim.Shop.Place(new OrderWish([.. Enumerable.Range(1, 70).Select(i => new WishedLine($"L-{i}", 2))], buyer, address)).ShouldNotBeNull();
        var order = await desk.Order(theirs);
        order.Lines.Select(l => l.Sku).ShouldBe(Enumerable.Range(1, 70).Select(i => (string?)$"L-{i}"));
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", theirs.Key, order.Lines.ToDictionary(l => l.LineId, l => 1L), "DPD", null, "X1", null, order.PlacedAt, false, false, null))).IsOk.ShouldBeTrue();
        (await desk.Order(theirs)).Lines.ShouldAllBe(l => l.Shipped == 1 && l.Cancelled == 0);
    }

    [Fact]
    public async Task A_parcel_with_goods_of_two_locations_is_told_at_both_and_what_one_of_them_missed_is_told_again()
    {
        await using var desk = await new ShopifyDesk(TwoPlaces).Open();
        desk.Sim.Shop.List("A", "A", 1000, 5);
        var second = desk.Sim.Shop.List("B", "B", 2000, 0);
        desk.Sim.Shop.SetStock(second, 72, 5, "hand");
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        var theirs = desk.Sim.Shop.Place(new OrderWish([new("A", 1), new("B", 2)], buyer, address)).ShouldNotBeNull();
        var order = await desk.Order(theirs);
        var news = new ShippedNews("p1", theirs.Key, order.Lines.ToDictionary(l => l.LineId, l => l.Quantity), "DPD", null, "TWO1", null, order.PlacedAt, false, true, null);
        int told = 0;
        desk.Sim.Next(Mood.Broken, c => desk.IsTelling(c) && ++told == 2);
        (await desk.Channel.Shipped(desk.Call(), news)).Fault!.IsOpen.ShouldBeTrue();
        theirs.Shipments.Count.ShouldBe(1);
        (await desk.Channel.Shipped(desk.Call(), news)).IsOk.ShouldBeTrue();
        theirs.Shipments.Select(s => (s.Tracking, Units: s.Lines.Sum(l => l.Quantity))).OrderBy(s => s.Units).ShouldBe([("TWO1", 1), ("TWO1", 2)]);
        (await desk.Channel.Shipped(desk.Call(), news)).Value.WasThere.ShouldBeTrue();
        theirs.Shipments.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_somebody_marked_as_sent_by_hand_gets_its_number_and_what_is_gone_is_refused()
    {
        await using var desk = await new ShopifyDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 9);
        var theirs = desk.Sim.Generator.Buy("A", 2)!;
        var order = await desk.Order(theirs);
        desk.Sim.Shop.Ship(theirs, [new SimShippedLine(theirs.Lines[0].Id, 2)], "", "");
        var news = new ShippedNews("p1", theirs.Key, new Dictionary<string, long> { [order.Lines[0].LineId] = 2 }, "DPD", null, "HAND1", null, order.PlacedAt, false, true, null);
        for (int times = 0; times < 2; times++) (await desk.Channel.Shipped(desk.Call(), news)).IsOk.ShouldBeTrue();
        theirs.Shipments.Single().Tracking.ShouldBe("HAND1");
        var other = desk.Sim.Generator.Buy("A", 1)!;
        desk.Sim.Shop.Cancel(other, "customer");
        var line = (await desk.Order(other)).Lines[0].LineId;
        (await desk.Channel.Shipped(desk.Call(), news with { ExternalId = other.Key, Lines = new Dictionary<string, long> { [line] = 1 } })).Fault!.Kind.ShouldBe(FaultKind.Refused);
    }

    [Fact]
    public async Task Units_are_cancelled_one_by_one_and_their_money_goes_back_without_them()
    {
        await using var desk = await new ShopifyDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 9);
        var theirs = desk.Sim.Generator.Buy("A", 3)!;
        var line = (await desk.Order(theirs)).Lines[0].LineId;
        var units = new Dictionary<string, long> { [line] = 2 };
        for (int times = 0; times < 2; times++) (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", theirs.Key, units, "stock", false))).IsOk.ShouldBeTrue();
        var fewer = await desk.Order(theirs);
        (fewer.Lines[0].Quantity, fewer.Lines[0].Cancelled, fewer.Refunds.Count, fewer.State).ShouldBe((3, 2, 0, ChannelOrderState.Open));
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", theirs.Key, units, 2000, 0, "GBP", "stock", null))).IsOk.ShouldBeTrue();
        var back = await desk.Order(theirs);
        (back.Refunds.Single().AmountMinor, back.Lines[0].Cancelled).ShouldBe((2000, 2));
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r2", theirs.Key, new Dictionary<string, long>(), 1_000_000, 0, "GBP", "stock", null))).Fault!.Kind.ShouldBe(FaultKind.Refused);
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r3", theirs.Key, new Dictionary<string, long>(), 100, 0, "USD", "stock", null))).Fault!.Kind.ShouldBe(FaultKind.Refused);
    }

    [Fact]
    public async Task One_listing_that_clashes_or_is_gone_keeps_no_other_from_being_set()
    {
        await using var desk = await new ShopifyDesk(TwoPlaces).Open();
        foreach (string sku in new[] { "A", "B", "C" }) desk.Sim.Shop.SetStock(desk.Sim.Shop.List(sku, sku, 100, 10), 72, 7, "hand");
        var call = desk.With(("location", "York shop"));
        var listings = new List<ChannelListing>((await desk.Channel.Listings(call, null)).Value.Items);
        listings.ShouldAllBe(l => l.Quantity == 7);
        var unknown = new ListingKey("1", "1", "X");
        var told = await desk.Channel.Push(call, [new(listings[0].Key, 3, 7, null, "p"), new(unknown, 3, 7, null, "p"), new(listings[1].Key, 3, 9, null, "p"), new(listings[2].Key, 4, null, null, "p")]);
        told.Value.OrderBy(o => o.Listing.Length).ThenBy(o => o.Listing).Select(o => (o.Kind, o.Shows)).ShouldBe([("gone", null), ("done", 3), ("clash", 7), ("done", 4)]);
        desk.Sim.Shop.Listings.Select(l => (l.Stock[71], l.Stock[72])).ShouldBe([(10, 3), (10, 7), (10, 4)]);
        (await desk.Channel.Stock(desk.With(("location", "Atlantis")), [listings[0].Key])).Fault!.Words.ShouldContain("Atlantis");
    }

    [Fact]
    public async Task A_shop_without_points_is_waited_for_a_little_and_then_asked_later()
    {
        var clock = SimClock.At(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var desk = await new ShopifyDesk(clock: clock).Open();
        desk.Sim.Shop.List("A", "A", 100, 10);
        var theirs = desk.Sim.Generator.Buy("A")!;
        desk.Shopify.GivePoints(1_000, 1_000);
        desk.Shopify.DrainPoints();
        int calls = 0;
        desk.Sim.Next(Mood.Slow, _ => { if (++calls == 2) clock.Advance(TimeSpan.FromSeconds(9)); return false; });
        (await desk.Channel.Orders(desk.Call(), clock.GetUtcNow().AddDays(-1), null)).Value.Items.Count.ShouldBe(1);
        desk.Sim.Calls.Count(c => c.Asked == "orders").ShouldBe(2, "it was told to wait, and came again");
        desk.Shopify.GivePoints(1_000, 1);
        desk.Shopify.DrainPoints();
        var later = (await desk.Channel.Order(desk.Call(), theirs.Key)).Fault.ShouldNotBeNull();
        later.Kind.ShouldBe(FaultKind.Throttled);
        later.RetryAfter.ShouldNotBeNull().TotalSeconds.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void A_message_is_believed_by_its_signature_and_says_which_order_it_is_about()
    {
        var channel = new ShopifyChannel();
        byte[] body = Encoding.UTF8.GetBytes("""{"id":450789469,"order_id":12,"name":"#1001"}""");
        Dictionary<string, string> Headers(string topic, byte[] of, string secret = "hush") => new(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Shopify-Topic"] = topic, ["X-Shopify-Webhook-Id"] = "b54557e4", ["X-Shopify-Triggered-At"] = "2026-03-02T09:00:00.1234567Z",
            ["X-Shopify-Hmac-Sha256"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), of)),
        };
        var notice = channel.Read(new WebhookMail(Headers("orders/updated", body), body, "hush")).ShouldNotBeNull().Single();
        (notice.Id, notice.Kind, notice.Thing, notice.SentAt!.Value.Year).ShouldBe(("b54557e4", "order", "450789469", 2026));
        channel.Read(new WebhookMail(Headers("refunds/create", body), body, "hush"))!.Single().Thing.ShouldBe("12");
        channel.Read(new WebhookMail(Headers("app/uninstalled", body), body, "hush"))!.Single().Kind.ShouldBe("uninstalled");
        channel.Read(new WebhookMail(Headers("orders/updated", body, "guessed"), body, "hush")).ShouldBeNull();
        byte[] other = [.. body, (byte)' '];
        channel.Read(new WebhookMail(Headers("orders/updated", body), other, "hush")).ShouldBeNull("a byte more is another message");
        byte[] broken = Encoding.UTF8.GetBytes("no JSON");
        channel.Read(new WebhookMail(Headers("orders/updated", broken), broken, "hush")).ShouldBe([]);
        string recorded = Path.Combine(TestPostgres.Root, "..", "shared", "data", "payloads", "shopify-rest", "order.json");
        if (!File.Exists(recorded)) return;
        byte[] sent = Encoding.UTF8.GetBytes(JsonNode.Parse(File.ReadAllText(recorded))!["order"]!.ToJsonString());
        channel.Read(new WebhookMail(Headers("orders/create", sent), sent, "hush"))!.Single().Thing.ShouldBe("450789469");
    }

    [Fact]
    public async Task The_owner_of_a_shop_lets_us_in_by_a_browser()
    {
        await using var desk = await new ShopifyDesk().Open();
        desk.Secrets["accessToken"] = "";
        (await desk.Channel.Test(desk.Call())).Fault!.Kind.ShouldBe(FaultKind.Unauthorized);
        string page = desk.Channel.AuthoriseUrl(desk.Call(), "st/ate", "https://oms.example.test/back", "unused").Value;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery((await browser.GetAsync(new Uri(page))).Headers.Location!.Query);
        back["state"].ToString().ShouldBe("st/ate");
        (await desk.Channel.Exchange(desk.Call(), back["code"].ToString(), "unused", "https://oms.example.test/back")).Value.Key.ShouldBe("Northern Lights Supply");
        var shop = (await desk.Channel.Test(desk.Call())).Value;
        (shop.Currency, shop.Missing.Count).ShouldBe(("GBP", 0));
        (await desk.Channel.Exchange(desk.Call(), back["code"].ToString(), "unused", "https://oms.example.test/back")).Fault!.Kind.ShouldBe(FaultKind.Refused);
    }
}
