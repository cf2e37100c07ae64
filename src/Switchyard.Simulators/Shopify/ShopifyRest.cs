using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Webhook bodies: they have the shape of the older REST resources, with plain numbers for ids.</summary>
internal sealed class ShopifyRest(Shop shop)
{
    public JsonObject Order(SimOrder order)
    {
        string Money(long minor) => SimMoney.Text(minor, order.Currency);
        return new JsonObject
        {
            ["id"] = ShopifyIds.Order(order), ["admin_graphql_api_id"] = ShopifyIds.Gid("Order", ShopifyIds.Order(order)), ["name"] = "#" + order.Number, ["number"] = order.Id,
            ["order_number"] = order.Id,
            ["email"] = order.Buyer.Email, ["contact_email"] = order.Buyer.Email, ["phone"] = order.Buyer.Phone, ["created_at"] = At(order.PlacedAt),
            ["processed_at"] = At(order.PlacedAt), ["updated_at"] = At(order.UpdatedAt),
            ["cancelled_at"] = order.CancelledAt is { } at ? At(at) : null, ["cancel_reason"] = order.IsCancelled ? order.CancelReason : null, ["closed_at"] = null,
            ["confirmed"] = true, ["test"] = true,
            ["currency"] = order.Currency, ["presentment_currency"] = order.Currency, ["taxes_included"] = order.PricesIncludeTax,
            ["financial_status"] = ShopifyOrders.Financial(order).ToLowerInvariant(),
            ["fulfillment_status"] = ShopifyOrders.Fulfilment(order) switch { "FULFILLED" => "fulfilled", "PARTIALLY_FULFILLED" => "partial", _ => null }, ["note"] = order.Note.Length > 0 ? order.Note : null,
            ["tags"] = string.Join(", ", order.Tags),
            ["note_attributes"] = new JsonArray(), ["source_name"] = "web", ["subtotal_price"] = Money(order.Lines.Sum(l => l.NetMinor)),
            ["total_price"] = Money(order.TotalMinor), ["total_tax"] = Money(order.TaxMinor),
            ["total_discounts"] = Money(order.DiscountMinor), ["total_line_items_price"] = Money(order.GoodsMinor),
            ["current_total_price"] = Money(order.TotalMinor - order.RefundedMinor),
            ["discount_codes"] = new JsonArray([.. order.Discounts.Select(d =>
                new JsonObject { ["code"] = d.Code, ["amount"] = Money(d.AmountMinor), ["type"] = "percentage" })]),
            ["tax_lines"] = Taxes(order, order.TaxMinor, order.ShippingTaxRate), ["line_items"] = new JsonArray([.. order.Lines.Select(l => Line(order, l))]),
            ["shipping_lines"] = new JsonArray(new JsonObject
            {
                ["id"] = order.Id + 200_000, ["code"] = order.Method.Code, ["title"] = order.Method.Title, ["price"] = Money(order.Method.PriceMinor),
                ["discounted_price"] = Money(order.Method.PriceMinor), ["source"] = "shopify",
                ["tax_lines"] = Taxes(order, order.ShippingTaxMinor, order.ShippingTaxRate),
            }),
            ["customer"] = new JsonObject
            {
                ["id"] = order.Buyer.Id, ["email"] = order.Buyer.Email, ["first_name"] = order.Buyer.FirstName, ["last_name"] = order.Buyer.LastName,
                ["phone"] = order.Buyer.Phone
            },
            ["billing_address"] = Address(order.BillTo), ["shipping_address"] = Address(order.ShipTo),
            ["fulfillments"] = new JsonArray([.. order.Shipments.Select(s => Fulfilment(order, s))]),
            ["refunds"] = new JsonArray([.. order.Refunds.Select(r => Refund(order, r))]),
        };
    }

    public JsonObject Fulfilment(SimOrder order, SimShipment shipment) => new()
    {
        ["id"] = shipment.Id, ["admin_graphql_api_id"] = ShopifyIds.Gid("Fulfillment", shipment.Id), ["order_id"] = ShopifyIds.Order(order),
        ["status"] = shipment.IsCancelled ? "cancelled" : "success", ["created_at"] = At(shipment.At),
        ["updated_at"] = At(shipment.At), ["location_id"] = shipment.LocationId, ["tracking_company"] = shipment.Carrier, ["tracking_number"] = shipment.Tracking.Split(',')[0],
        ["tracking_numbers"] = new JsonArray([.. shipment.Tracking.Split(',').Select(t => JsonValue.Create(t))]), ["tracking_url"] = shipment.TrackingUrl,
        ["line_items"] = new JsonArray([.. shipment.Lines.Select(l => new JsonObject { ["id"] = l.LineId, ["quantity"] = l.Quantity })]),
    };

    public JsonObject Refund(SimOrder order, SimRefund refund) => new()
    {
        ["id"] = refund.Id, ["admin_graphql_api_id"] = ShopifyIds.Gid("Refund", refund.Id), ["order_id"] = ShopifyIds.Order(order), ["created_at"] = At(refund.At),
        ["note"] = refund.Reason.Length > 0 ? refund.Reason : null,
        ["refund_line_items"] = new JsonArray([.. refund.Lines.Select(l => new JsonObject
        {
            ["id"] = l.Id, ["line_item_id"] = l.LineId, ["quantity"] = l.Quantity, ["restock_type"] = l.IsRestocked ? "return" : "no_restock",
            ["subtotal"] = SimMoney.Amount(l.AmountMinor, order.Currency),
            ["total_tax"] = SimMoney.Amount(l.TaxMinor, order.Currency),
        })]),
        ["transactions"] = refund.AmountMinor == 0 ? []
            : new JsonArray(new JsonObject
            {
                ["id"] = refund.Id, ["kind"] = "refund", ["status"] = "success", ["amount"] = SimMoney.Text(refund.AmountMinor, order.Currency),
                ["gateway"] = "simulated"
            }),
    };

    public static JsonObject Level(SimListing listing, long locationId) => new()
    {
        ["inventory_item_id"] = ShopifyIds.Item(listing), ["location_id"] = locationId, ["available"] = listing.Stock.GetValueOrDefault(locationId),
        ["updated_at"] = At(listing.UpdatedAt),
        ["admin_graphql_api_id"] = ShopifyIds.LevelGid(listing, locationId),
    };

    public JsonObject Product(SimListing listing)
    {
        var all = shop.Listings.Where(l => l.ProductId == listing.ProductId).ToList();
        return new JsonObject
        {
            ["id"] = ShopifyIds.Product(listing), ["admin_graphql_api_id"] = ShopifyIds.Gid("Product", ShopifyIds.Product(listing)), ["title"] = listing.Title,
            ["vendor"] = shop.Facts.Name, ["status"] = "active",
            ["updated_at"] = At(listing.UpdatedAt),
            ["variants"] = new JsonArray([.. all.Select(l => new JsonObject
            {
                ["id"] = l.Id, ["admin_graphql_api_id"] = ShopifyIds.Gid("ProductVariant", l.Id), ["product_id"] = ShopifyIds.Product(l),
                ["title"] = l.IsVariant ? l.Variant : "Default Title",
                ["price"] = SimMoney.Text(l.PriceMinor, shop.Facts.Currency), ["sku"] = l.Sku, ["barcode"] = l.Barcode, ["inventory_item_id"] = ShopifyIds.Item(l),
                ["inventory_quantity"] = l.Available,
            })]),
        };
    }

    private static JsonObject Line(SimOrder order, SimLine line)
    {
        var properties = new JsonArray();
        if (line.Personalisation.Length > 0) properties.Add(new JsonObject { ["name"] = "Personalisation", ["value"] = line.Personalisation });
        if (line.GiftMessage.Length > 0) properties.Add(new JsonObject { ["name"] = "Gift message", ["value"] = line.GiftMessage });
        return new JsonObject
        {
            ["id"] = line.Id, ["admin_graphql_api_id"] = ShopifyIds.Gid("LineItem", line.Id), ["variant_id"] = line.Listing.Id,
            ["product_id"] = ShopifyIds.Product(line.Listing), ["sku"] = line.Listing.Sku,
            ["title"] = line.Listing.Title, ["variant_title"] = line.Listing.IsVariant ? line.Listing.Variant : null, ["quantity"] = line.Quantity,
            ["current_quantity"] = ShopifyOrders.Current(order, line),
            ["fulfillable_quantity"] = ShopifyOrders.Open(order, line), ["fulfillment_status"] = ShopifyOrders.Open(order, line) <= 0 && order.Shipped(line.Id) > 0 ? "fulfilled" : null,
            ["price"] = SimMoney.Text(line.UnitPriceMinor, order.Currency),
            ["total_discount"] = "0.00", ["grams"] = line.Listing.Grams, ["requires_shipping"] = true, ["taxable"] = line.TaxRate > 0, ["gift_card"] = false,
            ["properties"] = properties,
            ["discount_allocations"] = line.DiscountMinor == 0 ? []
                : new JsonArray(new JsonObject { ["amount"] = SimMoney.Text(line.DiscountMinor, order.Currency), ["discount_application_index"] = 0 }),
            ["tax_lines"] = Taxes(order, line.TaxMinor, line.TaxRate),
        };
    }

    private static JsonArray Taxes(SimOrder order, long minor, decimal rate) => rate == 0 ? [] : new JsonArray(new JsonObject
    {
        ["price"] = SimMoney.Text(minor, order.Currency), ["rate"] = rate / 100,
        ["title"] = order.ShipTo.Country == "US" ? $"{order.ShipTo.Region} State Tax" : $"{order.ShipTo.Country} VAT",
        ["channel_liable"] = order.IsTaxCollectedByMarketplace,
    });

    private static JsonObject Address(SimAddress to) => new()
    {
        ["first_name"] = to.FirstName, ["last_name"] = to.LastName, ["name"] = $"{to.FirstName} {to.LastName}", ["company"] = to.Company.Length > 0 ? to.Company : null,
        ["address1"] = to.Street, ["address2"] = to.Street2,
        ["city"] = to.City, ["zip"] = to.Postcode, ["province"] = to.Region, ["province_code"] = to.Region, ["country"] = ShopifyOrders.Country(to.Country),
        ["country_code"] = to.Country, ["phone"] = to.Phone,
    };

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'+00:00'", CultureInfo.InvariantCulture);
}
