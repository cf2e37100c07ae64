namespace Switchyard.Connectors;

/// <summary>What a buyer asked to have written, out of the fields that shops let him fill in beside a line.</summary>
internal static class BuyersWords
{
    private const int MostFields = 10;

    /// <summary>The text of a line as packers read it; null: it is a line like any other. A field that is named for what it is says its value alone, any other its name too.</summary>
    /// <param name="fields">In the order the buyer saw them; what they say of a gift is the parcel's and left out.</param>
    public static string? Personal(IEnumerable<(string Name, string Value)> fields)
    {
        var said = fields.Where(f => !string.IsNullOrWhiteSpace(f.Value) && !IsGiftMessage(f.Name) && !IsGiftWrap(f.Name)).Take(MostFields)
            .Select(f => IsPersonal(f.Name) ? f.Value.Trim() : $"{f.Name.Trim()}: {f.Value.Trim()}").ToList();
        return said.Count == 0 ? null : string.Join(" · ", said);
    }

    /// <summary>Is it said to whoever gets the parcel?</summary>
    public static bool IsGiftMessage(string name) => Has(name, "gift") && (Has(name, "message") || Has(name, "note"));

    private static bool IsGiftWrap(string name) => Has(name, "gift") && Has(name, "wrap");
    private static bool IsPersonal(string name) => Has(name, "personalisation") || Has(name, "personalization");
    private static bool Has(string name, string word) => name.Contains(word, StringComparison.OrdinalIgnoreCase);
}
