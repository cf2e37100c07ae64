using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Switchyard.Kernel;

/// <summary>One page of a list: <c>{data, next, hasMore}</c>.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? Next, bool HasMore)
{
    /// <summary>Makes a page of rows that were read with one more than asked for.</summary>
    public static Page<T> Of(List<T> rows, int limit, Func<T, string> cursor)
    {
        bool more = rows.Count > limit;
        if (more) rows.RemoveRange(limit, rows.Count - limit);
        return new Page<T>(rows, more ? Cursor.Encode(cursor(rows[^1])) : null, more);
    }
}

/// <summary>Opaque cursors.</summary>
public static class Cursor
{
    public const int DefaultLimit = 50, MostLimit = 250;

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a cursor that is one whole number, at least 0; <paramref name="number"/> stays as it is at the beginning of a list.</summary>
    public static bool TryNumber(string? cursor, ref long number)
    {
        if (!TryDecode(cursor, out string text)) return false;
        if (text.Length == 0) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long read)) return false;
        number = read;
        return true;
    }

    public static bool TryDecode(string? cursor, out string text)
    {
        text = "";
        if (string.IsNullOrEmpty(cursor)) return true;
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor)) return false;
        text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }
}
