using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Switchyard.Database;

/// <summary>
/// The one way to write to SQLite: a fair queue in front of one connection on a thread of its own. A lock on a file beside
/// the database keeps a second process from becoming a second writer.
/// </summary>
internal sealed class SqliteGate : IDisposable
{
    private const int MostWaiting = 4096;
    private readonly Channel<Action<SqliteSession>> _queue =
        Channel.CreateBounded<Action<SqliteSession>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Thread _thread;
    private readonly FileStream _lock;
    private readonly SqliteSession _session;

    public SqliteGate(string connectionString, string path)
    {
        _lock = SqliteFileLock.Take(path);
        _session = new SqliteSession(Sqlite.Open(connectionString));
        _thread = new Thread(Drain) { IsBackground = true, Name = "sqlite-writer" };
        _thread.Start();
    }

    /// <summary>Runs <paramref name="work"/> on the writer's thread, after all that came before it.</summary>
    public Task<T> Run<T>(Func<SqliteSession, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool taken = _queue.Writer.TryWrite(session =>
        {
            try { done.SetResult(work(session)); }
#pragma warning disable CA1031 // the fault belongs to whoever waits, not to the writer
            catch (Exception e) { done.SetException(e); }
#pragma warning restore CA1031
        });
        return taken ? done.Task : Task.FromException<T>(new WriterFullException());
    }

    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
        _session.Dispose();
        _lock.Dispose();
    }

    private void Drain()
    {
        var reader = _queue.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (reader.TryRead(out var work)) work(_session);
    }
}

/// <summary>More writes wait than the gate lets in.</summary>
public sealed class WriterFullException() : Exception("Too many writes are waiting.");

/// <summary>Another process is the writer of this SQLite file.</summary>
public sealed class DatabaseInUseException(string path)
    : Exception($"Another process writes to {path}. Stop it, or send the work through it.");

/// <summary>An operating-system lock on <c>FILE.lock</c>, gone with the process that holds it.</summary>
internal static class SqliteFileLock
{
    public static FileStream Take(string path)
    {
        if (!Directory.Exists(Path.GetDirectoryName(path))) throw new DirectoryNotFoundException($"There is no folder {Path.GetDirectoryName(path)}.");
        try { return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { throw new DatabaseInUseException(path); }
    }

    /// <summary>Takes it, waiting for one that is held only for a moment, such as by a process that migrates.</summary>
    public static async Task<FileStream> Take(string path, TimeSpan atMost)
    {
        for (long start = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50))
        {
            try { return Take(path); }
            catch (DatabaseInUseException) when (TimeProvider.System.GetElapsedTime(start) < atMost) { }
        }
    }
}

internal static class Sqlite
{
    public static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var settings = connection.CreateCommand();
        // FULL: an acknowledged order survives power loss. The page cache is 16 MiB a connection.
        settings.CommandText = "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma busy_timeout=10000; " +
            "pragma cache_size=-16384; pragma temp_store=memory; pragma journal_size_limit=67108864;";
        settings.ExecuteNonQuery();
        return connection;
    }
}
