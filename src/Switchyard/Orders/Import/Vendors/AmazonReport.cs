using System.Globalization;
using System.Security.Cryptography;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Amazon's order reports, tab separated, a row an order item: the report of new or unshipped orders (<c>order-id</c>), and that of all orders (<c>amazon-order-id</c>), which tells
/// what became of them. Amounts are of the whole item, whatever its quantity; taxes are on top in dollars, contained elsewhere.
/// </summary>
internal sealed class AmazonReport(OrderFile file) : VendorFile
{
    private static readonly string[] OnTop = ["USD", "CAD"];

    public override Content Read(CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = ReadRows(file, hash, ["order-id|amazon-order-id", "purchase-date", "sku", "quantity-purchased|quantity", "currency", "item-price"], stop, '\t');
        List<GatheredOrder> made = [.. rows.GroupBy(r => Either(r, "order-id", "amazon-order-id"), StringComparer.Ordinal).Select(g => Gather(g.Key, [.. g]))];
        return new Content(Convert.ToHexStringLower(hash.GetHashAndReset()), rows.Count, made);
    }

    private static GatheredOrder Gather(string number, IReadOnlyList<Cells> rows)
    {
        var head = rows[0];
        if (number.Length == 0) return Refused(number, rows, "order-id", "order_missing", "There is no order number.");
        if (!Currency.TryParse(rows.Select(r => r["currency"]).FirstOrDefault(c => c.Length > 0) ?? "", out var currency)) return Refused(number, rows, "currency", "currency_unknown", $"'{head["currency"]}' is no currency.");
        if (!DateTimeOffset.TryParse(head["purchase-date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return Refused(number, rows, "purchase-date", "date_unreadable", $"'{head["purchase-date"]}' is not a date.");

        // An item that was cancelled as a whole has quantity 0 in the report of all orders, and no amounts: there is nothing to keep of it.
        var kept = rows.Where(r => Either(r, "quantity-purchased", "quantity") is not "0").ToList();
        if (kept.Count == 0) return Refused(number, rows, "", "order_without_items", "All items of the order were cancelled.");
        var (priced, carried) = (new List<PricedLine>(), new Carried());
        foreach (var row in kept)
        {
            string count = Either(row, "quantity-purchased", "quantity");
            if (!long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long quantity) || quantity > Checks.MaxQuantity) return Refused(number, [row], "quantity", "quantity_unreadable", $"'{count}' is not a quantity.");
            if (row["sku"] is not { Length: > 0 and <= 100 }) return Refused(number, [row], "sku", "sku_missing", "There is no SKU of at most 100 characters.");
            long?[] amounts = [.. Amounts.Select(a => row[a].Length == 0 ? 0 : Minor(row[a].TrimStart('-'), currency))];
            if (Array.IndexOf(amounts, null) is >= 0 and var odd) return Refused(number, [row], Amounts[odd], "price_unreadable", $"'{row[Amounts[odd]]}' is not an amount.");
            var (price, tax, off) = (amounts[0]!.Value, amounts[1]!.Value, Math.Min(amounts[6]!.Value, amounts[0]!.Value));
            priced.Add(Whole(quantity, price, off, tax));
            carried.Add(amounts[2]!.Value + amounts[4]!.Value - Math.Min(amounts[7]!.Value, amounts[2]!.Value), amounts[3]!.Value + amounts[5]!.Value);
        }
        if (carried.Minor > 0 || carried.Tax > 0) priced.Add(new PricedLine(1, carried.Minor, 0, 0, carried.Tax, IsCharge: true));
        bool isIncluded = !OnTop.Contains(currency.Code);
        var money = OrderTotals.Of(priced, 0, isIncluded);
        if (money.Error is { } error) return Refused(number, rows, "", "amount_too_large", error.Detail);

        var lines = kept.Select((r, i) => new ImportedLine(i + 1, r.Line, r["sku"], Text.Key(r["sku"]), Cut(r["product-name"], 300), null, priced[i].Quantity, priced[i].UnitPriceMinor, money.Value.Lines[i])).ToList();
        if (priced.Count > kept.Count) lines.Add(new ImportedLine(lines.Count + 1, head.Line, "SHIPPING", "SHIPPING", OrNull(head["ship-service-level"]) ?? "shipping", "shipping", 1, carried.Minor, money.Value.Lines[^1]));
        string status = Either(head, "order-status", "item-status");
        var where = kept.Select(r => Either(r, "item-status", "order-status").ToUpperInvariant() switch { "SHIPPED" => LineBucket.Shipped, "CANCELLED" or "CANCELED" => LineBucket.Cancelled, _ => LineBucket.Unallocated }).ToList();
        bool isPaid = head["payments-date"].Length > 0 || where.Contains(LineBucket.Shipped);
        List<ImportedPayment> payments = isPaid && money.Value.Total > 0 ? [new ImportedPayment("sale", "amazon", money.Value.Total, Instant(head["payments-date"]) ?? at)] : [];
        var past = new ImportedPast(status.Length == 0 ? "unshipped" : status, currency.Code, isIncluded, where, null, null, Instant(head["delivery-end-date"]), where.TrueForAll(w => w == LineBucket.Cancelled) ? at : null, payments);
        return new GatheredOrder(number, rows.Count, new ImportedOrder(number, at, OrNull(head["buyer-email"]), Country(head["ship-country"]), Contact(head), lines, money.Value) { Past = past }, [], [], []);
    }

    private static readonly string[] Amounts = ["item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount", "ship-promotion-discount"];

    private sealed class Carried
    {
        public long Minor { get; private set; }
        public long Tax { get; private set; }
        public void Add(long minor, long tax) => (Minor, Tax) = (Minor + minor, Tax + tax);
    }

    private static ImportContact Contact(Cells head) => new(Cut(Either(head, "recipient-name", "buyer-name"), 200), Cut(head["buyer-email"], 320), Cut(Either(head, "ship-phone-number", "buyer-phone-number"), 64), null,
        Cut(head["ship-address-1"], 300), Cut(string.Join(", ", new[] { head["ship-address-2"], head["ship-address-3"] }.Where(a => a.Length > 0)), 300), Cut(head["ship-city"], 200), Cut(head["ship-state"], 200),
        Cut(head["ship-postal-code"], 32), Cut(head["ship-service-level"], 64));

    private static DateTimeOffset? Instant(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
