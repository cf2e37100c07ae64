using Switchyard.Catalog;

namespace Switchyard.Documents;

/// <summary>The barcodes of the shop counter: EAN-13, EAN-8 and UPC-A.</summary>
/// <remarks>Source: GS1 General Specifications 5.2.</remarks>
public static class Ean
{
    private static readonly string[] Left = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
    private static readonly string[] Parity = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];

    /// <summary>The modules of 8, 12 or 13 digits with a right check digit; null for anything else.</summary>
    public static Symbol? Draw(string digits) => !Gs1.IsRight(digits) ? null : digits.Length switch
    {
        13 => Long(digits, digits),
        12 => Long("0" + digits, digits),
        8 => Short(digits),
        _ => null,
    };

    private static Symbol Long(string digits, string reading)
    {
        string parity = Parity[digits[0] - '0'], modules = "101";
        for (int i = 0; i < 6; i++) modules += parity[i] == 'L' ? L(digits[i + 1]) : G(digits[i + 1]);
        modules += "01010";
        for (int i = 7; i < 13; i++) modules += R(digits[i]);
        return Of(modules + "101", 11, reading);
    }

    private static Symbol Short(string digits) =>
        Of("101" + string.Concat(digits[..4].Select(L)) + "01010" + string.Concat(digits[4..].Select(R)) + "101", 7, digits);

    private static Symbol Of(string modules, int quiet, string reading) => new([[.. modules.Select(m => m == '1')]], quiet, reading);

    private static string L(char digit) => Left[digit - '0'];
    private static string R(char digit) => string.Concat(L(digit).Select(m => m == '1' ? '0' : '1'));
    private static string G(char digit) => string.Concat(R(digit).Reverse());
}
