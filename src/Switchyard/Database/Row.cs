using System.Data.Common;

namespace Switchyard.Database;

/// <summary>A row being read, column after column, in the order of the select list.</summary>
public sealed class Row
{
    private readonly DbDataReader _reader;
    private int _next;

    internal Row(DbDataReader reader) => _reader = reader;
    internal Row Start() { _next = 0; return this; }

    public long Long() => _reader.GetInt64(_next++);
    public long? LongOrNull() => IsNull() ? null : Long();
    public int Int() => _reader.GetInt32(_next++);
    public int? IntOrNull() => IsNull() ? null : Int();
    public string Text() => _reader.GetString(_next++);
    public string? TextOrNull() => IsNull() ? null : Text();
    public bool Bool() => _reader.GetBoolean(_next++);
    public bool? BoolOrNull() => IsNull() ? null : Bool();
    public byte[] Bytes() => _reader.GetFieldValue<byte[]>(_next++);
    public byte[]? BytesOrNull() => IsNull() ? null : Bytes();
    public DateTimeOffset Instant() => DateTimeOffset.FromUnixTimeMilliseconds(Long());
    public DateTimeOffset? InstantOrNull() => IsNull() ? null : Instant();
    public T Enum<T>() where T : struct, Enum => System.Enum.Parse<T>(Text());
    public Guid? UuidOrNull() => IsNull() ? null : Uuid();

    public Guid Uuid()
    {
        object value = _reader.GetValue(_next++);
        return value is Guid guid ? guid : new Guid((byte[])value, bigEndian: true);
    }

    /// <summary>A sum: numeric on PostgreSQL, integer on SQLite.</summary>
    public long Sum() => IsNull() ? 0 : Convert.ToInt64(_reader.GetValue(_next++), System.Globalization.CultureInfo.InvariantCulture);

    private bool IsNull()
    {
        if (!_reader.IsDBNull(_next)) return false;
        _next++;
        return true;
    }
}
