using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>What was sent, cancelled, asked to be cancelled, and paid back.</summary>
public sealed partial class AmazonSim
{
    /// <summary>The seller's own number of a package, by shipment.</summary>
    private readonly Dictionary<long, string> _references = [];

    /// <summary>Amazon sends what lies in its own warehouses.</summary>
    public SimShipment? ShipFromAmazon(SimOrder order)
    {
        lock (Shop.Gate)
        {
            var lines = order.Lines.Where(l => l.IsFulfilledByMarketplace && order.Open(l) > 0).Select(l => new SimShippedLine(l.Id, order.Open(l))).ToList();
            return lines.Count == 0 ? null : Shop.Ship(order, lines, "AMZN_UK", "AMZ" + Text(Shop.NextId()), tell: true);
        }
    }

    /// <summary>The buyer asks; nothing is cancelled until the seller does.</summary>
    public void AskToCancel(SimOrder order, string reason)
    {
        lock (Shop.Gate)
        {
            order.Extra["cancelRequest"] = reason;
            Shop.Touch(order, ShopEventKind.OrderChanged);
        }
    }

    private IResult ConfirmShipment(SimRequest r, string id)
    {
        if (FindOrder(id) is not { } part) return Error(404, "NotFound", $"Order {id} was not found.");
        if (r.Json.Text("marketplaceId") != MarketplaceId) return Invalid("The order is of another marketplace.");
        var package = r.Json!["packageDetail"];
        string? reference = package.Text("packageReferenceId"), carrier = package.Text("carrierCode"), tracking = package.Text("trackingNumber"), at = package.Text("shipDate");
        if (string.IsNullOrEmpty(reference) || string.IsNullOrEmpty(carrier) || tracking is null
            || at is null) return Invalid("packageReferenceId, carrierCode, trackingNumber and shipDate are required.");
        if (!long.TryParse(reference, System.Globalization.CultureInfo.InvariantCulture, out long number)
            || number <= 0) return Invalid("Only positive numeric values are supported for packageReferenceId.");
        if (carrier == "Other" && string.IsNullOrEmpty(package.Text("carrierName"))) return Invalid("carrierName is required when carrierCode is \"Other\".");
        if (!at.Contains('T', StringComparison.Ordinal) || !TryTime(at, out _)) return Invalid("shipDate must be in ISO 8601 format.");
        if (Wanted(part, package) is not { Count: > 0 } lines) return Invalid("orderItems must name items of the order, each with a quantity.");

        string name = carrier == "Other" ? package.Text("carrierName")! : carrier;
        var order = part.Order;
        if (order.Shipments.FirstOrDefault(s => _references.GetValueOrDefault(s.Id) == reference) is { } known)
        {
            // The same package again corrects its tracking; a package cannot become another one.
            if (!known.Lines.SequenceEqual(lines)) return Invalid($"The package {reference} of this order has other items.");
            if (known.Carrier != name || known.Tracking != tracking)
            {
                (known.Carrier, known.Tracking) = (name, tracking);
                Shop.Touch(order, ShopEventKind.OrderChanged);
            }
            return Results.NoContent();
        }
        if (part.IsByAmazon) return Invalid("The order is fulfilled by Amazon.");
        if (part.Status is "PENDING" or "CANCELLED") return Invalid($"The order is {part.Status}.");
        foreach (var line in lines)
            if (line.Quantity > order.Open(order.Lines.Single(l =>
                l.Id == line.LineId))) return Invalid($"The quantity of item {line.LineId} exceeds what is still to be shipped.");
        var shipment = Shop.Ship(order, lines, name, tracking, tell: true);
        _references[shipment.Id] = reference;
        return Results.NoContent();
    }

    private static List<SimShippedLine>? Wanted(AmazonOrder part, JsonNode? package)
    {
        var lines = new List<SimShippedLine>();
        foreach (var item in package?["orderItems"].Each() ?? [])
        {
            if (part.Lines.FirstOrDefault(l => Text(l.Id) == item.Text("orderItemId")) is not { } line || item.Whole("quantity") is not > 0 || lines.Any(l =>
                l.LineId == line.Id)) return null;
            lines.Add(new SimShippedLine(line.Id, item.Whole("quantity")!.Value));
        }
        return lines;
    }

    private IResult FinancialEvents(string id)
    {
        if (FindOrder(id) is not { } part) return Error(404, "NotFound", $"Order {id} was not found.");
        var order = part.Order;
        object Amount(long minor) => new { CurrencyCode = order.Currency, CurrencyAmount = SimMoney.Amount(minor, order.Currency) };
        return PlainJson.Answer(new
        {
            payload = new
            {
                FinancialEvents = new
                {
                    ShipmentEventList = order.Shipments.Where(s => !s.IsCancelled).Select(s => new
                    {
                        AmazonOrderId = part.Id, MarketplaceName, PostedDate = Iso(s.At),
                        ShipmentItemList = s.Lines.Select(l => (Told: l, Line: order.Lines.Single(x => x.Id == l.LineId))).Select(x => new
                        {
                            SellerSKU = x.Line.Listing.Sku, OrderItemId = Text(x.Line.Id), QuantityShipped = x.Told.Quantity,
                            ItemChargeList = new[] { new { ChargeType = "Principal", ChargeAmount = Amount(x.Line.UnitPriceMinor * x.Told.Quantity) } },
                        }),
                    }).ToList(),
                    RefundEventList = order.Refunds.Select(f => new
                    {
                        AmazonOrderId = part.Id, MarketplaceName, PostedDate = Iso(f.At),
                        OrderChargeAdjustmentList = f.Lines.Count > 0 ? null : new[] { new { ChargeType = "Goodwill", ChargeAmount = Amount(-f.AmountMinor) } },
                        ShipmentItemAdjustmentList = f.Lines.Select(l => new
                        {
                            SellerSKU = order.Lines.Single(x => x.Id == l.LineId).Listing.Sku, OrderAdjustmentItemId = Text(l.Id), QuantityShipped = l.Quantity,
                            ItemChargeAdjustmentList = new[] { ("Principal", l.AmountMinor), ("ShippingCharge", l == f.Lines[0] ? f.ShippingMinor : 0) }.Where(c => c.Item2 != 0)
                                .Select(c => new { ChargeType = c.Item1, ChargeAmount = Amount(-c.Item2) }),
                        }),
                    }).ToList(),
                },
            },
        });
    }
}
