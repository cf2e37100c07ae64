using System.IO.Compression;
using System.Security.Cryptography;
using CsvHelper;
using Switchyard.Kernel;

namespace Switchyard.Orders;

/// <summary>The file cannot be read as what it is said to be; nothing of it was imported that comes after.</summary>
public sealed class UnreadableFileException(Error error) : Exception(error.Detail)
{
    public Error Error => error;
}

/// <summary>
/// A CSV file of orders, gzipped or not, read row by row: never more than a row is held. It can be read as often as needed.
/// </summary>
/// <param name="Name">As people know the file; an upload's is not its path.</param>
public sealed record OrderFile(string Path, string Name)
{
    private const int MostRowBytes = 1024 * 1024;

    /// <summary>Every row, with what is wrong with it. Ends with <see cref="UnreadableFileException"/> when the file itself is broken.</summary>
    /// <param name="onContent">Is given the unpacked bytes, for the hash.</param>
    public IEnumerable<RowRead> Rows(OrderMapping mapping, bool needsDate, Action<ReadOnlySpan<byte>>? onContent = null)
    {
        using var stream = Open(onContent);
        var damaged = new HashSet<long>();
        using var csv = CsvReader.Create(stream, new CsvReaderOptions
        {
            Separator = mapping.Delimiter[0],
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            MaxRecordSize = MostRowBytes,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            // A quotation mark inside bare text (7" frame) is text; every other broken quotation damages the row.
            OnMalformedRecord = row => { if (row.Reason is not (CsvMalformedReason.StrayQuote or CsvMalformedReason.FieldCountMismatch)) damaged.Add(row.LineNumber); },
        }, leaveOpen: false);
        Advance(csv, reader => { reader.ReadHeader(); return true; });
        if (csv.Headers.Count == 0) throw new UnreadableFileException(Error.Invalid("import.file_empty", $"{Name} is empty; a line with headings is needed."));
        var rows = RowReader.For(mapping, [.. csv.Headers], needsDate);
        if (rows.Error is { } error) throw new UnreadableFileException(error with { Detail = $"{Name}: {error.Detail}" });
        while (Advance(csv, reader => reader.Read()))
        {
            bool isDamaged = damaged.Remove(csv.LineNumber) || !System.Text.Unicode.Utf8.IsValid(csv.RawRecord);
            yield return rows.Value.Read(csv.LineNumber, csv.Current.ToArray(), isDamaged);
        }
    }

    private bool Advance(CsvReader csv, Func<CsvReader, bool> step)
    {
        try { return step(csv); }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException)
        {
            string why = e is InvalidDataException ? "its gzip data is damaged"
                : $"a row has more than {MostRowBytes} bytes; probably a quotation mark is not closed";
            throw new UnreadableFileException(Error.Invalid("import.file_unreadable", $"{Name} cannot be read past line {csv.LineNumber}: {why}."));
        }
    }

    /// <summary>The content, unpacked when it is gzipped.</summary>
    internal Stream Unpacked(Action<ReadOnlySpan<byte>>? onContent = null) => Open(onContent);

    private Stream Open(Action<ReadOnlySpan<byte>>? onContent)
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        bool isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        file.Position = 0;
        Stream stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        return onContent is null ? stream : new Overheard(stream, onContent);
    }

    /// <summary>Passes on what is read, and shows it to a listener.</summary>
    private sealed class Overheard(Stream inner, Action<ReadOnlySpan<byte>> listener) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            if (read > 0) listener(buffer[..read]);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>What the first reading of a file found out, so that the second can build whole orders while holding few rows.</summary>
/// <param name="Hash">Of the unpacked content, as hex.</param>
/// <param name="Units">Order numbers, and rows without one: the steps of the second reading.</param>
/// <param name="Products">Spelling and name by SKU key, for products that are made on the way.</param>
/// <param name="Returned">Customer and SKU key of every return.</param>
public sealed record OrderFileSurvey(string Hash, long Rows, int Units, IReadOnlyDictionary<string, int> RowsByOrder,
    IReadOnlyDictionary<string, (string Sku, string Name)> Products, IReadOnlySet<(string Customer, string SkuKey)> Returned)
{
    private const int MostRows = 5_000_000, MostOrders = 1_000_000, MostOpenRows = 500_000;

    private sealed class Seen(string spelling)
    {
        public string Spelling => spelling;
        public List<(string Name, int Paid, int All)> Names { get; } = [];

        /// <summary>The most frequent description among rows with a price, else among all; the first of equally frequent ones; else the SKU.</summary>
        public string Name => Names.Exists(n => n.Paid > 0) ? Names.MaxBy(n => n.Paid).Name : Names.Count > 0 ? Names.MaxBy(n => n.All).Name : spelling;
    }

    /// <remarks>Errors (thrown as <see cref="UnreadableFileException"/>): import.too_large and those of the file.</remarks>
    public static OrderFileSurvey Of(OrderFile file, OrderMapping mapping, bool needsDate, Action<long> onRows, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var orders = new Dictionary<string, int>(StringComparer.Ordinal);
        var skus = new Dictionary<string, Seen>(StringComparer.Ordinal);
        var returned = new HashSet<(string, string)>();
        long rows = 0;
        int alone = 0;
        foreach (var read in file.Rows(mapping, needsDate, bytes => hash.AppendData(bytes)))
        {
            if (++rows % 5_000 == 0) { onRows(rows); stop.ThrowIfCancellationRequested(); }
            if (read.Order is not { } order) { alone++; continue; }
            orders[order] = orders.GetValueOrDefault(order) + 1;
            if (rows > MostRows || orders.Count > MostOrders)
                throw new UnreadableFileException(Error.Invalid("import.too_large", $"{file.Name} has more than {MostRows} rows or {MostOrders} orders: split it, oldest first."));
            if (read.Row is not { } row) continue;
            var verdict = RowVerdict.Of(row, mapping);
            if (verdict.Kind == RowKind.Return) returned.Add((row.Customer!, row.SkuKey));
            if (verdict.Kind == RowKind.Goods) Note(skus, row);
        }
        return new OrderFileSurvey(Convert.ToHexStringLower(hash.GetHashAndReset()), rows, orders.Count + alone, orders,
            skus.ToDictionary(s => s.Key, s => (s.Value.Spelling, s.Value.Name), StringComparer.Ordinal), returned);
    }

    /// <summary>The second reading: orders in the order in which their last row comes, rows without a number where they stand.</summary>
    public IEnumerable<GatheredOrder> Orders(OrderFile file, OrderMapping mapping, bool needsDate)
    {
        var open = new Dictionary<string, List<RowRead>>(StringComparer.Ordinal);
        int waiting = 0;
        foreach (var read in file.Rows(mapping, needsDate))
        {
            if (read.Order is not { } number) { yield return new GatheredOrder("", 1, null, [], read.Faults, []); continue; }
            if (!open.TryGetValue(number, out var rows)) open[number] = rows = [];
            rows.Add(read);
            if (++waiting > MostOpenRows)
                throw new UnreadableFileException(Error.Invalid("import.scattered", $"{file.Name} has the rows of its orders too far apart: sort it by order number."));
            if (rows.Count < RowsByOrder.GetValueOrDefault(number)) continue;
            open.Remove(number);
            waiting -= rows.Count;
            yield return GatheredOrder.Of(number, rows, mapping);
        }
    }

    private static void Note(Dictionary<string, Seen> skus, ImportRow row)
    {
        if (!skus.TryGetValue(row.SkuKey, out var seen)) skus[row.SkuKey] = seen = new Seen(row.Sku);
        if (row.Name is not { } name) return;
        int paid = row.Price > 0 ? 1 : 0, at = seen.Names.FindIndex(n => n.Name == name);
        if (at < 0) { if (seen.Names.Count < 100) seen.Names.Add((name, paid, 1)); }
        else seen.Names[at] = (name, seen.Names[at].Paid + paid, seen.Names[at].All + 1);
    }
}
