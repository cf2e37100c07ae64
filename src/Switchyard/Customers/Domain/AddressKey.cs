using System.Text;

namespace Switchyard.Customers;

/// <summary>How addresses and names are compared when somebody is looked for.</summary>
public static class AddressKey
{
    /// <summary>Postcode and first line, letters and digits only, so that "1, Mill Lane" is "1 mill lane".</summary>
    /// <returns>Null when either is missing: half an address would block a whole street.</returns>
    public static string? Of(string? postcode, string? line1)
    {
        string code = Bare(postcode), line = Bare(line1);
        return code.Length == 0 || line.Length == 0 ? null : $"{code}|{line}";
    }

    /// <summary>A name as it is looked for: NFC, upper case, one blank between words.</summary>
    public static string? Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || !Kernel.Text.IsStorable(name)) return null;
        string text = string.Join(' ', name.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormC).ToUpperInvariant();
        return text.Length > 200 ? text[..200] : text;
    }

    private static string Bare(string? text) => text is null || !Kernel.Text.IsStorable(text) ? ""
        : string.Concat(text.Normalize(NormalizationForm.FormC).Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
