namespace Switchyard.Edi;

/// <summary>The characters that part an interchange. Its own header tells them.</summary>
/// <param name="Repetition">Parts repeated elements, since version 00402; null before.</param>
public readonly record struct Delimiters(char Element, char Component, char Segment, char? Repetition)
{
    /// <summary>What we write: those most partners expect.</summary>
    public static readonly Delimiters Usual = new('*', '>', '~', null);

    public bool Has(char c) => c == Element || c == Component || c == Segment || c == Repetition;
}

/// <summary>One segment: its tag, and its elements, of which the first has number 1.</summary>
public sealed record Segment(string Tag, IReadOnlyList<string> Elements)
{
    /// <summary>The element of this number, trimmed at its end; empty when it is not there.</summary>
    public string this[int number] => number >= 1 && number <= Elements.Count ? Elements[number - 1].TrimEnd() : "";

    public static Segment Of(string tag, params string?[] elements) => new(tag, [.. elements.Select(e => e ?? "")]);
}

/// <summary>One transaction set, from ST to SE.</summary>
/// <param name="Code">Such as 850.</param>
/// <param name="Faults">Codes of AK502: what is wrong with its envelope.</param>
public sealed record TransactionSet(string Code, string Control, IReadOnlyList<Segment> Segments, IReadOnlyList<string> Faults);

/// <summary>A functional group, from GS to GE.</summary>
/// <param name="Code">Such as PO for 850.</param>
/// <param name="Faults">Codes of AK905: what is wrong with its envelope.</param>
/// <param name="Declared">Sets the trailer says there are; those found, where it says no number.</param>
public sealed record FunctionalGroup(string Code, string Sender, string Receiver, string Control, string Version, IReadOnlyList<TransactionSet> Sets, IReadOnlyList<string> Faults, int Declared);

/// <summary>Who sends an interchange to whom: the fields of ISA, trimmed.</summary>
/// <param name="Usage">P production, T test, I information.</param>
public sealed record InterchangeHeader(string SenderQualifier, string Sender, string ReceiverQualifier, string Receiver, string Date, string Time, string Version, string Control,
    bool WantsTa1, string Usage);

/// <summary>What a TA1 says of an interchange that was sent.</summary>
/// <param name="Code">A accepted, E accepted with errors, R rejected.</param>
/// <param name="Note">The three digits of TA105; 000 is no error.</param>
public sealed record InterchangeAcknowledgement(string Control, string Date, string Time, string Code, string Note);

/// <summary>One interchange, from ISA to IEA.</summary>
/// <param name="Note">The first envelope fault, as TA105 has it; 000 when there is none.</param>
/// <param name="Text">As it came, cut at its own beginning and end.</param>
public sealed record Interchange(InterchangeHeader Header, Delimiters Delimiters, IReadOnlyList<FunctionalGroup> Groups, IReadOnlyList<InterchangeAcknowledgement> Acknowledgements,
    string Note, string Text)
{
    public bool IsSound => Note == InterchangeNotes.None;
}

/// <summary>Codes of TA105 that are found here. Source: X12 data element I18.</summary>
public static class InterchangeNotes
{
    public const string None = "000", ControlsDiffer = "001", VersionNotSupported = "003", InvalidTerminator = "004", InvalidSender = "006", InvalidReceiver = "008", UnknownReceiver = "009",
        InvalidDate = "014", InvalidTime = "015", InvalidControl = "018", InvalidUsage = "020", GroupCountDiffers = "021", InvalidStructure = "022", PrematureEnd = "023", InvalidContent = "024",
        Duplicate = "025", InvalidElementSeparator = "026", InvalidComponentSeparator = "027";
}

/// <summary>Codes of AK502 and AK905 that are found here. Source: X12 data elements 718 and 716.</summary>
public static class EnvelopeFaults
{
    public const string SetNotSupported = "1", SetTrailerMissing = "2", SetControlsDiffer = "3", SegmentCountDiffers = "4", SegmentsInError = "5", InvalidSetCode = "6", InvalidSetControl = "7",
        SetControlRepeated = "23";
    public const string GroupNotSupported = "1", GroupVersionNotSupported = "2", GroupTrailerMissing = "3", GroupControlsDiffer = "4", SetCountDiffers = "5", InvalidGroupControl = "6",
        GroupControlRepeated = "19";
}
