namespace Switchyard.Fulfilment;

/// <summary>Where goods meet customs on their way. Pure.</summary>
public static class CustomsBorder
{
    /// <summary>Members of the customs union of the European Union, with Monaco; Northern Ireland, written GB, is not told apart.</summary>
    private static readonly HashSet<string> Union =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    /// <summary>Does what is sent from one country to the other pass customs? Not when one of them is not known.</summary>
    /// <param name="from">ISO 3166, two letters.</param>
    /// <param name="to">The same.</param>
    public static bool IsBetween(string? from, string? to)
    {
        if (string.IsNullOrWhiteSpace(from) || string.IsNullOrWhiteSpace(to)) return false;
        string a = from.Trim().ToUpperInvariant(), b = to.Trim().ToUpperInvariant();
        return a != b && !(Union.Contains(a) && Union.Contains(b));
    }
}
