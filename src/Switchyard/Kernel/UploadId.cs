using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>The id of a file that was sent in, <c>upl_…</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<UploadId>))]
public readonly record struct UploadId(Guid Value) : IPrefixedId<UploadId>
{
    public static string Prefix => "upl_";
    public static UploadId From(Guid value) => new(value);
    public static UploadId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out UploadId id) => PrefixedId.TryParse(text, out id);
    public static UploadId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<UploadId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
