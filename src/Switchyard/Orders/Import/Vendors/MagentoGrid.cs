using System.Globalization;
using System.Security.Cryptography;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// The export of Magento's grid of orders: what each order came to, without its items. Each becomes an order of charges alone, so that the totals of the old shop are kept and
/// customers see what they bought for; the items themselves are in Magento's API.
/// </summary>
internal sealed class MagentoGrid(OrderFile file, string? currencyOfMapping) : VendorFile
{
    private static readonly string[] Dates = ["yyyy-MM-dd HH:mm:ss", "MMM d, yyyy h:mm:ss tt", "MMM d, yyyy", "yyyy-MM-dd"];
    private static readonly string[] Unpaid = ["canceled", "pending", "pending_payment", "payment_review", "fraud"];

    public override Content Read(CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = ReadRows(file, hash, ["ID", "Purchase Date", "Grand Total (Purchased)", "Status", "Subtotal", "Shipping and Handling"], stop);
        List<GatheredOrder> made = [.. rows.GroupBy(r => r["ID"], StringComparer.Ordinal).Select(g => Gather(g.Key, [.. g]))];
        return new Content(Convert.ToHexStringLower(hash.GetHashAndReset()), rows.Count, made);
    }

    private GatheredOrder Gather(string number, IReadOnlyList<Cells> rows)
    {
        var row = rows[0];
        if (number.Length == 0) return Refused(number, rows, "ID", "order_missing", "There is no order number.");
        if (rows.Count > 1) return Refused(number, rows, "ID", "order_too_long", "The order stands in the file more than once.");
        if (!Currency.TryParse(currencyOfMapping ?? "USD", out var currency)) return Refused(number, rows, "", "currency_unknown", $"'{currencyOfMapping}' is no currency.");
        if (!DateTime.TryParseExact(row["Purchase Date"], Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Refused(number, rows, "Purchase Date", "date_unreadable", $"'{row["Purchase Date"]}' is not a date.");
        if (Amount(row["Grand Total (Purchased)"], currency) is not { } total || Amount(row["Subtotal"], currency) is not { } goods || Amount(row["Shipping and Handling"], currency) is not { } shipping)
            return Refused(number, rows, "Grand Total (Purchased)", "price_unreadable", "A total is not an amount.");
        // What is neither goods nor shipping is tax, or what was taken off.
        long rest = total - goods - shipping;
        if (-rest > goods) return Refused(number, rows, "Grand Total (Purchased)", "price_unreadable", "More was taken off than the goods came to.");
        var priced = new List<PricedLine> { new(1, goods, Math.Max(0, -rest), 0, Math.Max(0, rest), IsCharge: true) };
        if (shipping > 0) priced.Add(new PricedLine(1, shipping, 0, 0, 0, IsCharge: true));
        var money = OrderTotals.Of(priced, 0, pricesIncludeTax: false);
        if (money.Error is { } error) return Refused(number, rows, "", "amount_too_large", error.Detail);
        var at = new DateTimeOffset(day, TimeSpan.Zero);
        var lines = new List<ImportedLine> { new(1, row.Line, "GOODS", "GOODS", "goods", "goods", 1, goods, money.Value.Lines[0]) };
        if (shipping > 0) lines.Add(new ImportedLine(2, row.Line, "SHIPPING", "SHIPPING", OrNull(row["Shipping Information"]) is { } how ? Cut(how, 300) : "shipping", "shipping", 1, shipping, money.Value.Lines[1]));
        string status = row["Status"];
        var payments = new List<ImportedPayment>();
        if (total > 0 && !Unpaid.Contains(status.ToLowerInvariant().Replace(' ', '_'))) payments.Add(new ImportedPayment("sale", OrNull(row["Payment Method"]) ?? "unknown", total, at));
        if (payments.Count > 0 && Amount(row["Total Refunded"], currency) is > 0 and var back && back <= total) payments.Add(new ImportedPayment("refund", OrNull(row["Payment Method"]) ?? "unknown", back, at));
        var past = new ImportedPast(status.Length == 0 ? "none" : status, currency.Code, false, [], null, null, null, null, payments);
        var contact = new ImportContact(Cut(Either(row, "Ship-to Name", "Bill-to Name"), 200), Cut(row["Customer Email"], 320), null, null, Cut(row["Shipping Address"], 300), null, null, null, null, Cut(row["Shipping Information"], 64));
        return new GatheredOrder(number, 1, new ImportedOrder(number, at, OrNull(row["Customer Email"]), null, contact, lines, money.Value) { Past = past }, [], [],
            [new RowFault(row.Line, "", "lines_unknown", "The grid names no items: the order's amounts are kept as charges.")]);
    }
}
