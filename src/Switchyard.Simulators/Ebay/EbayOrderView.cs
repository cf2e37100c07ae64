namespace Switchyard.Simulators;

/// <summary>An order as the Fulfillment API tells it.</summary>
public sealed partial class EbaySim
{
    private object View(SimOrder order, bool hasTaxes)
    {
        // Lines from which everything was taken off are gone, unless nothing else is left.
        var lines = order.Lines.Where(l => l.Current > 0).ToList();
        if (lines.Count == 0) lines = [.. order.Lines];
        bool isRemitted = order.IsTaxCollectedByMarketplace && order.TaxMinor > 0;
        // Tax that eBay collects is left out of the totals unless a breakdown is asked for.
        long hidden = isRemitted && !hasTaxes && !order.PricesIncludeTax ? order.TaxMinor : 0;
        long[] shipping = SimMoney.Split(order.Method.PriceMinor, [.. lines.Select(l => l.GrossMinor)]);
        return new
        {
            orderId = order.Key, creationDate = Iso(order.PlacedAt), lastModifiedDate = Iso(order.UpdatedAt), orderFulfillmentStatus = StatusOf(order),
            orderPaymentStatus = PaymentOf(order), sellerId = SellerName,
            buyer = new
            {
                username = UserName(order.Buyer),
                taxAddress = new { city = order.ShipTo.City, stateOrProvince = Maybe(order.ShipTo.Region), postalCode = order.ShipTo.Postcode, countryCode = order.ShipTo.Country },
            },
            buyerCheckoutNotes = Maybe(order.Note),
            pricingSummary = new
            {
                priceSubtotal = Amount(lines.Sum(l => l.GrossMinor)), priceDiscount = order.DiscountMinor > 0 ? Amount(-order.DiscountMinor) : null,
                deliveryCost = Amount(order.Method.PriceMinor),
                tax = !order.PricesIncludeTax && !isRemitted ? Amount(order.TaxMinor) : null, total = Amount(order.TotalMinor - hidden),
            },
            cancelStatus = new
            {
                cancelState = order.IsCancelled ? "CANCELED" : order.Extra.ContainsKey("cancelRequest") ? "IN_PROGRESS" : "NONE_REQUESTED",
                cancelledDate = order.CancelledAt is { } at ? Iso(at) : null,
                cancelRequests = CancelRequests(order),
            },
            paymentSummary = new
            {
                totalDueSeller = Amount(order.Payments.Sum(p => p.AmountMinor) - SettledMinor(order)),
                refunds = order.Refunds.Where(f => f.Lines.Count == 0).Select(f => new
                {
                    amount = Amount(f.AmountMinor), refundDate = Iso(f.At), refundId = Text(f.Id), refundStatus = IsSettled(f) ? "REFUNDED" : "PENDING",
                }).ToList(),
                payments = order.Payments.Select(p => new
                {
                    paymentMethod = "EBAY", paymentReferenceId = p.Reference, paymentDate = Iso(p.At), amount = Amount(p.AmountMinor),
                    paymentStatus = "PAID"
                }).ToList(),
            },
            fulfillmentStartInstructions = new[]
            {
                new
                {
                    fulfillmentInstructionsType = "SHIP_TO", minEstimatedDeliveryDate = Iso(order.PlacedAt.AddDays(2)),
                        maxEstimatedDeliveryDate = Iso(order.DeliverBy ?? order.PlacedAt.AddDays(5)), ebaySupportedFulfillment = false,
                    shippingStep = new { shipTo = Contact(order), shippingCarrierCode = "RoyalMail", shippingServiceCode = order.Method.Code },
                },
            },
            fulfillmentHrefs = order.Shipments.Where(s => !s.IsCancelled).Select(s => $"{Url}{OrderPath}/{order.Key}/shipping_fulfillment/{FulfillmentId(s)}").ToList(),
            lineItems = lines.Select((line, i) => Line(order, line, shipping[i], hasTaxes, isRemitted)).ToList(),
            ebayCollectAndRemitTax = isRemitted ? true : (bool?)null,
            salesRecordReference = Text(order.Id),
            program = order.Lines.All(l => l.IsFulfilledByMarketplace) ? new { fulfillmentProgram = new { fulfilledBy = "EBAY" } } : null,
        };
    }

    private object Line(SimOrder order, SimLine line, long shipping, bool hasTaxes, bool isRemitted)
    {
        int shipped = order.Shipped(line.Id);
        long tax = line.TaxMinor + (line == order.Lines[0] ? order.ShippingTaxMinor : 0);
        long total = line.NetMinor + shipping + (order.PricesIncludeTax || (isRemitted && !hasTaxes) ? 0 : tax);
        return new
        {
            lineItemId = Text(line.Id), legacyItemId = ListingId(line.Listing), legacyVariationId = line.Listing.IsVariant ? Text(line.Listing.Id) : null,
            sku = Maybe(line.Listing.Sku), title = line.Listing.Title,
            lineItemCost = Amount(line.GrossMinor), discountedLineItemCost = line.DiscountMinor > 0 ? Amount(line.NetMinor) : null, quantity = line.Current > 0 ? line.Current
                : line.Quantity, soldFormat = "FIXED_PRICE",
            listingMarketplaceId = Marketplace, purchaseMarketplaceId = Marketplace, lineItemFulfillmentStatus = shipped == 0 ? "NOT_STARTED" : shipped >= line.Current
                ? "FULFILLED" : "IN_PROGRESS",
            total = Amount(total), deliveryCost = new { shippingCost = Amount(shipping) },
            appliedPromotions = line.DiscountMinor > 0 ? order.Discounts.Select(d => new
            {
                promotionId = d.Code, description = d.Code,
                discountAmount = Amount(line.DiscountMinor)
            }).ToList() : [],
            taxes = hasTaxes && !isRemitted && tax > 0 && !order.PricesIncludeTax ? new[] { new { amount = Amount(tax), taxType = "STATE_SALES_TAX" } } : null,
            ebayCollectAndRemitTaxes = isRemitted ? new[] { new { taxType = order.PricesIncludeTax ? "VAT" : "STATE_SALES_TAX", amount = Amount(tax),
                collectionMethod = "NET" } } : null,
            properties = new { buyerProtection = true },
            lineItemFulfillmentInstructions = new
            {
                minEstimatedDeliveryDate = Iso(order.PlacedAt.AddDays(2)), maxEstimatedDeliveryDate = Iso(order.DeliverBy ?? order.PlacedAt.AddDays(5)),
                shipByDate = Iso(order.ShipBy ?? order.PlacedAt.AddDays(1)),
                guaranteedDelivery = false,
            },
            giftDetails = line.GiftMessage.Length > 0 ? new { message = line.GiftMessage, senderName = order.Buyer.FirstName } : null,
            variationAspects = line.Listing.IsVariant ? line.Listing.Variant.Split(" / ").Select((v, i) => new { name = i == 0 ? "Colour" : "Size", value = v }).ToList() : null,
            refunds = order.Refunds.SelectMany(f => f.Lines.Where(l => l.LineId == line.Id).Select(l => (Refund: f, Part: l))).Select(x => new
            {
                amount = Amount(x.Part.AmountMinor), refundDate = Iso(x.Refund.At), refundId = Text(x.Refund.Id), refundReferenceId = IsSettled(x.Refund)
                    ? Text(x.Refund.Id * 31) : null,
            }).ToList(),
        };
    }

    private object Contact(SimOrder order)
    {
        var to = order.ShipTo;
        return new
        {
            fullName = $"{to.FirstName} {to.LastName}", companyName = Maybe(to.Company),
            contactAddress = new
            {
                addressLine1 = to.Street, addressLine2 = Maybe(to.Street2), city = to.City, stateOrProvince = Maybe(to.Region), postalCode = to.Postcode,
                countryCode = to.Country
            },
            primaryPhone = new { phoneNumber = to.Phone },
            email = Clock.GetUtcNow() - order.PlacedAt <= MailIsTold ? $"{order.Buyer.Id * 48271 % 2147483647:x8}@members.ebay.com" : null,
        };
    }

    private static List<object> CancelRequests(SimOrder order) => !order.IsCancelled && !order.Extra.ContainsKey("cancelRequest") ? [] :
    [
        new
        {
            cancelReason = order.IsCancelled ? order.CancelReason : order.Extra["cancelRequest"], cancelRequestedDate = Iso(order.UpdatedAt),
                cancelInitiator = order.Extra.GetValueOrDefault("cancelledBy", "BUYER"),
            cancelRequestId = Text(order.Id + 5_000_000), cancelRequestState = order.IsCancelled ? "COMPLETED" : "REQUESTED", cancelCompletedDate = order.CancelledAt is { } at
                ? Iso(at) : null,
        },
    ];

    private static string? Maybe(string text) => text.Length > 0 ? text : null;

    private static string UserName(SimBuyer buyer) => $"buyer_{buyer.Id}";

    private static string ListingId(SimListing listing) => Text(110_000_000_000 + listing.ProductId);
}
