using Switchyard.Access;
using Switchyard.Database;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>
/// Plans orders that wait anew when what makes them dear or cheap has changed: some seconds after the first change, so that many are one run.
/// A mark is taken away when its run is over and nothing came to it meanwhile; after a crash it is still there.
/// </summary>
public sealed class KeepReplanning(Db db, DecideTogether together, TimeProvider clock, ILogger<KeepReplanning> log) : BackgroundService
{
    private const int MostMarks = 2_000, MostSkusOfARun = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2), Settle = TimeSpan.FromSeconds(5);

    private sealed record Mark(long Merchant, long Sku, long Changes, string? Name);

    /// <returns>Runs that were made.</returns>
    public async Task<int> Handle()
    {
        int runs = 0;
        foreach (var merchant in (await Find()).GroupBy(m => m.Merchant))
        {
            try { if (await Run(Actor.House("system:replan", merchant.Key), [.. merchant])) runs++; }
#pragma warning disable CA1031 // what is wrong with one merchant's books keeps no other's orders from being planned
            catch (Exception e) { log.LogError(e, "Orders of merchant {Merchant} could not be planned anew", merchant.Key); }
#pragma warning restore CA1031
        }
        return runs;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.Every(Pause, clock, Handle, log, "Orders that wait were not planned anew", stoppingToken);

    private Task<List<Mark>> Find() => db.ReadAll(work => work.Query(
        """
        select m.merchant_id, m.sku_id, m.changes, p.sku from replan_marks m left join products p on p.id = m.sku_id and p.merchant_id = m.merchant_id
         where m.merchant_id in (select d.merchant_id from replan_marks d where d.since_ms <= @settled) order by m.merchant_id, m.sku_id limit @most /* house */
        """, row => new Mark(row.Long(), row.Long(), row.Long(), row.TextOrNull()),
        ("settled", (clock.GetUtcNow() - Settle).ToUnixTimeMilliseconds()), ("most", (long)MostMarks)));

    private async Task<bool> Run(Actor actor, List<Mark> marks)
    {
        if ((await db.Read(actor, ReplanSettings.Read)).IsOn)
        {
            bool isAll = marks[0].Sku == 0 || marks.Count > MostSkusOfARun;
            var run = await together.Run(actor, new ReplanAsk("change", isAll ? null : string.Join(", ", marks.Take(5).Select(m => m.Name)) + (marks.Count > 5 ? ", …" : ""),
                isAll ? null : [.. marks.Select(m => m.Sku)]));
            if (run.Error is not null) return false;
        }
        await db.Write<Done>(actor, async work =>
        {
            await work.Execute(
                """
                delete from replan_marks where merchant_id = @merchant
                   and exists (select 1 from @rows r where r.sku_id = replan_marks.sku_id and r.changes = replan_marks.changes)
                """, Rows.Of(marks).Long("sku_id", m => m.Sku).Long("changes", m => m.Changes));
            return new Done();
        });
        return true;
    }
}
