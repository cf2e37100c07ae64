namespace Switchyard.Kernel;

/// <summary>Collects every fault of a request, each with its pointer, so that a caller mends all at once.</summary>
public sealed class Checks
{
    /// <summary>The most units one line or one movement may carry. Sums of 1,000 such lines stay far below 2^63.</summary>
    public const long MaxQuantity = 1_000_000_000;

    private readonly List<FieldError> _faults = [];

    public bool AnyFault => _faults.Count > 0;
    public Error ToError() => Error.Invalid([.. _faults.Take(100)]);
    public void Fault(string pointer, string code, string detail) => _faults.Add(new FieldError(pointer, code, detail));

    public void That(bool fine, string pointer, string code, string detail)
    {
        if (!fine) Fault(pointer, code, detail);
    }

    /// <summary>A text of at most so many characters that both databases can hold; null is fine unless required.</summary>
    public void Text(string? text, string pointer, int most, bool required = false)
    {
        if (string.IsNullOrEmpty(text)) { That(!required, pointer, "field.required", $"{Name(pointer)} is required."); return; }
        if (text.Length > most) Fault(pointer, "field.too_long", $"{Name(pointer)} may have at most {most} characters; this has {text.Length}.");
        else if (!Kernel.Text.IsStorable(text)) Fault(pointer, "field.not_text", $"{Name(pointer)} contains a character that is not text (U+0000, U+FFFE or half of a surrogate pair).");
        else if (required && string.IsNullOrWhiteSpace(text)) Fault(pointer, "field.required", $"{Name(pointer)} is required.");
    }

    /// <summary>A text in which people write freely: it may say anything but the number of a card.</summary>
    public void Words(string? text, string pointer, int most, bool required = false)
    {
        Text(text, pointer, most, required);
        That(!CardNumber.IsIn(text), pointer, "field.card_number", $"{Name(pointer)} looks like the number of a payment card, which is never kept here.");
    }

    public void Quantity(long quantity, string pointer) =>
        That(quantity is > 0 and <= MaxQuantity, pointer, "field.out_of_range", $"{Name(pointer)} must be a whole number from 1 to {MaxQuantity:N0}.");

    public void Range(long value, long least, long most, string pointer) =>
        That(value >= least && value <= most, pointer, "field.out_of_range", $"{Name(pointer)} must be from {least} to {most}.");

    public void Amount(long minor, string pointer) => Range(minor, 0, Money.MaxMinor, pointer);

    /// <summary>What is wrong, by name: the field, and of a list also which of it.</summary>
    private static string Name(string pointer)
    {
        int at = pointer.LastIndexOf('/');
        if (at > 0 && at + 1 < pointer.Length && pointer.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0) at = pointer.LastIndexOf('/', at - 1);
        return pointer[(at + 1)..].TrimStart('#');
    }
}
