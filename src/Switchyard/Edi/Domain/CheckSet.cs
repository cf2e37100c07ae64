namespace Switchyard.Edi;

/// <summary>A fault of one element, as AK4 tells it.</summary>
/// <param name="Copy">What stood there; empty when nothing did.</param>
public sealed record ElementFault(int Element, string Reference, string Code, string Copy);

/// <summary>A fault of a segment, as AK3 and AK4 tell it.</summary>
/// <param name="Position">Its place in the set; ST is 1. Of one that is missing: where it should have been.</param>
/// <param name="Code">Of AK304.</param>
/// <param name="IsFatal">The set cannot be taken. Else it is taken, and the fault told.</param>
public sealed record SegmentFault(string Tag, int Position, string Code, IReadOnlyList<ElementFault> Elements, bool IsFatal);

/// <summary>Codes of AK304 and AK403. Source: X12 data elements 720 and 723.</summary>
public static class SyntaxFaults
{
    public const string UnknownSegment = "1", UnexpectedSegment = "2", MissingSegment = "3", LoopTooOften = "4", SegmentTooOften = "5", NotInSet = "6", OutOfOrder = "7", ElementsInError = "8";
    public const string MissingElement = "1", MissingConditional = "2", TooManyElements = "3", TooShort = "4", TooLong = "5", InvalidCharacter = "6", InvalidCode = "7", InvalidDate = "8",
        InvalidTime = "9", Excluded = "10";
}

/// <summary>Checks a set against the small tables: which segments, in which order, how often, and what their elements hold.</summary>
public static class CheckSet
{
    private const int MostFaults = 100;

    /// <summary>A loop that is open, how far in it we are, and how often its parts were there.</summary>
    private sealed class Frame(IReadOnlyList<SetPart> parts)
    {
        public IReadOnlyList<SetPart> Parts => parts;
        public int At { get; set; }
        public int[] Seen { get; } = new int[parts.Count];
    }

    /// <returns>Faults in the order of the set; at most 100. Empty for a set that we have no table for.</returns>
    public static IReadOnlyList<SegmentFault> Check(TransactionSet set, Delimiters delimiters)
    {
        if (SetTables.Find(set.Code) is not { } table) return [];
        var faults = new List<SegmentFault>();
        var open = new List<Frame> { new(table.Parts) };
        foreach (var (i, segment) in set.Segments.Index())
        {
            if (faults.Count >= MostFaults) return faults;
            if (!Place(open, segment, i + 1, faults))
            {
                if (table.PassedOver.Contains(segment.Tag)) continue;
                faults.Add(Misplaced(table, segment, i + 1));
                continue;
            }
            if (Elements(segment, delimiters) is { Count: > 0 } wrong) faults.Add(new SegmentFault(segment.Tag, i + 1, SyntaxFaults.ElementsInError, wrong, wrong.Any(w => IsFatal(segment.Tag, w))));
        }
        // A set without its trailer is told by AK502, not a second time here.
        for (int f = open.Count - 1; f >= 0; f--) Missing(open[f], open[f].Parts.Count, set.Segments.Count + 1, faults, except: "SE");
        return faults;
    }

    private static bool Place(List<Frame> open, Segment segment, int position, List<SegmentFault> faults)
    {
        for (int f = open.Count - 1; f >= 0; f--)
        {
            var frame = open[f];
            for (int i = frame.At; i < frame.Parts.Count; i++)
            {
                if (frame.Parts[i].Tag != segment.Tag) continue;
                for (int inner = open.Count - 1; inner > f; inner--) Missing(open[inner], open[inner].Parts.Count, position, faults);
                open.RemoveRange(f + 1, open.Count - f - 1);
                Missing(frame, i, position, faults);
                frame.At = i;
                var part = frame.Parts[i];
                if (++frame.Seen[i] == part.Most + 1) faults.Add(new SegmentFault(segment.Tag, position, part.IsLoop ? SyntaxFaults.LoopTooOften : SyntaxFaults.SegmentTooOften, [], false));
                if (part.IsLoop) open.Add(Opened(part));
                return true;
            }
        }
        return false;
    }

    private static Frame Opened(SetPart loop)
    {
        var frame = new Frame(loop.Parts) { At = 0 };
        frame.Seen[0] = 1;
        frame.At = loop.Parts.Count > 1 ? 1 : 0;
        return frame;
    }

    /// <summary>Required parts that are passed and were not there.</summary>
    private static void Missing(Frame frame, int upTo, int position, List<SegmentFault> faults, string? except = null)
    {
        for (int i = frame.At; i < upTo; i++)
            if (frame.Parts[i].IsRequired && frame.Seen[i] == 0 && frame.Parts[i].Tag != except) faults.Add(new SegmentFault(frame.Parts[i].Tag, position, SyntaxFaults.MissingSegment, [], true));
    }

    private static SegmentFault Misplaced(SetTable table, Segment segment, int position)
    {
        bool isOfSet = Tags(table.Parts).Contains(segment.Tag);
        string code = isOfSet ? SyntaxFaults.OutOfOrder : SegmentTable.Find(segment.Tag) is not null ? SyntaxFaults.NotInSet : SyntaxFaults.UnknownSegment;
        return new SegmentFault(segment.Tag.Length is 2 or 3 ? segment.Tag : segment.Tag.Length > 3 ? segment.Tag[..3] : "ZZ", position, code, [], false);
    }

    private static IEnumerable<string> Tags(IReadOnlyList<SetPart> parts) => parts.SelectMany(p => p.IsLoop ? Tags(p.Parts) : [p.Tag]);

    /// <summary>What is only told: an element too many, or a text that is longer than the standard wants it, harms nobody.</summary>
    private static bool IsFatal(string tag, ElementFault fault) => fault.Code switch
    {
        SyntaxFaults.TooManyElements or SyntaxFaults.MissingConditional or SyntaxFaults.Excluded => false,
        SyntaxFaults.TooLong or SyntaxFaults.TooShort => tag is not ("N1" or "N2" or "N3" or "N4" or "PER" or "REF" or "N9" or "MSG" or "NTE" or "PID" or "TD5" or "G69" or "TXI" or "ITD"),
        _ => true,
    };

    private static List<ElementFault> Elements(Segment segment, Delimiters delimiters)
    {
        var faults = new List<ElementFault>();
        if (SegmentTable.Find(segment.Tag) is not { } rule) return faults;
        for (int n = 1; n <= rule.Elements.Count; n++)
        {
            var (element, value) = (rule.Elements[n - 1], segment[n]);
            if (value.Length == 0) { if (element.IsRequired) faults.Add(new ElementFault(n, element.Reference, SyntaxFaults.MissingElement, "")); continue; }
            // A repeated element counts by each, a composite one by its whole.
            foreach (string one in delimiters.Repetition is { } mark ? value.Split(mark) : [value])
                if (Fault(element, one) is { } code) { faults.Add(new ElementFault(n, element.Reference, code, value)); break; }
        }
        if (segment.Elements.Skip(rule.Elements.Count).Any(e => e.Trim().Length > 0))
            faults.Add(new ElementFault(rule.Elements.Count + 1, "", SyntaxFaults.TooManyElements, segment.Elements.Skip(rule.Elements.Count).First(e => e.Trim().Length > 0)));
        foreach (var condition in rule.Conditions)
            if (Broken(condition, n => segment[n].Length > 0) is { } at)
                faults.Add(new ElementFault(at, rule.Elements[at - 1].Reference, condition.Kind == 'E' ? SyntaxFaults.Excluded : SyntaxFaults.MissingConditional, ""));
        return faults;
    }

    /// <returns>The element that is missing or too many; null when the condition holds.</returns>
    private static int? Broken(Condition condition, Func<int, bool> isThere)
    {
        var (there, missing) = (condition.Elements.Where(isThere).ToList(), condition.Elements.Where(e => !isThere(e)).ToList());
        return condition.Kind switch
        {
            'P' when there.Count > 0 && missing.Count > 0 => missing[0],
            'R' when there.Count == 0 => missing[0],
            'C' when isThere(condition.Elements[0]) && missing.Count > 0 => missing[0],
            'E' when there.Count > 1 => there[1],
            _ => null,
        };
    }

    private static string? Fault(ElementRule rule, string value)
    {
        if (value.Any(c => char.IsControl(c))) return SyntaxFaults.InvalidCharacter;
        if (rule.Type == "DT") return X12Dates.IsDate(value) && value.Length == 8 ? null : SyntaxFaults.InvalidDate;
        if (rule.Type == "TM") return X12Dates.IsTime(value) ? null : SyntaxFaults.InvalidTime;
        bool isNumber = rule.Type[0] is 'N' or 'R';
        if (isNumber && X12Numbers.Parse(value, rule.Type) is null) return SyntaxFaults.InvalidCharacter;
        int length = isNumber ? value.Count(char.IsAsciiDigit) : value.Length;          // sign and point do not count
        if (length < rule.Least) return SyntaxFaults.TooShort;
        if (length > rule.Most) return SyntaxFaults.TooLong;
        return rule.Codes.Count > 0 && !rule.Codes.Contains(value) ? SyntaxFaults.InvalidCode : null;
    }
}
