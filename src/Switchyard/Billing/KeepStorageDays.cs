using System.Globalization;
using Switchyard.Database;

namespace Switchyard.Billing;

/// <summary>
/// Looks at the end of each day, by the time of the node, in how many pallet places and bins goods of each merchant lie. A day nobody looked at because the server stood still is counted by
/// what lies there when it runs again. Safe to run twice and on several processes: a day of a node is written once, with all its entries.
/// </summary>
public sealed class KeepStorageDays(Db db, TimeProvider clock, ILogger<KeepStorageDays> log) : BackgroundService
{
    private const int MostMissed = 31;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private sealed record House(long Id, string Code, TimeZoneInfo Zone, string? Last);

    /// <returns>Days that were written.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        int written = 0;
        foreach (var node in await db.ReadAll(work => work.Query(
            """
            select n.id, n.code, n.time_zone, (select max(d.day) from storage_days d where d.node_id = n.id) from nodes n where n.kind in ('warehouse', 'store')
               and exists (select 1 from bins b where b.node_id = n.id) order by n.id /* house */
            """, row => new House(row.Long(), row.Text(), TimeZoneInfo.FindSystemTimeZoneById(row.TextOrNull() ?? "UTC"), row.TextOrNull()))))
        {
            var ended = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, node.Zone).DateTime).AddDays(-1);
            var first = node.Last is { } last ? DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1) : ended;
            if (first < ended.AddDays(1 - MostMissed)) first = ended.AddDays(1 - MostMissed);
            for (var day = first; day <= ended; day = day.AddDays(1))
                if (await Write(node, day, now)) written++;
        }
        return written;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "What is stored was not counted", stoppingToken, atOnce: true);

    private async Task<bool> Write(House node, DateOnly day, DateTimeOffset now)
    {
        string text = ActivityLog.Text(day);
        return await db.WriteAll(async work =>
        {
            if (await work.Execute("insert into storage_days (node_id, day, seen_at_ms) values (@node, @day, @now) on conflict do nothing",
                ("node", node.Id), ("day", text), ("now", now.ToUnixTimeMilliseconds())) == 0) return false;
            var bins = await work.Query(
                """
                select distinct s.merchant_id, b.code, coalesce(p.kind, 'pick') from bins b join bin_stock s on s.bin_id = b.id left join bin_places p on p.bin_id = b.id
                 where b.node_id = @node and s.quantity > 0 and coalesce(p.kind, 'pick') in ('pick', 'bulk', 'reserve') and b.code not in ('UNPLACED', 'MISSING', 'PICKED') order by s.merchant_id, b.code /* house */
                """, row => (Merchant: row.Long(), Bin: row.Text(), Kind: row.Text()), ("node", node.Id));
            // Written as the last of the day, so that the entry is of that day in the time of the node.
            long at = Midday(day, node.Zone);
            await ActivityLog.Write(work, [.. bins.Select(b => (b.Merchant, b.Bin, Activity: b.Kind == "pick" ? Activity.BinDay : Activity.PalletDay)).Select(b =>
                new ActivityLog.Entry(b.Merchant, node.Code, b.Activity, 1, b.Bin, null, at, $"{Bills.Name(b.Activity)}:{node.Code}:{text}:{b.Bin}"))]);
            return true;
        });
    }

    private static long Midday(DateOnly day, TimeZoneInfo zone) => new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), zone.GetUtcOffset(day.ToDateTime(new TimeOnly(12, 0)))).ToUnixTimeMilliseconds();
}
