using System.Globalization;

namespace Switchyard.Documents;

/// <summary>A kind of document: what it is about and on what it is printed.</summary>
/// <param name="Of">release, product, bin or pallet.</param>
/// <param name="Paper">label, slip or a4: the kind of printer that takes it.</param>
/// <param name="ShowsPrices">Needs the right to see amounts.</param>
/// <param name="IsOneForAll">One document about all it was asked for, not one for each.</param>
public sealed record DocumentKind(string Name, string Of, string Paper, bool ShowsPrices = false, bool IsOneForAll = false, bool IsCustoms = false)
{
    public const int MostOf = 500;

    public static readonly IReadOnlyList<DocumentKind> All =
    [
        new("packingSlip", "release", "slip"), new("pickList", "release", "a4", IsOneForAll: true), new("orderSummary", "release", "a4", ShowsPrices: true),
        new("giftMessage", "release", "slip"), new("promoInsert", "release", "slip"), new("returnSlip", "release", "slip"),
        new("shippingLabel", "release", "label"), new("cn22", "release", "label", IsCustoms: true), new("cn23", "release", "a4", IsCustoms: true),
        new("commercialInvoice", "release", "a4", IsCustoms: true), new("manifest", "release", "a4", IsOneForAll: true),
        new("palletLabel", "pallet", "label"), new("productLabel", "product", "label"), new("binLabel", "bin", "label"),
    ];

    /// <summary>A label that a carrier made: printed like every other, laid out by no template.</summary>
    public static readonly DocumentKind Carrier = new(PrintedLabels.Kind, "package", "label");

    /// <summary>Kinds that templates make.</summary>
    public static DocumentKind? Find(string? name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>May it be asked for about single packages too?</summary>
    public bool IsOfParcels => Of == "release" && !IsOneForAll && !IsCustoms;

    public static readonly IReadOnlyList<string> Formats = ["pdf", "png", "zpl203", "zpl300"];
}

/// <summary>The languages documents are written in.</summary>
public static class DocumentLanguages
{
    private static readonly Dictionary<string, string> Cultures = new(StringComparer.Ordinal)
    {
        ["en-GB"] = "en-GB", ["en-US"] = "en-US", ["de"] = "de-DE", ["fr"] = "fr-FR", ["es"] = "es-ES",
    };

    public static readonly IReadOnlyList<string> All = ["en-GB", "en-US", "de", "fr", "es"];

    public static string Culture(string language) => Cultures[language];

    /// <summary>The language of ours for a customer: the one that was said, else the one of the country it goes to, else British English.</summary>
    public static string For(string? said, string? country)
    {
        if (said is { Length: >= 2 })
        {
            if (All.FirstOrDefault(l => string.Equals(l, said, StringComparison.OrdinalIgnoreCase)) is { } whole) return whole;
            string first = said[..2].ToLower(CultureInfo.InvariantCulture);
            if (first == "en") return said.EndsWith("US", StringComparison.OrdinalIgnoreCase) ? "en-US" : "en-GB";
            if (Cultures.ContainsKey(first)) return first;
        }
        return country switch
        {
            "DE" or "AT" or "CH" or "LI" => "de",
            "FR" or "MC" or "LU" => "fr",
            "ES" or "MX" or "AR" or "CO" or "CL" or "PE" => "es",
            "US" or "CA" => "en-US",
            _ => "en-GB",
        };
    }
}
