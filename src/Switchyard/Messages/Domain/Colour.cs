using System.Globalization;

namespace Switchyard.Messages;

/// <summary>A merchant's colour, made so that everybody can read it.</summary>
/// <remarks>Source: WCAG 2.2, relative luminance and contrast ratio.</remarks>
public static class Colour
{
    public const string Usual = "#0B6375";
    private const double Wanted = 4.6;

    public static bool IsColour(string? text) => text is { Length: 7 } && text[0] == '#' && text.AsSpan(1).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;

    /// <summary>The colour, or as near to it as can be read on the background: mixed with black on a light one, with white on a dark one.</summary>
    /// <param name="colour">#RRGGBB.</param>
    public static string Readable(string colour, string background)
    {
        var (of, on) = (Parse(IsColour(colour) ? colour : Usual), Parse(background));
        double to = Luminance(on) > 0.4 ? 0 : 255;
        for (int step = 0; step <= 20; step++)
        {
            var mixed = (R: Mix(of.R, to, step), G: Mix(of.G, to, step), B: Mix(of.B, to, step));
            if (Contrast(mixed, on) >= Wanted) return $"#{(int)mixed.R:X2}{(int)mixed.G:X2}{(int)mixed.B:X2}";
        }
        return to == 0 ? "#000000" : "#FFFFFF";
    }

    /// <summary>From 1 to 21.</summary>
    public static double Contrast(string one, string other) => Contrast(Parse(one), Parse(other));

    private static double Mix(double from, double to, int step) => Math.Round(from + (to - from) * step / 20);

    private static double Contrast((double R, double G, double B) one, (double R, double G, double B) other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance((double R, double G, double B) of) => 0.2126 * Linear(of.R) + 0.7152 * Linear(of.G) + 0.0722 * Linear(of.B);
    private static double Linear(double of) => of / 255 <= 0.04045 ? of / 255 / 12.92 : Math.Pow((of / 255 + 0.055) / 1.055, 2.4);

    private static (double R, double G, double B) Parse(string text)
    {
        int of = int.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (of >> 16, of >> 8 & 255, of & 255);
    }
}
