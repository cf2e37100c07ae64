using System.Buffers;
using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace Switchyard.Database;

/// <summary>
/// Many rows handed to one statement as <c>@rows alias</c>: an unnest of arrays on PostgreSQL; on SQLite one JSON text, or row after row
/// when the statement inserts them as they are.
/// </summary>
/// <example><c>Rows.Of(lines).Uuid("order_id", l => l.Order).Long("quantity", l => l.Quantity)</c> with
/// <c>insert into order_lines (order_id, quantity) select order_id, quantity from @rows r</c></example>
public abstract class Rows
{
    private protected readonly List<Column> Columns = [];

    public abstract int Count { get; }

    /// <summary>Names and types of the columns, for caching the statement's text.</summary>
    internal string Signature => field ??= string.Join(',', Columns.Select(c => $"{c.Name}:{c.Type}"));

    public static Rows<T> Of<T>(IReadOnlyList<T> items) => new(items);

    internal string Source(DatabaseKind kind, string alias)
    {
        if (kind == DatabaseKind.Postgres)
        {
            string arrays = string.Join(", ", Columns.Select((c, i) => $"@r{i}::{c.Type}[]"));
            return $"unnest({arrays}) as {alias}({string.Join(", ", Columns.Select(c => c.Name))})";
        }
        string columns = string.Join(", ", Columns.Select((c, i) =>
            c.Type is "uuid" or "bytea" ? $"unhex(value->>{i}) as {c.Name}" : $"value->>{i} as {c.Name}"));
        return $"(select {columns} from json_each(@r0)) {alias}";
    }

    /// <summary>The source that is one row, whose values are bound anew for each.</summary>
    internal string Single(string alias) => $"(select {string.Join(", ", Columns.Select((c, i) => $"@r{i} as {c.Name}"))}) {alias}";

    internal int Width => Columns.Count;

    internal void Bind(sqlite3_stmt statement, int[] places, int row)
    {
        for (int i = 0; i < places.Length; i++)
            if (places[i] > 0) Columns[i].Bind(statement, places[i], row);
    }

    internal IEnumerable<(string Name, object Value)> Parameters(DatabaseKind kind) =>
        kind == DatabaseKind.Postgres ? Columns.Select((c, i) => ($"r{i}", c.Array())) : [("r0", Json())];

    private string Json()
    {
        var buffer = new ArrayBufferWriter<byte>(64 + Count * Columns.Count * 12);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            for (int row = 0; row < Count; row++)
            {
                json.WriteStartArray();
                foreach (var column in Columns) column.Write(json, row);
                json.WriteEndArray();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A column: its name, PostgreSQL type, its values as an array, and how one value is written as JSON or bound.</summary>
    private protected sealed record Column(string Name, string Type, Func<object> Array, Action<Utf8JsonWriter, int> Write, Action<sqlite3_stmt, int, int> Bind);
}

/// <inheritdoc cref="Rows"/>
public sealed class Rows<T>(IReadOnlyList<T> items) : Rows
{
    public override int Count => items.Count;

    public Rows<T> Long(string name, Func<T, long> pick) =>
        Add(name, "bigint", pick, static (json, v) => json.WriteNumberValue(v), static (to, i, v) => raw.sqlite3_bind_int64(to, i, v));
    public Rows<T> LongOrNull(string name, Func<T, long?> pick) => Add(name, "bigint", pick, static (json, v) => { if (v is { } x) json.WriteNumberValue(x); else json.WriteNullValue(); },
        static (to, i, v) => { if (v is { } x) raw.sqlite3_bind_int64(to, i, x); else raw.sqlite3_bind_null(to, i); });
    public Rows<T> Int(string name, Func<T, int> pick) =>
        Add(name, "integer", pick, static (json, v) => json.WriteNumberValue(v), static (to, i, v) => raw.sqlite3_bind_int64(to, i, v));
    public Rows<T> IntOrNull(string name, Func<T, int?> pick) => Add(name, "integer", pick, static (json, v) => { if (v is { } x) json.WriteNumberValue(x); else json.WriteNullValue(); },
        static (to, i, v) => { if (v is { } x) raw.sqlite3_bind_int64(to, i, x); else raw.sqlite3_bind_null(to, i); });
    public Rows<T> Text(string name, Func<T, string?> pick) =>
        Add(name, "text", pick, static (json, v) => json.WriteStringValue(v), SqliteRowInsert.Bind);
    public Rows<T> Bool(string name, Func<T, bool> pick) =>
        Add(name, "boolean", pick, static (json, v) => json.WriteNumberValue(v ? 1 : 0), static (to, i, v) => raw.sqlite3_bind_int64(to, i, v ? 1 : 0));
    public Rows<T> Uuid(string name, Func<T, Guid> pick) =>
        Add(name, "uuid", pick, static (json, v) => json.WriteStringValue(Hex(v.ToByteArray(bigEndian: true))), Bind);
    public Rows<T> UuidOrNull(string name, Func<T, Guid?> pick) => Add(name, "uuid", pick, static (json, v) => json.WriteStringValue(v is { } x ? Hex(x.ToByteArray(bigEndian: true)) : null),
        static (to, i, v) => { if (v is { } x) Bind(to, i, x); else raw.sqlite3_bind_null(to, i); });
    public Rows<T> Bytes(string name, Func<T, byte[]?> pick) => Add(name, "bytea", pick, static (json, v) => json.WriteStringValue(v is null ? null : Hex(v)),
        static (to, i, v) => { if (v is null) raw.sqlite3_bind_null(to, i); else SqliteRowInsert.Bind(to, i, v.AsSpan()); });
    public Rows<T> Instant(string name, Func<T, DateTimeOffset> pick) => Long(name, item => pick(item).ToUnixTimeMilliseconds());

    private Rows<T> Add<V>(string name, string type, Func<T, V> pick, Action<Utf8JsonWriter, V> write, Action<sqlite3_stmt, int, V> bind)
    {
        Columns.Add(new Column(name, type, Values, (json, row) => write(json, pick(items[row])), (to, place, row) => bind(to, place, pick(items[row]))));
        return this;

        object Values()
        {
            var values = new V[items.Count];
            for (int i = 0; i < values.Length; i++) values[i] = pick(items[i]);
            return values;
        }
    }

    private static void Bind(sqlite3_stmt to, int place, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        raw.sqlite3_bind_blob(to, place, bytes);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
