namespace Switchyard.Sourcing;

/// <summary>Where a zone of a card is.</summary>
/// <param name="Country">ISO 3166; null: everywhere that no other zone with the same service is.</param>
/// <param name="PostcodePrefix">As it is compared (<see cref="Areas.Prefix"/>); empty: the whole country.</param>
public sealed record CardArea(string Zone, string? Country = null, string PostcodePrefix = "");

/// <summary>The price of one parcel up to a weight.</summary>
/// <param name="UpToGrams">> 0; the lowest one that the parcel fits under counts.</param>
/// <param name="PriceMinor">Minor units of the card's currency, ≥ 0.</param>
/// <param name="TransitDays">≥ 0.</param>
public sealed record CardRate(string Zone, string Service, string Method, long UpToGrams, long PriceMinor, int TransitDays);

/// <summary>What a carrier charges by service, zone and weight. Zones are the card's own.</summary>
public sealed record RateCard(string Name, string Carrier, string Currency, IReadOnlyList<CardArea> Areas, IReadOnlyList<CardRate> Rates);

/// <summary>The zones of a place by the rate cards of a merchant, a list for each card. Equal when all lists are.</summary>
public sealed class CardZones(IReadOnlyList<string>[] zones) : IEquatable<CardZones>
{
    public static readonly CardZones None = new([]);
    private readonly int _hash = Hash(zones);

    /// <param name="card">The place of the card among the merchant's.</param>
    public IReadOnlyList<string> Of(int card) => zones[card];

    public bool Equals(CardZones? other) => ReferenceEquals(this, other)
        || other is not null && _hash == other._hash && zones.Length == other.Count && zones.Index().All(z => z.Item.SequenceEqual(other.Of(z.Index)));

    public override bool Equals(object? obj) => Equals(obj as CardZones);
    public override int GetHashCode() => _hash;
    private int Count => zones.Length;

    private static int Hash(IReadOnlyList<string>[] zones)
    {
        var hash = new HashCode();
        foreach (var card in zones)
        {
            hash.Add(card.Count);
            foreach (string zone in card) hash.Add(zone);
        }
        return hash.ToHashCode();
    }
}

/// <summary>A card made ready for looking up. Pure.</summary>
public sealed class RateCardIndex
{
    private readonly Dictionary<(string Country, string Prefix), string[]> _zones;
    private readonly Dictionary<string, CardRate[]> _rates;
    private readonly string[] _everywhere;
    private readonly int _longest;

    public RateCardIndex(RateCard card)
    {
        Card = card;
        _everywhere = [.. card.Areas.Where(a => a.Country is null).Select(a => a.Zone).Distinct().Order(StringComparer.Ordinal)];
        _zones = card.Areas.Where(a => a.Country is not null).GroupBy(a => (a.Country!, a.PostcodePrefix))
            .ToDictionary(g => g.Key, g => g.Select(a => a.Zone).Distinct().Order(StringComparer.Ordinal).ToArray());
        _longest = _zones.Count == 0 ? 0 : _zones.Keys.Max(k => k.Prefix.Length);
        _rates = card.Rates.GroupBy(r => r.Zone).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.UpToGrams).ToArray());
    }

    public RateCard Card { get; }

    /// <summary>Its code; empty where nobody asks for it.</summary>
    public string Code { get; init; } = "";

    /// <summary>The zones a place is in, the closest first: longer postcode beginnings, then the country, then everywhere.</summary>
    public IReadOnlyList<string> ZonesAt(string? country, string? postcode)
    {
        var zones = new List<string>();
        if (country is not null)
        {
            foreach (string beginning in Areas.Beginnings(country, postcode, _longest))
                if (_zones.TryGetValue((country, beginning), out string[]? here)) zones.AddRange(here);
        }
        zones.AddRange(_everywhere);
        return zones;
    }

    /// <summary>What there is to these zones: of each service the rates of the closest zone that has it, every weight of them.</summary>
    public IEnumerable<CardRate> To(IEnumerable<string> zones)
    {
        var served = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string zone in zones)
            foreach (var rate in _rates.GetValueOrDefault(zone, []))
            {
                if (!served.TryAdd(rate.Service, zone) && served[rate.Service] != zone) continue;
                yield return rate;
            }
    }
}
