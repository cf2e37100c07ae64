using System.Buffers;
using System.IO.Pipelines;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Switchyard.Files;

/// <summary>CSV as spreadsheets write it: what is read and what is written.</summary>
public static partial class CsvText
{
    private const int HeadBytes = 64 * 1024;

    /// <summary>The most bytes one row may have; an opening quote that is never closed ends here.</summary>
    public const int MostRowBytes = 1024 * 1024;

    private const string Quote = "'";

    /// <summary>A reader of UTF-8 text, with or without byte order mark, separated by comma, semicolon or tab.</summary>
    /// <param name="onDamaged">Is given the line of each row whose quotation marks are broken.</param>
    public static async Task<CsvReader> Open(Stream stream, Action<long> onDamaged, CancellationToken stop) => (await Start(stream, null, onDamaged, stop)).Csv;

    /// <summary>The same, with the separator: that which is told, or else the one of the header.</summary>
    public static async Task<(CsvReader Csv, char Separator)> Start(Stream stream, char? told, Action<long> onDamaged, CancellationToken stop)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: HeadBytes));
        var head = await pipe.ReadAtLeastAsync(HeadBytes, stop);
        char separator = told ?? Separator(head.Buffer.ToArray());
        pipe.AdvanceTo(head.Buffer.Start);
        return (CsvReader.Create(pipe.AsStream(), Options(separator, onDamaged, hasHeader: true), leaveOpen: false), separator);
    }

    /// <summary>A reader that goes on in the middle of a file, at the beginning of a row.</summary>
    public static CsvReader GoOn(Stream stream, char separator, Action<long> onDamaged) => CsvReader.Create(stream, Options(separator, onDamaged, hasHeader: false), leaveOpen: false);

    private static CsvReaderOptions Options(char separator, Action<long> onDamaged, bool hasHeader) => new()
    {
        HasHeader = hasHeader,
        Separator = separator,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MaxRecordSize = MostRowBytes,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        // A quotation mark inside bare text (7" frame) is text; every other broken quotation damages the row.
        OnMalformedRecord = row => { if (row.Reason is not (CsvMalformedReason.StrayQuote or CsvMalformedReason.FieldCountMismatch)) onDamaged(row.LineNumber); },
    };

    public static CsvWriter Writer(Stream to) => CsvWriter.Create(to, new CsvWriterOptions { Quoting = CsvQuoting.WhenNeededOrWhitespace }, leaveOpen: true);

    /// <summary>
    /// A cell that a spreadsheet would run as a formula gets a quote in front; so does one that already has it, so that reading
    /// gives back what was written. A plain negative number is left alone.
    /// </summary>
    /// <remarks>Source: OWASP, CSV injection.</remarks>
    public static string Guarded(string? cell) => cell is null ? "" : Formula().IsMatch(cell) && !Negative().IsMatch(cell) ? Quote + cell : cell;

    /// <summary>Takes the guard off again.</summary>
    public static string Unguarded(string cell) => Guard().IsMatch(cell) ? cell[1..] : cell;

    // Of the three, the one that stands most often in the header outside quotes.
    private static char Separator(ReadOnlySpan<byte> text)
    {
        int comma = 0, semicolon = 0, tab = 0;
        bool isQuoted = false, isEmpty = true;
        foreach (byte c in text)
        {
            if (c == '"') isQuoted = !isQuoted;
            if (isQuoted) continue;
            if (c is (byte)'\n' or (byte)'\r') { if (isEmpty) continue; break; }
            if (c < 0x80) isEmpty = false;
            if (c == ',') comma++;
            else if (c == ';') semicolon++;
            else if (c == '\t') tab++;
        }
        return semicolon > comma && semicolon >= tab ? ';' : tab > comma ? '\t' : ',';
    }

    [GeneratedRegex(@"^'*[=+\-@\t\r]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"^-[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Negative();

    [GeneratedRegex(@"^'+[=+\-@\t\r]")]
    private static partial Regex Guard();
}
