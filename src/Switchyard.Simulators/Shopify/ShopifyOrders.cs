using System.Globalization;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>Orders as the Admin API shows them. Called with the shop's gate held; what is worked out later takes it again.</summary>
internal sealed class ShopifyOrders(Shop shop, ShopifyGoods goods)
{
    public static bool IsClosed(SimOrder order) => order.Extra.ContainsKey("closed");

    public static string Financial(SimOrder order) =>
        !order.IsPaid ? order.IsCancelled ? "VOIDED" : "PENDING"
        : order.RefundedMinor == 0 ? "PAID"
        : order.RefundedMinor >= order.Payments.Sum(p => p.AmountMinor) ? "REFUNDED" : "PARTIALLY_REFUNDED";

    public static string Fulfilment(SimOrder order) =>
        order.Lines.All(l => order.Shipped(l.Id) == 0) ? "UNFULFILLED" : order.Lines.All(l => Open(order, l) == 0) ? "FULFILLED" : "PARTIALLY_FULFILLED";

    /// <summary>Units still to be sent: what was refunded before it left is not.</summary>
    public static int Open(SimOrder order, SimLine line) => Math.Max(0, order.Open(line) - order.Refunded(line.Id));

    /// <summary>Discount and tax of all units that were ever ordered, as Shopify tells them; what was taken off since has its share.</summary>
    public static (long Discount, long Tax) Whole(SimOrder order, SimLine line)
    {
        long discount = line.Current == 0 ? 0 : line.DiscountMinor * line.Quantity / line.Current;
        return (discount, SimMoney.Tax((line.UnitPriceMinor * line.Quantity) - discount, line.TaxRate, order.PricesIncludeTax));
    }

    private static long Total(SimOrder order) => order.Method.PriceMinor + (order.PricesIncludeTax ? 0 : order.ShippingTaxMinor)
        + order.Lines.Sum(l => (l.UnitPriceMinor * l.Quantity) - Whole(order, l).Discount + (order.PricesIncludeTax ? 0 : Whole(order, l).Tax));

    /// <summary>What is left of a line after edits and refunds.</summary>
    public static int Current(SimOrder order, SimLine line) => Math.Max(0, line.Current - order.Refunded(line.Id));

    public SimOrder? Find(string? gid)
    {
        long id = ShopifyIds.Of("Order", gid);
        return shop.Orders.FirstOrDefault(o => ShopifyIds.Order(o) == id);
    }

    public Bag Money(long minor) => ShopifyGoods.Money(minor, shop.Facts.Currency);

    public Bag Shown(SimOrder order)
    {
        string name = "#" + order.Number;
        var lines = order.Lines;
        long shipping = order.Method.PriceMinor, refunded = order.RefundedMinor, paid = order.Payments.Sum(p => p.AmountMinor);
        long current = order.TotalMinor - refunded;
        var taxes = Taxes(order, lines.Sum(l => l.TaxMinor) + order.ShippingTaxMinor, order.ShippingTaxRate);
        var method = Method(order);
        return new Bag("Order")
        {
            ["id"] = ShopifyIds.Gid("Order", ShopifyIds.Order(order)), ["legacyResourceId"] = Plain(ShopifyIds.Order(order)), ["name"] = name, ["email"] = order.Buyer.Email,
            ["phone"] = order.Buyer.Phone,
            ["createdAt"] = ShopifyGoods.At(order.PlacedAt), ["processedAt"] = ShopifyGoods.At(order.PlacedAt), ["updatedAt"] = ShopifyGoods.At(order.UpdatedAt),
            ["cancelledAt"] = order.CancelledAt is { } at ? ShopifyGoods.At(at) : null, ["cancelReason"] = order.IsCancelled ? Reason(order.CancelReason) : null,
            ["cancellation"] = order.IsCancelled ? new Bag("OrderCancellation") { ["staffNote"] = order.Extra.GetValueOrDefault("staffNote") } : null,
            ["closed"] = IsClosed(order), ["closedAt"] = null, ["confirmed"] = true, ["confirmationNumber"] = "SIM" + order.Number, ["test"] = true,
            ["edited"] = lines.Any(l => l.Cancelled > 0),
            ["fullyPaid"] = paid >= order.TotalMinor, ["unpaid"] = paid == 0, ["fulfillable"] = lines.Any(l => Open(order, l) > 0), ["refundable"] = refunded < paid,
            ["requiresShipping"] = true,
            ["currencyCode"] = order.Currency, ["presentmentCurrencyCode"] = order.Currency, ["taxesIncluded"] = order.PricesIncludeTax, ["taxExempt"] = false,
            ["estimatedTaxes"] = false, ["dutiesIncluded"] = false,
            ["displayFinancialStatus"] = Financial(order), ["displayFulfillmentStatus"] = Fulfilment(order), ["note"] = order.Note.Length > 0 ? order.Note : null,
            ["tags"] = order.Tags.ToList(),
            ["customAttributes"] = new List<Bag>(), ["customer"] = Customer(order.Buyer), ["customerLocale"] = "en", ["billingAddress"] = Address(order, order.BillTo, 1),
            ["shippingAddress"] = Address(order, order.ShipTo, 2),
            ["billingAddressMatchesShippingAddress"] = order.BillTo == order.ShipTo, ["discountCode"] = order.Discounts.FirstOrDefault()?.Code,
            ["discountCodes"] = order.Discounts.Select(d => d.Code).ToList(),
            ["paymentGatewayNames"] = order.Payments.Select(p => p.Gateway).Distinct().ToList(), ["poNumber"] = null, ["sourceName"] = "web", ["sourceIdentifier"] = null,
            ["channelInformation"] = null,
            ["statusPageUrl"] = $"https://sim.example.com/orders/{order.Key}", ["currentSubtotalLineItemsQuantity"] = lines.Sum(l => Current(order, l)),
            ["subtotalLineItemsQuantity"] = lines.Sum(l => l.Quantity),
            ["subtotalPriceSet"] = Money(lines.Sum(l => l.NetMinor)), ["totalPriceSet"] = Money(Total(order)), ["totalTaxSet"] = Money(order.TaxMinor),
            ["totalDiscountsSet"] = Money(order.DiscountMinor),
            ["totalShippingPriceSet"] = Money(shipping), ["totalReceivedSet"] = Money(paid), ["totalRefundedSet"] = Money(refunded),
            ["totalRefundedShippingSet"] = Money(order.Refunds.Sum(r => r.ShippingMinor)),
            ["totalOutstandingSet"] = Money(Math.Max(0, order.TotalMinor - paid)), ["netPaymentSet"] = Money(paid - refunded),
            ["originalTotalPriceSet"] = Money(order.TotalMinor),
            ["currentSubtotalPriceSet"] = Money(lines.Sum(l => l.NetMinor) - order.Refunds.SelectMany(r => r.Lines).Sum(l => l.AmountMinor)),
            ["currentTotalPriceSet"] = Money(current),
            ["currentTotalTaxSet"] = Money(order.TaxMinor - order.Refunds.SelectMany(r => r.Lines).Sum(l => l.TaxMinor)),
            ["currentTotalDiscountsSet"] = Money(order.DiscountMinor), ["currentShippingPriceSet"] = Money(shipping),
            ["totalTipReceivedSet"] = Money(0), ["originalTotalDutiesSet"] = null, ["currentTotalDutiesSet"] = null, ["additionalFees"] = new List<Bag>(),
            ["taxLines"] = taxes, ["currentTaxLines"] = taxes, ["shippingLine"] = method, ["shippingLines"] = ShopifyPages.Later<Bag>("ShippingLine", () => [method], b => b),
            ["lineItems"] = ShopifyPages.Later("LineItem", () => lines.ToList(), l => shop.Read(_ => Line(order, l))), ["transactions"] = Listed(() => Transactions(order)),
            ["refunds"] = Listed(() => order.Refunds.Select(r => Refund(order, r))), ["fulfillments"] = Listed(() => order.Shipments.Select(s => Shipment(order, s))),
            ["fulfillmentOrders"] = ShopifyPages.Later("FulfillmentOrder", () => shop.Read(_ => Parts(order)), p => shop.Read(_ => FulfilmentOrder(order, p))),
        };
    }

    /// <summary>The locations from which an order goes, each a fulfilment order of its own.</summary>
    public static IReadOnlyList<long> Parts(SimOrder order) => [.. order.Lines.Select(l => l.LocationId).Distinct().Order()];

    public Bag FulfilmentOrder(SimOrder order, long locationId)
    {
        var lines = order.Lines.Where(l => l.LocationId == locationId).ToList();
        bool isOpen = lines.Any(l => Open(order, l) > 0), isBegun = lines.Any(l => order.Shipped(l.Id) > 0);
        var location = shop.Facts.Locations.First(l => l.Id == locationId);
        return new Bag("FulfillmentOrder")
        {
            ["id"] = ShopifyIds.Gid("FulfillmentOrder", ShopifyIds.FulfilmentOrder(order, locationId)), ["orderId"] = ShopifyIds.Gid("Order", ShopifyIds.Order(order)),
            ["orderName"] = "#" + order.Number,
            ["createdAt"] = ShopifyGoods.At(order.PlacedAt), ["updatedAt"] = ShopifyGoods.At(order.UpdatedAt), ["orderProcessedAt"] = ShopifyGoods.At(order.PlacedAt),
            ["fulfillAt"] = ShopifyGoods.At(order.PlacedAt),
            ["fulfillBy"] = order.ShipBy is { } by ? ShopifyGoods.At(by) : null,
            ["status"] = order.IsCancelled && !isBegun ? "CANCELLED" : !isOpen ? "CLOSED" : isBegun ? "IN_PROGRESS" : "OPEN",
            ["requestStatus"] = "UNSUBMITTED",
            ["deliveryMethod"] = new Bag("DeliveryMethod")
            {
                ["id"] = ShopifyIds.Gid("DeliveryMethod", order.Id), ["methodType"] = "SHIPPING", ["presentedName"] = order.Method.Title, ["serviceCode"] = order.Method.Code, ["minDeliveryDateTime"] = null,
                ["maxDeliveryDateTime"] = order.DeliverBy is { } due ? ShopifyGoods.At(due) : null,
            },
            ["assignedLocation"] = new Bag("FulfillmentOrderAssignedLocation")
            {
                ["address1"] = null, ["address2"] = null, ["city"] = location.City, ["countryCode"] = location.Country, ["location"] = goods.Location(location),
                ["name"] = location.Name, ["phone"] = null, ["province"] = null, ["zip"] = null,
            },
            ["supportedActions"] = isOpen ? new List<Bag> { new("FulfillmentOrderSupportedAction") { ["action"] = "CREATE_FULFILLMENT", ["externalUrl"] = null } } : [],
            ["lineItems"] = ShopifyPages.Later("FulfillmentOrderLineItem", () => lines, l => shop.Read(_ => new Bag("FulfillmentOrderLineItem")
            {
                ["id"] = ShopifyIds.Gid("FulfillmentOrderLineItem", ShopifyIds.FulfilmentLine(l)),
                ["inventoryItemId"] = ShopifyIds.Gid("InventoryItem", ShopifyIds.Item(l.Listing)), ["lineItem"] = Line(order, l),
                ["productTitle"] = l.Listing.Title, ["remainingQuantity"] = Open(order, l), ["requiresShipping"] = true, ["sku"] = l.Listing.Sku,
                ["totalQuantity"] = l.Current,
                ["variant"] = goods.Variant(l.Listing), ["variantTitle"] = l.Listing.IsVariant ? l.Listing.Variant : null,
            })),
        };
    }

    public Bag Line(SimOrder order, SimLine line)
    {
        long gross = line.UnitPriceMinor * line.Quantity, perUnit = line.Current == 0 ? 0 : line.NetMinor / line.Current;
        int open = Open(order, line);
        var whole = Whole(order, line);
        var attributes = new List<Bag>();
        if (line.Personalisation.Length > 0) attributes.Add(new Bag("Attribute") { ["key"] = "Personalisation", ["value"] = line.Personalisation });
        if (line.GiftMessage.Length > 0) attributes.Add(new Bag("Attribute") { ["key"] = "Gift message", ["value"] = line.GiftMessage });
        return new Bag("LineItem")
        {
            ["id"] = ShopifyIds.Gid("LineItem", line.Id), ["name"] = line.Listing.IsVariant ? $"{line.Listing.Title} - {line.Listing.Variant}" : line.Listing.Title,
            ["title"] = line.Listing.Title,
            ["variantTitle"] = line.Listing.IsVariant ? line.Listing.Variant : null, ["sku"] = line.Listing.Sku, ["vendor"] = shop.Facts.Name, ["quantity"] = line.Quantity,
            ["currentQuantity"] = Current(order, line),
            ["refundableQuantity"] = Current(order, line), ["unfulfilledQuantity"] = open, ["nonFulfillableQuantity"] = line.Quantity - open, ["requiresShipping"] = true,
            ["restockable"] = true, ["taxable"] = line.TaxRate > 0,
            ["isGiftCard"] = false, ["merchantEditable"] = true, ["customAttributes"] = attributes, ["product"] = goods.Product(line.Listing.ProductId),
            ["variant"] = goods.Variant(line.Listing),
            ["originalUnitPriceSet"] = Money(line.UnitPriceMinor), ["discountedUnitPriceSet"] = Money(line.UnitPriceMinor),
            ["discountedUnitPriceAfterAllDiscountsSet"] = Money(perUnit), ["originalTotalSet"] = Money(gross),
            // Codes take off the order, not the line: without being asked for, they are not in the line's own totals.
            ["discountedTotalSet"] = (Func<IResolveFieldContext, object?>)(ctx => Money(ctx.Arg("withCodeDiscounts") is true ? gross - whole.Discount : gross)),
            ["totalDiscountSet"] = Money(0),
            ["unfulfilledDiscountedTotalSet"] = Money(perUnit * open), ["unfulfilledOriginalTotalSet"] = Money(line.UnitPriceMinor * open),
            ["discountAllocations"] = order.Discounts.Count == 0 || line.DiscountMinor == 0 ? new List<Bag>() : [new Bag("DiscountAllocation")
            {
                ["allocatedAmountSet"] = Money(whole.Discount), ["discountApplication"] = new Bag("DiscountCodeApplication") { ["code"] = order.Discounts[0].Code,
                    ["index"] = 0 },
            }],
            ["taxLines"] = Taxes(order, whole.Tax, line.TaxRate),
        };
    }

    public Bag Refund(SimOrder order, SimRefund refund) => new("Refund")
    {
        ["id"] = ShopifyIds.Gid("Refund", refund.Id), ["legacyResourceId"] = Plain(refund.Id), ["createdAt"] = ShopifyGoods.At(refund.At),
        ["updatedAt"] = ShopifyGoods.At(refund.At),
        ["note"] = refund.Reason.Length > 0 ? refund.Reason : null, ["totalRefundedSet"] = Money(refund.AmountMinor),
        ["refundLineItems"] = ShopifyPages.Later("RefundLineItem", () => refund.Lines, l => shop.Read(_ =>
        {
            var line = order.Lines.Single(x => x.Id == l.LineId);
            return new Bag("RefundLineItem")
            {
                ["id"] = ShopifyIds.Gid("RefundLineItem", l.Id), ["lineItem"] = Line(order, line),
                ["location"] = l.IsRestocked ? goods.Location(shop.Facts.Locations.First(x => x.Id == line.LocationId)) : null,
                ["priceSet"] = Money(l.Quantity == 0 ? 0 : l.AmountMinor / l.Quantity), ["quantity"] = l.Quantity,
                ["restockType"] = l.IsRestocked ? order.Shipped(l.LineId) > 0 ? "RETURN" : "CANCEL" : "NO_RESTOCK",
                ["restocked"] = l.IsRestocked, ["subtotalSet"] = Money(l.AmountMinor), ["totalTaxSet"] = Money(l.TaxMinor),
            };
        })),
        ["refundShippingLines"] = ShopifyPages.Later("RefundShippingLine", () => refund.ShippingMinor > 0 ? [refund] : Array.Empty<SimRefund>(),
        r => new Bag("RefundShippingLine")
        {
            ["id"] = ShopifyIds.Gid("RefundShippingLine", r.Id), ["shippingLine"] = Method(order), ["subtotalAmountSet"] = Money(r.ShippingMinor), ["taxAmountSet"] = Money(0),
        }),
        ["transactions"] = ShopifyPages.Later("OrderTransaction", () => refund.AmountMinor > 0 ? [refund] : Array.Empty<SimRefund>(),
        r => Transaction("REFUND", r.Id, r.AmountMinor, r.At, order.Payments.FirstOrDefault())),
    };

    public Bag Shipment(SimOrder order, SimShipment shipment) => new("Fulfillment")
    {
        ["id"] = ShopifyIds.Gid("Fulfillment", shipment.Id), ["legacyResourceId"] = Plain(shipment.Id), ["name"] = $"#{order.Number}-F{order.Shipments.IndexOf(shipment) + 1}",
        ["createdAt"] = ShopifyGoods.At(shipment.At),
        ["updatedAt"] = ShopifyGoods.At(shipment.At), ["status"] = shipment.IsCancelled ? "CANCELLED" : "SUCCESS",
        ["displayStatus"] = shipment.IsCancelled ? "CANCELED" : "FULFILLED",
        ["location"] = goods.Location(shop.Facts.Locations.First(l => l.Id == shipment.LocationId)), ["requiresShipping"] = true,
        ["totalQuantity"] = shipment.Lines.Sum(l => l.Quantity),
        ["trackingInfo"] = shipment.Tracking.Length + shipment.Carrier.Length == 0 ? new List<Bag>()
            : [.. shipment.Tracking.Split(',').Select(number => new Bag("FulfillmentTrackingInfo")
        {
            ["company"] = shipment.Carrier.Length > 0 ? shipment.Carrier : null, ["number"] = number.Length > 0 ? number : null,
            ["url"] = shipment.TrackingUrl.Length > 0 ? shipment.TrackingUrl : null,
        })],
        ["fulfillmentLineItems"] = ShopifyPages.Later("FulfillmentLineItem", () => shipment.Lines, l => shop.Read(_ =>
        {
            var line = order.Lines.Single(x => x.Id == l.LineId);
            return new Bag("FulfillmentLineItem")
            {
                ["id"] = ShopifyIds.Gid("FulfillmentLineItem", (shipment.Id * 1000) + (l.LineId % 1000)), ["lineItem"] = Line(order, line), ["quantity"] = l.Quantity,
                ["originalTotalSet"] = Money(line.UnitPriceMinor * l.Quantity),
                ["discountedTotalSet"] = Money(line.UnitPriceMinor * l.Quantity),
            };
        })),
    };

    /// <summary>A plain list of which a caller may want only the first so many.</summary>
    private Func<IResolveFieldContext, object?> Listed(Func<IEnumerable<Bag>> all) => ctx => shop.Read(_ => all().Take(ctx.Arg("first") as int? ?? int.MaxValue).ToList());

    private List<Bag> Transactions(SimOrder order) =>
    [
        .. order.Payments.Select(p => Transaction("SALE", p.Id, p.AmountMinor, p.At, null, p)),
        .. order.Refunds.Where(r => r.AmountMinor > 0).Select(r => Transaction("REFUND", r.Id, r.AmountMinor, r.At, order.Payments.FirstOrDefault())),
    ];

    private Bag Transaction(string kind, long id, long minor, DateTimeOffset at, SimPayment? parent, SimPayment? self = null) => new("OrderTransaction")
    {
        ["id"] = ShopifyIds.Gid("OrderTransaction", id), ["amountSet"] = Money(minor), ["createdAt"] = ShopifyGoods.At(at), ["processedAt"] = ShopifyGoods.At(at),
        ["formattedGateway"] = "Simulated", ["gateway"] = "simulated",
        ["kind"] = kind, ["parentTransaction"] = parent is null ? null : Transaction("SALE", parent.Id, parent.AmountMinor, parent.At, null, parent),
        ["paymentId"] = (self ?? parent)?.Reference, ["status"] = "SUCCESS",
        ["test"] = true, ["manualPaymentGateway"] = false,
    };

    private Bag Method(SimOrder order) => new("ShippingLine")
    {
        ["id"] = ShopifyIds.Gid("ShippingLine", order.Id + 200_000), ["carrierIdentifier"] = null, ["code"] = order.Method.Code, ["custom"] = false, ["deliveryCategory"] = null,
        ["discountAllocations"] = new List<Bag>(),
        ["currentDiscountedPriceSet"] = Money(order.Method.PriceMinor), ["discountedPriceSet"] = Money(order.Method.PriceMinor), ["isRemoved"] = false,
        ["originalPriceSet"] = Money(order.Method.PriceMinor), ["phone"] = null,
        ["source"] = "shopify", ["taxLines"] = Taxes(order, order.ShippingTaxMinor, order.ShippingTaxRate), ["title"] = order.Method.Title,
    };

    private List<Bag> Taxes(SimOrder order, long minor, decimal rate) => rate == 0 ? [] : [new Bag("TaxLine")
    {
        ["channelLiable"] = order.IsTaxCollectedByMarketplace, ["priceSet"] = Money(minor), ["rate"] = (double)(rate / 100), ["ratePercentage"] = (double)rate,
        ["source"] = "Shopify",
        ["title"] = order.ShipTo.Country == "US" ? $"{order.ShipTo.Region} State Tax" : $"{order.ShipTo.Country} VAT",
    }];

    private static Bag Customer(SimBuyer buyer) => new("Customer")
    {
        ["id"] = ShopifyIds.Gid("Customer", buyer.Id), ["legacyResourceId"] = Plain(buyer.Id), ["displayName"] = $"{buyer.FirstName} {buyer.LastName}", ["email"] = buyer.Email,
        ["firstName"] = buyer.FirstName,
        ["lastName"] = buyer.LastName, ["phone"] = buyer.Phone, ["locale"] = "en", ["tags"] = new List<string>(), ["taxExempt"] = false,
    };

    private static Bag Address(SimOrder order, SimAddress address, int which) => new("MailingAddress")
    {
        ["id"] = ShopifyIds.Gid("MailingAddress", (order.Id * 10) + which), ["address1"] = address.Street, ["address2"] = Blank(address.Street2), ["city"] = address.City,
        ["company"] = Blank(address.Company),
        ["country"] = Country(address.Country), ["countryCodeV2"] = address.Country, ["firstName"] = address.FirstName, ["lastName"] = address.LastName,
        ["name"] = $"{address.FirstName} {address.LastName}",
        ["phone"] = Blank(address.Phone), ["province"] = Blank(address.Region), ["provinceCode"] = Blank(address.Region), ["zip"] = address.Postcode,
        ["formatted"] = new List<string> { address.Street, $"{address.Postcode} {address.City}", Country(address.Country) },
    };

    public static string Country(string code) => new RegionInfo(code).EnglishName;

    private static string Reason(string reason) => reason.ToUpperInvariant() is "CUSTOMER" or "DECLINED" or "FRAUD" or "INVENTORY" or "STAFF" ? reason.ToUpperInvariant()
        : "OTHER";

    private static string? Blank(string text) => text.Length > 0 ? text : null;

    private static string Plain(long id) => id.ToString(CultureInfo.InvariantCulture);
}
