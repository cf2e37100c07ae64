namespace Switchyard.Documents;

/// <summary>The typeface of all documents, Noto Sans (SIL Open Font License, Fonts/OFL.txt), carried by the program, so that every machine prints the same.</summary>
public static class HouseTypeface
{
    private static readonly Lazy<Typeface> Loaded = new(() => new Typeface(Font("NotoSans-Regular.ttf"), Font("NotoSans-Bold.ttf")));

    public static Typeface Face => Loaded.Value;

    private static TrueTypeFont Font(string name)
    {
        using var from = typeof(HouseTypeface).Assembly.GetManifestResourceStream("fonts/" + name) ?? throw new InvalidOperationException($"The font {name} is missing.");
        using var into = new MemoryStream();
        from.CopyTo(into);
        return new TrueTypeFont(into.ToArray());
    }
}
