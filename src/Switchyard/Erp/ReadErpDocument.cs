using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Orders;

namespace Switchyard.Erp;

/// <summary>Reads what the ERP is told, from our books as they are when it is told.</summary>
internal static class ReadErpDocument
{
    private sealed record Head(Guid Id, string Number, string? ExternalId, string Currency, bool IncludesTax, long TotalMinor, long TaxMinor,
        DateTimeOffset PlacedAt, string Channel, bool IsTaxTheirs);
    private sealed record Line(int No, int? Parent, string Kind, string Sku, string? Name, long Quantity, long Left, long NetMinor, long TaxMinor);
    private sealed record Parcel(Guid Order, string Node, string? Carrier, string? Tracking, long? Grams);
    private sealed record Paid(Guid Order, bool IsRefund, long Amount, string Tender, string? Reason, string State, long AtMs, int No);

    /// <returns>Null: there is nothing in it that the ERP counts.</returns>
    public static Task<ErpDocument?> Read(Work work, DueErpTask task) => task.Kind switch
    {
        "order" => Order(work, task),
        "change" => Change(work, task),
        "shipment" => Shipment(work, task),
        "sale" or "refund" => Money(work, task),
        "purchase" => Purchase(work, task),
        "receipt" => Task.FromResult<ErpDocument?>(new ErpGoodsIn(task.ExternalId, Day(task), $"Delivery {task.Body.Reference}", task.Body.Reference!,
            task.Body.Node!, task.Body.Units!)),
        _ => Task.FromResult<ErpDocument?>(new ErpStockDifference(task.ExternalId, Day(task), $"Stock of {task.Body.Node}", task.Body.Node!, task.Body.Units!)),
    };

    // The day is that of Universal Time: our books know no other.
    private static DateOnly Day(DueErpTask task) => Day(DateTimeOffset.FromUnixTimeMilliseconds(task.Body.AtMs));
    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static async Task<ErpDocument?> Order(Work work, DueErpTask task)
    {
        if (await Find(work, task) is not (var head, var lines)) return null;
        var stock = Stock(lines);
        // What a bundle costs stands at the first of its parts: that is what lies on shelves, there as here.
        var bundles = lines.Where(l => l.Kind == "bundle").ToDictionary(l => l.No);
        var charged = new HashSet<int>();
        var told = new List<ErpOrderLine>();
        foreach (var line in stock)
        {
            long net = line.NetMinor;
            if (line.Kind == "component") net = line.Parent is { } parent && bundles.TryGetValue(parent, out var bundle) && charged.Add(parent) ? bundle.NetMinor : 0;
            told.Add(new ErpOrderLine(line.No, line.Sku, line.Name ?? line.Sku, line.Quantity, net));
        }
        told.AddRange(lines.Where(l => l.Kind == "charge").Select(l => new ErpOrderLine(l.No, null, l.Name ?? l.Sku, l.Quantity, l.NetMinor)));
        if (told.Count == 0) return null;
        return new ErpOrder(task.ExternalId, Day(head.PlacedAt), $"Order {head.Number} ({head.Channel})", head.Number, head.Currency, head.ExternalId ?? head.Number, told,
            head.IsTaxTheirs ? 0 : lines.Where(l => l.Kind != "component").Sum(l => l.TaxMinor));
    }

    private static async Task<ErpDocument?> Change(Work work, DueErpTask task)
    {
        if (await Find(work, task) is not (var head, var lines)) return null;
        var units = Stock(lines).Select(l => new ErpUnits(l.No, l.Sku, l.Left)).ToList();
        return units.Count == 0 ? null : new ErpChange(task.ExternalId, Day(task), $"Order {head.Number}", Named(head.Id), units);
    }

    private static async Task<ErpDocument?> Shipment(Work work, DueErpTask task)
    {
        var parcel = await work.Find(
            """
            select p.order_id, n.code, coalesce(p.carrier, s.carrier), p.tracking, p.weight_grams from packages p join shipments s on s.id = p.shipment_id
              join fulfilment_orders f on f.id = p.fulfilment_id join nodes n on n.id = f.node_id where p.merchant_id = @merchant and p.id = @id and p.state <> 'voided'
            """, row => new Parcel(row.Uuid(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.LongOrNull()), ("id", task.Body.Id));
        if (parcel is null || await Find(work, parcel.Order) is not (var head, var lines)) return null;
        var inside = (await work.Query("select line_no, quantity from package_lines where merchant_id = @merchant and package_id = @id",
            row => (Line: row.Int(), Units: row.Long()), ("id", task.Body.Id))).ToDictionary(l => l.Line, l => l.Units);
        var units = Stock(lines).Select(l => new ErpUnits(l.No, l.Sku, inside.GetValueOrDefault(l.No))).ToList();
        return units.All(u => u.Quantity == 0) ? null
            : new ErpShipment(task.ExternalId, Day(task), $"Parcel of order {head.Number}", Named(head.Id), parcel.Node, units, parcel.Carrier, parcel.Tracking, parcel.Grams);
    }

    private static async Task<ErpDocument?> Money(Work work, DueErpTask task)
    {
        const string at = "coalesce(p.settled_at_ms, p.created_at_ms)";
        var paid = await work.Find($"select p.order_id, p.type, p.amount_minor, p.tender, p.reason, p.state, {at}, p.payment_no from payments p "
            + "where p.merchant_id = @merchant and p.id = @id", row => new Paid(row.Uuid(), row.Text() is "refund" or "dispute", row.Long(), row.Text(), row.TextOrNull(), row.Text(),
                row.Long(), row.Int()), ("id", task.Body.Id));
        if (paid is not { State: "succeeded", Amount: > 0 } || await Find(work, paid.Order) is not (var head, _)) return null;
        // What was moved to an order that was split off did not go back to anybody; what a dispute cost did.
        long before = (await work.Query(
            $"""
            select sum(p.amount_minor) from payments p where p.merchant_id = @merchant and p.order_id = @order and p.state = 'succeeded'
                and p.tender <> 'moved' and p.type in ({(paid.IsRefund ? "'refund', 'dispute'" : "'capture', 'sale', 'external'")})
               and ({at} < @at or {at} = @at and p.payment_no < @no)
            """, row => row.Sum(), ("order", paid.Order), ("at", paid.AtMs), ("no", paid.No))).Single();
        // Both as they are now: the total falls with what is cancelled, and its tax with it.
        long tax = MoneySplit.Tax(head.TotalMinor, head.TaxMinor, before, paid.Amount);
        return new ErpMoney(task.ExternalId, Day(DateTimeOffset.FromUnixTimeMilliseconds(paid.AtMs)),
            $"{(paid.IsRefund ? "Refund" : "Payment")} of order {head.Number} ({paid.Tender})", paid.IsRefund, head.Currency, paid.Amount - tax,
            // Tax that the channel owes stays with it: it never comes to us, and is neither ours nor a debt of ours.
            head.IsTaxTheirs ? 0 : tax, paid.Tender);
    }

    private static async Task<ErpDocument?> Purchase(Work work, DueErpTask task)
    {
        var head = await work.Query("select p.number, n.code, p.currency, p.created_at_ms from purchase_orders p join nodes n on n.id = p.node_id "
            + "where p.merchant_id = @merchant and p.id = @id", row => (Number: row.Text(), Supplier: row.Text(), Currency: row.Text(), At: row.Instant()), ("id", task.Body.Id));
        var lines = await work.Query("select sku, quantity - cancelled, cost_minor from purchase_order_lines where merchant_id = @merchant "
            + "and purchase_order_id = @id order by line_no", row => new ErpPurchaseLine(row.Text(), row.Long(), row.LongOrNull()), ("id", task.Body.Id));
        var open = lines.Where(l => l.Quantity > 0).ToList();
        return head is not [var order] || open.Count == 0 ? null
            : new ErpPurchaseOrder(task.ExternalId, Day(order.At), $"Order {order.Number} to {order.Supplier}", order.Number, order.Supplier, order.Currency, open);
    }

    // What lies on shelves; the ERP has these lines first, in this order.
    private static List<Line> Stock(IEnumerable<Line> lines) => [.. lines.Where(l => l.Kind is "goods" or "component")];

    private static string Named(Guid order) => ErpExternalId.Of($"order:{new OrderId(order)}");

    private static Task<(Head Head, List<Line> Lines)?> Find(Work work, DueErpTask task) => Find(work, OrderId.Parse(task.Key.Split(':')[1], null).Value);

    private static Line Taxed(Line line, long tax, bool isIncluded) => line with { NetMinor = isIncluded ? line.NetMinor - tax : line.NetMinor, TaxMinor = tax };

    /// <summary>An order with its lines as they were ordered; what was cancelled since, or split off, is in what is left only.</summary>
    private static async Task<(Head Head, List<Line> Lines)?> Find(Work work, Guid order)
    {
        var batch = work.Batch();
        var heads = batch.Query("select o.id, o.number, o.external_id, o.currency, o.prices_include_tax, o.total_minor, o.tax_minor, o.placed_at_ms, c.name, o.tax_owed_by from orders o "
            + "join channels c on c.id = o.channel_id where o.merchant_id = @merchant and o.id = @id",
            row => new Head(row.Uuid(), row.Text(), row.TextOrNull(), row.Text(), row.Bool(), row.Long(), row.Long(), row.Instant(), row.Text(), row.Text() == TaxOwers.Channel), ("id", order));
        var lines = batch.Query(
            """
            select line_no, parent_line_no, kind, sku, name, quantity, quantity - cancelled,
                   coalesce(full_units, billed, quantity) * unit_price_minor - coalesce(full_discount_minor, discount_minor),
                   case when full_units is null then tax_minor else full_tax_minor end, tax_rate_ppm
              from order_lines where merchant_id = @merchant and order_id = @id order by line_no
            """, row => (Line: new Line(row.Int(), row.IntOrNull(), row.Text(), row.Text(), row.TextOrNull(), row.Long(), row.Long(), row.Long(), 0), Tax: row.LongOrNull(),
                Rate: row.Long()), ("id", order));
        await batch.Run();
        if (heads is not [var head]) return null;
        // Amount and tax are both those of the full line; where the tax follows the rate it is worked out from the full amount.
        var told = lines.Select(l => Taxed(l.Line, l.Tax ?? OrderTotals.Tax(l.Line.NetMinor, l.Rate, head.IncludesTax), head.IncludesTax)).ToList();
        return (head, told);
    }
}
