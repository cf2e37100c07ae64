using Switchyard.Kernel;

namespace Switchyard.Webhooks;

/// <summary>Which kinds of events are wanted: names, or the beginning of names and <c>*</c>.</summary>
public static class EventFilter
{
    public const int Most = 50;

    /// <summary>Does one of the patterns take this kind? <c>*</c> takes all, <c>Order*</c> what begins so, <c>OrderPlaced</c> only itself.</summary>
    public static bool Takes(IEnumerable<string> patterns, string kind) => patterns.Any(pattern =>
        pattern.EndsWith('*') ? kind.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == kind);

    /// <summary>Is it a name of letters and digits, possibly with <c>*</c> at its end?</summary>
    public static bool IsPattern(string? text) => text is { Length: > 0 } && Text.IsCode(text) && text.AsSpan().TrimEnd('*').Length >= text.Length - 1
        && text.TrimEnd('*').All(char.IsAsciiLetterOrDigit);
}
