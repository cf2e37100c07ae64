using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Switchyard.Simulators;
using Xunit.Abstractions;

namespace Switchyard.Tests.Connectors;

public sealed partial class AmazonSimTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Everything = "BUYER,RECIPIENT,PROCEEDS,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES,TAX,PAYMENT";
    private readonly SimClock _clock = SimClock.At(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private AmazonSim _sim = null!;
    private SimClient _client = null!;

    public async Task InitializeAsync()
    {
        _sim = await SimHost.Listening(new AmazonSim(clock: _clock));
        _sim.Shop.List("MUG", "Enamel mug", 1250, 40, barcode: "5000000000001");
        _sim.Shop.List("BLANKET", "Wool blanket", 6900, 12);
        _sim.Shop.List("FBA-KNIFE", "Bread knife", 2195, 30, byMarketplace: true);
        _client = new SimClient(_sim.Url);
        await SignIn();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _sim.DisposeAsync();
    }

    private async Task SignIn()
    {
        var (_, body, _) = await Token(("grant_type", "refresh_token"), ("refresh_token", _sim.RefreshToken));
        body["expires_in"]!.GetValue<int>().ShouldBe(3600);
        _client.Headers["x-amz-access-token"] = body["access_token"]!.ToString();
    }

    private Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Answer)> Token(params (string, string)[] fields) =>
        _client.Form("/auth/o2/token", [.. fields, ("client_id", AmazonSim.ClientId), ("client_secret", AmazonSim.ClientSecret)]);

    private Task<(HttpStatusCode Status, JsonNode Body, HttpResponseMessage Answer)> Order(string id) => _client.Get($"/orders/2026-01-01/orders/{id}?includedData={Everything}");

    private static string Code((HttpStatusCode, JsonNode Body, HttpResponseMessage) answer) => answer.Body["errors"]![0]!["code"]!.ToString();

    [Fact]
    public async Task Tokens_are_given_for_an_hour_and_every_refusal_says_why()
    {
        (await _client.Form("/auth/o2/token", ("grant_type", "refresh_token"), ("client_id", "x"), ("client_secret", "y"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var wrong = await Token(("grant_type", "refresh_token"), ("refresh_token", "Atzr|other"));
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Body["error"]!.ToString().ShouldBe("invalid_grant");
        (await Token(("grant_type", "password"))).Body["error"]!.ToString().ShouldBe("unsupported_grant_type");

        (await _client.Get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z")).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromMinutes(61));
        var old = await _client.Get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z");
        old.Status.ShouldBe(HttpStatusCode.Forbidden);
        old.Body["errors"]![0]!["details"]!.ToString().ShouldContain("expired");
        await SignIn();

        // A browser's consent gives a code, and the code a new refresh token, once.
        var (_, _, sent) = await _client.Get("/apps/authorize/consent?application_id=app&state=s1&redirect_uri=http%3A%2F%2Flocalhost%2Fback");
        var back = System.Web.HttpUtility.ParseQueryString(sent.Headers.Location!.Query);
        (back["state"], back["selling_partner_id"]).ShouldBe(("s1", AmazonSim.SellerId));
        (await Token(("grant_type", "authorization_code"), ("code", back["spapi_oauth_code"]!))).Body["refresh_token"].ShouldNotBeNull();
        (await Token(("grant_type", "authorization_code"), ("code", back["spapi_oauth_code"]!))).Body["error"]!.ToString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Orders_are_paged_by_change_and_divided_by_who_sends_them()
    {
        for (int i = 0; i < 5; i++) _sim.Generator.Buy("MUG").ShouldNotBeNull();
        var (buyer, address) = _sim.Generator.Person();
        var mixed = _sim.Shop.Place(new OrderWish([new WishedLine("MUG", 1), new WishedLine("FBA-KNIFE", 2)], buyer, address))!;

        (await _client.Get("/orders/2026-01-01/orders")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _client.Get("/orders/2026-01-01/orders?createdAfter=2026-01-01T00:00:00Z&lastUpdatedAfter=2026-01-01T00:00:00Z")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var seen = new List<string>();
        string? next = null;
        do
        {
            var (status, page, answer) = await _client.Get($"/orders/2026-01-01/orders?lastUpdatedAfter=2026-01-01T00:00:00Z&maxResultsPerPage=2&includedData=FULFILLMENT{(next is null ? "" : "&paginationToken=" + Uri.EscapeDataString(next))}");
            status.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("x-amzn-RateLimit-Limit").ShouldBeTrue();
            seen.AddRange(page["orders"]!.AsArray().Select(o => o!["orderId"]!.ToString()));
            next = page["pagination"]?["nextToken"]?.ToString();
        }
        while (next is not null);
        seen.Count.ShouldBe(7);
        seen.Distinct().Count().ShouldBe(7);

        var theirs = (await Order("205" + mixed.Key[3..])).Body["order"]!;
        theirs["fulfillment"]!["fulfilledBy"]!.ToString().ShouldBe("AMAZON");
        theirs["recipient"]!["deliveryAddress"]!["addressLine1"].ShouldBeNull();
        theirs["buyer"]!["buyerEmail"].ShouldBeNull();
        var ours = (await Order(mixed.Key)).Body["order"]!;
        ours["buyer"]!["buyerEmail"]!.ToString().ShouldEndWith("@marketplace.amazon.co.uk");
        decimal total = new[] { ours, theirs }.Sum(o => decimal.Parse(o["proceeds"]!["grandTotal"]!["amount"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
        total.ShouldBe(mixed.TotalMinor / 100m);
        foreach (var item in ours["orderItems"]!.AsArray())
        {
            item!["proceeds"]!["breakdowns"]!.AsArray().Sum(b => decimal.Parse(b!["subtotal"]!["amount"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture))
                .ShouldBe(decimal.Parse(item["proceeds"]!["proceedsTotal"]!["amount"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task A_package_is_one_package_however_often_it_is_confirmed()
    {
        var order = _sim.Generator.Buy("MUG", 3)!;
        object Package(string reference, int quantity, string tracking = "TRACK1") => new
        {
            marketplaceId = AmazonSim.MarketplaceId,
            packageDetail = new
            {
                packageReferenceId = reference, carrierCode = "Royal Mail", trackingNumber = tracking, shipDate = "2026-03-02T11:00:00.000Z",
                orderItems = new[] { new { orderItemId = order.Lines[0].Id.ToString(System.Globalization.CultureInfo.InvariantCulture), quantity } },
            },
        };
        string path = $"/orders/v0/orders/{order.Key}/shipmentConfirmation";
        (await _client.Post(path, Package("1", 2))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _client.Post(path, Package("1", 2))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _client.Post(path, Package("1", 2, "TRACK2"))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await _client.Post(path, Package("1", 1))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _client.Post(path, Package("box", 1))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await _client.Post(path, Package("2", 2))).Status.ShouldBe(HttpStatusCode.BadRequest);
        var told = (await Order(order.Key)).Body["order"]!;
        told["fulfillment"]!["fulfillmentStatus"]!.ToString().ShouldBe("PARTIALLY_SHIPPED");
        told["packages"]!.AsArray().Count.ShouldBe(1);
        told["packages"]![0]!["trackingNumber"]!.ToString().ShouldBe("TRACK2");
        (await _client.Post(path, Package("2", 1))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Order(order.Key)).Body["order"]!["fulfillment"]!["fulfillmentStatus"]!.ToString().ShouldBe("SHIPPED");
    }

    [Fact]
    public async Task Quantities_are_patched_one_by_one_or_by_feed_and_the_report_says_which_were_refused()
    {
        string item = $"/listings/2021-08-01/items/{AmazonSim.SellerId}/MUG?marketplaceIds={AmazonSim.MarketplaceId}";
        object[] Patches(int quantity) =>
            [new { op = "replace", path = "/attributes/fulfillment_availability", value = new[] { new { fulfillment_channel_code = "DEFAULT", quantity } } }];
        object Patch(int quantity) => new { productType = "PRODUCT", patches = Patches(quantity) };
        (await _client.Send(HttpMethod.Patch, item + "&mode=VALIDATION_PREVIEW", Patch(7))).Body["status"]!.ToString().ShouldBe("VALID");
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(40);
        (await _client.Send(HttpMethod.Patch, item, Patch(7))).Body["status"]!.ToString().ShouldBe("ACCEPTED");
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(7);
        (await _client.Send(HttpMethod.Patch, item, Patch(-1))).Body["status"]!.ToString().ShouldBe("INVALID");
        (await _client.Get(item + "&includedData=fulfillmentAvailability")).Body["fulfillmentAvailability"]![0]!["quantity"]!.GetValue<int>().ShouldBe(7);
        (await _client.Get(item.Replace("/MUG?", "/NOPE?", StringComparison.Ordinal))).Status.ShouldBe(HttpStatusCode.NotFound);

        object Message(int id, string sku, int quantity) =>
            new { messageId = id, sku, operationType = "PATCH", productType = "PRODUCT", patches = Patches(quantity) };
        string feed = await Submit("JSON_LISTINGS_FEED", "application/json; charset=UTF-8",
            System.Text.Json.JsonSerializer.Serialize(new
            {
                header = new { sellerId = AmazonSim.SellerId, version = "2.0", issueLocale = "en_GB" },
                messages = new[] { Message(1, "MUG", 3), Message(2, "FBA-KNIFE", 3), Message(3, "BLANKET", 0) }
            }));
        var report = JsonNode.Parse(await Report(feed))!;
        report["summary"]!["messagesAccepted"]!.GetValue<int>().ShouldBe(2);
        report["issues"]!.AsArray().Single()!["messageId"]!.GetValue<int>().ShouldBe(2);
        (_sim.Shop.BySku("MUG")!.Available, _sim.Shop.BySku("BLANKET")!.Available, _sim.Shop.BySku("FBA-KNIFE")!.Available).ShouldBe((3, 0, 30));
    }

    [Fact]
    public async Task Feeds_cancel_and_refund_and_an_upload_must_be_what_was_announced()
    {
        var order = _sim.Generator.Buy("MUG", 2)!;
        string feed = await Submit("POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", "text/tab-separated-values; charset=UTF-8",
            $"order-id\tcancellation-reason-code\tamazon-order-item-code\n{order.Key}\tNoInventory\t\n026-0000000-0000000\tNoInventory\t\n");
        (await Report(feed)).ShouldContain("successful\t\t1");
        order.IsCancelled.ShouldBeTrue();
        _sim.Shop.BySku("MUG")!.Available.ShouldBe(40);

        var sent = _sim.Generator.Buy("MUG", 2)!;
        _sim.Shop.Ship(sent, [new SimShippedLine(sent.Lines[0].Id, 2)], "Royal Mail", "T1");
        string Adjust(string amount) => $"order-id\torder-item-id\tadjustment-reason-code\tcurrency\titem-price-adj\n{sent.Key}\t{sent.Lines[0].Id}\tCustomerReturn\tGBP\t{amount}\n";
        await Report(await Submit("POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", "text/tab-separated-values; charset=UTF-8", Adjust("12.50")));
        (await Report(await Submit("POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", "text/tab-separated-values; charset=UTF-8", Adjust("99.00")))).ShouldContain("exceeds");
        sent.RefundedMinor.ShouldBe(1250);
        var events = (await _client.Get($"/finances/v0/orders/{sent.Key}/financialEvents")).Body["payload"]!["FinancialEvents"]!;
        events["RefundEventList"]!.AsArray().Count.ShouldBe(1);

        var document = (await _client.Post("/feeds/2021-06-30/documents", new { contentType = "application/json" })).Body;
        (await _client.Send(HttpMethod.Put, document["url"]!.ToString(), "x", "text/plain")).Status.ShouldBe(HttpStatusCode.Forbidden);
        _clock.Advance(TimeSpan.FromMinutes(6));
        (await _client.Send(HttpMethod.Put, document["url"]!.ToString(), "{}", "application/json")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Notifications_wait_in_a_queue_until_they_are_deleted()
    {
        string seller = _client.Headers["x-amz-access-token"];
        (await _client.Post("/notifications/v1/destinations", new { name = "q" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        _client.Headers["x-amz-access-token"] = (await Token(("grant_type", "client_credentials"), ("scope", "sellingpartnerapi::notifications"))).Body["access_token"]!.ToString();
        var destination = await _client.Post("/notifications/v1/destinations", new
        {
            name = "q",
            resourceSpecification = new { sqs = new { arn = "arn:aws:sqs:eu-west-2:123456789012:orders" } }
        });
        destination.Status.ShouldBe(HttpStatusCode.OK);
        _client.Headers["x-amz-access-token"] = seller;
        var wish = new { payloadVersion = "1.0", destinationId = destination.Body["payload"]!["destinationId"]!.ToString() };
        (await _client.Post("/notifications/v1/subscriptions/ORDER_CHANGE", wish)).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.Post("/notifications/v1/subscriptions/ORDER_CHANGE", wish)).Status.ShouldBe(HttpStatusCode.Conflict);

        var order = _sim.Generator.Buy("MUG")!;
        _sim.Waiting("orders").ShouldBe(2);
        using var queue = new SimClient(_sim.Url);
        queue.Headers["X-Amz-Target"] = "AmazonSQS.ReceiveMessage";
        (await queue.Post("/queue/orders", new { })).Status.ShouldBe(HttpStatusCode.Forbidden);
        queue.Headers["Authorization"] = "Bearer " + AmazonSim.QueueKey;
        var (_, received, _) = await queue.Post("/queue/orders", new { MaxNumberOfMessages = 10, VisibilityTimeout = 30 });
        received["Messages"]!.AsArray().Count.ShouldBe(2);
        (await queue.Post("/queue/orders", new { MaxNumberOfMessages = 10 })).Body["Messages"].ShouldBeNull();
        var body = JsonNode.Parse(received["Messages"]![0]!["Body"]!.ToString())!;
        body["Payload"]!["OrderChangeNotification"]!["AmazonOrderId"]!.ToString().ShouldBe(order.Key);

        // What is not deleted comes again.
        queue.Headers["X-Amz-Target"] = "AmazonSQS.DeleteMessage";
        await queue.Post("/queue/orders", new { ReceiptHandle = received["Messages"]![0]!["ReceiptHandle"]!.ToString() });
        _clock.Advance(TimeSpan.FromSeconds(31));
        queue.Headers["X-Amz-Target"] = "AmazonSQS.ReceiveMessage";
        (await queue.Post("/queue/orders", new { MaxNumberOfMessages = 10 })).Body["Messages"]!.AsArray().Count.ShouldBe(1);
        if (PublishedSchema.Find("amazon-sp-api", "notifications", "OrderChangeNotification.json") is { } schema) schema.Faults(body).ShouldBeEmpty();
    }
}
