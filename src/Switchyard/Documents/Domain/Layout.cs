using System.Globalization;

namespace Switchyard.Documents;

/// <summary>Lays markup out on pages: from above to below, breaking between strips, with a header and footer on each page.</summary>
/// <param name="pictures">By the name a template calls them.</param>
internal sealed class Layout(Typeface face, IReadOnlyDictionary<string, Picture> pictures)
{
    public const string PageSign = "\uE000", PagesSign = "\uE001";
    public const int MostPages = 1_000;
    private const int MostRunningText = 4_000;

    private static readonly Dictionary<string, (double Width, double Height)> Sizes = new(StringComparer.Ordinal)
    {
        ["A4"] = (210, 297), ["A5"] = (148, 210), ["A6"] = (105, 148), ["Letter"] = (215.9, 279.4), ["4x6in"] = (101.6, 152.4),
    };

    /// <summary>The pages of a document.</summary>
    /// <exception cref="TemplateFaultException">Something cannot be laid out as it is asked for.</exception>
    public IReadOnlyList<Sheet> Lay(Markup document)
    {
        var sheets = new List<Sheet>();
        foreach (var page in document.Inner.Where(i => i.Name != Markup.TextName))
        {
            if (page.Name != "page") throw new TemplateFaultException(page.Line, $"<{page.Name}> cannot stand in <document>: only <page> can.");
            sheets.AddRange(Pages(page));
            if (sheets.Count > MostPages) throw new TemplateFaultException(page.Line, $"The document would have more than {MostPages} pages.");
        }
        return sheets.Count > 0 ? sheets : throw new TemplateFaultException(document.Line, "The document has no <page>.");
    }

    private List<Sheet> Pages(Markup page)
    {
        var (width, height) = Size(page);
        double margin = (page.Number("margin", 0, 100) ?? 12) * Sheet.PointsPerMm, inner = width - 2 * margin;
        if (inner < 40) throw new TemplateFaultException(page.Line, "The margin leaves no room.");
        var (header, footer) = (Running(page, "header"), Running(page, "footer"));
        var (above, below) = (Run(header, inner, "88", "88"), Run(footer, inner, "88", "88"));
        double room = height - 2 * margin - above.Height - below.Height;
        if (room < 20) throw new TemplateFaultException(page.Line, "Header and footer leave no room.");
        var blocks = new BlockStrips(face, pictures, room);
        var bodies = Flow(blocks.Of(page.Inner.Where(i => i != header && i != footer), inner), room, page.Line);
        var sheets = new List<Sheet>();
        foreach (var body in bodies)
        {
            string number = (sheets.Count + 1).ToString(CultureInfo.InvariantCulture), all = bodies.Count.ToString(CultureInfo.InvariantCulture);
            var (top, bottom) = (Run(header, inner, number, all), Run(footer, inner, number, all));
            sheets.Add(new Sheet(width, height,
            [
                .. top.Marks.Select(m => m.Moved(margin, margin)), .. body.Select(m => m.Moved(margin, margin + above.Height)),
                .. bottom.Marks.Select(m => m.Moved(margin, height - margin - below.Height)),
            ]));
        }
        return sheets;
    }

    private static List<List<Mark>> Flow(IReadOnlyList<Strip> strips, double room, int line)
    {
        var pages = new List<List<Mark>> { new() };
        double y = 0;
        foreach (var strip in strips)
        {
            if (strip.EndsPage) { if (y > 0) Turn(); continue; }
            if (y > 0 && y + strip.Height > room + 0.01)
            {
                Turn();
                if (strip.Head is { } head && head.Height + strip.Height <= room) Put(head);
            }
            if (strip.IsBlank && y == 0) continue;
            Put(strip);
        }
        if (pages.Count > 1 && pages[^1].Count == 0) pages.RemoveAt(pages.Count - 1);
        return pages;

        void Put(Strip strip)
        {
            pages[^1].AddRange(strip.Marks.Select(m => m.Moved(0, y)));
            y += strip.Height;
        }

        void Turn()
        {
            pages.Add([]);
            y = 0;
            if (pages.Count > MostPages) throw new TemplateFaultException(line, $"The document would have more than {MostPages} pages.");
        }
    }

    private static (double Width, double Height) Size(Markup page)
    {
        string said = page.Attributes.GetValueOrDefault("size") ?? "A4";
        if (!Sizes.TryGetValue(said, out var mm))
        {
            string[] sides = said.Split('x');
            if (sides.Length != 2 || !double.TryParse(sides[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double w)
                || !double.TryParse(sides[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double h) || w is < 20 or > 1200 || h is < 15 or > 1200)
                throw new TemplateFaultException(page.Line, $"size of <page> must be {string.Join(", ", Sizes.Keys)} or millimetres such as 100x150, not '{said}'.");
            mm = (w, h);
        }
        return (mm.Width * Sheet.PointsPerMm, mm.Height * Sheet.PointsPerMm);
    }

    private static Markup? Running(Markup page, string name)
    {
        var found = page.Inner.Where(i => i.Name == name).ToList();
        if (found.Count > 1) throw new TemplateFaultException(found[1].Line, $"A page has one <{name}>.");
        if (found.Count == 1 && Length(found[0]) > MostRunningText) throw new TemplateFaultException(found[0].Line, $"<{name}> may have at most {MostRunningText} characters.");
        return found.SingleOrDefault();
    }

    private static int Length(Markup of) => of.Text.Length + 1 + of.Inner.Sum(Length);

    private Strip Run(Markup? running, double width, string page, string pages) => running is null ? new Strip(0, [])
        : Strip.Stack(new BlockStrips(face, pictures, double.MaxValue, text => text.Replace(PageSign, page, StringComparison.Ordinal).Replace(PagesSign, pages, StringComparison.Ordinal))
            .Of(running.Inner, width));
}
