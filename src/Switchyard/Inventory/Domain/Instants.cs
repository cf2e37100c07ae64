using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Inventory;

/// <summary>Instants as callers write them: RFC 3339 with its offset, so that no server's own time zone comes into it.</summary>
public static class Instants
{
    /// <summary>How far ahead of our clock a caller's may run.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        bool hasOffset = text is { Length: > 19 and < 40 } && (text[^1] == 'Z' || text[19..].AsSpan().IndexOfAny('+', '-') >= 0);
        return hasOffset && DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    /// <summary>Reads when something was so; nothing means now. A time to come is refused, but for clocks that run a little ahead.</summary>
    /// <param name="isClamped">What it tells has happened, however wrong the teller's clock is: a time to come is now.</param>
    /// <remarks>Errors: field.malformed, field.in_the_future.</remarks>
    public static DateTimeOffset? Past(this Checks checks, string? text, string pointer, DateTimeOffset now, bool isClamped = false)
    {
        if (text is null) return null;
        if (!TryRead(text, out var instant))
            checks.Fault(pointer, "field.malformed", "An instant is written like 2026-03-01T09:30:00Z, with its offset.");
        else if (!isClamped && instant > now + Ahead)
            checks.Fault(pointer, "field.in_the_future", "This instant is still to come.");
        return instant > now ? now : instant;
    }
}
