using System.Text.Json;
using Switchyard.Http;

namespace Switchyard.Orders;

/// <summary>What became of a file so far. Kept with the run, so that a run that goes on counts on.</summary>
public sealed class ImportCounts
{
    public long Rows { get; set; }

    /// <summary>Orders written, or for a dry run those that would be.</summary>
    public long Orders { get; set; }
    public long OrdersWithoutGoods { get; set; }

    /// <summary>Orders that were there before with equal content; nothing was changed.</summary>
    public long OrdersKnown { get; set; }

    /// <summary>Open orders of which the same file takes everything back; they were not placed.</summary>
    public long OrdersCancelled { get; set; }
    public long GoodsLines { get; set; }
    public long ChargeLines { get; set; }
    public long Units { get; set; }
    public long GoodsMinor { get; set; }
    public long DiscountMinor { get; set; }
    public long ChargesMinor { get; set; }
    public long TotalMinor { get; set; }
    public long ProductsCreated { get; set; }
    public SortedDictionary<string, Charged> Charges { get; set; } = new(StringComparer.Ordinal);
    public GivenBack Returns { get; set; } = new();

    /// <summary>Orders by what had become of them, in the word of the system they come from.</summary>
    public SortedDictionary<string, long> Statuses { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Payments and refunds by tender, such as <c>sale credit_card</c>.</summary>
    public SortedDictionary<string, Charged> Payments { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Orders with a date of leaving, and with one of arriving.</summary>
    public long OrdersShipped { get; set; }
    public long OrdersDelivered { get; set; }

    /// <summary>Rows of which something was not taken, each once.</summary>
    public long ErrorRows { get; set; }
    public SortedDictionary<string, long> Errors { get; set; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, long> Warnings { get; set; } = new(StringComparer.Ordinal);

    public sealed class Charged
    {
        public long Lines { get; set; }
        public long Minor { get; set; }
    }

    public sealed class GivenBack
    {
        public long Rows { get; set; }
        public long RowsMatched { get; set; }
        public long RowsPartly { get; set; }
        public long RowsUnmatched { get; set; }

        /// <summary>Rows that an earlier import had taken already.</summary>
        public long RowsKnown { get; set; }
        public long Units { get; set; }
        public long UnitsMatched { get; set; }
    }

    public static ImportCounts Parse(string json) => JsonSerializer.Deserialize<ImportCounts>(json, Json.Options)!;
    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    /// <summary>Counts are changed inside transactions that may run twice, so each works on a copy.</summary>
    public ImportCounts Copy() => Parse(ToJson());

    public void Add(ImportedOrder order)
    {
        Orders++;
        if (order.Lines.All(l => l.IsCharge)) OrdersWithoutGoods++;
        foreach (var line in order.Lines)
        {
            if (line.Charge is not { } name) { GoodsLines++; Units += line.Quantity; continue; }
            ChargeLines++;
            if (!Charges.TryGetValue(name, out var charged)) Charges[name] = charged = new Charged();
            charged.Lines++;
            charged.Minor += line.Money.Total;
        }
        if (order.Past is { } past) Add(past);
        GoodsMinor += order.Money.Goods;
        DiscountMinor += order.Money.Discount;
        ChargesMinor += order.Money.Charges;
        TotalMinor += order.Money.Total;
    }

    private void Add(ImportedPast past)
    {
        Statuses[past.Status] = Statuses.GetValueOrDefault(past.Status) + 1;
        if (past.ShippedAt is not null) OrdersShipped++;
        if (past.DeliveredAt is not null) OrdersDelivered++;
        foreach (var payment in past.Payments)
        {
            string key = $"{payment.Kind} {payment.Tender}";
            if (!Payments.TryGetValue(key, out var sum)) Payments[key] = sum = new Charged();
            sum.Lines++;
            sum.Minor += payment.Minor;
        }
    }

    /// <summary>Notes a return and answers the fault to report when not all of it was matched.</summary>
    public RowFault? Add(ImportedReturn one, long leftOver)
    {
        Returns.Rows++;
        Returns.Units += one.Quantity;
        Returns.UnitsMatched += one.Quantity - leftOver;
        if (leftOver == 0) { Returns.RowsMatched++; return null; }
        if (leftOver < one.Quantity) Returns.RowsPartly++; else Returns.RowsUnmatched++;
        return leftOver < one.Quantity
            ? new RowFault(one.FileLine, "", "return_partly_unmatched", $"No earlier sale of {one.Sku} to this customer is left for {leftOver} of {one.Quantity} units.")
            : new RowFault(one.FileLine, "", "return_unmatched", $"There is no earlier sale of {one.Sku} to this customer with units left.");
    }

    public void Add(IReadOnlyList<RowFault> faults, IReadOnlyList<RowFault> warnings)
    {
        foreach (var fault in faults) Errors[fault.Code] = Errors.GetValueOrDefault(fault.Code) + 1;
        foreach (var warning in warnings) Warnings[warning.Code] = Warnings.GetValueOrDefault(warning.Code) + 1;
        ErrorRows += faults.Select(f => f.Line).Distinct().Count();
    }
}
