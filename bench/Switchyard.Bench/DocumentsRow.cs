using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Switchyard.Documents;

namespace Switchyard.Bench;

/// <summary>Row 16: 200 packing slips as one PDF, beside a budget of 3 s and 2 MB.</summary>
internal static class DocumentsRow
{
    private const int Slips = 200, Lines = 12;

    public static void Run(Report report)
    {
        var template = new PressedTemplate(Press.BuiltIn("packingSlip"), null, 0);
        var (times, bytes, pages) = (new List<double>(), 0, 0);
        for (int run = 0; run < 6; run++)
        {
            long start = Stopwatch.GetTimestamp();
            var sheets = Press.Lay(template, Enumerable.Range(0, Slips).Select(i => ((JsonObject)Paper(i), i % 2 == 0 ? "en-GB" : "de")), null).Value;
            bytes = Press.Write(sheets, "pdf", "packingSlip", "en-GB").Value.Length;
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            pages = sheets.Count;
        }
        double first = times[0], usual = times.Skip(1).Order().ElementAt(2);
        report.Row(16, $"{pages} packing slips of {Lines} lines as one PDF", string.Create(CultureInfo.InvariantCulture, $"{usual:0.00} s, {bytes / 1024.0 / 1024.0:0.00} MB"), "<= 3 s, <= 2 MB",
            string.Create(CultureInfo.InvariantCulture, $"the first time, with compiling and fonts, {first:0.00} s"));
    }

    private static JsonObject Paper(int number)
    {
        var data = SampleData.Of(DocumentKind.Find("packingSlip")!);
        data["release"]!["number"] = $"{10_000 + number}-1";
        data["lines"] = new JsonArray([.. Enumerable.Range(0, Lines).Select(l => new JsonObject
        {
            ["sku"] = $"SKU-{number * 7919 % 5000:D4}-{l}", ["name"] = $"Article {number * 31 + l} of brushed steel, with a lid and a rather long name", ["quantity"] = 1 + l % 4, ["details"] = new JsonArray(),
        })]);
        return data;
    }
}
