using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Switchyard.Kernel;

/// <summary>A draft's id, <c>drf_…</c>. The order that is made of it has the same UUID under <c>ord_</c>.</summary>
[JsonConverter(typeof(PrefixedIdConverter<DraftId>))]
public readonly record struct DraftId(Guid Value) : IPrefixedId<DraftId>
{
    public static string Prefix => "drf_";
    public static DraftId From(Guid value) => new(value);
    public static DraftId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? culture, out DraftId id) => PrefixedId.TryParse(text, out id);
    public static DraftId Parse(string text, IFormatProvider? culture) => PrefixedId.Parse<DraftId>(text);
    public override string ToString() => PrefixedId.Format(this);
}
