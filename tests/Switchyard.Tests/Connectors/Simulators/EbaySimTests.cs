using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Switchyard.Simulators;
using Xunit.Abstractions;

namespace Switchyard.Tests.Connectors;

public sealed class EbaySimTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Orders = "/sell/fulfillment/v1/order";
    private readonly SimClock _clock = SimClock.At(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
    private EbaySim _sim = null!;
    private SimClient _client = null!;

    public async Task InitializeAsync()
    {
        _sim = await SimHost.Listening(new EbaySim(clock: _clock));
        _sim.Shop.List("MUG", "Enamel mug", 1250, 40, barcode: "5000000000001");
        _sim.Shop.List("BLANKET", "Wool blanket", 6900, 12);
        _client = new SimClient(_sim.Url);
        await SignIn(("grant_type", "refresh_token"), ("refresh_token", _sim.RefreshToken));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _sim.DisposeAsync();
    }

    private async Task<JsonNode> SignIn(params (string, string)[] fields)
    {
        _client.Headers["Authorization"] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{EbaySim.ClientId}:{EbaySim.ClientSecret}"));
        var (_, body, _) = await _client.Form("/identity/v1/oauth2/token", fields);
        _client.Headers["Authorization"] = "Bearer " + body["access_token"];
        return body;
    }

    private static int Fault((HttpStatusCode, JsonNode Body, HttpResponseMessage) answer) => answer.Body["errors"]![0]!["errorId"]!.GetValue<int>();

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Consent_gives_a_code_once_and_tokens_end_after_two_hours()
    {
        _sim.ConsentReturnsTo = "http://localhost/back";
        var (_, _, sent) = await _client.Get($"/oauth2/authorize?client_id={EbaySim.ClientId}&response_type=code&redirect_uri={EbaySim.RuName}&scope=sell.fulfillment&state=s1");
        var back = System.Web.HttpUtility.ParseQueryString(sent.Headers.Location!.Query);
        back["state"].ShouldBe("s1");
        var given = await SignIn(("grant_type", "authorization_code"), ("code", back["code"]!), ("redirect_uri", EbaySim.RuName));
        given["expires_in"]!.GetValue<int>().ShouldBe(7200);
        given["refresh_token"].ShouldNotBeNull();
        (await _client.Get(Orders)).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromHours(2));
        Fault(await _client.Get(Orders)).ShouldBe(1001);
        (await SignIn(("grant_type", "authorization_code"), ("code", back["code"]!), ("redirect_uri", EbaySim.RuName)))["error"]!.ToString().ShouldBe("invalid_grant");
        await SignIn(("grant_type", "client_credentials"), ("scope", "https://api.ebay.com/oauth/api_scope"));
        Fault(await _client.Get(Orders)).ShouldBe(1100);
    }

    [Fact]
    public async Task Orders_are_filtered_by_change_and_paged_by_offset()
    {
        for (int i = 0; i < 5; i++)
        {
            _sim.Generator.Buy("MUG").ShouldNotBeNull();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        var first = _sim.Shop.Orders[0];
        _sim.Shop.Change(first, o => o.Note = "Ring twice");
        string filter = Uri.EscapeDataString($"lastmodifieddate:[{_clock.GetUtcNow().AddMinutes(-3):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}..]");
        var (_, page, _) = await _client.Get($"{Orders}?filter={filter}&limit=2");
        page["total"]!.GetValue<int>().ShouldBe(4);
        page["next"]!.ToString().ShouldContain("offset=2");
        var (_, rest, _) = await _client.Get(page["next"]!.ToString());
        rest["orders"]!.AsArray()[^1]!["orderId"]!.ToString().ShouldBe(first.Key);
        rest["next"].ShouldBeNull();

        Fault(await _client.Get($"{Orders}?filter=color:%5Bred%5D")).ShouldBe(30700);
        Fault(await _client.Get($"{Orders}?filter=lastmodifieddate:%5Byesterday..%5D")).ShouldBe(30810);
        Fault(await _client.Get($"{Orders}?filter=lastmodifieddate:%5B2027-01-01T00:00:00.000Z..%5D")).ShouldBe(30850);
        Fault(await _client.Get($"{Orders}?limit=500")).ShouldBe(31100);
        Fault(await _client.Get($"{Orders}/11-00000-00000")).ShouldBe(32100);
    }

    [Fact]
    public async Task A_parcel_is_known_by_its_tracking_number()
    {
        var order = _sim.Generator.Buy("MUG", 3)!;
        string path = $"{Orders}/{order.Key}/shipping_fulfillment";
        object Parcel(string tracking, int quantity) => new
        {
            lineItems = new[] { new { lineItemId = Text(order.Lines[0].Id), quantity } },
            shippedDate = "2026-03-02T09:00:00.000Z", shippingCarrierCode = "RoyalMail", trackingNumber = tracking
        };
        Fault(await _client.Post(path, Parcel("TR 1", 1))).ShouldBe(32300);
        var (status, _, answer) = await _client.Post(path, Parcel("TR1", 2));
        status.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.ToString().ShouldEndWith("/TR1");
        Fault(await _client.Post(path, Parcel("TR1", 1))).ShouldBe(34500);
        (await _client.Post(path, Parcel("TR2", 2))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await _client.Get($"{Orders}/{order.Key}")).Body["orderFulfillmentStatus"]!.ToString().ShouldBe("IN_PROGRESS");
        (await _client.Post(path, Parcel("TR2", 1))).Status.ShouldBe(HttpStatusCode.Created);
        (await _client.Get(path)).Body["total"]!.GetValue<int>().ShouldBe(2);
        (await _client.Get($"{Orders}/{order.Key}")).Body["orderFulfillmentStatus"]!.ToString().ShouldBe("FULFILLED");
    }

    [Fact]
    public async Task A_refund_of_a_british_seller_is_signed_and_pending_at_first()
    {
        _sim.RefundTakes = TimeSpan.FromMinutes(1);
        var order = _sim.Generator.Buy("MUG", 2)!;
        string path = $"{Orders}/{order.Key}/issue_refund";
        byte[] body = Encoding.UTF8.GetBytes($$$"""{"reasonForRefund":"BUYER_CANCEL","refundItems":[{"lineItemId":"{{{order.Lines[0].Id}}}","refundAmount":{"value":"12.50","currency":"GBP"}}]}""");
        (await _client.Send(HttpMethod.Post, path, body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        Sign(path, body);
        var (status, made, _) = await _client.Send(HttpMethod.Post, path, body);
        (status, made["refundStatus"]!.ToString()).ShouldBe((HttpStatusCode.OK, "PENDING"));
        Fault(await _client.Send(HttpMethod.Post, path, body)).ShouldBe(34922);
        (await _client.Get($"{Orders}/{order.Key}")).Body["orderPaymentStatus"]!.ToString().ShouldBe("PAID");
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await _client.Get($"{Orders}/{order.Key}")).Body["orderPaymentStatus"]!.ToString().ShouldBe("PARTIALLY_REFUNDED");
        // The same signature does not do for another body.
        byte[] other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("12.50", "12.51", StringComparison.Ordinal));
        Fault(await _client.Send(HttpMethod.Post, path, other)).ShouldBe(215118);
        Sign(path, other, tampered: true);
        Fault(await _client.Send(HttpMethod.Post, path, other)).ShouldBe(215120);
        order.RefundedMinor.ShouldBe(1250);
    }

    private void Sign(string path, byte[] body, bool tampered = false)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(_sim.Secrets["signingKey"]), out _);
        string digest = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:", jwe = _sim.Secrets["signingJwe"];
        string parameters = $"(\"content-digest\" \"x-ebay-signature-key\" \"@method\" \"@path\" \"@authority\");created={_clock.GetUtcNow().ToUnixTimeSeconds()}";
        string signed = $"\"content-digest\": {digest}\n\"x-ebay-signature-key\": {jwe}\n\"@method\": POST\n\"@path\": {path}{(tampered ? "x" : "")}\n\"@authority\": {new Uri(_sim.Url).Authority}\n\"@signature-params\": {parameters}";
        _client.Headers["Content-Digest"] = digest;
        _client.Headers["x-ebay-signature-key"] = jwe;
        _client.Headers["Signature-Input"] = "sig1=" + parameters;
        _client.Headers["Signature"] = $"sig1=:{Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}:";
    }

    [Fact]
    public async Task Quantities_are_set_many_at_once_and_each_has_its_own_answer()
    {
        string offer = (await _client.Get("/sell/inventory/v1/offer?sku=BLANKET")).Body["offers"]![0]!["offerId"]!.ToString();
        var (status, body, _) = await _client.Post("/sell/inventory/v1/bulk_update_price_quantity", new
        {
            requests = new object[]
            {
                new { sku = "MUG", shipToLocationAvailability = new { quantity = 3 } }, new { sku = "NOPE", shipToLocationAvailability = new { quantity = 3 } },
                new { offers = new[] { new { offerId = offer, availableQuantity = 0 } } }, new { sku = "MUG", shipToLocationAvailability = new { quantity = -1 } },
            },
        });
        status.ShouldBe((HttpStatusCode)207);
        body["responses"]!.AsArray().Select(r => r!["statusCode"]!.GetValue<int>()).ShouldBe([200, 404, 200, 400]);
        (_sim.Shop.BySku("MUG")!.Available, _sim.Shop.BySku("BLANKET")!.Available).ShouldBe((3, 0));
        (await _client.Get("/sell/inventory/v1/inventory_item/MUG")).Body["availability"]!["shipToLocationAvailability"]!["quantity"]!.GetValue<int>().ShouldBe(3);
        _sim.RevisionsPerDay = 1;
        object again = new { requests = new[] { new { sku = "MUG", shipToLocationAvailability = new { quantity = 4 } } } };
        (await _client.Post("/sell/inventory/v1/bulk_update_price_quantity", again)).Status.ShouldBe(HttpStatusCode.OK);
        (await _client.Post("/sell/inventory/v1/bulk_update_price_quantity", again)).Status.ShouldBe((HttpStatusCode)207);
    }

    [Fact]
    public async Task Messages_come_to_an_address_that_answered_the_challenge_and_their_signature_holds()
    {
        string token = new('t', 40);
        var came = System.Threading.Channels.Channel.CreateUnbounded<(byte[] Body, string Signature)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var listener = builder.Build();
        string endpoint = "";
        bool answersRightly = false;
        listener.MapGet("/hook", (string challenge_code) => Results.Json(new
        {
            challengeResponse = answersRightly ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(challenge_code + token + endpoint))) : "no",
        }));
        listener.MapPost("/hook", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            came.Writer.TryWrite((body.ToArray(), request.Headers["x-ebay-signature"].ToString()));
        });
        await listener.StartAsync();
        endpoint = listener.Urls.First() + "/hook";

        const string Notes = "/commerce/notification/v1";
        object destination = new { name = "ours", status = "ENABLED", deliveryConfig = new { endpoint, verificationToken = token } };
        Fault(await _client.Post(Notes + "/destination", destination)).ShouldBe(195003);
        (await _client.Send(HttpMethod.Put, Notes + "/config", new { alertEmail = "shop@example.com" })).Status.ShouldBe(HttpStatusCode.NoContent);
        Fault(await _client.Post(Notes + "/destination", destination)).ShouldBe(195020);
        answersRightly = true;
        var made = await _client.Post(Notes + "/destination", destination);
        made.Status.ShouldBe(HttpStatusCode.Created);
        string id = made.Answer.Headers.Location!.Segments[^1];
        object wish = new
        {
            topicId = "ORDER_CONFIRMATION", status = "ENABLED", destinationId = id, payload = new
            {
                format = "JSON", schemaVersion = "1.0",
                deliveryProtocol = "HTTPS"
            }
        };
        (await _client.Post(Notes + "/subscription", wish)).Status.ShouldBe(HttpStatusCode.Created);
        Fault(await _client.Post(Notes + "/subscription", wish)).ShouldBe(195012);

        _sim.Sender.ForgesToo = true;
        var order = _sim.Generator.Buy("MUG")!;
        await _sim.Sender.Quiet();
        var good = await came.Reader.ReadAsync();
        var forged = await came.Reader.ReadAsync();
        JsonNode.Parse(good.Body)!["notification"]!["data"]!["order"]!["orderId"]!.ToString().ShouldBe(order.Key);
        (await Holds(good)).ShouldBeTrue();
        (await Holds(forged)).ShouldBeFalse();

        async Task<bool> Holds((byte[] Body, string Signature) mail)
        {
            var header = JsonNode.Parse(Convert.FromBase64String(mail.Signature))!;
            var (_, key, _) = await _client.Get($"{Notes}/public_key/{header["kid"]}");
            string pem = key["key"]!.ToString().Replace("-----BEGIN PUBLIC KEY-----", "", StringComparison.Ordinal).Replace("-----END PUBLIC KEY-----", "",
                StringComparison.Ordinal);
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(pem), out _);
            return ecdsa.VerifyData(mail.Body, Convert.FromBase64String(header["signature"]!.ToString()), HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    [Fact]
    public async Task Answers_are_as_the_published_documents_say()
    {
        if (PublishedSchema.Find("ebay", "sell_fulfillment_v1_oas3.json") is not { } fulfilment)
        {
            output.WriteLine("Not run: the published documents (../shared/data/specs/ebay) are not at hand.");
            return;
        }
        var order = _sim.Generator.Buy("MUG", 2, w => w with
        {
            Lines = [new WishedLine("MUG", 2, GiftMessage: "Happy birthday"), new WishedLine("BLANKET", 1)],
            Discount = ("WELCOME10", 10),
            Note = "Ring"
        })!;
        _sim.Shop.Ship(order, [new SimShippedLine(order.Lines[0].Id, 1)], "RoyalMail", "TR1");
        _sim.Shop.Refund(order, 500, "OTHER_ADJUSTMENT");
        _sim.Shop.Cancel(_sim.Generator.Buy("BLANKET")!, "OUT_OF_STOCK");
        fulfilment.Faults("OrderSearchPagedCollection", (await _client.Get($"{Orders}?fieldGroups=TAX_BREAKDOWN")).Body).ShouldBeEmpty();
        fulfilment.Faults("ShippingFulfillmentPagedCollection", (await _client.Get($"{Orders}/{order.Key}/shipping_fulfillment")).Body).ShouldBeEmpty();
        var inventory = PublishedSchema.Find("ebay", "sell_inventory_v1_oas3.json")!;
        // The document gives a product's aspects as text; none are told here.
        inventory.Faults("InventoryItems", (await _client.Get("/sell/inventory/v1/inventory_item?limit=1")).Body).ShouldBeEmpty();
        inventory.Faults("Offers", (await _client.Get("/sell/inventory/v1/offer?sku=MUG")).Body).ShouldBeEmpty();
        PublishedSchema.Find("ebay", "commerce_notification_v1_oas3.json")!.Faults("TopicSearchResponse",
            (await _client.Get("/commerce/notification/v1/topic")).Body).ShouldBeEmpty();
    }
}
