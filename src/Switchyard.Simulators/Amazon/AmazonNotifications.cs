using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Notifications: destinations, subscriptions, and bodies by the published schemas, into queues or on to an address.</summary>
public sealed partial class AmazonSim
{
    private sealed record Destination(string Id, string Name, string? Arn, (string AccountId, string Region)? Bridge);
    private sealed record Subscription(string Id, string Type, string PayloadVersion, string DestinationId);

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["ORDER_CHANGE"] = "1.0", ["FEED_PROCESSING_FINISHED"] = "2020-09-04", ["FBA_INVENTORY_AVAILABILITY_CHANGES"] = "1.0", ["LISTINGS_ITEM_STATUS_CHANGE"] = "1.0",
    };
    private readonly List<Destination> _destinations = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly Dictionary<long, bool> _buyable = [];

    /// <summary>Where the seller's own event bus sends what comes to an EventBridge destination, and the key that it shows; null: nowhere.</summary>
    public (string Url, string Key)? PushTo { get; set; }

    private (string, bool, Func<IResult>?) Notification(SimRequest r) => (r.Method, r.Segments) switch
    {
        ("POST", ["notifications", "v1", "destinations"]) => ("createDestination", true, () => AddDestination(r)),
        ("GET", ["notifications", "v1", "destinations"]) => ("getDestinations", true, () => Payload(_destinations.Select(View).ToList())),
        ("GET", ["notifications", "v1", "destinations", var id]) => ("getDestination", true, () => _destinations.FirstOrDefault(d => d.Id == id) is { } found
            ? Payload(View(found)) : Missing()),
        ("DELETE", ["notifications", "v1", "destinations", var id]) => ("deleteDestination", true, () => DropDestination(id)),
        ("GET", ["notifications", "v1", "subscriptions"]) => ("getSubscriptions", false, () => Payload(new
        {
            subscriptions = _subscriptions.Where(s => List(r,
            "notificationTypes").Contains(s.Type)).Select(View).ToList()
        })),
        ("POST", ["notifications", "v1", "subscriptions", var type]) => ("createSubscription", false, () => Subscribe(r, type)),
        ("GET", ["notifications", "v1", "subscriptions", var type]) => ("getSubscription", false, () => _subscriptions.FirstOrDefault(s => s.Type == type) is { } found
            ? Payload(View(found)) : Missing()),
        ("GET", ["notifications", "v1", "subscriptions", var type, var id]) => ("getSubscriptionById", true, () => _subscriptions.FirstOrDefault(s => s.Type == type
            && s.Id == id) is { } found ? Payload(View(found)) : Missing()),
        ("DELETE", ["notifications", "v1", "subscriptions", var type, var id]) => ("deleteSubscriptionById", true, () => _subscriptions.RemoveAll(s => s.Type == type
            && s.Id == id) > 0 ? PlainJson.Answer(new { }) : Missing()),
        _ => ("", false, null),
    };

    private IResult AddDestination(SimRequest r)
    {
        string? name = r.Json.Text("name"), arn = r.Json!["resourceSpecification"]?["sqs"].Text("arn");
        var bridge = r.Json["resourceSpecification"]?["eventBridge"];
        if (name is not { Length: > 0 and <= 256 } || (arn is null) == (bridge is null)) return Invalid("A destination has a name and one resource.");
        if (arn is not null && (!arn.StartsWith("arn:aws:sqs:", StringComparison.Ordinal) || arn.Split(':').Length != 6)) return Invalid("The ARN is none of a queue.");
        if (bridge is not null && (bridge.Text("accountId") is null || bridge.Text("region") is null)) return Invalid("An event bus has an account and a region.");
        if (_destinations.Any(d => d.Arn == arn && (arn is not null || d.Bridge?.AccountId == bridge.Text("accountId")))) return Error(409, "Conflict",
            "A destination for this resource already exists.");
        var made = new Destination(Guid.CreateVersion7(Clock.GetUtcNow()).ToString(), name, arn, bridge is null ? null : (bridge.Text("accountId")!, bridge.Text("region")!));
        _destinations.Add(made);
        return Payload(View(made));
    }

    private IResult DropDestination(string id)
    {
        if (_subscriptions.Any(s => s.DestinationId == id)) return Error(409, "Conflict", "The destination has subscriptions.");
        return _destinations.RemoveAll(d => d.Id == id) > 0 ? PlainJson.Answer(new { }) : Missing();
    }

    private IResult Subscribe(SimRequest r, string type)
    {
        if (!Types.TryGetValue(type, out string? version)) return Invalid($"The notificationType {type} is not supported here.");
        if (r.Json.Text("payloadVersion") != version) return Invalid($"The payloadVersion of {type} is {version}.");
        if (_destinations.All(d => d.Id != r.Json.Text("destinationId"))) return Invalid("The destination is not known.");
        if (_subscriptions.Any(s => s.Type == type)) return Error(409, "Conflict", $"A subscription to {type} already exists.");
        var made = new Subscription(Guid.CreateVersion7(Clock.GetUtcNow()).ToString(), type, version, r.Json.Text("destinationId")!);
        _subscriptions.Add(made);
        return Payload(View(made));
    }

    protected override IEnumerable<SimMessage> Messages(ShopEvent happened)
    {
        if (happened is { Order: { } order, Kind: not ShopEventKind.OrderRefunded })
        {
            foreach (var part in Parts(order)) Notify("ORDER_CHANGE", "1.0", part.Id, new { OrderChangeNotification = OrderChange(part, happened.At) });
        }
        if (happened.Listing is { } listing)
        {
            if (listing.IsFulfilledByMarketplace && happened.Kind == ShopEventKind.StockMoved) Notify("FBA_INVENTORY_AVAILABILITY_CHANGES", "1.0", listing.Sku, FbaChange(listing));
            bool isBuyable = listing.Available > 0;
            if (!_buyable.TryGetValue(listing.Id, out bool was) || was != isBuyable)
            {
                _buyable[listing.Id] = isBuyable;
                Notify("LISTINGS_ITEM_STATUS_CHANGE", "1.0", listing.Sku, new
                {
                    SellerId, MarketplaceId, Asin = Asin(listing), listing.Sku, CreatedDate = Iso(listing.MadeAt),
                    Status = StatusOf(listing)
                });
            }
        }
        return [];
    }

    private static object OrderChange(AmazonOrder part, DateTimeOffset at)
    {
        var order = part.Order;
        bool isAsked = order.Extra.ContainsKey("cancelRequest") && !order.IsCancelled;
        return new
        {
            NotificationLevel = "OrderLevel", SellerId, AmazonOrderId = part.Id, OrderChangeType = isAsked ? "BuyerRequestedChange" : "OrderStatusChange",
            OrderChangeTrigger = new { TimeOfOrderChange = Iso(at), ChangeReason = isAsked ? "Buyer Requested Cancel" : "Status Change" },
            Summary = new
            {
                MarketplaceId, OrderStatus = part.Status switch
                {
                    "PENDING" => "Pending",
                    "UNSHIPPED" => "Unshipped",
                    "PARTIALLY_SHIPPED" => "PartiallyShipped",
                    "SHIPPED" =>
                    "Shipped",
                    _ => "Canceled"
                },
                PurchaseDate = Iso(order.PlacedAt), DestinationPostalCode = order.ShipTo.Postcode, FulfillmentType = part.IsByAmazon ? "AFN" : "MFN", OrderType = "StandardOrder",
                NumberOfItemsShipped = part.Lines.Sum(l => order.Shipped(l.Id)), NumberOfItemsUnshipped = part.Lines.Sum(l => Math.Max(0, order.Open(l))),
                OrderItems = part.Lines.Select(l => new
                {
                    OrderItemId = Text(l.Id), SellerSKU = l.Listing.Sku, SupplySourceId = "default", OrderItemStatus = order.Open(l) > 0 ? "Unshipped" : "Shipped", l.Quantity,
                    QuantityShipped = order.Shipped(l.Id),
                    IsBuyerRequestedCancel = isAsked,
                }).ToList(),
            },
        };
    }

    private static object FbaChange(SimListing listing) => new
    {
        SellerId, FNSKU = "X" + Asin(listing)[1..], ASIN = Asin(listing), SKU = listing.Sku,
        FulfillmentInventoryByMarketplace = new[]
        {
            new
            {
                MarketplaceId, ItemName = NameOf(listing),
                FulfillmentInventory = new
                {
                    InboundQuantityBreakdown = new { Working = 0, Shipped = 0, Receiving = 0 }, Fulfillable = listing.Available, Unfulfillable = 0, Researching = 0,
                    ReservedQuantityBreakdown = new { WarehouseProcessing = 0, WarehouseTransfer = 0, PendingCustomerOrder = 0 }, FutureSupplyBuyable = 0,
                        PendingCustomerOrderInTransit = 0,
                },
                Stores = Array.Empty<string>(),
            },
        },
    };

    /// <summary>The envelope round a payload; some types write their names with a small first letter.</summary>
    private void Notify(string type, string version, string about, object payload, bool isLower = false)
    {
        if (_subscriptions.FirstOrDefault(s => s.Type == type) is not { } subscription) return;
        string id = Guid.CreateVersion7(Clock.GetUtcNow()).ToString(), now = Iso(Clock.GetUtcNow());
        const string Application = "amzn1.sellerapps.app.simulated";
        string told = type == "LISTINGS_ITEM_STATUS_CHANGE" ? "LISTINGS_ITEM_STATUS_CHANGED" : type;
        object body = isLower
            ? new
            {
                notificationVersion = version, notificationType = told, payloadVersion = version, eventTime = now, payload,
                notificationMetadata = new { applicationId = Application, subscriptionId = subscription.Id, publishTime = now, notificationId = id }
            }
            : new
            {
                NotificationVersion = version, NotificationType = told, PayloadVersion = version, EventTime = now, Payload = payload,
                NotificationMetadata = new { ApplicationId = Application, SubscriptionId = subscription.Id, PublishTime = now, NotificationId = id }
            };
        byte[] bytes = PlainJson.Bytes(body);
        var destination = _destinations.First(d => d.Id == subscription.DestinationId);
        if (destination.Arn is { } arn) Enqueue(arn.Split(':')[5], bytes);
        else if (PushTo is { } to)
        {
            SimMessage With(string key) => new(id, type, about, to.Url, new Dictionary<string, string> { ["Content-Type"] = "application/json", ["x-api-key"] = key }, bytes,
                subscription.Id);
            Sender.Send(With(to.Key) with { Forged = () => With(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(to.Key)))) });
        }
    }

    private static object View(Destination d) => new
    {
        destinationId = d.Id, name = d.Name,
        resource = new
        {
            sqs = d.Arn is null ? null : new { arn = d.Arn }, eventBridge = d.Bridge is not { } b ? null
            : new { name = "aws.partner/sellingpartnerapi.amazon.com/simulated", region = b.Region, accountId = b.AccountId }
        },
    };

    private static object View(Subscription s) => new { subscriptionId = s.Id, payloadVersion = s.PayloadVersion, destinationId = s.DestinationId };

    private static IResult Payload(object payload) => PlainJson.Answer(new { payload });

    private static IResult Missing() => Error(404, "NotFound", "The resource doesn't exist.");
}
