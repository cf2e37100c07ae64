namespace Switchyard.Orders;

/// <summary>A line that was sold and may be given back.</summary>
/// <param name="OrderId">Empty for an order that is not stored yet.</param>
/// <param name="Left">Units sold and not given back so far.</param>
public sealed record SoldLine(Guid OrderId, string ExternalId, int LineNo, string Customer, string SkuKey, DateTimeOffset At, long Left);

/// <summary>Units of a return that were found on a sold line.</summary>
public readonly record struct MatchedUnits(ImportedReturn Return, SoldLine Sale, long Quantity);

/// <summary>Finds the sales that returns undo. It never guesses: what it does not find stays over.</summary>
public static class ReturnMatching
{
    /// <summary>
    /// Matches returns in the order of time to the latest strictly earlier sales of the same customer and SKU with quantity left.
    /// </summary>
    /// <param name="returns">Any order; they are taken by date, then by line.</param>
    /// <param name="sold">Every line that may be matched, each once.</param>
    /// <returns>The matched units in the order they were found, and for each return what was left over (0 when all was found).</returns>
    public static (List<MatchedUnits> Matched, Dictionary<ImportedReturn, long> LeftOver) Match(IEnumerable<ImportedReturn> returns, IEnumerable<SoldLine> sold)
    {
        var sales = sold.GroupBy(s => (s.Customer, s.SkuKey)).ToDictionary(g => g.Key, g => g
            .OrderByDescending(s => s.At).ThenByDescending(s => s.ExternalId, StringComparer.Ordinal).ThenByDescending(s => s.LineNo)
            .Select(s => new Open(s) { Left = s.Left }).ToList());
        var matched = new List<MatchedUnits>();
        var leftOver = new Dictionary<ImportedReturn, long>(ReferenceEqualityComparer.Instance);
        foreach (var one in returns.OrderBy(r => r.At).ThenBy(r => r.FileLine))
        {
            long wanted = one.Quantity;
            foreach (var sale in sales.GetValueOrDefault((one.Customer, one.SkuKey), []))
            {
                if (wanted == 0) break;
                if (sale.Left == 0 || sale.Line.At >= one.At) continue;
                long taken = Math.Min(wanted, sale.Left);
                sale.Left -= taken;
                wanted -= taken;
                matched.Add(new MatchedUnits(one, sale.Line, taken));
            }
            leftOver[one] = wanted;
        }
        return (matched, leftOver);
    }

    private sealed class Open(SoldLine line)
    {
        public SoldLine Line => line;
        public long Left { get; set; }
    }
}
