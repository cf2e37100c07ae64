namespace Switchyard.Documents;

/// <summary>The kinds of barcode a template can ask for.</summary>
public static class Barcode
{
    public static readonly IReadOnlyList<string> Kinds = ["code128", "gs1-128", "ean", "qr", "datamatrix", "gs1-datamatrix"];

    /// <summary>A barcode's modules; null when this kind cannot say that text.</summary>
    public static Symbol? Draw(string kind, string text) => kind switch
    {
        "code128" => Code128.Draw(text),
        "gs1-128" => Gs1.Read(text) is { } elements ? Code128.Draw(Gs1.Join(elements), text) : null,
        "ean" => Ean.Draw(text),
        "qr" => QrCode.Draw(text),
        "datamatrix" => DataMatrix.Draw(text),
        "gs1-datamatrix" => Gs1.Read(text) is { } elements ? DataMatrix.Draw(Gs1.Join(elements), text) : null,
        _ => null,
    };
}
