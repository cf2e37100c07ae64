namespace Switchyard.Documents;

/// <summary>
/// One page as it will be printed: what stands where, in points (1/72 inch) from the upper left corner. PDF, ZPL and the preview picture are made of the same sheet.
/// </summary>
public sealed record Sheet(double Width, double Height, IReadOnlyList<Mark> Marks)
{
    public const double PointsPerMm = 72 / 25.4;
}

/// <summary>Something that is printed.</summary>
public abstract record Mark
{
    /// <summary>The same, so far to the right and down.</summary>
    public abstract Mark Moved(double right, double down);
}

/// <summary>One line of text, its foot on <paramref name="Y"/>.</summary>
public sealed record TextMark(double X, double Y, double Size, bool IsBold, string Text) : Mark
{
    public override Mark Moved(double right, double down) => this with { X = X + right, Y = Y + down };
}

/// <summary>A straight line.</summary>
public sealed record LineMark(double X1, double Y1, double X2, double Y2, double Thickness) : Mark
{
    public override Mark Moved(double right, double down) => this with { X1 = X1 + right, Y1 = Y1 + down, X2 = X2 + right, Y2 = Y2 + down };
}

/// <summary>A filled area.</summary>
/// <param name="Gray">0 is black, 1 is white.</param>
public sealed record AreaMark(double X, double Y, double Width, double Height, double Gray) : Mark
{
    public override Mark Moved(double right, double down) => this with { X = X + right, Y = Y + down };
}

/// <summary>A barcode; its quiet zone is white paper around it.</summary>
/// <param name="Module">The width of its narrowest bar.</param>
public sealed record CodeMark(double X, double Y, Symbol Symbol, double Module, double Height) : Mark
{
    public override Mark Moved(double right, double down) => this with { X = X + right, Y = Y + down };
}

/// <summary>A picture: a JPEG or a PNG, as it came.</summary>
public sealed record PictureMark(double X, double Y, double Width, double Height, Picture Picture) : Mark
{
    public override Mark Moved(double right, double down) => this with { X = X + right, Y = Y + down };
}

/// <summary>A barcode's modules: one row for a linear one (to be drawn as high as one likes), several for a matrix.</summary>
/// <param name="Rows">True is dark. All of one length.</param>
/// <param name="Quiet">White modules it needs at each side.</param>
/// <param name="Reading">What a person reads below it; empty for none.</param>
public sealed record Symbol(IReadOnlyList<bool[]> Rows, int Quiet, string Reading)
{
    public int Columns => Rows[0].Length;
    public bool IsLinear => Rows.Count == 1;
}
