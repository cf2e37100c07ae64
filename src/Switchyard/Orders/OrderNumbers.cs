using System.Collections.Concurrent;
using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>Hands out order numbers from blocks of the series, one block a process and merchant; what is not used leaves a gap.</summary>
public sealed class OrderNumbers(Db db)
{
    private const int Block = 500;
    private readonly ConcurrentDictionary<long, Series> _series = new();

    private sealed class Series
    {
        public SemaphoreSlim Turn { get; } = new(1);
        public string Prefix { get; set; } = "";
        public long Next { get; set; }
        public long End { get; set; }
    }

    /// <summary>Takes so many numbers; called before the transaction that uses them.</summary>
    public async Task<Queue<string>> Take(long merchant, int count)
    {
        var series = _series.GetOrAdd(merchant, static _ => new Series());
        var numbers = new Queue<string>(count);
        await series.Turn.WaitAsync();
        try
        {
            while (numbers.Count < count)
            {
                if (series.Next == series.End) await Refill(series, merchant);
                numbers.Enqueue(series.Prefix + Kernel.Text.Invariant(series.Next++));
            }
        }
        finally { series.Turn.Release(); }
        return numbers;
    }

    private async Task Refill(Series series, long merchant)
    {
        var taken = (await db.WriteAll(work => work.Query(
            "update number_series set next = next + @size where merchant_id = @of and series = 'sales' returning prefix, next -- house",
            row => (Prefix: row.Text(), End: row.Long()), ("size", (long)Block), ("of", merchant)))).Single();
        (series.Prefix, series.Next, series.End) = (taken.Prefix, taken.End - Block, taken.End);
    }
}
