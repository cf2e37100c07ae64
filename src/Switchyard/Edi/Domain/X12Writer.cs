using System.Globalization;
using System.Text;

namespace Switchyard.Edi;

/// <summary>Who writes to whom, and with which numbers.</summary>
/// <param name="Control">1 to 999999999, of this partner and direction, without a gap.</param>
/// <param name="Version">Of the interchange, such as 00401.</param>
public sealed record Envelope(string SenderQualifier, string Sender, string ReceiverQualifier, string Receiver, string GroupSender, string GroupReceiver, string Version, string Usage,
    long Control, DateTimeOffset At, Delimiters Delimiters, bool WantsTa1 = false)
{
    public const long MostControl = 999_999_999;

    /// <summary>After 999999999 it begins anew, as the standard has it.</summary>
    public static long Next(long control) => control >= MostControl ? 1 : control + 1;
}

/// <summary>Writes interchanges: one functional group of sets that belong together. X12 knows no escape, so a separator within a text becomes a blank.</summary>
public static class X12Writer
{
    /// <param name="sets">Segments of each set, without ST and SE.</param>
    public static string Write(Envelope envelope, string set, IReadOnlyList<IReadOnlyList<Segment>> sets)
    {
        var text = new StringBuilder();
        Header(text, envelope);
        string group = envelope.Control.ToString(CultureInfo.InvariantCulture);
        string version = envelope.Version.Length == 5 ? "00" + envelope.Version[2..] + "0" : envelope.Version;
        Add(text, envelope.Delimiters, Segment.Of("GS", SetTables.GroupOf(set), envelope.GroupSender, envelope.GroupReceiver, X12Dates.Of(envelope.At), X12Dates.TimeOf(envelope.At), group, "X", version));
        foreach (var (i, body) in sets.Index())
        {
            string control = (i + 1).ToString("0000", CultureInfo.InvariantCulture);
            Add(text, envelope.Delimiters, Segment.Of("ST", set, control));
            foreach (var segment in body) Add(text, envelope.Delimiters, segment);
            Add(text, envelope.Delimiters, Segment.Of("SE", Count(body.Count + 2), control));
        }
        Add(text, envelope.Delimiters, Segment.Of("GE", Count(sets.Count), group));
        Add(text, envelope.Delimiters, Segment.Of("IEA", "1", Padded(envelope.Control)));
        return text.ToString();
    }

    /// <summary>An interchange that holds no group but says what was wrong with another one.</summary>
    public static string WriteTa1(Envelope envelope, InterchangeAcknowledgement told)
    {
        var text = new StringBuilder();
        Header(text, envelope);
        Add(text, envelope.Delimiters, Segment.Of("TA1", told.Control, told.Date, told.Time, told.Code, told.Note));
        Add(text, envelope.Delimiters, Segment.Of("IEA", "0", Padded(envelope.Control)));
        return text.ToString();
    }

    public static string Padded(long control) => control.ToString("000000000", CultureInfo.InvariantCulture);

    private static void Header(StringBuilder text, Envelope e)
    {
        char d = e.Delimiters.Element;
        string[] elements =
        [
            "00", new(' ', 10), "00", new(' ', 10), Wide(e.SenderQualifier, 2), Wide(e.Sender, 15), Wide(e.ReceiverQualifier, 2), Wide(e.Receiver, 15),
            e.At.UtcDateTime.ToString("yyMMdd", CultureInfo.InvariantCulture), X12Dates.TimeOf(e.At), e.Delimiters.Repetition?.ToString() ?? "U", Wide(e.Version, 5), Padded(e.Control),
            e.WantsTa1 ? "1" : "0", Wide(e.Usage, 1), e.Delimiters.Component.ToString(),
        ];
        text.Append("ISA").Append(d).AppendJoin(d, elements).Append(e.Delimiters.Segment);
    }

    private static string Wide(string text, int width) => text.Length > width ? text[..width] : text.PadRight(width);

    private static void Add(StringBuilder text, Delimiters delimiters, Segment segment)
    {
        int last = segment.Elements.Count;
        while (last > 0 && segment.Elements[last - 1].Length == 0) last--;
        text.Append(segment.Tag);
        for (int i = 0; i < last; i++) text.Append(delimiters.Element).Append(Clean(segment.Elements[i], delimiters));
        text.Append(delimiters.Segment);
    }

    private static string Clean(string element, Delimiters delimiters) =>
        element.Any(c => delimiters.Has(c) || char.IsControl(c)) ? string.Concat(element.Select(c => delimiters.Has(c) || char.IsControl(c) ? ' ' : c)).Trim() : element.TrimEnd();

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
