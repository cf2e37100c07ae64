using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Switchyard.Database;

/// <summary>
/// Many rows handed to one statement as <c>@rows alias</c>: an unnest of arrays on PostgreSQL, one JSON text on SQLite.
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

    /// <summary>A column: its name, PostgreSQL type, its values as an array, and how one value is written as JSON.</summary>
    private protected sealed record Column(string Name, string Type, Func<object> Array, Action<Utf8JsonWriter, int> Write);
}

/// <inheritdoc cref="Rows"/>
public sealed class Rows<T>(IReadOnlyList<T> items) : Rows
{
    public override int Count => items.Count;

    public Rows<T> Long(string name, Func<T, long> pick) => Add(name, "bigint", pick, static (json, v) => json.WriteNumberValue(v));
    public Rows<T> LongOrNull(string name, Func<T, long?> pick) => Add(name, "bigint", pick, static (json, v) => { if (v is { } x) json.WriteNumberValue(x); else json.WriteNullValue(); });
    public Rows<T> Int(string name, Func<T, int> pick) => Add(name, "integer", pick, static (json, v) => json.WriteNumberValue(v));
    public Rows<T> IntOrNull(string name, Func<T, int?> pick) => Add(name, "integer", pick, static (json, v) => { if (v is { } x) json.WriteNumberValue(x); else json.WriteNullValue(); });
    public Rows<T> Text(string name, Func<T, string?> pick) => Add(name, "text", pick, static (json, v) => json.WriteStringValue(v));
    public Rows<T> Bool(string name, Func<T, bool> pick) => Add(name, "boolean", pick, static (json, v) => json.WriteNumberValue(v ? 1 : 0));
    public Rows<T> Uuid(string name, Func<T, Guid> pick) => Add(name, "uuid", pick, static (json, v) => json.WriteStringValue(Hex(v.ToByteArray(bigEndian: true))));
    public Rows<T> UuidOrNull(string name, Func<T, Guid?> pick) => Add(name, "uuid", pick, static (json, v) => json.WriteStringValue(v is { } x ? Hex(x.ToByteArray(bigEndian: true)) : null));
    public Rows<T> Bytes(string name, Func<T, byte[]?> pick) => Add(name, "bytea", pick, static (json, v) => json.WriteStringValue(v is null ? null : Hex(v)));
    public Rows<T> Instant(string name, Func<T, DateTimeOffset> pick) => Long(name, item => pick(item).ToUnixTimeMilliseconds());

    private Rows<T> Add<V>(string name, string type, Func<T, V> pick, Action<Utf8JsonWriter, V> write)
    {
        Columns.Add(new Column(name, type, Values, (json, row) => write(json, pick(items[row]))));
        return this;

        object Values()
        {
            var values = new V[items.Count];
            for (int i = 0; i < values.Length; i++) values[i] = pick(items[i]);
            return values;
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
