using System.Globalization;
using System.Text;
using Switchyard.Catalog;
using Switchyard.Kernel;

namespace Switchyard.Demo;

/// <summary>A product of the demo shop.</summary>
/// <param name="Popularity">How often it is bought beside others, 1 to 40.</param>
/// <param name="IsSoldOut">There is none anywhere, and some still ask for it.</param>
internal sealed record DemoProduct(string Sku, string Name, string Barcode, long PriceMinor, long CostMinor, long WeightGrams,
    long LengthMm, long WidthMm, long HeightMm, string Flags, int Popularity, bool IsSeasonal, bool IsSoldOut);

/// <summary>The range of Fenwick &amp; Vale, made from a seed: homeware in materials, colours and sizes.</summary>
internal static class DemoGoods
{
    private sealed record Kind(string Code, string Name, long PriceMinor, long WeightGrams, long Length, long Width, long Height, string Flags, bool IsSeasonal = false);

    private static readonly Kind[] Kinds =
    [
        new("MUG", "mug", 1200, 380, 120, 90, 100, "fragile"), new("BWL", "bowl", 1400, 520, 160, 160, 80, "fragile"), new("PLT", "dinner plate", 1600, 780, 270, 270, 30, "fragile"),
        new("JUG", "jug", 2400, 900, 180, 140, 210, "fragile"), new("VAS", "vase", 3200, 1400, 160, 160, 320, "fragile"), new("CAN", "candle", 1800, 450, 90, 90, 110, ""),
        new("LAN", "lantern", 4200, 1900, 180, 180, 340, "fragile", true), new("THR", "throw", 5500, 1300, 400, 300, 120, ""), new("CUS", "cushion", 3500, 700, 450, 450, 150, ""),
        new("RUG", "rug", 12900, 6200, 1700, 200, 200, "bulky"), new("TWL", "bath towel", 2200, 650, 350, 250, 80, ""), new("APR", "apron", 2600, 300, 300, 220, 30, ""),
        new("TRY", "serving tray", 3800, 1100, 450, 320, 50, ""), new("BRD", "chopping board", 3000, 1600, 400, 250, 30, ""), new("PAN", "casserole", 8900, 4300, 310, 270, 190, "heavy"),
        new("KNF", "bread knife", 2800, 220, 350, 50, 30, "blade"), new("LMP", "table lamp", 7500, 2600, 280, 280, 450, "fragile"), new("CLK", "wall clock", 4900, 1200, 320, 320, 60, "fragile"),
        new("FRM", "picture frame", 2100, 600, 310, 250, 25, "fragile"), new("WRT", "winter wreath", 3900, 900, 420, 420, 120, "", true), new("BSK", "storage basket", 2900, 950, 380, 300, 260, ""),
        new("TPT", "teapot", 3400, 950, 240, 150, 160, "fragile"),
    ];

    private static readonly string[] Makes = ["stoneware", "porcelain", "oak", "linen", "wool", "enamel", "glass", "rattan"];
    private static readonly string[] Colours = ["moss", "chalk", "ink", "ochre", "rust", "slate", "rose", "teal", "oat", "plum", "sky", "midnight"];

    /// <summary>About 2,000 products; the same seed makes the same range.</summary>
    public static List<DemoProduct> Make(int seed)
    {
        var random = new Random(seed);
        var made = new List<DemoProduct>();
        foreach (var kind in Kinds)
            foreach (string make in Makes)
                foreach (string colour in Colours)
                {
                    if (random.Next(100) >= 95) continue;                       // a range has gaps
                    double scale = 0.85 + random.NextDouble() * 0.5;
                    long price = (long)Math.Round(kind.PriceMinor * scale / 50) * 50 - 5;
                    string sku = $"{kind.Code}-{make[..3].ToUpperInvariant()}-{colour[..3].ToUpperInvariant()}";
                    made.Add(new DemoProduct(sku, $"{char.ToUpperInvariant(make[0])}{make[1..]} {kind.Name}, {colour}", Gtin(made.Count + 1), price,
                        price * (38 + random.Next(15)) / 100, (long)(kind.WeightGrams * scale), kind.Length, kind.Width, kind.Height, kind.Flags,
                        random.Next(100) < 8 ? 40 : 1 + random.Next(9), kind.IsSeasonal,
                        made.Count % 131 == 29));
                }
        return made;
    }

    /// <summary>Products as the file that anyone could import.</summary>
    public static string ProductsCsv(IReadOnlyList<DemoProduct> products)
    {
        var csv = new StringBuilder("sku,name,kind,tax_class,weight_grams,length_mm,width_mm,height_mm,cost,cost_currency,handling_flags,price_GBP,price_EUR\n");
        foreach (var p in products)
            csv.Append(CultureInfo.InvariantCulture, $"{p.Sku},\"{p.Name}\",goods,standard,{p.WeightGrams},{p.LengthMm},{p.WidthMm},{p.HeightMm},")
                .Append(CultureInfo.InvariantCulture, $"{Pounds(p.CostMinor)},GBP,{p.Flags},{Pounds(p.PriceMinor)},{Pounds(p.PriceMinor * 118 / 100)}\n");
        return csv.ToString();
    }

    public static string BarcodesCsv(IReadOnlyList<DemoProduct> products) =>
        "barcode,sku,pack_quantity\n" + string.Concat(products.Select(p => $"{p.Barcode},{p.Sku},1\n"));

    /// <summary>Sets that are sold as one and sent as their parts.</summary>
    public static string BundlesCsv(IReadOnlyList<DemoProduct> products)
    {
        var bySku = products.ToDictionary(p => p.Sku);
        var csv = new StringBuilder("bundle,bundle_name,component,quantity\n");
        foreach (string make in new[] { "STO", "POR", "ENA" })
            foreach (string colour in Colours)
            {
                string c = colour[..3].ToUpperInvariant(), set = $"SET-{make}-{c}";
                if (!bySku.ContainsKey($"MUG-{make}-{c}") || !bySku.ContainsKey($"BWL-{make}-{c}") || !bySku.ContainsKey($"PLT-{make}-{c}")) continue;
                foreach (var (part, quantity) in new[] { ("MUG", 4), ("BWL", 4), ("PLT", 4) })
                    csv.Append(CultureInfo.InvariantCulture, $"{set},\"Table for four, {colour}\",{part}-{make}-{c},{quantity}\n");
            }
        return csv.ToString();
    }

    public static string Pounds(long minor) => (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    // GTIN-13 of the range kept for use inside a company (prefix 2), with its check digit.
    private static string Gtin(int number)
    {
        string body = "2" + number.ToString("00000000000", CultureInfo.InvariantCulture);
        return body + Text.Invariant(Gs1.CheckDigit(body));
    }
}
