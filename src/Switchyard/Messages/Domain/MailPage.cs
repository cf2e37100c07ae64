using System.Xml;
using System.Xml.Linq;
using Switchyard.Documents;

namespace Switchyard.Messages;

/// <summary>Whose message it is and how it looks.</summary>
/// <param name="Accent">#RRGGBB.</param>
public sealed record MailLook(string Name, string Accent, string? Footer, bool HasLogo);

/// <summary>A run of text. <paramref name="Href"/> is an address of https, http or mailto.</summary>
public sealed record MailRun(string Text, bool IsStrong = false, string? Href = null);

/// <summary>A piece of a message.</summary>
/// <param name="Kind">title, heading, text, small, button, row, rule. A row has two cells: <paramref name="Runs"/> and <paramref name="Right"/>.</param>
public sealed record MailBlock(string Kind, IReadOnlyList<MailRun> Runs, string? Href = null, IReadOnlyList<MailRun>? Right = null);

/// <summary>A message as it is kept: what it says, not yet how a mail program writes it.</summary>
public sealed record MailPage(string Subject, string Language, MailLook Look, IReadOnlyList<MailBlock> Blocks)
{
    public const int MostBlocks = 500;
    private static readonly string[] Kinds = ["title", "heading", "text", "small", "button", "row", "rule"];

    /// <summary>Reads the markup of a filled template. There are no pictures and no scripts in it, since there are no elements for them.</summary>
    /// <exception cref="TemplateFaultException">It is no markup, or has an element that there is not.</exception>
    internal static List<MailBlock> Read(TemplateOutput output)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(new StringReader($"<m>{output.Text}</m>"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XElement.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException e) { throw new TemplateFaultException(Line(output, e.LineNumber, e.LinePosition), e.Message); }
        var blocks = new List<MailBlock>();
        foreach (var node in root.Nodes())
        {
            if (node is XText { Value: var loose } text)
            {
                if (!string.IsNullOrWhiteSpace(loose)) throw Fault(output, text, "Words stand inside an element, such as <text>.");
                continue;
            }
            if (node is not XElement piece) continue;
            string kind = piece.Name.LocalName;
            if (!Kinds.Contains(kind)) throw Fault(output, piece, $"There is no element <{kind}>. There are {string.Join(", ", Kinds.Select(k => $"<{k}>"))}.");
            if (blocks.Count >= MostBlocks) throw Fault(output, piece, $"A message has at most {MostBlocks} elements.");
            if (kind == "row")
            {
                var (left, right) = (piece.Element("left"), piece.Element("right"));
                if (left is null || right is null) throw Fault(output, piece, "A <row> has a <left> and a <right>.");
                blocks.Add(new MailBlock(kind, Runs(output, left), null, Runs(output, right)));
            }
            else blocks.Add(new MailBlock(kind, Runs(output, piece), kind == "button" ? Address((string?)piece.Attribute("href")) : null));
        }
        return blocks;
    }

    private static List<MailRun> Runs(TemplateOutput output, XElement of)
    {
        var runs = new List<MailRun>();
        foreach (var node in of.Nodes())
        {
            if (node is XText words) runs.Add(new MailRun(words.Value));
            if (node is not XElement inner) continue;
            runs.Add(inner.Name.LocalName switch
            {
                "b" => new MailRun(inner.Value, IsStrong: true),
                "br" => new MailRun("\n"),
                "link" => new MailRun(inner.Value, Href: Address((string?)inner.Attribute("href"))),
                var other => throw Fault(output, inner, $"There is no <{other}> here. There are <b>, <br/> and <link href=\"\">."),
            });
        }
        return runs;
    }

    /// <summary>An address that a person may be led to; null for one that runs something, or is none.</summary>
    public static string? Address(string? href) =>
        Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto" && href!.Length <= 2_000 && !href.Any(char.IsControl) ? uri.AbsoluteUri : null;

    private static TemplateFaultException Fault(TemplateOutput output, XObject at, string detail) =>
        new(at is IXmlLineInfo info ? Line(output, info.LineNumber, info.LinePosition) : 1, detail);

    // Three characters were put before the first line.
    private static int Line(TemplateOutput output, int line, int column) => output.LineOf(Math.Max(1, line), Math.Max(1, line == 1 ? column - 3 : column));
}
