using System.Globalization;
using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Orders as WooCommerce shows and changes them. Amounts of lines and shipping are always without tax there, whatever prices include.</summary>
internal sealed class WooOrders(Shop shop, WooWords words)
{
    private static readonly string[] States = ["pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed"];
    private static readonly string AllStates = string.Join(", ", States);

    public IResult Of(string id, Func<SimOrder, IResult> answer) =>
        shop.Order(id) is { } order ? answer(order) : WooAnswer.Error(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");

    public IResult List(SimRequest request)
    {
        bool isGmt = request.Query("dates_are_gmt") is "true" or "1";
        IEnumerable<SimOrder> found = shop.Orders;
        foreach (var (name, keep) in new (string, Func<SimOrder, DateTimeOffset, bool>)[]
                 {
                     ("modified_after", (o, t) => Second(o.UpdatedAt) > t), ("modified_before", (o, t) => Second(o.UpdatedAt) < t), ("after", (o, t) => Second(o.PlacedAt) > t),
                         ("before", (o, t) => Second(o.PlacedAt) < t),
                 })
        {
            if (request.Query(name) is not { } text) continue;
            if (!words.TryMoment(text, isGmt, out var at)) return WooAnswer.Invalid(name, "Invalid date.");
            found = found.Where(o => keep(o, at));
        }
        string[] states = [.. request.Http.Request.Query.Where(q => q.Key is "status" or "status[]").SelectMany(q => q.Value).SelectMany(v => (v ?? "").Split(','))];
        if (states.FirstOrDefault(s => s != "any" && !States.Contains(s)) is { } odd)
            return WooAnswer.Invalid("status", $"status[0] is not one of any, {AllStates}. ({odd})");
        if (states.Length > 0 && !states.Contains("any")) found = found.Where(o => states.Contains(State(o)));
        if (WooAnswer.Included(request) is { } ids) found = found.Where(o => ids.Contains(o.Key));
        if (request.Query("search") is { Length: > 0 } search)
            found = found.Where(o => o.Key == search || o.Buyer.Email.Contains(search, StringComparison.OrdinalIgnoreCase)
                || o.Buyer.LastName.Contains(search, StringComparison.OrdinalIgnoreCase));
        string by = request.Query("orderby") ?? "date", way = request.Query("order") ?? "desc";
        if (by is not ("date" or "modified" or "id" or "include" or "title" or "slug")) return WooAnswer.Invalid("orderby",
            "orderby is not one of date, modified, id, include, title, and slug.");
        if (way is not ("asc" or "desc")) return WooAnswer.Invalid("order", "order is not one of asc and desc.");
        Func<SimOrder, DateTimeOffset> key = by switch { "modified" => o => Second(o.UpdatedAt), "date" => o => Second(o.PlacedAt), _ => _ => default };
        var sorted = way == "asc" ? found.OrderBy(key).ThenBy(o => o.Id) : found.OrderByDescending(key).ThenByDescending(o => o.Id);
        return WooAnswer.Page(request, [.. sorted], Shown);
    }

    /// <summary>What an order is called there: set by somebody, or what follows from what happened to it.</summary>
    public static string State(SimOrder order) =>
        order.IsCancelled ? "cancelled"
        : order.Extra.TryGetValue("status", out string? set) ? set
        : order.TotalMinor > 0 && order.RefundedMinor >= order.TotalMinor ? "refunded"
        : order.IsShipped ? "completed"
        : order.IsPaid ? "processing" : "pending";

    public IResult Update(SimOrder order, JsonObject body)
    {
        if (body["status"] is JsonValue value)
        {
            string state = value.TryGetValue(out string? text) ? text : "";
            if (!States.Contains(state)) return WooAnswer.Invalid("status", $"status is not one of {AllStates}.");
            SetState(order, state);
        }
        if (body["meta_data"] is JsonArray metas)
            foreach (var meta in metas.OfType<JsonObject>()) order.Extra["meta:" + (meta["key"]?.ToString() ?? "")] = meta["value"]?.ToString() ?? "";
        if (body["customer_note"] is JsonValue note) order.Note = note.ToString();
        if (body["shipping"] is JsonObject to) order.ShipTo = Changed(order.ShipTo, to);
        if (body["billing"] is JsonObject bill) order.BillTo = Changed(order.BillTo, bill);
        if (body.Any(f => f.Key != "status")) shop.Touch(order, ShopEventKind.OrderChanged);
        return WooAnswer.Json(Shown(order));
    }

    public IResult Batch(JsonObject body)
    {
        var updates = body["update"] as JsonArray ?? [];
        if (updates.Count > 100) return WooAnswer.Error(413, "woocommerce_rest_request_entity_too_large", "Unable to accept more than 100 items for this request.");
        var done = new JsonArray();
        foreach (var update in updates.OfType<JsonObject>())
        {
            string id = update["id"]?.ToString() ?? "";
            if (shop.Order(id) is { } order)
            {
                var fields = update.DeepClone().AsObject();
                fields.Remove("id");
                Update(order, fields);
                done.Add(Shown(order));
            }
            else done.Add(new JsonObject { ["id"] = id, ["error"] = WooAnswer.ErrorOf("woocommerce_rest_shop_order_invalid_id", "Invalid ID.", 400) });
        }
        return WooAnswer.Json(new JsonObject { ["update"] = done });
    }

    private void SetState(SimOrder order, string state)
    {
        string before = State(order);
        if (before == state) return;
        order.Extra.Remove("status");
        switch (state)
        {
            case "completed":
                var open = order.Lines.Select(l => new SimShippedLine(l.Id, order.Open(l))).Where(l => l.Quantity > 0).ToList();
                if (open.Count > 0) shop.Ship(order, open, "", "");
                order.Extra["status"] = "completed";
                break;
            case "cancelled": shop.Cancel(order, "api"); break;
            case "refunded":
                if (order.TotalMinor > order.RefundedMinor) shop.Refund(order, order.TotalMinor - order.RefundedMinor, "Order fully refunded.");
                break;
            case "processing" when !order.IsPaid: shop.Pay(order); break;
            default: order.Extra["status"] = state; shop.Touch(order, ShopEventKind.OrderChanged); break;
        }
        shop.Remark(order, $"Order status changed from {before} to {state}.", toCustomer: false);
    }

    public IResult Notes(SimRequest request, SimOrder order)
    {
        string kind = request.Query("type") ?? "any";
        return WooAnswer.Page(request, [.. order.Remarks.Where(r => kind == "any" || r.IsForCustomer == (kind == "customer")).Reverse()], r => Note(order, r));
    }

    public IResult AddNote(SimOrder order, JsonObject body)
    {
        if (body["note"]?.ToString() is not { Length: > 0 } text) return WooAnswer.Error(400, "rest_missing_callback_param", "Missing parameter(s): note");
        return WooAnswer.Json(Note(order, shop.Remark(order, text, body["customer_note"]?.ToString() == "true")), 201);
    }

    private JsonObject Note(SimOrder order, SimRemark remark)
    {
        var note = new JsonObject { ["id"] = remark.Id, ["author"] = "system", ["note"] = remark.Text, ["customer_note"] = remark.IsForCustomer };
        words.Moment(note, "date_created", remark.At);
        note["_links"] = words.Links($"orders/{order.Key}/notes/{remark.Id}", $"orders/{order.Key}/notes", $"orders/{order.Key}");
        return note;
    }

    public JsonObject Shown(SimOrder order)
    {
        var shown = new JsonObject
        {
            ["id"] = order.Id, ["parent_id"] = 0, ["status"] = State(order), ["currency"] = order.Currency, ["version"] = "9.6.0",
            ["prices_include_tax"] = order.PricesIncludeTax,
        };
        words.Moment(shown, "date_created", order.PlacedAt);
        words.Moment(shown, "date_modified", order.UpdatedAt);
        var lines = order.Lines.Where(l => l.Current > 0).ToList();
        long goodsTax = lines.Sum(l => l.TaxMinor), discountTax = lines.Sum(l => Before(order, l).Tax - l.TaxMinor);
        shown["discount_total"] = words.Money(lines.Sum(l => Before(order, l).Net - Net(order, l)));
        shown["discount_tax"] = words.Money(discountTax);
        shown["shipping_total"] = words.Money(Shipping(order));
        shown["shipping_tax"] = words.Money(order.ShippingTaxMinor);
        shown["cart_tax"] = words.Money(goodsTax);
        shown["total"] = words.Money(order.TotalMinor);
        shown["total_tax"] = words.Money(order.TaxMinor);
        shown["customer_id"] = order.Buyer.Id;
        shown["order_key"] = $"wc_order_{order.Id:x8}";
        shown["billing"] = Address(order.BillTo, order.Buyer.Email);
        shown["shipping"] = Address(order.ShipTo, null);
        shown["payment_method"] = order.IsPaid ? "simulated" : "bacs";
        shown["payment_method_title"] = order.IsPaid ? "Card" : "Direct bank transfer";
        shown["transaction_id"] = order.Payments.FirstOrDefault()?.Reference ?? "";
        shown["customer_ip_address"] = "";
        shown["customer_user_agent"] = "";
        shown["created_via"] = "checkout";
        shown["customer_note"] = order.Note;
        words.Moment(shown, "date_completed", State(order) == "completed" ? order.Shipments.LastOrDefault()?.At ?? order.UpdatedAt : null);
        words.Moment(shown, "date_paid", order.Payments.FirstOrDefault()?.At);
        shown["cart_hash"] = "";
        shown["number"] = order.Number;
        shown["meta_data"] = new JsonArray([.. order.Extra.Where(e => e.Key.StartsWith("meta:", StringComparison.Ordinal))
            .Select((e, i) => new JsonObject { ["id"] = (order.Id * 100) + i, ["key"] = e.Key[5..], ["value"] = e.Value })]);
        shown["line_items"] = new JsonArray([.. lines.Select(l => Line(order, l))]);
        shown["tax_lines"] = TaxLines(order, lines);
        shown["shipping_lines"] = new JsonArray(new JsonObject
        {
            ["id"] = (order.Id * 10) + 3, ["method_title"] = order.Method.Title, ["method_id"] = order.Method.Code, ["instance_id"] = "1",
            ["total"] = words.Money(Shipping(order)),
            ["total_tax"] = words.Money(order.ShippingTaxMinor), ["taxes"] = Taxes(order.ShippingTaxRate, order.ShippingTaxMinor, null), ["meta_data"] = new JsonArray(),
        });
        shown["fee_lines"] = new JsonArray();
        shown["coupon_lines"] = new JsonArray([.. order.Discounts.Select((d, i) => new JsonObject
        {
            ["id"] = (order.Id * 10) + 5 + i, ["code"] = d.Code.ToLowerInvariant(), ["discount"] = words.Money(lines.Sum(l => Before(order, l).Net - Net(order, l))),
            ["discount_tax"] = words.Money(discountTax), ["meta_data"] = new JsonArray(),
        })]);
        shown["refunds"] = new JsonArray([.. order.Refunds.Select(r => new JsonObject { ["id"] = r.Id, ["reason"] = r.Reason, ["total"] = words.Money(-r.AmountMinor) })]);
        shown["_links"] = words.Links($"orders/{order.Key}", "orders");
        return shown;
    }

    /// <summary>A line after discount, without tax.</summary>
    private static long Net(SimOrder order, SimLine line) => order.PricesIncludeTax ? line.NetMinor - line.TaxMinor : line.NetMinor;

    /// <summary>A line before discount: without tax, and its tax.</summary>
    private static (long Net, long Tax) Before(SimOrder order, SimLine line)
    {
        long tax = SimMoney.Tax(line.GrossMinor, line.TaxRate, order.PricesIncludeTax);
        return (order.PricesIncludeTax ? line.GrossMinor - tax : line.GrossMinor, tax);
    }

    private static long Shipping(SimOrder order) => order.PricesIncludeTax ? order.Method.PriceMinor - order.ShippingTaxMinor : order.Method.PriceMinor;

    private JsonObject Line(SimOrder order, SimLine line)
    {
        var (before, beforeTax) = Before(order, line);
        long net = Net(order, line);
        var meta = new JsonArray();
        if (line.Personalisation.Length > 0) meta.Add(Meta(line.Id * 10, "Personalisation", line.Personalisation));
        if (line.GiftMessage.Length > 0) meta.Add(Meta((line.Id * 10) + 1, "Gift message", line.GiftMessage));
        return new JsonObject
        {
            ["id"] = line.Id, ["name"] = line.Listing.IsVariant ? $"{line.Listing.Title} - {line.Listing.Variant}" : line.Listing.Title, ["product_id"] = line.Listing.ProductId,
            ["variation_id"] = line.Listing.IsVariant ? line.Listing.Id : 0, ["quantity"] = line.Current, ["tax_class"] = "", ["subtotal"] = words.Money(before),
            ["subtotal_tax"] = words.Money(beforeTax),
            ["total"] = words.Money(net), ["total_tax"] = words.Money(line.TaxMinor), ["taxes"] = Taxes(line.TaxRate, line.TaxMinor, beforeTax), ["meta_data"] = meta,
            ["sku"] = line.Listing.Sku,
            ["price"] = SimMoney.Amount(net, order.Currency) / line.Current,
        };
    }

    private static JsonObject Meta(long id, string key, string value) =>
        new() { ["id"] = id, ["key"] = key, ["value"] = value, ["display_key"] = key, ["display_value"] = value };

    private static long RateId(decimal rate) => (long)(rate * 100);

    private JsonArray Taxes(decimal rate, long minor, long? before)
    {
        if (rate == 0) return [];
        var tax = new JsonObject { ["id"] = RateId(rate), ["total"] = words.Money(minor) };
        tax["subtotal"] = before is { } known ? words.Money(known) : "";
        return [tax];
    }

    private JsonArray TaxLines(SimOrder order, List<SimLine> lines) => new([.. lines.Where(l => l.TaxRate > 0).GroupBy(l => l.TaxRate).Select(g => new JsonObject
    {
        ["id"] = (order.Id * 10) + 4, ["rate_code"] = $"{order.ShipTo.Country}-TAX-1", ["rate_id"] = RateId(g.Key),
            ["label"] = order.ShipTo.Country == "US" ? "Sales tax" : "VAT", ["compound"] = false,
        ["tax_total"] = words.Money(g.Sum(l => l.TaxMinor)), ["shipping_tax_total"] = words.Money(g.Key == order.ShippingTaxRate ? order.ShippingTaxMinor : 0),
        ["rate_percent"] = g.Key, ["meta_data"] = new JsonArray(),
    })]);

    private static JsonObject Address(SimAddress address, string? email)
    {
        var shown = new JsonObject
        {
            ["first_name"] = address.FirstName, ["last_name"] = address.LastName, ["company"] = address.Company, ["address_1"] = address.Street, ["address_2"] = address.Street2,
            ["city"] = address.City,
            ["state"] = address.Region, ["postcode"] = address.Postcode, ["country"] = address.Country,
        };
        if (email is not null) shown["email"] = email;
        shown["phone"] = address.Phone;
        return shown;
    }

    private static SimAddress Changed(SimAddress was, JsonObject now)
    {
        string Field(string name, string before) => now[name] is JsonValue value ? value.ToString() : before;
        return new SimAddress(Field("first_name", was.FirstName), Field("last_name", was.LastName), Field("company", was.Company), Field("address_1", was.Street),
            Field("address_2", was.Street2),
            Field("city", was.City), Field("state", was.Region), Field("postcode", was.Postcode), Field("country", was.Country), Field("phone", was.Phone));
    }

    /// <summary>Moments are kept there to the second.</summary>
    private static DateTimeOffset Second(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
