using System.Text;

namespace Switchyard.Documents;

/// <summary>Breaks text into lines: between words, and within a word that is longer than the line.</summary>
internal sealed class TextBlock(Typeface face, double size, string align)
{
    private const double LineHeight = 1.28, Foot = 0.98;

    private readonly record struct Word(string Text, bool IsBold, bool HasBlankBefore, bool BreaksBefore);

    /// <param name="most">Lines at most; the last one then ends with an ellipsis.</param>
    public IReadOnlyList<Strip> Lines(Markup of, double width, bool isBold, bool keepsBreaks, int most, Func<string, string> say)
    {
        var words = new List<Word>();
        bool blank = false, breaks = false;
        Collect(of.Inner, isBold);
        if (words.Count == 0) return [];
        var lines = new List<List<Word>>();
        double used = 0;
        foreach (var word in words.SelectMany(w => Fitting(w, width)))
        {
            double wide = Measure(word), gap = word.HasBlankBefore && used > 0 ? Blank(word.IsBold) : 0;
            if (lines.Count == 0 || word.BreaksBefore || used + gap + wide > width + 0.01)
            {
                if (lines.Count == most) { lines[^1][^1] = lines[^1][^1] with { Text = lines[^1][^1].Text + "…" }; break; }
                lines.Add([]);
                (used, gap) = (0, 0);
            }
            lines[^1].Add(word);
            used += gap + wide;
        }
        return [.. lines.Select(l => Line(l, width))];

        void Collect(IReadOnlyList<Markup> parts, bool bold)
        {
            foreach (var part in parts)
            {
                if (part.Name == "b") Collect(part.Inner, true);
                else if (part.Name == "br") breaks = true;
                else if (part.Name == Markup.TextName) Split(say(part.Text), bold);
                else throw new TemplateFaultException(part.Line, $"<{part.Name}> cannot stand among words.");
            }
        }

        void Split(string text, bool bold)
        {
            int from = -1;
            for (int i = 0; i <= text.Length; i++)
            {
                bool isWord = i < text.Length && !(char.IsWhiteSpace(text[i]) && text[i] is not ('\u00A0' or '\u202F'));
                if (isWord && from < 0) from = i;
                if (!isWord && from >= 0)
                {
                    words.Add(new Word(text[from..i], bold, blank, breaks));
                    (from, blank, breaks) = (-1, false, false);
                }
                if (i < text.Length && !isWord) { blank = true; breaks |= keepsBreaks && text[i] == '\n'; }
            }
        }
    }

    private Strip Line(List<Word> words, double width)
    {
        double total = words.Select((w, i) => Measure(w) + (i > 0 && w.HasBlankBefore ? Blank(w.IsBold) : 0)).Sum();
        double x = align switch { "right" => width - total, "center" => (width - total) / 2, _ => 0 };
        var marks = new List<Mark>();
        for (int i = 0; i < words.Count;)
        {
            // Words of one weight are one text, with their blanks, as they are read.
            var text = new StringBuilder(words[i].Text);
            bool bold = words[i].IsBold;
            double start = x + (i > 0 && words[i].HasBlankBefore ? Blank(bold) : 0);
            for (i++; i < words.Count && words[i].IsBold == bold; i++) text.Append(words[i].HasBlankBefore ? " " : "").Append(words[i].Text);
            marks.Add(new TextMark(start, size * Foot, size, bold, text.ToString()));
            x = start + face.Measure(text.ToString(), size, bold);
        }
        return new Strip(size * LineHeight, marks);
    }

    private IEnumerable<Word> Fitting(Word word, double width)
    {
        if (Measure(word) <= width) { yield return word; yield break; }
        var part = new StringBuilder();
        double used = 0;
        bool isFirst = true;
        foreach (var rune in word.Text.EnumerateRunes())
        {
            double wide = face.Measure(rune.ToString(), size, word.IsBold);
            if (part.Length > 0 && used + wide > width)
            {
                yield return word with { Text = part.ToString(), HasBlankBefore = isFirst && word.HasBlankBefore, BreaksBefore = isFirst && word.BreaksBefore };
                (isFirst, used) = (false, 0);
                part.Clear();
            }
            part.Append(rune.ToString());
            used += wide;
        }
        yield return word with { Text = part.ToString(), HasBlankBefore = isFirst && word.HasBlankBefore, BreaksBefore = isFirst && word.BreaksBefore };
    }

    private double Measure(Word word) => face.Measure(word.Text, size, word.IsBold);
    private double Blank(bool isBold) => face.Measure(" ", size, isBold);
}
