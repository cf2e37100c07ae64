using System.Globalization;
using Switchyard.Database;

namespace Switchyard.Connectors;

/// <summary>How long changes of stock take until a channel is told, counted in steps that grow by a quarter: a few rows a day and connection.</summary>
public static class StockLags
{
    private const int KeptDays = 14;
    private static readonly long[] Steps = [.. Enumerable.Range(0, 64).Select(i => (long)Math.Ceiling(25 * Math.Pow(1.25, i)))];

    /// <param name="P50Ms">Half of the changes were told within this; null: none was told.</param>
    public sealed record View(long? P50Ms, long? P99Ms, long N);

    public static long StepOf(long ms) => Array.Find(Steps, s => s >= ms) is > 0 and var step ? step : Steps[^1];

    internal static async Task Note(Work work, Guid connection, IReadOnlyList<long> lags, DateTimeOffset now)
    {
        if (lags.Count == 0) return;
        await work.Execute(
            """
            insert into channel_lags (connection_id, day, upto_ms, merchant_id, n) select @connection, @day, r.upto_ms, @merchant, r.n from @rows r where true
                on conflict (connection_id, day, upto_ms) do update set n = channel_lags.n + excluded.n
            """, Rows.Of(lags.GroupBy(StepOf).OrderBy(g => g.Key).Select(g => (Step: g.Key, Count: (long)g.Count())).ToList()).Long("upto_ms", l => l.Step).Long("n", l => l.Count), ("connection", connection), ("day", Day(now)));
    }

    /// <summary>Of the last days, by connection.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, View>> Read(Work work, DateTimeOffset now, int days = 2) => (await work.Query(
            "select connection_id, upto_ms, sum(n) from channel_lags where merchant_id = @merchant and day >= @since group by connection_id, upto_ms order by connection_id, upto_ms",
            row => (Connection: row.Uuid(), Step: row.Long(), N: row.Sum()), ("since", Day(now.AddDays(1 - days)))))
        .GroupBy(l => l.Connection).ToDictionary(g => g.Key, g => Of([.. g.Select(l => (l.Step, l.N))]));

    /// <param name="counts">How many within each step, the steps ascending.</param>
    public static View Of(IReadOnlyList<(long Step, long N)> counts)
    {
        long all = counts.Sum(c => c.N);
        return new View(At(0.5), At(0.99), all);

        long? At(double part)
        {
            long left = (long)Math.Ceiling(all * part);
            foreach (var (step, n) in counts) if ((left -= n) <= 0) return step;
            return null;
        }
    }

    internal static Task<int> Forget(Work work, DateTimeOffset now) => work.Execute("delete from channel_lags where day < @before /* house */", ("before", Day(now.AddDays(-KeptDays))));

    internal static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
