using System.Globalization;
using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;
using Switchyard.Log;

namespace Switchyard.Inventory;

/// <summary>
/// Takes lots out of sale whose last day, less the days that must be left when they are picked, is over; and gives back those whose day was put off. Days are those of UTC. Safe
/// to run twice and on several processes.
/// </summary>
public sealed class WatchLots(Db db, TimeProvider clock, ILogger<WatchLots> log) : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private sealed record Due(long Merchant, long Sku, string SkuText, string Lot, string ExpiresOn, bool IsOver);

    /// <returns>Lots that changed their state.</returns>
    public async Task<int> Handle()
    {
        var now = clock.GetUtcNow();
        int changed = 0;
        foreach (var due in await Find(now))
            if (await Change(due, now)) changed++;
        foreach (long merchant in await db.ReadAll(work => work.Query("select distinct merchant_id from lot_facts where state <> 'open' union select distinct merchant_id from lot_blocks where units > 0 /* house */", row => row.Long())))
        {
            var actor = Actor.House("system:lots", merchant);
            var skus = await db.Read(actor, work => LotBlocks.Differing(work, MostAtOnce));
            foreach (long sku in skus) await db.Write<Done>(actor, async work => { await LotBlocks.Settle(work, actor, now, [sku]); return new Done(); });
        }
        return changed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Every(Pause, clock, Handle, log, "Lots past their day were not looked for", stoppingToken, atOnce: true);

    /// <summary>The first day on which a lot may still be picked.</summary>
    public static string FirstDay(DateTimeOffset now, long days) => DateOnly.FromDateTime(now.UtcDateTime).AddDays((int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A lot may be sold on its last day, and with pick_days left: it is over when its last day is before today + pick_days.
    private Task<List<Due>> Find(DateTimeOffset now) => db.ReadAll(async work =>
    {
        var days = await work.Query("select distinct pick_days from product_tracking /* house */ union select 0", row => row.Long());
        return await work.Query(
            """
            select l.merchant_id, l.sku_id, p.sku, l.lot, l.expires_on, l.expires_on < r.first_day from lots l join products p on p.id = l.sku_id
              left join product_tracking t on t.sku_id = l.sku_id join @rows r on r.days = coalesce(t.pick_days, 0)
              left join lot_facts f on f.sku_id = l.sku_id and f.lot = l.lot
             where l.expires_on < r.first_day and coalesce(f.state, 'open') = 'open' or l.expires_on >= r.first_day and f.state = 'expired'
             order by l.sku_id, l.lot limit @most /* house */
            """, Rows.Of(days).Long("days", d => d).Text("first_day", d => FirstDay(now, d)),
            row => new Due(row.Long(), row.Long(), row.Text(), row.Text(), row.Text(), row.Bool()), ("most", (long)MostAtOnce));
    });

    private async Task<bool> Change(Due due, DateTimeOffset now)
    {
        var actor = Actor.House("system:lots", due.Merchant);
        return (await db.Write<bool>(actor, async work =>
        {
            if (!await LotsSql.Change(work, actor, now, due.Sku, due.Lot, due.IsOver ? "open" : "expired", due.IsOver ? "expired" : "open", due.ExpiresOn)) return false;
            await LotBlocks.Settle(work, actor, now, [due.Sku]);
            await EventLog.Append(work, actor, now, new Happening("lot", LotsSql.Id(due.SkuText, due.Lot), due.IsOver ? "LotExpired" : "LotUsable", new { sku = due.SkuText, due.Lot, due.ExpiresOn }));
            return true;
        })).Value;
    }
}
