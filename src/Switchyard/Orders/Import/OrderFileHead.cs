using CsvHelper;

namespace Switchyard.Orders;

/// <summary>The headings of a file of orders.</summary>
internal static class OrderFileHead
{
    public static string[] Headers(OrderFile file, OrderMapping mapping)
    {
        try
        {
            using var stream = file.Unpacked();
            using var csv = CsvReader.Create(stream, new CsvReaderOptions { Separator = mapping.Delimiter[0], MaxRecordSize = 1024 * 1024, FieldCountMismatch = CsvFieldCountHandling.Allow }, leaveOpen: true);
            csv.ReadHeader();
            return [.. csv.Headers];
        }
        catch (Exception e) when (e is CsvFormatException or InvalidDataException) { return []; }
    }
}
