using System.IO.Compression;

namespace Switchyard.Simulators;

/// <summary>An order as orders 2026-01-01 tells it, with the datasets that were asked for.</summary>
public sealed partial class AmazonSim
{
    private object View(AmazonOrder part, string[] data)
    {
        var order = part.Order;
        bool isPending = part.Status == "PENDING";
        bool Has(string dataset) => data.Contains(dataset);
        var shipping = SimMoney.Split(ShippingOf(part), [.. part.Lines.Select(l => l.GrossMinor)]);
        var shippingTax = SimMoney.Split(part.Lines.Count > 0 && ShippingOf(part) > 0 ? order.ShippingTaxMinor : 0, [.. part.Lines.Select(l => l.GrossMinor)]);
        return new
        {
            orderId = part.Id,
            createdTime = Iso(order.PlacedAt), lastUpdatedTime = Iso(order.UpdatedAt),
            salesChannel = new { channelName = "AMAZON", marketplaceId = MarketplaceId, marketplaceName = MarketplaceName },
            buyer = Has("BUYER") && !isPending ? new { buyerName = BuyerName(order), buyerEmail = part.IsByAmazon ? null : Relay(order) } : null,
            recipient = Has("RECIPIENT") && !isPending ? new { deliveryAddress = Recipient(part) } : null,
            proceeds = Has("PROCEEDS") && !isPending ? new { grandTotal = Money(order, part.Lines.Select((l, i) => TotalOf(order, l, shipping[i], shippingTax[i])).Sum()) } : null,
            payment = Has("PAYMENT") && order.IsPaid
                ? new { paymentExecutions = order.Payments.Select(p => new { paymentMethod = "CreditCard", paymentAmount = Money(order, p.AmountMinor) }) }
                : null,
            fulfillment = Has("FULFILLMENT")
                ? new
                {
                    fulfillmentStatus = part.Status, fulfilledBy = part.IsByAmazon ? "AMAZON" : "MERCHANT", fulfillmentServiceLevel = order.Method.Code,
                    shipByWindow = new { earliestDateTime = Iso(order.PlacedAt), latestDateTime = Iso(order.ShipBy ?? order.PlacedAt.AddDays(2)) },
                    deliverByWindow = new { earliestDateTime = Iso(order.PlacedAt.AddDays(1)), latestDateTime = Iso(order.DeliverBy ?? order.PlacedAt.AddDays(5)) },
                }
                : null,
            orderItems = part.Lines.Select((line, i) => Item(order, line, data, isPending, shipping[i], shippingTax[i])).ToList(),
            packages = Has("PACKAGES") && !part.IsByAmazon ? order.Shipments.Where(s => !s.IsCancelled).Select((s, i) => Package(s, i)).ToList() : null,
        };
    }

    private object Item(SimOrder order, SimLine line, string[] data, bool isPending, long shipping, long shippingTax)
    {
        bool Has(string dataset) => data.Contains(dataset);
        string? asked = order.Extra.GetValueOrDefault("cancelRequest");
        bool isCancelled = line.Current == 0 || (order.IsCancelled && order.Shipped(line.Id) == 0);
        return new
        {
            orderItemId = Text(line.Id), quantityOrdered = line.Quantity,
            product = new
            {
                asin = Asin(line.Listing), title = line.Listing.Title, sellerSku = line.Listing.Sku,
                condition = new { conditionType = "NEW", conditionSubtype = "NEW", conditionNote = "" },
                price = isPending ? null : new { unitPrice = Money(order, line.Current == 0 ? 0 : (line.GrossMinor - Within(order, line)) / line.Current) },
                customization = line.Personalisation.Length > 0 ? new { customizedUrl = $"{Url}/customization/{Text(line.Id)}" } : null,
            },
            proceeds = Has("PROCEEDS") && !isPending
                ? new { proceedsTotal = Money(order, TotalOf(order, line, shipping, shippingTax)), breakdowns = Breakdowns(order, line, shipping, shippingTax) }
                : null,
            promotion = Has("PROMOTION") && line.DiscountMinor > 0 ? new { breakdowns = order.Discounts.Select(d => new { promotionId = d.Code }) } : null,
            cancellation = Has("CANCELLATION") && (asked is not null || isCancelled)
                ? new
                {
                    cancellationRequest = asked is null ? null : new { requester = "BUYER", cancelReason = asked },
                    cancellationExecution = isCancelled ? new { cancelledBy = order.Extra.GetValueOrDefault("cancelledBy", "MERCHANT"), cancelReason = order.CancelReason } : null,
                }
                : null,
            fulfillment = Has("FULFILLMENT")
                ? new
                {
                    quantityFulfilled = order.Shipped(line.Id), quantityUnfulfilled = Math.Max(0, order.Open(line)),
                    packing = line.GiftMessage.Length > 0 ? new { giftOption = new { giftMessage = line.GiftMessage, giftWrapLevel = "STANDARD" } } : null,
                }
                : null,
            tax = Has("TAX") && order.IsTaxCollectedByMarketplace
                ? new { taxCollections = new[] { new { model = "MARKETPLACE_FACILITATOR", responsibleParty = "Amazon" } } }
                : null,
        };
    }

    /// <summary>Goods and shipping without their tax, the tax of each, and what was taken off; they add up to the item's total.</summary>
    private static IEnumerable<object> Breakdowns(SimOrder order, SimLine line, long shipping, long shippingTax)
    {
        long off = (order.PricesIncludeTax ? Within(order, line) - line.TaxMinor : 0) - line.DiscountMinor;
        var parts = new (string Type, long Minor, (string Of, long Minor)[] Parts)[]
        {
            ("ITEM", line.GrossMinor - Within(order, line), []), ("SHIPPING", shipping - (order.PricesIncludeTax ? shippingTax : 0), []),
            ("TAX", line.TaxMinor + shippingTax, [("ITEM", line.TaxMinor), ("SHIPPING", shippingTax)]), ("DISCOUNT", off, [("ITEM", off)]),
        };
        return parts.Where(p => p.Minor != 0 || p.Type == "ITEM").Select(p => (object)new
        {
            type = p.Type, subtotal = Money(order, p.Minor),
            detailedBreakdowns = p.Parts.Length == 0 ? null : p.Parts.Where(d => d.Minor != 0).Select(d => new { subtype = d.Of, value = Money(order, d.Minor) }),
        });
    }

    /// <summary>The tax in the price of the goods, where prices are entered with it: Amazon tells prices without.</summary>
    private static long Within(SimOrder order, SimLine line) => order.PricesIncludeTax ? SimMoney.Tax(line.GrossMinor, line.TaxRate, true) : 0;

    private static long TotalOf(SimOrder order, SimLine line, long shipping, long shippingTax) => line.NetMinor + shipping + (order.PricesIncludeTax ? 0
        : line.TaxMinor + shippingTax);

    /// <summary>The seller's part of a divided basket pays for the delivery; Amazon's goes free.</summary>
    private static long ShippingOf(AmazonOrder part) => part.IsByAmazon && part.Lines.Count < part.Order.Lines.Count ? 0 : part.Order.Method.PriceMinor;

    private static object Recipient(AmazonOrder part)
    {
        var to = part.Order.ShipTo;
        bool may = !part.IsByAmazon;
        return new
        {
            name = may ? $"{to.FirstName} {to.LastName}" : null, companyName = may && to.Company.Length > 0 ? to.Company : null, addressLine1 = may ? to.Street : null,
            addressLine2 = may && to.Street2.Length > 0 ? to.Street2 : null, city = to.City, stateOrRegion = to.Region.Length > 0 ? to.Region : null, postalCode = to.Postcode,
            countryCode = to.Country, phone = may ? to.Phone : null, addressType = to.Company.Length > 0 ? "COMMERCIAL" : "RESIDENTIAL",
        };
    }

    private object Package(SimShipment shipment, int index) => new
    {
        packageReferenceId = _references.GetValueOrDefault(shipment.Id) ?? Text(index + 1), createdTime = Iso(shipment.At), packageStatus = new { status = "SHIPPED" },
        carrier = shipment.Carrier, shipTime = Iso(shipment.At), trackingNumber = shipment.Tracking,
        packageItems = shipment.Lines.Select(l => new { orderItemId = Text(l.LineId), quantity = l.Quantity }),
    };

    /// <summary>What was written for the buyer: an archive with one JSON file.</summary>
    private IResult Customization(string lineId)
    {
        if (Shop.Orders.SelectMany(o => o.Lines.Select(l => (Order: o, Line: l))).FirstOrDefault(x => Text(x.Line.Id) == lineId
            && x.Line.Personalisation.Length > 0) is not { Order: { } order, Line: { } line }) return Results.NotFound();
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry($"{lineId}.json").Open())
        {
            entry.Write(PlainJson.Bytes(new
            {
                orderId = order.Key, orderItemId = lineId, quantity = line.Quantity,
                customizationInfo = new Dictionary<string, object>
                {
                    ["version3.0"] = new
                    {
                        surfaces = new[] { new { name = "Surface 1", areas = new[] { new { customizationType = "TextPrinting", name = "Text 1",
                        text = line.Personalisation } } } }
                    },
                },
            }));
        }
        return Results.Bytes(file.ToArray(), "application/zip");
    }

    private static object Money(SimOrder order, long minor) => new { amount = SimMoney.Text(minor, order.Currency), currencyCode = order.Currency };

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Asin(SimListing listing) => $"B0{listing.Id * 7717 % 100_000_000:D8}";
}
