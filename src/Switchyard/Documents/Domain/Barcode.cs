using Switchyard.Catalog;

namespace Switchyard.Documents;

/// <summary>The kinds of barcode a template can ask for.</summary>
public static class Barcode
{
    public static readonly IReadOnlyList<string> Kinds = ["code128", "gs1-128", "ean", "qr", "datamatrix", "gs1-datamatrix"];

    private static readonly string Fnc1 = Code128.Fnc1.ToString();

    /// <summary>A barcode's modules; null when this kind cannot say that text.</summary>
    public static Symbol? Draw(string kind, string text) => kind switch
    {
        "code128" => Code128.Draw(text),
        "gs1-128" => Gs1.Read(text) is { } elements ? Code128.Draw(Join(elements), text) : null,
        "ean" => Ean.Draw(text),
        "qr" => QrCode.Draw(text),
        "datamatrix" => DataMatrix.Draw(text),
        "gs1-datamatrix" => Gs1.Read(text) is { } elements ? DataMatrix.Draw(Join(elements), text) : null,
        _ => null,
    };

    /// <summary>The text of GS1 elements for Code 128 or DataMatrix: function 1 first, and after an element whose length is not known by its identifier.</summary>
    public static string Join(IReadOnlyList<(string Ai, string Value)> elements) =>
        Fnc1 + string.Concat(elements.Select((e, i) => e.Ai + e.Value + (i + 1 < elements.Count && !Gs1.EndsItself(e.Ai) ? Fnc1 : "")));
}
