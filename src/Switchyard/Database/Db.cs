using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;
using Switchyard.Access;
using Switchyard.Http;
using Switchyard.Kernel;

namespace Switchyard.Database;

/// <summary>
/// The database: where transactions begin and end. Writes carry the caller's idempotency key in the same transaction,
/// deadlocks are tried again, and on SQLite all writes of the process pass one gate.
/// </summary>
public sealed class Db : IAsyncDisposable
{
    private const int MostTries = 6, LockTimeoutMs = 10_000, MostSqliteReaders = 16;
    private readonly DatabaseSettings _settings;
    private readonly TimeProvider _clock;
    private readonly NpgsqlDataSource? _scoped, _owner, _writer;
    private readonly Lazy<SqliteGate>? _gate;
    private readonly System.Collections.Concurrent.ConcurrentBag<SqliteSession> _readers = [];
    private readonly SemaphoreSlim _readerPlaces = new(MostSqliteReaders);

    public Db(DatabaseSettings settings, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        if (settings.Kind == DatabaseKind.Sqlite)
        {
            _gate = new Lazy<SqliteGate>(() => new SqliteGate(settings.ConnectionString, settings.SqlitePath));
            return;
        }
        _owner = settings.OwnerSource();
        _scoped = settings.ScopedSource();
        _writer = settings.WriterSource();
    }

    public DatabaseKind Kind => _settings.Kind;
    public DatabaseSettings Settings => _settings;

    /// <summary>On SQLite: takes the place of the one writer now, not at the first write, so that a second server ends at its start.</summary>
    /// <exception cref="DatabaseInUseException">Another process has it.</exception>
    public void BecomeWriter() => _ = _gate?.Value;

    /// <summary>Pulses after every commit of this process, so that readers of the log need not wait for their poll.</summary>
    public CommitPulse Pulse { get; } = new();

    public Traffic Traffic { get; } = new();

    /// <summary>Reads for one merchant. With <paramref name="snapshot"/> all statements see the same instant.</summary>
    public Task<T> Read<T>(Actor actor, Func<Work, Task<T>> body, bool snapshot = false) => ReadFor([actor.Merchant], body, snapshot);

    /// <summary>Reads for the house: verify, the sealer, sign-in. Passes row security on PostgreSQL.</summary>
    public Task<T> ReadAll<T>(Func<Work, Task<T>> body, bool snapshot = false) => ReadFor(null, body, snapshot);

    /// <summary>
    /// One write: takes the idempotency key, runs <paramref name="body"/>, stores the answer and commits. An error rolls all back.
    /// </summary>
    /// <remarks>Errors: request.idempotency_key_reused, request.in_progress, server.busy, server.unavailable, and those of the body.</remarks>
    public Task<Result<T>> Write<T>(Actor actor, Func<Work, Task<Result<T>>> body) => WriteShared(actor, [], body);

    /// <summary>A <see cref="Write"/> to what serves several merchants (nodes, zones): the rows of those others can be changed too.</summary>
    public Task<Result<T>> WriteShared<T>(Actor actor, IEnumerable<long> others, Func<Work, Task<Result<T>>> body) => Guard(async () =>
    {
        return await Transact<Result<T>>([actor.Merchant, .. others.Where(m => m != actor.Merchant)], async work =>
        {
            if (actor.Stamp is { } stamp)
            {
                var earlier = await Idempotency.Take(work, stamp, _clock.GetUtcNow());
                if (earlier is { } answer) return answer.ToResult<T>(stamp);
            }
            var result = await body(work);
            if (result.IsOk && actor.Stamp is { } taken) await Idempotency.Keep(work, taken, result.Value);
            return result;
        }, result => result is { IsOk: true, IsReplay: false });
    });

    /// <summary>A write of the house, without caller and key: migrations of data, sealing, sweeping.</summary>
    public Task<T> WriteAll<T>(Func<Work, Task<T>> body) => Transact(null, body, _ => true);

    /// <summary>
    /// The transaction itself. <paramref name="merchants"/> null means all. It is committed when <paramref name="keep"/> says so.
    /// The body may run more than once and must not touch anything outside the transaction.
    /// </summary>
    internal Task<T> Transact<T>(long[]? merchants, Func<Work, Task<T>> body, Func<T, bool> keep) =>
        Transact(merchants is null ? _owner : _scoped, merchants, body, keep);

    /// <summary>
    /// The same for the writer of orders, on connections of its own: the pool hands out all of its connections in turn, and a drain would
    /// meet each time one whose statements are not planned yet.
    /// </summary>
    internal Task<T> TransactAsWriter<T>(long[] merchants, Func<Work, Task<T>> body, Func<T, bool> keep) => Transact(_writer, merchants, body, keep);

    private async Task<T> Transact<T>(NpgsqlDataSource? source, long[]? merchants, Func<Work, Task<T>> body, Func<T, bool> keep)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                var result = Kind == DatabaseKind.Sqlite
                    ? await _gate!.Value.Run(session => OnSqlite(session, merchants, body, keep))
                    : await OnPostgres(source!, merchants, body, keep);
                return result;
            }
            catch (PostgresException e) when (Dialect.IsRetryable(e) && attempt < MostTries)
            {
                await Task.Delay(attempt * 5);
            }
        }
    }

    /// <summary>Turns what the database says when it is busy or gone into refusals that tell the caller to come back.</summary>
    public static async Task<Result<T>> Guard<T>(Func<Task<Result<T>>> body)
    {
        try { return await body(); }
        catch (WriterFullException) { return Error.Busy("server.busy", "Too many writes are waiting. Try again shortly.", 1); }
        catch (Exception e) when (Dialect.IsLockTimeout(e)) { return Error.Conflict("request.in_progress", "Another request holds the same records. Try again."); }
        catch (Exception e) when (Dialect.IsRetryable(e)) { return Error.Busy("server.busy", "Too many requests want the same records. Try again shortly.", 1); }
        catch (Exception e) when (Dialect.IsUnavailable(e))
        {
            return Error.Unavailable("server.unavailable", "The database cannot be reached now. Repeat the request with the same Idempotency-Key.", 2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_gate is { IsValueCreated: true }) _gate.Value.Dispose();
        while (_readers.TryTake(out var session)) session.Dispose();
        if (_writer is not null) await _writer.DisposeAsync();
        if (_scoped is not null) await _scoped.DisposeAsync();
        if (_owner is not null) await _owner.DisposeAsync();
        _readerPlaces.Dispose();
    }

    private static Statement Plain(string sql) => new(sql, [], null, null);

    private static Statement Scope(long[] merchants, bool local) =>
        new("select set_config('switchyard.merchants', @scope, @local)",
            [("scope", string.Join(',', merchants)), ("local", local)], null, _ => { });

    // The transaction id is taken before any position of the log is drawn: see the ADR on reading in commit order.
    private static Statement WriteOpening(long[]? merchants) =>
        new("select set_config('lock_timeout', @wait, true), set_config('switchyard.merchants', @scope, true), pg_current_xact_id()::text",
            [("wait", LockTimeoutMs + "ms"), ("scope", merchants is null ? "" : string.Join(',', merchants))], null, _ => { });

    private static long Single(long[]? merchants) => merchants is [var first, ..] ? first : 0;

    private async Task<T> ReadFor<T>(long[]? merchants, Func<Work, Task<T>> body, bool snapshot)
    {
        if (Kind == DatabaseKind.Sqlite) return await ReadSqlite(merchants, body);
        await using var connection = await (merchants is null ? _owner : _scoped)!.OpenConnectionAsync();
        List<Statement> opening = snapshot ? [Plain("begin isolation level repeatable read read only")] : [];
        if (merchants is not null) opening.Add(Scope(merchants, snapshot));
        var work = new Work(Kind, connection, null, Single(merchants), opening, Traffic);
        var result = await body(work);
        if (snapshot) await work.Commit();
        return result;
    }

    private async Task<T> ReadSqlite<T>(long[]? merchants, Func<Work, Task<T>> body)
    {
        await _readerPlaces.WaitAsync();
        if (!_readers.TryTake(out var session)) session = new SqliteSession(Sqlite.Open(_settings.ConnectionString));
        bool sound = false;
        try
        {
            var work = new Work(Kind, null, session, Single(merchants), [Plain("begin")], Traffic);
            var result = await body(work);
            await work.Commit();
            sound = true;
            return result;
        }
        finally
        {
            if (sound) _readers.Add(session); else session.Dispose();
            _readerPlaces.Release();
        }
    }

    private T OnSqlite<T>(SqliteSession session, long[]? merchants, Func<Work, Task<T>> body, Func<T, bool> keep)
    {
        var work = new Work(Kind, null, session, Single(merchants), [Plain("begin immediate")], Traffic);
        try
        {
            // SQLite does no I/O asynchronously: the body runs through on this, the writer's, thread.
            var result = body(work).GetAwaiter().GetResult();
            if (!work.IsCommitted && keep(result)) work.Commit().GetAwaiter().GetResult();
            if (work.IsCommitted) Pulse.Beat();
            return result;
        }
        finally
        {
            if (session.Connection.Handle is { } handle && SQLitePCL.raw.sqlite3_get_autocommit(handle) == 0)
                session.Run(new Statement("rollback", [], null, null), 0);
        }
    }

    private async Task<T> OnPostgres<T>(NpgsqlDataSource source, long[]? merchants, Func<Work, Task<T>> body, Func<T, bool> keep)
    {
        await using var connection = await source.OpenConnectionAsync();
        var work = new Work(Kind, connection, null, Single(merchants), [Plain("begin"), WriteOpening(merchants)], Traffic);
        try
        {
            var result = await body(work);
            if (!work.IsCommitted && keep(result)) await work.Commit();
            if (work.IsCommitted) Pulse.Beat();
            return result;
        }
        finally
        {
            if (!work.IsCommitted) await Rollback(connection);
        }
    }

    private static async Task Rollback(NpgsqlConnection connection)
    {
        if (connection.FullState != System.Data.ConnectionState.Open) return;
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException) { /* the server rolls back when the connection closes */ }
    }
}

/// <summary>Wakes whoever waits for something to be committed.</summary>
public sealed class CommitPulse
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next commit. Take it before you look, so that no commit falls between looking and waiting.</summary>
    public Task Next => _next.Task;

    public void Beat() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Returns at the next commit of this process, or after <paramref name="atMost"/> for those of others.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken stop)
    {
        try { await _next.Task.WaitAsync(atMost, stop); }
        catch (TimeoutException) { }
    }
}
