using System.Security.Cryptography;
using System.Text;

namespace Switchyard.Simulators;

/// <summary>Messages as eBay pushes them, and the lists of what was set up.</summary>
public sealed partial class EbaySim
{
    /// <summary>In one line, as the API hands it out.</summary>
    private string PublicKey => $"-----BEGIN PUBLIC KEY-----{Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo())}-----END PUBLIC KEY-----";

    /// <summary>A buyer leaves eBay: whoever keeps something about the buyer has to forget it.</summary>
    public void CloseAccount(SimBuyer buyer)
    {
        lock (Shop.Gate) Push("MARKETPLACE_ACCOUNT_DELETION", UserName(buyer), new
        {
            username = UserName(buyer), userId = $"u{buyer.Id}",
            eiasToken = Base64($"simulated {buyer.Id}")
        });
    }

    protected override IEnumerable<SimMessage> Messages(ShopEvent happened)
    {
        switch (happened.Kind)
        {
            // One message for each item that was bought, and again when a payment that failed is made good.
            case ShopEventKind.OrderPaid:
                foreach (var line in happened.Order!.Lines) Push("ORDER_CONFIRMATION", happened.Order.Key, Sold(happened.Order, line));
                break;
            case ShopEventKind.OrderShipped when happened.Shipment is { } shipment:
                foreach (var line in shipment.Lines.Select(l => happened.Order!.Lines.Single(x => x.Id == l.LineId))) Push("ITEM_MARKED_SHIPPED", happened.Order!.Key,
                    Sold(happened.Order, line));
                break;
        }
        return [];
    }

    private object Sold(SimOrder order, SimLine line) => new
    {
        user = new { userId = "seller0001", username = SellerName },
        order = new { orderId = order.Key, orderLineItems = new[] { new { orderLineItemId = Text(line.Id), listingId = ListingId(line.Listing), quantity = line.Current } } },
    };

    private void Push(string topic, string about, object data)
    {
        if (_subscriptions.FirstOrDefault(s => s.Topic == topic && s.Status == "ENABLED") is not { } subscription) return;
        if (_destinations.First(d => d.Id == subscription.DestinationId).Status == "ENABLED") Sender.Send(Message(subscription, about, data));
    }

    /// <summary>A message with its signature: ECDSA over the body with SHA-1, as DER, in a header that names the key.</summary>
    private SimMessage Message(Subscription subscription, string about, object data)
    {
        var now = Clock.GetUtcNow();
        string id = $"{Guid.CreateVersion7(now)}_{Guid.CreateVersion7(now)}";
        byte[] body = PlainJson.Bytes(new
        {
            metadata = new { topic = subscription.Topic, schemaVersion = subscription.Schema, deprecated = false },
            notification = new { notificationId = id, eventDate = Iso(now), publishDate = Iso(now), publishAttemptCount = 1, data },
        });
        string url = _destinations.First(d => d.Id == subscription.DestinationId).Endpoint;
        SimMessage With(ECDsa key) => new(id, subscription.Topic, about, url, new Dictionary<string, string>
        {
            ["Content-Type"] = "application/json",
            ["x-ebay-signature"] = Signature(key, body)
        }, body, subscription.Id);
        return With(_key) with
        {
            Forged = () =>
            {
                using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                return With(other);
            },
        };
    }

    private string Signature(ECDsa key, byte[] body)
    {
        byte[] signature = key.SignData(body, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);
        return Convert.ToBase64String(PlainJson.Bytes(new { alg = "ecdsa", kid = _keyId, signature = Convert.ToBase64String(signature), digest = "SHA1" }));
    }

    private IResult Listed(string path, string name, SimRequest r, List<object> all)
    {
        int limit = 20, from = 0;
        if (r.Query("limit") is { } l && (!int.TryParse(l, out limit) || limit is < 10 or > 100)) return NoteError(400, 195004, "Invalid limit. Supported ranges 10 - 100.");
        if (r.Query("continuation_token") is { } token && (!int.TryParse(token, out from) || from < 0)) return NoteError(400, 195005, "Invalid continuation token.");
        string At(int offset) => $"{Url}{NotificationPath}/{path}?limit={Text(limit)}&continuation_token={Text(offset)}";
        return PlainJson.Answer(new Dictionary<string, object?>
        {
            ["total"] = all.Count, ["href"] = At(from), ["next"] = from + limit < all.Count ? At(from + limit) : "", ["limit"] = limit,
            [name] = all.Skip(from).Take(limit).ToList(),
        });
    }

    private static object TopicView((string Id, string Words, bool IsOfSeller) topic) => new
    {
        topicId = topic.Id, description = topic.Words, status = "ENABLED", context = topic.IsOfSeller ? "USER" : "CLIENT", scope = topic.IsOfSeller ? "USER" : "APPLICATION",
        authorizationScopes = new[] { topic.IsOfSeller ? "https://api.ebay.com/oauth/api_scope/sell.fulfillment" : "https://api.ebay.com/oauth/api_scope" },
        supportedPayloads = new[] { new { format = new[] { "JSON" }, schemaVersion = "1.0", deliveryProtocol = "HTTPS", deprecated = false } },
    };

    private static object View(Destination d) => new
    {
        destinationId = d.Id, name = d.Name, status = d.Status, deliveryConfig = new
        {
            endpoint = d.Endpoint,
            verificationToken = d.Token
        }
    };

    private static object View(Subscription s) => new
    {
        subscriptionId = s.Id, topicId = s.Topic, status = s.Status, creationDate = Iso(s.At), payload = new
        {
            format = "JSON", schemaVersion = s.Schema,
            deliveryProtocol = "HTTPS"
        }, destinationId = s.DestinationId,
    };

    private static IResult NoDestination() => NoteError(404, 195022, "Invalid or missing destination id.");

    private static IResult NoteError(int status, int id, string message) => Error(status, id, "API_NOTIFICATION", "REQUEST", message);
}
