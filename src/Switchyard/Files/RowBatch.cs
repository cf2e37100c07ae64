using System.Text;

namespace Switchyard.Files;

/// <summary>Rows of one transaction, in slices that are saved at once: a slice holds no key twice.</summary>
internal sealed class RowBatch(FileKind kind)
{
    private readonly List<List<FileRow>> _slices = [];
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public IReadOnlyList<List<FileRow>> Slices => _slices;
    public int Rows { get; private set; }

    public void Add(FileRow row)
    {
        string key = kind.Key(row);
        if (_slices.Count == 0 || _slices[^1].Count == kind.RowsAtOnce || _keys.Contains(key)) { _slices.Add([]); _keys.Clear(); }
        _keys.Add(key);
        _slices[^1].Add(row);
        Rows++;
    }
}

/// <summary>Makes rows of cells, with what is wrong with the row as such.</summary>
internal static class RowCells
{
    private const int MostRawKept = 4_000;

    public static FileRow Read(FileHeader header, string[] cells, ReadOnlySpan<byte> raw, long line, bool isDamaged, char decimalMark)
    {
        var row = new FileRow(header.Places, [.. cells.Select(CsvText.Unguarded)], line, Storable(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, MostRawKept)]), MostRawKept), decimalMark);
        if (!System.Text.Unicode.Utf8.IsValid(raw)) row.Fault("", "import.not_utf8", "The row is not UTF-8 text. Save the file as 'CSV UTF-8'.");
        if (isDamaged) row.Fault("", "import.broken_quotes", "A quotation mark is not closed, or text follows a closed one.");
        if (cells.Length > header.Width) row.Fault("", "import.too_many_cells", $"The row has {cells.Length} cells, the header {header.Width}.");
        foreach (var (name, at) in header.Places)
            if (at >= cells.Length) { row.Fault(name, "import.cell_missing", $"The row ends before its column {name}: it has {cells.Length} cells."); break; }
        return row;
    }

    public static string Storable(string text, int most)
    {
        text = text.Replace('\0', '\uFFFD');
        if (text.Length <= most) return text;
        return (char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most]) + "…";
    }
}
