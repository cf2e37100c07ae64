using System.Text.RegularExpressions;

namespace Switchyard.Documents;

/// <summary>GS1 element strings as people write them, <c>(00)103012345678901236(10)AB-1</c>.</summary>
/// <remarks>Source: GS1 General Specifications, 3 (application identifiers) and 7.8.4 (those of a predefined length need no separator).</remarks>
public static partial class Gs1
{
    private static readonly HashSet<string> Predefined =
        ["00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "31", "32", "33", "34", "35", "36", "41"];

    private static readonly Dictionary<string, int> Lengths = new(StringComparer.Ordinal)
    {
        ["00"] = 18, ["01"] = 14, ["02"] = 14, ["11"] = 6, ["12"] = 6, ["13"] = 6, ["15"] = 6, ["16"] = 6, ["17"] = 6, ["20"] = 2,
        ["410"] = 13, ["411"] = 13, ["412"] = 13, ["413"] = 13, ["414"] = 13, ["415"] = 13,
    };

    /// <summary>The elements of a text; null when it is not such a text, an element has a wrong length or a check digit is wrong.</summary>
    public static IReadOnlyList<(string Id, string Value)>? Read(string text)
    {
        var found = Element().Matches(text);
        if (found.Count == 0 || found.Sum(m => m.Length) != text.Length) return null;
        var elements = found.Select(m => (Id: m.Groups[1].Value, Value: m.Groups[2].Value)).ToList();
        return elements.TrueForAll(IsRight) ? elements : null;
    }

    /// <summary>The text for Code 128 or DataMatrix: function 1 first, and after an element whose length is not known by its identifier.</summary>
    public static string Join(IReadOnlyList<(string Id, string Value)> elements)
    {
        string text = Code128.Fnc1.ToString();
        for (int i = 0; i < elements.Count; i++)
        {
            text += elements[i].Id + elements[i].Value;
            if (i + 1 < elements.Count && !Predefined.Contains(elements[i].Id[..2])) text += Code128.Fnc1;
        }
        return text;
    }

    /// <summary>A serial shipping container code: extension digit, company prefix and serial, with its check digit. 18 digits.</summary>
    /// <param name="prefix">The GS1 company prefix, 7 to 10 digits.</param>
    /// <param name="serial">From 0; so many digits as the prefix leaves of 16.</param>
    /// <returns>Null when the serial no longer fits.</returns>
    public static string? Sscc(int extension, string prefix, long serial)
    {
        string number = serial.ToString("D", System.Globalization.CultureInfo.InvariantCulture).PadLeft(16 - prefix.Length, '0');
        string digits = $"{extension}{prefix}{number}";
        return digits.Length == 17 && digits.All(char.IsAsciiDigit) ? digits + Ean.CheckDigit(digits) : null;
    }

    private static bool IsRight((string Id, string Value) element)
    {
        if (element.Value.Length > 90) return false;
        if (Lengths.TryGetValue(element.Id, out int length) && (element.Value.Length != length || !element.Value.All(char.IsAsciiDigit))) return false;
        return element.Id is not ("00" or "01" or "02") || Ean.IsRight(element.Value);
    }

    // The characters of GS1's set 82.
    [GeneratedRegex("""\(([0-9]{2,4})\)([!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+?)(?=\([0-9]{2,4}\)|$)""", RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
