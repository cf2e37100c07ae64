using Switchyard.Database;
using Switchyard.Inventory;

namespace Switchyard.Connectors;

/// <summary>
/// Follows the stock ledger and notes which listings may have to be told another quantity: those of the SKUs, and of bundles that hold them. A reservation that lapses leaves no entry, and is looked for.
/// One position for all processes: who comes second finds nothing left to note.
/// </summary>
public sealed class MarkListings(Db db, LedgerHorizon horizon, ConnectorPatience patience, TimeProvider clock, ILogger<MarkListings> log) : BackgroundService
{
    private const string Mark = "stock";
    private const long MostEntries = 20_000;
    private static readonly TimeSpan BetweenTurns = TimeSpan.FromMilliseconds(40), Idle = TimeSpan.FromSeconds(2);
    private long _position = -1;
    private bool _wasIdle = true;

    private sealed record Touched(long Sku, long AtMs);

    /// <summary>Beats when listings were marked.</summary>
    internal CommitPulse Marked { get; } = new();

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Turn(await horizon.WaitBeyond(_position, patience.Poll, stoppingToken));
                await Task.Delay(_wasIdle ? Idle : BetweenTurns, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
#pragma warning disable CA1031 // the process edge: the database may be away for a while
            catch (Exception e)
            {
                log.LogWarning(e, "Changes of stock were not followed; the next turn tries again");
                await Task.Delay(patience.Poll, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>Notes what changed up to an entry of the ledger.</summary>
    internal async Task Turn(long reach)
    {
        if (await db.ReadAll(work => work.Scalar("select count(*) from (select 1 as one from channel_listings where product_id is not null limit 1) x /* house */")) == 0) { _wasIdle = true; return; }
        var (position, atMs) = await Known();
        // The first look of all begins with what is there: all that can be seen now is behind the mark.
        if (position is null) reach = await horizon.PassAll(patience.Timeout);
        long now = Now;
        var lapsed = await Lapsed(atMs, now);
        if (position is { } known && known >= reach && lapsed.Count == 0) { (_position, _wasIdle) = (known, false); return; }
        bool isAnew = _wasIdle && position is null;
        (_position, long marked) = await db.WriteAll(async work =>
        {
            await work.Execute("insert into channel_marks (name, position, at_ms) values (@name, @reach, @now) on conflict (name) do nothing", ("name", Mark), ("reach", reach), ("now", now));
            long from = await work.Scalar("select position from channel_marks where name = @name for update", ("name", Mark)), to = Math.Min(reach, from + MostEntries);
            var touched = to <= from ? [] : await work.Query("select sku_id, min(recorded_at_ms) from stock_ledger where id > @from and id <= @to group by sku_id order by sku_id /* house */",
                row => new Touched(row.Long(), row.Long()), ("from", from), ("to", to));
            long rows = await Note(work, [.. touched, .. lapsed]);
            if (isAnew) rows += await All(work);
            await work.Execute("update channel_marks set position = case when position > @to then position else @to end, at_ms = @now where name = @name", ("to", to), ("now", now), ("name", Mark));
            return (Math.Max(from, to), rows);
        });
        _wasIdle = false;
        if (marked > 0) Marked.Beat();
    }

    private async Task<(long? Position, long AtMs)> Known()
    {
        var found = await db.ReadAll(work => work.Query("select position, at_ms from channel_marks where name = @name", row => (row.Long(), row.Long()), ("name", Mark)));
        return found is [var (position, atMs)] ? (position, atMs) : (null, Now);
    }

    private Task<List<Touched>> Lapsed(long since, long now) => db.ReadAll(work => work.Query(
        "select i.sku_id, min(i.expires_at_ms) from reservation_items i where i.is_open and i.expires_at_ms > @since and i.expires_at_ms <= @now group by i.sku_id order by i.sku_id /* house */",
        row => new Touched(row.Long(), row.Long()), ("since", since), ("now", now)));

    private static async Task<long> Note(Work work, IReadOnlyList<Touched> touched) => await work.Execute(
        $"""
        with touched (product_id, at_ms) as (
            select r.sku_id, r.at_ms from @rows r union all select b.bundle_id, t.at_ms from @rows t join bundle_components b on b.component_id = t.sku_id
        ), due (product_id, at_ms) as (select product_id, min(at_ms) from touched group by product_id)
        update channel_listings set dirt = dirt + 1, due_at_ms = case when tries = 0 then 0 else due_at_ms end, dirty_since_ms = coalesce(dirty_since_ms, due.at_ms),
               timed_since_ms = coalesce(timed_since_ms, case when exists (select 1 from connections k where k.id = channel_listings.connection_id and k.state = 'live') then due.at_ms end)
          from due where channel_listings.product_id = due.product_id and {ListingRow.IsTold.Replace("product_id is", "channel_listings.product_id is", StringComparison.Ordinal)} /* house */
        """, Rows.Of(touched).Long("sku_id", t => t.Sku).Long("at_ms", t => t.AtMs));

    // Nobody looked for a while, and what changed since is not known: all are looked at.
    private async Task<long> All(Work work) => await work.Execute(
        $"update channel_listings set dirt = dirt + 1, dirty_since_ms = coalesce(dirty_since_ms, @now) where {ListingRow.IsTold} /* house */", ("now", Now));
}
