namespace Switchyard.Edi;

/// <summary>The standard's codes in words.</summary>
public static class EdiWords
{
    public static string OfSet(string code) => code switch
    {
        EnvelopeFaults.SetNotSupported => "This set is not agreed with the partner",
        EnvelopeFaults.SetTrailerMissing => "The set has no trailer (SE)",
        EnvelopeFaults.SetControlsDiffer => "Header and trailer have different control numbers",
        EnvelopeFaults.SegmentCountDiffers => "The trailer counts another number of segments",
        EnvelopeFaults.InvalidSetCode => "The code of the set is missing or wrong",
        EnvelopeFaults.InvalidSetControl => "The control number of the set is missing or wrong",
        EnvelopeFaults.SetControlRepeated => "The control number was used before in this group",
        _ => "One or more segments are in error",
    };

    public static string OfSegment(string code) => code switch
    {
        SyntaxFaults.UnknownSegment => "Nobody knows this segment",
        SyntaxFaults.UnexpectedSegment => "The segment is not expected here",
        SyntaxFaults.MissingSegment => "A segment that must be there is missing",
        SyntaxFaults.LoopTooOften => "The loop stands there too often",
        SyntaxFaults.SegmentTooOften => "The segment stands there too often",
        SyntaxFaults.NotInSet => "The segment does not belong to this set",
        SyntaxFaults.OutOfOrder => "The segment stands out of order",
        _ => "Elements of the segment are in error",
    };

    public static string OfElement(string code) => code switch
    {
        SyntaxFaults.MissingElement => "Must be there and is missing",
        SyntaxFaults.MissingConditional => "Is missing, and another element asks for it",
        SyntaxFaults.TooManyElements => "The segment has too many elements",
        SyntaxFaults.TooShort => "Too short",
        SyntaxFaults.TooLong => "Too long",
        SyntaxFaults.InvalidCharacter => "Holds a character it may not",
        SyntaxFaults.InvalidCode => "Is not one of the codes",
        SyntaxFaults.InvalidDate => "Is no date",
        SyntaxFaults.InvalidTime => "Is no time",
        _ => "May not stand beside another element",
    };
}
