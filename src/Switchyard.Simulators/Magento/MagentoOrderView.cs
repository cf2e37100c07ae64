using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>An order as Magento tells it: amounts before and with tax, lines of variants twice, addresses in two places.</summary>
public sealed partial class MagentoSim
{
    private const long ChildOffset = 1_000_000;

    private static (string State, string Status) State(SimOrder order)
    {
        bool isAllSent = order.Lines.All(l => ToShip(order, l) <= 0);
        if (order.IsCancelled && order.Shipments.Count == 0) return ("canceled", "canceled");
        if (order.Extra.ContainsKey("hold")) return ("holded", "holded");
        if (order.IsPaid && order.RefundedMinor >= order.TotalMinor && order.TotalMinor > 0) return ("closed", "closed");
        if (order.IsPaid && isAllSent) return ("complete", "complete");
        return order.IsPaid || order.Shipments.Count > 0 ? ("processing", "processing") : ("new", "pending");
    }

    /// <summary>Units still to be sent: what was given back is not sent any more.</summary>
    private static int ToShip(SimOrder order, SimLine line) => order.IsCancelled ? 0 : Math.Max(0, line.Current - order.Shipped(line.Id) - order.Refunded(line.Id));

    private JsonObject OrderView(SimOrder order)
    {
        var (state, status) = State(order);
        var items = Items(order).ToList();
        bool isOff = order.IsCancelled && order.Shipments.Count == 0;
        long shippingTax = order.ShippingTaxMinor, shipping = order.Method.PriceMinor - (order.PricesIncludeTax ? shippingTax : 0);
        long rows = order.Lines.Sum(RowMinor), within = order.Lines.Sum(CompensationMinor), paid = order.Payments.Sum(p => p.AmountMinor);
        var view = new JsonObject
        {
            ["entity_id"] = order.Id, ["increment_id"] = order.Number, ["created_at"] = Time(order.PlacedAt), ["updated_at"] = Time(order.UpdatedAt), ["state"] = state,
            ["status"] = status,
            ["store_id"] = 1, ["store_name"] = Shop.Facts.Name, ["is_virtual"] = 0, ["email_sent"] = 1, ["protect_code"] = $"{order.Id * 48271 % 2147483647:x8}",
            ["quote_id"] = order.Id + 300_000,
            ["customer_email"] = order.Buyer.Email, ["customer_firstname"] = order.Buyer.FirstName, ["customer_lastname"] = order.Buyer.LastName,
            ["customer_id"] = order.Buyer.Id, ["customer_is_guest"] = 0, ["customer_group_id"] = 1,
            ["base_currency_code"] = order.Currency, ["global_currency_code"] = order.Currency, ["order_currency_code"] = order.Currency, ["store_currency_code"] = order.Currency,
            ["total_item_count"] = items.Count(i => i["parent_item_id"] is null), ["total_qty_ordered"] = order.Lines.Sum(l => l.Current), ["weight"] = order.Lines.Sum(l =>
                l.Listing.Grams * l.Quantity) / 1000m,
            ["shipping_description"] = order.Method.Title, ["billing_address_id"] = (order.Id * 2) + 1,
        };
        if (order.Discounts.Count > 0) (view["coupon_code"], view["discount_description"]) = (order.Discounts[0].Code, order.Discounts[0].Code);
        if (order.Note.Length > 0) view["customer_note"] = order.Note;
        if (order.Extra.TryGetValue("hold", out string? before)) (view["hold_before_state"], view["hold_before_status"]) = (before, before == "new" ? "pending" : before);
        Both(view, "grand_total", order.TotalMinor);
        Both(view, "subtotal", rows);
        Both(view, "subtotal_incl_tax", order.Lines.Sum(RowWithTaxMinor));
        Both(view, "tax_amount", order.TaxMinor);
        Both(view, "discount_amount", -order.DiscountMinor);
        Both(view, "discount_tax_compensation_amount", within);
        Both(view, "shipping_amount", shipping);
        Both(view, "shipping_tax_amount", shippingTax);
        Both(view, "shipping_incl_tax", shipping + shippingTax);
        Both(view, "shipping_discount_amount", 0);
        Both(view, "total_due", isOff ? 0 : Math.Max(0, order.TotalMinor - paid));
        if (paid > 0)
        {
            Both(view, "total_paid", paid);
            Both(view, "total_invoiced", paid);
        }
        if (isOff) Both(view, "total_canceled", order.TotalMinor - paid);
        if (order.RefundedMinor > 0)
        {
            Both(view, "total_refunded", order.RefundedMinor);
            Both(view, "total_offline_refunded", order.Refunds.Where(f => !f.IsPaidOut).Sum(f => f.AmountMinor));
            Both(view, "total_online_refunded", order.Refunds.Where(f => f.IsPaidOut).Sum(f => f.AmountMinor));
            Both(view, "shipping_refunded", order.Refunds.Sum(f => f.ShippingMinor));
        }
        view["items"] = new JsonArray([.. items]);
        view["billing_address"] = Address(order.BillTo, order, "billing", (order.Id * 2) + 1);
        view["payment"] = Payment(order, paid);
        view["status_histories"] = new JsonArray([.. Comments(order)]);
        view["extension_attributes"] = new JsonObject
        {
            ["shipping_assignments"] = new JsonArray(new JsonObject
            {
                ["shipping"] = new JsonObject
                {
                    ["address"] = Address(order.ShipTo, order, "shipping", order.Id * 2), ["method"] = order.Method.Code,
                    ["total"] = new JsonObject
                    {
                        ["shipping_amount"] = Amount(shipping), ["shipping_tax_amount"] = Amount(shippingTax),
                        ["shipping_incl_tax"] = Amount(shipping + shippingTax)
                    },
                },
                ["items"] = new JsonArray([.. Items(order)]), ["stock_id"] = 1,
            }),
            ["applied_taxes"] = new JsonArray([.. order.Lines.Select(l => l.TaxRate).Distinct().Where(rate => rate > 0).Select(rate => (JsonNode)new JsonObject
            {
                ["code"] = $"{order.ShipTo.Country}-VAT", ["title"] = "VAT", ["percent"] = rate, ["amount"] = Amount(order.TaxMinor), ["base_amount"] = Amount(order.TaxMinor),
            })]),
        };
        return view;
    }

    /// <summary>The rows of an order; a variant has one for what is sold (with the amounts) and one below for what is in it.</summary>
    private IEnumerable<JsonObject> Items(SimOrder order)
    {
        foreach (var line in order.Lines.Where(l => l.Current > 0))
        {
            var row = Item(order, line, line.Id, line.Listing.IsVariant ? "configurable" : "simple", true);
            yield return row;
            if (!line.Listing.IsVariant) continue;
            var child = Item(order, line, line.Id + ChildOffset, "simple", false);
            (child["parent_item_id"], child["parent_item"]) = (line.Id, row.DeepClone());
            yield return child;
        }
    }

    private JsonObject Item(SimOrder order, SimLine line, long id, string type, bool hasAmounts)
    {
        // Magento cancels orders, not units: an order that was edited is as it was ordered anew, and its amounts are those of that.
        bool isOff = order.IsCancelled && order.Shipped(line.Id) == 0;
        var item = new JsonObject
        {
            ["item_id"] = id, ["order_id"] = order.Id, ["store_id"] = 1, ["product_id"] = line.Listing.Id, ["product_type"] = type, ["sku"] = line.Listing.Sku,
            ["name"] = line.Listing.Title,
            ["created_at"] = Time(order.PlacedAt), ["updated_at"] = Time(order.UpdatedAt), ["is_virtual"] = 0, ["is_qty_decimal"] = 0, ["weight"] = line.Listing.Grams / 1000m,
            ["qty_ordered"] = line.Current, ["qty_canceled"] = isOff ? line.Current : 0, ["qty_invoiced"] = order.IsPaid && hasAmounts ? line.Current : 0,
            ["qty_refunded"] = hasAmounts ? order.Refunded(line.Id) : 0, ["qty_shipped"] = hasAmounts ? order.Shipped(line.Id) : 0,
        };
        long rate = hasAmounts ? 1 : 0, unitTax = order.PricesIncludeTax ? SimMoney.Tax(line.UnitPriceMinor, line.TaxRate, true) : SimMoney.Tax(line.UnitPriceMinor,
            line.TaxRate, false);
        Both(item, "price", rate * (line.UnitPriceMinor - (order.PricesIncludeTax ? unitTax : 0)));
        Both(item, "original_price", rate * line.UnitPriceMinor);
        Both(item, "price_incl_tax", rate * (order.PricesIncludeTax ? line.UnitPriceMinor : line.UnitPriceMinor + unitTax));
        Both(item, "row_total", rate * RowMinor(line));
        Both(item, "row_total_incl_tax", rate * RowWithTaxMinor(line));
        Both(item, "discount_amount", rate * line.DiscountMinor);
        Both(item, "tax_amount", rate * line.TaxMinor);
        Both(item, "discount_tax_compensation_amount", rate * CompensationMinor(line));
        item["tax_percent"] = line.TaxRate * rate;
        item["discount_percent"] = line.GrossMinor == 0 ? 0 : Math.Round(line.DiscountMinor * 100m / line.GrossMinor, 2) * rate;
        if (line.Personalisation.Length > 0)
        {
            item["product_option"] = new JsonObject
            {
                ["extension_attributes"] = new JsonObject { ["custom_options"] = new JsonArray(new JsonObject { ["option_id"] = "1", ["option_value"] = line.Personalisation }) },
            };
        }
        if (line.GiftMessage.Length > 0)
            item["extension_attributes"] = new JsonObject
            {
                ["gift_message"] = new JsonObject
                {
                    ["sender"] = order.Buyer.FirstName, ["recipient"] = order.ShipTo.FirstName,
                    ["message"] = line.GiftMessage
                }
            };
        return item;
    }

    /// <summary>Before tax and before discount.</summary>
    private long RowMinor(SimLine line) => line.GrossMinor - (Shop.Facts.PricesIncludeTax ? SimMoney.Tax(line.GrossMinor, line.TaxRate, true) : 0);

    private long RowWithTaxMinor(SimLine line) => Shop.Facts.PricesIncludeTax ? line.GrossMinor : line.GrossMinor + SimMoney.Tax(line.GrossMinor, line.TaxRate, false);

    /// <summary>The tax within the discount, where prices include it: with it the parts of an order add up.</summary>
    private long CompensationMinor(SimLine line) => Shop.Facts.PricesIncludeTax ? SimMoney.Tax(line.GrossMinor, line.TaxRate, true) - line.TaxMinor : 0;

    private void Both(JsonObject view, string name, long minor) => (view[name], view["base_" + name]) = (Amount(minor), Amount(minor));

    private static JsonObject Address(SimAddress at, SimOrder order, string type, long id)
    {
        var view = new JsonObject
        {
            ["entity_id"] = id, ["parent_id"] = order.Id, ["address_type"] = type, ["firstname"] = at.FirstName, ["lastname"] = at.LastName,
            ["street"] = new JsonArray([.. new[] { at.Street, at.Street2 }.Where(s => s.Length > 0).Select(s => (JsonNode)s)]), ["city"] = at.City, ["postcode"] = at.Postcode,
            ["country_id"] = at.Country,
            ["telephone"] = at.Phone, ["email"] = order.Buyer.Email,
        };
        if (at.Company.Length > 0) view["company"] = at.Company;
        if (at.Region.Length > 0) (view["region"], view["region_code"]) = (at.Region, at.Region);
        return view;
    }

    private JsonObject Payment(SimOrder order, long paid)
    {
        var view = new JsonObject
        {
            ["entity_id"] = order.Id, ["parent_id"] = order.Id, ["account_status"] = null, ["additional_information"] = new JsonArray(order.IsPaid ? "Credit Card"
                : "Check / Money order"), ["cc_last4"] = order.IsPaid ? "1111" : null,
            ["method"] = order.IsPaid ? "braintree" : "checkmo",
        };
        Both(view, "amount_ordered", order.TotalMinor);
        Both(view, "shipping_amount", order.Method.PriceMinor);
        if (paid > 0)
        {
            Both(view, "amount_paid", paid);
            view["last_trans_id"] = order.Payments[0].Reference;
        }
        return view;
    }
}
