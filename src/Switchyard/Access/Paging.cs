using Switchyard.Kernel;

namespace Switchyard.Access;

/// <summary>The page a caller asks for: how many, and after what.</summary>
internal sealed record Paging(int Limit, string After)
{
    public static Result<Paging> Of(int? limit, string? after)
    {
        var checks = new Checks();
        checks.Range(limit ?? Cursor.DefaultLimit, 1, Cursor.MostLimit, "#limit");
        bool known = Cursor.TryDecode(after, out string decoded) && Text.IsStorable(decoded);
        checks.That(known, "#after", "field.malformed", "after must be the 'next' of an earlier page.");
        return checks.AnyFault ? checks.ToError() : new Paging(limit ?? Cursor.DefaultLimit, decoded);
    }
}
