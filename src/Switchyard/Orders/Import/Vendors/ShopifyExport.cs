using System.Globalization;
using System.Security.Cryptography;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// The CSV export of a Shopify shop's orders: one row a line item; what belongs to the order stands in its first row only.
/// </summary>
internal sealed class ShopifyExport(OrderFile file) : VendorFile
{
    private static readonly string[] Dates = ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    public override Content Read(CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = ReadRows(file, hash, ["Name", "Financial Status", "Fulfillment Status", "Currency", "Created at", "Lineitem quantity", "Lineitem name"], stop);
        bool monthFirst = rows.Exists(r => r["Created at"].Split('/', ' ') is [_, { Length: 2 } second, ..] && string.CompareOrdinal(second, "12") > 0);
        List<GatheredOrder> made = [.. rows.GroupBy(r => r["Name"], StringComparer.Ordinal).Select(g => Gather(g.Key, [.. g], monthFirst))];
        return new Content(Convert.ToHexStringLower(hash.GetHashAndReset()), rows.Count, made);
    }

    private static GatheredOrder Gather(string number, IReadOnlyList<Cells> rows, bool monthFirst)
    {
        var head = rows[0];
        if (number.Length == 0) return Refused(number, rows, "Name", "order_missing", "There is no order number.");
        if (!Currency.TryParse(head["Currency"], out var currency)) return Refused(number, rows, "Currency", "currency_unknown", $"'{head["Currency"]}' is no currency.");
        if (Instant(head["Created at"], monthFirst) is not { } at) return Refused(number, rows, "Created at", "date_unreadable", $"'{head["Created at"]}' is not a date.");

        var priced = new List<PricedLine>();
        bool knowsPrices = head.Of.ContainsKey("Lineitem price");
        foreach (var row in rows)
        {
            if (!long.TryParse(row["Lineitem quantity"], NumberStyles.None, CultureInfo.InvariantCulture, out long quantity) || quantity is 0 or > Checks.MaxQuantity)
                return Refused(number, [row], "Lineitem quantity", "quantity_unreadable", $"'{row["Lineitem quantity"]}' is not a quantity.");
            if ((knowsPrices ? Minor(row["Lineitem price"], currency) : 0) is not { } price)
                return Refused(number, [row], "Lineitem price", "price_unreadable", $"'{row["Lineitem price"]}' is not an amount.");
            if (Sku(row) is not { Length: > 0 and <= 100 }) return Refused(number, [row], "Lineitem sku", "sku_missing", "There is neither a SKU nor a name of at most 100 characters.");
            priced.Add(new PricedLine(quantity, price, 0, 0, 0, IsCharge: false));
        }
        long goods = priced.Sum(p => p.Quantity * p.UnitPriceMinor), shipping = Minor(head["Shipping"], currency) ?? 0;
        long tax = Minor(head["Taxes"], currency) ?? 0, discount = Minor(head["Subtotal"], currency) is { } sub && sub <= goods ? goods - sub : 0;
        bool isIncluded = Minor(head["Total"], currency) is not { } said || said != goods - discount + shipping + tax || tax == 0;
        if (shipping > 0) priced.Add(new PricedLine(1, shipping, 0, 0, 0, IsCharge: true));
        var untaxed = OrderTotals.Of(priced, discount, isIncluded);
        if (untaxed.Error is { } error) return Refused(number, rows, "", "amount_too_large", error.Detail);
        long[] taxes = tax == 0 ? new long[priced.Count] : Money.Split(tax, [.. untaxed.Value.Lines.Select(l => l.Total)]);
        var money = OrderTotals.Of([.. priced.Select((p, i) => p with { TaxMinor = taxes[i] })], discount, isIncluded).Value;

        var lines = rows.Select((r, i) => new ImportedLine(i + 1, r.Line, Sku(r), Text.Key(Sku(r)), Cut(r["Lineitem name"], 300), null, priced[i].Quantity, priced[i].UnitPriceMinor, money.Lines[i])).ToList();
        if (shipping > 0) lines.Add(new ImportedLine(lines.Count + 1, head.Line, "SHIPPING", "SHIPPING", OrNull(head["Shipping Method"]) ?? "shipping", "shipping", 1, shipping, money.Lines[^1]));
        var past = Past(head, rows, currency, isIncluded, money, knowsPrices, at, monthFirst);
        var warnings = new List<RowFault>();
        if (!knowsPrices) warnings.Add(new RowFault(head.Line, "", "price_unknown", "The export has no prices; the order is worth nothing here and its payments are left out."));
        else if (Minor(head["Total"], currency) is { } total && total != money.Total) warnings.Add(new RowFault(head.Line, "Total", "total_differs", $"The export says {head["Total"]}; its lines do not add up to it."));
        return new GatheredOrder(number, rows.Count, new ImportedOrder(number, at, OrNull(head["Email"]) ?? OrNull(head["Phone"]), Country(head["Shipping Country"]), Contact(head), lines, money) { Past = past }, [], [], warnings);
    }

    private static ImportedPast Past(Cells head, IReadOnlyList<Cells> rows, Currency currency, bool isIncluded, OrderMoney money, bool knowsPrices, DateTimeOffset at, bool monthFirst)
    {
        string financial = head["Financial Status"], fulfilment = head["Fulfillment Status"];
        var cancelled = Instant(head["Cancelled at"], monthFirst);
        bool isOff = cancelled is not null || financial is "refunded" or "voided";
        var where = rows.Select(r => r["Lineitem fulfillment status"] == "fulfilled" ? LineBucket.Shipped : isOff ? LineBucket.Cancelled : LineBucket.Unallocated).ToList();
        var payments = new List<ImportedPayment>();
        string tender = OrNull(head["Payment Method"]) ?? "unknown";
        var paidAt = Instant(head["Paid at"], monthFirst);
        if (knowsPrices && money.Total > 0 && financial is "paid" or "refunded" or "partially_refunded") payments.Add(new ImportedPayment("sale", tender, money.Total, paidAt ?? at));
        if (payments.Count > 0 && Minor(head["Refunded Amount"], currency) is > 0 and var back && back <= money.Total)
            payments.Add(new ImportedPayment("refund", tender, back, cancelled ?? paidAt ?? at));
        return new ImportedPast($"{(financial.Length == 0 ? "none" : financial)}/{(fulfilment.Length == 0 ? "none" : fulfilment)}{(cancelled is null ? "" : "/cancelled")}",
            currency.Code, isIncluded, where, Instant(head["Fulfilled at"], monthFirst), null, null, cancelled, payments);
    }

    // A variant without a SKU is known by its name.
    private static string Sku(Cells row) => row["Lineitem sku"] is { Length: > 0 } sku ? sku : row["Lineitem name"];

    private static ImportContact Contact(Cells head) => new(Cut(head["Shipping Name"], 200), Cut(head["Email"], 320), Cut(head["Shipping Phone"] is { Length: > 0 } phone ? phone : head["Phone"], 64),
        Cut(head["Shipping Company"], 200), Cut(head["Shipping Address1"], 300), Cut(head["Shipping Address2"], 300), Cut(head["Shipping City"], 200), Cut(head["Shipping Province"], 200),
        Cut(head["Shipping Zip"].TrimStart('\''), 32), Cut(head["Shipping Method"], 64));

    private static DateTimeOffset? Instant(string text, bool monthFirst)
    {
        if (DateTimeOffset.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact)) return exact;
        // A spreadsheet program saved it again: no zone and no order of day and month of its own.
        return DateTime.TryParseExact(text, monthFirst ? "MM/dd/yyyy HH:mm" : "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, TimeSpan.Zero) : null;
    }
}
