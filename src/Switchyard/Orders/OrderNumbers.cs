using System.Collections.Concurrent;
using Switchyard.Database;

namespace Switchyard.Orders;

/// <summary>Hands out order numbers from blocks taken of the series, one block a process at a time; a crash leaves a gap.</summary>
public sealed class OrderNumbers(Db db)
{
    private const int Block = 200;
    private readonly ConcurrentDictionary<long, (string Prefix, long Next, long End)> _blocks = new();

    /// <summary>Makes sure that so many numbers are at hand; called before the transaction, by one caller at a time.</summary>
    public async Task Provide(long merchant, int count)
    {
        if (_blocks.TryGetValue(merchant, out var block) && block.End - block.Next >= count) return;
        int size = Math.Max(Block, count);
        var taken = await db.WriteAll(work => work.Query(
            """
            update number_series set next = next + @size where merchant_id = @of and series = 'sales' returning prefix, next -- house
            """, row => (Prefix: row.Text(), End: row.Long()), ("size", (long)size), ("of", merchant)));
        _blocks[merchant] = (taken[0].Prefix, taken[0].End - size, taken[0].End);
    }

    public string Take(long merchant)
    {
        var block = _blocks[merchant];
        _blocks[merchant] = block with { Next = block.Next + 1 };
        return block.Prefix + Kernel.Text.Invariant(block.Next);
    }
}
