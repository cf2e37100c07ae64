using Switchyard.Database;

namespace Switchyard.Inventory;

/// <summary>
/// Stock rows from memory, as they are in the database at a moment after the question: every look reads what the ledger has new since the
/// last, so that a change by any process is seen, and asks for the rows themselves only of SKUs that it does not hold. All who ask while one
/// look is under way share the next.
/// </summary>
/// <remarks>
/// An entry of the ledger tells the balance after it, and entries of one row are drawn under that row's lock: the newest one that is seen is
/// the row as it is. Entries of different rows are seen in another order than they were drawn, so each look begins behind the highest position
/// below which none can still appear, found as <see cref="Log.CommitHorizon"/> does. Until one is known, and when there are too many entries,
/// rows are read and not kept. SQLite has one writer, and there the last position is that mark.
/// Cost: about 500 bytes a SKU of eight nodes, at most 50,000 SKUs; past that all is dropped and read again as it is asked for.
/// </remarks>
public sealed class StockWatch(Db db, TimeProvider clock)
{
    private const int MostSkus = 50_000, MostTogether = 128, MostEntries = 5_000;
    private readonly Lock _lock = new();
    private readonly List<Question> _waiting = [];
    private bool _isLooking;

    // Only the one look that is under way touches these.
    private readonly Dictionary<long, KeptStock> _kept = [];
    private (long Position, long TransactionId)? _noted;
    private long? _from;
    private long _lastNoted;

    /// <summary>What is known of some SKUs at a moment after the question.</summary>
    /// <param name="CatalogVersion">Of the merchant, at that moment.</param>
    public sealed record Answer(long CatalogVersion, SupplyReader.Supplies Supplies);

    private sealed record Question(long Merchant, long[] Skus)
    {
        public TaskCompletionSource<Answer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Change(long Position, long Sku, KeptStock.Level Level);
    private sealed record Found(List<Change> Changes, List<(long Sku, KeptStock.Level Level)> Rows, List<(long Sku, long Node, long Units)> Lapsed,
        List<SupplyReader.Due> Due, List<Orders.OrderClaims.Owed> Owed, List<(long Merchant, long Version)> Versions, List<long> Oldest, List<long> Drawn, List<long> Own);

    /// <param name="skus">Found under the merchant before.</param>
    public Task<Answer> Read(long merchant, long[] skus)
    {
        var question = new Question(merchant, skus);
        lock (_lock)
        {
            _waiting.Add(question);
            if (_isLooking) return question.Done.Task;
            _isLooking = true;
        }
        _ = Task.Run(Answerer);
        return question.Done.Task;
    }

    /// <summary>What limits the sale of these SKUs to a buyer beside stock, read anew each time; null where nothing does.</summary>
    internal Task<SaleView?> Limits(Sourcing.MerchantSettings settings, SoldTo to, long[] skus, DateTimeOffset now) => SaleView.Read(db, settings, to, skus, now);

    private async Task Answerer()
    {
        while (true)
        {
            List<Question> together;
            lock (_lock)
            {
                int count = Math.Min(_waiting.Count, MostTogether);
                together = _waiting.GetRange(0, count);
                _waiting.RemoveRange(0, count);
                if (count == 0) { _isLooking = false; return; }
            }
            try { await Look(together); }
#pragma warning disable CA1031 // told to those who asked
            catch (Exception e)
#pragma warning restore CA1031
            {
                Forget();
                foreach (var question in together) question.Done.TrySetException(e);
            }
        }
    }

    private async Task Look(List<Question> together)
    {
        long[] skus = [.. together.SelectMany(q => q.Skus).Distinct()];
        if (_kept.Count + skus.Length > MostSkus) _kept.Clear();
        long[] unknown = _from is null ? skus : Array.FindAll(skus, sku => !_kept.ContainsKey(sku));
        var now = clock.GetUtcNow();
        var found = await db.ReadAll(work => Ask(work, [.. together.Select(q => q.Merchant).Distinct()], skus, unknown, now.ToUnixTimeMilliseconds(), now));
        if (IsLost(found)) { Forget(); await Look(together); return; }
        Apply(found.Changes);
        var levels = found.Rows.ToLookup(r => r.Sku, r => r.Level);
        foreach (long sku in unknown) _kept[sku] = KeptStock.Of(levels[sku]);

        var due = found.Due.ToLookup(d => d.Sku);
        var lapsed = found.Lapsed.ToLookup(l => l.Sku, l => (l.Node, l.Units));
        var owed = found.Owed.ToDictionary(o => o.Sku);
        var versions = found.Versions.ToDictionary(v => v.Merchant, v => v.Version);
        foreach (var question in together)
        {
            var own = new Dictionary<long, KeptStock>(question.Skus.Length);
            foreach (long sku in question.Skus) own[sku] = _kept[sku];
            question.Done.TrySetResult(new Answer(versions.GetValueOrDefault(question.Merchant), new SupplyReader.Supplies(own, due, lapsed, owed)));
        }
        MoveOn(found);
    }

    /// <summary>Too much has changed since the last look to follow, or the database was put back to an earlier day: what is kept cannot be trusted.</summary>
    private bool IsLost(Found found) => found.Changes.Count > MostEntries || found.Drawn[0] < Math.Max(_from ?? 0, _lastNoted);

    private void Forget()
    {
        _kept.Clear();
        (_from, _noted, _lastNoted) = (null, null, 0);
    }

    private void Apply(List<Change> changes)
    {
        foreach (var change in changes)
            if (_kept.TryGetValue(change.Sku, out var levels)) _kept[change.Sku] = levels.With(change.Level);
    }

    /// <summary>What is kept was read behind the mark as it was when the look began; the next look begins where all before has been seen.</summary>
    private void MoveOn(Found found)
    {
        if (db.Kind == DatabaseKind.Sqlite) { _from = found.Drawn[0]; return; }
        // Rows read while no mark was known may have changed since, unseen.
        if (_from is null) _kept.Clear();
        if (_noted is { } noted && noted.TransactionId <= found.Oldest[0]) (_from, _noted) = (noted.Position, null);
        if (_noted is null && found.Own.Count > 0) (_noted, _lastNoted) = ((found.Drawn[0], found.Own[0]), found.Drawn[0]);
    }

    // Statements of one round trip, and their order matters: what is older first, so that nothing falls between two of them.
    private async Task<Found> Ask(Work work, long[] merchants, long[] skus, long[] unknown, long nowMs, DateTimeOffset now)
    {
        bool isPostgres = db.Kind == DatabaseKind.Postgres;
        var batch = work.Batch();
        var versions = batch.Query("select merchant_id, version from catalog_versions where merchant_id = any(@merchants)", row => (row.Long(), row.Long()), ("merchants", merchants));
        List<long> oldest = isPostgres ? batch.Query("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", row => row.Long()) : [];
        List<Change> changes = _from is not { } from ? [] : batch.Query(
            $"""
            select l.id, l.sku_id, {KeptStock.Columns("l")} from stock_ledger l where l.id > @from order by l.id limit @most -- house
            """, row => new Change(row.Long(), row.Long(), KeptStock.Read(row)), ("from", from), ("most", MostEntries + 1L));
        List<(long, KeptStock.Level)> rows = unknown.Length == 0 ? [] : batch.Query(
            $"select s.sku_id, {KeptStock.Columns("s")} from stock s where s.sku_id = any(@skus) -- house: ids were found under their merchant",
            row => (row.Long(), KeptStock.Read(row)), ("skus", unknown));
        var lapsed = batch.Query(
            """
            select i.sku_id, i.node_id, sum(i.quantity) from reservation_items i where i.sku_id = any(@skus) and i.is_open and i.expires_at_ms <= @now
             group by i.sku_id, i.node_id -- house: ids were found under their merchant
            """, row => (row.Long(), row.Long(), row.Sum()), ("skus", skus), ("now", nowMs));
        var due = SupplyReader.QueueInbound(batch, skus, now);
        var owed = Orders.OrderClaims.Queue(batch, skus);
        var drawn = isPostgres ? batch.Query("select case when is_called then last_value else 0 end from stock_ledger_id_seq", row => row.Long())
            : batch.Query("select coalesce(max(id), 0) from stock_ledger /* house */", row => row.Long());
        List<long> own = !isPostgres || _noted is not null ? [] : batch.Query(
            """
            select pg_current_xact_id()::text::bigint where @first or exists (select 1 from stock_ledger_id_seq where is_called and last_value > @noted)
            """, row => row.Long(), ("noted", _lastNoted), ("first", _from is null));
        await batch.Run();
        return new Found(changes, rows, lapsed, due, owed, versions, oldest, drawn, own);
    }
}

/// <summary>The balances of one SKU's rows, as far as promising goes. Never changed, only replaced.</summary>
public sealed class KeptStock
{
    private (IReadOnlySet<long> Nodes, SkuSupply Supply)? _plain;

    private KeptStock(Level[] levels) => Levels = levels;

    /// <param name="Available">What no claim holds; negative is a deficit.</param>
    /// <param name="Claimed">Allocated, reserved and set aside.</param>
    public readonly record struct Level(long Node, long Available, long Reserved, long Earmarked, long OnHand, long Claimed);

    /// <summary>In the order of nodes.</summary>
    public IReadOnlyList<Level> Levels { get; }

    internal static string Columns(string of) =>
        $"""
        {of}.node_id, case when {of}.is_stopped then 0 else {of}.on_hand - {of}.unavailable - {of}.allocated - {of}.reserved - {of}.earmarked - {of}.safety end,
        case when {of}.is_stopped then 0 else {of}.reserved end, {of}.earmarked,
        {of}.on_hand, {of}.allocated + {of}.reserved + {of}.earmarked
        """;

    internal static Level Read(Row row) => new(row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long());

    public static KeptStock Of(IEnumerable<Level> levels) => new([.. levels.OrderBy(l => l.Node)]);

    public KeptStock With(Level level) => Of(Levels.Where(l => l.Node != level.Node).Append(level));

    /// <summary>The supply at these nodes when nothing is on its way, waited for or lapsed: made once for the same nodes.</summary>
    public SkuSupply Plain(IReadOnlySet<long> nodes)
    {
        if (_plain is { } made && ReferenceEquals(made.Nodes, nodes)) return made.Supply;
        var supply = new SkuSupply([.. Levels.Where(l => nodes.Contains(l.Node)).Select(l => new NodeSupply(l.Node, l.Available, [], []))], []);
        _plain = (nodes, supply);
        return supply;
    }
}
