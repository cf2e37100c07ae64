using Switchyard.Kernel;

namespace Switchyard.Connectors;

/// <summary>A product that a listing may be of.</summary>
public sealed record MatchCandidate(long Id, string Sku, string Name, IReadOnlyList<string> Barcodes);

/// <summary>Which product a listing is of.</summary>
/// <param name="How">sku, barcode, or none: then a person chooses, and these are the likely ones, the best first.</param>
public sealed record ListingMatch(string How, MatchCandidate? Product, IReadOnlyList<MatchCandidate> Suggestions)
{
    private const int MostSuggestions = 5;
    private const double LeastLikeness = 0.3;

    /// <summary>The same SKU text is the same product; else one barcode that only one product has. What is merely like it is suggested, never taken.</summary>
    public static ListingMatch Of(ChannelListing listing, Catalogue known)
    {
        if (listing.Key.Sku is { Length: > 0 } sku && known.BySku.TryGetValue(Text.Key(sku), out var same)) return new ListingMatch("sku", same, []);
        if (Code(listing.Barcode) is { } barcode && known.ByBarcode[barcode].DistinctBy(p => p.Id).ToList() is [var only]) return new ListingMatch("barcode", only, []);
        var words = Words(listing.Title + " " + listing.Key.Sku);
        string plain = Plain(listing.Key.Sku);
        var likely = known.All.Select(p => (Product: p, Likeness: plain.Length >= 3 && Plain(p.Sku) == plain ? 1 : Likeness(words, known.WordsOf(p))))
            .Where(p => p.Likeness >= LeastLikeness).OrderByDescending(p => p.Likeness).ThenBy(p => p.Product.Sku, StringComparer.Ordinal).Take(MostSuggestions);
        return new ListingMatch("none", null, [.. likely.Select(l => l.Product)]);
    }

    /// <summary>Products of a merchant, indexed for matching many listings.</summary>
    public sealed class Catalogue(IReadOnlyList<MatchCandidate> all)
    {
        private readonly Dictionary<long, HashSet<string>> _words = all.ToDictionary(p => p.Id, p => Words(p.Name + " " + p.Sku));

        public IReadOnlyList<MatchCandidate> All { get; } = all;
        internal IReadOnlyDictionary<string, MatchCandidate> BySku { get; } = all.ToDictionary(p => Text.Key(p.Sku));
        internal ILookup<string, MatchCandidate> ByBarcode { get; } = all.SelectMany(p => p.Barcodes.Select(b => (Code: Code(b), Product: p))).Where(b => b.Code is not null).ToLookup(b => b.Code!, b => b.Product);
        internal HashSet<string> WordsOf(MatchCandidate product) => _words[product.Id];
    }

    // A UPC is an EAN with a zero before it.
    private static string? Code(string? barcode) => barcode?.Trim().TrimStart('0') is { Length: > 0 } code ? code : null;
    private static string Plain(string? text) => string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static HashSet<string> Words(string text) =>
        [.. text.Split([' ', '-', '_', '/', ',', '.', '(', ')', '|', ':', '&'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(w => w.Length > 1).Select(w => w.ToUpperInvariant())];

    // Words in common among all words of the two.
    private static double Likeness(HashSet<string> one, HashSet<string> other)
    {
        int common = one.Count(other.Contains);
        return common == 0 ? 0 : (double)common / (one.Count + other.Count - common);
    }
}
