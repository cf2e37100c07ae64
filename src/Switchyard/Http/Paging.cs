using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>The page a caller asks for: how many, and after what text; the first page is after the empty one.</summary>
internal sealed record Paging(int Limit, string After)
{
    /// <remarks>Errors: request.invalid with pointers #limit, #after.</remarks>
    public static Result<Paging> Check(int? limit, string? after)
    {
        var checks = new Checks();
        var paging = Read(checks, limit, after);
        return checks.AnyFault ? checks.ToError() : paging;
    }

    /// <summary>The same for who has more to check.</summary>
    public static Paging Read(Checks checks, int? limit, string? after)
    {
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        bool isKnown = Cursor.TryDecode(after, out string from) && Text.IsStorable(from);
        checks.That(isKnown, "#after", "field.malformed", "after is not a cursor of this list.");
        return new Paging(most, isKnown ? from : "");
    }

    /// <summary>Of a list with the newest first: before which id; the first page is before all of them.</summary>
    public static (int Limit, T Before) ReadBefore<T>(Checks checks, int? limit, string? after) where T : struct, IPrefixedId<T>
    {
        int most = limit ?? Cursor.DefaultLimit;
        checks.Range(most, 1, Cursor.MostLimit, "#limit");
        var before = T.From(Guid.AllBitsSet);
        bool isKnown = Cursor.TryDecode(after, out string from) && (from.Length == 0 || PrefixedId.TryParse(from, out before));
        checks.That(isKnown, "#after", "field.malformed", "after is not a cursor of this list.");
        return (most, before);
    }
}
