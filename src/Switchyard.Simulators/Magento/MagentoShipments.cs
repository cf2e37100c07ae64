using System.Text.Json.Nodes;

namespace Switchyard.Simulators;

/// <summary>Shipments with their tracks, invoices, cancelling, holding, and comments.</summary>
public sealed partial class MagentoSim
{
    private const string ShipmentFault = "Shipment Document Validation Error(s):\n";

    /// <summary>Comments on documents, by document.</summary>
    private readonly Dictionary<long, string> _words = [];

    private IResult Ship(SimRequest r, SimOrder order)
    {
        if (State(order).State is "canceled" or "closed" or "holded" or "complete" || order.Lines.All(l => ToShip(order, l) == 0))
            return Problem(400, ShipmentFault + "The order does not allow a shipment to be created.");
        var lines = new List<SimShippedLine>();
        foreach (var item in (r.Json?["items"]).Each())
        {
            if (item.Whole("order_item_id") is not { } id || item.Whole("qty") is not > 0 || item.Whole("qty") is not { } units) return Problem(400,
                ShipmentFault + "You can't create a shipment without products.");
            // The row below a variant cannot be sent: its parent is.
            if (order.Lines.FirstOrDefault(l => l.Id == id) is not { } line) return Problem(400, ShipmentFault + "You can't create a shipment without products.");
            if (units > ToShip(order, line)) return Problem(400,
                ShipmentFault + $"The quantity to ship must not be greater than the unshipped quantity for product SKU \"{line.Listing.Sku}\".");
            lines.Add(new SimShippedLine(id, units));
        }
        if (lines.Count == 0) lines = [.. order.Lines.Where(l => ToShip(order, l) > 0).Select(l => new SimShippedLine(l.Id, ToShip(order, l)))];
        var track = (r.Json?["tracks"]).Each().FirstOrDefault();
        if (track is not null && string.IsNullOrEmpty(track.Text("track_number"))) return Problem(400, ShipmentFault + "Please enter a tracking number.");
        if (track is not null && (track.Text("title") is null || track.Text("carrier_code") is null)) return Problem(400, "One or more input exceptions have occurred.");
        // Without a source it goes from the one that is called default.
        string source = r.Json?["arguments"]?["extension_attributes"].Text("source_code") ?? "default";
        if (Shop.Facts.Locations.FirstOrDefault(l => l.Name == source) is not { } from || lines.Any(l => l.Quantity > SourceQuantity(order.Lines.Single(x =>
            x.Id == l.LineId).Listing, from.Id)))
            return Problem(400, "Could not save a shipment, see error log for details");
        foreach (var line in lines) MoveReservation(order.Lines.Single(x => x.Id == line.LineId), from.Id, line.Quantity);
        var made = Shop.Ship(order, lines, track is null ? "" : track.Text("title") is { Length: > 0 } title ? title : track.Text("carrier_code")!,
            track.Text("track_number") ?? "", tell: Flag(r.Json, "notify"), locationId: from.Id);
        if (r.Json?["comment"].Text("comment") is { Length: > 0 } words) _words[made.Id] = words;
        if (track is not null) _carriers[made.Id] = track.Text("carrier_code")!;
        return PlainJson.Answer(made.Id);
    }

    /// <summary>The carrier's code of a shipment.</summary>
    private readonly Dictionary<long, string> _carriers = [];

    /// <summary>What was sold from one source and is sent from another is there less, and here more.</summary>
    private void MoveReservation(SimLine line, long to, int units)
    {
        if (line.LocationId == to) return;
        Shop.SetStock(line.Listing, line.LocationId, line.Listing.Stock.GetValueOrDefault(line.LocationId) + units, "ship");
        Shop.SetStock(line.Listing, to, line.Listing.Stock.GetValueOrDefault(to) - units, "ship");
    }

    private IResult AddTrack(SimRequest r)
    {
        var entity = r.Json?["entity"];
        if (entity.Text("track_number") is not { Length: > 0 } number || entity.Whole("parent_id") is not { } id) return Problem(400, "Could not save the shipment tracking.");
        if (Shop.Orders.SelectMany(o => o.Shipments.Select(s => (Order: o, Shipment: s))).FirstOrDefault(x => x.Shipment.Id == id) is not
            {
                Order: { } order,
                Shipment: { } shipment
            }) return NoEntity();
        (shipment.Tracking, shipment.Carrier) = (number, entity.Text("title") ?? "");
        _carriers[shipment.Id] = entity.Text("carrier_code") ?? "custom";
        Shop.Touch(order, ShopEventKind.OrderChanged);
        return PlainJson.Answer(Track(order, shipment));
    }

    private IEnumerable<JsonObject> Shipments(SimOrder order) => order.Shipments.Where(s => !s.IsCancelled).Select(s => new JsonObject
    {
        ["entity_id"] = s.Id, ["increment_id"] = $"{s.Id:D9}", ["order_id"] = order.Id, ["store_id"] = 1, ["created_at"] = Time(s.At), ["updated_at"] = Time(s.At),
        ["total_qty"] = s.Lines.Sum(l => l.Quantity),
        ["items"] = new JsonArray([.. s.Lines.Select(l => (JsonNode)new JsonObject
        {
            ["entity_id"] = (s.Id * 10) + 1, ["parent_id"] = s.Id, ["order_item_id"] = l.LineId, ["qty"] = l.Quantity, ["sku"] = order.Lines.Single(x =>
                x.Id == l.LineId).Listing.Sku,
        })]),
        ["tracks"] = s.Tracking.Length > 0 ? new JsonArray(Track(order, s)) : new JsonArray(),
        ["comments"] = Words(s.Id, s.At),
        ["extension_attributes"] = new JsonObject { ["source_code"] = Shop.Facts.Locations.FirstOrDefault(l => l.Id == s.LocationId)?.Name ?? "default" },
    });

    private JsonObject Track(SimOrder order, SimShipment s) => new()
    {
        ["entity_id"] = s.Id, ["parent_id"] = s.Id, ["order_id"] = order.Id, ["track_number"] = s.Tracking, ["title"] = s.Carrier,
        ["carrier_code"] = _carriers.GetValueOrDefault(s.Id, "custom"),
        ["weight"] = 0, ["qty"] = 0, ["description"] = "", ["created_at"] = Time(s.At), ["updated_at"] = Time(s.At),
    };

    private JsonArray Words(long id, DateTimeOffset at) => _words.TryGetValue(id, out string? words)
        ? new JsonArray(new JsonObject
        {
            ["entity_id"] = id, ["parent_id"] = id, ["comment"] = words, ["is_visible_on_front"] = 0, ["is_customer_notified"] = 0,
            ["created_at"] = Time(at)
        })
        : new JsonArray();

    /// <summary>Takes the whole of an order: parts of it are not invoiced here.</summary>
    private IResult Invoice(SimRequest r, SimOrder order)
    {
        const string Fault = "Invoice Document Validation Error(s):\n";
        if (order.IsPaid || order.IsCancelled || order.Extra.ContainsKey("hold")) return Problem(400,
            Fault + "An invoice cannot be created when an order has a status of " + State(order).Status);
        foreach (var item in (r.Json?["items"]).Each())
        {
            if (order.Lines.FirstOrDefault(l => l.Id == item.Whole("order_item_id")) is not { } line || item.Whole("qty") != line.Current)
                return Problem(400, Fault + "The quantity to invoice must not be greater than the unordered quantity for product SKU.");
        }
        Shop.Pay(order);
        if (r.Json?["comment"].Text("comment") is { Length: > 0 } words) _words[order.Payments[^1].Id] = words;
        return PlainJson.Answer(order.Payments[^1].Id);
    }

    private IEnumerable<JsonObject> Invoices(SimOrder order) => order.Payments.Select(p =>
    {
        var view = new JsonObject
        {
            ["entity_id"] = p.Id, ["increment_id"] = $"{p.Id:D9}", ["order_id"] = order.Id, ["store_id"] = 1, ["state"] = 2, ["created_at"] = Time(p.At),
            ["updated_at"] = Time(p.At), ["transaction_id"] = p.Reference,
            ["total_qty"] = order.Lines.Sum(l => l.Current), ["order_currency_code"] = order.Currency,
        };
        Both(view, "grand_total", p.AmountMinor);
        Both(view, "tax_amount", order.TaxMinor);
        view["items"] = new JsonArray([.. order.Lines.Select(l => (JsonNode)new JsonObject
        {
            ["entity_id"] = (p.Id * 10) + 1, ["parent_id"] = p.Id, ["order_item_id"] = l.Id, ["sku"] = l.Listing.Sku, ["name"] = l.Listing.Title, ["qty"] = l.Current,
                ["row_total"] = Amount(RowMinor(l)),
        })]);
        if (_words.ContainsKey(p.Id)) view["comments"] = Words(p.Id, p.At);
        return view;
    });

    private SimOrder? Invoiced(string id) => Shop.Orders.FirstOrDefault(o => o.Payments.Any(p => p.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == id));

    /// <summary>Says false where an order cannot be cancelled any more: one that was invoiced is refunded instead.</summary>
    private IResult CancelOrder(SimOrder order)
    {
        if (order.IsPaid || order.Extra.ContainsKey("hold") || order.IsCancelled || order.Lines.All(l => ToShip(order, l) == 0)) return PlainJson.Answer(false);
        Shop.Cancel(order, "admin");
        return PlainJson.Answer(true);
    }

    private IResult Hold(SimOrder order)
    {
        if (State(order).State is "canceled" or "complete" or "closed" or "holded") return Problem(400, "A hold action is not available.");
        Shop.Change(order, o => o.Extra["hold"] = State(o).State);
        return PlainJson.Answer(true);
    }

    private IResult Unhold(SimOrder order)
    {
        if (!order.Extra.ContainsKey("hold")) return Problem(400, "You cannot remove the hold.");
        Shop.Change(order, o => o.Extra.Remove("hold"));
        return PlainJson.Answer(true);
    }

    private static IEnumerable<JsonObject> Comments(SimOrder order) => order.Remarks.Select(c => new JsonObject
    {
        ["entity_id"] = c.Id, ["parent_id"] = order.Id, ["comment"] = c.Text, ["is_visible_on_front"] = c.IsForCustomer ? 1 : 0, ["is_customer_notified"] = c.IsForCustomer ? 1
            : 0, ["created_at"] = Time(c.At),
        ["entity_name"] = "order", ["status"] = State(order).Status,
    });

    private IResult AddComment(SimRequest r, SimOrder order)
    {
        var history = r.Json?["statusHistory"];
        if (history.Text("comment") is not { Length: > 0 } words) return Problem(400, "\"%fieldName\" is required. Enter and try again.",
            new JsonObject { ["fieldName"] = "statusHistory" });
        Shop.Remark(order, words, history.Whole("is_visible_on_front") == 1);
        return PlainJson.Answer(true);
    }
}
