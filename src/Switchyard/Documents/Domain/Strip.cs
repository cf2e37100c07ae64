namespace Switchyard.Documents;

/// <summary>A piece of a page that is not cut: marks from its own upper left corner.</summary>
/// <param name="Head">What is said again above it when it begins a page.</param>
/// <param name="IsBlank">Room between things, which is left out at the beginning of a page.</param>
internal sealed record Strip(double Height, IReadOnlyList<Mark> Marks, Strip? Head = null, bool IsBlank = false, bool EndsPage = false)
{
    /// <summary>Strips below each other as one.</summary>
    public static Strip Stack(IReadOnlyList<Strip> strips)
    {
        var marks = new List<Mark>();
        double y = 0;
        foreach (var strip in strips)
        {
            marks.AddRange(strip.Marks.Select(m => m.Moved(0, y)));
            y += strip.Height;
        }
        return new Strip(y, marks);
    }
}
