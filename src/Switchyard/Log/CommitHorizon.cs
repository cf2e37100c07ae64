using System.Diagnostics;
using Switchyard.Database;

namespace Switchyard.Log;

/// <summary>
/// How far the log may be read: the highest position below which no entry can still appear. One for the process; its
/// readers share one look at the database.
/// </summary>
/// <remarks>
/// On PostgreSQL positions become visible in another order than they were drawn. A writer takes its transaction id before
/// it draws a position. We note the last position drawn, W, then take a transaction id of our own, S: whoever drew W or
/// less has an id below S. Once the oldest running transaction is S or later, all of them have ended, and W may be passed.
/// A snapshot's xmax does not do for S: it is one more than the last id that has *ended*, so a writer may run beyond it.
/// SQLite has one writer, and there the last position is the horizon.
/// </remarks>
public class CommitHorizon
{
    private readonly Db _db;
    private readonly string _newest, _drawn, _own;

    private const int MostNoted = 64;
    private static readonly TimeSpan OthersPoll = TimeSpan.FromMilliseconds(500), OpenPoll = TimeSpan.FromMilliseconds(10);
    private readonly Lock _lock = new();
    private readonly Queue<(long Position, long TransactionId)> _noted = new();
    private Task<long> _running = Task.FromResult(0L);
    private Task<long>? _next;
    private long _known, _lastNoted;

    public CommitHorizon(Db db) : this(db, "events", "position") { }

    /// <summary>The same of another table that is only ever added to, and whose key is drawn from a sequence of its own.</summary>
    protected CommitHorizon(Db db, string table, string key)
    {
        _db = db;
        _newest = $"select coalesce(max({key}), 0) from {table} /* house */";
        _drawn = $"select case when is_called then last_value else 0 end from {table}_{key}_seq";
        _own = $"select pg_current_xact_id()::text::bigint where exists (select 1 from {table}_{key}_seq where is_called and last_value > @noted)";
    }

    /// <summary>The horizon as it was last found; it may have moved on since.</summary>
    public long Known => Interlocked.Read(ref _known);

    internal long Looks { get; private set; }
    internal long IdsSpent { get; private set; }

    /// <summary>The horizon as of a moment after this call. All who call while one look is under way share the next.</summary>
    public Task<long> Read()
    {
        lock (_lock)
        {
            if (_next is not null) return _next;
            if (_running.IsCompleted) return _running = Task.Run(Look);
            // On another thread: a look that ends just now would otherwise be followed here, before _next is set, and _next never cleared.
            var running = _running;
            return _next = Task.Run(() => LookAgain(running));
        }
    }

    /// <summary>Returns the horizon as soon as it is beyond <paramref name="position"/>, or after <paramref name="atMost"/> as it is then.</summary>
    public async Task<long> WaitBeyond(long position, TimeSpan atMost, CancellationToken stop)
    {
        if (Known > position) return Known;
        for (long start = Stopwatch.GetTimestamp(); ;)
        {
            var commit = _db.Pulse.Next;
            long reach = await Read().WaitAsync(stop);
            var left = atMost - Stopwatch.GetElapsedTime(start);
            if (reach > position || left <= TimeSpan.Zero) return reach;
            bool isOpen;
            lock (_lock) isOpen = _noted.Count > 0;
            var pause = isOpen ? OpenPoll : OthersPoll;        // writers of other processes do not pulse here
            try { await commit.WaitAsync(pause < left ? pause : left, stop); }
            catch (TimeoutException) { }
        }
    }

    /// <summary>Returns the horizon once it has passed every entry that can be seen now, or after <paramref name="atMost"/> as it is then.</summary>
    public async Task<long> PassAll(TimeSpan atMost)
    {
        long newest = await _db.ReadAll(work => work.Scalar(_newest));
        return await WaitBeyond(newest - 1, atMost, CancellationToken.None);
    }

    private async Task<long> LookAgain(Task<long> running)
    {
        await Task.WhenAny(running);
        Task<long> mine;
        lock (_lock)
        {
            _next = null;
            _running = mine = Task.Run(Look);
        }
        return await mine;
    }

    private async Task<long> Look()
    {
        Looks++;
        if (_db.Kind == DatabaseKind.Sqlite)
        {
            long last = await _db.ReadAll(work => work.Scalar(_newest));
            Interlocked.Exchange(ref _known, last);
            return last;
        }
        var (drawn, own, oldest) = await _db.ReadAll(LookOnPostgres);
        lock (_lock)
        {
            if (drawn < _lastNoted) { _noted.Clear(); _known = _lastNoted = 0; }      // the database was put back to an earlier day
            if (own is { } id && _noted.Count < MostNoted)
            {
                _noted.Enqueue((drawn, id));
                _lastNoted = drawn;
                IdsSpent++;
            }
            while (_noted.TryPeek(out var noted) && noted.TransactionId <= oldest)
                Interlocked.Exchange(ref _known, _noted.Dequeue().Position);
            return _known;
        }
    }

    // Three statements of one round trip, and the order matters. A transaction id is spent only when a position is new.
    private async Task<(long Drawn, long? Own, long Oldest)> LookOnPostgres(Work work)
    {
        var batch = work.Batch();
        var drawn = batch.Query(_drawn, row => row.Long());
        var own = batch.Query(_own, row => row.Long(), ("noted", Interlocked.Read(ref _lastNoted)));
        var oldest = batch.Query("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", row => row.Long());
        await batch.Run();
        return (drawn[0], own.Count == 0 ? null : own[0], oldest[0]);
    }
}
