using System.Security.Cryptography;
using System.Text;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>A line made of a row.</summary>
/// <param name="FileLine">Where the row begins in the file.</param>
/// <param name="Charge">The charge's name, or null for goods.</param>
public sealed record ImportedLine(int LineNo, long FileLine, string Sku, string SkuKey, string? Name, string? Charge, long Quantity, long UnitPriceMinor, LineMoney Money)
{
    public bool IsCharge => Charge is not null;
}

/// <summary>An order made of the rows with its number.</summary>
public sealed record ImportedOrder(string ExternalId, DateTimeOffset? At, string? Customer, string? Country, ImportContact? Contact,
    IReadOnlyList<ImportedLine> Lines, OrderMoney Money)
{
    /// <summary>What had become of it, when the file says so; else it counts as delivered.</summary>
    public ImportedPast? Past { get; init; }

    /// <summary>SHA-256 over what the file says of the order, so that the same order is known again and another under its number is not taken for it.</summary>
    public byte[] ContentHash()
    {
        var text = new StringBuilder().Append(At?.ToUnixTimeMilliseconds()).Append('\n');
        foreach (string? part in (string?[])[ExternalId, Customer, Country, Contact?.ToString()]) text.Append(part?.Length ?? -1).Append(':').Append(part).Append('\n');
        foreach (var line in Lines)
            text.Append(line.SkuKey.Length).Append(':').Append(line.SkuKey).Append('|').Append(line.Quantity).Append('|').Append(line.UnitPriceMinor)
                .Append('|').Append(line.Money.Discount).Append('\n');
        Past?.Describe(text);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

/// <summary>Units of a SKU that a customer gave back.</summary>
/// <param name="At">The date of the return's own invoice, the earliest when it has two.</param>
/// <param name="DocumentHash">Over all that its document gives back, so that the same document is known again.</param>
public sealed record ImportedReturn(long FileLine, string Document, string Customer, string Sku, string SkuKey, DateTimeOffset At, long Quantity, string DocumentHash);

/// <summary>What the rows of one order number have become.</summary>
/// <param name="Order">Null when no line is left.</param>
public sealed record GatheredOrder(string Number, int Rows, ImportedOrder? Order, IReadOnlyList<ImportedReturn> Returns,
    IReadOnlyList<RowFault> Faults, IReadOnlyList<RowFault> Warnings)
{
    public const int MostRows = 10_000;

    /// <summary>Makes an order and its returns of all rows with one number, in the order of the file.</summary>
    public static GatheredOrder Of(string number, IReadOnlyList<RowRead> rows, OrderMapping mapping)
    {
        var faults = rows.SelectMany(r => r.Faults).ToList();
        if (faults.Count > 0)
            return None(rows.Where(r => r.Row is not null).Select(r => r.Line), "order_has_unreadable_row", "Another row of this order cannot be read, so the order was left out.");
        if (rows.Count > MostRows) return None(rows.Select(r => r.Line), "order_too_long", $"An order may have at most {MostRows} rows; this has {rows.Count}.");

        var kept = new List<(ImportRow Row, RowVerdict Verdict)>(rows.Count);
        foreach (var row in rows.Select(r => r.Row!))
        {
            var verdict = RowVerdict.Of(row, mapping);
            if (verdict.Kind == RowKind.Refused) faults.Add(new RowFault(row.Line, "", verdict.Code!, verdict.Reason!));
            else kept.Add((row, verdict));
        }
        if (rows.Select(r => r.Row!.Customer).Where(c => c is not null).Distinct().Count() > 1)
            return None(kept.Select(k => k.Row.Line), "order_two_customers", "The rows of this order name more than one customer.");

        var warnings = Warn(number, rows);
        var first = rows[0].Row!;
        string? customer = rows.Select(r => r.Row!.Customer).FirstOrDefault(c => c is not null);
        var at = rows.Min(r => r.Row!.At);
        var back = kept.Where(k => k.Verdict.Kind == RowKind.Return).Select(k => k.Row).ToList();
        string hash = back.Count == 0 ? "" : HashOf(customer, at, back);
        var returns = back.ConvertAll(r => new ImportedReturn(r.Line, number, customer!, r.Sku, r.SkuKey, at ?? default, -r.Quantity, hash));
        var lines = kept.Where(k => k.Verdict.Kind is RowKind.Goods or RowKind.Charge).ToList();
        if (lines.Count == 0) return new GatheredOrder(number, rows.Count, null, returns, faults, warnings);

        var money = Total(kept, lines, mapping);
        if (money.Error is { } error)
        {
            string code = error.Code == "orders.discount_too_large" ? "discount_too_large" : "amount_too_large";
            return None(kept.Select(k => k.Row.Line), code, error.Detail);
        }
        var made = lines.Select((k, i) => new ImportedLine(i + 1, k.Row.Line, k.Row.Sku, k.Row.SkuKey, k.Row.Name,
            k.Verdict.Kind == RowKind.Charge ? k.Verdict.Code : null, k.Row.Quantity, Minor(k.Row, mapping), money.Value.Lines[i])).ToList();
        return new GatheredOrder(number, rows.Count, new ImportedOrder(number, at, customer, first.Country, first.Contact, made, money.Value), returns, faults, warnings);

        GatheredOrder None(IEnumerable<long> others, string code, string reason)
        {
            faults.AddRange(others.Select(line => new RowFault(line, "", code, reason)));
            return new GatheredOrder(number, rows.Count, null, [], faults, []);
        }
    }

    private static string HashOf(string? customer, DateTimeOffset? at, IEnumerable<ImportRow> rows) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', rows.Select(r => $"{r.SkuKey}\t{r.Quantity}").Prepend($"{customer}\t{at?.ToUnixTimeMilliseconds()}")))));

    private static List<RowFault> Warn(string number, IReadOnlyList<RowRead> rows)
    {
        var warnings = new List<RowFault>();
        if (rows.Select(r => r.Row!.At).Distinct().Count() > 1)
            warnings.Add(new RowFault(rows[0].Line, "", "order_two_dates", $"Order {number} has more than one date; the earliest was taken."));
        if (rows.Select(r => r.Row!.Country).Distinct().Count() > 1)
            warnings.Add(new RowFault(rows[0].Line, "", "order_two_countries", $"Order {number} has more than one country; the first was taken."));
        return warnings;
    }

    private static Result<OrderMoney> Total(List<(ImportRow Row, RowVerdict Verdict)> kept, List<(ImportRow Row, RowVerdict Verdict)> lines, OrderMapping mapping)
    {
        Int128 discount = 0;
        foreach (var (row, _) in kept.Where(k => k.Verdict.Kind == RowKind.Discount)) discount += (Int128)(-row.Quantity) * Minor(row, mapping);
        if (discount > Money.MaxMinor) return Error.Invalid("orders.total_too_large", "The discount is too large.");
        return OrderTotals.Of([.. lines.Select(k => new PricedLine(k.Row.Quantity, Minor(k.Row, mapping), 0, 0, null, k.Verdict.Kind == RowKind.Charge))],
            (long)discount, mapping.PricesIncludeTax);
    }

    private static long Minor(ImportRow row, OrderMapping mapping) => (long)(row.Price * mapping.Currency.MinorPerMajor);
}
