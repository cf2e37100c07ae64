namespace Switchyard.Sourcing;

/// <summary>Where a postcode begins with this.</summary>
public sealed record KnownPlace(string Country, string Prefix, decimal Latitude, decimal Longitude);

/// <summary>Where places are: the longest beginning of a postcode that is known. Pure.</summary>
public sealed class PlaceIndex
{
    private const double EarthKm = 6371.0088;
    private readonly Dictionary<(string Country, string Prefix), KnownPlace> _places;
    private readonly int _longest;

    public PlaceIndex(IEnumerable<KnownPlace> places)
    {
        _places = places.ToDictionary(p => (p.Country, p.Prefix));
        _longest = _places.Count == 0 ? 0 : _places.Keys.Max(k => k.Prefix.Length);
    }

    /// <summary>The position of a place; null when nobody has told it.</summary>
    public (decimal Latitude, decimal Longitude)? Find(string? country, string? postcode)
    {
        if (country is null || _places.Count == 0) return null;
        string code = Areas.Postcode(country, postcode ?? "");
        for (int length = Math.Min(code.Length, _longest); length >= 0; length--)
            if (!Areas.CutsDistrict(country, code, length) && _places.TryGetValue((country, code[..length].TrimEnd()), out var place)) return (place.Latitude, place.Longitude);
        return null;
    }

    /// <summary>Whole kilometres over the ground between two positions in degrees, rounded half up.</summary>
    /// <remarks>Haversine on a sphere of the mean radius, 6371.0088 km (IUGG): at most about 0.6 % off.</remarks>
    public static long Km((decimal Latitude, decimal Longitude) from, (decimal Latitude, decimal Longitude) to)
    {
        double a1 = Radians(from.Latitude), a2 = Radians(to.Latitude), half = (a2 - a1) / 2, turn = Radians(to.Longitude - from.Longitude) / 2;
        double h = Math.Sin(half) * Math.Sin(half) + Math.Cos(a1) * Math.Cos(a2) * Math.Sin(turn) * Math.Sin(turn);
        return (long)Math.Floor(2 * EarthKm * Math.Asin(Math.Min(1, Math.Sqrt(h))) + 0.5);
    }

    private static double Radians(decimal degrees) => (double)degrees * Math.PI / 180;
}
