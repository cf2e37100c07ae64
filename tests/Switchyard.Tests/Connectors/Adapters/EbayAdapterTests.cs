using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Adapters;
using Switchyard.Connectors;
using Switchyard.Connectors.Ebay;
using Switchyard.Simulators;

namespace Switchyard.Tests.Connectors;

/// <summary>eBay keeps what every adapter keeps.</summary>
[Capability("CH-03")]
public sealed class EbayAdapterTests : ChannelAdapterContract
{
    private protected override ChannelDesk Make() => new EbayDesk();
}

internal sealed class EbayDesk : ChannelDesk
{
    /// <summary>Stands at our address: answers eBay's challenge, and lets messages through to the mailbox.</summary>
    private sealed class Address(EbayDesk desk) : DelegatingHandler(desk.Mail)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Get) return await base.SendAsync(request, cancellationToken);
            string code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.RequestUri!.Query)["challenge_code"].ToString();
            string? answer = desk.Channel.Challenge(new WebhookMail(new Dictionary<string, string> { ["?challenge_code"] = code }, [], desk.MessageSecret), request.RequestUri.GetLeftPart(UriPartial.Path));
            return new HttpResponseMessage { Content = new StringContent(answer ?? "", Encoding.UTF8, "application/json") };
        }
    }

    public EbayDesk(ShopFacts? facts = null) : base(new EbayChannel(), new EbaySim(facts: facts)) => Sim.Sender.Http = new HttpClient(new Address(this));

    public EbaySim Ebay => (EbaySim)Sim;
    public override int PageSize => 50;
    public override string MessageSecret => "a-token-of-ours_that-is-long-enough-0001";
    public override bool SignsBySecret => false;
    public override bool IsTelling(HttpRequest call) => call.Method == "POST" && (call.Path.Value!.EndsWith("/shipping_fulfillment", StringComparison.Ordinal) || call.Path.Value.EndsWith("/issue_refund", StringComparison.Ordinal)
        || call.Path.StartsWithSegments("/post-order"));

    public new async Task<EbayDesk> Open()
    {
        await base.Open();
        return this;
    }
}

/// <summary>What is particular to eBay: signatures both ways, taxes it collects, hubs, wishes to cancel, refunds without a key.</summary>
[Capability("CH-20", "CH-03")]
public sealed class EbayTests
{
    private static readonly ShopFacts Us = EbaySim.Uk with { Currency = "USD", PricesIncludeTax = false, Country = "US", IsTaxCollectedByMarketplace = true, Locations = [new(1, "austin", "US", "Austin")] };

    private static JsonObject Fixture() => JsonNode.Parse(File.ReadAllText(Path.Combine(TestPostgres.Root, "tests", "Switchyard.Tests", "Connectors", "Adapters", "Samples", "ebay-order.json")))!.AsObject();
    private static ChannelOrder Read(JsonObject order, string places = "") => EbayOrders.Read(order, [], EbayWords.Pairs(places)).ShouldNotBeNull();

    [Fact]
    public void The_recorded_message_and_challenge_hold_and_a_changed_one_does_not()
    {
        // The vector that eBay publishes with its SDK.
        byte[] key = EbayNotes.Public("-----BEGIN PUBLIC KEY-----MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZhhxXKtR+TOvtDbgTPCkSof02qgBB7IsYOyf76ilExJ/upAa/vKIKheOoCyOpcLmi4t0b4uepb7LLjmMr90FUg==-----END PUBLIC KEY-----").ShouldNotBeNull();
        byte[] body = Encoding.UTF8.GetBytes("""{"metadata":{"topic":"MARKETPLACE_ACCOUNT_DELETION","schemaVersion":"1.0","deprecated":false},"notification":{"notificationId":"49feeaeb-4982-42d9-a377-9645b8479411_33f7e043-fed8-442b-9d44-791923bd9a6d","eventDate":"2021-03-19T20:43:59.462Z","publishDate":"2021-03-19T20:43:59.679Z","publishAttemptCount":1,"data":{"username":"test_user","userId":"ma8vp1jySJC","eiasToken":"nY+sHZ2PrBmdj6wVnY+sEZ2PrA2dj6wJnY+gAZGEpwmdj6x9nY+seQ=="}}}""");
        const string header = "eyJhbGciOiJlY2RzYSIsImtpZCI6Ijk5MzYyNjFhLTdkN2ItNDYyMS1hMGYxLTk2Y2NiNDI4YWY0OSIsInNpZ25hdHVyZSI6Ik1FWUNJUUNmeGZJV3V4bVdjSUJRSjljNS9YN2lHREpxczJSQ0dzQkVhQWppbnlycmZBSWhBSVY2d0djVGlCdVY1S0pVaWYyaG9reXJMK1E5c3NIa2FkK214Mm5FRTI1dyIsImRpZ2VzdCI6IlNIQTEifQ==";
        var (kid, signature) = EbayNotes.Header(new WebhookMail(new Dictionary<string, string> { ["x-ebay-signature"] = header }, body, null)).ShouldNotBeNull();
        kid.ShouldBe("9936261a-7d7b-4621-a0f1-96ccb428af49");
        EbayNotes.IsGenuine(key, EbayNotes.Digest("SHA1"), body, signature).ShouldBeTrue();
        EbayNotes.IsGenuine(key, EbayNotes.Digest("SHA1"), Encoding.UTF8.GetBytes(JsonNode.Parse(body)!.ToJsonString(new() { WriteIndented = true })), signature).ShouldBeTrue("spread over lines it is the same message");
        EbayNotes.IsGenuine(key, EbayNotes.Digest("SHA1"), Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("test_user", "other_user", StringComparison.Ordinal)), signature).ShouldBeFalse();
        EbayNotes.IsGenuine(key, EbayNotes.Digest("SHA256"), body, signature).ShouldBeFalse();
        var notice = EbayNotes.Notices(body).Single();
        (notice.Kind, notice.Thing, notice.SentAt).ShouldBe(("forget", "test_user", new DateTimeOffset(2021, 3, 19, 20, 43, 59, 679, TimeSpan.Zero)));
        string answer = new EbayChannel().Challenge(new WebhookMail(new Dictionary<string, string> { ["?challenge_code"] = "a8628072-3d33-45ee-9004-bee86830a22d" }, [], "71745723-d031-455c-bfa5-f90d11b4f20a"), "http://www.testendpoint.com/webhook")!;
        answer.ShouldBe("""{"challengeResponse":"ca527df75caa230092d7e90484071e8f05d63068f1317973d6a3a42593734bbb"}""");
        foreach (string wrong in new[] { "", "no base64!", Convert.ToBase64String("{}"u8), Convert.ToBase64String("""{"kid":"../../x","signature":"AAAA"}"""u8) })
            EbayNotes.Header(new WebhookMail(new Dictionary<string, string> { ["x-ebay-signature"] = wrong }, body, null)).ShouldBeNull();
    }

    [Fact]
    public async Task A_forged_message_is_refused_a_key_is_asked_for_once_and_names_of_keys_cannot_be_made_up_without_end()
    {
        await using var desk = await new EbayDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 99);
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).Value.WasThere.ShouldBeFalse();
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).Value.WasThere.ShouldBeTrue();
        desk.Sim.Sender.ForgesToo = true;
        for (int i = 0; i < 3; i++) desk.Sim.Generator.Buy("A");
        await desk.Sim.Sender.Quiet();
        var read = new List<bool>();
        foreach (var (headers, body) in desk.Mail.Mails) read.Add(await desk.Read(headers, body, desk.MessageSecret) is not null);
        (read.Count(r => r), read.Count(r => !r)).ShouldBe((3, 3));
        desk.Sim.Calls.Count(c => c.Path.Contains("public_key", StringComparison.Ordinal)).ShouldBe(1);
        var faults = new List<AdapterFault?>();
        for (int i = 0; i < 30; i++)
        {
            string made = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"kid":"made-up-{{i}}","signature":"AAAA","digest":"SHA1"}"""));
            faults.Add((await desk.Channel.ReadAsync(desk.Call(), new WebhookMail(new Dictionary<string, string> { ["x-ebay-signature"] = made }, "{}"u8.ToArray(), null))).Fault);
        }
        faults.Count(f => f is null).ShouldBeLessThan(20);
        faults[^1]!.Kind.ShouldBe(FaultKind.Throttled, "whether it is genuine is not known, and eBay would send it again");
    }

    [Fact]
    public void An_order_is_read_to_the_penny_with_its_hub_its_taxes_and_its_refunds()
    {
        var order = Read(Fixture());
        (order.ExternalId, order.Currency, order.PricesIncludeTax, order.State, order.IsTaxTheirs).ShouldBe(("11-00123-45678", "USD", false, ChannelOrderState.Open, true));
        order.Lines.Select(l => (l.LineId, l.ListingId, l.Quantity, l.UnitPriceMinor, l.DiscountMinor, l.TaxMinor)).ShouldBe([("9001", "MUG", 3, 334, 102, 83), ("9002", "1100:77", 1, 2000, 100, 165)]);
        order.Lines[1].Properties.ShouldBe(new Dictionary<string, string> { ["Colour"] = "Blue" });
        order.Charges.Select(c => (c.Code, c.AmountMinor)).ShouldBe([("shipping", 450), ("fee", 50)]);
        (order.Lines.Sum(l => l.UnitPriceMinor * l.Quantity - l.DiscountMinor + l.TaxMinor!.Value) + order.Charges.Sum(c => c.AmountMinor)).ShouldBe(order.TotalMinor!.Value);
        (order.ShipTo!.Line1, order.ShipTo.Line2, order.ShipTo.City).ShouldBe(("Reference #1234567890123456", "1850 Airport Exchange Blvd, Suite 200", "Erlanger"));
        order.Tags.ShouldBe(["ebayInternationalShipping"]);
        (order.Buyer!.Name, order.Buyer.IsRelay, order.Buyer.Reference).ShouldBe((null, true, "buyer_7"));
        order.Refunds.Select(r => (r.Id, r.AmountMinor)).ShouldBe([("R1", 300), ("R2", 120)], "what is pending is not told yet");
        order.ShipBy.ShouldBe(new DateTimeOffset(2026, 3, 4, 22, 0, 0, TimeSpan.Zero));
        (order.Note, order.GiftMessage).ShouldBe(("Ring twice", "Happy birthday"));
    }

    [Fact]
    public void What_is_collected_sent_by_ebay_asked_off_or_paid_back_is_told_as_such()
    {
        JsonObject With(Action<JsonObject> change) { var order = Fixture(); change(order); return order; }
        JsonObject Start(JsonObject order) => order["fulfillmentStartInstructions"]![0]!.AsObject();
        var wished = Read(With(o => o["cancelStatus"]!["cancelState"] = "IN_PROGRESS"));
        (wished.State, wished.Tags.Contains("cancelRequested")).ShouldBe((ChannelOrderState.Pending, true));
        Read(With(o => o["cancelStatus"]!["cancelState"] = "CANCELED")).State.ShouldBe(ChannelOrderState.Cancelled);
        Read(With(o => o["orderPaymentStatus"] = "FULLY_REFUNDED")).State.ShouldBe(ChannelOrderState.Cancelled);
        (Read(With(o => o["orderPaymentStatus"] = "FAILED")).State, Read(With(o => o["orderPaymentStatus"] = "FAILED")).Payment.Status).ShouldBe((ChannelOrderState.Pending, "failed"));
        Read(With(o => o["program"] = JsonNode.Parse("""{"fulfillmentProgram":{"fulfilledBy":"EBAY"}}"""))).IsAnythingOurs.ShouldBeFalse();
        Read(With(o => Start(o)["fulfillmentInstructionsType"] = "DIGITAL")).IsAnythingOurs.ShouldBeFalse();
        var collected = With(o => { Start(o).Remove("shippingStep"); Start(o)["fulfillmentInstructionsType"] = "PREPARE_FOR_PICKUP"; Start(o)["pickupStep"] = JsonNode.Parse("""{"merchantLocationKey":"leeds"}"""); });
        (Read(collected).CollectAt, Read(collected, "leeds = LEEDS1").CollectAt, Read(collected).ShipTo).ShouldBe(("leeds", "LEEDS1", null));
        Read(With(o => { foreach (var l in o["lineItems"]!.AsArray()) { l!.AsObject().Remove("ebayCollectAndRemitTaxes"); l["purchaseMarketplaceId"] = "EBAY_DE"; } })).PricesIncludeTax.ShouldBeTrue();
        EbayOrders.Read(new JsonObject(), [], EbayWords.Pairs(null)).ShouldBeNull();
    }

    [Fact]
    public async Task Tax_that_ebay_collects_is_on_top_of_an_american_order_and_not_ours()
    {
        await using var desk = await new EbayDesk(Us).Open();
        desk.Sim.Shop.List("A", "A", 1999, 99);
        var (buyer, address) = desk.Sim.Generator.Person("US");
        var theirs = desk.Sim.Shop.Place(new OrderWish([new("A", 2)], buyer, address with { Region = "TX" }) { Discount = ("TEN", 10) }).ShouldNotBeNull();
        var order = await desk.Order(theirs);
        (order.PricesIncludeTax, order.IsTaxTheirs, order.TotalMinor).ShouldBe((false, true, theirs.TotalMinor));
        (order.Lines.Sum(l => l.UnitPriceMinor * l.Quantity - l.DiscountMinor + l.TaxMinor!.Value) + order.Charges.Sum(c => c.AmountMinor)).ShouldBe(theirs.TotalMinor);
    }

    [Fact]
    public async Task A_clock_of_ours_that_is_ahead_of_eBays_asks_into_no_future()
    {
        await using var desk = await new EbayDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 99);
        var theirs = desk.Sim.Generator.Buy("A")!;
        desk.Sim.Clock.Advance(TimeSpan.FromMinutes(5));
        var call = desk.Call();
        desk.Sim.Clock.Advance(TimeSpan.FromSeconds(-30));
        var said = await desk.Channel.Orders(call, desk.Sim.Clock.GetUtcNow().AddDays(-1), null);
        said.IsOk.ShouldBeTrue(said.Fault?.Words);
        said.Value.Items.Single().ExternalId.ShouldBe(theirs.Key);
    }

    [Fact]
    public async Task A_second_refund_of_the_same_amount_goes_out_when_the_first_is_known_to_be_another()
    {
        await using var desk = await new EbayDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 99);
        var theirs = desk.Sim.Generator.Buy("A", 3)!;
        var news = new RefundedNews("r1", theirs.Key, new Dictionary<string, long>(), 500, 0, "GBP", "customer", "Late");
        var first = (await desk.Channel.Refunded(desk.Call(), news)).Value;
        (await desk.Channel.Refunded(desk.Call(), news)).Value.ShouldBe(new Told(first.Key, WasThere: true));
        (await desk.Channel.Refunded(desk.Call(), news with { Key = "r2", Others = [first.Key!] })).Value.WasThere.ShouldBeFalse();
        theirs.RefundedMinor.ShouldBe(1000);
        desk.Ebay.RefundTakes = TimeSpan.FromHours(1);
        var busy = (await desk.Channel.Refunded(desk.Call(), news with { Key = "r3", AmountMinor = 7 })).Fault!;
        (busy.Kind, busy.PassesBy).ShouldBe((FaultKind.Throttled, true));
        desk.Secrets["signingKey"] = Convert.ToBase64String("no key"u8);
        desk.Ebay.RefundTakes = TimeSpan.Zero;
        (await desk.Channel.Refunded(desk.Call(), news with { Key = "r4", AmountMinor = 8 })).Fault!.Kind.ShouldBe(FaultKind.Refused);
    }

    [Fact]
    public async Task A_buyers_wish_to_cancel_is_granted_and_takes_the_money_back_with_it()
    {
        await using var desk = await new EbayDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 99);
        var theirs = desk.Sim.Generator.Buy("A")!;
        desk.Ebay.AskToCancel(theirs);
        (await desk.Order(theirs)).State.ShouldBe(ChannelOrderState.Pending);
        (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c1", theirs.Key, null, "customer", false))).IsOk.ShouldBeTrue();
        (theirs.IsCancelled, theirs.RefundedMinor).ShouldBe((true, theirs.TotalMinor));
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", theirs.Key, new Dictionary<string, long>(), theirs.TotalMinor, 0, "GBP", "customer", null))).Value.WasThere.ShouldBeTrue("it went back with the cancel");
        (await desk.Channel.Cancelled(desk.Call(), new CancelledNews("c2", theirs.Key, new Dictionary<string, long> { ["1"] = 1 }, "stock", false))).Fault!.Kind.ShouldBe(FaultKind.Unsupported);
    }

    [Fact]
    public async Task The_seller_lets_us_in_by_a_browser_and_tokens_are_renewed()
    {
        await using var desk = await new EbayDesk().Open();
        desk.Secrets["refreshToken"] = "";
        (await desk.Channel.Test(desk.Call())).Fault!.Kind.ShouldBe(FaultKind.Unauthorized);
        desk.Ebay.ConsentReturnsTo = "https://oms.example.test/back";
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        string page = desk.Channel.AuthoriseUrl(desk.Call(), "st ate", "https://oms.example.test/back", "unused").Value;
        var back = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery((await browser.GetAsync(new Uri(page))).Headers.Location!.Query);
        back["state"].ToString().ShouldBe("st ate");
        (await desk.Channel.Exchange(desk.Call(), back["code"].ToString(), "unused", "https://oms.example.test/back")).IsOk.ShouldBeTrue();
        (await desk.Channel.Exchange(desk.Call(), back["code"].ToString(), "unused", "https://oms.example.test/back")).Fault!.Kind.ShouldBe(FaultKind.Refused);
        int given = desk.Ebay.TokensGiven;
        desk.Sim.ExpireTokens();
        (await desk.Channel.Test(desk.Call())).IsOk.ShouldBeTrue();
        desk.Ebay.TokensGiven.ShouldBe(given + 1);
        var live = desk.Channel.AuthoriseUrl(new ChannelCall(new AdapterAccess(Guid.Empty, 1, "e", "https://api.ebay.com", desk.Sim.Settings, desk.Secrets, 60), null!, _ => Task.CompletedTask, default, default), "s", "", "").Value;
        live.ShouldStartWith("https://auth.ebay.com/oauth2/authorize?client_id=");
    }

    [Fact]
    public async Task Every_body_that_is_sent_is_as_the_published_documents_have_it()
    {
        if (PublishedSchema.Find("ebay", "sell_fulfillment_v1_oas3.json") is not { } fulfilment) return;
        await using var desk = await new EbayDesk().Open();
        desk.Sim.Shop.List("A", "A", 1000, 99);
        desk.Sim.Shop.List("B", "B", 2000, 99);
        var (buyer, address) = desk.Sim.Generator.Person("GB");
        var theirs = desk.Sim.Shop.Place(new OrderWish([new("A", 2), new("B", 1)], buyer, address)).ShouldNotBeNull();
        var order = await desk.Order(theirs);
        (await desk.Channel.Shipped(desk.Call(), new ShippedNews("p1", theirs.Key, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, "Royal Mail", null, "AB 12-3", null, order.PlacedAt, false, false, null))).IsOk.ShouldBeTrue();
        (await desk.Order(theirs)).Lines[0].Shipped.ShouldBe(1);
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r1", theirs.Key, new Dictionary<string, long> { [order.Lines[0].LineId] = 1 }, 100, 0, "GBP", "customer", new string('x', 300)))).IsOk.ShouldBeTrue();
        (await desk.Channel.Refunded(desk.Call(), new RefundedNews("r2", theirs.Key, new Dictionary<string, long>(), 50, 0, "GBP", "other", null))).IsOk.ShouldBeTrue();
        var listings = await desk.Listings();
        (await desk.Channel.Push(desk.Call(), [.. listings.Select(l => new StockWish(l.Key, 4, null, null, "p"))])).Value.ShouldAllBe(o => o.Kind == "done");
        (await desk.Channel.Stock(desk.Call(), [.. listings.Select(l => l.Key)])).Value.Count.ShouldBe(2);
        (await desk.Channel.Subscribe(desk.Call(), desk.MessageUrl)).IsOk.ShouldBeTrue();
        var inventory = PublishedSchema.Find("ebay", "sell_inventory_v1_oas3.json")!;
        var notes = PublishedSchema.Find("ebay", "commerce_notification_v1_oas3.json")!;
        var published = new (string Ends, PublishedSchema Document, string Definition)[]
        {
            ("/shipping_fulfillment", fulfilment, "ShippingFulfillmentDetails"), ("/issue_refund", fulfilment, "IssueRefundRequest"), ("/bulk_update_price_quantity", inventory, "BulkPriceQuantity"),
            ("/bulk_get_inventory_item", inventory, "BulkGetInventoryItem"), ("/destination", notes, "DestinationRequest"), ("/subscription", notes, "CreateSubscriptionRequest"), ("/config", notes, "Config"),
        };
        foreach (var (ends, document, definition) in published)
        {
            var sent = desk.Sim.Calls.Where(c => c.Method is "POST" or "PUT" && c.Path.EndsWith(ends, StringComparison.Ordinal)).ToList();
            sent.ShouldNotBeEmpty(ends);
            foreach (var call in sent) document.Faults(definition, JsonNode.Parse(call.Body)).ShouldBeEmpty(call.Body);
        }
    }
}
