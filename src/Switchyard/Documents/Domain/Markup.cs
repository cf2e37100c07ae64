using System.Globalization;
using System.Xml;

namespace Switchyard.Documents;

/// <summary>An element of a filled template, with the line of the template it came from.</summary>
internal sealed record Markup(string Name, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<Markup> Inner, string Text, int Line)
{
    public const string TextName = "#text";
    private const int MostDepth = 24;
    private static readonly Dictionary<string, string> NoAttributes = [];

    /// <summary>Which elements there are, and the attributes of each.</summary>
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["document"] = [], ["page"] = ["size", "margin"], ["header"] = [], ["footer"] = [],
        ["p"] = ["size", "bold", "align", "lines", "pre", "space"], ["b"] = [], ["br"] = [],
        ["table"] = ["widths", "size", "rules"], ["head"] = [], ["row"] = [], ["cell"] = ["align", "bold", "span"],
        ["columns"] = ["widths", "frame", "gap"], ["column"] = [], ["together"] = [],
        ["code"] = ["kind", "height", "module", "reading", "align"], ["image"] = ["name", "height", "width", "align"],
        ["rule"] = ["thickness"], ["space"] = ["height"], ["break"] = [], ["tick"] = ["size"],
    };

    /// <summary>Reads a filled template.</summary>
    /// <exception cref="TemplateFaultException">It is not markup, or has an element or attribute there is not.</exception>
    public static Markup Read(TemplateOutput filled)
    {
        string text = filled.Text;
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = TemplateText.MostOutput,
        });
        try
        {
            reader.MoveToContent();
            var root = Element(reader, filled, 0);
            return root.Name == "document" ? root : throw new TemplateFaultException(root.Line, $"A template begins with <document>, not <{root.Name}>.");
        }
        catch (XmlException e)
        {
            throw new TemplateFaultException(filled.LineOf(e.LineNumber, e.LinePosition), Plain(e.Message));
        }
    }

    public double? Number(string attribute, double least, double most)
    {
        if (!Attributes.TryGetValue(attribute, out string? said)) return null;
        return double.TryParse(said, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most ? number
            : throw new TemplateFaultException(Line, $"{attribute} of <{Name}> must be a number from {least} to {most}, not '{said}'.");
    }

    public string? Word(string attribute, params string[] known)
    {
        if (!Attributes.TryGetValue(attribute, out string? said)) return null;
        return known.Contains(said) ? said : throw new TemplateFaultException(Line, $"{attribute} of <{Name}> must be one of {string.Join(", ", known)}, not '{said}'.");
    }

    public bool Is(string attribute) => Word(attribute, "yes", "no") == "yes";

    /// <summary>Parts of a width, such as <c>10 60 30</c>, as shares of one.</summary>
    public double[]? Shares(string attribute, int most)
    {
        if (!Attributes.TryGetValue(attribute, out string? said)) return null;
        string[] words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] numbers = [.. words.Select(w => double.TryParse(w, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double n) && n is > 0 and <= 10_000 ? n : -1)];
        if (numbers.Length == 0 || numbers.Length > most || numbers.Any(n => n < 0))
            throw new TemplateFaultException(Line, $"{attribute} of <{Name}> must be 1 to {most} numbers above 0, not '{said}'.");
        double sum = numbers.Sum();
        return [.. numbers.Select(n => n / sum)];
    }

    private static Markup Element(XmlReader reader, TemplateOutput filled, int depth)
    {
        var place = (IXmlLineInfo)reader;
        int line = filled.LineOf(place.LineNumber, place.LinePosition);
        string name = reader.Name;
        if (depth > MostDepth) throw new TemplateFaultException(line, $"Elements may be at most {MostDepth} deep.");
        if (!Known.TryGetValue(name, out string[]? known)) throw new TemplateFaultException(line, $"There is no element <{name}>. There are {string.Join(", ", Known.Keys)}.");
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        bool isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
            attributes[reader.Name] = known.Contains(reader.Name) ? reader.Value.Trim()
                : throw new TemplateFaultException(line, $"<{name}> has no attribute {reader.Name}. It has {(known.Length == 0 ? "none" : string.Join(", ", known))}.");
        var inner = new List<Markup>();
        if (!isEmpty)
        {
            while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
            {
                if (reader.NodeType == XmlNodeType.Element) inner.Add(Element(reader, filled, depth + 1));
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                {
                    int blank = reader.Value.Length - reader.Value.TrimStart().Length;
                    int begun = filled.LineOf(place.LineNumber, place.LinePosition) + reader.Value.AsSpan(0, blank).Count('\n');
                    inner.Add(new Markup(TextName, NoAttributes, [], reader.Value, begun));
                }
            }
        }
        return new Markup(name, attributes, inner, "", line);
    }

    // The reader's own words end with a line and position of the filled text, which would mislead.
    private static string Plain(string message) => message.IndexOf(" Line ", StringComparison.Ordinal) is > 0 and var end ? message[..end] : message;
}
