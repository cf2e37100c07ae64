using System.Globalization;
using System.Text;

namespace Switchyard.Edi;

/// <summary>What stands in a file or a message.</summary>
/// <param name="Interchanges">In their order; also those that are broken, as far as they could be read.</param>
/// <param name="Stray">Characters outside of any interchange, blanks and line ends left out.</param>
public sealed record X12File(IReadOnlyList<Interchange> Interchanges, int Stray);

/// <summary>
/// Reads X12 interchanges. The header has fixed widths and so tells its own separators; line ends within segments (files wrapped at 80 columns) and blanks before
/// segments are passed over, and several interchanges may stand one after another. Whatever it is given it answers; it never throws.
/// </summary>
/// <remarks>Source: X12.5 interchange control structures, X12.6 application control structure; versions 00200 to 00501.</remarks>
public static class X12Reader
{
    public const int MostSegments = 100_000, MostInterchanges = 1_000;
    private const int HeaderLength = 105, HeaderElements = 16;

    /// <summary>Where element separators stand in a header of the standard's widths.</summary>
    private static readonly int[] Places = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

    public static X12File Read(string text)
    {
        var found = new List<Interchange>();
        int at = 0, stray = 0;
        while (found.Count < MostInterchanges && NextHeader(text, at) is var start && start >= 0)
        {
            stray += Inked(text.AsSpan(at, start - at));
            if (Header(text, start) is not { } head) { stray += 3; at = start + 3; continue; }
            at = ReadOne(text, start, head, found);
        }
        return new X12File(found, stray + Inked(text.AsSpan(Math.Min(at, text.Length))));
    }

    /// <summary>One set of a single interchange, by its place from 0; null when the text is not kept any more.</summary>
    public static TransactionSet? SetOf(string? interchange, int place) =>
        interchange is null ? null : Read(interchange).Interchanges.SelectMany(i => i.Groups).SelectMany(g => g.Sets).ElementAtOrDefault(place);

    private readonly record struct Head(IReadOnlyList<string> Elements, Delimiters Delimiters, int End);

    /// <summary>The next ISA with a separator behind it that could be one.</summary>
    private static int NextHeader(string text, int from)
    {
        for (int at = from; at >= 0 && at + 4 < text.Length; at++)
        {
            at = text.IndexOf("ISA", at, StringComparison.Ordinal);
            if (at < 0 || at + 4 >= text.Length) return -1;
            if (!char.IsLetterOrDigit(text[at + 3]) && !char.IsWhiteSpace(text[at + 3]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1]))) return at;
        }
        return -1;
    }

    /// <summary>Reads by the widths of the standard; where partners have cut blanks off, by counting separators.</summary>
    private static Head? Header(string text, int start)
    {
        var flat = new StringBuilder(HeaderLength);
        int at = start;
        for (; at < text.Length && flat.Length < HeaderLength; at++)
            if (text[at] is not ('\r' or '\n')) flat.Append(text[at]);
        char element = text[start + 3];
        if (flat.Length == HeaderLength && Array.TrueForAll(Places, p => flat[p] == element))
            return Finish(flat.ToString()[4..].Split(element), element, text, at);
        flat.Clear();
        int separators = 0;
        for (at = start; at < text.Length && flat.Length < 2 * HeaderLength; at++)
        {
            if (text[at] is '\r' or '\n') continue;
            flat.Append(text[at]);
            if (text[at] == element) separators++;
            else if (separators == HeaderElements) return Finish(flat.ToString()[4..].Split(element), element, text, at + 1);
        }
        return null;
    }

    private static Head? Finish(string[] elements, char element, string text, int end)
    {
        if (elements.Length != HeaderElements || end >= text.Length) return null;
        char component = elements[15][0], segment = text[end];
        if (segment == '\r') segment = '\n';                                          // lines as segments: CR before LF is passed over
        if (segment == element || component == element || component == segment || char.IsLetterOrDigit(segment)) return null;
        char? repetition = string.CompareOrdinal(elements[11], "00402") >= 0 && elements[10] is [var r] && !char.IsLetterOrDigit(r) && r is not ' ' ? r : null;
        return new Head(elements, new Delimiters(element, component, segment, repetition), end + 1);
    }

    private static int ReadOne(string text, int start, Head head, List<Interchange> found)
    {
        var builder = new InterchangeBuilder(head.Elements);
        int at = head.End, count = 0;
        while (at < text.Length)
        {
            int stop = text.IndexOf(head.Delimiters.Segment, at);
            bool isCut = stop < 0;
            if (isCut) stop = text.Length;
            // One that was cut off runs into the next: that begins on a line of its own.
            if (NextLine(text, at, stop, head.Delimiters.Element) is var next and >= 0) { at = next; break; }
            string one = Flatten(text.AsSpan(at, stop - at));
            if (one.Length == 0) { at = Math.Min(stop + 1, text.Length); continue; }
            if (IsHeader(one, head.Delimiters.Element)) break;                        // the next one begins before this has ended
            at = Math.Min(stop + 1, text.Length);
            if (++count > MostSegments || isCut && !one.StartsWith("IEA", StringComparison.Ordinal)) { builder.Break(InterchangeNotes.PrematureEnd); break; }
            string[] parts = one.Split(head.Delimiters.Element);
            if (builder.Take(new Segment(parts[0].TrimEnd(), parts[1..]))) { found.Add(builder.Finish(head.Delimiters, text[start..at])); return at; }
        }
        found.Add(builder.Finish(head.Delimiters, text[start..at]));
        return at;
    }

    private static int NextLine(string text, int from, int stop, char element)
    {
        int at = text.IndexOf("\nISA" + element, from, stop - from, StringComparison.Ordinal);
        return at < 0 ? -1 : at + 1;
    }

    private static bool IsHeader(string segment, char element) => segment.Length > 3 && segment.StartsWith("ISA", StringComparison.Ordinal) && segment[3] == element;

    /// <summary>A segment in one line. Line ends in it are those of a wrapped file, blanks before it an indentation.</summary>
    private static string Flatten(ReadOnlySpan<char> segment)
    {
        segment = segment.TrimStart();
        return segment.IndexOfAny('\r', '\n') < 0 ? segment.ToString() : segment.ToString().Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
    }

    private static int Inked(ReadOnlySpan<char> text)
    {
        int inked = 0;
        foreach (char c in text) if (!char.IsWhiteSpace(c) && c != '\uFEFF') inked++;
        return inked;
    }

    internal static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
