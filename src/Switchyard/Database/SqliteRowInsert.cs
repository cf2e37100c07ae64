using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Switchyard.Database;

/// <summary>
/// An insert of rows as they are, prepared once and stepped for each row with its values bound. Rows handed over as JSON cost SQLite the
/// text of the whole row once for each of its columns: half of what placing an order and most of what writing a history cost.
/// </summary>
internal sealed partial class SqliteRowInsert : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private readonly int[] _columns;

    private SqliteRowInsert(sqlite3 connection, sqlite3_stmt statement, int columns)
    {
        (_connection, _statement) = (connection, statement);
        _columns = [.. Enumerable.Range(0, columns).Select(i => raw.sqlite3_bind_parameter_index(statement, $"@r{i}"))];
    }

    /// <summary>Does the statement write each row by itself? One that joins, sorts, counts or calls anything is run as a whole.</summary>
    public static bool Fits(string sql) => Plain().IsMatch(sql);

    /// <summary>Prepares the statement, as <see cref="Dialect"/> rewrote it with <see cref="Rows.Single"/> for its rows.</summary>
    public static SqliteRowInsert Prepare(sqlite3 connection, string sql, Rows rows)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection, sql, out var statement), connection);
        return new SqliteRowInsert(connection, statement, rows.Width);
    }

    /// <summary>Writes the rows and returns how many were changed.</summary>
    public int Run(Rows rows, IEnumerable<(string Name, object? Value)> arguments)
    {
        foreach (var (name, value) in arguments)
            if (raw.sqlite3_bind_parameter_index(_statement, "@" + name) is var index and > 0) Bind(_statement, index, value);
        int changed = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            rows.Bind(_statement, _columns, row);
            int done = raw.sqlite3_step(_statement);
            if (done == raw.SQLITE_DONE) changed += raw.sqlite3_changes(_connection);
            int reset = raw.sqlite3_reset(_statement);
            if (done != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(reset, _connection);
        }
        return changed;
    }

    public void Dispose() => _statement.Dispose();

    internal static void Bind(sqlite3_stmt statement, int index, object? value)
    {
        switch (value)
        {
            case null or DBNull: raw.sqlite3_bind_null(statement, index); break;
            case long whole: raw.sqlite3_bind_int64(statement, index, whole); break;
            case int whole: raw.sqlite3_bind_int64(statement, index, whole); break;
            case string text: Bind(statement, index, text); break;
            case byte[] bytes: Bind(statement, index, bytes); break;
            default: throw new NotSupportedException($"A {value.GetType().Name} is no column of ours.");
        }
    }

    internal static void Bind(sqlite3_stmt statement, int index, string? text)
    {
        if (text is null) { raw.sqlite3_bind_null(statement, index); return; }
        // The length is told, so that a text with a zero in it stays whole; a text of none needs a place to point at.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        int length = Encoding.UTF8.GetBytes(text, buffer);
        if (length == 0) raw.sqlite3_bind_text(statement, index, "");
        else raw.sqlite3_bind_text(statement, index, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    internal static void Bind(sqlite3_stmt statement, int index, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) raw.sqlite3_bind_zeroblob(statement, index, 0);
        else raw.sqlite3_bind_blob(statement, index, bytes);
    }

    [GeneratedRegex(@"^\s*insert into \w+ \([\w\s,]+\)\s+select (?!distinct\b)[^()]+ from @rows r(\s+where true(\s+on conflict\b[^@]*)?)?(\s*/\* house \*/|\s+-- house)?\s*$")]
    private static partial Regex Plain();
}
