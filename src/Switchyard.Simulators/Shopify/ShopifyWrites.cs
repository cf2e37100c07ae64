using System.Globalization;
using GraphQL;

namespace Switchyard.Simulators;

/// <summary>Mutations of orders: fulfilling, tracking, cancelling, refunding. Each is done whole under the shop's gate or not at all.</summary>
internal sealed class ShopifyWrites(Shop shop, ShopifyOrders orders)
{
    private readonly HashSet<long> _jobs = [];

    public static Bag UserError(string message, params string[] field) => new("UserError") { ["field"] = field.Length > 0 ? field.ToList() : null, ["message"] = message };

    public Bag Fulfil(IResolveFieldContext ctx, string payload) => shop.Read(_ =>
    {
        var input = ctx.Input("fulfillment");
        var (order, lines, at, fault) = Wanted(input);
        if (fault is not null) return new Bag(payload) { ["fulfillment"] = null, ["userErrors"] = new List<Bag> { fault } };
        var (company, number, url) = Tracking(input.Part("trackingInfo"));
        var shipment = shop.Ship(order!, lines, company, number, url, input.Flag("notifyCustomer"), at);
        return new Bag(payload) { ["fulfillment"] = orders.Shipment(order!, shipment), ["userErrors"] = new List<Bag>() };
    });

    private (SimOrder? Order, List<SimShippedLine> Lines, long LocationId, Bag? Fault) Wanted(IDictionary<string, object?> input)
    {
        SimOrder? order = null;
        long at = 0;
        var lines = new List<SimShippedLine>();
        foreach (var part in input.Parts("lineItemsByFulfillmentOrder"))
        {
            long id = ShopifyIds.Of("FulfillmentOrder", part.Text("fulfillmentOrderId"));
            var found = shop.Orders.SelectMany(o => ShopifyOrders.Parts(o).Select(p => (Order: o, At: p))).FirstOrDefault(x => ShopifyIds.FulfilmentOrder(x.Order, x.At) == id);
            if (found.Order is null) return (null, [], 0, UserError("Fulfillment order does not exist.", "fulfillment"));
            if (order is not null && order != found.Order) return (null, [], 0, UserError("All fulfillment orders must belong to the same order.", "fulfillment"));
            if (at != 0 && at != found.At) return (null, [], 0, UserError("All fulfillment orders must be assigned to the same location.", "fulfillment"));
            (order, at) = (found.Order, found.At);
            var own = order.Lines.Where(l => l.LocationId == at).ToList();
            if (own.All(l => ShopifyOrders.Open(order, l) <= 0)) return (null, [], 0,
                UserError($"Fulfillment order {id} has an unfulfillable status= {(order.IsCancelled ? "cancelled" : "closed")}.", "fulfillment"));
            var named = part.Parts("fulfillmentOrderLineItems");
            if (named.Count == 0)
            {
                lines.AddRange(own.Where(l => ShopifyOrders.Open(order, l) > 0).Select(l => new SimShippedLine(l.Id, ShopifyOrders.Open(order, l))));
                continue;
            }
            foreach (var one in named)
            {
                long lineId = ShopifyIds.Of("FulfillmentOrderLineItem", one.Text("id"));
                int quantity = one.Whole("quantity") ?? 0;
                if (own.FirstOrDefault(l => ShopifyIds.FulfilmentLine(l) == lineId) is not { } line) return (null, [], 0,
                    UserError("Fulfillment order line item does not exist.", "fulfillment"));
                if (quantity < 1 || quantity > ShopifyOrders.Open(order, line) - lines.Where(l => l.LineId == line.Id).Sum(l => l.Quantity))
                    return (null, [], 0, UserError("Invalid fulfillment order line item quantity requested.", "fulfillment"));
                lines.Add(new SimShippedLine(line.Id, quantity));
            }
        }
        return order is null ? (null, [], 0, UserError("At least one fulfillment order must be given.", "fulfillment")) : (order, lines, at, null);
    }

    public Bag SetTracking(IResolveFieldContext ctx) => shop.Read(_ =>
    {
        var (order, shipment) = Find(ctx.Text("fulfillmentId"));
        if (order is null) return new Bag("FulfillmentTrackingInfoUpdatePayload")
        {
            ["fulfillment"] = null,
            ["userErrors"] = new List<Bag> { UserError("Fulfillment does not exist.", "fulfillmentId") }
        };
        (shipment!.Carrier, shipment.Tracking, shipment.TrackingUrl) = Tracking(ctx.Input("trackingInfoInput"));
        shop.Touch(order, ShopEventKind.OrderChanged);
        return new Bag("FulfillmentTrackingInfoUpdatePayload") { ["fulfillment"] = orders.Shipment(order, shipment), ["userErrors"] = new List<Bag>() };
    });

    public Bag CancelFulfilment(IResolveFieldContext ctx) => shop.Read(_ =>
    {
        var (order, shipment) = Find(ctx.Text("id"));
        if (order is null || shipment!.IsCancelled)
            return new Bag("FulfillmentCancelPayload")
            {
                ["fulfillment"] = null,
                ["userErrors"] = new List<Bag> { UserError(order is null ? "Fulfillment not found." : "Fulfillment is already cancelled.", "id") }
            };
        shipment.IsCancelled = true;
        shop.Touch(order, ShopEventKind.OrderChanged);
        return new Bag("FulfillmentCancelPayload") { ["fulfillment"] = orders.Shipment(order, shipment), ["userErrors"] = new List<Bag>() };
    });

    public Bag Cancel(IResolveFieldContext ctx) => shop.Read(_ =>
    {
        Bag Refused(string code, string message, string field)
        {
            var error = new Bag("OrderCancelUserError") { ["code"] = code, ["field"] = new List<string> { field }, ["message"] = message };
            return new Bag("OrderCancelPayload") { ["job"] = null, ["orderCancelUserErrors"] = new List<Bag> { error }, ["userErrors"] = new List<Bag>() };
        }
        if (orders.Find(ctx.Text("orderId")) is not { } order) return Refused("NOT_FOUND", "Order does not exist.", "orderId");
        if (order.IsCancelled) return Refused("INVALID", "Order has already been cancelled.", "orderId");
        if (order.Lines.Any(l => order.Shipped(l.Id) > 0)) return Refused("INVALID", "Cannot cancel an order that has been fulfilled.", "orderId");
        if (ctx.Text("staffNote") is { Length: > 0 } note) order.Extra["staffNote"] = note;
        long left = order.Payments.Sum(p => p.AmountMinor) - order.RefundedMinor;
        shop.Cancel(order, ctx.Text("reason").ToLowerInvariant(), ctx.Arg("restock") is true);
        if (ctx.Arg("refund") is true && left > 0) shop.Refund(order, left, "", paidOut: true);
        long job = shop.NextId();
        _jobs.Add(job);
        return new Bag("OrderCancelPayload")
        {
            ["job"] = new Bag("Job") { ["id"] = ShopifyIds.Gid("Job", job), ["done"] = false }, ["orderCancelUserErrors"] = new List<Bag>(),
            ["userErrors"] = new List<Bag>()
        };
    });

    /// <summary>Jobs end at once here; the answer that began one says so only when it is asked for.</summary>
    public Bag? Job(IResolveFieldContext ctx) =>
        shop.Read(_ => _jobs.Contains(ShopifyIds.Of("Job", ctx.Text("id")))) ? new Bag("Job") { ["id"] = ctx.Text("id"), ["done"] = true } : null;

    public Bag Refund(IResolveFieldContext ctx) => shop.Read(_ =>
    {
        var input = ctx.Input("input");
        Bag Refused(string message, params string[] field) => new("RefundCreatePayload")
        {
            ["order"] = null, ["refund"] = null,
            ["userErrors"] = new List<Bag> { UserError(message, field) }
        };
        if (orders.Find(input.Text("orderId")) is not { } order) return Refused("Order does not exist.", "orderId");
        var lines = new List<SimRefundedLine>();
        foreach (var item in input.Parts("refundLineItems"))
        {
            long id = ShopifyIds.Of("LineItem", item.Text("lineItemId"));
            int quantity = item.Whole("quantity") ?? 0;
            if (order.Lines.FirstOrDefault(l => l.Id == id) is not { } line) return Refused("Line item does not exist.", "refundLineItems", "0", "lineItemId");
            if (quantity < 1 || quantity > ShopifyOrders.Current(order, line) - lines.Where(l => l.LineId == id).Sum(l => l.Quantity))
                return Refused("Quantity cannot refund more items than were purchased", "refundLineItems", "0", "quantity");
            string restock = item.Text("restockType") ?? "NO_RESTOCK";
            if (restock is "RETURN" or "CANCEL" && item.Text("locationId") is null) return Refused("Location must be given when items are restocked.", "refundLineItems", "0",
                "locationId");
            lines.Add(new SimRefundedLine(shop.NextId(), id, quantity, line.Current == 0 ? 0 : line.NetMinor * quantity / line.Current,
                line.Current == 0 ? 0 : line.TaxMinor * quantity / line.Current, restock is "RETURN" or "CANCEL"));
        }
        long amount = 0, shipping = 0;
        foreach (var transaction in input.Parts("transactions"))
        {
            if (transaction.Text("kind") != "REFUND" || !SimMoney.TryMinor(transaction.Text("amount"), order.Currency, out long minor)
                || minor <= 0) return Refused("Transactions must be refunds of more than nothing.", "transactions");
            amount += minor;
        }
        if (input.Part("shipping") is { } ship)
        {
            if (ship.Flag("fullRefund")) shipping = order.Method.PriceMinor;
            else if (ship.Text("amount") is { } text && !SimMoney.TryMinor(text, order.Currency, out shipping)) return Refused("Shipping amount is invalid.", "shipping",
                "amount");
        }
        if (amount > order.Payments.Sum(p => p.AmountMinor) - order.RefundedMinor) return Refused("Refund amount is greater than net payment received", "transactions");
        if (amount == 0 && lines.Count == 0 && shipping == 0) return Refused("Refund must have something to give back.");
        var refund = shop.Refund(order, amount, input.Text("note") ?? "", lines, shipping, paidOut: amount > 0);
        return new Bag("RefundCreatePayload") { ["order"] = orders.Shown(order), ["refund"] = orders.Refund(order, refund), ["userErrors"] = new List<Bag>() };
    });

    public Bag AddTags(IResolveFieldContext ctx) => shop.Read(_ =>
    {
        if (orders.Find(ctx.Text("id")) is not { } order) return new Bag("TagsAddPayload")
        {
            ["node"] = null,
            ["userErrors"] = new List<Bag> { UserError("Only orders have tags here, and there is none of this id.", "id") }
        };
        var fresh = GraphArguments.Texts(ctx.Arg("tags")).Where(t => !order.Tags.Contains(t)).ToList();
        if (fresh.Count > 0) shop.Change(order, o => o.Tags.AddRange(fresh));
        return new Bag("TagsAddPayload") { ["node"] = orders.Shown(order), ["userErrors"] = new List<Bag>() };
    });

    private (SimOrder? Order, SimShipment? Shipment) Find(string gid)
    {
        long id = ShopifyIds.Of("Fulfillment", gid);
        return shop.Orders.SelectMany(o => o.Shipments.Select(s => ((SimOrder?)o, (SimShipment?)s))).FirstOrDefault(x => x.Item2!.Id == id);
    }

    private static (string Company, string Number, string Url) Tracking(IDictionary<string, object?>? info)
    {
        if (info is null) return ("", "", "");
        var numbers = GraphArguments.Texts(info.TryGetValue("numbers", out object? list) ? list : null);
        if (numbers.Count == 0 && info.Text("number") is { } number) numbers.Add(number);
        var urls = GraphArguments.Texts(info.TryGetValue("urls", out object? places) ? places : null);
        return (info.Text("company") ?? "", string.Join(',', numbers), info.Text("url") ?? urls.FirstOrDefault() ?? "");
    }
}

/// <summary>Setting quantities of stock, each compared with what the caller believes it to be: all of a call's are set, or none.</summary>
internal sealed class ShopifyStock(Shop shop, ShopifyGoods goods)
{
    private static readonly string[] Reasons =
        ["correction", "cycle_count_available", "damaged", "movement_canceled", "movement_created", "movement_received", "movement_updated", "other", "promotion",
        "quality_control", "received", "reservation_created", "reservation_deleted",
            "reservation_updated", "restock", "safety_stock", "shrinkage"];

    public Bag Set(IResolveFieldContext ctx) => shop.Read(_ =>
    {
        var input = ctx.Input("input");
        string name = input.Text("name") ?? "", reason = input.Text("reason") ?? "";
        var faults = new List<Bag>();
        if (name is not ("available" or "on_hand")) faults.Add(Fault("INVALID_NAME", "The specified quantity name is invalid.", "input", "name"));
        if (!Reasons.Contains(reason)) faults.Add(Fault("INVALID_REASON", "The specified reason is invalid.", "input", "reason"));
        if (input.Text("referenceDocumentUri") is { } uri && !Uri.TryCreate(uri, UriKind.Absolute, out Uri? _)) faults.Add(Fault("INVALID_REFERENCE_DOCUMENT",
            "The specified reference document is invalid.", "input", "referenceDocumentUri"));
        var wanted = input.Parts("quantities");
        if (wanted.Count > 250) throw new ExecutionError("The input array size of " + wanted.Count.ToString(CultureInfo.InvariantCulture)
            + " is greater than the maximum allowed of 250.");
        var sets = faults.Count > 0 ? [] : wanted.Select((w, i) => One(w, i, name, input.Flag("ignoreCompareQuantity"), faults)).ToList();
        foreach (int twice in sets.Select((s, i) => (s, i)).GroupBy(x => (x.s.Listing, x.s.Location)).Where(g => g.Key.Listing is not null && g.Count() > 1)
            .Select(g => g.Last().i))
            faults.Add(Fault("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "The combination of inventoryItemId and locationId must be unique.", "input", "quantities",
                Text(twice)));
        if (faults.Count > 0) return new Bag("InventorySetQuantitiesPayload") { ["inventoryAdjustmentGroup"] = null, ["userErrors"] = faults };
        var changes = new List<Bag>();
        foreach (var (listing, location, quantity, before) in sets)
        {
            shop.SetStock(listing!, location!.Id, listing!.Stock.GetValueOrDefault(location.Id) + quantity - before, "api");
            if (quantity != before)
                changes.Add(new Bag("InventoryChange")
                {
                    ["delta"] = quantity - before, ["item"] = goods.Item(listing), ["location"] = goods.Location(location), ["name"] = name,
                    ["quantityAfterChange"] = quantity
                });
        }
        return new Bag("InventorySetQuantitiesPayload")
        {
            ["inventoryAdjustmentGroup"] = changes.Count == 0 ? null : new Bag("InventoryAdjustmentGroup")
            {
                ["id"] = ShopifyIds.Gid("InventoryAdjustmentGroup", shop.NextId()), ["createdAt"] = ShopifyGoods.At(shop.Now()), ["reason"] = reason,
                ["referenceDocumentUri"] = input.Text("referenceDocumentUri"), ["changes"] = changes,
            },
            ["userErrors"] = faults,
        };
    });

    private (SimListing? Listing, SimLocation? Location, int Quantity, int Before) One(IDictionary<string, object?> wanted, int at, string name, bool ignores, List<Bag> faults)
    {
        var listing = goods.ByItem(wanted.Text("inventoryItemId"));
        var location = goods.ByLocation(wanted.Text("locationId"));
        int quantity = wanted.Whole("quantity") ?? 0;
        void Say(string code, string message, string field) => faults.Add(Fault(code, message, "input", "quantities", Text(at), field));
        if (listing is null) Say("INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.", "inventoryItemId");
        if (location is null) Say("INVALID_LOCATION", "The specified location could not be found.", "locationId");
        if (quantity > 1_000_000_000) Say("INVALID_QUANTITY_TOO_HIGH", "The quantity can't be higher than 1,000,000,000.", "quantity");
        if (quantity < -1_000_000_000) Say("INVALID_QUANTITY_TOO_LOW", "The quantity can't be lower than -1,000,000,000.", "quantity");
        if (listing is null || location is null) return (null, null, 0, 0);
        if (!listing.Stock.ContainsKey(location.Id)) Say("ITEM_NOT_STOCKED_AT_LOCATION", "The specified inventory item is not stocked at the location.", "locationId");
        int before = goods.Quantity(listing, location.Id, name);
        if (ignores) return (listing, location, quantity, before);
        if (wanted.Whole("compareQuantity") is not { } compare)
            Say("COMPARE_QUANTITY_REQUIRED", "The compareQuantity argument must be given to each quantity or ignored using ignoreCompareQuantity.", "compareQuantity");
        else if (compare != before) Say("COMPARE_QUANTITY_STALE", "The specified compare quantity does not match the persisted quantity.", "compareQuantity");
        return (listing, location, quantity, before);
    }

    private static Bag Fault(string code, string message, params string[] field) =>
        new("InventorySetQuantitiesUserError") { ["code"] = code, ["field"] = field.ToList(), ["message"] = message };

    private static string Text(int at) => at.ToString(CultureInfo.InvariantCulture);
}
