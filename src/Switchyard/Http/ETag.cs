using System.Globalization;
using Switchyard.Kernel;

namespace Switchyard.Http;

/// <summary>Versions as entity tags: <c>"7"</c> in ETag, and in If-Match to refuse a write over somebody else's change.</summary>
public static class ETag
{
    public static void Set(HttpContext http, long version) => http.Response.Headers.ETag = $"\"{Text.Invariant(version)}\"";

    /// <summary>The version in If-Match; null when there is none, or when any is fine (<c>*</c>).</summary>
    /// <remarks>Errors: request.if_match_malformed.</remarks>
    public static Result<long?> Expected(HttpContext http)
    {
        string text = http.Request.Headers.IfMatch.ToString().Trim();
        if (text is "" or "*") return (long?)null;
        string inner = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        if (inner.Length > 2 && inner[0] == '"' && inner[^1] == '"'
            && long.TryParse(inner.AsSpan(1, inner.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out long version)) return version;
        return Error.Invalid("request.if_match_malformed", "If-Match holds one version in quotes, as it was sent in ETag.",
            new FieldError("#If-Match", "request.if_match_malformed", "One version in quotes is expected, such as \"7\"."));
    }
}
