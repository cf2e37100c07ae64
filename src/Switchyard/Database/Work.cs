using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Switchyard.Database;

/// <summary>
/// One lease of a connection, inside a transaction or (for plain reads) outside. <c>@merchant</c> is bound in every statement.
/// Statements queued in a <see cref="Batch"/> travel in one round trip.
/// </summary>
public sealed class Work
{
    private readonly DatabaseKind _kind;
    private readonly NpgsqlConnection? _postgres;
    private readonly SqliteSession? _sqlite;
    private readonly List<Statement> _opening;
    private readonly Traffic _traffic;

    internal Work(DatabaseKind kind, NpgsqlConnection? postgres, SqliteSession? sqlite, long merchant, List<Statement> opening, Traffic traffic)
    {
        (_kind, _postgres, _sqlite, Merchant, _opening, _traffic) = (kind, postgres, sqlite, merchant, opening, traffic);
    }

    public DatabaseKind Kind => _kind;

    /// <summary>The merchant every <c>@merchant</c> in a statement stands for; 0 for work of the whole house.</summary>
    public long Merchant { get; }

    internal bool IsCommitted { get; private set; }

    public Batch Batch() => new(this);

    /// <summary>The same transaction for a merchant that was made in it, whose rows row security would refuse otherwise.</summary>
    internal async Task<Work> AlsoFor(long merchant)
    {
        if (_kind == DatabaseKind.Postgres)
            await Query("select set_config('switchyard.merchants', @scope, true)", _ => 0, ("scope", $"{Merchant},{merchant}"));
        return new Work(_kind, _postgres, _sqlite, merchant, [], _traffic);
    }

    /// <summary>The same transaction with <c>@merchant</c> bound to another of the merchants it was begun for.</summary>
    internal Work For(long merchant) => new(_kind, _postgres, _sqlite, merchant, _opening, _traffic);

    /// <summary>The connection inside this transaction, for the one table that EF Core writes (Identity's users).</summary>
    internal async Task<DbConnection> Connection()
    {
        await Run([]);
        return (DbConnection?)_postgres ?? _sqlite!.Connection;
    }

    public async Task<List<T>> Query<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] arguments)
    {
        var batch = Batch();
        var found = batch.Query(sql, read, arguments);
        await batch.Run();
        return found;
    }

    public async Task<List<T>> Query<T>(string sql, Rows rows, Func<Row, T> read, params (string Name, object? Value)[] arguments)
    {
        var batch = Batch();
        var found = batch.Query(sql, rows, read, arguments);
        await batch.Run();
        return found;
    }

    /// <summary>The only row, or nothing; more than one is a fault of ours.</summary>
    public async Task<T?> Find<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] arguments) where T : class =>
        (await Query(sql, read, arguments)).SingleOrDefault();

    public async Task<long> Scalar(string sql, params (string Name, object? Value)[] arguments) =>
        (await Query(sql, row => row.Sum(), arguments)).FirstOrDefault();

    public async Task<int> Execute(string sql, params (string Name, object? Value)[] arguments)
    {
        var batch = Batch();
        var affected = batch.Execute(sql, arguments);
        await batch.Run();
        return affected.Rows;
    }

    public async Task<int> Execute(string sql, Rows rows, params (string Name, object? Value)[] arguments)
    {
        if (rows.Count == 0) return 0;
        var batch = Batch();
        var affected = batch.Execute(sql, rows, arguments);
        await batch.Run();
        return affected.Rows;
    }

    /// <summary>Writes are final after this and not before; only <see cref="Db"/> and the group writer call it.</summary>
    internal async Task Commit(Batch? last = null)
    {
        last ??= Batch();
        last.Execute("commit");
        IsCommitted = true;                 // from here on a failure means "unknown", never "rolled back"
        await last.Run();
    }

    internal async Task Run(List<Statement> statements)
    {
        if (_opening.Count > 0) { statements.InsertRange(0, _opening); _opening.Clear(); }
        if (statements.Count == 0) return;
        _traffic.Note(statements);
        if (_kind == DatabaseKind.Sqlite) { foreach (var statement in statements) _sqlite!.Run(statement, Merchant); return; }

        await using var batch = new NpgsqlBatch(_postgres);
        foreach (var statement in statements) batch.BatchCommands.Add(ToCommand(statement));
        await using var reader = await batch.ExecuteReaderAsync();
        var row = new Row(reader);
        for (int i = 0; i < statements.Count; i++)
        {
            // Commands without a result set are skipped by NextResult, so only those that read move it on.
            if (statements[i].Read is not { } read) continue;
            while (await reader.ReadAsync()) read(row.Start());
            await reader.NextResultAsync();
        }
        await reader.CloseAsync();
        for (int i = 0; i < statements.Count; i++) statements[i].Affected.Rows = checked((int)batch.BatchCommands[i].RecordsAffected);
    }

    private NpgsqlBatchCommand ToCommand(Statement statement)
    {
        var command = new NpgsqlBatchCommand(Dialect.Text(DatabaseKind.Postgres, statement.Sql, statement.Rows));
        foreach (var (name, value) in statement.Arguments) command.Parameters.Add(new NpgsqlParameter(name, value ?? DBNull.Value));
        if (statement.Rows is { } rows)
            foreach (var (name, value) in rows.Parameters(DatabaseKind.Postgres)) command.Parameters.Add(new NpgsqlParameter(name, value));
        if (statement.Sql.Contains("@merchant", StringComparison.Ordinal)) command.Parameters.Add(new NpgsqlParameter<long>("merchant", Merchant));
        return command;
    }
}

/// <summary>How many rows a statement changed; known once its batch has run.</summary>
public sealed class Affected { public int Rows { get; internal set; } }

internal sealed record Statement(string Sql, (string Name, object? Value)[] Arguments, Rows? Rows, Action<Row>? Read)
{
    public Affected Affected { get; } = new();
}

/// <summary>Statements that go to the database together, in order.</summary>
public sealed class Batch
{
    private readonly Work _work;
    private List<Statement> _statements = [];

    internal Batch(Work work) => _work = work;

    /// <summary>The list is filled when the batch runs.</summary>
    public List<T> Query<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] arguments)
    {
        var found = new List<T>();
        _statements.Add(new Statement(sql, arguments, null, row => found.Add(read(row))));
        return found;
    }

    public List<T> Query<T>(string sql, Rows rows, Func<Row, T> read, params (string Name, object? Value)[] arguments)
    {
        var found = new List<T>();
        if (rows.Count > 0) _statements.Add(new Statement(sql, arguments, rows, row => found.Add(read(row))));
        return found;
    }

    public Affected Execute(string sql, params (string Name, object? Value)[] arguments) => Add(new Statement(sql, arguments, null, null));

    public Affected Execute(string sql, Rows rows, params (string Name, object? Value)[] arguments) =>
        rows.Count == 0 ? new Affected() : Add(new Statement(sql, arguments, rows, null));

    public Task Run()
    {
        var statements = _statements;
        _statements = [];
        return _work.Run(statements);
    }

    private Affected Add(Statement statement)
    {
        _statements.Add(statement);
        return statement.Affected;
    }
}

/// <summary>A SQLite connection with its prepared statements.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly Dictionary<string, SqliteRowInsert> _inserts = [];

    public SqliteConnection Connection => connection;

    public void Run(Statement statement, long merchant)
    {
        if (statement is { Rows: { } many, Read: null } && Dialect.RowInsert(statement.Sql, many) is { } insert)
        {
            if (!_inserts.TryGetValue(insert, out var prepared)) _inserts[insert] = prepared = SqliteRowInsert.Prepare(connection.Handle!, insert, many);
            statement.Affected.Rows = prepared.Run(many, [.. statement.Arguments.Select(a => (a.Name, (object?)ToSqlite(a.Value))), ("merchant", merchant)]);
            return;
        }
        string sql = Dialect.Text(DatabaseKind.Sqlite, statement.Sql, statement.Rows);
        if (!_prepared.TryGetValue(sql, out var command))
        {
            if (_prepared.Count >= 500) Forget();
            command = connection.CreateCommand();
            command.CommandText = sql;
            _prepared[sql] = command;
        }
        command.Parameters.Clear();
        foreach (var (name, value) in statement.Arguments) command.Parameters.AddWithValue("@" + name, ToSqlite(value));
        if (statement.Rows is { } rows)
            foreach (var (name, value) in rows.Parameters(DatabaseKind.Sqlite)) command.Parameters.AddWithValue("@" + name, value);
        if (sql.Contains("@merchant", StringComparison.Ordinal)) command.Parameters.AddWithValue("@merchant", merchant);
        if (statement.Read is not { } read) { statement.Affected.Rows = command.ExecuteNonQuery(); return; }
        using var reader = command.ExecuteReader();
        var row = new Row(reader);
        while (reader.Read()) read(row.Start());
        statement.Affected.Rows = reader.RecordsAffected;
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private static object ToSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        bool flag => flag ? 1L : 0L,
        long[] or string[] or int[] => System.Text.Json.JsonSerializer.Serialize(value),
        Guid[] => throw new NotSupportedException("Pass many ids as Rows."),
        _ => value,
    };

    private void Forget()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        foreach (var insert in _inserts.Values) insert.Dispose();
        _prepared.Clear();
        _inserts.Clear();
    }
}
