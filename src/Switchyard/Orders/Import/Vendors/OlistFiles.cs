using System.Globalization;
using System.Security.Cryptography;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Orders as the Olist marketplace published them: <c>orders.csv</c> with <c>order_items.csv</c>, <c>order_payments.csv</c> and
/// <c>customers.csv</c> beside it (the names may have a prefix and an ending, as in <c>olist_orders_dataset.csv</c>).
/// </summary>
internal sealed class OlistFiles(OrderFile file) : VendorFile
{
    private static readonly Currency Real = Currency.Parse("BRL");
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Sao_Paulo");

    public override Content Read(CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var orders = ReadRows(file, hash, ["order_id", "customer_id", "order_status", "order_purchase_timestamp"], stop);
        var items = Of(ReadRows(Beside("order_items"), hash, ["order_id", "product_id", "price", "freight_value"], stop));
        var payments = Of(ReadRows(Beside("order_payments"), hash, ["order_id", "payment_type", "payment_value"], stop));
        var customers = ReadRows(Beside("customers"), hash, ["customer_id", "customer_unique_id"], stop).ToLookup(c => c["customer_id"], StringComparer.Ordinal);
        List<GatheredOrder> made = [.. orders.Select(o => Gather(o, [.. items[o["order_id"]]], [.. payments[o["order_id"]]], customers[o["customer_id"]].FirstOrDefault()))];
        return new Content(Convert.ToHexStringLower(hash.GetHashAndReset()), orders.Count + items.Sum(i => i.Count()) + payments.Sum(p => p.Count()), made);
    }

    private static ILookup<string, Cells> Of(List<Cells> rows) => rows.ToLookup(r => r["order_id"], StringComparer.Ordinal);

    private OrderFile Beside(string what)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!, name = Path.GetFileName(file.Path);
        string path = Path.Combine(folder, name.Replace("orders", what, StringComparison.Ordinal));
        return name.Contains("orders", StringComparison.Ordinal) && File.Exists(path) ? new OrderFile(path, Path.GetFileName(path))
            : throw new UnreadableFileException(Error.Invalid("import.file_beside_needed", $"{file.Name} needs its {what} file beside it. Import it at the command line, with the files in one folder."));
    }

    private static GatheredOrder Gather(Cells order, IReadOnlyList<Cells> items, IReadOnlyList<Cells> payments, Cells? customer)
    {
        string number = order["order_id"], status = order["order_status"];
        int rows = 1 + items.Count + payments.Count;
        if (Instant(order["order_purchase_timestamp"]) is not { } at) return Refused(number, [order], "order_purchase_timestamp", "date_unreadable", "The date of purchase cannot be read.") with { Rows = rows };
        if (items.Count == 0) return Refused(number, [order], "", "order_without_items", $"The order ({status}) has no items in the file.") with { Rows = rows };

        var priced = new List<PricedLine>();
        var goods = items.GroupBy(i => (Product: i["product_id"], Price: i["price"])).ToList();
        long freight = 0;
        foreach (var item in items)
        {
            if (Minor(item["price"], Real) is null || Minor(item["freight_value"], Real) is not { } carried)
                return Refused(number, [item], "price", "price_unreadable", $"'{item["price"]}' or '{item["freight_value"]}' is not an amount.") with { Rows = rows };
            freight += carried;
        }
        foreach (var same in goods) priced.Add(new PricedLine(same.Count(), Minor(same.Key.Price, Real)!.Value, 0, 0, null, IsCharge: false));
        if (freight > 0) priced.Add(new PricedLine(1, freight, 0, 0, null, IsCharge: true));
        var money = OrderTotals.Of(priced, 0, pricesIncludeTax: true);
        if (money.Error is { } error) return Refused(number, [order], "", "amount_too_large", error.Detail) with { Rows = rows };

        var lines = goods.Select((g, i) => new ImportedLine(i + 1, g.First().Line, g.Key.Product, Text.Key(g.Key.Product), null, null, g.Count(), priced[i].UnitPriceMinor, money.Value.Lines[i])).ToList();
        if (freight > 0) lines.Add(new ImportedLine(lines.Count + 1, items[0].Line, "FREIGHT", "FREIGHT", "freight", "freight", 1, freight, money.Value.Lines[^1]));
        var (shipped, delivered) = (Instant(order["order_delivered_carrier_date"]), Instant(order["order_delivered_customer_date"]));
        var where = Where(status, shipped, delivered);
        List<ImportedPayment> paid = [.. payments.Where(p => Minor(p["payment_value"], Real) > 0)
            .Select(p => new ImportedPayment("sale", p["payment_type"], Minor(p["payment_value"], Real)!.Value, Instant(order["order_approved_at"]) ?? at))];
        var past = new ImportedPast(status, Real.Code, true, [.. goods.Select(_ => where)], shipped, delivered, Instant(order["order_estimated_delivery_date"]),
            where == LineBucket.Cancelled ? Instant(order["order_approved_at"]) ?? at : null, paid);
        var contact = customer is null ? null : new ImportContact(null, null, null, null, null, null, OrNull(customer["customer_city"]), OrNull(customer["customer_state"]), OrNull(customer["customer_zip_code_prefix"]), null);
        List<RowFault> warnings = paid.Sum(p => p.Minor) == money.Value.Total ? []
            : [new RowFault(order.Line, "payment_value", "payment_differs", "What was paid is not the total of the order.")];
        return new GatheredOrder(number, rows, new ImportedOrder(number, at, OrNull(customer?["customer_unique_id"] ?? ""), "BR", contact, lines, money.Value) { Past = past }, [], [], warnings);
    }

    private static LineBucket Where(string status, DateTimeOffset? shipped, DateTimeOffset? delivered) => status switch
    {
        "delivered" => LineBucket.Delivered,
        "shipped" => LineBucket.Shipped,
        "canceled" => delivered is not null ? LineBucket.Delivered : shipped is not null ? LineBucket.SentBack : LineBucket.Cancelled,
        "unavailable" => LineBucket.Cancelled,
        _ => LineBucket.Unallocated,
    };

    private static DateTimeOffset? Instant(string text) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, Zone.GetUtcOffset(local)) : null;
}
