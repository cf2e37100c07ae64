namespace Switchyard.Documents;

/// <summary>Turns the blocks of a template into strips of a given width.</summary>
/// <param name="room">How high a page is: what is higher is cut between its own strips.</param>
internal sealed class BlockStrips(Typeface face, IReadOnlyDictionary<string, Picture> pictures, double room, Func<string, string>? say = null)
{
    private const double Padding = 2.5, LineThickness = 0.6, UsualSize = 9;
    private readonly Func<string, string> _say = say ?? (text => text);

    public IReadOnlyList<Strip> Of(IEnumerable<Markup> blocks, double width, double size = UsualSize, string align = "left", bool isBold = false)
    {
        var strips = new List<Strip>();
        foreach (var block in blocks)
        {
            switch (block.Name)
            {
                case Markup.TextName when string.IsNullOrWhiteSpace(block.Text): break;
                case "p": strips.AddRange(Paragraph(block, width, size, align, isBold)); break;
                case "table": strips.AddRange(Table(block, width, size)); break;
                case "columns": strips.AddRange(Columns(block, width, size)); break;
                case "together": strips.Add(Strip.Stack(Of(block.Inner, width, size, align, isBold))); break;
                case "code": strips.Add(Code(block, width, align)); break;
                case "image": strips.AddRange(Image(block, width, align)); break;
                case "rule":
                    double thick = block.Number("thickness", 0.1, 10) ?? LineThickness;
                    strips.Add(new Strip(thick + 4, [new LineMark(0, 2, width, 2, thick)]));
                    break;
                case "space": strips.Add(new Strip((block.Number("height", 0, 300) ?? 3) * Sheet.PointsPerMm, [], IsBlank: true)); break;
                case "break": strips.Add(new Strip(0, [], EndsPage: true)); break;
                case "tick": strips.Add(Tick(block)); break;
                default: throw new TemplateFaultException(block.Line, $"<{(block.Name == Markup.TextName ? "words" : block.Name)}> cannot stand here by itself: put it in <p>.");
            }
        }
        return strips;
    }

    private IEnumerable<Strip> Paragraph(Markup p, double width, double size, string align, bool isBold)
    {
        double own = p.Number("size", 4, 96) ?? size;
        var text = new TextBlock(face, own, p.Word("align", "left", "right", "center") ?? align);
        var lines = text.Lines(p, width, isBold || p.Is("bold"), p.Is("pre"), (int)(p.Number("lines", 1, 1000) ?? 10_000), _say);
        return p.Number("space", 0, 100) is { } after && lines.Count > 0 ? [.. lines, new Strip(after * Sheet.PointsPerMm, [], IsBlank: true)] : lines;
    }

    private IEnumerable<Strip> Table(Markup table, double width, double size)
    {
        double own = table.Number("size", 4, 96) ?? size;
        string rules = table.Word("rules", "rows", "all", "none") ?? "rows";
        var rows = table.Inner.Where(i => i.Name != Markup.TextName).ToList();
        double[] shares = table.Shares("widths", 24) ?? [.. Enumerable.Repeat(1.0, Math.Max(1, rows.Select(r => r.Inner.Count(c => c.Name == "cell")).DefaultIfEmpty(1).Max()))];
        Strip? head = null;
        foreach (var row in rows)
        {
            if (row.Name is not ("head" or "row")) throw new TemplateFaultException(row.Line, $"<{row.Name}> cannot stand in <table>: only <head> and <row> can.");
            var strips = Row(row, shares, width, own, rules, row.Name == "head");
            if (row.Name == "head") head = Strip.Stack(strips);
            foreach (var strip in strips) yield return row.Name == "head" ? strip : strip with { Head = head };
        }
    }

    private IReadOnlyList<Strip> Row(Markup row, double[] shares, double width, double size, string rules, bool isHead)
    {
        var cells = new List<(double X, double Width, IReadOnlyList<Strip> Strips)>();
        int column = 0;
        foreach (var cell in row.Inner.Where(i => i.Name != Markup.TextName))
        {
            if (cell.Name != "cell") throw new TemplateFaultException(cell.Line, $"<{cell.Name}> cannot stand in <{row.Name}>: only <cell> can.");
            int span = (int)(cell.Number("span", 1, 24) ?? 1);
            if (column + span > shares.Length) throw new TemplateFaultException(cell.Line, $"The row has more cells than the table has columns ({shares.Length}).");
            double x = shares.Take(column).Sum() * width, wide = shares.Skip(column).Take(span).Sum() * width;
            string align = cell.Word("align", "left", "right", "center") ?? "left";
            bool bold = isHead || cell.Is("bold");
            bool isText = cell.Inner.All(i => i.Name is Markup.TextName or "b" or "br");
            double room = Math.Max(4, wide - 2 * Padding);
            var strips = isText ? new TextBlock(face, size, align).Lines(cell, room, bold, false, 10_000, _say) : Of(cell.Inner, room, size, align, bold);
            cells.Add((x, wide, strips));
            column += span;
        }
        return Beside(cells, width, rules == "all", rules == "rows", Padding);
    }

    private IReadOnlyList<Strip> Columns(Markup columns, double width, double size)
    {
        var found = columns.Inner.Where(i => i.Name != Markup.TextName).ToList();
        if (found.Find(c => c.Name != "column") is { } other) throw new TemplateFaultException(other.Line, $"<{other.Name}> cannot stand in <columns>: only <column> can.");
        if (found.Count == 0) return [];
        double[] shares = columns.Shares("widths", 12) ?? [.. Enumerable.Repeat(1.0 / found.Count, found.Count)];
        if (shares.Length != found.Count) throw new TemplateFaultException(columns.Line, $"widths names {shares.Length} columns; there are {found.Count}.");
        bool isFramed = columns.Is("frame");
        double gap = (columns.Number("gap", 0, 50) ?? (isFramed ? 0 : 4)) * Sheet.PointsPerMm, padding = isFramed ? 2 * Padding : 0, free = width - gap * (found.Count - 1), x = 0;
        var cells = new List<(double, double, IReadOnlyList<Strip>)>();
        for (int i = 0; i < found.Count; i++)
        {
            double wide = shares[i] * free;
            cells.Add((x, wide, Of(found[i].Inner, Math.Max(4, wide - 2 * padding), size)));
            x += wide + gap;
        }
        return Beside(cells, width, isFramed, false, padding);
    }

    /// <summary>Cells beside each other as one strip; as several where they are higher than half a page.</summary>
    private List<Strip> Beside(List<(double X, double Width, IReadOnlyList<Strip> Strips)> cells, double width, bool isFramed, bool isUnderlined, double padding)
    {
        double most = Math.Max(20, room / 2 - 2 * padding);
        if (cells.Select(c => c.Strips.Sum(s => s.Height)).DefaultIfEmpty(0).Max() <= room - 2 * padding) most = double.MaxValue;
        int[] done = new int[cells.Count];
        var found = new List<Strip>();
        do
        {
            var (marks, high) = (new List<Mark>(), 0.0);
            for (int i = 0; i < cells.Count; i++)
            {
                double y = 0;
                for (; done[i] < cells[i].Strips.Count; done[i]++)
                {
                    var strip = cells[i].Strips[done[i]];
                    if (y > 0 && y + strip.Height > most) break;
                    double below = y;
                    marks.AddRange(strip.Marks.Select(m => m.Moved(cells[i].X + padding, below + padding)));
                    y += strip.Height;
                }
                high = Math.Max(high, y);
            }
            high += 2 * padding;
            if (isUnderlined) marks.Add(new LineMark(0, high, width, high, LineThickness / 2));
            if (isFramed) foreach (var (x, wide, _) in cells) marks.AddRange(Frame(x, 0, wide, high));
            found.Add(new Strip(high, marks));
        } while (Enumerable.Range(0, cells.Count).Any(i => done[i] < cells[i].Strips.Count));
        return found;
    }

    private Strip Code(Markup code, double width, string align)
    {
        string text = string.Concat(code.Inner.Select(i => i.Text)).Trim(), kind = code.Word("kind", [.. Barcode.Kinds]) ?? "code128";
        align = code.Word("align", "left", "right", "center") ?? align;
        if (text.Length == 0) return new Strip(0, []);
        // What cannot be said in bars is still there to be typed in.
        if (Barcode.Draw(kind, text) is not { } symbol) return Strip.Stack(new TextBlock(face, 9, align).Lines(code, width, false, false, 10, _say));
        double module = (code.Number("module", 0.1, 5) ?? (symbol.IsLinear ? 0.33 : 0.6)) * Sheet.PointsPerMm, quiet = 2.0 * symbol.Quiet;
        module = Math.Min(module, width / (symbol.Columns + quiet));
        double high = symbol.IsLinear ? (code.Number("height", 2, 200) ?? 12) * Sheet.PointsPerMm : module * symbol.Rows.Count, wide = module * symbol.Columns;
        double around = module * symbol.Quiet, x = align switch { "right" => width - wide - around, "center" => (width - wide) / 2, _ => around };
        double top = symbol.IsLinear ? 1 : around;
        var marks = new List<Mark> { new CodeMark(x, top, symbol, module, high) };
        if (code.Word("reading", "yes", "no") == "no" || symbol.Reading.Length == 0) return new Strip(high + 2 * top, marks);
        double size = Math.Min(8, 8 * width / Math.Max(1, face.Measure(symbol.Reading, 8, false)));
        double said = face.Measure(symbol.Reading, size, false);
        marks.Add(new TextMark(Math.Clamp(x + (wide - said) / 2, 0, Math.Max(0, width - said)), top + high + size, size, false, symbol.Reading));
        return new Strip(top + high + size * 1.4, marks);
    }

    private IEnumerable<Strip> Image(Markup image, double width, string align)
    {
        if (!pictures.TryGetValue(image.Attributes.GetValueOrDefault("name") ?? "", out var picture)) return [];
        double? wide = image.Number("width", 1, 300) * Sheet.PointsPerMm, high = image.Number("height", 1, 300) * Sheet.PointsPerMm;
        double ratio = (double)picture.Height / picture.Width;
        double w = Math.Min(width, wide ?? (high ?? 15 * Sheet.PointsPerMm) / ratio), h = Math.Min(wide is null || high is null ? w * ratio : high.Value, room);
        align = image.Word("align", "left", "right", "center") ?? align;
        return [new Strip(h + 2, [new PictureMark(align switch { "right" => width - w, "center" => (width - w) / 2, _ => 0 }, 0, w, h, picture)])];
    }

    private static Strip Tick(Markup tick)
    {
        double side = (tick.Number("size", 1, 30) ?? 4) * Sheet.PointsPerMm;
        return new Strip(side + 1, [.. Frame(0, 0, side, side)]);
    }

    private static IEnumerable<Mark> Frame(double x, double y, double width, double height) =>
    [
        new LineMark(x, y, x + width, y, LineThickness), new LineMark(x, y + height, x + width, y + height, LineThickness),
        new LineMark(x, y, x, y + height, LineThickness), new LineMark(x + width, y, x + width, y + height, LineThickness),
    ];
}
