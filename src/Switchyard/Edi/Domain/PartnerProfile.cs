namespace Switchyard.Edi;

/// <summary>How it is agreed with a partner. The mapper reads and writes by it, and knows no partner by name.</summary>
/// <param name="GoodsQualifier">Whose number our SKU is to them: VP, BP, UP, EN, SK, IN.</param>
/// <param name="Units">Their code of a unit to units of ours: EA is 1, CA may be 12.</param>
/// <param name="Methods">Their carrier or service code to our delivery method.</param>
/// <param name="Country">Of addresses that name none.</param>
public sealed record PartnerProfile(string GoodsQualifier, string Unit, IReadOnlyDictionary<string, long> Units, IReadOnlyDictionary<string, string> Methods, string Currency, string Country)
{
    public static readonly PartnerProfile Usual = new("VP", "EA", new Dictionary<string, long> { ["EA"] = 1 }, new Dictionary<string, string>(), "USD", "US");

    public static readonly IReadOnlyList<string> Qualifiers = ["VP", "BP", "UP", "EN", "SK", "IN", "VN", "MG"];

    /// <summary>The number of goods by which they and we know it: that of the profile, else one of a vendor's usual ones.</summary>
    public string? SkuOf(IReadOnlyList<GoodsNumber> numbers) =>
        Of(numbers, GoodsQualifier) ?? Of(numbers, "VP") ?? Of(numbers, "VN") ?? Of(numbers, "SK") ?? Of(numbers, "UP") ?? Of(numbers, "EN") ?? Of(numbers, "BP");

    /// <summary>Units of ours in one of theirs; null for a unit that is not agreed.</summary>
    public long? UnitsEach(string unit) => Units.TryGetValue(unit, out long each) ? each : unit is "EA" or "" ? 1 : null;

    private static string? Of(IReadOnlyList<GoodsNumber> numbers, string qualifier)
    {
        foreach (var number in numbers) if (number.Qualifier == qualifier && number.Value.Length > 0) return number.Value;
        return null;
    }
}
