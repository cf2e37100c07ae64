using System.Collections.Concurrent;
using System.Globalization;
using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>
/// Hands out order numbers from blocks of their type's series, one block a process, merchant and type; what is not used leaves a gap.
/// The series in the database only ever goes up, so no number is given twice, whoever draws.
/// </summary>
public sealed class OrderNumbers(Db db)
{
    private readonly ConcurrentDictionary<(long Merchant, string Type), Series> _series = new();

    private sealed class Series
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public NumberForm Form { get; set; } = new("", 1);
        public long Version { get; set; }
        public long Next { get; set; }
        public long End { get; set; }
    }

    /// <summary>Takes so many numbers; called before the transaction that uses them.</summary>
    /// <param name="type">The series: sales or wholesale.</param>
    /// <param name="version">The version of the series that is known; a block of an older one is left and a new one drawn.</param>
    public async Task<Queue<string>> Take(long merchant, int count, string type = OrderTypes.Sales, long version = 0)
    {
        var series = _series.GetOrAdd((merchant, type), static _ => new Series());
        var numbers = new Queue<string>(count);
        await series.Turn.WaitAsync();
        try
        {
            if (series.Version < version) series.End = series.Next;
            while (numbers.Count < count)
            {
                if (series.Next == series.End) await Refill(series, merchant, type);
                numbers.Enqueue(series.Form.Of(series.Next++));
            }
        }
        finally { series.Turn.Release(); }
        return numbers;
    }

    private async Task Refill(Series series, long merchant, string type)
    {
        long size = type == OrderTypes.Sales ? 500 : 50;
        var taken = (await db.WriteAll(work => work.Query(
            """
            update number_series set next = next + @size where merchant_id = @of and series = @series returning prefix, digits, version, next -- house
            """, row => (Form: new NumberForm(row.Text(), row.Int()), Version: row.Long(), End: row.Long()), ("size", size), ("of", merchant), ("series", type)))).Single();
        (series.Form, series.Version, series.Next, series.End) = (taken.Form, taken.Version, taken.End - size, taken.End);
    }
}

/// <summary>How a series writes its numbers.</summary>
/// <param name="Digits">At least so many, with zeros before.</param>
public readonly record struct NumberForm(string Prefix, int Digits)
{
    public string Of(long number) => Prefix + number.ToString("D" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
