namespace Switchyard.Edi;

/// <summary>What is said of one set: taken, taken with faults told, or refused.</summary>
/// <param name="Code">Of AK501: A, E or R.</param>
/// <param name="Codes">Of AK502: at most five.</param>
public sealed record SetVerdict(TransactionSet Set, string Code, IReadOnlyList<string> Codes, IReadOnlyList<SegmentFault> Faults)
{
    public bool IsTaken => Code != "R";
}

/// <summary>What is said of a group.</summary>
/// <param name="Code">Of AK901: A, E, P or R.</param>
/// <param name="Codes">Of AK905: at most five.</param>
public sealed record GroupVerdict(FunctionalGroup Group, string Code, IReadOnlyList<string> Codes, IReadOnlyList<SetVerdict> Sets);

/// <summary>What a partner says of a set of ours.</summary>
/// <param name="Code">Of AK501.</param>
/// <param name="Faults">In words of segments: tag, position, and codes.</param>
public sealed record AcknowledgedSet(string Set, string Control, string Code, IReadOnlyList<string> Faults);

/// <summary>What a partner says of a group of ours.</summary>
/// <param name="Code">Of AK901; A for sets that are not named.</param>
public sealed record AcknowledgedGroup(string Group, string Control, string Code, IReadOnlyList<AcknowledgedSet> Sets);

/// <summary>Functional acknowledgements (997) and interchange acknowledgements (TA1): made of what we found, and read of what partners found.</summary>
public static class Acknowledgement
{
    private const int MostCodes = 5, MostCopy = 99, MostSegments = 900, MostElements = 99;

    /// <param name="takes">Is this set agreed with the partner?</param>
    public static GroupVerdict Judge(FunctionalGroup group, Delimiters delimiters, Func<string, bool> takes)
    {
        var sets = group.Sets.Select(set => Judge(set, delimiters, takes)).ToList();
        int taken = sets.Count(s => s.IsTaken);
        // A group with a broken envelope is refused as a whole: its sets cannot be told from one another with certainty.
        bool isBroken = group.Faults.Any(f => f is EnvelopeFaults.GroupControlsDiffer or EnvelopeFaults.InvalidGroupControl or EnvelopeFaults.GroupControlRepeated);
        if (isBroken) sets = [.. sets.Select(s => s with { Code = "R" })];
        string code = isBroken || taken == 0 ? "R" : taken < sets.Count ? "P" : group.Faults.Count > 0 || sets.Exists(s => s.Code == "E") ? "E" : "A";
        return new GroupVerdict(group, code, [.. group.Faults.Distinct().Take(MostCodes)], sets);
    }

    private static SetVerdict Judge(TransactionSet set, Delimiters delimiters, Func<string, bool> takes)
    {
        var codes = new List<string>(set.Faults);
        var table = SetTables.Find(set.Code);
        if (table is null || !takes(set.Code)) return new SetVerdict(set, "R", [EnvelopeFaults.SetNotSupported, .. codes.Take(MostCodes - 1)], []);
        var faults = CheckSet.Check(set, delimiters);
        if (faults.Count > 0) codes.Add(EnvelopeFaults.SegmentsInError);
        bool isRefused = set.Faults.Count > 0 || faults.Any(f => f.IsFatal);
        return new SetVerdict(set, isRefused ? "R" : codes.Count > 0 ? "E" : "A", [.. codes.Distinct().Take(MostCodes)], faults);
    }

    /// <summary>The segments of a 997 for a group, without ST and SE.</summary>
    /// <param name="written">The separators it will be written with: bad data that holds one of them is not copied.</param>
    public static IReadOnlyList<Segment> Write(GroupVerdict verdict, Delimiters written)
    {
        var segments = new List<Segment> { Segment.Of("AK1", Code(verdict.Group.Code, 2, 2), Control(verdict.Group.Control)) };
        foreach (var set in verdict.Sets)
        {
            segments.Add(Segment.Of("AK2", Code(set.Set.Code, 3, 3), SetControl(set.Set.Control)));
            foreach (var fault in set.Faults.Take(MostSegments))
            {
                segments.Add(Segment.Of("AK3", Code(fault.Tag, 2, 3), X12Numbers.Of((long)fault.Position), "", fault.Code));
                segments.AddRange(fault.Elements.Take(MostElements).Select(e => Segment.Of("AK4", X12Numbers.Of((long)e.Element), e.Reference is [var first, ..] && char.IsAsciiDigit(first) ? e.Reference : "", e.Code, Copy(e.Copy, written))));
            }
            segments.Add(Segment.Of("AK5", [set.Code, .. set.Codes]));
        }
        int taken = verdict.Sets.Count(s => s.IsTaken);
        segments.Add(Segment.Of("AK9", [verdict.Code, Number(verdict.Group.Declared), Number(verdict.Sets.Count), Number(taken), .. verdict.Codes]));
        return segments;
    }

    /// <summary>What a 997 says; null when it is none.</summary>
    public static AcknowledgedGroup? Read(TransactionSet set)
    {
        if (set.Code != "997" || set.Segments.FirstOrDefault(s => s.Tag == "AK1") is not { } head) return null;
        var sets = new List<AcknowledgedSet>();
        (string Set, string Control)? of = null;
        var faults = new List<string>();
        string code = "";
        foreach (var segment in set.Segments)
            switch (segment.Tag)
            {
                case "AK2":
                    of = (segment[1], segment[2]);
                    faults = [];
                    break;
                case "AK3":
                    faults.Add($"{segment[1]} {segment[2]}: {segment[4]}");
                    break;
                case "AK4":
                    faults.Add($"{segment[1]}: {segment[3]} {segment[4]}".TrimEnd());
                    break;
                case "AK5" when of is { } known:
                    faults.AddRange(segment.Elements.Skip(1).Where(e => e.Length > 0).Select(e => "AK5 " + e));
                    sets.Add(new AcknowledgedSet(known.Set, known.Control, segment[1], faults));
                    of = null;
                    break;
                case "AK9":
                    code = segment[1];
                    break;
            }
        return code.Length == 0 ? null : new AcknowledgedGroup(head[1], head[2], code, sets);
    }

    /// <summary>What a TA1 says of an interchange with this header.</summary>
    public static InterchangeAcknowledgement Of(InterchangeHeader header, string note) =>
        new(Digits(header.Control).PadLeft(9, '0'), X12Dates.IsDate(header.Date) && header.Date.Length == 6 ? header.Date : "000101", X12Dates.IsTime(header.Time) && header.Time.Length == 4 ? header.Time : "0000",
            note == InterchangeNotes.None ? "A" : "R", note);

    private static string Copy(string text, Delimiters written)
    {
        string copy = text.Length > MostCopy ? text[..MostCopy] : text;
        return copy.Any(c => written.Has(c) || char.IsControl(c)) ? "" : copy;
    }

    /// <summary>As it was, if it can stand there at all: what is told must itself be right.</summary>
    private static string Code(string text, int least, int most) => text.Length >= least && text.Length <= most && text.All(char.IsAsciiLetterOrDigit) ? text : new string('Z', least);
    private static string Control(string text) => Digits(text) is { Length: > 0 } digits ? digits : "0";
    private static string SetControl(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit).Take(9)) is { Length: >= 4 } control ? control : "0000";
    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit).Take(9));
    private static string Number(int number) => X12Numbers.Of(Math.Min(number, 999_999L));
}
