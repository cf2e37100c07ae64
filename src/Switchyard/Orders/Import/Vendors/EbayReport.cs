using System.Globalization;
using System.Security.Cryptography;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// eBay's orders report: a row an item, and for an order of several items a row before them that names none and holds what belongs to the order. Empty rows before the header, a
/// <c>sep=</c> line and the lines after the last order are passed over; amounts may have their sign of currency.
/// </summary>
internal sealed class EbayReport(OrderFile file, string? currencyOfMapping) : VendorFile
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "MMM-dd-yy", "MMM-dd-yyyy", "dd-MMM-yy", "dd-MMM-yyyy", "d MMM yyyy", "MM/dd/yyyy"];
    private static readonly (string Sign, string Code)[] Signs = [("AU $", "AUD"), ("C $", "CAD"), ("US $", "USD"), ("£", "GBP"), ("€", "EUR"), ("EUR", "EUR"), ("GBP", "GBP"), ("$", "USD")];

    public override Content Read(CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = ReadRows(file, hash, ["Order Number", "Item Title", "Quantity", "Sold For", "Sale Date"], stop, hasPreamble: true).Where(r => r["Order Number"].Length > 0).ToList();
        List<GatheredOrder> made = [.. rows.GroupBy(r => r["Order Number"], StringComparer.Ordinal).Select(g => Gather(g.Key, [.. g]))];
        return new Content(Convert.ToHexStringLower(hash.GetHashAndReset()), rows.Count, made);
    }

    private GatheredOrder Gather(string number, IReadOnlyList<Cells> rows)
    {
        var head = rows[0];
        string sold = rows.Select(r => r["Sold For"]).FirstOrDefault(s => s.Length > 0) ?? head["Total Price"];
        string code = Array.Find(Signs, s => sold.StartsWith(s.Sign, StringComparison.Ordinal)).Code ?? currencyOfMapping ?? "USD";
        if (!Currency.TryParse(code, out var currency)) return Refused(number, rows, "Sold For", "currency_unknown", $"'{code}' is no currency.");
        if (Instant(head["Sale Date"]) is not { } at) return Refused(number, rows, "Sale Date", "date_unreadable", $"'{head["Sale Date"]}' is not a date.");
        var items = rows.Where(r => r["Item Title"].Length > 0 || r["Item Number"].Length > 0).ToList();
        if (items.Count == 0) return Refused(number, rows, "", "order_without_items", "No row of the order names an item.");

        var priced = new List<PricedLine>();
        foreach (var row in items)
        {
            if (!long.TryParse(row["Quantity"], NumberStyles.None, CultureInfo.InvariantCulture, out long quantity) || quantity is 0 or > Checks.MaxQuantity)
                return Refused(number, [row], "Quantity", "quantity_unreadable", $"'{row["Quantity"]}' is not a quantity.");
            if (Amount(row["Sold For"], currency) is not { } price) return Refused(number, [row], "Sold For", "price_unreadable", $"'{row["Sold For"]}' is not an amount.");
            if (Sku(row) is not { Length: > 0 and <= 100 }) return Refused(number, [row], "Custom Label", "sku_missing", "There is neither a custom label nor an item number of at most 100 characters.");
            priced.Add(new PricedLine(quantity, price, 0, 0, 0, IsCharge: false));
        }
        // What belongs to the order stands in its first row when that names no item, else with each of its items.
        bool hasHead = rows.Count > items.Count && !items.Contains(head);
        if (Sum(hasHead ? [head] : items, "Shipping And Handling", currency) is not { } shipping || Sum(hasHead ? [head] : items, "Seller Collected Tax", currency) is not { } ours || Sum(hasHead ? [head] : items, "eBay Collected Tax", currency) is not { } theirs)
            return Refused(number, rows, "Shipping And Handling", "price_unreadable", "Shipping or tax is not an amount.");
        long tax = ours + (head["eBay Collected Tax Included in Total"].Equals("Yes", StringComparison.OrdinalIgnoreCase) ? theirs : 0);
        if (shipping > 0) priced.Add(new PricedLine(1, shipping, 0, 0, 0, IsCharge: true));
        long goods = priced.Sum(p => p.Quantity * p.UnitPriceMinor);
        var total = Sum(hasHead ? [head] : items, "Total Price", currency) is > 0 and var said ? said : (long?)null;
        bool isIncluded = tax == 0 || total == goods;
        long[] taxes = tax == 0 ? new long[priced.Count] : Money.Split(tax, [.. priced.Select(p => p.Quantity * p.UnitPriceMinor)]);
        var money = OrderTotals.Of([.. priced.Select((p, i) => p with { TaxMinor = taxes[i] })], 0, isIncluded);
        if (money.Error is { } error) return Refused(number, rows, "", "amount_too_large", error.Detail);

        var lines = items.Select((r, i) => new ImportedLine(i + 1, r.Line, Sku(r), Text.Key(Sku(r)), Cut(r["Item Title"], 300), null, priced[i].Quantity, priced[i].UnitPriceMinor, money.Value.Lines[i])).ToList();
        if (shipping > 0) lines.Add(new ImportedLine(lines.Count + 1, head.Line, "SHIPPING", "SHIPPING", OrNull(head["Shipping Service"]) ?? "shipping", "shipping", 1, shipping, money.Value.Lines[^1]));
        var (paid, shipped) = (Instant(head["Paid On Date"]), rows.Select(r => Instant(r["Shipped On Date"])).FirstOrDefault(s => s is not null));
        var where = items.Select(r => Instant(r["Shipped On Date"]) is not null || hasHead && Instant(head["Shipped On Date"]) is not null ? LineBucket.Shipped : LineBucket.Unallocated).ToList();
        List<ImportedPayment> payments = paid is not null && money.Value.Total > 0 ? [new ImportedPayment("sale", OrNull(head["Payment Method"]) ?? "ebay", money.Value.Total, paid)] : [];
        var past = new ImportedPast(shipped is not null ? "shipped" : paid is not null ? "paid" : "unpaid", currency.Code, isIncluded, where, shipped, null, Instant(head["Maximum Estimated Delivery Date"]), null, payments);
        List<RowFault> warnings = total is null || total == money.Value.Total ? []
            : [new RowFault(head.Line, "Total Price", "total_differs", $"The export says {head["Total Price"]}; its lines do not add up to it.")];
        return new GatheredOrder(number, rows.Count, new ImportedOrder(number, at, OrNull(head["Buyer Username"]), Country(head["Ship To Country"]), Contact(head), lines, money.Value) { Past = past }, [], [], warnings);
    }

    private static long? Sum(IReadOnlyList<Cells> rows, string column, Currency currency)
    {
        long sum = 0;
        foreach (var row in rows)
        {
            if (row[column].Length == 0) continue;
            if (Amount(row[column], currency) is not { } one) return null;
            sum += one;
        }
        return sum;
    }

    private static string Sku(Cells row) => row["Custom Label"] is { Length: > 0 } label ? label : row["Item Number"];

    private static ImportContact Contact(Cells head) => new(Cut(Either(head, "Ship To Name", "Buyer Name"), 200), Cut(head["Buyer Email"], 320), Cut(head["Ship To Phone"], 64), null, Cut(head["Ship To Address 1"], 300),
        Cut(head["Ship To Address 2"], 300), Cut(head["Ship To City"], 200), Cut(head["Ship To State"], 200), Cut(head["Ship To Zip"], 32), Cut(head["Shipping Service"], 64));

    private static DateTimeOffset? Instant(string text) =>
        DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, TimeSpan.Zero) : null;
}
